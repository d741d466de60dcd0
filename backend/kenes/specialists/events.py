"""What happens between borrowers and specialists. Ids and codes only."""

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from kenes.event_log.events import Event


@dataclass(frozen=True, slots=True)
class HelpRequested(Event):
    """A borrower looks for a specialist."""

    type: ClassVar[str] = "help.requested"
    case_id: UUID
    request_id: UUID
    kind: str


@dataclass(frozen=True, slots=True)
class HelpRequestEnded(Event):
    """The search ended: chosen, taken back, or its term has passed."""

    type: ClassVar[str] = "help.request_ended"
    case_id: UUID
    request_id: UUID
    kind: str
    status: str


@dataclass(frozen=True, slots=True)
class ProposalMade(Event):
    """A specialist proposed to help."""

    type: ClassVar[str] = "help.proposal_made"
    case_id: UUID
    request_id: UUID
    proposal_id: UUID


@dataclass(frozen=True, slots=True)
class ProposalEnded(Event):
    """A proposal was chosen, not chosen, taken back, or its term has passed."""

    type: ClassVar[str] = "help.proposal_ended"
    case_id: UUID
    request_id: UUID
    proposal_id: UUID
    status: str


@dataclass(frozen=True, slots=True)
class ConsultationBooked(Event):
    """A borrower booked a time."""

    type: ClassVar[str] = "consultation.booked"
    stream_field: ClassVar[str] = "person_id"
    person_id: UUID
    booking_id: UUID
    host_id: UUID
    about_case: UUID | None


@dataclass(frozen=True, slots=True)
class ConsultationChanged(Event):
    """A consultation was moved, cancelled, held, missed or summed up."""

    type: ClassVar[str] = "consultation.changed"
    stream_field: ClassVar[str] = "person_id"
    person_id: UUID
    booking_id: UUID
    action: str
    about_case: UUID | None


@dataclass(frozen=True, slots=True)
class ConsultationNear(Event):
    """A consultation begins in `hours` hours: both are reminded."""

    type: ClassVar[str] = "consultation.near"
    stream_field: ClassVar[str] = "person_id"
    person_id: UUID
    booking_id: UUID
    hours: int


@dataclass(frozen=True, slots=True)
class SessionPlanned(Event):
    """The mediator planned a session."""

    type: ClassVar[str] = "mediation.session_planned"
    case_id: UUID
    track_id: UUID
    session_id: UUID


@dataclass(frozen=True, slots=True)
class SessionEnded(Event):
    """A session took place or was called off."""

    type: ClassVar[str] = "mediation.session_ended"
    case_id: UUID
    track_id: UUID
    session_id: UUID
    status: str
