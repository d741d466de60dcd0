"""Sums of an interview fit each other: within a row at once, against the total when the document is made."""

from __future__ import annotations

from typing import Any

import pytest

from kenes.documents import catalogue
from kenes.documents.letters import answers
from kenes.documents.letters.answers import AnswerProblem


def field(code: str, name: str) -> Any:
    return next(one for one in catalogue.kinds()[code].fields if one.code == name)


def test_parts_of_a_row_give_its_total() -> None:
    rows = field("ADDENDUM_RESTRUCT", "addendum.rows")
    told = {column.code: None for column in rows.columns} | {
        "day": "2026-12-25", "principal": 100, "interest": 20, "total": 120,
    }  # fmt: skip
    assert answers.read(rows, [told])
    with pytest.raises(AnswerProblem) as caught:
        answers.read(rows, [told, told | {"total": 121}])
    assert (caught.value.code, caught.value.place) == ("sum_differs", "/1/total")


def test_a_line_of_an_invoice_is_number_times_price() -> None:
    lines = field("INVOICE", "invoice.lines")
    good = {"name": "Услуга", "count": 2, "price": 500, "sum": 1000}
    assert answers.read(lines, [good])
    with pytest.raises(AnswerProblem) as caught:
        answers.read(lines, [good | {"sum": 999}])
    assert caught.value.place == "/0/sum"


@pytest.mark.parametrize(
    ("code", "rows", "total", "column"),
    [
        ("MEDIATION_AGREEMENT", "agreed.payments", "agreed.total", "amount"),
        ("ADDENDUM_RESTRUCT", "addendum.rows", "addendum.rows_total", "total"),
        ("INVOICE", "invoice.lines", "invoice.total", "sum"),
        ("WORK_ACT", "act.lines", "act.total", "sum"),
        ("SERVICE_CONTRACT", "service.lines", "service.total", "price"),
    ],
)
def test_rows_give_the_total_that_is_told(code: str, rows: str, total: str, column: str) -> None:
    kind = catalogue.kinds()[code]
    told: dict[str, Any] = {rows: [{column: 300}, {column: 700}]}
    for one in kind.fields:
        # Conditions of the rows are answered so that they are asked.
        if one.code == rows and one.when is not None:
            told[one.when.field] = (
                one.when.is_[0] if one.when.is_[0] not in ("yes", "no") else one.when.is_[0] == "yes"
            )
    assert answers.differing_sums(kind, told) == []
    assert answers.differing_sums(kind, told | {total: 1000}) == []
    assert answers.differing_sums(kind, told | {total: 999}) == [(f"{rows}/1/{column}", 1000, 999)]


def test_samples_of_every_kind_fit() -> None:
    for kind in catalogue.kinds().values():
        told = {one.code: answers.read(one, one.sample) for one in kind.fields if one.sample is not None}
        assert answers.differing_sums(kind, told) == [], kind.code
