"""Where surnames go another way than the declension library knows.

pytrovich holds the Russian tables. It is corrected here for Turkic, Korean and German surnames, for vowels that drop
out (Стрелец → Стрельца), for surnames in -их that are not Russian plurals, and for women's surnames that are plain
nouns. Every rule goes by the shape of the word, a few short lists hold what shape cannot tell.
"""

import re
from functools import lru_cache
from typing import Final, Literal, NamedTuple

import pymorphy3

Gender = Literal["male", "female"]
VOWELS: Final = "аеёиоуыэюяәіөұү"
_HUSHING: Final = "жшчщ"


class Endings(NamedTuple):
    """What stands after the stem in each case."""

    genitive: str
    dative: str
    accusative: str
    instrumental: str
    prepositional: str


class Declined(NamedTuple):
    stem: str
    endings: Endings


UNCHANGED: Final = Endings("", "", "", "", "")
HARD: Final = Endings("а", "у", "а", "ом", "е")
HARD_AFTER_SIBILANT: Final = Endings("а", "у", "а", "ем", "е")
POSSESSIVE: Final = Endings("а", "у", "а", "ым", "е")
SOFT_Y: Final = Endings("я", "ю", "я", "ем", "е")
SOFT_IY: Final = Endings("я", "ю", "я", "ем", "и")
ADJECTIVE_AFTER_VELAR: Final = Endings("ого", "ому", "ого", "им", "ом")
WOMAN_POSSESSIVE: Final = Endings("ой", "ой", "у", "ой", "ой")
WOMAN_ADJECTIVE_STRESSED: Final = Endings("ой", "ой", "ую", "ой", "ой")
NOUN_A: Final = Endings("ы", "е", "у", "ой", "е")
NOUN_A_AFTER_SIBILANT: Final = Endings("и", "е", "у", "ей", "е")
NOUN_A_STRESSED: Final = Endings("и", "е", "у", "ой", "е")
NOUN_IYA: Final = Endings("и", "и", "ю", "ей", "и")

# Adjectives in -бой; other surnames in -бой are Turkic (Хидирбой).
_ADJECTIVES_BOY: Final = frozenset(["голубой", "рябой", "слабой", "грубой", "любой"])
_NAMES_GIY: Final = frozenset(["георгий", "сергий", "пелагий"])
_SOFT_ADJECTIVES_NIY: Final = re.compile(r"(?:[^аеёиоуыэюя]ний|синий)$")
# Foreign surnames in -ин, which take -ом, not -ым.
_FOREIGN_IN: Final = frozenset(
    ["чаплин", "дарвин", "мартин", "константин", "валентин", "вениамин", "франклин", "дюпин"]
)
# Turkic names in -ддин, -тдин, -етдин used as surnames.
_TURKIC_IN: Final = re.compile(r"[дт]дин$")
# Nouns used as surnames by women too, though they look like possessives (Щербина, Диброва).
_WOMAN_NOUNS: Final = frozenset(
    [
        "корова",
        "подкова",
        "диброва",
        "дуброва",
        "щербина",
        "тычина",
        "година",
        "лещина",
        "калина",
        "перепелина",
        "дубина",
        "скотина",
        "бузина",
        "кручина",
    ]
)
# Belarusian -ёнок and diminutives in -чок drop the vowel though no dictionary has them (Герасенок → Герасенка).
_DROPS_VOWEL: Final = re.compile(r"(?:[её]нок|[чжш]ок)$")
_MAY_DROP_VOWEL: Final = re.compile(r"(?:[оеё]к|[оеё]л|[её]р|[её]нь|ей|яц|онь|оть)$")
# The library leaves these Ukrainian surnames unchanged.
_DECLINED_ANYWAY: Final = frozenset(["рева", "кива", "богода"])
_PLURAL_IH: Final = re.compile(r"(?:[гкхжшчщь]их|[^аеёиоуыэюя]них|синих)$")


def syllables(word: str) -> int:
    return sum(char in VOWELS for char in word)


@lru_cache(maxsize=1)
def _dictionary() -> pymorphy3.MorphAnalyzer:
    return pymorphy3.MorphAnalyzer()


@lru_cache(maxsize=2048)
def _common_noun(word: str) -> tuple[str, Endings] | None:
    """Stem and endings of a masculine or feminine common noun of the Russian dictionary."""
    dictionary = _dictionary()
    if not dictionary.word_is_known(word):
        return None
    for parse in dictionary.parse(word):
        tag = parse.tag
        if (
            "NOUN" not in tag
            or not {"sing", "nomn"} <= tag.grammemes
            or not tag.grammemes & {"masc", "femn", "ms-f", "Ms-f"}
        ):
            continue
        if tag.grammemes & {"Name", "Surn", "Patr", "Geox", "Fixd"}:
            continue
        forms = [parse.inflect({case}) for case in ("gent", "datv", "accs", "ablt", "loct")]
        if any(form is None for form in forms):
            continue
        words = [form.word for form in forms]
        if tag.gender == "masc" and not word.endswith(("а", "я")):
            words[2] = words[0]
        stem = _common_start(words)
        return stem, Endings(*(form[len(stem) :] for form in words))
    return None


@lru_cache(maxsize=2048)
def gender_of_given_name(name: str) -> Gender | None:
    """Gender of a given name that the Russian dictionary knows, None for one it does not."""
    found: set[Gender] = set()
    for parse in _dictionary().parse(name):
        if "Name" in parse.tag and parse.is_known and "nomn" in parse.tag:
            found.add("male" if parse.tag.gender == "masc" else "female")
    return found.pop() if len(found) == 1 else None


def _common_start(words: list[str]) -> str:
    shortest = min(words, key=len)
    for at, char in enumerate(shortest):
        if any(word[at] != char for word in words):
            return shortest[:at]
    return shortest


def _with_dropped_vowel(surname: str, low: str) -> Declined | None:
    if syllables(low) < 2 or not _MAY_DROP_VOWEL.search(low):
        return None
    if _DROPS_VOWEL.search(low):
        return Declined(surname[:-2] + surname[-1], HARD)
    noun = _common_noun(low)
    if noun is None or noun[0].startswith(low.rstrip("ьй")):
        return None
    stem, endings = noun
    shared = len(_common_start([stem, low]))
    return Declined(surname[:shared] + stem[shared:], endings)


def _in_ets(surname: str, low: str) -> Declined | None:
    """Кравец → Кравца, Стрелец → Стрельца, but Швец → Швеца, Кузнец → Кузнеца, Хейфец → Хейфеца."""
    if not low.endswith("ец") or len(low) < 4:
        return None
    before = low[-3]
    if before in VOWELS:
        return Declined(surname[:-2] + "йц", HARD_AFTER_SIBILANT)
    if low[-4] not in VOWELS or syllables(low) == 1:
        return Declined(surname, HARD if syllables(low) == 1 or _ends_stressed(low) else HARD_AFTER_SIBILANT)
    stem = surname[:-2] + ("ьц" if before == "л" else "ц")
    stressed = syllables(low) == 2 if _common_noun(low) is None else _ends_stressed(low)
    return Declined(stem, HARD if stressed else HARD_AFTER_SIBILANT)


def _ends_stressed(low: str) -> bool:
    """Whether the Russian dictionary knows the word as a noun with a stressed ending («ткачом», «левшой»)."""
    noun = _common_noun(low)
    return noun is not None and noun[1].instrumental.endswith(("ом", "ой"))


def _man_in_n_or_v(surname: str, low: str) -> Declined | None:
    """Only Russian -ов, -ев, -ёв, -ин, -цын take -ым; Шин, Тұрсын, Насреддин, Ширвін take -ом."""
    if low[-1] not in "нв":
        return None
    russian = low.endswith(("ов", "ев", "ёв")) or (low.endswith(("ин", "цын")) and syllables(low) > 1)
    foreign = low in _FOREIGN_IN or _TURKIC_IN.search(low) is not None
    return Declined(surname, POSSESSIVE if russian and not foreign else HARD)


def _man_adjective_or_noun(surname: str, low: str) -> Declined | None:
    if low.endswith("гий") and low not in _NAMES_GIY:
        return Declined(surname[:-2], ADJECTIVE_AFTER_VELAR)
    if re.search(r"[хжшчщ]ой$", low) and syllables(low) > 1:
        return Declined(surname[:-2], ADJECTIVE_AFTER_VELAR)
    if low.endswith("ний") and not _SOFT_ADJECTIVES_NIY.search(low):
        return Declined(surname[:-1], SOFT_IY)
    if low.endswith("бой") and low not in _ADJECTIVES_BOY:
        return Declined(surname[:-1], SOFT_Y)
    if low.endswith("их") and (syllables(low) == 1 or not _PLURAL_IH.search(low)):
        return Declined(surname, HARD)
    if re.search(r"[эәөұүі]й$", low):
        return Declined(surname[:-1], SOFT_Y)
    if low == "лев":
        return Declined(surname[:-2] + "ьв", HARD)
    return None


def _man_after_sibilant(surname: str, low: str) -> Declined | None:
    """Instrumental by stress: Ткач → Ткачом, Деркач → Деркачом, Борщ → Борщом; Бабич → Бабичем, Линч → Линчем."""
    if low[-1] not in _HUSHING and low[-1] != "ц":
        return None
    stressed = low.endswith("ач") or _ends_stressed(low)
    return Declined(surname, HARD if stressed else HARD_AFTER_SIBILANT)


def _in_a_after_sibilant(surname: str, low: str) -> Declined | None:
    """Груша → Грушей, Левша → Левшой, Turkic …қожа → …қожой."""
    if low[-1] != "а" or low[-2] not in _HUSHING:
        return None
    stressed = is_turkic_master(low) or _ends_stressed(low)
    return Declined(surname[:-1], NOUN_A_STRESSED if stressed else NOUN_A_AFTER_SIBILANT)


def is_turkic_master(low: str) -> bool:
    """…қожа, …ходжа: Turkic words keep the stress on the last vowel."""
    return low.endswith(("қожа", "кожа", "ходжа", "хожа")) and low != "кожа"


def _woman_in_a(surname: str, low: str) -> Declined | None:
    """Тажина → Тажиной is a possessive; Сова → Совы, Ворона → Вороны, Щербина → Щербины are nouns."""
    if low.endswith(("жая", "шая", "чая", "щая")) and _dictionary().word_is_known(low[:-2] + "ой"):
        return Declined(surname[:-2], WOMAN_ADJECTIVE_STRESSED)
    if low[-1] != "а" or low[-2] in VOWELS or low.endswith(("ска", "цка")):
        return None
    possessive = low.endswith(("ова", "ева", "ёва", "ина", "ына"))
    # Four letters are a noun (Сова), five and more a possessive (Львова).
    if possessive and len(low) > 4 and low not in _WOMAN_NOUNS:
        return Declined(surname[:-1], WOMAN_POSSESSIVE)
    if low[-2] == "н":
        return Declined(surname[:-1], NOUN_A)
    if low.endswith(("ова", "ева", "ёва")):
        return Declined(surname[:-1], NOUN_A)
    return None


def corrected(surname: str, *, male: bool) -> Declined | None:
    """Stem and endings where the library would be wrong, None where it may decide."""
    low = surname.lower()
    if len(low) < 3:
        # Two letters are Korean or Chinese: Ан → Ана, but Пя, Ча, Ли stay.
        return Declined(surname, UNCHANGED) if low[-1:] in VOWELS else None
    if low in _DECLINED_ANYWAY:
        return Declined(surname[:-1], NOUN_A)
    rules = (
        (
            _in_a_after_sibilant,
            _with_dropped_vowel,
            _in_ets,
            _man_adjective_or_noun,
            _man_in_n_or_v,
            _man_after_sibilant,
        )
        if male
        else (_in_a_after_sibilant, _woman_in_a)
    )
    for rule in rules:
        if (result := rule(surname, low)) is not None:
            return result
    return None
