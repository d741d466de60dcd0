"""The difference between two editions by meaning: which paragraphs and words were added, removed or moved, marks as one word."""

from __future__ import annotations

import difflib
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from kenes.documents.editing.paragraphs import MARK, Paragraph, read_parts
from kenes.documents.filling.safety import read_package

What = Literal["same", "added", "removed", "changed", "moved"]
Sign = Literal["same", "added", "removed"]
Style = Literal["paragraph", "row", "header", "footer", "notes"]
# A mark is one word: half of a tag says nothing.
_WORDS: Final = re.compile(MARK.pattern + r"|\w+|\s+|[^\w\s]", re.DOTALL)
# Paragraphs that share less than this are another text, not the same one reworded.
_ALIKE: Final = 0.4
_MOST_LINES: Final = 3000
# A paragraph of more words is shown as replaced: comparing it word by word would take minutes.
_MOST_WORDS: Final = 3000


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph, or a row of a table with its cells divided by a bar."""

    style: Style
    text: str
    number: int


@dataclass(frozen=True, slots=True)
class Piece:
    sign: Sign
    text: str
    is_mark: bool


@dataclass(frozen=True, slots=True)
class Change:
    """`before` and `after`: the number of the paragraph in each edition, None where it is absent."""

    what: What
    style: Style
    before: int | None
    after: int | None
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Difference:
    """`added_marks`, `removed_marks`: what one edition prints or asks and the other does not; `moved_marks`: in another place."""

    changes: tuple[Change, ...]
    added_marks: tuple[str, ...]
    removed_marks: tuple[str, ...]
    moved_marks: tuple[str, ...]

    @property
    def count(self) -> int:
        return sum(one.what != "same" for one in self.changes)


def difference(before: bytes, after: bytes) -> Difference:
    """Compare two DOCX templates that were checked. Raises TemplateRefused for others."""
    old, new = list(lines(before))[:_MOST_LINES], list(lines(after))[:_MOST_LINES]
    changes = tuple(_marked_moved(list(_changes(old, new))))
    gone, come = _marks_of(old), _marks_of(new)
    moved = _moved_marks(changes)
    return Difference(
        changes=changes,
        added_marks=tuple(sorted((come - gone).keys())),
        removed_marks=tuple(sorted((gone - come).keys())),
        moved_marks=tuple(sorted(moved - set((come - gone).keys()) - set((gone - come).keys()))),
    )


def lines(docx: bytes) -> Iterator[Line]:
    """Paragraphs and rows of a template in reading order, header and footer after the text; empty ones are left out."""
    for part, paragraphs in read_parts(read_package(docx)).items():
        yield from _lines(part, paragraphs)


def _lines(part: str, paragraphs: list[Paragraph]) -> Iterator[Line]:
    name = part.rsplit("/", 1)[-1]
    place: Style = "paragraph"
    for prefix in ("header", "footer"):
        if name.startswith(prefix):
            place = "header" if prefix == "header" else "footer"
    if name.startswith("footnotes"):
        place = "notes"
    at = 0
    while at < len(paragraphs):
        first = paragraphs[at]
        row = [first]
        while first.row is not None and at + 1 < len(paragraphs) and paragraphs[at + 1].row == first.row:
            at += 1
            row.append(paragraphs[at])
        at += 1
        text = _row_text(row) if first.row is not None else " ".join(first.text.split())
        if text.strip(" |"):
            yield Line("row" if first.row is not None and place == "paragraph" else place, text, first.number)


def _row_text(row: list[Paragraph]) -> str:
    cells: dict[int | None, list[str]] = {}
    for one in row:
        cells.setdefault(one.cell, []).append(" ".join(one.text.split()))
    return " | ".join(" ".join(texts).strip() for texts in cells.values())


def _changes(old: Sequence[Line], new: Sequence[Line]) -> Iterator[Change]:
    keys = [[(line.style, line.text) for line in side] for side in (old, new)]
    matcher = difflib.SequenceMatcher(a=keys[0], b=keys[1], autojunk=False)
    for what, a, b, c, d in matcher.get_opcodes():
        if what == "equal":
            for left, right in zip(old[a:b], new[c:d], strict=True):
                yield Change(
                    "same", right.style, left.number, right.number, tuple(_whole("same", right.text))
                )
        else:
            yield from _replaced(old[a:b], new[c:d])


def _replaced(old: Sequence[Line], new: Sequence[Line]) -> Iterator[Change]:
    """Pair lines that are the same text reworded, in order; the rest was removed or added."""
    at = 0
    for right in new:
        best, found = _ALIKE, -1
        for index in range(at, min(len(old), at + 12)):
            alike = _likeness(old[index].text, right.text) if old[index].style == right.style else 0.0
            if alike > best:
                best, found = alike, index
        if found < 0:
            yield Change("added", right.style, None, right.number, tuple(_whole("added", right.text)))
            continue
        for left in old[at:found]:
            yield Change("removed", left.style, left.number, None, tuple(_whole("removed", left.text)))
        left = old[found]
        yield Change("changed", right.style, left.number, right.number, tuple(_pieces(left.text, right.text)))
        at = found + 1
    for left in old[at:]:
        yield Change("removed", left.style, left.number, None, tuple(_whole("removed", left.text)))


def _likeness(one: str, other: str) -> float:
    if max(len(one), len(other)) > _MOST_WORDS * 8:
        return 1.0 if one == other else 0.0
    matcher = difflib.SequenceMatcher(a=_WORDS.findall(one), b=_WORDS.findall(other), autojunk=False)
    return matcher.ratio() if matcher.real_quick_ratio() > _ALIKE and matcher.quick_ratio() > _ALIKE else 0.0


def _pieces(before: str, after: str) -> Iterator[Piece]:
    old, new = _WORDS.findall(before), _WORDS.findall(after)
    for what, a, b, c, d in difflib.SequenceMatcher(a=old, b=new, autojunk=False).get_opcodes():
        if what == "equal":
            yield from _joined("same", new[c:d])
            continue
        yield from _joined("removed", old[a:b])
        yield from _joined("added", new[c:d])


def _whole(sign: Sign, text: str) -> Iterator[Piece]:
    return _joined(sign, _WORDS.findall(text))


def _joined(sign: Sign, words: Sequence[str]) -> Iterator[Piece]:
    plain = ""
    for word in words:
        if word.startswith(("{{", "{%", "{#")):
            if plain:
                yield Piece(sign, plain, is_mark=False)
                plain = ""
            yield Piece(sign, word, is_mark=True)
        else:
            plain += word
    if plain:
        yield Piece(sign, plain, is_mark=False)


def _marked_moved(changes: list[Change]) -> Iterator[Change]:
    """A paragraph that was taken out in one place and put in at another was moved: shown where it is now, once."""
    gone = Counter(
        (one.style, _text(one)) for one in changes if one.what == "removed" and len(_text(one)) > 12
    )
    from_where = {(one.style, _text(one)): one.before for one in changes if one.what == "removed"}
    moved: Counter[tuple[Style, str]] = Counter()
    for one in changes:
        key = (one.style, _text(one))
        if one.what == "added" and gone[key] > moved[key]:
            moved[key] += 1
    left = Counter(moved)
    for one in changes:
        key = (one.style, _text(one))
        if one.what == "removed" and left[key] > 0:
            left[key] -= 1
        elif one.what == "added" and moved[key] > 0:
            moved[key] -= 1
            yield Change("moved", one.style, from_where[key], one.after, tuple(_whole("same", key[1])))
        else:
            yield one


def _text(change: Change) -> str:
    return "".join(piece.text for piece in change.pieces)


def _marks_of(side: Sequence[Line]) -> Counter[str]:
    return Counter(
        word for line in side for word in _WORDS.findall(line.text) if word.startswith(("{{", "{%"))
    )


def _moved_marks(changes: Sequence[Change]) -> set[str]:
    signs: dict[Sign, set[str]] = {"same": set(), "added": set(), "removed": set()}
    for change in changes:
        for piece in change.pieces:
            if piece.is_mark:
                signs["added" if change.what == "moved" else piece.sign].add(piece.text)
                if change.what == "moved":
                    signs["removed"].add(piece.text)
    return signs["added"] & signs["removed"]
