"""Keys that sign: GOST 34.10-2015 (512 bit), legacy GOST 34.310-2004, RSA, ECDSA P-256.

Keys of the test authority live in memory or in the demo folder and are worth nothing outside it. RSA and
ECDSA come from `cryptography`; the arithmetic of GOST is the library's own.
"""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Protocol

from kzsign import curves, digests
from kzsign.testing import der
from kzsign.testing import identifiers as ids


class Key(Protocol):
    """A private key together with the algorithms that it signs with."""

    @property
    def family(self) -> str:
        """ "gost", "legacy", "rsa" or "ec"."""

    @property
    def public_key_info(self) -> bytes:
        """SubjectPublicKeyInfo."""

    @property
    def digest_algorithm(self) -> bytes:
        """AlgorithmIdentifier of the digest that belongs to the signature."""

    @property
    def signature_algorithm(self) -> bytes:
        """AlgorithmIdentifier of the signature."""

    def digest(self, data: bytes) -> bytes:
        """The digest that belongs to the signature."""

    def sign(self, data: bytes) -> bytes:
        """The signature over `data`, as it stands in a certificate or SignerInfo."""

    def stored(self) -> dict[str, str]:
        """What `load_key` reads."""


@dataclass(frozen=True)
class GostKey:
    """A GOST key of either generation; `d` is the private number."""

    family: str
    d: int

    @cached_property
    def _curve(self) -> curves.Curve:
        return curves.GOST_512_A if self.family == "gost" else curves.GOST_256_LEGACY

    @cached_property
    def point(self) -> tuple[int, int]:
        return curves.public_key(self._curve, self.d)

    @cached_property
    def public_key_info(self) -> bytes:
        size = self._curve.size
        public = b"".join(number.to_bytes(size, "little") for number in self.point)
        return der.sequence(self._key_algorithm, der.bits(der.octets(public)))

    @property
    def _key_algorithm(self) -> bytes:
        if self.family == "gost":
            parameters = der.sequence(der.oid(ids.GOST_KEY_SET), der.oid(ids.GOST_DIGEST))
            return der.sequence(der.oid(ids.GOST_KEY), parameters)
        parameters = der.sequence(der.oid(ids.LEGACY_KEY_SET), der.oid(ids.LEGACY_DIGEST_SET))
        return der.sequence(der.oid(ids.LEGACY_KEY), parameters)

    @property
    def digest_algorithm(self) -> bytes:
        return algorithm(ids.GOST_DIGEST if self.family == "gost" else ids.LEGACY_DIGEST)

    @property
    def signature_algorithm(self) -> bytes:
        return algorithm(ids.GOST_SIGNATURE if self.family == "gost" else ids.LEGACY_SIGNATURE)

    def digest(self, data: bytes) -> bytes:
        return digests.streebog512(data) if self.family == "gost" else digests.gost34311(data)

    def sign(self, data: bytes) -> bytes:
        return self.sign_digest(self.digest(data))

    def sign_digest(self, digest: bytes) -> bytes:
        """r and s, each little-endian; the digest is read little-endian, zero counts as one."""
        e = int.from_bytes(digest, "little") % self._curve.q or 1
        r, s = curves.sign(self._curve, self.d, e)
        size = self._curve.size
        return r.to_bytes(size, "little") + s.to_bytes(size, "little")

    def stored(self) -> dict[str, str]:
        return {"family": self.family, "d": f"{self.d:x}"}


@dataclass(frozen=True)
class ForeignKey:
    """RSA with SHA-256, or ECDSA P-256, by `cryptography`."""

    family: str
    private: Any

    @cached_property
    def public_key_info(self) -> bytes:
        from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

        public: bytes = self.private.public_key().public_bytes(
            Encoding.DER, PublicFormat.SubjectPublicKeyInfo
        )
        return public

    @property
    def digest_algorithm(self) -> bytes:
        return algorithm(ids.SHA256)

    @property
    def signature_algorithm(self) -> bytes:
        if self.family == "rsa":
            return algorithm(ids.RSA_SHA256)
        return der.sequence(der.oid(ids.ECDSA_SHA256))

    def digest(self, data: bytes) -> bytes:
        return hashlib.sha256(data).digest()

    def sign(self, data: bytes) -> bytes:
        from cryptography.hazmat.primitives import hashes
        from cryptography.hazmat.primitives.asymmetric import ec, padding

        signed: bytes
        if self.family == "rsa":
            signed = self.private.sign(data, padding.PKCS1v15(), hashes.SHA256())
        else:
            signed = self.private.sign(data, ec.ECDSA(hashes.SHA256()))
        return signed

    def stored(self) -> dict[str, str]:
        from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

        pem = self.private.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
        return {"family": self.family, "pem": pem.decode("ascii")}


def algorithm(dotted: str) -> bytes:
    """AlgorithmIdentifier with the NULL that the NCA always writes."""
    return der.sequence(der.oid(dotted), der.NULL)


def new_key(family: str = "gost", *, seed: bytes | None = None) -> Key:
    """A new key. With `seed` GOST keys come out the same every time; RSA and ECDSA are always random."""
    if family in ("gost", "legacy"):
        curve = curves.GOST_512_A if family == "gost" else curves.GOST_256_LEGACY
        return GostKey(family, _number_below(curve.q, seed))
    from cryptography.hazmat.primitives.asymmetric import ec, rsa

    if family == "rsa":
        return ForeignKey(family, rsa.generate_private_key(public_exponent=65537, key_size=2048))
    if family == "ec":
        return ForeignKey(family, ec.generate_private_key(ec.SECP256R1()))
    raise ValueError(f"no such kind of key: {family}")


def _number_below(limit: int, seed: bytes | None) -> int:
    if seed is None:
        return 1 + secrets.randbelow(limit - 1)
    return 1 + int.from_bytes(hashlib.shake_256(seed).digest(80), "big") % (limit - 1)


def load_key(stored: dict[str, str]) -> Key:
    """The key that `stored()` described."""
    if "d" in stored:
        return GostKey(stored["family"], int(stored["d"], 16))
    from cryptography.hazmat.primitives.serialization import load_pem_private_key

    return ForeignKey(stored["family"], load_pem_private_key(stored["pem"].encode("ascii"), None))
