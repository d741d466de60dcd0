"""Old and new terms of a debt compared, what a family can bear, and the public calculator."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from kenes.cases import permissions
from kenes.cases.debts import affordability, compare, schedules
from kenes.cases.debts.affordability import Household, Shares
from kenes.cases.debts.compare import Arrears, Comparison, Offer, Plan, Position
from kenes.cases.debts.schedules import EarlyMode, LoanTerms, Payment, PaymentTooSmall
from kenes.cases.debts.trace import Trace, money, percent
from kenes.cases.models import CaseStory, ScheduleKind
from kenes.cases.obligations import debt_access, debt_reading
from kenes.cases.obligations.debt_checks import Check, rates_of
from kenes.cases.obligations.debt_reading import DebtView
from kenes.foundation import clock
from kenes.foundation.actor import Actor
from kenes.foundation.errors import FieldError, FieldErrors
from kenes.law.models import IndexCode
from kenes.law.terms import add_months


def compare_debt(
    *, actor: Actor, obligation_id: UUID, offer: Offer, old_rate: Decimal | None, old_months: int | None
) -> tuple[DebtView, Comparison]:
    """The debt as it is against an offer. Old terms come from the contract's schedule, else from its rate and months.

    Raises DebtNotFound, Forbidden, FieldErrors (/old_rate_percent, /old_months) when nothing says what the old terms are.
    """
    view = debt_reading.debt_of(actor=actor, obligation_id=obligation_id)
    debt_access.requires_content(actor, view.case)
    debt = view.debt
    owed = Position(clock.today(), debt.principal_tiyn, debt.interest_tiyn, debt.penalty_tiyn, debt.fees_tiyn)
    return view, compare.compare(owed, _old_plan(view, owed, old_rate, old_months), offer)


def _old_plan(view: DebtView, owed: Position, rate: Decimal | None, months: int | None) -> Plan:
    contract, debt = view.live(ScheduleKind.CONTRACT), view.debt
    if contract is not None and rate is None and months is None:
        ahead = [
            (row.due, row.principal_tiyn, row.interest_tiyn) for row in contract.rows if row.due > owed.as_of
        ]
        return compare.remaining(owed, ahead)
    rate = debt.rate_percent if rate is None else rate
    months = months or months_left(debt.contract_date, debt.term_months, owed.as_of)
    first = add_months(owed.as_of, 1)
    if rate is not None and months:
        return old_plan(owed, Decimal(rate), months, first)
    if rate is not None and debt.monthly_payment_tiyn:
        try:
            rows = schedules.by_payment(owed.principal, Decimal(rate), debt.monthly_payment_tiyn, first)
        except PaymentTooSmall:
            rows = []
        if rows:
            return compare.with_arrears(rows, owed, Arrears.AT_ONCE)
    raise FieldErrors(_missing(rate, months))


def _missing(rate: Decimal | None, months: int | None) -> list[FieldError]:
    errors = []
    if rate is None:
        errors.append(FieldError("/old_rate_percent", "required", _("Give the rate of the contract.")))
    if not months:
        errors.append(FieldError("/old_months", "required", _("Give how many payments are left.")))
    return errors


def months_left(signed: date, term: int | None, today: date) -> int | None:
    """Payments left by the contract's term; at least one, when the term is over already. None without a term."""
    if not term:
        return None
    passed = (today.year - signed.year) * 12 + today.month - signed.month - (today.day < signed.day)
    return max(1, term - passed)


def old_plan(owed: Position, rate: Decimal, months: int, first: date) -> Plan:
    """The principal in equal payments at the old rate, arrears at once."""
    rows = schedules.generate(LoanTerms(owed.principal, rate, months, first))
    return compare.with_arrears(rows, owed, Arrears.AT_ONCE)


def calculate(owed: Position, old_rate: Decimal, old_months: int, offer: Offer) -> Comparison:
    """The same for figures that anybody types; nothing is kept."""
    first = add_months(owed.as_of, 1)
    return compare.compare(owed, old_plan(owed, old_rate, old_months, first), offer)


@dataclass(frozen=True, slots=True)
class EarlyResult:
    """Schedules before and after paying more, with what was saved, in tiyn."""

    before: list[Payment]
    after: list[Payment]
    saved: int
    payment_before: int
    payment_after: int
    trace: Trace


def early(
    *, principal: int, rate: Decimal, months: int, after: int, extra: int, mode: EarlyMode
) -> EarlyResult:
    """Equal payments from the next month on, and `extra` paid on top of payment number `after`."""
    before = schedules.generate(LoanTerms(principal, rate, months, add_months(clock.today(), 1)))
    found = schedules.repay_early(before, rate, after, extra, mode)
    was, will = (sum(row.interest for row in rows) for rows in (before, found.rows))
    steps = Trace()
    steps.add("early_saved", "{was} − {will}", money(found.saved_tiyn), was=money(was), will=money(will))
    later = found.rows[after].total if len(found.rows) > after else 0
    return EarlyResult(before, found.rows, found.saved_tiyn, before[after].total, later, steps)


def affordability_of(*, actor: Actor, case_id: UUID) -> Check:
    """What the borrower can bear today. Raises CaseNotFound, Forbidden for who does not see the whole case."""
    case, views = debt_reading.debts_of(actor=actor, case_id=case_id)
    permissions.require(actor, "case.view_content", case)
    told = CaseStory.objects.filter(case=case).first()
    law, today = debt_reading.law_figures(), clock.today()
    minimum = law.index(IndexCode.SUBSISTENCE_MINIMUM, today)
    codes = ("KEEP_SELF", "KEEP_DEPENDANT", "KEEP_DISABLED", "DEBT_BURDEN_LIMIT")
    shares = [rate.value for code in codes if (rate := law.rates.find(code, today)) is not None]
    if told is None or not told.income or minimum is None or len(shares) < len(codes):
        reason = "income_unknown" if told is None or not told.income else "cap_unknown"
        return Check("affordability", "cannot_tell", [reason])
    monthly = [_monthly(view) for view in views]
    found = affordability.assess(
        Household(
            told.income["monthly_now_tiyn"], told.income["dependents"], told.income["disabled_dependents"]
        ),
        sum(payment or 0 for payment in monthly),
        Shares(minimum, *shares),
        payments_known=all(payment is not None for payment in monthly),
    )
    figures = {
        "income": money(told.income["monthly_now_tiyn"]), "kept": money(found.kept), "left": money(found.left),
        "payments": money(found.payments), "bearable": money(found.bearable),
    }  # fmt: skip
    if found.burden_percent is not None:
        figures["burden"] = percent(found.burden_percent)
    lines = found.trace.lines
    return Check(
        "affordability", found.verdict.value, found.reasons, figures, lines, rates_of(lines, law, today)
    )


def _monthly(view: DebtView) -> int | None:
    """What is asked a month: the next agreed payment, else the contract's; None when nobody knows."""
    agreed = view.live(ScheduleKind.AGREED)
    row = debt_reading.next_payment(agreed) if agreed else None
    if row is not None:
        return row.total_tiyn
    if view.debt.monthly_payment_tiyn is not None:
        return view.debt.monthly_payment_tiyn
    contract = view.live(ScheduleKind.CONTRACT)
    ahead = [row for row in contract.rows if row.due >= clock.today()] if contract else []
    return ahead[0].total_tiyn if ahead else None
