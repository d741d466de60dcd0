"""What a change of law does to open cases: told before, the same after, resumable, in batches of constant queries."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kenes.accounts.models import Role, User
from kenes.cases import services, testing
from kenes.cases.models import Case, CaseDeadline, DeadlineChange, TermRecount
from kenes.cases.terms import recounting, what_if
from kenes.cases.tests.conftest import TODAY, make_staff
from kenes.cases.tests.people_of_cases import actor_of
from kenes.event_log.models import EventRow
from kenes.foundation import clock
from kenes.foundation.actor import SystemActor
from kenes.law import changes
from kenes.law.models import LawChange
from kenes.outbox.models import OutboxRow

SYSTEM = SystemActor("test")
KEY = "LENDER_REPLY"


@pytest.fixture
def people(reference: None, today: date) -> tuple[User, User]:
    editor = make_staff("editor@example.com", Role.CONTENT_EDITOR)
    return editor, make_staff("boss@example.com", Role.SUPERVISOR)


@pytest.fixture
def cases(people: Any) -> list[Case]:
    """Three cases whose creditors have the letter for different times."""
    made = []
    for number, days in enumerate((5, 8, 30)):
        person = testing.make_borrower(
            f"+7707555184{number}", ("870419390122", "900101300007", "900101300811")[number]
        )
        case = testing.make_case(person)
        debt = case.obligations.get()
        services.record_fact(
            actor=SYSTEM, case_id=case.id, kind="APPLICATION_RECEIVED", on=TODAY - timedelta(days=days),
            obligation_id=debt.id,
        )  # fmt: skip
        made.append(case)
    return made


def propose(people: tuple[User, User], kind: str, content: dict[str, Any], key: str = KEY) -> LawChange:
    editor, _boss = people
    change = changes.draft_change(
        actor=actor_of(editor), kind=kind, rule_key=key, content=content, reason="Закон", switch_on=None
    )
    return changes.submit_change(actor=actor_of(editor), change_id=change.pk, version=change.version)


def switch_on(people: tuple[User, User], change: LawChange) -> None:
    _editor, boss = people
    changes.approve_change(actor=actor_of(boss), change_id=change.pk, version=change.version)


def work_off(change: LawChange) -> TermRecount:
    """Run the pass as the outbox does."""
    run = recounting.start(change.pk)
    while not recounting.go_on(run.pk):
        pass
    run.refresh_from_db()
    return run


def told(change: LawChange) -> set[tuple[UUID, date, date]]:
    return {(move.deadline_id, move.old_due, move.new_due) for move in what_if.moves(change)}


def done(change: LawChange) -> set[tuple[UUID, date, date]]:
    rows = DeadlineChange.objects.filter(law_change_id=change.pk)
    return {(row.deadline_id, row.old_due, row.new_due) for row in rows if row.old_due != row.new_due}


def test_a_new_edition_moves_what_it_said_it_would(people: Any, cases: list[Case]) -> None:
    change = propose(people, "edition", {"valid_from": TODAY.isoformat(), "amount": 10})
    before = told(change)
    impact = what_if.impact_of(change)
    assert (impact.checked, impact.moved, impact.earlier, len(impact.cases)) == (2, 2, 2, 2)
    assert impact.newly_missed == 0
    assert done(change) == set()
    assert EventRow.objects.filter(type="case.deadline_moved").count() == 0
    switch_on(people, change)
    run = work_off(change)
    assert (run.total, run.done, run.moved, run.failed) == (2, 2, 2, 0)
    assert run.finished_at is not None
    assert done(change) == before
    assert told(change) == set()
    old = CaseDeadline.objects.get(case=cases[2], rule_key=KEY)
    assert old.rule.amount == 15
    assert recounting.done_by(change).moved == 2


def test_a_shorter_term_may_be_missed_at_once(people: Any, cases: list[Case]) -> None:
    change = propose(people, "edition", {"valid_from": TODAY.isoformat(), "amount": 5})
    impact = what_if.impact_of(change)
    assert (impact.moved, impact.newly_missed) == (2, 1)
    assert [move.will_be_missed for move in impact.moves if move.number == cases[1].number] == [True]


def test_an_edition_for_later_events_moves_nothing(people: Any, cases: list[Case]) -> None:
    content = {"valid_from": TODAY.isoformat(), "amount": 3, "for_running": False}
    change = propose(people, "edition", content)
    assert told(change) == set()
    switch_on(people, change)
    assert work_off(change).moved == 0


def test_a_day_off_moves_only_terms_that_end_on_it(people: Any, cases: list[Case]) -> None:
    row = CaseDeadline.objects.get(case=cases[0], rule_key=KEY)
    days = [{"day": row.due.isoformat(), "kind": "day_off", "reason": "transfer"}]
    change = propose(people, "calendar", {"days": days}, key="")
    before = told(change)
    assert row.pk in {pk for pk, _old, _new in before}
    switch_on(people, change)
    work_off(change)
    assert done(change) == before
    row.refresh_from_db()
    assert "transfer" in {day["reason"] for day in row.skipped}


def test_the_end_of_a_rule_and_a_figure_move_no_term(people: Any, cases: list[Case]) -> None:
    closing = propose(people, "close", {"valid_to": TODAY.isoformat()})
    figure = {"code": "MCI", "valid_from": "2027-01-01", "value_tiyn": 460000, "source": "x"}
    for change in (closing, propose(people, "index", figure, key="")):
        assert what_if.impact_of(change).moved == 0
        switch_on(people, change)
        assert work_off(change).finished_at is not None


def test_a_pass_goes_on_where_it_stopped_and_repeats_nothing(
    people: Any, cases: list[Case], monkeypatch: Any
) -> None:
    change = propose(people, "edition", {"valid_from": TODAY.isoformat(), "amount": 10})
    switch_on(people, change)
    monkeypatch.setattr(recounting, "BATCH", 1)
    run = recounting.start(change.pk)
    assert recounting.start(change.pk).pk == run.pk
    assert recounting.go_on(run.pk) is False
    run.refresh_from_db()
    assert (run.done, run.finished_at) == (1, None)
    assert OutboxRow.objects.filter(handler=recounting.HANDLER).count() == 2
    while not recounting.go_on(run.pk):
        pass
    run.refresh_from_db()
    assert (run.done, run.moved) == (2, 2)
    assert recounting.go_on(run.pk) is True
    assert EventRow.objects.filter(type="case.deadline_moved").count() == 2


def test_a_case_counted_twice_changes_once(people: Any, cases: list[Case]) -> None:
    from kenes.law.book import open_book

    change = propose(people, "edition", {"valid_from": TODAY.isoformat(), "amount": 10})
    switch_on(people, change)
    change.refresh_from_db()
    book = open_book(clock.today(), [KEY])
    assert [recounting.recount_case(change, book, cases[0].pk) for _again in range(2)] == [1, 0]


def test_the_number_of_queries_does_not_grow_with_the_cases(
    people: Any, cases: list[Case], django_assert_num_queries: Any
) -> None:
    change = propose(people, "edition", {"valid_from": TODAY.isoformat(), "amount": 10})
    with django_assert_num_queries(4):
        assert what_if.impact_of(change).moved == 2
    testing.bulk_cases(300)
    change = propose(
        people, "edition", {"valid_from": TODAY.isoformat(), "amount": 25}, key="BORROWER_RELIEF_APPLICATION"
    )
    with django_assert_num_queries(4):
        assert what_if.impact_of(change).checked > 50


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    amount=st.integers(1, 60),
    later=st.integers(0, 20),
    days=st.lists(st.integers(0, 40), min_size=1, max_size=5, unique=True),
    kinds=st.lists(st.sampled_from(["day_off", "workday", "plain"]), min_size=5, max_size=5),
)
def test_what_is_told_is_what_is_done(
    people: Any, cases: list[Case], amount: int, later: int, days: list[int], kinds: list[str]
) -> None:
    """Whatever the change, the preview of the day and the pass of that day are equal."""
    from django.db import transaction

    sid = transaction.savepoint()
    switch = TODAY + timedelta(days=later)
    edition = {"valid_from": switch.isoformat(), "amount": amount}
    calendar = {
        "days": [
            {"day": (TODAY + timedelta(days=day)).isoformat(), "kind": kind}
            for day, kind in zip(days, kinds, strict=False)
        ]
    }
    with clock.demo_today(switch):
        for change in (propose(people, "edition", edition), propose(people, "calendar", calendar, key="")):
            before = told(change)
            switch_on(people, change)
            work_off(change)
            assert done(change) == before
            assert told(change) == set()
    transaction.savepoint_rollback(sid)
