"""One SignerInfo against its content: attributes, digests, the certificate it names, the signature itself."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from kzsign import algorithms, asn1, digests, names, oids
from kzsign.algorithms import AlgorithmError, Scheme
from kzsign.asn1 import Asn1Error, Fields, Node
from kzsign.certificates import Certificate
from kzsign.content import Content
from kzsign.report import Steps
from kzsign.signed_data import SignerInfo

_MAX_CANDIDATES: Final = 8
_SINGLE: Final = (oids.CONTENT_TYPE, oids.MESSAGE_DIGEST)
_AT_MOST_ONCE: Final = (oids.SIGNING_TIME, oids.SIGNING_CERTIFICATE, oids.SIGNING_CERTIFICATE_V2)


@dataclass(frozen=True)
class Signed:
    """What is known of a signer after its signature was checked."""

    certificate: Certificate | None
    scheme: Scheme | None
    claimed_at: datetime | None


def check(
    info: SignerInfo,
    *,
    content: Content | None,
    content_type: str | None,
    pool: Iterable[Certificate],
    steps: Steps,
) -> Signed:
    """Fill the steps from `certificate` to `signature`. Never raises for what a signer wrote.

    `content` is None when the document is not at hand; the step `content` has been filled then. `content_type` is None
    for a counter-signature, which must not name one.
    """
    certificate = _certificate(info, tuple(pool), steps)
    _attributes(info, content_type, steps)
    try:
        scheme = algorithms.signer_scheme(info.signature_algorithm, info.digest_algorithm)
    except AlgorithmError as problem:
        known_key = certificate is not None and certificate.key.problem != "unsupported"
        if problem.is_unknown and known_key and algorithms.is_foreign(info.signature_algorithm):
            steps.failed("signature", "algorithm_mismatch")
        elif problem.is_unknown:
            steps.unknown("signature", problem.code)
        else:
            steps.failed("signature", problem.code)
        return Signed(certificate, None, _claimed_time(info))
    _digest(info, scheme, content, steps)
    if certificate is not None:
        _signing_certificate(info, certificate, steps)
        _signature(info, scheme, certificate, steps)
    return Signed(certificate, scheme, _claimed_time(info))


def _certificate(info: SignerInfo, pool: tuple[Certificate, ...], steps: Steps) -> Certificate | None:
    # The same certificate comes with a token and again in a security store: once is enough to check.
    found = dict.fromkeys(certificate for certificate in pool if info.is_of(certificate))
    candidates = list(found)[:_MAX_CANDIDATES]
    if not candidates:
        steps.failed("certificate", "certificate_missing")
        return None
    steps.passed("certificate")
    if len(candidates) > 1:
        # Several certificates under one name and number: the signed hash tells which one was meant.
        candidates = [one for one in candidates if _is_named(info, one)] or candidates
        # Without that hash the key tells: a false one put beside it must not spoil a sound signature.
        candidates = [one for one in candidates if _is_by(info, one)] or candidates
    return candidates[0]


def _is_by(info: SignerInfo, certificate: Certificate) -> bool:
    trial = Steps()
    try:
        scheme = algorithms.signer_scheme(info.signature_algorithm, info.digest_algorithm)
    except AlgorithmError:
        return False
    _signature(info, scheme, certificate, trial)
    return trial.result("signature") == "passed"


def _is_named(info: SignerInfo, certificate: Certificate) -> bool:
    trial = Steps()
    _signing_certificate(info, certificate, trial)
    return trial.result("signing_certificate") == "passed"


def _attributes(info: SignerInfo, content_type: str | None, steps: Steps) -> None:
    if not info.signed_block:
        steps.failed("attributes", "attributes_missing")
        return
    if len({attribute.oid for attribute in info.signed}) != len(info.signed):
        steps.failed("attributes", "attribute_repeated")
    for oid in _SINGLE if content_type is not None else (oids.MESSAGE_DIGEST,):
        found = info.signed_values(oid)
        if not found:
            steps.failed("attributes", "attribute_missing")
        elif len(found[0]) != 1:
            steps.failed("attributes", "attribute_repeated")
    for oid in _AT_MOST_ONCE:
        if any(len(values) != 1 for values in info.signed_values(oid)):
            steps.failed("attributes", "attribute_repeated")
    stated = _value(info, oids.CONTENT_TYPE)
    if stated is not None and (stated.tag != asn1.OID or asn1.oid(stated) != content_type):
        steps.failed("attributes", "content_type_mismatch")
    steps.passed("attributes")


def _value(info: SignerInfo, oid: str) -> Node | None:
    """The first value of the first attribute: repetition has been refused by then."""
    found = info.signed_values(oid)
    return found[0][0] if found and found[0] else None


def _claimed_time(info: SignerInfo) -> datetime | None:
    value = _value(info, oids.SIGNING_TIME)
    try:
        return asn1.time(value) if value is not None else None
    except Asn1Error:
        return None


def _digest(info: SignerInfo, scheme: Scheme, content: Content | None, steps: Steps) -> None:
    if content is None:
        return
    stated = _value(info, oids.MESSAGE_DIGEST)
    if stated is None or stated.tag != asn1.OCTET_STRING:
        steps.failed("digest", "digest_missing")
    elif stated.content == content.digest(scheme.digest):
        steps.passed("digest")
    else:
        steps.failed("digest", "digest_mismatch")


def _signature(info: SignerInfo, scheme: Scheme, certificate: Certificate, steps: Steps) -> None:
    key = certificate.key
    if key.problem == "unsupported":
        steps.unknown("signature", "unsupported")
    elif key.family != scheme.family:
        steps.failed("signature", "algorithm_mismatch")
    elif key.problem:
        steps.failed("signature", key.problem)
    elif not info.signed_block:
        steps.failed("signature", "attributes_missing")
    elif not info.digest_algorithm.budget.affords():
        steps.failed("signature", "too_much_work")
    elif key.verifies(scheme, digests.digest(scheme.digest, info.signed_block), info.signature):
        steps.passed("signature")
    else:
        steps.failed("signature", "signature_mismatch")


def _signing_certificate(info: SignerInfo, certificate: Certificate, steps: Steps) -> None:
    """The attribute that binds the certificate itself into the signature (RFC 5035, RFC 2634)."""
    try:
        for oid, default in ((oids.SIGNING_CERTIFICATE_V2, "sha256"), (oids.SIGNING_CERTIFICATE, "sha1")):
            value = _value(info, oid)
            if value is not None:
                _compare_ess(value, default, certificate, steps)
    except Asn1Error:
        steps.failed("signing_certificate", "malformed")
    except AlgorithmError as problem:
        steps.unknown("signing_certificate", problem.code)
    steps.skipped("signing_certificate", "absent")


def _compare_ess(value: Node, default: str, certificate: Certificate, steps: Steps) -> None:
    """The first entry names the signer's certificate; later ones may name its issuers."""
    listed = asn1.members(Fields(value).take(), asn1.SEQUENCE)
    if not listed:
        raise Asn1Error("missing_field")
    fields = Fields(listed[0])
    name = default
    if default != "sha1" and fields.peek() == asn1.SEQUENCE:
        name = algorithms.digest_name(fields.take())
    digest = asn1.octets(fields.take())
    place = fields.optional(asn1.SEQUENCE)
    fields.end()
    if digest != digests.digest(name, certificate.raw):
        steps.failed("signing_certificate", "certificate_mismatch")
    elif place is not None and not _is_at(place, certificate):
        steps.failed("signing_certificate", "issuer_mismatch")
    else:
        steps.passed("signing_certificate")


def _is_at(place: Node, certificate: Certificate) -> bool:
    fields = Fields(place)
    issuers = asn1.members(fields.take(), asn1.SEQUENCE)
    serial = asn1.integer(fields.take(), max_octets=64)
    fields.optional(asn1.BIT_STRING)
    fields.end()
    if len(issuers) != 1 or issuers[0].tag != 0xA4:
        return False
    return serial == certificate.serial and names.read(asn1.only(issuers[0])).matches(certificate.issuer)
