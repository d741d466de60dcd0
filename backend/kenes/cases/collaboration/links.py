"""How cases hang together: related, same contract, same household, one follows the other, parent and child."""

import re
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy

from kenes.cases import permissions, selectors
from kenes.cases.errors.cases import CaseNotFound
from kenes.cases.errors.links import LinkExists, LinkNotFound, LinkRefused
from kenes.cases.events.links import CaseLinked, CaseUnlinked
from kenes.cases.models import Case, CaseLink, LinkKind
from kenes.cases.states.case import CaseStatus
from kenes.event_log import services as event_log
from kenes.foundation import clock
from kenes.foundation.actor import Actor
from kenes.realtime import services as realtime

# A year and a place in it: KH-2026-000123.
_DIGITS: Final = 10
# What a link says when it is read from its second case.
_BACK: Final = {LinkKind.FOLLOWS: "followed", LinkKind.PARENT: "parent"}
_THERE: Final = {LinkKind.PARENT: "child"}
_WORDS: Final[dict[str, Promise]] = {
    "related": pgettext_lazy("link", "Related"),
    "same_contract": pgettext_lazy("link", "Same contract"),
    "same_household": pgettext_lazy("link", "Same household"),
    "follows": pgettext_lazy("link", "Follows"),
    "followed": pgettext_lazy("link", "Followed by"),
    "parent": pgettext_lazy("link", "Parent case"),
    "child": pgettext_lazy("link", "Child case"),
}
# What can be chosen for «the other case is my …»; `parent` and `child` are the two ends of one kind.
CHOICES: Final = tuple(_WORDS)


def words_of_kind(kind: str) -> str:
    """What the other case is, in the reader's language."""
    return str(_WORDS.get(kind, kind))


@dataclass(frozen=True, slots=True)
class Linked:
    """A link as one of its two cases sees it: `kind` says what the other case is."""

    id: UUID
    kind: str
    kind_label: str
    case: Case


def links_of(*, actor: Actor, case_id: UUID) -> tuple[Case, list[Linked]]:
    """Linked cases that the actor sees too, by kind and number, and whether more exist is not told.

    For staff of the case; for others the list is empty.
    """
    case = selectors.get_case(actor=actor, case_id=case_id)
    if not permissions.allowed(actor, "case.view_internal", case):
        return case, []
    rows = CaseLink.objects.filter(Q(first=case) | Q(second=case))
    pairs = [(row, row.second_id if row.first_id == case.pk else row.first_id) for row in rows]
    visible = selectors.cases_visible_to(actor).filter(pk__in=[other for _row, other in pairs])
    others = {other.pk: other for other in visible.select_related("assignee")}
    selectors.load_reader(actor, others.values())
    shown = [_linked(row, case.pk, others[other]) for row, other in pairs if other in others]
    return case, sorted(shown, key=lambda link: (CHOICES.index(link.kind), link.case.number or ""))


def _linked(row: CaseLink, from_id: UUID, other: Case) -> Linked:
    kind = _seen_from(row, from_id)
    return Linked(row.pk, kind, words_of_kind(kind), other)


def _seen_from(row: CaseLink, case_id: UUID) -> str:
    kind = LinkKind(row.kind)
    return _THERE.get(kind, kind.value) if row.first_id == case_id else _BACK.get(kind, kind.value)


@transaction.atomic
def link_cases(*, actor: Actor, case_id: UUID, number: str, kind: str) -> CaseLink:
    """Say what the case with this number is to the case: `kind` is one of CHOICES.

    Raises CaseNotFound when the other one is not seen, LinkExists, LinkRefused with a reason.
    """
    other_id = find_by_number(actor, number)
    first_id, second_id, stored = _ends(case_id, other_id, kind)
    if first_id == second_id:
        raise LinkRefused(reason="same_case")
    case, other = _locked_pair(actor, case_id, other_id)
    _require_possible(case, other, first_id, second_id, stored)
    link = CaseLink(
        first_id=first_id,
        second_id=second_id,
        kind=stored,
        created_by_id=actor.user_id,
        created_at=clock.now(),
    )
    try:
        with transaction.atomic():
            link.save(force_insert=True)
    except IntegrityError as problem:
        raise LinkRefused(reason="has_parent") from problem
    for here, there in sorted([(case, other), (other, case)], key=lambda pair: pair[0].pk):
        event = CaseLinked(
            case_id=here.pk, other_case_id=there.pk, link_id=link.pk, kind=_seen_from(link, here.pk)
        )
        event_log.record(event, actor=actor)
        realtime.hint(f"case:{here.pk}", "case.changed", here.pk)
    return link


def find_by_number(actor: Actor, number: str) -> UUID:
    """Id of a visible case by its number, also by that of a case merged into it. CaseNotFound otherwise.

    A number is known by its digits, however it is typed: «kh 2026 000123», «КН2026-000123» with Cyrillic letters.
    """
    digits = re.sub(r"[^0-9]", "", number)
    typed = f"KH-{digits[:4]}-{digits[4:]}" if len(digits) == _DIGITS else number.strip()[:16]
    wanted = Case.objects.filter(number__iexact=typed).values_list("pk", "merged_into_id").first()
    if wanted is None:
        raise CaseNotFound
    return selectors.get_case(actor=actor, case_id=wanted[1] or wanted[0]).pk


def _ends(case_id: UUID, other_id: UUID, kind: str) -> tuple[UUID, UUID, LinkKind]:
    """First and second case of the stored link; kinds without a direction are stored in one order."""
    match kind:
        case "parent":
            return other_id, case_id, LinkKind.PARENT
        case "child":
            return case_id, other_id, LinkKind.PARENT
        case "follows":
            return case_id, other_id, LinkKind.FOLLOWS
        case "followed":
            return other_id, case_id, LinkKind.FOLLOWS
    first, second = sorted((case_id, other_id))
    return first, second, LinkKind(kind)


def _locked_pair(actor: Actor, case_id: UUID, other_id: UUID) -> tuple[Case, Case]:
    """Both cases, locked in one order for everybody; the actor works on the first and sees the other."""
    locked = {
        pk: selectors.get_case_for_update(actor=actor, case_id=pk) for pk in sorted((case_id, other_id))
    }
    permissions.require(actor, "case.link", locked[case_id])
    return locked[case_id], locked[other_id]


def _require_possible(case: Case, other: Case, first_id: UUID, second_id: UUID, kind: LinkKind) -> None:
    if CaseStatus.DRAFT in {case.status, other.status}:
        raise LinkRefused(reason="draft")
    if CaseLink.objects.filter(first_id=first_id, second_id=second_id, kind=kind).exists():
        raise LinkExists
    if kind is LinkKind.PARENT and second_id in _ancestors(first_id):
        raise LinkRefused(reason="circle")


def _ancestors(case_id: UUID) -> set[UUID]:
    """The case and everything above it; each case has at most one parent."""
    seen: set[UUID] = set()
    current: UUID | None = case_id
    while current is not None and current not in seen:
        seen.add(current)
        above = CaseLink.objects.filter(second_id=current, kind=LinkKind.PARENT)
        current = above.values_list("first_id", flat=True).first()
    return seen


@transaction.atomic
def unlink_cases(*, actor: Actor, case_id: UUID, link_id: UUID) -> None:
    """Take a link away. LinkNotFound when this case has none such."""
    case = selectors.get_case_for_update(actor=actor, case_id=case_id)
    permissions.require(actor, "case.link", case)
    link = CaseLink.objects.select_for_update().filter(Q(first=case) | Q(second=case), pk=link_id).first()
    if link is None:
        raise LinkNotFound
    ends = sorted([(link.first_id, link.second_id), (link.second_id, link.first_id)])
    kinds = {here: _seen_from(link, here) for here, _there in ends}
    link.delete()
    for here, there in ends:
        event_log.record(CaseUnlinked(case_id=here, other_case_id=there, kind=kinds[here]), actor=actor)
        realtime.hint(f"case:{here}", "case.changed", here)
