"""Numbers of contracts, registers and court cases, rates, ИИН and БИН, and who is named with a name."""

import re
from collections.abc import Iterator
from datetime import date
from typing import Final

from kenes.cases.extraction.folding import pattern
from kenes.cases.extraction.found import (
    FoundIdentity,
    FoundNumber,
    FoundPerson,
    FoundRate,
    NumberRole,
    PersonRole,
    Place,
)
from kenes.foundation.values import Bin, Iin, ValueProblem

# The sign as written and as recognition writes it.
_SIGN: Final = r"(?:№|#|n°|м°|n[oо]\.?|nе|ne|ng|мо|мe|ме|номер[^\W\d_]{0,3}:?|номири|нөмири|номирли)"
_VALUE: Final = (
    r"(?P<value>[0-9a-zа-я\u0400-\u04ff](?:[0-9a-zа-я\u0400-\u04ff/_.-]{0,38}[0-9a-zа-я\u0400-\u04ff])?)"
)
_NUMBER: Final = re.compile(
    rf"(?<![^\W_]){_SIGN}[ \n]{{0,2}}{_VALUE}|(?<=№){_VALUE.replace('value', 'bare')}"
)
_NEAR: Final = 90

_BEFORE: Final = (
    (NumberRole.CONTRACT, pattern("договор*", "контракт*", "шарт*", "соглашени*", "кредит*", "займ*", "микрокредит*", "заем", "қарыз*", "несие*")),
    (NumberRole.REGISTRY, pattern("реестр*", "тізілім*", "зарегистрирован*", "надпис*", "жазба*", "нөмірмен тіркел*")),
    (NumberRole.COURT_CASE, pattern("дело", "делу", "дела", "гражданск* дел*", "іс", "іс бойынша", "азаматтық іс*", "судебн* приказ*", "решени*", "бұйрық*", "шешім*", "производств*", "өндіріс*")),
    (NumberRole.LETTER, pattern("исх*",
            "приказ*", "исходящ*", "шығ", "шығыс", "вх", "справка", "анықтама", "лицензи*", "телефон*", "кабинет*", "счет*", "удостоверени*", "куәлік*", "паспорт*")),
)  # fmt: skip
_AFTER: Final = (
    (NumberRole.CONTRACT, pattern("шарт", "шарты", "шартқа", "шартының", "шарты бойынша", "шартына", "келісім*", "банктік қарыз шарты*", "микрокредит беру туралы шарт*", "договор*")),
    (NumberRole.COURT_CASE, pattern("іс", "іс бойынша", "азаматтық іс*", "сот бұйрығ*", "сот шешім*")),
    (NumberRole.REGISTRY, pattern("тізілім*", "нөмірмен тіркел*", "тіркелген")),
)  # fmt: skip
_LABELLED: Final = re.compile(
    r"(?:номер договора|договор[^\W\d_]{0,3} номер|шарт нөмири|шарт номири|шарттын номири)[: \n]{1,4}"
    + _VALUE
)
_TWELVE: Final = re.compile(r"(?<![\w/-])\d(?: ?\d){11}(?![\w/])")
_RATE: Final = re.compile(
    r"(?<![\d.,])(?P<percent>\d{1,3}(?:[.,]\d{1,3})?) ?(?:\([^()\n]{3,80}\) ?)?(?:%|процент[^\W\d_]{0,3}(?= годов)|паиыз)"
)
_EFFECTIVE: Final = pattern(
    "гэсв",
    "годов* эффективн* ставк*",
    "эффективн* ставк*",
    "жтсм",
    "жылдық тиімді сыйақы мөлшерлемес*",
    "тиімді мөлшерлеме*",
    "тиімді сыйақы*",
)
_NOMINAL: Final = pattern(
    "ставк*", "вознагражден*", "номинальн*", "сыйақы*", "мөлшерлеме*", "годовых", "жылдық", "под", "процентн*"
)
_ANNUAL: Final = pattern("годовых", "в год", "жылдық", "жылына")
_DAILY: Final = pattern(
    "в день",
    "день",
    "күніне",
    "ежедневно",
    "за каждый день",
    "неустойк*",
    "пени",
    "пеня",
    "штраф*",
    "айыппұл*",
    "өсімпұл*",
    "тұрақсыздық*",
)

_NAME: Final = (
    r"(?P<name>[А-ЯЁӘҒҚҢӨҰҮҺІ][а-яёәғқңөұүһі'-]{1,30}(?:[ \u00a0](?:[А-ЯЁӘҒҚҢӨҰҮҺІ]\.[ \u00a0]?){1,2}|"
    r"(?:[ \u00a0\n][А-ЯЁӘҒҚҢӨҰҮҺІ][а-яёәғқңөұүһі'-]{1,30}){1,2})|(?:[А-ЯЁӘҒҚҢӨҰҮҺІ]\.[ \u00a0]?){1,2}[А-ЯЁӘҒҚҢӨҰҮҺІ][а-яёәғқңөұүһі'-]{2,30})"
)
_PEOPLE: Final = (
    (PersonRole.NOTARY, re.compile(r"(?:[Нн]отариус(?:ом|а|у|ы)?|НОТАРИУС)(?:[ \n](?:города?|г\.|қаласының|қаласы)[ \n]?[А-ЯӘҒҚҢӨҰҮІ][^\s,]{2,20},?)?[:, \n]{1,3}" + _NAME)),
    (PersonRole.BAILIFF, re.compile(r"(?:[Сс]удебн\w{1,4} исполнител\w{0,3}|ЧСИ|ЖСО|[Сс]от орындаушысы)(?:[ \n](?:города?|г\.)[ \n]?[А-Я][^\s,]{2,20},?)?[:, \n]{1,3}" + _NAME)),
    (PersonRole.COURT, re.compile(r"(?P<name>(?:[А-ЯЁӘҒҚҢӨҰҮҺІ][\w-]{2,25}[ \n]){0,2}(?:[Рр]айонн\w{2,3}|[Гг]ородск\w{2,3}|[Мм]ежрайонн\w{2,3}(?: экономическ\w{2,3})?|[Сс]пециализированн\w{2,3} межрайонн\w{2,3}(?: экономическ\w{2,3})?) суд\w{0,2}(?: № ?\d{1,2})?(?: г(?:орода|\.) ?[А-Я]\w{2,20})?)")),
    (PersonRole.COURT, re.compile(r"(?P<name>(?:[А-ЯӘҒҚҢӨҰҮҺІ][\w-]{2,25} қаласының[ \n])?(?:[А-ЯӘҒҚҢӨҰҮҺІ][\w-]{2,25}[ \n]){0,2}(?:(?:№ ?\d ?)?аудандық|қалалық|ауданаралық(?: экономикалық)?) сот\w{0,4})")),
)  # fmt: skip


def numbers(text: str, folded: str, taken: list[tuple[int, int]]) -> list[FoundNumber]:
    """Numbers with a sign before them, by the word that stands nearest."""
    found: list[FoundNumber] = []
    for match in (*_LABELLED.finditer(folded), *_NUMBER.finditer(folded)):
        name = "value" if match.groupdict().get("value") else "bare"
        start, end = match.span(name)
        end = start + len(text[start:end].rstrip(".-/_"))
        written = text[start:end]
        if sum(char.isdigit() for char in folded[start:end]) < 2 or any(
            s < end and start < e for s, e in taken
        ):
            continue
        if any(start < item.place.end and item.place.start < end for item in found):
            continue
        labelled = match.re is _LABELLED
        role, confidence = (NumberRole.CONTRACT, 0.95) if labelled else _role(folded, match.start(), end)
        if role is not None:
            found.append(FoundNumber(role, written, Place(start, end, written, confidence)))
    return sorted(found, key=lambda item: item.place.start)


def _role(folded: str, start: int, end: int) -> tuple[NumberRole | None, float]:
    left = folded[max(0, start - _NEAR) : start]
    left = left[max(left.rfind("\n\n") + 1, left.rfind(";") + 1, 0) :]
    right = folded[end : end + 45]
    right = right[
        : min((at for at in (right.find(";"), right.find("\n\n"), right.find("№")) if at >= 0), default=45)
    ]
    best: tuple[NumberRole, int] | None = None
    for role, words in _BEFORE:
        for match in words.finditer(left):
            if best is None or len(left) - match.end() < best[1]:
                best = (role, len(left) - match.end())
    for role, words in _AFTER:
        found = words.search(right)
        # Kazakh puts the number before its noun; a word of the next phrase is further off.
        if found is not None and (best is None or found.start() < best[1]):
            best = (role, found.start())
    if best is None:
        return None, 0.0
    return best[0], 0.92 if best[1] <= 30 else 0.75


def identities(text: str, folded: str, today: date | None) -> list[FoundIdentity]:
    """ИИН and БИН with right check digits, in the digits as recognition may have written them."""
    found = []
    for match in _TWELVE.finditer(folded):
        digits = match.group().replace(" ", "")
        kind = _kind_of(digits, today)
        if kind:
            start, end = match.span()
            found.append(FoundIdentity(kind, digits, Place(start, end, text[start:end], 0.97)))
    return found


def _kind_of(digits: str, today: date | None) -> str:
    if not digits.isascii():
        return ""
    try:
        if digits[4] in "456":
            return "bin" if Bin.parse(digits) else ""
        return "iin" if Iin.parse(digits, today=today or date(2079, 12, 31)) else ""
    except ValueProblem:
        return ""


def rates(text: str, folded: str) -> list[FoundRate]:
    """Percent a year, nominal and effective; percent of a day and of a penalty are left out."""
    found = []
    for match in _RATE.finditer(folded):
        value = match["percent"].replace(",", ".")
        left = folded[max(0, match.start() - 75) : match.start()]
        left = left[
            max(left.rfind("\n\n") + 1, left.rfind(";") + 1, left.rfind("%") + 1, left.rfind(". ") + 1, 0) :
        ]
        right = folded[match.end() : match.end() + 18].split(". ", 1)[0]
        effective = _last(_EFFECTIVE, left)
        nominal = max(_last(_NOMINAL, left), len(left) if _ANNUAL.search(right) else -1)
        if _DAILY.search(right) or (_last(_DAILY, left) > max(effective, nominal - 12)) or float(value) > 400:
            continue
        if effective < 0 and nominal < 0:
            continue
        start, end = match.span()
        sure = 0.92 if _ANNUAL.search(right) or effective >= 0 or _ANNUAL.search(left) else 0.7
        found.append(FoundRate(value, effective >= 0, Place(start, end, text[start:end], sure)))
    return found


def _last(words: re.Pattern[str], part: str) -> int:
    return max((match.end() for match in words.finditer(part)), default=-1)


def people(text: str) -> list[FoundPerson]:
    """Notaries, bailiffs and courts, once each, where the text names them plainly."""
    found: list[FoundPerson] = []
    for role, match in _named(text):
        start, end = match.span("name")
        name = " ".join(text[start:end].split())
        if not any(item.role is role and item.name == name for item in found):
            found.append(FoundPerson(role, name, Place(start, end, text[start:end], 0.75)))
    return sorted(found, key=lambda item: item.place.start)


def _named(text: str) -> Iterator[tuple[PersonRole, re.Match[str]]]:
    for role, shape in _PEOPLE:
        for match in shape.finditer(text):
            yield role, match
