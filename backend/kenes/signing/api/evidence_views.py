"""Evidence packages: order, look how far it is, load. And the checker that goes into them, by itself."""

from typing import Any
from uuid import UUID

from cryptography.hazmat.primitives import hashes
from django.http import HttpResponse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework import serializers
from rest_framework.response import Response

from kenes.accounts import allowances
from kenes.accounts.sign_in import client_ip
from kenes.files.uploads import private_file
from kenes.foundation.api import PUBLIC, ApiRequest, ApiView, StrictSerializer
from kenes.foundation.idempotency import idempotent
from kenes.signing import organisation_seal
from kenes.signing.evidence import orders
from kenes.signing.evidence.checker import checker
from kenes.signing.evidence.models import EvidencePackage, EvidenceStatus

_BINARY = {(200, "application/octet-stream"): OpenApiResponse(OpenApiTypes.BINARY)}


class EvidenceOrderInput(StrictSerializer):
    pass


class EvidenceBody(serializers.Serializer[Any]):
    id = serializers.UUIDField()
    state = serializers.ChoiceField(choices=[(status.value, status.value) for status in EvidenceStatus])
    progress = serializers.IntegerField()
    ordered_at = serializers.DateTimeField()
    made_at = serializers.DateTimeField(allow_null=True)
    size = serializers.IntegerField(allow_null=True)
    sha256 = serializers.CharField(allow_null=True)
    url = serializers.CharField(allow_null=True)


class _EvidenceView(ApiView):
    def shown(self, package: EvidencePackage, status: int = 200) -> Response:
        ready = package.status == EvidenceStatus.READY and package.file is not None
        body = {
            "id": package.pk, "state": package.status, "progress": package.progress_percent,
            "ordered_at": package.ordered_at, "made_at": package.made_at,
            "size": package.file.size if ready and package.file else None,
            "sha256": package.file.sha256 if ready and package.file else None,
            "url": f"/api/v1/documents/{package.document_id}/evidence/file/" if ready else None,
        }  # fmt: skip
        return self.ok(EvidenceBody, body, status=status)


class EvidenceView(_EvidenceView):
    """The evidence package of one document."""

    @extend_schema(operation_id="documents_evidence", responses=EvidenceBody)
    def get(self, request: ApiRequest, document_id: UUID) -> Response:
        return self.shown(orders.get(actor=request.actor, document_id=document_id))

    @extend_schema(
        operation_id="documents_evidence_order", request=EvidenceOrderInput, responses={202: EvidenceBody}
    )
    @idempotent
    def post(self, request: ApiRequest, document_id: UUID) -> Response:
        self.parse(EvidenceOrderInput)
        return self.shown(orders.order(actor=request.actor, document_id=document_id), status=202)


class EvidenceFileView(ApiView):
    """The ZIP itself; who loads it is shown to those who signed."""

    @extend_schema(operation_id="documents_evidence_file", responses=_BINARY)
    def get(self, request: ApiRequest, document_id: UUID) -> HttpResponse:
        return private_file(orders.download(actor=request.actor, document_id=document_id))


class SealAuthorityItem(serializers.Serializer[Any]):
    subject = serializers.CharField()
    sha256 = serializers.CharField()


class SealAuthorityList(serializers.Serializer[Any]):
    items = SealAuthorityItem(many=True)


class SealAuthoritiesView(ApiView):
    """Certificates under which our seals stand, to be compared with those inside a package."""

    needs = PUBLIC

    @extend_schema(operation_id="seal_authorities", responses=SealAuthorityList)
    def get(self, request: ApiRequest) -> Response:
        allowances.spend("address_verify_page", client_ip(request._request))
        items = [
            {"subject": one.subject.rfc4514_string(), "sha256": one.fingerprint(hashes.SHA256()).hex()}
            for one in organisation_seal.authorities()
        ]
        return self.ok(SealAuthorityList, {"items": items})


class EvidenceCheckerView(ApiView):
    """`check.pyz`: the program that checks a package without us, taken from here instead of from the package."""

    needs = PUBLIC

    @extend_schema(operation_id="evidence_checker", responses=_BINARY)
    def get(self, request: ApiRequest) -> HttpResponse:
        allowances.spend("address_verify", client_ip(request._request))
        response = HttpResponse(checker(), content_type="application/octet-stream")
        response["Content-Disposition"] = 'attachment; filename="check.pyz"'
        response["X-Content-Type-Options"] = "nosniff"
        response["Cache-Control"] = "public, max-age=300"
        return response
