"""All templates and their text dumps, made from the texts of `texts/`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

from jinja2 import Environment, meta

from kenes.documents import catalogue
from kenes.documents.authoring import markup
from kenes.documents.authoring.layout import Letter
from kenes.documents.authoring.markup import Block, MarkupProblem
from kenes.documents.filling.docx_text import docx_text

FOLDER: Final = Path(__file__).resolve().parent.parent / "templates"
# The kind of a template that says both languages side by side.
BOTH: Final = "both"


def templates() -> Iterator[tuple[str, str, bytes]]:
    """Yield (code, language or `both`, DOCX) of every template."""
    for code, kind in catalogue.kinds().items():
        for language in kind.templates:
            yield code, language, write(code, language)


def write(code: str, language: str) -> bytes:
    """The DOCX template of a kind in a language, or in both side by side. Raises MarkupProblem."""
    if language == BOTH:
        return _write_both(code)
    text = markup.read(code, language)
    letter = Letter(language=language, title=text.title)
    _draw(letter, text.blocks)
    return letter.to_bytes()


def _write_both(code: str) -> bytes:
    """Russian at the left, Kazakh at the right, a row for each headed part; the footer says both."""
    russian, kazakh = (markup.read(code, language) for language in ("ru", "kk"))
    letter = Letter(language="ru", title=f"{russian.title} / {kazakh.title}")
    parts = [_parts(text.blocks) for text in (russian, kazakh)]
    if len(parts[0]) != len(parts[1]):
        raise MarkupProblem(f"{code}: {len(parts[0])} headed parts in Russian, {len(parts[1])} in Kazakh")
    for pair in zip(*parts, strict=True):
        for column, (language, blocks) in enumerate(zip(("ru", "kk"), pair, strict=True)):
            with letter.column(column):
                named = _names(blocks)
                letter.logic(f"with {', '.join(f'{name}={language}.{name}' for name in named)}")
                _draw(letter, blocks)
                letter.logic("endwith")
    _footer(
        letter,
        "№\u00a0{{ ru.doc.number }}{% if ru.doc.replaces %} (взамен / орнына №\u00a0{{ ru.doc.replaces.number }}){% endif %}"
        " · {page} / {pages}",
    )
    return letter.to_bytes()


def _parts(blocks: Sequence[Block]) -> list[list[Block]]:
    parts: list[list[Block]] = [[]]
    for block in blocks:
        if block.what == "heading":
            parts.append([])
        if block.what != "footer":
            parts[-1].append(block)
    return parts


def _names(blocks: Sequence[Block]) -> list[str]:
    """The groups of values that a part names: each half of the page has its own under the same name."""
    source = "\n".join(
        f"{{% {block.text} %}}"
        if block.what == "logic"
        else block.text + "\n".join("\n".join(row.cells) for row in block.rows)
        for block in blocks
    )
    environment = Environment(autoescape=True)
    return sorted(
        meta.find_undeclared_variables(environment.parse(re.sub(r"\|\s*\w+(\([^)]*\))?", "", source)))
    )


def _draw(letter: Letter, blocks: Sequence[Block]) -> None:
    for block in blocks:
        _draw_block(letter, block)


def _draw_block(letter: Letter, block: Block) -> None:
    match block.what:
        case "logic":
            letter.logic(block.text)
        case "address" | "address_bold":
            letter.address(block.text, bold=block.what == "address_bold")
        case "kind":
            letter.title(block.text, 14)
        case "about":
            letter.title(block.text, 12)
        case "heading":
            letter.heading(block.text)
        case "text":
            letter.text(block.text, keep=block.text.endswith(":"))
        case "item":
            letter.item(block.text)
        case "quotation":
            letter.quotation(block.text)
        case "note":
            letter.note(block.text)
        case "gap":
            letter.gap()
        case "page":
            letter.page()
        case "table":
            letter.table(block.rows, block.widths)
        case "footer":
            _footer(letter, block.text)


def _footer(letter: Letter, text: str) -> None:
    letter.footer(re.split(r"(\{page\}|\{pages\})", text))


def write_all(folder: Path = FOLDER) -> list[Path]:
    """Write every template and its dump; return the DOCX paths."""
    written = []
    for code, language, docx in templates():
        path = folder / code / f"{language}.docx"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(docx)
        path.with_suffix(".txt").write_text(docx_text(docx, footer=True), encoding="utf-8")
        written.append(path)
    return written
