"""Uploads by parts: the tus protocol 1.0.0 with creation, checksum, expiration and termination."""

from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import HttpResponse
from django.utils.http import http_date
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, extend_schema
from rest_framework.response import Response

from kenes.files import receiving
from kenes.files.api import tus
from kenes.files.api.serializers import CombineInput, UploadState
from kenes.files.combining import Photo, combine
from kenes.files.errors_uploads import TUS_VERSION, PartTooLarge, PartTypeWrong
from kenes.files.models import Upload
from kenes.foundation.api import ApiRequest, ApiView


def _header(name: str, description: str, *, required: bool = True) -> OpenApiParameter:
    return OpenApiParameter(name, str, OpenApiParameter.HEADER, required=required, description=description)


VERSION = _header("Tus-Resumable", "Always 1.0.0.")
BEGIN = [
    VERSION,
    _header("Upload-Length", "Size of the whole file in bytes."),
    _header("Upload-Metadata", "`filename` and its UTF-8 text in base64.", required=False),
]
PART = [
    VERSION,
    _header("Upload-Offset", "Where the part begins: the number of bytes that have come."),
    _header("Upload-Checksum", "`sha1` or `sha256` and the digest in base64.", required=False),
]


def upload_state(upload: Upload) -> dict[str, Any]:
    """The fields of UploadState."""
    problem = receiving.refusal_of(upload)
    return {
        "id": upload.pk,
        "name": upload.name,
        "size": upload.size,
        "offset": upload.offset,
        "state": upload.state,
        "code": problem.code if problem else "",
        "detail": problem.text() if problem else "",
        "expires_at": upload.expires_at,
    }


class TusView(ApiView):
    """Every answer says the version of the protocol, and is kept by nobody on the way."""

    def finalize_response(self, request: Any, response: Any, *args: Any, **kwargs: Any) -> Any:
        response = super().finalize_response(request, response, *args, **kwargs)
        response.headers.setdefault("Tus-Resumable", TUS_VERSION)
        response["Cache-Control"] = "no-store"
        return response

    def options(self, request: Any, *args: Any, **kwargs: Any) -> Response:
        headers = {
            "Tus-Version": TUS_VERSION,
            "Tus-Extension": tus.EXTENSIONS,
            "Tus-Checksum-Algorithm": tus.ALGORITHMS,
            "Tus-Max-Size": str(settings.UPLOAD_MAX_BYTES),
        }
        return Response(status=204, headers=headers)


class UploadsView(TusView):
    """Begin to send a file."""

    @extend_schema(
        operation_id="uploads_create",
        request=None,
        parameters=BEGIN,
        responses={201: OpenApiResponse(description="Opened; `Location` is where the parts go.")},
    )
    def post(self, request: ApiRequest) -> Response:
        """Open an upload. Size and quotas are refused here, before a byte is sent."""
        tus.require_version(request.headers)
        upload = receiving.begin(
            actor=request.actor,
            size=tus.whole_number(request.headers, "Upload-Length"),
            name=tus.file_name(request.headers),
        )
        headers = {"Location": f"/api/v1/uploads/{upload.pk}/", **_progress(upload)}
        return Response(status=201, headers=headers)


class UploadsCombineView(ApiView):
    """One PDF of several photos."""

    @extend_schema(operation_id="uploads_combine", request=CombineInput, responses={201: UploadState})
    def post(self, request: ApiRequest) -> Response:
        """Make the photos into one PDF. They are spent: kept an hour for another try, and not counted any more."""
        data = self.parse(CombineInput)
        photos = [
            Photo(upload_id=row["id"], corners=_corners(row["corners"]), turn=row["turn"])
            for row in data["uploads"]
        ]
        upload = combine(actor=request.actor, photos=photos, name=data["name"], look=data["look"])
        return self.ok(UploadState, upload_state(upload), status=201)


def _corners(rows: list[list[float]] | None) -> Any:
    return tuple((row[0], row[1]) for row in rows) if rows else None


class UploadView(TusView):
    """One upload of the person himself."""

    @extend_schema(operation_id="uploads_retrieve", responses=UploadState)
    def get(self, request: ApiRequest, upload_id: UUID) -> Response:
        """How far it is, and why it was refused."""
        upload = receiving.get_upload(actor=request.actor, upload_id=upload_id)
        return self.ok(UploadState, upload_state(upload))

    def head(self, request: ApiRequest, upload_id: UUID) -> HttpResponse:
        """Where the next part begins; no body, as the protocol wants it."""
        tus.require_version(request.headers)
        upload = receiving.get_upload(actor=request.actor, upload_id=upload_id)
        return HttpResponse(headers={**_progress(upload), "Upload-Length": str(upload.size)})

    @extend_schema(
        operation_id="uploads_part",
        request={tus.PART_TYPE: OpenApiTypes.BINARY},
        parameters=PART,
        responses={204: OpenApiResponse(description="Kept; `Upload-Offset` is where the next part begins.")},
    )
    def patch(self, request: ApiRequest, upload_id: UUID) -> Response:
        """Send the next part, at most 1 MiB. What is wrong with the file as a whole answers its last part."""
        tus.require_version(request.headers)
        if request.content_type.partition(";")[0].strip().lower() != tus.PART_TYPE:
            # Who may not know of the upload learns nothing by the type either.
            receiving.get_upload(actor=request.actor, upload_id=upload_id)
            raise PartTypeWrong
        offset = tus.whole_number(request.headers, "Upload-Offset")
        data = _body(request)
        receiving.get_upload(actor=request.actor, upload_id=upload_id)
        tus.check(request.headers, data)
        upload = receiving.take_part(actor=request.actor, upload_id=upload_id, offset=offset, data=data)
        return Response(status=204, headers=_progress(upload))

    @extend_schema(operation_id="uploads_remove", parameters=[VERSION], responses={204: None})
    def delete(self, request: ApiRequest, upload_id: UUID) -> Response:
        """Take the upload back; its bytes are deleted."""
        tus.require_version(request.headers)
        receiving.drop(actor=request.actor, upload_id=upload_id)
        return Response(status=204)


def _progress(upload: Upload) -> dict[str, str]:
    return {
        "Upload-Offset": str(upload.offset),
        "Upload-Expires": http_date(upload.expires_at.timestamp()),
    }


def _body(request: ApiRequest) -> bytes:
    """The part itself; PartTooLarge before more than a part is read."""
    data = bytes(request._request.read(receiving.PART_BYTES + 1))
    if len(data) > receiving.PART_BYTES:
        raise PartTooLarge(limit_kilobytes=receiving.PART_BYTES // 1024)
    return data
