"""The work on one case: who has it, handing over, urgency."""

from typing import Any
from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework.response import Response

from kenes.cases.api import queue_serializers as json
from kenes.cases.api.present import language
from kenes.cases.api.queue_views import absence_item
from kenes.cases.work import assignment, work_view
from kenes.foundation.api import ApiRequest, ApiView
from kenes.foundation.idempotency import idempotent


class _WorkView(ApiView):
    needs = "staff.area"

    def panel(self, case_id: UUID) -> Response:
        actor = self.request.actor
        work = work_view.work_on(actor=actor, case_id=case_id)
        case = work.case
        page: dict[str, Any] = {
            "version": case.version,
            "assignee": work_view.person_ref(case.assignee),
            "assignee_absence": absence_item(work.absence, actor),
            "queue": {"id": case.queue.pk, "name": case.queue.name(language())} if case.queue else None,
            "urgency": {
                "effective": case.urgency, "computed": work.computed, "raised": case.raised_urgency,
                "held": work.held,
            },
            "suggestions": [
                {
                    "person": work_view.person_ref(row.load.person), "open_cases": row.load.open_cases,
                    "capacity": row.load.capacity, "best": row.best, "free": row.load.is_free,
                    "reasons": row.reasons,
                }
                for row in work.suggestions
            ],
            "escalations": work.escalations,
            "allowed_actions": work.allowed_actions,
        }  # fmt: skip
        return self.ok(json.CaseAssignment, page)


class CaseAssignmentView(_WorkView):
    """Who has the case, whom it may go to, how urgent it is held to be."""

    @extend_schema(operation_id="cases_assignment", responses=json.CaseAssignment)
    def get(self, request: ApiRequest, case_id: UUID) -> Response:
        return self.panel(case_id)


class CaseTakeView(_WorkView):
    """Take a case out of the common list."""

    needs = "case.assign"

    @extend_schema(operation_id="cases_take", request=json.TakeInput, responses=json.CaseAssignment)
    @idempotent
    def post(self, request: ApiRequest, case_id: UUID) -> Response:
        data = self.parse(json.TakeInput)
        assignment.take_case(actor=request.actor, case_id=case_id, version=data.get("version"))
        return self.panel(case_id)


class CaseHandOverView(_WorkView):
    """Give a case to another manager with words."""

    needs = "case.assign"

    @extend_schema(operation_id="cases_hand_over", request=json.HandOverInput, responses={204: None})
    @idempotent
    def post(self, request: ApiRequest, case_id: UUID) -> Response:
        assignment.hand_over(actor=request.actor, case_id=case_id, **self.parse(json.HandOverInput))
        # Whoever gave his case away may see nothing of it any more.
        return Response(status=204)


class CaseGiveBackView(_WorkView):
    """Return a case to the common list."""

    needs = "case.assign"

    @extend_schema(operation_id="cases_give_back", request=json.GiveBackInput, responses={204: None})
    @idempotent
    def post(self, request: ApiRequest, case_id: UUID) -> Response:
        assignment.give_back(actor=request.actor, case_id=case_id, **self.parse(json.GiveBackInput))
        return Response(status=204)


class CaseGiveByQueueView(_WorkView):
    """Give a case to whoever is next in its queue."""

    needs = "case.assign"

    @extend_schema(operation_id="cases_give_by_queue", request=json.TakeInput, responses=json.CaseAssignment)
    @idempotent
    def post(self, request: ApiRequest, case_id: UUID) -> Response:
        data = self.parse(json.TakeInput)
        assignment.give_by_queue(actor=request.actor, case_id=case_id, version=data.get("version"))
        return self.panel(case_id)


class CaseUrgencyView(_WorkView):
    """Hold a case more urgent than its story says, or give it back to the computed value."""

    @extend_schema(operation_id="cases_urgency", request=json.UrgencyInput, responses=json.CaseAssignment)
    @idempotent
    def post(self, request: ApiRequest, case_id: UUID) -> Response:
        assignment.set_urgency(actor=request.actor, case_id=case_id, **self.parse(json.UrgencyInput))
        return self.panel(case_id)
