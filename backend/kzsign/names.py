"""Distinguished names: read by object identifier, compared by meaning."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from kzsign import asn1, oids
from kzsign.asn1 import Asn1Error, Node

MAX_SIZE: Final = 16 * 1024
Rdn = frozenset[tuple[str, str]]
_SHORT: Final = {
    oids.COMMON_NAME: "CN",
    oids.SURNAME: "SURNAME",
    oids.GIVEN_NAME: "GIVENNAME",
    oids.SERIAL_NUMBER: "SERIALNUMBER",
    oids.ORGANISATION: "O",
    oids.ORGANISATIONAL_UNIT: "OU",
    "2.5.4.6": "C",
    "2.5.4.7": "L",
    "2.5.4.8": "ST",
    "2.5.4.12": "T",
    "1.2.840.113549.1.9.1": "E",
}


@dataclass(frozen=True)
class Name:
    """A name: its octets, and its attributes in the order of the certificate."""

    raw: bytes
    attributes: tuple[tuple[str, str], ...]
    normal: tuple[Rdn, ...]

    def values(self, oid: str) -> tuple[str, ...]:
        """All values of one attribute."""
        return tuple(value for name, value in self.attributes if name == oid)

    def first(self, oid: str) -> str:
        """The first value of an attribute, or an empty text."""
        return next(iter(self.values(oid)), "")

    def matches(self, other: Name) -> bool:
        """The same name, also when text types, letter case or inner spaces differ (RFC 5280, 7.1)."""
        return self.raw == other.raw or self.normal == other.normal

    def __str__(self) -> str:
        return ", ".join(f"{_SHORT.get(oid, oid)}={value}" for oid, value in self.attributes)


def read(node: Node) -> Name:
    """The name that an element holds, in DER also where it stands in BER. Raises ``Asn1Error``."""
    if node.end - node.start > MAX_SIZE:
        raise Asn1Error("too_large")
    # Known names are not read again, but every mention is paid for: what is kept must not make hostile input cheap.
    node.budget.spend((node.end - node.start) // 4)
    return _read(node.raw)


@lru_cache(maxsize=512)
def _read(raw: bytes) -> Name:
    attributes: list[tuple[str, str]] = []
    normal: list[Rdn] = []
    for rdn in asn1.members(asn1.parse(raw), asn1.SEQUENCE):
        pairs = []
        for member in asn1.members(rdn, asn1.SET):
            fields = asn1.Fields(member)
            oid, value = asn1.oid(fields.take()), fields.take()
            fields.end()
            try:
                text = asn1.text(value)
            except Asn1Error:
                text = "#" + value.raw.hex()
            attributes.append((oid, text))
            pairs.append((oid, " ".join(text.split()).casefold()))
        normal.append(frozenset(pairs))
    return Name(raw, tuple(attributes), tuple(normal))
