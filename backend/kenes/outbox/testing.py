"""For tests: run every due reaction now."""

from kenes.outbox import services
from kenes.outbox.models import OutboxRow


def run_outbox(*, limit: int = 500) -> int:
    """Run due rows, and what they add, until none is left; returns how many ran. A dead row fails the test."""
    count = 0
    while True:
        ran = services.run_batch()
        count += ran
        if not ran:
            break
        if count > limit:
            raise AssertionError("the outbox does not come to an end")
    dead = list(OutboxRow.objects.filter(status=OutboxRow.Status.DEAD).values_list("handler", "last_error"))
    if dead:
        raise AssertionError(f"dead outbox rows: {dead}")
    return count
