"""Full names in the cases of Russian text, in the order surname, given name, patronymic.

Russian or Kazakh letters. The tables are pytrovich's; `surnames` and the rules here correct it where Kazakh, Korean,
German and rarer Russian names need it. Works by the shape of the word, so a name never seen before is declined too.
"""

import re
from functools import lru_cache
from typing import Final, Literal

from pytrovich.enums import Case as LibraryCase
from pytrovich.enums import Gender as LibraryGender
from pytrovich.enums import NamePart
from pytrovich.maker import PetrovichDeclinationMaker

from kenes.foundation.language import surnames
from kenes.foundation.language.surnames import Declined, Gender

Case = Literal["genitive", "dative", "accusative", "instrumental", "prepositional"]
_Role = Literal["surname", "given", "patronymic"]

_LIBRARY_CASES: Final = {
    "genitive": LibraryCase.GENITIVE,
    "dative": LibraryCase.DATIVE,
    "accusative": LibraryCase.ACCUSATIVE,
    "instrumental": LibraryCase.INSTRUMENTAL,
    "prepositional": LibraryCase.PREPOSITIONAL,
}
_LIBRARY_PARTS: Final = {
    "surname": NamePart.LASTNAME,
    "given": NamePart.FIRSTNAME,
    "patronymic": NamePart.MIDDLENAME,
}
_GENDERS: Final[dict[str, Gender]] = {"male": "male", "m": "male", "female": "female", "f": "female"}
# «Son of» and «daughter of» in Kazakh, Azerbaijani, Uzbek and Kyrgyz, joined or apart: never change in Russian text.
_SON: Final = re.compile(r"(?:ұлы|улы|оглы|оғлы|оглу|угли|ўғли|уулу|заде)$")
_DAUGHTER: Final = re.compile(r"(?:қызы|кызы|гызы|ғызы|кизи|қизи)$")
_RUSSIAN_SON: Final = re.compile(r"(?:[оеё]вич|[а-яё]ьич|кич|мич|тич|ввич|вич)$")
_RUSSIAN_DAUGHTER: Final = re.compile(r"(?:[оеё]вна|ична)$")
_MAN_SURNAME: Final = re.compile(r"(?:[оеё]в|ин|цын|[сц]кий|ый)$")
_WOMAN_SURNAME: Final = re.compile(r"(?:[оеё]ва|ина|цына|[сц]кая|ая)$")
# Kazakh letters as the Russian ones that decline alike: the library knows only the latter.
_KAZAKH: Final = str.maketrans("әғқңөұүһіӘҒҚҢӨҰҮҺІ", "агкноуухиАГКНОУУХИ")
# First halves of double surnames that stay as they are.
_FIXED_FIRST_HALVES: Final = frozenset(
    [
        "тер",
        "бонч",
        "ибн",
        "аль",
        "эль",
        "ар",
        "ас",
        "ан",
        "бен",
        "абу",
        "дер",
        "мак",
        "сен",
        "сан",
        "фон",
        "ван",
        "де",
        "абдул",
        "гасан",
        "мелик",
        "вар",
        "шолом",
        "белиц",
        "призван",
        "корвин",
        "книппер",
    ]
)
# The only women's names in -ь that Russian declines by rule; Айгуль, Асель, Айлинь stay as they are.
_DECLINED_IN_SOFT_SIGN: Final = frozenset(
    [
        "любовь",
        "нинель",
        "эсфирь",
        "есфирь",
        "юдифь",
        "иудифь",
        "руфь",
        "суламифь",
        "рахиль",
        "рашель",
        "агидель",
    ]
)
_INITIAL: Final = re.compile(r"^\w\.?(?:-?\w\.)?$")


@lru_cache(maxsize=1)
def _library() -> PetrovichDeclinationMaker:
    return PetrovichDeclinationMaker()


def decline(full_name: str, gender: str | None, case: Case) -> str:
    """The full name in `case`: «Ахметов Ерлан Серикович», "male", "dative" → «Ахметову Ерлану Сериковичу».

    `gender` is "male"/"female" (also "M"/"F"); None or "" lets the name itself tell, and a name that does not tell
    stays in the nominative. Raises KeyError for an unknown case or gender.
    """
    _LIBRARY_CASES[case]
    sex = _GENDERS[gender.lower()] if gender else guess_gender(full_name)
    if sex is None:
        return " ".join(full_name.split())
    words = full_name.split()
    # «Рашид оглы» keeps the father's name as it is.
    kept = {at for at, word in enumerate(words[1:]) if _is_fixed(word.lower()) and len(word) <= len("уулу")}
    return " ".join(
        word if at in kept else _decline_word(word, role, sex, case)
        for at, (word, role) in enumerate(_roles(words))
    )


def initials(full_name: str) -> str:
    """«Досымов Кайрат Ануарович» → «Досымов К. А.»; «Мамедов Эльчин Рашид оглы» → «Мамедов Э. Р.»."""
    roles = _roles(full_name.split())
    surname = " ".join(word for word, role in roles if role == "surname")
    others = [word for word, role in roles if role != "surname"][:2]
    return " ".join([surname, *(f"{word[0].upper()}." for word in others)]).strip()


def guess_gender(full_name: str) -> Gender | None:
    """What the patronymic, else the surname, else the given name tells of the person; None when nothing does."""
    words = [word.lower() for word in full_name.split()]
    for at, word in enumerate(words):
        if _SON.search(word) or (at and _RUSSIAN_SON.search(word)):
            return "male"
        if _DAUGHTER.search(word) or (at and _RUSSIAN_DAUGHTER.search(word)):
            return "female"
    if words and _WOMAN_SURNAME.search(words[0]):
        return "female"
    if words and _MAN_SURNAME.search(words[0]):
        return "male"
    return surnames.gender_of_given_name(words[1]) if len(words) > 1 else None


def _roles(words: list[str]) -> list[tuple[str, _Role]]:
    """Which word is what. «Иван Петрович Сидоров» is recognised by the patronymic in the middle."""
    if len(words) == 3 and _is_patronymic(words[1]) and not _is_patronymic(words[2]):
        return list(zip(words, ("given", "patronymic", "surname"), strict=True))
    order: list[_Role] = ["surname", "given", "patronymic"]
    return [(word, order[min(at, 2)]) for at, word in enumerate(words)]


def _is_patronymic(word: str) -> bool:
    low = word.lower()
    return bool(_RUSSIAN_SON.search(low) or _RUSSIAN_DAUGHTER.search(low)) or _is_fixed(low)


def _is_fixed(low: str) -> bool:
    return bool(_SON.search(low) or _DAUGHTER.search(low))


def _decline_word(word: str, role: _Role, sex: Gender, case: Case) -> str:
    low = word.lower()
    # An initial and a particle («фон») have no case.
    if _is_fixed(low) or _INITIAL.match(word) or (word == low and low in _FIXED_FIRST_HALVES):
        return word
    halves = word.split("-")
    if role == "given" and sex == "male":
        done = [*halves[:-1], _decline_half(halves[-1], role, sex, case)]
    else:
        done = [
            half
            if at < len(halves) - 1 and half.lower() in _FIXED_FIRST_HALVES
            else _decline_half(half, role, sex, case)
            for at, half in enumerate(halves)
        ]
    result = "-".join(done)
    return result.upper() if len(word) > 1 and word.isupper() else result


def _decline_half(word: str, role: _Role, sex: Gender, case: Case) -> str:
    if len(word) < 2:
        return word
    if role == "patronymic" and not _is_patronymic(word):
        # The father's bare name («Серик») goes as a man's given name; a woman's in a consonant stays.
        if sex == "female" and word[-1].lower() not in "ая":
            return word
        role = "given"
        sex = "male"
    corrected = surnames.corrected(word, male=sex == "male") if role == "surname" else None
    if role == "given":
        corrected = _given_name(word, male=sex == "male")
    if corrected is not None:
        return corrected.stem + str(getattr(corrected.endings, case))
    return _by_library(word, role, sex, case)


def _given_name(word: str, *, male: bool) -> Declined | None:
    """Ермек → Ермека (not Ермька), Закария → Закарии, Франц → Францем, Балжа → Балжи, Алия → Алие, Алией."""
    low = word.lower()
    if male and low.endswith(("ек", "ік")):
        return Declined(word, surnames.HARD)
    if male and low.endswith("ц"):
        return Declined(word, surnames.HARD_AFTER_SIBILANT)
    if male and low.endswith("ия") and surnames.syllables(low) > 2:
        return Declined(word[:-1], surnames.NOUN_IYA)
    if surnames.is_turkic_master(low) or (not male and low.endswith(("жа", "ча", "ща"))):
        return Declined(word[:-1], surnames.NOUN_A_STRESSED)
    foreign = re.search(r"[еиоуыэ]а$", low) is not None
    if not male and (foreign or (low.endswith("ь") and low not in _DECLINED_IN_SOFT_SIGN)):
        return Declined(word, surnames.UNCHANGED)
    return None


def _by_library(word: str, role: _Role, sex: Gender, case: Case) -> str:
    """The library's form, with its endings put on the word as it was written."""
    plain = word.translate(_KAZAKH)
    gender = LibraryGender.MALE if sex == "male" else LibraryGender.FEMALE
    made: str = _library().make(_LIBRARY_PARTS[role], gender, _LIBRARY_CASES[case], plain)
    # Stressed -ия́ gives the library «Алиёй»; papers are written without that ё.
    if made.endswith("иёй"):
        made = made[:-2] + "ей"
    shared = next(
        (at for at, (a, b) in enumerate(zip(plain, made, strict=False)) if a != b), min(len(plain), len(made))
    )
    return word[:shared] + made[shared:]
