"""X.509 certificates, and who stands behind them by the conventions of Kazakhstan's National Certification Authority."""

from __future__ import annotations

import base64
import binascii
import hashlib
import re
import unicodedata
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property, lru_cache
from typing import Final

from kzsign import asn1, digests, extensions, keys, names, oids
from kzsign.algorithms import AlgorithmError, Scheme, certificate_scheme
from kzsign.asn1 import Asn1Error, Budget, Fields, Node
from kzsign.extensions import Extensions
from kzsign.keys import PublicKey
from kzsign.names import Name

MAX_SIZE: Final = 64 * 1024
_PEM: Final = re.compile(rb"-----BEGIN CERTIFICATE-----([A-Za-z0-9+/=\s]+?)-----END CERTIFICATE-----")
_NUMBER: Final = re.compile(r"(IIN|BIN)(\d{12})")


@dataclass(frozen=True, eq=False)
class Certificate:
    """A certificate as it was received. Two are equal when their octets are."""

    raw: bytes
    signed: bytes  # TBSCertificate with tag and length
    serial: int
    issuer: Name
    subject: Name
    not_before: datetime
    not_after: datetime
    key: PublicKey
    extensions: Extensions
    signature_algorithm: bytes
    signature: bytes

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Certificate) and self.raw == other.raw

    def __hash__(self) -> int:
        return hash(self.raw)

    @cached_property
    def sha256(self) -> str:
        """Fingerprint in lower-case hex."""
        return hashlib.sha256(self.raw).hexdigest()

    @property
    def is_self_issued(self) -> bool:
        """Subject and issuer are one name."""
        return self.subject.matches(self.issuer)

    def scheme(self) -> Scheme:
        """How its issuer signed it. Raises ``AlgorithmError``."""
        return certificate_scheme(asn1.parse(self.signature_algorithm))

    def is_signed_by(self, issuer: Certificate) -> bool:
        """Whether the key of `issuer` made the signature. Raises ``AlgorithmError`` for algorithms not accepted."""
        if issuer.key.problem == "unsupported":
            raise AlgorithmError("unsupported", is_unknown=True)
        try:
            scheme = self.scheme()
        except AlgorithmError as problem:
            # An algorithm of another family cannot be the issuer's, whatever it is; RSA has one more that is not known.
            if problem.is_unknown and issuer.key.family != "rsa":
                return False
            raise
        return _verified(issuer.key.info, issuer.key, scheme, self.signed, self.signature)

    @cached_property
    def iin(self) -> str:
        """Individual identification number of the subject, or empty."""
        return self._number("IIN", (oids.SERIAL_NUMBER,))

    @cached_property
    def bin(self) -> str:
        """Business identification number of the subject, or empty."""
        return self._number("BIN", (oids.ORGANISATIONAL_UNIT, oids.SERIAL_NUMBER))

    def _number(self, prefix: str, attributes: tuple[str, ...]) -> str:
        found = set()
        for attribute in attributes:
            for value in self.subject.values(attribute):
                match = _NUMBER.fullmatch(value.strip())
                if match and match[1] == prefix and match[2].isascii():
                    found.add(match[2])
        # Two different numbers in one name say nothing about either.
        return found.pop() if len(found) == 1 else ""

    @property
    def full_name(self) -> str:
        """Surname and first name (CN), then the patronymic, which the NCA writes as GIVENNAME."""
        common = _visible(self.subject.first(oids.COMMON_NAME))
        patronymic = _visible(self.subject.first(oids.GIVEN_NAME))
        if not self.iin or not patronymic or patronymic in common.split():
            return common
        return f"{common} {patronymic}"

    @property
    def organisation(self) -> str:
        """Name of the organisation, or empty."""
        return _visible(self.subject.first(oids.ORGANISATION))

    @property
    def roles(self) -> tuple[str, ...]:
        """Roles by extended key usage, the most telling first."""
        return tuple(
            dict.fromkeys(role for oid, role in oids.ROLES.items() if oid in self.extensions.extended_usage)
        )

    @property
    def role(self) -> str:
        """The most telling role, or empty."""
        return next(iter(self.roles), "")


def _visible(text: str) -> str:
    """Without characters that show nothing but change what others look like: controls, marks of direction."""
    return "".join(one for one in text if unicodedata.category(one) not in ("Cc", "Cf"))


@lru_cache(maxsize=512)
def _verified(info: bytes, key: PublicKey, scheme: Scheme, signed: bytes, signature: bytes) -> bool:
    """A pure calculation, kept because the same authorities stand in every chain."""
    return key.verifies(scheme, digests.digest(scheme.digest, signed), signature)


def read(data: bytes, *, budget: Budget | None = None) -> Certificate:
    """The certificate of DER octets. Raises ``Asn1Error``."""
    if len(data) > MAX_SIZE:
        raise Asn1Error("too_large")
    return from_node(asn1.parse(data, budget=budget or Budget(20_000)))


def from_node(node: Node) -> Certificate:
    """The certificate of an element that was read as DER."""
    outer = Fields(node)
    tbs, algorithm, signature = outer.take(asn1.SEQUENCE), outer.take(asn1.SEQUENCE), outer.take()
    outer.end()
    fields = Fields(tbs)
    version = fields.optional(0xA0)
    serial = asn1.integer(fields.take(), max_octets=64)
    if fields.take(asn1.SEQUENCE).raw != algorithm.raw:
        raise Asn1Error("algorithm_mismatch")
    issuer = names.read(fields.take(asn1.SEQUENCE))
    validity = Fields(fields.take(asn1.SEQUENCE))
    not_before, not_after = asn1.time(validity.take()), asn1.time(validity.take())
    validity.end()
    subject = names.read(fields.take(asn1.SEQUENCE))
    key = keys.read(fields.take(asn1.SEQUENCE))
    fields.optional(0x81, 0xA1)
    fields.optional(0x82, 0xA2)
    extra = fields.optional(0xA3)
    fields.end()
    if extra is not None and (version is None or asn1.integer(asn1.only(version)) != 2):
        raise Asn1Error("bad_version")
    return Certificate(
        raw=node.raw,
        signed=tbs.raw,
        serial=serial,
        issuer=issuer,
        subject=subject,
        not_before=not_before,
        not_after=not_after,
        key=key,
        extensions=extensions.read(asn1.only(extra)) if extra is not None else Extensions(),
        signature_algorithm=algorithm.raw,
        signature=asn1.bit_octets(signature),
    )


def read_all(data: bytes, *, skip_broken: bool = False) -> list[Certificate]:
    """The certificates of a file: DER, PEM with any number of them, or bare base64.

    Raises ``Asn1Error`` for one that cannot be read, unless `skip_broken` passes over it.
    """
    if data[:1] == b"\x30":
        return [read(data)]
    blocks = _PEM.findall(data)
    if not blocks and b"-----" not in data:
        blocks = [data]
    found = []
    for block in blocks:
        try:
            found.append(read(base64.b64decode(re.sub(rb"\s", b"", block), validate=True)))
        except Asn1Error:
            if not skip_broken:
                raise
        except (binascii.Error, ValueError) as problem:
            if not skip_broken:
                raise Asn1Error("malformed") from problem
    return found
