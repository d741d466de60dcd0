"""The text of a template as people see it: paragraphs with their number, and marks of Jinja in them, whole again.

Word cuts a mark into many runs when its spelling is checked or a letter is changed; here it is read as one line.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from lxml import etree

from kenes.documents.filling.parts import WORD
from kenes.documents.filling.safety import FILLED

# A mark ends before the next one begins: without that, many beginnings without an end would take minutes to read.
_INSIDE: Final = r"(?:(?!%s|\{[{%%#]).)*"
MARK: Final = re.compile(
    "|".join(
        begin + _INSIDE % end + end for begin, end in ((r"\{\{", r"\}\}"), (r"\{%", r"%\}"), (r"\{#", r"#\}"))
    ),
    re.DOTALL,
)
_PREFIX: Final = re.compile(r"^(tr|tc|p|r)(?=\s)")
# What Word puts in the place of straight quotes; the fill mends these, so the check reads them the same way.
_QUOTES: Final = str.maketrans({"“": '"', "”": '"', "‘": "'", "’": "'"})
QUOTE_LENGTH: Final = 200


@dataclass(frozen=True, slots=True)
class Mark:
    """One mark. `kind`: print, logic, remark; `prefix`: p, tr, tc, r; `inside` is what it says; `alone` in its paragraph."""

    kind: str
    source: str
    inside: str
    prefix: str = ""
    alone: bool = False


@dataclass(frozen=True, slots=True)
class Paragraph:
    """`number` counts from 1 in its part; `cell` names the cell of a table that it lies in, None outside of tables."""

    part: str
    number: int
    text: str
    row: int | None
    cell: int | None
    fonts: frozenset[str]

    @property
    def quote(self) -> str:
        line = " ".join(self.text.split())
        return line if len(line) <= QUOTE_LENGTH else line[: QUOTE_LENGTH - 1] + "…"

    def marks(self) -> Iterator[Mark]:
        """The marks of the paragraph in order."""
        whole = self.text.strip()
        for found in MARK.finditer(self.text):
            source = found.group()
            kind = {"{{": "print", "{%": "logic", "{#": "remark"}[source[:2]]
            inside = source[2:-2].translate(_QUOTES)
            prefix = _PREFIX.match(inside)
            yield Mark(
                kind=kind,
                source=source,
                inside=(inside[prefix.end() :] if prefix else inside).strip(),
                prefix=prefix.group() if prefix else "",
                alone=whole == source,
            )

    def rest(self) -> str:
        """The text without its marks."""
        return MARK.sub("", self.text)


def read_parts(parts: dict[str, bytes]) -> dict[str, list[Paragraph]]:
    """Paragraphs of every part that is filled in, the document first. The parts were checked before."""
    names = sorted(
        (name for name in parts if FILLED.fullmatch(name)),
        key=lambda name: (name != "word/document.xml", name),
    )
    return {name: list(_paragraphs(name, etree.fromstring(parts[name]))) for name in names}


def _paragraphs(part: str, root: etree._Element) -> Iterator[Paragraph]:
    cells = {cell: at for at, cell in enumerate(root.iter(f"{WORD}tc"))}
    rows = {row: at for at, row in enumerate(root.iter(f"{WORD}tr"))}
    for number, element in enumerate(root.iter(f"{WORD}p"), 1):
        yield Paragraph(
            part=part,
            number=number,
            text="".join(_texts(element)),
            row=_above(element, f"{WORD}tr", rows),
            cell=_above(element, f"{WORD}tc", cells),
            fonts=frozenset(_fonts(element)),
        )


def _above(element: etree._Element, tag: str, numbers: dict[etree._Element, int]) -> int | None:
    found = next(element.iterancestors(tag), None)
    return None if found is None else numbers[found]


def _texts(paragraph: etree._Element) -> Iterator[str]:
    """Text of the paragraph itself, without paragraphs of a text box in it."""
    for element in paragraph.iter(f"{WORD}t", f"{WORD}tab", f"{WORD}br", f"{WORD}noBreakHyphen"):
        if next(element.iterancestors(f"{WORD}p"), None) is not paragraph:
            continue
        yield (
            (element.text or "")
            if element.tag == f"{WORD}t"
            else ("‑" if element.tag == f"{WORD}noBreakHyphen" else " ")
        )


def _fonts(paragraph: etree._Element) -> Iterator[str]:
    for element in paragraph.iter(f"{WORD}rFonts"):
        for key in ("ascii", "hAnsi", "cs"):
            if name := element.get(f"{WORD}{key}"):
                yield name
