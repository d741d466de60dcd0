from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from kenes.documents.authoring.build import FOLDER, templates
from kenes.documents.filling.docx_text import docx_text
from kenes.documents.filling.rendering import fill
from kenes.documents.letters import kazakh, law_references
from kenes.documents.letters.content import Enclosure, LetterContent
from kenes.documents.letters.organisations import kazakh_name, russian_name
from kenes.documents.letters.printing import values_for
from kenes.documents.letters.values import (
    RELIEF_KINDS,
    LetterIncomplete,
    drop_percent,
    letter_values,
    text_language,
)
from kenes.documents.tests.letters import BANK_LETTER, MICRO_LETTER, changed

LANGUAGES = ("ru", "kk")


def letter(facts: LetterContent, language: str, translation_of: str | None = None) -> str:
    assert facts.lender is not None
    code = "RESTRUCT_BANK" if facts.lender.kind == "BANK" else "RESTRUCT_MFO"
    template = (FOLDER / code / f"{language}.docx").read_bytes()
    filled = fill(template, values_for(code, facts, language, translation_of=translation_of))
    return docx_text(filled, footer=True).replace("\u00a0", " ")


def test_a_russian_bank_letter_says_all_that_the_bank_must_know() -> None:
    text = letter(BANK_LETTER, "ru")
    for expected in (
        "АО «Банк ЦентрКредит»",
        "от Досымова Кайрата Ануаровича",
        "ИИН 870419390122",
        "Телефон: +7 707 555 18 41",
        "№ 4417/КР-2024 от 14 мая 2024 года",
        "Просрочка по Договору началась 22 октября 2026 года",
        "в пределах 30 календарных дней",
        "Основной долг | 1 391 360,00 ₸ | Один миллион триста девяносто одна тысяча триста шестьдесят тенге 00 тиын",
        "Вознаграждение | 73 875,00 ₸",
        "Неустойка (штрафы, пени) | 2 486,00 ₸",
        "Всего | 1 467 721,00 ₸",
        "«С 30 сентября сократили, склад закрылся.\nПрошу дать передышку, потом платить поменьше.»",
        "прежде – 320 000,00 тенге",
        "сейчас – 98 000,00 тенге",
        "Доход снизился на 59,8 %",
        "Число лиц на моём иждивении: 2.",
        "1) предоставить отсрочку погашения основного долга и вознаграждения на 6 месяцев;",
        "2) увеличить общий срок Договора до 72 месяцев;",
        "3) установить ежемесячный платёж не выше 60 000,00 тенге (Шестьдесят тысяч тенге 00 тиын).",
        "в течение 15 календарных дней со дня получения заявления",
        "Ответ прошу направить на электронную почту k.dosymov@example.com",
        "принятое мной 18 ноября 2026 года соглашение об использовании SMS-кода в качестве подписи (редакция 1, номер +7 ••• ••• 18 41)",
        "Дата: 18 ноября 2026 года",
        "Досымов К. А.",
    ):
        assert expected in text


def test_a_kazakh_microcredit_letter_is_written_in_its_own_grammar() -> None:
    text = letter(MICRO_LETTER, "kk")
    for expected in (
        "««Айқын Қаржы» МҚҰ» ЖШС\nбасшысына",
        "Есенұлы Бақытжаннан",
        "ЖСН 920803397822",
        "микрокредит беру туралы шарттың талаптарын өзгерту туралы",
        "2026 жылғы 22 қазаннан бері кешіктіріп келемін",
        "2026 жылғы 18 қарашадағы жағдай бойынша",
        "Барлығы | 1 467 721,00 ₸ | Бір миллион төрт жүз алпыс жеті мың жеті жүз жиырма бір теңге 00 тиын",
        "1) берешекті 12 ай ішінде тең бөліп төлейтіндей етіп өтеу кестесін өзгерту;",
        "күнтізбелік 15 күн ішінде",
        "мына мекенжайға: г. Алматы",
        "«Микроқаржылық қызмет туралы» Қазақстан Республикасы Заңының 9-2-бабы",
        "Есенұлы Б.",
    ):
        assert expected in text


@pytest.mark.parametrize(
    ("language", "mark"), [("ru", "до возникновения просрочки"), ("kk", "мерзімі өткенге дейін")]
)
def test_without_a_delay_the_letter_is_preventive(language: str, mark: str) -> None:
    facts = changed(BANK_LETTER, "debt", overdue_since=None, apply_by=None, penalty_tiyn=0)
    facts = changed(facts, "hardship", code="EXPECTED_INCOME_DROP", since=date(2027, 1, 1))
    text = letter(facts, language)
    assert mark in text
    assert "Просрочка по Договору началась" not in text and "кешіктіріп келемін" not in text
    assert ("ожидается ухудшение" in text) or ("нашарлайды деп болжап отырмын" in text)


def test_a_late_application_says_so() -> None:
    facts = changed(BANK_LETTER, "debt", apply_by=date(2026, 11, 17))
    assert "30 календарных дней со дня возникновения просрочки истекли" in letter(facts, "ru")
    assert "30 күн өтіп кетсе де" in letter(facts, "kk")


def test_own_words_in_another_language_are_marked_and_kept() -> None:
    facts = changed(BANK_LETTER, "hardship", text="My contract ends in December.")
    assert "своими словами (на английском языке):\n«My contract ends in December.»" in letter(facts, "ru")
    assert "баяндаймын (ағылшын тілінде)" in letter(facts, "kk")
    assert "баяндаймын (орыс тілінде)" in letter(BANK_LETTER, "kk")


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_translation_says_which_text_is_signed_and_has_no_place_for_a_signature(language: str) -> None:
    original = "kk" if language == "ru" else "ru"
    text = letter(BANK_LETTER, language, translation_of=original)
    assert ("ПЕРЕВОД НА РУССКИЙ" in text) or ("ҚАЗАҚ ТІЛІНДЕГІ АУДАРМА" in text)
    assert "____" not in text
    assert "____" in letter(BANK_LETTER, language)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", sorted(RELIEF_KINDS))
def test_every_relief_can_be_asked_for(language: str, kind: str) -> None:
    facts = changed(
        BANK_LETTER, "relief", kinds=(kind,), new_payment_tiyn=None, new_rate_percent=Decimal("17.50")
    )
    text = letter(facts, language)
    requests = re.findall(r"^\d\) .{10,}\.$", text, flags=re.MULTILINE)
    assert len(requests) == 1
    if kind == "RATE_CUT":
        assert "17,5" in requests[0]


@pytest.mark.parametrize("kinds", [(), ("WRITE_EVERYTHING_OFF",)])
def test_a_relief_that_no_letter_knows_makes_no_letter(kinds: tuple[str, ...]) -> None:
    with pytest.raises(LetterIncomplete):
        letter_values(changed(BANK_LETTER, "relief", kinds=kinds), "ru")


def test_the_duty_to_defer_is_cited_only_with_targeted_aid_on_record() -> None:
    aided = changed(BANK_LETTER, "income", targeted_social_aid=True)
    assert "от 28 августа 2025 года № 49" in letter(aided, "ru")
    assert "2025 жылғы 28 тамыздағы № 49" in letter(aided, "kk")
    assert "№ 49" not in letter(BANK_LETTER, "ru")


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_waits_for_a_lawyer_is_never_cited(language: str) -> None:
    assert "banks.settlement_article" in law_references.waiting_for_review()
    assert law_references.citations(("banks.settlement_article",), language) == []
    for facts in (BANK_LETTER, MICRO_LETTER):
        assert "258-VIII" not in letter(facts, language)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("facts", [BANK_LETTER, MICRO_LETTER], ids=["bank", "mfo"])
def test_a_letter_has_no_traces_of_its_making(facts: LetterContent, language: str) -> None:
    bare = replace(
        facts,
        contract=replace(
            facts.contract, amount_tiyn=None, term_months=None, rate_percent=None, monthly_payment_tiyn=None
        ),
        sms_agreement=None,
        attachments=(
            Enclosure("справка о доходах", "кіріс туралы анықтама"),
            Enclosure("копия договора", "шарттың көшірмесі"),
        ),
    )
    for variant in (facts, bare):
        body, _, _ = letter(variant, language).partition("\n---\n")
        for trace in ("{{", "{%", "None", "True", "()", "..", " ,", " .", "  ", ": ."):
            assert trace not in body, trace


def test_markup_in_the_borrowers_words_stays_text() -> None:
    facts = changed(BANK_LETTER, "hardship", text="</w:t></w:r> {{ 7 * 7 }} & <b>\x08долг</b>")
    text = letter(facts, "ru")
    assert "«</w:t></w:r> {{ 7 * 7 }} & <b>долг</b>»" in text and "49" not in text


def test_facts_survive_their_json_form() -> None:
    facts = changed(BANK_LETTER, "relief", new_rate_percent=Decimal("17.5"))
    for each in (
        facts,
        changed(replace(facts, sms_agreement=None), "debt", overdue_since=None, apply_by=None),
    ):
        assert LetterContent.from_json(json.loads(json.dumps(each.to_json()))) == each


def test_the_fall_of_income_is_taken_from_the_averages_when_they_are_known() -> None:
    assert drop_percent(BANK_LETTER.income) == Decimal("59.8")
    assert drop_percent(replace(BANK_LETTER.income, avg12_tiyn=None)) == Decimal("69.4")
    assert drop_percent(replace(BANK_LETTER.income, avg2_tiyn=30200000)) == 0
    assert drop_percent(replace(BANK_LETTER.income, avg12_tiyn=0)) == 0


@pytest.mark.parametrize(
    ("name", "from_whom", "to_whom"),
    [
        ("Есенұлы Бақытжан", "Есенұлы Бақытжаннан", "Есенұлы Бақытжанға"),
        ("Сапар Нұргүл Маратқызы", "Сапар Нұргүл Маратқызынан", "Сапар Нұргүл Маратқызына"),
        ("Нұрлан Есенұлы", "Нұрлан Есенұлынан", "Нұрлан Есенұлына"),
        ("Досымов Кайрат Ануарович", "Досымов Кайрат Ануаровичтен", "Досымов Кайрат Ануаровичке"),
        ("Ким Ольга Аркадьевна", "Ким Ольга Аркадьевнадан", "Ким Ольга Аркадьевнаға"),
        ("Қанат Айгүл", "Қанат Айгүлден", "Қанат Айгүлге"),
        ("Серік Мақсат", "Серік Мақсаттан", "Серік Мақсатқа"),
        ("Ким Игорь", "Ким Игорьден", "Ким Игорьге"),
        ("Ли Ким", "Ли Кимнен", "Ли Кимге"),
        ("Асан Тілеу", "Асан Тілеуден", "Асан Тілеуге"),
        ("Серік Бектау", "Серік Бектаудан", "Серік Бектауға"),
        ("Асан Мұраттегі", "Асан Мұраттегінен", "Асан Мұраттегіне"),
        ("Ахметов Тимур", "Ахметов Тимурдан", "Ахметов Тимурға"),
    ],
)
def test_kazakh_endings_follow_the_last_sounds(name: str, from_whom: str, to_whom: str) -> None:
    assert (kazakh.decline(name, "ablative"), kazakh.decline(name, "dative")) == (from_whom, to_whom)


@pytest.mark.parametrize(
    "own", ["«Айқын Қаржы» МҚҰ» ЖШС", "««Айқын Қаржы» МҚҰ» ЖШС", "«„Айқын Қаржы“ МҚҰ» ЖШС"]
)
def test_marks_of_a_kazakh_name_are_put_right_whatever_the_register_has(own: str) -> None:
    assert kazakh_name(own) == "««Айқын Қаржы» МҚҰ» ЖШС"
    assert russian_name(own) == "ТОО «МФО «Айқын Қаржы»"


@pytest.mark.parametrize(
    ("russian", "in_kazakh"),
    [
        ("АО «Банк ЦентрКредит»", "«Банк ЦентрКредит» АҚ"),
        ("ТОО «МФО «Айқын Қаржы»", "««Айқын Қаржы» МҚҰ» ЖШС"),
        ("ТОО «Ломбард «Алтын»", "«Ломбард «Алтын»» ЖШС"),
        ("Kaspi Bank", "Kaspi Bank"),
    ],
)
def test_a_lender_keeps_its_name_and_changes_its_legal_form(russian: str, in_kazakh: str) -> None:
    assert kazakh_name(russian) == in_kazakh
    assert russian_name(in_kazakh) == russian


@pytest.mark.parametrize(
    ("text", "language"),
    [("Көлігім сынды", "kk"), ("Склад закрылся", "ru"), ("I lost my job in Kaspi", "en"), ("", "ru")],
)
def test_the_language_of_own_words_is_told_by_letters(text: str, language: str) -> None:
    assert text_language(text) == language


@pytest.mark.parametrize(
    ("code", "language", "docx"), [pytest.param(*t, id=f"{t[0]}-{t[1]}") for t in templates()]
)
def test_committed_templates_and_dumps_are_what_the_texts_give(code: str, language: str, docx: bytes) -> None:
    path = FOLDER / code / f"{language}.docx"
    assert path.read_bytes() == docx, "run manage.py build_letter_templates"
    assert path.with_suffix(".txt").read_text(encoding="utf-8") == docx_text(docx, footer=True)


@pytest.mark.parametrize(
    ("full", "iin", "expected"),
    [
        # The ИИН of a man under the name of a woman: the name is declined as what it is.
        ("Лаптева Ирина Денисовна", "870419390122", "от Лаптевой Ирины Денисовны"),
        ("Қуат Шын", "870419390122", "от Қуата Шына"),
        ("Қуат Шын", "", "от Қуат Шын"),
    ],
)
def test_a_name_is_declined_by_what_it_tells(full: str, iin: str, expected: str) -> None:
    facts = changed(BANK_LETTER, "borrower", full_name=full, iin=iin)
    assert expected in letter(facts, "ru")
