"""Conditions of steps that the tables of procedures name. Each raises a coded error or lets the step through.

They read the locked case; the table says where they stand, so a step without a guard needs nothing here.
"""

from collections.abc import Callable
from datetime import date
from typing import Final, Protocol

from django.conf import settings
from django.db.models import Q

from kenes.cases.errors.procedures import (
    MatterInCourt,
    MediatorMissing,
    NoEvidence,
    NoRoundsLeft,
    NoWrittenProof,
    ObjectionTermMissed,
    RecentBankruptcy,
    RepeatedAppeal,
    TermStillRuns,
)
from kenes.cases.models import Case, Obligation, PartyRole, Track
from kenes.cases.states.track import TrackKind, TrackState
from kenes.cases.terms import deadlines
from kenes.foundation import clock

_PROOF: Final = ("APPLICATION_RECEIVED", "REFUSED", "OFFER_RECEIVED")
_EVIDENCE: Final = {
    TrackKind.COLLECTOR_COMPLAINT: ("COLLECTOR_CONTACT",),
    TrackKind.REGULATOR: ("NO_REPLY", "REFUSED", "ASSIGNMENT", "COLLECTOR_CONTACT", "APPLICATION_RECEIVED"),
}
_CONSIDERED: Final = (
    TrackState.ACCEPTED, TrackState.DECISION_FOR, TrackState.DECISION_PARTIAL, TrackState.DECISION_AGAINST,
    TrackState.BORROWER_ACCEPTS, TrackState.BORROWER_DECLINES, TrackState.LENDER_PERFORMS, TrackState.BREACHED,
    TrackState.DONE, TrackState.DONE_NO_RESULT, TrackState.ESCALATED,
)  # fmt: skip


class Told(Protocol):
    """What a step was told, as far as guards ask."""

    @property
    def on(self) -> date | None: ...
    @property
    def reason(self) -> str: ...


Guard = Callable[[Case, Track, Told], None]


def check(name: str, case: Case, track: Track, said: Told) -> None:
    """Run the named guard; no name, no condition."""
    if name:
        GUARDS[name](case, track, said)


def _has_fact(case: Case, track: Track, *kinds: str) -> bool:
    about = Q(obligation_id=track.obligation_id) | Q(obligation__isnull=True)
    return case.facts.filter(about, kind__in=kinds, superseded_at__isnull=True).exists()


def _ombudsman_conditions(case: Case, track: Track, said: Told) -> None:
    """Written proof that the lender was asked first; not in court; not a repeat without new facts."""
    if not _has_fact(case, track, *_PROOF):
        raise NoWrittenProof
    in_court = case.tracks.filter(kind=TrackKind.COURT_SUPPORT, obligation=track.obligation)
    if _has_fact(case, track, "COURT_DATE") or in_court.exclude(state=TrackState.PROPOSED).exists():
        raise MatterInCourt
    if not said.reason and _considered_before(case, track):
        raise RepeatedAppeal


def _considered_before(case: Case, track: Track) -> bool:
    debt: Obligation | None = track.obligation
    if debt is None:
        return False
    earlier = Track.objects.filter(
        kind=TrackKind.OMBUDSMAN, state__in=_CONSIDERED, case__borrower_id=case.borrower_id,
        obligation__creditor_id=debt.creditor_id, obligation__contract_number=debt.contract_number,
    ).exclude(pk=track.pk)  # fmt: skip
    accepted = Q(case__facts__kind="OMBUDSMAN_ACCEPTED", case__facts__track__isnull=False)
    return earlier.filter(accepted | ~Q(state__in=[TrackState.DONE_NO_RESULT, TrackState.ESCALATED])).exists()


def _evidence(case: Case, track: Track, said: Told) -> None:
    if not said.reason and not _has_fact(case, track, *_EVIDENCE[TrackKind(track.kind)]):
        raise NoEvidence


def _rounds_left(case: Case, track: Track, said: Told) -> None:
    if track.rounds >= settings.COUNTER_OFFER_ROUNDS:
        raise NoRoundsLeft(limit=settings.COUNTER_OFFER_ROUNDS)


def _last_day(case: Case, track: Track, starts_on: str, bound: str) -> date | None:
    running = case.deadlines.filter(obligation=track.obligation, starts_on=starts_on, bound=bound)
    return running.order_by("-due").values_list("due", flat=True).first()


def _over(due: date | None) -> None:
    if due is None or due >= clock.today():
        raise TermStillRuns(due=None if due is None else due.isoformat())


def _reply_term_over(case: Case, track: Track, said: Told) -> None:
    _over(_last_day(case, track, "APPLICATION_RECEIVED", "lender"))


def _mediation_term_over(case: Case, track: Track, said: Told) -> None:
    _over(_last_day(case, track, "MEDIATION_CONTRACT", "parties"))


def _objection_term_over(case: Case, track: Track, said: Told) -> None:
    _over(_last_day(case, track, "INSCRIPTION_RECEIVED", "borrower"))


def _objection_term_running(case: Case, track: Track, said: Told) -> None:
    """The term counted from the day that is told now; the stored one where it was known."""
    if said.on is None:
        return
    due = deadlines.term_of(clock.today())("objection", said.on)
    if due < clock.today():
        raise ObjectionTermMissed(due=due.isoformat())


def _mediator_known(case: Case, track: Track, said: Told) -> None:
    parties = case.parties.filter(role=PartyRole.MEDIATOR, removed_at__isnull=True)
    if not said.reason and not parties.exists():
        raise MediatorMissing


def _no_recent_bankruptcy(case: Case, track: Track, said: Told) -> None:
    """After an earlier procedure the law lets a number of years pass; a completed one counts like one that ended before."""
    earlier = case.facts.filter(
        kind__in=["PREVIOUS_BANKRUPTCY", "BANKRUPTCY_COMPLETED"], superseded_at__isnull=True
    )
    last = earlier.order_by("-on").values_list("on", flat=True).first()
    if last is None:
        return
    until = deadlines.term_of(clock.today())("bankruptcy_repeat", last)
    if until > clock.today():
        raise RecentBankruptcy(until=until.isoformat())


GUARDS: Final[dict[str, Guard]] = {
    "ombudsman_conditions": _ombudsman_conditions,
    "evidence": _evidence,
    "rounds_left": _rounds_left,
    "reply_term_over": _reply_term_over,
    "mediation_term_over": _mediation_term_over,
    "objection_term_over": _objection_term_over,
    "objection_term_running": _objection_term_running,
    "mediator_known": _mediator_known,
    "no_recent_bankruptcy": _no_recent_bankruptcy,
}
