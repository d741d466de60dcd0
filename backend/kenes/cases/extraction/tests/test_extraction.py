"""Reading of texts about debts: formats of sums and days, roles, numbers, and that nothing breaks it."""

import time
from collections.abc import Iterator
from dataclasses import fields
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kenes.cases.extraction import evaluation
from kenes.cases.extraction.folding import fold
from kenes.cases.extraction.found import (
    DateRole,
    Extraction,
    Kind,
    Lender,
    NumberRole,
    PersonRole,
    Place,
    SumRole,
)
from kenes.cases.extraction.money import parse_tiyn
from kenes.cases.extraction.reading import MAX_CHARACTERS, read

LENDERS = [
    Lender("kaspi", ("АО «Kaspi Bank»", "Каспи Банк")),
    Lender("aiqyn", ("ТОО «МФО «Айқын Қаржы»", "«Айқын Қаржы» МҚҰ» ЖШС")),
    Lender("fb", ("АО «Freedom Bank Kazakhstan»",)),
]


def places(said: Extraction) -> Iterator[Place]:
    for field in fields(said):
        value = getattr(said, field.name)
        for item in value if isinstance(value, tuple) else [value]:
            if item is not None:
                yield item.place


def hold(text: str, said: Extraction) -> None:
    for place in places(said):
        assert text[place.start : place.end] == place.quote
        assert place.quote
        assert 0 <= place.confidence <= 1


@pytest.mark.parametrize(
    ("written", "tiyn"),
    [
        ("1 250 000,50 тенге", 125_000_050), ("1.250.000 тг", 125_000_000), ("1,250,000.50 KZT", 125_000_050),
        ("250 000 (двести пятьдесят тысяч) тенге", 25_000_000), ("250 000 (екі жүз елу мың) теңге", 25_000_000),
        ("KZT 250 000", 25_000_000), ("₸ 1 500", 150_000), ("345000 теңге", 34_500_000), ("1,2 млн тенге", 120_000_000),
        ("350 тыс. тенге", 35_000_000), ("450 мың теңге", 45_000_000), ("98 тенге 50 тиын", 9_850),
        ("1\u00a0250\u202f000,00\u00a0₸", 125_000_000), ("800,50 тенге 50 тиын", 80_050), ("1 2О5 ООО тенге", 120_500_000),
    ],
)  # fmt: skip
def test_sums_as_people_write_them(written: str, tiyn: int) -> None:
    text = f"Основной долг: {written}."
    said = read(text)
    found = said.sum_of(SumRole.PRINCIPAL)
    assert found is not None and found.tiyn == tiyn, said.sums
    hold(text, said)


@pytest.mark.parametrize(
    ("digits", "tiyn"),
    [
        ("1.250.000", 125_000_000),
        ("12,5", 1250),
        ("0.50", 50),
        ("250 000-00", 25_000_000),
        ("abc", None),
        ("", None),
    ],
)
def test_digits_of_a_sum(digits: str, tiyn: int | None) -> None:
    assert parse_tiyn(digits) == tiyn


@pytest.mark.parametrize(
    ("text", "role", "tiyn"),
    [
        ("Негізгі борыш 200 000 теңге", SumRole.PRINCIPAL, 20_000_000),
        ("200 000 теңге негізгі борышты өндіріп алу", SumRole.PRINCIPAL, 20_000_000),
        ("Сыйақы – 15 000 теңге", SumRole.INTEREST, 1_500_000),
        ("тұрақсыздық айыбы 3 000 теңге", SumRole.PENALTY, 300_000),
        ("пеня в размере 3 000 тенге", SumRole.PENALTY, 300_000),
        ("Мерзімі өткен берешек: 96 400 теңге", SumRole.OVERDUE, 9_640_000),
        ("Ежемесячный платеж составляет 45 000 тенге", SumRole.MONTHLY, 4_500_000),
        ("мемлекеттік баж 3 084 теңге", SumRole.FEES, 308_400),
        ("Сумма займа: 3 000 000 тенге", SumRole.LOAN, 300_000_000),
        ("Итого задолженность 1 000 тенге", SumRole.TOTAL, 100_000),
    ],
)
def test_roles_of_sums(text: str, role: SumRole, tiyn: int) -> None:
    found = read(text).sum_of(role)
    assert found is not None and found.tiyn == tiyn, read(text).sums


def test_parts_said_after_their_sums_keep_their_own_labels() -> None:
    said = read("из них: 900 000 тенге – основной долг, 71 640 тенге – вознаграждение, 10 500 тенге – пеня.")
    assert [(item.role, item.tiyn) for item in said.sums] == [
        (SumRole.PRINCIPAL, 90_000_000), (SumRole.INTEREST, 7_164_000), (SumRole.PENALTY, 1_050_000),
    ]  # fmt: skip


def test_a_sum_that_its_words_contradict_is_doubtful() -> None:
    right = read("Основной долг 250 000 (двести пятьдесят тысяч) тенге").sums[0].place.confidence
    wrong = read("Основной долг 250 000 (семнадцать миллионов) тенге").sums[0].place.confidence
    assert wrong < 0.7 < right


def test_numbers_beside_other_units_are_no_sums() -> None:
    assert read("Штраф за 30 дней, ставка 24 %, 12 месяцев, 45 МРП").sums == ()


@pytest.mark.parametrize(
    "written",
    [
        "25.03.2024", "25 марта 2024 года", "«25» марта 2024 г.", "2024-03-25", "25 наурыз 2024 жыл", "25/03/2024",
        "2024 жылғы 25 наурыз", "2024 жылғы 25 наурыздағы", "2024 ж. 25 наурызда", "25. 03. 2024", "2S.03.2024",
    ],
)  # fmt: skip
def test_days_as_people_write_them(written: str) -> None:
    text = f"Дата: {written} № 5"
    said = read(text)
    hold(text, said)
    if written.startswith("2S"):  # what cannot be told is not guessed
        assert all(item.day != date(2024, 3, 25) for item in said.dates)
    else:
        assert [item.day for item in said.dates] == [date(2024, 3, 25)]


@pytest.mark.parametrize("written", ["31.02.2024", "32.01.2024", "00.00.0000", "25.13.2024", "99 марта 2024"])
def test_days_that_do_not_exist_are_not_found(written: str) -> None:
    assert read(f"договор от {written}").dates == ()


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("договор № 1 от 25.03.2024", DateRole.CONTRACT),
        ("2024 жылғы 25 наурыздағы № 15 микрокредит беру туралы шарт", DateRole.CONTRACT),
        ("по состоянию на 25.03.2024", DateRole.AS_OF),
        ("2024 жылғы 25 наурыздағы жағдай бойынша", DateRole.AS_OF),
        ("исполнительная надпись совершена 25.03.2024", DateRole.INSCRIPTION),
        ("Дата получения: 25.03.2024", DateRole.RECEIVED),
        ("көшірме 2024 жылғы 25 наурызда алынды", DateRole.RECEIVED),
        ("погасить в срок до 25.03.2024", DateRole.DUE),
        ("2024 жылғы 25 наурызға дейін төлеңіз", DateRole.DUE),
        ("допущена просрочка с 25.03.2024", DateRole.OVERDUE_SINCE),
        ("судебное заседание назначено на 25.03.2024", DateRole.COURT),
        ("по договору уступки от 25.03.2024", DateRole.ASSIGNMENT),
        ("Исх. № 7 от 25.03.2024", DateRole.LETTER),
        ("Дата рождения: 25.03.1984", DateRole.BIRTH),
    ],
)
def test_roles_of_days(text: str, role: DateRole) -> None:
    assert [item.role for item in read(text).dates] == [role]


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("ежемесячно до 15 числа", 15), ("не позднее 7-го числа каждого месяца", 7), ("әр айдың 20-күніне дейін", 20),
    ],
)  # fmt: skip
def test_the_day_of_payment(text: str, day: int) -> None:
    assert [item.day_of_month for item in read(text).due_days] == [day]


@pytest.mark.parametrize(
    ("text", "role", "number"),
    [
        ("По договору № МК-2024/118 от", NumberRole.CONTRACT, "МК-2024/118"),
        ("Договор №ЖН-55012", NumberRole.CONTRACT, "ЖН-55012"),
        ("№ СН-204/25 микрокредит беру туралы шарт бойынша", NumberRole.CONTRACT, "СН-204/25"),
        ("Номер договора: 3700112233", NumberRole.CONTRACT, "3700112233"),
        ("По договору Ne 5521/КР от", NumberRole.CONTRACT, "5521/КР"),
        ("зарегистрировано в реестре за № 7712", NumberRole.REGISTRY, "7712"),
        ("Дело № 7512-26-00-2/3391", NumberRole.COURT_CASE, "7512-26-00-2/3391"),
        ("Исх. № 18/04-221", NumberRole.LETTER, "18/04-221"),
    ],
)
def test_numbers_and_what_they_number(text: str, role: NumberRole, number: str) -> None:
    assert [(item.role, item.number) for item in read(text).numbers] == [(role, number)]


def test_rates_of_a_year_but_not_of_a_day() -> None:
    said = read("Ставка вознаграждения 24,5% годовых, ГЭСВ 45.9 %. Неустойка 0,5 % за каждый день просрочки.")
    assert [(item.percent, item.effective) for item in said.rates] == [("24.5", False), ("45.9", True)]
    kazakh = read("Сыйақы мөлшерлемесі жылдық 36 %, ЖТСМ 44,2 %")
    assert [(item.percent, item.effective) for item in kazakh.rates] == [("36", False), ("44.2", True)]


def test_identity_numbers_need_their_check_digit() -> None:
    said = read("ИИН 900101300007, БИН 240540000006, телефон 870123456789, ИИН 900101300008")
    assert [(item.kind, item.number) for item in said.identities] == [
        ("iin", "900101300007"), ("bin", "240540000006"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("перед АО «Каспи Банк»", "kaspi"), ("Kaspi Bank-ке", "kaspi"), ("Айкын Каржы", "aiqyn"),
        ("АЙҚЫН ҚАРЖЫ", "aiqyn"), ("Freedom Bank Kazakhstan", "fb"), ("банк", ""), ("ТОО «Новый Долг»", "Новый Долг"),
    ],
)  # fmt: skip
def test_lenders_in_any_spelling(text: str, key: str) -> None:
    found = read(text, known_lenders=LENDERS).lenders
    assert [item.key or item.name for item in found] == ([key] if key else [])
    hold(text, read(text, known_lenders=LENDERS))


def test_people_of_papers() -> None:
    said = read(
        "Нотариус города Алматы Ахметова А.К. Медеуский районный суд города Алматы. ЧСИ Оспанов Е. Т."
    )
    assert {(item.role, item.name) for item in said.people} == {
        (PersonRole.NOTARY, "Ахметова А.К."), (PersonRole.COURT, "Медеуский районный суд города Алматы"),
        (PersonRole.BAILIFF, "Оспанов Е. Т."),
    }  # fmt: skip


@pytest.mark.parametrize(
    "text", ["", "Здравствуйте! Подскажите, как дела с моим вопросом?", "Сәлеметсіз бе, рақмет!"]
)
def test_a_text_without_facts_gives_none(text: str) -> None:
    assert read(text) == Extraction()


def test_what_is_too_long_is_read_so_far() -> None:
    said = read("а " * MAX_CHARACTERS + "Основной долг 5 000 тенге")
    assert said.sums == ()


_PIECES = st.sampled_from(
    [
        "договор № ", "шарт", "от ", "25.03.2024", "2024 жылғы 25 наурыздағы ", "1 250 000,50 ", "тенге", "теңге ", "(", ")",
        "основной долг", "сыйақы ", "ИИН 900101300007", "№", "%", "24,5 % годовых", "\n", "\n\n", " ", "«Айқын Қаржы»", "ТОО «",
        "нотариус ", "İ", "ß", "\u202e", "\x00", "\ud800", "😀", "ЖТСМ ", "0" * 40, "1 " * 30, ".", "до 15 числа каждого месяца",
    ]
)  # fmt: skip


@settings(max_examples=250, deadline=2000)
@given(st.one_of(st.text(max_size=400), st.lists(_PIECES, max_size=40).map("".join)))
def test_no_text_breaks_it_and_places_always_quote(text: str) -> None:
    assert len(fold(text)) == len(text)
    said = read(text, known_lenders=LENDERS)
    hold(text, said)
    assert all(0 < item.tiyn < 10**15 for item in said.sums)


@pytest.mark.parametrize(
    "text",
    [
        "1 " * 50_000,
        "№" * 50_000,
        "(" * 50_000,
        "а" * 100_000,
        "договор " * 12_000,
        "«" * 50_000,
        "1." * 50_000,
    ],
)
def test_hostile_texts_take_no_long_time(text: str) -> None:

    started = time.monotonic()
    hold(text[:MAX_CHARACTERS], read(text, known_lenders=LENDERS))
    assert time.monotonic() - started < 10


@pytest.mark.parametrize(("name", "precision", "recall"), [("tune", 0.97, 0.97), ("held_out", 0.94, 0.9)])
def test_labelled_texts_are_read_well(name: str, precision: float, recall: float) -> None:
    rows: list[dict[str, Any]] = evaluation.lines(name)
    assert len(rows) >= 20 and sum(row["lang"] == "kk" for row in rows) * 2 >= len(rows)
    score, misses = evaluation.score(rows)
    assert score.precision >= precision and score.recall >= recall, misses
    for row in rows:
        hold(row["text"], read(row["text"]))


def test_kinds_of_the_held_out_papers_are_right() -> None:
    wrong = [
        row["id"]
        for row in evaluation.lines("held_out")
        if evaluation.answer(row).get("kind") != row["expect"]["kind"]
    ]
    assert len(wrong) <= 1, wrong
    assert {kind.value for kind in Kind} >= {row["expect"]["kind"] for row in evaluation.lines("tune")}
