"""What people read off a case: headline, what to do now, terms with their words. From loaded rows, no queries."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final
from uuid import UUID

from django.utils.translation import gettext as _

from kenes.cases.models import Case, CaseDeadline, StepOffer, Track
from kenes.cases.routing import ORDER
from kenes.cases.states import tables
from kenes.cases.states.case import FINAL, CaseStatus
from kenes.cases.states.track import ENDED, TrackKind, TrackState
from kenes.foundation.language.dates import format_date
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

# Set by the app that keeps documents: the letter of a track that waits for a signature.
_document_to_sign: list[Callable[[UUID], UUID | None]] = []


def register_document_to_sign(find: Callable[[UUID], UUID | None]) -> None:
    """Give the function (track id → document id or None) that knows which letter waits for a signature."""
    _document_to_sign[:] = [find]


def headline(case: Case, tracks: Iterable[Track]) -> str:
    """One line about the most pressing procedure; the status where nothing is open."""
    if case.status in FINAL or case.status in {
        CaseStatus.DRAFT,
        CaseStatus.SUSPENDED,
        CaseStatus.AWAITING_BORROWER,
    }:
        return str(CaseStatus(case.status).label)
    opened = [track for track in tracks if not track.proposed]
    opened = [track for track in opened if track.state not in ENDED] or opened
    if opened:
        first = min(opened, key=_pressure)
        alike = sum(track.state == first.state and track.kind == first.kind for track in opened)
        label = tables.state_label(first.kind, first.state)
        return label if len(opened) == 1 else _("%(state)s (%(alike)s of %(all)s)") % {
            "state": label, "alike": alike, "all": len(opened),
        }  # fmt: skip
    kinds = sorted({TrackKind(track.kind) for track in tracks}, key=ORDER.index)
    if kinds and case.status in {CaseStatus.SUBMITTED, CaseStatus.TRIAGE}:
        return _("Proposed: %(procedure)s") % {"procedure": ", ".join(str(kind.label) for kind in kinds)}
    return str(CaseStatus(case.status).label)


def _pressure(track: Track) -> tuple[int, int]:
    return _PRESSING.index(TrackState(track.state)), ORDER.index(TrackKind(track.kind))


@dataclass(frozen=True, slots=True)
class NowCard:
    """What the borrower should do or may expect now. `action`: continue_draft, sign, wait, add_facts, next_step or none."""

    title: str
    text: str
    action: str
    document_id: UUID | None = None
    offer_id: UUID | None = None


def now_card(
    case: Case, tracks: Sequence[Track], deadlines: Sequence[CaseDeadline], today: date, lang: str
) -> NowCard:
    """The one thing that matters to the borrower at this moment."""
    by_status = _by_status(case)
    if by_status is not None:
        return by_status
    opened = [track for track in tracks if not track.proposed]
    if not opened:
        breached = _breached(deadlines)
        if breached:
            return _by_offer(breached[0], lang)
        return NowCard(
            _("A manager is looking at your case"),
            _("You will see here which procedure fits and what to do."),
            "wait",
        )
    track = min(opened, key=_pressure)
    breached = [row for row in _breached(deadlines) if row.obligation_id == track.obligation_id]
    if breached and (track.state in _LETS_CHOOSE or track.state in ENDED):
        return _by_offer(breached[0], lang)
    return _by_track(track, deadlines, today, lang)


# Where a procedure waits for what the borrower decides, the step that a breach has opened is the thing to do.
_LETS_CHOOSE: Final = frozenset(
    {T.NO_REPLY, T.REFUSED_BY_BORROWER, T.RECEIVED, T.UNDER_REVIEW, T.SENT, T.REGISTERED}
)


def _breached(deadlines: Iterable[CaseDeadline]) -> list[CaseDeadline]:
    """Terms that others did not keep and that have opened a step nobody has chosen yet, the latest first."""
    rows = [row for row in deadlines if open_offer(row) is not None and row.met_on is None]
    return sorted(rows, key=lambda row: row.due, reverse=True)


def open_offer(row: CaseDeadline) -> StepOffer | None:
    """The next step that this term has opened and that can still be chosen."""
    offer: StepOffer | None = getattr(row, "offer", None)
    return offer if offer is not None and not offer.chosen and offer.lapsed_at is None else None


def _by_offer(row: CaseDeadline, lang: str) -> NowCard:
    offer = open_offer(row)
    steps = [str(TrackKind(step).label) for step in offer.steps if step in TrackKind.values] if offer else []
    title = _("Time is over: %(term)s") % {"term": row.rule.title(lang)}
    text = _(
        "The last day was %(day)s, and no answer is known to us. Now you can go on: %(steps)s. The proof for it is ready."
    ) % {"day": format_date(row.due, lang), "steps": "; ".join(steps)}
    return NowCard(title, text, "next_step", offer_id=offer.pk if offer else None)


def signed_by_borrower(card: NowCard) -> NowCard:
    """The same for who reads for the borrower: nobody signs in his place."""
    title, text = (
        _("The borrower signs the letter"),
        _("Only the borrower can sign it, by a code from an SMS."),
    )
    return NowCard(title, text, "wait", card.document_id)


def _by_status(case: Case) -> NowCard | None:
    match CaseStatus(case.status):
        case CaseStatus.DRAFT:
            return NowCard(
                _("Finish your application"),
                _("Your answers are kept. Go on where you stopped."),
                "continue_draft",
            )
        case CaseStatus.AWAITING_BORROWER:
            return NowCard(
                _("Papers are needed"), _("The manager asked for papers; what is missing stands in the history."),
                "add_facts",
            )  # fmt: skip
        case CaseStatus.SUSPENDED:
            return NowCard(_("The case is suspended"), _("Terms of the law keep running meanwhile."), "wait")
        case CaseStatus.CLOSED | CaseStatus.ARCHIVED:
            return NowCard(_("The case is closed"), _("Papers and history stay here."), "none")
        case CaseStatus.CANCELLED:
            return NowCard(_("You cancelled this case"), _("You can apply again at any time."), "none")
        case CaseStatus.DECLINED:
            return NowCard(
                _("We could not take this case"),
                _("The free ways stay open to you: the creditor, the ombudsman, the regulator."), "none",
            )  # fmt: skip
    return None


def _by_track(track: Track, deadlines: Sequence[CaseDeadline], today: date, lang: str) -> NowCard:
    own = [row for row in deadlines if row.obligation_id == track.obligation_id and row.met_on is None]
    match TrackState(track.state):
        case T.READY_TO_SIGN:
            return NowCard(_("Sign the letter"), _sign_by(own, today, lang), "sign", _letter_of(track.id))
        case T.PREPARING:
            return NowCard(
                _("The letter is being prepared"),
                _("It takes up to a minute; this page will show it."),
                "wait",
            )
        case T.SIGNED:
            return NowCard(
                _("The letter is signed"),
                _("It leaves as soon as the creditor's address is confirmed."),
                "wait",
            )
        case T.SEND_FAILED:
            return NowCard(
                _("The letter did not leave"),
                _("The manager sees this and will send it another way."),
                "wait",
            )
        case T.SENT | T.RECEIVED | T.UNDER_REVIEW:
            return NowCard(_("Wait for the creditor's answer"), _answer_by(own, today, lang), "wait")
        case T.MORE_INFO:
            return NowCard(
                _("The creditor asks for more papers"), _("Write down what was asked and when."), "add_facts"
            )
        case T.OFFER | T.COUNTER_OFFER:
            return NowCard(
                _("There is an offer"), _("Compare it with what you asked for before you agree."), "add_facts"
            )
        case T.REFUSED | T.NO_REPLY | T.REFUSED_BY_BORROWER | T.BREACHED:
            return NowCard(
                _("The next step is being chosen"),
                _("A refusal or silence is no end: a complaint or mediation may follow."), "wait",
            )  # fmt: skip
        case T.AGREED | T.AGREEMENT_SIGNED:
            return NowCard(
                _("Agreed with the creditor"),
                _("Sign the additional agreement with the creditor."),
                "add_facts",
            )
    return NowCard(_("Pay by the new schedule"), _("Tell us if a payment becomes impossible."), "none")


def _letter_of(track_id: UUID) -> UUID | None:
    return _document_to_sign[0](track_id) if _document_to_sign else None


def _nearest(rows: Iterable[CaseDeadline], starts_on: str, bound: str, today: date) -> date | None:
    days = [row.due for row in rows if row.starts_on == starts_on and row.bound == bound and row.due >= today]
    return min(days, default=None)


def _sign_by(rows: Iterable[CaseDeadline], today: date, lang: str) -> str:
    due = _nearest(rows, "DELAY_STARTED", "borrower", today)
    if due is None:
        return _("Read it and sign by a code from an SMS; then it goes to the creditor.")
    return _("Read it and sign by a code from an SMS: the creditor should have it by %(day)s.") % {
        "day": format_date(due, lang)
    }


def _answer_by(rows: Iterable[CaseDeadline], today: date, lang: str) -> str:
    due = _nearest(rows, "APPLICATION_RECEIVED", "lender", today)
    if due is None:
        return _("We watch the term and remind the creditor.")
    return _("The creditor must answer by %(day)s. We watch the term.") % {"day": format_date(due, lang)}


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
