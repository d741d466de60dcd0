from __future__ import annotations

import pytest

from kenes.signing.errors import RoundClosed, SignatureRequestClosed
from kenes.signing.states import (
    OPEN,
    TRANSITIONS,
    RequestAction,
    RequestStatus,
    RoundAction,
    RoundStatus,
    move,
    move_round,
)

S, A = RequestStatus, RequestAction
ALLOWED = {
    (S.PENDING, A.SEND_CODE): S.IN_PROGRESS,
    (S.IN_PROGRESS, A.SEND_CODE): S.IN_PROGRESS,
    (S.PENDING, A.APPROVE): S.APPROVED,
    (S.ON_CHECK, A.REFUSE_PAPER): S.PENDING,
    (S.PENDING, A.EXPIRE): S.EXPIRED,
    (S.IN_PROGRESS, A.EXPIRE): S.EXPIRED,
    (S.PENDING, A.DELEGATE): S.DELEGATED,
    (S.IN_PROGRESS, A.DELEGATE): S.DELEGATED,
    **{
        (status, action): target
        for status in (S.PENDING, S.IN_PROGRESS, S.ON_CHECK)
        for action, target in (
            (A.SIGN, S.SIGNED),
            (A.HAND_IN, S.ON_CHECK),
            (A.DECLINE, S.DECLINED),
            (A.FAIL, S.FAILED),
            (A.CANCEL, S.CANCELLED),
        )
    },
}


class _Request:
    def __init__(self, status: RequestStatus) -> None:
        self.status = status


class _Round:
    def __init__(self, status: RoundStatus) -> None:
        self.status = status


@pytest.mark.parametrize("status", list(S))
@pytest.mark.parametrize("action", list(A))
def test_every_pair_of_status_and_action(status: RequestStatus, action: RequestAction) -> None:
    request = _Request(status)
    target = ALLOWED.get((status, action))

    if target is None:
        with pytest.raises(SignatureRequestClosed):
            move(request, action)  # type: ignore[arg-type]
        assert request.status == status
    else:
        move(request, action)  # type: ignore[arg-type]
        assert request.status == target


@pytest.mark.parametrize("status", list(RoundStatus))
@pytest.mark.parametrize("action", list(RoundAction))
def test_only_an_open_round_ends(status: RoundStatus, action: RoundAction) -> None:
    signing = _Round(status)
    if status == RoundStatus.OPEN:
        move_round(signing, action)  # type: ignore[arg-type]
        assert signing.status not in (RoundStatus.OPEN, "")
    else:
        with pytest.raises(RoundClosed):
            move_round(signing, action)  # type: ignore[arg-type]
        assert signing.status == status


def test_no_transition_leaves_a_closed_state() -> None:
    assert all(transition.sources <= OPEN for transition in TRANSITIONS.values())
