"""Annual effective rate (ГЭСВ) by the regulator's formula, and its check against the cap.

The rate r at which what was given equals what is paid back: Σ Pⱼ / (1 + r)^(dⱼ / 365), where dⱼ are calendar days from the
day of lending. The result is rounded to a tenth of a percent, half up, as the rules of calculation say.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum
from typing import Final

from kenes.cases.debts import trace
from kenes.cases.debts.amounts import HUNDRED, exact
from kenes.cases.debts.trace import Trace

YEAR_DAYS: Final = 365
_TENTH: Final = Decimal("0.1")
# Above this (ten thousand times a year) a rate has no meaning.
_HIGHEST: Final = 10_000.0
_STEPS: Final = 200
# How near to an edge a rate must be for its rounding to be decided exactly, and what counts as no tiyn at all.
_NEAR: Final = Decimal("0.0000001")
_NOTHING: Final = Decimal("1E-20")


@dataclass(frozen=True, slots=True)
class Flow:
    """Money on a day: what the borrower received is negative, what he pays is positive. In tiyn."""

    day: date
    tiyn: int


class RateVerdict(StrEnum):
    WITHIN = "within"
    ABOVE = "above"
    CANNOT_TELL = "cannot_tell"


@dataclass(frozen=True, slots=True)
class Cap:
    """A cap of the law: percent, and the code of the rate."""

    value: Decimal
    code: str


@dataclass(slots=True)
class RateCheck:
    """What was found. `rate` is percent a year to a tenth; `reasons` are codes of what is missing or noticed."""

    verdict: RateVerdict
    rate: Decimal | None = None
    reasons: list[str] = field(default_factory=list)
    trace: Trace = field(default_factory=Trace)


def present_value(flows: Sequence[Flow], percent: Decimal) -> Decimal:
    """Sum of the flows brought to the first day at `percent` a year; exact to many digits."""
    start = flows[0].day
    with exact():
        growth = (1 + percent / HUNDRED).ln()
        return sum(
            (flow.tiyn * (-growth * (flow.day - start).days / YEAR_DAYS).exp() for flow in flows), Decimal(0)
        )


def solve(flows: Sequence[Flow]) -> Decimal | None:
    """The annual effective rate in percent, unrounded (about 12 digits); None when no rate makes the flows equal."""
    start = flows[0].day
    timed = [((flow.day - start).days / YEAR_DAYS, flow.tiyn) for flow in flows]

    def value(rate: float) -> float:
        return math.fsum(tiyn * math.pow(1.0 + rate, -years) for years, tiyn in timed)

    low, high = -0.99, _HIGHEST
    at_low, at_high = value(low), value(high)
    if at_low == at_high or at_low < 0 or at_high > 0:
        return None
    for _step in range(_STEPS):
        middle = (low + high) / 2
        if value(middle) > 0:
            low = middle
        else:
            high = middle
    return Decimal(repr((low + high) / 2)) * HUNDRED


def rounded(percent: Decimal) -> Decimal:
    """To a tenth of a percent, half up."""
    return percent.quantize(_TENTH, rounding=ROUND_HALF_UP)


def rounded_rate(flows: Sequence[Flow]) -> Decimal | None:
    """`solve` to a tenth, half up; a rate on the edge between two tenths is decided exactly."""
    found = solve(flows)
    if found is None:
        return None
    edge = (found - _TENTH / 2).quantize(_TENTH) + _TENTH / 2
    if abs(found - edge) > _NEAR or edge <= -HUNDRED:
        return rounded(found)
    # Payments are worth more than what was lent at the edge: the rate is not below it.
    return rounded(edge) if present_value(flows, edge) > -_NOTHING else rounded(edge - _NEAR)


def check(
    *,
    given: int,
    fees: int,
    given_on: date,
    payments: Sequence[Flow],
    stated: Decimal | None,
    cap: Cap | None,
) -> RateCheck:
    """Compare a loan with the cap in force at its date.

    `given` is the sum of the contract, `fees` what was taken at once, `payments` all payments by the contract; without them the
    rate stated in the contract is compared.
    """
    found = RateCheck(RateVerdict.CANNOT_TELL)
    if payments and given > fees:
        rate = _counted(found, given, fees, given_on, payments)
    else:
        found.reasons.append("payments_unknown" if not payments else "nothing_given")
        rate = None
    if rate is not None and stated is not None and abs(rate - rounded(stated)) > _TENTH:
        found.reasons.append("differs_from_stated")
    if rate is None and stated is not None:
        rate = rounded(stated)
        found.trace.add("rate_stated", "{stated}", trace.percent(rate), stated=trace.percent(stated))
    found.rate = rate
    if cap is None:
        found.reasons.append("cap_unknown")
    if rate is None or cap is None:
        return found
    over = rate - cap.value
    found.trace.add(
        "rate_over_cap", "{rate} − {cap}", trace.percent(over), rate=trace.percent(rate),
        cap=trace.percent(cap.value, cap.code),
    )  # fmt: skip
    found.verdict = RateVerdict.ABOVE if over > 0 else RateVerdict.WITHIN
    return found


def _counted(
    found: RateCheck, given: int, fees: int, given_on: date, payments: Sequence[Flow]
) -> Decimal | None:
    received, paid = given - fees, sum(flow.tiyn for flow in payments)
    found.trace.add(
        "rate_received", "{given} − {fees}", trace.money(received), given=trace.money(given), fees=trace.money(fees)
    )  # fmt: skip
    found.trace.add(
        "rate_payments", "{count} × {payment}", trace.money(paid), count=trace.number(len(payments)),
        payment=trace.money(payments[0].tiyn),
    )  # fmt: skip
    rate = rounded_rate([Flow(given_on, -received), *payments])
    if rate is None:
        found.reasons.append("no_rate")
        return None
    found.trace.add(
        "rate_found", "{received} = Σ {paid} / (1 + r)^(d / 365)", trace.percent(rate), received=trace.money(received),
        paid=trace.money(paid),
    )  # fmt: skip
    return rate


def daily_rate(given: int, paid: int, days: int) -> Decimal:
    """Cost of a short loan a day, in percent of what was given, to a thousandth."""
    with exact():
        return (Decimal(paid - given) * HUNDRED / given / days).quantize(Decimal("0.001"), ROUND_HALF_UP)


def check_daily(found: RateCheck, *, given: int, paid: int, days: int, cap: Cap) -> None:
    """The other cap of short microcredits: their cost a day. The check becomes ABOVE when it is exceeded."""
    rate = daily_rate(given, paid, days)
    found.trace.add(
        "rate_daily", "({paid} − {given}) / {given} / {days}", trace.percent(rate), paid=trace.money(paid),
        given=trace.money(given), days=trace.days(days),
    )  # fmt: skip
    over = rate - cap.value
    found.trace.add(
        "rate_daily_over_cap", "{rate} − {cap}", trace.percent(over), rate=trace.percent(rate),
        cap=trace.percent(cap.value, cap.code),
    )  # fmt: skip
    if over > 0:
        found.verdict = RateVerdict.ABOVE
        found.reasons.append("daily_above")
