"""The CMS of a seal (ETSI EN 319 142-1, CAdES attributes as PAdES wants them), written byte by byte.

There is one way to write it, so a checker can write it again and compare: parts that no signature covers may not vary.
Writing DER by hand instead of through a general library halves the time of a seal. Nothing here knows Django.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import Final

# Object identifiers, as their DER.
_DATA: Final = bytes.fromhex("06092a864886f70d010701")
_SIGNED_DATA: Final = bytes.fromhex("06092a864886f70d010702")
_CONTENT_TYPE: Final = bytes.fromhex("06092a864886f70d010903")
_MESSAGE_DIGEST: Final = bytes.fromhex("06092a864886f70d010904")
_SIGNING_CERTIFICATE_V2: Final = bytes.fromhex("060b2a864886f70d010910022f")
_TIME_STAMP_TOKEN: Final = bytes.fromhex("060b2a864886f70d010910020e")
# AlgorithmIdentifier with NULL parameters, as common viewers write and expect them.
_SHA256: Final = bytes.fromhex("300d06096086480165030402010500")
_RSA_SHA256: Final = bytes.fromhex("300d06092a864886f70d01010b0500")
_VERSION_1: Final = bytes.fromhex("020101")


@dataclass(frozen=True)
class SealCms:
    """The parts of which a CMS of a seal consists. All values are DER except ``signature``; ``token`` may be empty."""

    certificates: tuple[bytes, ...]
    issuer: bytes
    serial_number: int
    signed_attributes: bytes
    signature: bytes
    token: bytes = b""

    def encode(self) -> bytes:
        """The ContentInfo."""
        signer = _VERSION_1 + _sequence(self.issuer, _integer(self.serial_number)) + _SHA256
        # Signed attributes travel as [0] and are signed as a SET: only the first byte differs.
        signer += b"\xa0" + self.signed_attributes[1:] + _RSA_SHA256 + _tlv(0x04, self.signature)
        if self.token:
            signer += _tlv(0xA1, _sequence(_TIME_STAMP_TOKEN, _tlv(0x31, self.token)))
        signed_data = _sequence(
            _VERSION_1,
            _tlv(0x31, _SHA256),
            _sequence(_DATA),
            _tlv(0xA0, b"".join(sorted(self.certificates))),
            _tlv(0x31, _tlv(0x30, signer)),
        )
        return _sequence(_SIGNED_DATA, _tlv(0xA0, signed_data))


def signed_attributes(document_digest: bytes, certificate: bytes, issuer: bytes, serial_number: int) -> bytes:
    """The SET that the seal's key signs: content type, SHA-256 of the covered bytes, SHA-256 and name of the certificate.

    There is no signing time among them: PAdES takes it from the signature dictionary and from the time stamp.
    """
    named = _sequence(_sequence(_tlv(0xA4, issuer)), _integer(serial_number))
    essential = _sequence(_sequence(_sequence(_tlv(0x04, hashlib.sha256(certificate).digest()), named)))
    attributes = (
        _sequence(_CONTENT_TYPE, _tlv(0x31, _DATA)),
        _sequence(_MESSAGE_DIGEST, _tlv(0x31, _tlv(0x04, document_digest))),
        _sequence(_SIGNING_CERTIFICATE_V2, _tlv(0x31, essential)),
    )
    return _tlv(0x31, b"".join(sorted(attributes)))


def _sequence(*parts: bytes) -> bytes:
    return _tlv(0x30, b"".join(parts))


def _tlv(tag: int, content: bytes) -> bytes:
    size = len(content)
    if size < 0x80:
        return bytes((tag, size)) + content
    octets = size.to_bytes((size.bit_length() + 7) // 8, "big")
    return bytes((tag, 0x80 | len(octets))) + octets + content


def _integer(number: int) -> bytes:
    return _tlv(0x02, number.to_bytes(number.bit_length() // 8 + 1, "big"))
