"""Puts a computed date into words: what it means, from which day it was counted, what was skipped and why."""

from datetime import date, timedelta
from typing import Final, Protocol

from kenes.foundation.language.dates import format_date, format_day, format_length, kazakh_date, weekday
from kenes.law import reference
from kenes.law.terms import SkippedDay, Term

_KAZAKH_CASES: Final = ("dative", "ablative", "locative")


class ExplainedRule(Protocol):
    """What a rule tells its explanation; a row of the database and an edition of the data file both do."""

    amount: int | None
    unit: str
    extension_amount: int
    tries: int | None

    def explanation(self, lang: str) -> str: ...


def meaning(rule: ExplainedRule, term: Term | None, start: date, lang: str) -> str:
    """The rule's own sentences with the dates of this term."""
    values: dict[str, object] = {
        "length": format_length(rule.amount or 0, rule.unit, lang),
        "extension": format_length(rule.extension_amount, rule.unit, lang),
        "tries": rule.tries or 0,
        **_date_values("start", start, lang),
    }
    if term is not None:
        values |= _date_values("due", term.due, lang)
    return _one_stop(rule.explanation(lang).format(**values))


def counting(
    rule: ExplainedRule, term: Term, start: date, lang: str, *, kind: str = "", extended_by: int = 0
) -> str:
    """How the date came about, in whole sentences. `kind`: the event from which the term runs, when it is known."""
    phrases: dict[str, str] = reference.data("phrases")[lang]
    said = [_beginning(rule, term, start, lang, kind)]
    if extended_by:
        said.append(phrases["extended"].format(extension=format_length(extended_by, rule.unit, lang)))
    if term.pauses:
        said.append(_paused(rule, term, phrases, lang))
    if rule.unit == "WD":
        said += _working_days(term, phrases, lang)
    else:
        if rule.unit in ("M", "Y") and term.nominal_last.day < start.day and not term.pauses:
            said.append(phrases["short_month"].format(number=start.day))
        said.append(_last_day(term, phrases, lang))
    if term.worked:
        said.append(phrases["worked"].format(days=", ".join(format_day(day, lang) for day in term.worked)))
    return _one_stop(" ".join(said))


def _beginning(rule: ExplainedRule, term: Term, start: date, lang: str, kind: str) -> str:
    phrases: dict[str, str] = reference.data("phrases")[lang]
    after = reference.after_event(kind, lang)
    return phrases["counting" if after else "counting_plain"].format(
        length=format_length(rule.amount or 0, rule.unit, lang),
        after=after,
        start=format_date(start, lang),
        counted_from=format_date(term.counted_from, lang),
    )


def _paused(rule: ExplainedRule, term: Term, phrases: dict[str, str], lang: str) -> str:
    pauses = ", ".join(
        phrases["pause_one" if pause.days == 1 else "pause"].format(
            first=format_date(pause.first, lang), last=format_date(pause.last, lang)
        )
        for pause in term.pauses
    )
    days = format_length(term.paused_days, "D", lang)
    return phrases["paused_working" if rule.unit == "WD" else "paused"].format(days=days, pauses=pauses)


def _last_day(term: Term, phrases: dict[str, str], lang: str) -> str:
    nominal = format_date(term.nominal_last, lang)
    if not term.moved:
        return phrases["nominal"].format(nominal_last=nominal, weekday=weekday(term.due, lang))
    due = _date_values("due", term.due, lang)
    if len(term.skipped) == 1:
        reason = reference.day_name(term.skipped[0].reason, lang)
        return phrases["fell_one"].format(nominal_last=nominal, reason=reason, **due)
    return phrases["fell_many"].format(nominal_last=nominal, days=_list(term.skipped, phrases, lang), **due)


def _one_stop(text: str) -> str:
    """A sentence that ends in «2026 г.» needs no second full stop."""
    return text.replace("г..", "г.")


def explain(
    rule: ExplainedRule, term: Term, start: date, lang: str, *, kind: str = "", extended_by: int = 0
) -> str:
    """The whole explanation of one date, for people. `lang`: ru, kk or en."""
    told = counting(rule, term, start, lang, kind=kind, extended_by=extended_by)
    return f"{meaning(rule, term, start, lang)} {told}"


def _working_days(term: Term, phrases: dict[str, str], lang: str) -> list[str]:
    if term.skipped:
        return [phrases["holidays"].format(days=_list(term.skipped, phrases, lang))]
    days = (term.counted_from + timedelta(days=at) for at in range((term.due - term.counted_from).days))
    return [phrases["weekends"]] if any(day.weekday() >= 5 for day in days) else []


def _list(skipped: tuple[SkippedDay, ...], phrases: dict[str, str], lang: str) -> str:
    named = ((format_day(day, lang), reference.day_name(reason, lang)) for day, reason in skipped)
    return ", ".join(phrases["day"].format(day=day, reason=name) for day, name in named)


def _date_values(name: str, day: date, lang: str) -> dict[str, str]:
    values = {name: format_date(day, lang)}
    if lang == "kk":
        values |= {f"{name}_{case}": kazakh_date(day, case) for case in _KAZAKH_CASES}
    return values
