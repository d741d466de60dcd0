"""Life of a RESTRUCTURING track: letter, sending, the creditor's answer, the new schedule."""

from dataclasses import dataclass
from typing import Final, Protocol

from django.db import models
from django.utils.translation import pgettext_lazy

from kenes.cases.errors import TrackMoveRepeated, TrackTransitionNotAllowed
from kenes.cases.states.track import TrackState

T = TrackState


class TrackAction(models.TextChoices):
    """What moves a track."""

    OPEN = "open"
    LETTER_READY = "letter_ready"
    EDIT = "edit"
    SIGN = "sign"
    SEND = "send"
    SEND_FAILED = "send_failed"
    RECEIVE = "receive"
    REVIEW = "review"
    ASK_MORE = "ask_more"
    ANSWER_MORE = "answer_more"
    OFFER = "offer"
    COUNTER = "counter"
    DECLINE_OFFER = "decline_offer"
    AGREE = "agree"
    REFUSE = "refuse"
    NO_REPLY = "no_reply"
    SIGN_AGREEMENT = "sign_agreement"
    PERFORM = "perform"
    FINISH = "finish"
    BREACH = "breach"
    ESCALATE = "escalate"
    GIVE_UP = "give_up"


class HasState(Protocol):
    """Anything with a track state."""

    state: str


@dataclass(frozen=True, slots=True)
class TrackTransition:
    """States in which an action is possible, and where it leads."""

    sources: frozenset[TrackState]
    target: TrackState


def _row(*sources: TrackState, to: TrackState) -> TrackTransition:
    return TrackTransition(frozenset(sources), to)


_WITH_CREDITOR = (T.SENT, T.RECEIVED, T.UNDER_REVIEW)
# A creditor may decide before anybody noted that he received or considered the letter.
TRANSITIONS: Final[dict[TrackAction, TrackTransition]] = {
    TrackAction.OPEN: _row(T.PROPOSED, to=T.PREPARING),
    TrackAction.LETTER_READY: _row(T.PREPARING, to=T.READY_TO_SIGN),
    TrackAction.EDIT: _row(T.READY_TO_SIGN, to=T.PREPARING),
    TrackAction.SIGN: _row(T.READY_TO_SIGN, to=T.SIGNED),
    TrackAction.SEND: _row(T.SIGNED, T.SEND_FAILED, to=T.SENT),
    TrackAction.SEND_FAILED: _row(T.SIGNED, T.SENT, to=T.SEND_FAILED),
    TrackAction.RECEIVE: _row(T.SENT, to=T.RECEIVED),
    TrackAction.REVIEW: _row(T.SENT, T.RECEIVED, to=T.UNDER_REVIEW),
    TrackAction.ASK_MORE: _row(*_WITH_CREDITOR, to=T.MORE_INFO),
    TrackAction.ANSWER_MORE: _row(T.MORE_INFO, to=T.UNDER_REVIEW),
    TrackAction.OFFER: _row(*_WITH_CREDITOR, T.COUNTER_OFFER, to=T.OFFER),
    TrackAction.COUNTER: _row(T.OFFER, to=T.COUNTER_OFFER),
    TrackAction.DECLINE_OFFER: _row(T.OFFER, to=T.REFUSED_BY_BORROWER),
    TrackAction.AGREE: _row(*_WITH_CREDITOR, T.OFFER, T.COUNTER_OFFER, to=T.AGREED),
    TrackAction.REFUSE: _row(*_WITH_CREDITOR, T.COUNTER_OFFER, to=T.REFUSED),
    TrackAction.NO_REPLY: _row(*_WITH_CREDITOR, to=T.NO_REPLY),
    TrackAction.SIGN_AGREEMENT: _row(T.AGREED, to=T.AGREEMENT_SIGNED),
    TrackAction.PERFORM: _row(T.AGREEMENT_SIGNED, to=T.PERFORMING),
    TrackAction.FINISH: _row(T.PERFORMING, to=T.DONE),
    TrackAction.BREACH: _row(T.PERFORMING, to=T.BREACHED),
    TrackAction.ESCALATE: _row(T.REFUSED, T.NO_REPLY, T.REFUSED_BY_BORROWER, T.BREACHED, to=T.ESCALATED),
    TrackAction.GIVE_UP: _row(T.REFUSED, T.NO_REPLY, T.REFUSED_BY_BORROWER, T.BREACHED, to=T.DONE_NO_RESULT),
}


def move(track: HasState, action: TrackAction) -> None:
    """Change the state by the table; the caller has locked the row and saves it.

    TrackMoveRepeated when the track already stands there, TrackTransitionNotAllowed otherwise.
    """
    transition = TRANSITIONS[action]
    if track.state not in transition.sources:
        if track.state == transition.target:
            raise TrackMoveRepeated(action=action.value, current_state=track.state)
        raise TrackTransitionNotAllowed(action=action.value, current_state=track.state)
    track.state = transition.target


@dataclass(frozen=True, slots=True)
class Step:
    """One stage of the way as people see it; several states can belong to it."""

    code: str
    label: object
    states: frozenset[TrackState]


STEPS: Final = (
    Step("PREPARING", pgettext_lazy("step", "Letter prepared"), frozenset({T.PREPARING})),
    Step("READY_TO_SIGN", pgettext_lazy("step", "Signature"), frozenset({T.READY_TO_SIGN})),
    Step("SENT", pgettext_lazy("step", "Letter sent"), frozenset({T.SIGNED, T.SEND_FAILED})),
    Step(
        "UNDER_REVIEW",
        pgettext_lazy("step", "Creditor answers"),
        frozenset({T.SENT, T.RECEIVED, T.UNDER_REVIEW, T.MORE_INFO}),
    ),
    Step(
        "DECISION",
        pgettext_lazy("step", "Decision"),
        frozenset(
            {T.OFFER, T.COUNTER_OFFER, T.REFUSED_BY_BORROWER, T.AGREED, T.REFUSED, T.NO_REPLY, T.ESCALATED}
        ),
    ),
    Step("AGREEMENT_SIGNED", pgettext_lazy("step", "New agreement"), frozenset({T.AGREEMENT_SIGNED})),
    Step(
        "PERFORMING",
        pgettext_lazy("step", "Payments by the new schedule"),
        frozenset({T.PERFORMING, T.BREACHED}),
    ),
    Step("DONE", pgettext_lazy("step", "Finished"), frozenset({T.DONE, T.DONE_NO_RESULT})),
)


def steps(state: str) -> list[dict[str, object]]:
    """Stages with which one is current and which are behind; empty for a track that is only proposed."""
    position = next((index for index, step in enumerate(STEPS) if state in step.states), None)
    if position is None:
        return []
    ended = state in {T.DONE, T.DONE_NO_RESULT}
    return [
        {
            "state": step.code,
            "label": str(step.label),
            "done": index < position or (ended and index == position),
            "current": index == position and not ended,
        }
        for index, step in enumerate(STEPS)
    ]
