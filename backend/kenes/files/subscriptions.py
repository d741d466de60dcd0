"""Outbox handler, health check and metrics of stored files."""

from contextlib import suppress
from typing import Any
from uuid import UUID

from kenes.event_log.events import Recorded
from kenes.event_log.services import subscribe
from kenes.files import (  # noqa: F401  (some register themselves)
    events,
    keeping,
    personal_data,
    preparing,
    receiving,
    selectors,
    services,
    storage,
)
from kenes.files.converter import converter_pool
from kenes.files.errors_uploads import UploadNotFound
from kenes.files.events import FileCleared, FileReleased
from kenes.files.rotation import FileContents
from kenes.foundation import health, providers, retention, rotation
from kenes.outbox import registry
from kenes.outbox.services import MAX_ATTEMPTS


@registry.handler("files.scan")
def scan(payload: dict[str, Any], context: registry.OutboxContext) -> None:
    """Virus check of one uploaded file."""
    services.scan_file(file_id=UUID(payload["file_id"]), last_try=context.attempt >= MAX_ATTEMPTS)


@registry.handler("files.remove")
def remove(payload: dict[str, Any], context: registry.OutboxContext) -> None:
    """Delete the bytes of one file that was locked away."""
    services.remove_content(file_id=UUID(payload["file_id"]))


@registry.handler("files.finish_upload")
def finish_upload(payload: dict[str, Any], context: registry.OutboxContext) -> None:
    """Put an upload together whose process was killed after the last part."""
    with suppress(UploadNotFound):
        receiving.finish(upload_id=UUID(payload["upload_id"]))


@registry.handler("files.prepare", lane="documents")
def prepare(payload: dict[str, Any], context: registry.OutboxContext) -> None:
    """Make the forms of one file for the screen."""
    preparing.prepare(
        file_id=UUID(payload["file_id"]), pool=converter_pool(), last_try=context.attempt >= MAX_ATTEMPTS
    )


@subscribe(FileCleared)
def prepare_checked(event: Recorded[FileCleared]) -> None:
    """What passed the virus check is prepared for the screen."""
    preparing.ask(selectors.get_file(event.data.file_id))


@subscribe(FileReleased)
def prepare_released(event: Recorded[FileReleased]) -> None:
    """What staff released is prepared for the screen."""
    preparing.ask(selectors.get_file(event.data.file_id))


@registry.handler("files.remove_bytes")
def remove_bytes(payload: dict[str, Any], context: registry.OutboxContext) -> None:
    """Delete bytes that belong to no row any more."""
    for key in payload["keys"]:
        storage.remove(key)


rotation.register(FileContents())
retention.register("infected_files", services.empty_quarantine)

# Uploads wait while it is away; nothing else does.
health.register("clamd", lambda: providers.load("antivirus").ping(), critical=False)
health.gauge("files", selectors.counts_by_scan)
health.gauge("files_blocked", lambda: {"": float(selectors.blocked().count())})
health.gauge("files_lost", lambda: {"": float(keeping.lost_count())})
health.register("files-intact", keeping.require_none_lost, critical=False)
