"""Dates and lengths of time for people, in Russian, Kazakh and English."""

from datetime import date
from typing import Final

from num2words import num2words

from kenes.foundation.language.money import number_in_words
from kenes.foundation.language.plurals import choose

NBSP: Final = "\u00a0"

_MONTHS: Final = {
    "ru": [
        "января",
        "февраля",
        "марта",
        "апреля",
        "мая",
        "июня",
        "июля",
        "августа",
        "сентября",
        "октября",
        "ноября",
        "декабря",
    ],
    "kk": [
        "қаңтар",
        "ақпан",
        "наурыз",
        "сәуір",
        "мамыр",
        "маусым",
        "шілде",
        "тамыз",
        "қыркүйек",
        "қазан",
        "қараша",
        "желтоқсан",
    ],
    "en": [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ],
}
# Endings of a Kazakh month after a day: dative (until), ablative (from), locative (on), by vowel harmony.
_KK_ENDINGS: Final = {
    "dative": ["ға", "ға", "ға", "ге", "ға", "ға", "ге", "ға", "ке", "ға", "ға", "ға"],
    "ablative": ["дан", "нан", "дан", "ден", "дан", "нан", "ден", "дан", "тен", "нан", "дан", "нан"],
    "locative": ["да", "да", "да", "де", "да", "да", "де", "да", "те", "да", "да", "да"],
}
_WEEKDAYS: Final = {
    "ru": ["понедельник", "вторник", "среда", "четверг", "пятница", "суббота", "воскресенье"],
    "kk": ["дүйсенбі", "сейсенбі", "сәрсенбі", "бейсенбі", "жұма", "сенбі", "жексенбі"],
    "en": ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"],
}
# Forms in the order of `plurals.choose`: one, few, many for Russian; one, other for English; a single one for Kazakh.
_UNITS: Final[dict[str, dict[str, tuple[str, ...]]]] = {
    "ru": {
        "MIN": ("минута", "минуты", "минут"),
        "CD": ("календарный день", "календарных дня", "календарных дней"),
        "WD": ("рабочий день", "рабочих дня", "рабочих дней"),
        "D": ("день", "дня", "дней"),
        "M": ("месяц", "месяца", "месяцев"),
        "Y": ("год", "года", "лет"),
    },
    "kk": {
        "MIN": ("минут",),
        "WD": ("жұмыс күні",),
        "D": ("күн",),
        "M": ("ай",),
        "Y": ("жыл",),
    },
    "en": {
        "MIN": ("minute", "minutes"),
        "CD": ("calendar day", "calendar days"),
        "WD": ("working day", "working days"),
        "D": ("day", "days"),
        "M": ("month", "months"),
        "Y": ("year", "years"),
    },
}


def format_date(day: date, lang: str) -> str:
    """«23 ноября 2026 г.», «2026 ж. 23 қараша», «23 November 2026», with no-break spaces."""
    month = _MONTHS[lang][day.month - 1]
    if lang == "kk":
        return NBSP.join((str(day.year), "ж.", str(day.day), month))
    year = (str(day.year), "г.") if lang == "ru" else (str(day.year),)
    return NBSP.join((str(day.day), month, *year))


def format_day(day: date, lang: str) -> str:
    """The same without the year: «23 ноября», «23 қараша», «23 November»."""
    return f"{day.day}{NBSP}{_MONTHS[lang][day.month - 1]}"


def kazakh_date(day: date, case: str, *, year: bool = True) -> str:
    """Kazakh date with an ending: «2026 жылғы 23 қарашадан» (ablative), «…қарашаға» (dative), «…қарашада» (locative)."""
    month = _MONTHS["kk"][day.month - 1] + _KK_ENDINGS[case][day.month - 1]
    front = f"{day.year}{NBSP}жылғы{NBSP}" if year else ""
    return f"{front}{day.day}{NBSP}{month}"


def weekday(day: date, lang: str) -> str:
    """Name of the day of the week, nominative, small letter in Russian and Kazakh."""
    return _WEEKDAYS[lang][day.weekday()]


def format_length(amount: int, unit: str, lang: str) -> str:
    """Length in words with its number: «10 рабочих дней», «10 жұмыс күні», «10 working days».

    `unit`: MIN minutes, D days, CD calendar days, WD working days, M months, Y years.
    """
    if (unit, lang) == ("CD", "kk"):
        # Kazakh laws put the adjective before the number: «күнтізбелік 10 күн».
        return NBSP.join(("күнтізбелік", str(amount), "күн"))
    return f"{amount}{NBSP}{choose(amount, _UNITS[lang][unit], lang)}"


# The last word of a Kazakh number as an ordinal; the words before it stay.
_KK_ORDINALS: Final = {
    "бір": "бірінші", "екі": "екінші", "үш": "үшінші", "төрт": "төртінші", "бес": "бесінші", "алты": "алтыншы",
    "жеті": "жетінші", "сегіз": "сегізінші", "тоғыз": "тоғызыншы", "он": "оныншы", "жиырма": "жиырмасыншы",
    "отыз": "отызыншы", "қырық": "қырқыншы", "елу": "елуінші", "алпыс": "алпысыншы", "жетпіс": "жетпісінші",
    "сексен": "сексенінші", "тоқсан": "тоқсаныншы", "жүз": "жүзінші", "мың": "мыңыншы",
}  # fmt: skip


def date_in_words(day: date, lang: str) -> str:
    """A date as notaries write it: «четырнадцатого мая две тысячи двадцать шестого года».

    Kazakh: «екі мың жиырма алтыншы жылғы он төртінші мамыр». KeyError for another language.
    """
    if lang == "kk":
        return f"{_kazakh_ordinal(day.year)} жылғы {_kazakh_ordinal(day.day)} {_MONTHS['kk'][day.month - 1]}"
    if lang != "ru":
        raise KeyError(lang)
    of_day, of_year = (
        num2words(number, lang="ru", to="ordinal", case="genitive", gender=gender)
        for number, gender in ((day.day, "n"), (day.year, "m"))
    )
    return f"{of_day} {_MONTHS['ru'][day.month - 1]} {of_year} года"


def _kazakh_ordinal(number: int) -> str:
    *before, last = number_in_words(number, "kk").split()
    return " ".join([*before, _KK_ORDINALS[last]])
