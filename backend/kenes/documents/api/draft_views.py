"""Kinds of documents that can be made of a case, and the interview that asks what they still need."""

from typing import Any
from uuid import UUID

from django.utils.translation import get_language
from drf_spectacular.utils import extend_schema
from rest_framework.response import Response

from kenes.documents import kinds, selectors
from kenes.documents.api import draft_serializers as shapes
from kenes.documents.api import rows
from kenes.documents.api.serializers import DocumentDetail
from kenes.documents.catalogue import Asked, Kind
from kenes.documents.interviews import drafts, offered
from kenes.documents.interviews.drafts import Interview
from kenes.documents.interviews.offered import Offered
from kenes.documents.models import DocumentDraft
from kenes.documents.states import SIGNED_STATUSES
from kenes.foundation.api import ApiRequest, ApiView
from kenes.foundation.idempotency import idempotent


class CaseDocumentKindsView(ApiView):
    """Documents that can be made of this case now; those of its running procedures first."""

    scopes = {"GET": "documents:read"}

    @extend_schema(operation_id="case_document_kinds", responses=shapes.KindList)
    def get(self, request: ApiRequest, case_id: UUID) -> Response:
        found = offered.for_case(actor=request.actor, case_id=case_id)
        return self.ok(shapes.KindList, {"items": [_kind(one) for one in found]})


class CaseDocumentDraftsView(ApiView):
    """Interviews of a case that wait for answers."""

    scopes = {"GET": "documents:read", "POST": "documents:write"}

    @extend_schema(operation_id="document_drafts_list", responses=shapes.DraftList)
    def get(self, request: ApiRequest, case_id: UUID) -> Response:
        found = drafts.open_drafts(actor=request.actor, case_id=case_id)
        return self.ok(shapes.DraftList, {"items": [_row(one) for one in found]})

    @extend_schema(
        operation_id="document_drafts_begin", request=shapes.DraftBegin, responses={201: shapes.DraftDetail}
    )
    @idempotent
    def post(self, request: ApiRequest, case_id: UUID) -> Response:
        told = self.parse(shapes.DraftBegin)
        interview = drafts.begin(
            actor=request.actor, case_id=case_id, code=told["code"], obligation_id=told["obligation_id"]
        )
        return self.ok(shapes.DraftDetail, draft_detail(interview), status=201)


class DocumentDraftView(ApiView):
    """One interview."""

    scopes = {"GET": "documents:read", "PATCH": "documents:write", "DELETE": "documents:write"}

    @extend_schema(operation_id="document_drafts_retrieve", responses=shapes.DraftDetail)
    def get(self, request: ApiRequest, draft_id: UUID) -> Response:
        return self.ok(shapes.DraftDetail, draft_detail(drafts.get(actor=request.actor, draft_id=draft_id)))

    @extend_schema(
        operation_id="document_drafts_answer", request=shapes.DraftAnswers, responses=shapes.DraftDetail
    )
    @idempotent
    def patch(self, request: ApiRequest, draft_id: UUID) -> Response:
        told = self.parse(shapes.DraftAnswers)
        interview = drafts.answer(
            actor=request.actor, draft_id=draft_id, version=told["version"], answers=told["answers"]
        )
        return self.ok(shapes.DraftDetail, draft_detail(interview))

    @extend_schema(operation_id="document_drafts_discard", responses={204: None})
    def delete(self, request: ApiRequest, draft_id: UUID) -> Response:
        drafts.discard(actor=request.actor, draft_id=draft_id)
        return Response(status=204)


class DocumentDraftGenerateView(ApiView):
    """Make the document of the answers."""

    scopes = {"POST": "documents:write"}

    @extend_schema(operation_id="document_drafts_generate", request=None, responses={201: DocumentDetail})
    @idempotent
    def post(self, request: ApiRequest, draft_id: UUID) -> Response:
        made = drafts.generate(actor=request.actor, draft_id=draft_id)
        document = selectors.get_document(actor=request.actor, document_id=made.pk)
        return self.ok(
            DocumentDetail,
            rows.document_detail(request.actor, document, (get_language() or "ru")[:2]),
            status=201,
        )


def _kind(one: Offered) -> dict[str, Any]:
    return {
        "code": one.kind.code,
        "title": str(one.kind.title),
        "purpose": str(one.kind.purpose),
        "per": one.kind.per,
        "signature": kinds.signature(one.kind.code),
        "needs_review": one.kind.review,
        "is_suggested": one.is_suggested,
        "subjects": one.subjects,
    }


def _row(draft: DocumentDraft, kind: Kind | None = None) -> dict[str, Any]:
    known = kind or drafts.kind_of(draft)
    return {
        "id": draft.pk,
        "case_id": draft.case_id,
        "code": draft.code,
        "title": str(known.title),
        "purpose": str(known.purpose),
        "obligation_id": draft.obligation_id,
        "track_id": draft.track_id,
        "updated_at": draft.updated_at,
        "revises": draft.revises_id,
    }


def draft_detail(interview: Interview) -> dict[str, Any]:
    """An interview with every question, what is known and what is missing."""
    draft, answers = interview.draft, interview.answers
    revised = draft.revises
    return _row(draft, interview.kind) | {
        "reason": draft.reason or "",
        "revises_number": None if revised is None else revised.number,
        "revises_signed": revised is not None and revised.status in SIGNED_STATUSES,
        "version": draft.version,
        "document_id": draft.document_id,
        "fields_asked": [
            _column(field)
            | {
                "columns": [_column(column) for column in field.columns],
                "when": field.when and {"field": field.when.field, "values": field.when.is_},
                "value": answers.get(field.code),
                "is_known": field.code in interview.known and field.code not in draft.answers,
            }
            for field in interview.kind.fields
        ],
        "missing": [field.code for field in interview.missing],
        "needs_review": interview.kind.review,
    }


def _column(field: Asked) -> dict[str, Any]:
    return {
        "code": field.code,
        "answer_type": field.type,
        "ask": str(field.ask),
        "why": str(field.why or ""),
        "required": field.required,
        "options": [{"code": option.code, "name": str(option.name)} for option in field.options],
    }
