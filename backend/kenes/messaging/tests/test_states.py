"""Every pair of statuses, walked once."""

import pytest

from kenes.messaging import states
from kenes.messaging.models import Message

S = Message.Status
ALLOWED = {
    (S.QUEUED, S.SENDING), (S.QUEUED, S.FAILED), (S.QUEUED, S.UNKNOWN),
    (S.SENDING, S.QUEUED), (S.SENDING, S.ACCEPTED), (S.SENDING, S.DELIVERED), (S.SENDING, S.FAILED),
    (S.SENDING, S.UNKNOWN),
    (S.ACCEPTED, S.DELIVERED), (S.ACCEPTED, S.FAILED), (S.ACCEPTED, S.BOUNCED), (S.ACCEPTED, S.UNKNOWN),
    (S.UNKNOWN, S.DELIVERED), (S.UNKNOWN, S.FAILED), (S.UNKNOWN, S.BOUNCED),
}  # fmt: skip


@pytest.mark.parametrize("source", list(S))
@pytest.mark.parametrize("target", list(S))
def test_only_the_moves_of_the_table_change_the_status(source, target):
    message = Message(status=source)
    assert states.move(message, target) is ((source, target) in ALLOWED)
    assert message.status == (target if (source, target) in ALLOWED else source)


def test_final_statuses_are_those_without_a_way_out():
    assert {S.DELIVERED, S.FAILED, S.BOUNCED} == states.FINAL
