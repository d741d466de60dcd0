"""What happens to procedures beside their moves. Ids and codes only."""

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from kenes.event_log.events import Event


@dataclass(frozen=True, slots=True)
class TrackProposalDropped(Event):
    """The rules no longer suggest a procedure that nobody had opened."""

    type: ClassVar[str] = "case.track_proposal_dropped"
    case_id: UUID
    track_id: UUID
    kind: str
    obligation_id: UUID | None
