"""Requests for a copy of one's data or for its erasure: own ones, and the work of staff on them."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework.response import Response

from kenes.accounts.api.privacy_serializers import (
    DataPreview,
    DataRequestInput,
    DataRequestItem,
    DataRequestKindQuery,
    DataRequestList,
    DataRequestNoteInput,
    DataRequestQuery,
    DataRequestRefusalInput,
    StaffDataRequestInput,
    StaffDataRequestItem,
    StaffDataRequestPage,
)
from kenes.accounts.api.serializers import EmptyInput
from kenes.accounts.models import PersonalDataRequest
from kenes.accounts.personal_data import copies, present, requests
from kenes.foundation.api import ApiRequest, ApiView
from kenes.foundation.idempotency import idempotent


class _OwnRequestView(ApiView):
    def answer(self, request: PersonalDataRequest, status: int = 200) -> Response:
        return self.ok(DataRequestItem, present.own(request, self.request.actor), status)


class OwnDataRequestsView(_OwnRequestView):
    """My requests; ask for a copy or for erasure."""

    fresh = frozenset({"POST"})

    @extend_schema(operation_id="me_data_requests", responses=DataRequestList)
    def get(self, request: ApiRequest) -> Response:
        found = requests.own_requests(request.actor)[:100]
        return self.ok(DataRequestList, {"items": [present.own(row, request.actor) for row in found]})

    @extend_schema(
        operation_id="me_data_requests_open", request=DataRequestInput, responses={201: DataRequestItem}
    )
    @idempotent
    def post(self, request: ApiRequest) -> Response:
        data = self.parse(DataRequestInput)
        assert request.actor.user_id
        opened = requests.open_request(
            actor=request.actor, person_id=request.actor.user_id, kind=data["kind"]
        )
        return self.answer(opened, status=201)


class OwnDataPreviewView(ApiView):
    """What a request would give, erase and keep."""

    @extend_schema(
        operation_id="me_data_requests_preview", parameters=[DataRequestKindQuery], responses=DataPreview
    )
    def get(self, request: ApiRequest) -> Response:
        kind = self.parse_query(DataRequestKindQuery)["kind"]
        assert request.actor.user_id
        return self.ok(DataPreview, present.live_preview(request.actor.user_id, kind))


class OwnDataRequestView(_OwnRequestView):
    @extend_schema(operation_id="me_data_requests_retrieve", responses=DataRequestItem)
    def get(self, request: ApiRequest, request_id: UUID) -> Response:
        return self.answer(requests.get_own(actor=request.actor, request_id=request_id))


class OwnDataRequestCancelView(_OwnRequestView):
    @extend_schema(operation_id="me_data_requests_cancel", request=EmptyInput, responses=DataRequestItem)
    @idempotent
    def post(self, request: ApiRequest, request_id: UUID) -> Response:
        self.parse(EmptyInput)
        return self.answer(requests.cancel(actor=request.actor, request_id=request_id))


class OwnDataRequestFileView(ApiView):
    """The copy itself, as a ZIP."""

    fresh = frozenset({"GET"})

    @extend_schema(
        operation_id="me_data_requests_file",
        responses={(200, "application/zip"): OpenApiTypes.BINARY},
    )
    def get(self, request: ApiRequest, request_id: UUID) -> HttpResponse:
        name, content = copies.download(actor=request.actor, request_id=request_id)
        response = HttpResponse(content, content_type="application/zip")
        response["Content-Disposition"] = f'attachment; filename="{name}"'
        response["Cache-Control"] = "no-store"
        return response


class _StaffView(ApiView):
    def staff_answer(self, request: PersonalDataRequest, status: int = 200) -> Response:
        row = requests.get_for_staff(actor=self.request.actor, request_id=request.pk)
        return self.ok(StaffDataRequestItem, present.for_staff(row, self.request.actor), status)


class DataRequestsView(_StaffView):
    """Requests of everybody, for those who start, decide or carry out."""

    @extend_schema(
        operation_id="data_requests_list", parameters=[DataRequestQuery], responses=StaffDataRequestPage
    )
    def get(self, request: ApiRequest) -> Response:
        query = self.parse_query(DataRequestQuery)
        actor = request.actor
        return self.page(
            StaffDataRequestItem,
            requests.all_requests(actor=actor, status=query["status"], kind=query["kind"]),
            limit=query["limit"],
            cursor=query["cursor"],
            transform=lambda rows: [present.for_staff(row, actor) for row in rows],
        )

    @extend_schema(
        operation_id="data_requests_open",
        request=StaffDataRequestInput,
        responses={201: StaffDataRequestItem},
    )
    @idempotent
    def post(self, request: ApiRequest) -> Response:
        data = self.parse(StaffDataRequestInput)
        return self.staff_answer(requests.open_request(actor=request.actor, **data), status=201)


class DataRequestView(_StaffView):
    @extend_schema(operation_id="data_requests_retrieve", responses=StaffDataRequestItem)
    def get(self, request: ApiRequest, request_id: UUID) -> Response:
        row = requests.get_for_staff(actor=request.actor, request_id=request_id)
        return self.ok(StaffDataRequestItem, present.for_staff(row, request.actor))


class _DecisionView(_StaffView):
    needs = "data_request.approve"
    fresh = frozenset({"POST"})

    def decide(self, request_id: UUID, *, approve: bool, data: dict[str, Any]) -> Response:
        decided = requests.decide(
            actor=self.request.actor, request_id=request_id, approve=approve, note=data["note"]
        )
        return self.staff_answer(decided)


class DataRequestApproveView(_DecisionView):
    @extend_schema(
        operation_id="data_requests_approve", request=DataRequestNoteInput, responses=StaffDataRequestItem
    )
    @idempotent
    def post(self, request: ApiRequest, request_id: UUID) -> Response:
        return self.decide(request_id, approve=True, data=self.parse(DataRequestNoteInput))


class DataRequestRefuseView(_DecisionView):
    @extend_schema(
        operation_id="data_requests_refuse", request=DataRequestRefusalInput, responses=StaffDataRequestItem
    )
    @idempotent
    def post(self, request: ApiRequest, request_id: UUID) -> Response:
        return self.decide(request_id, approve=False, data=self.parse(DataRequestRefusalInput))


class DataRequestExecuteView(_StaffView):
    needs = "data_request.execute"
    fresh = frozenset({"POST"})

    @extend_schema(operation_id="data_requests_execute", request=EmptyInput, responses=StaffDataRequestItem)
    @idempotent
    def post(self, request: ApiRequest, request_id: UUID) -> Response:
        self.parse(EmptyInput)
        return self.staff_answer(requests.execute(actor=request.actor, request_id=request_id))
