"""Addresses of papers that are missing, of the borrower's word on the closing, and of consents written down by staff."""

from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework.response import Response

from kenes.cases import services
from kenes.cases.api import intake_serializers, outputs
from kenes.cases.api.views import CaseView
from kenes.cases.story import on_behalf
from kenes.cases.tracks import papers
from kenes.foundation.api import ApiRequest, ApiView
from kenes.foundation.idempotency import idempotent


class CasePaperView(CaseView):
    """One missing paper."""

    scopes = {"POST": "cases:write"}

    @extend_schema(
        operation_id="cases_paper_settle",
        request=intake_serializers.PaperSettleInput,
        responses=outputs.CaseDetail,
    )
    @idempotent
    def post(self, request: ApiRequest, case_id: UUID, paper_id: UUID) -> Response:
        """Mark a paper as received, or waive it (staff). The last one lets the work go on."""
        data = self.parse(intake_serializers.PaperSettleInput)
        papers.settle(actor=request.actor, case_id=case_id, paper_id=paper_id, **data)
        return self.detail(case_id)


class CaseClosingView(CaseView):
    """The borrower's word on the closing."""

    scopes = {"POST": "cases:write"}

    @extend_schema(
        operation_id="cases_closing_answer",
        request=intake_serializers.ClosingAnswerInput,
        responses=outputs.CaseDetail,
    )
    @idempotent
    def post(self, request: ApiRequest, case_id: UUID) -> Response:
        """Confirm that the case is closed, or say why it is not."""
        data = self.parse(intake_serializers.ClosingAnswerInput)
        services.answer_closing(actor=request.actor, case_id=case_id, **data)
        return self.detail(case_id)


class RecordedConsentsView(ApiView):
    """Consents that staff wrote down for the reader."""

    @extend_schema(operation_id="recorded_consents", responses=intake_serializers.RecordedConsentList)
    def get(self, request: ApiRequest) -> Response:
        rows = list(on_behalf.consents_of(actor=request.actor)[:100])
        return self.ok(intake_serializers.RecordedConsentList, intake_serializers.consents(rows))


class RecordedConsentAnswerView(ApiView):
    """What the reader says of a consent that staff wrote down for him."""

    @extend_schema(
        operation_id="recorded_consents_answer",
        request=intake_serializers.RecordedConsentAnswerInput,
        responses=intake_serializers.RecordedConsentList,
    )
    @idempotent
    def post(self, request: ApiRequest, consent_id: UUID) -> Response:
        """Confirm the record, or object and say why."""
        data = self.parse(intake_serializers.RecordedConsentAnswerInput)
        on_behalf.answer_recorded(actor=request.actor, consent_id=consent_id, **data)
        rows = list(on_behalf.consents_of(actor=request.actor)[:100])
        return self.ok(intake_serializers.RecordedConsentList, intake_serializers.consents(rows))
