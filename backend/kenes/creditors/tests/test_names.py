"""Spellings of one name give one key; different names do not."""

import pytest

from kenes.creditors.names import fold, latin_key, name_words, to_latin


@pytest.mark.parametrize(
    "spellings",
    [
        ("АО «Kaspi Bank»", "Kaspi Bank", "каспи банк", "«КАСПИ БАНК» АҚ", "Kаspi Bаnk", "ао каспи-банк"),
        (
            "ТОО «МФО «Айқын Қаржы»",
            "«Айқын Қаржы» МҚҰ» ЖШС",
            "айкын каржы",
            "МФО Айқын  Қаржы",
            "Айқын\u00a0Қаржы",
        ),
        ("АО «Народный Банк Казахстана»", "народный банк казахстана", 'АО "Народный банк Казахстана"'),
        ("ТОО «КА «ДолгКонтроль Азия»", "Долгконтроль Азия"),
        ("Сенім Ақша", "Сенiм Ақша", "сеним акша"),
    ],
)
def test_spellings_of_one_name_are_one_key(spellings: tuple[str, ...]) -> None:
    assert len({latin_key(spelling) for spelling in spellings}) == 1


def test_different_names_stay_apart() -> None:
    names = ["Kaspi Bank", "Halyk Bank", "Жедел Көмек", "Жедел Несие", "МФО 1", "МФО 2"]
    assert len({latin_key(name) for name in names}) == len(names)


def test_name_of_nothing_but_a_legal_form_is_kept() -> None:
    assert name_words("ТОО") == ["тоо"]
    assert latin_key("«»") == ""


def test_numbers_are_not_shortened() -> None:
    assert to_latin(fold("МК-4417 Коллект")) == "mk 4417 kolekt"


@pytest.mark.parametrize("text", ["", "   ", "\u200b", "—", "😀"])
def test_empty_texts_are_harmless(text: str) -> None:
    assert fold(text) == ""
    assert latin_key(text) == ""
