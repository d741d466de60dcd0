"""A PDF as its cross-references describe it (ISO 32000-2, 7.5), up to some byte. Strict, bounded, never repairing.

Viewers repair broken files each in its own way, and a signature says nothing about a repaired file: what cannot be read
as it is written is refused.
"""

from __future__ import annotations

import re
import zlib
from dataclasses import dataclass
from typing import Any, Final

from kzsign.pdf_syntax import Budget, Name, Parser, PdfError, Ref, Stream

MAX_OBJECTS: Final = 2_000_000
_MAX_NUMBER: Final = 8_388_607
_MAX_SECTIONS: Final = 512
_MAX_UNPACKED: Final = 64 << 20
_TAIL: Final = re.compile(rb"startxref[\0\t\n\f\r ]+(\d{1,10})[\0\t\n\f\r ]+%%EOF[\0\t\n\f\r ]*\Z")
_TABLE: Final = re.compile(rb"xref[\0\t\n\f\r ]+")
_GROUP: Final = re.compile(rb"(\d{1,10})[ ]+(\d{1,7})[ ]*(?:\r\n|\r|\n)")
_ENTRY: Final = re.compile(rb"(\d{10}) (\d{5}) ([nf])(?: \r| \n|\r\n)")


@dataclass(frozen=True)
class Entry:
    """Where an object stands: at an offset, or in an object stream (``within``), or nowhere (free)."""

    offset: int
    generation: int
    within: int = 0
    is_free: bool = False


@dataclass(frozen=True)
class Section:
    """One cross-reference section with its trailer."""

    at: int
    entries: dict[int, Entry]
    trailer: dict[bytes, Any]


class PdfFile:
    """The document in the first bytes of a file. Raises ``PdfError`` where it is not written as the standard has it."""

    def __init__(self, data: bytes, budget: Budget | None = None) -> None:
        self.data = data
        self.budget = budget or Budget(MAX_OBJECTS)
        self._unpacked = 0
        self._objects: dict[int, Any] = {}
        self._packs: dict[int, tuple[dict[int, int], bytes]] = {}
        if not data.startswith(b"%PDF-"):
            raise PdfError("not_a_pdf")
        match = _TAIL.search(data, max(0, len(data) - 2048))
        if match is None:
            raise PdfError("no_end")
        self.sections = self._read_sections(int(match.group(1)))
        self.trailer = self.sections[0].trailer
        self.entries: dict[int, Entry] = {}
        for section in reversed(self.sections):
            self.entries.update(section.entries)
        if b"Encrypt" in self.trailer:
            raise PdfError("encrypted")
        root = self.trailer.get(b"Root")
        if not isinstance(root, Ref) or not isinstance(self.get(root), dict):
            raise PdfError
        self.root_ref = root

    @property
    def root(self) -> dict[bytes, Any]:
        """The catalogue."""
        return self.dictionary(self.root_ref)

    def get(self, value: Any) -> Any:
        """Follow references until something else comes; nothing (null) where there is nothing."""
        for _ in range(16):
            if not isinstance(value, Ref):
                return value
            value = self._object(value)
        raise PdfError("reference_loop")

    def dictionary(self, value: Any) -> dict[bytes, Any]:
        """The dictionary behind a value. Raises ``PdfError`` for anything else."""
        found = self.get(value)
        if not isinstance(found, dict):
            raise PdfError
        return found

    def array(self, value: Any) -> list[Any]:
        """The array behind a value, empty for nothing. Raises ``PdfError`` for anything else."""
        found = self.get(value)
        if found is None:
            return []
        if not isinstance(found, list):
            raise PdfError
        return found

    def spans_of(self, ref: Ref) -> dict[bytes, tuple[int, int]]:
        """Where the values of a dictionary stand that is an object of its own, not packed in a stream."""
        entry = self.entries.get(ref.number)
        if entry is None or entry.is_free or entry.within or entry.generation != ref.generation:
            raise PdfError
        parser = self._at(ref.number, entry)
        parser.object()
        return parser.spans

    def _object(self, ref: Ref) -> Any:
        entry = self.entries.get(ref.number)
        if entry is None or entry.is_free or entry.generation != ref.generation:
            return None
        if ref.number not in self._objects:
            self._objects[ref.number] = (
                self._packed(ref.number, entry) if entry.within else self._plain(ref.number, entry)
            )
        return self._objects[ref.number]

    def _at(self, number: int, entry: Entry) -> Parser:
        parser = Parser(self.data, entry.offset, self.budget)
        if parser.integer() != number or parser.integer() != entry.generation:
            raise PdfError("wrong_offset")
        parser.expect(b"obj")
        return parser

    def _plain(self, number: int, entry: Entry) -> Any:
        parser = self._at(number, entry)
        value = parser.object()
        parser.skip()
        if isinstance(value, dict) and self.data.startswith(b"stream", parser.at):
            return self._stream(value, parser)
        parser.expect(b"endobj")
        return value

    def _stream(self, head: dict[bytes, Any], parser: Parser) -> Stream:
        begin = parser.at + len(b"stream")
        begin += 2 if self.data.startswith(b"\r\n", begin) else 1
        if self.data[begin - 1 : begin] != b"\n":
            raise PdfError
        length = self.get(head.get(b"Length"))
        if type(length) is not int or not 0 <= length <= len(self.data) - begin:
            raise PdfError
        parser.at = begin + length
        parser.expect(b"endstream")
        parser.expect(b"endobj")
        return Stream(head, self.data[begin : begin + length])

    def _packed(self, number: int, entry: Entry) -> Any:
        places, content = self._pack(entry.within)
        if number not in places:
            raise PdfError
        return Parser(content, places[number], self.budget).object()

    def _pack(self, number: int) -> tuple[dict[int, int], bytes]:
        if number not in self._packs:
            entry = self.entries.get(number)
            if entry is None or entry.is_free or entry.within:
                raise PdfError
            stream = self._object(Ref(number, entry.generation))
            if not isinstance(stream, Stream) or stream.head.get(b"Type") != b"ObjStm":
                raise PdfError
            content = self.unpack(stream)
            count, first = self.get(stream.head.get(b"N")), self.get(stream.head.get(b"First"))
            if (
                type(count) is not int
                or type(first) is not int
                or not 0 <= count <= len(content)
                or first < 0
            ):
                raise PdfError
            parser = Parser(content, 0, self.budget)
            places = {parser.integer(): first + parser.integer() for _ in range(count)}
            if len(places) != count:
                raise PdfError("object_repeated")
            self._packs[number] = places, content
        return self._packs[number]

    def unpack(self, stream: Stream) -> bytes:
        """The content of a stream. Raises ``PdfError`` for filters other than Flate and for what is too large."""
        filters = self.get(stream.head.get(b"Filter"))
        if filters is None:
            return stream.raw
        if filters == [Name(b"FlateDecode")]:
            filters = filters[0]
        if filters != b"FlateDecode":
            raise PdfError("unsupported_filter")
        left = _MAX_UNPACKED - self._unpacked
        try:
            packer = zlib.decompressobj()
            content = packer.decompress(stream.raw, left + 1)
        except zlib.error as problem:
            raise PdfError from problem
        self._unpacked += len(content)
        if len(content) > left:
            raise PdfError("too_large")
        wanted = self.get(stream.head.get(b"DecodeParms"))
        if isinstance(wanted, list):
            wanted = self.get(wanted[0]) if len(wanted) == 1 else None
        return _unpredict(content, wanted) if isinstance(wanted, dict) else content

    def _read_sections(self, at: int) -> list[Section]:
        found: list[Section] = []
        seen: set[int] = set()
        following: int | None = at
        while following is not None:
            if following in seen or len(found) >= _MAX_SECTIONS:
                raise PdfError("reference_loop")
            seen.add(following)
            section = self._section(following)
            found.append(section)
            following = section.trailer.get(b"Prev")
            if following is not None and type(following) is not int:
                raise PdfError
        return found

    def _section(self, at: int) -> Section:
        if not 0 < at < len(self.data):
            raise PdfError("wrong_offset")
        table = _TABLE.match(self.data, at)
        if table is None:
            return self._stream_section(at)
        entries: dict[int, Entry] = {}
        position = table.end()
        while (group := _GROUP.match(self.data, position)) is not None:
            position = self._group(group, entries)
        parser = Parser(self.data, position, self.budget)
        parser.expect(b"trailer")
        trailer = parser.object()
        if not isinstance(trailer, dict):
            raise PdfError
        hybrid = trailer.get(b"XRefStm")
        if type(hybrid) is int:
            for number, entry in self._stream_section(hybrid).entries.items():
                if number not in entries or entries[number].is_free:
                    entries[number] = entry
        return Section(at, entries, trailer)

    def _group(self, group: re.Match[bytes], entries: dict[int, Entry]) -> int:
        first, count = int(group.group(1)), int(group.group(2))
        position = group.end()
        if first + count > _MAX_NUMBER or count > len(self.data) // 20:
            raise PdfError("too_large")
        for number in range(first, first + count):
            entry = _ENTRY.match(self.data, position)
            if entry is None or number in entries:
                raise PdfError
            entries[number] = Entry(int(entry.group(1)), int(entry.group(2)), is_free=entry.group(3) == b"f")
            position = entry.end()
        return position

    def _stream_section(self, at: int) -> Section:
        if not 0 < at < len(self.data):
            raise PdfError("wrong_offset")
        parser = Parser(self.data, at, self.budget)
        number, generation = parser.integer(), parser.integer()
        parser.expect(b"obj")
        head = parser.object()
        parser.skip()
        if not isinstance(head, dict) or head.get(b"Type") != b"XRef" or type(head.get(b"Length")) is not int:
            raise PdfError
        stream = self._stream(head, parser)
        entries = _stream_entries(self.unpack(stream), head)
        entries.setdefault(number, Entry(at, generation))
        return Section(at, entries, head)


def _stream_entries(content: bytes, head: dict[bytes, Any]) -> dict[int, Entry]:
    widths = _numbers(head.get(b"W"))
    index = _numbers(head.get(b"Index", [0, head.get(b"Size")]))
    if len(widths) != 3 or len(index) % 2 or max(widths) > 8 or not sum(widths):
        raise PdfError
    entries: dict[int, Entry] = {}
    position, row = 0, sum(widths)
    for first, count in zip(index[::2], index[1::2]):
        if first + count > _MAX_NUMBER or position + row * count > len(content):
            raise PdfError
        for number in range(first, first + count):
            entry = _stream_entry(content[position : position + row], widths)
            position += row
            if number in entries:
                raise PdfError
            if entry is not None:
                entries[number] = entry
    return entries


def _stream_entry(row: bytes, widths: list[int]) -> Entry | None:
    kind_end, second_end = widths[0], widths[0] + widths[1]
    kind = int.from_bytes(row[:kind_end], "big") if widths[0] else 1
    second = int.from_bytes(row[kind_end:second_end], "big")
    third = int.from_bytes(row[second_end:], "big")
    if kind == 0:
        return Entry(second, third, is_free=True)
    if kind == 1:
        return Entry(second, third)
    # In an object stream: generations are always zero. Later kinds are as if absent (7.5.8.3).
    return Entry(third, 0, within=second) if kind == 2 and second else None


def _numbers(value: Any) -> list[int]:
    if not isinstance(value, list) or not all(
        type(item) is int and 0 <= item <= _MAX_NUMBER for item in value
    ):
        raise PdfError
    return value


def _unpredict(content: bytes, wanted: dict[bytes, Any]) -> bytes:
    """Undo the PNG predictor (7.4.4.4) as cross-reference streams use it: one colour of eight bits."""
    predictor, columns = wanted.get(b"Predictor", 1), wanted.get(b"Columns", 1)
    if predictor == 1:
        return content
    plain = wanted.get(b"Colors", 1) == 1 and wanted.get(b"BitsPerComponent", 8) == 8
    if type(predictor) is not int or not 10 <= predictor <= 15 or not plain:
        raise PdfError("unsupported_filter")
    if type(columns) is not int or not 1 <= columns <= 64 or len(content) % (columns + 1):
        raise PdfError("unsupported_filter")
    out = bytearray()
    above = bytes(columns)
    for start in range(0, len(content), columns + 1):
        above = _png_row(content[start], content[start + 1 : start + 1 + columns], above)
        out += above
    return bytes(out)


def _png_row(kind: int, row: bytes, above: bytes) -> bytes:
    if kind == 0:
        return row
    if kind == 2:
        return bytes((value + up) & 0xFF for value, up in zip(row, above))
    if kind not in (1, 3, 4):
        raise PdfError
    made = bytearray()
    for place, value in enumerate(row):
        left = made[place - 1] if place else 0
        corner = above[place - 1] if place else 0
        up = above[place]
        guess = left if kind == 1 else (left + up) // 2 if kind == 3 else _paeth(left, up, corner)
        made.append((value + guess) & 0xFF)
    return bytes(made)


def _paeth(left: int, up: int, corner: int) -> int:
    estimate = left + up - corner
    distances = (abs(estimate - left), abs(estimate - up), abs(estimate - corner))
    return (left, up, corner)[distances.index(min(distances))]
