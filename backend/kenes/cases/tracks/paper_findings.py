"""From what extraction found in a paper to what a person is asked to confirm. Pure, no database.

Values are plain JSON: sums in tiyn, days in ISO, percent as text. A quote names the page it stands on.
"""

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from kenes.cases.extraction import reading
from kenes.cases.extraction.found import DateRole, Extraction, Kind, Lender, NumberRole, Place, SumRole
from kenes.cases.models import FindingField as F

Json = dict[str, Any]
PAGE_BREAK: Final = "\n\f\n"
_QUOTE_BEFORE, _QUOTE_AFTER = 60, 20
_LEAST: Final = 0.5

# Papers that speak of a debt; those of other kinds say nothing that a debt form could take.
_OF_DEBTS: Final = frozenset(
    {
        Kind.CREDIT_CONTRACT, Kind.PAYMENT_SCHEDULE, Kind.DEBT_STATEMENT, Kind.DEBT_NOTICE, Kind.EXECUTIVE_INSCRIPTION,
        Kind.COURT_ORDER, Kind.COURT_DECISION, Kind.ENFORCEMENT, Kind.COLLECTOR_LETTER, Kind.ASSIGNMENT_NOTICE,
        Kind.LENDER_REFUSAL, None,
    }
)  # fmt: skip
# Contracts and schedules say what was agreed, not what is owed today.
_SAY_WHAT_IS_OWED: Final = _OF_DEBTS - {Kind.CREDIT_CONTRACT, Kind.PAYMENT_SCHEDULE}
# (role of a day, kinds of papers that may tell it, the dated fact it is)
_FACTS: Final = (
    (DateRole.INSCRIPTION, {Kind.EXECUTIVE_INSCRIPTION}, "INSCRIPTION_MADE"),
    (DateRole.RECEIVED, {Kind.EXECUTIVE_INSCRIPTION}, "INSCRIPTION_RECEIVED"),
    (DateRole.OVERDUE_SINCE, _SAY_WHAT_IS_OWED, "DELAY_STARTED"),
    (DateRole.ASSIGNMENT, {Kind.ASSIGNMENT_NOTICE, Kind.COLLECTOR_LETTER}, "ASSIGNMENT"),
    (DateRole.COURT, {Kind.COURT_ORDER, Kind.COURT_DECISION, None}, "COURT_DATE"),
    (DateRole.LETTER, {Kind.LENDER_REFUSAL}, "REFUSED"),
)


@dataclass(frozen=True, slots=True)
class Found:
    """One value to confirm. `found` as `PaperFinding` keeps it; `debt` is the index of the debt it speaks of."""

    field: F
    found: Json
    debt: int | None


@dataclass(frozen=True, slots=True)
class KnownDebt:
    """A debt of the case, to see which one a paper speaks of."""

    contract_number: str
    lender: Lender


@dataclass(frozen=True, slots=True)
class Read:
    """What a paper seems to be, and what was found in it."""

    kind: str
    kind_confidence: float
    findings: tuple[Found, ...]


def number_key(number: str) -> str:
    """Contract numbers compared: case, spaces, strokes and look-alike letters do not tell them apart."""
    level = number.casefold().translate(str.maketrans("авекмнорстух", "abekmhopctyx"))
    return re.sub(r"[^0-9a-zа-я]", "", level)


def read(pages: Sequence[str], debts: Sequence[KnownDebt], others: Iterable[Lender], today: date) -> Read:
    """Kind of the paper and the values worth asking about."""
    text = PAGE_BREAK.join(pages)
    starts = _starts(pages)
    own = {debt.lender.key: debt.lender for debt in debts}
    lenders = [*own.values(), *(lender for lender in others if lender.key not in own)]
    said = reading.read(text, known_lenders=lenders, today=today)
    kind = said.kind.kind if said.kind is not None else None

    def quote(place: Place) -> Json:
        return {
            "quote": _quote(text, place),
            "page": bisect_right(starts, place.start),
            "confidence": place.confidence,
        }

    debt = _debt_of(said, debts) if kind in _OF_DEBTS else None
    findings = tuple(_findings(said, kind, quote, debt)) if kind in _OF_DEBTS else ()
    identity = _identity(said, quote)
    return Read(
        kind=kind.value if kind else "",
        kind_confidence=said.kind.place.confidence if said.kind else 0.0,
        findings=(*findings, *identity),
    )


def _starts(pages: Sequence[str]) -> list[int]:
    starts, at = [], 0
    for page in pages:
        starts.append(at)
        at += len(page) + len(PAGE_BREAK)
    return starts or [0]


def _quote(text: str, place: Place) -> str:
    """The value with the words round it, within its line or two."""
    start = max(place.start - _QUOTE_BEFORE, text.rfind("\n\n", 0, place.start) + 2, 0)
    start = text.find(" ", start, place.start) + 1 or start if start == place.start - _QUOTE_BEFORE else start
    after = text.find("\n", place.end, place.end + _QUOTE_AFTER)
    end = after if after >= 0 else min(len(text), place.end + _QUOTE_AFTER)
    return " ".join(text[start:end].split())


Quote = Callable[[Place], Json]


def _debt_of(said: Extraction, debts: Sequence[KnownDebt]) -> int | None:
    """The debt whose number stands in the paper, else the one of its only named lender, else the only one."""
    numbers = {number_key(item.number) for item in said.numbers if item.role is NumberRole.CONTRACT}
    by_number = [i for i, debt in enumerate(debts) if number_key(debt.contract_number) in numbers]
    if len(by_number) == 1:
        return by_number[0]
    keys = {item.key for item in said.lenders if item.key}
    by_lender = [i for i, debt in enumerate(debts) if debt.lender.key in keys]
    if len(by_lender) == 1:
        return by_lender[0]
    return 0 if len(debts) == 1 else None


def _findings(said: Extraction, kind: Kind | None, quote: Quote, debt: int | None) -> Iterable[Found]:
    contract = said.number_of(NumberRole.CONTRACT)
    if contract is not None and _sure(contract.place):
        yield Found(F.CONTRACT_NUMBER, {"text": contract.number, **quote(contract.place)}, debt)
    signed = said.day_of(DateRole.CONTRACT)
    if signed is not None and _sure(signed.place):
        yield Found(F.CONTRACT_DATE, {"on": signed.day.isoformat(), **quote(signed.place)}, debt)
    if said.lenders:
        known = next((item for item in said.lenders if item.key), said.lenders[0])
        yield Found(F.LENDER, {"text": known.name, "key": known.key, **quote(known.place)}, debt)
    if kind in _SAY_WHAT_IS_OWED:
        yield from _owed(said, quote, debt)
    for sum_role, field in ((SumRole.LOAN, F.LOAN), (SumRole.MONTHLY, F.MONTHLY)):
        item = said.sum_of(sum_role)
        if item is not None and _sure(item.place):
            yield Found(field, {"tiyn": item.tiyn, **quote(item.place)}, debt)
    for effective, field in ((False, F.RATE), (True, F.APR)):
        rate = next((r for r in said.rates if r.effective is effective and _sure(r.place)), None)
        if rate is not None:
            yield Found(field, {"percent": rate.percent, **quote(rate.place)}, debt)
    for role, kinds, fact in _FACTS:
        day = said.day_of(role)
        if day is not None and kind in kinds and _sure(day.place):
            yield Found(F.FACT, {"on": day.day.isoformat(), "fact": fact, **quote(day.place)}, debt)


def _owed(said: Extraction, quote: Quote, debt: int | None) -> Iterable[Found]:
    """Parts of the debt with their day; the whole alone where the parts are not told."""
    parts = {
        role: said.sum_of(role)
        for role in (SumRole.PRINCIPAL, SumRole.INTEREST, SumRole.PENALTY, SumRole.FEES, SumRole.OVERDUE)
    }
    told = {role: item for role, item in parts.items() if item is not None and _sure(item.place)}
    as_of = next(
        (
            day
            for role in (DateRole.AS_OF, DateRole.INSCRIPTION, DateRole.COURT_ACT, DateRole.LETTER)
            if (day := said.day_of(role)) is not None
        ),
        None,
    )
    principal, total = told.get(SumRole.PRINCIPAL), said.sum_of(SumRole.TOTAL)
    if principal is not None:
        split: Json = {f"{role.value}_tiyn": item.tiyn for role, item in told.items()}
        split["as_of"] = as_of.day.isoformat() if as_of is not None else None
        split["total_tiyn"] = total.tiyn if total is not None else None
        yield Found(F.SPLIT, {"split": split, **quote(principal.place)}, debt)
    elif total is not None and _sure(total.place):
        on = {"on": as_of.day.isoformat()} if as_of is not None else {}
        yield Found(F.TOTAL, {"tiyn": total.tiyn, **on, **quote(total.place)}, debt)


def _identity(said: Extraction, quote: Quote) -> tuple[Found, ...]:
    """The first ИИН: whether the paper is of this person."""
    item = next((item for item in said.identities if item.kind == "iin"), None)
    return () if item is None else (Found(F.IDENTITY, {"text": item.number, **quote(item.place)}, None),)


def _sure(place: Place) -> bool:
    return place.confidence >= _LEAST
