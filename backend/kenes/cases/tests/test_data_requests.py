"""Erasure of everything, from the wish to the end, with real cases in it."""

import threading
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection

from kenes.accounts import consents
from kenes.accounts.models import PersonalDataRequest, Role, User
from kenes.accounts.personal_data import erasure
from kenes.cases import selectors, testing
from kenes.cases.models import Case, CaseDraft, CaseStory, CaseWords
from kenes.cases.search.words import name_keys, seal
from kenes.cases.story import submission
from kenes.event_log.models import EventRow
from kenes.foundation import clock, personal_data
from kenes.foundation.actor import Actor
from kenes.messaging import services as messaging
from kenes.messaging.models import Message

from .conftest import make_staff
from .data_request_steps import close, proven, run_requests

Api = Callable[[User], Any]
pytestmark = pytest.mark.django_db
NAME = "Досымов"


@pytest.fixture(autouse=True)
def _media(settings: Any, tmp_path: Any) -> None:
    settings.MEDIA_ROOT = tmp_path / "media"


@pytest.fixture
def case(borrower: User, today: date) -> Case:
    return testing.make_case(borrower)


@pytest.fixture
def closed(case: Case, supervisor: User) -> Case:
    close(case, supervisor)
    return case


@pytest.fixture
def admin_client(db: None, api_for: Api) -> Any:
    return proven(api_for(make_staff("boss@example.com", Role.ADMIN)))


def test_an_open_case_blocks_erasure_with_its_number(case: Case, borrower: User, api_for: Api) -> None:
    client = proven(api_for(borrower))
    preview = client.call("get", "/me/data-requests/preview/?kind=erasure", accept_language="ru").json()
    assert preview["blockers"] == [
        {"code": "case_open", "text": f"Дело {case.number} ещё открыто. Сначала закройте или отмените его."}
    ]
    answer = client.call("post", "/me/data-requests/", {"kind": "erasure"})
    assert (answer.status_code, answer.json()["code"]) == (409, "data_request.blocked")
    assert answer.json()["blockers"][0]["code"] == "case_open"


def test_erasure_goes_from_the_person_over_two_others_to_the_end(
    closed: Case, borrower: User, supervisor: User, api_for: Api, admin_client: Any
) -> None:
    messaging.send_sms(key="a", phone=testing.PHONE, text=f"{NAME}, здравствуйте", kind="test")
    client = proven(api_for(borrower))
    preview = client.call("get", "/me/data-requests/preview/?kind=erasure", accept_language="ru").json()
    by_code = {section["code"]: section for section in preview["sections"]}
    assert (by_code["cases"]["masked"], by_code["consents"]["kept"]) == (1, 3)
    assert "№ 94-V" in by_code["consents"]["ground"] and by_code["consents"]["ground_needs_lawyer_review"]

    opened = client.call("post", "/me/data-requests/", {"kind": "erasure"}).json()
    assert (opened["status"], opened["allowed_actions"]) == ("requested", ["cancel"])
    path = f"/data-requests/{opened['id']}"
    assert admin_client.call("post", f"{path}/execute/", {}).json()["code"] == "data_request.step_not_allowed"
    boss = proven(api_for(supervisor))
    assert boss.call("post", f"{path}/execute/", {}).status_code == 403
    assert admin_client.call("post", f"{path}/approve/", {"note": ""}).status_code == 403
    [listed] = boss.call("get", "/data-requests/?status=requested").json()["items"]
    assert (listed["id"], listed["allowed_actions"]) == (opened["id"], ["approve", "refuse"])
    assert boss.call("post", f"{path}/approve/", {"note": ""}).json()["status"] == "approved"
    assert admin_client.call("post", f"{path}/execute/", {}).json()["status"] == "running"
    run_requests()

    person = User.objects.get(pk=borrower.pk)
    assert (person.full_name, person.phone, person.phone_hash, person.iin, person.iin_hash, person.email) == (
        "", None, None, None, None, None,
    )  # fmt: skip
    assert person.erased_at is not None and not person.is_active and person.name_words == []
    assert client.call("get", "/me/reads/").status_code == 401
    row = Case.objects.get(pk=closed.pk)
    assert (row.borrower_name, row.status) == ("", "archived")
    said = {seal(key) for key in name_keys(NAME)}
    assert said.isdisjoint(str(CaseWords.objects.get(case=row).whole).replace("'", "").split())
    assert not CaseStory.objects.filter(case=row).exists()
    assert {debt.contract_number for debt in row.obligations.all()} == {""}
    assert not Message.objects.exclude(address_hash="").exists()
    done = PersonalDataRequest.objects.get(pk=opened["id"])
    assert (done.status, done.result["sections"]["profile"], done.result["sections"]["cases"]) == (
        "done",
        1,
        1,
    )
    assert consents.Consent.objects.filter(person=person).count() == 3
    # The number is free again for whoever has it now.
    assert testing.make_borrower().pk != person.pk


def test_staff_see_an_erased_case_without_errors(
    closed: Case, borrower: User, supervisor: User, api_for: Api
) -> None:
    request = erase_now(borrower)
    assert request.status == "done"
    boss = api_for(supervisor)
    assert boss.call("get", f"/cases/{closed.pk}/").status_code == 200
    assert boss.call("get", "/cases/").status_code == 200
    assert boss.call("get", f"/cases/{closed.pk}/timeline/").status_code == 200


def erase_now(person: User) -> PersonalDataRequest:
    request = PersonalDataRequest.objects.create(
        kind="erasure", status="running", person=person, requested_by=person
    )
    erasure.run(request_id=request.pk)
    request.refresh_from_db()
    return request


def test_a_killed_erasure_goes_on_where_it_stopped(
    closed: Case, borrower: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    request = PersonalDataRequest.objects.create(
        kind="erasure", status="running", person=borrower, requested_by=borrower
    )
    for section in personal_data.sections():
        if section.code in {"sign_in", "codes", "cases"}:
            erasure._erase(request.pk, section, percent=10)
    # The process died here: the person still has a name, the case has none.
    assert User.objects.get(pk=borrower.pk).full_name and not CaseStory.objects.exists()
    erasure.run(request_id=request.pk)
    erasure.run(request_id=request.pk)
    request.refresh_from_db()
    assert (request.status, request.result["sections"]["cases"]) == ("done", 1)
    assert User.objects.get(pk=borrower.pk).full_name == ""
    assert EventRow.objects.filter(type="data_request.moved", data__status="done").count() == 1


def test_whoever_started_a_request_does_not_decide_on_it(
    closed: Case, borrower: User, supervisor: User, api_for: Api
) -> None:
    boss = proven(api_for(supervisor))
    body = {"person_id": str(borrower.pk), "kind": "export", "reason": "просил письмом"}
    opened = boss.call("post", "/data-requests/", body)
    assert (opened.status_code, opened.json()["status"]) == (201, "requested")
    answer = boss.call("post", f"/data-requests/{opened.json()['id']}/approve/", {"note": ""})
    assert (answer.status_code, answer.json()["code"]) == (409, "data_request.own_decision")
    other = proven(api_for(make_staff("second@example.com", Role.SUPERVISOR)))
    decided = other.call("post", f"/data-requests/{opened.json()['id']}/approve/", {"note": ""}).json()
    assert decided["status"] == "running"
    run_requests()
    # Only the person himself takes the copy.
    assert boss.call("get", f"/me/data-requests/{opened.json()['id']}/file/").status_code == 404
    client = proven(api_for(borrower))
    assert client.call("get", f"/me/data-requests/{opened.json()['id']}/file/").status_code == 200


def test_a_refused_or_cancelled_request_ends_and_another_may_follow(
    closed: Case, borrower: User, supervisor: User, api_for: Api
) -> None:
    client, boss = proven(api_for(borrower)), proven(api_for(supervisor))
    first = client.call("post", "/me/data-requests/", {"kind": "erasure"}).json()["id"]
    short = boss.call("post", f"/data-requests/{first}/refuse/", {"note": ""})
    assert short.json()["errors"][0]["pointer"] == "/note"
    refused = boss.call("post", f"/data-requests/{first}/refuse/", {"note": "нужен документ"}).json()
    assert refused["status"] == "refused"
    second = client.call("post", "/me/data-requests/", {"kind": "erasure"}).json()["id"]
    assert client.call("post", f"/me/data-requests/{second}/cancel/", {}).json()["status"] == "cancelled"
    late = boss.call("post", f"/data-requests/{second}/approve/", {"note": ""})
    assert late.json()["code"] == "data_request.step_not_allowed"


@pytest.mark.django_db(transaction=True)
def test_two_requests_at_the_same_moment_are_one(borrower: User, api_for: Api) -> None:
    clients = [proven(api_for(borrower)) for _client in range(4)]
    answers: list[int] = []

    def ask(client: Any) -> None:
        try:
            answers.append(client.call("post", "/me/data-requests/", {"kind": "export"}).status_code)
        finally:
            connection.close()

    threads = [threading.Thread(target=ask, args=(client,)) for client in clients]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
    assert sorted(answers) == [201, 409, 409, 409]


def test_without_consent_to_processing_nothing_new_is_taken_in(
    case: Case, borrower: User, api_for: Api
) -> None:
    client = api_for(borrower)
    withdrawn = client.call("post", "/consents/personal_data/withdraw/", {"reason": "не хочу"}).json()[
        "items"
    ]
    item = next(item for item in withdrawn if item["kind"] == "personal_data")
    assert item["withdrawn_at"] and not item["is_current"] and item["allowed_actions"] == ["accept"]
    refused = client.call("post", "/cases/", {"language": "ru"})
    assert (refused.status_code, refused.json()["code"]) == (409, "case.personal_data_withdrawn")
    # The open case stays, and its borrower still reads it.
    assert client.call("get", f"/cases/{case.pk}/").status_code == 200


def test_a_draft_is_not_saved_or_submitted_after_a_withdrawal(
    borrower: User, today: date, api_for: Api
) -> None:
    actor = Actor(borrower.pk, frozenset({"borrower"}), frozenset({"case.file"}))
    draft = submission.create_draft(actor=actor, language="ru")
    client = api_for(borrower)
    client.call("post", "/consents/personal_data/withdraw/", {"reason": ""})
    saved = client.call("put", f"/cases/{draft.pk}/draft/", {"step": "x", "data": {"a": 1}})
    assert saved.json()["code"] == "case.personal_data_withdrawn"
    sent = client.call("post", f"/cases/{draft.pk}/submit/", testing.form_data())
    assert (sent.json()["code"], sent.json()["missing"]) == ("case.consent_missing", ["personal_data"])
    assert not CaseDraft.objects.exists()
    assert selectors.get_draft(actor=actor, case_id=draft.pk) is None


def test_an_ended_case_becomes_anonymous_after_its_term(closed: Case, borrower: User) -> None:
    from kenes.cases import personal_data as own

    ended = Case.objects.get(pk=closed.pk).closed_at
    assert ended is not None
    assert own.mask_closed(ended) == 0
    assert own.mask_closed(ended + timedelta(seconds=1)) == 1
    assert own.mask_closed(ended + timedelta(seconds=1)) == 0
    row = Case.objects.get(pk=closed.pk)
    assert (row.borrower_name, row.status, row.total_tiyn) == ("", "archived", closed.total_tiyn)
    assert User.objects.get(pk=borrower.pk).full_name != ""


def test_an_open_case_is_never_made_anonymous(case: Case) -> None:
    from kenes.cases import personal_data as own

    assert own.mask_closed(clock.now() + timedelta(days=4000)) == 0
    assert CaseStory.objects.count() == 1


def test_only_drafts_that_nobody_touched_go(borrower: User, today: date) -> None:
    from kenes.cases import personal_data as own

    actor = Actor(borrower.pk, frozenset({"borrower"}), frozenset({"case.file"}))
    draft = submission.create_draft(actor=actor, language="ru")
    submission.save_draft(actor=actor, case_id=draft.pk, step="", data={"a": 1})
    touched = Case.objects.get(pk=draft.pk).updated_at
    assert own.remove_drafts(touched) == 0
    assert own.remove_drafts(touched + timedelta(seconds=1)) == 1
    assert not Case.objects.exists() and not CaseDraft.objects.exists()


def test_staff_cannot_be_erased_while_they_are_staff(manager: User, api_for: Api) -> None:
    client = proven(api_for(manager))
    answer = client.call("post", "/me/data-requests/", {"kind": "erasure"})
    assert [blocker["code"] for blocker in answer.json()["blockers"]] == ["staff_roles"]
