"""What happens to profiles, specialists' entries and powers of attorney. Ids and codes only."""

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from kenes.event_log.events import Event


@dataclass(frozen=True, slots=True)
class ProfileChanged(Event):
    """The person changed the own profile; `fields` names which parts."""

    type: ClassVar[str] = "person.profile_changed"
    stream_field: ClassVar[str] = "person_id"
    person_id: UUID
    fields: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PhotoChanged(Event):
    """A photo was given (`file_id`) or taken away (None)."""

    type: ClassVar[str] = "person.photo_changed"
    stream_field: ClassVar[str] = "person_id"
    person_id: UUID
    file_id: UUID | None


@dataclass(frozen=True, slots=True)
class SpecialistChanged(Event):
    """A specialist wrote the own entry; `fields` names what changed."""

    type: ClassVar[str] = "specialist.changed"
    stream_field: ClassVar[str] = "person_id"
    person_id: UUID
    specialist_id: UUID
    kind: str
    fields: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SpecialistSubmitted(Event):
    type: ClassVar[str] = "specialist.submitted"
    stream_field: ClassVar[str] = "person_id"
    person_id: UUID
    specialist_id: UUID
    kind: str


@dataclass(frozen=True, slots=True)
class SpecialistDecided(Event):
    """A supervisor approved, rejected or suspended the entry; the note stands in its row."""

    type: ClassVar[str] = "specialist.decided"
    stream_field: ClassVar[str] = "person_id"
    person_id: UUID
    specialist_id: UUID
    kind: str
    decision: str


@dataclass(frozen=True, slots=True)
class SpecialistExpired(Event):
    type: ClassVar[str] = "specialist.expired"
    stream_field: ClassVar[str] = "person_id"
    person_id: UUID
    specialist_id: UUID
    kind: str


@dataclass(frozen=True, slots=True)
class PowerGiven(Event):
    """A person gave a power of attorney; `person_id` is the principal."""

    type: ClassVar[str] = "power.given"
    stream_field: ClassVar[str] = "person_id"
    person_id: UUID
    power_id: UUID
    representative_id: UUID
    scope: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PowerDocumentAttached(Event):
    type: ClassVar[str] = "power.document_attached"
    stream_field: ClassVar[str] = "person_id"
    person_id: UUID
    power_id: UUID


@dataclass(frozen=True, slots=True)
class PowerDecided(Event):
    """A supervisor approved or rejected the power; the note stands in its row."""

    type: ClassVar[str] = "power.decided"
    stream_field: ClassVar[str] = "person_id"
    person_id: UUID
    power_id: UUID
    decision: str


@dataclass(frozen=True, slots=True)
class PowerRevoked(Event):
    """The principal took the power back, or the representative gave it up."""

    type: ClassVar[str] = "power.revoked"
    stream_field: ClassVar[str] = "person_id"
    person_id: UUID
    power_id: UUID
    representative_id: UUID


@dataclass(frozen=True, slots=True)
class PowerExpired(Event):
    type: ClassVar[str] = "power.expired"
    stream_field: ClassVar[str] = "person_id"
    person_id: UUID
    power_id: UUID
    representative_id: UUID
