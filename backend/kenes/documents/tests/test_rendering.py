from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable

import jinja2
import pytest
from docx import Document
from docxtpl import DocxTemplate

from kenes.documents.authoring.build import FOLDER
from kenes.documents.filling.rendering import RenderingFailed, compile_template, fill
from kenes.documents.filling.safety import TemplateRefused
from kenes.documents.letters.filters import FILTERS
from kenes.documents.letters.printing import values_for
from kenes.documents.tests.letters import BANK_LETTER


def docx_with(*paragraphs: str) -> bytes:
    document = Document()
    for paragraph in paragraphs:
        document.add_paragraph(paragraph)
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def repacked(change: Callable[[dict[str, bytes]], object]) -> bytes:
    """A good DOCX whose parts were changed by `change`."""
    with zipfile.ZipFile(io.BytesIO(docx_with("{{ name }}"))) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    change(parts)
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def paragraphs(docx: bytes) -> list[str]:
    return [paragraph.text for paragraph in Document(io.BytesIO(docx)).paragraphs]


def test_values_choices_and_loops_are_filled_in() -> None:
    template = docx_with(
        "Dear {{ name }}", "{%p for debt in debts %}", "{{ loop.index }}: {{ debt.sum }}", "{%p endfor %}"
    )
    filled = fill(template, {"name": "Ә & <b>", "debts": [{"sum": 5}, {"sum": 7}]})
    assert paragraphs(filled) == ["Dear Ә & <b>", "1: 5", "2: 7"]


def test_the_same_values_give_the_same_bytes() -> None:
    template = docx_with("{{ name }}")
    assert fill(template, {"name": "a"}) == fill(template, {"name": "a"})


def peer_environment() -> jinja2.Environment:
    environment = jinja2.Environment(autoescape=True)
    environment.filters.update(FILTERS)
    return environment


def test_the_result_is_what_docxtpl_itself_would_give() -> None:
    template = (FOLDER / "RESTRUCT_BANK" / "ru.docx").read_bytes()
    values = values_for("RESTRUCT_BANK", BANK_LETTER, "ru")
    peer = DocxTemplate(io.BytesIO(template))
    peer.render(values, jinja_env=peer_environment(), autoescape=True)
    buffer = io.BytesIO()
    peer.save(buffer)
    assert paragraphs(fill(template, values)) == paragraphs(buffer.getvalue())


@pytest.mark.parametrize("values", [{}, {"name": None}, {"name": True}, {"name": ["a"]}, {"name": 1.5}])
def test_a_missing_or_unprintable_value_makes_no_letter(values: dict[str, object]) -> None:
    with pytest.raises(RenderingFailed):
        fill(docx_with("{{ name }}"), values)


def test_marks_that_do_not_nest_are_found() -> None:
    template = docx_with("one {% if yes %}", "{%p endif %}")
    with pytest.raises(RenderingFailed):
        fill(template, {"yes": False})


@pytest.mark.parametrize(
    "expression",
    [
        "{{ ''.__class__.__mro__[1].__subclasses__() }}",
        "{{ name.__class__ }}",
        "{{ name['__class__'] }}",
        "{{ name|attr('__class__') }}",
        "{{ name.format(x) }}",
        "{{ cycler.__init__.__globals__.os.popen('id').read() }}",
        "{{ 'x' * 1000000000 }}",
        "{{ 10 ** 10 ** 10 }}",
        "{{ name|center(1000000000) }}",
        "{% for i in range(1000000000) %}x{% endfor %}",
        "{% set x = 1 %}",
        "{% macro f() %}{% endmacro %}",
        "{% include 'other' %}",
        "{% import 'os' as os %}",
        "{% extends 'base' %}",
        "{% for a in x %}{% for b in x %}{% for c in x %}{% for d in x %}y{% endfor %}{% endfor %}{% endfor %}{% endfor %}",
        "{{ _private }}",
        "{{ self }}{{ self() }}",
        "{% for a in x recursive %}{% endfor %}",
        "{{ unclosed",
        "{% if %}",
    ],
)
def test_a_template_that_does_more_than_choose_and_print_is_refused(expression: str) -> None:
    with pytest.raises(TemplateRefused):
        compile_template(docx_with(expression))


def _bomb(parts: dict[str, bytes]) -> None:
    parts["word/media/zeros.xml"] = b" " * (30 * 1024 * 1024)


def _external(parts: dict[str, bytes]) -> None:
    parts["word/_rels/document.xml.rels"] = parts["word/_rels/document.xml.rels"].replace(
        b"</Relationships>",
        b'<Relationship Id="rIdX" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/image"'
        b' Target="http://169.254.169.254/x.png" TargetMode="External"/></Relationships>',
    )


def _attached(parts: dict[str, bytes]) -> None:
    parts["word/_rels/document.xml.rels"] = parts["word/_rels/document.xml.rels"].replace(
        b"</Relationships>",
        b'<Relationship Id="rIdX" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/aFChunk"'
        b' Target="chunk.htm"/></Relationships>',
    )


def _doctype(parts: dict[str, bytes]) -> None:
    parts["word/document.xml"] = re.sub(
        rb"^(<\?xml[^>]*\?>)",
        rb'\1<!DOCTYPE w [<!ENTITY x SYSTEM "file:///etc/passwd">]>',
        parts["word/document.xml"],
    )


def _field(parts: dict[str, bytes]) -> None:
    parts["word/document.xml"] = parts["word/document.xml"].replace(
        b"<w:t>", b'<w:instrText>INCLUDETEXT "/etc/passwd"</w:instrText><w:t>', 1
    )


def _simple_field(parts: dict[str, bytes]) -> None:
    parts["word/document.xml"] = parts["word/document.xml"].replace(
        b"<w:t>", b'<w:fldSimple w:instr="DDEAUTO cmd"/><w:t>', 1
    )


CHANGES: dict[str, Callable[[dict[str, bytes]], object]] = {
    "zip bomb": _bomb,
    "macro": lambda parts: parts.update({"word/vbaProject.bin": b"x"}),
    "embedded object": lambda parts: parts.update({"word/embeddings/oleObject1.xml": b"<x/>"}),
    "external link": _external,
    "attached chunk": _attached,
    "document type": _doctype,
    "including field": _field,
    "simple field": _simple_field,
    "path climbing": lambda parts: parts.update({"../../etc/cron.d/x": b"x"}),
    "too many entries": lambda parts: parts.update({f"x/{n}": b"" for n in range(201)}),
    "broken XML": lambda parts: parts.update({"word/document.xml": b"<w:document>"}),
    "no document": lambda parts: parts.pop("word/document.xml"),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES.keys())
def test_a_hostile_package_is_refused(change: Callable[[dict[str, bytes]], object]) -> None:
    compile_template(repacked(lambda parts: None))
    with pytest.raises(TemplateRefused):
        compile_template(repacked(change))


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04", b"%PDF-1.7", b"x" * (6 * 1024 * 1024)])
def test_what_is_not_a_docx_is_refused(data: bytes) -> None:
    with pytest.raises(TemplateRefused):
        compile_template(data)
