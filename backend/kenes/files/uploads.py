"""One file in a form: kept in memory, cut off at the limit, read by its content alone; and a file given back."""

from typing import Any, ClassVar, Final

from django.core.files.uploadhandler import MemoryFileUploadHandler, StopUpload
from django.http import HttpResponse
from django.utils.http import content_disposition_header
from rest_framework import serializers
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request

from kenes.files import services as files
from kenes.files.errors import FileEmpty, FileTooLarge
from kenes.files.models import StoredFile
from kenes.foundation.api import ApiRequest, ApiView
from kenes.foundation.errors import KenesError

# What a form of one file adds around it.
_FORM_OVERHEAD: Final = 16 * 1024


class FileUpload(serializers.Serializer[Any]):
    file = serializers.FileField()


class _OnlyMemory(MemoryFileUploadHandler):
    """Keeps the upload in memory, so that it never touches a disk unencrypted; stops at the limit."""

    too_large = False

    def __init__(self, request: Any, limit: int) -> None:
        super().__init__(request)
        self.limit = limit

    def handle_raw_input(self, *args: Any, **kwargs: Any) -> None:
        self.activated = True

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes | None:
        if start + len(raw_data) > self.limit:
            self.too_large = True
            raise StopUpload(connection_reset=True)
        return super().receive_data_chunk(raw_data, start)


class UploadView(ApiView):
    """A view that takes one file, in the field `file` of a form; `missing` is raised when there is none."""

    parser_classes = [MultiPartParser]
    max_bytes: ClassVar[int]
    missing: ClassVar[type[KenesError]] = FileEmpty

    def initialize_request(self, request: Any, *args: Any, **kwargs: Any) -> Request:
        self.upload = _OnlyMemory(request, self.max_bytes)
        request.upload_handlers = [self.upload]
        return super().initialize_request(request, *args, **kwargs)

    def uploaded(self, request: ApiRequest) -> tuple[bytes, str]:
        """Bytes and name of the file. FileTooLarge, and `missing` without one."""
        too_large = FileTooLarge(limit_megabytes=self.max_bytes // (1024 * 1024))
        length = request.META.get("CONTENT_LENGTH") or "0"
        if not length.isdigit() or int(length) > self.max_bytes + _FORM_OVERHEAD:
            raise too_large
        file = request.FILES.get("file")
        if self.upload.too_large:
            raise too_large
        if file is None:
            raise self.missing
        return bytes(file.read()), str(file.name or "file")


def private_file(file: StoredFile) -> HttpResponse:
    """A stored file to save; nobody between keeps a copy. Raises what `files.read` raises."""
    response = HttpResponse(files.read(file), content_type=file.mime)
    response["Content-Disposition"] = (
        content_disposition_header(as_attachment=True, filename=file.name) or "attachment"
    )
    return private(response)


def private(response: HttpResponse) -> HttpResponse:
    """No copy on the way, no guessing of the type."""
    response["Cache-Control"] = "private, no-store"
    response["X-Content-Type-Options"] = "nosniff"
    return response
