"""Signers are chosen, chosen anew, and a round is taken back."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Final
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from kenes.cases import permissions as case_permissions
from kenes.cases import selectors as cases
from kenes.cases.models import Case
from kenes.documents import kinds
from kenes.documents import selectors as document_selectors
from kenes.documents.models import Document
from kenes.event_log import services as event_log
from kenes.foundation import clock
from kenes.foundation.actor import Actor
from kenes.foundation.errors import FieldError, FieldErrors, Forbidden
from kenes.realtime import services as realtime
from kenes.signing import permissions, signers
from kenes.signing.errors import (
    DocumentNotReady,
    RoundClosed,
    RoundOpen,
    SignatureRequestClosed,
    SignatureRequestNotFound,
)
from kenes.signing.events import RoundStarted
from kenes.signing.models import SignatureRequest, SignerRole, SigningRound
from kenes.signing.services import endings, turns
from kenes.signing.services.locking import lock_document, require_running
from kenes.signing.states import ANSWERED, OPEN, RequestStatus, RoundAction, RoundStatus

MAX_PEOPLE: Final = 20
DAYS: Final = 30
MAX_DAYS: Final = 90


@dataclass(frozen=True, slots=True)
class SignerWish:
    """Somebody to be named in a round; `position` counts only in an ordered one, `expires_in_days` from now."""

    person_id: UUID
    role: str = SignerRole.SIGNER.value
    position: int = 1
    expires_in_days: int = DAYS


@transaction.atomic
def start_round(
    *, actor: Actor, document_id: UUID, is_ordered: bool, wishes: Sequence[SignerWish]
) -> SigningRound:
    """Choose who signs this version of a document; whose turn it is, is asked at once.

    A quick request of the borrower that was only looked at makes way. Raises DocumentNotFound, Forbidden, DocumentNotReady,
    RoundOpen, FieldErrors.
    """
    document, case = _ready(actor, document_id)
    permissions.require_arranges(actor, case)
    known = open_round(document)
    if known is not None and not _is_only_looked_at(known):
        raise RoundOpen
    chosen = _chosen(actor, document, case, wishes, kept=())
    if known is not None:
        endings.end_round(known, RoundAction.REPLACE, actor=actor, case_id=case.pk)
    return _begin(actor, document, case, chosen, is_ordered=is_ordered, replaced=None)


@transaction.atomic
def replace_round(
    *, actor: Actor, document_id: UUID, is_ordered: bool, wishes: Sequence[SignerWish]
) -> SigningRound:
    """Choose signers anew in one step. What was signed or approved stays and goes over to the new round.

    Raises DocumentNotFound, Forbidden, RoundClosed when nothing is under way, DocumentNotReady, FieldErrors.
    """
    document, case = _ready(actor, document_id)
    known = _require_open(document)
    permissions.require_keeps(actor, case, known)
    answered = list(known.requests.filter(status__in=sorted(ANSWERED)).order_by("pk"))
    chosen = _chosen(actor, document, case, wishes, kept=answered)
    endings.end_round(known, RoundAction.REPLACE, actor=actor, case_id=case.pk)
    return _begin(actor, document, case, chosen, is_ordered=is_ordered, replaced=known)


@transaction.atomic
def cancel_round(*, actor: Actor, document_id: UUID) -> SigningRound:
    """Take the signing back before everybody has signed. Raises DocumentNotFound, Forbidden, RoundClosed."""
    document_selectors.get_document(actor=actor, document_id=document_id)
    document, case = lock_document(document_id)
    cases.load_reader(actor, [case])
    known = _require_open(document)
    permissions.require_keeps(actor, case, known)
    endings.end_round(known, RoundAction.CANCEL, actor=actor, case_id=case.pk)
    return known


@transaction.atomic
def cancel_round_of(*, actor: Actor, request_id: UUID) -> SigningRound:
    """Take back the signing that a request belongs to. SignatureRequestNotFound for who does not see its case."""
    found = SignatureRequest.objects.select_related("document").filter(pk=request_id).first()
    if found is None or not cases.cases_visible_to(actor).filter(pk=found.document.case_id).exists():
        raise SignatureRequestNotFound
    signing = cancel_round(actor=actor, document_id=found.document_id)
    if signing.pk != found.round_id:
        raise SignatureRequestClosed(current_status=found.status)
    return signing


def _ready(actor: Actor, document_id: UUID) -> tuple[Document, Case]:
    visible = document_selectors.get_document(actor=actor, document_id=document_id)
    document, case = lock_document(visible.pk)
    cases.load_reader(actor, [case])
    require_ready(document)
    require_running(case)
    return document, case


def require_ready(document: Document) -> None:
    """DocumentNotReady for one that waits for no signature: not made yet, signed, a translation, or needs none."""
    if document.status != Document.Status.READY_TO_SIGN or not document.needs_signature:
        raise DocumentNotReady
    if not kinds.signature(document.code):
        raise DocumentNotReady


def open_round(document: Document) -> SigningRound | None:
    """The open round of a locked document, locked."""
    rows = SigningRound.objects.select_for_update(of=("self",))
    return rows.filter(document=document, status=RoundStatus.OPEN).first()


def _require_open(document: Document) -> SigningRound:
    known = open_round(document)
    if known is None:
        last = SigningRound.objects.filter(document=document).order_by("-created_at").first()
        raise RoundClosed(current_status=last.status if last is not None else "")
    return known


def _is_only_looked_at(signing: SigningRound) -> bool:
    rows = list(signing.requests.all()[:2])
    return (
        len(rows) == 1
        and rows[0].signer_id == signing.created_by_id
        and rows[0].status == RequestStatus.PENDING
    )


def _chosen(
    actor: Actor,
    document: Document,
    case: Case,
    wishes: Sequence[SignerWish],
    *,
    kept: Sequence[SignatureRequest],
) -> list[tuple[SignerWish, signers.Candidate]]:
    """The wishes with who they are; those who have answered already are left out. FieldErrors."""
    works = case_permissions.works_on(actor, case)
    named = signers.candidates(document, case, with_officers=works)
    by_person = {one.person_id: one for one in named}
    done = {row.signer_id for row in kept}
    errors, found, seen = [], [], set[UUID]()
    for place, wish in enumerate(wishes):
        candidate = by_person.get(wish.person_id)
        if candidate is None:
            detail = _("This person cannot be named for this document.")
            errors.append(FieldError(f"/signers/{place}/person_id", "unknown", detail))
        elif wish.person_id in seen:
            detail = _("This person is named twice.")
            errors.append(FieldError(f"/signers/{place}/person_id", "twice", detail))
        elif wish.role not in candidate.roles:
            detail = _("This person does not sign such a document, but can approve it or get a copy.")
            errors.append(FieldError(f"/signers/{place}/role", "not_allowed", detail))
        elif wish.person_id not in done:
            found.append((wish, candidate))
        seen.add(wish.person_id)
    if not errors and not any(wish.role == SignerRole.SIGNER for wish, _who in found):
        errors.append(FieldError("/signers", "nobody_signs", _("Name at least one person who signs.")))
    if errors:
        raise FieldErrors(errors)
    return found


def _begin(
    actor: Actor, document: Document, case: Case, chosen: list[tuple[SignerWish, signers.Candidate]], *,
    is_ordered: bool, replaced: SigningRound | None,
) -> SigningRound:  # fmt: skip
    signing = create_round(actor, document, is_ordered=is_ordered, replaces=replaced)
    if replaced is not None:
        replaced.requests.filter(status__in=sorted(ANSWERED)).update(round=signing)
    for wish, who in chosen:
        _write(signing, wish, who)
    event_log.record(
        RoundStarted(
            case_id=case.pk, document_id=document.pk, round_id=signing.pk, document_sha256=document.sha256,
            people=signing.requests.count(), is_ordered=is_ordered, replaces=replaced.pk if replaced else None,
        ),
        actor=actor,
    )  # fmt: skip
    turns.ask_next(signing, actor=actor, case_id=case.pk)
    realtime.hint(f"case:{case.pk}", "document.changed", document.pk)
    return signing


def create_round(
    actor: Actor, document: Document, *, is_ordered: bool = False, replaces: SigningRound | None = None
) -> SigningRound:
    """The row of a round over the document as it is now; the document is locked."""
    if actor.user_id is None:
        raise Forbidden  # the system chooses nobody
    return SigningRound.objects.create(
        document=document, document_sha256=document.sha256, is_ordered=is_ordered, created_by_id=actor.user_id,
        replaces=replaces,
    )  # fmt: skip


def _write(signing: SigningRound, wish: SignerWish, who: signers.Candidate) -> SignatureRequest:
    return SignatureRequest.objects.create(
        round=signing, document_id=signing.document_id, signer_id=who.person_id, role=wish.role,
        position=wish.position if signing.is_ordered else 1, party_role=who.party_role,
        organisation_id=who.organisation_id, principal_id=who.principal_id, power_id=who.power_id,
        document_sha256=signing.document_sha256,
        status=RequestStatus.COPY if wish.role == SignerRole.COPY else RequestStatus.PENDING,
        expires_at=clock.now() + timedelta(days=wish.expires_in_days),
    )  # fmt: skip


def open_requests(document: Document) -> list[SignatureRequest]:
    """Requests of a locked document that wait for an answer, locked."""
    rows = SignatureRequest.objects.select_for_update(of=("self",)).order_by("pk")
    return list(rows.filter(document=document, status__in=sorted(OPEN)))
