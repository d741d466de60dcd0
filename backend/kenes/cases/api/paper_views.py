"""Addresses of what a borrower does about a paper that the case waits for."""

from uuid import UUID

from django.http import HttpResponse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework.response import Response

from kenes.cases.api import intake_serializers, outputs
from kenes.cases.api.views import CaseView
from kenes.cases.tracks import paper_files, paper_reviews
from kenes.files.uploads import FILE_BODIES, UploadView, private_file
from kenes.foundation.api import ApiRequest
from kenes.foundation.idempotency import idempotent


class CaseMissingPaperFileView(UploadView, CaseView):
    """The file of a paper that the case waits for."""

    max_bytes = paper_files.MAX_BYTES

    @extend_schema(
        operation_id="cases_paper_file", responses={(200, "application/octet-stream"): OpenApiTypes.BINARY}
    )
    def get(self, request: ApiRequest, case_id: UUID, paper_id: UUID) -> HttpResponse:
        """What was uploaded, once the virus check has passed it."""
        return private_file(paper_files.file_of(actor=request.actor, case_id=case_id, paper_id=paper_id))

    @extend_schema(
        operation_id="cases_paper_attach",
        request=FILE_BODIES,
        responses=outputs.CaseDetail,
    )
    def put(self, request: ApiRequest, case_id: UUID, paper_id: UUID) -> Response:
        """Upload the paper; a file given before is replaced."""
        # Before the file is looked at: who may not give papers learns nothing of them.
        paper_files.require_giver(actor=request.actor, case_id=case_id)
        data, name = self.uploaded(request)
        paper_files.attach(actor=request.actor, case_id=case_id, paper_id=paper_id, data=data, name=name)
        return self.detail(case_id)


class CasePaperPromiseView(CaseView):
    """The day on which the borrower brings a paper."""

    scopes = {"POST": "cases:write"}

    @extend_schema(
        operation_id="cases_paper_promise",
        request=intake_serializers.PaperPromiseInput,
        responses=outputs.CaseDetail,
    )
    @idempotent
    def post(self, request: ApiRequest, case_id: UUID, paper_id: UUID) -> Response:
        """Say on which day the paper is brought in person."""
        data = self.parse(intake_serializers.PaperPromiseInput)
        paper_files.promise(actor=request.actor, case_id=case_id, paper_id=paper_id, **data)
        return self.detail(case_id)


class CasePaperReviewView(CaseView):
    """What staff say of a paper that came."""

    scopes = {"POST": "cases:write"}

    @extend_schema(
        operation_id="cases_paper_review",
        request=intake_serializers.PaperReviewInput,
        responses=outputs.CaseDetail,
    )
    @idempotent
    def post(self, request: ApiRequest, case_id: UUID, paper_id: UUID) -> Response:
        """Accept a paper, or say that it cannot be read and why; then it is asked for again."""
        data = self.parse(intake_serializers.PaperReviewInput)
        if data["decision"] == "accept":
            paper_reviews.accept(actor=request.actor, case_id=case_id, paper_id=paper_id)
        else:
            paper_reviews.mark_unreadable(
                actor=request.actor, case_id=case_id, paper_id=paper_id, reason=data["reason"]
            )
        return self.detail(case_id)
