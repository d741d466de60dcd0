"""What happens by itself when a term comes near: once for a rule and a term, whatever the timer missed."""

import threading
from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.db import connection

from kenes.accounts import selectors as account_selectors
from kenes.accounts.models import User
from kenes.cases import testing
from kenes.cases.models import Absence, Case, CaseDeadline, EscalationAct, Queue, QueueMember
from kenes.cases.terms import near_terms, urgency_release
from kenes.cases.work import assignment
from kenes.event_log.models import EventRow
from kenes.foundation import clock
from kenes.messaging.models import Message

ApiFor = Callable[[User], Any]
pytestmark = pytest.mark.django_db


@pytest.fixture
def case(borrower: User, manager: User, today: date) -> Case:
    made = testing.make_case(borrower)
    Case.objects.filter(pk=made.pk).update(assignee=manager, urgency=3, computed_urgency=3)
    CaseDeadline.objects.filter(case=made).update(met_on=today)
    return Case.objects.get(pk=made.pk)


def near(case: Case, days: int, *, critical: bool = True) -> CaseDeadline:
    term = CaseDeadline.objects.filter(case=case, bound="borrower").first()
    assert term is not None
    CaseDeadline.objects.filter(pk=term.pk).update(
        due=clock.today() + timedelta(days=days), critical=critical, watched=True, met_on=None
    )
    return CaseDeadline.objects.get(pk=term.pk)


def away(person: User, substitute: User | None = None) -> None:
    today = clock.today()
    Absence.objects.create(
        user=person, first_day=today, last_day=today + timedelta(days=9), substitute=substitute,
        created_at=clock.now(),
    )  # fmt: skip


def acts() -> dict[str, list[str]]:
    return {row.rule: row.acts for row in EscalationAct.objects.all()}


@pytest.fixture
def later() -> Iterator[Callable[[int], Any]]:
    """Another day of the demonstration clock."""

    def on(days: int) -> Any:
        return clock.demo_today(date(2026, 11, 18) + timedelta(days=days))

    yield on


def test_two_days_before_without_action_the_urgency_is_raised_and_the_manager_told(
    case: Case, manager: User
) -> None:
    near(case, 2)
    assert near_terms.run() == 1
    case.refresh_from_db()
    assert (case.urgency, case.raised_urgency, case.assignee) == (1, 1, manager)
    assert acts() == {"critical_2_days": ["raise_urgency", "tell_assignee"]}
    (letter,) = Message.objects.filter(kind="escalation")
    assert letter.address == manager.email
    assert case.number in letter.body["text"]
    assert case.borrower_name.split()[0] not in str(letter.body)
    event = EventRow.objects.get(type="case.term_escalated")
    assert event.data["days_left"] == 2


def test_a_rule_acts_once_for_a_term_however_often_the_timer_runs(case: Case) -> None:
    near(case, 2)
    assert [near_terms.run() for _ in range(3)] == [1, 0, 0]
    assert EventRow.objects.filter(type="case.term_escalated").count() == 1
    assert Message.objects.filter(kind="escalation").count() == 1


def test_far_met_and_unwatched_terms_are_left_alone(case: Case) -> None:
    near(case, 3)
    assert near_terms.run() == 0
    term = near(case, 1)
    CaseDeadline.objects.filter(pk=term.pk).update(met_on=clock.today())
    assert near_terms.run() == 0
    CaseDeadline.objects.filter(pk=term.pk).update(met_on=None, watched=False)
    assert near_terms.run() == 0
    CaseDeadline.objects.filter(pk=term.pk).update(watched=True)
    Case.objects.filter(pk=case.pk).update(status="cancelled")
    assert near_terms.run() == 0


def test_whoever_has_just_worked_on_the_case_is_not_disturbed(
    case: Case, manager: User, api_for: ApiFor
) -> None:
    near(case, 2)
    answer = api_for(manager).call(
        "post", f"/cases/{case.pk}/facts/", {"kind": "COLLECTOR_CONTACT", "date": "2026-11-17"}
    )
    assert answer.status_code == 200, answer.content
    CaseDeadline.objects.filter(case=case, bound="borrower").exclude(
        due=clock.today() + timedelta(days=2)
    ).update(watched=False)
    assert near_terms.run() == 0


def test_the_day_before_the_substitute_of_an_absent_manager_takes_over(
    case: Case, manager: User, other_manager: User, supervisor: User
) -> None:
    away(manager, other_manager)
    near(case, 1)
    near_terms.run()
    case.refresh_from_db()
    assert case.assignee == other_manager
    assert acts()["critical_1_day"] == ["raise_urgency", "hand_over", "tell_supervisors"]
    given = EventRow.objects.get(type="case.assigned")
    assert (given.data["how"], given.actor["label"]) == ("escalation", "escalation")
    # The weaker rule has nothing to add.
    assert "critical_2_days" not in acts()


def test_without_a_substitute_the_next_of_the_queue_takes_over(
    case: Case, manager: User, other_manager: User
) -> None:
    made = Queue.objects.create(
        code="all", position=1, name_ru="Все", name_kk="Бәрі", name_en="All", created_at=clock.now()
    )
    for person in (manager, other_manager):
        QueueMember.objects.create(queue=made, user=person)
    away(manager)
    near(case, 0)
    near_terms.run()
    case.refresh_from_db()
    assert case.assignee == other_manager


def test_where_nobody_is_there_the_supervisor_takes_over(case: Case, manager: User, supervisor: User) -> None:
    away(manager)
    near(case, 1)
    near_terms.run()
    case.refresh_from_db()
    assert case.assignee == supervisor


def test_an_ordinary_term_moves_only_from_an_absent_manager(
    case: Case, manager: User, other_manager: User
) -> None:
    near(case, 2, critical=False)
    assert near_terms.run() == 0
    away(manager, other_manager)
    assert near_terms.run() == 1
    case.refresh_from_db()
    assert (case.assignee, case.urgency) == (other_manager, 3)


def test_days_that_the_timer_missed_are_made_up_for(
    case: Case, supervisor: User, later: Callable[[int], Any]
) -> None:
    near(case, 2)
    with later(1):
        assert near_terms.run() == 1  # one day left: the stronger rule, not both
        assert set(acts()) == {"critical_1_day"}
    with later(6):
        assert near_terms.run() == 1
    assert set(acts()) == {"critical_1_day", "critical_missed"}
    with later(30):
        assert near_terms.run() == 0


def test_a_term_that_moves_is_another_nearing(case: Case) -> None:
    near(case, 2)
    near_terms.run()
    near(case, 1)
    Case.objects.filter(pk=case.pk).update(assignee=None)
    assert near_terms.run() == 1


def test_the_history_explains_what_was_done(case: Case, manager: User, api_for: ApiFor) -> None:
    near(case, 2)
    near_terms.run()
    client = api_for(manager)
    lines = client.call("get", f"/cases/{case.pk}/timeline/").json()["items"]
    assert any("срочность поднята; менеджер предупреждён" in line["text"] for line in lines)
    held = client.call("get", f"/cases/{case.pk}/assignment/").json()["urgency"]["held"]
    assert (held["by"], held["reason"]) == (
        "Kenes Hub", "Критический срок истекает через два дня, а действий не было",
    )  # fmt: skip


def test_the_data_names_only_what_the_code_knows() -> None:
    from kenes.cases.work import work_view

    for rule in near_terms.rules():
        assert rule.code in work_view.RULE_LABELS
        assert set(rule.acts) <= set(work_view.ACT_LABELS)
        assert rule.least <= rule.most
    assert isinstance(clock.now(), datetime)


@pytest.mark.django_db(transaction=True)
def test_two_timers_at_once_act_once(case: Case) -> None:
    near(case, 2)
    gate, done = threading.Barrier(2), []

    def run() -> None:
        with clock.demo_today(date(2026, 11, 18)):
            gate.wait()
            done.append(near_terms.run())
        connection.close()

    threads = [threading.Thread(target=run) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(done) == [0, 1]
    assert EscalationAct.objects.count() == 1
    assert Message.objects.filter(kind="escalation").count() == 1


def test_an_urgency_raised_by_a_rule_falls_back_when_its_term_is_met(case: Case) -> None:
    computed = case.urgency
    term = near(case, 2)
    near_terms.run()
    assert urgency_release.let_down() == 0
    CaseDeadline.objects.filter(pk=term.pk).update(met_on=clock.today())
    assert [urgency_release.let_down() for _ in range(2)] == [1, 0]
    case.refresh_from_db()
    assert (case.urgency, case.raised_urgency) == (computed, None)
    last = EventRow.objects.filter(type="case.urgency_changed").order_by("-seq").first()
    assert last is not None
    assert (last.data["raised"], last.actor["label"]) == (False, "escalation")


def test_a_missed_term_keeps_the_urgency_for_a_week(case: Case) -> None:
    term = near(case, 2)
    near_terms.run()
    with clock.demo_today(term.due + timedelta(days=3)):
        near_terms.run()
        assert urgency_release.let_down() == 0
    with clock.demo_today(term.due + timedelta(days=8)):
        assert urgency_release.let_down() == 1


def test_what_a_person_raised_stays_when_the_reason_of_a_rule_is_gone(case: Case, supervisor: User) -> None:
    Case.objects.filter(pk=case.pk).update(urgency=4, computed_urgency=4)
    case.refresh_from_db()
    actor = account_selectors.actor_for(supervisor)
    assignment.set_urgency(
        actor=actor, case_id=case.pk, urgency=2, reason="Приставы у заёмщика", version=case.version
    )
    assert urgency_release.let_down() == 0
    term = near(case, 1)
    near_terms.run()
    case.refresh_from_db()
    assert case.urgency == 1
    CaseDeadline.objects.filter(pk=term.pk).update(watched=False)
    assert [urgency_release.let_down() for _ in range(2)] == [1, 0]
    case.refresh_from_db()
    assert (case.urgency, case.raised_urgency) == (2, 2)
