"""When recognition begins, and its steps."""

from typing import Any
from uuid import UUID

from kenes.event_log.events import Recorded
from kenes.event_log.services import subscribe
from kenes.files import info, recognition, texts
from kenes.files.events import FileCleared, FileReleased
from kenes.outbox import registry


@subscribe(FileCleared)
def read_checked(event: Recorded[FileCleared]) -> None:
    """A file that passed the virus check is read."""
    recognition.begin(event.data.file_id)


@subscribe(FileReleased)
def read_released(event: Recorded[FileReleased]) -> None:
    """A file that staff released is read."""
    recognition.begin(event.data.file_id)


@registry.handler(recognition.HANDLER, lane="recognition")
def recognise(payload: dict[str, Any], context: registry.OutboxContext) -> None:
    """One step of reading a file."""
    recognition.step(file_id=UUID(payload["file_id"]), page=int(payload["page"]))


info.register_text_state(texts.state_of)
