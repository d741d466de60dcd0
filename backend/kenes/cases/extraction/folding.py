"""A text made comparable without changing its length, so that places in it are places in the original.

Levelled are: case, Kazakh letters and their Russian neighbours (recognition mixes them up), Latin twins inside Cyrillic
words, letters that recognition puts for digits inside numbers, every kind of space, dash and quotation mark.
"""

import re
from functools import lru_cache
from typing import Final

_SPACES: Final = (
    "\u00a0\u1680\u180e\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000\t"
)
_DASHES: Final = "\u2010\u2011\u2012\u2013\u2014\u2015\u2212\u00ad"
_QUOTES: Final = "«»“”„‟‹›''‘’`"
_LEVEL: Final = str.maketrans(
    {
        **dict.fromkeys(_SPACES, " "),
        **dict.fromkeys(_DASHES, "-"),
        **dict.fromkeys(_QUOTES, '"'),
        **dict(zip("әғқңөұүһіёэй", "агкноуухиееи", strict=True)),
        "\r": "\n",
        "\f": "\n",
        "\v": "\n",
        "\u2028": "\n",
        "\u2029": "\n",
        "\x00": " ",
        "º": "°",
    }
)
_AS_CYRILLIC: Final = str.maketrans("aceopxykiuhmtb", "асеорхукиинмтв")
_AS_DIGIT: Final = str.maketrans("оoзlіи|", "0031111")
_WORD: Final = re.compile(r"[^\W\d_]+")
_CYRILLIC: Final = re.compile(r"[\u0400-\u04ff]")
_LATIN: Final = re.compile(r"[a-z]")
# A run of digits in which recognition put a letter or two: «1О5 ООО».
_NUMBER: Final = re.compile(r"(?<![^\W\d_])[\doозl|]*\d[\doозl|]*(?![^\W_])|(?<=\d )[оoз]{3}(?![^\W_])")


def _lower(char: str) -> str:
    """Lower case where it is one character as well (the Turkish İ becomes two)."""
    low = char.lower()
    return low if len(low) == 1 else char


def _one_script(match: re.Match[str]) -> str:
    word = match.group()
    if _CYRILLIC.search(word) and _LATIN.search(word):
        return word.translate(_AS_CYRILLIC)
    return word


def fold(text: str) -> str:
    """The levelled text, character for character as long as the original."""
    low = "".join(map(_lower, text)).translate(_LEVEL)
    low = _WORD.sub(_one_script, low)
    return _NUMBER.sub(lambda match: match.group().translate(_AS_DIGIT), low)


@lru_cache(maxsize=2048)
def pattern(*phrases: str) -> re.Pattern[str]:
    """A pattern for folded text that finds any of the phrases.

    In a phrase `*` stands for the rest of a word, a space for up to three spaces or line ends; `|` and groups work as in
    a regular expression.
    """
    return re.compile("|".join(rf"(?<![^\W_])(?:{_phrase(item)})(?![^\W_])" for item in phrases))


def _phrase(phrase: str) -> str:
    low = "".join(map(_lower, phrase)).translate(_LEVEL)
    # Recognition joins a short preposition with the next word: «СПРАВКА ОЗАДОЛЖЕННОСТИ».
    low = re.sub(r"(?<= [оиксву]) ", "~", low)
    return low.replace("*", r"[^\W\d_]{0,14}").replace(" ", r"[ \n]{1,3}").replace("~", r"[ \n]{0,3}")
