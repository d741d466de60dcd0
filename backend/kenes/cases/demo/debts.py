"""Debts of the demonstration cases filled in: contract data, splits by lenders, schedules, payments kept and missed."""

import random
from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import Final

from django.db import transaction

from kenes.accounts import selectors as account_selectors
from kenes.accounts.models import Role
from kenes.cases.debts import schedules
from kenes.cases.debts.schedules import LoanTerms
from kenes.cases.models import Case, ContractKind, Obligation, ScheduleKind
from kenes.cases.obligations import debt_payments, debt_services
from kenes.cases.obligations.debt_payments import PlannedRow
from kenes.cases.obligations.debt_services import Told
from kenes.cases.states.case import CaseStatus
from kenes.creditors.models import CreditorType
from kenes.foundation import clock
from kenes.foundation.actor import Actor
from kenes.law.terms import add_months

_PURPOSES: Final = (
    "ремонт квартиры",
    "лечение",
    "покупка техники",
    "учёба ребёнка",
    "свадьба",
    "до зарплаты",
)
# Beside the cases in work each of so many running ones gets the whole of it: more would make a first start long.
WHOLE_EVERY: Final = 6
_RUNNING: Final = (CaseStatus.TRIAGE, CaseStatus.ACTIVE, CaseStatus.AWAITING_BORROWER)


def load_demo_debts() -> int:
    """Fill in debts that have no kind of contract yet; returns how many cases got the whole. Safe to repeat."""
    supervisor = account_selectors.people_with_role(Role.SUPERVISOR).order_by("email").first()
    if supervisor is None:
        return 0
    actor = account_selectors.actor_for(supervisor)
    bare = Obligation.objects.filter(kind="", case__status__in=[*_RUNNING, CaseStatus.CLOSED])
    ids = list(bare.order_by("case__number").values_list("case_id", flat=True).distinct())
    cases = Case.objects.filter(pk__in=ids).prefetch_related("obligations__creditor").order_by("number")
    whole = 0
    for index, case in enumerate(cases):
        chance = random.Random(str(case.number))  # noqa: S311  (made stories)
        debts = list(case.obligations.all())
        with transaction.atomic():
            _contracts(debts, chance)
            if case.status in _RUNNING and (index % WHOLE_EVERY == 0 or case.status == CaseStatus.ACTIVE):
                _whole(actor, case, debts, chance, whole)
                whole += 1
    debt_payments.note_missed()
    return whole


def _contracts(debts: Sequence[Obligation], chance: random.Random) -> None:
    """As if told with the application: kind, purpose, fees, the rate that the contract states."""
    for debt in debts:
        is_mfo = debt.creditor.type == CreditorType.MFO
        kinds = (
            [ContractKind.MICROCREDIT]
            if is_mfo
            else [ContractKind.UNSECURED, ContractKind.UNSECURED, ContractKind.SECURED]
        )
        debt.kind = chance.choice(kinds)
        debt.purpose = chance.choice(_PURPOSES)
        debt.upfront_fees_tiyn = (debt.original_amount_tiyn or 0) // 100 * chance.choice((0, 0, 1, 3))
        if debt.rate_percent is not None:
            debt.apr_percent = Decimal(debt.rate_percent) + chance.choice((6, 8, 10))
        if debt.original_amount_tiyn and debt.rate_percent is not None and debt.term_months:
            debt.monthly_payment_tiyn = schedules.annuity_payment(
                debt.original_amount_tiyn, Decimal(debt.rate_percent), debt.term_months
            )
        if debt.kind == ContractKind.SECURED and not debt.collateral:
            debt.collateral = "автомобиль 2014 года"
    Obligation.objects.bulk_update(
        debts, ["kind", "purpose", "upfront_fees_tiyn", "apr_percent", "collateral", "monthly_payment_tiyn"]
    )


def _whole(actor: Actor, case: Case, debts: Sequence[Obligation], chance: random.Random, turn: int) -> None:
    """The schedule of the contract, a word of the lender; cases in work also pay by an agreed schedule."""
    for debt in debts:
        _contract_schedule(actor, case, debt)
        with clock.frozen(clock.now() - timedelta(hours=2)):
            _word_of_lender(actor, debt, chance, is_too_high=turn % 2 == 0)
    if case.status == CaseStatus.ACTIVE:
        _agreed(actor, case, debts[0], turn)


def _contract_schedule(actor: Actor, case: Case, debt: Obligation) -> None:
    if not debt.original_amount_tiyn or debt.rate_percent is None or not debt.term_months:
        return
    terms = LoanTerms(
        debt.original_amount_tiyn, Decimal(debt.rate_percent), debt.term_months, add_months(debt.contract_date, 1)
    )  # fmt: skip
    _give(actor, case, debt, ScheduleKind.CONTRACT, terms, "document")


def _word_of_lender(actor: Actor, debt: Obligation, chance: random.Random, *, is_too_high: bool) -> None:
    overdue = min(debt.principal_tiyn, (debt.monthly_payment_tiyn or debt.principal_tiyn // 20) * 2)
    debt_services.give_split(
        actor=actor, obligation_id=debt.pk, source="lender",
        told=Told(
            as_of=clock.today(), principal_tiyn=debt.principal_tiyn,
            interest_tiyn=debt.interest_tiyn + debt.principal_tiyn // 100 * chance.randrange(1, 4),
            penalty_tiyn=overdue if is_too_high else debt.penalty_tiyn, fees_tiyn=0, overdue_tiyn=overdue,
            note="Справка кредитора о задолженности",
        ),
    )  # fmt: skip


def _agreed(actor: Actor, case: Case, debt: Obligation, turn: int) -> None:
    """Two payments made and confirmed, one marked; in every other case the third one was missed."""
    first = add_months(clock.today(), -3)
    terms = LoanTerms(debt.principal_tiyn, Decimal(20), 36, first)
    _give(actor, case, debt, ScheduleKind.AGREED, terms, "lender")
    made = debt.schedules.get(kind=ScheduleKind.AGREED, superseded_at__isnull=True)
    for row in made.rows.order_by("number")[: 2 if turn % 2 else 3]:
        debt_payments.mark_paid(actor=actor, obligation_id=debt.pk, row_id=row.pk, paid_on=row.due)
        if row.number <= 2:
            debt_payments.confirm_paid(
                actor=actor, obligation_id=debt.pk, row_id=row.pk, confirmed_on=_next_day(row.due)
            )


def _next_day(day: date) -> date:
    return min(clock.today(), day + timedelta(days=1))


def _give(
    actor: Actor, case: Case, debt: Obligation, kind: ScheduleKind, terms: LoanTerms, source: str
) -> None:
    rows = [PlannedRow(row.due, row.principal, row.interest, row.total) for row in schedules.generate(terms)]
    debt_payments.give_schedule(
        actor=actor, obligation_id=debt.pk, version=Case.objects.get(pk=case.pk).version, kind=kind, rows=rows,
        terms={"rate_percent": str(terms.rate), "months": terms.months}, source=source,
    )  # fmt: skip
