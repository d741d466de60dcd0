"""Addresses of documents for many cases: kinds, ordering, progress, the report and the ZIP."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.http import StreamingHttpResponse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.response import Response

from kenes.cases.api import list_inputs, list_outputs, list_present, present
from kenes.cases.api.job_views import selection
from kenes.cases.models import JobRow, ListJob
from kenes.documents import catalogue
from kenes.documents.bulk import batch_files, batches
from kenes.documents.models import BatchItem
from kenes.foundation.api import ApiRequest, ApiView, StrictSerializer
from kenes.foundation.fields_api import TextField
from kenes.foundation.idempotency import idempotent


class BatchKind(serializers.Serializer[Any]):
    """A kind that can be made for many cases; `asks`: questions that the case may have no answer to."""

    code = serializers.CharField()
    title = serializers.CharField()
    purpose = serializers.CharField()
    per = serializers.ChoiceField(choices=["debt", "case"])
    asks = serializers.ListField(child=serializers.CharField())


class BatchKindList(serializers.Serializer[Any]):
    items = BatchKind(many=True)


class BatchInput(StrictSerializer):
    """`forms` and `languages`: what the ZIP holds."""

    code = TextField(max_length=40)
    forms = serializers.ListField(
        child=serializers.ChoiceField(choices=batches.FORMS), min_length=1, max_length=3
    )
    languages = serializers.ListField(
        child=serializers.ChoiceField(choices=["ru", "kk"]), min_length=1, max_length=2
    )
    selection = list_inputs.CaseSelection()


class BatchDetail(list_outputs.ListJobItem):
    """`written`: documents that exist; `converting`: how many of them have no files yet; `ahead`: conversions before those."""

    title = serializers.CharField()
    written = serializers.IntegerField()
    converting = serializers.IntegerField()
    ahead = serializers.IntegerField()
    can_be_taken = serializers.BooleanField()
    expires_at = serializers.DateTimeField(allow_null=True)


class BatchRow(list_outputs.ListJobRow):
    document_id = serializers.UUIDField(allow_null=True)
    document_number = serializers.CharField(allow_null=True)


class BatchRowPage(serializers.Serializer[Any]):
    items = BatchRow(many=True)
    next_cursor = serializers.CharField(allow_null=True)


def _detail(job: ListJob) -> dict[str, Any]:
    kind = catalogue.get(job.action)
    return {
        **list_present.job(job),
        **batches.progress(job),
        "title": job.action if kind is None else str(kind.title),
        "can_be_taken": batch_files.can_be_taken(job),
        "expires_at": batch_files.expires_at(job),
    }


class BatchKindsView(ApiView):
    """Kinds of documents that can be made for many cases."""

    needs = "case.export"

    @extend_schema(operation_id="document_batch_kinds", responses=BatchKindList)
    def get(self, request: ApiRequest) -> Response:
        found = batches.kinds_for(request.actor)
        rows = [
            {
                "code": kind.code,
                "title": str(kind.title),
                "purpose": str(kind.purpose),
                "per": kind.per,
                "asks": [
                    str(field.ask)
                    for field in kind.fields
                    if field.required and field.when is None and not field.known
                ],
            }
            for kind in found
        ]
        return self.ok(BatchKindList, {"items": rows})


class BatchesView(ApiView):
    """Order one kind of document for many cases."""

    needs = "case.export"

    @extend_schema(operation_id="document_batches_start", request=BatchInput, responses={201: BatchDetail})
    @idempotent
    def post(self, request: ApiRequest) -> Response:
        told = self.parse(BatchInput)
        job = batches.start(
            actor=request.actor, code=told["code"], forms=told["forms"], languages=told["languages"],
            selection=selection(told["selection"]), language=present.language(),
        )  # fmt: skip
        return self.ok(BatchDetail, _detail(job), status=201)


class BatchView(ApiView):
    """How far the documents of one order are."""

    needs = "case.export"

    @extend_schema(operation_id="document_batch", responses=BatchDetail)
    def get(self, request: ApiRequest, job_id: UUID) -> Response:
        return self.ok(BatchDetail, _detail(batches.get(actor=request.actor, job_id=job_id)))


class BatchRowsView(ApiView):
    """The report, row by row, with what was made."""

    needs = "case.export"

    @extend_schema(
        operation_id="document_batch_rows",
        parameters=[list_inputs.JobRowsQuery],
        responses=BatchRowPage,
    )
    def get(self, request: ApiRequest, job_id: UUID) -> Response:
        query = self.parse_query(list_inputs.JobRowsQuery)
        job = batches.get(actor=request.actor, job_id=job_id)
        rows = job.rows.filter(state=query["state"]) if query["state"] else job.rows.all()

        def shown(page: Sequence[JobRow]) -> list[dict[str, Any]]:
            items = BatchItem.objects.filter(row__in=page).select_related("document")
            made = {item.row_id: item.document for item in items.defer("document__content", "document__text")}
            lines = list_present.job_rows(request.actor, page)
            return [
                line
                | {
                    "document_id": document.pk if document is not None and line["case_id"] else None,
                    "document_number": document.number if document is not None and line["case_id"] else None,
                }
                for line, row in zip(lines, page, strict=True)
                for document in [made.get(row.pk)]
            ]

        return self.page(
            BatchRow,
            rows,
            key=("position", "id"),
            limit=query["limit"],
            cursor=query["cursor"],
            transform=shown,
        )


class BatchFileView(ApiView):
    """The documents as one ZIP, put together while it is sent."""

    needs = "case.export"

    @extend_schema(
        operation_id="document_batch_file", responses={(200, "application/zip"): OpenApiTypes.BINARY}
    )
    def get(self, request: ApiRequest, job_id: UUID) -> StreamingHttpResponse:
        made = batch_files.archive(actor=request.actor, job_id=job_id)
        answer = StreamingHttpResponse(made.pieces, content_type="application/zip")
        answer["Content-Disposition"] = f'attachment; filename="{made.name}"'
        answer["Cache-Control"] = "private, no-store"
        # Passed on as it comes: a proxy that gathers it first would keep plain documents on its disk.
        answer["X-Accel-Buffering"] = "no"
        return answer
