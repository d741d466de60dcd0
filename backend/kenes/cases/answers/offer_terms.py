"""Terms of an offer: the schedule that follows from them, and what changes for the borrower. Pure; sums in tiyn.

The schedule itself is made by `kenes.cases.debts`: what is left of the principal is paid in equal monthly payments, and what is
old (interest, penalty, fees that are not forgiven, interest of the months of deferral) is shared over them without interest of
its own. In months of deferral nothing is paid. A payment that the parties name holds everything; the last one takes the rest.
"""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Final

from kenes.cases.debts import compare, schedules
from kenes.cases.debts.amounts import share
from kenes.cases.debts.compare import Forgiven, Offer, PlanRow, Position

MAX_MONTHS: Final = schedules.MAX_MONTHS


@dataclass(frozen=True, slots=True)
class Debt:
    """A debt as both sides know it. `rate_percent` a year; unknown figures are None."""

    principal_tiyn: int
    interest_tiyn: int
    penalty_tiyn: int
    rate_percent: Decimal | None = None
    monthly_payment_tiyn: int | None = None
    ends_on: date | None = None
    fees_tiyn: int = 0

    @property
    def arrears_tiyn(self) -> int:
        return self.interest_tiyn + self.penalty_tiyn + self.fees_tiyn


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
        if terms.payment_tiyn <= schedules.month_interest(left, _rate(debt, terms)):
            return TermsProblem("payment_tiyn", "below_interest")
    return None


def forgiven(debt: Debt, terms: Terms) -> tuple[int, int, int]:
    """What is forgiven of principal, interest and penalty."""
    return (
        terms.forgive_principal_tiyn,
        share(debt.interest_tiyn, Decimal(terms.forgive_interest_percent)),
        share(debt.penalty_tiyn, Decimal(terms.forgive_penalty_percent)),
    )


def schedule(debt: Debt, terms: Terms) -> list[PlanRow]:
    """The payments month by month. Raises TermsProblem."""
    problem = problem_of(debt, terms)
    if problem is not None:
        raise problem
    owed = Position(
        terms.first_payment_on, debt.principal_tiyn, debt.interest_tiyn, debt.penalty_tiyn, debt.fees_tiyn
    )
    offer = Offer(
        _rate(debt, terms), terms.term_months - terms.defer_months, terms.first_payment_on,
        deferral_months=terms.defer_months, deferral=schedules.Deferral.ALL,
        forgiven=Forgiven(*forgiven(debt, terms)), payment=terms.payment_tiyn,
    )  # fmt: skip
    return compare.plan(owed, offer).rows


def outcome_of(debt: Debt, rows: Sequence[PlanRow]) -> Outcome:
    """The figures of a schedule; the payment is that of the first month in which something is paid."""
    total = sum(row.total for row in rows)
    return Outcome(
        payment_tiyn=next((row.total for row in rows if row.total), 0),
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
    total = max(ahead, debt.principal_tiyn) + debt.arrears_tiyn
    return Outcome(
        debt.monthly_payment_tiyn, total, total - debt.principal_tiyn, max(debt.ends_on, today), months
    )


def _rate(debt: Debt, terms: Terms) -> Decimal:
    rate = terms.rate_percent if terms.rate_percent is not None else debt.rate_percent
    return rate or Decimal(0)
