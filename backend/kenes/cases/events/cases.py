"""What happens to cases. Ids and codes only; words stand encrypted in the rows that the ids name."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar
from uuid import UUID

from kenes.event_log.events import Event


@dataclass(frozen=True, slots=True)
class CaseDraftCreated(Event):
    """A borrower began to fill in the form."""

    type: ClassVar[str] = "case.draft_created"
    case_id: UUID


@dataclass(frozen=True, slots=True)
class CaseSubmitted(Event):
    """The form was sent in; the case has its number."""

    type: ClassVar[str] = "case.submitted"
    case_id: UUID
    number: str
    obligations: int


@dataclass(frozen=True, slots=True)
class CaseDuplicateSuspected(Event):
    """A contract of this case stands in another open case of the same borrower."""

    type: ClassVar[str] = "case.duplicate_suspected"
    case_id: UUID
    other_case_id: UUID
    other_number: str


@dataclass(frozen=True, slots=True)
class CaseMoved(Event):
    """The status changed by the table. `change_id` names the words that went with it, if any."""

    type: ClassVar[str] = "case.moved"
    case_id: UUID
    action: str
    source: str
    target: str
    change_id: UUID | None = None
    resume_on: date | None = None
    outcome: str = ""


@dataclass(frozen=True, slots=True)
class CaseAssigned(Event):
    """The case has another manager, or none. `how`: taken, handed_over, given_back, queue, absence, escalation.

    `change_id` names the words for the new manager, `queue_id` the queue that gave the case out.
    """

    type: ClassVar[str] = "case.assigned"
    case_id: UUID
    manager_id: UUID | None
    how: str = ""
    change_id: UUID | None = None
    queue_id: UUID | None = None
    before_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class TrackProposed(Event):
    """The rules suggest a procedure."""

    type: ClassVar[str] = "case.track_proposed"
    case_id: UUID
    track_id: UUID
    kind: str
    obligation_id: UUID | None


@dataclass(frozen=True, slots=True)
class TrackOpened(Event):
    """A procedure began; letters are prepared in answer to this."""

    type: ClassVar[str] = "case.track_opened"
    case_id: UUID
    track_id: UUID
    kind: str
    obligation_id: UUID | None
    escalated_from: UUID | None = None


@dataclass(frozen=True, slots=True)
class TrackMoved(Event):
    """The state of a procedure changed by its table, on a day. `change_id` names the words that went with it, if any."""

    type: ClassVar[str] = "case.track_moved"
    case_id: UUID
    track_id: UUID
    kind: str
    action: str
    source: str
    target: str
    on: date | None = None
    change_id: UUID | None = None
    outcome: str = ""


@dataclass(frozen=True, slots=True)
class FactRecorded(Event):
    """A dated fact was written down; terms may run from it."""

    type: ClassVar[str] = "case.fact_recorded"
    case_id: UUID
    fact_id: UUID
    kind: str
    on: date
    obligation_id: UUID | None
    source: str
    deadlines: int


@dataclass(frozen=True, slots=True)
class CommentAdded(Event):
    """Somebody wrote a comment for an audience; `mentions` and `files` say how many."""

    type: ClassVar[str] = "case.comment_added"
    case_id: UUID
    comment_id: UUID
    audience: str = ""
    mentions: int = 0
    files: int = 0


@dataclass(frozen=True, slots=True)
class PersonalDataRevealed(Event):
    """Masked fields were shown to a member of staff; the reason stands in the row `reveal_id`."""

    type: ClassVar[str] = "case.personal_data_revealed"
    case_id: UUID
    reveal_id: UUID
    fields: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PartyAdded(Event):
    """A lawyer, mediator or notary takes part from now on."""

    type: ClassVar[str] = "case.party_added"
    case_id: UUID
    party_id: UUID
    role: str


@dataclass(frozen=True, slots=True)
class PartyRemoved(Event):
    """A lawyer, mediator or notary was taken out of the case, or left it."""

    type: ClassVar[str] = "case.party_removed"
    case_id: UUID
    party_id: UUID
    role: str
