"""What creditors and borrowers answer each other. Ids and codes only.

`document_id` is the letter it is about: people of the creditor read in the history what is about their letters alone.
"""

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from kenes.event_log.events import Event


@dataclass(frozen=True, slots=True)
class LetterRegistered(Event):
    """The creditor took a letter into its books."""

    type: ClassVar[str] = "case.letter_registered"
    case_id: UUID
    letter_id: UUID
    document_id: UUID
    obligation_id: UUID


@dataclass(frozen=True, slots=True)
class LetterGiven(Event):
    """Somebody of the creditor works on a letter from now on, or nobody. Nobody outside the creditor is told."""

    type: ClassVar[str] = "case.letter_given"
    case_id: UUID
    letter_id: UUID
    document_id: UUID
    assignee_id: UUID | None


@dataclass(frozen=True, slots=True)
class CreditorAnswered(Event):
    """The creditor answered a letter; words, terms and papers stand in the row `answer_id`."""

    type: ClassVar[str] = "case.creditor_answered"
    case_id: UUID
    answer_id: UUID
    obligation_id: UUID
    kind: str
    source: str
    document_id: UUID | None


@dataclass(frozen=True, slots=True)
class OfferLapsed(Event):
    """The day until which an offer was valid has passed without an answer."""

    type: ClassVar[str] = "case.offer_lapsed"
    case_id: UUID
    answer_id: UUID
    obligation_id: UUID
    document_id: UUID | None


@dataclass(frozen=True, slots=True)
class OfferReplied(Event):
    """The borrower answered an offer."""

    type: ClassVar[str] = "case.offer_replied"
    case_id: UUID
    answer_id: UUID
    reply_id: UUID
    obligation_id: UUID
    kind: str
    document_id: UUID | None


@dataclass(frozen=True, slots=True)
class PapersGiven(Event):
    """The borrower gave the papers that the creditor asked for."""

    type: ClassVar[str] = "case.papers_given"
    case_id: UUID
    answer_id: UUID
    obligation_id: UUID
    papers: int
    document_id: UUID | None
