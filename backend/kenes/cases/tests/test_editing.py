"""Corrections of the story: versions, refusals of stale saves, who may and until when."""

import threading
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.db import connection

from kenes.accounts.models import User
from kenes.cases import testing
from kenes.cases.models import Case, FieldChange, Track
from kenes.cases.tests.people_of_cases import person, specialist
from kenes.event_log.models import EventRow

ApiFor = Callable[[User], Any]


@pytest.fixture
def case(borrower: User, today: date) -> Case:
    return testing.make_case(borrower)


def patch(client: Any, case: Case, body: Any, version: int | str | None = None) -> Any:
    Case.objects.get(pk=case.pk)
    seen = Case.objects.get(pk=case.pk).version if version is None else version
    mark = seen if isinstance(seen, str) else f'"{seen}"'
    return client.call("patch", f"/cases/{case.pk}/story/", body, **{"if-match": mark})


@pytest.mark.django_db
def test_a_case_tells_its_version_in_the_etag(case: Case, borrower: User, api_for: ApiFor) -> None:
    answer = api_for(borrower).call("get", f"/cases/{case.pk}/")
    assert answer["ETag"] == f'"{answer.json()["version"]}"'


@pytest.mark.django_db
def test_the_borrower_corrects_single_fields_and_each_keeps_old_and_new(
    case: Case, borrower: User, api_for: ApiFor
) -> None:
    client = api_for(borrower)
    before = client.call("get", f"/cases/{case.pk}/story/").json()
    answer = patch(client, case, {"address": "г. Астана, ул. Новая, 1", "income": {"dependents": 3}})
    assert answer.status_code == 200, answer.content
    told = answer.json()
    assert told["address"] == "г. Астана, ул. Новая, 1"
    assert told["income"]["dependents"] == 3
    assert told["income"]["monthly_now_tiyn"] == before["income"]["monthly_now_tiyn"]
    assert told["version"] == before["version"] + 1
    assert answer["ETag"] == f'"{told["version"]}"'
    rows = {row.field: (row.old, row.new) for row in FieldChange.objects.filter(case=case)}
    assert rows["income/dependents"] == ("2", "3")
    assert rows["address"][1] == "г. Астана, ул. Новая, 1"
    event = EventRow.objects.get(type="case.story_edited")
    assert set(event.data["fields"]) == {"address", "income/dependents"}
    assert "Астана" not in str(event.data)


@pytest.mark.django_db
def test_the_same_values_again_change_nothing(case: Case, borrower: User, api_for: ApiFor) -> None:
    client = api_for(borrower)
    told = client.call("get", f"/cases/{case.pk}/story/").json()
    income = {key: value for key, value in told["income"].items() if key != "drop_percent"}
    answer = patch(client, case, {"income": income, "relief": told["relief"], "hardship": told["hardship"]})
    assert answer.status_code == 200, answer.content
    assert answer.json()["version"] == told["version"]
    assert not EventRow.objects.filter(type="case.story_edited").exists()


@pytest.mark.django_db
def test_a_stale_save_is_refused_with_what_is_needed_to_merge(
    case: Case, borrower: User, supervisor: User, api_for: ApiFor
) -> None:
    mine, theirs = api_for(borrower), api_for(supervisor)
    seen = mine.call("get", f"/cases/{case.pk}/story/").json()["version"]
    assert patch(theirs, case, {"income": {"dependents": 4}}, seen).status_code == 200
    refused = patch(mine, case, {"income": {"dependents": 1}}, seen)
    assert refused.status_code == 412
    problem = refused.json()
    assert problem["code"] == "case.changed_meanwhile"
    assert problem["version"] == seen + 1
    assert problem["current"]["income"]["dependents"] == 4
    (change,) = problem["changed"]
    assert (change["field"], change["old"], change["new"], change["by"]) == (
        "income/dependents",
        "2",
        "4",
        "",
    )
    # With the version of the answer the same values are saved.
    assert patch(mine, case, {"income": {"dependents": 1}}, problem["version"]).status_code == 200


@pytest.mark.django_db
def test_staff_read_who_changed_meanwhile(
    case: Case, borrower: User, supervisor: User, api_for: ApiFor
) -> None:
    staff = api_for(supervisor)
    seen = staff.call("get", f"/cases/{case.pk}/story/").json()["version"]
    assert patch(api_for(borrower), case, {"address": "г. Шымкент, 5"}, seen).status_code == 200
    (change,) = patch(staff, case, {"address": "г. Тараз, 6"}, seen).json()["changed"]
    assert change["by_borrower"] is True


@pytest.mark.django_db
def test_a_mark_that_is_no_version_is_a_field_error(
    case: Case, borrower: User, api_for: ApiFor, subtests: pytest.Subtests
) -> None:
    for mark in ["abc", '"x"', '"1", "2"', "*", '"99999999999"', "W/1"]:
        with subtests.test(mark=mark):
            refused = patch(api_for(borrower), case, {"address": "г. Алматы, 1"}, mark)
            assert refused.status_code == 400
            assert refused.json()["errors"][0]["pointer"] == "/If-Match"


@pytest.mark.django_db
def test_without_if_match_nothing_is_saved(case: Case, borrower: User, api_for: ApiFor) -> None:
    refused = api_for(borrower).call("patch", f"/cases/{case.pk}/story/", {"address": "г. Алматы, 1"})
    assert (refused.status_code, refused.json()["code"]) == (428, "case.version_missing")


@pytest.mark.django_db
def test_who_may_not_correct_hears_so_whatever_else_is_wrong(
    case: Case, manager: User, borrower: User, api_for: ApiFor
) -> None:
    def tried(who: User) -> int:
        return int(api_for(who).call("patch", f"/cases/{case.pk}/story/", {"no": "field"}).status_code)

    assert [tried(person("+77015550999")), tried(manager), tried(borrower)] == [404, 403, 428]


@pytest.mark.django_db
def test_wrong_values_name_their_field(
    case: Case, borrower: User, api_for: ApiFor, subtests: pytest.Subtests
) -> None:
    for body, pointer in [
        ({"income": {"dependents": -1}}, "/income/dependents"),
        ({"income": {"disabled_dependents": 9}}, "/income/disabled_dependents"),
        ({"income": {"monthly_now_tiyn": 10**30}}, "/income/monthly_now_tiyn"),
        ({"income": {"unknown": 1}}, "/income/unknown"),
        ({"relief": {"kinds": ["COLLATERAL_SOLD_BY_BORROWER"]}}, "/relief/kinds"),
        ({"assets": [{"value_tiyn": 5}]}, "/assets/0/kind"),
        ({"hardship": {"since": "2026-02-30"}}, "/hardship/since"),
        ({"email": "ы@почта"}, "/email"),
        ({"address": "\x00"}, "/address"),
        ({"status": "closed"}, "/status"),
    ]:
        with subtests.test(body=body, pointer=pointer):
            refused = patch(api_for(borrower), case, body)
            assert refused.status_code == 400, refused.content
            assert pointer in [error["pointer"] for error in refused.json()["errors"]]


@pytest.mark.django_db
def test_after_a_letter_has_left_only_staff_correct(
    case: Case, borrower: User, supervisor: User, api_for: ApiFor
) -> None:
    Track.objects.filter(case=case).update(state="SENT")
    client = api_for(borrower)
    shown = client.call("get", f"/cases/{case.pk}/story/").json()
    assert (shown["editable"], shown["locked"]) == (False, True)
    refused = patch(client, case, {"address": "г. Алматы, 1"})
    assert (refused.status_code, refused.json()["code"]) == (409, "case.story_locked")
    assert patch(api_for(supervisor), case, {"address": "г. Алматы, 1"}).status_code == 200


@pytest.mark.django_db
def test_others_do_not_correct_the_story(
    case: Case, manager: User, other_manager: User, api_for: ApiFor
) -> None:
    body = {"address": "г. Алматы, 1"}
    assert patch(api_for(person("+77015550999")), case, body).status_code == 404
    # In the pool the case is seen masked.
    assert api_for(manager).call("get", f"/cases/{case.pk}/story/").status_code == 403
    assert patch(api_for(manager), case, body).status_code == 403
    Case.objects.filter(pk=case.pk).update(assignee=other_manager)
    assert patch(api_for(manager), case, body).status_code == 404
    assert patch(api_for(other_manager), case, body).status_code == 200


@pytest.mark.django_db
def test_a_lawyer_of_the_case_reads_and_does_not_correct(case: Case, borrower: User, api_for: ApiFor) -> None:
    lawyer = specialist("lawyer", email="lawyer@example.com")
    added = api_for(borrower).call(
        "post", f"/cases/{case.pk}/parties/", {"role": "lawyer", "email": "lawyer@example.com"}
    )
    assert added.status_code == 201
    client = api_for(lawyer)
    assert client.call("get", f"/cases/{case.pk}/story/").json()["editable"] is False
    assert patch(client, case, {"address": "г. Алматы, 1"}).status_code == 403


@pytest.mark.django_db
def test_a_correction_reads_in_the_history(case: Case, borrower: User, api_for: ApiFor) -> None:
    client = api_for(borrower)
    patch(client, case, {"hardship": {"text": "Предприятие закрылось."}})
    lines = client.call("get", f"/cases/{case.pk}/timeline/").json()["items"]
    assert lines[0]["kind"] == "fields"


@pytest.mark.django_db(transaction=True)
def test_of_two_at_the_same_moment_one_is_told_to_compare(
    case: Case, borrower: User, supervisor: User, api_for: ApiFor
) -> None:
    seen = Case.objects.get(pk=case.pk).version
    clients = {"1": api_for(borrower), "2": api_for(supervisor)}
    gate, answers = threading.Barrier(2), []

    def save(house: str) -> None:
        gate.wait()
        answers.append(patch(clients[house], case, {"address": f"г. Алматы, {house}"}, seen).status_code)
        connection.close()

    threads = [threading.Thread(target=save, args=(house,)) for house in clients]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(answers) == [200, 412]
    assert FieldChange.objects.filter(case=case, field="address").count() == 1
