"""What a letter says, as plain values: the snapshot kept (encrypted) with every generated document."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any, Literal, Self

Language = Literal["ru", "kk"]


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
    kind: str  # BANK | MFO | PAWNSHOP | CREDIT_PARTNERSHIP
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


@dataclass(frozen=True, slots=True)
class Debt:
    principal_tiyn: int
    interest_tiyn: int
    penalty_tiyn: int
    as_of: date
    overdue_since: date | None  # None: no delay yet, the letter is preventive
    overdue_since_source: str  # borrower | document | lender
    apply_by: date | None  # last day of the 30-day window

    @property
    def total_tiyn(self) -> int:
        return self.principal_tiyn + self.interest_tiyn + self.penalty_tiyn


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
class LetterContent:
    number: str
    on_date: date
    borrower: Borrower
    lender: Lender
    contract: Contract
    debt: Debt
    income: Income
    hardship: Hardship
    relief: Relief
    sms_agreement: SmsAgreement | None = None
    attachments: tuple[str, ...] = field(default=())

    def to_json(self) -> dict[str, Any]:
        """A JSON form that `from_json` reads back: dates in ISO, decimals as text."""
        return {key: _plain(value) for key, value in asdict(self).items()}

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> Self:
        """Read the JSON form back. Raises KeyError or ValueError when it is not one."""
        agreement = data["sms_agreement"]
        return cls(
            number=data["number"],
            on_date=date.fromisoformat(data["on_date"]),
            borrower=Borrower(**data["borrower"]),
            lender=Lender(**data["lender"]),
            contract=Contract(
                **{
                    **data["contract"],
                    "signed_on": date.fromisoformat(data["contract"]["signed_on"]),
                    "rate_percent": _decimal(data["contract"]["rate_percent"]),
                }
            ),
            debt=Debt(
                **{
                    **data["debt"],
                    "as_of": date.fromisoformat(data["debt"]["as_of"]),
                    "overdue_since": _day(data["debt"]["overdue_since"]),
                    "apply_by": _day(data["debt"]["apply_by"]),
                }
            ),
            income=Income(**data["income"]),
            hardship=Hardship(**{**data["hardship"], "since": _day(data["hardship"]["since"])}),
            relief=Relief(
                **{
                    **data["relief"],
                    "kinds": tuple(data["relief"]["kinds"]),
                    "new_rate_percent": _decimal(data["relief"]["new_rate_percent"]),
                }
            ),
            sms_agreement=None
            if agreement is None
            else SmsAgreement(**{**agreement, "accepted_on": date.fromisoformat(agreement["accepted_on"])}),
            attachments=tuple(data["attachments"]),
        )


def _plain(value: object) -> object:
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in value.items()}
    if isinstance(value, tuple | list):
        return [_plain(item) for item in value]
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return str(value)
    return value


def _day(value: str | None) -> date | None:
    return None if value is None else date.fromisoformat(value)


def _decimal(value: str | None) -> Decimal | None:
    return None if value is None else Decimal(value)
