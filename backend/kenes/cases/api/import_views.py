"""Addresses of the import of cases: the template, a look at a file, bringing it in."""

from uuid import UUID

from django.http import HttpResponse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.response import Response

from kenes.cases.api import list_outputs, list_present, present
from kenes.cases.lists import exports, import_files, imports
from kenes.files.uploads import FILE_BODIES, UploadView, private
from kenes.foundation.api import ApiRequest, ApiView, StrictSerializer
from kenes.foundation.idempotency import idempotent


class ImportTemplateQuery(StrictSerializer):
    """Kind of the template."""

    format = serializers.ChoiceField(["csv", "xlsx"], default="xlsx")


class ImportTemplateView(ApiView):
    """An empty table to fill in."""

    needs = "case.import"

    @extend_schema(
        operation_id="cases_import_template",
        parameters=[ImportTemplateQuery],
        responses={(200, exports.MIME["xlsx"]): OpenApiTypes.BINARY},
    )
    def get(self, request: ApiRequest) -> HttpResponse:
        format = self.parse_query(ImportTemplateQuery)["format"]
        answer = HttpResponse(imports.template(format, present.language()), content_type=exports.MIME[format])
        answer["Content-Disposition"] = f'attachment; filename="kenes-cases-template.{format}"'
        return private(answer)


class ImportPreviewView(UploadView):
    """Look at a file: errors by row and cell. Makes no case."""

    needs = "case.import"
    max_bytes = import_files.MAX_BYTES

    @extend_schema(
        operation_id="cases_import_preview",
        request=FILE_BODIES,
        responses={201: list_outputs.ListJobItem},
    )
    def post(self, request: ApiRequest) -> Response:
        data, _name = self.uploaded(request)
        work = imports.preview(actor=request.actor, data=data, language=present.language())
        return self.ok(list_outputs.ListJobItem, list_present.job(work), status=201)


class ImportStartView(ApiView):
    """Bring in the file that was looked at: all of it or nothing."""

    needs = "case.import"

    @extend_schema(operation_id="cases_import_start", request=None, responses=list_outputs.ListJobItem)
    @idempotent
    def post(self, request: ApiRequest, job_id: UUID) -> Response:
        work = imports.start(actor=request.actor, job_id=job_id)
        return self.ok(list_outputs.ListJobItem, list_present.job(work))
