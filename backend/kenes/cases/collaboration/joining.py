"""Two cases of one borrower become one: everything goes over into the kept case, and both numbers lead to it.

Not undone afterwards: what was one history could not be told apart again. A preview comes first, and a reason is asked for.
"""

from collections import Counter
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from kenes.accounts import duplicates
from kenes.cases import permissions, selectors
from kenes.cases.collaboration import case_parts, case_sections, links
from kenes.cases.errors.cases import CaseChangedMeanwhile
from kenes.cases.errors.links import MergeRefused
from kenes.cases.events.cases import CaseMoved
from kenes.cases.events.links import CaseMerged, CaseMergedAway
from kenes.cases.models import Case, FieldChange, Obligation, Outcome
from kenes.cases.search import index
from kenes.cases.states.case import FINAL, CaseStatus
from kenes.cases.tracks import progress, proposing
from kenes.event_log import services as event_log
from kenes.foundation import clock
from kenes.foundation.actor import Actor
from kenes.realtime import services as realtime


class RowsLost(Exception):
    """The counts after a merge differ from those before: a mistake in a section. Nothing was changed."""


@dataclass(frozen=True, slots=True)
class Preview:
    """What a merge would move and what is to be known before; `refusal` is the reason why it cannot be, or empty."""

    kept: Case
    gone: Case
    refusal: str = ""
    sections: list[dict[str, Any]] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)


def preview(*, actor: Actor, case_id: UUID, number: str) -> Preview:
    """What would go over from the case with this number. Forbidden without the right; CaseNotFound."""
    kept = selectors.get_case(actor=actor, case_id=case_id)
    permissions.require(actor, "case.merge", kept)
    gone_id = links.find_by_number(actor, number)
    gone = selectors.get_case(actor=actor, case_id=gone_id)
    refusal = _refusal(actor, kept, gone)
    if refusal:
        return Preview(kept, gone, refusal)
    moved = [
        {"code": section.code, "label": section.label, "count": count}
        for section in case_parts.in_order()
        if (count := section.count(gone.pk))
    ]
    return Preview(kept, gone, "", moved, _warnings(kept, gone))


def _refusal(actor: Actor, kept: Case, gone: Case) -> str:
    if kept.pk == gone.pk:
        return "same_case"
    if not permissions.allowed(actor, "case.merge", gone):
        return "not_yours"
    if CaseStatus.DRAFT in {kept.status, gone.status} or not kept.number or not gone.number:
        return "draft"
    if kept.status in FINAL:
        return "ended"
    if gone.status == CaseStatus.ARCHIVED:
        return "archived"
    if gone.borrower_id not in duplicates.accounts_of(kept.borrower_id):
        return "other_borrower"
    return "two_procedures" if case_sections.two_opened(gone.pk, kept.pk) else ""


def _warnings(kept: Case, gone: Case) -> list[str]:
    """Contracts that stand in both (two debts stay, each with its own letters), and the story that is not taken over."""
    both = _contracts(kept) & _contracts(gone)
    texts = [
        _("Contract %(number)s is in both cases. Both entries are kept, each with its own letters.")
        % {"number": number}
        for _creditor, number in sorted(both, key=str)
    ]
    texts.append(_("Income and story of the borrower are taken from the kept case."))
    if gone.assignee_id and gone.assignee_id != kept.assignee_id:
        texts.append(_("The manager of the kept case goes on with both."))
    return texts


def _contracts(case: Case) -> set[tuple[UUID, str]]:
    rows = Obligation.objects.filter(case=case).values_list("creditor_id", "contract_number")
    return {(creditor_id, number.strip().casefold()) for creditor_id, number in rows}


@transaction.atomic
def merge_cases(
    *, actor: Actor, case_id: UUID, gone_id: UUID, reason: str, version: int, gone_version: int
) -> Case:
    """Move everything of the case `gone_id` into `case_id` and close it as a duplicate.

    Both are locked in one order, with every case that was merged before. Raises CaseNotFound, CaseIsMerged, Forbidden,
    CaseChangedMeanwhile when either is not what was previewed, MergeRefused with a reason.
    """
    kept, gone = _locked(actor, case_id, gone_id)
    permissions.require(actor, "case.merge", kept)
    if kept.version != version or gone.version != gone_version:
        raise CaseChangedMeanwhile(version=kept.version)
    if refusal := _refusal(actor, kept, gone):
        raise MergeRefused(reason=refusal)
    moved = _move_all(gone, kept)
    _close(actor, gone, kept)
    words = _reason(actor, kept, reason)
    _renew(kept, gone)
    for event in _events(kept, gone, words.pk, moved):
        event_log.record(event, actor=actor)
    realtime.hint(f"case:{gone.pk}", "case.changed", gone.pk)
    return kept


def _locked(actor: Actor, case_id: UUID, gone_id: UUID) -> tuple[Case, Case]:
    pair = {case_id, gone_id}
    followers = Case.objects.filter(merged_into_id__in=pair).values_list("pk", flat=True)
    everything = sorted({*pair, *followers})
    # The rows first and in one order for everybody, then the questions.
    list(Case.objects.select_for_update(of=("self",)).filter(pk__in=everything).order_by("pk").only("pk"))
    locked = {pk: selectors.get_case_for_update(actor=actor, case_id=pk) for pk in sorted(pair)}
    return locked[case_id], locked[gone_id]


def _move_all(gone: Case, kept: Case) -> Counter[str]:
    """Every section in order; nothing but doubles (a tag on both, a proposal made twice) may vanish on the way."""
    counts: Counter[str] = Counter()
    for section in case_parts.in_order():
        before = section.count(gone.pk)
        there = section.count(kept.pk)
        section.move(gone.pk, kept.pk)
        left, arrived = section.count(gone.pk), section.count(kept.pk)
        if left or (section.exact and arrived != before + there):
            raise RowsLost(section.code)
        if before:
            counts[section.code] = before
    case_parts.move_undecided(gone.pk, kept.pk)
    return counts


def _close(actor: Actor, gone: Case, kept: Case) -> None:
    """The merged case is closed as a duplicate; one that had ended before stays as it ended."""
    now = clock.now()
    gone.merged_into, gone.merged_at = kept, now
    if gone.status not in FINAL:
        source = gone.status
        # Past the table on purpose: this is no step of a case but its end as a case of its own.
        gone.status, gone.outcome, gone.closed_at = CaseStatus.CLOSED, Outcome.DUPLICATE, now
        event_log.record(
            CaseMoved(
                case_id=gone.pk, action="merge", source=source, target=CaseStatus.CLOSED,
                outcome=Outcome.DUPLICATE,
            ),
            actor=actor,
        )  # fmt: skip
    gone.total_tiyn = 0
    gone.save(update_fields=["merged_into", "merged_at", "total_tiyn"])
    progress.save_progress(gone)


def _reason(actor: Actor, kept: Case, reason: str) -> FieldChange:
    return FieldChange.objects.create(
        case=kept, field="move:merge", new=reason, changed_by_id=actor.user_id, created_at=clock.now()
    )


def _renew(kept: Case, gone: Case) -> None:
    """What follows from the debts: the sum, the words to search for (both numbers among them), route and next term."""
    kept.total_tiyn = sum(debt.total_tiyn for debt in kept.obligations.all())
    kept.save(update_fields=["total_tiyn"])
    index.rebuild([kept.pk, gone.pk])
    proposing.reroute(kept)
    progress.save_progress(kept)


def _events(kept: Case, gone: Case, change_id: UUID, moved: Counter[str]) -> list[Any]:
    codes = tuple(sorted(moved))
    here = CaseMerged(
        case_id=kept.pk, merged_case_id=gone.pk, merged_number=gone.number or "", change_id=change_id,
        sections=codes, moved=tuple(moved[code] for code in codes),
    )  # fmt: skip
    there = CaseMergedAway(
        case_id=gone.pk, kept_case_id=kept.pk, kept_number=kept.number or "", change_id=change_id
    )
    return sorted([here, there], key=lambda event: event.case_id)
