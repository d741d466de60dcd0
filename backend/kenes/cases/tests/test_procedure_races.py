"""Two at once, with real threads on PostgreSQL: step against step, two who open, two who submit."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from threading import Barrier
from typing import Any

import pytest
from django.db import connection, connections

from kenes.accounts import selectors as account_selectors
from kenes.accounts.models import User
from kenes.cases import testing
from kenes.cases.errors.cases import CaseAlreadySubmitted, TrackMoveRepeated, TrackTransitionNotAllowed
from kenes.cases.errors.procedures import TrackAlreadyOpen, TrackChangedMeanwhile
from kenes.cases.models import Case, Track
from kenes.cases.story import submission
from kenes.cases.tracks import procedures
from kenes.cases.tracks.progress import Said
from kenes.event_log.models import EventRow
from kenes.foundation import clock
from kenes.foundation.errors import KenesError

pytestmark = pytest.mark.django_db(transaction=True)
TODAY = date(2026, 11, 18)


def both(*work: Callable[[], Any]) -> list[Any]:
    """Run all at the same moment, each on a connection of its own; results or the coded errors."""
    gate = Barrier(len(work))

    def one(task: Callable[[], Any]) -> Any:
        try:
            with clock.demo_today(TODAY):
                gate.wait(timeout=20)
                return task()
        except KenesError as problem:
            return problem
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(work)) as pool:
        return list(pool.map(one, work))


def moves(case: Case) -> list[tuple[str, str, str]]:
    rows = EventRow.objects.filter(type="case.track_moved", data__case_id=str(case.pk)).order_by("seq")
    return [(row.data["source"], row.data["action"], row.data["target"]) for row in rows]


@pytest.fixture
def case(reference: None, borrower: User) -> Case:
    with clock.demo_today(TODAY):
        return testing.make_case(borrower)


def test_two_steps_at_once_leave_one_trace(case: Case, supervisor: User) -> None:
    actor = account_selectors.actor_for(supervisor)
    with clock.demo_today(TODAY):
        track = procedures.open_track(actor=actor, case_id=case.id, kind="MEDIATION", reason="Просят")

    def step(action: str) -> Callable[[], Any]:
        return lambda: procedures.move_track(
            actor=actor,
            track_id=track.id,
            action=action,
            said=Said(on=TODAY, reason="Отказ"),
            version=track.version,
        )

    results = both(step("decline"), step("withdraw"))
    refused = [result for result in results if isinstance(result, KenesError)]
    assert len(refused) == 1
    assert isinstance(refused[0], TrackChangedMeanwhile | TrackTransitionNotAllowed | TrackMoveRepeated)
    track.refresh_from_db()
    assert [move[2] for move in moves(case)] == [track.state]


def test_two_who_open_make_one_procedure(case: Case, supervisor: User) -> None:
    actor = account_selectors.actor_for(supervisor)
    work = [
        lambda: procedures.open_track(actor=actor, case_id=case.id, kind="CONSULTATION", reason="Вопрос")
        for _ in range(3)
    ]
    results = both(*work)
    assert sorted(type(result).__name__ for result in results) == [
        "Track",
        "TrackAlreadyOpen",
        "TrackAlreadyOpen",
    ]
    assert Track.objects.filter(case=case, kind="CONSULTATION").count() == 1
    assert TrackAlreadyOpen.code == "case.track_already_open"


def test_a_double_submit_gives_one_number(reference: None, borrower: User) -> None:
    actor = account_selectors.actor_for(borrower)
    with clock.demo_today(TODAY):
        draft = submission.create_draft(actor=actor, language="ru")
        form = testing.form()
    results = both(
        *[lambda: submission.submit_case(actor=actor, case_id=draft.id, form=form) for _ in range(2)]
    )
    assert sum(isinstance(result, CaseAlreadySubmitted) for result in results) == 1
    assert Case.objects.exclude(number=None).count() == 1
    assert EventRow.objects.filter(type="case.submitted").count() == 1
    assert connection.vendor == "postgresql"
