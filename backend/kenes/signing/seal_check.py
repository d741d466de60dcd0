"""Checks the organisation's seal on a PDF, byte by byte.

The check does not interpret the PDF: it finds the signed byte range, and demands that everything outside the
signature value is covered to the last byte and that the signature value is written in the one form the sealer
writes. So a file that passes is, byte for byte, what our key sealed: no later revision, shadow content, padding or
attribute can hide in it, and a hostile file meets no PDF parser. Nothing here knows Django.
"""

from __future__ import annotations

import asyncio
import hashlib
import io
import logging
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from typing import Final

from asn1crypto import cms
from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.hazmat.primitives import serialization
from pyhanko.sign.validation.generic_cms import async_validate_detached_cms
from pyhanko.sign.validation.status import StandardCMSSignatureStatus
from pyhanko_certvalidator import ValidationContext

from kenes.signing.sealing import SEAL_FIELD, named_original

_RANGE: Final = re.compile(rb"/ByteRange\s*\[\s*(\d{1,10})\s+(\d{1,10})\s+(\d{1,10})\s+(\d{1,10})\s*\]")
_TEXT: Final = re.compile(rb"/(Reason|Name|M)\s*\(((?:[^()\\]|\\.)*)\)", re.DOTALL)
_ESCAPE: Final = re.compile(rb"\\([0-7]{1,3}|.)", re.DOTALL)
_MOMENT: Final = re.compile(r"D:(\d{14})(?:Z|([+-])(\d\d)'?(\d\d)'?)?")
_MOST_RANGES: Final = 16
_LARGEST_CMS: Final = 64 * 1024
# The sealer writes two. Many certificates of one name would keep the path builder busy for ever.
_MOST_CERTIFICATES: Final = 4
# pyHanko logs a traceback for every signature it refuses; here that is an ordinary answer to a stranger's file.
for _name in ("pyhanko.sign.validation.generic_cms", "pyhanko_certvalidator"):
    logging.getLogger(_name).setLevel(logging.CRITICAL)


class SealState(StrEnum):
    """What was found. Only ``WHOLE`` is a good seal."""

    ABSENT = "absent"  # nothing that claims to be our seal
    DAMAGED = "damaged"  # names our seal, but the seal cannot be read any more
    CHANGED = "changed"  # sealed bytes or the signature value differ from what was sealed
    ADDED_AFTER = "added_after"  # a good seal, followed by bytes that it does not cover
    FOREIGN = "foreign"  # claims to be our seal, made with another key
    WHOLE = "whole"


@dataclass(frozen=True)
class SealReport:
    """The state of the seal and what it says. ``sealed_at`` is aware UTC; the named hash is hex SHA-256."""

    state: SealState
    subject: str = ""
    sealed_at: datetime | None = None
    named_sha256: str = ""
    named_size: int = 0
    original_inside: bool = False


@dataclass(frozen=True)
class _Candidate:
    gap_start: int
    gap_end: int
    covered: int
    state: SealState
    subject: str
    sealed_at: datetime | None
    named: tuple[str, int] | None


def check_seal(data: bytes, authorities: Sequence[x509.Certificate]) -> SealReport:
    """Judge the seal on ``data``. Never raises for any bytes whatever."""
    claims_ours = SEAL_FIELD.encode() in data
    ranges = list(_RANGE.finditer(data))[-_MOST_RANGES:]
    candidates = [found for found in (_examine(data, match, authorities) for match in ranges) if found]
    if not candidates:
        return SealReport(SealState.DAMAGED if claims_ours else SealState.ABSENT)
    last = candidates[-1]
    if last.state is SealState.WHOLE and ranges[-1].start() < last.covered == len(data):
        return _report(data, last, SealState.WHOLE)
    earlier = next((found for found in reversed(candidates) if found.state is SealState.WHOLE), None)
    if earlier is not None:
        return _report(data, earlier, SealState.ADDED_AFTER)
    if claims_ours or last.named is not None:
        state = SealState.FOREIGN if last.state is SealState.FOREIGN else SealState.CHANGED
        return _report(data, last, state)
    return SealReport(SealState.ABSENT)


def _report(data: bytes, found: _Candidate, state: SealState) -> SealReport:
    sha256, size = found.named or ("", 0)
    inside = bool(size) and size <= len(data) and hashlib.sha256(data[:size]).hexdigest() == sha256
    if state is SealState.WHOLE and not inside:
        # Our sealer always names the file it sealed, so a seal that does not is not one it made.
        state = SealState.CHANGED
    return SealReport(state, found.subject, found.sealed_at, sha256, size, inside)


def _examine(
    data: bytes, match: re.Match[bytes], authorities: Sequence[x509.Certificate]
) -> _Candidate | None:
    start, first, second, rest = (int(number) for number in match.groups())
    covered = second + rest
    if start != 0 or not 0 < first < second < covered <= len(data):
        return None
    begin = data.rfind(b" obj", 0, match.start())
    end = data.find(b"endobj", match.end())
    if begin < 0 or end < 0 or not begin < first or not second <= match.start() < covered:
        return None
    words = _words(data[begin:first] + data[second:end])
    moment = _moment(words.get("M", ""))
    gap = data[first:second]
    if gap[:1] != b"<" or gap[-1:] != b">" or len(gap) > 2 * _LARGEST_CMS:
        return None
    state, subject = _judge_signature(gap[1:-1], data[:first] + data[second:covered], moment, authorities)
    return _Candidate(first, second, covered, state, subject, moment, named_original(words.get("Reason", "")))


def _judge_signature(
    hex_digits: bytes, signed: bytes, moment: datetime | None, authorities: Sequence[x509.Certificate]
) -> tuple[SealState, str]:
    # Whatever the bytes make the decoder or the path builder do, the answer for such a file is "changed".
    try:
        value = bytes.fromhex(hex_digits.decode("ascii"))
        content = cms.ContentInfo.load(value)
        length = len(content.dump())
        if hex_digits != value.hex().upper().encode() or any(value[length:]):
            return SealState.CHANGED, ""
        signed_data = content["content"]
        if len(signed_data["certificates"]) > _MOST_CERTIFICATES:
            return SealState.CHANGED, ""
        certificates = [choice.chosen for choice in signed_data["certificates"]]
        signer = _signer_of(signed_data, certificates)
        trusted = [_as_asn1(authority) for authority in authorities]
        status = _validate(signed, signed_data, trusted, moment)
        subject = str(signer.subject.native.get("common_name", ""))
        if not (status.intact and status.valid):
            return SealState.CHANGED, subject
        if not status.trusted:
            return SealState.FOREIGN, subject
        exact = _written_exactly(value[:length], signed_data, signer, certificates, trusted)
        return (SealState.WHOLE if exact else SealState.CHANGED), subject
    except Exception:
        return SealState.CHANGED, ""


def _validate(
    signed: bytes, signed_data: cms.SignedData, trusted: list[asn1_x509.Certificate], moment: datetime | None
) -> StandardCMSSignatureStatus:
    # Path validity is judged at the sealed time: a seal outlives its certificate.
    context = ValidationContext(trust_roots=trusted, moment=moment or datetime.now(UTC), allow_fetching=False)
    return asyncio.run(
        async_validate_detached_cms(io.BytesIO(signed), signed_data, signer_validation_context=context)
    )


def _signer_of(
    signed_data: cms.SignedData, certificates: list[asn1_x509.Certificate]
) -> asn1_x509.Certificate:
    serial = signed_data["signer_infos"][0]["sid"].chosen["serial_number"].native
    return next(certificate for certificate in certificates if certificate.serial_number == serial)


def _written_exactly(
    value: bytes,
    signed_data: cms.SignedData,
    signer: asn1_x509.Certificate,
    certificates: list[asn1_x509.Certificate],
    trusted: list[asn1_x509.Certificate],
) -> bool:
    """Whether the CMS is the one form the sealer writes: parts that no signature covers may not vary."""
    known = {certificate.dump() for certificate in trusted} | {signer.dump()}
    if len(signed_data["signer_infos"]) != 1 or any(found.dump() not in known for found in certificates):
        return False
    info = signed_data["signer_infos"][0]
    digest = cms.DigestAlgorithm({"algorithm": "sha256"})
    expected = cms.ContentInfo(
        {
            "content_type": "signed_data",
            "content": cms.SignedData(
                {
                    "version": "v1",
                    "digest_algorithms": [digest],
                    "encap_content_info": {"content_type": "data"},
                    "certificates": [
                        cms.CertificateChoices("certificate", found) for found in dict.fromkeys(certificates)
                    ],
                    "signer_infos": [
                        cms.SignerInfo(
                            {
                                "version": "v1",
                                "sid": cms.SignerIdentifier(
                                    "issuer_and_serial_number",
                                    {"issuer": signer.issuer, "serial_number": signer.serial_number},
                                ),
                                "digest_algorithm": digest,
                                "signature_algorithm": {"algorithm": "sha256_rsa"},
                                "signed_attrs": info["signed_attrs"].copy(),
                                "signature": info["signature"].native,
                            }
                        )
                    ],
                }
            ),
        }
    )
    return bool(expected.dump() == value)


def _words(dictionary: bytes) -> dict[str, str]:
    return {
        match.group(1).decode(): _ESCAPE.sub(_unescape, match.group(2)).decode("latin-1")
        for match in _TEXT.finditer(dictionary)
    }


def _unescape(match: re.Match[bytes]) -> bytes:
    code = match.group(1)
    return bytes([int(code, 8) & 0xFF]) if code.isdigit() else code


def _moment(text: str) -> datetime | None:
    match = _MOMENT.fullmatch(text)
    if match is None:
        return None
    sign, hours, minutes = match.group(2) or "+", match.group(3) or "00", match.group(4) or "00"
    try:
        return datetime.strptime(f"{match.group(1)} {sign}{hours}{minutes}", "%Y%m%d%H%M%S %z").astimezone(
            UTC
        )
    except (ValueError, OverflowError):
        return None


def _as_asn1(certificate: x509.Certificate) -> asn1_x509.Certificate:
    return asn1_x509.Certificate.load(certificate.public_bytes(serialization.Encoding.DER))
