"""Send a signed letter to the creditor and collect the proof.

Order of locks: case, document, dispatch. Nothing is sent here: `messaging` takes the message in the same transaction
and tells by events what became of it.
"""

from datetime import date
from typing import Final
from uuid import UUID

from django.db import transaction

from kenes.accounts import consents
from kenes.accounts.models import ConsentKind
from kenes.cases import selectors as cases
from kenes.cases import services as case_services
from kenes.cases.models import Case, FactSource
from kenes.cases.states.case import FINAL
from kenes.cases.states.machine import TrackAction
from kenes.creditors import selectors as creditors
from kenes.documents import permissions, selectors, sets, track_moves
from kenes.documents.events import (
    DispatchAccepted,
    DispatchDelivered,
    DispatchFailed,
    DispatchHeld,
    DispatchQueued,
    DispatchReleased,
    DispatchWaiting,
)
from kenes.documents.letters.content import LetterContent
from kenes.documents.models import Dispatch, Document
from kenes.documents.packages import sending as package_sending
from kenes.documents.packages import services as packages
from kenes.documents.sending import arrivals, letter_email
from kenes.documents.states import (
    DispatchAction,
    DispatchStatus,
    DocumentAction,
    DocumentStatus,
    can_move_dispatch,
    move_dispatch,
    move_document,
)
from kenes.event_log import services as event_log
from kenes.event_log.selectors import events_of
from kenes.foundation import clock, logs
from kenes.foundation.actor import Actor, SystemActor
from kenes.foundation.errors import KenesError
from kenes.messaging import selectors as messages
from kenes.messaging import services as messaging
from kenes.messaging.models import Message
from kenes.outbox import services as outbox
from kenes.realtime import services as realtime

log = logs.get(__name__)

ACTOR: Final = SystemActor("dispatch")
MESSAGE_KIND: Final = "creditor_letter"
CONSENT: Final = ConsentKind.CREDITOR_TRANSFER
NO_CONSENT: Final = "consent_withdrawn"


def begin(document: Document) -> Dispatch:
    """Open the dispatch of a letter that has just been sealed, in the caller's transaction; it leaves by the outbox."""
    now, debt = clock.now(), document.obligation
    assert debt is not None
    dispatch = Dispatch.objects.create(
        document=document, creditor_id=debt.creditor_id, created_at=now, updated_at=now
    )
    # With a package it leaves when that is settled; see `package_settled`.
    if not packages.order_for_sending(document):
        _enqueue(dispatch)
    return dispatch


@transaction.atomic
def package_settled(*, document_id: UUID, wakes: str) -> None:
    """The package of a letter is made, or never will be: a letter that waits for it leaves."""
    dispatch = Dispatch.objects.filter(document_id=document_id, status=DispatchStatus.WAITING_ADDRESS).first()
    if dispatch is not None:
        _enqueue(dispatch, wakes=f"package-{wakes}")


def _enqueue(dispatch: Dispatch, *, wakes: str = "") -> None:
    key = f"dispatch:{dispatch.pk}:{dispatch.round}:{wakes}"
    outbox.enqueue("documents.dispatch", {"dispatch_id": str(dispatch.pk)}, key=key)


def _locked(dispatch_id: UUID) -> tuple[Case, Document, Dispatch]:
    document_id, case_id = Dispatch.objects.values_list("document_id", "document__case_id").get(
        pk=dispatch_id
    )
    case = cases.get_case_for_update(actor=ACTOR, case_id=case_id)
    document = Document.objects.select_for_update(of=("self",)).get(pk=document_id)
    return case, document, Dispatch.objects.select_for_update().get(pk=dispatch_id)


@transaction.atomic
def send(*, dispatch_id: UUID) -> None:
    """Hand a waiting letter over for sending when the creditor has a confirmed address; else it goes on waiting.

    A dispatch that is under way, or whose package is being made, is left as it is. A case that has ended meanwhile sends nothing. Without the borrower's
    consent to pass data to creditors the letter is held; the consent cannot end before this step has.
    """
    case, document, dispatch = _locked(dispatch_id)
    if dispatch.status != DispatchStatus.WAITING_ADDRESS:
        return
    if case.status in FINAL:
        _fail(document, dispatch, "case_ended")
        return
    if not _has_consent(case.borrower_id):
        _hold(document, dispatch)
        return
    address = creditors.dispatch_address(dispatch.creditor_id)
    if address is None:
        _note_waiting(document, dispatch)
        return
    if packages.holds_back(document.pk):
        return
    try:
        with transaction.atomic():
            _hand_over(case, document, dispatch, address.value)
    except KenesError as problem:
        log.error("dispatch_refused", dispatch_id=str(dispatch.pk), reason=problem.code)
        _fail(document, dispatch, problem.code)


def _note_waiting(document: Document, dispatch: Dispatch) -> None:
    """Tell once that sending waits; a repeated run of the same effect says nothing new."""
    told = events_of("case", document.case_id).filter(
        type__startswith="dispatch.", data__dispatch_id=str(dispatch.pk)
    )
    if told.order_by("-seq").values_list("type", flat=True).first() == DispatchWaiting.type:
        return
    event_log.record(
        DispatchWaiting(case_id=document.case_id, document_id=document.pk, dispatch_id=dispatch.pk),
        actor=ACTOR,
    )


def _has_consent(borrower_id: UUID) -> bool:
    """Whether the borrower lets data go to creditors, held for this transaction. A newer wording stops no letter on its way."""
    return consents.hold(borrower_id, CONSENT, any_version=True)


def _hold(document: Document, dispatch: Dispatch) -> None:
    """Stop a letter that must not leave without consent; once, and with a word in the history."""
    move_dispatch(dispatch, DispatchAction.HOLD)
    dispatch.failure = NO_CONSENT
    _save(dispatch, "failure")
    event_log.record(
        DispatchHeld(case_id=document.case_id, document_id=document.pk, dispatch_id=dispatch.pk), actor=ACTOR
    )


def may_leave(message: Message) -> bool:
    """Last question before a letter is given to the mail server, asked in the transaction that opens the attempt."""
    borrower_id = cases.borrower_of(message.case_id) if message.case_id else None
    return borrower_id is not None and _has_consent(borrower_id)


def hold_letters_of(*, person_id: UUID) -> int:
    """The consent was withdrawn: stop every letter of the person that is not with the mail server yet; how many."""
    under_way = Dispatch.objects.filter(
        document__case__borrower_id=person_id,
        status__in=[DispatchStatus.WAITING_ADDRESS, DispatchStatus.QUEUED],
    )
    ids = list(under_way.order_by("document__case_id", "pk").values_list("pk", flat=True))
    return sum(_hold_one(dispatch_id, person_id) for dispatch_id in ids)


@transaction.atomic
def _hold_one(dispatch_id: UUID, person_id: UUID) -> bool:
    _case, document, dispatch = _locked(dispatch_id)
    if _has_consent(person_id) or not can_move_dispatch(dispatch, DispatchAction.HOLD):
        return False
    # A letter that the mail server may already have cannot be called back: its own outcome decides.
    if dispatch.message_id is not None and not messaging.withdraw(dispatch.message_id):
        return False
    _hold(document, dispatch)
    return True


def release_letters_of(*, person_id: UUID, wakes: str) -> int:
    """The consent was given again: held letters leave; how many. `wakes` names the event."""
    held = Dispatch.objects.filter(
        document__case__borrower_id=person_id, status=DispatchStatus.WAITING_CONSENT
    )
    ids = list(held.order_by("document__case_id", "pk").values_list("pk", flat=True))
    return sum(_release_one(dispatch_id, person_id, wakes) for dispatch_id in ids)


@transaction.atomic
def _release_one(dispatch_id: UUID, person_id: UUID, wakes: str) -> bool:
    _case, document, dispatch = _locked(dispatch_id)
    if dispatch.status != DispatchStatus.WAITING_CONSENT or not _has_consent(person_id):
        return False
    move_dispatch(dispatch, DispatchAction.RELEASE)
    dispatch.failure, dispatch.message_id = "", None
    _save(dispatch, "failure", "message_id")
    event_log.record(
        DispatchReleased(case_id=document.case_id, document_id=document.pk, dispatch_id=dispatch.pk),
        actor=ACTOR,
    )
    _enqueue(dispatch, wakes=wakes)
    return True


def _hand_over(case: Case, document: Document, dispatch: Dispatch, address: str) -> None:
    # A translation that could not be made does not hold the signed letter back.
    translation = document.translations.filter(pdf_file__isnull=False).first()
    carried = package_sending.carried(document, translation)
    letter = letter_email.compose(
        case=case,
        document=document,
        content=LetterContent.from_json(document.content),
        verify_url=selectors.verify_urls([document.pk]).get(document.pk, ""),
        translation_language=translation.language if translation is not None else "",
        carried=carried,
    )
    dispatch.round += 1
    message = messaging.send_email(
        key=selectors.message_key(dispatch.pk, dispatch.round),
        to=address,
        subject=letter.subject,
        text=letter.text,
        html=letter.html,
        kind=MESSAGE_KIND,
        attachments=list(carried.files),
        reply_to=letter.reply_to,
        case_id=case.pk,
    )
    move_dispatch(dispatch, DispatchAction.QUEUE)
    dispatch.message_id, dispatch.address, dispatch.failure = message.pk, address, ""
    _save(dispatch, "round", "message_id", "address", "failure")
    event_log.record(
        DispatchQueued(
            case_id=case.pk,
            document_id=document.pk,
            dispatch_id=dispatch.pk,
            message_id=message.pk,
            is_repeat=dispatch.round > 1,
        ),
        actor=ACTOR,
    )


def _save(dispatch: Dispatch, *fields: str) -> None:
    dispatch.updated_at = clock.now()
    dispatch.save(update_fields=["status", "updated_at", *fields])
    realtime.hint(f"case:{dispatch.document.case_id}", "document.changed", dispatch.document_id)


@transaction.atomic
def release_waiting(*, creditor_id: UUID, wakes: str) -> int:
    """An address of the creditor was confirmed: letters that wait for it leave; how many. `wakes` names the event."""
    waiting = Dispatch.objects.filter(creditor_id=creditor_id, status=DispatchStatus.WAITING_ADDRESS)
    rows = list(waiting.order_by("created_at", "pk"))
    for dispatch in rows:
        _enqueue(dispatch, wakes=wakes)
    return len(rows)


@transaction.atomic
def accepted(*, message_id: UUID, on: date) -> None:
    """The creditor's mail server has taken the letter: from the day `on` the creditor's term runs."""
    found = Dispatch.objects.filter(message_id=message_id).values_list("pk", flat=True).first()
    if found is None:
        return
    case, document, dispatch = _locked(found)
    if dispatch.message_id != message_id or not can_move_dispatch(dispatch, DispatchAction.ACCEPT):
        return
    move_dispatch(dispatch, DispatchAction.ACCEPT)
    dispatch.accepted_at = messages.get_message(message_id).accepted_at or clock.now()
    dispatch.failure = ""
    _save(dispatch, "accepted_at", "failure")
    _mark_sent(document)
    if document.track_id is not None and sets.moves_procedure(document.code):
        arrivals.share(document, dispatch)
        track_moves.move(ACTOR, document.track_id, TrackAction.SEND)
        _note_receipt(document, document.track_id, on)
    event_log.record(
        DispatchAccepted(
            case_id=case.pk, document_id=document.pk, dispatch_id=dispatch.pk, message_id=message_id
        ),
        actor=ACTOR,
    )


def _note_receipt(document: Document, track_id: UUID, on: date) -> None:
    with track_moves.where_possible(track_id, "receipt"):
        case_services.record_fact(
            actor=ACTOR,
            case_id=document.case_id,
            kind="APPLICATION_RECEIVED",
            on=on,
            obligation_id=document.obligation_id,
            source=FactSource.MAIL_SERVER,
            track_id=track_id,
        )


def _mark_sent(document: Document) -> None:
    group = Document.objects.select_for_update(of=("self",)).filter(group=document.group).order_by("pk")
    for row in group:
        if row.status == DocumentStatus.SEALED:
            move_document(row, DocumentAction.SEND)
        elif row.status == DocumentStatus.READY_TO_SIGN and not row.needs_signature:
            move_document(row, DocumentAction.SEND_ALONG)
        else:
            continue
        row.save(update_fields=["status"])


@transaction.atomic
def delivered(*, message_id: UUID) -> None:
    """A delivery notice came for the letter."""
    found = Dispatch.objects.filter(message_id=message_id).values_list("pk", flat=True).first()
    if found is None:
        return
    case, document, dispatch = _locked(found)
    if not can_move_dispatch(dispatch, DispatchAction.DELIVER):
        return
    move_dispatch(dispatch, DispatchAction.DELIVER)
    dispatch.delivered_at = clock.now()
    _save(dispatch, "delivered_at")
    event_log.record(
        DispatchDelivered(case_id=case.pk, document_id=document.pk, dispatch_id=dispatch.pk), actor=ACTOR
    )


@transaction.atomic
def failed(*, message_id: UUID, reason: str) -> None:
    """The letter will not be sent again by itself; a manager sees it and may try anew."""
    found = Dispatch.objects.filter(message_id=message_id).values_list("pk", flat=True).first()
    if found is None:
        return
    _case, document, dispatch = _locked(found)
    if dispatch.message_id != message_id:
        return
    if reason == NO_CONSENT and can_move_dispatch(dispatch, DispatchAction.HOLD):
        _hold(document, dispatch)
    elif dispatch.status != DispatchStatus.WAITING_CONSENT and can_move_dispatch(
        dispatch, DispatchAction.FAIL
    ):
        _fail(document, dispatch, reason)


def _fail(document: Document, dispatch: Dispatch, reason: str) -> None:
    move_dispatch(dispatch, DispatchAction.FAIL)
    dispatch.failure = reason[:60]
    _save(dispatch, "failure")
    if document.track_id is not None and sets.moves_procedure(document.code):
        track_moves.move(ACTOR, document.track_id, TrackAction.SEND_FAILED)
    event_log.record(
        DispatchFailed(
            case_id=document.case_id,
            document_id=document.pk,
            dispatch_id=dispatch.pk,
            reason=dispatch.failure,
        ),
        actor=ACTOR,
    )


@transaction.atomic
def retry(*, actor: Actor, dispatch_id: UUID) -> Dispatch:
    """Send a letter again that could not be sent, to the address confirmed now; a new round, shown as a repeat.

    Without the borrower's consent it is held instead, until the consent is given again.

    Raises DispatchNotFound, Forbidden, and DispatchStepNotAllowed when it has not failed.
    """
    visible = selectors.get_dispatch(actor=actor, dispatch_id=dispatch_id)
    case, document, dispatch = _locked(visible.pk)
    permissions.require(actor, "dispatch.retry", case)
    move_dispatch(dispatch, DispatchAction.RETRY)
    dispatch.failure = ""
    if not _has_consent(case.borrower_id):
        _hold(document, dispatch)
        return dispatch
    _save(dispatch, "failure")
    _enqueue(dispatch, wakes=f"retry-{clock.now().isoformat()}")
    return dispatch
