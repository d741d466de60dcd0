"""The kinds of documents, from `data/kinds/<CODE>.toml`: from whom to whom, in which procedures, and what is asked for them.

The texts of a kind are in `authoring/texts/<CODE>/`. Names and questions are kept here in three languages beside what they
belong to, so that one file tells a lawyer all of a kind.
"""

from __future__ import annotations

import tomllib
from datetime import date
from functools import cache
from pathlib import Path
from typing import Final, Literal

from django.utils.translation import get_language
from pydantic import BaseModel, ConfigDict, Field, model_validator

FOLDER: Final = Path(__file__).resolve().parent / "data" / "kinds"
LANGUAGES: Final = ("ru", "kk")
# Groups of values that the case itself gives; a kind says which of them it cannot do without.
SECTIONS: Final = (
    "lender",
    "contract",
    "debt",
    "debts",
    "income",
    "hardship",
    "relief",
    "assets",
    "representative",
)

FieldType = Literal[
    "text", "long", "date", "money", "number", "percent", "months", "choice", "yes_no", "name", "organisation", "phone",
    "iin", "bin", "rows",
]  # fmt: skip
Who = Literal["borrower", "lender", "mediator", "platform", "parties", "notary"]
Addressee = Literal[
    "lender", "collector", "notary", "ombudsman", "regulator", "court", "bailiff", "tax", "platform", "borrower",
    "representative", "party", "client",
]  # fmt: skip


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Words(_Part):
    """One text in the three languages of the product."""

    ru: str = Field(min_length=1)
    kk: str = Field(min_length=1)
    en: str = Field(min_length=1)

    def __str__(self) -> str:
        return self.of(get_language() or "ru")

    def of(self, language: str) -> str:
        """The text in a language; Russian for one that the product does not have."""
        return str(getattr(self, language, self.ru))


class Option(_Part):
    """One of a closed list. `printed`: how the document says it, when not by its name."""

    code: str = Field(pattern=r"^[A-Za-z][A-Za-z0-9_]*$")
    name: Words
    printed: Words | None = None


class When(_Part):
    """The field is asked only when another one was answered by one of these codes (yes_no: `yes`, `no`)."""

    field: str
    is_: tuple[str, ...] = Field(alias="is")


class Asked(_Part):
    """What the interview asks: `code` is `group.name`, as templates name it.

    `known`: where the case may have the answer already, the first that has it: `fact:KIND` (its day), `fact_text:KIND`,
    `facts:KIND` (rows of day and text), `value:path` (a path of the content, `relief.comment`), `collector` (the name of the
    lender when it is a collection agency), `today`.
    `sample` is the answer in tests and previews. `columns` belong to `rows`.
    """

    code: str = Field(pattern=r"^[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)?$")
    type: FieldType
    ask: Words
    why: Words | None = None
    required: bool = True
    known: tuple[str, ...] = ()
    options: tuple[Option, ...] = ()
    when: When | None = None
    columns: tuple[Asked, ...] = ()
    # Of rows: what a column sums to (column → field), which columns of a row sum to another, which are multiplied into it.
    sums: dict[str, str] = Field(default_factory=dict)
    row_sums: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    row_products: dict[str, tuple[str, str]] = Field(default_factory=dict)
    sample: str | int | bool | list[dict[str, str | int | bool]] | None = None

    @model_validator(mode="after")
    def _complete(self) -> Asked:
        if (self.type == "choice") != bool(self.options):
            raise ValueError(f"{self.code}: a choice has options, nothing else has")
        if (self.type == "rows") != bool(self.columns):
            raise ValueError(f"{self.code}: rows have columns, nothing else has")
        told = {*self.sums, *self.row_sums, *self.row_products}
        told.update(*self.row_sums.values(), *self.row_products.values())
        if unknown := told - {one.code for one in self.columns}:
            raise ValueError(f"{self.code}: sums of unknown columns {sorted(unknown)}")
        return self


class Kind(_Part):
    """A kind of document.

    `procedures`: where it belongs; `opens_with`: those of them that prepare it by themselves; `main`: its letter moves the
    procedure. `per`: made for one debt, or once for the case. `signature`: E by ЭЦП, S by SMS code, P on paper; empty: none.
    `side_by_side`: beside one text a language there is one that says both. `review`: marked [К], a lawyer looks at it before use.
    """

    code: str
    title: Words
    purpose: Words
    effective_from: date
    from_: Who = Field(alias="from")
    to: Addressee
    signature: tuple[Literal["E", "S", "P"], ...] = ()
    per: Literal["debt", "case"] = "debt"
    procedures: tuple[str, ...] = ()
    opens_with: tuple[str, ...] = ()
    main: bool = False
    side_by_side: bool = False
    review: bool = False
    data_sheet: bool = False
    needs: tuple[str, ...] = ()
    grounds: tuple[str, ...] = ()
    lenders: tuple[str, ...] = ()
    fields: tuple[Asked, ...] = ()

    @model_validator(mode="after")
    def _consistent(self) -> Kind:
        codes = [one.code for one in self.fields]
        if len(codes) != len(set(codes)):
            raise ValueError("a field stands twice")
        if unknown := set(self.needs) - set(SECTIONS):
            raise ValueError(f"unknown sections {sorted(unknown)}")
        if unknown := {one.when.field for one in self.fields if one.when} - set(codes):
            raise ValueError(f"conditions on unknown fields {sorted(unknown)}")
        if unknown := {total for one in self.fields for total in one.sums.values()} - set(codes):
            raise ValueError(f"sums to unknown fields {sorted(unknown)}")
        return self

    @property
    def templates(self) -> tuple[str, ...]:
        return (*LANGUAGES, "both") if self.side_by_side else LANGUAGES

    @property
    def groups(self) -> tuple[str, ...]:
        """Names of the groups of the kind's own values."""
        return tuple(dict.fromkeys(one.code.split(".")[0] for one in self.fields))


@cache
def kinds() -> dict[str, Kind]:
    """All kinds by code, in the order of codes. Raises ValueError (pydantic's) when a file is wrong."""
    return {path.stem: _read(path) for path in sorted(FOLDER.glob("*.toml"))}


def _read(path: Path) -> Kind:
    return Kind.model_validate({"code": path.stem, **tomllib.loads(path.read_text(encoding="utf-8"))})


def get(code: str) -> Kind | None:
    """The kind, or None for a code that is not known (any more)."""
    return kinds().get(code)


def for_lender(procedure: str, lender_type: str) -> list[Kind]:
    """Kinds that a procedure prepares by itself about a debt to such a lender, the main one first."""
    found = [
        one
        for one in kinds().values()
        if procedure in one.opens_with and (not one.lenders or lender_type in one.lenders)
    ]
    return sorted(found, key=lambda one: not one.main)
