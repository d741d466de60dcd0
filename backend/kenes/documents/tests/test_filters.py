"""Forms of values that templates ask for by filters."""

from __future__ import annotations

import io
from datetime import date

import pytest
from docx import Document

from kenes.documents.filling.rendering import RenderingFailed, compile_template, fill
from kenes.documents.filling.safety import TemplateRefused
from kenes.documents.letters import posts
from kenes.documents.letters.filters import FILTERS
from kenes.documents.letters.forms import Day, Months, Name, Organisation, Sum

DAY = date(2026, 11, 23)


def printed(expression: str, **values: object) -> str:
    document, out = Document(), io.BytesIO()
    document.add_paragraph(f"{{{{ {expression} }}}}")
    document.save(out)
    filled = fill(out.getvalue(), values)
    return Document(io.BytesIO(filled)).paragraphs[0].text.replace("\u00a0", " ")


@pytest.mark.parametrize(
    ("expression", "language", "expected"),
    [
        ("sum", "ru", "1 250 000,50"),
        ("sum|words", "ru", "Один миллион двести пятьдесят тысяч тенге 50 тиын"),
        ("sum|words", "kk", "Бір миллион екі жүз елу мың теңге 50 тиын"),
        ("day", "ru", "23 ноября 2026 года"),
        ("day", "kk", "2026 жылғы 23 қараша"),
        ("day|on_day", "kk", "2026 жылғы 23 қарашада"),
        ("day|from_day", "kk", "2026 жылғы 23 қарашадан"),
        ("day|by_day", "kk", "2026 жылғы 23 қарашаға"),
        ("day|of_day", "ru", "23 ноября 2026 года"),
        ("day|dotted", "kk", "23.11.2026"),
        ("day|words", "ru", "двадцать третьего ноября две тысячи двадцать шестого года"),
        ("day|words", "kk", "екі мың жиырма алтыншы жылғы жиырма үшінші қараша"),
        ("man|dative", "ru", "Ахметову Ерлану Сериковичу"),
        ("man|dative", "kk", "Ахметов Ерлан Сериковичке"),
        ("man|initials", "ru", "Ахметов Е. С."),
        ('man|gender("обязан", "обязана")', "ru", "обязан"),
        ('woman|gender("обязан", "обязана")', "ru", "обязана"),
        ('nobody|gender("обязан", "обязана", "обязан(а)")', "ru", "обязан(а)"),
        ("nobody|genitive", "ru", "Қуат Шын"),
        ("lender", "kk", "«Үлгі» АҚ"),
        ("lender|dative", "kk", "«Үлгі» АҚ-ға"),
        ("lender|dative", "ru", "АО «Үлгі»"),
        ('days|plural("день", "дня", "дней")', "ru", "22 дня"),
        ('days|plural("күн")', "kk", "22 күн"),
        ("months", "ru", "6 месяцев"),
        ("iin|masked", "ru", "••••••••0122"),
        ("text|capital", "ru", "Слово"),
        ("list|count", "ru", "2"),
    ],
)  # fmt: skip
def test_each_filter_gives_its_form(expression: str, language: str, expected: str) -> None:
    values = {
        "sum": Sum(125000050, language), "day": Day(DAY, language), "days": 22, "iin": "870419390122",  # type: ignore[arg-type]
        "man": Name("Ахметов Ерлан Серикович", "M", language), "woman": Name("Ким Анна", "F", language),  # type: ignore[arg-type]
        "nobody": Name("Қуат Шын", "", language), "lender": Organisation("АО «Үлгі»", "", language),  # type: ignore[arg-type]
        "months": Months(6, language), "text": "слово", "list": ["a", "b"],  # type: ignore[arg-type]
    }  # fmt: skip
    assert printed(expression, **values) == expected


@pytest.mark.parametrize(
    ("post", "case", "expected"),
    [
        ("председатель правления", "dative", "председателю правления"),
        ("Генеральный директор", "genitive", "Генерального директора"),
        ("руководитель департамента взыскания", "instrumental", "руководителем департамента взыскания"),
        ("Директор", "dative", "Директору"),
        ("главный бухгалтер", "accusative", "главного бухгалтера"),
        ("МФО-менеджер XXL", "dative", "МФО-менеджер XXL"),
        ("банк басшысы", "dative", "банк басшысына"),
        ("сот орындаушысы", "ablative", "сот орындаушысынан"),
        ("төраға", "genitive", "төрағаның"),
        ("", "dative", ""),
    ],
)
def test_posts_are_declined_by_their_head(post: str, case: str, expected: str) -> None:
    assert posts.decline(post, case) == expected


@pytest.mark.parametrize("name", sorted(FILTERS))
def test_a_filter_on_a_value_without_that_form_makes_no_letter(name: str) -> None:
    """Neither an exception that names the value, nor a letter with nonsense."""
    arguments = {"gender": '("а", "б")', "plural": '("день", "дня", "дней")'}.get(name, "")
    if name == "capital":
        return
    with pytest.raises(RenderingFailed):
        printed(f"value|{name}{arguments}", value=3.5)


@pytest.mark.parametrize(
    "expression",
    [
        "sum|safe",
        "sum|attr('tiyn')",
        "sum|words(other)",
        "sum|gender(*list)",
        "sum.tiyn",
        "sum.in_words()",
        "list[0]",
    ],
)
def test_nothing_but_the_listed_forms_can_be_had(expression: str) -> None:
    document, out = Document(), io.BytesIO()
    document.add_paragraph(f"{{{{ {expression} }}}}")
    document.save(out)
    with pytest.raises((TemplateRefused, RenderingFailed)):
        compile_template(out.getvalue()).fill({"sum": Sum(1, "ru"), "list": ["a"], "other": "x"})
