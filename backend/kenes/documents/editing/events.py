"""What happens to editions of templates. Ids and codes only; words stand in the row."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar
from uuid import UUID

from kenes.event_log.events import Event


@dataclass(frozen=True, slots=True)
class _OfEdition(Event):
    """Everything about one edition is one history."""

    type: ClassVar[str] = ""
    stream_field: ClassVar[str] = "template_version_id"
    template_version_id: UUID
    code: str
    language: str
    version: int


@dataclass(frozen=True, slots=True)
class TemplateDrafted(_OfEdition):
    """An editor uploaded a new edition."""

    type: ClassVar[str] = "template.drafted"


@dataclass(frozen=True, slots=True)
class TemplateEdited(_OfEdition):
    """Another file or other words; it is a draft again."""

    type: ClassVar[str] = "template.edited"


@dataclass(frozen=True, slots=True)
class TemplateProposed(_OfEdition):
    """The edition waits for a second person."""

    type: ClassVar[str] = "template.proposed"


@dataclass(frozen=True, slots=True)
class TemplateRemarkChecked(_OfEdition):
    """Somebody has looked at a remark for lawyers, or took that back."""

    type: ClassVar[str] = "template.remark_checked"
    remark: str
    checked: bool


@dataclass(frozen=True, slots=True)
class TemplateApproved(_OfEdition):
    """A second person agreed; it holds from a day."""

    type: ClassVar[str] = "template.approved"
    effective_from: date


@dataclass(frozen=True, slots=True)
class TemplateRejected(_OfEdition):
    """A second person sent it back; the note stands in the row."""

    type: ClassVar[str] = "template.rejected"


@dataclass(frozen=True, slots=True)
class TemplateWithdrawn(_OfEdition):
    """It was taken back before it was in force."""

    type: ClassVar[str] = "template.withdrawn"


@dataclass(frozen=True, slots=True)
class TemplateInForce(_OfEdition):
    """Documents are made from it from now on."""

    type: ClassVar[str] = "template.in_force"
