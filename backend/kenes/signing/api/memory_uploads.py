"""Uploads that are looked at and forgotten: they stay in memory, and stop at the limit."""

from typing import Any, Final

from django.conf import settings
from django.core.files.uploadhandler import MemoryFileUploadHandler, StopUpload
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request

from kenes.foundation.api import ApiRequest, ApiView
from kenes.signing.errors import FileTooLarge

# What a form of a few fields adds around them.
_FORM_OVERHEAD: Final = 16 * 1024


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


class MemoryUploadView(ApiView):
    """Takes a form with files that nobody keeps."""

    parser_classes = [MultiPartParser]

    def initialize_request(self, request: Any, *args: Any, **kwargs: Any) -> Request:
        self.upload = OnlyMemory(request)
        request.upload_handlers = [self.upload]
        return super().initialize_request(request, *args, **kwargs)

    def received(self, request: ApiRequest, *, at_most: int) -> Any:
        """The files of the form by the names of its fields; FileTooLarge for more bytes than `at_most` files may have."""
        length = request.META.get("CONTENT_LENGTH") or "0"
        if not length.isdigit() or int(length) > at_most * settings.VERIFY_MAX_BYTES + _FORM_OVERHEAD:
            raise FileTooLarge
        files = request.FILES
        if self.upload.too_large:
            raise FileTooLarge
        return files
