"""What somebody does with a request besides signing: has read it, approves, declines, lets his representative sign."""

import hashlib
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from kenes.accounts import selectors as accounts
from kenes.documents.models import Document
from kenes.event_log import services as event_log
from kenes.foundation import clock
from kenes.foundation.actor import Actor
from kenes.foundation.errors import FieldError, FieldErrors
from kenes.realtime import services as realtime
from kenes.signing import signers
from kenes.signing.eds.errors import NameMissing
from kenes.signing.errors import DocumentChanged, SignatureRequestClosed, WrongWay
from kenes.signing.events import (
    SignatureApproved,
    SignatureDeclined,
    SignatureDelegated,
    SignatureTextShown,
)
from kenes.signing.models import SignatureRequest, SignerRole
from kenes.signing.reading import deliveries
from kenes.signing.services import endings, recording, turns
from kenes.signing.services.locking import (
    Locked,
    cancel_codes,
    lock_request,
    require_running,
    require_same,
    require_shown,
    require_unchanged,
    save_status,
)
from kenes.signing.states import ANSWERED, OPEN, RequestAction, RoundAction, RoundStatus, move


@transaction.atomic
def note_shown(*, actor: Actor, request_id: UUID, document_sha256: str, session: str) -> SignatureRequest:
    """The signer's screen has shown the document with this hash to its last page: kept as evidence, once.

    Also before his turn. Believed only when the server gave the whole text to this `session` (see `reading.deliveries`).
    Raises DocumentChanged, TextNotGiven, SignatureRequestClosed, DocumentNotReady, AlreadySigned.
    """
    locked = lock_request(actor, request_id, "signature.show")
    request = locked.request
    if request.status not in OPEN:
        raise SignatureRequestClosed(current_status=request.status)
    require_running(locked.case)
    require_same(locked)
    if document_sha256 != request.document_sha256:
        raise DocumentChanged
    given = deliveries.require_given(request, session=session, pages=locked.document.pages)
    if request.text_shown_at is None:
        request.text_shown_at, request.text_given_at, request.text_given_as = clock.now(), given.at, given.how
        request.save(update_fields=["text_shown_at", "text_given_at", "text_given_as"])
        event_log.record(
            SignatureTextShown(
                case_id=locked.case.pk, document_id=locked.document.pk, request_id=request.pk,
                document_sha256=document_sha256, given_at=given.at.isoformat(timespec="microseconds"),
                given_as=given.how, text_sha256=_text_sha256(locked.document),
            ),
            actor=actor,
        )  # fmt: skip
    return request


def _text_sha256(document: Document) -> str:
    return hashlib.sha256(document.text.encode()).hexdigest() if document.text else ""


@transaction.atomic
def approve(*, actor: Actor, request_id: UUID) -> SignatureRequest:
    """An approver agrees; nothing is signed. With the last answer the round is complete.

    Raises what `require_unchanged` does, WrongWay for a signer, NameMissing, TextNotShown, AlreadySigned.
    """
    locked = lock_request(actor, request_id, "signature.approve")
    request = locked.request
    if request.role != SignerRole.APPROVER:
        raise WrongWay
    require_unchanged(locked)
    require_shown(locked)
    if not accounts.get_person(request.signer_id).full_name.strip():
        raise NameMissing
    move(request, RequestAction.APPROVE)
    save_status(request)
    recording.go_on(locked, actor=actor, signature=None)
    event_log.record(
        SignatureApproved(case_id=locked.case.pk, document_id=locked.document.pk, request_id=request.pk),
        actor=actor,
    )
    turns.hint_signer(request)
    return request


@transaction.atomic
def decline_signature(*, actor: Actor, request_id: UUID, reason: str) -> SignatureRequest:
    """The signer or approver says no: the round ends for everybody, the reason is kept encrypted.

    The letter can be made anew, or asked to be signed later. Also before his turn. Raises AlreadySigned, SignatureRequestClosed, WrongWay.
    """
    locked = lock_request(actor, request_id, "signature.decline")
    request, document = locked.request, locked.document
    if request.role == SignerRole.COPY:
        raise WrongWay
    move(request, RequestAction.DECLINE)
    request.decline_reason = reason
    endings.close(request)
    event_log.record(
        SignatureDeclined(case_id=document.case_id, document_id=document.pk, request_id=request.pk),
        actor=actor,
    )
    if locked.round.status == RoundStatus.OPEN:
        endings.end_round(locked.round, RoundAction.DECLINE, actor=actor, case_id=document.case_id)
    realtime.hint("staff", "case.changed", document.case_id)
    return request


@transaction.atomic
def delegate(*, actor: Actor, request_id: UUID, person_id: UUID) -> SignatureRequest:
    """Let a representative with a power to sign do it; the power is looked at again when he signs. Gives his request.

    Raises what `require_unchanged` does, WrongWay for an approver or who represents somebody himself, AlreadySigned, FieldErrors
    (/person_id) without such a power, and where this representative signs for him already.
    """
    locked = lock_request(actor, request_id, "signature.delegate")
    request = locked.request
    if request.role != SignerRole.SIGNER or request.principal_id is not None:
        raise WrongWay
    require_unchanged(locked)
    held = signers.powers_to_sign(request.signer_id).filter(representative_id=person_id)
    power = held.select_for_update(of=("self",)).order_by("-valid_until", "pk").first()
    if power is None:
        detail = _("This person has no power of attorney in force to sign for you.")
        raise FieldErrors([FieldError("/person_id", "no_power", detail)])
    _require_not_named(locked, person_id)
    move(request, RequestAction.DELEGATE)
    save_status(request)
    cancel_codes(request)
    given = _give(locked, power_id=power.pk, person_id=person_id)
    event_log.record(
        SignatureDelegated(
            case_id=locked.case.pk, document_id=locked.document.pk, request_id=request.pk,
            delegated_to_id=given.pk, power_id=power.pk,
        ),
        actor=actor,
    )  # fmt: skip
    turns.ask_next(locked.round, actor=actor, case_id=locked.case.pk)
    realtime.hint(f"case:{locked.case.pk}", "document.changed", locked.document.pk)
    return given


def _require_not_named(locked: Locked, person_id: UUID) -> None:
    """FieldErrors where the representative has a request, or has signed, in this round for the same principal."""
    taking_part = locked.round.requests.filter(status__in=sorted(OPEN | ANSWERED))
    if taking_part.filter(signer_id=person_id, principal_id=locked.request.signer_id).exists():
        detail = _("This person signs for you in this document already.")
        raise FieldErrors([FieldError("/person_id", "already_named", detail)])


def _give(locked: Locked, *, power_id: UUID, person_id: UUID) -> SignatureRequest:
    own = locked.request
    return SignatureRequest.objects.create(
        round=locked.round, document=locked.document, signer_id=person_id, role=own.role, position=own.position,
        party_role=own.party_role, organisation_id=own.organisation_id, principal_id=own.signer_id,
        power_id=power_id, delegated_from=own, document_sha256=own.document_sha256, expires_at=own.expires_at,
    )  # fmt: skip
