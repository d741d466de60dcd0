"""What a proposal says: checked against the law of its day, laid over a law book, written into the tables.

Content by kind, all days as ISO text:
edition  {valid_from, amount, unit, extension_amount, status, critical, remind_at, sources, title, explanation,
          consequence, for_running}; what is not given is as in the edition in force;
close    {valid_to};
calendar {days: [{day, kind: day_off | workday | plain, reason, note}]};
index    {code, valid_from, value_tiyn, source}.
"""

import re
from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from kenes.foundation.errors import FieldError, FieldErrors
from kenes.law import book, reference
from kenes.law.book import LawBook
from kenes.law.models import CalendarDay, ChangeKind, DayKind, DeadlineRule, Index, Origin, RuleStatus
from kenes.law.terms import DATED_UNITS

Content = dict[str, Any]
_PLACEHOLDERS: Final = frozenset({"start", "due", "length", "extension", "tries"})
_KAZAKH: Final = frozenset(
    f"{name}_{case}" for name in ("start", "due") for case in ("dative", "ablative", "locative")
)
_BRACES: Final = re.compile(r"\{([^{}]*)\}")
_COPIED: Final = (
    "amount", "unit", "extension_amount", "tries", "direction", "bound", "status", "critical", "remind_at", "sources",
)  # fmt: skip
_WORDS: Final = ("title", "explanation", "consequence")
MAX_AMOUNT: Final[dict[str, int]] = {"CD": 3660, "WD": 1000, "M": 240, "Y": 30}


def checked(kind: str, rule_key: str, content: Content) -> Content:
    """The content complete and right in itself and against the law as it stands. Raises FieldErrors."""
    match ChangeKind(kind):
        case ChangeKind.EDITION:
            return _checked_edition(rule_key, content)
        case ChangeKind.CLOSE:
            return _checked_close(rule_key, content)
        case ChangeKind.CALENDAR:
            return _checked_calendar(content)
        case ChangeKind.INDEX:
            return content


def _refuse(pointer: str, code: str, detail: Promise) -> FieldErrors:
    return FieldErrors([FieldError(pointer, code, detail)])


def _last_edition(rule_key: str) -> DeadlineRule:
    rows = list(DeadlineRule.objects.filter(key=rule_key))
    if not rows:
        raise _refuse("/rule_key", "unknown", _("There is no such rule."))
    return max(rows, key=lambda rule: rule.valid_from or date.min)


def _checked_edition(rule_key: str, content: Content) -> Content:
    last = _last_edition(rule_key)
    day = date.fromisoformat(content["valid_from"])
    errors: list[FieldError] = []
    if last.valid_from is not None and day <= last.valid_from:
        errors.append(FieldError("/content/valid_from", "too_early", _("A later edition is there already.")))
    if last.valid_to is not None and day < last.valid_to:
        errors.append(
            FieldError("/content/valid_from", "too_early", _("The edition before holds until a later day."))
        )
    full = {
        **{name: content.get(name, getattr(last, name)) for name in _COPIED},
        **{name: _words(name, content, last) for name in _WORDS},
        "valid_from": content["valid_from"],
        "for_running": content.get("for_running", True),
    }
    if "remind_at" not in content:
        full["remind_at"] = [day for day in full["remind_at"] if day <= (full["amount"] or 0)]
    errors += _length_problems(full, last) + _word_problems(full)
    if set(full["sources"]) - set(reference.data("sources")):
        errors.append(FieldError("/content/sources", "unknown", _("There is no such source.")))
    if errors:
        raise FieldErrors(errors)
    return full


def _words(name: str, content: Content, last: DeadlineRule) -> dict[str, str]:
    given = content.get(name) or {}
    return {lang: given.get(lang) or str(getattr(last, f"{name}_{lang}")) for lang in reference.LANGUAGES}


def _length_problems(full: Content, last: DeadlineRule) -> list[FieldError]:
    errors = []
    unit, amount = full["unit"], full["amount"]
    if (unit in DATED_UNITS) != (last.unit in DATED_UNITS):
        errors.append(FieldError("/content/unit", "unknown", _("This rule is counted in other units.")))
    elif amount is None and last.amount is not None:
        errors.append(FieldError("/content/amount", "required", _("Give the length of the term.")))
    if amount is not None and not 1 <= amount <= MAX_AMOUNT.get(unit, 1440):
        errors.append(FieldError("/content/amount", "out_of_range", _("This length is out of range.")))
    if not 0 <= full["extension_amount"] <= MAX_AMOUNT.get(unit, 0):
        errors.append(
            FieldError("/content/extension_amount", "out_of_range", _("This length is out of range."))
        )
    if any(not 1 <= day <= (amount or 0) for day in full["remind_at"]):
        errors.append(
            FieldError("/content/remind_at", "out_of_range", _("Reminders come on days of the term itself."))
        )
    return errors


def _word_problems(full: Content) -> list[FieldError]:
    """Sentences may ask only for the days and lengths that a term has, or people would read braces."""
    errors = []
    for name in _WORDS:
        for lang in reference.LANGUAGES:
            text = full[name][lang]
            known = _PLACEHOLDERS | (_KAZAKH if lang == "kk" else frozenset())
            wrong = set(_BRACES.findall(text)) - known
            if wrong or "{" in _BRACES.sub("", text) or "}" in _BRACES.sub("", text):
                pointer = f"/content/{name}/{lang}"
                errors.append(FieldError(pointer, "placeholder", _("There is a mark that cannot be filled.")))
            elif name != "consequence" and not text:
                errors.append(FieldError(f"/content/{name}/{lang}", "required", _("Write this text.")))
    return errors


def _checked_close(rule_key: str, content: Content) -> Content:
    last, day = _last_edition(rule_key), date.fromisoformat(content["valid_to"])
    if last.valid_to is not None:
        raise _refuse("/rule_key", "already_closed", _("This rule is no longer in force."))
    if last.valid_from is not None and day <= last.valid_from:
        raise _refuse("/content/valid_to", "too_early", _("The edition begins later."))
    return {"valid_to": content["valid_to"]}


def _checked_calendar(content: Content) -> Content:
    first, last = reference.data("calendar")["years"]
    seen: set[str] = set()
    errors = []
    for place, row in enumerate(content["days"]):
        if row["day"] in seen:
            errors.append(FieldError(f"/content/days/{place}/day", "repeated", _("This day stands twice.")))
        seen.add(row["day"])
        if not first <= date.fromisoformat(row["day"]).year <= last:
            errors.append(
                FieldError(
                    f"/content/days/{place}/day", "outside", _("The calendar has no data for this year.")
                )
            )
    if errors:
        raise FieldErrors(errors)
    days = [
        {
            "day": row["day"], "kind": row["kind"], "note": row.get("note", ""),
            "reason": _reason(row) if row["kind"] != book.PLAIN else "",
        }
        for row in content["days"]
    ]  # fmt: skip
    return {"days": sorted(days, key=lambda row: row["day"])}


def _reason(row: Mapping[str, Any]) -> str:
    if row["kind"] == DayKind.WORKDAY:
        return reference.TRANSFER
    return row.get("reason") or "extra_day_off"


def laid_over(law: LawBook, kind: str, rule_key: str, content: Content) -> LawBook:
    """The law with the proposal in it."""
    match ChangeKind(kind):
        case ChangeKind.EDITION:
            return law.with_edition(new_edition(rule_key, content))
        case ChangeKind.CLOSE:
            return law.without_rule(rule_key, date.fromisoformat(content["valid_to"]))
        case ChangeKind.CALENDAR:
            return law.with_days(calendar_days(content))
        case ChangeKind.INDEX:
            return law


def calendar_days(content: Content) -> dict[date, tuple[str, str]]:
    """Days of a calendar proposal as a law book takes them; a plain day becomes what the reference data says."""
    days = {}
    for row in content["days"]:
        day = date.fromisoformat(row["day"])
        days[day] = book.plain_day(day) if row["kind"] == book.PLAIN else (row["kind"], row["reason"])
    return days


def new_edition(rule_key: str, content: Content) -> DeadlineRule:
    """The row of the proposed edition, not saved."""
    last = _last_edition(rule_key)
    words = {f"{name}_{lang}": content[name][lang] for name in _WORDS for lang in reference.LANGUAGES}
    return DeadlineRule(
        key=rule_key, valid_from=date.fromisoformat(content["valid_from"]), starts_on=last.starts_on,
        position=last.position, for_running=content["for_running"], origin=Origin.EDITOR,
        **{name: content[name] for name in _COPIED}, **words,
    )  # fmt: skip


def write(kind: str, rule_key: str, content: Content, decree: str) -> list[str]:
    """Write the proposal into the tables; ids of the rows it made or closed. Called in the switch's transaction."""
    match ChangeKind(kind):
        case ChangeKind.EDITION:
            return _write_edition(rule_key, content)
        case ChangeKind.CLOSE:
            rule = _last_edition(rule_key)
            _end(rule, date.fromisoformat(content["valid_to"]))
            return [str(rule.pk)]
        case ChangeKind.CALENDAR:
            return _write_calendar(content, decree)
        case ChangeKind.INDEX:
            return _write_index(content)


def _write_edition(rule_key: str, content: Content) -> list[str]:
    edition, last = new_edition(rule_key, content), _last_edition(rule_key)
    made = [str(edition.pk)]
    if last.valid_to is None:
        _end(last, edition.valid_from or date.min)
        made.append(str(last.pk))
    edition.save(force_insert=True)
    return made


def _end(rule: DeadlineRule, on: date) -> None:
    # The loader of reference data leaves rows of an editor alone, and must not open this one again.
    rule.valid_to, rule.origin = on, Origin.EDITOR
    rule.save(update_fields=["valid_to", "origin", "updated_at"])


def _write_calendar(content: Content, decree: str) -> list[str]:
    specs = {spec.day: spec for spec in reference.calendar_days()}
    for row in content["days"]:
        day = date.fromisoformat(row["day"])
        if row["kind"] != book.PLAIN:
            values = {"kind": row["kind"], "reason": row["reason"], "origin": Origin.EDITOR}
            note = (row["note"] or decree)[:300]
            CalendarDay.objects.update_or_create(
                day=day, defaults={**values, "note": note, "estimated": False}
            )
        elif (spec := specs.get(day)) is not None:
            values = {"kind": spec.kind, "reason": spec.reason, "origin": Origin.REFERENCE, "note": spec.note}
            CalendarDay.objects.update_or_create(day=day, defaults={**values, "estimated": spec.estimated})
        else:
            CalendarDay.objects.filter(day=day).delete()
    return [row["day"] for row in content["days"]]


def _write_index(content: Content) -> list[str]:
    row, _created = Index.objects.update_or_create(
        code=content["code"],
        valid_from=date.fromisoformat(content["valid_from"]),
        defaults={
            "value_tiyn": content["value_tiyn"], "source": content["source"], "origin": Origin.EDITOR,
        },
    )  # fmt: skip
    return [str(row.pk)]


STATUSES: Final = tuple(RuleStatus.values)
