"""What cases hold about a person, and how a case becomes anonymous."""

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as now
from django.utils.translation import gettext_lazy as _

from kenes.cases.answers import answers_people, sharing
from kenes.cases.models import (
    WORKING,
    Audience,
    Case,
    CaseDraft,
    CaseStory,
    Comment,
    CommentVersion,
    DeadlineChange,
    JobRow,
    ListJob,
)
from kenes.cases.parties import parties_people
from kenes.cases.search import index as search_index
from kenes.cases.states.case import FINAL, CaseAction, CaseStatus
from kenes.cases.tracks import progress
from kenes.files import services as files
from kenes.foundation import personal_data, retention
from kenes.foundation.actor import Actor, SystemActor
from kenes.foundation.personal_data import Blocker, Copy, Counts, Subject

KEEPER: Final[Actor] = SystemActor("retention")
BATCH: Final = 500
_forgetting: Final[list[Callable[[UUID], None]]] = []


def also_forget(forget: Callable[[UUID], None]) -> Callable[[UUID], None]:
    """Decorator for apps above: what else loses its words, by the id of the case, when a case becomes anonymous."""
    _forgetting.append(forget)
    return forget


def _cases(subject: Subject) -> QuerySet[Case]:
    return Case.objects.filter(borrower_id=subject.person_id)


def _told(rows: QuerySet[Case]) -> QuerySet[Case]:
    """Submitted cases that still say whose they are."""
    return rows.exclude(status=CaseStatus.DRAFT).filter(story__isnull=False)


def counts(subject: Subject) -> Counts:
    rows = _cases(subject)
    drafts = rows.filter(status=CaseStatus.DRAFT).count()
    masked = _told(rows).count()
    rest = rows.count() - drafts - masked
    return Counts(given=rows.count(), erased=drafts, masked=masked, kept=rest,
                  ground="closed_cases" if masked or rest else "")  # fmt: skip


def copy(subject: Subject) -> Copy:
    rows = (
        _cases(subject)
        .select_related("story", "draft")
        .prefetch_related(
            "obligations__creditor",
            "obligations__splits",
            "obligations__schedules__rows",
            "facts",
            "recorded_consents",
            "missing_papers",
            "readings__findings",
        )
    )
    comments: dict[UUID, list[Any]] = {}
    for comment in Comment.objects.filter(
        case__borrower_id=subject.person_id, audience=Audience.PUBLIC, removed_at__isnull=True
    ):
        comments.setdefault(comment.case_id, []).append({"at": comment.created_at, "text": comment.text})
    return Copy([_whole(case, comments.get(case.pk, [])) for case in rows.order_by("created_at")])


def _whole(case: Case, comments: list[Any]) -> dict[str, Any]:
    story: CaseStory | None = getattr(case, "story", None)
    draft: CaseDraft | None = getattr(case, "draft", None)
    plain = (
        "number",
        "status",
        "language",
        "borrower_name",
        "outcome",
        "created_at",
        "submitted_at",
        "closed_at",
    )
    told = ("email", "address", "income", "assets", "hardship", "relief")
    debts = (
        "contract_number", "contract_date", "original_amount_tiyn", "principal_tiyn", "interest_tiyn",
        "penalty_tiyn", "monthly_payment_tiyn", "rate_percent", "term_months", "overdue_since", "collateral",
        "kind", "currency", "apr_percent", "upfront_fees_tiyn", "fees_tiyn", "overdue_tiyn", "purpose", "guarantors",
    )  # fmt: skip
    return {
        **{name: getattr(case, name) for name in plain},
        "story": {name: getattr(story, name) for name in told} if story is not None else None,
        "draft": draft.data if draft is not None else None,
        "recorded_consents": [
            {"given_by": row.given_by, "given_on": row.given_on, "note": row.note, "objection": row.objection}
            for row in case.recorded_consents.all()
        ],
        "missing_papers": [row.title for row in case.missing_papers.all()],
        "read_in_papers": [
            {"field": item.field, "found": item.found, "given": item.given, "state": item.state}
            for row in case.readings.all()
            for item in row.findings.all()
        ],
        "debts": [
            {
                "creditor": debt.creditor.name("ru"),
                **{name: getattr(debt, name) for name in debts},
                "splits": [_plain(split, _SPLIT) for split in debt.splits.all()],
                "payments": [
                    _plain(row, _PAYMENT) for schedule in debt.schedules.all() for row in schedule.rows.all()
                ],
            }
            for debt in case.obligations.all()
        ],
        "facts": [{"kind": fact.kind, "on": fact.on, "text": fact.text} for fact in case.facts.all()],
        "comments": comments,
        "answers": answers_people.copy_of(case),
    }


_SPLIT: Final = (
    "as_of", "principal_tiyn", "interest_tiyn", "penalty_tiyn", "fees_tiyn", "overdue_tiyn", "source", "note",
)  # fmt: skip
_PAYMENT: Final = ("due", "total_tiyn", "paid_on", "paid_tiyn", "confirmed_on", "confirmed_tiyn")


def _plain(row: Any, names: tuple[str, ...]) -> dict[str, Any]:
    return {name: getattr(row, name) for name in names}


def erase(subject: Subject) -> int:
    """Delete drafts and make submitted cases anonymous; sums and dates stay for statistics."""
    drafts = _cases(subject).filter(status=CaseStatus.DRAFT)
    count = drafts.count()
    drafts.delete()
    for case in _told(_cases(subject)).select_for_update(of=("self",)).order_by("pk"):
        mask_case(case)
        count += 1
    return count


def mask_case(case: Case) -> None:
    """Take everything out of a locked case that says whose it is; an ended case goes into the archive."""
    said = search_index.words_said(case)
    case.borrower_name = ""
    obligations = list(case.obligations.select_related("creditor"))
    for debt in obligations:
        debt.contract_number = debt.collateral = debt.purpose = ""
        debt.guarantors = []
        debt.save(update_fields=["contract_number", "collateral", "purpose", "guarantors"])
        _empty(debt.splits.all(), "note")
    case.save(update_fields=["borrower_name"])
    sharing.renew_search_words(case)
    CaseStory.objects.filter(case=case).delete()
    CaseDraft.objects.filter(case=case).delete()
    _empty(case.facts.all(), "text")
    _empty(case.recorded_consents.all(), "note", "told_iin", "objection")
    _forget_papers(case)
    _empty(case.comments.all(), "text")
    _empty(CommentVersion.objects.filter(comment__case=case), "text")
    for attached in case.comment_files.all():
        files.request_removal_of(file_id=attached.file_id)
    _empty(case.changes.all(), "old", "new")
    _empty(case.reveals.all(), "reason")
    case.eligibility_checks.all().delete()
    _empty(DeadlineChange.objects.filter(deadline__case=case), "note")
    case.tracks.update(external_number="")
    _forget_long_work(case)
    parties_people.forget(case)
    answers_people.forget(case)
    for forget in _forgetting:
        forget(case.pk)
    if case.status in {CaseStatus.CLOSED, CaseStatus.CANCELLED, CaseStatus.DECLINED} and case.number:
        progress.change_status(KEEPER, case, CaseAction.ARCHIVE)
    progress.save_progress(case)
    search_index.make_anonymous(case, said)


def _forget_long_work(case: Case) -> None:
    """Reports on the case lose their words, and finished work the words that it wrote into its cases."""
    rows = JobRow.objects.filter(case=case)
    ListJob.objects.filter(pk__in=rows.values("job_id")).exclude(state__in=WORKING).update(params={})
    rows.update(detail="")


def _forget_papers(case: Case) -> None:
    for paper in case.missing_papers.exclude(file_id=None):
        if paper.file_id is not None:
            files.request_removal_of(file_id=paper.file_id)
    case.missing_papers.update(file_id=None)
    _empty(case.missing_papers.all(), "title", "unreadable_reason")
    case.readings.all().delete()


def _empty(rows: Iterable[Any], *names: str) -> None:
    for row in rows:
        for name in names:
            setattr(row, name, "")
        row.save(update_fields=list(names))


def mask_closed(before: datetime) -> int:
    """Make cases anonymous that ended before the moment; how many. Each in a transaction of its own."""
    ended = _told(Case.objects.filter(status__in=FINAL, closed_at__lt=before))
    taken = 0
    for case_id in list(ended.order_by("closed_at").values_list("pk", flat=True)[:BATCH]):
        with transaction.atomic():
            case = ended.select_for_update(of=("self",)).filter(pk=case_id).first()
            if case is not None:
                mask_case(case)
                taken += 1
    return taken


def remove_drafts(before: datetime) -> int:
    """Delete drafts that nobody touched since the moment; how many."""
    old = Case.objects.filter(status=CaseStatus.DRAFT, updated_at__lt=before)
    with transaction.atomic():
        ids = [case.pk for case in old.select_for_update(skip_locked=True, of=("self",)).only("pk")[:BATCH]]
        Case.objects.filter(pk__in=ids).delete()
    return len(ids)


def open_cases(person_id: UUID) -> list[Blocker]:
    """Open cases stand in the way of erasure: close or cancel them first."""
    going = Case.objects.filter(borrower_id=person_id).exclude(status__in=[*FINAL, CaseStatus.DRAFT])
    text = now("Case %(number)s is still open. Close or cancel it first.")
    return [
        Blocker("case_open", text % {"number": number})
        for number in going.order_by("created_at").values_list("number", flat=True)
    ]


personal_data.register(
    "cases", label=_("Cases and drafts"), order=80, preview=counts, export=copy, erase=erase
)
personal_data.register_blocker(open_cases)
retention.register("closed_cases", mask_closed)
retention.register("case_drafts", remove_drafts)
