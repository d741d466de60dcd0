"""What happens in a case now and what the borrower should do: one card for each procedure, one for the case as a whole.

From loaded rows; the only queries find the letters that wait for a signature and the documents that wait for answers.
"""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final
from uuid import UUID

from django.utils.translation import gettext as _

from kenes.cases.card import open_offer, pressure
from kenes.cases.models import Case, CaseDeadline, Track
from kenes.cases.states.case import CaseStatus
from kenes.cases.states.track import ENDED, TrackKind, TrackState
from kenes.cases.tracks.now_words import BY_STATE, SENT_ELSEWHERE, SENT_TO
from kenes.foundation.language.dates import format_date

T, K = TrackState, TrackKind
# Nothing to do for the borrower: others work, or there is nothing to be done.
_OF_OTHERS: Final = frozenset({"wait", "none"})

# Set by the app that keeps documents: letters that wait for a signature, by their procedures.
_letters_to_sign: list[Callable[[Collection[UUID]], Mapping[UUID, UUID]]] = []


def register_letters_to_sign(find: Callable[[Collection[UUID]], Mapping[UUID, UUID]]) -> None:
    """Give the function (ids of tracks → track: document) that knows which letters wait for a signature."""
    _letters_to_sign[:] = [find]


# The same for documents that wait for answers: the first open interview of each procedure.
_questions: list[Callable[[Collection[UUID]], Mapping[UUID, UUID]]] = []


def register_questions(find: Callable[[Collection[UUID]], Mapping[UUID, UUID]]) -> None:
    """Give the function (ids of tracks → track: interview) that knows which documents wait for answers."""
    _questions[:] = [find]


@dataclass(frozen=True, slots=True)
class NowCard:
    """What happens and what to do. `action` is one of `ACTIONS`; `track_id` is empty for the case as a whole."""

    title: str
    text: str
    action: str
    document_id: UUID | None = None
    offer_id: UUID | None = None
    track_id: UUID | None = None
    draft_id: UUID | None = None

    @property
    def is_yours(self) -> bool:
        """Whether the borrower has something to do."""
        return self.action not in _OF_OTHERS


ACTIONS: Final = (
    "continue_draft", "sign", "wait", "add_facts", "next_step", "answer_offer", "hand_in_papers", "decide", "file",
    "find_help", "pay", "answer_questions", "none",
)  # fmt: skip

_DECIDED_BY_COURT: Final = (K.COURT_SUPPORT, K.BANKRUPTCY_JUDICIAL, K.SOLVENCY_RESTORATION)
_DECISIONS: Final = (T.DECISION_FOR, T.DECISION_PARTIAL)
_WITH_OTHERS: Final = (T.SENT, T.RECEIVED, T.UNDER_REVIEW)
# Where a procedure waits for what the borrower decides, the step that a breach has opened is the thing to do.
_LETS_CHOOSE: Final = frozenset(
    {T.NO_REPLY, T.REFUSED_BY_BORROWER, T.RECEIVED, T.UNDER_REVIEW, T.SENT, T.REGISTERED}
)


def cards(
    case: Case, tracks: Sequence[Track], deadlines: Sequence[CaseDeadline], today: date, lang: str
) -> list[NowCard]:
    """What happens in the case, the borrower's own tasks first, each group by how pressing it is; never empty."""
    by_status = _by_status(case)
    if by_status is not None:
        return [by_status]
    opened = sorted((track for track in tracks if not track.proposed), key=pressure)
    going = [track for track in opened if track.state not in ENDED] or opened
    breached = _breached(deadlines)
    if not going:
        if breached:
            return [_by_offer(breached[0], lang)]
        return [
            NowCard(
                _("A manager is looking at your case"),
                _("You will see here which procedure fits and what to do."),
                "wait",
            )
        ]
    letters, asked = _letters(going), _asked(going)
    found = [
        _by_questions(track, asked[track.id])
        if track.id in asked
        else _of_track(track, deadlines, breached, letters, today, lang)
        for track in going
    ]
    return sorted(found, key=lambda card: not card.is_yours)


def signed_by_borrower(card: NowCard) -> NowCard:
    """The same for who reads for the borrower: whoever is asked to sign finds it among his own requests."""
    return replace(
        card,
        title=_("The borrower signs the letter"),
        text=_("The borrower signs it, or a representative who may sign."),
        action="wait",
    )


def _letters(tracks: Iterable[Track]) -> Mapping[UUID, UUID]:
    waiting = [track.id for track in tracks if track.state == T.READY_TO_SIGN]
    return _letters_to_sign[0](waiting) if waiting and _letters_to_sign else {}


def _asked(tracks: Iterable[Track]) -> Mapping[UUID, UUID]:
    """Procedures whose letter is not made because answers are missing."""
    preparing = [track.id for track in tracks if track.state == T.PREPARING]
    return _questions[0](preparing) if preparing and _questions else {}


def _by_questions(track: Track, draft_id: UUID) -> NowCard:
    return NowCard(
        _("A document waits for your answers"),
        _("Answer the questions one by one; it is made from them and you read it before anything is sent."),
        "answer_questions",
        track_id=track.id,
        draft_id=draft_id,
    )


def _of_track(
    track: Track, deadlines: Sequence[CaseDeadline], breached: Sequence[CaseDeadline], letters: Mapping[UUID, UUID],
    today: date, lang: str,
) -> NowCard:  # fmt: skip
    opened = next((row for row in breached if row.obligation_id == track.obligation_id), None)
    if opened is not None and (track.state in _LETS_CHOOSE or track.state in ENDED):
        return replace(_by_offer(opened, lang), track_id=track.id)
    own = [row for row in deadlines if row.obligation_id == track.obligation_id and row.met_on is None]
    if track.state == T.READY_TO_SIGN:
        letter = letters.get(track.id)
        if letter is None:
            return NowCard(
                _("A letter waits for your signature"),
                _("Read it, sign it on paper or by ЭЦП and say so at the procedure."),
                "decide",
                track_id=track.id,
            )
        return NowCard(
            _("Sign the letter"), _sign_by(track, own, today, lang), "sign", letter, track_id=track.id
        )
    title, text, action = _said(TrackKind(track.kind), TrackState(track.state), own, today, lang)
    return NowCard(title, text, action, track_id=track.id)


def _said(
    kind: TrackKind, state: TrackState, own: Sequence[CaseDeadline], today: date, lang: str
) -> tuple[str, str, str]:
    if state in _WITH_OTHERS:
        if kind is K.RESTRUCTURING:
            return _("Wait for the creditor's answer"), _answer_by(own, today, lang), "wait"
        title = SENT_TO.get(kind) or SENT_ELSEWHERE
        return str(title), _("The answer will appear here; we watch the term."), "wait"
    if state in _DECISIONS and kind in _DECIDED_BY_COURT:
        return (
            str(BY_STATE[state][0]),
            _("The lawyer or the manager will tell you what follows from the decision."),
            "wait",
        )
    title, text, action = BY_STATE[state]
    return str(title), str(text), action


def _breached(deadlines: Iterable[CaseDeadline]) -> list[CaseDeadline]:
    """Terms that others did not keep and that have opened a step nobody has chosen yet, the latest first."""
    rows = [row for row in deadlines if open_offer(row) is not None and row.met_on is None]
    return sorted(rows, key=lambda row: row.due, reverse=True)


def _by_offer(row: CaseDeadline, lang: str) -> NowCard:
    offer = open_offer(row)
    steps = [str(TrackKind(step).label) for step in offer.steps if step in TrackKind.values] if offer else []
    title = _("Time is over: %(term)s") % {"term": row.rule.title(lang)}
    text = _(
        "The last day was %(day)s, and no answer is known to us. Now you can go on: %(steps)s. The proof for it is ready."
    ) % {"day": format_date(row.due, lang), "steps": "; ".join(steps)}
    return NowCard(title, text, "next_step", offer_id=offer.pk if offer else None)


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
                _("Papers are needed"), _("See which papers are missing and hand them in here."), "hand_in_papers",
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


def _nearest(rows: Iterable[CaseDeadline], starts_on: str, bound: str, today: date) -> date | None:
    days = [row.due for row in rows if row.starts_on == starts_on and row.bound == bound and row.due >= today]
    return min(days, default=None)


def _sign_by(track: Track, rows: Iterable[CaseDeadline], today: date, lang: str) -> str:
    if track.kind != K.RESTRUCTURING:
        # Who gets it, and whether the product sends it, stands beside the document.
        return _("Read it and sign it.")
    due = _nearest(rows, "DELAY_STARTED", "borrower", today)
    if due is None:
        return _("Read it and sign it; then it goes to the creditor.")
    return _("Read it and sign it: the creditor should have it by %(day)s.") % {"day": format_date(due, lang)}


def _answer_by(rows: Iterable[CaseDeadline], today: date, lang: str) -> str:
    due = _nearest(rows, "APPLICATION_RECEIVED", "lender", today)
    if due is None:
        return _("We watch the term and remind the creditor.")
    return _("The creditor must answer by %(day)s. We watch the term.") % {"day": format_date(due, lang)}
