"""What may come after a procedure that did not help: which next steps fit, and why. The borrower chooses, staff advise."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from kenes.cases.models import Case, CaseEvent, Obligation, Track
from kenes.cases.states import tables
from kenes.cases.states.case import CaseStatus
from kenes.cases.states.track import CASE_WIDE, ENDED, TrackKind, TrackState

K = TrackKind
# Nothing of these costs the borrower a fee; of the others the fee is named before anything is owed.
FREE: Final = frozenset(
    {K.OMBUDSMAN, K.REGULATOR, K.COLLECTOR_COMPLAINT, K.RESTRUCTURING, K.BANKRUPTCY_EXTRAJUDICIAL}
)
_OMBUDSMAN_OF: Final = frozenset({"BANK", "MFO", "COLLECTOR", "PAWNSHOP", "CREDIT_PARTNERSHIP", "SERVICER"})
_INSOLVENCY: Final = frozenset({K.BANKRUPTCY_EXTRAJUDICIAL, K.BANKRUPTCY_JUDICIAL, K.SOLVENCY_RESTORATION})
_PROOF: Final = frozenset({"APPLICATION_RECEIVED", "REFUSED", "OFFER_RECEIVED"})
_COURT: Final = frozenset({"COURT_DATE"})


@dataclass(frozen=True, slots=True)
class Offer:
    """A next step that fits: the kind, the code of why, and whether it costs nothing."""

    kind: TrackKind
    reason: str
    free: bool


def offers(
    case: Case, track: Track, tracks: Sequence[Track], facts: Iterable[CaseEvent], lenders: Mapping[UUID, str]
) -> list[Offer]:
    """Next steps to offer beside a procedure, in the order of its table; from loaded rows, no queries.

    `lenders`: kinds of creditors by debt. What already runs for the debt is not offered, nor the ombudsman without proof of an application or while a court
    considers the debt, nor insolvency unless the rules suggest it.
    """
    if case.status not in {CaseStatus.ACTIVE, CaseStatus.MONITORING}:
        return []
    kinds = tables.table_of(track.kind).next_steps.get(TrackState(track.state), ())
    about = [row for row in facts if row.obligation_id in {None, track.obligation_id}]
    return [
        Offer(kind, _why(track, kind), kind in FREE)
        for kind in kinds
        if _fits(kind, lenders.get(track.obligation_id) if track.obligation_id else None, about)
        and not _taken(kind, track, tracks)
    ]


def _fits(kind: TrackKind, lender: str | None, about: Sequence[CaseEvent]) -> bool:
    kinds = {row.kind for row in about}
    if kind is K.OMBUDSMAN:
        return lender in _OMBUDSMAN_OF and bool(kinds & _PROOF) and not kinds & _COURT
    return True


def _taken(kind: TrackKind, track: Track, tracks: Sequence[Track]) -> bool:
    """It runs already, or it was gone through from this very procedure."""
    debt = None if kind in CASE_WIDE else track.obligation_id
    same = [row for row in tracks if row.kind == kind and row.obligation_id == debt and not row.proposed]
    running = any(row.state not in ENDED for row in same)
    suggested = any(row.kind == kind and row.proposed for row in tracks)
    if kind in _INSOLVENCY and not suggested:
        return True
    return running or any(row.escalated_from_id == track.pk for row in same)


def _why(track: Track, kind: TrackKind) -> str:
    """Code of the reason: why this kind after that state."""
    state = TrackState(track.state)
    if kind in _INSOLVENCY:
        return "cannot_pay"
    if kind in {K.MEDIATION, K.COURT_SUPPORT, K.RESTRUCTURING}:
        return {K.MEDIATION: "talks_with_help", K.COURT_SUPPORT: "only_court", K.RESTRUCTURING: "ask_again"}[
            kind
        ]
    return {
        TrackState.REFUSED: "refused", TrackState.NO_REPLY: "no_reply", TrackState.BREACHED: "breached",
        TrackState.REFUSED_BY_BORROWER: "offer_declined",
    }.get(state, "did_not_help")  # fmt: skip


def source_of(case: Case, kind: TrackKind, debt: Obligation | None) -> Track | None:
    """The procedure from which a step of this kind is offered for this debt; the newest of several. Queries, not for lists."""
    tracks = list(case.tracks.order_by("-updated_at", "pk"))
    lenders = dict(case.obligations.values_list("pk", "creditor__type"))
    facts = list(case.facts.filter(superseded_at__isnull=True))
    for track in tracks:
        same_debt = (
            kind in CASE_WIDE
            or track.obligation_id is None
            or track.obligation_id == (debt.pk if debt else None)
        )
        if same_debt and any(offer.kind is kind for offer in offers(case, track, tracks, facts, lenders)):
            return track
    return None
