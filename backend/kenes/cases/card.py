"""What people read off a case: headline, terms with their words. From loaded rows, no queries."""

from collections.abc import Iterable
from datetime import date
from typing import Final

from django.utils.translation import gettext as _

from kenes.cases.models import Case, CaseDeadline, StepOffer, Track
from kenes.cases.states import own_words, tables
from kenes.cases.states.case import FINAL, CaseStatus
from kenes.cases.states.track import ENDED, TrackKind, TrackState
from kenes.cases.tracks.routing import ORDER
from kenes.law import explanations
from kenes.law.terms import Pause, SkippedDay, Term, merged

T = TrackState
# The most pressing first: what cannot wait, what waits for the borrower, what broke, what others decided, what is on its
# way, what is settled, what has ended.
_PRESSING: Final = (
    T.RECEIVED_COPY, T.TERM_MISSED, T.ENFORCEMENT, T.SEND_FAILED, T.READY_TO_SIGN, T.IN_COURT, T.OFFER, T.MORE_INFO,
    T.DECISION_FOR, T.DECISION_PARTIAL, T.RETURNED, T.COLLECTING, T.INVITED, T.ACCEPTED_BY_CREDITOR, T.TERMS_PROPOSED,
    T.REFUSED, T.NO_REPLY, T.BREACHED, T.REJECTED, T.DECISION_AGAINST, T.NO_AGREEMENT, T.TERM_EXPIRED, T.DECLINED,
    T.NOT_ELIGIBLE, T.BORROWER_DECLINES, T.REPLIED, T.TERM_RESTORE, T.PREPARING, T.CHECK_PRECONDITIONS, T.EVIDENCE,
    T.ELIGIBILITY, T.SIGNED, T.SENT, T.RECEIVED, T.ACCEPTED, T.REGISTERED, T.APPEALED, T.FILED, T.FILED_BY_BORROWER,
    T.UNDER_REVIEW, T.COUNTER_OFFER, T.ACCEPTED_BY_BORROWER, T.ACCEPTED_BY_ALL, T.MEDIATOR_CHOSEN, T.CONTRACT_SIGNED,
    T.SESSIONS, T.AGREED, T.AGREEMENT_SIGNED, T.BORROWER_ACCEPTS, T.LENDER_PERFORMS, T.STARTED, T.PUBLISHED,
    T.ASSETS_SALE, T.PLAN_APPROVED, T.REQUESTED, T.BOOKED, T.NO_SHOW, T.CANCELLED, T.HELD, T.SUMMARY_SENT,
    T.CANCELLED_BY_NOTARY, T.PERFORMING, T.COMPLETED, T.AFTERCARE, T.REFUSED_BY_BORROWER, T.ESCALATED, T.DONE,
    T.DONE_NO_RESULT, T.WITHDRAWN,
)  # fmt: skip


def headline(case: Case, tracks: Iterable[Track], *, own: bool = False) -> str:
    """One line about the most pressing procedure; the status where nothing is open. `own` speaks to the borrower."""
    if case.status in FINAL or case.status in {
        CaseStatus.DRAFT,
        CaseStatus.SUSPENDED,
        CaseStatus.AWAITING_BORROWER,
    }:
        return own_words.case_label(case.status, own=own)
    opened = [track for track in tracks if not track.proposed]
    opened = [track for track in opened if track.state not in ENDED] or opened
    if opened:
        first = min(opened, key=pressure)
        alike = sum(track.state == first.state and track.kind == first.kind for track in opened)
        label = tables.state_label(first.kind, first.state, own=own)
        return label if len(opened) == 1 else _("%(state)s (%(alike)s of %(all)s)") % {
            "state": label, "alike": alike, "all": len(opened),
        }  # fmt: skip
    kinds = sorted({TrackKind(track.kind) for track in tracks}, key=ORDER.index)
    if kinds and case.status in {CaseStatus.SUBMITTED, CaseStatus.TRIAGE}:
        return _("Proposed: %(procedure)s") % {"procedure": ", ".join(str(kind.label) for kind in kinds)}
    return own_words.case_label(case.status, own=own)


def pressure(track: Track) -> tuple[int, int]:
    return _PRESSING.index(TrackState(track.state)), ORDER.index(TrackKind(track.kind))


def open_offer(row: CaseDeadline) -> StepOffer | None:
    """The next step that this term has opened and that can still be chosen."""
    offer: StepOffer | None = getattr(row, "offer", None)
    return offer if offer is not None and not offer.chosen and offer.lapsed_at is None else None


def deadline_status(row: CaseDeadline, today: date) -> str:
    """running, today, suspended, met, missed, or passed (the day is over and nothing says whether the term was kept)."""
    if row.met_on is not None:
        return "met" if row.met_on <= row.due else "missed"
    if any(one["from"] <= today.isoformat() <= one["until"] for one in row.pauses):
        return "suspended"
    if row.due > today:
        return "running"
    if row.due == today:
        return "today"
    return "missed" if row.watched else "passed"


def explanation(row: CaseDeadline, lang: str) -> str:
    """The day in words, from what was stored when it was computed: later editions of the rule change nothing here."""
    term = Term(
        due=row.due,
        counted_from=row.counted_from,
        nominal_last=row.nominal_last,
        skipped=tuple(SkippedDay(date.fromisoformat(day["date"]), day["reason"]) for day in row.skipped),
        worked=tuple(date.fromisoformat(day) for day in row.worked),
        pauses=_within(row),
    )
    return explanations.explain(
        row.rule, term, row.start, lang, kind=row.starts_on, extended_by=row.extended_by
    )


def _within(row: CaseDeadline) -> tuple[Pause, ...]:
    """The parts of the pauses that fell into the term: those that begin after its last day did not move it."""
    pauses = (Pause(date.fromisoformat(one["from"]), date.fromisoformat(one["until"])) for one in row.pauses)
    return tuple(pause for pause in merged(pauses, row.counted_from) if pause.first <= row.due)
