"""Texts of prepared documents, and how names, sums and dates of a persona may stand in them."""

import re
import subprocess

MONTHS = {
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
}


def pdf_text(data: bytes) -> str:
    result = subprocess.run(["pdftotext", "-layout", "-", "-"], input=data, capture_output=True, check=True)
    return plain(result.stdout.decode())


def plain(text: str) -> str:
    """One kind of space, no line ends: letters are compared, not the layout."""
    return re.sub(r"[\s\u00a0\u202f]+", " ", text)


def sum_text(tiyn: int) -> str:
    whole, rest = divmod(tiyn, 100)
    grouped = f"{whole:,}".replace(",", " ")
    return f"{grouped},{rest:02}" if rest else grouped


def date_texts(iso: str, language: str) -> list[str]:
    year, month, day = iso.split("-")
    name = MONTHS[language][int(month) - 1]
    worded = f"{int(day)} {name} {year}" if language == "ru" else f"{year} ж. {int(day)} {name}"
    return [worded, f"{year} жылғы {int(day)} {name}", f"{day}.{month}.{year}"]


def core(name: str) -> str:
    """The name of a lender without its legal form and the outer quotes."""
    return re.sub(r"^(АО|ТОО|ДБ|ДО)\s+|\s+(АҚ|ЖШС)$", "", name).strip("«» ")


def letters(text: str) -> str:
    return re.sub(r"[\s\u00ad«»-]+", "", text).casefold()
