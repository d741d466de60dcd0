"""What the platform holds as proof for a next step: facts, the count of the term, and what apps above cases have.

Apps above register a source (`register`): the letter, its dispatch, its delivery. Items carry ids and days, never words.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from kenes.cases.models import CaseDeadline, CaseEvent, FactSource


@dataclass(frozen=True, slots=True)
class Evidence:
    """One thing that proves something. `file_id` or `document_id` leads to it, where it is a paper."""

    kind: str
    on: date | None
    title: str = ""
    document_id: UUID | None = None
    sha256: str = ""


Source = Callable[[UUID, UUID | None], Sequence[Evidence]]
_sources: Final[list[Source]] = []
LABELS: Final[dict[str, Promise]] = {
    "application": _("Letter to the creditor with its signature"),
    "dispatch": _("Proof that the letter was sent"),
    "delivery": _("Proof that the letter was delivered"),
    "receipt": _("Receipt"),
    "fact": _("Date and its source"),
    "term": _("Count of the term day by day"),
}


def register(source: Source) -> None:
    """Add a source: (case id, debt id or None) -> what it holds. A source answers in a constant number of queries."""
    if source not in _sources:
        _sources.append(source)


def of_term(row: CaseDeadline, fact: CaseEvent) -> list[Evidence]:
    """Everything held about an unkept term, papers first. `fact` is the event from which the term runs."""
    held = [item for source in _sources for item in source(row.case_id, row.obligation_id)]
    told = str(FactSource(fact.source).label)
    return [*held, Evidence("fact", fact.on, told), Evidence("term", row.due, row.rule_key)]
