"""Duties of others that were not kept in time: what follows by itself, and which next step opens to the borrower.

Which duty opens which step stands in `data/duties.json`: by the event and the bound side of the rule, and by the kind of
creditor. Called inside services and timers, with the case locked.
"""

import json
from functools import cache
from pathlib import Path
from typing import Any, Final

from django.db.models import Q

from kenes.cases.events.terms import DeadlineMissed, StepOffered
from kenes.cases.models import Case, CaseDeadline, FactSource, StepOffer, Track
from kenes.cases.states.case import CaseStatus
from kenes.cases.states.track import TrackKind, TrackState
from kenes.cases.tracks import progress
from kenes.event_log import services as event_log
from kenes.foundation import clock
from kenes.foundation.actor import Actor

_DUTIES: Final = Path(__file__).parents[1] / "data" / "duties.json"
# Cases in which a step may be opened; elsewhere only the missed term is noted.
WORKED_ON: Final = frozenset({CaseStatus.TRIAGE, CaseStatus.AWAITING_BORROWER, CaseStatus.ACTIVE})
_WITH_CREDITOR: Final = (TrackState.SENT, TrackState.RECEIVED, TrackState.UNDER_REVIEW)


@cache
def duties_data() -> dict[str, Any]:
    """Duty («event/bound side») -> the fact that its breach means, and the steps by kind of creditor."""
    data: dict[str, Any] = json.loads(_DUTIES.read_text(encoding="utf-8"))
    return data


def note_expiry(actor: Actor, case: Case, row: CaseDeadline) -> bool:
    """A term of a locked case is over and unmet: note it once, record what silence means, offer the next step.

    Returns whether there was anything to do.
    """
    noted = row.watched and row.missed_at is None
    if row.watched and row.missed_at is None:
        row.missed_at = clock.now()
        row.save(update_fields=["missed_at"])
        event_log.record(
            DeadlineMissed(
                case_id=case.id, deadline_id=row.pk, rule_key=row.rule_key, bound=row.bound, due=row.due
            ),
            actor=actor,
        )
    duty = f"{row.starts_on}/{row.bound}"
    if duty in duties_data() and case.status in WORKED_ON and _is_latest(case, row):
        _record_silence(actor, case, row, duty)
        return _offer(actor, case, row, duty) or noted
    return noted


def _is_latest(case: Case, row: CaseDeadline) -> bool:
    """Whether no later term of the same duty still runs, as after a second application."""
    debt = Q(obligation__isnull=True) if row.obligation_id is None else Q(obligation_id=row.obligation_id)
    alike = case.deadlines.filter(debt, starts_on=row.starts_on, bound=row.bound, met_on__isnull=True)
    return not alike.filter(due__gt=row.due).exists()


def _record_silence(actor: Actor, case: Case, row: CaseDeadline, duty: str) -> None:
    """The fact that a breach means, where the letter has left through the platform; once per term."""
    kind = duties_data()[duty]["fact"]
    if kind is None or row.obligation is None:
        return
    track = _waiting_track(case, row)
    told = case.facts.filter(obligation=row.obligation, kind=kind, superseded_at__isnull=True, on__gt=row.due)
    if track is None or told.exists():
        return
    progress.add_fact(
        actor=actor, case=case, kind=kind, on=clock.today(), text="", obligation=row.obligation,
        source=FactSource.SYSTEM, track=track,
    )  # fmt: skip


def _waiting_track(case: Case, row: CaseDeadline) -> Track | None:
    tracks = case.tracks.filter(obligation=row.obligation, kind=TrackKind.RESTRUCTURING)
    return tracks.filter(state__in=_WITH_CREDITOR).order_by("pk").first()


def _offer(actor: Actor, case: Case, row: CaseDeadline, duty: str) -> bool:
    by_creditor = duties_data()[duty]["steps"]
    creditor_type = row.obligation.creditor.type if row.obligation is not None else "*"
    steps = by_creditor.get(creditor_type, by_creditor["*"])
    offer, made = StepOffer.objects.get_or_create(
        deadline=row,
        defaults={
            "case": case, "obligation": row.obligation, "duty": duty, "steps": steps, "created_at": clock.now(),
        },
    )  # fmt: skip
    if made:
        event_log.record(
            StepOffered(
                case_id=case.id, offer_id=offer.pk, deadline_id=row.pk, duty=duty, steps=tuple(steps)
            ),
            actor=actor,
        )
        return True
    if offer.lapsed_at is not None and not offer.chosen:
        # The day had moved ahead and has now passed again.
        offer.lapsed_at = None
        offer.save(update_fields=["lapsed_at"])
        return True
    return False


def expired(case: Case) -> list[CaseDeadline]:
    """Terms of a case that are over, unmet and not yet dealt with, oldest first."""
    over = case.deadlines.filter(met_on__isnull=True, due__lt=clock.today())
    rows = over.select_related("obligation__creditor", "offer").order_by("due", "pk")
    return [row for row in rows if needs_note(row)]


def needs_note(row: CaseDeadline) -> bool:
    """Whether the expiry of this term has not been dealt with."""
    if row.watched and row.missed_at is None:
        return True
    offer: StepOffer | None = getattr(row, "offer", None)
    return f"{row.starts_on}/{row.bound}" in duties_data() and (
        offer is None or (offer.lapsed_at is not None and not offer.chosen)
    )


# Event and bound side of every duty, for queries.
DUTY_PAIRS: Final = tuple(tuple(key.split("/")) for key in duties_data())
