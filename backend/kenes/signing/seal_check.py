"""Checks the organisation's seal on a PDF, byte by byte.

The check does not interpret the PDF: it finds the signed byte range and demands that everything outside the signature
value is covered, that the signature value is written in the one form the sealer writes, and that the range reaches the
last byte or is followed by exactly the update that the sealer adds for long-term validation. So a file that passes is,
byte for byte, what our key sealed: no later revision, shadow content, padding or attribute can hide in it, and a hostile
file meets no PDF parser. Nothing here knows Django.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from enum import StrEnum
from typing import Final

from asn1crypto import cms
from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from cryptography.x509.oid import NameOID

from kenes.signing.archive_tail import TailPlan, read_tail
from kenes.signing.seal_cms import SealCms, signed_attributes
from kenes.signing.seal_time import StampJudge, StampReport, element_size, token_at, without_anchors
from kenes.signing.sealing import PLAN_KEY, SEAL_FIELD, named_original

_RANGE: Final = re.compile(rb"/ByteRange\s*\[\s*(\d{1,10})\s+(\d{1,10})\s+(\d{1,10})\s+(\d{1,10})\s*\]")
_TEXT: Final = re.compile(rb"/(Reason|Name|M|%b)\s*\(((?:[^()\\]|\\.)*)\)" % PLAN_KEY.encode(), re.DOTALL)
_ESCAPE: Final = re.compile(rb"\\([0-7]{1,3}|.)", re.DOTALL)
_MOMENT: Final = re.compile(r"D:(\d{14})(?:Z|([+-])(\d\d)'?(\d\d)'?)?")
_MOST_RANGES: Final = 16
_LARGEST_CMS: Final = 64 * 1024
# The sealer writes two.
_MOST_CERTIFICATES: Final = 4


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
    """The state of the seal and what it says. ``sealed_at`` is aware UTC; the named hash is hex SHA-256.

    ``stamp`` is the time stamp over the seal, ``archive_stamp`` the one over the whole file; ``None`` where there is none.
    """

    state: SealState
    subject: str = ""
    sealed_at: datetime | None = None
    named_sha256: str = ""
    named_size: int = 0
    original_inside: bool = False
    stamp: StampReport | None = None
    archive_stamp: StampReport | None = None


@dataclass(frozen=True)
class _Candidate:
    covered: int
    state: SealState
    subject: str
    sealed_at: datetime | None
    named: tuple[str, int] | None
    plan: TailPlan | None
    stamp: StampReport | None = None
    archive_stamp: StampReport | None = None


def check_seal(
    data: bytes, authorities: Sequence[x509.Certificate], judge_stamp: StampJudge = without_anchors
) -> SealReport:
    """Judge the seal on ``data``. Never raises for any bytes whatever.

    ``judge_stamp`` tells whether a time stamp is whole and trusted; a broken one makes the file "changed", one without a
    trusted authority is only reported.
    """
    claims_ours = SEAL_FIELD.encode() in data
    ranges = list(_RANGE.finditer(data))[-_MOST_RANGES:]
    candidates = [
        found for found in (_examine(data, match, authorities, judge_stamp) for match in ranges) if found
    ]
    if not candidates:
        return SealReport(SealState.DAMAGED if claims_ours else SealState.ABSENT)
    good = next((found for found in reversed(candidates) if found.state is SealState.WHOLE), None)
    if good is not None:
        return _report(data, *_with_tail(data, good, judge_stamp))
    last = candidates[-1]
    if claims_ours or last.named is not None:
        state = SealState.FOREIGN if last.state is SealState.FOREIGN else SealState.CHANGED
        return _report(data, last, state)
    return SealReport(SealState.ABSENT)


def plan_of(data: bytes) -> TailPlan | None:
    """The plan of the last seal on ``data``, by which validation data can be added; to be used on files of our own."""
    for match in reversed(list(_RANGE.finditer(data))[-_MOST_RANGES:]):
        end = data.find(b"endobj", match.end())
        words = _words(data[data.rfind(b" obj", 0, match.start()) : end])
        if PLAN_KEY in words:
            return TailPlan.read(words[PLAN_KEY])
    return None


def _with_tail(data: bytes, good: _Candidate, judge_stamp: StampJudge) -> tuple[_Candidate, SealState]:
    """What follows a good seal: nothing, or exactly the update of the sealer with its own time stamp."""
    if good.covered == len(data) and good.stamp is None:
        return good, SealState.WHOLE
    if good.plan is None or good.covered == len(data):
        return good, SealState.ADDED_AFTER if good.covered < len(data) else SealState.CHANGED
    tail = read_tail(data, good.covered, good.plan)
    if tail is None:
        return good, SealState.ADDED_AFTER
    try:
        archive = judge_stamp(token_at(tail.token), tail.covered)
    except ValueError:
        archive = StampReport(None, False, False, "", "malformed")
    return replace(good, archive_stamp=archive), SealState.WHOLE if archive.is_whole else SealState.CHANGED


def _report(data: bytes, found: _Candidate, state: SealState) -> SealReport:
    sha256, size = found.named or ("", 0)
    inside = bool(size) and size <= len(data) and hashlib.sha256(data[:size]).hexdigest() == sha256
    if state is SealState.WHOLE and not inside:
        # Our sealer always names the file it sealed, so a seal that does not is not one it made.
        state = SealState.CHANGED
    return SealReport(
        state, found.subject, found.sealed_at, sha256, size, inside, found.stamp, found.archive_stamp
    )


def _examine(
    data: bytes, match: re.Match[bytes], authorities: Sequence[x509.Certificate], judge_stamp: StampJudge
) -> _Candidate | None:
    start, first, second, rest = (int(number) for number in match.groups())
    covered = second + rest
    if start != 0 or not 0 < first < second < covered <= len(data):
        return None
    begin = data.rfind(b" obj", 0, match.start())
    end = data.find(b"endobj", match.end())
    if begin < 0 or end < 0 or not begin < first or not second <= match.start() < covered:
        return None
    gap = data[first:second]
    if gap[:1] != b"<" or gap[-1:] != b">" or len(gap) > 2 * _LARGEST_CMS:
        return None
    words = _words(data[begin:first] + data[second:end])
    moment = _moment(words.get("M", ""))
    digest = hashlib.sha256(data[:first])
    digest.update(data[second:covered])
    state, subject, stamp = _judge_signature(gap[1:-1], digest.digest(), moment, authorities, judge_stamp)
    named, plan = named_original(words.get("Reason", "")), TailPlan.read(words.get(PLAN_KEY, ""))
    return _Candidate(covered, state, subject, moment, named, plan, stamp)


def _judge_signature(
    hex_digits: bytes,
    digest: bytes,
    moment: datetime | None,
    authorities: Sequence[x509.Certificate],
    judge_stamp: StampJudge,
) -> tuple[SealState, str, StampReport | None]:
    # Whatever the bytes make the decoder do, the answer for such a file is "changed".
    try:
        padded = bytes.fromhex(hex_digits.decode("ascii"))
        value = padded[: element_size(padded)]
        if hex_digits != padded.hex().upper().encode() or any(padded[len(value) :]):
            return SealState.CHANGED, "", None
        read = _read_cms(value)
        certificate = x509.load_der_x509_certificate(_signer_of(read))
        subject = str(certificate.subject.get_attributes_for_oid(NameOID.COMMON_NAME)[0].value)
        if not _is_intact(read, certificate, digest):
            return SealState.CHANGED, subject, None
        authority = _authority_of(certificate, authorities, moment or datetime.now(UTC))
        if authority is None:
            return SealState.FOREIGN, subject, None
        known = {_der(found) for found in authorities} | {_der(certificate)}
        if not known.issuperset(read.certificates) or read.encode() != value:
            return SealState.CHANGED, subject, None
        if not read.token:
            return SealState.WHOLE, subject, None
        stamp = judge_stamp(read.token, read.signature)
        return (SealState.WHOLE if stamp.is_whole else SealState.CHANGED), subject, stamp
    except Exception:
        return SealState.CHANGED, "", None


def _read_cms(value: bytes) -> SealCms:
    signed_data = cms.ContentInfo.load(value, strict=True)["content"]
    if len(signed_data["certificates"]) > _MOST_CERTIFICATES or len(signed_data["signer_infos"]) != 1:
        raise ValueError("not the form of a seal")
    info = signed_data["signer_infos"][0]
    sid = info["sid"].chosen
    unsigned = info["unsigned_attrs"]
    token = b""
    if unsigned:
        (attribute,) = unsigned
        (stamp,) = attribute["values"]
        token = stamp.dump()
    return SealCms(
        certificates=tuple(choice.chosen.dump() for choice in signed_data["certificates"]),
        issuer=sid["issuer"].dump(),
        serial_number=sid["serial_number"].native,
        signed_attributes=b"\x31" + info["signed_attrs"].dump()[1:],
        signature=info["signature"].native,
        token=token,
    )


def _signer_of(read: SealCms) -> bytes:
    return next(
        der
        for der in read.certificates
        if x509.load_der_x509_certificate(der).serial_number == read.serial_number
        and x509.load_der_x509_certificate(der).issuer.public_bytes() == read.issuer
    )


def _is_intact(read: SealCms, certificate: x509.Certificate, digest: bytes) -> bool:
    """Whether the signed attributes are those of this digest and certificate, and the key signed them."""
    key = certificate.public_key()
    if read.signed_attributes != signed_attributes(
        digest, _der(certificate), read.issuer, read.serial_number
    ):
        return False
    if not isinstance(key, rsa.RSAPublicKey):
        return False
    try:
        key.verify(read.signature, read.signed_attributes, padding.PKCS1v15(), hashes.SHA256())
    except InvalidSignature:
        return False
    return True


def _authority_of(
    certificate: x509.Certificate, authorities: Sequence[x509.Certificate], moment: datetime
) -> x509.Certificate | None:
    # Validity is judged at the sealed time: a seal outlives its certificate.
    for authority in authorities:
        if not all(
            found.not_valid_before_utc <= moment <= found.not_valid_after_utc
            for found in (certificate, authority)
        ):
            continue
        try:
            certificate.verify_directly_issued_by(authority)
        except (InvalidSignature, ValueError, TypeError):
            continue
        usage = certificate.extensions.get_extension_for_class(x509.KeyUsage).value
        return authority if usage.digital_signature else None
    return None


def _der(certificate: x509.Certificate) -> bytes:
    return certificate.public_bytes(serialization.Encoding.DER)


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
