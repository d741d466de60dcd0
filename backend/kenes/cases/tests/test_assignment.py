"""Who works on a case: queues by rules, next by load, absence, handing over, urgency, races."""

import threading
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection

from kenes.accounts.models import Role, User
from kenes.cases import testing
from kenes.cases.models import Absence, Case, Queue, QueueMember, Workplace
from kenes.cases.tests.conftest import make_staff
from kenes.cases.work import assignment, queues
from kenes.cases.work.queues import CaseFacts, fits
from kenes.event_log.models import EventRow
from kenes.foundation import clock

ApiFor = Callable[[User], Any]
pytestmark = pytest.mark.django_db


@pytest.fixture
def case(borrower: User, today: date) -> Case:
    return testing.make_case(borrower)


def queue(code: str = "general", *, people: tuple[User, ...] = (), position: int = 1, **more: Any) -> Queue:
    made = Queue.objects.create(
        code=code, position=position, name_ru=f"Очередь {code}", name_kk=f"Кезек {code}", name_en=f"Queue {code}",
        created_at=clock.now(), **more,
    )  # fmt: skip
    for person in people:
        QueueMember.objects.create(queue=made, user=person)
    return made


def away(person: User, days: int = 3, substitute: User | None = None) -> Absence:
    today = clock.today()
    return Absence.objects.create(
        user=person, first_day=today, last_day=today + timedelta(days=days), substitute=substitute,
        created_at=clock.now(),
    )  # fmt: skip


def capacity(person: User, amount: int) -> None:
    Workplace.objects.update_or_create(user=person, defaults={"capacity": amount, "updated_at": clock.now()})


def another_case(number: int) -> Case:
    iins = ["900101300007", "011231600005", "900101300811"]
    person = testing.make_borrower(f"+7707555{number:04d}", iins[number], "Ержанов Тимур Маратович")
    return testing.make_case(person)


def test_a_submitted_case_is_received_by_its_queue() -> None:
    from kenes.event_log import services as event_log

    assert "cases.subscriptions.work.to_its_queue" in event_log._subscribers["case.submitted"]


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        ({}, True),
        ({"languages": ["kk"]}, False),
        ({"languages": ["ru", "kk"]}, True),
        ({"urgencies": [1, 2]}, True),
        ({"urgencies": [3]}, False),
        ({"creditor_types": ["MFO"]}, True),
        ({"creditor_types": ["BANK"]}, False),
        ({"track_kinds": ["RESTRUCTURING"], "languages": ["ru"]}, True),
        ({"track_kinds": ["RESTRUCTURING"], "languages": ["kk"]}, False),
        ({"track_kinds": []}, True),
    ],
)
def test_a_rule_fits_when_every_given_part_does(rule: dict[str, Any], expected: bool) -> None:
    facts = CaseFacts(frozenset({"RESTRUCTURING"}), frozenset({"MFO"}), "ru", 2)
    assert fits(rule, facts) is expected


def test_the_first_queue_whose_rule_fits_takes_the_case(case: Case) -> None:
    queue("mfo", position=1, rule={"creditor_types": ["MFO"]})
    banks = queue("banks", position=2, rule={"creditor_types": ["BANK"]})
    queue("all", position=3)
    assert queues.queue_for(case) == banks


def test_a_new_case_goes_by_itself_where_the_queue_gives_out(
    borrower: User, today: date, manager: User
) -> None:
    queue(people=(manager,), distributes=True)
    case = testing.make_case(borrower)
    assignment.receive_case(case.pk)
    case.refresh_from_db()
    assert case.assignee == manager
    given = EventRow.objects.get(type="case.assigned")
    assert given.data["how"] == "queue"
    assignment.receive_case(case.pk)
    assert EventRow.objects.filter(type="case.assigned").count() == 1


def test_where_the_queue_does_not_give_out_the_case_waits_in_it(
    borrower: User, today: date, manager: User
) -> None:
    general = queue(people=(manager,))
    case = testing.make_case(borrower)
    assignment.receive_case(case.pk)
    case.refresh_from_db()
    assert (case.assignee, case.queue) == (None, general)


def test_next_is_the_lowest_share_of_load_then_the_longest_wait(
    case: Case, manager: User, other_manager: User
) -> None:
    general = queue(people=(manager, other_manager))
    third = make_staff("third@example.com", Role.MANAGER)
    QueueMember.objects.create(queue=general, user=third, last_given_at=clock.now())
    capacity(manager, 2)
    Case.objects.filter(pk=case.pk).update(assignee=manager)
    capacity(other_manager, 20)
    Case.objects.filter(pk=another_case(0).pk).update(assignee=other_manager)
    names = [load.person for load, _waited in queues.candidates(general)]
    # 0 of 30; 1 of 20; 1 of 2
    assert names == [third, other_manager, manager]
    Case.objects.all().update(assignee=None)
    # Nobody has anything: who was given one last comes last.
    assert [load.person for load, _waited in queues.candidates(general)][-1] == third


def test_absent_and_full_members_are_passed_over_and_a_substitute_may_stand_in(
    case: Case, manager: User, other_manager: User
) -> None:
    general = queue(people=(manager,))
    absence = away(manager)
    assert queues.candidates(general) == []
    absence.substitute = other_manager
    absence.save()
    assert [load.person for load, _waited in queues.candidates(general)] == [other_manager]
    capacity(other_manager, 0)
    assert queues.candidates(general) == []


def test_a_former_manager_is_given_nothing(case: Case, manager: User) -> None:
    general = queue(people=(manager,))
    manager.is_active = False
    manager.save()
    assert queues.candidates(general) == []


def test_by_queue_a_case_goes_round(
    case: Case, manager: User, other_manager: User, supervisor: User, api_for: ApiFor
) -> None:
    queue(people=(manager, other_manager))
    client = api_for(supervisor)
    got = []
    for row in (case, another_case(0)):
        answer = client.call("post", f"/cases/{row.pk}/give-by-queue/", {})
        assert answer.status_code == 200, answer.content
        got.append(answer.json()["assignee"]["id"])
    assert sorted(got) == sorted([str(manager.pk), str(other_manager.pk)])


def test_nobody_free_is_said(case: Case, manager: User, supervisor: User, api_for: ApiFor) -> None:
    queue(people=(manager,))
    away(manager)
    refused = api_for(supervisor).call("post", f"/cases/{case.pk}/give-by-queue/", {})
    assert (refused.status_code, refused.json()["code"]) == (409, "queue.nobody_free")


def test_a_manager_takes_hands_over_with_words_and_the_other_gives_back(
    case: Case, manager: User, other_manager: User, api_for: ApiFor
) -> None:
    mine, theirs = api_for(manager), api_for(other_manager)
    taken = mine.call("post", f"/cases/{case.pk}/take/", {})
    assert taken.status_code == 200, taken.content
    body = {
        "assignee_id": str(other_manager.pk), "words": "Говорит по-казахски, нужен звонок.",
        "version": taken.json()["version"],
    }  # fmt: skip
    assert mine.call("post", f"/cases/{case.pk}/hand-over/", body).status_code == 204
    assert mine.call("get", f"/cases/{case.pk}/").status_code == 404
    panel = theirs.call("get", f"/cases/{case.pk}/assignment/").json()
    assert panel["assignee"]["id"] == str(other_manager.pk)
    history = theirs.call("get", f"/cases/{case.pk}/timeline/").json()["items"]
    assert any("Говорит по-казахски" in line["text"] for line in history)
    back = {"words": "Не моя тема.", "version": panel["version"]}
    assert theirs.call("post", f"/cases/{case.pk}/give-back/", back).status_code == 204
    case.refresh_from_db()
    assert case.assignee is None
    assert "звонок" not in str(list(EventRow.objects.values_list("data", flat=True)))


def test_words_of_managers_are_not_read_by_the_borrower(
    case: Case, borrower: User, manager: User, other_manager: User, api_for: ApiFor
) -> None:
    client = api_for(manager)
    version = client.call("post", f"/cases/{case.pk}/take/", {}).json()["version"]
    client.call(
        "post", f"/cases/{case.pk}/hand-over/",
        {"assignee_id": str(other_manager.pk), "words": "тайные слова", "version": version},
    )  # fmt: skip
    history = api_for(borrower).call("get", f"/cases/{case.pk}/timeline/").json()
    assert "тайные" not in str(history)
    assert "Other" not in str(history)


def test_somebody_who_is_no_manager_is_a_field_error(
    case: Case, supervisor: User, borrower: User, api_for: ApiFor
) -> None:
    client = api_for(supervisor)
    for address in ("assign", "hand-over"):
        body = {"assignee_id": str(borrower.pk), "version": Case.objects.get(pk=case.pk).version}
        refused = client.call("post", f"/cases/{case.pk}/{address}/", body)
        assert refused.status_code == 400, refused.content
        assert refused.json()["errors"][0]["pointer"] == "/assignee_id"


def test_the_suggestion_says_why(
    case: Case, manager: User, other_manager: User, supervisor: User, api_for: ApiFor
) -> None:
    made = queue(people=(manager, other_manager))
    Case.objects.filter(pk=case.pk).update(queue=made)
    away(other_manager)
    rows = api_for(supervisor).call("get", f"/cases/{case.pk}/assignment/").json()["suggestions"]
    assert [row["person"]["id"] for row in rows] == [str(manager.pk), str(other_manager.pk)]
    assert [row["best"] for row in rows] == [True, False]
    assert any("очереди" in reason for reason in rows[0]["reasons"])
    assert any("отсутствует" in reason for reason in rows[1]["reasons"])


def test_urgency_is_raised_with_a_reason_and_given_back(case: Case, manager: User, api_for: ApiFor) -> None:
    client = api_for(manager)
    version = client.call("post", f"/cases/{case.pk}/take/", {}).json()["version"]
    computed = Case.objects.get(pk=case.pk).urgency
    address = f"/cases/{case.pk}/urgency/"
    assert client.call("post", address, {"urgency": 1, "version": version}).status_code == 400
    raised = client.call("post", address, {"urgency": 1, "reason": "Завтра суд", "version": version})
    assert raised.status_code == 200, raised.content
    urgency = raised.json()["urgency"]
    assert (urgency["effective"], urgency["computed"], urgency["raised"]) == (1, computed, 1)
    assert urgency["held"]["reason"] == "Завтра суд"
    # What follows from the story does not take it back.
    client.call("post", f"/cases/{case.pk}/facts/", {"kind": "REFUSED", "date": "2026-11-17"})
    assert Case.objects.get(pk=case.pk).urgency == 1
    version = Case.objects.get(pk=case.pk).version
    lowered = client.call("post", address, {"urgency": None, "version": version}).json()["urgency"]
    assert lowered["effective"] == lowered["computed"]
    assert lowered["raised"] is None


def test_the_urgency_cannot_be_lowered_below_the_story(case: Case, supervisor: User, api_for: ApiFor) -> None:
    version = Case.objects.get(pk=case.pk).version
    refused = api_for(supervisor).call(
        "post", f"/cases/{case.pk}/urgency/", {"urgency": 4, "reason": "не спешит", "version": version}
    )
    assert refused.json()["errors"][0]["code"] == "not_higher"


def test_cases_of_an_absent_manager_are_passed_on_after_a_look(
    case: Case, manager: User, other_manager: User, supervisor: User, api_for: ApiFor
) -> None:
    second = another_case(0)
    Case.objects.filter(pk__in=[case.pk, second.pk]).update(assignee=manager)
    absence = away(manager, substitute=other_manager)
    client = api_for(supervisor)
    looked = client.call("post", f"/staff/absences/{absence.pk}/pass-on/", {"preview": True}).json()
    assert [row["how"] for row in looked["items"]] == ["substitute", "substitute"]
    assert Case.objects.filter(assignee=manager).count() == 2
    assert not EventRow.objects.filter(type="case.assigned").exists()
    done = client.call("post", f"/staff/absences/{absence.pk}/pass-on/", {"preview": False}).json()
    assert len(done["items"]) == 2
    assert Case.objects.filter(assignee=other_manager).count() == 2


def test_an_absence_is_checked(manager: User, other_manager: User, api_for: ApiFor) -> None:
    client, today = api_for(manager), clock.today()
    day = today.isoformat()

    def ask(**more: Any) -> Any:
        body = {"user_id": str(manager.pk), "first_day": day, "last_day": day, **more}
        return client.call("post", "/staff/absences/", body)

    assert ask(last_day=(today - timedelta(days=1)).isoformat()).json()["errors"][0]["code"] == "before_first"
    assert ask(substitute_id=str(manager.pk)).json()["errors"][0]["code"] == "self"
    assert ask(user_id=str(other_manager.pk)).status_code == 403
    made = ask(substitute_id=str(other_manager.pk))
    assert made.status_code == 201, made.content
    assert ask().json()["errors"][0]["code"] == "overlaps"
    assert client.call("delete", f"/staff/absences/{made.json()['id']}/").status_code == 204
    assert ask().status_code == 201


def test_queues_are_set_up_by_the_supervisor_alone(
    manager: User, supervisor: User, borrower: User, api_for: ApiFor
) -> None:
    body = {
        "name_ru": "МФО", "name_kk": "МҚҰ", "name_en": "MFO", "rule": {"creditor_types": ["MFO"]},
        "distributes": True, "member_ids": [str(manager.pk)],
    }  # fmt: skip
    assert api_for(manager).call("post", "/staff/queues/", body).status_code == 403
    client = api_for(supervisor)
    made = client.call("post", "/staff/queues/", body)
    assert made.status_code == 201, made.content
    (row,) = made.json()["items"]
    wrong = client.call("post", "/staff/queues/", {**body, "member_ids": [str(borrower.pk)]})
    assert wrong.json()["errors"][0]["pointer"] == "/member_ids"
    changed = client.call("put", f"/staff/queues/{row['id']}/", {**body, "distributes": False, "version": 1})
    assert changed.json()["items"][0]["distributes"] is False
    stale = client.call("put", f"/staff/queues/{row['id']}/", {**body, "version": 1})
    assert (stale.status_code, stale.json()["code"]) == (409, "queue.changed_meanwhile")
    assert client.call("get", "/staff/load/").json()["items"][0]["queues"] == ["МФО"]
    assert client.call("post", f"/staff/queues/{row['id']}/archive/", {"version": 2}).json()["items"] == []


def test_the_load_page_costs_a_constant_number_of_queries(
    manager: User, supervisor: User, api_for: ApiFor, django_assert_max_num_queries: Any
) -> None:
    client = api_for(supervisor)
    for number in range(5):
        make_staff(f"more{number}@example.com", Role.MANAGER)
    client.call("get", "/staff/load/")
    with django_assert_max_num_queries(14):
        assert len(client.call("get", "/staff/load/").json()["items"]) == 6


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("way", ["take", "assign", "move"])
def test_of_two_managers_at_the_same_moment_one_wins_and_the_other_is_told(
    way: str, case: Case, manager: User, other_manager: User, api_for: ApiFor
) -> None:
    Case.objects.filter(pk=case.pk).update(status="submitted")
    version = Case.objects.get(pk=case.pk).version
    people = {str(person.pk): api_for(person) for person in (manager, other_manager)}
    gate, answers = threading.Barrier(2), {}

    def take(person_id: str) -> None:
        gate.wait()
        body: dict[str, Any] = {
            "take": {"version": version},
            "assign": {"assignee_id": person_id, "version": version},
            "move": {"action": "take", "version": version},
        }[way]
        answers[person_id] = people[person_id].call("post", f"/cases/{case.pk}/{way}/", body)
        connection.close()

    threads = [threading.Thread(target=take, args=(person_id,)) for person_id in people]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(answer.status_code for answer in answers.values()) == [200, 409]
    (loser,) = [answer for answer in answers.values() if answer.status_code == 409]
    assert loser.json()["code"] in {"case.taken_already", "case.changed_meanwhile"}
    winner = next(person for person, answer in answers.items() if answer.status_code == 200)
    assert str(Case.objects.get(pk=case.pk).assignee_id) == winner
    assert EventRow.objects.filter(type="case.assigned").count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_cases_at_once_do_not_take_the_same_last_place(
    case: Case, manager: User, other_manager: User
) -> None:
    second = another_case(0)
    made = queue(people=(manager, other_manager), distributes=True)
    for person in (manager, other_manager):
        capacity(person, 1)
    EventRow.objects.filter(type="nothing").count()
    gate = threading.Barrier(2)

    def receive(case_id: Any) -> None:
        with clock.demo_today(date(2026, 11, 18)):
            gate.wait()
            assignment.receive_case(case_id)
        connection.close()

    threads = [threading.Thread(target=receive, args=(row.pk,)) for row in (case, second)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert made.pk
    assert set(Case.objects.values_list("assignee_id", flat=True)) == {manager.pk, other_manager.pk}
