"""What a person meant who typed in the wrong keyboard layout: «ghbdtn» → «привет», «йфкнпф» and the like.

Layouts are Windows' US, Russian and Kazakh: the Kazakh one has its own letters on the row of digits and otherwise is the
Russian one. Pure, no database.
"""

from typing import Final, Literal

Layout = Literal["en", "ru", "kk"]

# The same keys in three layouts, row by row, first without and then with Shift where the sign matters.
_EN: Final = "`qwertyuiop[]asdfghjkl;'zxcvbnm,./" + '~QWERTYUIOP{}ASDFGHJKL:"ZXCVBNM<>?'
_RU: Final = "ёйцукенгшщзхъфывапролджэячсмитьбю." + "ЁЙЦУКЕНГШЩЗХЪФЫВАПРОЛДЖЭЯЧСМИТЬБЮ,"
_KK_ROW: Final = "2345890-="
_KK_EN: Final = "234589" + "0-=" + "@#$%*()_+"
_KK: Final = "әіңғүұ" + "қөһ" + "ӘІҢҒҮҰҚӨҺ"

_TO_RU: Final = str.maketrans(_EN, _RU)
_TO_EN: Final = str.maketrans(_RU[: len(_RU) - 1] + _KK, _EN[: len(_EN) - 1] + _KK_EN)
_TO_KK: Final = str.maketrans(_EN + _KK_EN, _RU + _KK)
# Kazakh letters as the keys that the Russian layout gives for them: digits and signs of the upper row.
_RU_TO_KK: Final = str.maketrans(_KK_ROW, _KK[: len(_KK_ROW)])


def as_russian(text: str) -> str:
    """Keys pressed in the English layout, read as Russian letters."""
    return text.translate(_TO_RU)


def as_kazakh(text: str) -> str:
    """Keys pressed in the English layout, read as Kazakh letters (digits of the upper row are letters)."""
    return text.translate(_TO_KK)


def as_english(text: str) -> str:
    """Keys pressed in the Russian or Kazakh layout, read as Latin letters."""
    return text.translate(_TO_EN)


def kazakh_row(text: str) -> str:
    """Keys pressed in the Russian layout, read as Kazakh: only the digits of the upper row differ."""
    return text.translate(_RU_TO_KK)


def readings(text: str) -> list[str]:
    """Other ways to read what was typed, the likeliest first; without the text itself.

    A word with digits alone has none: it is a number.
    """
    if not any(char.isalpha() for char in text):
        return []
    latin = any("a" <= char <= "z" for char in text.lower())
    made = [as_russian(text), as_kazakh(text)] if latin else [as_english(text), kazakh_row(text)]
    return [one for one in dict.fromkeys(made) if one != text]
