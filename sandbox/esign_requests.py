"""Reads what is asked of the certification authority's services: OCSP (RFC 6960) and time stamps (RFC 3161)."""

from dataclasses import dataclass
from hashlib import sha1, sha256
from typing import Final

from kzsign import asn1
from kzsign.asn1 import Asn1Error, Fields
from kzsign.testing import extensions
from kzsign.testing import identifiers as ids
from kzsign.testing.store import FAMILIES as FAMILIES
from kzsign.testing.store import KeptAuthority

FAMILY_OF_POLICY: Final = {ids.TSA_GOST: "gost", ids.TSA_RSA: "rsa", ids.TSA_LEGACY: "legacy"}
# Digest to the family of the time-stamping authority that answers without a policy, and its length.
_DIGESTS: Final = {
    ids.GOST_DIGEST: ("gost", 64),
    ids.LEGACY_DIGEST: ("legacy", 32),
    ids.SHA256: ("rsa", 32),
    "2.16.840.1.101.3.4.2.2": ("rsa", 48),
    ids.SHA512: ("rsa", 64),
}
_NONCE: Final = "1.3.6.1.5.5.7.48.1.2"
_MAX_QUESTIONS: Final = 20


@dataclass(frozen=True, slots=True)
class OcspQuestion:
    """Serial numbers of one issuer, each with its CertID as it was asked."""

    hash_oid: str
    name_hash: bytes
    key_hash: bytes
    serials: tuple[int, ...]
    cert_ids: dict[int, bytes]
    nonce: bytes | None


@dataclass(frozen=True, slots=True)
class StampQuestion:
    """What to stamp. `digest_family` None: the digest is not known here."""

    imprint: bytes
    imprint_algorithm: bytes
    digest_family: str | None
    policy: str | None
    nonce: int | None
    wants_certificate: bool


def ocsp(body: bytes) -> OcspQuestion:
    """The question of an OCSPRequest. Raises ``Asn1Error``, also for certificates of several issuers."""
    request = Fields(asn1.parse(body)).take(asn1.SEQUENCE)
    fields = Fields(request)
    fields.optional(0xA0)
    fields.optional(0xA1)
    asked = asn1.members(fields.take(asn1.SEQUENCE), asn1.SEQUENCE)
    if not 0 < len(asked) <= _MAX_QUESTIONS:
        raise Asn1Error("too_many_questions")
    issuers: set[tuple[str, bytes, bytes]] = set()
    cert_ids: dict[int, bytes] = {}
    for one in asked:
        cert_id = Fields(one).take(asn1.SEQUENCE)
        parts = Fields(cert_id)
        algorithm = asn1.oid(Fields(parts.take(asn1.SEQUENCE)).take(asn1.OID))
        name_hash, key_hash = asn1.octets(parts.take()), asn1.octets(parts.take())
        issuers.add((algorithm, name_hash, key_hash))
        cert_ids[asn1.integer(parts.take())] = cert_id.raw
    if len(issuers) != 1:
        raise Asn1Error("several_issuers")
    extra = fields.optional(0xA2)
    nonce = _nonce(asn1.only(extra)) if extra is not None else None
    return OcspQuestion(*issuers.pop(), tuple(cert_ids), cert_ids, nonce)


def _nonce(extensions_node: asn1.Node) -> bytes | None:
    for one in asn1.members(extensions_node, asn1.SEQUENCE):
        fields = Fields(one)
        if asn1.oid(fields.take(asn1.OID)) == _NONCE:
            fields.optional(asn1.BOOLEAN)
            return asn1.octets(asn1.parse(asn1.octets(fields.take(asn1.OCTET_STRING))))
    return None


def family_of(question: OcspQuestion, authority: KeptAuthority) -> str | None:
    """Whose certificates are asked about; None for a foreign issuer or digest."""
    digest = {ids.SHA1: sha1, ids.SHA256: sha256}.get(question.hash_oid)
    if digest is None:
        return None
    for family in FAMILIES:
        issuer = authority.issuer_of(family)
        key = extensions.public_key_bits(issuer.key.public_key_info)
        if (digest(issuer.subject).digest(), digest(key).digest()) == (question.name_hash, question.key_hash):
            return family
    return None


def time_stamp(body: bytes) -> StampQuestion:
    """The question of a TimeStampReq. Raises ``Asn1Error``, also for an imprint of the wrong length."""
    fields = Fields(asn1.parse(body))
    if asn1.integer(fields.take()) != 1:
        raise Asn1Error("bad_version")
    imprint = Fields(fields.take(asn1.SEQUENCE))
    algorithm, hashed = imprint.take(asn1.SEQUENCE), asn1.octets(imprint.take())
    policy, nonce = fields.optional(asn1.OID), fields.optional(asn1.INTEGER)
    wants_certificate = fields.optional(asn1.BOOLEAN)
    fields.optional(0xA0)
    fields.end()
    family, length = _DIGESTS.get(asn1.oid(Fields(algorithm).take(asn1.OID)), (None, len(hashed)))
    if len(hashed) != length:
        raise Asn1Error("bad_imprint")
    return StampQuestion(
        imprint=hashed,
        imprint_algorithm=algorithm.raw,
        digest_family=family,
        policy=asn1.oid(policy) if policy is not None else None,
        nonce=asn1.integer(nonce) if nonce is not None else None,
        wants_certificate=wants_certificate is not None and asn1.boolean(wants_certificate),
    )
