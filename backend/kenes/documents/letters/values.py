"""Turn the facts of a case into the values that a template prints, in the language of the letter.

The wording lives in the templates; here are the groups of values that every template may name, and the choices between them.
`variables` lists the same names for those who write templates.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Final

from kenes.documents.letters import law_references, wording
from kenes.documents.letters.content import (
    Asset,
    Borrower,
    Contract,
    Debt,
    Hardship,
    Income,
    Lender,
    LetterContent,
    OtherDebt,
    Platform,
    Relief,
    Representative,
)
from kenes.documents.letters.forms import Choice, Day, Language, Months, Name, Organisation, Percent, Sum
from kenes.foundation.language.names import guess_gender
from kenes.foundation.values import Iin, PhoneNumber, ValueProblem

RELIEF_KINDS: Final = frozenset(
    {
        "DEFERRAL", "TERM_EXTENDED", "RATE_CUT", "SCHEDULE_CHANGED", "PENALTY_FORGIVEN", "INTEREST_FORGIVEN",
        "PRINCIPAL_PARTLY_FORGIVEN", "FORGIVENESS", "CURRENCY_CHANGED", "COLLATERAL_SOLD_BY_BORROWER", "MEDIATED",
    }
)  # fmt: skip
_KAZAKH_LETTER: Final = re.compile("[әғқңөұүһі]", re.IGNORECASE)
_LATIN: Final = re.compile("[a-z]", re.IGNORECASE)
_CYRILLIC: Final = re.compile("[а-яё]", re.IGNORECASE)
Values = dict[str, object]


class LetterIncomplete(ValueError):
    """The facts do not make a letter: a relief kind that no letter can ask for, or no relief at all."""


def letter_values(
    facts: LetterContent,
    language: Language,
    *,
    translation_of: Language | None = None,
    grounds: Sequence[str] = (),
    own: Mapping[str, object] | None = None,
) -> Values:
    """All groups of values for a template in `language`; a group that the case does not have is None.

    `translation_of`: the language of the text that is signed when this one is its unsigned translation. `grounds`: keys of
    legal references beside those that the facts give. `own`: groups of the kind's own values (`answers.values`).
    Raises LetterIncomplete when the wanted relief cannot be put into a letter.
    """
    return {
        "doc": {
            "number": facts.number,
            "date": Day(facts.on_date, language),
            "translation_of": translation_of or "",
            "replaces": facts.replaces
            and {"number": facts.replaces.number, "date": Day(facts.replaces.signed_on, language)},
            "law_refs": law_references.citations(grounds, language),
        },
        "case": {"number": facts.case_number, "date": _day(facts.case_on, language)},
        "borrower": _borrower(facts.borrower, language),
        "representative": facts.representative and _representative(facts.representative, language),
        "lender": facts.lender and _lender(facts.lender, language),
        "contract": facts.contract and _contract(facts.contract, language),
        "debt": facts.debt and _debt(facts.debt, facts.on_date, language),
        "debts": [_other_debt(one, facts.on_date, language) for one in facts.debts],
        "totals": _totals(facts.debts, language),
        "assets": [_asset(one, language) for one in facts.assets],
        "hardship": facts.hardship and _hardship(facts.hardship, facts.on_date, language),
        "income": facts.income and _income(facts.income, language),
        "relief": facts.relief and _relief(facts, facts.relief, language),
        "grounds": law_references.citations(_ground_keys(facts), language),
        "papers": _papers(facts, language),
        "attachments": [one.kk if language == "kk" else one.ru for one in facts.attachments],
        "agreement": _agreement(facts, language),
        "platform": _platform(facts.platform, language),
        **(own or {}),
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


def name(full: str, language: Language, *, iin: str = "") -> Name:
    """The name of a person. The sex is told by the name itself, which is what is declined; by the ИИН where the name does not."""
    told = {"male": "M", "female": "F"}.get(guess_gender(full) or "", "")
    return Name(full, told or _sex_of(iin), language)


def _sex_of(iin: str) -> str:
    try:
        return Iin.parse(iin).sex or "" if iin else ""
    except ValueProblem:
        return ""


def _day(day: date | None, language: Language) -> Day | None:
    return None if day is None else Day(day, language)


def _sum(tiyn: int | None, language: Language) -> Sum | None:
    return None if tiyn is None else Sum(tiyn, language)


def _months(count: int | None, language: Language) -> Months | None:
    return None if count is None else Months(count, language)


def _percent(value: Decimal | None) -> Percent | None:
    return None if value is None else Percent(value)


def _borrower(person: Borrower, language: Language) -> Values:
    return {
        "name": name(person.full_name, language, iin=person.iin),
        "iin": person.iin,
        "birth_date": _birth_date(person.iin, language),
        "address": person.address,
        "phone": PhoneNumber(person.phone).spaced() if person.phone else "",
        "email": person.email,
    }


def _birth_date(iin: str, language: Language) -> Day | None:
    try:
        return _day(Iin.parse(iin).birth_date, language)
    except ValueProblem:
        return None


def _representative(person: Representative, language: Language) -> Values:
    return {
        "name": name(person.full_name, language, iin=person.iin),
        "iin": person.iin,
        "power_number": person.power_number,
        "power_date": _day(person.power_date, language),
        "valid_until": _day(person.valid_until, language),
    }


def _lender(lender: Lender, language: Language) -> Values:
    return {
        "name": Organisation(lender.name, lender.name_kk, language),
        "kind": Choice(lender.kind, wording.LENDER_KINDS.get(lender.kind, {}).get(language, "")),
        "bin": lender.bin,
    }


def _contract(contract: Contract, language: Language) -> Values:
    return {
        "number": contract.number,
        "date": Day(contract.signed_on, language),
        "amount": _sum(contract.amount_tiyn, language),
        "term": _months(contract.term_months, language),
        "rate": _percent(contract.rate_percent),
        "apr": _percent(contract.apr_percent),
        "payment": _sum(contract.monthly_payment_tiyn, language),
        "collateral": contract.collateral,
        "purpose": contract.purpose,
    }


def _debt(debt: Debt, on_date: date, language: Language) -> Values:
    window = ""
    if debt.overdue_since is not None and debt.apply_by is not None:
        window = "open" if on_date <= debt.apply_by else "passed"
    return {
        "since": _day(debt.overdue_since, language),
        "days": 0 if debt.overdue_since is None else max((on_date - debt.overdue_since).days, 0),
        "source": debt.overdue_since_source,
        "window": window,
        "as_of": Day(debt.as_of, language),
        "principal": Sum(debt.principal_tiyn, language),
        "interest": Sum(debt.interest_tiyn, language),
        "penalty": Sum(debt.penalty_tiyn, language),
        "fees": Sum(debt.fees_tiyn, language),
        "overdue": _sum(debt.overdue_tiyn, language),
        "total": Sum(debt.total_tiyn, language),
    }


def _other_debt(one: OtherDebt, on_date: date, language: Language) -> Values:
    return {
        "lender": _lender(one.lender, language),
        "contract": _contract(one.contract, language),
        **_debt(one.debt, on_date, language),
    }


def _totals(debts: Sequence[OtherDebt], language: Language) -> Values:
    split = [one.debt for one in debts]
    return {
        "count": len(split),
        "principal": Sum(sum(one.principal_tiyn for one in split), language),
        "interest": Sum(sum(one.interest_tiyn for one in split), language),
        "penalty": Sum(sum(one.penalty_tiyn for one in split), language),
        "fees": Sum(sum(one.fees_tiyn for one in split), language),
        "total": Sum(sum(one.total_tiyn for one in split), language),
        "payment": Sum(sum(one.contract.monthly_payment_tiyn or 0 for one in debts), language),
    }


def _asset(asset: Asset, language: Language) -> Values:
    return {
        "kind": wording.ASSETS.get(asset.kind, {}).get(language, asset.kind),
        "value": Sum(asset.value_tiyn, language),
        "pledged": asset.pledged,
    }


def _platform(one: Platform, language: Language) -> Values:
    return {
        "name": Organisation(one.name, "", language),
        "bin": one.bin,
        "address": one.address,
        "bank": Organisation(one.bank, "", language),
        "bic": one.bic,
        "iban": one.iban,
        "kbe": one.kbe,
        "head": name(one.head_name, language),
        "basis": one.basis,
    }


def _hardship(hardship: Hardship, on_date: date, language: Language) -> Values:
    written_in = text_language(hardship.text)
    return {
        "since": _day(hardship.since, language),
        "ahead": hardship.since is not None and hardship.since > on_date,
        "cause": wording.CAUSES.get(hardship.code, {}).get(language, ""),
        "words": paragraphs(hardship.text),
        "words_in": "" if written_in == language else written_in,
    }


def paragraphs(text: str) -> list[str]:
    """The lines of a long text that say something."""
    return [" ".join(line.split()) for line in text.splitlines() if line.strip()]


def _income(income: Income, language: Language) -> Values:
    return {
        "source": income.source,
        "before": Sum(income.monthly_before_tiyn, language),
        "now": Sum(income.monthly_now_tiyn, language),
        "avg12": _sum(income.avg12_tiyn, language),
        "avg2": _sum(income.avg2_tiyn, language),
        "drop": Percent(drop_percent(income)),
        "dependents": income.dependents,
        "disabled_dependents": income.disabled_dependents,
        "social_aid": income.targeted_social_aid,
    }


def _relief(facts: LetterContent, relief: Relief, language: Language) -> Values:
    return {
        "requests": _requests(facts, relief, language),
        "comment": " ".join(relief.comment.split()),
        "kinds": list(relief.kinds),
        "new_rate": _percent(relief.new_rate_percent),
        "new_term": _months(relief.new_term_months, language),
        "new_payment": _sum(relief.new_payment_tiyn, language),
        "defer": _months(relief.defer_months, language),
    }


def _requests(facts: LetterContent, relief: Relief, language: Language) -> list[Values]:
    if not relief.kinds:
        raise LetterIncomplete("no relief is asked for")
    if unknown := set(relief.kinds) - RELIEF_KINDS:
        raise LetterIncomplete(f"no letter can ask for {', '.join(sorted(unknown))}")
    requests = [_request(kind, facts, relief, language) for kind in dict.fromkeys(relief.kinds)]
    if relief.new_payment_tiyn is not None:
        requests.append(
            {"kind": "PAYMENT", "months": "", "rate": None, "sum": Sum(relief.new_payment_tiyn, language)}
        )
    return requests


def _request(kind: str, facts: LetterContent, relief: Relief, language: Language) -> Values:
    request: Values = {"kind": kind, "months": "", "rate": None, "sum": None}
    if kind == "DEFERRAL" and relief.defer_months is not None:
        request["months"] = Months(relief.defer_months, language)
    elif kind == "TERM_EXTENDED" or (kind == "SCHEDULE_CHANGED" and "TERM_EXTENDED" not in relief.kinds):
        request["months"] = _within(relief, language)
    elif kind == "RATE_CUT":
        request["rate"] = _percent(relief.new_rate_percent)
    elif kind == "PENALTY_FORGIVEN" and facts.debt is not None:
        request["sum"] = Sum(facts.debt.penalty_tiyn, language)
    return request


def _within(relief: Relief, language: Language) -> object:
    if relief.new_term_months is None:
        return ""
    months = Months(relief.new_term_months, language)
    return months.genitive() if language == "ru" else months


def _ground_keys(facts: LetterContent) -> tuple[str, ...]:
    if facts.lender is None:
        return ()
    settlement = "banks.settlement" if facts.lender.kind == "BANK" else "microfinance.settlement"
    # The duty to defer for three months rests on targeted aid that is a recorded fact of the case; the other
    # condition (a vulnerable group) is not known here, so it is not claimed.
    aid = facts.income is not None and facts.income.targeted_social_aid
    if aid and facts.relief is not None and "DEFERRAL" in facts.relief.kinds:
        return (settlement, "rules.vulnerable_deferral")
    return (settlement,)


def _papers(facts: LetterContent, language: Language) -> list[str]:
    code = "" if facts.hardship is None else facts.hardship.code
    papers = [paper[language] for paper in wording.PAPERS.get(code, wording.DEFAULT_PAPERS)]
    if facts.income is not None and facts.income.targeted_social_aid:
        papers.append(wording.SOCIAL_AID_PAPER[language])
    return papers


def _agreement(facts: LetterContent, language: Language) -> Values | None:
    agreement = facts.sms_agreement
    if agreement is None:
        return None
    return {
        "version": agreement.version,
        "accepted": Day(agreement.accepted_on, language),
        "phone": agreement.masked_phone,
        "law": law_references.citations(("civil_code.written_form",), language)[0],
    }
