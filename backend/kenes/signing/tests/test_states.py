from __future__ import annotations

import pytest

from kenes.signing.errors import SignatureRequestClosed
from kenes.signing.states import OPEN, TRANSITIONS, RequestAction, RequestStatus, move

S, A = RequestStatus, RequestAction
ALLOWED = {
    (S.PENDING, A.SEND_CODE): S.IN_PROGRESS,
    (S.IN_PROGRESS, A.SEND_CODE): S.IN_PROGRESS,
    (S.IN_PROGRESS, A.SIGN): S.SIGNED,
    (S.PENDING, A.DECLINE): S.DECLINED,
    (S.IN_PROGRESS, A.DECLINE): S.DECLINED,
    (S.PENDING, A.EXPIRE): S.EXPIRED,
    (S.IN_PROGRESS, A.EXPIRE): S.EXPIRED,
    (S.PENDING, A.FAIL): S.FAILED,
    (S.IN_PROGRESS, A.FAIL): S.FAILED,
}


class _Request:
    def __init__(self, status: RequestStatus) -> None:
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


def test_no_transition_leaves_a_closed_state() -> None:
    assert all(transition.sources <= OPEN for transition in TRANSITIONS.values())
