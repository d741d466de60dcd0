"""The creditor's room: own letters only, taken in, given inside the organisation, listed and counted."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest

from kenes.accounts import services as account_services
from kenes.accounts.models import Membership, Role, User
from kenes.cases import testing
from kenes.cases.answers import answers
from kenes.cases.models import (
    Case,
    CaseDeadline,
)
from kenes.cases.tests.people_of_cases import NURBANK, SYSTEM, officer, person
from kenes.cases.tests.room_world import REFUSAL, Side, make_sides, offer, state_of
from kenes.foundation import clock
from kenes.foundation.identifiers import new_id

pytestmark = pytest.mark.django_db
ApiFor = Callable[[User], Any]


@pytest.fixture
def case(borrower: User, today: date) -> Case:
    return testing.make_case(borrower, obligations=[*testing.FORM["obligations"], NURBANK])


@pytest.fixture
def sides(case: Case) -> tuple[Side, Side]:
    return make_sides(case)


def test_each_sees_only_its_own_letters(sides: tuple[Side, Side], api_for: ApiFor) -> None:
    for one, other in (sides, sides[::-1]):
        client = api_for(one.officer)
        listed = client.call("get", "/room/letters/")
        assert [row["id"] for row in listed.json()["items"]] == [str(one.letter.pk)]
        assert client.call("get", "/room/letters/counts/").json() == {
            "new": 1,
            "in_work": 0,
            "answered": 0,
            "overdue": 0,
        }
        page = client.call("get", f"/room/letters/{one.letter.pk}/").content.decode()
        for text in (listed.content.decode(), page):
            for secret in (
                other.debt.creditor.name_ru,
                other.debt.contract_number,
                str(other.debt.pk),
                str(other.letter.pk),
                str(other.letter.document_id),
                other.body.name,
            ):
                assert secret not in text

        def found(query: str, client: Any = client) -> int:
            return len(client.call("post", "/room/letters/search/", {"query": query}).json()["items"])

        assert found(one.debt.contract_number) == found("Досымов") == 1
        assert found(other.debt.contract_number) == found(other.debt.creditor.name_ru) == 0


# Fixed, so that parallel workers collect the same tests.
NOBODYS = UUID(int=7)


PATHS = (
    ("get", "", None),
    ("post", "register/", {"number": "7", "received_on": "2026-11-18"}),
    ("post", "review/", None),
    ("post", "give/", {"assignee_id": None}),
    ("post", "answer/", REFUSAL),
    ("get", f"answers/{NOBODYS}/file/", None),
    ("get", f"papers/{NOBODYS}/file/", None),
)


def test_a_letter_of_another_does_not_exist(
    sides: tuple[Side, Side], api_for: ApiFor, subtests: pytest.Subtests
) -> None:
    for method, path, body in PATHS:
        with subtests.test(method=method, path=path, body=body):
            one, other = sides
            client = api_for(one.officer)
            theirs = client.call(method, f"/room/letters/{other.letter.pk}/{path}", body)
            nobodys = client.call(method, f"/room/letters/{uuid4()}/{path}", body)
            assert theirs.status_code == nobodys.status_code == 404
            plain = [{**answer.json(), "instance": ""} for answer in (theirs, nobodys)]
            assert plain[0] == plain[1]
            assert plain[0]["code"] == "letter.not_found"
            assert state_of(other.debt) == "SENT"


def test_registering_takes_the_letter_in_and_keeps_the_term(
    sides: tuple[Side, Side], api_for: ApiFor
) -> None:
    one, other = sides
    client = api_for(one.officer)
    due = CaseDeadline.objects.get(obligation=one.debt, starts_on="APPLICATION_RECEIVED", bound="lender").due
    body = {"number": "ВХ-118/26", "received_on": "2026-11-18", "start_review": False}
    page = client.call("post", f"/room/letters/{one.letter.pk}/register/", body).json()
    assert (page["state"], page["tab"], page["incoming_number"]) == ("RECEIVED", "in_work", "ВХ-118/26")
    assert page["assignee"]["id"] == str(one.officer.pk)
    again = client.call("post", f"/room/letters/{one.letter.pk}/register/", body)
    assert (again.status_code, again.json()["code"]) == (409, "letter.already_registered")
    assert page["due"] == due.isoformat()
    assert client.call("post", f"/room/letters/{one.letter.pk}/review/").json()["state"] == "UNDER_REVIEW"
    assert state_of(other.debt) == "SENT"
    assert client.call("post", "/room/letters/search/", {"query": "вх-118/26"}).json()["items"]


def test_a_late_registration_does_not_move_the_term(sides: tuple[Side, Side], api_for: ApiFor) -> None:
    one, _other = sides
    terms = CaseDeadline.objects.filter(obligation=one.debt, starts_on="APPLICATION_RECEIVED", bound="lender")
    before = list(terms.values_list("due", flat=True))
    with clock.demo_today(date(2026, 11, 27)):
        page = api_for(one.officer).call(
            "post", f"/room/letters/{one.letter.pk}/register/", {"number": "8", "received_on": "2026-11-27"}
        )
        assert page.status_code == 200, page.content
    assert list(terms.values_list("due", flat=True)) == before


@pytest.mark.parametrize("day", ["2026-11-01", "2027-01-01"])
def test_the_day_of_receipt_is_between_delivery_and_today(
    sides: tuple[Side, Side], api_for: ApiFor, day: str
) -> None:
    one, _other = sides
    answer = api_for(one.officer).call(
        "post", f"/room/letters/{one.letter.pk}/register/", {"number": "8", "received_on": day}
    )
    assert answer.status_code == 400
    assert answer.json()["errors"][0]["pointer"] == "/received_on"


def test_who_may_not_answer(
    case: Case, borrower: User, manager: User, sides: tuple[Side, Side], api_for: ApiFor
) -> None:
    one, _other = sides
    answer = api_for(one.officer).call("post", f"/room/letters/{one.letter.pk}/answer/", offer())
    answer_id = answer.json()["answers"][0]["id"]
    for user in (borrower, manager, person("+77015550999")):
        client = api_for(user)
        assert client.call("get", "/room/letters/").status_code == 403
        assert client.call("post", f"/room/letters/{one.letter.pk}/answer/", REFUSAL).status_code == 403
    reply = f"/cases/{case.pk}/answers/{answer_id}/reply/"
    assert api_for(one.officer).call("post", reply, {"kind": "accept"}).status_code == 403
    assert api_for(person("+77015550998")).call("post", reply, {"kind": "accept"}).status_code == 404
    Case.objects.filter(pk=case.pk).update(assignee=manager)
    assert api_for(manager).call("post", reply, {"kind": "accept"}).status_code == 403
    assert api_for(one.officer).call("get", f"/cases/{case.pk}/answers/").status_code == 404


def test_letters_are_given_inside_the_organisation(sides: tuple[Side, Side], api_for: ApiFor) -> None:
    one, other = sides
    colleague = officer(one.body, "+77015550720")
    chief = person("+77015550721", name="Начальников Нурлан")
    Membership.objects.create(user=chief, organisation=one.body, is_administrator=True)
    account_services.grant_role(actor=SYSTEM, user_id=chief.pk, role=Role.CREDITOR_ADMIN)
    path = f"/room/letters/{one.letter.pk}/give/"
    own, boss = api_for(one.officer), api_for(chief)
    assert own.call("post", path, {"assignee_id": str(colleague.pk)}).status_code == 403
    assert own.call("post", path, {"assignee_id": str(one.officer.pk)}).status_code == 200
    given = boss.call("post", path, {"assignee_id": str(colleague.pk)}).json()
    assert given["assignee"]["id"] == str(colleague.pk)
    assert own.call("post", path, {"assignee_id": None}).status_code == 403
    wrong = boss.call("post", path, {"assignee_id": str(other.officer.pk)})
    assert wrong.json()["errors"][0]["pointer"] == "/assignee_id"
    people = boss.call("get", "/room/lists/").json()["people"]
    assert {row["id"] for row in people} == {str(p.pk) for p in (one.officer, colleague, chief)}
    boss.call("post", f"/room/letters/{one.letter.pk}/answer/", REFUSAL)
    figures = boss.call("get", "/room/figures/").json()
    assert (figures["received"], figures["answered"], figures["answered_in_time"]) == (1, 1, 1)
    assert own.call("get", "/room/figures/").status_code == 403


def test_a_list_costs_the_same_however_long(
    sides: tuple[Side, Side], api_for: ApiFor, django_assert_max_num_queries: Any
) -> None:
    one, _other = sides
    client = api_for(one.officer)
    client.call("get", "/room/letters/")
    with django_assert_max_num_queries(12):
        assert client.call("get", "/room/letters/").status_code == 200
    client.call("post", f"/room/letters/{one.letter.pk}/answer/", offer())
    with django_assert_max_num_queries(20):
        assert client.call("get", f"/room/letters/{one.letter.pk}/").status_code == 200


def test_an_overdue_letter_is_told_as_such(sides: tuple[Side, Side], api_for: ApiFor) -> None:
    one, _other = sides
    CaseDeadline.objects.filter(obligation=one.debt, starts_on="APPLICATION_RECEIVED", bound="lender").update(
        start=clock.today() - timedelta(days=30), due=clock.today() - timedelta(days=2)
    )
    row = api_for(one.officer).call("get", "/room/letters/?tab=overdue").json()["items"][0]
    assert row["days_left"] is not None and row["days_left"] < 0


def test_ids_stay_what_they_are() -> None:
    assert isinstance(new_id(), UUID)
    assert answers.FILE_OWNER == "creditor_answer"
