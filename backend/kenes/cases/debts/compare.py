"""Old and new terms of a debt side by side: what is paid each month, altogether, above the principal, and until when."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from enum import StrEnum

from kenes.cases.debts import schedules, trace
from kenes.cases.debts.amounts import spread
from kenes.cases.debts.schedules import Deferral, LoanTerms, Method, Payment, PaymentTooSmall
from kenes.cases.debts.trace import Trace
from kenes.law.terms import add_months


class Arrears(StrEnum):
    """When interest, penalty and fees already owed are paid: at once, or shared over all payments."""

    AT_ONCE = "at_once"
    SPREAD = "spread"


@dataclass(frozen=True, slots=True)
class Position:
    """What is owed on a day. In tiyn."""

    as_of: date
    principal: int
    interest: int = 0
    penalty: int = 0
    fees: int = 0

    @property
    def arrears(self) -> int:
        return self.interest + self.penalty + self.fees

    @property
    def total(self) -> int:
        return self.principal + self.arrears


@dataclass(frozen=True, slots=True)
class Forgiven:
    """What the creditor lets go, in tiyn; never more than is owed."""

    principal: int = 0
    interest: int = 0
    penalty: int = 0
    fees: int = 0

    @property
    def total(self) -> int:
        return self.principal + self.interest + self.penalty + self.fees


@dataclass(frozen=True, slots=True)
class Offer:
    """New (or old) terms. `rate` percent a year; `months` payments after the deferral.

    `payment` is a monthly payment that the parties name, everything in it; the last one takes what is left.
    """

    rate: Decimal
    months: int
    first_due: date
    method: Method = Method.ANNUITY
    deferral_months: int = 0
    deferral: Deferral = Deferral.PRINCIPAL
    arrears: Arrears = Arrears.SPREAD
    forgiven: Forgiven = Forgiven()
    payment: int | None = None


@dataclass(frozen=True, slots=True)
class PlanRow:
    """One payment of a plan. `arrears` is the part that settles what was owed before. In tiyn."""

    number: int
    due: date
    principal: int
    interest: int
    arrears: int
    balance: int

    @property
    def total(self) -> int:
        return self.principal + self.interest + self.arrears


@dataclass(frozen=True, slots=True)
class Plan:
    """A whole way to repay. `overpaid` is everything above the principal; `monthly` the regular payment."""

    rows: list[PlanRow]

    @property
    def total(self) -> int:
        return sum(row.total for row in self.rows)

    @property
    def principal(self) -> int:
        return sum(row.principal for row in self.rows)

    @property
    def overpaid(self) -> int:
        return self.total - self.principal

    @property
    def monthly(self) -> int:
        """The largest payment of those that come month by month."""
        return max((row.total for row in self.rows if row.number > 0), default=0)

    @property
    def now(self) -> int:
        """What has to be paid at once, before the first monthly payment."""
        return sum(row.total for row in self.rows if row.number == 0)

    @property
    def ends(self) -> date | None:
        return self.rows[-1].due if self.rows else None

    @property
    def payments(self) -> int:
        return sum(1 for row in self.rows if row.number > 0)


@dataclass(frozen=True, slots=True)
class Comparison:
    """New minus old: negative figures are what the borrower gains."""

    old: Plan
    new: Plan
    forgiven: int
    trace: Trace

    @property
    def monthly(self) -> int:
        return self.new.monthly - self.old.monthly

    @property
    def total(self) -> int:
        return self.new.total - self.old.total

    @property
    def overpaid(self) -> int:
        return self.new.overpaid - self.old.overpaid

    @property
    def months(self) -> int:
        return self.new.payments - self.old.payments


def plan(owed: Position, offer: Offer) -> Plan:
    """How a debt is repaid under an offer. Forgiving more than is owed forgives what is owed.

    Raises PaymentTooSmall when the payment that is named does not cover the interest.
    """
    left = after_forgiving(owed, offer.forgiven)
    if offer.payment is not None:
        return _by_payment(left, offer, offer.payment)
    terms = LoanTerms(
        left.principal, offer.rate, offer.months, offer.first_due, offer.method, offer.deferral_months,
        offer.deferral,
    )  # fmt: skip
    return with_arrears(schedules.generate(terms), left, offer.arrears, offer.deferral_months)


def _by_payment(left: Position, offer: Offer, payment: int) -> Plan:
    """The same payment every month: its interest first, an even part of what is old, the rest is principal."""
    balance = left.principal
    interest = schedules.month_interest(balance, offer.rate)
    if payment <= interest:
        raise PaymentTooSmall
    paid = interest if offer.deferral is Deferral.PRINCIPAL else 0
    rows = [
        PlanRow(index + 1, add_months(offer.first_due, index), 0, paid, 0, balance)
        for index in range(offer.deferral_months)
    ]
    old = left.arrears + (interest - paid) * offer.deferral_months
    for ahead in range(offer.months, 0, -1):
        interest = schedules.month_interest(balance, offer.rate)
        free = payment - interest
        principal = balance if ahead == 1 else min(balance, free - min(-(-old // ahead), free))
        # What the principal no longer takes goes to what is old.
        arrears = old if ahead == 1 else min(old, free - principal)
        balance, old = balance - principal, old - arrears
        due = add_months(offer.first_due, len(rows))
        rows.append(PlanRow(len(rows) + 1, due, principal, interest, arrears, balance))
        if balance == 0 and old == 0:
            break
    return Plan(rows)


def after_forgiving(owed: Position, forgiven: Forgiven) -> Position:
    """What is left to repay."""
    return replace(
        owed,
        principal=max(0, owed.principal - forgiven.principal),
        interest=max(0, owed.interest - forgiven.interest),
        penalty=max(0, owed.penalty - forgiven.penalty),
        fees=max(0, owed.fees - forgiven.fees),
    )


def with_arrears(rows: Sequence[Payment], owed: Position, how: Arrears, skip: int = 0) -> Plan:
    """A schedule of the principal together with what was owed before: at once as row 0, or shared after `skip` rows."""
    later = len(rows) - skip
    parts = [0] * skip + (spread(owed.arrears, later) if how is Arrears.SPREAD and later else [0] * later)
    made = [
        PlanRow(row.number, row.due, row.principal, row.interest, part, row.balance)
        for row, part in zip(rows, parts, strict=True)
    ]
    if how is Arrears.AT_ONCE and owed.arrears:
        made.insert(0, PlanRow(0, owed.as_of, 0, 0, owed.arrears, owed.principal))
    return Plan(made)


def remaining(owed: Position, future: Sequence[tuple[date, int, int]]) -> Plan:
    """Old terms by the rows (due, principal, interest) of a contract's schedule that are still ahead.

    Principal that these rows do not cover has fallen due already and is owed at once, with the arrears.
    """
    covered = sum(principal for _due, principal, _interest in future)
    at_once = max(0, owed.principal - covered)
    rows: list[PlanRow] = []
    if at_once or owed.arrears:
        rows.append(PlanRow(0, owed.as_of, at_once, 0, owed.arrears, owed.principal - at_once))
    balance = owed.principal - at_once
    for number, (due, principal, interest) in enumerate(future, start=1):
        part = min(principal, balance)
        balance -= part
        rows.append(PlanRow(number, due, part, interest, 0, balance))
    return Plan(rows)


def compare(owed: Position, old: Plan, offer: Offer) -> Comparison:
    """The old plan against an offer, every difference written down."""
    new = plan(owed, offer)
    left = after_forgiving(owed, offer.forgiven)
    forgiven = owed.total - left.total
    steps = Trace()
    steps.add(
        "compare_owed", "{principal} + {interest} + {penalty} + {fees}", trace.money(owed.total),
        principal=trace.money(owed.principal), interest=trace.money(owed.interest),
        penalty=trace.money(owed.penalty), fees=trace.money(owed.fees),
    )  # fmt: skip
    if forgiven:
        steps.add(
            "compare_left", "{owed} − {forgiven}", trace.money(left.total), owed=trace.money(owed.total),
            forgiven=trace.money(forgiven),
        )  # fmt: skip
    for code, was, will in (
        ("compare_monthly", old.monthly, new.monthly),
        ("compare_total", old.total, new.total),
        ("compare_overpaid", old.overpaid, new.overpaid),
    ):
        steps.add(code, "{new} − {old}", trace.money(will - was), new=trace.money(will), old=trace.money(was))
    steps.add(
        "compare_months", "{new} − {old}", trace.months(new.payments - old.payments),
        new=trace.months(new.payments), old=trace.months(old.payments),
    )  # fmt: skip
    return Comparison(old, new, forgiven, steps)
