"""The reference data of the app as plain values, read from `data/` and from the holidays library. No database."""

import csv
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any, Final

import holidays

from kenes.law.terms import WorkingCalendar

DATA: Final = Path(__file__).parent / "data"
LANGUAGES: Final = ("ru", "kk", "en")
MOVED: Final = "moved."
TRANSFER: Final = "transfer"


@cache
def data(name: str) -> Any:
    """Parsed `data/<name>.json`."""
    return json.loads((DATA / f"{name}.json").read_text(encoding="utf-8"))


@dataclass(frozen=True, slots=True)
class DaySpec:
    """One day that is not what its day of the week says."""

    day: date
    kind: str
    reason: str
    estimated: bool = False
    note: str = ""


@dataclass(frozen=True, slots=True)
class RuleSpec:
    """One edition of a rule as the data file has it."""

    key: str
    position: int
    valid_from: date | None
    valid_to: date | None
    starts_on: str
    amount: int | None
    unit: str
    extension_amount: int
    tries: int | None
    direction: str
    bound: str
    status: str
    critical: bool
    remind_at: tuple[int, ...]
    sources: tuple[str, ...]
    titles: Mapping[str, str]
    explanations: Mapping[str, str]
    consequences: Mapping[str, str]

    def in_force(self, on: date) -> bool:
        return (self.valid_from is None or self.valid_from <= on) and (
            self.valid_to is None or on < self.valid_to
        )


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


@cache
def rules() -> tuple[RuleSpec, ...]:
    """Every edition of every rule, in the order of the file."""
    return tuple(
        RuleSpec(
            key=rule["key"],
            position=position,
            valid_from=_day(edition["valid_from"]),
            valid_to=_day(edition["valid_to"]),
            starts_on=edition["starts_on"],
            amount=edition["amount"],
            unit=edition["unit"],
            extension_amount=edition.get("extension_amount", 0),
            tries=edition.get("tries"),
            direction=edition["direction"],
            bound=edition["bound"],
            status=edition["status"],
            critical=edition["critical"],
            remind_at=tuple(edition["remind_at"]),
            sources=tuple(edition["sources"]),
            titles=edition["title"],
            explanations=edition["explanation"],
            consequences=edition.get("consequence") or dict.fromkeys(LANGUAGES, ""),
        )
        for position, rule in enumerate(data("rules"))
        for edition in rule["editions"]
    )


@cache
def calendar_days() -> tuple[DaySpec, ...]:
    """Holidays of the library with their moved days off, then decreed transfers, then corrections; later ones win."""
    first, last = data("calendar")["years"]
    found = {day.day: day for day in _library_days(first, last)}
    found |= {day.day: day for day in _transfers()}
    for row in data("calendar")["corrections"]:
        spec = DaySpec(date.fromisoformat(row["day"]), row["kind"], row["reason"], note=row["note"])
        found[spec.day] = spec
    return tuple(found[day] for day in sorted(found))


def _library_days(first: int, last: int) -> list[DaySpec]:
    names = data("calendar")["library_names"]
    days = []
    for day, label in holidays.country_holidays("KZ", years=range(first, last + 1), language="en_US").items():
        # The library's own transfers («Day off (substituted …)») are left out: decrees are data of this app.
        parts = [part for part in label.split("; ") if "substituted" not in part]
        if not parts:
            continue
        name, _, mark = parts[0].partition(" (")
        reason = names[name]
        moved = MOVED if "observed" in mark else ""
        days.append(DaySpec(day, "day_off", moved + reason, estimated="estimated" in mark))
    return days


def _transfers() -> list[DaySpec]:
    with (DATA / "transfers.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return [DaySpec(date.fromisoformat(row["day"]), row["kind"], TRANSFER, note=row["note"]) for row in rows]


def make_calendar(days: tuple[DaySpec, ...]) -> WorkingCalendar:
    """Calendar of the given days, for the years that the reference data covers."""
    first, last = data("calendar")["years"]
    return WorkingCalendar(
        days_off={day.day: day.reason for day in days if day.kind == "day_off"},
        workdays=frozenset(day.day for day in days if day.kind == "workday"),
        first=date(first, 1, 1),
        last=date(last, 12, 31),
    )


@cache
def base_calendar() -> WorkingCalendar:
    """The calendar of the reference data, without edits made in the database."""
    return make_calendar(calendar_days())


def day_name(reason: str, lang: str) -> str:
    """Name of a reason in the language: «Наурыз», «перенос выходного: Наурыз»; an unknown code is a plain day off."""
    reasons: dict[str, dict[str, str]] = data("calendar")["reasons"]
    plain = reason.removeprefix(MOVED)
    name = reasons.get(plain, reasons["extra_day_off"])[lang]
    template: str = data("calendar")["moved"][lang]
    return template.format(name=name) if reason.startswith(MOVED) else name


def bound_label(code: str, lang: str) -> str:
    """Who is bound, for people; the code itself when the data does not know it."""
    label: str = data("bound").get(code, {}).get(lang, code)
    return label


def bound_named(code: str, lang: str) -> str:
    """Who is bound, for readers who are not bound themselves: «Заёмщик» where the borrower reads «Вы»."""
    named: str = data("phrases")[lang]["borrower"] if code == "borrower" else bound_label(code, lang)
    return named


def figure_source(code: str, since: date, lang: str) -> str | None:
    """What a figure of the budget law rests on; None for one that the data file does not hold from that day."""
    day = since.isoformat()
    row = next((row for row in data("indices") if (row["code"], row["valid_from"]) == (code, day)), None)
    return row["source"][lang] if row is not None else None


@cache
def _after_events() -> dict[str, dict[str, str]]:
    return {event["kind"]: event["after"] for event in data("events")}


def after_event(kind: str, lang: str) -> str:
    """The event as it reads after «the day after»: «начала просрочки»; empty for an unknown kind."""
    return _after_events().get(kind, {}).get(lang, "")


def source_of(code: str, lang: str) -> dict[str, str]:
    """Title and reference of a source in the language. Raises KeyError for an unknown code."""
    source = data("sources")[code]
    return {"title": source["title"][lang], "reference": source["reference"][lang]}


@dataclass(frozen=True, slots=True)
class RateSpec:
    """One edition of a cap or share as the data file has it."""

    code: str
    valid_from: date
    value: Decimal
    unit: str
    status: str
    sources: tuple[str, ...]


@cache
def rates() -> tuple[RateSpec, ...]:
    """Every edition of every rate of `data/rates.json`."""
    return tuple(
        RateSpec(
            code=rate["code"],
            valid_from=date.fromisoformat(edition["valid_from"]),
            value=Decimal(edition["value"]),
            unit=rate["unit"],
            status=edition["status"],
            sources=tuple(edition["sources"]),
        )
        for rate in data("rates")
        for edition in rate["editions"]
    )


@cache
def _rate_labels() -> dict[str, dict[str, str]]:
    return {rate["code"]: rate["label"] for rate in data("rates")}


def rate_label(code: str, lang: str) -> str:
    """Name of a rate in the language; the code itself when the data does not know it."""
    return _rate_labels().get(code, {}).get(lang, code)
