"""Payment schedules: annuity and decreasing payments, deferral, a fixed payment, early repayment.

Interest of a month is one twelfth of the year's: 30 days of 360, the basis that lenders in Kazakhstan write into consumer
contracts, under which equal payments are equal. Interest is rounded to a tiyn each month; the last payment takes what is left,
so that the parts of principal always add up to the principal.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Final

from kenes.cases.debts.amounts import exact, spread, to_tiyn
from kenes.law.terms import add_months

MAX_MONTHS: Final = 600
_YEAR_PERCENT: Final = Decimal(1200)


class Method(StrEnum):
    """Equal payments, or equal parts of principal with interest falling."""

    ANNUITY = "annuity"
    DIFFERENTIATED = "differentiated"


class Deferral(StrEnum):
    """What is not paid in the first months: the principal alone, or everything."""

    PRINCIPAL = "principal"
    ALL = "all"


class PaymentTooSmall(ValueError):
    """The payment does not even cover the interest: such a debt is never repaid."""


@dataclass(frozen=True, slots=True)
class Payment:
    """One payment; `balance` is the principal left after it. Sums in tiyn."""

    number: int
    due: date
    principal: int
    interest: int
    balance: int

    @property
    def total(self) -> int:
        return self.principal + self.interest


@dataclass(frozen=True, slots=True)
class LoanTerms:
    """How a debt is repaid. `months` counts the payments after the deferral; `rate` is percent a year."""

    principal: int
    rate: Decimal
    months: int
    first_due: date
    method: Method = Method.ANNUITY
    deferral_months: int = 0
    deferral: Deferral = Deferral.PRINCIPAL


def annuity_payment(principal: int, rate: Decimal, months: int) -> int:
    """The equal monthly payment: P·i / (1 − (1+i)⁻ⁿ) with i = rate / 12, rounded to a tiyn."""
    with exact():
        monthly = rate / _YEAR_PERCENT
        if monthly == 0:
            return to_tiyn(Decimal(principal) / months)
        return to_tiyn(principal * monthly / (1 - (1 + monthly) ** -months))


def month_interest(balance: int, rate: Decimal) -> int:
    """Interest of one month on a balance."""
    with exact():
        return to_tiyn(balance * rate / _YEAR_PERCENT)


def generate(terms: LoanTerms) -> list[Payment]:
    """Rows of a schedule. Deferred interest is not added to the principal: it is shared over the later payments."""
    rows, carried = _deferred(terms)
    balance, parts = terms.principal, _principal_parts(terms)
    extra = spread(carried, terms.months)
    for index in range(terms.months):
        interest = month_interest(balance, terms.rate)
        principal = balance if index == terms.months - 1 else min(balance, max(0, parts(index, interest)))
        balance -= principal
        number = terms.deferral_months + index
        rows.append(
            Payment(
                number + 1, add_months(terms.first_due, number), principal, interest + extra[index], balance
            )
        )
    return rows


def _deferred(terms: LoanTerms) -> tuple[list[Payment], int]:
    """Rows of the deferral, and the interest of these months that is still to be paid."""
    interest = month_interest(terms.principal, terms.rate)
    paid = interest if terms.deferral is Deferral.PRINCIPAL else 0
    rows = [
        Payment(index + 1, add_months(terms.first_due, index), 0, paid, terms.principal)
        for index in range(terms.deferral_months)
    ]
    return rows, (interest - paid) * terms.deferral_months


def _principal_parts(terms: LoanTerms) -> Callable[[int, int], int]:
    """Principal of payment `index`, given the interest of its month."""
    if terms.method is Method.DIFFERENTIATED:
        parts = spread(terms.principal, terms.months)
        return lambda index, _interest: parts[index]
    payment = annuity_payment(terms.principal, terms.rate, terms.months)
    return lambda _index, interest: payment - interest


def by_payment(principal: int, rate: Decimal, payment: int, first_due: date) -> list[Payment]:
    """Rows of a debt repaid by a fixed monthly payment. Raises PaymentTooSmall when it would take over 50 years."""
    rows: list[Payment] = []
    balance = principal
    while balance > 0:
        interest = month_interest(balance, rate)
        part = min(balance, payment - interest)
        if part <= 0 or len(rows) >= MAX_MONTHS:
            raise PaymentTooSmall
        balance -= part
        rows.append(Payment(len(rows) + 1, add_months(first_due, len(rows)), part, interest, balance))
    return rows


class EarlyMode(StrEnum):
    """What becomes smaller after paying more: the number of payments, or each of them."""

    TERM = "term"
    PAYMENT = "payment"


@dataclass(frozen=True, slots=True)
class EarlyRepayment:
    """A schedule after `extra` was paid together with payment `after`, and what it saves in interest."""

    rows: list[Payment]
    saved_tiyn: int
    months_fewer: int


def repay_early(
    rows: Sequence[Payment], rate: Decimal, after: int, extra: int, mode: EarlyMode
) -> EarlyRepayment:
    """Pay `extra` with payment number `after` (0 < after < number of rows) of equal payments without a deferral.

    No more than what is left is taken. Raises ValueError outside of the schedule.
    """
    if not 0 < after < len(rows) or extra <= 0:
        raise ValueError("no such payment to add to")
    done, left = list(rows[:after]), rows[after:]
    last = done[-1]
    extra = min(extra, last.balance)
    balance = last.balance - extra
    done[-1] = replace(last, principal=last.principal + extra, balance=balance)
    if balance == 0:
        rest: list[Payment] = []
    elif mode is EarlyMode.PAYMENT:
        rest = generate(LoanTerms(balance, rate, len(left), left[0].due))
    else:
        rest = by_payment(balance, rate, max(row.total for row in left), left[0].due)
    whole = [*done, *(replace(row, number=after + index + 1) for index, row in enumerate(rest))]
    saved = sum(row.interest for row in rows) - sum(row.interest for row in whole)
    return EarlyRepayment(whole, saved, len(rows) - len(whole))
