"""A strict reader of DER, and of the BER that the envelope of a CMS may use.

Nothing is copied while reading: an element is a place in the buffer. Elements are counted in a budget that one whole
check shares, and depth is bounded, so hostile input costs a bounded amount of memory and time. Tags above 30 are in
none of the structures read here and are refused.
"""

from __future__ import annotations

from datetime import datetime, timezone
from typing import Final

BOOLEAN: Final = 0x01
INTEGER: Final = 0x02
BIT_STRING: Final = 0x03
OCTET_STRING: Final = 0x04
NULL: Final = 0x05
OID: Final = 0x06
ENUMERATED: Final = 0x0A
UTF8_STRING: Final = 0x0C
SEQUENCE: Final = 0x30
SET: Final = 0x31
UTC_TIME: Final = 0x17
GENERALIZED_TIME: Final = 0x18

MAX_DEPTH: Final = 32
_CONSTRUCTED: Final = 0x20
_TEXT_CODECS: Final = {
    UTF8_STRING: "utf-8",
    0x12: "ascii",
    0x13: "ascii",
    0x14: "latin-1",
    0x16: "ascii",
    0x1A: "ascii",
    0x1C: "utf-32-be",
    0x1E: "utf-16-be",
}


class Asn1Error(ValueError):
    """The octets are not what the structure asks for; `code` is a stable reason."""

    def __init__(self, code: str = "malformed") -> None:
        super().__init__(code)
        self.code = code


class Budget:
    """How many elements one check may still read, and how much it may still compute."""

    def __init__(self, elements: int = 250_000, work: int = 1_000) -> None:
        self.left = elements
        self.work = work

    def spend(self, elements: int = 1) -> None:
        """Counts elements. Raises ``Asn1Error`` when none is left."""
        self.left -= elements
        if self.left < 0:
            raise Asn1Error("too_many_elements")

    def affords(self, signatures: int = 1, *, octets: int = 0) -> bool:
        """Counts signatures to check and octets to hash (a megabyte like a signature); False when that is too much."""
        self.work -= signatures + (octets >> 20)
        return self.work >= 0


class Node:
    """One element: tag, place of its content, place of the whole."""

    __slots__ = (
        "_children",
        "_ends",
        "body",
        "budget",
        "buffer",
        "depth",
        "der",
        "end",
        "indefinite",
        "start",
        "tag",
    )

    def __init__(
        self,
        buffer: bytes,
        start: int,
        limit: int,
        *,
        der: bool,
        budget: Budget,
        depth: int = 0,
        ends: dict[int, int] | None = None,
    ) -> None:
        budget.spend()
        if depth > MAX_DEPTH:
            raise Asn1Error("too_deep")
        self.buffer, self.start, self.der, self.budget, self.depth = buffer, start, der, budget, depth
        self.tag, self.body, length = _header(buffer, start, limit, der)
        self.indefinite = length is None
        self._children: tuple[Node, ...] | None = None
        # Where indefinite elements inside of this one end, so that nobody looks for it again at every depth.
        self._ends = ends
        if length is None:
            if self._ends is None:
                self._ends = {}
            known = self._ends.get(start)
            self.end = known or _end_of_indefinite(buffer, self.body, limit, budget, depth, self._ends)
        else:
            self.end = self.body + length
        if self.end > limit:
            raise Asn1Error("truncated")

    @property
    def raw(self) -> bytes:
        """The whole element exactly as received."""
        return self.buffer[self.start : self.end]

    @property
    def content(self) -> bytes:
        """What is between the header and the end."""
        return self.buffer[self.body : self._content_end]

    @property
    def _content_end(self) -> int:
        return self.end - 2 if self.indefinite else self.end

    @property
    def children(self) -> tuple[Node, ...]:
        """The elements inside a constructed element."""
        if self._children is None:
            if not self.tag & _CONSTRUCTED:
                raise Asn1Error("not_constructed")
            found = []
            position, limit = self.body, self._content_end
            while position < limit:
                child = Node(
                    self.buffer,
                    position,
                    limit,
                    der=self.der,
                    budget=self.budget,
                    depth=self.depth + 1,
                    ends=self._ends,
                )
                found.append(child)
                position = child.end
            self._children = tuple(found)
        return self._children

    def retagged(self, tag: int) -> bytes:
        """The whole element with another first octet, as signed attributes are hashed."""
        return bytes((tag,)) + self.buffer[self.start + 1 : self.end]


def _header(buffer: bytes, start: int, limit: int, der: bool) -> tuple[int, int, int | None]:
    """Tag, place of the content, length (None: indefinite)."""
    if start + 2 > limit:
        raise Asn1Error("truncated")
    tag, first = buffer[start], buffer[start + 1]
    if tag & 0x1F == 0x1F:
        raise Asn1Error("unknown_tag")
    if first < 0x80:
        return tag, start + 2, first
    if first == 0x80:
        if der or not tag & _CONSTRUCTED:
            raise Asn1Error("not_der")
        return tag, start + 2, None
    count = first & 0x7F
    if count > 8 or start + 2 + count > limit:
        raise Asn1Error("truncated")
    length = int.from_bytes(buffer[start + 2 : start + 2 + count], "big")
    if der and (length < 0x80 or buffer[start + 2] == 0):
        raise Asn1Error("not_der")
    return tag, start + 2 + count, length


def _end_of_indefinite(
    buffer: bytes, position: int, limit: int, budget: Budget, depth: int, ends: dict[int, int]
) -> int:
    """The place after the two zero octets that close an indefinite element; nested ones are noted in `ends`."""
    opened = [-1]
    while opened:
        budget.spend()
        if buffer[position : position + 2] == b"\x00\x00":
            position += 2
            ends[opened.pop()] = position
            continue
        _, body, length = _header(buffer, position, limit, False)
        if length is None:
            opened.append(position)
            if depth + len(opened) > MAX_DEPTH:
                raise Asn1Error("too_deep")
            position = body
        else:
            position = body + length
        if position > limit:
            raise Asn1Error("truncated")
    return position


def parse(data: bytes, *, der: bool = True, budget: Budget | None = None) -> Node:
    """The one element that `data` consists of. Raises ``Asn1Error``, also for octets after its end."""
    node = Node(data, 0, len(data), der=der, budget=budget or Budget())
    if node.end != len(data):
        raise Asn1Error("trailing_data")
    return node


class Fields:
    """The members of a SEQUENCE or SET, taken one after another."""

    def __init__(self, node: Node, tag: int = SEQUENCE) -> None:
        if node.tag != tag:
            raise Asn1Error("unexpected_tag")
        self._members = node.children
        self._next = 0

    def peek(self) -> int:
        """The tag of the next member; -1 at the end."""
        return self._members[self._next].tag if self._next < len(self._members) else -1

    def take(self, tag: int | None = None) -> Node:
        """The next member, which must be there and have this tag."""
        if self._next >= len(self._members):
            raise Asn1Error("missing_field")
        node = self._members[self._next]
        if tag is not None and node.tag != tag:
            raise Asn1Error("unexpected_tag")
        self._next += 1
        return node

    def optional(self, *tags: int) -> Node | None:
        """The next member when it has one of these tags."""
        return self.take() if self.peek() in tags else None

    def end(self) -> None:
        """Nothing may be left."""
        if self._next != len(self._members):
            raise Asn1Error("unexpected_field")


def members(node: Node, tag: int) -> tuple[Node, ...]:
    """The elements of a SEQUENCE OF or SET OF with this tag."""
    if node.tag != tag:
        raise Asn1Error("unexpected_tag")
    return node.children


def only(node: Node) -> Node:
    """The one element inside, as in EXPLICIT tags and single-valued attributes."""
    if len(node.children) != 1:
        raise Asn1Error("not_single")
    return node.children[0]


def oid(node: Node) -> str:
    """An object identifier in dotted form."""
    content = node.content
    if node.tag != OID or not 0 < len(content) <= 64 or content[-1] & 0x80:
        raise Asn1Error("bad_oid")
    arcs: list[int] = []
    value, fresh = 0, True
    for octet in content:
        if fresh and octet == 0x80:
            raise Asn1Error("bad_oid")
        value = value << 7 | octet & 0x7F
        fresh = not octet & 0x80
        if fresh:
            arcs.append(value)
            value = 0
    first = min(arcs[0] // 40, 2)
    return ".".join(map(str, (first, arcs[0] - 40 * first, *arcs[1:])))


def integer(node: Node, *, tag: int = INTEGER, max_octets: int = 1024) -> int:
    """A signed number in its shortest form."""
    content = node.content
    if node.tag != tag or not 0 < len(content) <= max_octets:
        raise Asn1Error("bad_integer")
    if len(content) > 1 and content[0] in (0x00, 0xFF) and (content[0] ^ content[1]) < 0x80:
        raise Asn1Error("bad_integer")
    return int.from_bytes(content, "big", signed=True)


def boolean(node: Node, *, tag: int = BOOLEAN) -> bool:
    """TRUE is 0xFF in DER and anything but zero in BER."""
    content = node.content
    if node.tag != tag or len(content) != 1 or (node.der and content[0] not in (0, 0xFF)):
        raise Asn1Error("bad_boolean")
    return content[0] != 0


def octets(node: Node, *, tag: int = OCTET_STRING) -> bytes:
    """An OCTET STRING; in BER also one put together from pieces."""
    if node.tag == tag:
        return node.content
    if node.der or node.tag != tag | _CONSTRUCTED:
        raise Asn1Error("unexpected_tag")
    pieces: list[memoryview] = []
    waiting = list(reversed(node.children))
    while waiting:
        piece = waiting.pop()
        if piece.tag == OCTET_STRING:
            pieces.append(memoryview(piece.buffer)[piece.body : piece.end])
        elif piece.tag == OCTET_STRING | _CONSTRUCTED:
            waiting.extend(reversed(piece.children))
        else:
            raise Asn1Error("unexpected_tag")
    return b"".join(pieces)


def bit_octets(node: Node, *, tag: int = BIT_STRING) -> bytes:
    """A BIT STRING of whole octets."""
    content = node.content
    if node.tag != tag or not content or content[0] != 0:
        raise Asn1Error("bad_bit_string")
    return content[1:]


def flags(node: Node, *, tag: int = BIT_STRING) -> frozenset[int]:
    """The numbers of the bits that are set in a BIT STRING of named bits."""
    content = node.content
    if node.tag != tag or not 0 < len(content) <= 8 or content[0] > 7 or (len(content) == 1 and content[0]):
        raise Asn1Error("bad_bit_string")
    bits = content[1:]
    return frozenset(n for n in range(8 * len(bits) - content[0]) if bits[n >> 3] & (0x80 >> (n & 7)))


def time(node: Node) -> datetime:
    """UTCTime or GeneralizedTime in UTC; fractions of a second are allowed in the second."""
    try:
        text = node.content.decode("ascii")
        if node.tag == UTC_TIME and len(text) == 13 and text[:12].isdigit() and text[12] == "Z":
            text = ("20" if text[:2] < "50" else "19") + text
        elif node.tag != GENERALIZED_TIME or text[-1:] != "Z" or not text[:14].isdigit():
            raise Asn1Error("bad_time")
        moment = datetime.strptime(text[:14], "%Y%m%d%H%M%S").replace(tzinfo=timezone.utc)
        fraction = text[14:-1]
        if not fraction:
            return moment
        if len(text) > 32 or fraction[0] != "." or not fraction[1:].isdigit():
            raise Asn1Error("bad_time")
        return moment.replace(microsecond=int(fraction[1:7].ljust(6, "0")))
    except (UnicodeDecodeError, ValueError):
        raise Asn1Error("bad_time") from None


def text(node: Node) -> str:
    """A character string of any of the types that names use."""
    codec = _TEXT_CODECS.get(node.tag)
    if codec is None:
        raise Asn1Error("bad_text")
    try:
        return node.content.decode(codec)
    except UnicodeDecodeError:
        raise Asn1Error("bad_text") from None
