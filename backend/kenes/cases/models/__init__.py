"""Tables of cases, by topic."""

from kenes.cases.models.case import (
    NO_DEADLINE,
    Case,
    CaseDraft,
    CaseNumberCounter,
    CaseStory,
    DeclineReason,
    Outcome,
)
from kenes.cases.models.debts import Obligation, OverdueSource
from kenes.cases.models.notes import Comment, FieldChange, Reveal
from kenes.cases.models.people import CaseShare, Party, PartyRole
from kenes.cases.models.procedures import Track
from kenes.cases.models.terms import CaseDeadline, CaseEvent, FactSource

__all__ = [
    "NO_DEADLINE",
    "Case",
    "CaseDeadline",
    "CaseDraft",
    "CaseEvent",
    "CaseNumberCounter",
    "CaseShare",
    "CaseStory",
    "Comment",
    "DeclineReason",
    "FactSource",
    "FieldChange",
    "Obligation",
    "Outcome",
    "OverdueSource",
    "Party",
    "PartyRole",
    "Reveal",
    "Track",
]
