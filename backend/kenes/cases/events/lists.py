"""What happens to lists as a whole. Ids and codes only."""

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from kenes.event_log.events import Event


@dataclass(frozen=True, slots=True)
class CasesExported(Event):
    """A member of staff ordered a list of cases as a file: how many rows and which columns."""

    type: ClassVar[str] = "person.cases_exported"
    stream_field: ClassVar[str] = "person_id"
    person_id: UUID
    job_id: UUID
    format: str
    rows: int
    columns: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CasesImported(Event):
    """A member of staff brought cases in from a file."""

    type: ClassVar[str] = "person.cases_imported"
    stream_field: ClassVar[str] = "person_id"
    person_id: UUID
    job_id: UUID
    cases: int
