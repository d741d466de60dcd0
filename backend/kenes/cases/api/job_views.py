"""Addresses of long work over many cases: bulk changes, exports, their progress and reports."""

from typing import Any
from uuid import UUID

from django.http import StreamingHttpResponse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework.response import Response

from kenes.cases.api import list_inputs, list_outputs, list_present, present
from kenes.cases.lists import bulk_runs, exports, jobs
from kenes.foundation.api import ApiRequest, ApiView
from kenes.foundation.idempotency import idempotent


def selection(data: dict[str, Any]) -> bulk_runs.Selection:
    """The plain value of chosen cases."""
    if data["all_found"]:
        return bulk_runs.Selection(filters=list_inputs.filters(data.get("filters") or {}))
    return bulk_runs.Selection(ids=tuple(data["ids"]))


class BulkPreviewView(ApiView):
    """What a change of many cases would do, row by row; changes nothing."""

    needs = "case.assign"

    @extend_schema(
        operation_id="cases_bulk_preview",
        request=list_inputs.BulkInput,
        responses=list_outputs.BulkPreview,
    )
    def post(self, request: ApiRequest) -> Response:
        data = self.parse(list_inputs.BulkInput)
        made = bulk_runs.preview(
            actor=request.actor, action=data["action"], params=data["params"],
            selection=selection(data["selection"]),
        )  # fmt: skip
        return self.ok(list_outputs.BulkPreview, list_present.preview(made))


class BulkView(ApiView):
    """Change many cases, off the request."""

    needs = "case.assign"

    @extend_schema(
        operation_id="cases_bulk_start",
        request=list_inputs.BulkInput,
        responses={201: list_outputs.ListJobItem},
    )
    @idempotent
    def post(self, request: ApiRequest) -> Response:
        data = self.parse(list_inputs.BulkInput)
        work = bulk_runs.start(
            actor=request.actor, action=data["action"], params=data["params"],
            selection=selection(data["selection"]), language=present.language(),
        )  # fmt: skip
        return self.ok(list_outputs.ListJobItem, list_present.job(work), status=201)


class ExportView(ApiView):
    """The list as a file, made off the request."""

    needs = "case.export"

    @extend_schema(
        operation_id="cases_export_start",
        request=list_inputs.ExportInput,
        responses={201: list_outputs.ListJobItem},
    )
    @idempotent
    def post(self, request: ApiRequest) -> Response:
        data = self.parse(list_inputs.ExportInput)
        work = exports.start(
            actor=request.actor, format=data["format"], selection=selection(data["selection"]),
            sort=data["sort"], columns=tuple(dict.fromkeys(data["columns"])), language=present.language(),
        )  # fmt: skip
        return self.ok(list_outputs.ListJobItem, list_present.job(work), status=201)


class JobsView(ApiView):
    """One's long work."""

    needs = "staff.area"

    @extend_schema(
        operation_id="list_jobs", parameters=[list_inputs.JobsQuery], responses=list_outputs.ListJobPage
    )
    def get(self, request: ApiRequest) -> Response:
        query = self.parse_query(list_inputs.JobsQuery)
        return self.page(
            list_outputs.ListJobItem,
            jobs.jobs_of(request.actor, query["kind"]),
            limit=query["limit"],
            cursor=query["cursor"],
            transform=lambda page: [list_present.job(work) for work in page],
        )


class JobView(ApiView):
    """How far one piece of work is."""

    needs = "staff.area"

    @extend_schema(operation_id="list_job", responses=list_outputs.ListJobItem)
    def get(self, request: ApiRequest, job_id: UUID) -> Response:
        work = jobs.get_job(actor=request.actor, job_id=job_id)
        return self.ok(list_outputs.ListJobItem, list_present.job(work))


class JobRowsView(ApiView):
    """The report, row by row."""

    needs = "staff.area"

    @extend_schema(
        operation_id="list_job_rows",
        parameters=[list_inputs.JobRowsQuery],
        responses=list_outputs.ListJobRowPage,
    )
    def get(self, request: ApiRequest, job_id: UUID) -> Response:
        query = self.parse_query(list_inputs.JobRowsQuery)
        work = jobs.get_job(actor=request.actor, job_id=job_id)
        rows = work.rows.filter(state=query["state"]) if query["state"] else work.rows.all()
        return self.page(
            list_outputs.ListJobRow,
            rows,
            key=("position", "id"),
            limit=query["limit"],
            cursor=query["cursor"],
            transform=lambda page: list_present.job_rows(request.actor, page),
        )


class JobStopView(ApiView):
    """Do no more rows."""

    needs = "staff.area"

    @extend_schema(operation_id="list_job_stop", request=None, responses=list_outputs.ListJobItem)
    @idempotent
    def post(self, request: ApiRequest, job_id: UUID) -> Response:
        work = jobs.stop(actor=request.actor, job_id=job_id)
        return self.ok(list_outputs.ListJobItem, list_present.job(work))


class JobFileView(ApiView):
    """The file of an export."""

    needs = "case.export"

    @extend_schema(operation_id="list_job_file", responses={(200, "text/csv"): OpenApiTypes.BINARY})
    def get(self, request: ApiRequest, job_id: UUID) -> StreamingHttpResponse:
        file = exports.file_of(actor=request.actor, job_id=job_id)
        answer = StreamingHttpResponse(file.pieces(), content_type=file.mime)
        answer["Content-Disposition"] = f'attachment; filename="{file.name}"'
        answer["Content-Length"] = str(len(file.data))
        answer["Cache-Control"] = "private, no-store"
        return answer
