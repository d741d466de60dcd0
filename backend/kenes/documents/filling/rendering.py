"""Fill a DOCX template with plain values, safely and fast.

docxtpl's own way parses and compiles the template for every letter (about 28 a second on one core). Here its
clean-up of Word's XML and the Jinja compilation happen once per template; a letter then costs one Jinja run and
the compression of the parts that changed.
"""

from __future__ import annotations

import hashlib
import io
import re
import threading
import zipfile
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from docxtpl import DocxTemplate
from jinja2 import StrictUndefined, Template, TemplateError
from jinja2.runtime import LoopContext
from jinja2.sandbox import ImmutableSandboxedEnvironment
from lxml import etree

from kenes.documents.filling.budget import COUNTED, Budget, OutOfBudget, bind, counted
from kenes.documents.filling.problems import Problem
from kenes.documents.filling.safety import (
    FILLED,
    LOOP_NAMES,
    TemplateRefused,
    check_expressions,
    read_package,
)
from kenes.documents.letters.filters import FILTERS
from kenes.documents.letters.forms import FORMS

Values = Mapping[str, object]

_KEPT_TEMPLATES: Final = 32
# A fixed stamp makes the same values give the same bytes, which makes a repeated handler harmless.
_STAMP: Final = (2026, 1, 1, 0, 0, 0)
_NOT_XML: Final = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


class RenderingFailed(ValueError):
    """The values do not fit the template: a name is missing, or a value is not plain text."""


def _printable(value: object) -> str | int:
    """Let only text, whole numbers and forms into a letter: `None` or `True` printed in it would be a mistake."""
    if isinstance(value, FORMS):
        value = str(value)
    if isinstance(value, str):
        return _NOT_XML.sub("", value)
    if isinstance(value, int) and not isinstance(value, bool):
        return value
    raise RenderingFailed(f"a value of type {type(value).__name__} cannot be printed")


class _Environment(ImmutableSandboxedEnvironment):
    """A template reaches values by their names in groups, and where a loop stands; no attribute of anything else."""

    def getattr(self, obj: object, attribute: str) -> Any:
        if isinstance(obj, Mapping):
            return obj[attribute] if attribute in obj else self.undefined(obj=obj, name=attribute)
        if isinstance(obj, LoopContext) and attribute in LOOP_NAMES:
            return getattr(obj, attribute)
        return self.unsafe_undefined(obj, attribute)

    def getitem(self, obj: object, argument: object) -> Any:
        return self.unsafe_undefined(obj, str(argument))


def _environment() -> _Environment:
    environment = _Environment(
        autoescape=True, undefined=StrictUndefined, finalize=_printable, cache_size=0, auto_reload=False
    )
    environment.globals.clear()
    environment.filters.clear()
    environment.filters.update(FILTERS)
    # No template can name it: names of filters are checked against FILTERS.
    environment.filters[COUNTED] = counted
    environment.tests.clear()
    return environment


_ENVIRONMENT: Final = _environment()


@dataclass(frozen=True, slots=True)
class CompiledTemplate:
    """A template ready to be filled: compiled parts, and an archive of the parts that never change."""

    sha256: str
    fixed: bytes
    parts: tuple[tuple[str, Template], ...]

    def fill(self, values: Values) -> bytes:
        """Return the DOCX filled with `values`; the same values give the same bytes.

        Raises RenderingFailed when a name is missing, a value is not text or a whole number, the result is not well-formed,
        or the template repeats or produces more than any letter does (`budget`).
        """
        buffer = io.BytesIO()
        buffer.write(self.fixed)
        with zipfile.ZipFile(buffer, "a") as archive, Budget():
            for name, template in self.parts:
                _write(archive, name, _fill_part(template, values))
        return buffer.getvalue()


def compile_template(data: bytes) -> CompiledTemplate:
    """Check and compile a DOCX template. Raises TemplateRefused when it is malformed or not allowed."""
    parts = read_package(data)
    compiled: list[tuple[str, Template]] = []
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, content in parts.items():
            if FILLED.fullmatch(name) and (b"{" in content or name == "word/document.xml"):
                compiled.append((name, _compile_part(content.decode("utf-8"))))
            else:
                _write(archive, name, content)
    return CompiledTemplate(
        sha256=hashlib.sha256(data).hexdigest(), fixed=buffer.getvalue(), parts=tuple(compiled)
    )


_kept: OrderedDict[str, CompiledTemplate] = OrderedDict()
_kept_lock = threading.Lock()


def fill(template: bytes, values: Values) -> bytes:
    """Fill a DOCX template given as bytes; the compiled form of the last templates used is kept.

    Raises TemplateRefused and RenderingFailed.
    """
    key = hashlib.sha256(template).hexdigest()
    with _kept_lock:
        compiled = _kept.get(key)
        if compiled is not None:
            _kept.move_to_end(key)
    if compiled is None:
        compiled = compile_template(template)
        with _kept_lock:
            _kept[key] = compiled
            while len(_kept) > _KEPT_TEMPLATES:
                _kept.popitem(last=False)
    return compiled.fill(values)


def _compile_part(xml: str) -> Template:
    # Only the text clean-up of docxtpl is used; it never opens the file it is given.
    return _compile_source(DocxTemplate(io.BytesIO()).patch_xml(xml))


def _compile_source(source: str) -> Template:
    try:
        tree = _ENVIRONMENT.parse(source)
        check_expressions(tree)
        return _ENVIRONMENT.from_string(bind(tree))
    except (TemplateError, RecursionError) as error:
        raise TemplateRefused(Problem("mark_broken")) from error


def fill_source(source: str, values: Values) -> bytes:
    """Fill one part given as cleaned-up text. Raises TemplateRefused and RenderingFailed, the cause with the line."""
    return _fill_part(_compile_source(source), values)


def _fill_part(template: Template, values: Values) -> bytes:
    try:
        filled = Budget.current().gather(template.generate(values))
    except (TemplateError, TypeError, KeyError) as error:
        # TypeError and KeyError: a filter on a value that has no such form.
        raise RenderingFailed(str(error)) from error
    except OutOfBudget as error:
        raise RenderingFailed("the filled letter is too large") from error
    try:
        etree.fromstring(filled)
    except etree.XMLSyntaxError as error:
        raise RenderingFailed("the marks of the template do not nest") from error
    return filled


def _write(archive: zipfile.ZipFile, name: str, content: bytes) -> None:
    entry = zipfile.ZipInfo(name, date_time=_STAMP)
    entry.compress_type = zipfile.ZIP_DEFLATED
    entry.external_attr = 0o644 << 16
    archive.writestr(entry, content, compresslevel=6)
