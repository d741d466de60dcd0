"""What letters do after something happened elsewhere, and their outbox handlers."""

from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from kenes.accounts.events import ConsentAccepted
from kenes.accounts.events_personal_data import ConsentWithdrawn
from kenes.cases.collaboration import case_parts
from kenes.cases.events.cases import TrackMoved, TrackOpened
from kenes.cases.states.track import TrackState
from kenes.cases.tracks import now
from kenes.creditors.events import CreditorAddressConfirmed
from kenes.documents import (
    personal_data,  # noqa: F401  (registers itself)
    searchable,  # noqa: F401  (registers itself)
    selectors,
    services,
    signed_files,  # noqa: F401  (registers itself)
    timeline,  # noqa: F401  (registers itself)
)
from kenes.documents.bulk import (
    batches,  # noqa: F401  (registers its kind of work)
    set_making,
)
from kenes.documents.events import DispatchAccepted, DispatchDelivered
from kenes.documents.exports import case_exports
from kenes.documents.packages import making as package_making
from kenes.documents.packages import services as packages
from kenes.documents.preparing import preparation
from kenes.documents.sending import dispatching
from kenes.documents.versions import archival
from kenes.event_log.events import Recorded
from kenes.event_log.services import subscribe
from kenes.files.converter import converter_pool
from kenes.foundation import clock, health
from kenes.messaging import delivery
from kenes.messaging import selectors as messages
from kenes.messaging.events import MessageAccepted, MessageDelivered, MessageFailed
from kenes.outbox import registry as outbox
from kenes.outbox.services import MAX_ATTEMPTS


@subscribe(TrackOpened)
def begin_documents(event: Recorded[TrackOpened]) -> None:
    """A procedure was opened: its documents are begun in both languages, or what they lack is asked."""
    set_making.begin_set(track_id=event.data.track_id)


@subscribe(TrackMoved)
def follow_procedure(event: Recorded[TrackMoved]) -> None:
    """A stopped procedure waits for no signature; one that gets to its letter may find it ready."""
    if event.data.target == TrackState.WITHDRAWN:
        services.void_unsigned(track_id=event.data.track_id)
    elif event.data.target == TrackState.PREPARING:
        preparation.catch_up(track_id=event.data.track_id)


@outbox.handler("documents.prepare", lane="documents")
def prepare(payload: dict[str, Any], context: outbox.OutboxContext) -> None:
    """Make the files of one letter."""
    preparation.prepare(document_id=UUID(payload["document_id"]), last_try=context.attempt >= MAX_ATTEMPTS)


@outbox.handler(archival.HANDLER, lane="documents")
def archive(payload: dict[str, Any], context: outbox.OutboxContext) -> None:
    """Make the PDF/A of one document."""
    archival.make(
        document_id=UUID(payload["document_id"]),
        last_try=context.attempt >= MAX_ATTEMPTS,
        pool=converter_pool(),
    )


@outbox.handler(packages.HANDLER, lane="documents")
def make_package(payload: dict[str, Any], context: outbox.OutboxContext) -> None:
    """Put the package of one letter together; a letter that waits for it leaves."""
    package_id, version = UUID(payload["package_id"]), int(payload["version"])
    package_making.make(
        package_id=package_id,
        version=version,
        last_try=context.attempt >= MAX_ATTEMPTS,
        pool=converter_pool(),
    )
    # Also when it was made before: whoever made it may have been killed before the letter was let go.
    package_making.let_leave(package_id=package_id, version=version)


@subscribe(DispatchAccepted)
def prove_sending(event: Recorded[DispatchAccepted]) -> None:
    """The letter has left: its sheet of proof is made."""
    packages.order_proof(document_id=event.data.document_id)


@subscribe(DispatchDelivered)
def prove_delivery(event: Recorded[DispatchDelivered]) -> None:
    """Delivery is confirmed: the sheet of proof says so."""
    packages.order_proof(document_id=event.data.document_id)


@outbox.handler("documents.dispatch", lane="documents")
def dispatch(payload: dict[str, Any], context: outbox.OutboxContext) -> None:
    """Hand one signed letter over for sending, if the creditor's address is known."""
    dispatching.send(dispatch_id=UUID(payload["dispatch_id"]))


@subscribe(CreditorAddressConfirmed)
def release_waiting_letters(event: Recorded[CreditorAddressConfirmed]) -> None:
    """Letters that waited for this creditor's address leave."""
    dispatching.release_waiting(creditor_id=event.data.creditor_id, wakes=str(event.id))


@subscribe(ConsentWithdrawn)
def stop_letters(event: Recorded[ConsentWithdrawn]) -> None:
    """Letters that have not left yet stop."""
    if event.data.kind == dispatching.CONSENT:
        dispatching.hold_letters_of(person_id=event.data.person_id)


@subscribe(ConsentAccepted)
def let_letters_go_on(event: Recorded[ConsentAccepted]) -> None:
    """Letters that waited for the consent leave."""
    if event.data.kind == dispatching.CONSENT:
        dispatching.release_letters_of(person_id=event.data.person_id, wakes=str(event.id))


@subscribe(MessageAccepted)
def letter_accepted(event: Recorded[MessageAccepted]) -> None:
    """The creditor's server answered 250: the day on an Almaty clock starts the creditor's term."""
    if event.data.kind != dispatching.MESSAGE_KIND:
        return
    accepted_at = messages.get_message(event.data.message_id).accepted_at or event.at
    real_day = clock.almaty(accepted_at).date()
    # With a demonstration day in force, the day of the event is that day.
    on = event.on_date if event.on_date != clock.almaty(event.at).date() else real_day
    dispatching.accepted(message_id=event.data.message_id, on=on)


@subscribe(MessageDelivered)
def letter_delivered(event: Recorded[MessageDelivered]) -> None:
    """A delivery notice for a letter."""
    if event.data.kind == dispatching.MESSAGE_KIND:
        dispatching.delivered(message_id=event.data.message_id)


@subscribe(MessageFailed)
def letter_failed(event: Recorded[MessageFailed]) -> None:
    """A letter will not be sent again by itself."""
    if event.data.kind == dispatching.MESSAGE_KIND:
        reason = f"{event.data.failure}_uncertain" if event.data.uncertain else event.data.failure
        dispatching.failed(message_id=event.data.message_id, reason=reason)


@outbox.handler("documents.case_export", lane="documents")
def make_export(payload: dict[str, Any], context: outbox.OutboxContext) -> None:
    """Make one file about a case."""
    case_exports.make(
        export_id=UUID(payload["export_id"]),
        last_try=context.attempt >= MAX_ATTEMPTS,
        pool=converter_pool(),
    )


@outbox.handler("documents.case_export_expired")
def expire_export(payload: dict[str, Any], context: outbox.OutboxContext) -> None:
    """The days of one file about a case are over."""
    case_exports.expire(export_id=UUID(payload["export_id"]))


def _check_converter() -> None:
    converter_pool().check()


delivery.guard(dispatching.MESSAGE_KIND, dispatching.may_leave, failure=dispatching.NO_CONSENT)
now.register_letters_to_sign(selectors.letters_to_sign)
now.register_questions(selectors.questions_of)
health.register("converter", _check_converter)
case_parts.follows("letters", label=_("Letters and dispatches"), column="documents.Document.case")
case_parts.follows(
    "document_drafts", label=_("Questions for documents"), column="documents.DocumentDraft.case",
    once=("code", "obligation"),
)  # fmt: skip
case_parts.follows("exports", label=_("Files about the case"), column="documents.CaseExport.case")
case_exports.connect()
