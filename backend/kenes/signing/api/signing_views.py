"""Ask, send the code, confirm, decline: the signer's own requests only."""

from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework.response import Response

from kenes.accounts.sign_in import client_ip
from kenes.foundation.api import ApiRequest, ApiView
from kenes.foundation.idempotency import idempotent
from kenes.signing import selectors
from kenes.signing.api.serializers import (
    SignatureCodeInput,
    SignatureConfirmInput,
    SignatureDeclineInput,
    SignatureRequestBody,
    SignatureRequestInput,
)
from kenes.signing.models import SignatureRequest
from kenes.signing.services import confirmation, requests


class _RequestView(ApiView):
    def shown(self, request: SignatureRequest, status: int = 200) -> Response:
        return self.ok(SignatureRequestBody, selectors.view_of(request), status=status)


class SignatureRequestsView(_RequestView):
    @extend_schema(
        operation_id="signature_requests_create",
        request=SignatureRequestInput,
        responses={201: SignatureRequestBody},
    )
    @idempotent
    def post(self, request: ApiRequest, document_id: UUID) -> Response:
        self.parse(SignatureRequestInput)
        made = requests.request_signature(actor=request.actor, document_id=document_id)
        return self.shown(made, status=201)


class SignatureRequestView(_RequestView):
    @extend_schema(operation_id="signature_requests_get", responses=SignatureRequestBody)
    def get(self, request: ApiRequest, request_id: UUID) -> Response:
        return self.shown(selectors.get_request(actor=request.actor, request_id=request_id))


class SignatureCodeView(_RequestView):
    @extend_schema(
        operation_id="signature_requests_send_code",
        request=SignatureCodeInput,
        responses=SignatureRequestBody,
    )
    @idempotent
    def post(self, request: ApiRequest, request_id: UUID) -> Response:
        data = self.parse(SignatureCodeInput)
        return self.shown(requests.send_code(actor=request.actor, request_id=request_id, **data))


class SignatureConfirmView(_RequestView):
    @extend_schema(
        operation_id="signature_requests_confirm",
        request=SignatureConfirmInput,
        responses=SignatureRequestBody,
    )
    def post(self, request: ApiRequest, request_id: UUID) -> Response:
        # Without @idempotent: a wrong code must stay counted. A repeated right one answers already_signed.
        data = self.parse(SignatureConfirmInput)
        origin = confirmation.Origin(
            ip=client_ip(request._request), user_agent=request.headers.get("User-Agent", "")
        )
        return self.shown(
            confirmation.confirm_signature(
                actor=request.actor, request_id=request_id, digits=data["code"], origin=origin
            )
        )


class SignatureDeclineView(_RequestView):
    @extend_schema(
        operation_id="signature_requests_decline",
        request=SignatureDeclineInput,
        responses=SignatureRequestBody,
    )
    @idempotent
    def post(self, request: ApiRequest, request_id: UUID) -> Response:
        data = self.parse(SignatureDeclineInput)
        return self.shown(requests.decline_signature(actor=request.actor, request_id=request_id, **data))
