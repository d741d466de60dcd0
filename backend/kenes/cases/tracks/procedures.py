"""Procedures of a case as people lead them: which steps are open to whom, making a step, opening a procedure.

The tables of `states` say what follows what; `permissions.who_in_track` says who is asking; `guards` look at the case.
"""

from dataclasses import dataclass
from typing import Final
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from kenes.cases import permissions, selectors
from kenes.cases.errors.cases import CaseTransitionNotAllowed, TrackNotFound
from kenes.cases.errors.procedures import (
    EscalationNotOffered,
    FiledByDebtorOnly,
    TrackAlreadyOpen,
    TrackChangedMeanwhile,
)
from kenes.cases.models import Case, Obligation, Track
from kenes.cases.states import machine, tables
from kenes.cases.states.case import FINAL, CaseAction, CaseStatus
from kenes.cases.states.machine import Need, Row, TrackAction, Who
from kenes.cases.states.track import CASE_WIDE, ENDED, TrackKind, TrackState
from kenes.cases.tracks import escalation, guards, progress, proposing
from kenes.cases.tracks.progress import Said
from kenes.foundation import clock
from kenes.foundation.actor import Actor
from kenes.foundation.errors import FieldError, FieldErrors, Forbidden

# Steps that other addresses make: opening, and choosing what comes next.
_ELSEWHERE: Final = frozenset({TrackAction.OPEN, TrackAction.ESCALATE})
# People of a creditor take letters in and answer them in a room of their own, with terms and papers; here those would be
# lost, and a later day of receipt would move the term to answer.
_ANSWERS: Final = frozenset(
    {
        TrackAction.RECEIVE, TrackAction.REVIEW, TrackAction.ASK_MORE, TrackAction.OFFER, TrackAction.AGREE,
        TrackAction.REFUSE,
    }
)  # fmt: skip
_OPENS_IN: Final = frozenset({CaseStatus.TRIAGE, CaseStatus.ACTIVE, CaseStatus.MONITORING})


@transaction.atomic
def move_track(
    *,
    actor: Actor,
    track_id: UUID,
    action: str,
    said: Said = progress.NOTHING_SAID,
    version: int | None = None,
) -> Track:
    """Move a track by its table.

    `version` is the track's own, None where the caller holds the newest (letters, timers). Raises TrackNotFound,
    Forbidden, FiledByDebtorOnly, TrackMoveRepeated, TrackTransitionNotAllowed, TrackChangedMeanwhile, FieldErrors
    (/date, /reason, /number, /outcome), CaseTransitionNotAllowed in an ended case, and the errors of guards.
    """
    step = TrackAction(action)
    case, track = _locked(actor, track_id)
    whose = permissions.who_in_track(actor, case, track)
    if step in _ELSEWHERE and Who.SYSTEM not in whose:
        raise Forbidden
    row = _row_for(track, step, whose)
    actor = permissions.acting(actor, case)
    if case.status in FINAL or case.status == CaseStatus.DRAFT:
        raise CaseTransitionNotAllowed(action="change", current_status=case.status)
    if version is not None and version != track.version:
        raise TrackChangedMeanwhile(version=track.version)
    if Who.SYSTEM not in whose:
        _require_told(row, said)
    guards.check(row.guard, case, track, said)
    progress.apply_row(actor, case, track, row, said)
    proposing.reroute(case)
    progress.save_progress(case)
    return track


def _locked(actor: Actor, track_id: UUID) -> tuple[Case, Track]:
    case_id = Track.objects.filter(pk=track_id).values_list("case_id", flat=True).first()
    if case_id is None:
        raise TrackNotFound
    case = selectors.cases_visible_to(actor).select_for_update(of=("self",)).filter(pk=case_id).first()
    if case is None:
        raise TrackNotFound
    selectors.load_reader(actor, [case])
    if permissions.sees_metadata_only(actor) and not permissions.allowed(actor, "case.view_content", case):
        raise Forbidden
    found = (
        case.tracks.select_for_update(of=("self",)).select_related("obligation").filter(pk=track_id).first()
    )
    if found is None or not permissions.shown_tracks(actor, case, [found]):
        raise TrackNotFound
    return case, found


def _may(row: Row, whose: frozenset[Who], track: Track) -> bool:
    if track.kind == TrackKind.RESTRUCTURING and row.action in _ANSWERS:
        whose = whose - {Who.CREDITOR}
    return bool(row.who & whose)


def _row_for(track: Track, step: TrackAction, whose: frozenset[Who]) -> Row:
    """The row by which this person may make the step; who may never make it is refused before the state is told."""
    table = tables.table_of(track.kind)
    of_action = [row for row in table.rows if row.action is step]
    if of_action and not any(_may(row, whose, track) for row in of_action):
        if step is TrackAction.FILE and Who.BORROWER in whose:
            raise FiledByDebtorOnly
        raise Forbidden
    open_now = table.find(track.state, step)
    if not open_now:
        machine.move(table, track, step)
    own = next((row for row in open_now if _may(row, whose, track)), None)
    if own is None:
        raise Forbidden
    return own


_ASKED: Final = {
    Need.DATE: ("/date", _("Give the day on which it happened.")),
    Need.REASON: ("/reason", _("Write down the reason.")),
    Need.NUMBER: ("/number", _("Write down the incoming number.")),
    Need.OUTCOME: ("/outcome", _("Choose an outcome from the list.")),
}


def _require_told(row: Row, said: Said) -> None:
    given = {
        Need.DATE: said.on is not None,
        Need.REASON: bool(said.reason),
        Need.NUMBER: bool(said.number),
        Need.OUTCOME: bool(said.outcome),
    }
    errors = [
        FieldError(_ASKED[need][0], "required", _ASKED[need][1])
        for need in sorted(row.needs)
        if not given[need]
    ]
    if said.outcome and said.outcome not in row.outcomes:
        errors.append(FieldError("/outcome", "unknown", _("Choose an outcome from the list.")))
    if said.on is not None and said.on > clock.today() and not row.ahead:
        errors.append(FieldError("/date", "future", _("This date has not come yet.")))
    if errors:
        raise FieldErrors(errors)


@dataclass(frozen=True, slots=True)
class OpenStep:
    """A button: which step, in which words, and what it must or may be told."""

    action: str
    label: str
    needs: tuple[str, ...]
    may: tuple[str, ...]
    outcomes: tuple[str, ...]
    ahead: bool


def open_steps(actor: Actor, case: Case, track: Track) -> list[OpenStep]:
    """Steps that this reader may make now, in the order of the table; from loaded rows, no queries."""
    if case.status in FINAL or case.status == CaseStatus.DRAFT or track.proposed:
        return []
    whose = permissions.who_in_track(actor, case, track)
    found: dict[str, OpenStep] = {}
    for row in tables.table_of(track.kind).possible(track.state):
        if not _may(row, whose, track) or row.action in _ELSEWHERE or row.action.value in found:
            continue
        found[row.action.value] = OpenStep(
            row.action.value,
            str(row.label),
            tuple(sorted(row.needs)),
            tuple(sorted(row.may)),
            row.outcomes,
            row.ahead,
        )
    return list(found.values())


@transaction.atomic
def open_track(
    *, actor: Actor, case_id: UUID, kind: str, obligation_id: UUID | None = None, reason: str = ""
) -> Track:
    """Open a procedure: a proposed one, one that staff chose with words why, or the next step the borrower chose.

    A procedure that did not help and leads to this one ends as taken further. Raises CaseNotFound, Forbidden,
    EscalationNotOffered (the borrower opens only what is offered to him), TrackAlreadyOpen, FieldErrors
    (/obligation_id, /reason), CaseTransitionNotAllowed.
    """
    case = selectors.get_case_for_update(actor=actor, case_id=case_id)
    by_staff = permissions.allowed(actor, "case.open_track", case)
    if not by_staff and not permissions.acts_as_borrower(actor, case):
        raise Forbidden
    actor = permissions.acting(actor, case)
    if case.status not in _OPENS_IN or (case.status == CaseStatus.TRIAGE and not by_staff):
        raise CaseTransitionNotAllowed(action="open_track", current_status=case.status)
    wanted, debt = TrackKind(kind), _debt_for(case, kind, obligation_id)
    same = case.tracks.select_for_update().filter(kind=wanted, obligation=debt).exclude(state__in=ENDED)
    track = same.order_by("pk").first()
    if track is not None and not track.proposed:
        raise TrackAlreadyOpen(track_id=str(track.pk))
    source = escalation.source_of(case, wanted, debt)
    if not by_staff and source is None:
        raise EscalationNotOffered
    if by_staff and source is None and track is None and not reason:
        raise FieldErrors([FieldError("/reason", "required", _("Write down why this procedure is opened."))])
    if case.status == CaseStatus.TRIAGE:
        progress.change_status(actor, case, CaseAction.ACTIVATE)
    track = track or _new(case, wanted, debt, "escalated" if source is not None else "chosen_by_manager")
    progress.open_track(actor, case, track, source, Said(reason=reason))
    _take_offers(actor, case, track)
    proposing.reroute(case)
    progress.save_progress(case)
    return track


def _take_offers(actor: Actor, case: Case, track: Track) -> None:
    """Steps that a breach of a term opened and that this procedure is: chosen, so they are offered no longer."""
    open_offers = case.step_offers.filter(chosen="", lapsed_at__isnull=True, steps__contains=[track.kind])
    open_offers.filter(Q(obligation=track.obligation) if track.obligation_id else Q()).update(
        chosen=track.kind, chosen_by_id=actor.user_id, chosen_at=clock.now()
    )


def _debt_for(case: Case, kind: str, obligation_id: UUID | None) -> Obligation | None:
    if kind in CASE_WIDE:
        return None
    debts = list(case.obligations.order_by("position"))
    if obligation_id is None and len(debts) == 1:
        return debts[0]
    found = next((row for row in debts if row.pk == obligation_id), None)
    if found is None:
        code = "required" if obligation_id is None else "unknown"
        raise FieldErrors([FieldError("/obligation_id", code, _("Choose the debt it is about."))])
    return found


def _new(case: Case, kind: TrackKind, debt: Obligation | None, why: str) -> Track:
    now = clock.now()
    try:
        with transaction.atomic():
            return Track.objects.create(
                case=case, obligation=debt, kind=kind, state=TrackState.PROPOSED, reasons=[why], created_at=now, updated_at=now
            )  # fmt: skip
    except IntegrityError:
        raise TrackAlreadyOpen from None
