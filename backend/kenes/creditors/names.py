"""Creditor names made comparable: quotes, legal forms, Kazakh letters, look-alikes and scripts levelled.

`fold` keeps the script and is used for text that people search in; `latin_key` levels the script too,
so that «Каспи», «Kaspi» and a «Kаspi» with one Cyrillic letter give one key. Pure, no database.
"""

import re
import unicodedata
from typing import Final

_KAZAKH: Final = str.maketrans("әғқңөұүһіё", "агкноуухие")
_CYRILLIC: Final = {
    "а": "a", "б": "b", "в": "v", "г": "g", "д": "d", "е": "e", "ж": "zh", "з": "z", "и": "i", "й": "i",
    "к": "k", "л": "l", "м": "m", "н": "n", "о": "o", "п": "p", "р": "r", "с": "s", "т": "t", "у": "u",
    "ф": "f", "х": "h", "ц": "ts", "ч": "ch", "ш": "sh", "щ": "sh", "ъ": "", "ы": "y", "ь": "", "э": "e",
    "ю": "yu", "я": "ya",
}  # fmt: skip
_TO_LATIN: Final = str.maketrans(_CYRILLIC)
# Letters that look the same on screen, for words that mix both scripts.
_CYRILLIC_TWINS, _LATIN_TWINS = "авекмнорстухі", "abekmhopctyxi"
_AS_LATIN: Final = str.maketrans(_CYRILLIC_TWINS, _LATIN_TWINS)
_AS_CYRILLIC: Final = str.maketrans(_LATIN_TWINS, _CYRILLIC_TWINS)
_LATIN_LETTER: Final = re.compile(r"[a-z]")
_CYRILLIC_LETTER: Final = re.compile(r"[\u0400-\u04ff]")
_WORD: Final = re.compile(r"[^\W_]+")
# Legal forms and kinds of organisation, folded; they say nothing about whose name it is.
LEGAL_FORMS: Final = frozenset(
    {
        "ао", "тоо", "дб", "до", "нао", "ргу", "рмм", "кеак", "ак", "жшс", "еуы", "еб", "оао", "зао", "пао", "ооо", "ип",
        "jsc", "llp", "llc", "ltd", "pjsc", "мфо", "мку", "ка", "мкк", "mfo", "акционерное", "общество",
        "товарищество", "ограниченной", "ответственностью", "микрофинансовая", "организация", "коллекторское",
        "агентство", "микрокаржы", "уиымы",
    }
)  # fmt: skip


def _level(text: str) -> str:
    lowered = unicodedata.normalize("NFKC", text).casefold()
    return "".join(
        char for char in lowered if not unicodedata.category(char).startswith("C") or char.isspace()
    )


def _one_script(word: str) -> str:
    """A word typed in two keyboard layouts in the script of most of its letters."""
    latin, cyrillic = len(_LATIN_LETTER.findall(word)), len(_CYRILLIC_LETTER.findall(word))
    if not latin or not cyrillic:
        return word
    return word.translate(_AS_LATIN if latin > cyrillic else _AS_CYRILLIC)


def words(text: str) -> list[str]:
    """Words of a text: lower case, one script each, Kazakh letters as their Russian neighbours."""
    found = _WORD.findall(_level(text))
    return [_one_script(word).translate(_KAZAKH).replace("й", "и") for word in found]


def fold(text: str) -> str:
    """Text for searching: levelled words with single spaces, script kept."""
    return " ".join(words(text))


def name_words(name: str) -> list[str]:
    """Words of an organisation's name without legal form; all words when nothing else is left."""
    everything = words(name)
    return [word for word in everything if word not in LEGAL_FORMS] or everything


def to_latin(text: str) -> str:
    """Folded text in Latin letters; doubled letters and spelling habits of brands levelled."""
    latin = text.translate(_TO_LATIN).replace("kh", "h").replace("q", "k").replace("w", "v")
    return re.sub(r"([a-z])\1", r"\1", latin)


def latin_key(name: str) -> str:
    """Key by which two spellings of one organisation are the same: legal form, quotes and script ignored."""
    return " ".join(to_latin(word) for word in name_words(name))
