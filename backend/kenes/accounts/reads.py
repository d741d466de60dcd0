"""Who saw unmasked data of a person: written where it is shown, read by the person himself."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from kenes.accounts.models import DataRead, Role, User
from kenes.foundation.actor import STAFF_ROLES, Actor
from kenes.foundation.errors import SignInRequired

Kind = DataRead.Kind

# What a read can name; new fields are added by `name_field`.
FIELD_LABELS: Final[dict[str, Promise]] = {
    "iin": _("IIN"),
    "phone": _("Phone"),
    "income": _("Income"),
    "email": _("E-mail"),
    "profile": _("Profile"),
    "everything": _("Everything that you see in your account"),
}

NumbersOf = Callable[[set[UUID]], dict[UUID, str]]
_numbers_of: list[NumbersOf] = []


@dataclass(frozen=True, slots=True)
class ReadShown:
    """One line of «who looked at my data», in the language of the reader."""

    id: UUID
    at: datetime
    kind: str
    kind_label: Promise | str
    reader_label: str
    fields: list[str]
    case_id: UUID | None
    case_number: str | None
    reason: str


def record(
    *,
    actor: Actor,
    person_id: UUID,
    kind: str,
    fields: Iterable[str] = (),
    reason: str = "",
    case_id: UUID | None = None,
) -> DataRead:
    """Write down that the actor sees unmasked data of the person; call it in the transaction that gives the data.

    `kind` is a DataRead.Kind, `fields` are codes of FIELD_LABELS. SignInRequired for an actor without a person.
    """
    reader_id = actor.viewed_by or actor.user_id
    if reader_id is None:
        raise SignInRequired
    return DataRead.objects.create(
        kind=Kind(kind),
        person_id=person_id,
        reader_id=reader_id,
        reader_roles=sorted(actor.roles),
        case_id=case_id,
        fields=sorted(set(fields)),
        reason=reason,
    )


def name_field(code: str, label: Promise) -> None:
    """Give a field that can be shown unmasked its name in the list."""
    FIELD_LABELS.setdefault(code, label)


def register_case_numbers(numbers_of: NumbersOf) -> None:
    """Tell how cases are called: ids to numbers (cases stand above accounts)."""
    _numbers_of.append(numbers_of)


def reads_of(person_id: UUID) -> QuerySet[DataRead]:
    """Reads of one person's data; pages by ("-at", "id")."""
    return DataRead.objects.filter(person_id=person_id)


def shown(rows: list[DataRead], *, person_id: UUID) -> list[ReadShown]:
    """Rows as the person sees them; two queries, however many rows."""
    readers = User.objects.in_bulk({row.reader_id for row in rows})
    numbers: dict[UUID, str] = {}
    case_ids = {row.case_id for row in rows if row.case_id is not None}
    for numbers_of in _numbers_of if case_ids else ():
        numbers |= numbers_of(case_ids)
    return [
        ReadShown(
            id=row.pk,
            at=row.at,
            kind=row.kind,
            kind_label=Kind(row.kind).label,
            reader_label=_reader_label(row, readers.get(row.reader_id), person_id),
            fields=[str(FIELD_LABELS.get(code, code)) for code in row.fields],
            case_id=row.case_id,
            case_number=numbers.get(row.case_id) if row.case_id else None,
            reason=row.reason,
        )
        for row in rows
    ]


def _reader_label(row: DataRead, reader: User | None, person_id: UUID) -> str:
    """«Manager Aigerim Saparova»: the role in which it was done, and the name."""
    if row.reader_id == person_id:
        return str(_("You"))
    staff = [role for role in row.reader_roles if role in STAFF_ROLES] or row.reader_roles
    titles = [str(Role(role).label) for role in staff if role in Role.values]
    name = reader.full_name if reader is not None else ""
    return " ".join(part for part in (", ".join(titles), name) if part) or str(_("Staff of Kenes Hub"))
