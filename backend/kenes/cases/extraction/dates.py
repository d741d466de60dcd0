"""Days in Russian and Kazakh texts, and what they are: «25.03.2024», «25 марта 2024 года», «2024 жылғы 25 наурыз»."""

import re
from collections.abc import Iterator
from datetime import date
from typing import Final

from kenes.cases.extraction.folding import pattern
from kenes.cases.extraction.found import DateRole, FoundDate, FoundDueDay, Place

_RU: Final = ("янв", "фев", "мар", "апр", "мая|маи", "июн", "июл", "авг", "сен", "окт", "ноя", "дек")
# Folded: «қаңтар» is «кантар» here.
_KK: Final = (
    "кантар", "акпан", "наурыз", "сауир|сеуир", "мамыр", "маусым", "шилде", "тамыз", "кыркуиек|кыркуйек", "казан",
    "караша", "желтоксан",
)  # fmt: skip
_MONTHS: Final = tuple(rf"(?:{ru}|{kk})[^\W\d_]{{0,9}}" for ru, kk in zip(_RU, _KK, strict=True))
_MONTH: Final = "|".join(f"(?P<m{number}>{month})" for number, month in enumerate(_MONTHS, start=1))
_QUOTED_DAY: Final = r'"?\s?(?P<day>\d{1,2})\s?"?'
_GAP: Final = r"[ \n]{1,3}"
_SHAPES: Final = (
    re.compile(
        r"(?<![\d.,/])(?P<day>\d{1,2}) ?[.,/-] ?(?P<month>\d{1,2}) ?[.,/-] ?(?P<year>\d{4}|\d{2})(?![\d/])"
    ),
    re.compile(r"(?<![\d.])(?P<year>\d{4})-(?P<month>\d{1,2})-(?P<day>\d{1,2})(?!\d)"),
    re.compile(rf"(?<!\d){_QUOTED_DAY}[ \n.]{{1,3}}(?:{_MONTH})[.,]?[ \n]{{0,3}}(?P<year>\d{{4}})(?!\d)"),
    re.compile(
        rf"(?<!\d)(?P<year>\d{{4}}) ?(?:жыл[^\W\d_]{{0,6}}|ж\.?){_GAP}{_QUOTED_DAY}[ -]{{1,3}}(?:{_MONTH})(?![^\W_])"
    ),
)
_NOUN_FOLLOWS: Final = re.compile(r"[дт][ае]г[ыи]$")
_FIRST_YEAR, _LAST_YEAR = 1930, 2079
_NEAR: Final = 90

# What stands before a day. The nearest one tells its role.
_BEFORE: Final = (
    (DateRole.AS_OF, pattern("по состоянию на", "на дату", "состояние на", "задолженность на", "сальдо на", "остаток на",
            "долга на")),
    (DateRole.RECEIVED, pattern("получен*", "вручен*", "дата получения", "дата вручения", "получил*", "алынған*", "алған күн*", "алған күні", "табыс етілген*", "тапсырылған*", "қолыма тиді", "алдым")),
    (DateRole.OVERDUE_SINCE, pattern("просрочк* с", "просрочен* с", "просрочка возникла", "дата возникновения просрочки", "дата выхода на просрочку", "дата начала просрочки", "не погашает* с", "не оплачива* с", "кешіктіру* басталған күн*", "мерзімі өткен күн*", "кешіктірілген күн*")),
    (DateRole.COURT, pattern("заседани* назначен*", "судебное заседание", "слушани* назначен*", "сот отырыс*", "отырыс* тағайындалған*")),
    (DateRole.ASSIGNMENT, pattern("договор* уступк*", "договор* цессии", "уступк*", "уступил*", "цесси*", "талап ету құқ*", "басқаға беру*", "цессия*")),
    (DateRole.INSCRIPTION, pattern("исполнительн* надпис*", "надпись совершена", "надпись учинена", "атқарушылық жазба*")),
    (DateRole.COURT_ACT, pattern("судебн* приказ*", "решени* от", "решени* суда", "сот бұйрығ*", "сот шешім*", "постановлени*", "қаулы*")),
    (DateRole.DISMISSAL, pattern("уволен*", "увольнен*", "расторгнут*", "трудовой договор расторгнут", "жұмыстан шығ*", "жұмыстан босат*", "еңбек шарт* бұз*", "еңбек шарт* тоқтат*")),
    (DateRole.BIRTH, pattern("дата рождения", "родил*", "туған күн*", "туған жылы")),
    (DateRole.DUE, pattern("до", "в срок до", "не позднее", "срок оплаты", "оплатить до", "дата платежа", "төлем күні", "төлеу мерзімі")),
    (DateRole.CONTRACT, pattern("договор*", "контракт*", "соглашени*", "шарт", "шарты", "шартқа", "шарттың", "шарты бойынша", "договор* от", "дата договора", "дата заключения", "шарт жасалған күн*", "жасалған күні", "дата выдачи кредита", "дата выдачи займа")),
    (DateRole.LETTER, pattern("исх", "исх. №", "исходящий", "дата", "дата документа", "трудов* договор*", "дата выдачи", "дата формирования", "күні", "шығ", "шығ. №", "шығыс", "берілген күні")),
)  # fmt: skip
# What stands after a day, which is the order of Kazakh: «2024 жылғы 25 наурыздағы № 5 шарт».
_AFTER: Final = (
    (DateRole.AS_OF, pattern("жағдай*", "жай күй*", "күнгі жағдай*")),
    (DateRole.DUE, pattern("дейін", "кешіктірмей", "дейінгі мерзім*")),
    (DateRole.OVERDUE_SINCE, pattern("бастап кешік*", "бастап мерзімі өт*", "бастап төленбе*", "бастап төлем* жасалма*", "бастап төлем* тоқта*")),
    (DateRole.INSCRIPTION, pattern("атқарушылық жазба*", "жазба жасалды")),
    (DateRole.RECEIVED, pattern("алынған*", "алдым", "алынды", "алды", "табыс етілді", "тапсырылды", "вручен*", "получен*")),
    (DateRole.COURT, pattern("сот отырыс*", "отырыс* тағайында*", "состоится судебное заседание")),
    (DateRole.ASSIGNMENT, pattern("талап ету құқ*", "басқаға беру*", "цессия*", "уступк*")),
    (DateRole.COURT_ACT, pattern("сот бұйрығ*", "сот шешім*", "бұйрық", "шешім", "қаулы*")),
    (DateRole.DISMISSAL, pattern("жұмыстан шығ*", "жұмыстан босат*", "бастап еңбек шарт*", "еңбек шарт*")),
    (DateRole.BIRTH, pattern("года рождения", "г.р", "туған", "жылы туған")),
    (DateRole.CONTRACT, pattern("шарт", "шарты", "шартқа", "шарттың", "шартының", "шарты бойынша", "шартына", "келісім*")),
)  # fmt: skip
_DUE_DAY: Final = (
    re.compile(
        r"(?:ежемесячно|каждого месяца|кажд[^\W\d_]{2,3} месяц[^\W\d_]{0,2})[^\d\n]{0,40}?(?P<day>\d{1,2})(?:-?го)? числа"
    ),
    re.compile(r"(?<!\d)(?P<day>\d{1,2})(?:-?го)? числа (?:кажд|ежемесячно|текущего месяца)"),
    re.compile(r"(?:ар|еар|сайын) аидын[ \n](?P<day>\d{1,2})|(?:ар|ер) айдын[ \n](?P<day2>\d{1,2})"),
    re.compile(r"аи саиын[^\d\n]{0,30}?(?P<day>\d{1,2})-?(?:[^\W\d_]{1,3} )?кун|ай сайын[^\d\n]{0,30}?(?P<day2>\d{1,2})-?(?:[^\W\d_]{1,3} )?кун"),
)  # fmt: skip


def spans(folded: str) -> list[tuple[int, int, date, bool]]:
    """Every day that exists: start, end, the day, and whether the year had all four digits. In the order of the text."""
    found: list[tuple[int, int, date, bool]] = []
    for shape in _SHAPES:
        for match in shape.finditer(folded):
            day = _day(match)
            start = match.start() + len(match.group()) - len(match.group().lstrip(' "\n'))
            if day is not None and not any(start < other[1] and other[0] < match.end() for other in found):
                found.append((start, _with_year_word(folded, match.end()), day, len(match["year"]) == 4))
    return sorted(found)


def _with_year_word(folded: str, end: int) -> int:
    word = re.compile(r" ?(?:года|год|г\.|жылы|жыл|ж\.)(?![^\W_])").match(folded, end)
    return word.end() if word else end


def _day(match: re.Match[str]) -> date | None:
    groups = match.groupdict()
    month = groups.get("month")
    number = int(month) if month else next((n for n in range(1, 13) if groups.get(f"m{n}")), 0)
    year = int(match["year"])
    year += 2000 if year < 100 else 0
    if not _FIRST_YEAR <= year <= _LAST_YEAR:
        return None
    try:
        return date(year, number, int(match["day"]))
    except ValueError:
        return None


def find(text: str, folded: str) -> list[FoundDate]:
    """Days with their roles."""
    days = spans(folded)
    found = []
    for index, (start, end, day, whole_year) in enumerate(days):
        floor = max(days[index - 1][1] if index else 0, start - _NEAR)
        ceiling = min(days[index + 1][0] if index + 1 < len(days) else len(folded), end + _NEAR)
        role, confidence = _role(folded, start, end, floor, ceiling)
        if not whole_year:
            confidence *= 0.8
        found.append(FoundDate(role, day, Place(start, end, text[start:end], round(confidence, 2))))
    return found


def _role(folded: str, start: int, end: int, floor: int, ceiling: int) -> tuple[DateRole, float]:
    """The label that is nearest; one before wins over one after, unless it stands in another sentence or row."""
    left, right = folded[floor:start], folded[end:ceiling]
    left = left[_last_break(left) :]
    right = right[: _first_break(right)]
    before = _nearest(_BEFORE, left, from_end=True)
    after = _nearest(_AFTER, right, from_end=False)
    # «2024 жылғы 25 наурыздағы» says by its ending that its noun follows.
    belongs = _NOUN_FOLLOWS.search(folded, max(start, end - 6), end) is not None
    if after is not None and (before is None or belongs or after[1] <= before[1]):
        return after[0], 0.9 if after[1] < 40 else 0.7
    if before is not None:
        return before[0], 0.9 if before[1] < 40 else 0.7
    return DateRole.UNKNOWN, 0.4


def _nearest(
    labels: tuple[tuple[DateRole, re.Pattern[str]], ...], part: str, *, from_end: bool
) -> tuple[DateRole, int] | None:
    best: tuple[DateRole, int] | None = None
    for role, words in labels:
        for match in words.finditer(part):
            far = len(part) - match.end() if from_end else match.start()
            if best is None or far < best[1]:
                best = (role, far)
    return best


_BREAK: Final = re.compile(r"\n[ ]*\n|[;!?]|(?<=[^\W\d_]{4})\.(?=[ \n])")


def _last_break(part: str) -> int:
    return max((match.end() for match in _BREAK.finditer(part)), default=0)


def _first_break(part: str) -> int:
    match = _BREAK.search(part)
    return match.start() if match else len(part)


def due_days(text: str, folded: str) -> list[FoundDueDay]:
    """By which day of each month payments are due."""
    found = []
    for match in _due_matches(folded):
        day = int(match["day"] or match.groupdict().get("day2") or 0)
        if 1 <= day <= 31:
            start, end = match.span()
            found.append(FoundDueDay(day, Place(start, end, text[start:end], 0.85)))
    return found


def _due_matches(folded: str) -> Iterator[re.Match[str]]:
    for shape in _DUE_DAY:
        yield from shape.finditer(folded)
