"""What a borrower tells at submission, as plain values, and the checks that look at several answers at once."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any, Final, Protocol
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from kenes.cases.tracks.facts import KINDS, MAY_BE_AHEAD
from kenes.foundation.errors import FieldError
from kenes.foundation.values import Iin

ADULT_YEARS: Final = 18
FAR_AHEAD: Final = timedelta(days=2 * 366)
# Notation of a person's name: letters of one script per word, and what joins them.
_NAME: Final = re.compile(r"[^\W\d_]+(?:[-'’.]?[^\W\d_]*)*\.?")


class HasPledge(Protocol):
    """A debt that may have a pledge: of the form or a stored one."""

    @property
    def collateral(self) -> str | None: ...


@dataclass(frozen=True, slots=True)
class Applicant:
    """Who applies. `iin` is twelve digits already checked."""

    full_name: str
    iin: str
    address: str
    language: str
    email: str = ""


@dataclass(frozen=True, slots=True)
class ObligationData:
    """One contract. Sums in tiyn; `creditor_id` for a lender of the registry, else name, type and perhaps БИН."""

    creditor_id: UUID | None
    creditor_name: str
    creditor_type: str
    creditor_bin: str | None
    contract_number: str
    contract_date: date
    principal_tiyn: int
    interest_tiyn: int
    penalty_tiyn: int
    original_amount_tiyn: int | None = None
    monthly_payment_tiyn: int | None = None
    rate_percent: Decimal | None = None
    term_months: int | None = None
    overdue_since: date | None = None
    overdue_since_source: str = "borrower"
    collateral: str | None = None

    @property
    def total_tiyn(self) -> int:
        return self.principal_tiyn + self.interest_tiyn + self.penalty_tiyn


@dataclass(frozen=True, slots=True)
class Income:
    """Income of the borrower, tiyn a month; `avg12` and `avg2` are averages of the last 12 and 2 months."""

    source: str
    monthly_now_tiyn: int
    monthly_before_tiyn: int
    dependents: int
    disabled_dependents: int
    targeted_social_aid: bool
    avg12_tiyn: int | None = None
    avg2_tiyn: int | None = None

    @property
    def drop_percent(self) -> Decimal | None:
        """By how much the last two months are below the twelve before, in percent; None when it cannot be said."""
        before = self.avg12_tiyn if self.avg12_tiyn is not None else self.monthly_before_tiyn
        now = self.avg2_tiyn if self.avg2_tiyn is not None else self.monthly_now_tiyn
        if not before:
            return None
        return (Decimal(before - now) * 100 / before).quantize(Decimal("0.1"))


@dataclass(frozen=True, slots=True)
class Asset:
    """Property of the borrower, value in tiyn."""

    kind: str
    value_tiyn: int
    pledged: bool


@dataclass(frozen=True, slots=True)
class FactData:
    """A dated event; `obligation` is the index of the debt it is about, None when not said."""

    kind: str
    date: date
    text: str
    obligation: int | None = None


@dataclass(frozen=True, slots=True)
class Hardship:
    """Why the borrower cannot pay as before, in his own words."""

    code: str
    since: date
    text: str


@dataclass(frozen=True, slots=True)
class Relief:
    """What he asks the creditor for."""

    kinds: tuple[str, ...]
    defer_months: int | None = None
    new_term_months: int | None = None
    new_rate_percent: Decimal | None = None
    new_payment_tiyn: int | None = None
    comment: str = ""


@dataclass(frozen=True, slots=True)
class Submission:
    """The whole form."""

    applicant: Applicant
    obligations: tuple[ObligationData, ...]
    income: Income
    hardship: Hardship
    relief: Relief
    assets: tuple[Asset, ...] = ()
    events: tuple[FactData, ...] = ()


def problems(story: Submission, today: date) -> list[FieldError]:
    """Everything wrong that no single field shows, as field errors with pointers into the form."""
    found = _applicant_problems(story.applicant, today)
    for index, debt in enumerate(story.obligations):
        found += _debt_problems(debt, f"/obligations/{index}", today)
    found += _repeated_contracts(story.obligations)
    found += _income_problems(story.income)
    for index, fact in enumerate(story.events):
        found += fact_problems(fact, f"/events/{index}", today, len(story.obligations))
    if story.hardship.since > today + FAR_AHEAD:
        found.append(FieldError("/hardship/since", "too_far", _("This date is too far in the future.")))
    return found + _relief_problems(story.relief, story.obligations)


def told_problems(
    income: Income, hardship: Hardship, relief: Relief, pledges: Sequence["HasPledge"], today: date
) -> list[FieldError]:
    """What is wrong with a story that is corrected after submission; `pledges` are the stored debts."""
    found = _income_problems(income)
    if hardship.since > today + FAR_AHEAD:
        found.append(FieldError("/hardship/since", "too_far", _("This date is too far in the future.")))
    return found + _relief_problems(relief, pledges)


def name_problem(name: str) -> FieldError | None:
    """Why a text cannot be a person's full name, without pointer; None when it can."""
    words = name.split()
    if len(words) < 2:
        return FieldError("", "incomplete", _("Give surname and first name as in the identity card."))
    for word in words:
        if not _NAME.fullmatch(word):
            return FieldError("", "letters_only", _("A name has letters only."))
        scripts = {unicodedata.name(char, "").split(" ")[0] for char in word if char.isalpha()}
        if len(scripts) > 1:
            return FieldError(
                "",
                "charset",
                _("One word mixes Latin and Cyrillic letters. Type it again in one keyboard layout."),
            )
    return None


def _applicant_problems(applicant: Applicant, today: date) -> list[FieldError]:
    found = []
    wrong_name = name_problem(applicant.full_name)
    if wrong_name is not None:
        found.append(FieldError("/applicant/full_name", wrong_name.code, wrong_name.detail))
    born = Iin.parse(applicant.iin, today=today).birth_date
    if born is not None and today < _years_later(born, ADULT_YEARS):
        found.append(
            FieldError("/applicant/iin", "under_age", _("An application can be made from the age of 18."))
        )
    return found


def _years_later(day: date, years: int) -> date:
    try:
        return day.replace(year=day.year + years)
    except ValueError:  # 29 February
        return date(day.year + years, 3, 1)


def _debt_problems(debt: ObligationData, pointer: str, today: date) -> list[FieldError]:
    found = []
    if debt.creditor_id is None and not debt.creditor_name:
        found.append(FieldError(f"{pointer}/creditor_name", "required", _("Say who the creditor is.")))
    if debt.contract_date > today:
        found.append(FieldError(f"{pointer}/contract_date", "future", _("This date has not come yet.")))
    if debt.total_tiyn == 0:
        found.append(FieldError(f"{pointer}/principal_tiyn", "zero_debt", _("Give the sum of the debt.")))
    since = debt.overdue_since
    if since is not None and since > today:
        found.append(FieldError(f"{pointer}/overdue_since", "future", _("This date has not come yet.")))
    elif since is not None and since < debt.contract_date <= today:
        found.append(
            FieldError(
                f"{pointer}/overdue_since", "before_contract", _("A delay cannot begin before the contract.")
            )
        )
    return found


def _repeated_contracts(debts: Sequence[ObligationData]) -> list[FieldError]:
    seen: set[tuple[str, str]] = set()
    found = []
    for index, debt in enumerate(debts):
        key = (str(debt.creditor_id or debt.creditor_name.casefold()), debt.contract_number.casefold())
        if key in seen:
            found.append(
                FieldError(
                    f"/obligations/{index}/contract_number",
                    "repeated",
                    _("This contract is already in the list."),
                )
            )
        seen.add(key)
    return found


def _income_problems(income: Income) -> list[FieldError]:
    if income.disabled_dependents > income.dependents:
        return [
            FieldError(
                "/income/disabled_dependents",
                "more_than_all",
                _("This cannot be more than all dependants together."),
            )
        ]
    return []


def fact_problems(fact: FactData, pointer: str, today: date, debts: int) -> list[FieldError]:
    """What is wrong with one dated event."""
    found = []
    if fact.kind not in KINDS:
        found.append(FieldError(f"{pointer}/kind", "unknown", _("This kind of event is not known.")))
    if fact.date > today and fact.kind not in MAY_BE_AHEAD:
        found.append(FieldError(f"{pointer}/date", "future", _("This date has not come yet.")))
    elif fact.date > today + FAR_AHEAD:
        found.append(FieldError(f"{pointer}/date", "too_far", _("This date is too far in the future.")))
    if fact.obligation is not None and not 0 <= fact.obligation < debts:
        found.append(FieldError(f"{pointer}/obligation", "unknown", _("There is no such debt in the list.")))
    return found


def _relief_problems(relief: Relief, debts: "Sequence[HasPledge]") -> list[FieldError]:
    found = []
    if len(set(relief.kinds)) != len(relief.kinds):
        found.append(FieldError("/relief/kinds", "repeated", _("Each kind of relief only once.")))
    sells = "COLLATERAL_SOLD_BY_BORROWER" in relief.kinds
    if sells and not any(debt.collateral for debt in debts):
        found.append(
            FieldError(
                "/relief/kinds", "no_collateral", _("Selling the pledge needs a debt that has a pledge.")
            )
        )
    return found


def plain(values: dict[str, Any]) -> dict[str, Any]:
    """JSON of one of the dataclasses above: days and decimals as text, tuples as lists."""
    kept = (type(None), bool, int, str)
    return {
        name: value if isinstance(value, kept) else list(value) if isinstance(value, tuple) else str(value)
        for name, value in values.items()
    }
