"""Tables of cases, by topic."""

from kenes.cases.models.answers import (
    AnswerKind,
    AnswerSource,
    CreditorAnswer,
    IncomingLetter,
    OfferReply,
    PaperCode,
    RefusalReason,
    ReplyKind,
    RequestedPaper,
)
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
    "AnswerKind",
    "AnswerSource",
    "Case",
    "CaseDeadline",
    "CaseDraft",
    "CaseEvent",
    "CaseNumberCounter",
    "CaseShare",
    "CaseStory",
    "Comment",
    "CreditorAnswer",
    "DeclineReason",
    "FactSource",
    "FieldChange",
    "IncomingLetter",
    "Obligation",
    "OfferReply",
    "Outcome",
    "OverdueSource",
    "PaperCode",
    "Party",
    "PartyRole",
    "RefusalReason",
    "ReplyKind",
    "RequestedPaper",
    "Reveal",
    "Track",
]
