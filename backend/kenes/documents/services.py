"""Changes to letters: opening, renewing, signing, sealing, pages. Sending is in `sending.dispatching`."""

from datetime import datetime
from typing import Final
from uuid import UUID

from django.db import IntegrityError, transaction

from kenes.cases import permissions as case_permissions
from kenes.cases import selectors as cases
from kenes.cases.errors.cases import CaseTransitionNotAllowed
from kenes.cases.models import Track
from kenes.cases.obligations.letter_facts import debt_facts
from kenes.cases.states.case import FINAL
from kenes.cases.states.machine import TrackAction
from kenes.cases.states.track import TrackState
from kenes.documents import catalogue, permissions, searchable, selectors, sets, track_moves
from kenes.documents.bulk import set_making
from kenes.documents.editing import editions
from kenes.documents.errors import (
    DocumentFileNotFound,
    DocumentKindNotFound,
    DocumentStepNotAllowed,
    PageNotFound,
)
from kenes.documents.events import DocumentSealed, DocumentSigned, DocumentVoided
from kenes.documents.letters import collect
from kenes.documents.models import Document, DocumentPage
from kenes.documents.preparing import making
from kenes.documents.sending import arrivals, dispatching
from kenes.documents.states import DOCUMENT_TRANSITIONS, DocumentAction, move_document
from kenes.event_log import services as event_log
from kenes.files import pages
from kenes.files import services as files
from kenes.files.models import StoredFile
from kenes.foundation import clock, logs
from kenes.foundation.actor import Actor, SystemActor
from kenes.realtime import services as realtime

log = logs.get(__name__)

LETTERS: Final = SystemActor("letters")


def load_reference_data() -> int:
    """Publish the templates of the app that have changed; returns how many. Running it again changes nothing."""
    arrivals.share_what_arrived()
    return editions.publish_from_files()


@transaction.atomic
def open_letter(*, track_id: UUID) -> Document | None:
    """Begin the letter of a restructuring procedure and its translation; the files are made by the outbox.

    The text to sign is in the borrower's language, Russian for an English-speaking one. A second call gives the
    letter that is there. None when no letter fits the creditor, or the procedure is past preparing.
    """
    track = Track.objects.get(pk=track_id)
    case = cases.get_case_for_update(actor=LETTERS, case_id=track.case_id)
    existing = making.live(case.pk).filter(track_id=track_id, code__in=_main_codes()).first()
    if existing is not None:
        return existing
    if Track.objects.values_list("state", flat=True).get(pk=track_id) != TrackState.PREPARING:
        return None
    made = set_making.begin_set(track_id=track_id)
    return next((one for one in made if sets.moves_procedure(one.code)), None)


def _main_codes() -> list[str]:
    return [code for code in catalogue.kinds() if sets.moves_procedure(code)]


@transaction.atomic
def regenerate(*, actor: Actor, document_id: UUID, reason: str = "") -> Document:
    """Make the letter anew from the case as it is now; the old version is kept as superseded, `reason` with the new one.

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
    kind = catalogue.get(found.code)
    if kind is None:
        raise DocumentKindNotFound
    original = making.supersede(actor=actor, group=making.locked_group(found.group))
    if original.track_id is not None and sets.moves_procedure(original.code):
        track_moves.move(LETTERS, original.track_id, TrackAction.EDIT)
    told = original.content.get("answers", {})
    renewed = making.write(
        case=case,
        kind=kind,
        content=collect.content(debt_facts(case.pk), about=original.obligation_id, answers=told),
        obligation_id=original.obligation_id,
        track_id=original.track_id,
        replaces=original,
        reason=reason,
        actor=actor,
    )
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
    if document.track_id is not None and sets.moves_procedure(document.code):
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
    debt = document.obligation
    if debt is not None and sets.goes_to_creditor(document.code, debt.creditor.type):
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
    # What the letter says is long and encrypted: signing and sealing need none of it.
    rows = Document.objects.select_for_update(of=("self",)).select_related("obligation__creditor")
    return rows.defer("content", "text", "reason", "void_reason").get(pk=document_id)


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
    picture = pages.page_image(files.read(document.pdf_file), page)
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
