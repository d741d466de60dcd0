"""Files that are two kinds at once: a picture that a browser takes for a page, a PDF that a program takes for a ZIP."""

import io
import re
import zipfile
from typing import Final

from kenes.files.errors import FileMixed

# Readers of PDF look for the header this far into a file.
_HEADER_WITHIN: Final = 1024
_PAGE: Final = re.compile(
    rb"<(?:html|body|script|iframe|svg|object|embed)[\s>/]|<!doctype\s+html|<\?php\s", re.IGNORECASE
)
_ARCHIVES: Final = (b"Rar!\x1a\x07\x00", b"Rar!\x1a\x07\x01\x00", b"7z\xbc\xaf\x27\x1c\x00", b"MSCF\0\0\0\0")
_PROGRAMS: Final = re.compile(rb"MZ[\s\S]{58}[\s\S]{4}[\s\S]{0,512}?PE\0\0|\x7fELF[\x01\x02][\x01\x02]\x01")
OFFICE: Final = "application/vnd.openxmlformats-officedocument."


def require_one_kind(data: bytes, mime: str) -> None:
    """FileMixed when the content can be taken for a second kind of file."""
    beginning = data[:_HEADER_WITHIN]
    if mime != "application/pdf" and b"%PDF-" in beginning:
        raise FileMixed
    if mime.startswith(OFFICE):
        return
    if zipfile.is_zipfile(io.BytesIO(data)) or any(mark in data for mark in _ARCHIVES):
        raise FileMixed
    # Deep inside a PDF such words are text or drawings; at its beginning they make a page of it.
    looked_at = beginning if mime == "application/pdf" else data
    if mime != "text/plain" and (_PAGE.search(looked_at) or _PROGRAMS.search(looked_at)):
        raise FileMixed
