"""Write a document: its content as it is now, once in each language; the files are made by the outbox."""

import json
from dataclasses import replace
from typing import Any, Final
from uuid import UUID

from django.db.models import QuerySet

from kenes.cases.models import Case, Track
from kenes.documents import permissions, searchable
from kenes.documents.catalogue import LANGUAGES, Kind
from kenes.documents.editing import editions
from kenes.documents.events import DocumentRevised, DocumentSuperseded
from kenes.documents.letters.content import LetterContent, Replaced
from kenes.documents.models import Document
from kenes.documents.packages import papers as package_papers
from kenes.documents.states import SIGNED_STATUSES, DocumentAction, DocumentStatus, move_document
from kenes.event_log import services as event_log
from kenes.foundation import clock, crypto
from kenes.foundation.actor import Actor, SystemActor
from kenes.foundation.identifiers import new_id
from kenes.outbox import services as outbox
from kenes.realtime import services as realtime

SYSTEM: Final = SystemActor("letters")
# Letters that papers of the case go along with, so that they name them as their enclosures.
TO_CREDITORS: Final = ("lender", "collector")
UNSIGNED: Final = (DocumentStatus.PREPARING, DocumentStatus.READY_TO_SIGN, DocumentStatus.FAILED)


def write(
    *,
    case: Case,
    kind: Kind,
    content: LetterContent,
    obligation_id: UUID | None,
    track_id: UUID | None,
    replaces: Document | None = None,
    reason: str = "",
    actor: Actor = SYSTEM,
) -> Document:
    """The text to sign and its translation, in the caller's transaction, with the case locked.

    The text to sign is in the borrower's language, Russian for an English-speaking one; a kind that says both languages side
    by side has one text and no translation. The same content under the same
    template is written once: a second call gives what is there. `replaces` is the version that it takes the place of, `reason`
    the words of who wanted it.
    """
    content = _with_enclosures(content, case, kind, track_id)
    signed_language = "kk" if case.language == "kk" else "ru"
    in_one = "both" if kind.side_by_side else ""
    template = editions.version_on(kind.code, in_one or signed_language, clock.today())
    data_hash = hash_of(content)
    same = live(case.pk).filter(template=template, data_hash=data_hash).first()
    if same is not None:
        return same
    taken = Document.objects.filter(case=case, translation_of__isnull=True).count()
    numbered = replace(content, number=f"{case.number}-{taken + 1:02d}")
    group, now, original = new_id(), clock.now(), None
    written = (
        [signed_language] if in_one else sorted(LANGUAGES, key=lambda language: language != signed_language)
    )
    for language in written:
        document = Document.objects.create(
            case=case,
            track_id=track_id,
            obligation_id=obligation_id,
            code=kind.code,
            language=language,
            number=numbered.number,
            group=group,
            translation_of=original,
            template=editions.version_on(kind.code, in_one or language, clock.today()),
            content=numbered.to_json(),
            data_hash=data_hash,
            replaces=_same_language(replaces, language),
            reason=reason or None,
            created_at=now,
        )
        original = original or document
        outbox.enqueue("documents.prepare", {"document_id": str(document.pk)}, key=f"prepare:{document.pk}")
    assert original is not None
    if replaces is not None:
        revised = DocumentRevised(
            case_id=case.pk,
            document_id=original.pk,
            code=original.code,
            number=original.number,
            replaces_id=replaces.pk,
        )
        event_log.record(revised, actor=actor)
    realtime.hint(f"case:{case.pk}", "document.changed", original.pk)
    return original


def _with_enclosures(content: LetterContent, case: Case, kind: Kind, track_id: UUID | None) -> LetterContent:
    """A letter to a creditor names the papers that go along."""
    if kind.to not in TO_CREDITORS or not permissions.is_edited_by_people(kind.code):
        return content
    track = None if track_id is None else Track.objects.filter(pk=track_id).first()
    return replace(content, attachments=package_papers.enclosures(case.pk, track.kind if track else None))


def _same_language(replaced: Document | None, language: str) -> Document | None:
    """The older text that a new one in this language is compared with."""
    if replaced is None or replaced.language == language:
        return replaced
    return replaced.translations.filter(language=language).first()


def locked(document_id: UUID | None) -> Document | None:
    """A document by its id with its translation locked; None for none. The case is locked before."""
    if document_id is None:
        return None
    group = locked_group(Document.objects.values_list("group", flat=True).get(pk=document_id))
    return next(row for row in group if row.pk == document_id)


def in_place_of(replaced: Document | None, content: LetterContent) -> LetterContent:
    """The content of a new version: where a signed document is replaced, the new one says which."""
    if replaced is None or replaced.status not in SIGNED_STATUSES:
        return content
    signed_on = clock.almaty(replaced.signed_at or replaced.created_at).date()
    return replace(content, replaces=Replaced(number=replaced.number, signed_on=signed_on))


def hash_of(content: LetterContent) -> str:
    """A keyed hash of what the document says, but for its number."""
    plain: dict[str, Any] = content.to_json()
    plain.pop("number")
    # What came later is left out where it says nothing: older documents have no such part.
    if plain.get("replaces") is None:
        plain.pop("replaces", None)
    return crypto.lookup_hash(json.dumps(plain, ensure_ascii=False, sort_keys=True))


def live(case_id: UUID) -> QuerySet[Document]:
    """Texts to sign of a case that nothing has taken the place of."""
    return Document.objects.filter(case_id=case_id, translation_of__isnull=True).exclude(
        status__in=(DocumentStatus.SUPERSEDED, DocumentStatus.VOID)
    )


def supersede(*, actor: Actor, group: list[Document]) -> Document:
    """Put an unsigned document and its translation aside; returns the one that was to be signed.

    Raises DocumentAlreadySigned and DocumentStepNotAllowed.
    """
    for document in sorted(group, key=lambda row: not row.needs_signature):
        move_document(document, DocumentAction.SUPERSEDE)
        document.save(update_fields=["status"])
    searchable.forget_letters([document.pk for document in group])
    original = next(row for row in group if row.needs_signature)
    event_log.record(
        DocumentSuperseded(
            case_id=original.case_id, document_id=original.pk, code=original.code, number=original.number
        ),
        actor=actor,
    )
    return original


def locked_group(group: UUID) -> list[Document]:
    """A document with its translation, locked in one order for everybody; the case is locked before."""
    return list(Document.objects.select_for_update(of=("self",)).filter(group=group).order_by("pk"))
