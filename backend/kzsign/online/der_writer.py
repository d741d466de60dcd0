"""The little DER that questions to a certification authority need."""

from __future__ import annotations

from typing import Final

NULL: Final = b"\x05\x00"


def element(tag: int, *parts: bytes) -> bytes:
    """Tag, shortest length, content."""
    body = b"".join(parts)
    size = len(body)
    if size < 0x80:
        return bytes((tag, size)) + body
    length = size.to_bytes((size.bit_length() + 7) // 8, "big")
    return bytes((tag, 0x80 | len(length))) + length + body


def sequence(*parts: bytes) -> bytes:
    return element(0x30, *parts)


def octets(body: bytes) -> bytes:
    return element(0x04, body)


def integer(value: int) -> bytes:
    return element(0x02, value.to_bytes(value.bit_length() // 8 + 1, "big", signed=True))


def oid(dotted: str) -> bytes:
    """An object identifier below 0, 1 or 2."""
    first, second, *rest = (int(arc) for arc in dotted.split("."))
    body = b""
    for arc in (first * 40 + second, *rest):
        groups = [arc & 0x7F]
        while arc := arc >> 7:
            groups.append(0x80 | arc & 0x7F)
        body += bytes(reversed(groups))
    return element(0x06, body)


def algorithm(dotted: str) -> bytes:
    """AlgorithmIdentifier with NULL, as the NCA's services expect it."""
    return sequence(oid(dotted), NULL)
