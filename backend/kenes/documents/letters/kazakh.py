"""Kazakh endings that letters need: case suffixes of names, and dates with suffixes.

Rules: the suffix follows the last vowel (back or front) and the last sound of the word; after a third-person
possessive ending (-ұлы, -қызы) the ablative is -нан/-нен and the dative -на/-не.
"""

from __future__ import annotations

import re
from datetime import date
from typing import Final

from kenes.foundation.language.dates import kazakh_date

_BACK: Final = frozenset("аоұыуяюё")
_FRONT: Final = frozenset("әөүіеиэ")
_NASAL: Final = frozenset("мнң")
# Voiced б, в, г, ғ, д at the end of a word are pronounced voiceless, so they take the voiceless form.
_VOICELESS: Final = frozenset("пфкқтсшщхцчһбвгғд")
_POSSESSIVE: Final = re.compile(r"(ұлы|қызы|улы|кызы|оғлы|оглы|тегі)$", re.IGNORECASE)
# «у» after a vowel is a consonant («Тілеу»), so the vowel before it decides.
_GLIDE: Final = re.compile(r"(?<=[аәеоөұүыі])у")


def _is_front(word: str) -> bool:
    letters = word.lower()
    if letters.endswith("ь"):
        return True
    for letter in reversed(_GLIDE.sub("", letters)):
        if letter in _FRONT:
            return True
        if letter in _BACK:
            return False
    return False


def ablative(words: str) -> str:
    """«Есенұлы Бақытжан» → «Есенұлы Бақытжаннан»: from whom; the last word takes the suffix."""
    vowel = "е" if _is_front(words) else "а"
    last = words.rstrip("ьЬъЪ").lower()[-1:]
    if _POSSESSIVE.search(words) or last in _NASAL:
        return f"{words}н{vowel}н"
    return f"{words}т{vowel}н" if last in _VOICELESS else f"{words}д{vowel}н"


def dative(words: str) -> str:
    """«Сапар Нұргүл» → «Сапар Нұргүлге»: to whom; the last word takes the suffix."""
    front = _is_front(words)
    if _POSSESSIVE.search(words):
        return words + ("не" if front else "на")
    if words.rstrip("ьЬъЪ").lower()[-1:] in _VOICELESS:
        return words + ("ке" if front else "қа")
    return words + ("ге" if front else "ға")


def long_date(day: date) -> str:
    """«2026 жылғы 18 қараша»."""
    return kazakh_date(day, "locative")[:-2]


def on_day(day: date) -> str:
    """«2024 жылғы 14 мамырда»: on that day."""
    return kazakh_date(day, "locative")


def of_day(day: date) -> str:
    """«2024 жылғы 14 мамырдағы»: belonging to that day (the state on it)."""
    located = kazakh_date(day, "locative")
    return located + ("ғы" if located.endswith("а") else "гі")


def from_day(day: date) -> str:
    """«2026 жылғы 22 қазаннан»: from that day on."""
    return kazakh_date(day, "ablative")
