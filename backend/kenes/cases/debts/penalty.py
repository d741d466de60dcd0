"""A penalty as accrued against what the law allows.

For each missed payment: a share of it for each of the first days of its delay, another share (none for consumer debts) for the
days after; and for everything a limit by the sum of the loan and the years of the contract. The smaller of the two is allowed.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum

from kenes.cases.debts import overdue, trace
from kenes.cases.debts.amounts import HUNDRED, exact, to_tiyn
from kenes.cases.debts.trace import Trace, Unit, Value


class PenaltyVerdict(StrEnum):
    NONE = "none"
    WITHIN = "within"
    ABOVE = "above"
    CANNOT_TELL = "cannot_tell"


@dataclass(frozen=True, slots=True)
class Missed:
    """A payment missed on `since`, still unpaid. In tiyn."""

    tiyn: int
    since: date


@dataclass(frozen=True, slots=True)
class PenaltyCaps:
    """Shares a day in percent, how many days the first one holds, and the limit a year in percent of the loan (None: no limit)."""

    day_first: Decimal
    first_days: int
    day_after: Decimal
    year_limit: Decimal | None


@dataclass(slots=True)
class PenaltyCheck:
    """`allowed` and `excess` in tiyn; `at_least` says that the excess may be larger, because the overdue sum is a bound."""

    verdict: PenaltyVerdict
    allowed: int | None = None
    excess: int = 0
    at_least: bool = False
    reasons: list[str] = field(default_factory=list)
    trace: Trace = field(default_factory=Trace)


def allowed_for(missed: Missed, as_of: date, caps: PenaltyCaps) -> int:
    """The largest penalty for one missed payment on a day."""
    late = overdue.days_between(missed.since, as_of)
    first, after = min(late, caps.first_days), max(0, late - caps.first_days)
    with exact():
        return to_tiyn(missed.tiyn * (caps.day_first * first + caps.day_after * after) / HUNDRED)


def contract_years(signed: date, as_of: date) -> int:
    """Years of the contract that have begun by the day; at least one."""
    whole = as_of.year - signed.year - ((as_of.month, as_of.day) < (signed.month, signed.day))
    return max(1, whole + 1)


def check(
    *, accrued: int, missed: Sequence[Missed], as_of: date, loan: int | None, signed: date, caps: PenaltyCaps,
    is_bound: bool = False,
) -> PenaltyCheck:  # fmt: skip
    """Compare an accrued penalty with the caps. `is_bound`: the overdue sum is not known and stands for the largest possible."""
    if accrued == 0:
        return PenaltyCheck(PenaltyVerdict.NONE)
    found = PenaltyCheck(PenaltyVerdict.CANNOT_TELL)
    if not missed:
        found.reasons.append("delay_unknown")
        return found
    allowed = _by_days(found.trace, missed, as_of, caps)
    if caps.year_limit is not None and loan is not None:
        allowed = _limited(found.trace, allowed, loan, contract_years(signed, as_of), caps.year_limit)
    elif loan is None:
        found.reasons.append("loan_unknown")
    found.allowed, found.excess = allowed, max(0, accrued - allowed)
    found.trace.add(
        "penalty_excess", "{accrued} − {allowed}", trace.money(accrued - allowed), accrued=trace.money(accrued),
        allowed=trace.money(allowed),
    )  # fmt: skip
    if is_bound:
        found.reasons.append("overdue_is_bound")
    if found.excess:
        found.verdict, found.at_least = PenaltyVerdict.ABOVE, is_bound
    elif not is_bound:
        found.verdict = PenaltyVerdict.WITHIN
    return found


def _by_days(steps: Trace, missed: Sequence[Missed], as_of: date, caps: PenaltyCaps) -> int:
    """Sum over the missed payments; each is a line of its own."""
    total = 0
    for part in missed:
        late = overdue.count(part.since, as_of, steps)
        first, after = min(late, caps.first_days), max(0, late - caps.first_days)
        allowed = allowed_for(part, as_of, caps)
        steps.add(
            "penalty_by_days", "{overdue} × ({rate} × {first} + {rate_after} × {after})", trace.money(allowed),
            overdue=trace.money(part.tiyn), rate=trace.percent(caps.day_first, "PENALTY_DAY_FIRST"),
            first=trace.days(first, "PENALTY_FIRST_DAYS"), after=trace.days(after),
            rate_after=trace.percent(caps.day_after, "PENALTY_DAY_AFTER"),
        )  # fmt: skip
        total += allowed
    if len(missed) > 1:
        steps.add("penalty_sum", "Σ {count}", trace.money(total), count=trace.number(len(missed)))
    return total


def _limited(steps: Trace, by_days: int, loan: int, years: int, limit: Decimal) -> int:
    with exact():
        most = to_tiyn(loan * limit * years / HUNDRED)
    steps.add(
        "penalty_limit", "{loan} × {limit} × {years}", trace.money(most), loan=trace.money(loan),
        limit=trace.percent(limit, "PENALTY_YEAR_LIMIT"), years=Value(years, Unit.YEARS),
    )  # fmt: skip
    allowed = min(by_days, most)
    steps.add(
        "penalty_allowed", "min({by_days}; {most})", trace.money(allowed), by_days=trace.money(by_days),
        most=trace.money(most),
    )  # fmt: skip
    return allowed
