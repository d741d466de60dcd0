"""Questions about requests to sign and signatures."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.conf import settings

from kenes.accounts import one_time_codes
from kenes.foundation.actor import Actor
from kenes.foundation.values import PhoneNumber
from kenes.signing.errors import SignatureRequestNotFound
from kenes.signing.models import Signature, SignatureRequest, SignedPaper, VerificationRecord
from kenes.signing.round_selectors import PaperView, Person, is_turn, own_actions, paper_view, principal_of
from kenes.signing.services.locking import PURPOSE, bound_hash
from kenes.signing.states import COUNTING, OPEN


@dataclass(frozen=True, slots=True)
class OpenCode:
    """The code that can be answered now: when it ends, in how many seconds it can be sent again, tries left."""

    expires_at: datetime
    resend_after_seconds: int
    tries_left: int


@dataclass(frozen=True, slots=True)
class RequestView:
    """A request as its signer sees it."""

    id: UUID
    status: str
    document_id: UUID
    document_number: str
    document_sha256: str
    role: str
    party_role: str
    is_turn: bool
    expires_at: datetime
    text_shown_at: datetime | None
    principal: Person | None
    paper: PaperView | None
    allowed_actions: list[str]
    masked_phone: str
    code: OpenCode | None
    signed_at: datetime | None
    verify_url: str | None


def get_request(*, actor: Actor, request_id: UUID) -> SignatureRequest:
    """The actor's own request; SignatureRequestNotFound for anybody else's."""
    requests = SignatureRequest.objects.select_related("document", "signer", "principal", "round")
    request = requests.filter(pk=request_id, signer_id=actor.user_id).first() if actor.user_id else None
    if request is None:
        raise SignatureRequestNotFound
    return request


def view_of(request: SignatureRequest) -> RequestView:
    """What the API shows of a request to its signer: at most five queries more."""
    signature = Signature.objects.filter(request=request).first()
    # The address is there when everybody has signed.
    record = VerificationRecord.objects.filter(document_id=request.document_id).first() if signature else None
    paper = SignedPaper.objects.filter(request=request).order_by("-handed_in_at").first()
    has_turn = is_turn(request)
    return RequestView(
        id=request.pk,
        status=request.status,
        document_id=request.document_id,
        document_number=request.document.number,
        document_sha256=request.document_sha256,
        role=request.role,
        party_role=request.party_role,
        is_turn=has_turn,
        expires_at=request.expires_at,
        text_shown_at=request.text_shown_at,
        principal=principal_of(request),
        paper=paper_view(paper) if paper is not None else None,
        allowed_actions=own_actions(request, is_turn=has_turn),
        masked_phone=PhoneNumber.parse(request.signer.phone).masked() if request.signer.phone else "",
        code=_open_code(request) if request.status in OPEN else None,
        signed_at=signature.signed_at if signature else None,
        verify_url=verify_url(record) if record else None,
    )


def _open_code(request: SignatureRequest) -> OpenCode | None:
    code = one_time_codes.open_code(
        person_id=request.signer_id, purpose=PURPOSE, bound_hash=bound_hash(request)
    )
    if code is None:
        return None
    return OpenCode(
        expires_at=code.expires_at,
        resend_after_seconds=one_time_codes.seconds_left(code)[1],
        tries_left=code.tries_limit - code.tries_used,
    )


def signatures_of(document_id: UUID) -> list[Signature]:
    """Signatures that count for a document, by time: those of the round that is complete, or still under way. One query.

    What somebody signed in a round that was taken back or declined is kept, but is not a signature of the document.
    """
    counting = Signature.objects.filter(document_id=document_id, request__round__status__in=COUNTING)
    found = counting.select_related(
        "request", "signer", "principal", "organisation", "consent", "code", "paper", "cms_file"
    )
    return list(found.order_by("signed_at", "pk"))


def record_with_signature(signature_id: UUID) -> VerificationRecord | None:
    """The record of the document of this signature, with its PDF; None while others have not answered yet."""
    records = VerificationRecord.objects.select_related("document__pdf_file")
    return records.filter(document__in=Signature.objects.filter(pk=signature_id).values("document")).first()


def verify_url(record: VerificationRecord) -> str:
    """The public address printed on the certificate page."""
    return f"{settings.PUBLIC_URL}/verify/{record.token}"


def verify_urls(document_ids: list[UUID]) -> dict[UUID, str]:
    """Public addresses of many documents in one query, for lists."""
    records = VerificationRecord.objects.filter(document_id__in=document_ids)
    return {record.document_id: verify_url(record) for record in records}
