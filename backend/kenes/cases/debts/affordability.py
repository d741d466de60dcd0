"""What a borrower can bear: income, what the law leaves to him and his family, and what is left for payments."""

from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum

from kenes.cases.debts import trace
from kenes.cases.debts.amounts import HUNDRED, exact, share, to_tiyn
from kenes.cases.debts.trace import Trace


class BurdenVerdict(StrEnum):
    """`bearable`: payments fit; `heavy`: they leave less than the law keeps or go over the limit; `nothing_left`: no room at all."""

    BEARABLE = "bearable"
    HEAVY = "heavy"
    NOTHING_LEFT = "nothing_left"
    CANNOT_TELL = "cannot_tell"


@dataclass(frozen=True, slots=True)
class Household:
    """Monthly income in tiyn; disabled dependants are part of the dependants."""

    income: int
    dependants: int
    disabled: int


@dataclass(frozen=True, slots=True)
class Shares:
    """The subsistence minimum in tiyn, and what part of it (percent) is kept for whom; the limit of payments to income."""

    minimum: int
    self_percent: Decimal
    dependant_percent: Decimal
    disabled_percent: Decimal
    limit_percent: Decimal


@dataclass(slots=True)
class Affordability:
    """`kept` stays with the family, `bearable` is the largest payment a month, `payments` what is asked now. In tiyn."""

    verdict: BurdenVerdict
    kept: int = 0
    left: int = 0
    bearable: int = 0
    payments: int = 0
    burden_percent: Decimal | None = None
    reasons: list[str] = field(default_factory=list)
    trace: Trace = field(default_factory=Trace)


def assess(home: Household, payments: int, shares: Shares, *, payments_known: bool = True) -> Affordability:
    """Compare payments a month with what is left after the kept minimum and with the limit of the debt burden."""
    found = Affordability(BurdenVerdict.CANNOT_TELL, payments=payments)
    found.kept = _kept(found.trace, home, shares)
    found.left = max(0, home.income - found.kept)
    found.trace.add(
        "afford_left", "max(0; {income} − {kept})", trace.money(found.left), income=trace.money(home.income),
        kept=trace.money(found.kept),
    )  # fmt: skip
    most = share(home.income, shares.limit_percent)
    found.trace.add(
        "afford_limit", "{income} × {limit}", trace.money(most), income=trace.money(home.income),
        limit=trace.percent(shares.limit_percent, "DEBT_BURDEN_LIMIT"),
    )  # fmt: skip
    found.bearable = min(found.left, most)
    found.trace.add(
        "afford_bearable", "min({left}; {most})", trace.money(found.bearable), left=trace.money(found.left),
        most=trace.money(most),
    )  # fmt: skip
    _judge(found, home, most, payments_known=payments_known)
    return found


def _kept(steps: Trace, home: Household, shares: Shares) -> int:
    disabled = min(home.disabled, home.dependants)
    others = home.dependants - disabled
    with exact():
        parts = shares.self_percent + shares.disabled_percent * disabled + shares.dependant_percent * others
        kept = to_tiyn(shares.minimum * parts / HUNDRED)
    steps.add(
        "afford_kept", "{minimum} × ({own} + {disabled_share} × {disabled} + {dependant_share} × {others})",
        trace.money(kept), minimum=trace.money(shares.minimum),
        own=trace.percent(shares.self_percent, "KEEP_SELF"),
        disabled_share=trace.percent(shares.disabled_percent, "KEEP_DISABLED"), disabled=trace.number(disabled),
        dependant_share=trace.percent(shares.dependant_percent, "KEEP_DEPENDANT"), others=trace.number(others),
    )  # fmt: skip
    return kept


def _judge(found: Affordability, home: Household, most: int, *, payments_known: bool) -> None:
    payments = found.payments
    if home.income:
        with exact():
            found.burden_percent = (Decimal(payments) * HUNDRED / home.income).quantize(Decimal("0.1"))
        found.trace.add(
            "afford_burden", "{payments} / {income}", trace.percent(found.burden_percent),
            payments=trace.money(payments), income=trace.money(home.income),
        )  # fmt: skip
    if found.left == 0:
        found.verdict = BurdenVerdict.NOTHING_LEFT
        found.reasons.append("income_below_minimum")
        return
    if not payments_known:
        found.reasons.append("payments_unknown")
    if payments > found.left:
        found.reasons.append("below_minimum_after_payments")
    if payments > most:
        found.reasons.append("over_burden_limit")
    if payments > found.bearable:
        found.verdict = BurdenVerdict.HEAVY
    elif payments_known:
        found.verdict = BurdenVerdict.BEARABLE
