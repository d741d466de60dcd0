"""A writer of DER, and of BER's indefinite form where a test wants it.

Every function returns one whole element (tag, length, content). Nothing here reads: what the library
reads is tested with bytes that another piece of code has made.
"""

from __future__ import annotations

from datetime import UTC, datetime

NULL = b"\x05\x00"


def element(tag: int, body: bytes) -> bytes:
    """One element with a single-byte tag and the shortest definite length."""
    size = len(body)
    if size < 0x80:
        return bytes((tag, size)) + body
    length = size.to_bytes((size.bit_length() + 7) // 8, "big")
    return bytes((tag, 0x80 | len(length))) + length + body


def indefinite(tag: int, *parts: bytes) -> bytes:
    """A constructed element of indefinite length, as BER allows and DER forbids."""
    return bytes((tag, 0x80)) + b"".join(parts) + b"\x00\x00"


def sequence(*parts: bytes) -> bytes:
    return element(0x30, b"".join(parts))


def set_of(*parts: bytes, is_sorted: bool = True) -> bytes:
    """A SET OF; DER sorts its elements, `is_sorted=False` keeps the order given."""
    return element(0x31, b"".join(sorted(parts) if is_sorted else parts))


def explicit(number: int, *parts: bytes) -> bytes:
    """[number] round whole elements; also IMPLICIT of a SEQUENCE or SET when given its content."""
    return element(0xA0 | number, b"".join(parts))


def implicit(number: int, body: bytes) -> bytes:
    """[number] IMPLICIT of a primitive."""
    return element(0x80 | number, body)


def content(encoded: bytes) -> bytes:
    """What is inside one element of definite length."""
    first = encoded[1]
    return encoded[2:] if first < 0x80 else encoded[2 + (first & 0x7F) :]


def integer(value: int) -> bytes:
    return element(0x02, value.to_bytes(value.bit_length() // 8 + 1, "big", signed=True))


def enumerated(value: int) -> bytes:
    return element(0x0A, bytes((value,)))


def boolean(value: bool) -> bytes:
    return element(0x01, b"\xff" if value else b"\x00")


def oid(dotted: str) -> bytes:
    first, second, *rest = (int(part) for part in dotted.split("."))
    return element(0x06, b"".join(_base128(arc) for arc in (first * 40 + second, *rest)))


def _base128(arc: int) -> bytes:
    groups = [arc & 0x7F]
    while arc := arc >> 7:
        groups.append(0x80 | (arc & 0x7F))
    return bytes(reversed(groups))


def octets(body: bytes) -> bytes:
    return element(0x04, body)


def bits(body: bytes, unused: int = 0) -> bytes:
    return element(0x03, bytes((unused,)) + body)


def flags(*numbers: int) -> bytes:
    """A BIT STRING of named bits, without trailing zero bits as DER asks."""
    if not numbers:
        return bits(b"")
    last = max(numbers)
    body = bytearray(last // 8 + 1)
    for number in numbers:
        body[number // 8] |= 0x80 >> (number % 8)
    return bits(bytes(body), 7 - last % 8)


def utf8(text: str) -> bytes:
    return element(0x0C, text.encode())


def printable(text: str) -> bytes:
    return element(0x13, text.encode("ascii"))


def ia5(text: str) -> bytes:
    return element(0x16, text.encode("ascii"))


def generalized_time(moment: datetime) -> bytes:
    return element(0x18, _in_utc(moment).strftime("%Y%m%d%H%M%SZ").encode())


def time(moment: datetime) -> bytes:
    """UTCTime up to 2049, GeneralizedTime from 2050 on and before 1950 (RFC 5280, 4.1.2.5)."""
    moment = _in_utc(moment)
    if not 1950 <= moment.year <= 2049:
        return generalized_time(moment)
    return element(0x17, moment.strftime("%y%m%d%H%M%SZ").encode())


def _in_utc(moment: datetime) -> datetime:
    return moment.astimezone(UTC)
