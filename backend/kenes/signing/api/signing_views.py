"""Ask, send the code, confirm, decline: the signer's own requests only."""

from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework.response import Response

from kenes.foundation.api import ApiRequest, ApiView
from kenes.foundation.idempotency import idempotent
from kenes.signing import selectors
from kenes.signing.api.origins import origin_of
from kenes.signing.api.serializers import (
    SignatureCodeInput,
    SignatureConfirmInput,
    SignatureDeclineInput,
    SignatureRequestBody,
    SignatureRequestInput,
    SignatureShownInput,
)
from kenes.signing.models import SignatureRequest
from kenes.signing.services import answers, confirmation, requests


class RequestView(ApiView):
    """A view that answers with the signer's own request."""

    def shown(self, request: SignatureRequest, status: int = 200) -> Response:
        return self.ok(SignatureRequestBody, selectors.view_of(request), status=status)


class SignatureRequestsView(RequestView):
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


class SignatureRequestView(RequestView):
    @extend_schema(operation_id="signature_requests_get", responses=SignatureRequestBody)
    def get(self, request: ApiRequest, request_id: UUID) -> Response:
        return self.shown(selectors.get_request(actor=request.actor, request_id=request_id))


class SignatureShownView(RequestView):
    @extend_schema(
        operation_id="signature_requests_shown",
        request=SignatureShownInput,
        responses=SignatureRequestBody,
    )
    @idempotent
    def post(self, request: ApiRequest, request_id: UUID) -> Response:
        data = self.parse(SignatureShownInput)
        session = origin_of(request).session
        noted = answers.note_shown(actor=request.actor, request_id=request_id, session=session, **data)
        return self.shown(noted)


class SignatureCodeView(RequestView):
    @extend_schema(
        operation_id="signature_requests_send_code",
        request=SignatureCodeInput,
        responses=SignatureRequestBody,
    )
    @idempotent
    def post(self, request: ApiRequest, request_id: UUID) -> Response:
        data = self.parse(SignatureCodeInput)
        session = origin_of(request).session
        sent = requests.send_code(actor=request.actor, request_id=request_id, session=session, **data)
        return self.shown(sent)


class SignatureConfirmView(RequestView):
    @extend_schema(
        operation_id="signature_requests_confirm",
        request=SignatureConfirmInput,
        responses=SignatureRequestBody,
    )
    def post(self, request: ApiRequest, request_id: UUID) -> Response:
        # Without @idempotent: a wrong code must stay counted. A repeated right one answers already_signed.
        data = self.parse(SignatureConfirmInput)
        signed = confirmation.confirm_signature(
            actor=request.actor, request_id=request_id, digits=data["code"], origin=origin_of(request)
        )
        return self.shown(signed)


class SignatureDeclineView(RequestView):
    @extend_schema(
        operation_id="signature_requests_decline",
        request=SignatureDeclineInput,
        responses=SignatureRequestBody,
    )
    @idempotent
    def post(self, request: ApiRequest, request_id: UUID) -> Response:
        data = self.parse(SignatureDeclineInput)
        return self.shown(answers.decline_signature(actor=request.actor, request_id=request_id, **data))
