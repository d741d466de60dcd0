"""A questionnaire was filled in. Answers stand encrypted in the row that the id names."""

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from kenes.event_log.events import Event


@dataclass(frozen=True, slots=True)
class EligibilityChecked(Event):
    """Somebody checked a right on a case."""

    type: ClassVar[str] = "case.eligibility_checked"
    case_id: UUID
    check_id: UUID
    questionnaire: str
    edition: str
    verdict: str
