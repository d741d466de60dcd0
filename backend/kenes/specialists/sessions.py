"""Sessions of mediation, kept by the mediator of the case."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from kenes.cases import permissions as case_permissions
from kenes.cases import selectors as cases
from kenes.cases.errors.cases import TrackNotFound
from kenes.cases.models import Case, PartyRole, Track
from kenes.cases.states.track import ENDED, TrackKind, TrackState
from kenes.event_log import services as event_log
from kenes.foundation import clock
from kenes.foundation.actor import Actor
from kenes.foundation.errors import FieldError, FieldErrors, Forbidden
from kenes.specialists.errors import SessionNotFound, StepNotAllowed
from kenes.specialists.events import SessionEnded, SessionPlanned
from kenes.specialists.models import MediationSession, SessionStatus


def sessions_of_case(*, actor: Actor, case_id: UUID) -> list[MediationSession]:
    """Sessions of a case for who reads its content: the sides of the borrower, staff, the mediator."""
    case = cases.get_case(actor=actor, case_id=case_id)
    if not case_permissions.allowed(actor, "case.view_content", case):
        return []
    return list(
        MediationSession.objects.filter(track__case=case).select_related("mediator").order_by("starts_at")
    )


def own_sessions(*, actor: Actor) -> QuerySet[MediationSession]:
    """Sessions that the actor leads, in cases in which he still takes part."""
    return MediationSession.objects.filter(
        mediator_id=actor.user_id, track__case__in=cases.cases_visible_to(actor).values("pk")
    ).select_related("track__case")


def _mediation_for_update(actor: Actor, track_id: UUID) -> tuple[Case, Track]:
    case_id = Track.objects.filter(pk=track_id, kind=TrackKind.MEDIATION).values_list("case_id", flat=True)
    visible = cases.cases_visible_to(actor).filter(pk=case_id.first()).exists()  # type: ignore[misc]
    if not visible:
        raise TrackNotFound
    case = cases.get_case_for_update(actor=actor, case_id=case_id[0])
    if PartyRole.MEDIATOR not in case.reader_roles:
        raise Forbidden
    return case, case.tracks.select_for_update().get(pk=track_id)


@transaction.atomic
def plan_session(
    *, actor: Actor, track_id: UUID, starts_at: datetime, minutes: int, way: str, place: str
) -> MediationSession:
    """Plan a session. Raises TrackNotFound, Forbidden (not the mediator of the case), StepNotAllowed, FieldErrors."""
    case, track = _mediation_for_update(actor, track_id)
    if track.state in {TrackState.PROPOSED, *ENDED}:
        raise StepNotAllowed(action="plan", current_status=track.state)
    if starts_at <= clock.now():
        raise FieldErrors([FieldError("/starts_at", "past", _("Choose a time ahead."))])
    session = MediationSession.objects.create(  # type: ignore[misc]
        track=track, mediator_id=actor.user_id, starts_at=starts_at, minutes=minutes, way=way, place=place,
        created_at=clock.now(),
    )  # fmt: skip
    event_log.record(SessionPlanned(case.pk, track.pk, session.pk), actor=actor)
    return session


@transaction.atomic
def end_session(*, actor: Actor, session_id: UUID, status: str) -> MediationSession:
    """Say that a session took place or is called off. Raises SessionNotFound, StepNotAllowed, FieldErrors."""
    if not own_sessions(actor=actor).filter(pk=session_id).exists():
        raise SessionNotFound
    session = (
        MediationSession.objects.select_for_update(of=("self",)).select_related("track").get(pk=session_id)
    )
    if session.status != SessionStatus.PLANNED:
        raise StepNotAllowed(action=status, current_status=session.status)
    if status == SessionStatus.HELD and session.starts_at > clock.now():
        raise FieldErrors([FieldError("/status", "not_begun", _("The session has not begun yet."))])
    session.status = status
    session.save(update_fields=["status"])
    event_log.record(SessionEnded(session.track.case_id, session.track_id, session.pk, status), actor=actor)
    return session
