"""Unpack a DOCX that comes from anybody: every part is looked at, whatever it is called, and all problems are told at once.

A template comes from the repository or from a member of staff, so it is treated as hostile: a zip bomb, parts that lie about
what they are, an external link that the converter would follow, a field that includes a local file.
"""

from __future__ import annotations

import io
import re
import struct
import zipfile
import zlib
from typing import Final

from lxml import etree

from kenes.documents.filling.problems import Problem

MAX_PACKED_BYTES: Final = 5 * 1024 * 1024
MAX_UNPACKED_BYTES: Final = 20 * 1024 * 1024
MAX_PART_BYTES: Final = 2 * 1024 * 1024
MAX_ENTRIES: Final = 200

MAIN_PART: Final = "word/document.xml"
TYPES_PART: Final = "[Content_Types].xml"
_MAIN_TYPE: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
WORD: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_MACROS: Final = re.compile(r"(^|/)(vbaProject|vbaData)|macroEnabled|\bvba", re.IGNORECASE)
_EMBEDDED: Final = re.compile(
    r"(^|/)(activeX|embeddings|attachedToolbars)|oleObject|\.bin$|activeX", re.IGNORECASE
)
_COMMENTS: Final = re.compile(r"word/comments\w*\.xml", re.IGNORECASE)
_XML_NAME: Final = re.compile(r"\.(xml|rels)$", re.IGNORECASE)
_LOCAL_HEADER: Final = struct.Struct("<4s5H3L2H")
# What pictures begin with; other bytes have no place in a letter.
_PICTURES: Final = {
    ".png": (b"\x89PNG\r\n\x1a\n",), ".jpg": (b"\xff\xd8\xff",), ".jpeg": (b"\xff\xd8\xff",), ".gif": (b"GIF87a", b"GIF89a"),
}  # fmt: skip


def unpack(data: bytes) -> tuple[dict[str, bytes], list[Problem]]:
    """Parts by name, and what is wrong with the package; no parts when it cannot be opened safely."""
    if len(data) > MAX_PACKED_BYTES:
        return {}, [Problem("too_large", values={"limit": str(MAX_PACKED_BYTES // 1024 // 1024)})]
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        # An encrypted DOCX is an OLE file; so is a DOC.
        return {}, [Problem("encrypted" if b"E\x00n\x00c\x00r\x00y\x00p\x00t" in data else "not_docx")]
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            problems = _directory_problems(data, archive)
            if any(one.code in ("package_strange", "bomb", "encrypted") for one in problems):
                return {}, problems
            parts = {
                entry.filename: _read(archive, entry) for entry in archive.infolist() if not entry.is_dir()
            }
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError, ValueError, OSError,
            struct.error, OverflowError):  # fmt: skip
        return {}, [Problem("not_docx")]
    if MAIN_PART not in parts or TYPES_PART not in parts:
        return {}, [*problems, Problem("not_docx")]
    return parts, problems


def _read(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> bytes:
    """The bytes of an entry, never more than it said: a lying size would otherwise unpack without end."""
    with archive.open(entry) as stream:
        content = stream.read(entry.file_size + 1)
    if len(content) != entry.file_size:
        raise zipfile.BadZipFile("the size is not what the directory says")
    return content


def _directory_problems(data: bytes, archive: zipfile.ZipFile) -> list[Problem]:
    entries = archive.infolist()
    names = {entry.filename.lower() for entry in entries}
    if len(entries) > MAX_ENTRIES or len(names) != len(entries) or not _lie_in_a_row(data, archive):
        return [Problem("package_strange")]
    if sum(entry.file_size for entry in entries) > MAX_UNPACKED_BYTES:
        return [Problem("bomb")]
    problems: list[Problem] = []
    for entry in entries:
        name = entry.filename
        if entry.flag_bits & 0x41:
            problems.append(Problem("encrypted"))
        elif not _is_plain(name) or entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            problems.append(Problem("package_strange", part=name[:120]))
        elif _MACROS.search(name):
            problems.append(Problem("macros", part=name[:120]))
        elif _EMBEDDED.search(name):
            problems.append(Problem("embedded", part=name[:120]))
        elif _COMMENTS.fullmatch(name):
            problems.append(Problem("comments", part=name[:120]))
        elif _XML_NAME.search(name) and entry.file_size > MAX_PART_BYTES:
            problems.append(Problem("bomb", part=name[:120]))
    return problems


def _is_plain(name: str) -> bool:
    steps = name.rstrip("/").split("/")
    return (
        bool(name)
        and all(char.isprintable() for char in name)
        and not ("\\" in name or ":" in name or ".." in steps or "" in steps or "." in steps)
    )


def _lie_in_a_row(data: bytes, archive: zipfile.ZipFile) -> bool:
    """Whether entries lie one after another from the first byte on: overlapping ones unpack to far more than they hold."""
    end = 0
    for entry in sorted(archive.infolist(), key=lambda one: one.header_offset):
        at = entry.header_offset
        head = data[at : at + _LOCAL_HEADER.size]
        if len(head) < _LOCAL_HEADER.size or at < end or (end == 0 and at != 0):
            return False
        fields = _LOCAL_HEADER.unpack(head)
        end = at + _LOCAL_HEADER.size + fields[9] + fields[10] + entry.compress_size
    return end <= archive.start_dir


def parse(name: str, content: bytes) -> tuple[etree._Element | None, list[Problem]]:
    """A part as XML. Declarations and encodings that hide them are refused before anything is parsed."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return None, [Problem("broken_xml", part=name, values={"name": name})]
    declared = re.match(r"\s*<\?xml[^>]*?encoding\s*=\s*[\"']([^\"']+)", text)
    if declared and declared.group(1).lower() not in ("utf-8", "utf8", "us-ascii", "ascii"):
        return None, [Problem("broken_xml", part=name, values={"name": name})]
    if "<!DOCTYPE" in text or "<!ENTITY" in text:
        return None, [Problem("doctype", part=name)]
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(content, parser)
    except (etree.XMLSyntaxError, ValueError):
        return None, [Problem("broken_xml", part=name, values={"name": name})]
    if root.getroottree().docinfo.doctype:
        return None, [Problem("doctype", part=name)]
    return root, []


def is_picture(name: str, content: bytes) -> bool:
    """Whether a part is a picture of a kind that its name tells."""
    dot = name.rfind(".")
    return name.lower().startswith("word/media/") and content.startswith(
        _PICTURES.get(name[dot:].lower(), ()) or (b"\x00\xff",)
    )


def type_problems(root: etree._Element, names: frozenset[str]) -> list[Problem]:
    """What the table of content types says that is not so: macros under a plain name, another main part, XML as a picture."""
    problems: list[Problem] = []
    main = ""
    for element in root.iter(etree.Element):
        said = element.get("ContentType", "")
        name = element.get("PartName", "").lstrip("/")
        if _MACROS.search(said):
            problems.append(Problem("macros", part=name or TYPES_PART))
        elif _EMBEDDED.search(said):
            problems.append(Problem("embedded", part=name or TYPES_PART))
        elif said == _MAIN_TYPE:
            main = name
        elif name in names and not _type_fits(name, said):
            problems.append(Problem("type_lies", part=name, values={"name": name}))
    if main != MAIN_PART:
        problems.append(Problem("type_lies", part=MAIN_PART, values={"name": MAIN_PART}))
    return problems


def _type_fits(name: str, said: str) -> bool:
    xml = said.endswith(("+xml", "/xml"))
    return xml == bool(_XML_NAME.search(name))
