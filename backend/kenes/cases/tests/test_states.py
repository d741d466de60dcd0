"""Every pair of state and action, for cases and for RESTRUCTURING tracks. The other kinds: test_track_tables."""

from collections.abc import Callable
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


def ends(table: dict[tuple[str, str], str], state: str, action: str) -> str:
    """Where the table leads from a state, or "repeated" or "not allowed"."""
    if (state, action) in table:
        return table[state, action]
    repeated = any(target == state for (_source, other), target in table.items() if other == action)
    return "repeated" if repeated else "not allowed"


def after_case_move(status: str, action: str) -> str:
    case = FakeCase(status)
    try:
        case_states.move(case, CaseAction(action))
    except CaseMoveRepeated:
        return "repeated" if case.status == status else f"repeated, but {case.status}"
    except CaseTransitionNotAllowed:
        return "not allowed" if case.status == status else f"not allowed, but {case.status}"
    return case.status


def after_track_move(state: str, action: str) -> str:
    track = FakeTrack(state)
    try:
        machine.move(RESTRUCTURING, track, TrackAction(action))
    except TrackMoveRepeated:
        return "repeated" if track.state == state else f"repeated, but {track.state}"
    except TrackTransitionNotAllowed:
        return "not allowed" if track.state == state else f"not allowed, but {track.state}"
    return track.state


def wrong(
    table: dict[tuple[str, str], str], pairs: list[tuple[str, str]], move: Callable[[str, str], str]
) -> list[str]:
    """Every pair of state and action whose end is not the one of the table."""
    return [
        f"{state} {action}: {move(state, action)}, the table says {ends(table, state, action)}"
        for state, action in pairs
        if move(state, action) != ends(table, state, action)
    ]


def test_case_moves_only_by_the_table() -> None:
    pairs = list(product(CaseStatus.values, CaseAction.values))
    assert set(CASE_TABLE) <= set(pairs)
    assert wrong(CASE_TABLE, pairs, after_case_move) == []


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


def test_track_moves_only_by_the_table() -> None:
    pairs = list(product(TrackState.values, TrackAction.values))
    assert set(TRACK_TABLE) <= set(pairs)
    assert wrong(TRACK_TABLE, pairs, after_track_move) == []


def test_steps_before_the_current_one_are_done() -> None:
    steps = tables.steps("RESTRUCTURING", "SENT")
    assert [step["state"] for step in steps if step["done"]] == ["PREPARING", "READY_TO_SIGN", "SENT"]
    assert tables.steps("RESTRUCTURING", "PROPOSED") == []
    assert all(step["done"] for step in tables.steps("RESTRUCTURING", "DONE"))
