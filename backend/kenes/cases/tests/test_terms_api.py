"""Terms over HTTP: who sees and changes what, words of the answers, bad input, number of queries."""

from datetime import date, timedelta
from typing import Any

import pytest

from kenes.accounts.models import Role, User
from kenes.cases import services, testing
from kenes.cases.models import Case, StepOffer
from kenes.cases.terms import passing_days
from kenes.cases.tests.conftest import make_staff
from kenes.cases.tests.people_of_cases import person
from kenes.foundation import clock
from kenes.foundation.actor import SystemActor

SYSTEM = SystemActor("test")


@pytest.fixture
def case(borrower: User, today: date) -> Case:
    made = testing.make_case(borrower)
    debt = made.obligations.get()
    services.record_fact(
        actor=SYSTEM,
        case_id=made.id,
        kind="APPLICATION_RECEIVED",
        on=date(2026, 11, 10),
        obligation_id=debt.id,
    )
    return made


@pytest.fixture
def boss(supervisor: User, api_for: Any) -> Any:
    return api_for(supervisor)


def reply_term(api: Any, case: Case) -> Any:
    items = api.call("get", f"/cases/{case.id}/deadlines/", accept_language="ru").json()["items"]
    return next(item for item in items if item["rule"] == "LENDER_REPLY")


def test_the_list_shows_terms_of_the_readers_cases(
    case: Case, boss: Any, manager: User, api_for: Any
) -> None:
    items = boss.call("get", "/deadlines/", accept_language="ru").json()["items"]
    row = next(item for item in items if item["rule"] == "LENDER_REPLY")
    assert (row["due"], row["bound"], row["case"]["number"]) == ("2026-11-25", "lender", case.number)
    assert row["case"]["borrower_name"] == "Досымов Кайрат Ануарович"
    assert [item["due"] for item in items] == sorted(item["due"] for item in items)
    own = api_for(manager).call("get", "/deadlines/").json()["items"]
    assert own == [] or {item["case"]["borrower_name"] for item in own} == {"Досымов К. А."}


def test_filters(case: Case, boss: Any, subtests: pytest.Subtests) -> None:
    for query, found in [
        ("stage=soon", True),
        ("stage=overdue", False),
        ("stage=soon&stage=overdue", True),
        ("bound=lender", True),
        ("bound=others", True),
        ("bound=borrower", False),
        ("rule=LENDER_REPLY", True),
        ("rule=PENALTY_STOP", False),
        ("assignee=none", True),
        ("assignee=me", False),
        ("critical=true", False),
        ("due=2026-11-25", True),
        ("due_before=2026-11-24", False),
        ("due_after=2026-11-25&due_before=2026-11-25", True),
    ]:
        with subtests.test(query=query, found=found):
            items = boss.call("get", f"/deadlines/?{query}").json()["items"]
            assert ("LENDER_REPLY" in {item["rule"] for item in items}) is found


def test_counts_and_month(case: Case, boss: Any) -> None:
    counts = boss.call("get", "/deadlines/counts/").json()
    assert (counts["soon"], counts["overdue"]) == (1, 0)
    month = boss.call("get", "/deadlines/month/?month=2026-11", accept_language="ru").json()
    days = {day["day"]: day for day in month["days"]}
    assert len(days) == 30
    assert (days["2026-11-25"]["total"], days["2026-11-22"]["day_off"]) == (1, "воскресенье")
    assert boss.call("get", "/deadlines/month/?month=2199-12").status_code == 200


def test_wrong_questions_are_refused(case: Case, boss: Any, subtests: pytest.Subtests) -> None:
    for path in [
        "/deadlines/?stage=never", "/deadlines/?bound=x", "/deadlines/?assignee=x", "/deadlines/?due=2026-02-30",
        "/deadlines/?limit=0", "/deadlines/?cursor=zz", "/deadlines/?more=1", "/deadlines/?rule=%00",
        "/deadlines/month/", "/deadlines/month/?month=2026-13", "/deadlines/month/?month=0000-01",
    ]:  # fmt: skip
        with subtests.test(path=path):
            assert boss.call("get", path).status_code == 400


def test_a_term_explains_itself_and_its_history(case: Case, boss: Any) -> None:
    term = reply_term(boss, case)
    assert (
        "15\u00a0календарных дней со следующего дня после получения заявления кредитором"
        in term["explanation"]
    )
    assert term["consequence"].startswith("Молчание кредитора")
    assert (term["fact"]["kind"], term["edition"]["length"]) == (
        "APPLICATION_RECEIVED",
        "15\u00a0календарных дней",
    )
    assert {"suspend", "meet", "correct_fact"} <= set(term["allowed_actions"])
    said = {"from": "2026-11-19", "until": "2026-11-20", "reason": "Запрос документов"}
    answer = boss.call("post", f"/deadlines/{term['id']}/suspend/", said, accept_language="ru")
    assert answer.status_code == 200, answer.content
    term = next(item for item in answer.json()["items"] if item["id"] == term["id"])
    assert term["due"] == "2026-11-27"
    assert "Срок стоял 2\u00a0дня" in term["explanation"]
    assert term["changes"][0]["text"].replace("\u00a0", " ") == (
        "Было 25 ноября 2026 г., стало 27 ноября 2026 г.: срок приостановлен с 19 ноября 2026 г. по 20 ноября 2026 г."
    )
    timeline = boss.call("get", f"/cases/{case.id}/timeline/", accept_language="kk").json()["items"]
    assert any(item["title"].startswith("Мерзім ауысты") for item in timeline)


def test_the_borrower_reads_terms_and_changes_none(
    case: Case, borrower: User, api_for: Any, boss: Any
) -> None:
    own = api_for(borrower)
    term = reply_term(own, case)
    assert term["allowed_actions"] == []
    assert term["due"] == "2026-11-25"
    boss.call("post", f"/deadlines/{term['id']}/meet/", {"on": "2026-11-18", "reason": "Ответ по телефону"})
    change = reply_term(own, case)["changes"][0]
    assert (change["cause"], change["changed_by"]) == ("met", "Kenes Hub")


def test_only_staff_of_the_case_change_terms(
    case: Case, boss: Any, borrower: User, other_manager: User, api_for: Any
) -> None:
    term = reply_term(boss, case)
    fact = case.facts.get(kind="APPLICATION_RECEIVED")
    calls = {
        f"/deadlines/{term['id']}/suspend/": {
            "from": "2026-11-19",
            "until": "2026-11-20",
            "reason": "Суд идёт",
        },
        f"/deadlines/{term['id']}/resume/": {"on": "2026-11-19", "reason": "Суд идёт"},
        f"/deadlines/{term['id']}/extend/": {
            "amount": 1,
            "agreed_on": "2026-11-18",
            "reason": "Договорились",
        },
        f"/deadlines/{term['id']}/meet/": {"on": "2026-11-18", "reason": "Ответили"},
        f"/deadlines/{term['id']}/reopen/": {"reason": "Ошибка"},
        f"/cases/{case.id}/facts/{fact.id}/correct/": {"date": "2026-11-11", "reason": "Штамп"},
    }
    outsiders = {
        403: [api_for(borrower)],
        404: [
            api_for(person("+77015550777")),
            api_for(make_staff("editor@example.com", Role.CONTENT_EDITOR)),
        ],
    }
    for path, body in calls.items():
        for status, clients in outsiders.items():
            for client in clients:
                assert client.call("post", path, body).status_code == status, path
        assert boss.call("post", path, body).status_code in {200, 400, 409}, path


def test_strangers_see_no_terms(case: Case, api_for: Any, admin: User) -> None:
    stranger = api_for(person("+77015550777"))
    for path in (f"/cases/{case.id}/deadlines/", f"/cases/{case.id}/next-steps/"):
        assert stranger.call("get", path).status_code == 404
        assert api_for(admin).call("get", path).status_code == 403
    offer = f"/cases/{case.id}/next-steps/{case.id}/choose/"
    assert stranger.call("post", offer, {"step": "OMBUDSMAN"}).status_code == 404
    assert api_for(admin).call("get", "/deadlines/").json()["items"] == []


def test_bad_input_names_the_field(case: Case, boss: Any, subtests: pytest.Subtests) -> None:
    for action, body, pointer in [
        ("suspend", {"from": "2026-11-19", "until": "x", "reason": "abc"}, "/until"),
        ("suspend", {"from": "2026-11-19", "until": "2026-11-20"}, "/reason"),
        ("suspend", {"from": "2026-11-19", "until": "2026-11-20", "reason": "\x00"}, "/reason"),
        ("suspend", {"from": "2026-11-19", "until": "2026-11-20", "reason": "\ud800"}, "/reason"),
        ("suspend", {"from": "2026-11-19", "until": "2086-11-20", "reason": "abc"}, "/until"),
        ("suspend", {"from": "0001-01-01", "until": "2026-11-20", "reason": "abc"}, "/from"),
        ("suspend", [], ""),
        ("resume", {"on": "2026-11-19", "reason": "abc"}, "/on"),
        ("extend", {"amount": True, "agreed_on": "2026-11-18", "reason": "abc"}, "/amount"),
        ("extend", {"amount": 10**30, "agreed_on": "2026-11-18", "reason": "abc"}, "/amount"),
        ("meet", {"on": "2026-11-09", "reason": "abc"}, "/on"),
        ("meet", {"on": "2026-11-19", "reason": "abc"}, "/on"),
        ("meet", {"on": None, "reason": "abc"}, "/on"),
        ("meet", {"on": "2026-11-18", "reason": "abc", "more": 1}, "/more"),
    ]:
        with subtests.test(action=action, body=body, pointer=pointer):
            answer = boss.call("post", f"/deadlines/{reply_term(boss, case)['id']}/{action}/", body)
            assert answer.status_code == 400, answer.content
            if pointer:
                assert pointer in [error["pointer"] for error in answer.json()["errors"]]


def test_the_borrower_is_offered_the_complaint_with_its_proof(
    case: Case, borrower: User, api_for: Any
) -> None:
    own = api_for(borrower)
    with clock.demo_today(date(2026, 11, 26)):
        passing_days.pass_day()
        page = own.call("get", f"/cases/{case.id}/", accept_language="ru").json()
        offer = StepOffer.objects.get(case=case)
        [step] = own.call("get", f"/cases/{case.id}/next-steps/", accept_language="ru").json()["items"]
    assert [item["kind"] for item in step["evidence"]][-2:] == ["fact", "term"]
    assert [(one["kind"], one["free"]) for one in step["steps"]] == [("OMBUDSMAN", True), ("REGULATOR", True)]
    assert step["can_choose"] is True
    assert page["now"]
    assert all("action" in card for card in page["now"])
    wrong = own.call("post", f"/cases/{case.id}/next-steps/{offer.id}/choose/", {"step": "MEDIATION"})
    assert (wrong.status_code, wrong.json()["errors"][0]["pointer"]) == (400, "/step")
    chosen = own.call("post", f"/cases/{case.id}/next-steps/{offer.id}/choose/", {"step": "REGULATOR"})
    assert chosen.json()["items"][0]["chosen"] == "REGULATOR"


def test_pages_take_a_constant_number_of_queries(
    case: Case, boss: Any, django_assert_max_num_queries: Any
) -> None:
    testing.bulk_cases(60)
    boss.call("get", "/deadlines/")
    for path, most in (
        ("/deadlines/?limit=5", 9),
        ("/deadlines/?limit=50", 9),
        (f"/cases/{case.id}/deadlines/", 14),
    ):
        with django_assert_max_num_queries(most):
            assert boss.call("get", path).status_code == 200


def test_the_corrected_date_stands_outside_the_calendar(case: Case, boss: Any) -> None:
    fact = case.facts.get(kind="APPLICATION_RECEIVED")
    answer = boss.call(
        "post", f"/cases/{case.id}/facts/{fact.id}/correct/", {"date": "1950-01-01", "reason": "Очень давно"}
    )
    assert (answer.status_code, answer.json()["code"]) == (400, "law.date_outside_calendar")
    ahead = (date(2026, 11, 18) + timedelta(days=1)).isoformat()
    answer = boss.call(
        "post", f"/cases/{case.id}/facts/{fact.id}/correct/", {"date": ahead, "reason": "Будущее"}
    )
    assert answer.json()["errors"][0]["pointer"] == "/date"
