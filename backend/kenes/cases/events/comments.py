"""What happens to comments. Ids and codes only; words stand encrypted in the rows that the ids name."""

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from kenes.event_log.events import Event


@dataclass(frozen=True, slots=True)
class CommentEdited(Event):
    """The author changed the words; what they were stands in the row `version_id`."""

    type: ClassVar[str] = "case.comment_edited"
    case_id: UUID
    comment_id: UUID
    version_id: UUID


@dataclass(frozen=True, slots=True)
class CommentRemoved(Event):
    """A comment was taken back by its author or by a supervisor."""

    type: ClassVar[str] = "case.comment_removed"
    case_id: UUID
    comment_id: UUID
