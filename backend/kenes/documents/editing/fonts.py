"""Fonts of a template: Kazakh letters and the tenge sign are in few of those that the converter has."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from lxml import etree

from kenes.documents.editing.paragraphs import Paragraph
from kenes.documents.filling.parts import WORD
from kenes.documents.filling.problems import Problem

# Carlito stands in for Calibri with the same widths. Liberation (Arial, Times New Roman) lacks letters or the tenge sign.
SAFE: Final = frozenset(
    {"calibri", "carlito", "dejavu sans", "dejavu serif", "dejavu sans mono", "symbol", "wingdings"}
)
_KEYS: Final = ("ascii", "hAnsi")


def problems_of(parts: dict[str, bytes], paragraphs: list[Paragraph]) -> Iterator[Problem]:
    """A warning for every font that may lack letters, at the first paragraph that names it or at the styles."""
    told: set[str] = set()
    for paragraph in paragraphs:
        for name in sorted(paragraph.fonts):
            if _is_new(name, told):
                yield Problem(
                    "font", severity="warning", part=paragraph.part, paragraph=paragraph.number, quote=paragraph.quote,
                    values={"name": name[:80]},
                )  # fmt: skip
    styles = parts.get("word/styles.xml")
    if styles is not None:
        for name in sorted(_of_styles(etree.fromstring(styles), parts)):
            if _is_new(name, told):
                yield Problem("font", severity="warning", part="word/styles.xml", values={"name": name[:80]})


def _is_new(name: str, told: set[str]) -> bool:
    plain = name.strip().lower()
    if plain in SAFE or plain in told:
        return False
    told.add(plain)
    return True


def _of_styles(root: etree._Element, parts: dict[str, bytes]) -> Iterator[str]:
    """Fonts of the styles that the document uses, and of those that hold where nothing else is said."""
    used = {
        value
        for name, content in parts.items()
        if name.startswith("word/") and name.endswith(".xml") and name != "word/styles.xml"
        for element in etree.fromstring(content).iter(f"{WORD}pStyle", f"{WORD}rStyle")
        if (value := element.get(f"{WORD}val"))
    }
    for style in root.iter(f"{WORD}style"):
        default = style.get(f"{WORD}default") == "1" and style.get(f"{WORD}type") == "paragraph"
        if default or style.get(f"{WORD}styleId") in used:
            for fonts in style.iter(f"{WORD}rFonts"):
                yield from (name for key in _KEYS if (name := fonts.get(f"{WORD}{key}")))
