"""The signed document: octets or a file, hashed in pieces and once per digest."""

from __future__ import annotations

from pathlib import Path
from typing import Union

from kzsign import digests

Source = Union[bytes, Path]  # noqa: UP007 - evaluated, also by Python 3.9


class Content:
    """A document whose digests are wanted. Nothing of a file is kept in memory."""

    def __init__(self, source: Source) -> None:
        self._source = source
        self._digests: dict[str, bytes] = {}

    @property
    def size(self) -> int:
        """Octets. Raises ``OSError`` for a file that is not there."""
        return len(self._source) if isinstance(self._source, bytes) else self._source.stat().st_size

    def digest(self, name: str) -> bytes:
        """The digest by name. Raises ``OSError`` when the file cannot be read."""
        if name not in self._digests:
            self._digests[name] = self._compute(name)
        return self._digests[name]

    def _compute(self, name: str) -> bytes:
        if isinstance(self._source, bytes):
            return digests.digest(name, self._source)
        hasher = digests.new(name)
        with self._source.open("rb") as stream:
            while piece := stream.read(digests.CHUNK):
                hasher.update(piece)
        return hasher.digest()

    def equals(self, other: bytes) -> bool:
        """Whether the document has exactly these octets."""
        if isinstance(self._source, bytes):
            return self._source == other
        if self.size != len(other):
            return False
        with self._source.open("rb") as stream:
            position = 0
            while piece := stream.read(digests.CHUNK):
                if piece != other[position : position + len(piece)]:
                    return False
                position += len(piece)
        return position == len(other)


def of(source: Source | None) -> Content | None:
    """A content when there is a source."""
    return None if source is None else Content(source)
