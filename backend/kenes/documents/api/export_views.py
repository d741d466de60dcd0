"""Files about a case: asked for, followed, loaded."""

from typing import Any, ClassVar
from uuid import UUID

from django.http import HttpResponse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework import serializers
from rest_framework.response import Response

from kenes.accounts.models import Language
from kenes.documents.exports import case_exports
from kenes.documents.models import CaseExport, ExportKind, ExportStatus
from kenes.files.uploads import private_file
from kenes.foundation.api import ApiRequest, ApiView, StrictSerializer
from kenes.foundation.idempotency import idempotent


class CaseExportItem(serializers.Serializer[Any]):
    """A file about a case. `download` is true once it is ready and until its days are over."""

    id = serializers.UUIDField()
    kind = serializers.ChoiceField(choices=ExportKind.choices)
    language = serializers.ChoiceField(choices=Language.choices)
    status = serializers.ChoiceField(choices=ExportStatus.choices)
    progress_percent = serializers.IntegerField()
    size = serializers.IntegerField(allow_null=True)
    sha256 = serializers.CharField(allow_null=True)
    created_at = serializers.DateTimeField()
    expires_at = serializers.DateTimeField(allow_null=True)
    download = serializers.BooleanField()


class CaseExportList(serializers.Serializer[Any]):
    items = CaseExportItem(many=True)


class CaseExportInput(StrictSerializer):
    kind = serializers.ChoiceField(choices=ExportKind.choices)
    language = serializers.ChoiceField(choices=Language.choices)


def _item(row: CaseExport) -> dict[str, Any]:
    ready = row.status == ExportStatus.READY
    plain = ("id", "kind", "language", "status", "progress_percent", "created_at", "expires_at")
    return {
        **{name: getattr(row, name) for name in plain},
        "size": row.file.size if ready and row.file else None,
        "sha256": row.file.sha256 if ready and row.file else None,
        "download": ready,
    }


class CaseExportsView(ApiView):
    """Own files about a case; ask for one. Taking everything along asks for a proof of the last minutes."""

    fresh: ClassVar[frozenset[str]] = frozenset({"POST"})

    @extend_schema(operation_id="cases_exports", responses=CaseExportList)
    def get(self, request: ApiRequest, case_id: UUID) -> Response:
        _case, rows = case_exports.exports_of(actor=request.actor, case_id=case_id)
        return self.ok(CaseExportList, {"items": [_item(row) for row in rows]})

    @extend_schema(operation_id="cases_export", request=CaseExportInput, responses={201: CaseExportItem})
    @idempotent
    def post(self, request: ApiRequest, case_id: UUID) -> Response:
        row = case_exports.request_export(actor=request.actor, case_id=case_id, **self.parse(CaseExportInput))
        return self.ok(CaseExportItem, _item(row), status=201)


class CaseExportFileView(ApiView):
    """The file itself; who loads it is shown to the borrower."""

    @extend_schema(
        operation_id="cases_export_file",
        responses={(200, "application/octet-stream"): OpenApiResponse(OpenApiTypes.BINARY)},
    )
    def get(self, request: ApiRequest, case_id: UUID, export_id: UUID) -> HttpResponse:
        row = case_exports.download(actor=request.actor, case_id=case_id, export_id=export_id)
        return private_file(row)
