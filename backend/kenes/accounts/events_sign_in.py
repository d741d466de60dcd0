"""What happens to the ways in which a person signs in. Ids and codes only."""

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from kenes.event_log.events import Event


@dataclass(frozen=True, slots=True)
class SecondFactorAdded(Event):
    """`kind` is totp or passkey."""

    type: ClassVar[str] = "person.second_factor_added"
    stream_field: ClassVar[str] = "person_id"
    person_id: UUID
    kind: str


@dataclass(frozen=True, slots=True)
class SecondFactorRemoved(Event):
    """`kind` is totp, passkey or recovery_codes."""

    type: ClassVar[str] = "person.second_factor_removed"
    stream_field: ClassVar[str] = "person_id"
    person_id: UUID
    kind: str


@dataclass(frozen=True, slots=True)
class RecoveryCodesMade(Event):
    """New recovery codes; the ones before are void."""

    type: ClassVar[str] = "person.recovery_codes_made"
    stream_field: ClassVar[str] = "person_id"
    person_id: UUID


@dataclass(frozen=True, slots=True)
class PasswordChanged(Event):
    """`way` is "own" (by the person, signed in) or "recovery" (by a code)."""

    type: ClassVar[str] = "person.password_changed"
    stream_field: ClassVar[str] = "person_id"
    person_id: UUID
    way: str


@dataclass(frozen=True, slots=True)
class PhoneChanged(Event):
    """The person answered with the code that was sent to the new number."""

    type: ClassVar[str] = "person.phone_changed"
    stream_field: ClassVar[str] = "person_id"
    person_id: UUID


@dataclass(frozen=True, slots=True)
class IdentityProved(Event):
    """The ИИН of the account was proved; `way` is "eds", a signature key of the person, or "vouched"."""

    type: ClassVar[str] = "person.identity_proved"
    stream_field: ClassVar[str] = "person_id"
    person_id: UUID
    way: str


@dataclass(frozen=True, slots=True)
class EmailConfirmed(Event):
    """The person answered with the code that was sent to the address."""

    type: ClassVar[str] = "person.email_confirmed"
    stream_field: ClassVar[str] = "person_id"
    person_id: UUID


@dataclass(frozen=True, slots=True)
class EmailRemoved(Event):
    type: ClassVar[str] = "person.email_removed"
    stream_field: ClassVar[str] = "person_id"
    person_id: UUID


@dataclass(frozen=True, slots=True)
class SessionsEnded(Event):
    """The person, or an administrator for the person, ended every session."""

    type: ClassVar[str] = "person.sessions_ended"
    stream_field: ClassVar[str] = "person_id"
    person_id: UUID
