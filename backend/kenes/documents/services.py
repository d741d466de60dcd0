"""Changes to letters: opening, renewing, signing, sealing, pages. Sending is in `dispatching`."""

from datetime import datetime
from typing import Final
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import QuerySet

from kenes.cases import permissions as case_permissions
from kenes.cases import selectors as cases
from kenes.cases.errors.cases import CaseTransitionNotAllowed
from kenes.cases.models import Case, Track
from kenes.cases.states.case import FINAL
from kenes.cases.states.machine import TrackAction
from kenes.cases.states.track import TrackState
from kenes.documents import (
    catalogue,
    dispatching,
    permissions,
    preview,
    searchable,
    selectors,
    template_versions,
    track_moves,
)
from kenes.documents.errors import DocumentFileNotFound, DocumentStepNotAllowed, PageNotFound
from kenes.documents.events import DocumentSealed, DocumentSigned, DocumentSuperseded, DocumentVoided
from kenes.documents.letters.collect import letter_content
from kenes.documents.models import Document, DocumentPage
from kenes.documents.states import DOCUMENT_TRANSITIONS, PUT_ASIDE, DocumentAction, move_document
from kenes.event_log import services as event_log
from kenes.files import services as files
from kenes.files.models import StoredFile
from kenes.foundation import clock, logs
from kenes.foundation.actor import Actor, SystemActor
from kenes.foundation.identifiers import new_id
from kenes.outbox import services as outbox
from kenes.realtime import services as realtime

log = logs.get(__name__)

LETTERS: Final = SystemActor("letters")
LANGUAGES: Final = ("ru", "kk")


def load_reference_data() -> int:
    """Publish the templates of the app that have changed; returns how many. Running it again changes nothing."""
    dispatching.share_what_arrived()
    return template_versions.publish_from_files()


@transaction.atomic
def open_letter(*, track_id: UUID) -> Document | None:
    """Begin the letter of a restructuring procedure and its translation; the files are made by the outbox.

    The text to sign is in the borrower's language, Russian for an English-speaking one. A second call gives the
    letter that is there. None when no letter fits the creditor, or the procedure is past preparing.
    """
    facts = cases.letter_facts(track_id)
    fitting = catalogue.for_lender(facts.track_kind, facts.creditor_type)
    code = next((kind.code for kind in fitting if kind.main), None)
    if code is None:
        log.warning("no_letter_for_creditor", track_id=str(track_id), creditor_type=facts.creditor_type)
        return None
    case = cases.get_case_for_update(actor=LETTERS, case_id=facts.case_id)
    existing = _live_letters(track_id, code).filter(translation_of__isnull=True).first()
    if existing is not None:
        return existing
    track = Track.objects.get(pk=track_id)
    if track.state != TrackState.PREPARING:
        return None
    return _open(case, track, code, facts)


def _live_letters(track_id: UUID, code: str) -> QuerySet[Document]:
    return Document.objects.filter(track_id=track_id, code=code).exclude(status__in=PUT_ASIDE)


def _open(case: Case, track: Track, code: str, facts: cases.LetterFacts) -> Document:
    taken = Document.objects.filter(case=case, translation_of__isnull=True).count()
    number = f"{facts.case_number}-{taken + 1:02d}"
    content = letter_content(facts, number=number).to_json()
    signed_language = "kk" if facts.language == "kk" else "ru"
    group, now, original = new_id(), clock.now(), None
    for language in sorted(LANGUAGES, key=lambda language: language != signed_language):
        document = Document.objects.create(
            case=case,
            track=track,
            obligation_id=facts.obligation_id,
            code=code,
            language=language,
            number=number,
            group=group,
            translation_of=original,
            template=template_versions.version_on(code, language, clock.today()),
            content=content,
            created_at=now,
        )
        original = original or document
        outbox.enqueue("documents.prepare", {"document_id": str(document.pk)}, key=f"prepare:{document.pk}")
    assert original is not None
    realtime.hint(f"case:{case.pk}", "document.changed", original.pk)
    return original


@transaction.atomic
def regenerate(*, actor: Actor, document_id: UUID) -> Document:
    """Make the letter anew from the case as it is now; the old version is kept as superseded.

    Returns the new version in the language of the given one. Raises DocumentAlreadySigned once it is signed,
    DocumentStepNotAllowed for a version that was superseded before, CaseTransitionNotAllowed in a case that has
    ended, DocumentNotFound and Forbidden.
    """
    found = selectors.get_document(actor=actor, document_id=document_id)
    case = cases.get_case_for_update(actor=actor, case_id=found.case_id)
    permissions.require(actor, "document.regenerate", case)
    actor = case_permissions.acting(actor, case)
    if case.status in FINAL:
        raise CaseTransitionNotAllowed(action="regenerate", current_status=case.status)
    group = list(Document.objects.select_for_update(of=("self",)).filter(group=found.group).order_by("pk"))
    for document in sorted(group, key=lambda row: not row.needs_signature):
        move_document(document, DocumentAction.SUPERSEDE)
        document.save(update_fields=["status"])
    searchable.forget_letters([document.pk for document in group])
    original = next(row for row in group if row.needs_signature)
    event_log.record(
        DocumentSuperseded(
            case_id=case.pk, document_id=original.pk, code=original.code, number=original.number
        ),
        actor=actor,
    )
    track_moves.move(LETTERS, original.track_id, TrackAction.EDIT)
    track = Track.objects.get(pk=original.track_id)
    renewed = _open(case, track, original.code, cases.letter_facts(track.pk))
    return renewed if renewed.language == found.language else renewed.translations.get()


@transaction.atomic
def void_unsigned(*, track_id: UUID) -> int:
    """The procedure was stopped: its letters that nobody has signed are not needed. How many; a second call finds none."""
    case_id = Track.objects.values_list("case_id", flat=True).get(pk=track_id)
    case = cases.get_case_for_update(actor=LETTERS, case_id=case_id)
    unsigned = DOCUMENT_TRANSITIONS[DocumentAction.VOID].sources
    rows = Document.objects.select_for_update(of=("self",)).filter(track_id=track_id).order_by("pk")
    groups = {row.group for row in rows if row.needs_signature and row.status in unsigned}
    found = [row for row in rows if row.group in groups]
    for document in found:
        move_document(document, DocumentAction.VOID)
        document.save(update_fields=["status"])
        if document.needs_signature:
            event_log.record(
                DocumentVoided(
                    case_id=case.pk, document_id=document.pk, code=document.code, number=document.number
                ),
                actor=LETTERS,
            )
            realtime.hint(f"case:{case.pk}", "document.changed", document.pk)
    searchable.forget_letters([document.pk for document in found])
    return len(found)


@transaction.atomic
def mark_signed(*, actor: Actor, document_id: UUID, signed_at: datetime) -> Document:
    """The borrower's signature is made: from now on the letter never changes.

    Called by `signing` in its transaction. Raises DocumentAlreadySigned for the loser of two signatures and
    DocumentStepNotAllowed when the letter is not ready, is a translation, or was superseded.
    """
    document = _locked(document_id)
    if not document.needs_signature:
        raise DocumentStepNotAllowed(current_status=document.status)
    move_document(document, DocumentAction.SIGN)
    document.signed_at = signed_at
    document.save(update_fields=["status", "signed_at"])
    track_moves.move(LETTERS, document.track_id, TrackAction.SIGN)
    event_log.record(
        DocumentSigned(
            case_id=document.case_id,
            document_id=document.pk,
            code=document.code,
            number=document.number,
            sha256=document.sha256,
        ),
        actor=actor,
    )
    realtime.hint(f"case:{document.case_id}", "document.changed", document.pk)
    return document


@transaction.atomic
def attach_sealed(*, actor: Actor, document_id: UUID, file_id: UUID, sha256: str) -> Document:
    """Keep the sealed file of a signed letter and begin to send it; a second call changes nothing.

    `sha256` is of the sealed file. Raises DocumentStepNotAllowed when the letter is not signed.
    """
    document = _locked(document_id)
    if document.sealed_file_id is not None:
        return document
    move_document(document, DocumentAction.SEAL)
    document.sealed_file_id, document.sealed_at = file_id, clock.now()
    document.save(update_fields=["status", "sealed_file", "sealed_at"])
    dispatching.begin(document)
    event_log.record(
        DocumentSealed(
            case_id=document.case_id,
            document_id=document.pk,
            code=document.code,
            number=document.number,
            sha256=sha256,
        ),
        actor=actor,
    )
    realtime.hint(f"case:{document.case_id}", "document.changed", document.pk)
    return document


def _locked(document_id: UUID) -> Document:
    case_id = Document.objects.values_list("case_id", flat=True).get(pk=document_id)
    cases.get_case_for_update(actor=LETTERS, case_id=case_id)
    return Document.objects.select_for_update(of=("self",)).get(pk=document_id)


def page_picture(*, actor: Actor, document_id: UUID, page: int) -> bytes:
    """PNG of a page of the PDF that is signed; drawn at the first look and kept.

    Raises DocumentNotFound, DocumentFileNotFound while the letter is being prepared, PageNotFound.
    """
    document = selectors.get_document(actor=actor, document_id=document_id)
    if document.pdf_file is None:
        raise DocumentFileNotFound
    if not 1 <= page <= document.pages:
        raise PageNotFound
    kept = DocumentPage.objects.filter(document=document, page=page).select_related("file").first()
    if kept is not None:
        return files.read(kept.file)
    picture = preview.page_image(files.read(document.pdf_file), page)
    _keep_page(document, page, picture.png)
    return picture.png


def _keep_page(document: Document, page: int, png: bytes) -> None:
    try:
        with transaction.atomic():
            file: StoredFile = files.store(
                data=png,
                name=f"{document.number}-{page}.png",
                mime="image/png",
                origin="generated",
                owner_kind="document",
                owner_id=document.pk,
            )
            DocumentPage.objects.create(document=document, page=page, file=file)
    except IntegrityError:
        # Another reader drew the same page at the same moment.
        log.info("page_drawn_twice", document_id=str(document.pk), page=page)
