"""What a DOCX template may contain: checked once when a template is loaded, before anything of it is run.

A template comes from the repository today and from a member of staff tomorrow, so it is treated as hostile: a
zip bomb, an external link that the converter would follow, a field that includes a local file, or a Jinja
expression that does more than choose and print.
"""

from __future__ import annotations

import io
import re
import zipfile
from typing import Final

from jinja2 import nodes
from lxml import etree

from kenes.documents.letters.filters import FILTERS

MAX_PACKED_BYTES: Final = 5 * 1024 * 1024
MAX_UNPACKED_BYTES: Final = 20 * 1024 * 1024
MAX_PART_BYTES: Final = 2 * 1024 * 1024
MAX_ENTRIES: Final = 200
MAX_LOOP_DEPTH: Final = 3

_WORD: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_RELATIONSHIP: Final = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_HARMLESS_FIELD: Final = re.compile(r"\s*(PAGE|NUMPAGES|SECTIONPAGES)(\s+\\\*\s+\w+)*\s*")
_REFUSED_RELATIONSHIPS: Final = (
    "aFChunk",
    "attachedTemplate",
    "control",
    "oleObject",
    "package",
    "vbaProject",
)
_REFUSED_PARTS: Final = re.compile(
    r"(^|/)(vbaProject|activeX|embeddings|attachedToolbars)|\.bin$", re.IGNORECASE
)

# Choosing, repeating and printing of plain values and their forms. Calls, arithmetic, macros and imports are absent on
# purpose: without them neither a sandbox escape nor `"x" * 10**9` can be written. `with` gives names to groups of values,
# so that the two halves of a letter in two languages say the same names.
_ALLOWED_NODES: Final[tuple[type[nodes.Node], ...]] = (
    nodes.Template, nodes.Output, nodes.TemplateData, nodes.Name, nodes.Getattr, nodes.Const, nodes.If, nodes.For,
    nodes.Compare, nodes.Operand, nodes.And, nodes.Or, nodes.Not, nodes.CondExpr, nodes.Tuple, nodes.List, nodes.Filter,
    nodes.With,
)  # fmt: skip
# What a loop says of itself.
LOOP_NAMES: Final = frozenset({"index", "first", "last", "length", "revindex"})


class TemplateRefused(ValueError):
    """The template is malformed or asks for something that a letter never needs."""


def read_package(data: bytes) -> dict[str, bytes]:
    """Unpack a DOCX and return its parts by name.

    Raises TemplateRefused for a broken archive, a zip bomb, strange names, encryption, macros, embedded objects,
    document type declarations, links to outside parts and fields other than page numbers.
    """
    if len(data) > MAX_PACKED_BYTES:
        raise TemplateRefused("the file is too large")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            _check_directory(archive.infolist())
            parts = {
                entry.filename: archive.read(entry) for entry in archive.infolist() if not entry.is_dir()
            }
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError) as error:
        raise TemplateRefused("the file is not a DOCX") from error
    if "word/document.xml" not in parts or "[Content_Types].xml" not in parts:
        raise TemplateRefused("the file is not a DOCX")
    for name, content in parts.items():
        _check_part(name, content)
    return parts


def _check_directory(entries: list[zipfile.ZipInfo]) -> None:
    if len(entries) > MAX_ENTRIES or len({entry.filename for entry in entries}) != len(entries):
        raise TemplateRefused("too many or repeated entries")
    if sum(entry.file_size for entry in entries) > MAX_UNPACKED_BYTES:
        raise TemplateRefused("unpacks to too much")
    for entry in entries:
        name = entry.filename
        if name.startswith("/") or "\\" in name or ".." in name.split("/") or entry.flag_bits & 1:
            raise TemplateRefused("an entry has a strange name or is encrypted")
        if _REFUSED_PARTS.search(name):
            raise TemplateRefused("macros and embedded objects are refused")


def _check_part(name: str, content: bytes) -> None:
    if not name.endswith((".xml", ".rels")):
        return
    if len(content) > MAX_PART_BYTES:
        raise TemplateRefused("a part is too large")
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(content, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise TemplateRefused("a part is not well-formed XML") from error
    if root.getroottree().docinfo.doctype:
        raise TemplateRefused("document type declarations are refused")
    for element in root.iter(etree.Element):
        _check_element(element)


def _check_element(element: etree._Element) -> None:
    if element.tag == _RELATIONSHIP:
        kind = element.get("Type", "").rsplit("/", 1)[-1]
        if kind in _REFUSED_RELATIONSHIPS or element.get("TargetMode") == "External":
            raise TemplateRefused("links out of the document are refused")
        return
    field: str | None = None
    if element.tag == f"{_WORD}instrText":
        field = element.text or ""
    elif element.tag == f"{_WORD}fldSimple":
        field = element.get(f"{_WORD}instr", "")
    if field is not None and not _HARMLESS_FIELD.fullmatch(field):
        raise TemplateRefused("only page-number fields are allowed")


def check_expressions(tree: nodes.Template) -> None:
    """Refuse a parsed Jinja template that does more than choose, repeat and print plain values."""
    _check_node(tree, depth=0)


def _check_node(node: nodes.Node, depth: int) -> None:
    if not isinstance(node, _ALLOWED_NODES):
        raise TemplateRefused(f"{type(node).__name__} is not allowed in a template")
    if isinstance(node, nodes.Getattr) and node.attr.startswith("_"):
        raise TemplateRefused("private names are not allowed in a template")
    if isinstance(node, nodes.Name) and node.name.startswith("_"):
        raise TemplateRefused("private names are not allowed in a template")
    if isinstance(node, nodes.Filter):
        _check_filter(node)
    if isinstance(node, nodes.For):
        depth += 1
        if depth > MAX_LOOP_DEPTH or node.recursive:
            raise TemplateRefused("loops are nested too deeply")
    for child in node.iter_child_nodes():
        _check_node(child, depth)


def _check_filter(node: nodes.Filter) -> None:
    if node.name not in FILTERS:
        raise TemplateRefused(f"the filter {node.name} does not exist")
    arguments = [*node.args, *(pair.value for pair in node.kwargs)]
    if node.dyn_args or node.dyn_kwargs or not all(isinstance(one, nodes.Const) for one in arguments):
        raise TemplateRefused("a filter takes constants only")
