"""Sums for people: in figures and in words."""

from typing import Final

from num2words import num2words

NBSP: Final = "\u00a0"
MAX_TIYN: Final = 10**15
# The library calls Kazakh by the country's code.
_NUM2WORDS: Final = {"ru": "ru", "kk": "kz", "en": "en"}
_KK_DIGITS: Final = frozenset(["екі", "үш", "төрт", "бес", "алты", "жеті", "сегіз", "тоғыз"])
_TENGE: Final = {"ru": "тенге", "kk": "теңге", "en": "tenge"}
_TIYN: Final = {"ru": "тиын", "kk": "тиын", "en": "tiyn"}


def format_number(number: int) -> str:
    """Whole number in groups of three with no-break spaces; the minus is the typographic one."""
    return f"{number:,}".replace(",", NBSP).replace("-", "−")


def format_money(tiyn: int, lang: str) -> str:
    """1 234 567 ₸ or 1 234 567,50 ₸ from a sum in tiyn; ru, kk and en write it alike."""
    whole, part = divmod(abs(tiyn), 100)
    sign = "−" if tiyn < 0 else ""
    tail = f",{part:02d}" if part else ""
    return f"{sign}{format_number(whole)}{tail}{NBSP}₸"


def number_in_words(number: int, lang: str) -> str:
    """Whole number 0…10¹³ in words, masculine in Russian, without «and» and commas in English.

    Raises KeyError for an unknown language, ValueError for a negative or too large number.
    """
    if not 0 <= number <= MAX_TIYN // 100:
        raise ValueError("the number is outside 0…10¹³")
    words = str(num2words(number, lang=_NUM2WORDS[lang]))
    if lang == "en":
        words = words.replace(" and ", " ").replace(",", "")
    if lang == "kk":
        words = _with_one_hundred(words)
    return " ".join(words.split())


def _with_one_hundred(words: str) -> str:
    """«жүз» is «бір жүз» in papers, so that nobody can write another digit in front of it."""
    result: list[str] = []
    for word in words.split():
        if word == "жүз" and (not result or result[-1] not in _KK_DIGITS):
            result.append("бір")
        result.append(word)
    return " ".join(result)


def amount_in_words(tiyn: int, lang: str) -> str:
    """«Сто двенадцать тенге 30 тиын»: tenge in words, tiyn always in two digits.

    Raises ValueError for a negative sum or one above 10¹⁵ tiyn, KeyError for an unknown language.
    """
    whole, part = divmod(tiyn, 100)
    words = number_in_words(whole, lang)
    return f"{words[:1].upper()}{words[1:]} {_TENGE[lang]} {part:02d} {_TIYN[lang]}"
