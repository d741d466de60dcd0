"""Signing by ЭЦП: what the browser asks NCALayer for, and the signature that came back."""

import hashlib
from base64 import b64encode
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from django.conf import settings
from django.db import transaction

from kenes.accounts import allowances
from kenes.documents.models import Document
from kenes.files import services as files
from kenes.foundation.actor import Actor
from kenes.outbox import services as outbox
from kenes.signing import methods, selectors
from kenes.signing.eds import checking, errors, judging, lists_kept
from kenes.signing.eds.checking import Checked
from kenes.signing.eds.models import EdsProof
from kenes.signing.errors import DocumentChanged
from kenes.signing.methods import Method
from kenes.signing.models import SignatureMethod, SignatureRequest
from kenes.signing.services import locking, recording
from kenes.signing.services.locking import Locked
from kenes.signing.services.recording import CertificateFacts, Origin, Proof
from kzsign import SignerReport, oids
from kzsign.certificates import read as read_certificate

STAMP_LATER: Final = "signing.stamp_eds"
_STAMP_AFTER_SECONDS: Final = 60
_METHODS: Final = {Method.NCALAYER: SignatureMethod.EDS, Method.EGOV_QR: SignatureMethod.EGOV_QR}


@dataclass(frozen=True, slots=True)
class NcaParams:
    """What NCALayer is asked for: only keys of this person (and organisation), for signing. `chain_any`: test keys too."""

    iin: str | None
    bin: str | None
    ext_key_usage_oids: list[str]
    chain_any: bool
    tsa: bool


@dataclass(frozen=True, slots=True)
class EdsOptions:
    """What the browser needs to sign: the PDF, its hash, and what to ask NCALayer for."""

    document_sha256: str
    content_url: str
    nca_params: NcaParams
    ncalayer_url: str


def options(*, actor: Actor, request_id: UUID) -> EdsOptions:
    """For the signer alone; SignatureRequestNotFound. Raises why this way is closed (`methods.require_allowed`)."""
    request = selectors.get_request(actor=actor, request_id=request_id)
    methods.require_allowed(request, Method.NCALAYER)
    return EdsOptions(
        document_sha256=request.document_sha256,
        content_url=f"/api/v1/documents/{request.document_id}/file/?format=pdf",
        nca_params=NcaParams(
            iin=request.signer.iin,
            bin=_bin_of(request) or None,
            ext_key_usage_oids=[oids.EMAIL_PROTECTION],
            # The demonstration's keys are of an authority that NCALayer does not know.
            chain_any=settings.KZSIGN_TEST_ANCHORS,
            # We put our own in: one service less that can fail in front of the signer.
            tsa=False,
        ),
        ncalayer_url=settings.NCALAYER_URL,
    )


def sign(
    *,
    actor: Actor,
    request_id: UUID,
    cms: str,
    document_sha256: str,
    origin: Origin,
    method: Method = Method.NCALAYER,
) -> SignatureRequest:
    """Sign the request with a CMS over its PDF. Never call it inside a transaction: it asks the authority.

    `document_sha256` is of the document on the signer's screen. Raises what `locking.require_signable` and `require_shown` do,
    DocumentChanged, why the way is closed, Throttled, AlreadySigned, EdsUsed, and every refusal of `checking.check`.
    """
    with transaction.atomic():
        locked = lock_for(actor, request_id, method, document_sha256)
    allowances.spend("person_eds", str(actor.user_id))
    checked = checking.check(
        cms.encode(),
        content=_content(locked.document),
        require=lambda signer: _require_right_signer(signer, locked.request),
    )
    kept_lists = lists_kept.keep(checked.lists)
    with transaction.atomic():
        locked = lock_for(actor, request_id, method, document_sha256)
        # Again under the lock: meanwhile the ИИН of the account or the organisation may have become another.
        _require_right_signer(checked.signer, locked.request)
        proof = _record(locked, actor, checked, origin, method)
        proof.lists.set(kept_lists)
    return locked.request


def lock_for(actor: Actor, request_id: UUID, method: Method, document_sha256: str | None = None) -> Locked:
    """Lock the request if it can be signed in this way now. `document_sha256` is what was on the screen; None where only one
    version could be.
    """
    locked = locking.lock_request(actor, request_id, "signature.sign")
    locking.require_signable(locked)
    if document_sha256 not in (None, locked.request.document_sha256):
        raise DocumentChanged
    methods.require_allowed(locked.request, method)
    locking.require_shown(locked)
    return locked


def _require_right_signer(signer: SignerReport, request: SignatureRequest) -> None:
    judging.require_person(signer, iin=request.signer.iin or "")
    if request.organisation_id is not None:
        judging.require_organisation(signer, bin=_bin_of(request))


def _bin_of(request: SignatureRequest) -> str:
    return (request.organisation.bin or "") if request.organisation is not None else ""


def _content(document: Document) -> bytes:
    """The PDF that was shown; DocumentChanged when the kept one has another hash."""
    if document.pdf_file is None:
        raise DocumentChanged
    data = files.read(document.pdf_file)
    if hashlib.sha256(data).hexdigest() != document.sha256:
        raise DocumentChanged
    return data


def _record(locked: Locked, actor: Actor, checked: Checked, origin: Origin, method: Method) -> EdsProof:
    if EdsProof.objects.filter(value_sha256=checked.value_sha256).exists():
        raise errors.EdsUsed
    signature = recording.record_signature(
        locked,
        actor=actor,
        proof=Proof(
            method=_METHODS[method],
            signed_at=checked.signed_at,
            origin=origin,
            certificate=_facts(checked.signer),
            cms=checked.cms,
            ocsp_answer=checked.ocsp_answer,
            time_stamp=checked.time_stamp,
            time_source=checked.time_source,
            report=checked.report.as_json(),
        ),
    )
    # Two requests with one signature wait here for each other: each holds the lock of its own document only.
    proof, is_new = EdsProof.objects.get_or_create(
        value_sha256=checked.value_sha256,
        defaults={
            "signature": signature,
            "certificates": [b64encode(one.raw).decode() for one in checked.signer.chain],
            "answers": [b64encode(data).decode() for data in checked.other_answers],
        },
    )
    if not is_new:
        raise errors.EdsUsed
    if checked.stamped:
        keep_stamped(proof, locked.document.number, checked.stamped)
    elif checked.time_stamp is None and settings.TSP_URL:
        outbox.enqueue(
            STAMP_LATER,
            {"signature_id": str(signature.pk)},
            key=f"{STAMP_LATER}:{signature.pk}",
            delay_seconds=_STAMP_AFTER_SECONDS,
        )
    return proof


def keep_stamped(proof: EdsProof, number: str, stamped: bytes) -> None:
    """Keep the CMS with a time stamp beside the one that came."""
    proof.stamped_file = files.store(
        data=stamped, name=f"{number}.t.p7s", mime="application/pkcs7-signature", origin="generated",
        owner_kind=recording.CMS_OWNER, owner_id=proof.signature.request_id,
    )  # fmt: skip
    proof.save(update_fields=["stamped_file"])


def _facts(signer: SignerReport) -> CertificateFacts:
    certificate = read_certificate(signer.certificate)
    return CertificateFacts(
        full_name=signer.full_name,
        iin=signer.iin,
        algorithm=signer.algorithm,
        serial=f"{certificate.serial:x}",
        sha256=certificate.sha256,
        bin=signer.bin,
        organisation=signer.organisation,
        role=signer.role,
    )
