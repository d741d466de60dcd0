"""Signing by ЭЦП out of the browser and in eGov mobile: the signer's own requests only."""

from typing import Any
from uuid import UUID

from django.conf import settings
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.response import Response

from kenes.accounts.api.key_views import CmsField
from kenes.foundation.api import ApiRequest, ApiView, StrictSerializer
from kenes.foundation.idempotency import idempotent
from kenes.foundation.parsing import LargeJSONParser
from kenes.signing import selectors
from kenes.signing.api import large_bodies
from kenes.signing.api.origins import origin_of
from kenes.signing.api.serializers import SignatureRequestBody
from kenes.signing.eds import qr, signing
from kenes.signing.eds.models import QrState

# An attached CMS holds the document as well, and what proves the signature; four characters for three octets, and ends of lines.
MAX_CMS_CHARACTERS = (settings.VERIFY_MAX_BYTES + 256 * 1024) * 4 // 3 * 65 // 64
_MAX_BODY = MAX_CMS_CHARACTERS + 16 * 1024


class NcaParamsBody(serializers.Serializer[Any]):
    iin = serializers.CharField(allow_null=True)
    bin = serializers.CharField(allow_null=True)
    ext_key_usage_oids = serializers.ListField(child=serializers.CharField())
    chain_any = serializers.BooleanField()
    tsa = serializers.BooleanField()


class EdsOptionsBody(serializers.Serializer[Any]):
    document_sha256 = serializers.CharField()
    content_url = serializers.CharField()
    nca_params = NcaParamsBody()
    ncalayer_url = serializers.CharField()


class EdsSignInput(StrictSerializer):
    cms = CmsField(max_length=MAX_CMS_CHARACTERS)
    document_sha256 = serializers.RegexField(r"^[0-9a-f]{64}\Z")


class EmptyBody(StrictSerializer):
    pass


class QrLaunchLink(serializers.Serializer[Any]):
    name = serializers.CharField()
    url = serializers.CharField()


class QrOperationBody(serializers.Serializer[Any]):
    id = serializers.UUIDField()
    state = serializers.ChoiceField(choices=QrState.choices)
    qr_image = serializers.CharField(allow_blank=True)
    launch_links = QrLaunchLink(many=True)
    expires_at = serializers.DateTimeField(allow_null=True)
    code = serializers.CharField(allow_blank=True)
    detail = serializers.CharField(allow_blank=True)


class EdsSigningView(ApiView):
    parser_classes = [LargeJSONParser]
    max_body_bytes = _MAX_BODY

    @extend_schema(operation_id="signature_requests_eds_options", responses=EdsOptionsBody)
    def get(self, request: ApiRequest, request_id: UUID) -> Response:
        return self.ok(EdsOptionsBody, signing.options(actor=request.actor, request_id=request_id))

    @extend_schema(
        operation_id="signature_requests_eds_sign", request=EdsSignInput, responses=SignatureRequestBody
    )
    def post(self, request: ApiRequest, request_id: UUID) -> Response:
        # Without @idempotent: it asks the certification authority. The same signature a second time answers already_signed.
        with large_bodies.room_for(request, limit=_MAX_BODY):
            data = self.parse(EdsSignInput)
            signed = signing.sign(
                actor=request.actor, request_id=request_id, origin=origin_of(request), **data
            )
        return self.ok(SignatureRequestBody, selectors.view_of(signed))


class QrStartView(ApiView):
    @extend_schema(operation_id="signature_requests_qr", request=EmptyBody, responses={201: QrOperationBody})
    @idempotent
    def post(self, request: ApiRequest, request_id: UUID) -> Response:
        self.parse(EmptyBody)
        made = qr.start(actor=request.actor, request_id=request_id, origin=origin_of(request))
        return self.ok(QrOperationBody, qr.view_of(made), status=201)


class QrOperationView(ApiView):
    @extend_schema(operation_id="qr_operations_get", responses=QrOperationBody)
    def get(self, request: ApiRequest, operation_id: UUID) -> Response:
        return self.ok(QrOperationBody, qr.view_of(qr.get(actor=request.actor, operation_id=operation_id)))


class QrCancelView(ApiView):
    @extend_schema(operation_id="qr_operations_cancel", request=EmptyBody, responses=QrOperationBody)
    @idempotent
    def post(self, request: ApiRequest, operation_id: UUID) -> Response:
        self.parse(EmptyBody)
        ended = qr.cancel(actor=request.actor, operation_id=operation_id)
        return self.ok(QrOperationBody, qr.view_of(ended))
