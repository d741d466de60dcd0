"""Stems of Kazakh words: endings are taken off from the right, one by one, while vowel harmony and assimilation allow.

A Kazakh noun is stem + plural + possession + case (қарыз-дар-ымыз-дан), and any of these may stand alone or be followed by
«-дағы», «-нікі», «-сыз». Each ending has a back and a front form by the last vowel of what it is added to, and begins with a
sound that fits the last sound before it. An ending is taken off only where both rules hold, the longest first, until none
fits. Rules: the standard descriptive grammar of Kazakh (order of affixes, harmony, assimilation of first consonants).

Words typed without Kazakh letters («карыздарга») are read with the Russian neighbours of those letters; harmony then
decides only where the letter tells. Result: a key for comparing, not always a word («төлем» and «төлеу» both give «төле»).
"""

from dataclasses import dataclass
from functools import lru_cache
from typing import Final

_FOLD: Final = str.maketrans("әғқңөұүһі", "агкноуухи")
_OWN: Final = frozenset("әғқңөұүһі")
_BACK: Final = frozenset("аоұы")
_FRONT: Final = frozenset("әөүіе")
_VOWELS: Final = _BACK | _FRONT | frozenset("иуюяэё")
_VOICELESS: Final = frozenset("пфкқтсшщчхцһ")
# At the end of a loanword these are said without voice, and the ending follows the sound.
_EITHER: Final = frozenset("бвгд")
# With the vowel that drops out before a vowel: халық, but халқы.
_DROPPED: Final = {
    "халқ": "халық", "орн": "орын", "аул": "ауыл", "мойн": "мойын", "ерк": "ерік", "көрк": "көрік", "құлқ": "құлық",
    "дауса": "дауыс", "бөлм": "бөлім", "халк": "халық", "корк": "көрік",
}  # fmt: skip
# Back form and front form. `glued`: begins with a vowel or is one sound, so it stands after a consonant or a vowel only.
_PAIRS: Final = """
лар лер|дар дер|тар тер
ның нің|дың дің|тың тің
ға ге|қа ке|на не
ны ні|ды ді|ты ті
да де|та те|нда нде
дан ден|тан тен|нан нен
ымыз іміз|ыңыз іңіз|мыз міз|ңыз ңіз
ым ім|ың ің|сы сі|ын ін|сын сін
сына сіне|ына іне|ыма іме|ыңа іңе
сының сінің|сында сінде|сынан сінен|сымен сімен
дағы дегі|тағы тегі|ндағы ндегі
лық лік|дық дік|тық тік
лы лі|сыз сіз
ған ген|қан кен|ғаны гені|қаны кені
дым дім|тым тім|дыңыз діңіз|тыңыз тіңіз
йды йді|йтын йтін|атын етін
мақ мек|бақ бек|пақ пек
ма ме|ба бе|па пе
са се|ып іп
мен мен|бен бен|пен пен
нікі нікі|дікі дікі|тікі тікі
ы і|м м|ң ң|у у
"""
# Endings that come in one form whatever the vowel.
_ONE_FORM: Final = frozenset({"мен", "бен", "пен", "нікі", "дікі", "тікі", "м", "ң", "у"})
_AFTER_VOWEL: Final = frozenset({"м", "ң", "мыз", "міз", "ңыз", "ңіз", "йды", "йді", "йтын", "йтін"})


@dataclass(frozen=True, slots=True)
class _Ending:
    text: str
    back: bool | None

    def fits(self, before: str, *, own: bool) -> bool:
        """Whether the ending may have been added to these letters."""
        last = before[-1]
        if len(before) < _shortest(before, own=own) or not _VOWELS.intersection(before):
            return False
        harmony = _harmony(before, own=own)
        if self.back is not None and harmony is not None and harmony != self.back:
            return False
        return _begins_well(self.text, last)


def _shortest(before: str, *, own: bool) -> int:
    """How many letters must remain. A word without Kazakh letters may be Russian, so more of it is kept."""
    if not own:
        return 4 if before[-1] in _VOWELS or before[0] in _VOWELS else 3
    return 2 if before[0] in _VOWELS and before[-1] not in _VOWELS else 3


def _harmony(before: str, *, own: bool) -> bool | None:
    """True for back, False for front, None when the letters do not tell."""
    # A loanword in -к takes front endings whatever its vowel: банк, банкке.
    if own and before[-1] in "кг" and before[-2:-1] not in _VOWELS:
        return None
    for char in reversed(before):
        if char in _VOWELS:
            if own:
                return True if char in _BACK else False if char in _FRONT else None
            return True if char == "ы" else False if char == "е" else None
    return None


def _begins_well(ending: str, last: str) -> bool:
    first = ending[0]
    if ending in _AFTER_VOWEL:
        return last in _VOWELS
    if ending.startswith(("сы", "сі")) and ending not in {"сыз", "сіз"}:
        # Stems in -ыс, -іс, -ус (жұмыс, нотариус) are many, stems in -ы that take -сы few.
        return last in "аәеоияэ"
    if first in _VOWELS and ending != "у":
        return last not in _VOWELS
    if first in "тқкп":
        return last in _VOICELESS or last in _EITHER
    if first in "дғгбнлм":
        return last not in _VOICELESS
    return True


def _table() -> dict[str, tuple[_Ending, ...]]:
    """Endings by their folded letters."""
    found: dict[str, list[_Ending]] = {}
    for pair in _PAIRS.replace("|", "\n").split("\n"):
        for at, text in enumerate(pair.split()):
            ending = _Ending(text, None if text in _ONE_FORM else at == 0)
            known = found.setdefault(text.translate(_FOLD), [])
            if ending not in known:
                known.append(ending)
    return {text: tuple(endings) for text, endings in found.items()}


_ENDINGS: Final = _table()
_LONGEST: Final = max(map(len, _ENDINGS))


@lru_cache(maxsize=100_000)
def stem(word: str) -> str:
    """The stem of a lower-case word in Cyrillic letters; a word that has no ending comes back nearly as it was."""
    own = not _OWN.isdisjoint(word)
    rest = word
    while (shorter := _without_ending(rest, own=own)) != rest:
        rest = shorter
    return _last_sound(_DROPPED.get(rest, rest))


def _without_ending(word: str, *, own: bool) -> str:
    folded = word.translate(_FOLD)
    for size in range(min(_LONGEST, len(word) - 2), 0, -1):
        before = word[:-size]
        for ending in _ENDINGS.get(folded[-size:], ()):
            written = word[-size:]
            # Partly typed without Kazakh letters is still read; a single letter must be the very one.
            if ending.text != written and (size == 1 or not _OWN.isdisjoint(written)):
                continue
            if ending.fits(before, own=own):
                return before
    return word


def _last_sound(rest: str) -> str:
    """тарақ, but тарағы: before a vowel the last sound is voiced."""
    voiceless = {"ғ": "қ", "г": "к", "б": "п"}.get(rest[-1:])
    return rest[:-1] + voiceless if voiceless and len(rest) > 2 else rest
