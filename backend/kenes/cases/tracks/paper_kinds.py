"""Names of kinds of papers, and whether a paper looks like the one that was asked for."""

from collections.abc import Mapping
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import get_language, pgettext_lazy

from kenes.cases.models import PaperCode
from kenes.cases.tracks import paper_checklists

# Papers that no list of papers to ask for knows.
_KINDS: Final[dict[str, Promise]] = {
    "PAYMENT_SCHEDULE": pgettext_lazy("kind of paper", "Payment schedule"),
    "DEBT_NOTICE": pgettext_lazy("kind of paper", "Claim or notice of the debt"),
    "COURT_ORDER": pgettext_lazy("kind of paper", "Court order"),
    "COURT_DECISION": pgettext_lazy("kind of paper", "Court decision"),
    "ENFORCEMENT": pgettext_lazy("kind of paper", "Paper of a bailiff"),
    "COLLECTOR_LETTER": pgettext_lazy("kind of paper", "Letter of a collection agency"),
    "LENDER_REFUSAL": pgettext_lazy("kind of paper", "Refusal of the creditor"),
}
# A paper asked for under one code may well be one of these.
_ALSO: Final[Mapping[str, frozenset[str]]] = {
    "LENDER_REPLY": frozenset({"LENDER_REFUSAL"}),
    "COURT_PAPERS": frozenset({"COURT_ORDER", "COURT_DECISION", "ENFORCEMENT"}),
    "CREDIT_CONTRACT": frozenset({"PAYMENT_SCHEDULE"}),
    "DEBT_STATEMENT": frozenset({"DEBT_NOTICE"}),
    "ASSIGNMENT_NOTICE": frozenset({"COLLECTOR_LETTER"}),
    "DISABILITY_CERTIFICATE": frozenset({"MEDICAL_PAPERS"}),
}


def title(code: str, written: str) -> str:
    """How a paper is called in the reader's language where a checklist knows it; nothing where it was erased."""
    listed = paper_checklists.words(code, (get_language() or "ru")[:2]) if code and written else None
    return listed["title"] if listed is not None else written


def label(code: str) -> str:
    """Name of a kind of paper in the reader's language; empty for a code that nothing knows."""
    if code in _KINDS:
        return str(_KINDS[code])
    listed = paper_checklists.words(code, (get_language() or "ru")[:2])
    if listed is not None:
        return listed["title"]
    return str(PaperCode(code).label) if code in PaperCode.values else ""


def fits(asked: str, kind: str) -> bool:
    """Whether a paper of this kind is the one asked for; true as long as either is not known."""
    return not (asked and kind) or kind == asked or kind in _ALSO.get(asked, ())
