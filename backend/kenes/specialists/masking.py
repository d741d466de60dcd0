"""Words that specialists may read before they are chosen: nothing in them says whose case it is. Pure, no database."""

import re
from collections.abc import Iterable
from typing import Final

HIDDEN: Final = "•••"
# Runs of digits as long as phones, ИИН, accounts and contract numbers, however they are spaced.
_NUMBER: Final = re.compile(r"\+?\d(?:[\s()\-–./]{0,2}\d){6,}")
_MAIL: Final = re.compile(r"[^\s@,;]+@[^\s@,;]+\.[^\s@,;]+")
_LINK: Final = re.compile(r"(?:https?://|www\.|t\.me/|wa\.me/)\S+", re.IGNORECASE)
_HANDLE: Final = re.compile(r"(?<!\w)@\w{4,}")
_WORD: Final = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)?")
_SHORTEST_NAME: Final = 4


def masked(text: str, names: Iterable[str]) -> str:
    """The text without numbers, addresses and names; `names` are words to hide in every case ending."""
    for pattern in (_MAIL, _LINK, _HANDLE):
        text = pattern.sub(HIDDEN, text)
    text = _NUMBER.sub(_hide_number, text)
    stems = _stems(names)
    return _WORD.sub(lambda match: _hide_name(match.group(), stems), text)


def tells(text: str, names: Iterable[str]) -> bool:
    """Whether something in the text says whose it is."""
    return masked(text, names) != text


def _hide_number(match: re.Match[str]) -> str:
    """A sum such as «1 500 000 ₸» stays; a phone, an ИИН, a contract number goes."""
    shown = match.group()
    grouped = re.fullmatch(r"\d{1,3}(?:[\s\u00a0]\d{3})+", shown)
    after = match.string[match.end() : match.end() + 8].lstrip().casefold()
    is_sum = after.startswith(("₸", "тг", "тенге", "теңге", "tenge", "kzt", "тыс", "мың", "млн"))
    digits = sum(char.isdigit() for char in shown)
    return shown if (grouped or is_sum) and digits < 10 and is_sum else HIDDEN


def _stems(names: Iterable[str]) -> frozenset[str]:
    """Beginnings that all endings of a name have in common; short words of names hide only themselves."""
    words = {word.casefold() for name in names for word in _WORD.findall(name)}
    return frozenset(
        word[:-2] if len(word) > _SHORTEST_NAME + 1 else word for word in words if len(word) >= 3
    )


def _hide_name(word: str, stems: frozenset[str]) -> str:
    low = word.casefold()
    for stem in stems:
        if low == stem or (
            len(stem) >= _SHORTEST_NAME and low.startswith(stem) and len(low) - len(stem) <= 5
        ):
            return HIDDEN
    return word
