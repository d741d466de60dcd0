"""A CMS from a browser or a telephone, judged over exactly these bytes. Talks to the authority: never in a transaction."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from kenes.foundation import clock, logs
from kenes.foundation.providers import require_no_transaction
from kenes.signing.eds import authority, containers, errors, judging
from kzsign import Purpose, Report, RevocationPolicy, SignerReport, armour, verify
from kzsign.asn1 import Asn1Error
from kzsign.context import Revoking

log = logs.get(__name__)
SERVER, TIMESTAMP = "server", "timestamp"
_Rule = Callable[[SignerReport], None]


@dataclass(frozen=True, slots=True)
class Checked:
    """A signature that counts, and what was collected for it.

    `cms` is what came, `stamped` the same with our time stamp (empty where it brought a trusted one, or none could be had).
    `other_answers` are of OCSP about the authorities, `lists` those that were asked where it was silent.
    `signed_at` is the time of the trusted stamp, else of the receipt; `time_source` says which.
    """

    signer: SignerReport
    report: Report
    cms: bytes
    stamped: bytes
    value_sha256: str
    time_stamp: bytes | None
    ocsp_answer: bytes | None
    other_answers: tuple[bytes, ...]
    lists: tuple[bytes, ...]
    signed_at: datetime
    time_source: str


def check(
    signature: bytes,
    *,
    content: bytes,
    require: _Rule,
    purpose: Purpose = Purpose.DOCUMENT,
    stamp: bool = True,
) -> Checked:
    """Judge a CMS of one signer over `content`; `require` raises for a signer who is not the right one.

    Everything that can be said without asking anybody is said first, so that a wrong signature asks nobody. Raises what
    `judging.the_signer` and `require` raise.
    """
    require_no_transaction()
    received_at = clock.now()
    raw = _unwrapped(signature)
    early = _verified(raw, content, received_at, RevocationPolicy.OFF, purpose)
    signer = judging.the_signer(early, revocation_asked=False)
    require(signer)
    value = _value_sha256(raw)
    is_stamped = signer.timestamp is not None and signer.timestamp.trusted
    stamped = _stamped(raw, content, received_at, purpose) if stamp and not is_stamped else b""
    source = authority.revocation()
    report = _verified(stamped or raw, content, received_at, source, purpose)
    signer = judging.the_signer(report)
    require(signer)
    has_time = (
        signer.time_source == TIMESTAMP and signer.timestamp is not None and signer.signed_at is not None
    )
    return Checked(
        signer=signer,
        report=report,
        cms=raw,
        stamped=stamped,
        value_sha256=value,
        time_stamp=signer.timestamp.token if has_time and signer.timestamp else None,
        ocsp_answer=source.answer_about(signer.certificate),
        other_answers=source.answers_about_others(signer.certificate),
        lists=source.lists,
        signed_at=signer.signed_at if has_time and signer.signed_at else received_at,
        time_source=TIMESTAMP if has_time else SERVER,
    )


def stamp(raw: bytes, *, content: bytes) -> bytes:
    """The CMS with a time stamp of the configured authority; empty when it gives none that counts now."""
    return _stamped(raw, content, clock.now(), Purpose.DOCUMENT)


def _unwrapped(signature: bytes) -> bytes:
    try:
        return armour.unwrap(signature)
    except Asn1Error as problem:
        raise errors.EdsUnreadable(reason=problem.code) from problem


def _value_sha256(raw: bytes) -> str:
    try:
        return containers.value_sha256(raw)
    except Asn1Error as problem:
        raise errors.EdsUnreadable(reason=problem.code) from problem


def _verified(raw: bytes, content: bytes, at: datetime, revocation: Revoking, purpose: Purpose) -> Report:
    return verify(
        raw,
        document=content,
        trust=authority.trust(),
        at=at,
        revocation=revocation,
        limits=containers.LIMITS,
        purpose=purpose,
    )


def _stamped(raw: bytes, content: bytes, at: datetime, purpose: Purpose) -> bytes:
    token = authority.time_stamp(containers.signature_value(raw))
    if token is None:
        return b""
    stamped = containers.with_time_stamp(raw, token)
    # The token is judged as a part of the signature: whatever is wrong with it, the signature is taken without it.
    report = _verified(stamped, content, at, RevocationPolicy.OFF, purpose)
    found = report.signers[0].timestamp if len(report.signers) == 1 else None
    if found is None or not found.trusted:
        log.warning("time_stamp_refused", reason=found.reason if found else report.reason)
        return b""
    return stamped
