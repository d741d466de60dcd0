"""Events that accounts make known to the log, their words, and the outbox handlers of requests about data."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from kenes.accounts import (  # noqa: F401  (registers runs and words)  # noqa: F401  (makes the types known to the log)
    events,
    events_people,
    events_profile,
    merging_sections,
    profile_event_labels,
    quiet_event_labels,
    retention_runs,
    rotation,
    security_labels,
    token_event_labels,
)
from kenes.accounts.personal_data import copies, erasure, requests, sections  # noqa: F401  (registers sections)
from kenes.outbox import registry as outbox
from kenes.outbox.services import MAX_ATTEMPTS

merging_sections.connect()


@outbox.handler(requests.COPY_HANDLER, lane="documents")
def make_copy(payload: dict[str, Any], context: outbox.OutboxContext) -> None:
    """Make the copy of a person's data."""
    _run(copies.make, payload, context)


@outbox.handler(requests.ERASURE_HANDLER, lane="documents")
def erase(payload: dict[str, Any], context: outbox.OutboxContext) -> None:
    """Carry out an erasure."""
    _run(erasure.run, payload, context)


def _run(carry_out: Callable[..., None], payload: dict[str, Any], context: outbox.OutboxContext) -> None:
    request_id = UUID(payload["request_id"])
    try:
        carry_out(request_id=request_id)
    except Exception:
        if context.attempt >= MAX_ATTEMPTS:
            copies.give_up(request_id=request_id)
        raise
