"""Kazakh endings that letters need: case endings of names and posts, and dates with endings.

Rules: the ending follows the last vowel (back or front) and the last sound of the word; words that end in a third person's
possession (-ұлы, -қызы, басшысы) take endings of their own.
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
# A post that belongs to somebody («басшысы», «директоры»), but not one that names who does the work («орындаушы»).
_POSSESSED_POST: Final = re.compile(r"(?<!ш)[ыі]$", re.IGNORECASE)
_BUZZING: Final = frozenset("зж")
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


# Case endings by the last sound: after a vowel, a voiced one, a nasal, a voiceless one; back and front form.
_ENDINGS: Final[dict[str, tuple[str, str, str, str]]] = {
    "genitive": ("ның нің", "дың дің", "ның нің", "тың тің"),
    "dative": ("ға ге", "ға ге", "ға ге", "қа ке"),
    "accusative": ("ны ні", "ды ді", "ды ді", "ты ті"),
    "locative": ("да де", "да де", "да де", "та те"),
    "ablative": ("дан ден", "дан ден", "нан нен", "тан тен"),
    "instrumental": ("мен мен", "мен мен", "мен мен", "пен пен"),
}
# After «his son», «his daughter» and other words that end in a third person's possession.
_AFTER_POSSESSION: Final = {
    "genitive": "ның нің", "dative": "на не", "accusative": "н н", "locative": "нда нде", "ablative": "нан нен",
    "instrumental": "мен мен",
}  # fmt: skip
CASES: Final = frozenset(_ENDINGS)


def decline(words: str, case: str) -> str:
    """«Есенұлы Бақытжан», "ablative" → «Есенұлы Бақытжаннан»: the last word takes the ending. KeyError for another case."""
    last = words.rstrip("ьЬъЪ»").lower()[-1:]
    if _POSSESSIVE.search(words):
        forms = _AFTER_POSSESSION[case]
    elif last in _NASAL:
        forms = _ENDINGS[case][2]
    elif last in _VOICELESS:
        forms = _ENDINGS[case][3]
    else:
        forms = _ENDINGS[case][1 if last and last not in _BACK | _FRONT else 0]
        if case == "instrumental" and last in _BUZZING:
            forms = "бен бен"
    return words + forms.split()[_is_front(words)]


def decline_post(words: str, case: str) -> str:
    """«банк басшысы», "dative" → «банк басшысына»."""
    last = words.split(" ")[-1]
    if _POSSESSED_POST.search(last) and not _POSSESSIVE.search(words):
        return words + _AFTER_POSSESSION[case].split()[_is_front(words)]
    return decline(words, case)


def decline_abbreviation(words: str, case: str) -> str:
    """««Айқын» ЖШС», "dative" → ««Айқын» ЖШС-ға»: a legal form takes the ending after a hyphen, in its back form."""
    return f"{words}-{_ENDINGS[case][0].split()[0]}"


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


def by_day(day: date) -> str:
    """«2026 жылғы 23 қарашаға»: up to that day."""
    return kazakh_date(day, "dative")
