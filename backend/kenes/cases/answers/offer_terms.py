"""Terms of an offer: the schedule that follows from them, and what changes for the borrower. Pure; sums in tiyn.

How a schedule is made: the principal that is left after what is forgiven is paid in equal monthly payments (annuity, rate a
year divided by twelve). Interest and penalty that are not forgiven, and the interest of the months of deferral, are spread
evenly and bear no interest of their own. In months of deferral nothing is paid.
"""

import calendar
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Any, Final

MAX_MONTHS: Final = 600


@dataclass(frozen=True, slots=True)
class Debt:
    """A debt as both sides know it. `rate_percent` a year; unknown figures are None."""

    principal_tiyn: int
    interest_tiyn: int
    penalty_tiyn: int
    rate_percent: Decimal | None = None
    monthly_payment_tiyn: int | None = None
    ends_on: date | None = None

    @property
    def total_tiyn(self) -> int:
        return self.principal_tiyn + self.interest_tiyn + self.penalty_tiyn


@dataclass(frozen=True, slots=True)
class Terms:
    """What is offered. `term_months` counts from the first month, those of deferral included."""

    term_months: int
    first_payment_on: date
    rate_percent: Decimal | None = None
    defer_months: int = 0
    payment_tiyn: int | None = None
    forgive_principal_tiyn: int = 0
    forgive_interest_percent: int = 0
    forgive_penalty_percent: int = 0

    def as_json(self) -> dict[str, Any]:
        """Plain values for a JSON column."""
        rate = None if self.rate_percent is None else str(self.rate_percent)
        return {**asdict(self), "rate_percent": rate, "first_payment_on": self.first_payment_on.isoformat()}

    @classmethod
    def from_json(cls, kept: Mapping[str, Any]) -> "Terms":
        """What `as_json` gave."""
        rate = kept["rate_percent"]
        return cls(
            **{
                **kept,
                "rate_percent": None if rate is None else Decimal(rate),
                "first_payment_on": date.fromisoformat(kept["first_payment_on"]),
            }
        )


@dataclass(frozen=True, slots=True)
class Row:
    """One month of a schedule; `other_tiyn` is interest and penalty from before."""

    number: int
    due: date
    payment_tiyn: int
    principal_tiyn: int
    interest_tiyn: int
    other_tiyn: int
    balance_tiyn: int


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one has to pay: by the month, in all, above the principal, and until when. None where it cannot be known."""

    payment_tiyn: int | None
    total_tiyn: int | None
    overpayment_tiyn: int | None
    ends_on: date | None
    months: int | None


class TermsProblem(Exception):
    """Terms that make no schedule; `field` and `code` say which and why."""

    def __init__(self, field: str, code: str) -> None:
        self.field, self.code = field, code
        super().__init__(f"{field}: {code}")


def problem_of(debt: Debt, terms: Terms) -> TermsProblem | None:
    """Why these terms make no schedule for this debt; None when they do."""
    if not 1 <= terms.term_months <= MAX_MONTHS:
        return TermsProblem("term_months", "out_of_range")
    if not 0 <= terms.defer_months < terms.term_months:
        return TermsProblem("defer_months", "longer_than_term")
    if terms.forgive_principal_tiyn > debt.principal_tiyn:
        return TermsProblem("forgive_principal_tiyn", "more_than_debt")
    if terms.payment_tiyn is not None:
        left = debt.principal_tiyn - terms.forgive_principal_tiyn
        if terms.payment_tiyn <= _interest(left, _rate(debt, terms)):
            return TermsProblem("payment_tiyn", "below_interest")
    return None


def forgiven(debt: Debt, terms: Terms) -> tuple[int, int, int]:
    """What is forgiven of principal, interest and penalty."""
    return (
        terms.forgive_principal_tiyn,
        _part(debt.interest_tiyn, terms.forgive_interest_percent),
        _part(debt.penalty_tiyn, terms.forgive_penalty_percent),
    )


def schedule(debt: Debt, terms: Terms) -> list[Row]:
    """The payments month by month. Raises TermsProblem."""
    problem = problem_of(debt, terms)
    if problem is not None:
        raise problem
    off_principal, off_interest, off_penalty = forgiven(debt, terms)
    balance = debt.principal_tiyn - off_principal
    rate = _rate(debt, terms)
    other = debt.interest_tiyn - off_interest + debt.penalty_tiyn - off_penalty
    rows = []
    for number in range(1, terms.defer_months + 1):
        other += _interest(balance, rate)
        rows.append(Row(number, due_of(terms, number), 0, 0, 0, 0, balance))
    months = terms.term_months - terms.defer_months
    even = terms.payment_tiyn or _annuity(balance, rate, months) + -(-other // months)
    for place in range(months):
        number, last = terms.defer_months + place + 1, place == months - 1
        row = _pay(number, due_of(terms, number), balance, other, even, rate, months - place, last=last)
        balance, other = row.balance_tiyn, other - row.other_tiyn
        rows.append(row)
        if balance == 0 and other == 0:
            break
    return rows


def _pay(
    number: int, due: date, balance: int, other: int, even: int, rate: Decimal, left: int, *, last: bool
) -> Row:
    """One payment: interest of the month first, then an even part of what is old, the rest is principal."""
    interest = _interest(balance, rate)
    if last:
        return Row(number, due, interest + other + balance, balance, interest, other, 0)
    free = max(even - interest, 0)
    principal = min(balance, free - min(-(-other // left), free))
    # What the principal no longer takes goes to what is old.
    old = min(other, free - principal)
    return Row(number, due, interest + old + principal, principal, interest, old, balance - principal)


def due_of(terms: Terms, number: int) -> date:
    """Day of a payment: the day of the first one in later months, or the last day of a shorter month."""
    return add_months(terms.first_payment_on, number - 1)


def add_months(day: date, months: int) -> date:
    """The same day of a later month, or the last day of a shorter one."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def outcome_of(debt: Debt, rows: list[Row]) -> Outcome:
    """The figures of a schedule; the payment is that of the first month in which something is paid."""
    paid = [row for row in rows if row.payment_tiyn]
    total = sum(row.payment_tiyn for row in rows)
    return Outcome(
        payment_tiyn=paid[0].payment_tiyn if paid else 0,
        total_tiyn=total,
        overpayment_tiyn=total - debt.principal_tiyn,
        ends_on=rows[-1].due if rows else None,
        months=len(rows),
    )


def outcome_as_it_is(debt: Debt, today: date) -> Outcome:
    """What one would pay if nothing changed: the arrears now and the present payment until the end of the contract."""
    if debt.monthly_payment_tiyn is None or debt.ends_on is None:
        return Outcome(debt.monthly_payment_tiyn, None, None, debt.ends_on, None)
    months = max(0, (debt.ends_on.year - today.year) * 12 + debt.ends_on.month - today.month)
    ahead = debt.monthly_payment_tiyn * months
    total = max(ahead, debt.principal_tiyn) + debt.interest_tiyn + debt.penalty_tiyn
    return Outcome(
        debt.monthly_payment_tiyn, total, total - debt.principal_tiyn, max(debt.ends_on, today), months
    )


def _rate(debt: Debt, terms: Terms) -> Decimal:
    rate = terms.rate_percent if terms.rate_percent is not None else debt.rate_percent
    return rate or Decimal(0)


def _interest(balance: int, rate_percent: Decimal) -> int:
    return _whole(Decimal(balance) * rate_percent / 1200)


def _annuity(balance: int, rate_percent: Decimal, months: int) -> int:
    monthly = rate_percent / 1200
    if not monthly:
        return -(-balance // months)
    factor = (1 + monthly) ** months
    return _whole(Decimal(balance) * monthly * factor / (factor - 1))


def _part(sum_tiyn: int, percent: int) -> int:
    return _whole(Decimal(sum_tiyn) * percent / 100)


def _whole(value: Decimal) -> int:
    return int(value.quantize(Decimal(1), rounding=ROUND_HALF_UP))
