"""Addresses of the API of cases: form, detail, work of staff."""

from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework.response import Response

from kenes.accounts import selectors as account_selectors
from kenes.cases import selectors, services
from kenes.cases.api import inputs, outputs, present
from kenes.cases.story import submission
from kenes.foundation.api import ApiRequest, ApiView
from kenes.foundation.errors import Forbidden
from kenes.foundation.idempotency import idempotent


class CaseView(ApiView):
    """What the views of cases share."""

    def require_filing(self) -> None:
        """Forms are for who gives in cases: borrowers their own, staff those of borrowers whose consent is recorded."""
        if not (self.request.actor.can("case.file") or self.request.actor.can("case.file_for_others")):
            raise Forbidden

    def detail(self, case_id: UUID, status: int = 200) -> Response:
        case = selectors.get_case_with_everything(actor=self.request.actor, case_id=case_id)
        response = self.ok(outputs.CaseDetail, present.detail(case, self.request.actor), status)
        # Who sees a case by letters alone is not told its version, which counts what happens with other creditors.
        response["ETag"] = f'"{response.data["version"]}"'
        return response


class CaseDetailView(CaseView):
    """One case."""

    scopes = {"GET": "cases:read"}

    @extend_schema(operation_id="cases_retrieve", responses=outputs.CaseDetail)
    def get(self, request: ApiRequest, case_id: UUID) -> Response:
        return self.detail(case_id)


class CaseDraftView(CaseView):
    """The half-filled form."""

    scopes = {"GET": "cases:read", "PUT": "cases:write"}

    @extend_schema(operation_id="cases_draft_retrieve", responses=outputs.CaseDraftDetail)
    def get(self, request: ApiRequest, case_id: UUID) -> Response:
        self.require_filing()
        draft = selectors.get_draft(actor=request.actor, case_id=case_id)
        if draft is None:
            return self.ok(outputs.CaseDraftDetail, {"step": "", "data": None, "saved_at": None})
        return self.ok(outputs.CaseDraftDetail, draft)

    @extend_schema(
        operation_id="cases_draft_save", request=inputs.CaseDraftInput, responses=outputs.CaseDraftSaved
    )
    def put(self, request: ApiRequest, case_id: UUID) -> Response:
        self.require_filing()
        data = self.parse(inputs.CaseDraftInput)
        draft = submission.save_draft(actor=request.actor, case_id=case_id, **data)
        return self.ok(outputs.CaseDraftSaved, draft)


class CaseSubmitView(CaseView):
    """Send the form in."""

    scopes = {"POST": "cases:write"}

    @extend_schema(operation_id="cases_submit", request=inputs.CaseSubmission, responses=outputs.CaseDetail)
    @idempotent
    def post(self, request: ApiRequest, case_id: UUID) -> Response:
        self.require_filing()
        form = inputs.submission(self.parse(inputs.CaseSubmission))
        submission.submit_case(actor=request.actor, case_id=case_id, form=form)
        return self.detail(case_id)


class CaseAssignView(CaseView):
    """Give a case to a manager."""

    needs = "case.assign"
    scopes = {"POST": "cases:write"}

    @extend_schema(operation_id="cases_assign", request=inputs.CaseAssignInput, responses=outputs.CaseDetail)
    @idempotent
    def post(self, request: ApiRequest, case_id: UUID) -> Response:
        data = self.parse(inputs.CaseAssignInput)
        services.assign_case(actor=request.actor, case_id=case_id, **data)
        return self.detail(case_id)


class CaseMoveView(CaseView):
    """Move a case by the table."""

    scopes = {"POST": "cases:write"}

    @extend_schema(operation_id="cases_move", request=inputs.CaseMoveInput, responses=outputs.CaseDetail)
    @idempotent
    def post(self, request: ApiRequest, case_id: UUID) -> Response:
        data = self.parse(inputs.CaseMoveInput)
        services.move_case(
            actor=request.actor,
            case_id=case_id,
            **{**data, "track_kinds": tuple(data["track_kinds"]), "papers": tuple(data["papers"])},
        )
        return self.detail(case_id)


class CaseFactsView(CaseView):
    """Dated facts; terms follow from them."""

    scopes = {"POST": "cases:write"}

    @extend_schema(
        operation_id="cases_record_fact", request=inputs.CaseFactInput, responses=outputs.CaseDetail
    )
    @idempotent
    def post(self, request: ApiRequest, case_id: UUID) -> Response:
        data = self.parse(inputs.CaseFactInput)
        services.record_fact(
            actor=request.actor, case_id=case_id, kind=data["kind"], on=data["date"], text=data["text"],
            obligation_id=data["obligation_id"],
        )  # fmt: skip
        return self.detail(case_id)


class CaseRevealView(CaseView):
    """Unmask ИИН, phone or income; kept with the reason."""

    needs = "case.reveal"

    @extend_schema(
        operation_id="cases_reveal", request=inputs.CaseRevealInput, responses=outputs.CaseRevealed
    )
    def post(self, request: ApiRequest, case_id: UUID) -> Response:
        data = self.parse(inputs.CaseRevealInput)
        values = services.reveal(
            actor=request.actor, case_id=case_id, fields=tuple(data["fields"]), reason=data["reason"]
        )
        if values.get("income"):
            values["income"] = outputs.CaseIncome(values["income"]).data
        return Response(values)


class ManagersView(ApiView):
    """People a case can be given to."""

    needs = "staff.see_managers"

    @extend_schema(operation_id="staff_managers", responses=outputs.ManagerList)
    def get(self, request: ApiRequest) -> Response:
        return self.ok(outputs.ManagerList, present.managers(account_selectors.active_managers()))
