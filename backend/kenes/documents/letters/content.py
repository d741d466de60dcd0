"""What a document says, as plain values: the snapshot kept (encrypted) with every generated document."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Any, Self

from pydantic import TypeAdapter, ValidationError

from kenes.documents.letters.forms import Language

__all__ = ["Language"]


@dataclass(frozen=True, slots=True)
class Borrower:
    full_name: str
    iin: str
    address: str
    phone: str  # +7XXXXXXXXXX
    email: str  # empty when there is none
    language: str  # ru | kk | en


@dataclass(frozen=True, slots=True)
class Lender:
    kind: str  # a type of `creditors`: BANK | MFO | PAWNSHOP | CREDIT_PARTNERSHIP | COLLECTOR | …
    name: str
    name_kk: str  # empty: made from `name`
    bin: str  # empty when unknown


@dataclass(frozen=True, slots=True)
class Contract:
    number: str
    signed_on: date
    amount_tiyn: int | None
    term_months: int | None
    rate_percent: Decimal | None
    monthly_payment_tiyn: int | None
    collateral: str
    apr_percent: Decimal | None = None
    purpose: str = ""


@dataclass(frozen=True, slots=True)
class Debt:
    principal_tiyn: int
    interest_tiyn: int
    penalty_tiyn: int
    as_of: date
    overdue_since: date | None  # None: no delay yet, the letter is preventive
    overdue_since_source: str  # borrower | document | lender
    apply_by: date | None  # last day of the 30-day window
    fees_tiyn: int = 0
    overdue_tiyn: int | None = None

    @property
    def total_tiyn(self) -> int:
        return self.principal_tiyn + self.interest_tiyn + self.penalty_tiyn + self.fees_tiyn


@dataclass(frozen=True, slots=True)
class OtherDebt:
    """A line of the list of creditors: every contract of the case."""

    lender: Lender
    contract: Contract
    debt: Debt


@dataclass(frozen=True, slots=True)
class Asset:
    kind: str  # a code of `wording.ASSETS`, or what the borrower wrote
    value_tiyn: int
    pledged: bool


@dataclass(frozen=True, slots=True)
class Income:
    source: str
    monthly_now_tiyn: int
    monthly_before_tiyn: int
    avg12_tiyn: int | None
    avg2_tiyn: int | None
    dependents: int
    disabled_dependents: int
    targeted_social_aid: bool


@dataclass(frozen=True, slots=True)
class Hardship:
    code: str
    since: date | None
    text: str


@dataclass(frozen=True, slots=True)
class Relief:
    kinds: tuple[str, ...]
    defer_months: int | None = None
    new_term_months: int | None = None
    new_rate_percent: Decimal | None = None
    new_payment_tiyn: int | None = None
    comment: str = ""


@dataclass(frozen=True, slots=True)
class SmsAgreement:
    """The accepted offer that makes an SMS code the borrower's own signature."""

    version: str
    accepted_on: date
    masked_phone: str


@dataclass(frozen=True, slots=True)
class Representative:
    """Who acts for the borrower, and by what."""

    full_name: str
    iin: str
    power_number: str
    power_date: date | None
    valid_until: date | None


@dataclass(frozen=True, slots=True)
class Platform:
    """The operator of the service, with requisites for contracts and invoices; empty where not set."""

    name: str = ""
    bin: str = ""
    address: str = ""
    bank: str = ""
    bic: str = ""
    iban: str = ""
    kbe: str = ""
    head_name: str = ""
    basis: str = ""


@dataclass(frozen=True, slots=True)
class Replaced:
    """The signed document that this one takes the place of."""

    number: str
    signed_on: date


@dataclass(frozen=True, slots=True)
class Enclosure:
    """A paper that goes along with the letter: its name in both languages, and where the case keeps it (`paper:id`)."""

    ru: str
    kk: str
    place: str = ""


@dataclass(frozen=True, slots=True)
class LetterContent:
    """Parts that a document is not about are absent. `answers`: what the interview asked, by the codes of the fields."""

    number: str
    on_date: date
    borrower: Borrower
    lender: Lender | None = None
    contract: Contract | None = None
    debt: Debt | None = None
    income: Income | None = None
    hardship: Hardship | None = None
    relief: Relief | None = None
    sms_agreement: SmsAgreement | None = None
    attachments: tuple[Enclosure, ...] = ()
    case_number: str = ""
    case_on: date | None = None
    debts: tuple[OtherDebt, ...] = ()
    assets: tuple[Asset, ...] = ()
    representative: Representative | None = None
    platform: Platform = field(default_factory=Platform)
    answers: dict[str, Any] = field(default_factory=dict)
    replaces: Replaced | None = None

    def to_json(self) -> dict[str, Any]:
        """A JSON form that `from_json` reads back: dates in ISO, decimals as text."""
        plain: dict[str, Any] = _form().dump_python(self, mode="json")
        return plain

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> Self:
        """Read the JSON form back. Raises ValueError when it is not one."""
        try:
            return _form().validate_python(data)  # type: ignore[return-value]
        except ValidationError as problem:
            # Without the values: they are somebody's personal data.
            raise ValueError(f"not the content of a letter: {problem.error_count()} errors") from None


@cache
def _form() -> TypeAdapter[LetterContent]:
    return TypeAdapter(LetterContent)
