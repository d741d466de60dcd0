"""One machine for all procedures: what a row of a table says, and how a track moves by it. Pure, no database.

The tables themselves stand one module per family of procedures and are put together in `tables`.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Protocol

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy

from kenes.cases.errors.cases import TrackMoveRepeated, TrackTransitionNotAllowed
from kenes.cases.states.track import ENDED, TrackKind, TrackState

# Plain in code, translated where it is shown.
Words = str | Promise


class TrackAction(models.TextChoices):
    """What moves a track. The words are those of a button; a row may have better ones for its procedure."""

    OPEN = "open", pgettext_lazy("step", "Open the procedure")
    CONFIRM = "confirm", pgettext_lazy("step", "Conditions are met")
    NOT_MET = "not_met", pgettext_lazy("step", "Conditions are not met")
    COLLECTED = "collected", pgettext_lazy("step", "Papers are collected")
    PREPARE = "prepare", pgettext_lazy("step", "Begin the letter")
    LETTER_READY = "letter_ready", pgettext_lazy("step", "The letter is ready to sign")
    EDIT = "edit", pgettext_lazy("step", "Correct the letter")
    SIGN = "sign", pgettext_lazy("step", "The letter is signed")
    SEND = "send", pgettext_lazy("step", "The letter is sent")
    SEND_FAILED = "send_failed", pgettext_lazy("step", "The letter could not be sent")
    RECEIVE = "receive", pgettext_lazy("step", "The letter is received")
    REGISTER = "register", pgettext_lazy("step", "The complaint is registered")
    REVIEW = "review", pgettext_lazy("step", "It is being considered")
    ASK_MORE = "ask_more", pgettext_lazy("step", "More papers are asked for")
    ANSWER_MORE = "answer_more", pgettext_lazy("step", "The papers are handed in")
    RETURN = "return", pgettext_lazy("step", "It was returned")
    OFFER = "offer", pgettext_lazy("step", "The creditor made an offer")
    COUNTER = "counter", pgettext_lazy("step", "Make a counter-offer")
    DECLINE_OFFER = "decline_offer", pgettext_lazy("step", "Decline the offer")
    AGREE = "agree", pgettext_lazy("step", "Agreed")
    REFUSE = "refuse", pgettext_lazy("step", "It was refused")
    NO_REPLY = "no_reply", pgettext_lazy("step", "No answer came in time")
    SIGN_AGREEMENT = "sign_agreement", pgettext_lazy("step", "The agreement is signed")
    PERFORM = "perform", pgettext_lazy("step", "Performance has begun")
    FINISH = "finish", pgettext_lazy("step", "Finish")
    BREACH = "breach", pgettext_lazy("step", "It was not performed")
    ACCEPT = "accept", pgettext_lazy("step", "It was accepted")
    DECIDE_FOR = "decide_for", pgettext_lazy("step", "Decided for the borrower")
    DECIDE_PARTIAL = "decide_partial", pgettext_lazy("step", "Decided partly for the borrower")
    DECIDE_AGAINST = "decide_against", pgettext_lazy("step", "Decided against the borrower")
    ACCEPT_DECISION = "accept_decision", pgettext_lazy("step", "Accept the decision")
    DECLINE_DECISION = "decline_decision", pgettext_lazy("step", "Decline the decision")
    REPLY = "reply", pgettext_lazy("step", "The answer has come")
    APPEAL = "appeal", pgettext_lazy("step", "The decision is appealed")
    CANCEL_INSCRIPTION = "cancel_inscription", pgettext_lazy("step", "The notary cancelled the inscription")
    REJECT = "reject", pgettext_lazy("step", "The objection was rejected")
    MISS_TERM = "miss_term", pgettext_lazy("step", "The term is missed")
    RESTORE_TERM = "restore_term", pgettext_lazy("step", "Ask to restore the term")
    CONSENT_BORROWER = "consent_borrower", pgettext_lazy("step", "The borrower agrees to mediation")
    CONSENT_CREDITOR = "consent_creditor", pgettext_lazy("step", "The creditor agrees to mediation")
    DECLINE = "decline", pgettext_lazy("step", "A side declined")
    CHOOSE_MEDIATOR = "choose_mediator", pgettext_lazy("step", "The mediator is chosen")
    SIGN_CONTRACT = "sign_contract", pgettext_lazy("step", "The agreement to mediate is signed")
    BEGIN_SESSIONS = "begin_sessions", pgettext_lazy("step", "Sessions have begun")
    NO_AGREEMENT = "no_agreement", pgettext_lazy("step", "No agreement was reached")
    EXPIRE = "expire", pgettext_lazy("step", "The term is over")
    FILE = "file", pgettext_lazy("step", "The application is filed")
    START = "start", pgettext_lazy("step", "The procedure has started")
    PUBLISH = "publish", pgettext_lazy("step", "The announcement is published")
    APPROVE_PLAN = "approve_plan", pgettext_lazy("step", "The plan is approved")
    SELL_ASSETS = "sell_assets", pgettext_lazy("step", "Property is being sold")
    COMPLETE = "complete", pgettext_lazy("step", "The procedure is completed")
    AFTERCARE = "aftercare", pgettext_lazy("step", "Go on to the years after it")
    SET_HEARING = "set_hearing", pgettext_lazy("step", "A hearing is set")
    ENFORCE = "enforce", pgettext_lazy("step", "Enforcement has begun")
    PROPOSE_TERMS = "propose_terms", pgettext_lazy("step", "Fee and time are proposed")
    BOOK = "book", pgettext_lazy("step", "Book the time")
    HOLD = "hold", pgettext_lazy("step", "The consultation was held")
    NO_SHOW = "no_show", pgettext_lazy("step", "Somebody did not come")
    CANCEL = "cancel", pgettext_lazy("step", "Cancel the booking")
    ASK_AGAIN = "ask_again", pgettext_lazy("step", "Ask for another time")
    SUMMARISE = "summarise", pgettext_lazy("step", "The summary is sent")
    ESCALATE = "escalate", pgettext_lazy("step", "Take it further")
    GIVE_UP = "give_up", pgettext_lazy("step", "End without a result")
    WITHDRAW = "withdraw", pgettext_lazy("step", "Stop the procedure")


class Who(models.TextChoices):
    """Who may make a step. A representative who may act stands in for the borrower, but not for DEBTOR."""

    BORROWER = "borrower", pgettext_lazy("who", "Borrower")
    DEBTOR = "debtor", pgettext_lazy("who", "Borrower in person")
    STAFF = "staff", pgettext_lazy("who", "Manager of the case")
    CREDITOR = "creditor", pgettext_lazy("who", "Creditor")
    LAWYER = "lawyer", pgettext_lazy("who", "Lawyer of the case")
    MEDIATOR = "mediator", pgettext_lazy("who", "Mediator of the case")
    NOTARY = "notary", pgettext_lazy("who", "Notary of the case")
    OMBUDSMAN = "ombudsman", pgettext_lazy("who", "Officer of the ombudsman")
    SYSTEM = "system", pgettext_lazy("who", "Kenes Hub")


class Need(models.TextChoices):
    """What a step must be told."""

    DATE = "date", pgettext_lazy("need", "Date")
    REASON = "reason", pgettext_lazy("need", "Reason")
    NUMBER = "number", pgettext_lazy("need", "Incoming number")
    OUTCOME = "outcome", pgettext_lazy("need", "Outcome")


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a table: action, states in which it is possible, where it leads, and on which conditions.

    `may` lists what may be told though it need not be. `fact` is recorded with the day of the step, so that terms start;
    the same fact recorded by itself makes the step. `meets` names what the step does to terms without being a fact.
    `guard` is the name of a rule in `guards`. `ahead`: the day may lie in the future (a hearing, an appointment).
    Needs are asked of people; the system gives what it knows.
    """

    action: TrackAction
    sources: frozenset[TrackState]
    target: TrackState
    who: frozenset[Who]
    needs: frozenset[Need] = frozenset()
    may: frozenset[Need] = frozenset()
    fact: str = ""
    meets: str = ""
    guard: str = ""
    outcomes: tuple[str, ...] = ()
    ahead: bool = False
    words: Words = ""

    @property
    def label(self) -> Words:
        """Words of the button."""
        return self.words or self.action.label


@dataclass(frozen=True, slots=True)
class Step:
    """One stage of the way as people see it; several states can belong to it."""

    code: str
    label: Words
    states: frozenset[TrackState]


@dataclass(frozen=True, slots=True)
class Table:
    """Everything about one kind of procedure. `words` are names of states that fit this procedure better.

    `next_steps`: procedures that may be offered from a state in which this one has failed or ended badly.
    `starts`: facts that start terms of this procedure beside those its own steps record.
    """

    kind: TrackKind
    rows: tuple[Row, ...]
    steps: tuple[Step, ...]
    words: dict[TrackState, Words] = field(default_factory=dict)
    next_steps: dict[TrackState, tuple[TrackKind, ...]] = field(default_factory=dict)
    starts: tuple[str, ...] = ()

    def states(self) -> list[TrackState]:
        """States of this procedure in the order of the table."""
        found: dict[TrackState, None] = {TrackState.PROPOSED: None}
        for row in self.rows:
            found |= dict.fromkeys([*sorted(row.sources), row.target])
        return list(found)

    def facts(self) -> frozenset[str]:
        """Facts from which terms of this procedure run."""
        return frozenset(row.fact for row in self.rows if row.fact) | frozenset(self.starts)

    def find(self, state: str, action: TrackAction) -> list[Row]:
        """Rows of the action in a state; several when different people tell it differently."""
        return [row for row in self.rows if row.action is action and state in row.sources]

    def possible(self, state: str) -> list[Row]:
        """Rows that lead on from a state."""
        return [row for row in self.rows if state in row.sources]


class HasState(Protocol):
    """Anything with a track state."""

    state: str


def row(
    action: TrackAction,
    *sources: TrackState,
    to: TrackState,
    who: Iterable[Who],
    needs: Iterable[Need] = (),
    may: Iterable[Need] = (),
    fact: str = "",
    meets: str = "",
    guard: str = "",
    outcomes: tuple[str, ...] = (),
    ahead: bool = False,
    words: Words = "",
) -> Row:
    """A row as the tables write it."""
    return Row(
        action, frozenset(sources), to, frozenset(who), frozenset(needs), frozenset(may), fact, meets, guard, outcomes,
        ahead, words,
    )  # fmt: skip


def step(code: str, label: Words, *states: TrackState) -> Step:
    """A stage as the tables write it."""
    return Step(code, label, frozenset(states))


def move(table: Table, track: HasState, action: TrackAction) -> Row:
    """Change the state by the table; the caller has locked the row and saves it. Returns the row used.

    TrackMoveRepeated when the track already stands where the action leads, TrackTransitionNotAllowed otherwise.
    """
    rows = table.find(track.state, action)
    if not rows:
        if any(one.target == track.state for one in table.rows if one.action is action):
            raise TrackMoveRepeated(action=action.value, current_state=track.state)
        raise TrackTransitionNotAllowed(action=action.value, current_state=track.state)
    track.state = rows[0].target
    return rows[0]


def steps(table: Table, state: str) -> list[dict[str, object]]:
    """Stages with which one is current and which are behind; empty for a track that is only proposed.

    A procedure that was stopped has no stages either: where it stopped is told by its history.
    """
    position = next((index for index, one in enumerate(table.steps) if state in one.states), None)
    if position is None:
        return []
    ended = state in ENDED
    return [
        {
            "state": one.code,
            "label": str(one.label),
            "done": index < position or (ended and index == position),
            "current": index == position and not ended,
        }
        for index, one in enumerate(table.steps)
    ]
