"""Signing by hand: printed, signed, photographed; the manager of the case confirms what he sees or says why not."""

from typing import Final
from uuid import UUID

from django.db import transaction

from kenes.accounts import specialists
from kenes.cases import selectors as cases
from kenes.event_log import services as event_log
from kenes.files import selectors as file_selectors
from kenes.files import services as files
from kenes.files.errors import FileNotReady
from kenes.foundation import clock
from kenes.foundation.actor import Actor
from kenes.realtime import services as realtime
from kenes.signing import methods, permissions
from kenes.signing.errors import PaperNotFound, SignatureRequestNotFound
from kenes.signing.events import PaperHandedIn, PaperRefused
from kenes.signing.methods import Method
from kenes.signing.models import Signature, SignatureMethod, SignatureRequest, SignedPaper
from kenes.signing.services import recording, turns
from kenes.signing.services.locking import (
    Locked,
    cancel_codes,
    lock_any,
    lock_request,
    require_signable,
    save_status,
)
from kenes.signing.services.recording import Origin, Proof
from kenes.signing.states import RequestAction, RequestStatus, move

# Whom the photo belongs to, in `files`.
OWNER: Final = "signed_paper"


def hand_in(*, actor: Actor, request_id: UUID, data: bytes, name: str) -> SignatureRequest:
    """Keep the photo or scan of the signed document for the check; a better one takes the place of one that waits.

    Raises what `locking.require_signable` does, AlreadySigned, ProofTypeNotAllowed, FileTooLarge, FileEmpty.
    """
    specialists.require_paper(data)
    with transaction.atomic():
        locked = lock_request(actor, request_id, "signature.sign")
        request = locked.request
        require_signable(locked)
        methods.require_allowed(request, Method.PAPER)
        move(request, RequestAction.HAND_IN)
        save_status(request)
        cancel_codes(request)
        waiting = SignedPaper.objects.filter(request=request, status=SignedPaper.Status.WAITING)
        waiting.update(status=SignedPaper.Status.REPLACED, checked_at=clock.now())
        file = files.store(
            data=data, name=name, mime="", origin="uploaded", owner_kind=OWNER, owner_id=request.pk
        )
        paper = SignedPaper.objects.create(request=request, file=file, handed_in_by_id=request.signer_id)
        event_log.record(
            PaperHandedIn(
                case_id=locked.case.pk,
                document_id=locked.document.pk,
                request_id=request.pk,
                paper_id=paper.pk,
            ),
            actor=actor,
        )
        _hint(locked)
    return request


@transaction.atomic
def confirm(*, actor: Actor, request_id: UUID) -> Signature:
    """The paper is signed by whom it should be: that is the signature, from this moment on. Never one's own.

    Raises SignatureRequestNotFound, Forbidden, PaperNotFound when none waits, FileNotReady before the virus check, and what
    `locking.require_signable` does.
    """
    locked, paper = _waiting(actor, request_id)
    require_signable(locked)
    if not file_selectors.is_readable(paper.file):
        raise FileNotReady
    paper.status, paper.checked_by_id, paper.checked_at = (
        SignedPaper.Status.CONFIRMED,
        actor.user_id,
        clock.now(),
    )
    paper.save(update_fields=["status", "checked_by", "checked_at"])
    # Nothing is known of where it was signed; address and browser of the manager are not the signer's.
    proof = Proof(SignatureMethod.PAPER, paper.checked_at, Origin("", ""), paper=paper)
    signature = recording.record_signature(locked, actor=actor, proof=proof)
    turns.hint_signer(locked.request)
    return signature


@transaction.atomic
def refuse(*, actor: Actor, request_id: UUID, reason: str) -> SignatureRequest:
    """Not signed, not readable, or another document: the signer is told why and tries again in any way.

    Raises SignatureRequestNotFound, Forbidden, PaperNotFound.
    """
    locked, paper = _waiting(actor, request_id)
    move(locked.request, RequestAction.REFUSE_PAPER)
    save_status(locked.request)
    paper.status, paper.reason = SignedPaper.Status.REFUSED, reason
    paper.checked_by_id, paper.checked_at = actor.user_id, clock.now()
    paper.save(update_fields=["status", "reason", "checked_by", "checked_at"])
    event_log.record(
        PaperRefused(
            case_id=locked.case.pk,
            document_id=locked.document.pk,
            request_id=locked.request.pk,
            paper_id=paper.pk,
        ),
        actor=actor,
    )
    _hint(locked)
    turns.hint_signer(locked.request)
    return locked.request


def _waiting(actor: Actor, request_id: UUID) -> tuple[Locked, SignedPaper]:
    """The request and its waiting paper, locked, for who may check it. Whoever sees not even the case gets 404."""
    request = SignatureRequest.objects.select_related("document").filter(pk=request_id).first()
    if request is None or not cases.cases_visible_to(actor).filter(pk=request.document.case_id).exists():
        raise SignatureRequestNotFound
    locked = lock_any(request_id)
    cases.load_reader(actor, [locked.case])
    permissions.require_checks_paper(actor, locked.case, locked.request.signer_id)
    rows = SignedPaper.objects.select_for_update(of=("self",)).select_related("file")
    paper = rows.filter(request=locked.request, status=SignedPaper.Status.WAITING).first()
    if paper is None or locked.request.status != RequestStatus.ON_CHECK:
        raise PaperNotFound
    return locked, paper


def _hint(locked: Locked) -> None:
    realtime.hint(f"case:{locked.case.pk}", "document.changed", locked.document.pk)
    realtime.hint("staff", "case.changed", locked.case.pk)
