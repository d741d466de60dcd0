"""Which documents a procedure is about: prepared by themselves when it is opened, as far as the case knows what they ask."""

from typing import Final

from kenes.cases.models import Track
from kenes.cases.obligations.letter_facts import LetterFacts
from kenes.cases.states.track import TrackKind
from kenes.documents import catalogue
from kenes.documents.catalogue import Kind

_VULNERABLE: Final = "DEFERRAL_VULNERABLE"
_SELF_SALE: Final = "COLLATERAL_SELF_SALE"
# What to ask a new holder of a debt for.
_AFTER_ASSIGNMENT: Final = ("CONTRACT_COPY_REQUEST", "DEBT_STATEMENT_REQUEST")


def kinds_for(track: Track, facts: LetterFacts) -> list[Kind]:
    """Kinds that this procedure prepares about this debt, the one that moves it first. Empty when none fits the lender."""
    found = catalogue.for_lender(track.kind, facts.creditor_type)
    codes = [kind.code for kind in found]
    if track.kind == TrackKind.RESTRUCTURING and codes:
        if facts.income.targeted_social_aid and "DEFERRAL" in facts.relief_kinds:
            # The obligatory deferral is asked for by a letter of its own, in place of the ordinary one.
            codes[0] = _VULNERABLE
        if "COLLATERAL_SOLD_BY_BORROWER" in facts.relief_kinds:
            codes.append(_SELF_SALE)
    if track.kind == TrackKind.COLLECTOR_COMPLAINT and facts.creditor_type == "COLLECTOR":
        codes += _AFTER_ASSIGNMENT
    known = catalogue.kinds()
    return [known[code] for code in dict.fromkeys(codes) if code in known]


def moves_procedure(code: str) -> bool:
    """Whether the fate of this document is the fate of its procedure."""
    kind = catalogue.get(code)
    return kind is not None and kind.main


def goes_to_creditor(code: str, creditor_type: str) -> bool:
    """Whether the product sends this document to the creditor of its debt; others the borrower hands in."""
    kind = catalogue.get(code)
    if kind is None:
        return True
    return kind.to == "lender" or (kind.to == "collector" and creditor_type == "COLLECTOR")
