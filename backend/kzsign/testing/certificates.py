"""Names and certificates, in the layout of the National Certification Authority."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from kzsign.testing import der, extensions
from kzsign.testing.keys import Key

COMMON_NAME = "2.5.4.3"
SURNAME = "2.5.4.4"
SERIAL_NUMBER = "2.5.4.5"
COUNTRY = "2.5.4.6"
ORGANISATION = "2.5.4.10"
UNIT = "2.5.4.11"
GIVEN_NAME = "2.5.4.42"
_PRINTABLE = (SERIAL_NUMBER, COUNTRY)


def name(*attributes: tuple[str, str]) -> bytes:
    """A Name of single-valued RDNs, in the order given."""
    return der.sequence(*(der.set_of(_attribute(dotted, value)) for dotted, value in attributes))


def _attribute(dotted: str, value: str) -> bytes:
    text = der.printable(value) if dotted in _PRINTABLE else der.utf8(value)
    return der.sequence(der.oid(dotted), text)


def person_name(*, full_name: str, iin: str, patronymic: str, organisation: str, bin: str) -> bytes:
    """The subject of a person's or organisation's certificate; empty parts are left out."""
    attributes = [(COMMON_NAME, full_name)]
    if iin:
        attributes.append((SURNAME, full_name.split(" ")[0]))
        attributes.append((SERIAL_NUMBER, f"IIN{iin}"))
    attributes.append((COUNTRY, "KZ"))
    if organisation:
        attributes.append((ORGANISATION, organisation))
    if bin:
        attributes.append((UNIT, f"BIN{bin}"))
    if patronymic:
        attributes.append((GIVEN_NAME, patronymic))
    return name(*attributes)


@dataclass(frozen=True)
class Identity:
    """A certificate with its private key and the identity that issued it (None: self-signed)."""

    key: Key
    certificate: bytes
    subject: bytes
    serial: int
    not_before: datetime
    not_after: datetime
    issuer: Identity | None = None

    @property
    def issuer_name(self) -> bytes:
        return self.issuer.subject if self.issuer else self.subject

    @cached_property
    def key_id(self) -> bytes:
        return extensions.key_identifier(self.key.public_key_info)

    @property
    def chain(self) -> tuple[bytes, ...]:
        """Certificates from this one up to the root."""
        return (self.certificate, *(self.issuer.chain if self.issuer else ()))


def issue(
    *,
    issuer: Identity | None,
    key: Key,
    subject: bytes,
    not_before: datetime,
    not_after: datetime,
    parts: Sequence[bytes] = (),
    serial: int | None = None,
    signing_key: Key | None = None,
    issuer_name_instead: bytes | None = None,
) -> Identity:
    """A signed certificate.

    `issuer` None makes it self-signed. `signing_key` signs instead of the issuer's key (a forgery), and
    `issuer_name_instead` replaces the issuer's name. `parts` are the extensions, in order.
    """
    signer = signing_key or (issuer.key if issuer else key)
    number = serial if serial is not None else serial_of(key)
    issuer_name = issuer_name_instead or (issuer.subject if issuer else subject)
    body = der.sequence(
        der.explicit(0, der.integer(2)),
        der.integer(number),
        signer.signature_algorithm,
        issuer_name,
        der.sequence(der.time(not_before), der.time(not_after)),
        subject,
        key.public_key_info,
        der.explicit(3, der.sequence(*parts)) if parts else b"",
    )
    certificate = der.sequence(body, signer.signature_algorithm, der.bits(signer.sign(body)))
    return Identity(key, certificate, subject, number, not_before, not_after, issuer)


def serial_of(key: Key) -> int:
    """The key identifier with its top bits changed so that the number is positive and 20 bytes long."""
    identifier = bytearray(extensions.key_identifier(key.public_key_info))
    identifier[0] &= 0x7F
    if identifier[0] < 0x10:
        identifier[0] |= 0x10
    return int.from_bytes(identifier, "big")
