"""Public keys of certificates and the check of a signature by one of them."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from kzsign import asn1, curves, oids, rsa
from kzsign.algorithms import Scheme, identifier
from kzsign.asn1 import Asn1Error, Node

MIN_RSA_BITS: Final = 2048
MAX_RSA_BITS: Final = 8192
_CURVES: Final = {"gost2015": curves.GOST_512_A, "gost2004": curves.GOST_256_LEGACY}


@dataclass(frozen=True)
class PublicKey:
    """A key. `family` is gost2015, gost2004, rsa, or unsupported; `problem` is a reason code or empty."""

    family: str
    info: bytes  # SubjectPublicKeyInfo as it stands in the certificate
    octets: bytes  # content of its BIT STRING without the octet of unused bits
    point: tuple[int, int] = (0, 0)
    modulus: int = 0
    exponent: int = 0
    problem: str = ""

    @property
    def bits(self) -> int:
        """Length of the key."""
        if self.family == "rsa":
            return self.modulus.bit_length()
        return {"gost2015": 512, "gost2004": 256}.get(self.family, 0)

    @cached_property
    def sha1(self) -> bytes:
        """SHA-1 of the key octets: what KZ authorities write as key identifier and OCSP as issuerKeyHash."""
        return hashlib.sha1(self.octets, usedforsecurity=False).digest()

    def verifies(self, scheme: Scheme, digest: bytes, signature: bytes) -> bool:
        """Whether `signature` is one of `digest` by this key under this scheme."""
        if scheme.family != self.family or self.problem:
            return False
        if self.family == "rsa":
            return rsa.verify(self.modulus, self.exponent, scheme.digest, digest, signature)
        curve = _CURVES[self.family]
        if len(signature) != 2 * curve.size:
            return False
        r = int.from_bytes(signature[: curve.size], "little")
        s = int.from_bytes(signature[curve.size :], "little")
        return curves.verify(curve, self.point, int.from_bytes(digest, "little"), r, s)


def read(node: Node) -> PublicKey:
    """The key of a SubjectPublicKeyInfo. A key that cannot be used comes back with its `problem`."""
    fields = asn1.Fields(node)
    name, parameters = identifier(fields.take())
    octets = asn1.bit_octets(fields.take())
    fields.end()
    if name == oids.RSA_KEY:
        return _read_rsa(node.raw, octets)
    for family, key, key_set, digest_names in (
        ("gost2015", oids.GOST_2015_KEY, oids.GOST_2015_KEY_SET, (oids.STREEBOG_512,)),
        (
            "gost2004",
            oids.GOST_2004_KEY,
            oids.GOST_2004_KEY_SET,
            (oids.GOST_34311_PARAMETERS, oids.GOST_34311),
        ),
    ):
        if name == key and _has_parameters(parameters, key_set, digest_names):
            return _read_gost(family, node.raw, octets)
    return PublicKey("unsupported", node.raw, octets, problem="unsupported")


def _has_parameters(parameters: Node | None, key_set: str, digest_names: tuple[str, ...]) -> bool:
    try:
        if parameters is None:
            return False
        found = [asn1.oid(member) for member in asn1.members(parameters, asn1.SEQUENCE)]
    except Asn1Error:
        return False
    return found[:1] == [key_set] and (len(found) == 1 or (len(found) == 2 and found[1] in digest_names))


def _read_gost(family: str, info: bytes, octets: bytes) -> PublicKey:
    curve = _CURVES[family]
    key = asn1.octets(asn1.parse(octets))
    if len(key) != 2 * curve.size:
        return PublicKey(family, info, octets, problem="bad_key")
    point = (int.from_bytes(key[: curve.size], "little"), int.from_bytes(key[curve.size :], "little"))
    problem = "" if curves.is_on_curve(curve, point) else "bad_key"
    return PublicKey(family, info, octets, point=point, problem=problem)


def _read_rsa(info: bytes, octets: bytes) -> PublicKey:
    fields = asn1.Fields(asn1.parse(octets))
    modulus, exponent = asn1.integer(fields.take(), max_octets=2048), asn1.integer(fields.take())
    fields.end()
    problem = ""
    if (
        modulus.bit_length() > MAX_RSA_BITS
        or modulus % 2 == 0
        or modulus < 0
        or exponent < 3
        or exponent % 2 == 0
        or exponent.bit_length() > 64
    ):
        problem = "bad_key"
    elif modulus.bit_length() < MIN_RSA_BITS:
        problem = "weak_key"
    return PublicKey("rsa", info, octets, modulus=modulus, exponent=exponent, problem=problem)
