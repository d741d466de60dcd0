"""Stems of a word in the languages it may belong to, as spelling keys: forms of one word share a key."""

import re
import threading
from functools import lru_cache
from typing import Final

import snowballstemmer

from kenes.foundation.language import kazakh
from kenes.foundation.language.spelling import (
    KAZAKH_LETTERS,
    is_cyrillic,
    key,
    keys,
    level,
    one_script,
    to_kazakh,
    to_russian,
)

_WORD: Final = re.compile(r"[^\W_]+(?:['’ʼ`´‘][^\W_]+)*['’ʼ`´‘]?")
_RUSSIAN: Final = snowballstemmer.stemmer("russian")
# The stemmer keeps the word it works on in itself.
_LOCK: Final = threading.Lock()
SHORTEST: Final = 2


def words(text: str) -> list[str]:
    """Levelled words of a text, each in one script."""
    return [one_script(word) for word in _WORD.findall(level(text))]


@lru_cache(maxsize=100_000)
def russian_stem(word: str) -> str:
    """Stem of a Russian word (Snowball's algorithm); ё is е."""
    with _LOCK:
        return str(_RUSSIAN.stemWord(word.replace("ё", "е")))


@lru_cache(maxsize=100_000)
def stem_keys(word: str) -> tuple[str, ...]:
    """Keys of the stems of a levelled word: Kazakh when it has Kazakh letters, else also Russian; Latin words both ways."""
    if not is_cyrillic(word):
        if not word.isascii() or word.isalpha():
            made = [key(russian_stem(to_russian(word))), key(kazakh.stem(to_kazakh(word))), *keys(word)]
        else:
            made = list(keys(word))
    elif KAZAKH_LETTERS.isdisjoint(word):
        made = [key(russian_stem(word)), key(kazakh.stem(word))]
    else:
        made = [key(kazakh.stem(word))]
    return tuple(dict.fromkeys(one for one in made if len(one) >= SHORTEST))
