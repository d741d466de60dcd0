"""What happens while a case comes in. Ids and codes only; words stand encrypted in the rows that the ids name."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar
from uuid import UUID

from kenes.event_log.events import Event


@dataclass(frozen=True, slots=True)
class ConsentRecorded(Event):
    """A manager wrote down the consent of a borrower for whom he gives in a case."""

    type: ClassVar[str] = "case.consent_recorded"
    case_id: UUID
    consent_id: UUID
    given_by: str


@dataclass(frozen=True, slots=True)
class ConsentRecordAnswered(Event):
    """The borrower confirmed a consent that staff wrote down, or objected to it."""

    type: ClassVar[str] = "case.recorded_consent_answered"
    case_id: UUID
    consent_id: UUID
    agreed: bool


@dataclass(frozen=True, slots=True)
class PapersAsked(Event):
    """Papers were asked for."""

    type: ClassVar[str] = "case.papers_asked"
    case_id: UUID
    paper_ids: tuple[UUID, ...]


@dataclass(frozen=True, slots=True)
class PaperSettled(Event):
    """A paper was received, or is no longer needed."""

    type: ClassVar[str] = "case.paper_settled"
    case_id: UUID
    paper_id: UUID
    how: str


@dataclass(frozen=True, slots=True)
class PaperGiven(Event):
    """The borrower uploaded a paper; the virus check comes first."""

    type: ClassVar[str] = "case.paper_given"
    case_id: UUID
    paper_id: UUID


@dataclass(frozen=True, slots=True)
class PaperRefused(Event):
    """The virus check did not let the file of a paper in; `verdict` is infected, unscannable or failed."""

    type: ClassVar[str] = "case.paper_refused"
    case_id: UUID
    paper_id: UUID
    file_id: UUID
    verdict: str


@dataclass(frozen=True, slots=True)
class PaperPromised(Event):
    """The borrower said on which day he brings a paper."""

    type: ClassVar[str] = "case.paper_promised"
    case_id: UUID
    paper_id: UUID
    on: date


@dataclass(frozen=True, slots=True)
class PapersReminded(Event):
    """The borrower was reminded of papers asked for so many days before."""

    type: ClassVar[str] = "case.papers_reminded"
    case_id: UUID
    after_days: int
    missing: int


@dataclass(frozen=True, slots=True)
class ClosingAnswered(Event):
    """The borrower agreed that the case is closed, or said why it is not."""

    type: ClassVar[str] = "case.closing_answered"
    case_id: UUID
    agreed: bool
    change_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class ChecklistOpened(Event):
    """A procedure was opened and papers for it were put on the list of the case."""

    type: ClassVar[str] = "case.checklist_opened"
    case_id: UUID
    track_id: UUID
    kind: str
    paper_ids: tuple[UUID, ...]


@dataclass(frozen=True, slots=True)
class PaperAccepted(Event):
    """Staff looked at a paper: it will do."""

    type: ClassVar[str] = "case.paper_accepted"
    case_id: UUID
    paper_id: UUID


@dataclass(frozen=True, slots=True)
class PaperUnreadable(Event):
    """Staff cannot read a paper and ask for it again; the reason stands in the row."""

    type: ClassVar[str] = "case.paper_unreadable"
    case_id: UUID
    paper_id: UUID


@dataclass(frozen=True, slots=True)
class PaperRead(Event):
    """What a given paper says was read; `findings` values wait for a person's word."""

    type: ClassVar[str] = "case.reading_made"
    case_id: UUID
    reading_id: UUID
    kind: str
    findings: int


@dataclass(frozen=True, slots=True)
class FindingDecided(Event):
    """A person confirmed, changed or dismissed what was found in a paper."""

    type: ClassVar[str] = "case.finding_decided"
    case_id: UUID
    finding_id: UUID
    field: str
    decision: str
    obligation_id: UUID | None
