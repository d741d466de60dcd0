"""Schedules of offers: every tiyn is accounted for, whatever the terms."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from kenes.cases.answers import offer_terms
from kenes.cases.answers.offer_terms import Debt, Terms, TermsProblem
from kenes.cases.debts import schedules

FIRST = date(2026, 12, 31)
DEBT = Debt(1_200_000_00, 60_000_00, 12_000_00, Decimal("24"), 100_000_00, date(2028, 5, 14))


def test_an_annuity_is_even_and_ends_at_zero() -> None:
    rows = offer_terms.schedule(Debt(1_000_000_00, 0, 0, Decimal("12")), Terms(12, FIRST))
    # 1 000 000 at 12 % over 12 months: 88 848,79 a month.
    assert {row.total for row in rows[:-1]} == {8_884_879}
    assert abs(rows[-1].total - 8_884_879) < 12
    assert rows[-1].balance == 0
    assert [row.due for row in rows[:3]] == [date(2026, 12, 31), date(2027, 1, 31), date(2027, 2, 28)]


def test_nothing_is_paid_in_months_of_deferral() -> None:
    rows = offer_terms.schedule(DEBT, Terms(24, FIRST, defer_months=3))
    assert [row.total for row in rows[:3]] == [0, 0, 0]
    assert all(row.total > 0 for row in rows[3:])
    assert sum(row.arrears for row in rows) == 60_000_00 + 12_000_00
    accrued, balance = 3 * 2_400_000, DEBT.principal_tiyn
    later = 0
    for row in rows[3:]:
        later += schedules.month_interest(balance, Decimal(24))
        balance = row.balance
    assert sum(row.interest for row in rows) == later + accrued


def test_fees_that_are_owed_are_paid_too() -> None:
    rows = offer_terms.schedule(Debt(100_000_00, 0, 0, fees_tiyn=5_000_00), Terms(10, FIRST))
    assert sum(row.total for row in rows) == 105_000_00
    now = offer_terms.outcome_as_it_is(Debt(100_000_00, 0, 0, None, 10_000_00, FIRST, 5_000_00), FIRST)
    assert now.total_tiyn == 105_000_00


def test_what_is_forgiven_is_not_paid() -> None:
    terms = Terms(
        12,
        FIRST,
        Decimal(0),
        forgive_principal_tiyn=200_000_00,
        forgive_interest_percent=50,
        forgive_penalty_percent=100,
    )
    assert offer_terms.forgiven(DEBT, terms) == (200_000_00, 30_000_00, 12_000_00)
    assert sum(row.total for row in offer_terms.schedule(DEBT, terms)) == 1_000_000_00 + 30_000_00


@pytest.mark.parametrize(
    ("terms", "field"),
    [
        (Terms(0, FIRST), "term_months"),
        (Terms(601, FIRST), "term_months"),
        (Terms(6, FIRST, defer_months=6), "defer_months"),
        (Terms(6, FIRST, forgive_principal_tiyn=1_200_000_01), "forgive_principal_tiyn"),
        (Terms(6, FIRST, payment_tiyn=24_000_00), "payment_tiyn"),
    ],
)
def test_impossible_terms_make_no_schedule(terms: Terms, field: str) -> None:
    with pytest.raises(TermsProblem) as caught:
        offer_terms.schedule(DEBT, terms)
    assert caught.value.field == field


def test_a_given_payment_is_paid_until_nothing_is_left() -> None:
    rows = offer_terms.schedule(DEBT, Terms(60, FIRST, payment_tiyn=150_000_00))
    assert all(row.total == 150_000_00 for row in rows[:-1])
    assert len(rows) < 60
    assert rows[-1].balance == 0


def test_the_same_debt_as_it_is_and_as_offered() -> None:
    now = offer_terms.outcome_as_it_is(DEBT, date(2026, 11, 14))
    assert (now.payment_tiyn, now.months, now.ends_on) == (100_000_00, 18, date(2028, 5, 14))
    assert now.total_tiyn == 18 * 100_000_00 + 72_000_00
    unknown = offer_terms.outcome_as_it_is(Debt(1, 0, 0), date(2026, 11, 14))
    assert (unknown.payment_tiyn, unknown.total_tiyn) == (None, None)


sums = st.integers(0, 10**12)


@given(
    debt=st.builds(
        Debt, st.integers(1, 10**12), sums, sums, st.decimals(0, 100, places=2, allow_nan=False) | st.none()
    ),
    months=st.integers(1, 600),
    defer=st.integers(0, 599),
    penalty=st.integers(0, 100),
    interest=st.integers(0, 100),
    payment=st.integers(1, 10**12) | st.none(),
)
def test_every_tiyn_is_accounted_for(
    debt: Debt, months: int, defer: int, penalty: int, interest: int, payment: int | None
) -> None:
    terms = Terms(
        months,
        FIRST,
        defer_months=defer % months,
        forgive_interest_percent=interest,
        forgive_penalty_percent=penalty,
        payment_tiyn=payment,
    )
    assume(offer_terms.problem_of(debt, terms) is None)
    rows = offer_terms.schedule(debt, terms)
    assert sum(row.principal for row in rows) == debt.principal_tiyn
    assert rows[-1].balance == 0
    assert len(rows) <= months
    for row in rows:
        assert row.total == row.principal + row.interest + row.arrears
        assert min(row.total, row.principal, row.interest, row.arrears) >= 0
    assert Terms.from_json(terms.as_json()) == terms
