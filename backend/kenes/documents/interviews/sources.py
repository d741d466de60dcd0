"""What a case knows, read once for any number of its documents."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Self
from uuid import UUID

from kenes.cases.obligations import letter_facts
from kenes.cases.obligations.letter_facts import LetterFacts
from kenes.documents.catalogue import Kind
from kenes.documents.interviews import known, known_elsewhere
from kenes.documents.interviews.known import Facts
from kenes.documents.letters import collect
from kenes.documents.letters.content import LetterContent


@dataclass(slots=True)
class CaseSources:
    """The debts of a case with what documents about each of them say; every part is read when it is first wanted."""

    case_id: UUID
    debts: list[LetterFacts]
    _contents: dict[UUID | None, LetterContent] = field(default_factory=dict)
    _facts: dict[UUID | None, Facts] = field(default_factory=dict)

    @classmethod
    def of(cls, case_id: UUID) -> Self:
        """Of a case with at least one debt. No permission is checked."""
        return cls(case_id, letter_facts.debt_facts(case_id))

    def content(self, about: UUID | None, answers: Mapping[str, Any] | None = None) -> LetterContent:
        """The content of a document dated today, see `collect.content`."""
        if about not in self._contents:
            self._contents[about] = collect.content(self.debts, about=about)
        return replace(self._contents[about], answers=dict(answers or {}))

    def known_answers(self, kind: Kind, about: UUID | None) -> dict[str, Any]:
        """What the interview of this kind need not ask."""
        if about not in self._facts:
            self._facts[about] = known.facts_of(self.case_id, about)
        told = known.answers_for(kind, self.content(about), self._facts[about])
        if known_elsewhere.asks_elsewhere(kind):
            told |= known_elsewhere.answers_for(kind, self.case_id, about)
        return told

    def facts_about(self, obligation_id: UUID | None) -> LetterFacts:
        """The debt, or the first one of the case for a document about the whole of it."""
        return next((one for one in self.debts if one.obligation_id == obligation_id), self.debts[0])
