"""What a DOCX template may contain: checked when a template is loaded, before anything of it is run.

`inspect` tells everything that is wrong at once; `read_package` refuses the template for any of it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from jinja2 import nodes
from lxml import etree

from kenes.documents.filling import parts as template_parts
from kenes.documents.filling.parts import MAIN_PART, MAX_PART_BYTES, TYPES_PART, WORD
from kenes.documents.filling.problems import Problem, TemplateRefused
from kenes.documents.letters.filters import FILTERS

__all__ = ["LOOP_NAMES", "MAX_LOOP_DEPTH", "TemplateRefused", "check_expressions", "inspect", "read_package"]

MAX_LOOP_DEPTH: Final = 3
# The longest letter has about three hundred paragraphs and two hundred marks.
MAX_PARAGRAPHS: Final = 5000
MAX_BRACES: Final = 10_000

_HARMLESS_FIELD: Final = re.compile(r"\s*(PAGE|NUMPAGES|SECTIONPAGES)(\s+\\\*\s+\w+)*\s*")
# Kinds of relations that a letter is made of; every other one leads to code, objects or other files.
_RELATIONS: Final = frozenset(
    {
        "officeDocument", "core-properties", "extended-properties", "custom-properties", "styles", "stylesWithEffects",
        "settings", "webSettings", "fontTable", "theme", "numbering", "header", "footer", "footnotes", "endnotes", "image",
        "customXml", "customXmlProps", "thumbnail", "people",
    }
)  # fmt: skip
_RELATION_CODES: Final = {
    "attachedTemplate": "attached_template", "vbaProject": "macros", "keyMapCustomizations": "macros", "comments": "comments",
    "commentsExtended": "comments", "commentsIds": "comments", "commentsExtensible": "comments", "oleObject": "embedded",
    "package": "embedded", "control": "embedded", "aFChunk": "embedded", "subDocument": "embedded", "hyperlink": "external",
    "frame": "external",
}  # fmt: skip
# By local name, so that another namespace for the same thing (strict OOXML, VML) changes nothing.
_ELEMENTS: Final = frozenset(
    {
        "altChunk", "object", "OLEObject", "control", "subDoc", "contentPart", "movie", "saveThroughXslt", "mailMerge",
        "dataSource", "sourceFileName", "frameset", "delInstrText", "script", "applet", "dataBinding",
    }
)  # fmt: skip
_TRACKED: Final = frozenset({"ins", "del", "moveFrom", "moveTo", "rPrChange", "pPrChange"})
_ADDRESSES: Final = frozenset(
    {"src", "href", "hrefs", "althref", "link", "url", "connectString", "query", "base"}
)
_OUTSIDE: Final = re.compile(r"^\s*(?:[a-z][a-z0-9+.-]*:|//|\\\\|/)", re.IGNORECASE)
_BEGIN: Final = re.compile(r"\{[{%#]")
FILLED: Final = re.compile(r"word/(document|header\d*|footer\d*|footnotes)\.xml")

# Choosing, repeating and printing of plain values and their forms. Calls, arithmetic, macros and imports are absent on
# purpose: without them neither a sandbox escape nor `"x" * 10**9` can be written. `with` gives names to groups of values,
# so that the two halves of a letter in two languages say the same names.
ALLOWED_NODES: Final[tuple[type[nodes.Node], ...]] = (
    nodes.Template, nodes.Output, nodes.TemplateData, nodes.Name, nodes.Getattr, nodes.Const, nodes.If, nodes.For,
    nodes.Compare, nodes.Operand, nodes.And, nodes.Or, nodes.Not, nodes.CondExpr, nodes.Tuple, nodes.List, nodes.Filter,
    nodes.With,
)  # fmt: skip
# What a loop says of itself.
LOOP_NAMES: Final = frozenset({"index", "first", "last", "length", "revindex"})


def read_package(data: bytes) -> dict[str, bytes]:
    """Unpack a DOCX and return its parts by name. Raises TemplateRefused with everything that is wrong with it."""
    parts, problems = inspect(data)
    if problems:
        raise TemplateRefused(*problems)
    return parts


def inspect(data: bytes) -> tuple[dict[str, bytes], list[Problem]]:
    """Unpack a DOCX and say all that is wrong with it; no parts when it cannot be opened safely.

    A broken archive, a zip bomb, strange names, encryption, macros, embedded objects, document type declarations, links to
    outside parts, fields other than page numbers, parts that are not what they say.
    """
    parts, problems = template_parts.unpack(data)
    for name, content in parts.items():
        problems += _part_problems(name, content, frozenset(parts))
    return parts, problems


def _part_problems(name: str, content: bytes, names: frozenset[str]) -> list[Problem]:
    if template_parts.is_picture(name, content):
        return []
    if name.lower().endswith("thumbnail.jpeg") and content.startswith(b"\xff\xd8\xff"):
        return []
    if not name.endswith((".xml", ".rels")):
        return [Problem("part_unknown", part=name, values={"name": name})]
    if len(content) > MAX_PART_BYTES:
        return [Problem("bomb", part=name)]
    root, problems = template_parts.parse(name, content)
    if root is None:
        return problems
    if name == TYPES_PART:
        return template_parts.type_problems(root, names)
    if name.endswith(".rels"):
        return [
            problem for element in root.iter(etree.Element) for problem in _relation_problems(name, element)
        ]
    if name == MAIN_PART and root.tag != f"{WORD}document":
        return [Problem("type_lies", part=name, values={"name": name})]
    if sum(1 for _ in root.iter(f"{WORD}p")) > MAX_PARAGRAPHS:
        return [Problem("bomb", part=name)]
    if content.count(b"{") > MAX_BRACES:
        return [Problem("too_many_marks", part=name, values={"limit": str(MAX_BRACES // 2)})]
    return [*_element_problems(name, root), *_field_problems(name, root)]


def _relation_problems(part: str, element: etree._Element) -> Iterator[Problem]:
    if local_name(element) != "Relationship":
        return
    kind = element.get("Type", "").rsplit("/", 1)[-1]
    target = element.get("Target", "")
    if kind in _RELATION_CODES:
        yield Problem(_RELATION_CODES[kind], part=part, quote=target[:160], values={"target": target[:160]})
    elif element.get("TargetMode", "Internal").strip().lower() != "internal" or _leads_out(part, target):
        yield Problem("external", part=part, quote=target[:160], values={"target": target[:160]})
    elif kind not in _RELATIONS:
        yield Problem("part_unknown", part=part, quote=target[:160], values={"name": kind[:80]})
    elif kind == "officeDocument" and target.lstrip("/") != MAIN_PART:
        yield Problem("type_lies", part=part, values={"name": target[:160]})


def _leads_out(part: str, target: str) -> bool:
    """Whether the target lies outside the package. An absolute one begins at its root, others beside the part."""
    if target.startswith("/") and not target.startswith("//"):
        steps: list[str] = []
    elif _OUTSIDE.match(target) or "\\" in target:
        return True
    else:
        steps = part.split("/")[:-2]
    for step in target.split("/"):
        if step == "..":
            if not steps:
                return True
            steps.pop()
        elif step not in ("", "."):
            steps.append(step)
    return False


def local_name(element: etree._Element) -> str:
    """The name of an element without its namespace."""
    return str(etree.QName(element).localname)


def _element_problems(part: str, root: etree._Element) -> Iterator[Problem]:
    fills = bool(FILLED.fullmatch(part))
    tracked = False
    for element in root.iter():
        # Marks in remarks of XML and behind elements would be run like any other.
        hidden = [element.tail or "", "" if isinstance(element.tag, str) else str(element.text or "")]
        for text in hidden:
            if _BEGIN.search(text):
                yield Problem("mark_misplaced", part=part, quote=text[:160], tag=text[:80])
        if not isinstance(element.tag, str):
            continue
        name = local_name(element)
        if name in _ELEMENTS:
            yield Problem("forbidden_element", part=part, values={"name": name})
        elif name in _TRACKED and element.tag == f"{WORD}{name}" and not tracked:
            tracked = True
            yield Problem("tracked_changes", part=part)
        for key, value in element.attrib.items():
            if etree.QName(key).localname in _ADDRESSES and _OUTSIDE.match(value):
                yield Problem("external", part=part, quote=value[:160], values={"target": value[:160]})
            elif _BEGIN.search(value):
                yield Problem("mark_misplaced", part=part, quote=value[:160], tag=value[:80])
        text = element.text or ""
        if _BEGIN.search(text) and not (fills and element.tag == f"{WORD}t"):
            yield Problem("mark_misplaced", part=part, quote=text[:160], tag=text[:80])


def _field_problems(part: str, root: etree._Element) -> Iterator[Problem]:
    """Fields in both forms; an instruction may be cut into many runs, and fields may lie in one another."""
    open_fields: list[list[str]] = []
    loose: list[str] = []
    for element in root.iter(etree.Element):
        name = local_name(element)
        if name == "fldSimple":
            yield from _field_problem(
                part, next((v for k, v in element.attrib.items() if etree.QName(k).localname == "instr"), "")
            )
        elif name == "fldChar":
            kind = next(
                (v for k, v in element.attrib.items() if etree.QName(k).localname == "fldCharType"), ""
            )
            if kind == "begin":
                open_fields.append([])
            elif kind == "end" and open_fields:
                yield from _field_problem(part, "".join(open_fields.pop()))
        elif name == "instrText":
            (open_fields[-1] if open_fields else loose).append(element.text or "")
    for rest in [*open_fields, *([loose] if loose else [])]:
        yield from _field_problem(part, "".join(rest))


def _field_problem(part: str, instruction: str) -> Iterator[Problem]:
    if not _HARMLESS_FIELD.fullmatch(instruction):
        said = " ".join(instruction.split())[:80]
        yield Problem("field", part=part, quote=said, values={"field": said})


def check_expressions(tree: nodes.Template) -> None:
    """Refuse a parsed Jinja template that does more than choose, repeat and print plain values."""
    for problem in expression_problems(tree):
        raise TemplateRefused(problem)


def expression_problems(node: nodes.Node, depth: int = 0) -> Iterator[Problem]:
    """Everything in a parsed mark or template that is not allowed; `depth` loops lie round it."""
    if not isinstance(node, ALLOWED_NODES):
        yield Problem("construct_forbidden", values={"name": type(node).__name__})
        return
    if isinstance(node, nodes.Getattr | nodes.Name):
        name = node.attr if isinstance(node, nodes.Getattr) else node.name
        if name.startswith("_"):
            yield Problem("construct_forbidden", values={"name": name[:40]})
    if isinstance(node, nodes.Filter):
        yield from _filter_problems(node)
    if isinstance(node, nodes.For):
        depth += 1
        if depth > MAX_LOOP_DEPTH or node.recursive:
            yield Problem("loops_too_deep", values={"limit": str(MAX_LOOP_DEPTH)})
    for child in node.iter_child_nodes():
        yield from expression_problems(child, depth)


def _filter_problems(node: nodes.Filter) -> Iterator[Problem]:
    if node.name not in FILTERS:
        yield Problem("filter_unknown", values={"name": node.name[:40]})
    arguments = [*node.args, *(pair.value for pair in node.kwargs)]
    if node.dyn_args or node.dyn_kwargs or not all(isinstance(one, nodes.Const) for one in arguments):
        yield Problem("filter_arguments")
