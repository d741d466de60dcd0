"""What happens to tags of cases and to how cases hang together. Ids and codes only."""

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from kenes.event_log.events import Event


@dataclass(frozen=True, slots=True)
class TagsChanged(Event):
    """Tags were put on the case or taken off."""

    type: ClassVar[str] = "case.tags_changed"
    case_id: UUID
    added: tuple[UUID, ...] = ()
    removed: tuple[UUID, ...] = ()


@dataclass(frozen=True, slots=True)
class CaseLinked(Event):
    """The case hangs together with another one. `kind` is read from this case: `follows`, `followed`, `child` …"""

    type: ClassVar[str] = "case.linked"
    case_id: UUID
    other_case_id: UUID
    link_id: UUID
    kind: str


@dataclass(frozen=True, slots=True)
class CaseUnlinked(Event):
    """A link between two cases was taken away."""

    type: ClassVar[str] = "case.unlinked"
    case_id: UUID
    other_case_id: UUID
    kind: str


@dataclass(frozen=True, slots=True)
class CaseMerged(Event):
    """Everything of another case went over into this one. `change_id` names the reason."""

    type: ClassVar[str] = "case.merged"
    case_id: UUID
    merged_case_id: UUID
    merged_number: str
    change_id: UUID
    sections: tuple[str, ...] = ()
    moved: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class CaseMergedAway(Event):
    """This case was merged into another one and is closed. `change_id` names the reason."""

    type: ClassVar[str] = "case.merged_away"
    case_id: UUID
    kept_case_id: UUID
    kept_number: str
    change_id: UUID


@dataclass(frozen=True, slots=True)
class CaseSplit(Event):
    """Some debts went over into a case of their own. `change_id` names the reason."""

    type: ClassVar[str] = "case.split"
    case_id: UUID
    child_case_id: UUID
    child_number: str
    debts: int
    change_id: UUID


@dataclass(frozen=True, slots=True)
class CaseSplitOff(Event):
    """This case was made of some debts of another one."""

    type: ClassVar[str] = "case.split_off"
    case_id: UUID
    parent_case_id: UUID
    parent_number: str
    debts: int
