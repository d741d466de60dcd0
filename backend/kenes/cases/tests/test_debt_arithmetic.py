"""Arithmetic of debts: properties that hold for every sum, rate and term, and figures known from elsewhere."""

from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise

import pytest
import pyxirr
from hypothesis import given
from hypothesis import strategies as st

from kenes.cases.debts import compare, effective_rate, overdue, penalty, schedules
from kenes.cases.debts.amounts import share, spread, to_tiyn
from kenes.cases.debts.compare import Arrears, Forgiven, Offer, Position
from kenes.cases.debts.effective_rate import Cap, Flow, RateVerdict
from kenes.cases.debts.penalty import Missed, PenaltyCaps, PenaltyVerdict
from kenes.cases.debts.schedules import Deferral, EarlyMode, LoanTerms, Method, PaymentTooSmall
from kenes.cases.debts.trace import Trace

SUMS = st.integers(0, 10**12)
RATES = st.decimals(0, 300, places=3)
MONTHS = st.integers(1, 120)
DAYS = st.dates(date(2015, 1, 1), date(2040, 12, 31))
START = date(2026, 1, 31)

TERMS = st.builds(
    LoanTerms,
    principal=SUMS,
    rate=RATES,
    months=MONTHS,
    first_due=DAYS,
    method=st.sampled_from(Method),
    deferral_months=st.integers(0, 24),
    deferral=st.sampled_from(Deferral),
)


@given(SUMS, st.integers(1, 700))
def test_sharing_a_sum_loses_no_tiyn(tiyn: int, parts: int) -> None:
    found = spread(tiyn, parts)
    assert sum(found) == tiyn
    assert max(found) - min(found) <= 1


def test_half_a_tiyn_goes_up() -> None:
    assert [to_tiyn(Decimal(text)) for text in ("0.49", "0.5", "1.5", "2.5")] == [0, 1, 2, 3]
    assert share(101, Decimal("0.5")) == 1


@given(TERMS)
def test_a_schedule_repays_exactly_what_was_lent(terms: LoanTerms) -> None:
    rows = schedules.generate(terms)
    assert len(rows) == terms.months + terms.deferral_months
    assert sum(row.principal for row in rows) == terms.principal
    assert rows[-1].balance == 0
    assert [row.number for row in rows] == list(range(1, len(rows) + 1))
    assert all(before.due < after.due for before, after in pairwise(rows))
    left = terms.principal
    for row in rows:
        assert row.principal >= 0
        assert row.interest >= 0
        left -= row.principal
        assert row.balance == left


@given(st.integers(10_000_000, 10**11), st.integers(1, 200), st.integers(2, 120))
def test_more_interest_and_more_months_cost_more(principal: int, rate: int, months: int) -> None:
    def total(percent: int, count: int) -> int:
        rows = schedules.generate(LoanTerms(principal, Decimal(percent), count, START))
        return sum(row.total for row in rows)

    assert total(rate + 1, months) > total(rate, months)
    assert total(rate, months + 1) > total(rate, months)


@given(st.integers(10_000_000, 10**11), RATES, MONTHS)
def test_equal_payments_are_equal(principal: int, rate: Decimal, months: int) -> None:
    rows = schedules.generate(LoanTerms(principal, rate, months, START))
    payment = schedules.annuity_payment(principal, rate, months)
    assert all(row.total == payment for row in rows[:-1])
    # Each month rounds by half a tiyn at most, and these halves earn interest too.
    growth = float((1 + rate / 1200) ** months)
    assert abs(rows[-1].total - payment) <= months * growth + months


def test_known_annuity() -> None:
    """1 000 000 ₸ at 24 % for 12 months: 94 559,60 ₸ a month by every bank's calculator."""
    assert schedules.annuity_payment(100_000_000, Decimal(24), 12) == 9_455_960


def test_decreasing_payments_cost_less_than_equal_ones() -> None:
    costs = {}
    for method in Method:
        rows = schedules.generate(LoanTerms(100_000_000, Decimal(30), 24, START, method))
        costs[method] = sum(row.interest for row in rows)
    assert costs[Method.DIFFERENTIATED] < costs[Method.ANNUITY]


def test_the_last_day_of_a_month_stays_the_last_day() -> None:
    rows = schedules.generate(LoanTerms(3_000, Decimal(0), 3, START))
    assert [row.due for row in rows] == [date(2026, 1, 31), date(2026, 2, 28), date(2026, 3, 31)]


def test_deferred_interest_earns_no_interest() -> None:
    rows = schedules.generate(
        LoanTerms(120_000_00, Decimal(12), 12, START, deferral_months=3, deferral=Deferral.ALL)
    )
    assert [row.total for row in rows[:3]] == [0, 0, 0]
    plain = schedules.generate(LoanTerms(120_000_00, Decimal(12), 12, START))
    assert sum(row.interest for row in rows) - sum(row.interest for row in plain) == 3 * 1_200_00


@given(st.integers(1_000_000, 10**10), st.decimals(0, 60, places=2), st.integers(2, 60))
def test_paying_the_annuity_takes_as_long_as_the_annuity(principal: int, rate: Decimal, months: int) -> None:
    payment = schedules.annuity_payment(principal, rate, months)
    rows = schedules.by_payment(principal, rate, payment, START)
    assert sum(row.principal for row in rows) == principal
    assert abs(len(rows) - months) <= 1


def test_a_payment_below_the_interest_is_refused() -> None:
    with pytest.raises(PaymentTooSmall):
        schedules.by_payment(100_000_000, Decimal(36), 2_999_999, START)


@given(
    st.integers(10_000_000, 10**10),
    st.integers(1, 60),
    st.integers(3, 60),
    st.data(),
    st.sampled_from(EarlyMode),
)
def test_paying_early_saves_interest_and_repays_all(
    principal: int, rate: int, months: int, data: st.DataObject, mode: EarlyMode
) -> None:
    rows = schedules.generate(LoanTerms(principal, Decimal(rate), months, START))
    after = data.draw(st.integers(1, months - 1))
    extra = data.draw(st.integers(principal // 50, principal))
    found = schedules.repay_early(rows, Decimal(rate), after, extra, mode)
    assert sum(row.principal for row in found.rows) == principal
    assert found.rows[-1].balance == 0
    assert found.saved_tiyn == sum(r.interest for r in rows) - sum(r.interest for r in found.rows)
    assert found.saved_tiyn >= -months
    assert found.months_fewer >= 0


@given(st.integers(10_000_00, 10**11), st.integers(1, 120), st.integers(2, 60), st.integers(0, 20))
def test_the_effective_rate_brings_the_flows_to_nothing(
    principal: int, rate: int, months: int, fee: int
) -> None:
    rows = schedules.generate(LoanTerms(principal, Decimal(rate), months, date(2026, 2, 15)))
    received = principal - principal * fee // 100
    flows = [Flow(date(2026, 1, 15), -received), *(Flow(row.due, row.total) for row in rows)]
    found = effective_rate.solve(flows)
    assert found is not None
    assert abs(effective_rate.present_value(flows, found)) < Decimal(received) / 10**8
    independent = pyxirr.xirr([flow.day for flow in flows], [float(flow.tiyn) for flow in flows])
    assert independent is not None
    assert abs(float(found) - independent * 100) < 1e-5 * max(1.0, abs(independent) * 100)


@given(st.decimals(1, 200, places=1), st.integers(30, 1500))
def test_a_loan_made_by_a_rate_has_that_rate(percent: Decimal, days: int) -> None:
    given_on = date(2026, 3, 1)
    lent = 10**12
    grown = to_tiyn(Decimal(lent) * (1 + percent / 100) ** (Decimal(days) / 365))
    found = effective_rate.solve([Flow(given_on, -lent), Flow(given_on + timedelta(days=days), grown)])
    assert found is not None
    assert effective_rate.rounded(found) == percent


def test_no_rate_where_nothing_comes_back() -> None:
    assert effective_rate.solve([Flow(START, -100), Flow(START + timedelta(days=30), 0)]) is None


def test_the_rate_is_compared_rounded_to_a_tenth() -> None:
    def verdict(paid: int) -> RateVerdict:
        payments = [Flow(date(2027, 1, 1), paid)]
        return effective_rate.check(
            given=10_000_000, fees=0, given_on=date(2026, 1, 1), payments=payments, stated=None,
            cap=Cap(Decimal(46), "APR_CAP_UNSECURED"),
        ).verdict  # fmt: skip

    assert verdict(14_604_900) is RateVerdict.WITHIN
    assert verdict(14_605_000) is RateVerdict.ABOVE


def test_fees_taken_at_once_raise_the_rate() -> None:
    payments = [Flow(date(2027, 1, 1), 14_000_000)]
    rates = [
        effective_rate.check(
            given=10_000_000, fees=fees, given_on=date(2026, 1, 1), payments=payments, stated=None, cap=None
        ).rate
        for fees in (0, 1_000_000)
    ]
    assert rates == [Decimal("40.0"), Decimal("55.6")]


def test_a_stated_rate_that_the_payments_do_not_bear_out_is_noticed() -> None:
    found = effective_rate.check(
        given=10_000_000, fees=0, given_on=date(2026, 1, 1), payments=[Flow(date(2027, 1, 1), 14_000_000)],
        stated=Decimal(25), cap=Cap(Decimal(46), "APR_CAP_UNSECURED"),
    )  # fmt: skip
    assert found.reasons == ["differs_from_stated"]
    assert found.verdict is RateVerdict.WITHIN


CAPS = st.builds(
    PenaltyCaps,
    day_first=st.decimals(0, 1, places=2),
    first_days=st.integers(0, 120),
    day_after=st.decimals(0, 1, places=2),
    year_limit=st.none() | st.decimals(0, 30, places=1),
)
LAW = PenaltyCaps(Decimal("0.5"), 90, Decimal(0), Decimal(10))


@given(st.lists(st.builds(Missed, SUMS, DAYS), max_size=6), DAYS, SUMS, st.none() | SUMS, DAYS, CAPS)
def test_what_is_allowed_never_exceeds_a_cap(
    missed: list[Missed], as_of: date, accrued: int, loan: int | None, signed: date, caps: PenaltyCaps
) -> None:
    found = penalty.check(accrued=accrued, missed=missed, as_of=as_of, loan=loan, signed=signed, caps=caps)
    assert (found.verdict is PenaltyVerdict.ABOVE) == (found.excess > 0)
    if found.allowed is None:
        return
    for part in missed:
        most = part.tiyn * caps.day_first / 100 * caps.first_days if caps.day_after == 0 else None
        assert most is None or penalty.allowed_for(part, as_of, caps) <= most + 1
    if caps.year_limit is not None and loan is not None:
        years = penalty.contract_years(signed, as_of)
        assert found.allowed <= loan * caps.year_limit / 100 * years + 1
    assert found.excess == max(0, accrued - found.allowed)


@given(st.integers(1, 10**11), st.integers(0, 400), st.integers(0, 400))
def test_a_longer_delay_allows_no_less(tiyn: int, one: int, two: int) -> None:
    since = date(2026, 1, 1)
    first, second = sorted((one, two))
    part = Missed(tiyn, since)
    assert penalty.allowed_for(part, since + timedelta(days=first), LAW) <= penalty.allowed_for(
        part, since + timedelta(days=second), LAW
    )


def test_after_ninety_days_nothing_more_runs() -> None:
    part, since = Missed(1_000_000, date(2026, 1, 1)), date(2026, 1, 1)
    assert penalty.allowed_for(part, since + timedelta(days=1), LAW) == 5_000
    assert penalty.allowed_for(part, since + timedelta(days=90), LAW) == 450_000
    assert penalty.allowed_for(part, since + timedelta(days=900), LAW) == 450_000


def test_a_bound_is_no_proof_of_rightness_but_a_proof_of_excess() -> None:
    def verdict(accrued: int) -> PenaltyVerdict:
        return penalty.check(
            accrued=accrued, missed=[Missed(1_000_000, date(2026, 1, 1))], as_of=date(2026, 4, 1), loan=None,
            signed=date(2025, 1, 1), caps=LAW, is_bound=True,
        ).verdict  # fmt: skip

    assert verdict(400_000) is PenaltyVerdict.CANNOT_TELL
    assert verdict(450_001) is PenaltyVerdict.ABOVE


def test_the_day_of_the_missed_payment_is_no_day_of_delay() -> None:
    steps = Trace()
    assert overdue.count(date(2026, 10, 22), date(2026, 11, 18), steps) == 27
    assert overdue.days_between(date(2026, 10, 22), date(2026, 10, 22)) == 0
    assert overdue.days_between(date(2026, 10, 22), date(2026, 10, 1)) == 0


POSITIONS = st.builds(Position, st.just(START), SUMS, SUMS, SUMS, SUMS)
OFFERS = st.builds(
    Offer,
    rate=RATES,
    months=MONTHS,
    first_due=DAYS,
    method=st.sampled_from(Method),
    deferral_months=st.integers(0, 24),
    deferral=st.sampled_from(Deferral),
    arrears=st.sampled_from(Arrears),
    forgiven=st.builds(Forgiven, SUMS, SUMS, SUMS, SUMS),
)


@given(POSITIONS, OFFERS, OFFERS)
def test_differences_of_a_comparison_are_those_of_its_plans(owed: Position, was: Offer, will: Offer) -> None:
    old = compare.plan(owed, was)
    found = compare.compare(owed, old, will)
    assert found.total == found.new.total - old.total
    assert found.overpaid == found.new.overpaid - old.overpaid
    for plan, offer in ((old, was), (found.new, will)):
        left = compare.after_forgiving(owed, offer.forgiven)
        assert plan.principal == left.principal
        assert sum(row.arrears for row in plan.rows) == left.arrears
        assert plan.total == plan.principal + plan.overpaid
        assert plan.rows[-1].balance == 0
    assert found.forgiven == owed.total - compare.after_forgiving(owed, will.forgiven).total
    assert 0 <= found.forgiven <= owed.total


@given(POSITIONS, OFFERS)
def test_the_same_terms_differ_by_nothing(owed: Position, offer: Offer) -> None:
    found = compare.compare(owed, compare.plan(owed, offer), offer)
    assert (found.monthly, found.total, found.overpaid, found.months) == (0, 0, 0, 0)


@given(POSITIONS, st.lists(st.tuples(SUMS, SUMS), max_size=20))
def test_what_the_rest_of_a_contract_does_not_cover_is_owed_now(
    owed: Position, parts: list[tuple[int, int]]
) -> None:
    future = [(START + timedelta(days=30 * n), *part) for n, part in enumerate(parts, start=1)]
    plan = compare.remaining(owed, future)
    assert plan.principal == owed.principal
    assert plan.total == owed.total + sum(interest for _principal, interest in parts)
