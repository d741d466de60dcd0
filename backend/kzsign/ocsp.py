"""OCSP answers (RFC 6960): whose they are, about which certificate, and what they say."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Final

from kzsign import algorithms, asn1, certificates, digests, names, oids
from kzsign.algorithms import AlgorithmError
from kzsign.asn1 import Asn1Error, Budget, Fields, Node
from kzsign.certificates import Certificate
from kzsign.extensions import DIGITAL_SIGNATURE

MAX_SIZE: Final = 1 << 20
_MAX_CERTIFICATES: Final = 16
_MAX_ANSWERS: Final = 1024
_GOOD, _REVOKED, _UNKNOWN = 0x80, 0xA1, 0x82


class OcspError(ValueError):
    """The answer cannot be used; `code` is a stable reason."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True)
class Status:
    """What an authority says of one certificate. `reason` is the number of RFC 5280, 5.3.1, when one was given."""

    status: str  # good, revoked, unknown
    this_update: datetime
    next_update: datetime | None = None
    revoked_at: datetime | None = None
    reason: int | None = None
    # Since when the authority keeps answers about expired certificates; None: it does not say that it does.
    keeps_expired_since: datetime | None = None


@dataclass(frozen=True)
class Answer:
    """A BasicOCSPResponse as it was received."""

    signed: bytes
    responder_name: names.Name | None
    responder_key: bytes
    produced_at: datetime
    singles: tuple[Node, ...]
    nonce: bytes | None
    algorithm: Node
    signature: bytes
    embedded: tuple[Node, ...]

    @cached_property
    def certificates(self) -> tuple[Certificate, ...]:
        """Those that came with the answer. Raises ``Asn1Error``."""
        return tuple(certificates.read(entry.raw, budget=entry.budget) for entry in self.embedded)


def read(data: bytes, *, budget: Budget | None = None) -> Answer:
    """An OCSPResponse that was successful, or the BasicOCSPResponse inside of one. Raises ``OcspError``."""
    if len(data) > MAX_SIZE:
        raise OcspError("too_large")
    try:
        node = asn1.parse(data, budget=budget or Budget(50_000))
        if node.children and node.children[0].tag == asn1.ENUMERATED:
            node = _basic(node)
        return _read_basic(node)
    except Asn1Error as problem:
        raise OcspError("malformed") from problem


def _basic(node: Node) -> Node:
    fields = Fields(node)
    if asn1.integer(fields.take(), tag=asn1.ENUMERATED) != 0:
        raise OcspError("responder_refused")
    inner = Fields(asn1.only(fields.take(0xA0)))
    fields.end()
    if asn1.oid(inner.take()) != oids.OCSP_BASIC:
        raise Asn1Error("malformed")
    content = asn1.octets(inner.take())
    inner.end()
    return asn1.parse(content, budget=node.budget)


def _read_basic(node: Node) -> Answer:
    outer = Fields(node)
    tbs, algorithm, signature = outer.take(asn1.SEQUENCE), outer.take(asn1.SEQUENCE), outer.take()
    wrapped = outer.optional(0xA0)
    outer.end()
    embedded = asn1.members(asn1.only(wrapped), asn1.SEQUENCE) if wrapped is not None else ()
    fields = Fields(tbs)
    fields.optional(0xA0)
    responder = fields.take()
    name, key = None, b""
    if responder.tag == 0xA1:
        name = names.read(asn1.only(responder))
    elif responder.tag == 0xA2:
        key = asn1.octets(asn1.only(responder))
    else:
        raise Asn1Error("unexpected_tag")
    produced_at = asn1.time(fields.take(asn1.GENERALIZED_TIME))
    singles = asn1.members(fields.take(), asn1.SEQUENCE)
    extensions = fields.optional(0xA1)
    fields.end()
    if len(singles) > _MAX_ANSWERS or len(embedded) > _MAX_CERTIFICATES:
        raise Asn1Error("too_many_elements")
    return Answer(
        signed=tbs.raw,
        responder_name=name,
        responder_key=key,
        produced_at=produced_at,
        singles=singles,
        nonce=_extension_values(extensions).get(oids.OCSP_NONCE),
        algorithm=algorithm,
        signature=asn1.bit_octets(signature),
        embedded=embedded,
    )


def _extension_values(wrapped: Node | None) -> dict[str, bytes]:
    """Contents by identifier. An unknown critical one refuses the answer."""
    found: dict[str, bytes] = {}
    for member in asn1.members(asn1.only(wrapped), asn1.SEQUENCE) if wrapped is not None else ():
        fields = Fields(member)
        oid = asn1.oid(fields.take())
        flag = fields.optional(asn1.BOOLEAN)
        found[oid] = asn1.octets(fields.take())
        fields.end()
        if flag is not None and asn1.boolean(flag) and oid != oids.OCSP_NONCE:
            raise Asn1Error("critical_extension")
    return found


def judge(
    data: bytes,
    certificate: Certificate,
    issuer: Certificate,
    *,
    nonce: bytes | None = None,
    pool: Iterable[Certificate] = (),
    budget: Budget | None = None,
) -> Status:
    """What the answer says of `certificate`, after its signature and responder were checked.

    `nonce` is the value that was sent (the content of the extension, or what is inside of its OCTET STRING): an answer
    that carries another one is refused; one without is for the caller to judge. `budget` bounds what is read and
    computed. Raises ``OcspError``.
    """
    answer = read(data, budget=budget)
    if nonce is not None and answer.nonce is not None:
        wrapped = b"\x04" + bytes((len(nonce),)) + nonce if len(nonce) < 128 else nonce
        if answer.nonce not in (nonce, wrapped):
            raise OcspError("nonce_mismatch")
    try:
        # Whom it is about comes first: answers about others cost no signature.
        found = (_single(single, certificate, issuer) for single in answer.singles)
        status = next((one for one in found if one is not None), None)
        if status is None:
            raise OcspError("other_certificate")
        if budget is not None and not budget.affords(2):
            raise OcspError("too_much_work")
        _check_signature(answer, issuer, tuple(pool))
        return status
    except Asn1Error as problem:
        raise OcspError("malformed") from problem
    except AlgorithmError as problem:
        raise OcspError(problem.code) from problem


def speaks_of(data: bytes, certificate: Certificate, issuer: Certificate) -> bool:
    """Whether an answer is about this certificate, whatever it says and whoever signed it."""
    try:
        asked = [Fields(single).take(asn1.SEQUENCE) for single in read(data).singles]
        return any(_is_about(cert_id, certificate, issuer) for cert_id in asked)
    except (OcspError, Asn1Error, AlgorithmError):
        return False


def _check_signature(answer: Answer, issuer: Certificate, pool: tuple[Certificate, ...]) -> None:
    scheme = algorithms.certificate_scheme(answer.algorithm)
    digest = digests.digest(scheme.digest, answer.signed)
    problem = "responder_missing"
    for responder in dict.fromkeys((issuer, *answer.certificates, *pool)):
        if not _is_named(answer, responder):
            continue
        problem = _may_answer(responder, issuer, answer.produced_at)
        if problem:
            continue
        if responder.key.verifies(scheme, digest, answer.signature):
            return
        problem = "signature_mismatch"
    raise OcspError(problem)


def _is_named(answer: Answer, responder: Certificate) -> bool:
    if answer.responder_name is not None:
        return responder.subject.matches(answer.responder_name)
    return responder.key.sha1 == answer.responder_key


def _may_answer(responder: Certificate, issuer: Certificate, at: datetime) -> str:
    """Empty when the responder may speak for the issuer (RFC 6960, 4.2.2.2)."""
    if responder == issuer:
        return ""
    found = responder.extensions
    if not responder.issuer.matches(issuer.subject) or not responder.is_signed_by(issuer):
        return "responder_untrusted"
    if oids.OCSP_SIGNING not in found.extended_usage or found.unknown_critical:
        return "responder_usage"
    if found.key_usage is not None and DIGITAL_SIGNATURE not in found.key_usage:
        return "responder_usage"
    # Without this mark the responder's own certificate would have to be asked about, at the same responder.
    if oids.OCSP_NO_CHECK not in found.present:
        return "responder_unchecked"
    if not responder.not_before <= at <= responder.not_after:
        return "responder_expired"
    return ""


def _single(node: Node, certificate: Certificate, issuer: Certificate) -> Status | None:
    """The answer when it is about this certificate."""
    fields = Fields(node)
    if not _is_about(fields.take(asn1.SEQUENCE), certificate, issuer):
        return None
    state = fields.take()
    this_update = asn1.time(fields.take(asn1.GENERALIZED_TIME))
    wrapped = fields.optional(0xA0)
    next_update = asn1.time(asn1.only(wrapped)) if wrapped is not None else None
    values = _extension_values(fields.optional(0xA1))
    fields.end()
    revoked_at, reason = _revoked_info(state) if state.tag == _REVOKED else (None, None)
    names_of_states = {_GOOD: "good", _REVOKED: "revoked", _UNKNOWN: "unknown"}
    if state.tag not in names_of_states:
        raise Asn1Error("unexpected_tag")
    cutoff = values.get(oids.OCSP_ARCHIVE_CUTOFF)
    return Status(
        status=names_of_states[state.tag],
        this_update=this_update,
        next_update=next_update,
        revoked_at=revoked_at,
        reason=reason,
        keeps_expired_since=asn1.time(asn1.parse(cutoff)) if cutoff is not None else None,
    )


def _revoked_info(state: Node) -> tuple[datetime, int | None]:
    fields = Fields(state, _REVOKED)
    revoked_at = asn1.time(fields.take(asn1.GENERALIZED_TIME))
    wrapped = fields.optional(0xA0)
    fields.end()
    reason = asn1.integer(asn1.only(wrapped), tag=asn1.ENUMERATED) if wrapped is not None else None
    return revoked_at, reason


def _is_about(cert_id: Node, certificate: Certificate, issuer: Certificate) -> bool:
    fields = Fields(cert_id)
    # SHA-1 is what most responders use here; it only names the issuer, whose signature is checked besides.
    name = algorithms.digest_name(fields.take(asn1.SEQUENCE))
    name_hash, key_hash = asn1.octets(fields.take()), asn1.octets(fields.take())
    serial = asn1.integer(fields.take(), max_octets=64)
    fields.end()
    if serial != certificate.serial or key_hash != digests.digest(name, issuer.key.octets):
        return False
    return name_hash in {digests.digest(name, n.raw) for n in (issuer.subject, certificate.issuer)}
