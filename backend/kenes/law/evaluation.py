"""Answers for the evaluation sets of numbers, terms, sums in words and names, by the code the product uses."""

from collections.abc import Callable
from datetime import date
from typing import Any, Final

from kenes.foundation import clock
from kenes.foundation.language import amount_in_words, decline
from kenes.foundation.values import Bin, Iban, Iin, PhoneNumber, ValueProblem
from kenes.law import reference, terms

Line = dict[str, Any]
_CASES: Final = ("genitive", "dative", "instrumental")


def number(line: Line) -> Line:
    """Validation and normal form of an ИИН, БИН, IBAN or phone number."""
    value = line["value"]
    try:
        match line["kind"]:
            case "iin":
                iin = Iin.parse(value)
                born = iin.birth_date.isoformat() if iin.birth_date else None
                return {"valid": True, "normalized": str(iin), "birth_date": born, "sex": iin.sex}
            case "bin":
                return {"valid": True, "normalized": str(Bin.parse(value))}
            case "iban":
                iban = Iban.parse(value)
                return {"valid": True, "normalized": str(iban), "bank_code": iban.bank_code}
            case "phone":
                return {"valid": True, "normalized": str(PhoneNumber.parse(value))}
    except ValueProblem as problem:
        return {"valid": False, "reason": problem.reason}
    raise ValueError(f"unknown kind {line['kind']}")


def deadline(line: Line) -> Line:
    """Due date by the editions in force today and the base calendar with the overrides of the line."""
    editions = [rule for rule in reference.rules() if rule.key == line["rule"]]
    spec = next((rule for rule in editions if rule.in_force(clock.today())), editions[-1])
    overrides = line.get("calendar") or {}
    days = {
        name: [date.fromisoformat(day) for day in overrides.get(name, ())]
        for name in ("extra_holidays", "extra_workdays")
    }
    calendar = reference.base_calendar().with_overrides(**days)
    return {
        "due": terms.compute_due(
            spec.amount or 0, spec.unit, date.fromisoformat(line["start"]), calendar
        ).due.isoformat()
    }


def amount(line: Line) -> Line:
    """A sum in words: ru, en, and kk where Kazakh has one usual spelling (not «жүз» beside «бір жүз»)."""
    tiyn = line["amount_tiyn"]
    languages = ("ru", "kk", "en") if _one_kazakh_spelling(tiyn // 100) else ("ru", "en")
    return {lang: amount_in_words(tiyn, lang) for lang in languages}


def _one_kazakh_spelling(tenge: int) -> bool:
    groups = [tenge // 1000**at % 1000 for at in range(5)]
    return groups[1] != 1 and all(group // 100 != 1 for group in groups)


def name(line: Line) -> Line:
    """Full name in the three cases that papers need."""
    return {case: decline(line["full_name"], line.get("gender"), case) for case in _CASES}


ANSWERS: Final[dict[str, Callable[[Line], Line]]] = {
    "numbers": number,
    "deadlines": deadline,
    "amounts": amount,
    "names": name,
}


def is_right(got: Line, expect: Line) -> bool:
    """Whether every expected part is answered exactly; parts that are not expected do not count."""
    return all(got.get(part) == value for part, value in expect.items())
