"""Check a template that somebody uploads: everything that is wrong with it, each with its place, before anybody sees it used."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Final

from kenes.documents import catalogue
from kenes.documents.editing import fonts, full_samples, locating, marks, shapes
from kenes.documents.editing.paragraphs import Paragraph, read_parts
from kenes.documents.filling.problems import Problem, TemplateRefused
from kenes.documents.filling.rendering import RenderingFailed, fill
from kenes.documents.filling.safety import inspect
from kenes.documents.letters import printing
from kenes.documents.letters.content import LetterContent
from kenes.documents.letters.samples import sample_for
from kenes.documents.letters.values import LetterIncomplete

_NAME: Final = re.compile(r"[a-z_]\w*(?:\.[a-z_]\w*)*", re.IGNORECASE)
_SIGN_HERE: Final = "_" * 6
# Marks of a part of a letter: names of values that only it prints.
_FEATURES: Final[dict[str, tuple[str, ...]]] = {
    "lost_grounds": ("grounds", "doc.law_refs"),
    "lost_number": ("doc.number", "doc.date"),
    "lost_demands": ("relief.requests",),
    "lost_attachments": ("papers", "attachments"),
    "lost_translation": ("doc.translation_of",),
}
_HEAD_PARAGRAPHS: Final = 14


def check(docx: bytes, *, code: str, language: str, in_force: bytes | None = None) -> list[Problem]:
    """All problems of a DOCX as a template of a kind, errors first, each told once.

    `in_force`: the edition that is used now; what it has and this one lacks is a warning. Nothing is raised for anything that a
    file may hold.
    """
    parts, found = inspect(docx)
    if parts and not any(
        one.code in ("doctype", "broken_xml", "type_lies", "bomb", "too_many_marks") for one in found
    ):
        read = read_parts(parts)
        names = shapes.for_template(code, language)
        for paragraphs in read.values():
            found += marks.problems_of(paragraphs, names)
        every = [paragraph for paragraphs in read.values() for paragraph in paragraphs]
        found += fonts.problems_of(parts, every)
        if in_force is not None:
            found += _lost(every, parts, in_force)
        if not any(one.severity == "error" for one in found):
            found += tried(docx, code, language)
    return sorted(_once(found), key=lambda one: one.severity != "error")


def _once(problems: Iterable[Problem]) -> Iterator[Problem]:
    seen: set[tuple[object, ...]] = set()
    for one in problems:
        key = (one.code, one.part, one.paragraph, one.tag, one.quote)
        if key not in seen:
            seen.add(key)
            yield one


def tried(docx: bytes, code: str, language: str) -> Iterator[Problem]:
    """Fill the template with made-up data: all of it, what is asked at least, and what every case has."""
    kind = catalogue.get(code)
    if kind is None:
        return
    for severity, told in (
        ("error", sample_for(kind)),
        ("error", sample_for(kind, whole=False)),
        ("warning", full_samples.bare(kind)),
    ):
        problem = _tried(docx, code, language, told)
        if problem is None:
            continue
        if severity == "error":
            yield problem
            return
        yield replace(problem, code="may_be_empty", severity="warning")


def _tried(docx: bytes, code: str, language: str, content: LetterContent) -> Problem | None:
    try:
        values = printing.values_for(code, content, language)
    except LetterIncomplete:
        return None
    try:
        fill(docx, values)
    except TemplateRefused as refused:
        return refused.problems[0]
    except RenderingFailed:
        return locating.failure(docx, values) or Problem("render_failed")
    return None


def _lost(paragraphs: list[Paragraph], parts: dict[str, bytes], in_force: bytes) -> Iterator[Problem]:
    before, _problems = inspect(in_force)
    if not before:
        return
    had = _features([one for each in read_parts(before).values() for one in each], before)
    for code in sorted(had - _features(paragraphs, parts)):
        yield Problem(code, severity="warning")


def _features(paragraphs: list[Paragraph], parts: dict[str, bytes]) -> set[str]:
    named = {name for one in paragraphs for name in _names(one)}
    found = {code for code, names in _FEATURES.items() if named & set(names)}
    if any(one.cell is not None and name.split(".")[0] in ("debt", "debts", "totals", "one") and "." in name
           for one in paragraphs for name in _names(one)):  # fmt: skip
        found.add("lost_table")
    if any(_SIGN_HERE in one.text for one in paragraphs):
        found.add("lost_signature")
    head = [one for one in paragraphs if one.part == "word/document.xml"][:_HEAD_PARAGRAPHS]
    if any(
        name.endswith(".name") and not name.startswith("borrower") for one in head for name in _names(one)
    ):
        found.add("lost_addressee")
    if any(re.search(rb"\bPAGE\b", content) for name, content in parts.items() if name.startswith("word/")):
        found.add("lost_pages")
    return found


def _names(paragraph: Paragraph) -> Iterator[str]:
    for mark in paragraph.marks():
        for found in _NAME.finditer(mark.inside):
            yield re.sub(r"^(ru|kk)\.", "", found.group())
