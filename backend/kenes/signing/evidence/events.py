"""What happens to evidence packages. Ids only."""

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from kenes.event_log.events import Event


@dataclass(frozen=True, slots=True)
class EvidenceOrdered(Event):
    """Somebody asked for the evidence package, and a new one is being made."""

    type: ClassVar[str] = "evidence.ordered"
    case_id: UUID
    document_id: UUID
    package_id: UUID
    version: int


@dataclass(frozen=True, slots=True)
class EvidenceMade(Event):
    """The package is there; `sha256` is of the ZIP."""

    type: ClassVar[str] = "evidence.made"
    case_id: UUID
    document_id: UUID
    package_id: UUID
    version: int
    sha256: str


@dataclass(frozen=True, slots=True)
class EvidenceTaken(Event):
    """Somebody loaded the package."""

    type: ClassVar[str] = "evidence.taken"
    case_id: UUID
    document_id: UUID
    package_id: UUID
