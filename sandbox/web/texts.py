"""Texts, dates and numbers of the pages in Russian, Kazakh and English."""

import json
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from typing import Final

LANGUAGES: Final = ("ru", "kk", "en")

# Kazakhstan has one time zone, UTC+5, since 1 March 2024; older zone databases still say +6.
ALMATY: Final = timezone(timedelta(hours=5))

_MONTHS: Final = {
    "ru": "января февраля марта апреля мая июня июля августа сентября октября ноября декабря",
    "kk": "қаңтар ақпан наурыз сәуір мамыр маусым шілде тамыз қыркүйек қазан қараша желтоқсан",
    "en": "January February March April May June July August September October November December",
}

_CATALOGUES: Final[dict[str, dict[str, str]]] = {
    language: json.loads((Path(__file__).parent / "messages" / f"{language}.json").read_text("utf-8"))
    for language in LANGUAGES
}


def catalogue(language: str) -> dict[str, str]:
    """All texts of a language by key."""
    return _CATALOGUES[language]


def text(language: str, key: str, **values: object) -> str:
    """A text in a language, with {placeholders} filled; raises KeyError for an unknown key."""
    return _CATALOGUES[language][key].format(**values)


def moment(language: str, seconds: float) -> str:
    """A moment in Almaty time in words: `23 ноября 2026 г., 14:05`."""
    local = datetime.fromtimestamp(seconds, UTC).astimezone(ALMATY)
    month = _MONTHS[language].split()[local.month - 1]
    clock = f"{local:%H:%M}"
    match language:
        case "ru":
            return f"{local.day} {month} {local.year} г., {clock}"
        case "kk":
            return f"{local.year} ж. {local.day} {month}, {clock}"
    return f"{local.day} {month} {local.year}, {clock}"


def clock(seconds: float) -> str:
    """Hours and minutes in Almaty."""
    return f"{datetime.fromtimestamp(seconds, UTC).astimezone(ALMATY):%H:%M}"


def phone(digits: str) -> str:
    """A Kazakhstan number for reading: `+7 701 234 56 78`."""
    if len(digits) != 11:
        return f"+{digits}"
    return f"+{digits[0]} {digits[1:4]} {digits[4:7]} {digits[7:9]} {digits[9:]}"


def size(language: str, octets: int) -> str:
    """A file size in words a person reads."""
    units = {"ru": ("Б", "КБ", "МБ"), "kk": ("Б", "КБ", "МБ"), "en": ("B", "KB", "MB")}[language]
    if octets < 1024:
        return f"{octets}\u00a0{units[0]}"
    if octets < 1024 * 1024:
        return f"{octets // 1024}\u00a0{units[1]}"
    value = f"{octets / 1024 / 1024:.1f}"
    return f"{value if language == 'en' else value.replace('.', ',')}\u00a0{units[2]}"
