"""Addresses of the API of letters."""

from uuid import UUID

from django.http import HttpResponse
from django.utils.http import content_disposition_header
from django.utils.translation import get_language
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework.response import Response

from kenes.accounts import session_marks
from kenes.documents import deliveries, permissions, selectors, services
from kenes.documents.api import rows
from kenes.documents.api.serializers import (
    DispatchDetail,
    DocumentDetail,
    DocumentFileQuery,
    DocumentList,
    DocumentRegenerate,
)
from kenes.documents.errors import DocumentFileNotFound
from kenes.documents.models import Dispatch, Document
from kenes.documents.sending import dispatching
from kenes.files import services as files
from kenes.foundation.api import ApiRequest, ApiView
from kenes.foundation.errors import Unavailable
from kenes.foundation.idempotency import idempotent
from kenes.foundation.providers import Temporary


def _language() -> str:
    return (get_language() or "ru")[:2]


class CaseDocumentsView(ApiView):
    """Letters of a case."""

    scopes = {"GET": "documents:read"}

    @extend_schema(operation_id="case_documents_list", responses=DocumentList)
    def get(self, request: ApiRequest, case_id: UUID) -> Response:
        case, documents = selectors.documents_of_case(actor=request.actor, case_id=case_id)
        return self.ok(DocumentList, {"items": rows.document_rows(request.actor, case, documents)})


class DocumentView(ApiView):
    """One letter with all that is needed to read and sign it."""

    scopes = {"GET": "documents:read"}

    @extend_schema(operation_id="documents_retrieve", responses=DocumentDetail)
    def get(self, request: ApiRequest, document_id: UUID) -> Response:
        document = selectors.get_document(actor=request.actor, document_id=document_id)
        shown = self.ok(DocumentDetail, rows.document_detail(request.actor, document, _language()))
        if document.text:
            _told(request, document_id, deliveries.TEXT)
        return shown


class DocumentPageView(ApiView):
    """A page as a picture."""

    scopes = {"GET": "documents:read"}

    @extend_schema(operation_id="documents_page", responses={(200, "image/png"): OpenApiTypes.BINARY})
    def get(self, request: ApiRequest, document_id: UUID, page: int) -> HttpResponse:
        try:
            png = services.page_picture(actor=request.actor, document_id=document_id, page=page)
        except Temporary as problem:
            raise Unavailable from problem
        _told(request, document_id, str(page))
        # A version never changes, but the reader's right to see it may end.
        return _private(HttpResponse(png, content_type="image/png"), seconds=300)


class DocumentFileView(ApiView):
    """A file of the letter."""

    scopes = {"GET": "documents:read"}

    @extend_schema(
        operation_id="documents_file",
        parameters=[DocumentFileQuery],
        responses={(200, "application/octet-stream"): OpenApiTypes.BINARY},
    )
    def get(self, request: ApiRequest, document_id: UUID) -> HttpResponse:
        wanted = self.parse_query(DocumentFileQuery)["format"]
        document = selectors.get_document(actor=request.actor, document_id=document_id)
        if f"download_{wanted}" not in permissions.document_actions(request.actor, document, document.case):
            raise DocumentFileNotFound
        file = {
            "pdf": document.pdf_file,
            "docx": document.docx_file,
            "sealed": document.sealed_file,
            "pdfa": document.archival_file,
        }[wanted]
        if file is None:
            raise DocumentFileNotFound
        response = HttpResponse(files.read(file), content_type=file.mime)
        if wanted == "pdf":
            _told(request, document_id, deliveries.PDF)
        disposition = content_disposition_header(as_attachment=True, filename=_file_name(document, wanted))
        response["Content-Disposition"] = disposition or "attachment"
        return _private(response, seconds=0)


def _told(request: ApiRequest, document_id: UUID, part: str) -> None:
    """Whoever looks through another's eyes reads nothing in his name."""
    actor = request.actor
    if actor.user_id is not None and actor.viewed_by is None:
        mark = session_marks.session_mark(request)
        deliveries.tell(deliveries.Delivery(document_id, actor.user_id, mark, part))


def _file_name(document: Document, wanted: str) -> str:
    base = f"{document.number}_{document.language}"
    names = {"pdf": f"{base}.pdf", "docx": f"{base}.docx", "sealed": f"{base}_signed.pdf"}
    return names.get(wanted, f"{base}_PDFA.pdf")


def _private(response: HttpResponse, *, seconds: int) -> HttpResponse:
    response["Cache-Control"] = f"private, max-age={seconds}" if seconds else "private, no-store"
    response["X-Content-Type-Options"] = "nosniff"
    return response


class DocumentRegenerateView(ApiView):
    """Make the letter anew from the case as it is now."""

    scopes = {"POST": "documents:write"}

    @extend_schema(operation_id="documents_regenerate", request=DocumentRegenerate, responses=DocumentDetail)
    @idempotent
    def post(self, request: ApiRequest, document_id: UUID) -> Response:
        told = self.parse(DocumentRegenerate)
        renewed = services.regenerate(actor=request.actor, document_id=document_id, reason=told["reason"])
        document = selectors.get_document(actor=request.actor, document_id=renewed.pk)
        return self.ok(DocumentDetail, rows.document_detail(request.actor, document, _language()))


class DispatchRetryView(ApiView):
    """Send a letter again that could not be sent."""

    needs = "dispatch.retry"
    scopes = {"POST": "documents:write"}

    @extend_schema(operation_id="dispatches_retry", request=None, responses=DispatchDetail)
    @idempotent
    def post(self, request: ApiRequest, dispatch_id: UUID) -> Response:
        dispatching.retry(actor=request.actor, dispatch_id=dispatch_id)
        dispatch: Dispatch = selectors.get_dispatch(actor=request.actor, dispatch_id=dispatch_id)
        messages = selectors.messages_of([dispatch.document])
        status = rows.shown_statuses([dispatch], messages)[dispatch.pk]
        row = rows.dispatch_row(
            request.actor, dispatch.document.case, dispatch, messages.get(dispatch.pk, []), status
        )
        return self.ok(DispatchDetail, row)
