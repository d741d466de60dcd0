"""The route of a stored case: which procedures its story calls for today, and how pressing it is.

Called by services inside their transaction, with the case row locked; nothing here checks permission.
"""

from collections.abc import Sequence
from datetime import date
from typing import Any, Final

from kenes.cases.events.cases import TrackProposed
from kenes.cases.events.procedures import TrackProposalDropped
from kenes.cases.models import Case, CaseStory, Obligation, Track
from kenes.cases.states.track import TrackKind, TrackState
from kenes.cases.terms import deadlines
from kenes.cases.tracks import facts, routing
from kenes.event_log import services as event_log
from kenes.foundation import clock
from kenes.foundation.actor import SystemActor
from kenes.law import selectors as law

ROUTER: Final = SystemActor("case-router")
_LEFT: Final = frozenset(
    set(TrackState) - {TrackState.PROPOSED, TrackState.PREPARING, TrackState.READY_TO_SIGN, TrackState.SIGNED}
)


def debts_for_matching(obligations: Sequence[Obligation]) -> list[facts.Debt]:
    """Debts as fact matching needs them; the creditors are loaded."""
    return [
        facts.Debt(
            creditor_type=row.creditor.type,
            creditor_keys=tuple(row.creditor.name_keys),
            contract_number=row.contract_number,
            overdue_since=row.overdue_since,
        )
        for row in obligations
    ]


def story_of(case: Case) -> routing.Story:
    """The stored case as routing sees it today."""
    obligations = list(case.obligations.select_related("creditor").order_by("position"))
    place = {row.id: index for index, row in enumerate(obligations)}
    left = set(
        case.tracks.filter(kind=TrackKind.RESTRUCTURING, state__in=_LEFT).values_list(
            "obligation_id", flat=True
        )
    )
    told = CaseStory.objects.get(case=case)
    known = case.facts.filter(superseded_at__isnull=True).order_by("on", "created_at")
    income: dict[str, Any] = told.income
    return routing.Story(
        today=clock.today(),
        debts=[
            routing.StoryDebt(
                row.creditor.type, row.total_tiyn, row.overdue_since, bool(row.collateral), row.id in left
            )
            for row in obligations
        ],
        facts=[
            routing.StoryFact(fact.kind, fact.on, (place[fact.obligation_id],) if fact.obligation_id else ())
            for fact in known
        ],
        assets_tiyn=sum(asset["value_tiyn"] for asset in told.assets),
        monthly_now_tiyn=income["monthly_now_tiyn"],
        avg12_tiyn=_or(income.get("avg12_tiyn"), income["monthly_before_tiyn"]),
        avg2_tiyn=_or(income.get("avg2_tiyn"), income["monthly_now_tiyn"]),
        targeted_social_aid=income["targeted_social_aid"],
        relief_kinds=frozenset(told.relief["kinds"]),
        words=f"{told.hardship['text']} {told.relief.get('comment', '')}",
    )


def _or(value: int | None, instead: int) -> int:
    return instead if value is None else value


def limits_on(day: date) -> routing.Limits:
    """Figures of the law for a day: thresholds count in monthly indices of that day."""
    limits = routing_limits()
    return routing.Limits(
        extrajudicial_tiyn=limits["extrajudicial_mci"] * law.mci_tiyn(day),
        steady_income_percent=limits["steady_income_percent"],
        urgent_window_days=limits["urgent_window_days"],
        social_aid_months=limits["social_aid_months"],
    )


def routing_limits() -> dict[str, int]:
    limits: dict[str, int] = deadlines.routing_data()["limits"]
    return limits


def reroute(case: Case) -> list[routing.Proposal]:
    """Propose the route anew: add what is missing, take back what is no longer called for, set urgency and next term.

    Opened tracks stay as they are. The caller saves the case.
    """
    told = story_of(case)
    terms, limits = deadlines.term_of(told.today), limits_on(told.today)
    proposals = routing.propose(told, terms, limits)
    obligations = list(case.obligations.order_by("position").values_list("id", flat=True))
    # Proposals last: where one stands beside an ended track of its kind, it is the one to keep or drop.
    existing = {
        (track.kind, track.obligation_id): track
        for track in sorted(case.tracks.all(), key=lambda row: row.proposed)
    }
    wanted = {}
    for proposal in proposals:
        obligation_id = None if proposal.debt is None else obligations[proposal.debt]
        wanted[proposal.kind.value, obligation_id] = proposal
    now = clock.now()
    for key, proposal in wanted.items():
        if key in existing:
            continue
        track = Track.objects.create(
            case=case,
            kind=key[0],
            obligation_id=key[1],
            reasons=list(proposal.reasons),
            created_at=now,
            updated_at=now,
        )
        event_log.record(
            TrackProposed(
                case_id=case.id, track_id=track.id, kind=track.kind, obligation_id=track.obligation_id
            ),
            actor=ROUTER,
        )
    _drop_proposals(case, [track for key, track in existing.items() if track.proposed and key not in wanted])
    case.computed_urgency = routing.urgency(told, proposals, terms, limits)
    # A manager may hold a case more urgent than its story says, never less.
    case.urgency = min(case.computed_urgency, case.raised_urgency or case.computed_urgency)
    deadlines.refresh_next_due(case)
    return proposals


def _drop_proposals(case: Case, stale: Sequence[Track]) -> None:
    for track in stale:
        event = TrackProposalDropped(
            case_id=case.id, track_id=track.id, kind=track.kind, obligation_id=track.obligation_id
        )
        event_log.record(event, actor=ROUTER)
    case.tracks.filter(pk__in=[track.id for track in stale]).delete()
