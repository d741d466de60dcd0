"""What signing does after something happened."""

from typing import Any, Final
from uuid import UUID

from django.db import transaction

from kenes.accounts.events_profile import PowerRevoked
from kenes.cases.terms.reminders import seconds_of_quiet
from kenes.documents import selectors as documents
from kenes.documents.events import DocumentSuperseded, DocumentVoided
from kenes.event_log.events import Recorded
from kenes.event_log.services import subscribe
from kenes.foundation import clock, health
from kenes.outbox import registry as outbox
from kenes.outbox import services as outbox_services
from kenes.signing import (
    file_access,
    keeping,  # noqa: F401  (registers itself)
    letters,
    merging,
    organisation_seal,
    personal_data,  # noqa: F401  (registers itself)
    round_selectors,
    selectors,
    timeline,  # noqa: F401  (registers itself)
    timeline_rounds,  # noqa: F401  (registers itself)
)
from kenes.signing.events import (
    RoundEnded,
    SignatureApproved,
    SignatureAsked,
    SignatureMade,
    SignatureReminded,
)
from kenes.signing.services import powers, requests, seals


@subscribe(SignatureMade, lane="documents")
def seal_signed_document(event: Recorded[SignatureMade]) -> None:
    """Seal at once after the last signature; sending follows in `documents` when the sealed file is attached."""
    if event.data.is_last:
        seals.seal_document(signature_id=event.data.signature_id)


@subscribe(SignatureApproved, lane="documents")
def seal_approved_document(event: Recorded[SignatureApproved]) -> None:
    """The last answer of a round may be an approval."""
    seals.seal_after_approval(document_id=event.data.document_id)


@subscribe(DocumentSuperseded)
def close_requests_of_replaced_document(event: Recorded[DocumentSuperseded]) -> None:
    """A newer version took the place of the letter: its code must not sign the old one."""
    requests.close_requests_of(document_id=event.data.document_id)


@subscribe(DocumentVoided)
def close_requests_of_void_document(event: Recorded[DocumentVoided]) -> None:
    """The procedure was stopped: a code on its way must not sign the letter."""
    requests.close_requests_of(document_id=event.data.document_id)


@subscribe(PowerRevoked)
def give_back_what_a_power_was_for(event: Recorded[PowerRevoked]) -> None:
    """Whoever took the power back signs himself; nobody else could go on."""
    powers.give_back(power_id=event.data.power_id)


# One letter of a round, after the hours of quiet.
LETTER: Final = "signing.letter"


@subscribe(SignatureAsked)
def tell_whose_turn_it_is(event: Recorded[SignatureAsked]) -> None:
    """The turn of a signer has come: he is written to."""
    _queue("asked", event.data.request_id, event.id)


@subscribe(SignatureReminded)
def remind_signer(event: Recorded[SignatureReminded]) -> None:
    """A signer is written to once more."""
    _queue("reminded", event.data.request_id, event.id)


@subscribe(RoundEnded)
def tell_how_it_ended(event: Recorded[RoundEnded]) -> None:
    """Everybody who takes part hears that all have signed, or why it ended without."""
    _queue("ended", event.data.round_id, event.id)


def _queue(what: str, subject_id: UUID, event_id: UUID) -> None:
    with transaction.atomic():
        outbox_services.enqueue(
            LETTER,
            {"what": what, "id": str(subject_id), "key": f"signing:{event_id}"},
            key=f"{LETTER}:{event_id}",
            delay_seconds=seconds_of_quiet(clock.now()),
        )


@outbox.handler(LETTER)
def write_letter(payload: dict[str, Any], context: outbox.OutboxContext) -> None:
    """Queue one letter of a round, or one for everybody when it has ended."""
    if payload["what"] == "ended":
        letters.tell_ended(UUID(payload["id"]), key=payload["key"])
    else:
        letters.tell_asked(UUID(payload["id"]), key=payload["key"], is_reminder=payload["what"] == "reminded")


documents.register_verify_urls(selectors.verify_urls)
documents.register_named(round_selectors.reads_as_signer)
health.register("seal", organisation_seal.check)
merging.connect()
file_access.connect()
