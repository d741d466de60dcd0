"""Reading letters. Who may read the content of a case sees its letters, a creditor the ones sent to it; no one else any."""

from collections.abc import Callable, Collection, Iterable
from typing import Final
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from kenes.cases import permissions as case_permissions
from kenes.cases import selectors as cases
from kenes.cases.answers import sharing
from kenes.cases.errors.cases import CaseNotFound
from kenes.cases.models import Case
from kenes.documents import kinds, permissions
from kenes.documents.errors import DispatchNotFound, DocumentNotFound
from kenes.documents.models import Dispatch, Document, DocumentDraft
from kenes.documents.states import PUT_ASIDE, DocumentStatus
from kenes.foundation.actor import Actor
from kenes.messaging.models import Message

MAX_PLACE: Final = 10**6
# Set by the app that verifies signatures: public addresses of documents by id.
_verify_urls: list[Callable[[list[UUID]], dict[UUID, str]]] = []


# Set by the app of signatures: whether the actor is named to sign, approve or receive this document.
_named: list[Callable[[Actor, Document], bool]] = []


def register_named(reads: Callable[[Actor, Document], bool]) -> None:
    """Give the function that says whether somebody reads a document because he is asked to sign it."""
    _named[:] = [reads]


def register_verify_urls(find: Callable[[list[UUID]], dict[UUID, str]]) -> None:
    """Give the function (document ids → public verification addresses, one query)."""
    _verify_urls[:] = [find]


def verify_urls(document_ids: Iterable[UUID]) -> dict[UUID, str]:
    """Public verification addresses of those documents that have one."""
    ids = list(document_ids)
    return _verify_urls[0](ids) if _verify_urls and ids else {}


def kind_label(code: str) -> str:
    """How this kind of letter is called, in the reader's language."""
    return kinds.title(code)


def get_document(*, actor: Actor, document_id: UUID) -> Document:
    """One letter that the actor may read or is asked to sign, with its case, files and dispatch; DocumentNotFound otherwise."""
    document = _documents().filter(pk=document_id).first()
    if document is None:
        raise DocumentNotFound
    if not _reads(actor, document.case, document) and not any(named(actor, document) for named in _named):
        raise DocumentNotFound
    return document


def _documents() -> QuerySet[Document]:
    return Document.objects.select_related(
        "case",
        "dispatch",
        "translation_of__dispatch",
        "docx_file",
        "pdf_file",
        "sealed_file",
        "archival_file",
        "replaces",
        "obligation__creditor",
    ).defer(
        "content", "translation_of__content", "translation_of__text", "replaces__content", "replaces__text"
    )


def _reads(actor: Actor, case: Case, document: Document) -> bool:
    if not cases.cases_visible_to(actor).filter(pk=case.pk).exists():
        return False
    cases.load_reader(actor, [case])
    if permissions.allowed(actor, "document.view", case):
        return True
    return case_permissions.sees_sent_only(actor, case) and _letter_id(document) in set(
        sharing.documents_for(actor, case)
    )


def _letter_id(document: Document) -> UUID:
    """The letter that was sent; a translation went along with it."""
    return document.translation_of_id or document.pk


def documents_of_case(*, actor: Actor, case_id: UUID) -> tuple[Case, list[Document]]:
    """Letters of a case by debt, newest version first, the text to sign before its translation.

    People of a creditor get the letters that have reached them. CaseNotFound for everybody else who may not read the
    content of the case.
    """
    case = cases.cases_visible_to(actor).filter(pk=case_id).first()
    if case is None:
        raise CaseNotFound
    cases.load_reader(actor, [case])
    rows = _documents().defer("text").filter(case=case)
    if case_permissions.sees_sent_only(actor, case):
        sent = sharing.documents_for(actor, case)
        rows = rows.filter(Q(pk__in=sent) | Q(translation_of_id__in=sent))
    elif not permissions.allowed(actor, "document.view", case):
        raise CaseNotFound
    rows = rows.order_by("obligation__position", "-created_at", "-number")
    return case, sorted(rows, key=lambda row: (_place(row), _reversed(row.number), not row.needs_signature))


def _place(document: Document) -> int:
    """By debt; what is about the whole case comes last."""
    return MAX_PLACE if document.obligation is None else document.obligation.position


def _reversed(number: str) -> tuple[int, ...]:
    return tuple(-ord(char) for char in number)


def newer_versions(documents: Iterable[Document]) -> dict[UUID, UUID]:
    """Which document has taken the place of each, as far as one that counts has; one query."""
    rows = Document.objects.filter(replaces__in=[row.pk for row in documents]).exclude(status__in=PUT_ASIDE)
    return dict(rows.order_by("created_at").values_list("replaces_id", "pk"))


def translations_of(document: Document) -> list[Document]:
    """The other languages of the same version."""
    return list(
        Document.objects.filter(group=document.group)
        .exclude(pk=document.pk)
        .order_by("language")
        .only("id", "language")
    )


def messages_of(documents: Iterable[Document]) -> dict[UUID, list[Message]]:
    """Messages of each dispatch, one per round in order, with their attempts; two queries for any number."""
    dispatches = {dispatch.pk: dispatch for row in documents if (dispatch := dispatch_of(row)) is not None}
    rounds = {
        message_key(dispatch.pk, number): dispatch.pk
        for dispatch in dispatches.values()
        for number in range(1, dispatch.round + 1)
    }
    found: dict[UUID, list[Message]] = {}
    if rounds:
        rows = (
            Message.objects.prefetch_related("attempts").filter(key__in=rounds).order_by("created_at", "id")
        )
        for message in rows:
            found.setdefault(rounds[message.key], []).append(message)
    return found


def message_key(dispatch_id: UUID, number: int) -> str:
    """Under which key the message of a round is sent."""
    return f"dispatch:{dispatch_id}:{number}"


def dispatch_of(document: Document) -> Dispatch | None:
    """The dispatch of a letter; a translation goes along with the signed text."""
    owner = document.translation_of or document
    return getattr(owner, "dispatch", None)


def get_dispatch(*, actor: Actor, dispatch_id: UUID) -> Dispatch:
    """One dispatch of a letter that the actor may read, with its document; DispatchNotFound otherwise."""
    dispatch = Dispatch.objects.select_related("document__case").filter(pk=dispatch_id).first()
    if dispatch is None or not _reads(actor, dispatch.document.case, dispatch.document):
        raise DispatchNotFound
    return dispatch


def letters_to_sign(track_ids: Collection[UUID]) -> dict[UUID, UUID]:
    """Letters that wait for the borrower's signature, track: document, the newest of each. One query."""
    waiting = Document.objects.filter(
        track_id__in=track_ids, status=DocumentStatus.READY_TO_SIGN, translation_of__isnull=True
    )
    return dict(waiting.order_by("created_at").values_list("track_id", "pk"))


def questions_of(track_ids: Collection[UUID]) -> dict[UUID, UUID]:
    """Interviews that wait for answers, track: interview, the oldest of each; none where its letter is there. One query."""
    rows = DocumentDraft.objects.filter(
        track_id__in=track_ids, document__isnull=True, discarded_at__isnull=True, revises__isnull=True
    ).exclude(
        Exists(
            Document.objects.filter(track=OuterRef("track"), code=OuterRef("code")).exclude(
                status__in=PUT_ASIDE
            )
        )
    )
    # The newest first, so that the oldest stays.
    found = rows.order_by("-created_at").values_list("track_id", "pk")
    return {track_id: pk for track_id, pk in found if track_id is not None}
