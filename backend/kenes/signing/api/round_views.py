"""Rounds of signatures: choosing signers, and what each of them does besides signing."""

from typing import Any
from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework.response import Response

from kenes.accounts.specialists import MAX_PROOF_BYTES
from kenes.documents import kinds
from kenes.documents.models import Document
from kenes.files.uploads import FILE_BODIES, UploadView
from kenes.foundation.api import ApiRequest, ApiView
from kenes.foundation.idempotency import idempotent
from kenes.signing import round_selectors, selectors
from kenes.signing.api.round_serializers import (
    MySignature,
    MySignaturePage,
    MySignaturesQuery,
    SignatureDelegateInput,
    SignaturePaperRefuseInput,
    SigningRepresentatives,
    SigningRoundBody,
    SigningRoundInput,
)
from kenes.signing.api.serializers import SignatureRequestBody, SignatureRequestInput
from kenes.signing.api.signing_views import RequestView
from kenes.signing.models import SignatureRequest
from kenes.signing.round_selectors import Person
from kenes.signing.services import answers, papers, reminders, rounds


def _document(document: Document) -> dict[str, Any]:
    return {
        "id": document.pk,
        "number": document.number,
        "title": kinds.title(document.code),
        "sha256": document.sha256,
    }


class _RoundView(ApiView):
    def round(self, request: ApiRequest, document_id: UUID, status: int = 200) -> Response:
        found = round_selectors.round_of_document(actor=request.actor, document_id=document_id)
        body = {
            "id": found.id, "status": found.status, "is_ordered": found.is_ordered,
            "document": _document(found.document), "signers": found.signers,
            "allowed_actions": found.allowed_actions,
            "candidates": [
                {"person": Person(one.person_id, one.name), "party_role": one.party_role, "roles": one.roles}
                for one in found.candidates
            ],
        }  # fmt: skip
        return self.ok(SigningRoundBody, body, status=status)

    def wished(self) -> dict[str, Any]:
        data = self.parse(SigningRoundInput)
        wishes = [rounds.SignerWish(**wish) for wish in data["signers"]]
        return {"is_ordered": data["is_ordered"], "wishes": wishes}


class SigningRoundView(_RoundView):
    @extend_schema(operation_id="documents_signing", responses=SigningRoundBody)
    def get(self, request: ApiRequest, document_id: UUID) -> Response:
        return self.round(request, document_id)

    @extend_schema(
        operation_id="documents_signing_start", request=SigningRoundInput, responses={201: SigningRoundBody}
    )
    @idempotent
    def post(self, request: ApiRequest, document_id: UUID) -> Response:
        rounds.start_round(actor=request.actor, document_id=document_id, **self.wished())
        return self.round(request, document_id, status=201)


class SigningReplaceView(_RoundView):
    @extend_schema(
        operation_id="documents_signing_replace", request=SigningRoundInput, responses=SigningRoundBody
    )
    @idempotent
    def post(self, request: ApiRequest, document_id: UUID) -> Response:
        rounds.replace_round(actor=request.actor, document_id=document_id, **self.wished())
        return self.round(request, document_id)


class SigningCancelView(_RoundView):
    @extend_schema(
        operation_id="documents_signing_cancel", request=SignatureRequestInput, responses=SigningRoundBody
    )
    @idempotent
    def post(self, request: ApiRequest, document_id: UUID) -> Response:
        self.parse(SignatureRequestInput)
        rounds.cancel_round(actor=request.actor, document_id=document_id)
        return self.round(request, document_id)


class MySignaturesView(ApiView):
    @extend_schema(
        operation_id="signature_requests_mine", parameters=[MySignaturesQuery], responses=MySignaturePage
    )
    def get(self, request: ApiRequest) -> Response:
        query = self.parse_query(MySignaturesQuery)
        rows = round_selectors.mine(actor=request.actor, state=query["state"])
        return self.page(
            MySignature, rows, limit=query["limit"], cursor=query["cursor"],
            transform=lambda found: [_mine(row, row.has_turn) for row in found],
        )  # fmt: skip


def _mine(row: SignatureRequest, has_turn: bool) -> dict[str, Any]:
    asked_by = row.round.created_by if row.round is not None else None
    return {
        "id": row.pk, "role": row.role, "status": row.status, "is_turn": has_turn, "created_at": row.created_at,
        "expires_at": row.expires_at, "document": _document(row.document), "case_id": row.document.case_id,
        "principal": round_selectors.principal_of(row),
        "asked_by": Person(asked_by.pk, asked_by.full_name) if asked_by and asked_by.pk != row.signer_id else None,
    }  # fmt: skip


class SigningRepresentativesView(ApiView):
    @extend_schema(operation_id="signature_requests_representatives", responses=SigningRepresentatives)
    def get(self, request: ApiRequest) -> Response:
        return self.ok(
            SigningRepresentatives, {"items": round_selectors.representatives_of(actor=request.actor)}
        )


class SignatureApproveView(RequestView):
    @extend_schema(
        operation_id="signature_requests_approve",
        request=SignatureRequestInput,
        responses=SignatureRequestBody,
    )
    @idempotent
    def post(self, request: ApiRequest, request_id: UUID) -> Response:
        self.parse(SignatureRequestInput)
        return self.shown(answers.approve(actor=request.actor, request_id=request_id))


class SignatureDelegateView(RequestView):
    @extend_schema(
        operation_id="signature_requests_delegate",
        request=SignatureDelegateInput,
        responses=SignatureRequestBody,
    )
    @idempotent
    def post(self, request: ApiRequest, request_id: UUID) -> Response:
        data = self.parse(SignatureDelegateInput)
        answers.delegate(actor=request.actor, request_id=request_id, **data)
        # The request of the representative is his: neither its address nor its state is told.
        return self.shown(selectors.get_request(actor=request.actor, request_id=request_id))


class SignatureCancelView(_RoundView):
    @extend_schema(
        operation_id="signature_requests_cancel", request=SignatureRequestInput, responses=SigningRoundBody
    )
    @idempotent
    def post(self, request: ApiRequest, request_id: UUID) -> Response:
        self.parse(SignatureRequestInput)
        signing = rounds.cancel_round_of(actor=request.actor, request_id=request_id)
        return self.round(request, signing.document_id)


class SignatureRemindView(_RoundView):
    @extend_schema(
        operation_id="signature_requests_remind", request=SignatureRequestInput, responses=SigningRoundBody
    )
    @idempotent
    def post(self, request: ApiRequest, request_id: UUID) -> Response:
        self.parse(SignatureRequestInput)
        reminded = reminders.remind(actor=request.actor, request_id=request_id)
        return self.round(request, reminded.document_id)


class SignaturePaperView(UploadView):
    max_bytes = MAX_PROOF_BYTES

    @extend_schema(
        operation_id="signature_requests_paper", request=FILE_BODIES, responses=SignatureRequestBody
    )
    def post(self, request: ApiRequest, request_id: UUID) -> Response:
        # Without @idempotent: an upload is used up once, and a second photo is a better one.
        data, name = self.uploaded(request)
        handed_in = papers.hand_in(actor=request.actor, request_id=request_id, data=data, name=name)
        return self.ok(SignatureRequestBody, selectors.view_of(handed_in))


class SignaturePaperConfirmView(_RoundView):
    @extend_schema(
        operation_id="signature_requests_paper_confirm",
        request=SignatureRequestInput,
        responses=SigningRoundBody,
    )
    @idempotent
    def post(self, request: ApiRequest, request_id: UUID) -> Response:
        self.parse(SignatureRequestInput)
        signature = papers.confirm(actor=request.actor, request_id=request_id)
        return self.round(request, signature.document_id)


class SignaturePaperRefuseView(_RoundView):
    @extend_schema(
        operation_id="signature_requests_paper_refuse",
        request=SignaturePaperRefuseInput,
        responses=SigningRoundBody,
    )
    @idempotent
    def post(self, request: ApiRequest, request_id: UUID) -> Response:
        data = self.parse(SignaturePaperRefuseInput)
        refused = papers.refuse(actor=request.actor, request_id=request_id, **data)
        return self.round(request, refused.document_id)
