"""CMS SignedData (RFC 5652, 5) as it was received."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Final

from kzsign import algorithms, asn1, certificates, names, oids
from kzsign.asn1 import Asn1Error, Budget, Fields, Node
from kzsign.certificates import Certificate
from kzsign.context import Limits
from kzsign.names import Name

_SIGNED_ATTRIBUTES: Final = 0xA0
_UNSIGNED_ATTRIBUTES: Final = 0xA1


@dataclass(frozen=True)
class Attribute:
    """An attribute with all its values."""

    oid: str
    values: tuple[Node, ...]


@dataclass(frozen=True)
class SignerInfo:
    """One signer. Identified by issuer and serial number, or by the key identifier."""

    issuer: Name | None
    serial: int
    key_id: bytes
    digest_algorithm: Node
    signature_algorithm: Node
    signature: bytes
    signed_block: bytes  # the attributes as they are hashed; empty when there are none
    signed: tuple[Attribute, ...]
    unsigned: tuple[Attribute, ...]

    def signed_values(self, oid: str) -> list[tuple[Node, ...]]:
        """The values of each signed attribute of this type; more than one attribute is for the caller to refuse."""
        return [attribute.values for attribute in self.signed if attribute.oid == oid]

    def unsigned_values(self, oid: str) -> list[Node]:
        """All values of all unsigned attributes of this type."""
        return [value for attribute in self.unsigned if attribute.oid == oid for value in attribute.values]

    def is_of(self, certificate: Certificate) -> bool:
        """Whether this certificate is the one that the signer names."""
        if self.issuer is not None:
            return certificate.serial == self.serial and certificate.issuer.matches(self.issuer)
        return certificate.extensions.subject_key_id == self.key_id != b""


@dataclass(frozen=True)
class SignedData:
    """The content with its signers."""

    content_type: str
    content: bytes | None
    certificate_nodes: tuple[Node, ...]
    revocations: tuple[Node, ...]
    signers: tuple[SignerInfo, ...]

    @cached_property
    def certificates(self) -> tuple[Certificate, ...]:
        """Certificates that can be read; one that cannot is as if it were absent."""
        return read_certificates(self.certificate_nodes)


def read_certificates(nodes: tuple[Node, ...]) -> tuple[Certificate, ...]:
    """The certificates among these elements, each once."""
    found: dict[Certificate, None] = {}
    for node in nodes:
        if node.tag != asn1.SEQUENCE:
            continue  # attribute certificates and other formats
        try:
            found[certificates.read(node.raw, budget=node.budget)] = None
        except Asn1Error as problem:
            if problem.code == "too_many_elements":
                raise
    return tuple(found)


def read(data: bytes, budget: Budget, limits: Limits, *, der: bool = False) -> SignedData:
    """The SignedData inside a ContentInfo. Raises ``Asn1Error``."""
    outer = Fields(asn1.parse(data, der=der, budget=budget))
    kind = outer.take()
    # A certificate, a list or an answer of an authority begins with something else.
    if kind.tag != asn1.OID or asn1.oid(kind) != oids.SIGNED_DATA:
        raise Asn1Error("not_signed_data")
    fields = Fields(asn1.only(outer.take(0xA0)))
    outer.end()
    if not 1 <= asn1.integer(fields.take()) <= 5:
        raise Asn1Error("bad_version")
    # What is listed here is not used: each signer names its own. It must be a list of algorithms all the same.
    for listed in asn1.members(fields.take(), asn1.SET):
        algorithms.identifier(listed)
    content_type, content = _content(fields.take(asn1.SEQUENCE))
    found = fields.optional(0xA0)
    revocations = fields.optional(0xA1)
    signers = asn1.members(fields.take(), asn1.SET)
    fields.end()
    certificate_nodes = found.children if found else ()
    if len(certificate_nodes) > limits.certificates:
        raise Asn1Error("too_many_certificates")
    if len(signers) > limits.signers:
        raise Asn1Error("too_many_signers")
    return SignedData(
        content_type=content_type,
        content=content,
        certificate_nodes=certificate_nodes,
        revocations=revocations.children[: limits.revocations] if revocations else (),
        signers=tuple(signer_info(signer, limits) for signer in signers),
    )


def _content(node: Node) -> tuple[str, bytes | None]:
    fields = Fields(node)
    content_type = asn1.oid(fields.take())
    wrapped = fields.optional(0xA0)
    fields.end()
    return content_type, asn1.octets(asn1.only(wrapped)) if wrapped is not None else None


def signer_info(node: Node, limits: Limits) -> SignerInfo:
    """One SignerInfo. Raises ``Asn1Error``."""
    fields = Fields(node)
    if not 1 <= asn1.integer(fields.take()) <= 3:
        raise Asn1Error("bad_version")
    issuer, serial, key_id = _identity(fields.take())
    digest_algorithm = fields.take(asn1.SEQUENCE)
    signed = fields.optional(_SIGNED_ATTRIBUTES)
    signature_algorithm = fields.take(asn1.SEQUENCE)
    algorithms.identifier(digest_algorithm)
    algorithms.identifier(signature_algorithm)
    signature = asn1.octets(fields.take())
    unsigned = fields.optional(_UNSIGNED_ATTRIBUTES)
    fields.end()
    block = b""
    if signed is not None:
        block = signed.retagged(asn1.SET)
        # What is signed is the DER encoding; another form cannot be what the signer saw.
        signed = asn1.parse(block, budget=node.budget)
    return SignerInfo(
        issuer=issuer,
        serial=serial,
        key_id=key_id,
        digest_algorithm=digest_algorithm,
        signature_algorithm=signature_algorithm,
        signature=signature,
        signed_block=block,
        signed=_attributes(signed, limits),
        unsigned=_attributes(unsigned, limits),
    )


def _identity(node: Node) -> tuple[Name | None, int, bytes]:
    if node.tag == asn1.SEQUENCE:
        fields = Fields(node)
        issuer = names.read(fields.take(asn1.SEQUENCE))
        serial = asn1.integer(fields.take(), max_octets=64)
        fields.end()
        return issuer, serial, b""
    return None, 0, asn1.octets(node, tag=0x80)


def _attributes(node: Node | None, limits: Limits) -> tuple[Attribute, ...]:
    if node is None:
        return ()
    if len(node.children) > limits.attributes:
        raise Asn1Error("too_many_attributes")
    found = []
    for member in node.children:
        fields = Fields(member)
        oid = asn1.oid(fields.take())
        values = asn1.members(fields.take(), asn1.SET)
        fields.end()
        found.append(Attribute(oid, values))
    return tuple(found)
