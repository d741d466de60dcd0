"""Sums, dates and lengths as people read them."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kenes.foundation.language.dates import format_date, format_length, kazakh_date, weekday
from kenes.foundation.language.money import amount_in_words, format_money, number_in_words
from kenes.foundation.language.plurals import choose

N = "\u00a0"


@pytest.mark.parametrize(
    ("tiyn", "lang", "words"),
    [
        (100_000, "ru", "Одна тысяча тенге 00 тиын"),
        (200_200_202, "ru", "Два миллиона две тысячи два тенге 02 тиын"),
        (11230, "en", "One hundred twelve tenge 30 tiyn"),
        (12_345_600, "en", "One hundred twenty-three thousand four hundred fifty-six tenge 00 tiyn"),
        (100_000, "kk", "Бір мың теңге 00 тиын"),
        (10_110_101, "kk", "Бір жүз бір мың бір жүз бір теңге 01 тиын"),
        (30_000, "kk", "Үш жүз теңге 00 тиын"),
        (0, "kk", "Нөл теңге 00 тиын"),
        (10**15, "ru", "Десять триллионов тенге 00 тиын"),
    ],
)
def test_amount_in_words(tiyn: int, lang: str, words: str) -> None:
    assert amount_in_words(tiyn, lang) == words


@pytest.mark.parametrize("tiyn", [-1, 10**15 + 100])
def test_amount_outside_the_range_is_refused(tiyn: int) -> None:
    with pytest.raises(ValueError, match="outside"):
        amount_in_words(tiyn, "ru")


@given(st.integers(0, 10**13), st.sampled_from(["ru", "kk", "en"]))
def test_different_numbers_have_different_words(number: int, lang: str) -> None:
    words = number_in_words(number, lang)
    assert " and " not in words
    assert "," not in words
    assert words != number_in_words(number + 1 if number < 10**13 else 0, lang)


def test_money_in_figures() -> None:
    assert format_money(123_456_700, "ru") == f"1{N}234{N}567{N}₸"
    assert format_money(123_456_750, "kk") == f"1{N}234{N}567,50{N}₸"
    assert format_money(5, "en") == f"0,05{N}₸"
    assert format_money(-100, "ru") == f"−1{N}₸"


def test_dates_by_language() -> None:
    day = date(2026, 11, 23)
    assert format_date(day, "ru") == f"23{N}ноября{N}2026{N}г."
    assert format_date(day, "kk") == f"2026{N}ж.{N}23{N}қараша"
    assert format_date(day, "en") == f"23{N}November{N}2026"
    assert weekday(day, "kk") == "дүйсенбі"


@pytest.mark.parametrize(
    ("month", "case", "ending"),
    [
        (9, "ablative", "қыркүйектен"),
        (4, "dative", "сәуірге"),
        (6, "ablative", "маусымнан"),
        (11, "locative", "қарашада"),
        (7, "ablative", "шілдеден"),
    ],
)
def test_kazakh_month_takes_its_ending(month: int, case: str, ending: str) -> None:
    assert kazakh_date(date(2026, month, 5), case) == f"2026{N}жылғы{N}5{N}{ending}"


@pytest.mark.parametrize(
    ("number", "form"),
    [
        (1, "день"),
        (2, "дня"),
        (5, "дней"),
        (11, "дней"),
        (14, "дней"),
        (21, "день"),
        (112, "дней"),
        (104, "дня"),
        (0, "дней"),
        (-3, "дня"),
    ],
)
def test_russian_plurals(number: int, form: str) -> None:
    assert choose(number, ("день", "дня", "дней"), "ru") == form


def test_lengths() -> None:
    assert format_length(10, "WD", "ru") == f"10{N}рабочих дней"
    assert format_length(3, "M", "kk") == f"3{N}ай"
    assert format_length(15, "CD", "kk") == f"күнтізбелік{N}15{N}күн"
    assert format_length(1, "Y", "en") == f"1{N}year"
    assert format_length(24, "M", "ru") == f"24{N}месяца"


@given(st.dates(date(1900, 1, 1), date(2200, 1, 1)), st.sampled_from(["ru", "kk", "en"]))
def test_neighbouring_days_never_look_the_same(day: date, lang: str) -> None:
    assert format_date(day, lang) != format_date(day + timedelta(days=1), lang)
