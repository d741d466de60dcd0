"""One key for a word however it is spelled: Russian and Kazakh letters, Kazakh in Latin letters of several schemes, English habits.

«Есенұлы», «Есенулы», «Esenuly», «Yessenūlı» and «Esenu'ly» give `esenuli`. The key is Latin: ы, і, и, й and y are one letter,
so are к, қ and q, and doubled letters are one. Where a Latin spelling can be read in several ways («j» is ж or й) there are
several keys, and two words are the same when they share one. Pure, no database.
"""

import re
import unicodedata
from functools import lru_cache
from itertools import product
from typing import Final

# More readings of one word than this help nobody.
MOST_KEYS: Final = 6
_CYRILLIC: Final = str.maketrans(
    {
        "а": "a", "ә": "a", "б": "b", "в": "v", "г": "g", "ғ": "g", "д": "d", "е": "e", "ё": "e", "э": "e",
        "ж": "zh", "з": "z", "и": "i", "й": "i", "ы": "i", "і": "i", "к": "k", "қ": "k", "л": "l", "м": "m",
        "н": "n", "ң": "n", "о": "o", "ө": "o", "п": "p", "р": "r", "с": "s", "т": "t", "у": "u", "ү": "u",
        "ұ": "u", "ф": "f", "х": "h", "һ": "h", "ц": "ts", "ч": "ch", "ш": "sh", "щ": "sh", "ъ": "", "ь": "",
        "ю": "iu", "я": "ia",
    }
)  # fmt: skip
KAZAKH_LETTERS: Final = frozenset("әғқңөұүһі")
# Latin letters of Kazakh schemes that are more than a letter with a mark.
_MARKED: Final = str.maketrans(
    {"ş": "sh", "ś": "sh", "š": "sh", "ŝ": "sh", "ç": "ch", "ć": "ch", "č": "ch", "ž": "zh", "ı": "i", "ŋ": "n",
     "ñ": "n", "ń": "n", "ý": "u", "ə": "a", "ɵ": "o", "ø": "o"}
)  # fmt: skip
# The scheme of 2017 wrote marks as apostrophes.
_APOSTROPHES: Final = "'’ʼ`´‘"
_WITH_APOSTROPHE: Final = {"s": "sh", "c": "ch", "y": "u"}
_LATIN_PART: Final = re.compile(
    r"shch|sch|tch|dzh|dj|sh|ch|zh|kh|gh|ph|t[sz](?!h)|ck|ng|ye|yo|[a-z]|\d+|.", re.DOTALL
)
_READ_AS: Final[dict[str, tuple[str, ...]]] = {
    "shch": ("sh",), "sch": ("sh",), "tch": ("ch",), "dj": ("dzh",), "kh": ("h", "k"), "gh": ("g",),
    "ph": ("f",), "tz": ("ts",), "ck": ("k",), "ng": ("n", "ng"), "ye": ("e",), "yo": ("io", "e"),
    "q": ("k",), "y": ("i",), "j": ("zh", "i", "dzh"), "w": ("u", "v"), "x": ("ks", "h"), "c": ("k", "ts"),
}  # fmt: skip
_DOUBLED: Final = re.compile(r"([a-z])\1+")
# Letters that look the same on screen, for words that mix both scripts.
_AS_LATIN: Final = str.maketrans("авекмнорстухі", "abekmhopctyxi")
_AS_CYRILLIC: Final = str.maketrans("abekmhopctyxi", "авекмнорстухі")
_LATIN_LETTER: Final = re.compile(r"[a-z]")
_CYRILLIC_LETTER: Final = re.compile(r"[\u0400-\u04ff]")


def level(text: str) -> str:
    """Lower case, one form for each letter, without control and format characters."""
    folded = unicodedata.normalize("NFKC", text).casefold().replace("ў", "у")
    return "".join(
        char for char in folded if char.isspace() or not unicodedata.category(char).startswith("C")
    )


def is_cyrillic(word: str) -> bool:
    """Whether a levelled word is written in Cyrillic letters."""
    return _CYRILLIC_LETTER.search(word) is not None


def one_script(word: str) -> str:
    """A levelled word typed in two keyboard layouts, in the script of most of its letters."""
    latin, cyrillic = len(_LATIN_LETTER.findall(word)), len(_CYRILLIC_LETTER.findall(word))
    if not latin or not cyrillic:
        return word
    return word.translate(_AS_LATIN if latin > cyrillic else _AS_CYRILLIC)


@lru_cache(maxsize=100_000)
def keys(word: str) -> tuple[str, ...]:
    """Keys of one word, the likeliest first; empty when it has no letter or digit."""
    levelled = one_script(level(word))
    if is_cyrillic(levelled):
        return _known((levelled.translate(_CYRILLIC),))
    parts = [_READ_AS.get(part, (part,)) for part in _LATIN_PART.findall(_plain_latin(levelled))]
    made: list[str] = []
    for reading in product(*parts):
        made.append("".join(reading))
        if len(made) == MOST_KEYS:
            break
    return _known(made)


def key(word: str) -> str:
    """The likeliest key of a word, empty when it has no letter or digit."""
    return next(iter(keys(word)), "")


def _known(made: "tuple[str, ...] | list[str]") -> tuple[str, ...]:
    clean = (_DOUBLED.sub(r"\1", re.sub(r"[^a-z0-9]", "", text)) for text in made)
    return tuple(dict.fromkeys(text for text in clean if text))


def _plain_latin(word: str) -> str:
    """Marks of Kazakh schemes spelled out, other marks dropped."""
    made = []
    for at, char in enumerate(word):
        if char in _APOSTROPHES:
            continue
        marked = at + 1 < len(word) and word[at + 1] in _APOSTROPHES
        made.append(_WITH_APOSTROPHE.get(char, char) if marked else char)
    composed = unicodedata.normalize("NFC", "".join(made)).translate(_MARKED)
    return "".join(char for char in unicodedata.normalize("NFD", composed) if not unicodedata.combining(char))


_RUSSIAN_PARTS: Final = {
    "shch": "щ", "sch": "щ", "sh": "ш", "ch": "ч", "zh": "ж", "kh": "х", "ts": "ц", "yu": "ю", "iu": "ю", "ju": "ю",
    "ya": "я", "ia": "я", "ja": "я", "yo": "ё", "jo": "ё", "ye": "е", "je": "е", "a": "а", "b": "б",
    "c": "к", "d": "д", "e": "е", "f": "ф", "g": "г", "h": "х", "i": "и", "j": "й", "k": "к", "l": "л", "m": "м", "n": "н",
    "o": "о", "p": "п", "q": "к", "r": "р", "s": "с", "t": "т", "u": "у", "v": "в", "w": "в", "x": "кс", "y": "ы", "z": "з",
}  # fmt: skip
_KAZAKH_PARTS: Final = {
    "shch": "щ", "sh": "ш", "ch": "ч", "zh": "ж", "kh": "х", "gh": "ғ", "ng": "ң", "ts": "ц", "yu": "ю", "ya": "я",
    "ia": "ия", "a": "а", "ä": "ә", "á": "ә", "b": "б", "c": "ц", "ç": "ч", "ć": "ч", "d": "д", "e": "е", "f": "ф", "g": "г",
    "ğ": "ғ", "ǵ": "ғ", "h": "х", "i": "і", "ï": "и", "ı": "ы", "j": "ж", "k": "к", "l": "л", "m": "м", "n": "н", "ñ": "ң",
    "ŋ": "ң", "ń": "ң", "o": "о", "ö": "ө", "ó": "ө", "p": "п", "q": "қ", "r": "р", "s": "с", "ş": "ш", "ś": "ш", "t": "т",
    "u": "у", "ü": "ү", "ú": "ү", "ū": "ұ", "v": "в", "w": "у", "ý": "у", "x": "х", "y": "ы", "z": "з",
}  # fmt: skip


def _by_parts(word: str, parts: dict[str, str]) -> str:
    made, at = [], 0
    while at < len(word):
        size = next((size for size in (4, 3, 2, 1) if word[at : at + size] in parts), 0)
        made.append(parts[word[at : at + size]] if size else word[at])
        at += size or 1
    return "".join(made)


def to_russian(word: str) -> str:
    """A levelled Latin word in Russian letters, as it is usually read back; good enough to take its ending off."""
    text = _by_parts(_plain_latin(word), _RUSSIAN_PARTS)
    return re.sub(r"(?<=[аеёиоуыэюя])ы", "й", text)


def to_kazakh(word: str) -> str:
    """A levelled Latin word in Kazakh letters; good enough to take its endings off."""
    return _by_parts(word.translate(str.maketrans("", "", _APOSTROPHES)), _KAZAKH_PARTS)
