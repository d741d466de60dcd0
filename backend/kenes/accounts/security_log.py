"""The security log: rights, settings, sign-ins, reads and exports out of the event log, in words."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from kenes.accounts import event_labels, people_history
from kenes.accounts.event_labels import Names
from kenes.accounts.models import User
from kenes.event_log.models import EventRow
from kenes.foundation.actor import Actor
from kenes.foundation.errors import FieldError, FieldErrors, Forbidden


@dataclass(frozen=True, slots=True)
class Filters:
    """What the list is narrowed to. Days are moments in UTC; `type` is an event type of the log."""

    type: str = ""
    actor_id: UUID | None = None
    person_id: UUID | None = None
    since: datetime | None = None
    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the log."""

    id: UUID
    at: datetime
    type: str
    title: str
    actor_label: str
    subject_label: str | None
    details: list[str]


def entries(*, actor: Actor, filters: Filters) -> QuerySet[EventRow]:
    """Entries about everybody; pages by ("-at", "id"). Forbidden, and FieldErrors for an unknown type."""
    if not actor.can("security_log.see"):
        raise Forbidden
    return _narrowed(_entries(), filters)


def own_entries(*, person_id: UUID) -> QuerySet[EventRow]:
    """What happened to the person's account; pages by ("-at", "id"). What he did to others is not his to read here."""
    return _entries().filter(stream__kind="person", stream__subject_id=person_id)


def types() -> list[str]:
    """Types of events that belong into the log: everything about people, rights and settings has a title."""
    return sorted(event_labels.TITLES)


def _entries() -> QuerySet[EventRow]:
    return EventRow.objects.filter(type__in=types()).select_related("stream")


def _narrowed(rows: QuerySet[EventRow], filters: Filters) -> QuerySet[EventRow]:
    if filters.type:
        if filters.type not in types():
            raise FieldErrors([FieldError("/type", "unknown", _("There is no such kind of entry."))])
        rows = rows.filter(type=filters.type)
    if filters.actor_id is not None:
        rows = rows.filter(actor__user_id=str(filters.actor_id))
    if filters.person_id is not None:
        rows = rows.filter(stream__kind="person", stream__subject_id=filters.person_id)
    if filters.since is not None:
        rows = rows.filter(at__gte=filters.since)
    if filters.until is not None:
        rows = rows.filter(at__lt=filters.until)
    return rows


def shown(rows: list[EventRow], *, reader_id: UUID | None, own: bool = False) -> list[Entry]:
    """Rows in words, in the present language; a constant number of queries, however many rows.

    `own` leaves out remarks: staff wrote them for each other.
    """
    ids = {UUID(str(row.actor["user_id"])) for row in rows if row.actor.get("user_id")}
    ids |= {row.stream.subject_id for row in rows if row.stream.kind == "person"}
    names = {person.pk: person.full_name or person.email or "" for person in User.objects.filter(pk__in=ids)}
    referred = people_history.names_in([row.data for row in rows])
    if own:
        referred = replace(referred, remarks={})
    return [
        Entry(
            id=row.pk,
            at=row.at,
            type=row.type,
            title=event_labels.title(row.type),
            actor_label=_actor_label(row.actor, names, reader_id),
            subject_label=_subject_label(row, names, reader_id),
            details=_details(row, referred),
        )
        for row in rows
    ]


def _details(row: EventRow, referred: Names) -> list[str]:
    try:
        return event_labels.details(row.type, row.data, referred)
    except (KeyError, TypeError, ValueError):
        # An event of an older release, whose data lack a field that its words use now.
        return []


def _actor_label(actor: dict[str, Any], names: dict[UUID, str], reader_id: UUID | None) -> str:
    user_id = actor.get("user_id")
    if user_id:
        return _name(UUID(str(user_id)), names, reader_id)
    return str(_("The system")) if "system" in actor.get("roles", ()) else str(_("A visitor"))


def _subject_label(row: EventRow, names: dict[UUID, str], reader_id: UUID | None) -> str | None:
    if row.stream.kind != "person":
        return None
    return _name(row.stream.subject_id, names, reader_id)


def _name(person_id: UUID, names: dict[UUID, str], reader_id: UUID | None) -> str:
    if person_id == reader_id:
        return str(_("You"))
    return names.get(person_id) or str(_("A person without a name"))
