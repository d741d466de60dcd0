"""What the virus check keeps locked, for the staff who decide about it."""

from typing import Any
from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.response import Response

from kenes.files import selectors, services
from kenes.files.models import StoredFile
from kenes.foundation.api import ApiRequest, ApiView, PageQuery, StrictSerializer
from kenes.foundation.fields_api import TextField

BLOCKED_STATES = ("checking", "infected", "unscannable", "failed", "released")


class BlockedFile(serializers.Serializer[Any]):
    """A locked file without its name, which may tell of a person. `owner_id` is the case where `owner_kind` says so."""

    id = serializers.UUIDField()
    owner_kind = serializers.CharField()
    owner_id = serializers.UUIDField()
    mime = serializers.CharField()
    size = serializers.IntegerField()
    state = serializers.ChoiceField(BLOCKED_STATES)
    signature = serializers.CharField(allow_blank=True)
    checked_at = serializers.DateTimeField(allow_null=True)
    created_at = serializers.DateTimeField()
    allowed_actions = serializers.ListField(child=serializers.CharField())


class BlockedFilePage(serializers.Serializer[Any]):
    items = BlockedFile(many=True)
    next_cursor = serializers.CharField(allow_null=True)


class FileReleaseInput(StrictSerializer):
    reason = TextField(max_length=500)


def blocked_file(file: StoredFile) -> dict[str, Any]:
    """The fields of BlockedFile."""
    released = file.released_by is not None
    open_to_staff = file.scan in {StoredFile.Scan.UNSCANNABLE, StoredFile.Scan.FAILED} and not released
    return {
        "id": file.pk,
        "owner_kind": file.owner_kind,
        "owner_id": file.owner_id,
        "mime": file.mime,
        "size": file.size,
        "state": "released"
        if released
        else "checking"
        if file.scan == StoredFile.Scan.PENDING
        else file.scan,
        "signature": file.scan_signature,
        "checked_at": file.scanned_at,
        "created_at": file.created_at,
        "allowed_actions": ["release", "scan_again"] if open_to_staff else [],
    }


class BlockedFilesView(ApiView):
    """Locked files, the last checked first."""

    needs = "file.release"

    @extend_schema(operation_id="staff_files_blocked", parameters=[PageQuery], responses=BlockedFilePage)
    def get(self, request: ApiRequest) -> Response:
        """Found infected, not checkable, or not checked because the scanner was away."""
        query = self.parse_query(PageQuery)
        return self.page(
            BlockedFile,
            selectors.blocked(),
            key=("-scanned_at", "id"),
            limit=query["limit"],
            cursor=query["cursor"],
            transform=lambda rows: [blocked_file(row) for row in rows],
        )


class FileReleaseView(ApiView):
    """Let a file be read that could not be checked."""

    needs = "file.release"
    fresh = frozenset({"POST"})

    @extend_schema(operation_id="staff_files_release", request=FileReleaseInput, responses=BlockedFile)
    def post(self, request: ApiRequest, file_id: UUID) -> Response:
        """With a reason; an infected file stays locked."""
        data = self.parse(FileReleaseInput)
        file = services.release(actor=request.actor, file_id=file_id, reason=data["reason"])
        return self.ok(BlockedFile, blocked_file(file))


class FileScanAgainView(ApiView):
    """Check a file once more that could not be checked."""

    needs = "file.release"

    @extend_schema(operation_id="staff_files_scan_again", request=None, responses=BlockedFile)
    def post(self, request: ApiRequest, file_id: UUID) -> Response:
        """Asking again while the check runs changes nothing."""
        file = services.scan_again(actor=request.actor, file_id=file_id)
        return self.ok(BlockedFile, blocked_file(file))
