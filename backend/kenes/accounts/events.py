"""What happens to accounts. Ids and codes only."""

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from kenes.event_log.events import Event


@dataclass(frozen=True, slots=True)
class PhoneConfirmed(Event):
    """The person answered with the code that was sent to the number, for the first time."""

    type: ClassVar[str] = "person.phone_confirmed"
    stream_field: ClassVar[str] = "person_id"
    person_id: UUID


@dataclass(frozen=True, slots=True)
class IdentitySet(Event):
    """Name or ИИН were given or corrected; `fields` names which."""

    type: ClassVar[str] = "person.identity_set"
    stream_field: ClassVar[str] = "person_id"
    person_id: UUID
    fields: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RoleGranted(Event):
    type: ClassVar[str] = "person.role_granted"
    stream_field: ClassVar[str] = "person_id"
    person_id: UUID
    role: str


@dataclass(frozen=True, slots=True)
class RoleRevoked(Event):
    type: ClassVar[str] = "person.role_revoked"
    stream_field: ClassVar[str] = "person_id"
    person_id: UUID
    role: str


@dataclass(frozen=True, slots=True)
class PersonDeactivated(Event):
    type: ClassVar[str] = "person.deactivated"
    stream_field: ClassVar[str] = "person_id"
    person_id: UUID


@dataclass(frozen=True, slots=True)
class ConsentAccepted(Event):
    """`text_sha256` is the digest of exactly the text that was shown."""

    type: ClassVar[str] = "consent.accepted"
    stream_field: ClassVar[str] = "person_id"
    person_id: UUID
    consent_id: UUID
    kind: str
    version: int
    language: str
    text_sha256: str
