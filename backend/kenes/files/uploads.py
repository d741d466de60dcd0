"""One file in a form: kept in memory, cut off at the limit, read by its content alone; and a file given back."""

from typing import Any, ClassVar, Final

from django.core.files.uploadhandler import MemoryFileUploadHandler, StopUpload
from django.http import HttpResponse
from django.utils.http import content_disposition_header
from rest_framework import serializers
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request

from kenes.files import receiving
from kenes.files import services as files
from kenes.files.errors import FileEmpty, FileTooLarge
from kenes.files.models import StoredFile
from kenes.files.received import ReceivedBytes
from kenes.foundation.api import ApiRequest, ApiView, StrictSerializer
from kenes.foundation.errors import KenesError
from kenes.foundation.parsing import StrictJSONParser

# What a form of one file adds around it.
_FORM_OVERHEAD: Final = 16 * 1024


class FileUpload(serializers.Serializer[Any]):
    file = serializers.FileField()


class FileByUpload(StrictSerializer):
    """A file that has come by parts: its upload is used up."""

    upload = serializers.UUIDField()


# Both bodies in which a file may be given, for `extend_schema(request=…)`.
FILE_BODIES: Final = {"multipart/form-data": FileUpload, "application/json": FileByUpload}


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
    """A view that takes one file: in the field `file` of a form, or as `{"upload": id}` of one that came by parts.

    `missing` is raised when a form has none.
    """

    parser_classes = [MultiPartParser, StrictJSONParser]
    max_bytes: ClassVar[int]
    missing: ClassVar[type[KenesError]] = FileEmpty

    def initialize_request(self, request: Any, *args: Any, **kwargs: Any) -> Request:
        self.upload = _OnlyMemory(request, self.max_bytes)
        request.upload_handlers = [self.upload]
        return super().initialize_request(request, *args, **kwargs)

    def uploaded(self, request: ApiRequest) -> tuple[ReceivedBytes, str]:
        """Bytes and name of the file; an upload is used up by whoever stores the bytes.

        FileTooLarge, `missing` without one, and for an upload what `receiving.content_of` raises.
        """
        if request.content_type.partition(";")[0].strip().lower() == "application/json":
            return self._by_parts(request)
        too_large = FileTooLarge(limit_megabytes=self.max_bytes // (1024 * 1024))
        length = request.META.get("CONTENT_LENGTH") or "0"
        if not length.isdigit() or int(length) > self.max_bytes + _FORM_OVERHEAD:
            raise too_large
        file = request.FILES.get("file")
        if self.upload.too_large:
            raise too_large
        if file is None:
            raise self.missing
        return ReceivedBytes(file.read(), person_id=request.actor.user_id), str(file.name or "file")

    def _by_parts(self, request: ApiRequest) -> tuple[ReceivedBytes, str]:
        upload_id = self.parse(FileByUpload)["upload"]
        upload = receiving.get_upload(actor=request.actor, upload_id=upload_id)
        data = receiving.content_of(actor=request.actor, upload_id=upload_id, max_bytes=self.max_bytes)
        return data, upload.name


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
