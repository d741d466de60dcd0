"""The words of PDF (ISO 32000-2, 7.2 and 7.3): a strict parser of one object at a time.

Only what the standard allows is read; where viewers differ in what they make of a file, an attacker hides. Depth and
number of objects are bounded, so hostile bytes cost a bounded time.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any, Final, NamedTuple

MAX_DEPTH: Final = 64
_WHITE: Final = b"\0\t\n\f\r "
_SPACE: Final = re.compile(rb"(?:[\0\t\n\f\r ]+|%[^\r\n]*)*")
_NUMBER: Final = re.compile(rb"[+-]?(?:\d{1,19}(?:\.\d{0,30})?|\.\d{1,30})")
_REFERENCE: Final = re.compile(
    rb"(\d{1,10})[\0\t\n\f\r ]+(\d{1,5})[\0\t\n\f\r ]+R(?![^\0\t\n\f\r ()<>\[\]{}/%])"
)
_NAME: Final = re.compile(rb"/([^\0\t\n\f\r ()<>\[\]{}/%]*)")
_WORD: Final = re.compile(rb"(true|false|null)(?![^\0\t\n\f\r ()<>\[\]{}/%])")
_HEX: Final = re.compile(rb"<([0-9A-Fa-f\0\t\n\f\r ]*)>")
_TEXT_PART: Final = re.compile(rb"[^()\\]*")
_NAME_ESCAPE: Final = re.compile(rb"#([0-9A-Fa-f]{2})")
_ESCAPES: Final = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f"}


class PdfError(Exception):
    """Bytes that are no PDF as the standard has it. ``code`` is a stable reason."""

    def __init__(self, code: str = "malformed") -> None:
        super().__init__(code)
        self.code = code


class Name(bytes):
    """A name, without its slash, escapes undone."""


class Ref(NamedTuple):
    """A reference to an indirect object."""

    number: int
    generation: int


@dataclass(frozen=True)
class Stream:
    """A stream: its dictionary and its bytes as they stand in the file."""

    head: dict[bytes, Any]
    raw: bytes


class Budget:
    """How many objects may still be read."""

    def __init__(self, objects: int) -> None:
        self.left = objects

    def take(self) -> None:
        """Count one. Raises ``PdfError`` when there are none left."""
        self.left -= 1
        if self.left < 0:
            raise PdfError("too_large")


class Parser:
    """Reads objects from ``data`` beginning at ``at``."""

    def __init__(self, data: bytes, at: int, budget: Budget) -> None:
        self.data = data
        self.at = at
        self._budget = budget
        # Where the values of the outermost dictionary stand: begin and end of each.
        self.spans: dict[bytes, tuple[int, int]] = {}

    def skip(self) -> None:
        """Go over white space and comments."""
        match = _SPACE.match(self.data, self.at)
        if match is not None:
            self.at = match.end()

    def expect(self, word: bytes) -> None:
        """Go over a keyword. Raises ``PdfError``."""
        self.skip()
        if not self.data.startswith(word, self.at):
            raise PdfError
        self.at += len(word)

    def integer(self) -> int:
        """A number without a point. Raises ``PdfError``."""
        value = self.object()
        if type(value) is not int:
            raise PdfError
        return value

    def object(self, depth: int = 0) -> Any:
        """The next object; references are not followed. Raises ``PdfError``."""
        self._budget.take()
        if depth > MAX_DEPTH:
            raise PdfError("too_deep")
        self.skip()
        first = self.data[self.at : self.at + 1]
        if first == b"/":
            return self._name()
        if first == b"<":
            return self._dictionary(depth) if self.data.startswith(b"<<", self.at) else self._hex()
        if first == b"[":
            return self._array(depth)
        if first == b"(":
            return self._text()
        return self._number_or_word(first)

    def _number_or_word(self, first: bytes) -> Any:
        if first.isdigit():
            match = _REFERENCE.match(self.data, self.at)
            if match is not None:
                self.at = match.end()
                return Ref(int(match.group(1)), int(match.group(2)))
        match = _NUMBER.match(self.data, self.at)
        if match is not None:
            self.at = match.end()
            digits = match.group()
            return float(digits) if b"." in digits else int(digits)
        match = _WORD.match(self.data, self.at)
        if match is None:
            raise PdfError
        self.at = match.end()
        return {b"true": True, b"false": False, b"null": None}[match.group(1)]

    def _name(self) -> Name:
        match = _NAME.match(self.data, self.at)
        if match is None:
            raise PdfError
        self.at = match.end()
        raw = match.group(1)
        return Name(
            _NAME_ESCAPE.sub(lambda found: bytes((int(found.group(1), 16),)), raw) if b"#" in raw else raw
        )

    def _hex(self) -> bytes:
        match = _HEX.match(self.data, self.at)
        if match is None:
            raise PdfError
        self.at = match.end()
        digits = match.group(1).translate(None, _WHITE)
        return bytes.fromhex((digits + b"0" * (len(digits) % 2)).decode("ascii"))

    def _array(self, depth: int) -> list[Any]:
        self.at += 1
        found: list[Any] = []
        while True:
            self.skip()
            if self.data.startswith(b"]", self.at):
                self.at += 1
                return found
            found.append(self.object(depth + 1))

    def _dictionary(self, depth: int) -> dict[bytes, Any]:
        self.at += 2
        found: dict[bytes, Any] = {}
        while True:
            self.skip()
            if self.data.startswith(b">>", self.at):
                self.at += 2
                return found
            if not self.data.startswith(b"/", self.at):
                raise PdfError
            key = self._name()
            # The standard forbids a key twice, and readers differ in which of the two they take.
            if key in found:
                raise PdfError("key_repeated")
            self.skip()
            begin = self.at
            found[key] = self.object(depth + 1)
            if depth == 0:
                self.spans[key] = (begin, self.at)

    def _text(self) -> bytes:
        self.at += 1
        parts: list[bytes] = []
        open_ones = 1
        while True:
            match = _TEXT_PART.match(self.data, self.at)
            if match is not None:
                parts.append(match.group())
                self.at = match.end()
            sign = self.data[self.at : self.at + 1]
            self.at += 1
            if sign == b"(":
                open_ones += 1
            elif sign == b")":
                open_ones -= 1
                if not open_ones:
                    return b"".join(parts)
            elif sign == b"\\":
                parts.append(self._escape())
                continue
            else:
                raise PdfError
            parts.append(sign)

    def _escape(self) -> bytes:
        octal = re.compile(rb"[0-7]{1,3}").match(self.data, self.at)
        if octal is not None:
            self.at = octal.end()
            return bytes((int(octal.group(), 8) & 0xFF,))
        sign = self.data[self.at : self.at + 1]
        self.at += 1
        if sign == b"\r" and self.data.startswith(b"\n", self.at):
            self.at += 1
        return b"" if sign in (b"\r", b"\n", b"") else _ESCAPES.get(sign, sign)


def same(one: Any, other: Any) -> bool:
    """Whether two objects are written with the same meaning; references are equal only as references."""
    if type(one) is not type(other):
        return False
    if isinstance(one, Stream):
        return one.raw == other.raw and same(one.head, other.head)
    if isinstance(one, dict):
        return one.keys() == other.keys() and all(same(one[key], other[key]) for key in one)
    if isinstance(one, list):
        return len(one) == len(other) and all(map(same, one, other))
    return bool(one == other)


def references(value: Any) -> list[Ref]:
    """Every reference inside an object."""
    found: list[Ref] = []
    waiting = [value]
    while waiting:
        item = waiting.pop()
        if isinstance(item, Ref):
            found.append(item)
        elif isinstance(item, Stream):
            waiting.append(item.head)
        elif isinstance(item, dict):
            waiting.extend(item.values())
        elif isinstance(item, list):
            waiting.extend(item)
    return found


def text_of(value: Any) -> bytes | None:
    """The bytes of a string object; ``None`` for anything else."""
    return value if type(value) is bytes else None
