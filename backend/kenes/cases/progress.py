"""How a case moves by itself: facts start and meet terms, the route is proposed anew, letters' tracks open.

Called by services inside their transaction, with the case row locked; nothing here checks permission.
"""

from collections.abc import Sequence
from datetime import date
from typing import Any, Final

from kenes.cases import deadlines, facts, routing, unread
from kenes.cases.events import CaseMoved, FactRecorded, TrackMoved, TrackOpened, TrackProposed
from kenes.cases.models import (
    Case,
    CaseEvent,
    CaseStory,
    FactSource,
    FieldChange,
    Obligation,
    OverdueSource,
    Track,
)
from kenes.cases.states import case as case_states
from kenes.cases.states import machine, tables
from kenes.cases.states.case import CaseAction, CaseStatus
from kenes.cases.states.machine import TrackAction
from kenes.cases.states.track import RUNNABLE, TrackKind, TrackState
from kenes.event_log import services as event_log
from kenes.foundation import clock
from kenes.foundation.actor import Actor, SystemActor
from kenes.law import selectors as law
from kenes.realtime import services as realtime

ROUTER: Final = SystemActor("case-router")
# A fact about a creditor moves the track of that debt.
_FACT_MOVES: Final = {
    "APPLICATION_RECEIVED": TrackAction.RECEIVE,
    "REFUSED": TrackAction.REFUSE,
    "NO_REPLY": TrackAction.NO_REPLY,
    "OFFER_RECEIVED": TrackAction.OFFER,
    "AGREED": TrackAction.AGREE,
}
_LEFT: Final = frozenset(
    set(TrackState) - {TrackState.PROPOSED, TrackState.PREPARING, TrackState.READY_TO_SIGN, TrackState.SIGNED}
)


def add_fact(
    *, actor: Actor, case: Case, kind: str, on: date, text: str, obligation: Obligation | None, source: str,
    track: Track | None = None,
) -> CaseEvent:  # fmt: skip
    """Store a fact, start the terms that run from it, meet those it meets, move the debt's track."""
    if kind in facts.SINGLE:
        known = _already_known(case, kind, on, obligation, source)
        if known is not None:
            return known
        _supersede(case, kind, obligation, source)
    fact = CaseEvent.objects.create(
        case=case, obligation=obligation, kind=kind, on=on, text=text, source=source, track=track,
        recorded_by_id=actor.user_id, created_at=clock.now(),
    )  # fmt: skip
    if kind == "DELAY_STARTED" and obligation is not None:
        _note_delay(actor, case, obligation, on, source)
    started = deadlines.start_terms(fact)
    deadlines.meet(case, kind, on, obligation.id if obligation else None)
    event_log.record(
        FactRecorded(
            case_id=case.id, fact_id=fact.id, kind=kind, on=on, source=source, deadlines=len(started),
            obligation_id=obligation.id if obligation else None,
        ),
        actor=actor,
    )  # fmt: skip
    if obligation is not None:
        _move_track_by_fact(actor, case, kind, obligation, source)
    return fact


def _note_delay(actor: Actor, case: Case, obligation: Obligation, on: date, source: str) -> None:
    """The debt itself says since when it is in delay; what it said before is kept."""
    if obligation.overdue_since == on:
        return
    FieldChange.objects.create(
        case=case, field=f"obligations/{obligation.position}/overdue_since", old=str(obligation.overdue_since or ""),
        new=on.isoformat(), changed_by_id=actor.user_id, created_at=clock.now(),
    )  # fmt: skip
    obligation.overdue_since = on
    known = {choice.value for choice in OverdueSource}
    obligation.overdue_since_source = source if source in known else OverdueSource.DOCUMENT
    obligation.save(update_fields=["overdue_since", "overdue_since_source"])


def _already_known(
    case: Case, kind: str, on: date, obligation: Obligation | None, source: str
) -> CaseEvent | None:
    """The same statement again, or a better proof than the mail server's word: nothing new."""
    same = CaseEvent.objects.filter(case=case, obligation=obligation, kind=kind, superseded_at__isnull=True)
    if source == FactSource.MAIL_SERVER:
        proved = same.filter(on__gte=on).exclude(source__in=[FactSource.MAIL_SERVER, FactSource.BORROWER])
        return proved.first() or same.filter(on=on).first()
    return same.filter(on=on, source=source).first()


def _supersede(case: Case, kind: str, obligation: Obligation | None, source: str) -> None:
    """A better proof takes the place of what was assumed; the terms that ran from the assumption go with it."""
    older = CaseEvent.objects.filter(case=case, obligation=obligation, kind=kind, superseded_at__isnull=True)
    if source == FactSource.MAIL_SERVER:
        older = older.filter(source=FactSource.MAIL_SERVER)
    elif kind == "APPLICATION_RECEIVED":
        older = older.filter(source__in=[FactSource.MAIL_SERVER, source])
    ids = list(older.values_list("id", flat=True))
    if ids:
        CaseEvent.objects.filter(pk__in=ids).update(superseded_at=clock.now())
        case.deadlines.filter(fact_id__in=ids).delete()


def _move_track_by_fact(actor: Actor, case: Case, kind: str, obligation: Obligation, source: str) -> None:
    action = _FACT_MOVES.get(kind)
    if action is None or source == FactSource.MAIL_SERVER:
        return
    track = (
        Track.objects.select_for_update()
        .filter(case=case, obligation=obligation, kind=TrackKind.RESTRUCTURING)
        .first()
    )
    if track is not None and tables.table_of(track.kind).find(track.state, action):
        apply_track_action(actor, case, track, action)


def apply_track_action(actor: Actor, case: Case, track: Track, action: TrackAction) -> None:
    """Move a locked track by its table, keep the event, meet the terms that a sent letter meets."""
    source = track.state
    machine.move(tables.table_of(track.kind), track, action)
    track.updated_at = clock.now()
    if action is TrackAction.OPEN:
        track.opened_at = track.updated_at
    track.save(update_fields=["state", "updated_at", "opened_at"])
    if action is TrackAction.SEND:
        deadlines.meet(case, "APPLICATION_SENT", clock.today(), track.obligation_id)
    if action is TrackAction.OPEN:
        event_log.record(
            TrackOpened(
                case_id=case.id, track_id=track.id, kind=track.kind, obligation_id=track.obligation_id
            ),
            actor=actor,
        )
        return
    event_log.record(
        TrackMoved(
            case_id=case.id, track_id=track.id, kind=track.kind, action=action.value, source=source,
            target=track.state,
        ),
        actor=actor,
    )  # fmt: skip


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
    existing = {(track.kind, track.obligation_id): track for track in case.tracks.all()}
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
    stale = [track.id for key, track in existing.items() if track.proposed and key not in wanted]
    case.tracks.filter(pk__in=stale).delete()
    case.computed_urgency = routing.urgency(told, proposals, terms, limits)
    # A manager may hold a case more urgent than its story says, never less.
    case.urgency = min(case.computed_urgency, case.raised_urgency or case.computed_urgency)
    deadlines.refresh_next_due(case)
    return proposals


def route_after_submission(case: Case) -> None:
    """The system takes the case; where only letters to creditors are called for, it also starts the work."""
    proposals = reroute(case)
    change_status(ROUTER, case, CaseAction.TAKE)
    if routing.only_automatic(proposals):
        change_status(ROUTER, case, CaseAction.ACTIVATE)
        open_tracks(ROUTER, case, [TrackKind.RESTRUCTURING])
    save_progress(case)


def open_tracks(actor: Actor, case: Case, kinds: Sequence[str]) -> int:
    """Open the proposed tracks of these kinds, one per obligation; returns how many were opened."""
    proposed = case.tracks.select_for_update().filter(
        kind__in=[kind for kind in kinds if kind in RUNNABLE], state=TrackState.PROPOSED
    )
    rows = list(proposed.order_by("pk"))
    place = dict(case.obligations.values_list("pk", "position"))
    for track in sorted(rows, key=lambda row: place[row.obligation_id] if row.obligation_id else 0):
        apply_track_action(actor, case, track, TrackAction.OPEN)
    return len(rows)


def change_status(actor: Actor, case: Case, action: CaseAction, **said: Any) -> None:
    """Move the locked case by the table and keep the event; the caller saves the case."""
    source = case.status
    case_states.move(case, action)
    event_log.record(
        CaseMoved(case_id=case.id, action=action.value, source=source, target=case.status, **said),
        actor=actor,
    )


def watch_if_settled(case: Case) -> None:
    """All procedures have ended and at least one with an agreement: from now on only the payments are watched."""
    states = set(case.tracks.exclude(state=TrackState.PROPOSED).values_list("state", flat=True))
    settled = {TrackState.PERFORMING, TrackState.DONE}
    ended = {*settled, TrackState.DONE_NO_RESULT, TrackState.ESCALATED}
    if case.status == CaseStatus.ACTIVE and states & settled and states <= ended:
        change_status(ROUTER, case, CaseAction.MONITOR)


def save_progress(case: Case) -> None:
    """Save what a step may have changed, count the version up, tell open pages to look again."""
    deadlines.refresh_next_due(case)
    case.version += 1
    case.updated_at = clock.now()
    case.save(
        update_fields=[
            "status", "urgency", "computed_urgency", "raised_urgency", "queue", "next_due", "assignee", "outcome", "decline_reason", "resume_on", "closed_at",
            "version", "updated_at",
        ]
    )  # fmt: skip
    hint_changed(case)


def hint_changed(case: Case) -> None:
    """The case has news; after the commit open pages of it and the lists of staff fetch anew."""
    unread.note_activity(case)
    realtime.hint(f"case:{case.id}", "case.changed", case.id)
    realtime.hint("staff", "case.changed", case.id)
