"""Questionnaires about rights: answers → rules → result, with the reason of every rule. Pure; terms and indices come from outside.

Every rule gives yes, no, perhaps (an answer is missing) or later with the day from which it is met. Together: one no is no; else
what is missing makes it perhaps; else the latest day makes it later. The data stand in `data/questionnaires.json`, by editions.
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any, Final

YES, NO, PERHAPS, LATER = "yes", "no", "perhaps", "later"
VERDICTS: Final = (YES, NO, PERHAPS, LATER)
UNKNOWN: Final = "unknown"
# Day on which the named term ends when it starts on a day.
Terms = Callable[[str, date], date]
Answers = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Facts:
    """What the rules take from outside: the day, the index of that day in tiyn, the terms of the law."""

    today: date
    mci_tiyn: int
    terms: Terms


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a rule gives; `day` for later. For the reason: `limit_tiyn` when a limit in indices was compared."""

    verdict: str
    day: date | None = None
    limit_tiyn: int | None = None


@cache
def data() -> dict[str, Any]:
    """Questions, rules and questionnaires as the file has them."""
    path = Path(__file__).parents[1] / "data" / "questionnaires.json"
    read: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return read


def edition_on(code: str, day: date) -> dict[str, Any] | None:
    """The edition of a questionnaire in force on a day, with its `code` and `track_kind`; None when there is none."""
    row = next((row for row in data()["questionnaires"] if row["code"] == code), None)
    if row is None:
        return None
    for edition in row["editions"]:
        begins = date.fromisoformat(edition["valid_from"])
        ends = date.fromisoformat(edition["valid_to"]) if edition["valid_to"] else date.max
        if begins <= day < ends:
            return {**edition, "code": code, "track_kind": row["track_kind"]}
    return None


def asked(edition: Mapping[str, Any], answers: Answers, facts: Facts) -> list[str]:
    """Questions that are to be answered, given the answers so far; those whose condition is a clear no are left out."""
    conditions = edition["ask_when"]
    return [
        code
        for code in edition["questions"]
        if code not in conditions or evaluate(conditions[code], answers, facts).verdict != NO
    ]


def evaluate(test: Mapping[str, Any], answers: Answers, facts: Facts) -> Outcome:
    """The outcome of one test."""
    ((name, given),) = test.items()
    return _TESTS[name](given, answers, facts)


def _known(value: Any) -> bool:
    return value is not None and value != UNKNOWN


def _of(answers: Answers, code: str) -> Any:
    """The answer to a question; None when there is none."""
    return answers.get(code)


def _is(given: Any, answers: Answers, facts: Facts) -> Outcome:
    value = answers.get(given[0])
    return Outcome(PERHAPS) if not _known(value) else _told(value == given[1])


def _in(given: Any, answers: Answers, facts: Facts) -> Outcome:
    value = answers.get(given[0])
    return Outcome(PERHAPS) if not _known(value) else _told(value in given[1])


def _told(holds: bool) -> Outcome:
    return Outcome(YES if holds else NO)


def _at_most_mci(given: Any, answers: Answers, facts: Facts) -> Outcome:
    limit, value = given[1] * facts.mci_tiyn, answers.get(given[0])
    if not _known(value):
        return Outcome(PERHAPS, limit_tiyn=limit)
    return Outcome(YES if value <= limit else NO, limit_tiyn=limit)


def _more_than_mci(given: Any, answers: Answers, facts: Facts) -> Outcome:
    found = _at_most_mci(given, answers, facts)
    return Outcome({YES: NO, NO: YES}.get(found.verdict, PERHAPS), limit_tiyn=found.limit_tiyn)


def _not_above(given: Any, answers: Answers, facts: Facts) -> Outcome:
    left, right = _of(answers, given[0]), _of(answers, given[1])
    if not _known(left) or not _known(right):
        return Outcome(PERHAPS)
    return _told(left <= right)


def _drop_more_than(given: Any, answers: Answers, facts: Facts) -> Outcome:
    before, now = _of(answers, given[0]), _of(answers, given[1])
    if not _known(before) or not _known(now) or before == 0:
        return Outcome(PERHAPS)
    return _told(Decimal(before - now) * 100 / before > given[2])


def _term_over(given: Any, answers: Answers, facts: Facts) -> Outcome:
    value = _of(answers, given[0])
    if not _known(value):
        return Outcome(PERHAPS)
    ends = facts.terms(given[1], date.fromisoformat(value))
    return Outcome(YES) if ends <= facts.today else Outcome(LATER, day=ends)


def _all(given: Any, answers: Answers, facts: Facts) -> Outcome:
    return together([evaluate(test, answers, facts) for test in given])


def together(found: list[Outcome]) -> Outcome:
    """All must hold."""
    limit = next((one.limit_tiyn for one in found if one.limit_tiyn is not None), None)
    verdicts = {one.verdict for one in found}
    if NO in verdicts:
        return Outcome(NO, limit_tiyn=limit)
    if PERHAPS in verdicts:
        return Outcome(PERHAPS, limit_tiyn=limit)
    if LATER in verdicts:
        return Outcome(LATER, max(one.day for one in found if one.day is not None), limit)
    return Outcome(YES, limit_tiyn=limit)


def _any(given: Any, answers: Answers, facts: Facts) -> Outcome:
    found = [evaluate(test, answers, facts) for test in given]
    limit = next((one.limit_tiyn for one in found if one.limit_tiyn is not None), None)
    verdicts = {one.verdict for one in found}
    if YES in verdicts:
        return Outcome(YES, limit_tiyn=limit)
    # What is sure to come stands before what is not known: a day can be noted.
    if LATER in verdicts:
        return Outcome(LATER, min(one.day for one in found if one.day is not None), limit)
    return Outcome(PERHAPS if PERHAPS in verdicts else NO, limit_tiyn=limit)


def _not(given: Any, answers: Answers, facts: Facts) -> Outcome:
    found = evaluate(given, answers, facts)
    return Outcome({YES: NO, NO: YES}.get(found.verdict, found.verdict), found.day, found.limit_tiyn)


_TESTS: Final[dict[str, Callable[[Any, Answers, Facts], Outcome]]] = {
    "is": _is,
    "in": _in,
    "at_most_mci": _at_most_mci,
    "more_than_mci": _more_than_mci,
    "not_above": _not_above,
    "drop_more_than": _drop_more_than,
    "term_over": _term_over,
    "all": _all,
    "any": _any,
    "not": _not,
}


@dataclass(frozen=True, slots=True)
class Result:
    """The verdict of a questionnaire and the outcome of each of its rules, in order."""

    verdict: str
    day: date | None
    rules: tuple[tuple[str, Outcome], ...]


def decide(edition: Mapping[str, Any], answers: Answers, facts: Facts) -> Result:
    """Evaluate all rules of an edition. Answers to questions that are not asked any more do not count."""
    wanted = set(asked(edition, answers, facts))
    counted = {code: value for code, value in answers.items() if code in wanted}
    rules = data()["rules"]
    found = [(code, evaluate(rules[code]["test"], counted, facts)) for code in edition["rules"]]
    whole = together([outcome for _code, outcome in found])
    return Result(whole.verdict, whole.day, tuple(found))
