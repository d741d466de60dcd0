"""Letters as the API gives them: plain rows made from loaded models, without a query per letter."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from kenes.cases import permissions as case_permissions
from kenes.cases.models import Case
from kenes.creditors import selectors as creditors
from kenes.documents import kinds, permissions, selectors
from kenes.documents.models import Dispatch, Document
from kenes.documents.preparing import waiting
from kenes.documents.states import DispatchStatus
from kenes.foundation.actor import Actor
from kenes.messaging.models import Message

_SENDING = {Message.Status.SENDING: DispatchStatus.SENDING}


def document_rows(actor: Actor, case: Case, documents: Iterable[Document]) -> list[dict[str, Any]]:
    """Rows of a list: at most six queries more for any number of letters."""
    rows = list(documents)
    messages = selectors.messages_of(rows)
    dispatches = [dispatch for row in rows if (dispatch := selectors.dispatch_of(row)) is not None]
    shown = shown_statuses(dispatches, messages)
    urls = selectors.verify_urls(row.translation_of_id or row.pk for row in rows)
    places = Places(waiting.ahead(rows), selectors.newer_versions(rows))
    return [_row(actor, case, row, messages, urls, shown) | places.of(row) for row in rows]


@dataclass(frozen=True, slots=True)
class Places:
    """Where documents stand in the queue of conversion and among their versions."""

    ahead: dict[UUID, int]
    newer: dict[UUID, UUID]

    def of(self, document: Document) -> dict[str, Any]:
        return {
            "queue_ahead": self.ahead.get(document.pk),
            "replaces": document.replaces_id,
            "replaced_by": self.newer.get(document.pk),
        }


def shown_statuses(dispatches: list[Dispatch], messages: dict[UUID, list[Message]]) -> dict[UUID, str]:
    """Status of each dispatch as people see it: one that waits only for its turn is queued, not without an address."""
    waiting = {row.creditor_id for row in dispatches if row.status == DispatchStatus.WAITING_ADDRESS}
    addressed = creditors.with_confirmed_address(waiting) if waiting else set()
    shown: dict[UUID, str] = {}
    for row in dispatches:
        shown[row.pk] = row.status
        last = messages[row.pk][-1] if messages.get(row.pk) else None
        if row.status == DispatchStatus.WAITING_ADDRESS and row.creditor_id in addressed:
            shown[row.pk] = DispatchStatus.QUEUED
        elif row.status == DispatchStatus.QUEUED and last is not None:
            shown[row.pk] = _SENDING.get(Message.Status(last.status), DispatchStatus.QUEUED)
    return shown


def _row(
    actor: Actor, case: Case, document: Document, messages: dict[UUID, list[Message]], urls: dict[UUID, str],
    shown: dict[UUID, str],
) -> dict[str, Any]:  # fmt: skip
    dispatch = selectors.dispatch_of(document)
    status = shown[dispatch.pk] if dispatch is not None else None
    return {
        "id": document.pk,
        "code": document.code,
        "title": kinds.title(document.code),
        "language": document.language,
        "status": document.status,
        "number": document.number,
        "obligation_id": document.obligation_id,
        "track_id": document.track_id,
        "translation_of": document.translation_of_id,
        "pages": document.pages,
        "created_at": document.created_at,
        "signed_at": document.signed_at,
        "needs_signature": document.needs_signature,
        "signature": kinds.signature(document.code),
        "allowed_actions": permissions.document_actions(actor, document, case),
        "summary": kinds.summary(
            document.status,
            code=document.code,
            is_translation=not document.needs_signature,
            dispatch_status=status,
        ),
        "verify_url": urls.get(document.pk),
        "dispatch": dispatch_row(actor, case, dispatch, messages.get(dispatch.pk, []), str(status))
        if dispatch
        else None,
    }


def dispatch_row(
    actor: Actor, case: Case, dispatch: Dispatch, messages: list[Message], status: str
) -> dict[str, Any]:
    """A dispatch with every attempt of every round; an attempt after an uncertain one, or of a later round, is a repeat."""
    last = messages[-1] if messages else None
    return {
        "id": dispatch.pk,
        "channel": dispatch.channel,
        "status": status,
        "address_masked_or_full": dispatch.address,
        "accepted_at": dispatch.accepted_at,
        "message_id_header": last.message_id_header if last is not None else None,
        "attempts": [
            {
                "started_at": attempt.started_at,
                "outcome": attempt.outcome,
                "is_repeat": attempt.is_repeat or position > 0,
            }
            for position, message in enumerate(messages)
            for attempt in message.attempts.all()
        ],
        "failure": dispatch.failure or None,
        "allowed_actions": permissions.dispatch_actions(actor, dispatch, case),
    }


def document_detail(actor: Actor, document: Document, language: str) -> dict[str, Any]:
    """A row with pictures of the pages, the whole text and the other languages."""
    case = document.case
    row = document_rows(actor, case, [document])[0]
    reads_case = permissions.allowed(actor, "document.view", case)
    if not reads_case and not case_permissions.sees_sent_only(actor, case):
        # He is asked to sign this document: how it was sent is not his to know.
        row["dispatch"] = None
    return row | {
        "reason": document.reason or "" if reads_case else "",
        "void_reason": document.void_reason or "" if reads_case else "",
        "replaces_number": document.replaces.number if document.replaces is not None else None,
        "archival": _archival(document),
        "case_id": case.pk,
        "case_number": case.number,
        "sha256": document.sha256 or None,
        "translations": [
            {"id": other.pk, "language": other.language} for other in selectors.translations_of(document)
        ],
        "preview_pages": [
            {
                "page": page,
                "url": f"/api/v1/documents/{document.pk}/pages/{page}/",
                "width": width,
                "height": height,
            }
            for page, (width, height) in enumerate(document.sizes, start=1)
        ],
        "text": document.text,
        "creditor_name": "" if document.obligation is None else document.obligation.creditor.name(language),
    }


def _archival(document: Document) -> dict[str, Any]:
    if document.archival_file_id is not None:
        return {"state": "ready", "ahead": None}
    if document.archival_failure:
        return {"state": "failed", "ahead": None}
    place = waiting.ahead_of_archival(document)
    return {"state": "none" if place is None else "preparing", "ahead": place}


def version_row(document: Document) -> dict[str, Any]:
    """A version among the others."""
    plain = ("number", "status", "created_at", "signed_at")
    return {name: getattr(document, name) for name in plain} | {
        "id": document.pk,
        "reason": document.reason or "",
        "void_reason": document.void_reason or "",
        "replaces": document.replaces_id,
    }
