"""The kind of a file by its content; a name or a claimed type proves nothing."""

import io
import re
import zipfile
from typing import Final

ALLOWED_UPLOADS: Final = frozenset(
    {
        "application/pdf",
        "image/jpeg",
        "image/png",
        "image/webp",
        "image/heic",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "text/plain",
    }
)

# Pictures, by the name the decoder knows them by.
PICTURES: Final = {"image/jpeg": "JPEG", "image/png": "PNG", "image/webp": "WEBP", "image/heic": "HEIF"}

_OPEN_XML: Final = {
    "word/document.xml": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xl/workbook.xml": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
# Control characters (category Cc) but tab, line ends and form feed.
_CONTROL: Final = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f-\x9f]")
_HEIC_BRANDS: Final = frozenset({b"heic", b"heix", b"hevc", b"mif1", b"msf1"})


def detect(data: bytes) -> str:
    """MIME type by the first bytes; `application/octet-stream` when the kind is not one we know."""
    if data.startswith(b"%PDF-"):
        return "application/pdf"
    if data.startswith(b"\xff\xd8\xff"):
        return "image/jpeg"
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        return "image/png"
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "image/webp"
    if data[4:8] == b"ftyp" and data[8:12] in _HEIC_BRANDS:
        return "image/heic"
    if data.startswith(b"PK\x03\x04"):
        return _zip_kind(data)
    return "text/plain" if _is_text(data) else "application/octet-stream"


def _zip_kind(data: bytes) -> str:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = set(archive.namelist())
    except (zipfile.BadZipFile, ValueError, NotImplementedError):
        return "application/octet-stream"
    # A macro project makes it another kind of file, whatever its extension says.
    if any(name.endswith("vbaProject.bin") for name in names):
        return "application/zip"
    return next((kind for part, kind in _OPEN_XML.items() if part in names), "application/zip")


def _is_text(data: bytes) -> bool:
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return False
    # Markup would be run by a browser that guesses types.
    if text.lstrip()[:1] == "<":
        return False
    return _CONTROL.search(text) is None
