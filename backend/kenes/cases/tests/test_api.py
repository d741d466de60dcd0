"""Cases over HTTP: form, detail, work of staff; who is let in and what they see."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from kenes.accounts.models import User
from kenes.cases import selectors, testing
from kenes.cases.models import Case

Api = Callable[[User], Any]
DAY = {"X_Demo_Date": "2026-11-18"}


@pytest.fixture(autouse=True)
def _demo(settings: Any) -> None:
    settings.DEMO = True


@pytest.fixture
def case(borrower: User, today: date) -> Case:
    return testing.make_case(borrower)


@pytest.fixture
def other_borrower(reference: None) -> User:
    return testing.make_borrower("+77015550001", "920803397822", "Есенұлы Бақытжан")


def version_of(case: Case) -> int:
    return Case.objects.get(pk=case.pk).version


def test_form_from_draft_to_number(borrower: User, api_for: Api) -> None:
    api = api_for(borrower)
    created = api.call("post", "/cases/", {"language": "ru"}, **DAY)
    assert created.status_code == 201
    case_id = created.json()["id"]
    assert created.json()["now"][0]["action"]["kind"] == "continue_draft"
    assert api.call("post", "/cases/", {"language": "ru"}, **DAY).json()["id"] == case_id
    kept = {"step": "debts", "data": {"applicant": {"full_name": "Досымов"}}}
    assert api.call("put", f"/cases/{case_id}/draft/", kept, **DAY).status_code == 200
    again = api.call("get", f"/cases/{case_id}/draft/", **DAY).json()
    assert (again["step"], again["data"]) == (kept["step"], kept["data"])
    answer = api.call(
        "post", f"/cases/{case_id}/submit/", testing.form_data(), Idempotency_Key="a" * 20, **DAY
    )
    assert answer.status_code == 200, answer.content
    case = answer.json()
    assert (case["number"], case["status"], case["urgency"]) == ("KH-2026-000001", "active", 2)
    assert [row["rule"] for row in case["deadlines"] if row["critical"]] == ["BORROWER_RELIEF_APPLICATION"]
    critical = next(row for row in case["deadlines"] if row["critical"])
    assert (critical["due"], critical["days_left"], critical["status"]) == ("2026-11-23", 5, "running")
    assert critical["explanation"] and critical["source"]
    assert case["obligations"][0]["creditor"]["has_confirmed_address"] is True
    assert [step["current"] for step in case["tracks"][0]["steps"]][:2] == [True, False]
    repeated = api.call(
        "post", f"/cases/{case_id}/submit/", testing.form_data(), Idempotency_Key="a" * 20, **DAY
    )
    assert (repeated.status_code, repeated.json()["number"]) == (200, "KH-2026-000001")
    without_key = api.call("post", f"/cases/{case_id}/submit/", testing.form_data(), **DAY)
    assert (without_key.status_code, without_key.json()["code"]) == (409, "case.already_submitted")


def test_missing_consent_is_named(borrower: User, api_for: Api) -> None:
    from kenes.accounts.models import Consent

    Consent.objects.filter(kind="creditor_transfer").delete()
    api = api_for(borrower)
    case_id = api.call("post", "/cases/", {}, **DAY).json()["id"]
    answer = api.call("post", f"/cases/{case_id}/submit/", testing.form_data(), **DAY)
    assert (answer.status_code, answer.json()["code"]) == (409, "case.consent_missing")
    assert answer.json()["missing"] == ["creditor_transfer"]


def test_strangers_see_nothing(case: Case, other_borrower: User, api_for: Api, api: Any) -> None:
    stranger = api_for(other_borrower)
    reads = [f"/cases/{case.id}/", f"/cases/{case.id}/draft/", f"/cases/{case.id}/timeline/"]
    for path in reads:
        assert stranger.call("get", path).status_code == 404, path
        assert api.call("get", path).status_code == 401, path
    writes = {
        "submit/": testing.form_data(),
        "move/": {"action": "cancel", "version": version_of(case)},
        "comments/": {"text": "привет", "audience": "public"},
        "facts/": {"kind": "REFUSED", "date": "2026-11-01"},
    }
    for path, body in writes.items():
        assert stranger.call("post", f"/cases/{case.id}/{path}", body).status_code == 404, path
    assert stranger.call("put", f"/cases/{case.id}/draft/", {"step": "", "data": {}}).status_code == 404
    assert stranger.call("get", "/cases/").json()["items"] == []
    assert stranger.call("post", "/cases/search/", {"query": "Досымов"}).json()["items"] == []


def test_borrower_is_kept_from_the_work_of_staff(case: Case, borrower: User, api_for: Api) -> None:
    api, version = api_for(borrower), version_of(case)
    assert (
        api.call("post", f"/cases/{case.id}/assign/", {"assignee_id": None, "version": version}).status_code
        == 403
    )
    assert (
        api.call("post", f"/cases/{case.id}/reveal/", {"fields": ["iin"], "reason": "просто так"}).status_code
        == 403
    )
    assert api.call("get", "/staff/managers/").status_code == 403
    closing = {"action": "close", "outcome": "DEFERRAL", "version": version}
    assert api.call("post", f"/cases/{case.id}/move/", closing).status_code == 403
    internal = api.call("post", f"/cases/{case.id}/comments/", {"text": "тайно", "audience": "internal"})
    assert internal.status_code == 403


def test_pool_shows_a_case_from_outside(case: Case, manager: User, api_for: Api) -> None:
    api = api_for(manager)
    row = api.call("get", "/cases/").json()["items"][0]
    assert row["borrower_name"] == "Досымов К. А."
    seen = api.call("get", f"/cases/{case.id}/").json()
    assert seen["masked"] is True
    assert seen["applicant"]["full_name"] == "Досымов К. А."
    assert (seen["income"], seen["hardship"], seen["assets"]) == (None, None, [])
    assert (seen["applicant"]["email"], seen["applicant"]["address"]) == (None, None)
    assert seen["applicant"]["masked_iin"] == "••••••••0122"
    taken = api.call(
        "post", f"/cases/{case.id}/assign/", {"assignee_id": str(manager.pk), "version": seen["version"]}
    )
    assert taken.status_code == 200
    assert taken.json()["masked"] is False
    assert taken.json()["applicant"]["full_name"] == "Досымов Кайрат Ануарович"
    assert taken.json()["hardship"]["text"].startswith("С 30 сентября")


def test_assigned_case_leaves_the_pool(case: Case, manager: User, other_manager: User, api_for: Api) -> None:
    body = {"assignee_id": str(manager.pk), "version": version_of(case)}
    assert api_for(manager).call("post", f"/cases/{case.id}/assign/", body).status_code == 200
    assert api_for(other_manager).call("get", f"/cases/{case.id}/").status_code == 404
    assert api_for(other_manager).call("get", "/cases/").json()["items"] == []


def test_drafts_are_the_borrowers_alone(
    borrower: User, supervisor: User, manager: User, api_for: Api
) -> None:
    case_id = api_for(borrower).call("post", "/cases/", {}).json()["id"]
    for person in (supervisor, manager):
        assert api_for(person).call("get", f"/cases/{case_id}/").status_code == 404
        assert api_for(person).call("get", "/cases/").json()["items"] == []
        assert api_for(person).call("get", f"/cases/{case_id}/draft/").status_code in {403, 404}


def test_administrator_sees_that_cases_exist(case: Case, admin: User, api_for: Api) -> None:
    api = api_for(admin)
    row = api.call("get", "/cases/").json()["items"][0]
    assert (row["number"], row["borrower_name"], row["masked_iin"], row["creditors"], row["total_tiyn"]) == (
        "KH-2026-000001", "", None, [], None,
    )  # fmt: skip
    assert api.call("get", f"/cases/{case.id}/").status_code == 403
    assert api.call("post", "/cases/search/", {"query": "Досымов"}).json()["items"] == []
    assert len(api.call("post", "/cases/search/", {"query": "KH-2026-000001"}).json()["items"]) == 1


def test_moving_with_an_old_version_is_a_conflict(case: Case, supervisor: User, api_for: Api) -> None:
    answer = api_for(supervisor).call(
        "post", f"/cases/{case.id}/move/", {"action": "close", "outcome": "DEFERRAL", "version": 1}
    )
    assert (answer.status_code, answer.json()["code"]) == (409, "case.changed_meanwhile")
    assert answer.json()["version"] == version_of(case)


def test_manager_moves_a_case_on(case: Case, manager: User, api_for: Api) -> None:
    api = api_for(manager)
    given = api.call(
        "post", f"/cases/{case.id}/assign/", {"assignee_id": str(manager.pk), "version": version_of(case)}
    )
    assert "close" in given.json()["allowed_actions"]
    body = {"action": "close", "outcome": "DEFERRAL", "version": given.json()["version"]}
    closed = api.call("post", f"/cases/{case.id}/move/", body, Accept_Language="en")
    assert (closed.status_code, closed.json()["status"], closed.json()["outcome"]) == (
        200,
        "closed",
        "DEFERRAL",
    )
    body["version"] = closed.json()["version"]
    again = api.call("post", f"/cases/{case.id}/move/", body)
    assert (again.status_code, again.json()["code"]) == (409, "case.already_done")


def test_fact_brings_its_term(case: Case, borrower: User, api_for: Api) -> None:
    answer = api_for(borrower).call(
        "post", f"/cases/{case.id}/facts/",
        {"kind": "INSCRIPTION_RECEIVED", "date": "2026-11-10", "text": "заказное письмо"}, **DAY,
    )  # fmt: skip
    assert answer.status_code == 200
    seen = answer.json()
    assert [row["due"] for row in seen["deadlines"] if row["rule"] == "INSCRIPTION_OBJECTION"] == [
        "2026-11-24"
    ]
    assert seen["urgency"] == 1
    assert seen["events"][0]["obligation_id"] == seen["obligations"][0]["id"]
    assert {track["kind"]: track["proposed"] for track in seen["tracks"]} == {
        "RESTRUCTURING": False, "NOTARY_OBJECTION": True,
    }  # fmt: skip


def test_reveal_gives_whole_numbers(case: Case, supervisor: User, api_for: Api) -> None:
    answer = api_for(supervisor).call(
        "post", f"/cases/{case.id}/reveal/", {"fields": ["iin", "phone"], "reason": "сверка по телефону"}
    )
    assert answer.json() == {"iin": testing.IIN, "phone": testing.PHONE}


def test_timeline_hides_the_inside_from_the_borrower(
    case: Case, borrower: User, supervisor: User, api_for: Api
) -> None:
    staff = api_for(supervisor)
    staff.call("post", f"/cases/{case.id}/comments/", {"text": "проверить справку", "audience": "internal"})
    staff.call("post", f"/cases/{case.id}/comments/", {"text": "Добрый день!", "audience": "public"})
    staff.call("post", f"/cases/{case.id}/reveal/", {"fields": ["phone"], "reason": "звонок заёмщику"})
    inside = staff.call("get", f"/cases/{case.id}/timeline/").json()["items"]
    outside = api_for(borrower).call("get", f"/cases/{case.id}/timeline/").json()["items"]
    assert {"проверить справку", "Добрый день!"} <= {item["text"] for item in inside}
    assert "access" in {item["kind"] for item in inside}
    assert "Добрый день!" in {item["text"] for item in outside}
    assert "проверить справку" not in {item["text"] for item in outside}
    assert "access" not in {item["kind"] for item in outside}
    assert not any(item["internal"] for item in outside)
    assert "Supervisor Ахметова" not in {item["actor_label"] for item in outside}
    assert "Supervisor Ахметова" in {item["actor_label"] for item in inside}


def test_timeline_pages_do_not_repeat_or_lose(case: Case, borrower: User, api_for: Api) -> None:
    api = api_for(borrower)
    whole = [item["id"] for item in api.call("get", f"/cases/{case.id}/timeline/?limit=100").json()["items"]]
    collected, cursor = [], ""
    while cursor is not None:
        suffix = f"&cursor={cursor}" if cursor else ""
        page = api.call("get", f"/cases/{case.id}/timeline/?limit=2{suffix}").json()
        collected += [item["id"] for item in page["items"]]
        cursor = page["next_cursor"]
    assert collected == whole


@pytest.mark.parametrize("language", ["ru", "kk", "en"])
def test_texts_come_in_the_readers_language(case: Case, borrower: User, api_for: Api, language: str) -> None:
    seen = api_for(borrower).call("get", f"/cases/{case.id}/", Accept_Language=language, **DAY).json()
    expected = {"ru": "Письмо готовится", "kk": "Хат дайындалып жатыр", "en": "Letter is being prepared"}
    assert seen["headline"] == expected[language]


def _queries(api: Any, path: str, method: str = "get", body: Any = None) -> int:
    with CaptureQueriesContext(connection) as captured:
        assert api.call(method, path, body).status_code == 200
    return len(captured)


def test_number_of_queries_does_not_grow(reference: None, supervisor: User, api_for: Api) -> None:
    api = api_for(supervisor)
    testing.bulk_cases(3, seed=1)
    paths: list[tuple[str, str, Any]] = [
        ("get", "/cases/?limit=50", None),
        ("get", "/cases/?limit=50&sort=urgency&status=active&status=triage", None),
        ("get", "/cases/counts/", None),
        ("post", "/cases/search/", {"query": "KH", "limit": 50}),
    ]
    few = [_queries(api, path, method, body) for method, path, body in paths]
    testing.bulk_cases(40, seed=2)
    many = [_queries(api, path, method, body) for method, path, body in paths]
    assert few == many
    assert max(many) <= 9


def test_opening_a_case_takes_a_constant_number_of_queries(borrower: User, today: date, api_for: Api) -> None:
    small = testing.make_case(borrower)
    debts = [{**testing.FORM["obligations"][0], "contract_number": f"N-{index}"} for index in range(12)]
    large = testing.make_case(borrower, obligations=debts)
    api = api_for(borrower)
    counted = [_queries(api, f"/cases/{case.id}/") for case in (small, large)]
    assert counted[0] == counted[1] <= 15
    histories = [_queries(api, f"/cases/{case.id}/timeline/?limit=100") for case in (small, large)]
    assert histories[0] == histories[1] <= 12


def test_socket_follows_only_visible_cases(case: Case, borrower: User, other_borrower: User) -> None:
    from kenes.accounts.selectors import actor_for
    from kenes.realtime import registry

    assert registry.may_listen(actor_for(borrower), "case", case.id)
    assert not registry.may_listen(actor_for(other_borrower), "case", case.id)
    assert not selectors.is_visible(actor_for(other_borrower), case.id)
