"""The history of one person: his stream of the event log, and those of accounts merged into his."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from kenes.accounts import event_labels
from kenes.accounts.event_labels import Names
from kenes.accounts.models import CustomRole, Organisation, Remark, User
from kenes.accounts.people_search import language, organisation_name
from kenes.event_log.models import EventRow
from kenes.foundation.actor import Actor


@dataclass(frozen=True, slots=True)
class HistoryItem:
    """One event as staff read it."""

    id: UUID
    at: datetime
    title: str
    actor_label: str
    details: list[str]


def events_about(person_id: UUID) -> QuerySet[EventRow]:
    """Rows of the person and of the accounts merged into his; pages by ("-at", "id")."""
    merged = User.objects.filter(merged_into_id=person_id).values_list("pk", flat=True)
    ids = [person_id, *merged]
    return EventRow.objects.filter(stream__kind="person", stream__subject_id__in=ids)


def shown(rows: Sequence[EventRow]) -> list[HistoryItem]:
    """Rows in the active language; four queries at most, however many rows."""
    names = names_in([row.data for row in rows], [row.actor for row in rows])
    return [
        HistoryItem(
            id=row.pk,
            at=row.at,
            title=event_labels.title(row.type),
            actor_label=actor_label(row.actor, names),
            details=event_labels.details(row.type, row.data, names),
        )
        for row in rows
    ]


def names_in(data: Iterable[dict[str, Any]], actors: Iterable[dict[str, Any]] = ()) -> Names:
    """Everything that these events refer to by id."""
    listed = list(data)
    people = _ids(listed, "kept_id", "gone_id") | _ids(actors, "user_id", "viewed_by", "on_behalf_of")
    remarks = Remark.objects.in_bulk(_ids(listed, "remark_id"))
    roles = CustomRole.objects.in_bulk(_ids(listed, "custom_role_id"))
    organisations = Organisation.objects.in_bulk(_ids(listed, "organisation_id"))
    persons = User.objects.filter(pk__in=people).only("pk", "full_name")
    return Names(
        remarks={key: row.text for key, row in remarks.items()},
        roles={key: row.name(language()) for key, row in roles.items()},
        organisations={key: organisation_name(row) for key, row in organisations.items()},
        people={row.pk: row.full_name for row in persons},
    )


def actor_label(fields: dict[str, Any], names: Names) -> str:
    """Name of who did it; the platform for timers and the like."""
    actor = Actor.from_log(fields)
    return names.people.get(actor.user_id, "") if actor.user_id else "Kenes Hub"


def _ids(rows: Iterable[dict[str, Any]], *keys: str) -> set[UUID]:
    return {UUID(str(row[key])) for row in rows for key in keys if row.get(key)}
