"""The procedure of a consultation, moved along by the app that keeps bookings; its own rules have let the people in."""

from typing import Final
from uuid import UUID

from django.db import transaction

from kenes.cases.models import Case, Track
from kenes.cases.states import tables
from kenes.cases.states.case import FINAL, CaseStatus
from kenes.cases.states.machine import TrackAction
from kenes.cases.states.track import TrackKind, TrackState
from kenes.cases.tracks import progress
from kenes.cases.tracks.progress import Said
from kenes.foundation import clock
from kenes.foundation.actor import Actor

_RESTS: Final = frozenset({TrackState.PROPOSED, TrackState.REQUESTED, TrackState.TERMS_PROPOSED})


@transaction.atomic
def book(*, actor: Actor, case_id: UUID, said: Said) -> Track | None:
    """Lead the case's one consultation procedure to «booked»; None when it is taken by another booking or has ended.

    A consultation needs no procedure: then the booking stands alone.
    """
    case = Case.objects.select_for_update(of=("self",)).get(pk=case_id)
    if case.status in FINAL or case.status == CaseStatus.DRAFT:
        return None
    track = case.tracks.select_for_update().filter(kind=TrackKind.CONSULTATION).first()
    if track is None:
        now = clock.now()
        track = Track.objects.create(
            case=case, kind=TrackKind.CONSULTATION, reasons=["booked"], created_at=now, updated_at=now
        )
    if track.state == TrackState.PROPOSED:
        progress.apply_track_action(actor, case, track, TrackAction.OPEN)
    if track.state in {TrackState.CANCELLED, TrackState.NO_SHOW}:
        progress.apply_track_action(actor, case, track, TrackAction.ASK_AGAIN)
    if track.state not in _RESTS:
        return None
    progress.apply_track_action(actor, case, track, TrackAction.BOOK, said)
    progress.save_progress(case)
    return track


@transaction.atomic
def follow(*, actor: Actor, track_id: UUID | None, action: TrackAction, said: Said) -> bool:
    """Make the step of the procedure that a change of its booking means; False where the table does not allow it."""
    case_id = Track.objects.filter(pk=track_id).values_list("case_id", flat=True).first()  # type: ignore[misc]
    if case_id is None:
        return False
    case = Case.objects.select_for_update(of=("self",)).get(pk=case_id)
    track = case.tracks.select_for_update().get(pk=track_id)  # type: ignore[misc]
    if case.status in FINAL or not tables.table_of(track.kind).find(track.state, action):
        return False
    progress.apply_track_action(actor, case, track, action, said)
    progress.save_progress(case)
    return True
