"""How one text became another: what was taken out and what was put in, by words, paragraph by paragraph. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Final, Literal

# A word with the space after it, or the end of a paragraph.
_WORD: Final = re.compile(r"\n|[^\s]+[^\S\n]*|[^\S\n]+")
_NEAR: Final = 0.35


@dataclass(frozen=True, slots=True)
class Change:
    """A piece of text; read one after another without the removed ones they give the new text, without the added the old."""

    kind: Literal["same", "added", "removed"]
    text: str


def changes(old: str, new: str) -> Iterator[Change]:
    """Pieces in order. Paragraphs are matched first, then words within those that have changed: a moved line stays readable."""
    before, after = _lines(old), _lines(new)
    matcher = SequenceMatcher(a=before, b=after, autojunk=False)
    pieces: list[Change] = []
    for what, a, b, c, d in matcher.get_opcodes():
        if what == "equal":
            pieces.append(Change("same", "".join(before[a:b])))
        else:
            pieces += _words("".join(before[a:b]), "".join(after[c:d]))
    yield from _joined(pieces)


def _lines(text: str) -> list[str]:
    return text.splitlines(keepends=True)


def _words(old: str, new: str) -> Iterator[Change]:
    before, after = _WORD.findall(old), _WORD.findall(new)
    matcher = SequenceMatcher(a=before, b=after, autojunk=False)
    if not before or not after or matcher.ratio() < _NEAR:
        # Another paragraph: words that happen to be in both would make a mixture that nobody can read.
        yield from (Change(*one) for one in (("removed", old), ("added", new)) if one[1])
        return
    for what, a, b, c, d in matcher.get_opcodes():
        if what == "equal":
            yield Change("same", "".join(before[a:b]))
            continue
        if b > a:
            yield Change("removed", "".join(before[a:b]))
        if d > c:
            yield Change("added", "".join(after[c:d]))


def _joined(pieces: list[Change]) -> Iterator[Change]:
    last: Change | None = None
    for one in pieces:
        if last is not None and last.kind == one.kind:
            last = Change(one.kind, last.text + one.text)
            continue
        if last is not None:
            yield last
        last = one
    if last is not None:
        yield last
