"""Finding people by name although names are encrypted: keyed hashes of the whole words of a name.

Only whole words match ("Досымов" finds, "Досым" does not): hashes of parts of words would let whoever steals the
database guess names letter by letter. Case, «ё» and separators do not matter; Russian and Kazakh names both count.
"""

import re
import unicodedata
from typing import Final

from kenes.foundation import crypto

LENGTH: Final = 16
_MOST_WORDS: Final = 12
_WORD: Final = re.compile(r"[^\W\d_]{2,}")


def words(*texts: str) -> list[str]:
    """The different words of the texts in one spelling, at most twelve; words of one letter are left out."""
    folded = unicodedata.normalize("NFKC", " ".join(texts)).casefold().replace("ё", "е")
    return list(dict.fromkeys(_WORD.findall(folded)))[:_MOST_WORDS]


def hashed(*texts: str) -> list[str]:
    """Keyed hashes of the words of the texts, sorted, as `User.name_words` keeps them."""
    return sorted(crypto.lookup_hash(f"name-word:{word}")[:LENGTH] for word in words(*texts))


def any_of(query: str) -> list[list[str]]:
    """For each word of a query its hashes under every configured key: a person matches who has one of each."""
    return [
        [digest[:LENGTH] for digest in crypto.lookup_hashes(f"name-word:{word}")] for word in words(query)
    ]
