"""Whose paper it is: lenders the caller knows, and organisations by their legal form and quotation marks."""

import re
from collections.abc import Iterable, Sequence
from typing import Final

from kenes.cases.extraction.found import FoundLender, Lender, Place
from kenes.creditors.names import LEGAL_FORMS, latin_key, to_latin
from kenes.creditors.names import fold as fold_name

_WORD: Final = re.compile(r"[^\W_]+")
_FORM: Final = r"(?:АО|ТОО|МФО|ЖШС|АҚ|МҚҰ|КА|LLP|JSC|Товариществ\w{1,3} с ограниченной ответственностью|[Аа]кционерн\w{2,3} обществ\w{1,2}|Коллекторск\w{2,3} агентств\w{1,2}|[Мм]икрофинансов\w{2,3} организаци\w{1,3})"
_QUOTED: Final = r"[«\"“„](?P<name>(?:[^«»\"“”„\n]|[«\"“](?=[^»\"”\n]{2,40}[»\"”])){2,70})[»\"”]"
_ORGANISATION: Final = (
    re.compile(rf"(?<!\w){_FORM}[ \n]{{1,2}}(?:{_FORM}[ \n])?{_QUOTED}"),
    re.compile(rf"{_QUOTED}[ \n]?(?:ЖШС|АҚ|МҚҰ|КА|жауапкершілігі шектеулі серіктестігі|акционерлік қоғамы|коллекторлық агенттігі|микроқаржы ұйымы)"),
)  # fmt: skip
_COMMON: Final = frozenset({"bank", "banki", "kazahstan", "kazahstana", "kredit", "credit"})


def find(text: str, known: Iterable[Lender]) -> list[FoundLender]:
    """Known lenders by any spelling, then other organisations; each once, the first place in the text."""
    words = [(match.start(), match.end(), _key(match.group())) for match in _WORD.finditer(text)]
    found: list[FoundLender] = []
    for lender in known:
        best = _best_place(words, lender)
        if best is not None:
            start, end, confidence = best
            found.append(
                FoundLender(lender.key, text[start:end], Place(start, end, text[start:end], confidence))
            )
    for start, end, name in _organisations(text):
        if not any(start < item.place.end and item.place.start < end for item in found) and not any(
            latin_key(item.name) == latin_key(name) for item in found
        ):
            found.append(FoundLender("", name, Place(start, end, text[start:end], 0.6)))
    return sorted(found, key=lambda item: item.place.start)


def _key(word: str) -> str:
    return to_latin(fold_name(word).replace(" ", ""))


def _best_place(words: Sequence[tuple[int, int, str]], lender: Lender) -> tuple[int, int, float] | None:
    places = [
        place
        for name in dict.fromkeys(lender.names)
        if (key := [part for part in latin_key(name).split() if part])
        if set(key) - _COMMON and (len("".join(key)) >= 4)
        if (place := _place(words, key)) is not None
    ]
    return min(places, key=lambda place: (-place[2], place[0]), default=None)


def _place(words: Sequence[tuple[int, int, str]], key: list[str]) -> tuple[int, int, float] | None:
    """Where the words of a name follow one another; an ending of Russian or Kazakh may hang on the last («Каспи Банкке»)."""
    size = len(key)
    for at in range(len(words) - size + 1):
        part = [word[2] for word in words[at : at + size]]
        if all(_same(said, meant) for said, meant in zip(part, key, strict=True)):
            exact = part == key
            return words[at][0], words[at + size - 1][1], 0.95 if exact else 0.85
    joined = "".join(key)
    for start, end, word in words:
        if size > 1 and word == joined:
            return start, end, 0.9
    return None


def _same(said: str, meant: str) -> bool:
    return said == meant or (len(meant) >= 4 and said.startswith(meant) and len(said) - len(meant) <= 4)


def _organisations(text: str) -> list[tuple[int, int, str]]:
    found = []
    for shape in _ORGANISATION:
        for match in shape.finditer(text):
            name = " ".join(match["name"].split()).strip('«»"“”„ ')
            if name and not set(fold_name(name).split()) <= LEGAL_FORMS:
                found.append((*match.span("name"), name))
    return sorted(found)
