"""Counting of terms, without a database."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kenes.law import reference
from kenes.law.terms import OutsideCalendar, Pause, SkippedDay, add_months, compute_due, merged, nth_day

BASE = reference.base_calendar()
DAYS = st.dates(date(2020, 1, 1), date(2040, 1, 1))


@pytest.mark.parametrize(
    ("amount", "unit", "start", "due"),
    [
        (10, "CD", "2025-12-22", "2026-01-05"),  # ends on New Year, then a weekend
        (30, "CD", "2026-02-19", "2026-03-26"),  # Nauryz with two moved days off
        (30, "CD", "2026-09-25", "2026-10-27"),  # Republic Day on a Sunday moves to Monday
        (15, "CD", "2024-06-01", "2024-06-17"),  # Kurban Ait on a Sunday does not move
        (15, "WD", "2025-12-19", "2026-01-14"),  # New Year and Christmas
        (1, "WD", "2026-03-20", "2026-03-26"),
        (10, "WD", "2026-04-28", "2026-05-15"),
        (3, "M", "2022-11-30", "2023-02-28"),
        (3, "M", "2023-11-29", "2024-02-29"),
        (12, "M", "2024-02-29", "2025-02-28"),
        (5, "Y", "2020-02-29", "2025-02-28"),
        (3, "Y", "2024-02-29", "2027-03-01"),  # 28 February 2027 is a Sunday
        (24, "M", "2024-06-30", "2026-06-30"),
        (90, "CD", "2023-12-01", "2024-02-29"),
    ],
)
def test_due_date(amount: int, unit: str, start: str, due: str) -> None:
    assert compute_due(amount, unit, date.fromisoformat(start), BASE).due.isoformat() == due


def test_decreed_transfer_counts_the_saturday_and_skips_the_bridge() -> None:
    term = compute_due(10, "WD", date(2024, 4, 26), BASE)
    assert term.due == date(2024, 5, 15)
    assert term.worked == (date(2024, 5, 4),)
    assert SkippedDay(date(2024, 5, 8), "transfer") in term.skipped


def test_overrides_stand_above_the_calendar_and_are_not_moved() -> None:
    calendar = BASE.with_overrides([date(2026, 12, 17), date(2026, 12, 19)], [date(2026, 12, 20)])
    assert calendar.reason_off(date(2026, 12, 17)) == "extra_day_off"
    assert calendar.reason_off(date(2026, 12, 20)) is None
    assert calendar.reason_off(date(2026, 12, 21)) is None
    assert BASE.reason_off(date(2026, 12, 17)) is None


def test_an_extra_workday_may_be_a_holiday() -> None:
    calendar = BASE.with_overrides([], [date(2026, 5, 11)])
    assert compute_due(3, "WD", date(2026, 5, 6), calendar).due == date(2026, 5, 12)


def test_skipped_days_name_what_moved_the_date() -> None:
    term = compute_due(30, "CD", date(2026, 9, 25), BASE)
    assert term.nominal_last == date(2026, 10, 25)
    assert term.skipped == (
        SkippedDay(date(2026, 10, 25), "republic_day"),
        SkippedDay(date(2026, 10, 26), "moved.republic_day"),
    )


def test_christmas_on_a_weekend_does_not_move() -> None:
    assert BASE.reason_off(date(2024, 1, 8)) is None
    assert BASE.reason_off(date(2023, 1, 9)) is None


def test_calendar_of_the_years_in_use_follows_the_law_day_by_day() -> None:
    """Base of the years 2022–2026 from the list of holidays and the moving rule, written out again by hand."""
    fixed = [
        (1, 1),
        (1, 2),
        (1, 7),
        (3, 8),
        (3, 21),
        (3, 22),
        (3, 23),
        (5, 1),
        (5, 7),
        (5, 9),
        (7, 6),
        (10, 25),
        (12, 16),
    ]
    kurban = {2022: (7, 9), 2023: (6, 28), 2024: (6, 16), 2025: (6, 6), 2026: (5, 27)}
    transfers = {row.day for row in reference.calendar_days() if row.reason == "transfer"}
    for year, ait in kurban.items():
        constitution = [(8, 30)] if year < 2026 else []
        holidays = sorted(date(year, *day) for day in [*fixed, *constitution])
        off = {*holidays, date(year, *ait)}
        for day in holidays:
            if day.weekday() >= 5 and (day.month, day.day) != (1, 7):
                while day.weekday() >= 5 or day in off:
                    day += timedelta(days=1)
                off.add(day)
        for at in range(366):
            day = date(year, 1, 1) + timedelta(days=at)
            if day.year == year and day not in transfers:
                assert (BASE.reason_off(day) is not None) == (day in off or day.weekday() >= 5), day


@pytest.mark.parametrize(("amount", "unit"), [(0, "CD"), (-1, "WD"), (5, "MIN"), (1, "??")])
def test_what_gives_no_date_is_refused(amount: int, unit: str) -> None:
    with pytest.raises(ValueError, match="no date"):
        compute_due(amount, unit, date(2026, 1, 1), BASE)


@pytest.mark.parametrize(
    "start", [date(1980, 1, 1), date(2055, 12, 30), date(9999, 12, 31), date(9999, 12, 1), date(1, 1, 1)]
)
@pytest.mark.parametrize("unit", ["CD", "WD", "M", "Y"])
def test_beyond_the_calendar_nothing_is_guessed(start: date, unit: str) -> None:
    with pytest.raises(OutsideCalendar):
        compute_due(10, unit, start, BASE)


@given(DAYS, st.integers(1, 60), st.sampled_from(["CD", "WD", "M", "Y"]))
def test_a_term_ends_on_a_working_day_after_its_start(start: date, amount: int, unit: str) -> None:
    amount = min(amount, 10) if unit == "Y" else amount
    term = compute_due(amount, unit, start, BASE)
    assert BASE.reason_off(term.due) is None
    assert term.counted_from == start + timedelta(days=1)
    assert term.due >= term.nominal_last > start
    assert (term.due == term.nominal_last) == (not term.skipped) or unit == "WD"


@given(DAYS, st.integers(1, 40))
def test_working_days_are_counted_one_by_one(start: date, amount: int) -> None:
    due = compute_due(amount, "WD", start, BASE).due
    days = (start + timedelta(days=at) for at in range(1, (due - start).days + 1))
    assert sum(BASE.reason_off(day) is None for day in days) == amount


@given(DAYS, DAYS, st.sampled_from([("CD", 30), ("WD", 10), ("M", 12), ("Y", 3)]))
def test_a_later_event_never_ends_earlier(one: date, other: date, term: tuple[str, int]) -> None:
    unit, amount = term
    first, second = sorted((one, other))
    assert compute_due(amount, unit, first, BASE).due <= compute_due(amount, unit, second, BASE).due


@given(st.dates(date(1900, 1, 1), date(2100, 1, 1)), st.integers(1, 200))
def test_months_keep_the_number_or_take_the_last_day(day: date, amount: int) -> None:
    moved = add_months(day, amount)
    assert moved.day == day.day or (moved + timedelta(days=1)).day == 1
    assert (moved.year * 12 + moved.month) - (day.year * 12 + day.month) == amount


PAUSES = st.lists(st.tuples(st.integers(0, 60), st.integers(0, 20)), min_size=1, max_size=4)
UNITS = st.sampled_from([("CD", 30), ("WD", 10), ("M", 2), ("Y", 1)])


def _pauses(start: date, drawn: list[tuple[int, int]]) -> list[Pause]:
    firsts = [(start + timedelta(days=1 + at), length) for at, length in drawn]
    return [Pause(first, first + timedelta(days=length)) for first, length in firsts]


@given(DAYS, st.integers(1, 25), st.integers(0, 40), st.sampled_from([("CD", 30), ("M", 2), ("Y", 1)]))
def test_a_pause_within_a_term_adds_exactly_its_days(
    start: date, at: int, length: int, term: tuple[str, int]
) -> None:
    unit, amount = term
    first = start + timedelta(days=at)
    pause = Pause(first, first + timedelta(days=length))
    without = compute_due(amount, unit, start, BASE)
    paused = compute_due(amount, unit, start, BASE, [pause])
    assert paused.nominal_last == without.nominal_last + timedelta(days=pause.days)
    assert BASE.reason_off(paused.due) is None
    assert paused.paused_days >= pause.days


@given(DAYS, st.integers(1, 20), PAUSES)
def test_working_days_are_counted_outside_the_pauses(
    start: date, amount: int, drawn: list[tuple[int, int]]
) -> None:
    pauses = _pauses(start, drawn)
    due = compute_due(amount, "WD", start, BASE, pauses).due
    days = [start + timedelta(days=at) for at in range(1, (due - start).days + 1)]
    counted = [
        day
        for day in days
        if BASE.reason_off(day) is None and not any(one.first <= day <= one.last for one in pauses)
    ]
    assert len(counted) == amount
    assert counted[-1] == due


@given(DAYS, PAUSES, UNITS)
def test_a_paused_term_never_ends_on_a_day_off_or_while_it_stands_still(
    start: date, drawn: list[tuple[int, int]], term: tuple[str, int]
) -> None:
    unit, amount = term
    pauses = _pauses(start, drawn)
    due = compute_due(amount, unit, start, BASE, pauses).due
    assert BASE.reason_off(due) is None
    assert not any(one.first <= due <= one.last for one in pauses)
    assert due >= compute_due(amount, unit, start, BASE).due


@given(DAYS, DAYS, PAUSES, UNITS)
def test_a_later_event_never_ends_earlier_with_the_same_pauses(
    one: date, other: date, drawn: list[tuple[int, int]], term: tuple[str, int]
) -> None:
    first, second = sorted((one, other))
    pauses = _pauses(first, drawn)
    unit, amount = term
    assert compute_due(amount, unit, first, BASE, pauses).due <= (
        compute_due(amount, unit, second, BASE, pauses).due
    )


@given(st.integers(2001, 2050), st.sampled_from([(12, 25), (2, 28), (2, 29), (3, 19), (3, 20)]), UNITS)
def test_year_ends_leap_days_and_nauryz_weeks(year: int, day: tuple[int, int], term: tuple[str, int]) -> None:
    unit, amount = term
    try:
        start = date(year, *day)
    except ValueError:
        start = date(year, 2, 28)
    counted = compute_due(amount, unit, start, BASE)
    assert BASE.reason_off(counted.due) is None
    if unit == "Y" and (start.month, start.day) == (2, 29):
        assert (counted.nominal_last.month, counted.nominal_last.day) == (2, 28)


@given(DAYS, st.sampled_from(["CD", "WD"]), st.integers(1, 30))
def test_days_of_a_term_come_one_after_another(start: date, unit: str, number: int) -> None:
    assert nth_day(number, unit, start, BASE) < nth_day(number + 1, unit, start, BASE)


def test_pauses_are_joined_and_wrong_ones_refused() -> None:
    first, second = Pause(date(2026, 1, 5), date(2026, 1, 9)), Pause(date(2026, 1, 10), date(2026, 1, 12))
    assert merged([second, first], date(2026, 1, 7)) == (Pause(date(2026, 1, 7), date(2026, 1, 12)),)
    with pytest.raises(ValueError, match="before it begins"):
        compute_due(10, "CD", date(2026, 1, 1), BASE, [Pause(date(2026, 1, 9), date(2026, 1, 5))])
    with pytest.raises(OutsideCalendar):
        compute_due(10, "WD", date(2026, 1, 1), BASE, [Pause(date(2026, 1, 9), date.max)])


def test_the_fingerprint_changes_only_with_days_inside() -> None:
    other = BASE.with_overrides([date(2026, 12, 10)], [])
    span = (date(2026, 12, 1), date(2026, 12, 15))
    assert BASE.mark(*span) != other.mark(*span)
    assert BASE.mark(date(2026, 11, 1), date(2026, 12, 9)) == other.mark(date(2026, 11, 1), date(2026, 12, 9))
