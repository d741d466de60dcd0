"""Pure rules: free times on the Almaty clock, and words that tell nobody."""

from datetime import date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kenes.specialists import masking, slots, states
from kenes.specialists.errors import StepNotAllowed, StepRepeated
from kenes.specialists.slots import Hours, Span

ALMATY = ZoneInfo("Asia/Almaty")
MONDAY = date(2026, 11, 23)


def at(hour: int, minute: int = 0, day: date = MONDAY) -> datetime:
    return datetime.combine(day, time(hour, minute), tzinfo=ALMATY)


def test_hours_are_cut_with_breaks_between() -> None:
    rule = Hours(0, time(10), time(13), date(2026, 1, 1))
    spans = slots.offered([rule], first=MONDAY, days=8, minutes=45, pause=15, zone=ALMATY)
    assert [span.starts_at for span in spans[:3]] == [at(10), at(11), at(12)]
    assert len(spans) == 6
    assert spans[0].starts_at.utcoffset() == timedelta(hours=5)


def test_rules_hold_only_in_their_days() -> None:
    rule = Hours(0, time(10), time(11), date(2026, 11, 24), date(2026, 11, 30))
    spans = slots.offered([rule], first=MONDAY, days=30, minutes=60, pause=0, zone=ALMATY)
    assert [span.starts_at.date() for span in spans] == [date(2026, 11, 30)]


def test_overlapping_rules_give_a_time_once() -> None:
    rules = [
        Hours(0, time(10), time(12), date(2026, 1, 1)),
        Hours(0, time(10, 30), time(12), date(2026, 1, 1)),
    ]
    spans = slots.offered(rules, first=MONDAY, days=1, minutes=60, pause=0, zone=ALMATY)
    assert [span.starts_at for span in spans] == [at(10), at(11)]


def test_what_is_taken_or_too_soon_is_not_free() -> None:
    spans = [Span(at(hour), at(hour, 45)) for hour in (10, 11, 12)]
    free = slots.free(spans, [Span(at(11, 30), at(11, 40))], not_before=at(10, 1))
    assert [span.starts_at for span in free] == [at(12)]


@given(minutes=st.integers(10, 240), pause=st.integers(0, 120), length=st.integers(1, 10))
def test_slots_never_meet_and_stay_inside_the_hours(minutes: int, pause: int, length: int) -> None:
    rule = Hours(0, time(8), time(8 + length), date(2026, 1, 1))
    spans = slots.offered([rule], first=MONDAY, days=1, minutes=minutes, pause=pause, zone=ALMATY)
    for one, following in pairwise(spans):
        assert following.starts_at - one.ends_at == timedelta(minutes=pause)
    assert all(at(8) <= span.starts_at and span.ends_at <= at(8 + length) for span in spans)


NAMES = ["Досымов Кайрат Ануарович"]


@pytest.mark.parametrize(
    "text",
    [
        "Мой телефон +7 707 555 18 41",
        "Звоните 87075551841",
        "ИИН 870419390122",
        "Договор 4417882233",
        "пишите на k.dosymov@example.com",
        "мой телеграм @kdosymov",
        "подробности на https://example.com/x",
        "Я Досымов, помогите",
        "Кайрату нужна помощь",
        "у Досымова Кайрата долг",
    ],
)
def test_what_tells_who_it_is_goes(text: str) -> None:
    assert masking.tells(text, NAMES)
    assert not masking.tells(masking.masked(text, NAMES), NAMES)


@pytest.mark.parametrize(
    "text",
    [
        "Банк отказал в отсрочке, долг 1 500 000 ₸, просрочка 45 дней.",
        "Доход был 320 000 тенге, стал 98 000 тенге",
        "Кредит взят в 2024 году на 48 месяцев под 34 %",
    ],
)
def test_the_matter_itself_stays(text: str) -> None:
    assert masking.masked(text, NAMES) == text


TABLES = {"requests": states.REQUESTS, "proposals": states.PROPOSALS, "bookings": states.BOOKINGS}
STATUSES = {
    "requests": states.RequestStatus.values,
    "proposals": states.ProposalStatus.values,
    "bookings": states.BookingStatus.values,
}


@pytest.mark.parametrize("name", TABLES)
def test_every_pair_of_status_and_action_is_decided(name: str) -> None:
    class Row:
        status = ""

    for action, transition in TABLES[name].items():
        for status in STATUSES[name]:
            row = Row()
            row.status = status
            if status in transition.sources:
                states.move(TABLES[name], row, action)
                assert row.status == transition.target
            else:
                error = StepRepeated if status == transition.target else StepNotAllowed
                with pytest.raises(error):
                    states.move(TABLES[name], row, action)
                assert row.status == status
