"""Urgency held by people, queues, and what the clock did by itself. Ids and codes only."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar
from uuid import UUID

from kenes.event_log.events import Event


@dataclass(frozen=True, slots=True)
class CaseUrgencyChanged(Event):
    """The urgency was raised above what the story says, or given back to it. The reason stands in `change_id`."""

    type: ClassVar[str] = "case.urgency_changed"
    case_id: UUID
    source: int
    target: int
    raised: bool
    change_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class CaseQueued(Event):
    """The case fell to a queue by its rules."""

    type: ClassVar[str] = "case.queued"
    case_id: UUID
    queue_id: UUID


@dataclass(frozen=True, slots=True)
class TermEscalated(Event):
    """A term came near and a rule acted: what it did stands in `acts`."""

    type: ClassVar[str] = "case.term_escalated"
    case_id: UUID
    act_id: UUID
    rule: str
    rule_key: str
    due: date
    days_left: int
    acts: tuple[str, ...]
    to_id: UUID | None = None
