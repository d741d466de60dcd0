"""Addresses of what was read in uploaded papers."""

from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework.response import Response

from kenes.cases.api import reading_present
from kenes.cases.api.reading_serializers import FindingDecisionInput, PaperReadings, plain
from kenes.cases.tracks import paper_readings
from kenes.foundation.api import ApiRequest, ApiView
from kenes.foundation.idempotency import idempotent


class _ReadingView(ApiView):
    def _all(self, case_id: UUID) -> Response:
        actor = self.request.actor
        case, rows = paper_readings.readings_of(actor=actor, case_id=case_id)
        return self.ok(PaperReadings, reading_present.readings(actor, case, rows))


class CaseReadingsView(_ReadingView):
    """What was read in the papers of a case."""

    @extend_schema(operation_id="cases_readings", responses=PaperReadings)
    def get(self, request: ApiRequest, case_id: UUID) -> Response:
        """Values found in papers, each with its quote and page, beside what the case says."""
        return self._all(case_id)


class CaseFindingView(_ReadingView):
    """One value found in a paper."""

    @extend_schema(operation_id="cases_finding_decide", request=FindingDecisionInput, responses=PaperReadings)
    @idempotent
    def post(self, request: ApiRequest, case_id: UUID, finding_id: UUID) -> Response:
        """Confirm the value or another in its place, or dismiss it. Only then the case takes it over."""
        data = self.parse(FindingDecisionInput)
        paper_readings.decide(
            actor=request.actor, case_id=case_id, finding_id=finding_id, decision=data["decision"],
            value=plain(data["value"]), obligation_id=data["obligation_id"],
        )  # fmt: skip
        return self._all(case_id)
