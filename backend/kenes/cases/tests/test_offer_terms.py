"""Schedules of offers: every tiyn is accounted for, whatever the terms."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kenes.cases.answers import offer_terms
from kenes.cases.answers.offer_terms import Debt, Terms, TermsProblem

FIRST = date(2026, 12, 31)
DEBT = Debt(1_200_000_00, 60_000_00, 12_000_00, Decimal("24"), 100_000_00, date(2028, 5, 14))


def test_an_annuity_is_even_and_ends_at_zero() -> None:
    rows = offer_terms.schedule(Debt(1_000_000_00, 0, 0, Decimal("12")), Terms(12, FIRST))
    # 1 000 000 at 12 % over 12 months: 88 848,79 a month.
    assert {row.payment_tiyn for row in rows[:-1]} == {8_884_879}
    assert abs(rows[-1].payment_tiyn - 8_884_879) < 12
    assert rows[-1].balance_tiyn == 0
    assert [row.due for row in rows[:3]] == [date(2026, 12, 31), date(2027, 1, 31), date(2027, 2, 28)]


def test_nothing_is_paid_in_months_of_deferral() -> None:
    rows = offer_terms.schedule(DEBT, Terms(24, FIRST, defer_months=3))
    assert [row.payment_tiyn for row in rows[:3]] == [0, 0, 0]
    assert all(row.payment_tiyn > 0 for row in rows[3:])
    accrued = 3 * 2_400_000
    assert sum(row.other_tiyn for row in rows) == 60_000_00 + 12_000_00 + accrued


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
    assert sum(row.payment_tiyn for row in offer_terms.schedule(DEBT, terms)) == 1_000_000_00 + 30_000_00


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
    assert all(row.payment_tiyn == 150_000_00 for row in rows[:-1])
    assert len(rows) < 60
    assert rows[-1].balance_tiyn == 0


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
)
def test_every_tiyn_is_accounted_for(
    debt: Debt, months: int, defer: int, penalty: int, interest: int
) -> None:
    terms = Terms(
        months,
        FIRST,
        defer_months=defer % months,
        forgive_interest_percent=interest,
        forgive_penalty_percent=penalty,
    )
    rows = offer_terms.schedule(debt, terms)
    assert sum(row.principal_tiyn for row in rows) == debt.principal_tiyn
    assert rows[-1].balance_tiyn == 0
    assert len(rows) <= months
    for row in rows:
        assert row.payment_tiyn == row.principal_tiyn + row.interest_tiyn + row.other_tiyn
        assert min(row.payment_tiyn, row.principal_tiyn, row.interest_tiyn, row.other_tiyn) >= 0
    assert Terms.from_json(terms.as_json()) == terms
