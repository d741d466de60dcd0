"""Checks of a debt against the law: delay, penalty, effective rate. From rows and rates to pure arithmetic and back."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Final

from kenes.cases.debts import effective_rate, overdue, penalty, schedules
from kenes.cases.debts.effective_rate import Cap, Flow, RateCheck
from kenes.cases.debts.penalty import Missed, PenaltyCaps
from kenes.cases.debts.schedules import LoanTerms
from kenes.cases.debts.trace import Line, Trace, Value, money, percent
from kenes.cases.debts.trace import days as in_days
from kenes.cases.models import ContractKind, Obligation, ScheduleKind
from kenes.cases.obligations.debt_reading import DebtView, LawFigures
from kenes.creditors.models import CreditorType
from kenes.foundation import clock
from kenes.law.models import IndexCode
from kenes.law.rates import RateInForce
from kenes.law.terms import add_months

_CAPS: Final = {
    ContractKind.UNSECURED: "APR_CAP_UNSECURED",
    ContractKind.CARD: "APR_CAP_UNSECURED",
    ContractKind.SECURED: "APR_CAP_SECURED",
    ContractKind.MORTGAGE: "APR_CAP_MORTGAGE",
    ContractKind.MICROCREDIT: "APR_CAP_MICROCREDIT",
    ContractKind.MICROCREDIT_SHORT: "APR_CAP_MICROCREDIT_SHORT",
}
_PENALTY: Final = ("PENALTY_DAY_FIRST", "PENALTY_FIRST_DAYS", "PENALTY_DAY_AFTER")


@dataclass(slots=True)
class Check:
    """What a check found: verdict and reasons as codes, figures, every step, and the rates it rests on."""

    code: str
    verdict: str
    reasons: list[str] = field(default_factory=list)
    figures: dict[str, Value] = field(default_factory=dict)
    lines: list[Line] = field(default_factory=list)
    rates: list[RateInForce] = field(default_factory=list)

    @property
    def needs_review(self) -> bool:
        return any(rate.needs_review for rate in self.rates)


def of_debt(view: DebtView, law: LawFigures) -> list[Check]:
    """All checks of a debt, in the order in which they are shown."""
    return [delay(view.debt), of_penalty(view, law), of_rate(view, law)]


def delay(debt: Obligation) -> Check:
    """How long the debt is in delay today."""
    if debt.overdue_since is None:
        return Check("overdue", "none")
    steps = Trace()
    late = overdue.count(debt.overdue_since, clock.today(), steps)
    return Check("overdue", "late" if late else "none", figures={"days": in_days(late)}, lines=steps.lines)


def of_penalty(view: DebtView, law: LawFigures) -> Check:
    """The accrued penalty against the caps in force when the delay began."""
    debt, split = view.debt, view.current
    if split.penalty_tiyn == 0:
        return Check("penalty", "none")
    since = debt.overdue_since
    found = {} if since is None else {code: law.rates.find(code, since) for code in _PENALTY}
    if since is None or any(rate is None for rate in found.values()):
        reason = "delay_unknown" if since is None else "cap_unknown"
        return Check("penalty", "cannot_tell", [reason])
    limit = law.rates.find("PENALTY_YEAR_LIMIT", since)
    first, days, after = (rate.value for rate in found.values() if rate is not None)
    missed, is_bound = _missed(view, since)
    checked = penalty.check(
        accrued=split.penalty_tiyn, missed=missed, as_of=split.as_of, loan=debt.original_amount_tiyn,
        signed=debt.contract_date, is_bound=is_bound,
        caps=PenaltyCaps(first, int(days), after, None if limit is None else limit.value),
    )  # fmt: skip
    figures = {"accrued": money(split.penalty_tiyn), "excess": money(checked.excess)}
    if checked.allowed is not None:
        figures["allowed"] = money(checked.allowed)
    reasons = [*checked.reasons, *(["at_least"] if checked.at_least else [])]
    return _with_rates(
        Check("penalty", checked.verdict.value, reasons, figures, checked.trace.lines), law, since
    )


def _missed(view: DebtView, since: date) -> tuple[list[Missed], bool]:
    """Missed payments by the schedule of the contract, else the overdue sum, else the largest it can be."""
    as_of, contract = view.current.as_of, view.live(ScheduleKind.CONTRACT)
    if contract is not None:
        rows = [
            Missed(row.total_tiyn, row.due)
            for row in contract.rows
            if since <= row.due < as_of and row.paid_on is None and row.confirmed_on is None
        ]
        if rows:
            return rows, False
    split = view.current
    if split.overdue_tiyn is not None:
        return [Missed(split.overdue_tiyn, since)], False
    return [Missed(split.principal_tiyn + split.interest_tiyn, since)], True


def assumed_kind(debt: Obligation) -> str:
    """The kind as told, else what the kind of creditor and a pledge suggest."""
    if debt.kind:
        return debt.kind
    if debt.creditor.type == CreditorType.MFO:
        return ContractKind.MICROCREDIT
    if debt.creditor.type == CreditorType.BANK:
        return ContractKind.SECURED if debt.collateral else ContractKind.UNSECURED
    return ContractKind.OTHER


def of_rate(view: DebtView, law: LawFigures) -> Check:
    """The annual effective rate against the cap in force on the day of the contract."""
    debt = view.debt
    payments, is_assumed = _payments(view)
    kind, short = assumed_kind(debt), False
    if kind == ContractKind.MICROCREDIT_SHORT:
        short = _is_short(debt, payments, law)
        kind = ContractKind.MICROCREDIT_SHORT if short else ContractKind.MICROCREDIT
    code = _CAPS.get(ContractKind(kind))
    cap = law.rates.find(code, debt.contract_date) if code else None
    checked = effective_rate.check(
        given=debt.original_amount_tiyn or 0, fees=debt.upfront_fees_tiyn or 0, given_on=debt.contract_date,
        payments=payments if debt.original_amount_tiyn else [], stated=debt.apr_percent,
        cap=None if cap is None else Cap(cap.value, cap.code),
    )  # fmt: skip
    if short:
        _daily(checked, debt, payments, law)
    reasons = [*checked.reasons]
    if payments and is_assumed and debt.original_amount_tiyn:
        reasons.append("payments_assumed")
    if not debt.kind:
        reasons.append("kind_assumed")
    if debt.kind == ContractKind.MICROCREDIT_SHORT and not short:
        reasons.append("not_short")
    if debt.upfront_fees_tiyn is None:
        reasons.append("fees_unknown")
    figures = {} if checked.rate is None else {"rate": percent(checked.rate)}
    if cap is not None:
        figures["cap"] = percent(cap.value, cap.code)
    check = Check("effective_rate", checked.verdict.value, reasons, figures, checked.trace.lines)
    return _with_rates(check, law, debt.contract_date)


def _daily(checked: RateCheck, debt: Obligation, payments: list[Flow], law: LawFigures) -> None:
    cap = law.rates.find("DAILY_CAP_MICROCREDIT_SHORT", debt.contract_date)
    if cap is None or not payments or not debt.original_amount_tiyn:
        return
    effective_rate.check_daily(
        checked, given=debt.original_amount_tiyn, paid=sum(flow.tiyn for flow in payments),
        days=max(1, (payments[-1].day - debt.contract_date).days), cap=Cap(cap.value, cap.code),
    )  # fmt: skip


def _is_short(debt: Obligation, payments: list[Flow], law: LawFigures) -> bool:
    """Whether the limits of term and sum of short microcredits are kept, as far as the data tell."""
    longest = law.rates.find("MICROCREDIT_SHORT_DAYS", debt.contract_date)
    largest = law.rates.find("MICROCREDIT_SHORT_SUM", debt.contract_date)
    mci = law.index(IndexCode.MCI, debt.contract_date)
    if longest and payments and (payments[-1].day - debt.contract_date).days > longest.value:
        return False
    if largest and mci and debt.original_amount_tiyn:
        return debt.original_amount_tiyn <= largest.value * mci
    return True


def _payments(view: DebtView) -> tuple[list[Flow], bool]:
    """All payments by the contract; without its schedule as the rate, or the monthly payment, make them."""
    contract, debt = view.live(ScheduleKind.CONTRACT), view.debt
    if contract is not None:
        return [Flow(row.due, row.total_tiyn) for row in contract.rows if row.total_tiyn], False
    if not debt.term_months:
        return [], True
    first = add_months(debt.contract_date, 1)
    if debt.monthly_payment_tiyn:
        months = range(debt.term_months)
        return [Flow(add_months(first, index), debt.monthly_payment_tiyn) for index in months], True
    if debt.rate_percent is None or not debt.original_amount_tiyn:
        return [], True
    terms = LoanTerms(debt.original_amount_tiyn, Decimal(debt.rate_percent), debt.term_months, first)
    return [Flow(row.due, row.total) for row in schedules.generate(terms)], True


def _with_rates(check: Check, law: LawFigures, on: date) -> Check:
    check.rates = rates_of(check.lines, law, on)
    return check


def rates_of(lines: Iterable[Line], law: LawFigures, on: date) -> list[RateInForce]:
    """The rates that lines name, each once, as they stood on the day."""
    codes = dict.fromkeys(value.rate for line in lines for value in line.inputs.values() if value.rate)
    return [rate for code in codes if (rate := law.rates.find(code, on)) is not None]
