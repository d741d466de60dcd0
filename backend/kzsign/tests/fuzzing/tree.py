"""Damage to the elements of DER: dropped, doubled, exchanged, retyped, with every length above them right again.

Octet strings that hold DER themselves (answers in OCSP responses, extensions, TSTInfo) are entered like the rest. A
length may also be made to lie: then that one is wrong, and all others still fit what was written.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass, field

from kzsign import asn1
from kzsign.asn1 import Asn1Error, Node

_BOOLEAN, _INTEGER, _BITS, _OCTETS, _OID, _TIMES = 0x01, 0x02, 0x03, 0x04, 0x06, (0x17, 0x18)
_CONSTRUCTED = 0x20


@dataclass
class Piece:
    """An element that may be changed: either `body`, or `parts` with what stands before them in it."""

    tag: int
    body: bytes = b""
    parts: list[Piece] | None = None
    before: bytes = b""
    is_open: bool = False
    lie: Callable[[int], bytes] | None = field(default=None, repr=False)

    def copy(self) -> Piece:
        """Another one with the same content."""
        parts = [part.copy() for part in self.parts] if self.parts is not None else None
        return Piece(self.tag, self.body, parts, self.before, self.is_open)


def read(data: bytes) -> Piece | None:
    """The tree of one element, or nothing when it is none."""
    try:
        return _piece(asn1.parse(data, der=False))
    except (Asn1Error, RecursionError):
        return None


def _piece(node: Node) -> Piece:
    if node.tag & _CONSTRUCTED:
        try:
            return Piece(node.tag, parts=[_piece(child) for child in node.children], is_open=node.indefinite)
        except Asn1Error:
            return Piece(node.tag, node.content)
    for tag, before in ((_OCTETS, b""), (_BITS, b"\0")):
        content = node.content
        if node.tag == tag and content[: len(before) + 1] in (before + b"\x30", before + b"\x04"):
            inner = read(content[len(before) :])
            if inner is not None:
                return Piece(node.tag, parts=[inner], before=before)
    return Piece(node.tag, node.content)


def written(piece: Piece) -> bytes:
    """The octets of a tree."""
    body = piece.body if piece.parts is None else piece.before + b"".join(map(written, piece.parts))
    if piece.is_open:
        return bytes((piece.tag, 0x80)) + body + b"\0\0"
    return bytes((piece.tag,)) + (piece.lie or _length)(len(body)) + body


def _length(size: int) -> bytes:
    if size < 0x80:
        return bytes((size,))
    octets = size.to_bytes((size.bit_length() + 7) // 8, "big")
    return bytes((0x80 | len(octets),)) + octets


def pieces(top: Piece) -> list[Piece]:
    """All elements, each before those in it."""
    found, waiting = [], [top]
    while waiting:
        piece = waiting.pop()
        found.append(piece)
        waiting += reversed(piece.parts or [])
    return found


def edited(data: bytes, numbers: random.Random, other: bytes) -> bytes:
    """One change of an element; `other` is a sound file that elements may be taken from. As it was when not DER."""
    top = read(data)
    if top is None:
        return data
    numbers.choice(_EDITS)(top, numbers, other)
    return written(top)


def _parent(top: Piece, numbers: random.Random) -> tuple[list[Piece], int]:
    """The members of some element that has any, and the place of one."""
    holders = [piece.parts for piece in pieces(top) if piece.parts]
    parts = numbers.choice(holders) if holders else [top]
    return parts, numbers.randrange(len(parts))


def _drop(top: Piece, numbers: random.Random, _other: bytes) -> None:
    parts, place = _parent(top, numbers)
    del parts[place]


def _double(top: Piece, numbers: random.Random, _other: bytes) -> None:
    parts, place = _parent(top, numbers)
    parts.insert(numbers.randrange(len(parts) + 1), parts[place].copy())


def _exchange(top: Piece, numbers: random.Random, _other: bytes) -> None:
    parts, place = _parent(top, numbers)
    parts[place] = numbers.choice(pieces(top)).copy()


def _graft(top: Piece, numbers: random.Random, other: bytes) -> None:
    """An element of another file instead of, or beside, one of the same type."""
    foreign = read(other)
    if foreign is None:
        return
    parts, place = _parent(top, numbers)
    alike = [piece for piece in pieces(foreign) if piece.tag == parts[place].tag] or [foreign]
    end = place if numbers.random() < 0.3 else place + 1
    parts[place:end] = [numbers.choice(alike).copy()]


def _shuffle(top: Piece, numbers: random.Random, _other: bytes) -> None:
    parts, _ = _parent(top, numbers)
    numbers.shuffle(parts)


def _empty(top: Piece, numbers: random.Random, _other: bytes) -> None:
    parts, place = _parent(top, numbers)
    parts[place] = Piece(parts[place].tag)


def _retag(top: Piece, numbers: random.Random, _other: bytes) -> None:
    parts, place = _parent(top, numbers)
    parts[place].tag = numbers.choice(
        (parts[place].tag ^ 0x20, numbers.randrange(256), 0x30, 0x31, 0xA0, 0x04)
    )


def _nest(top: Piece, numbers: random.Random, _other: bytes) -> None:
    """Wrapped once more, or many times."""
    parts, place = _parent(top, numbers)
    for _ in range(numbers.choice((1, 1, 2, 40))):
        parts[place] = Piece(numbers.choice((0x30, 0x31, 0xA0, 0x24)), parts=[parts[place]])


def _lift(top: Piece, numbers: random.Random, _other: bytes) -> None:
    """An element in place of what holds it."""
    parts, place = _parent(top, numbers)
    inner = parts[place].parts
    if inner:
        parts[place : place + 1] = inner


def _open(top: Piece, numbers: random.Random, _other: bytes) -> None:
    """Indefinite length, and an octet string in pieces: BER where DER is asked for."""
    piece = numbers.choice(pieces(top))
    if piece.parts is None and piece.tag == _OCTETS:
        half = len(piece.body) // 2
        piece.parts = [Piece(_OCTETS, piece.body[:half]), Piece(_OCTETS, piece.body[half:])]
        piece.tag = 0x24
    piece.is_open = bool(piece.tag & _CONSTRUCTED)


def _lie(top: Piece, numbers: random.Random, _other: bytes) -> None:
    """A length that is too small, too large, or written longer than it has to be."""
    kind = numbers.randrange(4)
    by = numbers.choice((-2, -1, 1, 2, 100))
    lies: tuple[Callable[[int], bytes], ...] = (
        lambda size: _length(max(0, size + by)),
        lambda size: b"\x84" + size.to_bytes(4, "big"),
        lambda _size: b"\x88" + b"\x7f" + b"\xff" * 7,
        lambda size: b"\x80" if size % 2 else b"\xff",
    )
    numbers.choice(pieces(top)).lie = lies[kind]


def _value(top: Piece, numbers: random.Random, _other: bytes) -> None:
    """Another value of the same type."""
    leaves = [piece for piece in pieces(top) if piece.parts is None and piece.body]
    if not leaves:
        return
    leaf = numbers.choice(leaves)
    if leaf.tag == _OID:
        leaf.body = numbers.choice([piece.body for piece in leaves if piece.tag == _OID])
    elif leaf.tag == _INTEGER:
        leaf.body = numbers.choice(
            (b"\0" + leaf.body, b"\0", b"\xff", b"\x02", b"\0" + b"\xff" * 64, leaf.body * 2)
        )
    elif leaf.tag == _BOOLEAN:
        leaf.body = numbers.choice((b"\0", b"\xff", b"\x01"))
    elif leaf.tag in _TIMES:
        place = numbers.randrange(len(leaf.body))
        leaf.body = leaf.body[:place] + b"%d" % numbers.randrange(10) + leaf.body[place + 1 :]
    else:
        place = numbers.randrange(len(leaf.body))
        changed = leaf.body[place] ^ 1 << numbers.randrange(8)
        leaf.body = leaf.body[:place] + bytes((changed,)) + leaf.body[place + 1 :]


_EDITS: list[Callable[[Piece, random.Random, bytes], None]] = [
    _drop,
    _double,
    _exchange,
    _graft,
    _graft,
    _shuffle,
    _empty,
    _retag,
    _nest,
    _lift,
    _open,
    _lie,
    _value,
    _value,
    _value,
]
