"""Judges of sealed PDFs that are not ours: pyHanko's plain validator, its AdES procedures (EN 319 102-1), poppler's pdfsig."""

from __future__ import annotations

import asyncio
import io
import re
import subprocess
from collections.abc import Coroutine
from datetime import datetime
from pathlib import Path
from typing import Any

from asn1crypto import x509
from cryptography.hazmat.primitives.serialization import Encoding
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.ades.report import AdESPassed
from pyhanko.sign.diff_analysis import ModificationLevel
from pyhanko.sign.general import SigningError
from pyhanko.sign.validation import EmbeddedPdfSignature, validate_pdf_signature, validate_pdf_timestamp
from pyhanko.sign.validation.ades import (
    ades_basic_validation,
    ades_lta_validation,
    simulate_future_ades_lta_validation,
)
from pyhanko.sign.validation.errors import SignatureValidationError
from pyhanko.sign.validation.policy_decl import (
    PdfSignatureValidationSpec,
    RevinfoOnlineFetchingRule,
    RevocationInfoGatheringSpec,
    SignatureValidationSpec,
)
from pyhanko.sign.validation.status import PdfSignatureStatus, SignatureCoverageLevel
from pyhanko_certvalidator import ValidationContext
from pyhanko_certvalidator.context import CertValidationPolicySpec
from pyhanko_certvalidator.policy_decl import (
    CertRevTrustPolicy,
    RevocationCheckingPolicy,
    RevocationCheckingRule,
)
from pyhanko_certvalidator.registry import SimpleTrustManager

from kenes.signing.tests.pdf_samples import Stamps, sample

# What pyHanko raises for files that it cannot read or signatures that it cannot judge.
_REFUSALS = (PdfError, SigningError, SignatureValidationError, ValueError, KeyError, IndexError, TypeError)

# Of every certificate that says where its standing is published an answer has to be in the file.
_DECLARED = RevocationCheckingPolicy(
    RevocationCheckingRule.CHECK_IF_DECLARED, RevocationCheckingRule.CHECK_IF_DECLARED
)


def roots() -> list[bytes]:
    """DER of the seal's authority and of the time-stamping one's root."""
    return [sample().identity.authority.public_bytes(Encoding.DER), Stamps().authority.rsa_root.certificate]


def pyhanko_accepts(data: bytes) -> bool:
    """Whether every signature and time stamp is whole and trusted, with only validation data after it."""
    between = [x509.Certificate.load(Stamps().authority.rsa_issuing.certificate)]
    context = ValidationContext(trust_roots=_loaded(), other_certs=between)
    try:
        found = PdfFileReader(io.BytesIO(data)).embedded_signatures
        return bool(found) and all(_likes(one, context) for one in found)
    except _REFUSALS:
        return False


def _likes(found: EmbeddedPdfSignature, context: ValidationContext) -> bool:
    if found.sig_object_type == "/DocTimeStamp":
        stamp = validate_pdf_timestamp(found, context)
        return bool(stamp.valid and stamp.intact and stamp.trusted)
    return _is_unchanged(validate_pdf_signature(found, context))


def _is_unchanged(status: Any) -> bool:
    return (
        isinstance(status, PdfSignatureStatus)
        and bool(status.bottom_line)
        and status.modification_level is not None
        and status.modification_level <= ModificationLevel.LTA_UPDATES
    )


def ades_basic_accepts(data: bytes) -> bool:
    """The procedure for basic signatures (5.3): of the seal alone, without any time stamp."""
    try:
        (found,) = PdfFileReader(io.BytesIO(data)).embedded_regular_signatures
        found.compute_integrity_info()
        whole = found.summarise_integrity_info()
        spec = _spec().signature_validation_spec
        result = _run(ades_basic_validation(found.signed_data, spec, raw_digest=found.compute_digest()))
    except _REFUSALS:
        return False
    return (
        result.ades_subindic is AdESPassed.OK
        and bool(result.api_status.bottom_line)
        and whole["coverage"] is SignatureCoverageLevel.ENTIRE_FILE
    )


def ades_archival(data: bytes, *, in_future: datetime | None = None) -> Any:
    """What the procedure for long-term archival (5.6.3) says, offline, with nothing but what is in the file.

    `in_future` asks whether the file could still be judged then, had its time stamps been renewed. Raises what pyHanko
    raises.
    """
    (found,) = PdfFileReader(io.BytesIO(data)).embedded_regular_signatures
    if in_future is None:
        return _run(ades_lta_validation(found, _spec()))
    return _run(simulate_future_ades_lta_validation(found, _spec(), in_future))


def ades_archival_accepts(data: bytes) -> bool:
    """Whether the seal passes, time-stamped, under an archive time stamp that holds."""
    try:
        result = ades_archival(data)
    except _REFUSALS:
        return False
    stamp = result.signature_timestamp_status
    return (
        result.ades_subindic is AdESPassed.OK
        and _is_unchanged(result.api_status)
        and result.oldest_evidence_record_timestamp is not None
        and stamp is not None
        and stamp.ades_subindic is AdESPassed.OK
    )


def _spec() -> PdfSignatureValidationSpec:
    trust = SimpleTrustManager.build(_loaded())
    certificates = CertValidationPolicySpec(trust_manager=trust, revinfo_policy=CertRevTrustPolicy(_DECLARED))
    offline = RevocationInfoGatheringSpec(RevinfoOnlineFetchingRule.LOCAL_ONLY)
    return PdfSignatureValidationSpec(SignatureValidationSpec(certificates, revinfo_gathering_policy=offline))


def _loaded() -> list[x509.Certificate]:
    return [x509.Certificate.load(root) for root in roots()]


def _run(procedure: Coroutine[Any, Any, Any]) -> Any:
    return asyncio.run(procedure)


def pdfsig_accepts(data: bytes, folder: Path) -> bool:
    """Whether the seal is called valid and the last signature covers the whole file."""
    path = folder / "file.pdf"
    path.write_bytes(data)
    said = subprocess.run(
        ["pdfsig", "-nocert", str(path)], capture_output=True, text=True, check=False, errors="replace"
    ).stdout
    parts = re.split(r"Signature #\d+:", said)[1:]
    return (
        bool(parts)
        and "Signature is Valid." in parts[0]
        and any("- Total document signed" in part for part in parts)
    )
