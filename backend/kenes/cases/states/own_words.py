"""States in words to the borrower himself, where the plain ones speak of him as of somebody else."""

from collections.abc import Mapping
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy

from kenes.cases.states.case import CaseStatus
from kenes.cases.states.track import TrackKind, TrackState

T = TrackState

CASE: Final[Mapping[str, Promise]] = {
    CaseStatus.AWAITING_BORROWER: pgettext_lazy("own", "Waiting for papers from you"),
}
TRACK: Final[Mapping[str, Promise]] = {
    T.REFUSED_BY_BORROWER: pgettext_lazy("own", "You declined the offer"),
    T.DECISION_FOR: pgettext_lazy("own", "Decided in your favour"),
    T.DECISION_PARTIAL: pgettext_lazy("own", "Decided partly in your favour"),
    T.DECISION_AGAINST: pgettext_lazy("own", "Decided against you"),
    T.BORROWER_ACCEPTS: pgettext_lazy("own", "You accepted the decision"),
    T.BORROWER_DECLINES: pgettext_lazy("own", "You declined the decision"),
    T.ACCEPTED_BY_BORROWER: pgettext_lazy("own", "You agreed to mediation"),
}
COURT: Final[Mapping[str, Promise]] = {
    T.DECISION_FOR: pgettext_lazy("own", "The court decided in your favour"),
    T.DECISION_PARTIAL: pgettext_lazy("own", "The court decided partly in your favour"),
    T.DECISION_AGAINST: pgettext_lazy("own", "The court decided against you"),
}


def case_label(status: str, *, own: bool = False) -> str:
    """The status of a case; `own` for the borrower himself."""
    return str((CASE.get(status) if own else None) or CaseStatus(status).label)


def track_label(kind: str, state: str) -> Promise | None:
    """The state of a procedure in words to the borrower; None where the plain ones will do."""
    return (COURT.get(state) if kind == TrackKind.COURT_SUPPORT else None) or TRACK.get(state)
