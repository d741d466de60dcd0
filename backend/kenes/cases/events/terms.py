"""What happens to the terms of a case. Ids, codes and days only."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar
from uuid import UUID

from kenes.event_log.events import Event


@dataclass(frozen=True, slots=True)
class DeadlineMoved(Event):
    """A term has another last day; why stands in the row `change_id`."""

    type: ClassVar[str] = "case.deadline_moved"
    case_id: UUID
    deadline_id: UUID
    change_id: UUID
    rule_key: str
    cause: str
    old_due: date
    new_due: date


@dataclass(frozen=True, slots=True)
class DeadlineMetByHand(Event):
    """A person said that a term was kept; the reason stands in the row `change_id`."""

    type: ClassVar[str] = "case.deadline_met"
    case_id: UUID
    deadline_id: UUID
    change_id: UUID
    rule_key: str
    met_on: date


@dataclass(frozen=True, slots=True)
class DeadlineReopened(Event):
    """The mark that a term was kept was taken back."""

    type: ClassVar[str] = "case.deadline_reopened"
    case_id: UUID
    deadline_id: UUID
    change_id: UUID
    rule_key: str


@dataclass(frozen=True, slots=True)
class DeadlineMissed(Event):
    """The last day is over and nothing says that the term was kept."""

    type: ClassVar[str] = "case.deadline_missed"
    case_id: UUID
    deadline_id: UUID
    rule_key: str
    bound: str
    due: date


@dataclass(frozen=True, slots=True)
class DeadlineReminderDue(Event):
    """A day of the term has come on which its keeper is reminded."""

    type: ClassVar[str] = "case.deadline_reminder"
    case_id: UUID
    deadline_id: UUID
    reminder_id: UUID
    rule_key: str
    day_of_term: int
    due: date


@dataclass(frozen=True, slots=True)
class FactCorrected(Event):
    """A fact was stated anew with another day; the former statement stays in the history."""

    type: ClassVar[str] = "case.fact_corrected"
    case_id: UUID
    fact_id: UUID
    former_id: UUID
    kind: str
    old_on: date
    on: date


@dataclass(frozen=True, slots=True)
class StepOffered(Event):
    """Somebody did not keep a duty in time: the next step is open to the borrower."""

    type: ClassVar[str] = "case.step_offered"
    case_id: UUID
    offer_id: UUID
    deadline_id: UUID
    duty: str
    steps: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class StepChosen(Event):
    """The next step was chosen."""

    type: ClassVar[str] = "case.step_chosen"
    case_id: UUID
    offer_id: UUID
    step: str
