"""Text of a DOCX: paragraphs and tables in their order, read with limits and without what the file refers to."""

import io
import zipfile
from typing import Final

from lxml import etree

MAX_CHARACTERS: Final = 200_000
_MAX_BYTES: Final = 30 * 1024 * 1024
_W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def text_of(data: bytes) -> str:
    """Text of the body; a row of a table is one line. Empty for what is no DOCX or is too large when unpacked."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            part = archive.getinfo("word/document.xml")
            if part.file_size > _MAX_BYTES:
                return ""
            with archive.open(part) as opened:
                xml = opened.read(_MAX_BYTES + 1)
        if len(xml) > _MAX_BYTES:
            return ""
        parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False, load_dtd=False)
        root = etree.fromstring(xml, parser)
    except (zipfile.BadZipFile, KeyError, OSError, ValueError, RuntimeError, etree.XMLSyntaxError):
        return ""
    body = root.find(f"{_W}body")
    lines = [_line(block) for block in body] if body is not None else []
    return "\n".join(lines)[:MAX_CHARACTERS]


def _line(block: etree._Element) -> str:
    if block.tag == f"{_W}tbl":
        rows = block.iter(f"{_W}tr")
        return "\n".join("  ".join(_words(cell) for cell in row.iter(f"{_W}tc")) for row in rows)
    return _words(block)


def _words(element: etree._Element) -> str:
    parts = []
    for node in element.iter(f"{_W}t", f"{_W}tab", f"{_W}br", f"{_W}cr"):
        parts.append(node.text or "" if node.tag == f"{_W}t" else " ")
    return "".join(parts)
