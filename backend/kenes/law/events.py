"""What happens to proposals to change the law. Ids and codes only; words stand in the row."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar
from uuid import UUID

from kenes.event_log.events import Event


@dataclass(frozen=True, slots=True)
class _OfChange(Event):
    """Everything about one proposal is one history."""

    type: ClassVar[str] = ""
    stream_field: ClassVar[str] = "law_change_id"
    law_change_id: UUID
    kind: str
    rule_key: str


@dataclass(frozen=True, slots=True)
class LawChangeDrafted(_OfChange):
    """An editor wrote a proposal."""

    type: ClassVar[str] = "law.change_drafted"


@dataclass(frozen=True, slots=True)
class LawChangeEdited(_OfChange):
    """A draft was changed."""

    type: ClassVar[str] = "law.change_edited"


@dataclass(frozen=True, slots=True)
class LawChangeSubmitted(_OfChange):
    """The proposal waits for a second person."""

    type: ClassVar[str] = "law.change_submitted"


@dataclass(frozen=True, slots=True)
class LawChangeApproved(_OfChange):
    """A second person agreed; it is switched on from a day."""

    type: ClassVar[str] = "law.change_approved"
    switch_on: date


@dataclass(frozen=True, slots=True)
class LawChangeRejected(_OfChange):
    """A second person refused; the note stands in the row."""

    type: ClassVar[str] = "law.change_rejected"


@dataclass(frozen=True, slots=True)
class LawChangeWithdrawn(_OfChange):
    """The author took it back."""

    type: ClassVar[str] = "law.change_withdrawn"


@dataclass(frozen=True, slots=True)
class LawChangeApplied(_OfChange):
    """The law is as proposed from now on; terms of open cases are counted anew in answer to this."""

    type: ClassVar[str] = "law.change_applied"
