"""What an editor is told about a template: everything at once, each with its place and what may have been meant."""

from __future__ import annotations

import io
import time

import pytest
from django.utils.translation import override
from docx import Document

from kenes.documents import catalogue
from kenes.documents.authoring.build import FOLDER
from kenes.documents.editing import checking, locating, shapes, variables
from kenes.documents.editing.difference import difference
from kenes.documents.filling.problems import TEXTS, Problem
from kenes.documents.filling.rendering import RenderingFailed, fill
from kenes.documents.letters.filters import FILTERS
from kenes.documents.letters.printing import values_for
from kenes.documents.letters.samples import sample_for
from kenes.documents.tests import templates
from kenes.documents.tests.templates import CODE, docx_with


def found(*paragraphs: str, code: str = CODE, language: str = "ru") -> list[Problem]:
    return checking.check(docx_with(*paragraphs), code=code, language=language)


def test_every_template_of_the_product_passes_without_an_error_or_a_warning() -> None:
    for code in ("RESTRUCT_BANK", "POWER_OF_ATTORNEY", "CREDITOR_LIST"):
        for language in catalogue.kinds()[code].templates:
            docx = (FOLDER / code / f"{language}.docx").read_bytes()
            assert checking.check(docx, code=code, language=language, in_force=docx) == [], (code, language)


def test_everything_is_told_at_once_and_where() -> None:
    problems = found(
        "Первый абзац", "{{ borower.name }}", "{% if debt.since %}", "{{ contract.date|wrds }}", "{{ contract.amount",
    )  # fmt: skip
    told = {one.code: one for one in problems}
    assert {"variable_unknown", "filter_unknown", "mark_open", "block_open"} <= set(told)
    assert (told["variable_unknown"].paragraph, told["variable_unknown"].tag) == (2, "{{ borower.name }}")
    assert "borrower" in told["variable_unknown"].near
    assert told["filter_unknown"].near[0] == "words"
    assert told["block_open"].paragraph == 3
    assert told["mark_open"].quote == "{{ contract.amount"


@pytest.mark.parametrize(
    ("paragraph", "code"),
    [
        ("{{ borrower.nam }}", "variable_unknown"),
        ("{{ borrower }}", "variable_group"),
        ("{{ debts }}", "not_printable"),
        ("{% for one in contract.number %}x{% endfor %}", "not_a_list"),
        ("{{ contract.date|initials }}", "filter_type"),
        ("{{ borrower.name|gender(x) }}", "filter_arguments"),
        ("{% endif %}", "block_stray"),
        ("{% if debt.since %}{% for one in debts %}{% endif %}{% endfor %}", "block_crossed"),
        ("{% iff debt.since %}", "tag_unknown"),
        ("{% set x = 1 %}", "construct_forbidden"),
        ("{% if lender.kind == «BANK» %}x{% endif %}", "mark_quotes"),
        ("слова {%p if debt.since %}", "mark_prefix"),
        ("{%tr for one in debts %}", "mark_prefix"),
        ("слова }} и ещё", "mark_stray"),
        ("{{ contract.amount amount }}", "mark_broken"),
        ("{% for a in debts %}{% for b in debts %}{% for c in debts %}{% for d in debts %}x{% endfor %}{% endfor %}"
         "{% endfor %}{% endfor %}", "loops_too_deep"),
    ],
)  # fmt: skip
def test_each_kind_of_mistake_has_its_code_and_its_paragraph(paragraph: str, code: str) -> None:
    problems = [one for one in found("Слова", paragraph) if one.severity == "error"]
    assert code in {one.code for one in problems}
    assert all(one.paragraph == 2 for one in problems), problems


def test_every_problem_speaks_three_languages() -> None:
    values = dict.fromkeys(("limit", "target", "name", "field", "end"), "X")
    for language in ("ru", "kk"):
        with override(language):
            for code, text in TEXTS.items():
                said = Problem(code, values=values).text
                assert "%(" not in said
                assert said != Problem(code, values=values).code
                with override("en"):
                    assert str(text) % values != said, (code, language)


def test_a_mark_that_word_cut_into_runs_is_read_whole() -> None:
    document = Document()
    document.styles["Normal"].font.name = "Calibri"
    paragraph = document.add_paragraph("Заёмщик ")
    for piece in ("{", "{ borr", "ower.na", "me ", "}", "}"):
        paragraph.add_run(piece)
    buffer = io.BytesIO()
    document.save(buffer)
    assert [
        one for one in checking.check(buffer.getvalue(), code=CODE, language="ru") if one.severity == "error"
    ] == []
    values = values_for(CODE, sample_for(catalogue.kinds()[CODE]), "ru")
    assert "Нұрлан" in Document(io.BytesIO(fill(buffer.getvalue(), values))).paragraphs[0].text


def test_a_value_that_some_cases_lack_is_a_warning_with_its_place() -> None:
    problems = found("Слова", "Сумма {{ contract.amount }}")
    assert [(one.code, one.severity, one.paragraph) for one in problems] == [("may_be_empty", "warning", 2)]
    assert found("Слова", "{% if contract.amount %}Сумма {{ contract.amount }}{% endif %}") == []


def test_what_the_edition_in_force_has_and_the_new_one_lacks_is_a_warning() -> None:
    problems = checking.check(
        docx_with("{{ doc.number }}"), code=CODE, language="ru", in_force=templates.good()
    )
    assert {one.code for one in problems} >= {
        "lost_table", "lost_grounds", "lost_signature", "lost_addressee", "lost_demands", "lost_pages",
    }  # fmt: skip
    assert "lost_number" not in {one.code for one in problems}


def test_fonts_without_kazakh_letters_are_told() -> None:
    document = Document()
    document.styles["Normal"].font.name = "Calibri"
    document.add_paragraph().add_run("Ә").font.name = "Impact"
    buffer = io.BytesIO()
    document.save(buffer)
    problems = checking.check(buffer.getvalue(), code=CODE, language="ru")
    assert [(one.code, one.values["name"], one.paragraph) for one in problems] == [("font", "Impact", 1)]


def test_a_failed_fill_says_where() -> None:
    docx = docx_with(
        "Первый", "{%p for one in debts %}", "Второй {{ one.total|gender('а', 'б') }}", "{%p endfor %}"
    )
    problem = locating.failure(docx, values_for(CODE, sample_for(catalogue.kinds()[CODE]), "ru"))
    assert problem is not None
    assert (problem.code, problem.paragraph) == ("render_failed", 3)
    assert problem.tag == "{{ one.total|gender('а', 'б') }}"


@pytest.mark.parametrize("body", ["x", ""])
def test_repetitions_without_measure_are_cut_off(body: str) -> None:
    docx = docx_with(
        "{% for a in rows %}{% for b in rows %}{% for c in rows %}"
        + body
        + "{% endfor %}{% endfor %}{% endfor %}"
    )
    began = time.monotonic()
    with pytest.raises(RenderingFailed):
        fill(docx, {"rows": list(range(300))})
    assert time.monotonic() - began < 5
    assert fill(docx, {"rows": list(range(30))})


def test_output_without_measure_is_cut_off() -> None:
    docx = docx_with("{% for a in rows %}{{ text }}{% endfor %}")
    with pytest.raises(RenderingFailed):
        fill(docx, {"rows": list(range(2000)), "text": "ә" * 10_000})


def test_the_catalogue_says_what_every_value_and_filter_is() -> None:
    for language in ("ru", "kk", "en"):
        with override(language):
            every = variables.variables()
            unsaid = [one.path for one in every if one.description in ("", one.path)]
            assert unsaid == [], language
            assert {one.name for one in variables.filters()} == set(FILTERS)
    assert set(shapes.FILTER_TAKES) == set(FILTERS)


def test_every_tag_of_the_catalogue_is_a_good_template() -> None:
    """What is copied by a click passes the check, also in a document that has nothing but it."""
    every = [one for one in variables.variables("POWER_OF_ATTORNEY") if "requests[]" not in one.path]
    problems = found(*(one.tag for one in every), code="POWER_OF_ATTORNEY")
    assert [one for one in problems if one.severity == "error"] == []


def test_values_are_found_by_path_and_by_meaning() -> None:
    with override("ru"):
        every = variables.variables("RESTRUCT_BANK")
        assert {one.path for one in variables.search(every, "неустойка")} >= {
            "debt.penalty",
            "totals.penalty",
        }
        assert [one.path for one in variables.search(every, "borrower.iin")] == ["borrower.iin"]


def test_a_difference_is_by_words_with_marks_whole_and_moves_shown() -> None:
    moves, ends = "Абзац, который переедет вниз.", ("Первый из последних.", "Второй из последних.")
    first, second = "Прошу изменить условия договора.", "Прошу изменить срок договора."
    before = docx_with(first, "Сумма {{ contract.amount }} тенге", moves, *ends)
    after = docx_with(second, "Сумма тенге", *ends, "{{ contract.amount }} вот", moves)
    told = difference(before, after)
    changed = next(one for one in told.changes if one.what == "changed")
    assert [(one.sign, one.text) for one in changed.pieces if one.sign != "same"] == [
        ("removed", "условия"), ("added", "срок"),
    ]  # fmt: skip
    moved = [one for one in told.changes if one.what == "moved"]
    assert [(one.before, one.after) for one in moved] == [(3, 6)]
    assert told.moved_marks == ("{{ contract.amount }}",)
    assert (told.added_marks, told.removed_marks) == ((), ())
    assert difference(before, before).count == 0


def test_a_difference_knows_rows_and_footers() -> None:
    told = difference(templates.good(), (FOLDER / "RESTRUCT_MFO" / "ru.docx").read_bytes())
    assert {one.style for one in told.changes} >= {"paragraph", "row", "footer"}
    assert told.count > 0
    assert all(
        piece.is_mark == piece.text.startswith(("{{", "{%")) for one in told.changes for piece in one.pieces
    )
