"""What becomes of a document after it is made: a new version with a reason, taking it back, comparing two versions.

Order of locks: case, draft, documents.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from kenes.cases import permissions as case_permissions
from kenes.cases import selectors as cases
from kenes.cases.states.machine import TrackAction
from kenes.documents import catalogue, permissions, searchable, selectors, sets, track_moves
from kenes.documents.errors import (
    DocumentAlreadyReplaced,
    DocumentFileNotFound,
    DocumentKindNotFound,
    DocumentNotFound,
    DocumentStepNotAllowed,
)
from kenes.documents.events import DocumentVoided
from kenes.documents.interviews import drafts
from kenes.documents.interviews.drafts import Interview
from kenes.documents.models import Document
from kenes.documents.preparing import making
from kenes.documents.states import PUT_ASIDE, DocumentAction, move_document
from kenes.documents.versions.text_changes import Change, changes
from kenes.event_log import services as event_log
from kenes.foundation import clock
from kenes.foundation.actor import Actor
from kenes.foundation.errors import FieldError, FieldErrors
from kenes.realtime import services as realtime

MIN_REASON: Final = 3
MAX_REASON: Final = 500


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two versions in one language, the older one first, and how the text has changed."""

    old: Document
    new: Document
    parts: tuple[Change, ...]


def checked_reason(told: str) -> str:
    """Why something is done to a document, in a few words. FieldErrors (/reason) without them."""
    reason = " ".join(told.replace("\x00", "").split())
    if len(reason) < MIN_REASON:
        raise FieldErrors([FieldError("/reason", "required", _("Write in a few words why."))])
    if len(reason) > MAX_REASON:
        raise FieldErrors([FieldError("/reason", "too_long", _("The reason is too long."))])
    return reason


@transaction.atomic
def revise(*, actor: Actor, document_id: UUID, reason: str) -> Interview:
    """Open the answers of a document again for a new version; nothing changes until that version is made.

    A signed document stays what it is: the new one will name it. Raises DocumentNotFound, Forbidden, FieldErrors (/reason),
    CaseTransitionNotAllowed in a case that has ended, DocumentStepNotAllowed for a version that was put aside,
    DocumentAlreadyReplaced for one that another has taken the place of.
    """
    found = selectors.get_document(actor=actor, document_id=document_id)
    case = cases.get_case_for_update(actor=actor, case_id=found.case_id)
    permissions.require(actor, "document.revise", case)
    told = checked_reason(reason)
    drafts.must_run(case)
    kind = catalogue.get(found.code)
    if kind is None:
        raise DocumentKindNotFound
    original = next(row for row in making.locked_group(found.group) if row.needs_signature)
    if original.status in PUT_ASIDE or not permissions.is_edited_by_people(original.code):
        raise DocumentStepNotAllowed(current_status=original.status)
    newer = Document.objects.filter(replaces=original).exclude(status__in=PUT_ASIDE).first()
    if newer is not None:
        raise DocumentAlreadyReplaced(document_id=str(newer.pk))
    draft = drafts.open_draft(case, kind, original.obligation_id, track_id=original.track_id)
    if draft.revises_id != original.pk:
        codes = {field.code for field in kind.fields}
        kept = {code: value for code, value in original.content.get("answers", {}).items() if code in codes}
        draft.answers = {**kept, **draft.answers}
        draft.version += 1
    draft.revises, draft.reason, draft.track_id = original, told, original.track_id
    draft.updated_at = clock.now()
    draft.save(update_fields=["answers", "version", "revises", "reason", "track", "updated_at"])
    realtime.hint(f"case:{case.pk}", "document.changed", draft.pk)
    return drafts.interview_of(draft)


@transaction.atomic
def void(*, actor: Actor, document_id: UUID, reason: str) -> Document:
    """Take back a document that nobody has signed, with its translation and a reason; it stays readable.

    Raises DocumentNotFound, Forbidden, FieldErrors (/reason), DocumentAlreadySigned, DocumentStepNotAllowed,
    CaseTransitionNotAllowed in a case that has ended.
    """
    found = selectors.get_document(actor=actor, document_id=document_id)
    case = cases.get_case_for_update(actor=actor, case_id=found.case_id)
    permissions.require(actor, "document.void", case)
    told = checked_reason(reason)
    drafts.must_run(case)
    group = making.locked_group(found.group)
    # The text to sign first: when it is signed, nothing of the group is touched.
    for document in sorted(group, key=lambda row: not row.needs_signature):
        move_document(document, DocumentAction.VOID)
        document.void_reason = told
        document.save(update_fields=["status", "void_reason"])
    searchable.forget_letters([document.pk for document in group])
    original = next(row for row in group if row.needs_signature)
    if original.track_id is not None and sets.moves_procedure(original.code):
        track_moves.move(making.SYSTEM, original.track_id, TrackAction.EDIT)
    event_log.record(
        DocumentVoided(case_id=case.pk, document_id=original.pk, code=original.code, number=original.number),
        actor=case_permissions.acting(actor, case),
    )
    realtime.hint(f"case:{case.pk}", "document.changed", original.pk)
    return next(row for row in group if row.pk == document_id)


def versions_of(*, actor: Actor, document_id: UUID) -> list[Document]:
    """All versions of a document in its language, the newest first. DocumentNotFound for who sees only what was sent."""
    document = _read_whole(actor, document_id)
    rows = Document.objects.filter(
        drafts.about(document.obligation_id),
        case_id=document.case_id,
        code=document.code,
        language=document.language,
    )
    chain = _chain(document, list(rows.defer("content", "text").order_by("created_at", "pk")))
    return sorted(chain, key=lambda row: (row.created_at, row.pk), reverse=True)


def _chain(document: Document, rows: list[Document]) -> Iterable[Document]:
    """Those that are tied to the document by what replaces what, forwards and backwards."""
    tied = {document.pk}
    while True:
        more = {row.pk for row in rows if row.replaces_id in tied} | {
            row.replaces_id for row in rows if row.pk in tied and row.replaces_id is not None
        }
        if more <= tied:
            return [row for row in rows if row.pk in tied]
        tied |= more


def compare(*, actor: Actor, document_id: UUID, other_id: UUID | None = None) -> Comparison:
    """How a document differs from an older version of it, by default the one whose place it took.

    Raises DocumentNotFound for what the actor may not read, for two that are not versions of one document, and where there is
    no other; DocumentFileNotFound while one of them is being prepared.
    """
    new = _read_whole(actor, document_id)
    versions = {row.pk: row for row in versions_of(actor=actor, document_id=document_id)}
    wanted = other_id or new.replaces_id
    if wanted is None or wanted not in versions or wanted == new.pk:
        raise DocumentNotFound
    pair: list[Any] = list(Document.objects.filter(pk__in=[new.pk, wanted]).order_by("created_at", "pk"))
    old, new = pair
    if not old.text or not new.text:
        raise DocumentFileNotFound
    return Comparison(old, new, tuple(changes(old.text, new.text)))


def _read_whole(actor: Actor, document_id: UUID) -> Document:
    document = selectors.get_document(actor=actor, document_id=document_id)
    if not permissions.allowed(actor, "document.view", document.case):
        raise DocumentNotFound
    return document
