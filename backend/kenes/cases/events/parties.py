"""Invitations into a case. Ids and codes only: to whom they went stands encrypted in the row."""

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from kenes.event_log.events import Event


@dataclass(frozen=True, slots=True)
class PartyInvited(Event):
    """Somebody was asked to take part; `channel` is email or sms, `consent` who says that the borrower agrees."""

    type: ClassVar[str] = "case.party_invited"
    case_id: UUID
    invitation_id: UUID
    role: str
    channel: str
    consent: str
    again: bool = False


@dataclass(frozen=True, slots=True)
class PartyInvitationTakenBack(Event):
    """The link no longer works."""

    type: ClassVar[str] = "case.party_invitation_taken_back"
    case_id: UUID
    invitation_id: UUID
    role: str


@dataclass(frozen=True, slots=True)
class PartyInvitationDeclined(Event):
    """The invited person does not want to take part."""

    type: ClassVar[str] = "case.party_invitation_declined"
    case_id: UUID
    invitation_id: UUID
    role: str
