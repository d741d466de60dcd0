"""What the viewer asks of a stored file, and the bytes behind a short link."""

from uuid import UUID

from django.http import HttpResponse
from django.utils.http import content_disposition_header
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework.response import Response

from kenes.files import access, forms, info, links
from kenes.files.api.serializers import FileInfo, FileLink, FileLinkInput
from kenes.files.uploads import private
from kenes.foundation.api import ApiRequest, ApiView
from kenes.foundation.errors import Unavailable
from kenes.foundation.providers import Temporary

# A stored page never changes, but whoever may no longer read it must not find it in a cache of others.
_PAGE_CACHE = "private, max-age=3600"
# Nothing in a stored file may run or load anything, whatever a browser takes it for.
CONTENT_POLICY = "sandbox; default-src 'none'; style-src 'unsafe-inline'"


class FileView(ApiView):
    """One stored file."""

    @extend_schema(operation_id="files_retrieve", responses=FileInfo)
    def get(self, request: ApiRequest, file_id: UUID) -> Response:
        """State, pages and whether the text is known."""
        return self.ok(FileInfo, info.info(access.get_file(actor=request.actor, file_id=file_id)))


class FilePageView(ApiView):
    """The picture of one page."""

    @extend_schema(
        operation_id="files_page",
        responses={(200, "image/png"): OpenApiTypes.BINARY, (200, "image/webp"): OpenApiTypes.BINARY},
    )
    def get(self, request: ApiRequest, file_id: UUID, page: int) -> HttpResponse:
        """The page, drawn at the first look."""
        file = access.get_file(actor=request.actor, file_id=file_id)
        try:
            picture = forms.page(file, page)
        except Temporary as problem:
            raise Unavailable from problem
        response = HttpResponse(picture.data, content_type=picture.mime)
        response["Cache-Control"] = _PAGE_CACHE
        response["X-Content-Type-Options"] = "nosniff"
        response["Content-Security-Policy"] = CONTENT_POLICY
        return response


class FileLinkView(ApiView):
    """A short link to the bytes."""

    @extend_schema(operation_id="files_link", request=FileLinkInput, responses=FileLink)
    def post(self, request: ApiRequest, file_id: UUID) -> Response:
        """Get an address that gives the bytes for five minutes; asking and using are written down."""
        data = self.parse(FileLinkInput)
        link = links.issue(actor=request.actor, file_id=file_id, form=data["form"])
        return self.ok(FileLink, link)


class FileContentView(ApiView):
    """The bytes behind a short link."""

    @extend_schema(
        operation_id="files_content", responses={(200, "application/octet-stream"): OpenApiTypes.BINARY}
    )
    def get(self, request: ApiRequest, token: str) -> HttpResponse:
        """The file to save, for the person who got the link."""
        found = links.follow(actor=request.actor, token=token)
        response = HttpResponse(found.data, content_type=found.mime)
        response["Content-Disposition"] = (
            content_disposition_header(as_attachment=True, filename=found.name) or "attachment"
        )
        response["Content-Security-Policy"] = CONTENT_POLICY
        return private(response)
