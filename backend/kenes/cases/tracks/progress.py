"""How a case moves by itself: facts start and meet terms, the route is proposed anew, letters' tracks open.

Called by services inside their transaction, with the case row locked; nothing here checks permission.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final
from uuid import UUID

from kenes.cases.errors.procedures import ObjectionTermMissed
from kenes.cases.events.cases import CaseMoved, FactRecorded, TrackMoved, TrackOpened
from kenes.cases.lists import unread
from kenes.cases.models import (
    Case,
    CaseEvent,
    FactSource,
    FieldChange,
    Obligation,
    OverdueSource,
    Track,
)
from kenes.cases.search import index as search_index
from kenes.cases.states import case as case_states
from kenes.cases.states import machine, tables
from kenes.cases.states.case import CaseAction, CaseStatus
from kenes.cases.states.machine import TrackAction
from kenes.cases.states.track import ENDED, SETTLED, TrackKind, TrackState
from kenes.cases.terms import deadlines
from kenes.cases.tracks import facts, guards, proposing, routing
from kenes.event_log import services as event_log
from kenes.foundation import clock
from kenes.foundation.actor import Actor
from kenes.foundation.errors import Conflict
from kenes.realtime import services as realtime


@dataclass(frozen=True, slots=True)
class Said:
    """What a step of a procedure was told: the day it happened, words, the number of the other side, how it ended."""

    on: date | None = None
    reason: str = ""
    number: str = ""
    outcome: str = ""


NOTHING_SAID: Final = Said()


def add_fact(
    *, actor: Actor, case: Case, kind: str, on: date, text: str, obligation: Obligation | None, source: str,
    track: Track | None = None, by_track: Track | None = None,
) -> CaseEvent:  # fmt: skip
    """Store a fact, start the terms that run from it, meet those it meets, make the steps of procedures it means.

    `by_track`: the procedure whose own step records the fact, so that it moves nothing any more.
    """
    track = track or by_track
    if kind in facts.SINGLE:
        known = _already_known(case, kind, on, obligation, source)
        if known is not None:
            return known
    replaced = _superseded(case, kind, obligation, source) if kind in facts.SINGLE else []
    fact = CaseEvent.objects.create(
        case=case, obligation=obligation, kind=kind, on=on, text=text, source=source, track=track,
        recorded_by_id=actor.user_id, created_at=clock.now(),
    )  # fmt: skip
    if kind == "DELAY_STARTED" and obligation is not None:
        note_delay(actor, case, obligation, on, source)
    CaseEvent.objects.filter(pk__in=replaced).update(superseded_at=fact.created_at, superseded_by=fact)
    if replaced:
        search_index.forget_texts(place="fact", ref_ids=replaced)
    if text:
        search_index.index_text(case_id=case.id, place="fact", ref_id=fact.id, audience="content", text=text)
    started = deadlines.start_terms(fact, replacing=replaced, actor=actor)
    deadlines.meet(case, kind, on, obligation.id if obligation else None, fact.id)
    event_log.record(
        FactRecorded(
            case_id=case.id, fact_id=fact.id, kind=kind, on=on, source=source, deadlines=len(started),
            obligation_id=obligation.id if obligation else None,
        ),
        actor=actor,
    )  # fmt: skip
    if by_track is None:
        _move_tracks_by_fact(actor, case, fact)
        _wake_by_fact(case, kind)
    return fact


def note_delay(actor: Actor, case: Case, obligation: Obligation, on: date, source: str) -> None:
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


def _superseded(case: Case, kind: str, obligation: Obligation | None, source: str) -> list[UUID]:
    """Statements whose place a better proof takes; the terms that ran from them go on from the new day."""
    older = CaseEvent.objects.filter(case=case, obligation=obligation, kind=kind, superseded_at__isnull=True)
    if source == FactSource.MAIL_SERVER:
        older = older.filter(source=FactSource.MAIL_SERVER)
    elif kind == "APPLICATION_RECEIVED":
        older = older.filter(source__in=[FactSource.MAIL_SERVER, source])
    return list(older.values_list("id", flat=True))


def _move_tracks_by_fact(actor: Actor, case: Case, fact: CaseEvent) -> None:
    """Procedures of the same debt whose tables wait for this fact move by it; a mail server's word moves nothing."""
    if fact.source == FactSource.MAIL_SERVER:
        return
    running = Track.objects.select_for_update().filter(case=case, obligation=fact.obligation)
    for track in running.exclude(state__in=[TrackState.PROPOSED, *ENDED]).order_by("pk"):
        row = tables.moved_by(track.kind, track.state, fact.kind)
        if row is None:
            continue
        said = Said(on=fact.on)
        try:
            guards.check(row.guard, case, track, said)
        except Conflict:
            continue
        apply_row(actor, case, track, row, said, records_fact=False)


def _wake_by_fact(case: Case, kind: str) -> None:
    """A case in which only payments were watched is worked on again when something new befalls it."""
    if case.status == CaseStatus.MONITORING and kind in facts.WAKES:
        change_status(proposing.ROUTER, case, CaseAction.RESUME)


def apply_track_action(
    actor: Actor, case: Case, track: Track, action: TrackAction, said: Said = NOTHING_SAID
) -> None:
    """Move a locked track by its table as the table has it first; errors of the table where it does not allow it."""
    table = tables.table_of(track.kind)
    rows = table.find(track.state, action)
    if not rows:
        machine.move(table, track, action)
    apply_row(actor, case, track, rows[0], said)


def apply_row(
    actor: Actor,
    case: Case,
    track: Track,
    row: machine.Row,
    said: Said = NOTHING_SAID,
    *,
    records_fact: bool = True,
) -> None:
    """Move a locked track along a row of its table: state, event, the fact the step means, terms it meets.

    Permission, needs and guard were checked before.
    """
    source, now = track.state, clock.now()
    track.state, track.state_since, track.updated_at = row.target, now, now
    track.version += 1
    track.rounds += row.action is TrackAction.COUNTER
    track.external_number = said.number or track.external_number
    track.outcome = said.outcome or track.outcome
    if row.action is TrackAction.OPEN:
        track.opened_at = now
    track.save(
        update_fields=[
            "state", "state_since", "updated_at", "opened_at", "version", "rounds", "external_number", "outcome",
        ]
    )  # fmt: skip
    day = said.on or clock.today()
    if row.meets:
        deadlines.meet(case, row.meets, day, track.obligation_id)
    event_log.record(_move_event(actor, case, track, row, source, said), actor=actor)
    if row.fact and records_fact:
        add_fact(
            actor=actor, case=case, kind=row.fact, on=day, text=said.reason, obligation=track.obligation,
            source=_source_of_step(actor, case), by_track=track,
        )  # fmt: skip
    if row.action is TrackAction.OPEN:
        _after_opening(case, track)
    watch_if_settled(case)


def _move_event(
    actor: Actor, case: Case, track: Track, row: machine.Row, source: str, said: Said
) -> TrackOpened | TrackMoved:
    if row.action is TrackAction.OPEN:
        return TrackOpened(
            case_id=case.id, track_id=track.id, kind=track.kind, obligation_id=track.obligation_id,
            escalated_from=track.escalated_from_id,
        )  # fmt: skip
    change_id = None
    if said.reason:
        words = FieldChange.objects.create(
            case=case, field=f"track:{row.action.value}", new=said.reason, changed_by_id=actor.user_id,
            created_at=clock.now(),
        )  # fmt: skip
        change_id = words.id
    return TrackMoved(
        case_id=case.id, track_id=track.id, kind=track.kind, action=row.action.value, source=source,
        target=track.state, on=said.on, change_id=change_id, outcome=said.outcome,
    )  # fmt: skip


def _source_of_step(actor: Actor, case: Case) -> str:
    if actor.is_system:
        return FactSource.SYSTEM
    return (
        FactSource.BORROWER if case.borrower_id in {actor.user_id, actor.on_behalf_of} else FactSource.STAFF
    )


def _after_opening(case: Case, track: Track) -> None:
    """An objection cannot wait: where the day of receiving the copy is known, it goes on the same minute."""
    if track.kind != TrackKind.NOTARY_OBJECTION:
        return
    known = case.facts.filter(
        obligation=track.obligation, kind="INSCRIPTION_RECEIVED", superseded_at__isnull=True
    )
    day = known.order_by("-on").values_list("on", flat=True).first()
    if day is None:
        return
    table, said = tables.table_of(track.kind), Said(on=day)
    try:
        row = table.find(track.state, TrackAction.PREPARE)[0]
        guards.check(row.guard, case, track, said)
    except ObjectionTermMissed:
        row = table.find(track.state, TrackAction.MISS_TERM)[0]
    apply_row(proposing.ROUTER, case, track, row, said, records_fact=False)


def route_after_submission(case: Case) -> None:
    """The system takes the case; where only letters to creditors are called for, it also starts the work."""
    proposals = proposing.reroute(case)
    change_status(proposing.ROUTER, case, CaseAction.TAKE)
    if routing.only_automatic(proposals):
        change_status(proposing.ROUTER, case, CaseAction.ACTIVATE)
        open_tracks(proposing.ROUTER, case, [TrackKind.RESTRUCTURING])
    save_progress(case)


def open_tracks(actor: Actor, case: Case, kinds: Sequence[str]) -> int:
    """Open the proposed tracks of these kinds, one per obligation; returns how many were opened."""
    proposed = case.tracks.select_for_update().filter(kind__in=kinds, state=TrackState.PROPOSED)
    rows = list(proposed.order_by("pk"))
    place = dict(case.obligations.values_list("pk", "position"))
    for track in sorted(rows, key=lambda row: place[row.obligation_id] if row.obligation_id else 0):
        apply_track_action(actor, case, track, TrackAction.OPEN)
    return len(rows)


def open_track(
    actor: Actor, case: Case, track: Track, source: Track | None = None, said: Said = NOTHING_SAID
) -> None:
    """Open a locked proposed track; the procedure it follows from ends as taken further."""
    if source is not None:
        track.escalated_from = source
        track.save(update_fields=["escalated_from"])
        rows = tables.table_of(source.kind).find(source.state, TrackAction.ESCALATE)
        if rows:
            apply_row(actor, case, source, rows[0])
    if said.reason:
        FieldChange.objects.create(
            case=case,
            field="track:open",
            new=said.reason,
            changed_by_id=actor.user_id,
            created_at=clock.now(),
        )
    apply_track_action(actor, case, track, TrackAction.OPEN)


def change_status(actor: Actor, case: Case, action: CaseAction, **said: Any) -> None:
    """Move the locked case by the table and keep the event; the caller saves the case."""
    source = case.status
    case_states.move(case, action)
    event_log.record(
        CaseMoved(case_id=case.id, action=action.value, source=source, target=case.status, **said),
        actor=actor,
    )


def watch_if_settled(case: Case) -> None:
    """The status that follows from the procedures: all settled means watching payments, anything else means work."""
    states = set(case.tracks.exclude(state=TrackState.PROPOSED).values_list("state", flat=True))
    under_way = states - SETTLED - ENDED
    if case.status == CaseStatus.ACTIVE and states & SETTLED and not under_way:
        change_status(proposing.ROUTER, case, CaseAction.MONITOR)
    elif case.status == CaseStatus.MONITORING and under_way:
        change_status(proposing.ROUTER, case, CaseAction.RESUME)


def save_progress(case: Case) -> None:
    """Save what a step may have changed, count the version up, tell open pages to look again."""
    deadlines.refresh_next_due(case)
    case.version += 1
    case.updated_at = clock.now()
    case.save(
        update_fields=[
            "status", "urgency", "computed_urgency", "raised_urgency", "queue", "next_due", "assignee", "outcome", "decline_reason", "resume_on", "closed_at",
            "closing_confirmed_at",
            "version", "updated_at",
        ]
    )  # fmt: skip
    hint_changed(case)


def hint_changed(case: Case) -> None:
    """The case has news: its words for the search follow; after the commit open pages and the lists of staff fetch anew."""
    unread.note_activity(case)
    search_index.refresh(case)
    realtime.hint(f"case:{case.id}", "case.changed", case.id)
    realtime.hint("staff", "case.changed", case.id)
