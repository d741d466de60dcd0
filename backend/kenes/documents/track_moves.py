"""Move the procedure of a letter where that is still possible; a letter's own fate never depends on it."""

from collections.abc import Iterator
from contextlib import contextmanager
from uuid import UUID

from django.db import transaction

from kenes.cases.errors.cases import CaseTransitionNotAllowed, TrackMoveRepeated, TrackTransitionNotAllowed
from kenes.cases.states.machine import TrackAction
from kenes.cases.tracks import procedures
from kenes.foundation import logs
from kenes.foundation.actor import Actor

log = logs.get(__name__)


@contextmanager
def where_possible(track_id: UUID, step: str) -> Iterator[None]:
    """Inside, a step that the case or track no longer takes (closed meanwhile, or ahead already) is passed over."""
    try:
        with transaction.atomic():
            yield
    except (TrackMoveRepeated, TrackTransitionNotAllowed, CaseTransitionNotAllowed) as problem:
        log.info("track_step_passed_over", track_id=str(track_id), step=step, problem=problem.code)


def move(actor: Actor, track_id: UUID, action: TrackAction) -> None:
    """Move the track by its table in the caller's transaction; passed over where the table does not allow it."""
    with where_possible(track_id, action.value):
        procedures.move_track(actor=actor, track_id=track_id, action=action.value)
