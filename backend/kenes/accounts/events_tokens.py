"""What happens to tokens, partner programs and outside logins. Ids and codes only."""

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from kenes.event_log.events import Event


@dataclass(frozen=True, slots=True)
class RefreshTokenReused(Event):
    """A refresh token was used a second time: it may be stolen, so everything made from it has ended.

    `client_id` is the partner's program, empty for our own app.
    """

    type: ClassVar[str] = "security.refresh_token_reused"
    stream_field: ClassVar[str] = "person_id"
    person_id: UUID
    client_id: str


@dataclass(frozen=True, slots=True)
class AuthorizationCodeReused(Event):
    type: ClassVar[str] = "security.authorization_code_reused"
    stream_field: ClassVar[str] = "person_id"
    person_id: UUID
    client_id: str


@dataclass(frozen=True, slots=True)
class ProgramRegistered(Event):
    type: ClassVar[str] = "program.registered"
    stream_field: ClassVar[str] = "program_id"
    program_id: UUID
    scopes: tuple[str, ...]
    grants: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ProgramChanged(Event):
    """`fields` names what was changed."""

    type: ClassVar[str] = "program.changed"
    stream_field: ClassVar[str] = "program_id"
    program_id: UUID
    fields: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ProgramSecretRotated(Event):
    type: ClassVar[str] = "program.secret_rotated"
    stream_field: ClassVar[str] = "program_id"
    program_id: UUID


@dataclass(frozen=True, slots=True)
class ProgramShutOut(Event):
    type: ClassVar[str] = "program.revoked"
    stream_field: ClassVar[str] = "program_id"
    program_id: UUID


@dataclass(frozen=True, slots=True)
class ProgramAllowed(Event):
    """The person lets the program act for him within these scopes."""

    type: ClassVar[str] = "person.program_allowed"
    stream_field: ClassVar[str] = "person_id"
    person_id: UUID
    program_id: UUID
    scopes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ProgramForbidden(Event):
    type: ClassVar[str] = "person.program_forbidden"
    stream_field: ClassVar[str] = "person_id"
    person_id: UUID
    program_id: UUID


@dataclass(frozen=True, slots=True)
class OutsideLoginConnected(Event):
    type: ClassVar[str] = "person.outside_login_connected"
    stream_field: ClassVar[str] = "person_id"
    person_id: UUID
    provider: str


@dataclass(frozen=True, slots=True)
class OutsideLoginRemoved(Event):
    type: ClassVar[str] = "person.outside_login_removed"
    stream_field: ClassVar[str] = "person_id"
    person_id: UUID
    provider: str
