"""From what was read in papers to JSON, beside what the case says now."""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any, Final
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from kenes.accounts import selectors as account_selectors
from kenes.cases import permissions
from kenes.cases.api.present import language
from kenes.cases.models import (
    Case,
    CaseEvent,
    FindingField,
    FindingState,
    Obligation,
    PaperFinding,
    PaperReading,
)
from kenes.cases.tracks import paper_kinds, paper_readings
from kenes.cases.tracks.facts import KINDS as FACT_KINDS
from kenes.cases.tracks.paper_findings import number_key
from kenes.foundation.actor import Actor

Json = dict[str, Any]
F = FindingField
_SPLIT: Final = ("principal_tiyn", "interest_tiyn", "penalty_tiyn", "fees_tiyn", "overdue_tiyn")
_SURE, _LIKELY = 0.85, 0.65


def readings(actor: Actor, case: Case, rows: Sequence[PaperReading]) -> Json:
    """Everything that was read, with comparisons; a constant number of queries."""
    debts = {row.pk: row for row in case.obligations.select_related("creditor").order_by("position")}
    facts = {
        (fact.kind, fact.obligation_id): fact
        for fact in case.facts.filter(superseded_at__isnull=True).order_by("created_at")
    }
    found = [item for row in rows for item in row.findings.all()]
    names = account_selectors.person_names(item.decided_by_id for item in found if item.decided_by_id)
    iin = case.borrower.iin or ""
    may = permissions.allowed(actor, "case.confirm_findings", case)
    lang = language()
    return {
        "items": [
            {
                "id": row.pk,
                "paper_id": row.paper_id,
                "paper_title": paper_kinds.title(row.paper.code, row.paper.title) if row.paper else "",
                "file_id": row.file_id,
                "kind": row.kind,
                "kind_label": paper_kinds.label(row.kind),
                "kind_fits": paper_kinds.fits(row.paper.code if row.paper else "", row.kind),
                "made_at": row.made_at,
                "findings": [
                    _finding(item, debts, facts, iin, names)
                    for item in sorted(row.findings.all(), key=lambda item: item.position)
                ],
            }
            for row in rows
        ],
        "debts": [
            {"id": debt.pk, "label": f"{debt.creditor.name(lang)}, {debt.contract_number}"}
            for debt in debts.values()
        ],
        "open_findings": sum(item.state == FindingState.OFFERED for item in found),
        "allowed_actions": ["decide"]
        if may and "confirm_findings" in permissions.allowed_actions(actor, case)
        else [],
    }


def _finding(
    item: PaperFinding,
    debts: Mapping[UUID, Obligation],
    facts: Mapping[tuple[str, UUID | None], CaseEvent],
    iin: str,
    names: Mapping[UUID, str],
) -> Json:
    debt = debts.get(item.obligation_id) if item.obligation_id else None
    present = _present(item, debt, facts, iin)
    confidence = float(item.found.get("confidence", 0))
    return {
        "id": item.pk,
        "field": item.field,
        "label": _label(item),
        "value": _value(item.found),
        "quote": item.found.get("quote", ""),
        "page": item.found.get("page", 1),
        "certainty": "sure" if confidence >= _SURE else "likely" if confidence >= _LIKELY else "doubtful",
        "obligation_id": item.obligation_id,
        "fits": _fits(item, present),
        "present": _value(present) if present is not None else None,
        "compared_only": item.field in paper_readings.COMPARED,
        "state": item.state,
        "given": _value(item.given) if item.given else None,
        "decided_by": names.get(item.decided_by_id, "") if item.decided_by_id else "",
        "decided_at": item.decided_at,
    }


def _label(item: PaperFinding) -> str:
    if item.field == F.FACT:
        return str(FACT_KINDS.get(item.found.get("fact", ""), _("Dated event")))
    return str(F(item.field).label)


def _value(found: Mapping[str, Any]) -> Json:
    split = found.get("split")
    return {
        "text": found.get("text"),
        "on": found.get("on"),
        "tiyn": found.get("tiyn"),
        "percent": found.get("percent"),
        "split": {name: split.get(name) for name in ("as_of", *_SPLIT, "total_tiyn")} if split else None,
    }


def _present(
    item: PaperFinding,
    debt: Obligation | None,
    facts: Mapping[tuple[str, UUID | None], CaseEvent],
    iin: str,
) -> Json | None:
    """What the case says of the same; None where it says nothing."""
    if item.field == F.IDENTITY:
        # In full only what the paper itself shows; the number of the account stays masked elsewhere.
        return {"text": iin if iin == item.found.get("text") else f"••••••••{iin[-4:]}"} if iin else None
    if debt is None:
        return None
    match F(item.field):
        case F.CONTRACT_NUMBER:
            return {"text": debt.contract_number}
        case F.CONTRACT_DATE:
            return {"on": debt.contract_date.isoformat()}
        case F.LENDER:
            return {"text": debt.creditor.name(language())}
        case F.SPLIT:
            return {
                "split": {**{name: getattr(debt, name) for name in _SPLIT}, "total_tiyn": debt.total_tiyn}
            }
        case F.TOTAL:
            return {"tiyn": debt.total_tiyn}
        case F.LOAN:
            return _unless_none("tiyn", debt.original_amount_tiyn)
        case F.MONTHLY:
            return _unless_none("tiyn", debt.monthly_payment_tiyn)
        case F.RATE:
            return _unless_none("percent", _percent(debt.rate_percent))
        case F.APR:
            return _unless_none("percent", _percent(debt.apr_percent))
        case F.FACT:
            kind = item.found.get("fact", "")
            if kind == "DELAY_STARTED":
                return _unless_none("on", _iso(debt.overdue_since))
            fact = facts.get((kind, debt.pk)) or facts.get((kind, None))
            return {"on": fact.on.isoformat()} if fact is not None else None
    return None


def _unless_none(name: str, value: object) -> Json | None:
    return None if value is None else {name: value}


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day is not None else None


def _percent(value: Decimal | None) -> str | None:
    return None if value is None else f"{value.normalize():f}"


def _fits(item: PaperFinding, present: Json | None) -> str:
    """same, differs, new (the case says nothing yet) or unknown (which debt it is about is not known)."""
    if item.obligation_id is None and item.field != F.IDENTITY:
        return "unknown"
    if present is None:
        return "new"
    found = item.found
    match F(item.field):
        case F.CONTRACT_NUMBER:
            same = number_key(found.get("text", "")) == number_key(present["text"])
        case F.LENDER:
            same = bool(found.get("key")) and found["key"] == str(
                item.obligation and item.obligation.creditor_id
            )
        case F.SPLIT:
            told = {
                name: value for name, value in found["split"].items() if name in _SPLIT and value is not None
            }
            same = all(present["split"].get(name) == value for name, value in told.items())
        case F.RATE | F.APR:
            same = _same_number(found.get("percent", ""), present["percent"])
        case _:
            same = all(found.get(name) == value for name, value in present.items())
    return "same" if same else "differs"


def _same_number(one: str, other: str) -> bool:
    try:
        return Decimal(one) == Decimal(other)
    except InvalidOperation:
        return False
