"""View-as: staff look at the application as another person sees it: for a reason, half an hour, read-only.

The session stays that of the member of staff and holds only the id of the `Impersonation` row, so everything that ends
his session or his right also ends the looking. Every request asks the row again. The person sees in «who looked at my
data» who it was and why. On the socket there is nothing while viewing: hints belong to whoever really sits there.
"""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any, Final
from uuid import UUID

from django.db import transaction
from django.http import HttpRequest

from kenes.accounts import people_rules, people_search, reads
from kenes.accounts.errors_people import ViewingRefused
from kenes.accounts.events_people import PersonViewedAs, PersonViewingEnded
from kenes.accounts.models import DataRead, Impersonation, User
from kenes.event_log import services as event_log
from kenes.foundation import clock
from kenes.foundation.actor import Actor
from kenes.foundation.errors import Forbidden

SESSION_KEY: Final = "kenes_view_as"
LIFETIME: Final = timedelta(minutes=30)
_KEPT: Final = "_kenes_viewing"


@dataclass(frozen=True, slots=True)
class Viewing:
    """A look that is open now, with both people."""

    id: UUID
    person: User
    staff: User
    reason: str
    expires_at: datetime

    @property
    def person_name(self) -> str:
        return self.person.full_name or self.person.email or ""

    @property
    def staff_name(self) -> str:
        return self.staff.full_name or self.staff.email or ""


def current(request: HttpRequest) -> Viewing | None:
    """The look that this browser's session has open; None when there is none or it has ended. One query per request."""
    if not hasattr(request, _KEPT):
        setattr(request, _KEPT, _current(request))
    found: Viewing | None = getattr(request, _KEPT)
    return found


def _current(request: HttpRequest) -> Viewing | None:
    session, user = getattr(request, "session", None), getattr(request, "user", None)
    row_id = session.get(SESSION_KEY) if session is not None else None
    if not row_id or not isinstance(user, User):
        return None
    open_rows = Impersonation.objects.select_related("person", "staff").filter(
        pk=row_id, staff_id=user.pk, ended_at__isnull=True, expires_at__gt=clock.now(), person__is_active=True
    )
    row = open_rows.first()
    if row is None and session is not None:
        session.pop(SESSION_KEY, None)  # over: the socket may speak again
    return Viewing(row.pk, row.person, row.staff, row.reason, row.expires_at) if row else None


def is_open_in(session: Any) -> bool:
    """Whether this session says that somebody is looked at (for the socket, which has no request)."""
    return session is not None and bool(session.get(SESSION_KEY))


def through_eyes(*, staff: Actor, person: Actor, viewing: Viewing) -> Actor:
    """The actor of a request while looking: the person's, read-only, and never with more over others than the viewer has.

    Staff who have lost the right, or whose own rights are held back, act as themselves again.
    """
    if not staff.can("person.view_as") or not person.is_signed_in:
        return staff
    mine = people_rules.reach(staff.abilities)
    seen = frozenset(
        code for code in person.abilities if code in mine or not people_rules.over_others(frozenset({code}))
    )
    return replace(person, abilities=seen, viewed_by=viewing.staff.pk, is_fresh=False)


@transaction.atomic
def start(*, actor: Actor, request: HttpRequest, person_id: UUID, reason: str) -> Viewing:
    """Begin to look; a look that is open already ends. Raises Forbidden, OwnRights, BeyondOwnRights, PersonNotFound.

    The reading and its reason are kept for the person. Erased and closed accounts cannot be looked at.
    """
    if actor.user_id is None:
        raise Forbidden
    staff = User.objects.select_for_update().get(pk=actor.user_id)
    row = people_search.get_row(person_id)
    if not row.person.is_active and actor.can("person.view_as"):
        raise ViewingRefused
    people_rules.require(actor, "view_as", row.subject)
    _end_open(actor, staff.pk)
    now = clock.now()
    look = Impersonation.objects.create(
        staff=staff, person=row.person, reason=reason, started_at=now, expires_at=now + LIFETIME
    )
    reads.record(
        actor=actor, person_id=person_id, kind=DataRead.Kind.VIEW_AS, fields=["everything"], reason=reason
    )
    event_log.record(PersonViewedAs(person_id=person_id, impersonation_id=look.pk), actor=actor)
    request.session[SESSION_KEY] = str(look.pk)
    viewing = Viewing(look.pk, row.person, staff, reason, look.expires_at)
    setattr(request, _KEPT, viewing)
    return viewing


@transaction.atomic
def end(*, actor: Actor, request: HttpRequest) -> None:
    """Stop looking; harmless when nothing is open. The actor is the viewer or the person seen through his eyes."""
    request.session.pop(SESSION_KEY, None)
    setattr(request, _KEPT, None)
    staff_id = actor.viewed_by or actor.user_id
    if staff_id is not None:
        _end_open(actor, staff_id)


def _end_open(actor: Actor, staff_id: UUID) -> None:
    for row in Impersonation.objects.select_for_update().filter(staff_id=staff_id, ended_at__isnull=True):
        row.ended_at = min(clock.now(), row.expires_at)
        row.save(update_fields=["ended_at"])
        event = PersonViewingEnded(person_id=row.person_id, impersonation_id=row.pk)
        event_log.record(event, actor=Actor(staff_id, roles=actor.roles) if actor.viewed_by else actor)
