"""What happens to a person's data as a whole: consents taken back, copies, erasure, terms of keeping. Ids and codes only."""

from dataclasses import dataclass
from typing import ClassVar
from uuid import NAMESPACE_URL, UUID, uuid5

from kenes.event_log.events import Event


@dataclass(frozen=True, slots=True)
class ConsentWithdrawn(Event):
    """The person took a consent back. What it covered ends with this moment."""

    type: ClassVar[str] = "consent.withdrawn"
    stream_field: ClassVar[str] = "person_id"
    person_id: UUID
    consent_id: UUID
    kind: str
    version: int


@dataclass(frozen=True, slots=True)
class DataRequestMoved(Event):
    """A request for a copy or for erasure was made, decided, carried out; `status` is where it stands now."""

    type: ClassVar[str] = "data_request.moved"
    stream_field: ClassVar[str] = "person_id"
    person_id: UUID
    request_id: UUID
    kind: str
    status: str


@dataclass(frozen=True, slots=True)
class DataExported(Event):
    """The copy of a person's data was taken out of the system."""

    type: ClassVar[str] = "data_request.downloaded"
    stream_field: ClassVar[str] = "person_id"
    person_id: UUID
    request_id: UUID
    read_id: UUID


@dataclass(frozen=True, slots=True)
class _RuleEvent(Event):
    type: ClassVar[str] = "retention.event"
    key: str

    @property
    def stream(self) -> tuple[str, UUID]:
        return "retention", uuid5(NAMESPACE_URL, f"kenes:retention:{self.key}")


@dataclass(frozen=True, slots=True)
class RetentionRuleChanged(_RuleEvent):
    """An administrator changed how long something is kept."""

    type: ClassVar[str] = "retention.rule_changed"
    days_before: int
    days: int
    enabled: bool


@dataclass(frozen=True, slots=True)
class RetentionRan(_RuleEvent):
    """Data whose time was over were deleted or made anonymous: the act of destruction. Runs that found nothing say nothing."""

    type: ClassVar[str] = "retention.ran"
    action: str
    days: int
    count: int
