"""Word and Excel files: no macros, no objects of other programs, nothing fetched from elsewhere, no commands in fields."""

import io
import re
import zipfile
from typing import Final

from lxml import etree

from kenes.files.errors import (
    FileDamaged,
    FileHasMacros,
    FileHasOutsideLinks,
    FileProtected,
    FileTooComplex,
    FileTypeNotAllowed,
)
from kenes.files.inspection.archives import Package, leads_out

# Compound files: Office files of before 2007, and newer ones with a password.
COMPOUND: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_PACKAGE_OF_PASSWORD: Final = "EncryptedPackage".encode("utf-16-le")

_CODE_PARTS: Final = re.compile(
    r"(vbaproject|vbadata|/activex/|/embeddings/|/macrosheets/|/dialogsheets/|/ctrlprops/|oleobject|\.bin$|\.exe$|\.jar$)",
    re.IGNORECASE,
)
# Settings of a printer are binary, and the only such part that honest tables carry.
_HARMLESS_PARTS: Final = re.compile(r"^(xl|word)/printerSettings/printerSettings\d+\.bin$", re.IGNORECASE)
_CODE_TYPES: Final = re.compile(
    rb"macroEnabled|vbaProject|activeX|oleObject|ms-office\.intlmacrosheet", re.IGNORECASE
)
_CODE_RELATIONS: Final = frozenset(
    {"vbaProject", "oleObject", "control", "package", "xlMacrosheet", "xlIntlMacrosheet", "ctrlProp", "aFChunk", "subDocument"}
)  # fmt: skip
_DECLARATIONS: Final = (b"<!DOCTYPE", b"<!ENTITY")
# Fields that start programs or fetch text, at the beginning of the instruction.
_FIELDS: Final = re.compile(
    r"^\W*(DDE|DDEAUTO|LINK|INCLUDETEXT|INCLUDEPICTURE|IMPORT|INCLUDE|DATABASE|MACROBUTTON)\b", re.IGNORECASE
)
# `=cmd|'/c calc'!A1`, and functions that fetch.
_FORMULAS: Final = re.compile(
    r"""\w\s*\|\s*('|"|\w)[^!]*!|\b(WEBSERVICE|DDE|RTD|CALL|REGISTER(\.ID)?)\s*\(""", re.IGNORECASE
)
_PARSER: Final = {"resolve_entities": False, "no_network": True, "load_dtd": False, "huge_tree": False}


def require_no_password(data: bytes) -> None:
    """FileProtected for an Office file with a password, FileTypeNotAllowed for one of before 2007."""
    if data.startswith(COMPOUND):
        raise FileProtected if _PACKAGE_OF_PASSWORD in data else FileTypeNotAllowed


def has_macros(data: bytes) -> bool:
    """Whether an archive is an Office file of a kind with macros (.docm, .xlsm), which is another type of file."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return any(name.lower().endswith("vbaproject.bin") for name in archive.namelist())
    except (zipfile.BadZipFile, ValueError, NotImplementedError):
        return False


def inspect(data: bytes) -> None:
    """Refuse what an Office file must not hold.

    Raises FileHasMacros, FileHasOutsideLinks, and what `Package` raises.
    """
    package = Package(data)
    for name in package.names:
        if _CODE_PARTS.search(f"/{name}") and not _HARMLESS_PARTS.match(name):
            raise FileHasMacros
    for name in package.names:
        if name.lower().endswith((".xml", ".rels", ".vml")):
            _inspect_part(name, package.read(name))


def _inspect_part(name: str, content: bytes) -> None:
    plain = content.replace(b"\0", b"")
    # Without declarations nothing can be multiplied or fetched while it is read. In UTF-16 every second byte is null.
    if any(mark in plain for mark in _DECLARATIONS):
        raise FileTooComplex
    if name == "[Content_Types].xml" and _CODE_TYPES.search(plain):
        raise FileHasMacros
    lowered = name.lower()
    if lowered.endswith(".rels"):
        _inspect_relations(name, _parsed(content))
    elif lowered.startswith("word/"):
        _inspect_fields(_parsed(content))
    elif lowered.startswith("xl/externallinks/"):
        _inspect_outside_book(_parsed(content))
    elif lowered.startswith(("xl/worksheets/", "xl/workbook")):
        _inspect_formulas(_parsed(content))


def _parsed(content: bytes) -> "etree._Element":
    try:
        return etree.fromstring(content, etree.XMLParser(**_PARSER))
    except (etree.XMLSyntaxError, ValueError) as problem:
        raise FileDamaged from problem


def _local(element: "etree._Element") -> str:
    return etree.QName(element).localname if isinstance(element.tag, str) else ""


def _inspect_relations(name: str, root: "etree._Element") -> None:
    for relation in root.iter(etree.Element):
        kind = relation.get("Type", "").rstrip("/").rsplit("/", 1)[-1]
        target = relation.get("Target", "")
        if kind in _CODE_RELATIONS:
            raise FileHasMacros
        if kind == "hyperlink":
            continue
        outside = relation.get("TargetMode", "").strip().lower() == "external"
        if outside or (leads_out(target.lstrip("/")) and not _stays_inside(name, target)):
            raise FileHasOutsideLinks


def _stays_inside(name: str, target: str) -> bool:
    """Whether a relative target with `..` still lies in the package."""
    depth = len(name.split("/")) - 2
    for step in target.split("/"):
        depth += -1 if step == ".." else 1
        if depth < 0 or "\\" in step or ":" in step:
            return False
    return True


def _inspect_fields(root: "etree._Element") -> None:
    """Instructions may be cut into runs: between the begin of a field and its end all pieces belong together."""
    open_fields: list[str] = []
    for element in root.iter(etree.Element):
        match _local(element):
            case "fldSimple":
                _require_harmless(
                    next((v for k, v in element.attrib.items() if str(k).endswith("}instr")), "")
                )
            case "fldChar":
                kind = next((v for k, v in element.attrib.items() if str(k).endswith("}fldCharType")), "")
                if kind == "begin":
                    open_fields.append("")
                elif kind in {"separate", "end"} and open_fields:
                    _require_harmless(open_fields[-1])
                    if kind == "end":
                        open_fields.pop()
            case "instrText" | "delInstrText":
                text = element.text or ""
                if open_fields:
                    open_fields[-1] += text
                else:
                    _require_harmless(text)
            case "altChunk" | "subDoc" | "OLEObject" | "object" | "control" | "frameset":
                raise FileHasMacros
    for text in open_fields:
        _require_harmless(text)


def _require_harmless(instruction: str | bytes) -> None:
    if _FIELDS.match(str(instruction)):
        raise FileHasOutsideLinks


def _inspect_outside_book(root: "etree._Element") -> None:
    if any(_local(element) in {"ddeLink", "oleLink"} for element in root.iter(etree.Element)):
        raise FileHasOutsideLinks


def _inspect_formulas(root: "etree._Element") -> None:
    for element in root.iter(etree.Element):
        if _local(element) in {"f", "formula1", "formula2", "definedName", "formula"}:
            if _FORMULAS.search(element.text or ""):
                raise FileHasOutsideLinks
        elif _local(element) in {"oleObject", "control", "ddeLink"}:
            raise FileHasMacros
