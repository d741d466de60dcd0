"""The one place where a signature comes to be, whatever way it was made, and where a round is completed."""

import secrets
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final

from kenes.accounts import selectors as accounts
from kenes.accounts.models import Consent, OneTimeCode
from kenes.documents import services as document_services
from kenes.event_log import services as event_log
from kenes.files import services as files
from kenes.files.models import StoredFile
from kenes.foundation import clock
from kenes.foundation.actor import Actor
from kenes.realtime import services as realtime
from kenes.signing.events import SignatureMade
from kenes.signing.models import (
    Signature,
    SignatureMethod,
    SignatureRequest,
    SignedPaper,
    SignerRole,
    VerificationRecord,
)
from kenes.signing.services import endings, turns
from kenes.signing.services.locking import Locked, cancel_codes, save_status
from kenes.signing.states import OPEN, RequestAction, RoundAction, move

# 144 bits: nobody guesses the address of a document.
_TOKEN_BYTES: Final = 18
# Whom the stored CMS belongs to, in `files`.
CMS_OWNER: Final = "signature"


@dataclass(frozen=True, slots=True)
class Origin:
    """Where an answer came from: network address and browser are kept encrypted, the session only as a hash.

    `session` is the keyed hash that `api.origins.origin_of` makes; empty where there is no session (a timer, an import).
    """

    ip: str
    user_agent: str
    session: str = ""


@dataclass(frozen=True, slots=True)
class CertificateFacts:
    """What the certificate of an ЭЦП says, as `kzsign` read it. `sha256` is of the certificate (hex), `serial` hex."""

    full_name: str
    iin: str
    algorithm: str
    serial: str
    sha256: str
    bin: str = ""
    organisation: str = ""
    role: str = ""


@dataclass(frozen=True, slots=True)
class Proof:
    """What proves one signature. SMS: code and consent. ЭЦП: certificate, CMS and what was collected. Paper: the photo.

    `time_source`: "server" (our clock) or "timestamp" (a trusted time stamp). `report` is `Report.as_json()`.
    """

    method: SignatureMethod
    signed_at: datetime
    origin: Origin
    code: OneTimeCode | None = None
    consent: Consent | None = None
    paper: SignedPaper | None = None
    certificate: CertificateFacts | None = None
    cms: bytes = b""
    ocsp_answer: bytes | None = None
    time_stamp: bytes | None = None
    time_source: str = "server"
    report: dict[str, Any] | None = field(default=None)


def record_signature(locked: Locked, *, actor: Actor, proof: Proof) -> Signature:
    """Write the signature of a locked request; with the last answer of the round the document becomes signed.

    Call it in the transaction that locked the request, after `locking.require_signable`: it looks at nothing again but the
    state. Raises SignatureRequestClosed, and what `documents.services.mark_signed` raises.
    """
    request, document = locked.request, locked.document
    move(request, RequestAction.SIGN)
    save_status(request)
    if proof.code is None:
        cancel_codes(request)
    if proof.paper is None:
        _drop_waiting_paper(request)
    signature = Signature.objects.create(
        request=request, document=document, signer_id=request.signer_id,
        signer_name=accounts.get_person(request.signer_id).full_name, method=proof.method,
        document_sha256=request.document_sha256, signed_at=proof.signed_at,
        phone=proof.code.phone if proof.code is not None else "", ip=proof.origin.ip,
        user_agent=proof.origin.user_agent[:500], code=proof.code, consent=proof.consent, paper=proof.paper,
        organisation_id=request.organisation_id, principal_id=request.principal_id, power_id=request.power_id,
        cms_file=_keep_cms(locked, proof), ocsp_answer=proof.ocsp_answer, time_stamp=proof.time_stamp,
        time_source=proof.time_source, report=proof.report, **_certificate(proof.certificate),
    )  # fmt: skip
    is_last = go_on(locked, actor=actor, signature=signature)
    event_log.record(
        SignatureMade(
            case_id=document.case_id, document_id=document.pk, request_id=request.pk, signature_id=signature.pk,
            signer_id=request.signer_id, method=signature.method, document_sha256=signature.document_sha256,
            consent_id=signature.consent_id, code_id=signature.code_id, round_id=locked.round.pk,
            principal_id=request.principal_id, power_id=request.power_id, is_last=is_last,
        ),
        actor=actor,
    )  # fmt: skip
    return signature


def _drop_waiting_paper(request: SignatureRequest) -> None:
    waiting = SignedPaper.objects.filter(request=request, status=SignedPaper.Status.WAITING)
    waiting.update(status=SignedPaper.Status.REPLACED, checked_at=clock.now())


def _keep_cms(locked: Locked, proof: Proof) -> StoredFile | None:
    if not proof.cms:
        return None
    return files.store(
        data=proof.cms, name=f"{locked.document.number}.p7s", mime="application/pkcs7-signature", origin="generated",
        owner_kind=CMS_OWNER, owner_id=locked.request.pk,
    )  # fmt: skip


def _certificate(facts: CertificateFacts | None) -> dict[str, str]:
    if facts is None:
        return {}
    return {
        "certificate_name": facts.full_name, "certificate_iin": facts.iin, "certificate_bin": facts.bin,
        "certificate_organisation": facts.organisation[:500], "certificate_role": facts.role[:40],
        "certificate_algorithm": facts.algorithm[:80], "certificate_serial": facts.serial[:80],
        "certificate_sha256": facts.sha256,
    }  # fmt: skip


def go_on(locked: Locked, *, actor: Actor, signature: Signature | None) -> bool:
    """After an answer: complete the round when it was the last one, else ask those whose turn has come. Whether it was."""
    waiting = locked.round.requests.filter(status__in=sorted(OPEN)).exclude(role=SignerRole.COPY)
    if waiting.exists():
        turns.ask_next(locked.round, actor=actor, case_id=locked.case.pk)
        realtime.hint(f"case:{locked.case.pk}", "document.changed", locked.document.pk)
        return False
    last = signature or _last_signature(locked)
    endings.end_round(locked.round, RoundAction.COMPLETE, actor=actor, case_id=locked.case.pk)
    VerificationRecord.objects.create(
        token=secrets.token_urlsafe(_TOKEN_BYTES),
        document=locked.document,
        signature=last,
        original_sha256=locked.round.document_sha256,
    )
    document_services.mark_signed(actor=actor, document_id=locked.document.pk, signed_at=last.signed_at)
    return True


def _last_signature(locked: Locked) -> Signature:
    # A round has at least one signer, so where nobody waits there is one.
    return Signature.objects.filter(request__round=locked.round).order_by("signed_at", "pk").reverse()[0]
