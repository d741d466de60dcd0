"""Where filling a template fails: the same template with a line break before every paragraph, so that lines tell paragraphs."""

from __future__ import annotations

import io
import traceback
from dataclasses import replace
from typing import Final

from docxtpl import DocxTemplate
from lxml import etree

from kenes.documents.editing.paragraphs import Paragraph, read_parts
from kenes.documents.filling.budget import Budget, OutOfBudget
from kenes.documents.filling.parts import WORD
from kenes.documents.filling.problems import Problem
from kenes.documents.filling.rendering import RenderingFailed, Values, fill_source
from kenes.documents.filling.safety import read_package

_TEMPLATE_FRAME: Final = "<template>"


def failure(docx: bytes, values: Values) -> Problem | None:
    """What goes wrong when a checked template is filled with these values, and where; None when nothing does."""
    parts = read_package(docx)
    with Budget():
        for name, paragraphs in read_parts(parts).items():
            if name != "word/document.xml" and b"{" not in parts[name]:
                continue
            problem = _failure_of(name, parts[name], paragraphs, values)
            if problem is not None:
                return problem
    return None


def _failure_of(name: str, content: bytes, paragraphs: list[Paragraph], values: Values) -> Problem | None:
    source = DocxTemplate(io.BytesIO()).patch_xml(_lined(content))
    try:
        fill_source(source, values)
    except OutOfBudget:
        return Problem("too_much_output", part=name)
    except RenderingFailed as error:
        found = Problem("render_failed", part=name)
        cause = error.__cause__
        if isinstance(cause, OutOfBudget):
            return replace(found, code="too_much_output")
        return _placed(found, error, paragraphs)
    return None


def _placed(problem: Problem, error: BaseException, paragraphs: list[Paragraph]) -> Problem:
    lines = [
        frame.lineno
        for one in (error, error.__cause__)
        if one is not None
        for frame in traceback.extract_tb(one.__traceback__)
        if frame.filename == _TEMPLATE_FRAME and frame.lineno is not None
    ]
    number = lines[-1] - 1 if lines else 0
    where = next((one for one in paragraphs if one.number == number), None)
    if where is None:
        return problem
    marks = [mark.source for mark in where.marks()]
    tag = marks[0] if len(marks) == 1 else ""
    return replace(problem, paragraph=where.number, quote=where.quote, tag=tag)


def _lined(content: bytes) -> str:
    """The part with one line for each paragraph, numbered from 2."""
    root = etree.fromstring(content)
    for element in root.iter():
        element.text = (element.text or "").replace("\n", " ") or None
        element.tail = (element.tail or "").replace("\n", " ") or None
    for paragraph in list(root.iter(f"{WORD}p")):
        _break_before(_anchor(paragraph))
    return str(etree.tostring(root, encoding="unicode"))


def _anchor(paragraph: etree._Element) -> etree._Element:
    """A row that holds a mark for rows is taken away whole, and the line breaks in it: they stand before it then."""
    for row in paragraph.iterancestors(f"{WORD}tr"):
        text = "".join(row.itertext(f"{WORD}t"))
        if "{%tr " in text:
            return row
    return paragraph


def _break_before(element: etree._Element) -> None:
    before = element.getprevious()
    parent = element.getparent()
    if before is not None:
        before.tail = (before.tail or "") + "\n"
    elif parent is not None:
        parent.text = (parent.text or "") + "\n"
