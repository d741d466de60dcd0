"""Extensions of certificates (RFC 5280, 4.2) that the judgement needs."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from kzsign import asn1, names, oids
from kzsign.asn1 import Asn1Error, Fields, Node
from kzsign.names import Name

DIGITAL_SIGNATURE: Final = 0
NON_REPUDIATION: Final = 1
KEY_CERT_SIGN: Final = 5
CRL_SIGN: Final = 6
_USAGE_NAMES: Final = (
    "digitalSignature",
    "nonRepudiation",
    "keyEncipherment",
    "dataEncipherment",
    "keyAgreement",
    "keyCertSign",
    "cRLSign",
    "encipherOnly",
    "decipherOnly",
)
# Extensions whose meaning is applied, or that only inform; any other one that is critical refuses the certificate.
_UNDERSTOOD: Final = frozenset(
    {
        oids.SUBJECT_KEY_ID,
        oids.KEY_USAGE,
        oids.ALTERNATIVE_NAME,
        oids.BASIC_CONSTRAINTS,
        oids.NAME_CONSTRAINTS,
        oids.CRL_DISTRIBUTION,
        oids.POLICIES,
        oids.AUTHORITY_KEY_ID,
        oids.EXTENDED_KEY_USAGE,
        oids.AUTHORITY_ACCESS,
        oids.OCSP_NO_CHECK,
    }
)


@dataclass(frozen=True)
class GeneralName:
    """One alternative name: its tag (1 e-mail, 2 host, 4 directory name, 6 address …) and its value."""

    kind: int
    text: str = ""
    name: Name | None = None


@dataclass(frozen=True)
class Extensions:
    """What a certificate says about itself; empty values stand for absent extensions."""

    present: frozenset[str] = frozenset()
    unknown_critical: frozenset[str] = frozenset()
    critical: frozenset[str] = frozenset()
    subject_key_id: bytes = b""
    authority_key_id: bytes = b""
    is_ca: bool = False
    path_length: int | None = None
    key_usage: frozenset[int] | None = None
    extended_usage: tuple[str, ...] = ()
    policies: tuple[str, ...] = ()
    alternative: tuple[GeneralName, ...] = ()
    permitted: tuple[GeneralName, ...] = ()
    excluded: tuple[GeneralName, ...] = ()
    ocsp_addresses: tuple[str, ...] = ()
    crl_addresses: tuple[str, ...] = ()
    delta_addresses: tuple[str, ...] = ()

    @property
    def usage_names(self) -> tuple[str, ...]:
        """The names of the bits of keyUsage, as X.509 writes them."""
        return tuple(_USAGE_NAMES[bit] for bit in sorted(self.key_usage or ()) if bit < len(_USAGE_NAMES))


def read(node: Node) -> Extensions:
    """The extensions of a certificate. Raises ``Asn1Error``; an extension may stand only once."""
    critical: set[str] = set()
    values: dict[str, Node] = {}
    for member in asn1.members(node, asn1.SEQUENCE):
        fields = Fields(member)
        oid = asn1.oid(fields.take())
        flag = fields.optional(asn1.BOOLEAN)
        content = asn1.octets(fields.take())
        fields.end()
        if oid in values:
            raise Asn1Error("extension_repeated")
        if flag is not None and asn1.boolean(flag):
            critical.add(oid)
        if oid in _READERS:
            values[oid] = asn1.parse(content, budget=node.budget)
        else:
            values[oid] = member
    found: dict[str, Any] = {}
    for oid, reader in _READERS.items():
        if oid in values:
            found.update(reader(values[oid]))
    return Extensions(
        present=frozenset(values),
        critical=frozenset(critical),
        unknown_critical=frozenset(critical) - _UNDERSTOOD,
        **found,
    )


def _basic_constraints(node: Node) -> dict[str, Any]:
    fields = Fields(node)
    flag, length = fields.optional(asn1.BOOLEAN), fields.optional(asn1.INTEGER)
    fields.end()
    limit = asn1.integer(length) if length is not None else None
    if limit is not None and limit < 0:
        raise Asn1Error("bad_integer")
    return {"is_ca": flag is not None and asn1.boolean(flag), "path_length": limit}


def _authority_key_id(node: Node) -> dict[str, Any]:
    for member in asn1.members(node, asn1.SEQUENCE):
        if member.tag == 0x80:
            return {"authority_key_id": member.content}
    return {}


def _policies(node: Node) -> dict[str, Any]:
    found = []
    for member in asn1.members(node, asn1.SEQUENCE):
        found.append(asn1.oid(Fields(member).take()))
    return {"policies": tuple(found)}


def general_name(node: Node) -> GeneralName:
    """One GeneralName; kinds that are not compared keep only their number."""
    kind = node.tag & 0x1F
    if kind == 4 and node.tag == 0xA4:
        return GeneralName(4, name=names.read(asn1.only(node)))
    if kind in (1, 2, 6) and node.tag == 0x80 | kind:
        return GeneralName(kind, text=node.content.decode("ascii", "replace"))
    return GeneralName(kind)


def _alternative(node: Node) -> dict[str, Any]:
    return {"alternative": tuple(map(general_name, asn1.members(node, asn1.SEQUENCE)))}


def _name_constraints(node: Node) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for part in asn1.members(node, asn1.SEQUENCE):
        key = {0xA0: "permitted", 0xA1: "excluded"}.get(part.tag)
        if key is None:
            raise Asn1Error("unexpected_tag")
        trees = []
        for subtree in part.children:
            fields = Fields(subtree)
            trees.append(general_name(fields.take()))
            if fields.peek() not in (-1, 0x80):  # minimum is always written as its default
                raise Asn1Error("unexpected_field")
        found[key] = tuple(trees)
    return found


def _access(node: Node) -> dict[str, Any]:
    addresses = []
    for member in asn1.members(node, asn1.SEQUENCE):
        fields = Fields(member)
        if asn1.oid(fields.take()) == oids.OCSP_ACCESS:
            addresses.append(general_name(fields.take()).text)
    return {"ocsp_addresses": tuple(filter(None, addresses))}


def distribution_addresses(node: Node) -> tuple[str, ...]:
    """The addresses of CRLDistributionPoints or FreshestCRL."""
    addresses = []
    for point in asn1.members(node, asn1.SEQUENCE):
        for part in asn1.members(point, asn1.SEQUENCE):
            if part.tag == 0xA0 and part.children and part.children[0].tag == 0xA0:
                addresses += [general_name(name).text for name in part.children[0].children]
    return tuple(filter(None, addresses))


_READERS: Final[dict[str, Callable[[Node], dict[str, Any]]]] = {
    oids.SUBJECT_KEY_ID: lambda node: {"subject_key_id": asn1.octets(node)},
    oids.AUTHORITY_KEY_ID: _authority_key_id,
    oids.BASIC_CONSTRAINTS: _basic_constraints,
    oids.KEY_USAGE: lambda node: {"key_usage": asn1.flags(node)},
    oids.EXTENDED_KEY_USAGE: lambda node: {
        "extended_usage": tuple(map(asn1.oid, asn1.members(node, asn1.SEQUENCE)))
    },
    oids.POLICIES: _policies,
    oids.ALTERNATIVE_NAME: _alternative,
    oids.NAME_CONSTRAINTS: _name_constraints,
    oids.AUTHORITY_ACCESS: _access,
    oids.CRL_DISTRIBUTION: lambda node: {"crl_addresses": distribution_addresses(node)},
    oids.FRESHEST_CRL: lambda node: {"delta_addresses": distribution_addresses(node)},
}
