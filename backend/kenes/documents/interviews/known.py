"""Answers that the case has already: what the interview need not ask, shown to be looked at."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, is_dataclass
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from kenes.cases.models import CaseEvent
from kenes.documents.catalogue import Asked, Kind
from kenes.documents.letters import answers
from kenes.documents.letters.answers import AnswerProblem
from kenes.documents.letters.content import LetterContent
from kenes.foundation import clock

Facts = Mapping[str, Sequence[CaseEvent]]


def facts_of(case_id: UUID, obligation_id: UUID | None) -> Facts:
    """Dated facts that stand, by kind, newest first: those of the debt and of the whole case. One query."""
    rows = CaseEvent.objects.filter(case_id=case_id, superseded_at__isnull=True).order_by(
        "-on", "-created_at"
    )
    found: dict[str, list[CaseEvent]] = {}
    for row in rows:
        if row.obligation_id in (None, obligation_id) or obligation_id is None:
            found.setdefault(row.kind, []).append(row)
    return found


def answers_for(kind: Kind, content: LetterContent, facts: Facts) -> dict[str, Any]:
    """Known answers by field; what does not fit the field is left out."""
    known: dict[str, Any] = {}
    for field in kind.fields:
        for place in field.known:
            value = _at(place, field, content, facts)
            if value in (None, "", []):
                continue
            try:
                known[field.code] = answers.read(field, value)
            except AnswerProblem:
                continue
            break
    return known


def _at(place: str, field: Asked, content: LetterContent, facts: Facts) -> Any:
    where, _, name = place.partition(":")
    match where:
        case "today":
            return clock.today().isoformat()
        case "collector":
            lender = content.lender
            return lender.name if lender is not None and lender.kind == "COLLECTOR" else None
        case "fact":
            return next((one.on.isoformat() for one in facts.get(name, ())), None)
        case "fact_text":
            return next((one.text for one in facts.get(name, ()) if one.text), None)
        case "facts":
            columns = {column.code for column in field.columns}
            rows = [{"on": one.on.isoformat(), "text": one.text} for one in reversed(facts.get(name, ()))]
            return [{key: value for key, value in row.items() if key in columns} for row in rows]
    return _plain(_step_into(content, name.split(".")))


def _step_into(value: Any, names: Sequence[str]) -> Any:
    for name in names:
        value = getattr(value, name, None)
    return value


def _plain(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return str(value)
    return asdict(value) if is_dataclass(value) and not isinstance(value, type) else value
