"""Sums of money and what they are: «1 250 000,50 тенге», «1.250.000 ₸», «250 000 (двести пятьдесят тысяч) теңге»."""

import re
from typing import Final, NamedTuple

from kenes.cases.extraction.folding import fold, pattern
from kenes.cases.extraction.found import FoundSum, Place, SumRole
from kenes.foundation.language.money import number_in_words

_DIGITS: Final = (
    r"(?:\d{1,3}(?:[ .,'\"]\d{3}){1,4}(?!\d)(?:[.,=-]\d{2}(?!\d))?|\d{1,12}(?:[.,]\d{1,2}(?!\d))?)"
)
_CURRENCY: Final = r"(?:тенге|тг|тнг|тенг[^\W\d_]|kzt|₸)(?![^\W_])"
_SCALE: Final = r"(?:(?P<scale>тыс|мын|млн|миллион[^\W\d_]{0,3})\.? ?)?"
_SUM: Final = re.compile(
    rf"(?<![\d.,/№-])(?:(?P<front>kzt|₸) ?)?(?P<digits>{_DIGITS})[ \n]?{_SCALE}"
    rf"(?:\((?P<words>[^()\d]{{3,200}})\)[ \n]?)?(?P<currency>{_CURRENCY})?"
    r"(?:[ ,]{0,2}(?P<tiyn>\d{2}) ?тиын)?"
)
_LONGEST: Final = 10**15
_NEAR: Final = 110

_LABELS: Final = (
    (SumRole.PRINCIPAL, pattern("основн* долг*", "тел* кредита", "тел* займа", "остат* основного долга", "негізгі борыш*", "негізгі қарыз*", "негізгі берешек*")),
    (SumRole.INTEREST, pattern("вознагражден*", "процент*", "начисленн* процент*", "сыйақы*", "пайыз*")),
    (SumRole.PENALTY, pattern("неустойк*", "неустоек", "пен[яиеюь]", "пени", "пеней", "штраф*", "тұрақсыздық айыб*", "айыппұл*", "өсімпұл*", "өсім")),
    (SumRole.FEES, pattern("комисси*", "госпошлин*", "государственн* пошлин*", "расход* нотариус*", "расход* по", "услуг* нотариуса", "расход* взыскателя", "мемлекеттік баж*", "шығын*", "шығыс*")),
    (SumRole.OVERDUE, pattern("просроченн* задолженност*", "просроченн* платеж*", "сумм* просрочк*", "сумм* просроченн* платеж*", "просрочк*", "просроченн* сумм*", "мерзімі өткен берешек*", "мерзімі өткен төлем*", "мерзімі өткен сома*", "мерзімі өткен қарыз*", "кешіктірілген төлем*")),
    (SumRole.MONTHLY, pattern("ежемесячн* платеж*", "ежемесячн* взнос*", "сумм* платежа", "размер* платежа", "ай сайынғы төлем*", "айлық төлем*", "төлем мөлшері")),
    (SumRole.LOAN, pattern("сумм* кредита", "сумм* займа", "сумм* микрокредита", "сумм* договора", "размер кредита", "кредит в размере", "кредит* в сумме", "заем в размере", "заем на сумму", "микрокредит в размере", "микрокредит в сумме", "микрокредит на сумму", "кредитн* лимит*", "кредит* на сумму", "предоставил* заемщику", "қарыз сомасы*", "несие сомасы*", "микрокредит сомасы*", "кредит сомасы*", "қарыз мөлшер*", "несие мөлшер*", "мөлшерінде микрокредит", "микрокредит мөлшер*", "лимит*", "берілген сома*")),
    (SumRole.INCOME, pattern("среднемесячн* доход*", "доход*", "заработн* плат*", "к выдаче", "начислено", "жалақы*", "табыс*", "еңбекақы*", "пенси*", "пособи*", "жәрдемақы*", "зейнетақы*", "көмек мөлшері", "аударылған жарналар", "взнос*")),
    (SumRole.TOTAL, pattern("итого", "всего", "общ* сумм*", "общ* задолженност*", "общ* долг*", "сумм* задолженност*", "сумм* долга", "задолженност*", "сумм* взыскания", "взыскать", "долг", "долга", "сумм* требован*", "барлығы", "жиыны", "жиынтығы", "жалпы сома*", "жалпы берешек*", "жалпы қарыз*", "берешек*", "берешек сома*", "қарыз сомасы барлығы", "өндіріп алу*", "өндірілсін")),
)  # fmt: skip
# Words that make a number beside them something else than money.
_NOT_MONEY: Final = re.compile(
    r"^ ?(?:%|процент|пайыз|дн|кун|мес|аи(?![^\W_])|год|жыл|час|сагат|стр|бет|экз|мрп|аек|г\.)"
)


class _Sum(NamedTuple):
    start: int
    end: int
    tiyn: int
    sure: bool
    words: str


def parse_tiyn(digits: str) -> int | None:
    """Tiyn of a written sum («1 250 000,50», «1.250.000», «1,250,000.50», «250 000-00»); None when it is no sum."""
    whole, part = digits, ""
    match = re.fullmatch(r"(.*\d)[.,=-](\d{1,2})", digits)
    if match:
        whole, part = match.groups()
    plain = re.sub(r"[ .,'\"]", "", whole)
    if not plain.isascii() or not plain.isdigit():
        return None
    tiyn = int(plain) * 100 + int((part + "0")[:2] if part else 0)
    return tiyn if tiyn < _LONGEST else None


def _sums(folded: str, taken: list[tuple[int, int]]) -> list[_Sum]:
    found = []
    for match in _SUM.finditer(folded):
        if any(match.start("digits") < end and start < match.end("digits") for start, end in taken):
            continue
        tiyn = parse_tiyn(match["digits"])
        if tiyn is None:
            continue
        sure = bool(match["currency"] or match["front"])
        if not sure and not _looks_like_money(folded, match):
            continue
        scale = match["scale"] or ""
        tiyn *= {"т": 1000, "": 1}.get(scale[:1], 1_000_000 if scale != "мын" else 1000)
        # «800,50 тенге 50 тиын» says the same twice.
        tiyn += int(match["tiyn"] or 0) if tiyn % 100 == 0 else 0
        last = match.end() if sure or match["words"] else match.end("digits")
        if 0 < tiyn < _LONGEST:
            found.append(_Sum(match.start(), last, tiyn, sure, match["words"] or ""))
    return found


def _looks_like_money(folded: str, match: re.Match[str]) -> bool:
    """Groups of thousands, two digits after a comma or a long number; not followed by another unit."""
    digits = match["digits"]
    if _NOT_MONEY.match(folded, match.end("digits")) or _NOT_MONEY.match(folded[match.end("digits") :][:12]):
        return False
    grouped = bool(re.search(r"\d[ .,'\"]\d{3}(?!\d)", digits) or re.search(r"\d{3}[.,]\d{2}$", digits))
    return grouped or (digits.isdigit() and 5 <= len(digits) <= 9)


def find(text: str, folded: str, taken: list[tuple[int, int]]) -> list[FoundSum]:
    """Sums with their roles; `taken` are places of days, numbers and identities, which are no sums.

    A number without a currency counts only with a label beside it.
    """
    sums = _sums(folded, taken)
    used: set[tuple[int, int]] = set()
    found = []
    for index, item in enumerate(sums):
        floor = max(sums[index - 1].end if index else 0, item.start - _NEAR)
        ceiling = min(sums[index + 1].start if index + 1 < len(sums) else len(folded), item.end + 60)
        if _is_row_of_schedule(folded, item):
            label: tuple[SumRole, float] | None = (SumRole.MONTHLY, 0.75)
        else:
            label = _label(folded, item, floor, ceiling, used)
        if label is None and not item.sure:
            continue
        role, confidence = (SumRole.UNKNOWN, 0.4) if label is None else label
        confidence = _checked_by_words(item, confidence if item.sure else confidence - 0.1)
        place = Place(item.start, item.end, text[item.start : item.end], round(confidence, 2))
        found.append(FoundSum(role, item.tiyn, place))
    return found


_ROW: Final = re.compile(r"(?:^|\n) *(?:\d{1,3}[.)]? {1,3})?\d{1,2}\.\d{1,2}\.\d{4} {1,4}$")
_OF_PAYMENTS: Final = pattern("платежа", "платежей", "погашения", "төлем*", "өтеу*")


def _is_row_of_schedule(folded: str, item: _Sum) -> bool:
    """A row of a schedule begins with its day, then comes the payment."""
    if not _ROW.search(folded, max(0, item.start - 30), item.start):
        return False
    return _OF_PAYMENTS.search(folded, 0, 600) is not None


def _label(
    folded: str, item: _Sum, floor: int, ceiling: int, used: set[tuple[int, int]]
) -> tuple[SumRole, float] | None:
    """The label nearest before the sum that no other sum has; else one right after it."""
    left = folded[floor : item.start]
    cut = max((match.end() for match in _BREAK.finditer(left)), default=0)
    before = _nearest_before(left, cut)
    if before is not None:
        role, start, end = before
        place = (floor + start, floor + end)
        if place not in used:
            used.add(place)
            far = len(left) - end
            return role, 0.92 if far <= 25 else 0.8 if far <= 60 else 0.65
    after = _right_after(folded[item.end : ceiling])
    if after is None:
        return None
    role, start, end = after
    used.add((item.end + start, item.end + end))
    return role, 0.8


_BREAK: Final = re.compile(r"\n[ ]*\n|[!?]|(?<=[^\W\d_]{4})\.(?=[ \n])")
_JOIN: Final = re.compile(
    r"[ \n]*[-(:]?[ \n]*(?:составляет |в том числе |по |за |сома[^\W\d_]{0,4} |сумм[^\W\d_] |на )?"
)


def _nearest_before(left: str, cut: int) -> tuple[SumRole, int, int] | None:
    best: tuple[SumRole, int, int] | None = None
    for role, words in _LABELS:
        for match in words.finditer(left, cut):
            # Of two that end together the longer one says more: «просроченная задолженность» over «задолженность».
            if best is None or (match.end(), -match.start()) > (best[2], -best[1]):
                best = (role, match.start(), match.end())
    return best


def _right_after(right: str) -> tuple[SumRole, int, int] | None:
    join = _JOIN.match(right)
    begin = join.end() if join else 0
    best: tuple[SumRole, int, int] | None = None
    for role, words in _LABELS:
        match = words.match(right, begin)
        if match is not None and (best is None or match.end() > best[2]):
            best = (role, match.start(), match.end())
    return best


def _checked_by_words(item: _Sum, confidence: float) -> float:
    """A sum said in words as well is surer when both agree, and doubtful when they do not."""
    if len(item.words) < 6:
        return confidence
    said = set(re.findall(r"[^\W\d_]+", item.words))
    best = 0.0
    for language in ("ru", "kk"):
        meant = set(re.findall(r"[^\W\d_]+", fold(number_in_words(item.tiyn // 100, language))))
        best = max(best, len(meant & said) / max(1, len(meant)))
    if best >= 0.6:
        return min(0.98, confidence + 0.05)
    return max(0.2, confidence - 0.3) if best < 0.3 else confidence
