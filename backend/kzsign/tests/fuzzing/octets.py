"""Damage that knows nothing of formats, and damage to base64 and armour."""

from __future__ import annotations

import base64
import random
import re
from collections.abc import Callable

from kzsign.tests.fuzzing import tree

Edit = Callable[[bytes, random.Random, bytes], bytes]

_ARMOUR = re.compile(rb"(-----BEGIN [A-Z0-9 #]+-----)(.*?)(-----END [A-Z0-9 #]+-----)", re.DOTALL)


def edited(data: bytes, numbers: random.Random, other: bytes) -> bytes:
    """One change; `other` is a sound file that octets may be taken from."""
    return numbers.choice(_EDITS)(data, numbers, other)


def flipped(data: bytes, place: int, bit: int) -> bytes:
    """With one bit the other way."""
    return data[:place] + bytes((data[place] ^ 1 << bit,)) + data[place + 1 :]


def _flip(data: bytes, numbers: random.Random, _other: bytes) -> bytes:
    return flipped(data, numbers.randrange(len(data)), numbers.randrange(8)) if data else data


def _put(data: bytes, numbers: random.Random, _other: bytes) -> bytes:
    place = numbers.randrange(len(data) + 1)
    octets = numbers.choice((b"\x00", b"\xff", b"\x80", b"\x30\x80", b"\x00\x00", numbers.randbytes(3)))
    return data[:place] + octets + data[place + numbers.choice((0, len(octets))) :]


def _cut(data: bytes, numbers: random.Random, _other: bytes) -> bytes:
    start = numbers.randrange(len(data) + 1)
    return data[:start] + data[start + numbers.choice((1, 2, 16, len(data))) :]


def _repeat(data: bytes, numbers: random.Random, _other: bytes) -> bytes:
    start = numbers.randrange(len(data) + 1)
    piece = data[start : start + numbers.randrange(1, 200)]
    return data[:start] + piece * numbers.choice((2, 3, 50)) + data[start + len(piece) :]


def _splice(data: bytes, numbers: random.Random, other: bytes) -> bytes:
    """The beginning of one and the end of the other, or a piece of the other inside."""
    here, there = numbers.randrange(len(data) + 1), numbers.randrange(len(other) + 1)
    if numbers.random() < 0.4:
        return data[:here] + other[there:]
    piece = other[there : there + numbers.choice((4, 64, 1000))]
    return data[:here] + piece + data[here + numbers.choice((0, len(piece))) :]


_EDITS: list[Edit] = [_flip, _flip, _flip, _put, _cut, _repeat, _splice]


def armour(data: bytes, numbers: random.Random, other: bytes) -> bytes:
    """One change of a text that holds DER: of its envelope, or of what is inside with the envelope right again."""
    match = _ARMOUR.search(data)
    head, text, tail = match.groups() if match else (b"", data, b"")
    kind = numbers.randrange(6)
    if kind == 0:
        return data + numbers.choice((b"\n", b" ", b"=", b"\0", b"-----END CMS-----", data))
    if kind == 1:
        head, tail = (part.replace(b"CMS", numbers.choice((b"PKCS7", b"X", b""))) for part in (head, tail))
    elif kind == 2:
        place = numbers.randrange(len(text) + 1)
        sign = numbers.choice((b"=", b"\r", b"\n\n", b"-", b"_", b"\xc2\xa0", b"A", b"\x0b"))
        text = text[:place] + sign + text[place + numbers.randrange(2) :]
    elif kind == 3:
        head, tail = numbers.choice(
            ((head, b""), (b"", tail), (tail, head), (head * 2, tail * 2), (b"", b""))
        )
    else:
        try:
            inside = base64.b64decode(text)
        except ValueError:
            return edited(data, numbers, other)
        changed = tree.edited(inside, numbers, other)
        return b"\n".join(part for part in (head, base64.encodebytes(changed).strip(), tail) if part)
    return head + text + tail
