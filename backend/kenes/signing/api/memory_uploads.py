"""Uploads that are looked at and forgotten: they stay in memory, and stop at the limit."""

from typing import Any

from django.conf import settings
from django.core.files.uploadhandler import MemoryFileUploadHandler, StopUpload


class OnlyMemory(MemoryFileUploadHandler):
    """Keeps the upload in memory, so that it never touches a disk; stops at the limit of one file."""

    too_large = False

    def handle_raw_input(self, *args: Any, **kwargs: Any) -> None:
        self.activated = True

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes | None:
        if start + len(raw_data) > settings.VERIFY_MAX_BYTES:
            self.too_large = True
            raise StopUpload(connection_reset=True)
        return super().receive_data_chunk(raw_data, start)
