"""Addresses of what is done to a document after it is made, and of sets of documents."""

from typing import Any
from uuid import UUID

from django.utils.translation import get_language
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.response import Response

from kenes.documents import selectors
from kenes.documents.api import rows
from kenes.documents.api.draft_serializers import DraftDetail
from kenes.documents.api.draft_views import draft_detail
from kenes.documents.api.serializers import (
    DocumentCompareQuery,
    DocumentComparison,
    DocumentDetail,
    DocumentReason,
    DocumentVersionList,
)
from kenes.documents.bulk import set_making
from kenes.documents.bulk.set_making import Prepared
from kenes.documents.models import Document
from kenes.documents.versions import archival
from kenes.documents.versions import services as versions
from kenes.foundation.api import ApiRequest, ApiView, StrictSerializer
from kenes.foundation.idempotency import idempotent


def _shown(request: ApiRequest, document_id: UUID) -> dict[str, Any]:
    document: Document = selectors.get_document(actor=request.actor, document_id=document_id)
    return rows.document_detail(request.actor, document, (get_language() or "ru")[:2])


class DocumentReviseView(ApiView):
    """Open the answers of a document again for a new version."""

    scopes = {"POST": "documents:write"}

    @extend_schema(operation_id="documents_revise", request=DocumentReason, responses={201: DraftDetail})
    @idempotent
    def post(self, request: ApiRequest, document_id: UUID) -> Response:
        told = self.parse(DocumentReason)
        interview = versions.revise(actor=request.actor, document_id=document_id, reason=told["reason"])
        return self.ok(DraftDetail, draft_detail(interview), status=201)


class DocumentVoidView(ApiView):
    """Take back a document that nobody has signed."""

    scopes = {"POST": "documents:write"}

    @extend_schema(operation_id="documents_void", request=DocumentReason, responses=DocumentDetail)
    @idempotent
    def post(self, request: ApiRequest, document_id: UUID) -> Response:
        told = self.parse(DocumentReason)
        versions.void(actor=request.actor, document_id=document_id, reason=told["reason"])
        return self.ok(DocumentDetail, _shown(request, document_id))


class DocumentVersionsView(ApiView):
    """All versions of a document."""

    scopes = {"GET": "documents:read"}

    @extend_schema(operation_id="documents_versions", responses=DocumentVersionList)
    def get(self, request: ApiRequest, document_id: UUID) -> Response:
        found = versions.versions_of(actor=request.actor, document_id=document_id)
        return self.ok(DocumentVersionList, {"items": [rows.version_row(row) for row in found]})


class DocumentCompareView(ApiView):
    """How a document differs from another version of it."""

    scopes = {"GET": "documents:read"}

    @extend_schema(
        operation_id="documents_compare", parameters=[DocumentCompareQuery], responses=DocumentComparison
    )
    def get(self, request: ApiRequest, document_id: UUID) -> Response:
        other = self.parse_query(DocumentCompareQuery)["other"]
        made = versions.compare(actor=request.actor, document_id=document_id, other_id=other)
        return self.ok(
            DocumentComparison,
            {
                "old": rows.version_row(made.old),
                "new": rows.version_row(made.new),
                "parts": [{"kind": part.kind, "text": part.text} for part in made.parts],
            },
        )


class DocumentArchivalView(ApiView):
    """Have the PDF/A of a document made."""

    scopes = {"POST": "documents:write"}

    @extend_schema(operation_id="documents_archive", request=None, responses={202: DocumentDetail})
    @idempotent
    def post(self, request: ApiRequest, document_id: UUID) -> Response:
        archival.request(actor=request.actor, document_id=document_id)
        return self.ok(DocumentDetail, _shown(request, document_id), status=202)


class DocumentSetInput(StrictSerializer):
    """One procedure, or all that run when it is left out."""

    track_id = serializers.UUIDField(required=False, allow_null=True, default=None)


class DocumentSetItem(serializers.Serializer[Any]):
    """What became of one document. `missing`: what is asked for it; `reason`: what the case lacks, a code."""

    code = serializers.CharField()
    title = serializers.CharField()
    obligation_id = serializers.UUIDField(allow_null=True)
    track_id = serializers.UUIDField()
    outcome = serializers.ChoiceField(choices=["made", "already", "asks", "not_possible"])
    document_id = serializers.UUIDField(allow_null=True)
    draft_id = serializers.UUIDField(allow_null=True)
    missing = serializers.ListField(child=serializers.CharField())
    reason = serializers.CharField(allow_blank=True)


class DocumentSet(serializers.Serializer[Any]):
    items = DocumentSetItem(many=True)


class CaseDocumentSetView(ApiView):
    """Prepare all documents of a case or of one of its procedures."""

    scopes = {"POST": "documents:write"}

    @extend_schema(
        operation_id="case_documents_prepare", request=DocumentSetInput, responses={200: DocumentSet}
    )
    @idempotent
    def post(self, request: ApiRequest, case_id: UUID) -> Response:
        told = self.parse(DocumentSetInput)
        prepared = set_making.prepare_all(actor=request.actor, case_id=case_id, track_id=told["track_id"])
        return self.ok(DocumentSet, {"items": [_prepared(one) for one in prepared]})


def _prepared(one: Prepared) -> dict[str, Any]:
    asks = one.outcome in ("asks", "not_possible")
    return {
        "code": one.kind.code,
        "title": str(one.kind.title),
        "obligation_id": one.obligation_id,
        "track_id": one.track_id,
        "outcome": one.outcome,
        "document_id": one.document.pk if one.document is not None else None,
        "draft_id": one.draft.pk if one.draft is not None and asks else None,
        "missing": [str(field.ask) for field in one.missing],
        "reason": one.reason,
    }
