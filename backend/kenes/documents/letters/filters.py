"""Filters of letter templates: the forms of a value that grammar asks for. There are no others.

Each takes a value of `letters.forms` (or plain text and whole numbers where said) and gives plain text; TypeError when it is put
on something else. Arguments in a template are constants only.
"""

from __future__ import annotations

from collections.abc import Callable, Sized
from functools import partial
from typing import Final

from kenes.documents.letters import kazakh, posts
from kenes.documents.letters.forms import Day, Months, Name, Organisation, Sum
from kenes.foundation.language.dates import date_in_words
from kenes.foundation.language.names import decline, initials
from kenes.foundation.language.plurals import choose

_RUSSIAN_CASES: Final = ("genitive", "dative", "accusative", "instrumental", "prepositional")


def _words(value: object) -> str:
    if isinstance(value, Sum):
        return value.in_words()
    if isinstance(value, Day):
        return date_in_words(value.on, value.language)
    raise TypeError("only sums and dates have words")


def _dotted(value: object) -> str:
    return f"{_day(value).on:%d.%m.%Y}"


def _day(value: object) -> Day:
    if not isinstance(value, Day):
        raise TypeError("not a date")
    return value


def _kazakh_day(value: object, *, ending: Callable[..., str]) -> str:
    """Russian dates take no ending: there the preposition does its work."""
    day = _day(value)
    return ending(day.on) if day.language == "kk" else str(day)


def _declined(value: object, *, case: str) -> str:
    """The value in a case of the language of the letter. A Russian organisation and an unsafe name stay in the nominative."""
    if isinstance(value, Organisation):
        return kazakh.decline_abbreviation(str(value), case) if value.language == "kk" else str(value)
    if isinstance(value, Name):
        if not value:
            return ""
        if value.language == "kk":
            return kazakh.decline(value.full, case)
        return decline(value.full, value.sex, case)  # type: ignore[arg-type]
    if isinstance(value, Months) and case == "genitive":
        return value.genitive()
    if isinstance(value, str):
        return posts.decline(value, case)
    raise TypeError("only names, organisations, posts and (in the genitive) months are declined")


def _initials(value: object) -> str:
    if not isinstance(value, Name):
        raise TypeError("not a name")
    return initials(value.full)


def _gender(value: object, male: str, female: str, unknown: str = "") -> str:
    """The form that fits the person: `{{ borrower.name|gender("обязан", "обязана") }}`; `unknown` when the sex is not known."""
    if not isinstance(value, Name):
        raise TypeError("only a name has a gender")
    return {"M": male, "F": female}.get(value.sex, unknown or male)


def _plural(value: object, *forms: str) -> str:
    """A whole number with its word: `{{ days|plural("день", "дня", "дней") }}`; a single form for Kazakh."""
    if not isinstance(value, int):
        raise TypeError("not a whole number")
    if len(forms) not in (1, 3):
        raise TypeError("one form or three")
    return f"{value}\u00a0{choose(value, forms, 'ru' if len(forms) == 3 else 'kk')}"


def _masked(value: object) -> str:
    """All but the last four letters hidden."""
    text = _text(value)
    return "•" * max(len(text) - 4, 0) + text[-4:]


def _capital(value: object) -> str:
    text = value if isinstance(value, str) else str(value)
    return text[:1].upper() + text[1:]


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError("not a text")
    return value


def _count(value: object) -> int:
    if not isinstance(value, Sized):
        raise TypeError("not a list")
    return len(value)


FILTERS: Final[dict[str, Callable[..., object]]] = {
    "words": _words,
    "dotted": _dotted,
    "on_day": partial(_kazakh_day, ending=kazakh.on_day),
    "of_day": partial(_kazakh_day, ending=kazakh.of_day),
    "from_day": partial(_kazakh_day, ending=kazakh.from_day),
    "by_day": partial(_kazakh_day, ending=kazakh.by_day),
    **{case: partial(_declined, case=case) for case in sorted({*_RUSSIAN_CASES, *kazakh.CASES})},
    "initials": _initials,
    "gender": _gender,
    "plural": _plural,
    "masked": _masked,
    "capital": _capital,
    "count": _count,
}
