"""Every pair of state and action, for cases and for RESTRUCTURING tracks. The other kinds: test_track_tables."""

from dataclasses import dataclass
from itertools import product

import pytest

from kenes.cases.errors.cases import (
    CaseMoveRepeated,
    CaseTransitionNotAllowed,
    TrackMoveRepeated,
    TrackTransitionNotAllowed,
)
from kenes.cases.states import case as case_states
from kenes.cases.states import machine, tables
from kenes.cases.states.case import CaseAction, CaseStatus
from kenes.cases.states.machine import TrackAction
from kenes.cases.states.track import TrackState

# The table of the law sheet (§6.1), written out by hand: (from, action) → to.
CASE_TABLE = {
    ("draft", "submit"): "submitted",
    ("submitted", "take"): "triage",
    ("triage", "request_documents"): "awaiting_borrower",
    ("awaiting_borrower", "resume"): "triage",
    ("awaiting_borrower", "activate"): "active",
    ("triage", "activate"): "active",
    ("triage", "decline"): "declined",
    ("active", "suspend"): "suspended",
    ("suspended", "resume"): "active",
    ("active", "monitor"): "monitoring",
    ("monitoring", "resume"): "active",
    ("active", "close"): "closed",
    ("monitoring", "close"): "closed",
    ("closed", "reopen"): "active",
    ("closed", "archive"): "archived",
    ("cancelled", "archive"): "archived",
    ("declined", "archive"): "archived",
    **{
        (status, "cancel"): "cancelled"
        for status in (
            "draft",
            "submitted",
            "triage",
            "awaiting_borrower",
            "active",
            "suspended",
            "monitoring",
        )
    },
}


@dataclass
class FakeCase:
    status: str


@dataclass
class FakeTrack:
    state: str


@pytest.mark.parametrize(("status", "action"), list(product(CaseStatus.values, CaseAction.values)))
def test_case_moves_only_by_the_table(status: str, action: str) -> None:
    case = FakeCase(status)
    expected = CASE_TABLE.get((status, action))
    if expected is not None:
        case_states.move(case, CaseAction(action))
        assert case.status == expected
        return
    repeated = any(target == status for (_source, other), target in CASE_TABLE.items() if other == action)
    with pytest.raises(CaseMoveRepeated if repeated else CaseTransitionNotAllowed):
        case_states.move(case, CaseAction(action))
    assert case.status == status


@pytest.mark.parametrize("status", CaseStatus.values)
def test_possible_actions_are_those_of_the_table(status: str) -> None:
    assert {action.value for action in case_states.possible(status)} == {
        action for source, action in CASE_TABLE if source == status
    }


RESTRUCTURING = tables.table_of("RESTRUCTURING")
WITH_CREDITOR = ("SENT", "RECEIVED", "UNDER_REVIEW")
TRACK_TABLE = {
    ("PROPOSED", "open"): "PREPARING",
    ("PREPARING", "letter_ready"): "READY_TO_SIGN",
    ("READY_TO_SIGN", "edit"): "PREPARING",
    ("READY_TO_SIGN", "sign"): "SIGNED",
    ("SIGNED", "send"): "SENT",
    ("SEND_FAILED", "send"): "SENT",
    ("SIGNED", "send_failed"): "SEND_FAILED",
    ("SENT", "send_failed"): "SEND_FAILED",
    ("SENT", "receive"): "RECEIVED",
    ("SENT", "review"): "UNDER_REVIEW",
    ("RECEIVED", "review"): "UNDER_REVIEW",
    ("MORE_INFO", "answer_more"): "UNDER_REVIEW",
    ("OFFER", "counter"): "COUNTER_OFFER",
    ("OFFER", "decline_offer"): "REFUSED_BY_BORROWER",
    ("OFFER", "agree"): "AGREED",
    ("COUNTER_OFFER", "offer"): "OFFER",
    ("COUNTER_OFFER", "agree"): "AGREED",
    ("COUNTER_OFFER", "refuse"): "REFUSED",
    **{
        (state, "withdraw"): "WITHDRAWN"
        for state in (
            "PREPARING",
            "READY_TO_SIGN",
            "SEND_FAILED",
            *WITH_CREDITOR,
            "MORE_INFO",
            "OFFER",
            "COUNTER_OFFER",
        )
    },
    ("AGREED", "sign_agreement"): "AGREEMENT_SIGNED",
    ("AGREEMENT_SIGNED", "perform"): "PERFORMING",
    ("PERFORMING", "finish"): "DONE",
    ("PERFORMING", "breach"): "BREACHED",
    **{(state, "ask_more"): "MORE_INFO" for state in WITH_CREDITOR},
    **{(state, "offer"): "OFFER" for state in (*WITH_CREDITOR, "NO_REPLY")},
    **{(state, "agree"): "AGREED" for state in (*WITH_CREDITOR, "NO_REPLY")},
    **{(state, "refuse"): "REFUSED" for state in (*WITH_CREDITOR, "NO_REPLY")},
    **{(state, "no_reply"): "NO_REPLY" for state in WITH_CREDITOR},
    **{
        (state, "escalate"): "ESCALATED"
        for state in ("REFUSED", "NO_REPLY", "REFUSED_BY_BORROWER", "BREACHED")
    },
    **{
        (state, "give_up"): "DONE_NO_RESULT"
        for state in ("REFUSED", "NO_REPLY", "REFUSED_BY_BORROWER", "BREACHED")
    },
}


@pytest.mark.parametrize(("state", "action"), list(product(TrackState.values, TrackAction.values)))
def test_track_moves_only_by_the_table(state: str, action: str) -> None:
    track = FakeTrack(state)
    expected = TRACK_TABLE.get((state, action))
    if expected is not None:
        machine.move(RESTRUCTURING, track, TrackAction(action))
        assert track.state == expected
        return
    repeated = any(target == state for (_source, other), target in TRACK_TABLE.items() if other == action)
    with pytest.raises(TrackMoveRepeated if repeated else TrackTransitionNotAllowed):
        machine.move(RESTRUCTURING, track, TrackAction(action))
    assert track.state == state


def test_steps_before_the_current_one_are_done() -> None:
    steps = tables.steps("RESTRUCTURING", "SENT")
    assert [step["state"] for step in steps if step["done"]] == ["PREPARING", "READY_TO_SIGN", "SENT"]
    assert tables.steps("RESTRUCTURING", "PROPOSED") == []
    assert all(step["done"] for step in tables.steps("RESTRUCTURING", "DONE"))
