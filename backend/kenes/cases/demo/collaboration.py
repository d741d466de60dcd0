"""Demonstration of working together: tags, comments for each audience, calls, links, a merged and a split case."""

from typing import Final

from django.db import transaction

from kenes.accounts import selectors as account_selectors
from kenes.accounts.models import Role
from kenes.cases.collaboration import comments, joining, links, splitting, tags
from kenes.cases.models import Case, CaseLink, Comment, Tag
from kenes.cases.states.case import FINAL, CaseStatus
from kenes.foundation.actor import Actor

_TAGS: Final = (
    ("Многодетная семья", "Көпбалалы отбасы", "Large family", "teal"),
    ("Потеря работы", "Жұмыссыз қалды", "Lost the job", "orange"),
    ("Инвалидность", "Мүгедектігі бар", "Disability", "purple"),
    ("Залог — жильё", "Кепілде баспана", "Home as a pledge", "blue"),
    ("Коллектор звонит", "Коллектор қоңырау шалады", "Collector calls", "red"),
    ("Ждём справку", "Анықтама күтіп отырмыз", "Waiting for a paper", "sand"),
    ("Договорились", "Келістік", "Agreed", "green"),
    ("Повторное обращение", "Қайта жүгінді", "Came again", "grey"),
)
# A spelling that was joined to the first tag, and one that is no longer offered.
_JOINED: Final = "Многодетные"
_RETIRED: Final = "Акция 2025"
_NOTES: Final = (
    "Созвонились, жду копию письма кредитора.",
    "Справка о доходах за октябрь, в ноябре будет новая.",
    "Кредитор отвечает через общую почту, личный менеджер в отпуске.",
)
_WORDS: Final = (
    (
        "Добрый день! Мы отправили заявление кредитору. Ответ должен прийти в срок, указанный в деле.",
        "Спасибо, жду.",
    ),
    (
        "Пришлите, пожалуйста, справку с биржи труда: она нужна к заявлению.",
        "Принесу в понедельник, это не поздно?",
    ),
)
CASES: Final = 30


def fill() -> int:
    """Fill the first thirty cases in work; how many were touched. Cases that have comments already are left as they are."""
    head = account_selectors.people_with_role(Role.SUPERVISOR).order_by("created_at", "pk").first()
    if head is None:
        return 0
    boss = account_selectors.actor_for(head)
    names = _tags(boss)
    work = Case.objects.filter(assignee__isnull=False, merged_into__isnull=True).exclude(
        status__in=[*FINAL, CaseStatus.DRAFT]
    )
    touched = 0
    for place, case in enumerate(work.select_related("assignee", "borrower").order_by("number")[:CASES]):
        if Comment.objects.filter(case=case, audience="public").exists():
            continue
        _talk(place, case, boss, names)
        touched += 1
    if touched:
        _families(boss)
    return touched


def _tags(boss: Actor) -> list[Tag]:
    known = {tag.name: tag for tag in Tag.objects.all()}
    made = [
        known.get(name)
        or tags.create_tag(actor=boss, name=name, name_kk=name_kk, name_en=name_en, colour=colour)
        for name, name_kk, name_en, colour in _TAGS
    ]
    if _JOINED not in known:
        joined = tags.create_tag(actor=boss, name=_JOINED, colour="teal")
        tags.join_tag(actor=boss, tag_id=joined.pk, into_id=made[0].pk)
    if _RETIRED not in known:
        retired = tags.create_tag(actor=boss, name=_RETIRED, colour="grey")
        tags.edit_tag(actor=boss, tag_id=retired.pk, archived=True)
    return made


@transaction.atomic
def _talk(place: int, case: Case, boss: Actor, names: list[Tag]) -> None:
    if case.assignee is None:
        return
    manager = account_selectors.actor_for(case.assignee)
    borrower = account_selectors.actor_for(case.borrower)
    chosen = {names[place % len(names)].pk, names[(place * 3 + 1) % len(names)].pk}
    tags.change_tags(actor=manager, case_id=case.pk, add=chosen)
    question, answer = _WORDS[place % len(_WORDS)]
    comments.add_comment(actor=manager, case_id=case.pk, text=question, audience="public")
    comments.add_comment(actor=borrower, case_id=case.pk, text=answer, audience="public")
    comments.add_comment(
        actor=manager, case_id=case.pk, text=_NOTES[place % len(_NOTES)], audience="internal"
    )
    if place % 5 == 0 and boss.user_id is not None:
        name = account_selectors.person_names([boss.user_id])[boss.user_id]
        comments.add_comment(
            actor=manager, case_id=case.pk, text=f"@{name} посмотрите, пожалуйста: нужен совет по залогу.",
            audience="internal", mention_ids=[boss.user_id],
        )  # fmt: skip


def _families(boss: Actor) -> None:
    """Two cases of one borrower are linked, two are merged, and one with several debts is split."""
    pairs = _pairs()
    if pairs and not CaseLink.objects.exists():
        first, second = pairs[0]
        links.link_cases(actor=boss, case_id=second.pk, number=first.number or "", kind="follows")
    if len(pairs) > 1 and not Case.objects.filter(merged_into__isnull=False).exists():
        kept, gone = pairs[1]
        seen = joining.preview(actor=boss, case_id=kept.pk, number=gone.number or "")
        if not seen.refusal:
            joining.merge_cases(
                actor=boss, case_id=kept.pk, gone_id=gone.pk, version=seen.kept.version,
                gone_version=seen.gone.version, reason="Заёмщик подал второе заявление о тех же долгах",
            )  # fmt: skip
    if not CaseLink.objects.filter(kind="parent").exists():
        _split_one(boss)


def _pairs() -> list[tuple[Case, Case]]:
    by_borrower: dict[object, list[Case]] = {}
    work = Case.objects.filter(merged_into__isnull=True, assignee__isnull=False).exclude(
        status__in=[*FINAL, CaseStatus.DRAFT]
    )
    for case in work.order_by("number"):
        by_borrower.setdefault(case.borrower_id, []).append(case)
    return [(cases[0], cases[1]) for cases in by_borrower.values() if len(cases) > 1]


def _split_one(boss: Actor) -> None:
    active = Case.objects.filter(status=CaseStatus.ACTIVE, merged_into__isnull=True).order_by("number")
    for case in active[:50]:
        debts = list(case.obligations.order_by("position"))
        if len(debts) > 1:
            splitting.split_case(
                actor=boss, case_id=case.pk, obligation_ids=[debts[-1].pk], version=case.version,
                reason="По этому договору отдельный спор с кредитором",
            )  # fmt: skip
            return
