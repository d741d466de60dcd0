"""Columns of an import: how each is named, what a cell may hold, and which place of the form it fills."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any, Final

from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from kenes.cases.lists import import_choices

Cell = Any
Read = Callable[[Cell], Any]
# What tells the example row of the template from a row of somebody: nobody has such a contract.
EXAMPLE_CONTRACT: Final = "ПРИМЕР-4417"


@dataclass(frozen=True, slots=True)
class Column:
    """`place` is a JSON pointer into the form; `{debt}` stands for the number of the debt of the row."""

    code: str
    title: str | Promise
    place: str
    read: Read
    example: str | Promise
    required: bool = False


def text(cell: Cell) -> str:
    """Words as typed; a number without its tail, as a phone or an ИИН that a spreadsheet has taken for a number."""
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    return "" if cell is None else re.sub(r"\s+", " ", str(cell)).strip()


def choice(column: str) -> Read:
    """A code or the words for it; what is neither is given on as typed, to be refused with its words."""

    def read(cell: Cell) -> str:
        return import_choices.code_of(column, text(cell)) or text(cell)

    return read


def choices(column: str) -> Read:
    """Several of them. Words may hold a comma themselves: the whole cell is tried first."""

    def read(cell: Cell) -> list[str]:
        one = choice(column)
        parts = [text(cell)]
        if import_choices.code_of(column, parts[0]) is None:
            parts = re.split(r"[,;]", parts[0])
        return [one(part) for part in parts if part.strip()]

    return read


def digits(cell: Cell) -> str:
    """ИИН: twelve digits, with the zeros that a spreadsheet has eaten."""
    value = text(cell)
    return value.zfill(12) if value.isdigit() and len(value) >= 9 else value


def day(cell: Cell) -> str | None:
    """A day as a cell of days, as 23.11.2026 or as 2026-11-23; other text is given on to be refused with its words."""
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    if isinstance(cell, date):
        return cell.isoformat()
    value = text(cell)
    found = re.fullmatch(r"(\d{1,2})\.(\d{1,2})\.(\d{4})", value, re.ASCII)
    if found:
        return f"{found[3]}-{int(found[2]):02d}-{int(found[1]):02d}"
    return value or None


def tiyn(cell: Cell) -> Any:
    """Tenge to tiyn; None for an empty cell, other text is given on to be refused with its words."""
    value = text(cell).replace("\u00a0", "").replace("\u202f", "").replace(" ", "").replace(",", ".")
    value = value.removesuffix("₸")
    if not value:
        return None
    try:
        sum_ = Decimal(value) * 100
        return int(sum_) if sum_ == sum_.to_integral_value() else value
    except (InvalidOperation, ValueError, OverflowError):
        return value


def whole(cell: Cell) -> Any:
    value = text(cell)
    return int(value) if re.fullmatch(r"\d{1,6}", value, re.ASCII) else value or None


_C = Column
COLUMNS: Final = (
    _C("reference", _("Own number"), "/reference", text, _("Example"), required=True),
    _C("full_name", _("Full name"), "/applicant/full_name", text, "Ахметов Ержан Серикович", required=True),
    _C("iin", _("ИИН"), "/applicant/iin", digits, "900101300007", required=True),
    _C("phone", _("Phone"), "/phone", text, "+7 701 234 56 78", required=True),
    _C("email", _("E-mail"), "/applicant/email", text, ""),
    _C("address", _("Address"), "/applicant/address", text, "г. Алматы, ул. Абая, д. 1", required=True),
    _C("language", _("Language"), "/applicant/language", choice("language"), "ru"),
    _C("consent", _("How the consent was given"), "/consent/given_by", choice("consent"), "paper", required=True),
    _C("consent_on", _("Day of the consent"), "/consent/given_on", day, "20.11.2026", required=True),
    _C("creditor", _("Creditor"), "/obligations/{debt}/creditor_name", text, "Банк ЦентрКредит", required=True),
    _C("creditor_type", _("Kind of creditor"), "/obligations/{debt}/creditor_type", choice("creditor_type"), "BANK"),
    _C("creditor_bin", _("БИН of the creditor"), "/obligations/{debt}/creditor_bin", digits, ""),
    _C("contract", _("Contract number"), "/obligations/{debt}/contract_number", text, EXAMPLE_CONTRACT, required=True),
    _C("contract_on", _("Day of the contract"), "/obligations/{debt}/contract_date", day, "14.05.2024", required=True),
    _C("principal", _("Principal, ₸"), "/obligations/{debt}/principal_tiyn", tiyn, "1 391 360", required=True),
    _C("interest", _("Interest, ₸"), "/obligations/{debt}/interest_tiyn", tiyn, "73 875"),
    _C("penalty", _("Penalty, ₸"), "/obligations/{debt}/penalty_tiyn", tiyn, "2 486"),
    _C("payment", _("Monthly payment, ₸"), "/obligations/{debt}/monthly_payment_tiyn", tiyn, "92 086"),
    _C("overdue_since", _("Delay since"), "/obligations/{debt}/overdue_since", day, "22.10.2026"),
    _C("income_now", _("Income now, ₸ a month"), "/income/monthly_now_tiyn", tiyn, "98 000", required=True),
    _C("income_before", _("Income before, ₸ a month"), "/income/monthly_before_tiyn", tiyn, "320 000", required=True),
    _C("dependents", _("Dependants"), "/income/dependents", whole, "2", required=True),
    _C("hardship", _("Reason"), "/hardship/code", choice("hardship"), "JOB_LOSS", required=True),
    _C("hardship_since", _("Reason since"), "/hardship/since", day, "30.09.2026", required=True),
    _C("hardship_text", _("What happened"), "/hardship/text", text, "Сократили, склад закрылся", required=True),
    _C("relief", _("What is asked for"), "/relief/kinds", choices("relief"), "DEFERRAL, TERM_EXTENDED", required=True),
    _C("defer_months", _("Deferral, months"), "/relief/defer_months", whole, "6"),
    _C("term_months", _("New term, months"), "/relief/new_term_months", whole, "72"),
)  # fmt: skip
BY_CODE: Final = {column.code: column for column in COLUMNS}
OF_DEBT: Final = tuple(column for column in COLUMNS if "{debt}" in column.place)
OF_CASE: Final = tuple(column for column in COLUMNS if "{debt}" not in column.place)


def known_titles() -> Mapping[str, str]:
    """Every way to name a column, folded: its code and its title in each language."""
    known = {column.code: column.code for column in COLUMNS}
    for lang in ("ru", "kk", "en"):
        with translation.override(lang):
            known |= {_folded(str(column.title)): column.code for column in COLUMNS}
    return known


def marks_of_example() -> Mapping[str, frozenset[str]]:
    """By column: folded values that the example row of the template holds, in each language, and nobody's row does."""
    references = set()
    for lang in ("ru", "kk", "en"):
        with translation.override(lang):
            references.add(_folded(str(BY_CODE["reference"].example)))
    return {"reference": frozenset(references), "contract": frozenset({_folded(EXAMPLE_CONTRACT)})}


def column_of(title: str, known: Mapping[str, str]) -> str | None:
    """The code of the column that a head of the table names; a star for required ones counts for nothing."""
    return known.get(_folded(title))


def _folded(title: str) -> str:
    return re.sub(r"\s+", " ", title.replace("*", "")).strip().casefold()


def place_in(pointer: str) -> tuple[str | None, int | None]:
    """Column and number of the debt that a pointer of the form leads to; None where it leads to no column."""
    for column in COLUMNS:
        pattern = re.escape(column.place).replace(r"\{debt\}", r"(\d+)")
        found = re.match(rf"{pattern}(/|\Z)", pointer)
        if found:
            return column.code, int(found[1]) if "{debt}" in column.place else None
    debt = re.match(r"/obligations/(\d+)", pointer)
    return None, int(debt[1]) if debt else None
