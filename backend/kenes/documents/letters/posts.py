"""Posts and offices in the cases of a letter: «председатель правления» → «председателю правления».

Russian: only the head of the phrase changes, with the adjectives before it, and what follows it stays («генеральный директор
департамента»). A phrase whose head the dictionary does not know stays as it is. Kazakh: the last word takes the ending.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

import pymorphy3

from kenes.documents.letters import kazakh

_TAGS: Final = {
    "genitive": "gent", "dative": "datv", "accusative": "accs", "instrumental": "ablt", "prepositional": "loct",
}  # fmt: skip
# Letters of its own, or an ending that no Russian post has («банк басшысы»).
_KAZAKH: Final = re.compile("[әғқңөұүһі]|(шы|сы)$", re.IGNORECASE)


@lru_cache(maxsize=1)
def _dictionary() -> pymorphy3.MorphAnalyzer:
    return pymorphy3.MorphAnalyzer()


@lru_cache(maxsize=512)
def decline(post: str, case: str) -> str:
    """The post in `case`; as it is when that is not safe. KeyError for a case that its language does not have."""
    post = " ".join(post.split())
    if not post:
        return ""
    if _KAZAKH.search(post):
        return kazakh.decline_post(post, case)
    tag = _TAGS[case]
    words = post.split(" ")
    for at, word in enumerate(words):
        noun = _reading(word, "NOUN")
        if noun is None and _reading(word, "ADJF") is None:
            break
        if noun is not None:
            head = noun.inflect({tag})
            if head is None:
                break
            adjectives = [_adjective(one, noun, tag) for one in words[:at]]
            if None in adjectives:
                break
            changed = [*adjectives, head.word]
            return " ".join(
                [*(_like(old, str(new)) for old, new in zip(words, changed, strict=False)), *words[at + 1 :]]
            )
    return post


def _reading(word: str, part: str) -> pymorphy3.analyzer.Parse | None:
    """The reading of a word as a noun or an adjective in the nominative singular, if the dictionary has it."""
    for one in _dictionary().parse(word):
        if one.is_known and part == one.tag.POS and one.tag.grammemes >= {"nomn", "sing"}:
            return one
    return None


def _adjective(word: str, noun: pymorphy3.analyzer.Parse, tag: str) -> str | None:
    reading = _reading(word, "ADJF")
    if reading is None:
        return None
    wanted = {tag, "sing", noun.tag.gender}
    if tag == "accs" and noun.tag.gender == "masc":
        wanted.add(noun.tag.animacy)
    made = reading.inflect(wanted)
    return None if made is None else str(made.word)


def _like(old: str, new: str) -> str:
    """The new word with the capitals of the old one."""
    if old.isupper() and len(old) > 1:
        return new.upper()
    return new[:1].upper() + new[1:] if old[:1].isupper() else new
