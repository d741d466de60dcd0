"""Reading of rules, calendar and indices, and computing of terms by them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import Any

from django.db.models import Count, Max, Q, QuerySet

from kenes.foundation import clock
from kenes.law import explanations, reference, terms
from kenes.law.errors import DateOutsideCalendar, ReferenceDataMissing, RuleNotFound
from kenes.law.models import CalendarDay, DeadlineRule, Index, IndexCode
from kenes.law.terms import OutsideCalendar, Pause, SkippedDay, Term, WorkingCalendar


@dataclass(frozen=True, slots=True)
class ComputedTerm:
    """A term by one edition of a rule, started by an event on `start`."""

    rule: DeadlineRule
    start: date
    term: Term

    @property
    def due(self) -> date:
        return self.term.due


def in_force(on: date) -> QuerySet[DeadlineRule]:
    """Editions in force on the day."""
    began = Q(valid_from__isnull=True) | Q(valid_from__lte=on)
    not_over = Q(valid_to__isnull=True) | Q(valid_to__gt=on)
    return DeadlineRule.objects.filter(began, not_over)


def edition_for(editions: Iterable[DeadlineRule], start: date, on: date) -> DeadlineRule | None:
    """Of the editions of one rule: the one that on `on` counts a term begun by an event on `start`; None when none does.

    That is the one in force on `on`. If it holds only for later events, the one before it still counts older terms.
    """
    begun = sorted(
        (rule for rule in editions if rule.valid_from is None or rule.valid_from <= on),
        key=lambda rule: rule.valid_from or date.min,
        reverse=True,
    )
    if not begun or (begun[0].valid_to is not None and begun[0].valid_to <= on):
        return None
    for rule in begun:
        if rule.for_running or rule.valid_from is None or start >= rule.valid_from:
            return rule
    return None


def rules_for_event(kind: str, start: date, on: date) -> list[DeadlineRule]:
    """Editions that on `on` count the terms of an event of this kind on `start`, in the order of the data. One query."""
    editions: dict[str, list[DeadlineRule]] = {}
    for rule in DeadlineRule.objects.filter(starts_on=kind):
        editions.setdefault(rule.key, []).append(rule)
    found = (edition_for(rows, start, on) for rows in editions.values())
    return sorted((rule for rule in found if rule is not None), key=lambda rule: (rule.position, rule.key))


def rule_in_force(key: str, on: date) -> DeadlineRule:
    """The edition of a rule in force on the day. Raises RuleNotFound."""
    rule = in_force(on).filter(key=key).first()
    if rule is None:
        raise RuleNotFound(rule=key)
    return rule


def working_calendar() -> WorkingCalendar:
    """The calendar of days off with every edit. One small query; the days are read again only after a change.

    Raises ReferenceDataMissing when it was never loaded.
    """
    state = CalendarDay.objects.aggregate(days=Count("day"), changed=Max("updated_at"))
    if not state["days"]:
        raise ReferenceDataMissing
    return _calendar_at(state["days"], state["changed"])


@lru_cache(maxsize=2)
def _calendar_at(days: int, changed: Any) -> WorkingCalendar:
    rows = CalendarDay.objects.values_list("day", "kind", "reason")
    return reference.make_calendar(tuple(reference.DaySpec(*row) for row in rows))


def compute(kind: str, start: date, on: date) -> list[ComputedTerm]:
    """Every dated term that an event of `kind` on `start` begins, by the editions in force on `on`. Two queries.

    Raises DateOutsideCalendar, ReferenceDataMissing.
    """
    rules = [rule for rule in rules_for_event(kind, start, on) if has_date(rule)]
    if not rules:
        return []
    calendar = working_calendar()
    return [ComputedTerm(rule, start, count_term(rule, start, calendar)) for rule in rules]


def due_by_rule(key: str, start: date, *, on: date) -> date:
    """Last day of the term of one rule. Raises RuleNotFound, DateOutsideCalendar, ReferenceDataMissing."""
    rule = edition_for(DeadlineRule.objects.filter(key=key), start, on)
    if rule is None or not has_date(rule):
        raise RuleNotFound(rule=key)
    return count_term(rule, start, working_calendar()).due


def has_date(rule: DeadlineRule) -> bool:
    """False where the law gives no length, and for terms in minutes."""
    return rule.amount is not None and rule.unit in terms.DATED_UNITS


def count_term(
    rule: DeadlineRule,
    start: date,
    calendar: WorkingCalendar,
    *,
    extended_by: int = 0,
    pauses: Iterable[Pause] = (),
) -> Term:
    """The term by an edition, longer by what was agreed and by the days it stood still. Raises DateOutsideCalendar."""
    try:
        return terms.compute_due((rule.amount or 0) + extended_by, rule.unit, start, calendar, pauses)
    except OutsideCalendar as problem:
        raise DateOutsideCalendar from problem


def stored_term(
    *,
    due: date,
    counted_from: date,
    nominal_last: date,
    skipped: list[dict[str, str]] | list[tuple[date, str]],
) -> Term:
    """A term as another app stored it (`skipped` as dicts of ISO date and reason code, or as pairs)."""
    days = [
        SkippedDay(date.fromisoformat(item["date"]), item["reason"])
        if isinstance(item, dict)
        else SkippedDay(*item)
        for item in skipped
    ]
    return Term(due, counted_from, nominal_last, tuple(days))


def explain(computed: ComputedTerm, lang: str) -> str:
    """The date in words: what it means and how it was counted. `lang`: ru, kk or en."""
    return explanations.explain(
        computed.rule, computed.term, computed.start, lang, kind=computed.rule.starts_on
    )


def skipped_days(term: Term, lang: str) -> list[dict[str, Any]]:
    """Days off that changed the date, with names: [{"date", "reason"}]."""
    return [{"date": day, "reason": reference.day_name(reason, lang)} for day, reason in term.skipped]


def sources(rule: DeadlineRule, lang: str) -> list[dict[str, str]]:
    """What the rule rests on: [{"title", "reference"}]."""
    return [reference.source_of(code, lang) for code in rule.sources]


def bound_label(rule: DeadlineRule, lang: str) -> str:
    """Who must keep the term, for people."""
    return reference.bound_label(rule.bound, lang)


def days_of_month(first: date) -> list[tuple[date, str]]:
    """Every day of a month with the code of why nobody works on it, empty on working days and beyond the calendar."""
    calendar, day, days = working_calendar(), first, []
    while day.month == first.month:
        known = calendar.first <= day <= calendar.last
        days.append((day, (calendar.reason_off(day) or "") if known else ""))
        day += timedelta(days=1)
    return days


def days_left(due: date) -> int:
    """Days from the domain's today to the due day, negative when it has passed."""
    return (due - clock.today()).days


def event_kinds(lang: str, *, public_only: bool = False) -> list[dict[str, str]]:
    """Kinds of dated events with label and question in the language, in the order in which they are offered."""
    return [
        {"kind": kind["kind"], "label": kind["label"][lang], "question": kind["question"][lang]}
        for kind in reference.data("events")
        if kind["public"] or not public_only
    ]


def index_tiyn(code: str, on: date) -> int:
    """Figure of the budget law in force on the day, in tiyn. Raises ReferenceDataMissing when there is none."""
    row = Index.objects.filter(code=code, valid_from__lte=on).order_by("-valid_from").first()
    if row is None:
        raise ReferenceDataMissing
    return row.value_tiyn


def mci_tiyn(on: date) -> int:
    """Monthly calculation index (МРП) on the day, in tiyn. Raises ReferenceDataMissing before 2023."""
    return index_tiyn(IndexCode.MCI, on)
