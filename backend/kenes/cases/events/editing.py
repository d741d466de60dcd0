"""Corrections of what the borrower told. Old and new values stand encrypted in `FieldChange`."""

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from kenes.event_log.events import Event


@dataclass(frozen=True, slots=True)
class CaseStoryEdited(Event):
    """Fields of the story were corrected; `change_ids` name the old and new values."""

    type: ClassVar[str] = "case.story_edited"
    case_id: UUID
    change_ids: tuple[UUID, ...]
    fields: tuple[str, ...]
