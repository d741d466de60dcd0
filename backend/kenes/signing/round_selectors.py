"""Questions about rounds: who signs a document and how far it is, what waits for one person, who reads because he is asked."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from kenes.cases import permissions as case_permissions
from kenes.cases.models import Case
from kenes.cases.states.case import FINAL
from kenes.documents import kinds
from kenes.documents import selectors as document_selectors
from kenes.documents.models import Document
from kenes.foundation import clock
from kenes.foundation.actor import Actor
from kenes.signing import permissions, signers
from kenes.signing.models import Signature, SignatureRequest, SignedPaper, SignerRole, SigningRound
from kenes.signing.signers import Candidate
from kenes.signing.states import OPEN, RequestStatus, RoundStatus

REMIND_EVERY: Final = timedelta(days=1)
# What a signer of a round may still see of its document; nothing after it was taken back or declined.
_READING: Final = (
    RequestStatus.PENDING, RequestStatus.IN_PROGRESS, RequestStatus.ON_CHECK, RequestStatus.SIGNED, RequestStatus.APPROVED,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Person:
    id: UUID
    name: str


@dataclass(frozen=True, slots=True)
class PaperView:
    """The last photo of the signed paper; `reason` why it was not accepted."""

    file_id: UUID
    status: str
    reason: str
    handed_in_at: datetime


@dataclass(frozen=True, slots=True)
class CertificateView:
    """Whose certificate made a signature by ЭЦП; `is_stamped` when a time-stamping authority confirms the time."""

    full_name: str
    organisation: str
    bin: str
    role: str
    algorithm: str
    serial: str
    is_stamped: bool


@dataclass(frozen=True, slots=True)
class SignerView:
    """One person of a round as its reader sees him. `reason` is why he declined.

    `public_name` is how the verification page names him, for himself alone and once that page is there.
    """

    id: UUID
    person: Person
    role: str
    party_role: str
    organisation_name: str
    position: int
    status: str
    method: str
    expires_at: datetime
    signed_at: datetime | None
    reminded_at: datetime | None
    reason: str
    is_me: bool
    is_turn: bool
    delegated_by: Person | None
    paper: PaperView | None
    certificate: CertificateView | None
    public_name: str | None
    allowed_actions: list[str]


@dataclass(frozen=True, slots=True)
class RoundView:
    """The open round of a document, or the last one; all empty when there was none."""

    id: UUID | None
    status: str | None
    is_ordered: bool
    document: Document
    signers: list[SignerView]
    allowed_actions: list[str]
    candidates: list[Candidate]


def round_of_document(*, actor: Actor, document_id: UUID) -> RoundView:
    """Signing of a document that the actor reads. DocumentNotFound.

    Everybody who reads it sees who signs it and how far it is; a photo only its signer and who works on the case.
    """
    document = document_selectors.get_document(actor=actor, document_id=document_id)
    case = document.case
    rounds = SigningRound.objects.filter(document=document).exclude(status=RoundStatus.REPLACED)
    signing = rounds.order_by("-created_at", "-pk").first()
    works = case_permissions.works_on(actor, case)
    arranges = permissions.arranges(actor, case) and _is_ready(document, case)
    return RoundView(
        id=signing.pk if signing else None,
        status=signing.status if signing else None,
        is_ordered=signing.is_ordered if signing else False,
        document=document,
        signers=_signers(actor, case, signing) if signing else [],
        allowed_actions=_actions(actor, case, signing, can_start=arranges),
        candidates=signers.candidates(document, case, with_officers=works) if arranges else [],
    )


def _is_ready(document: Document, case: Case) -> bool:
    ready = document.status == Document.Status.READY_TO_SIGN and document.needs_signature
    return ready and bool(kinds.signature(document.code)) and case.status not in FINAL


def _actions(actor: Actor, case: Case, signing: SigningRound | None, *, can_start: bool) -> list[str]:
    if signing is None or signing.status != RoundStatus.OPEN:
        return ["start"] if can_start else []
    if not permissions.keeps(actor, case, signing):
        return []
    return ["replace", "cancel"] if can_start else ["cancel"]


def _signers(actor: Actor, case: Case, signing: SigningRound) -> list[SignerView]:
    rows = list(
        signing.requests.exclude(status=RequestStatus.DELEGATED)
        .select_related("signer", "principal", "organisation", "delegated_from")
        .order_by("position", "created_at", "pk")
    )
    made = {one.request_id: one for one in Signature.objects.filter(request__in=rows)}
    papers: dict[UUID, SignedPaper] = {}
    for paper in SignedPaper.objects.filter(request__in=rows).order_by("handed_in_at"):
        papers[paper.request_id] = paper
    reader = _Reader(actor, case, signing, _turns(signing, rows))
    return [reader.view(row, made.get(row.pk), papers.get(row.pk)) for row in rows]


def _turns(signing: SigningRound, rows: list[SignatureRequest]) -> set[UUID]:
    """Whose turn it is."""
    waiting = [row for row in rows if row.status in OPEN and row.role != SignerRole.COPY]
    if signing.status != RoundStatus.OPEN or not waiting:
        return set()
    first = min(row.position for row in waiting)
    return {row.pk for row in waiting if not signing.is_ordered or row.position == first}


@dataclass(frozen=True, slots=True)
class _Reader:
    """Whoever looks at a round, with what he is in it."""

    actor: Actor
    case: Case
    signing: SigningRound
    turns: set[UUID]

    def view(self, row: SignatureRequest, made: Signature | None, paper: SignedPaper | None) -> SignerView:
        is_me = row.signer_id == self.actor.user_id
        checks = permissions.checks_paper(self.actor, self.case, row.signer_id)
        answered = row.updated_at if row.status == RequestStatus.APPROVED else None
        return SignerView(
            id=row.pk,
            person=Person(row.signer_id, row.signer.full_name),
            role=row.role,
            party_role=row.party_role,
            organisation_name=row.organisation.name if row.organisation is not None else "",
            position=row.position,
            status=row.status,
            method=made.method if made is not None else "",
            expires_at=row.expires_at,
            signed_at=made.signed_at if made is not None else answered,
            reminded_at=row.reminded_at,
            reason=row.decline_reason,
            is_me=is_me,
            is_turn=row.pk in self.turns,
            delegated_by=principal_of(row),
            paper=paper_view(paper) if paper is not None and (is_me or checks) else None,
            certificate=certificate_view(made) if made is not None and made.certificate_sha256 else None,
            public_name=self._public_name(row, made),
            allowed_actions=self._actions(row, is_me=is_me, checks=checks),
        )

    def _public_name(self, row: SignatureRequest, made: Signature | None) -> str | None:
        if made is None or self.signing.status != RoundStatus.COMPLETED:
            return None
        made.signer = row.signer
        return made.public_name if permissions.chooses_name(self.actor, made) else None

    def _actions(self, row: SignatureRequest, *, is_me: bool, checks: bool) -> list[str]:
        if row.status not in OPEN or self.signing.status != RoundStatus.OPEN:
            return []
        own = own_actions(row, is_turn=row.pk in self.turns) if is_me else []
        paper = ["confirm_paper", "refuse_paper"] if checks and row.status == RequestStatus.ON_CHECK else []
        reminds = not is_me and row.pk in self.turns and can_be_reminded(row)
        may = reminds and permissions.keeps(self.actor, self.case, self.signing)
        return [*own, *paper, *(["remind"] if may else [])]


def own_actions(row: SignatureRequest, *, is_turn: bool) -> list[str]:
    """What the signer himself can do with his open request."""
    if row.status not in OPEN or row.role == SignerRole.COPY:
        return []
    if not is_turn:
        return ["decline"]
    if row.role == SignerRole.APPROVER:
        return ["approve", "decline"]
    may_delegate = row.principal_id is None and row.status != RequestStatus.ON_CHECK
    return ["sign", "decline", *(["delegate"] if may_delegate else [])]


def can_be_reminded(row: SignatureRequest) -> bool:
    """Nobody is reminded twice within a day, nor within a day of being asked."""
    last = max((one for one in (row.asked_at, row.reminded_at) if one is not None), default=None)
    return last is None or clock.now() - last >= REMIND_EVERY


def principal_of(row: SignatureRequest) -> Person | None:
    """Whom this signer represents."""
    return Person(row.principal.pk, row.principal.full_name) if row.principal is not None else None


def paper_view(paper: SignedPaper) -> PaperView:
    return PaperView(paper.file_id, paper.status, paper.reason, paper.handed_in_at)


def certificate_view(made: Signature) -> CertificateView:
    return CertificateView(
        full_name=made.certificate_name or "",
        organisation=made.certificate_organisation,
        bin=made.certificate_bin,
        role=made.certificate_role,
        algorithm=made.certificate_algorithm,
        serial=made.certificate_serial,
        is_stamped=made.time_source == "timestamp",
    )


def is_turn(request: SignatureRequest) -> bool:
    """Whether this request can be answered now; at most two queries."""
    if request.status not in OPEN or request.role == SignerRole.COPY or request.round is None:
        return False
    if request.round.status != RoundStatus.OPEN:
        return False
    return not request.round.is_ordered or not _earlier().filter(
        round_id=request.round_id, position__lt=request.position
    ).exists()  # fmt: skip


def _earlier() -> QuerySet[SignatureRequest]:
    return SignatureRequest.objects.filter(status__in=sorted(OPEN)).exclude(role=SignerRole.COPY)


def representatives_of(*, actor: Actor) -> list[Person]:
    """Those who hold a power to sign for the actor now: to whom he can give a request. One query."""
    if actor.user_id is None:
        return []
    powers = signers.powers_to_sign(actor.user_id).select_related("representative")
    found = {
        row.representative_id: row.representative.full_name for row in powers.order_by("created_at", "pk")
    }
    return [Person(person_id, name) for person_id, name in found.items()]


def mine(*, actor: Actor, state: str) -> QuerySet[SignatureRequest]:
    """Requests of the actor, newest first: "waiting" for his answer, "done", or all. `has_turn` says whether it is his turn.

    A copy is there when the round is complete.
    """
    rows = SignatureRequest.objects.filter(signer_id=actor.user_id).exclude(
        Q(role=SignerRole.COPY) & ~Q(round__status=RoundStatus.COMPLETED)
    )
    if state == "waiting":
        rows = rows.filter(status__in=sorted(OPEN))
    elif state == "done":
        rows = rows.exclude(status__in=sorted(OPEN))
    before = _earlier().filter(round_id=OuterRef("round_id"), position__lt=OuterRef("position"))
    has_turn = Q(status__in=sorted(OPEN)) & (Q(round__is_ordered=False) | ~Exists(before))
    return rows.select_related("document", "principal", "round__created_by").annotate(has_turn=has_turn)


def reads_as_signer(actor: Actor, document: Document) -> bool:
    """Whether the actor may read a document because he is named in its round and still is who he was named as.

    A copy is given when everybody has signed. Three queries at most; one for who is not named.
    """
    if actor.user_id is None or actor.on_behalf_of is not None:
        return False
    named = SignatureRequest.objects.filter(
        signer_id=actor.user_id, document_id=document.translation_of_id or document.pk
    )
    complete = Q(role=SignerRole.COPY, round__status=RoundStatus.COMPLETED)
    live = Q(status__in=_READING, round__status__in=[RoundStatus.OPEN, RoundStatus.COMPLETED])
    for request in named.filter(live | complete).order_by("-created_at")[:3]:
        if signers.is_still(request, document.case) and signers.has_power(request):
            return True
    return False
