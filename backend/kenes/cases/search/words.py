"""From text to the words of the index. Pure but for the key that seals.

Two kinds of words stand in the index side by side:

- clear ones, in lower case, of what is not encrypted in its own table either: numbers, contracts, creditors;
- sealed ones, in upper case: keyed hashes of words of people (names, comments, facts, documents). Who has the database
  without the key learns neither the words nor, from the list of known words, whose they are.
"""

import base64
import hashlib
import hmac
import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from typing import Final

from django.conf import settings

from kenes.foundation.language.spelling import keys
from kenes.foundation.language.stems import stem_keys, words

# Goes up whenever the same text would give other words: `rebuild_search` then brings all cases up to date.
EDITION: Final = 1
LONGEST: Final = 40
# Words of one text beyond this are left out: no letter is so long, and a row must stay small.
MOST_WORDS: Final = 2500
_LOOK_ALIKE: Final = str.maketrans("авекмнорстух", "abekmhopctyx")
_NOT_CODE: Final = re.compile(r"[\W_]+")
_DIGITS: Final = re.compile(r"\d+")
# What may name a person or an account in a text: ИИН and БИН, cards, telephones, accounts, addresses of mail.
_PERSONAL: Final = re.compile(
    r"""
    [\w.+-]+@[\w-]+(?:\.[\w-]+)+
    | \bKZ[ -]?\d{2}(?:[ -]?[0-9A-Z]){12,18}\b
    | (?<![\w])(?:\+?[78])?[ -]?\(?\d{3}\)?[ -]?\d{3}[ -]?\d{2}[ -]?\d{2}(?!\d)
    | (?<!\d)\d(?:[ \u00a0-]?\d){9,}(?!\d)
    """,
    re.VERBOSE | re.IGNORECASE | re.ASCII,
)
# They stand in every text and tell nothing.
_EMPTY: Final = frozenset(
    """и в во не что он на я с со как а то все она так его но да ты к у же вы за бы по ее мне было вот от меня еще нет о из
    ему для мы при их или ни быть был до вас уже когда чтобы это этот эта эти том мен сен ол біз сіз олар бұл сол осы және мен
    бен пен үшін де да та те ма ме ба бе па пе еді екен емес бар жоқ the a an of to in on at is are was be and or for by it""".split()
)


def stripped(text: str) -> str:
    """The text without numbers of people and accounts; each becomes a dot that is no word."""
    return _PERSONAL.sub(" • ", unicodedata.normalize("NFKC", text))


def code_key(text: str) -> str:
    """A number or contract as typed on any keyboard: no separators, Cyrillic letters as their Latin twins."""
    folded = unicodedata.normalize("NFKC", text).casefold().translate(_LOOK_ALIKE)
    return re.sub(r"[^a-z0-9]", "", _latin(_NOT_CODE.sub("", folded)))[:LONGEST]


def _latin(text: str) -> str:
    return text if text.isascii() else next(iter(keys(text)), "")


def code_words(text: str) -> set[str]:
    """A number or contract whole and by parts; a part of digits also without its leading zeros. All in the clear."""
    parts = {code_key(part) for part in _NOT_CODE.split(text)}
    parts |= {run.lstrip("0") for part in parts for run in _DIGITS.findall(part)}
    return {word for word in {code_key(text), *parts} if len(word) > 1 or word.isdigit()}


@lru_cache(maxsize=100_000)
def seal(word: str, *, at: int = 0) -> str:
    """A keyed hash of a word under the newest key (`at=0`) or an older one. Upper case, so that it meets no clear word."""
    # A domain of its own: the hash of a name is not the hash by which a phone or an ИИН is looked up.
    digest = hmac.new(settings.LOOKUP_HASH_KEYS[at], b"search\x00" + word.encode(), hashlib.sha256).digest()
    return base64.b32encode(digest[:8]).decode().rstrip("=")


def seals(word: str) -> list[str]:
    """The hashes under every configured key: while keys are rotated, a row may carry any of them."""
    return [seal(word, at=at) for at in range(len(settings.LOOKUP_HASH_KEYS))]


def name_keys(name: str) -> set[str]:
    """Keys of the words of a name, whole and as stems: «Ахметовой» finds «Ахметова»."""
    return {one[:LONGEST] for word in words(name) for one in (*keys(word), *stem_keys(word)) if len(one) > 1}


def text_keys(text: str) -> set[str]:
    """Keys of the stems of a text, without order and without numbers of people and accounts."""
    found: set[str] = set()
    for word in words(stripped(text)):
        if word in _EMPTY or len(word) < 2:
            continue
        found.update(one[:LONGEST] for one in stem_keys(word))
        if len(found) >= MOST_WORDS:
            break
    return found


def is_empty(word: str) -> bool:
    """Whether a levelled word stands in every text and is therefore in no index."""
    return word in _EMPTY


def sealed(found: Iterable[str]) -> list[str]:
    """Sealed words in one order, so that the same text gives the same row."""
    return sorted({seal(word) for word in found})
