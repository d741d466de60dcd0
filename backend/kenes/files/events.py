"""What happened to stored files. Streams are those of the owner ("case", "person", …)."""

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from kenes.event_log.events import Event


@dataclass(frozen=True, slots=True)
class _FileEvent(Event):
    type: ClassVar[str] = "file.event"
    file_id: UUID
    owner_kind: str
    owner_id: UUID

    @property
    def stream(self) -> tuple[str, UUID]:
        return self.owner_kind, self.owner_id


@dataclass(frozen=True, slots=True)
class FileCleared(_FileEvent):
    """An uploaded file passed the virus check and can be read."""

    type: ClassVar[str] = "file.cleared"


@dataclass(frozen=True, slots=True)
class FileBlocked(_FileEvent):
    """An uploaded file stays locked; `verdict` is infected, unscannable or failed."""

    type: ClassVar[str] = "file.blocked"
    verdict: str


@dataclass(frozen=True, slots=True)
class FileReleased(_FileEvent):
    """A member of staff released a file that could not be checked."""

    type: ClassVar[str] = "file.released"


@dataclass(frozen=True, slots=True)
class FileLost(_FileEvent):
    """The nightly look found the bytes gone or changed; `how` is lost or changed. The file is never given out."""

    type: ClassVar[str] = "file.lost"
    how: str


@dataclass(frozen=True, slots=True)
class FileLinkIssued(_FileEvent):
    """A person has got a link to a form of the file that gives its bytes for five minutes."""

    type: ClassVar[str] = "file.link_issued"
    form: str


@dataclass(frozen=True, slots=True)
class FileOpened(_FileEvent):
    """A person has got the bytes of a form of the file through a link."""

    type: ClassVar[str] = "file.opened"
    form: str


@dataclass(frozen=True, slots=True)
class FileTextRead(_FileEvent):
    """Reading of an uploaded file has come to its end; what it says is known, if it says anything."""

    type: ClassVar[str] = "file.text_read"
    has_text: bool
