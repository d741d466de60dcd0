"""Turn the facts of a case into the values that a letter template prints, in the language of the letter.

The wording lives in the templates; here are grammar (cases, dates, counted months), sums and choices.
"""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from typing import Final

from kenes.documents.letters import kazakh, law_references, wording
from kenes.documents.letters.content import Hardship, Income, Language, LetterContent, Relief
from kenes.documents.letters.organisations import kazakh_name, russian_name
from kenes.foundation.language.dates import format_date, format_length
from kenes.foundation.language.money import amount_in_words, format_number
from kenes.foundation.language.names import decline, initials
from kenes.foundation.values import Iin, PhoneNumber

RELIEF_KINDS: Final = frozenset(
    {
        "DEFERRAL", "TERM_EXTENDED", "RATE_CUT", "SCHEDULE_CHANGED", "PENALTY_FORGIVEN", "INTEREST_FORGIVEN",
        "PRINCIPAL_PARTLY_FORGIVEN", "FORGIVENESS", "CURRENCY_CHANGED", "COLLATERAL_SOLD_BY_BORROWER", "MEDIATED",
    }
)  # fmt: skip
_KAZAKH_LETTER: Final = re.compile("[әғқңөұүһі]", re.IGNORECASE)
_LATIN: Final = re.compile("[a-z]", re.IGNORECASE)
_CYRILLIC: Final = re.compile("[а-яё]", re.IGNORECASE)


class LetterIncomplete(ValueError):
    """The facts do not make a letter: a relief kind that no letter can ask for, or no relief at all."""


def letter_values(
    facts: LetterContent, language: Language, *, translation_of: Language | None = None
) -> dict[str, object]:
    """Values for the RESTRUCT_* templates.

    `translation_of` is the language of the text that is signed when this letter is its unsigned translation.
    Raises LetterIncomplete when the wanted relief cannot be put into a letter.
    """
    return {
        "doc": {
            "number": facts.number,
            "date": _long_date(facts.on_date, language),
            "translation_of": translation_of or "",
        },
        "lender": {"name": _lender_name(facts, language), "bin": facts.lender.bin},
        "borrower": _borrower(facts, language),
        "contract": _contract(facts, language),
        "debt": _debt(facts, language),
        "hardship": _hardship(facts.hardship, facts.on_date, language),
        "income": _income(facts.income, language),
        "relief": {"requests": _requests(facts, language), "comment": " ".join(facts.relief.comment.split())},
        "grounds": law_references.citations(_ground_keys(facts), language),
        "papers": _papers(facts, language),
        "attachments": list(facts.attachments),
        "agreement": _agreement(facts, language),
    }


def text_language(text: str) -> str:
    """ru, kk or en: the language that the borrower wrote in, judged by letters alone."""
    if _KAZAKH_LETTER.search(text):
        return "kk"
    return "en" if len(_LATIN.findall(text)) > len(_CYRILLIC.findall(text)) else "ru"


def drop_percent(income: Income) -> Decimal:
    """Fall of income in percent with one decimal: last two months against the 12 before; 0 when it did not fall.

    Falls back to the income named as "before" and "now" when the averages are unknown.
    """
    before, now = income.avg12_tiyn, income.avg2_tiyn
    if before is None or now is None:
        before, now = income.monthly_before_tiyn, income.monthly_now_tiyn
    if before <= 0 or now >= before:
        return Decimal(0)
    return (Decimal(before - now) * 100 / before).quantize(Decimal("0.1"))


def _long_date(day: date, language: Language) -> str:
    return _russian_date(day) if language == "ru" else kazakh.long_date(day)


def _russian_date(day: date) -> str:
    """«14 мая 2024 года»: the full word, as formal letters write it."""
    return f"{format_date(day, 'ru').removesuffix('г.')}года"


def _sum(tiyn: int, language: Language) -> dict[str, str]:
    return {
        "digits": f"{format_number(tiyn // 100)},{tiyn % 100:02d}",
        "words": amount_in_words(tiyn, language),
    }


def _sum_or_nothing(tiyn: int | None, language: Language) -> dict[str, str] | None:
    return None if tiyn is None else _sum(tiyn, language)


def _number(value: Decimal) -> str:
    return f"{value.normalize():f}".replace(".", ",")


def _lender_name(facts: LetterContent, language: Language) -> str:
    if language == "ru":
        return russian_name(facts.lender.name)
    return facts.lender.name_kk or kazakh_name(facts.lender.name)


def _borrower(facts: LetterContent, language: Language) -> dict[str, object]:
    person = facts.borrower
    if language == "ru":
        from_whom = decline(person.full_name, Iin(person.iin).sex, "genitive")
    else:
        from_whom = kazakh.ablative(person.full_name)
    return {
        "name": person.full_name,
        "name_from": from_whom,
        "initials": initials(person.full_name),
        "iin": person.iin,
        "address": person.address,
        "phone": PhoneNumber(person.phone).spaced(),
        "email": person.email,
    }


def _contract(facts: LetterContent, language: Language) -> dict[str, object]:
    contract = facts.contract
    return {
        "number": contract.number,
        "date": _russian_date(contract.signed_on) if language == "ru" else kazakh.on_day(contract.signed_on),
        "dated": kazakh.of_day(contract.signed_on) if language == "kk" else "",
        "amount": _sum_or_nothing(contract.amount_tiyn, language),
        "term": "" if contract.term_months is None else format_length(contract.term_months, "M", language),
        "rate": "" if contract.rate_percent is None else _number(contract.rate_percent),
        "payment": _sum_or_nothing(contract.monthly_payment_tiyn, language),
        "collateral": contract.collateral,
    }


def _debt(facts: LetterContent, language: Language) -> dict[str, object]:
    debt = facts.debt
    since = ""
    if debt.overdue_since is not None:
        since = _russian_date(debt.overdue_since) if language == "ru" else kazakh.from_day(debt.overdue_since)
    window = ""
    if debt.overdue_since is not None and debt.apply_by is not None:
        window = "open" if facts.on_date <= debt.apply_by else "passed"
    return {
        "since": since,
        "source": debt.overdue_since_source,
        "window": window,
        "as_of": _russian_date(debt.as_of) if language == "ru" else kazakh.of_day(debt.as_of),
        "principal": _sum(debt.principal_tiyn, language),
        "interest": _sum(debt.interest_tiyn, language),
        "penalty": _sum(debt.penalty_tiyn, language),
        "total": _sum(debt.total_tiyn, language),
    }


def _hardship(hardship: Hardship, on_date: date, language: Language) -> dict[str, object]:
    since = ""
    if hardship.since is not None:
        since = _russian_date(hardship.since) if language == "ru" else kazakh.from_day(hardship.since)
    written_in = text_language(hardship.text)
    return {
        "since": since,
        "ahead": hardship.since is not None and hardship.since > on_date,
        "cause": wording.CAUSES.get(hardship.code, {}).get(language, ""),
        "words": [" ".join(line.split()) for line in hardship.text.splitlines() if line.strip()],
        "words_in": "" if written_in == language else written_in,
    }


def _income(income: Income, language: Language) -> dict[str, object]:
    fall = drop_percent(income)
    return {
        "source": income.source,
        "before": _sum(income.monthly_before_tiyn, language),
        "now": _sum(income.monthly_now_tiyn, language),
        "avg12": _sum_or_nothing(income.avg12_tiyn, language),
        "avg2": _sum_or_nothing(income.avg2_tiyn, language),
        "drop": _number(fall) if fall else "",
        "dependents": income.dependents,
        "disabled_dependents": income.disabled_dependents,
        "social_aid": income.targeted_social_aid,
    }


def _russian_genitive_months(count: int) -> str:
    """«72 месяцев», «21 месяца»: after «до» or «в течение»."""
    return f"{count} месяца" if count % 10 == 1 and count % 100 != 11 else f"{count} месяцев"


def _requests(facts: LetterContent, language: Language) -> list[dict[str, object]]:
    relief = facts.relief
    if not relief.kinds:
        raise LetterIncomplete("no relief is asked for")
    if unknown := set(relief.kinds) - RELIEF_KINDS:
        raise LetterIncomplete(f"no letter can ask for {', '.join(sorted(unknown))}")
    requests = [_request(kind, facts, language) for kind in dict.fromkeys(relief.kinds)]
    if relief.new_payment_tiyn is not None:
        requests.append({"kind": "PAYMENT", "sum": _sum(relief.new_payment_tiyn, language)})
    return requests


def _request(kind: str, facts: LetterContent, language: Language) -> dict[str, object]:
    relief = facts.relief
    request: dict[str, object] = {"kind": kind, "months": "", "rate": "", "sum": None}
    if kind == "DEFERRAL" and relief.defer_months is not None:
        request["months"] = format_length(relief.defer_months, "M", language)
    elif kind == "TERM_EXTENDED" or (kind == "SCHEDULE_CHANGED" and "TERM_EXTENDED" not in relief.kinds):
        request["months"] = _within(relief, language)
    elif kind == "RATE_CUT" and relief.new_rate_percent is not None:
        request["rate"] = _number(relief.new_rate_percent)
    elif kind == "PENALTY_FORGIVEN" and facts.debt.penalty_tiyn > 0:
        request["sum"] = _sum(facts.debt.penalty_tiyn, language)
    return request


def _within(relief: Relief, language: Language) -> str:
    if relief.new_term_months is None:
        return ""
    return (
        _russian_genitive_months(relief.new_term_months)
        if language == "ru"
        else format_length(relief.new_term_months, "M", "kk")
    )


def _ground_keys(facts: LetterContent) -> tuple[str, ...]:
    settlement = "banks.settlement" if facts.lender.kind == "BANK" else "microfinance.settlement"
    # The duty to defer for three months rests on targeted aid that is a recorded fact of the case; the other
    # condition (a vulnerable group) is not known here, so it is not claimed.
    if facts.income.targeted_social_aid and "DEFERRAL" in facts.relief.kinds:
        return (settlement, "rules.vulnerable_deferral")
    return (settlement,)


def _papers(facts: LetterContent, language: Language) -> list[str]:
    papers = [paper[language] for paper in wording.PAPERS.get(facts.hardship.code, wording.DEFAULT_PAPERS)]
    if facts.income.targeted_social_aid:
        papers.append(wording.SOCIAL_AID_PAPER[language])
    return papers


def _agreement(facts: LetterContent, language: Language) -> dict[str, str] | None:
    agreement = facts.sms_agreement
    if agreement is None:
        return None
    accepted = agreement.accepted_on
    return {
        "version": agreement.version,
        "accepted": _russian_date(accepted) if language == "ru" else kazakh.on_day(accepted),
        "phone": agreement.masked_phone,
        "law": law_references.citations(("civil_code.written_form",), language)[0],
    }
