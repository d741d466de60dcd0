"""Values of letters: each prints itself in the language of the letter, and filters give its other forms.

A template sees plain text, whole numbers, lists, groups of values by name, and the values of this module. None of them
shows an attribute to a template; what can be asked of them are the filters of `letters.filters`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

from kenes.documents.letters import kazakh
from kenes.documents.letters.organisations import kazakh_name, russian_name
from kenes.foundation.language.dates import format_date, format_length
from kenes.foundation.language.money import amount_in_words, format_number

Language = Literal["ru", "kk"]


@dataclass(frozen=True, slots=True)
class Sum:
    """Money in tiyn: «1 391 360,00»; false in a choice when it is nothing."""

    tiyn: int
    language: Language

    def __str__(self) -> str:
        return f"{format_number(self.tiyn // 100)},{self.tiyn % 100:02d}"

    def __bool__(self) -> bool:
        return self.tiyn > 0

    def in_words(self) -> str:
        return amount_in_words(self.tiyn, self.language)


@dataclass(frozen=True, slots=True)
class Day:
    """A date: «14 мая 2024 года», «2024 жылғы 14 мамыр»."""

    on: date
    language: Language

    def __str__(self) -> str:
        if self.language == "kk":
            return kazakh.long_date(self.on)
        return f"{format_date(self.on, 'ru').removesuffix('г.')}года"


@dataclass(frozen=True, slots=True)
class Name:
    """A person's full name, surname first, with the sex («M», «F» or empty) that decides how it is declined."""

    full: str
    sex: str
    language: Language

    def __str__(self) -> str:
        return self.full

    def __bool__(self) -> bool:
        return bool(self.full)


@dataclass(frozen=True, slots=True)
class Organisation:
    """The name of a lender, agency or office, with the legal form as each language writes it."""

    russian: str
    kazakh: str  # empty: made from the Russian name
    language: Language

    def __str__(self) -> str:
        if self.language == "ru":
            return russian_name(self.russian)
        return kazakh_name(self.kazakh or self.russian)

    def __bool__(self) -> bool:
        return bool(self.russian or self.kazakh)


@dataclass(frozen=True, slots=True)
class Months:
    """A length in whole months: «48 месяцев», «48 ай»."""

    count: int
    language: Language

    def __str__(self) -> str:
        return format_length(self.count, "M", self.language)

    def genitive(self) -> str:
        """«72 месяцев», «21 месяца»: after «до» or «в течение». «72 айдың»."""
        if self.language == "kk":
            return kazakh.decline(str(self), "genitive")
        one = self.count % 10 == 1 and self.count % 100 != 11
        return f"{self.count}\u00a0{'месяца' if one else 'месяцев'}"


@dataclass(frozen=True, slots=True)
class Percent:
    """A share in percent, without the sign: «34», «59,8»."""

    value: Decimal

    def __str__(self) -> str:
        return f"{self.value.normalize():f}".replace(".", ",")

    def __bool__(self) -> bool:
        return self.value != 0


@dataclass(frozen=True, slots=True)
class Choice:
    """One of a closed list: compared by its code (`{% if lender.kind == "BANK" %}`), printed in words."""

    code: str
    words: str

    def __str__(self) -> str:
        return self.words

    def __bool__(self) -> bool:
        return bool(self.code)

    def __eq__(self, other: object) -> bool:
        return other == self.code if isinstance(other, str) else NotImplemented

    def __hash__(self) -> int:
        return hash(self.code)


FORMS = (Sum, Day, Name, Organisation, Months, Percent, Choice)
Form = Sum | Day | Name | Organisation | Months | Percent | Choice
