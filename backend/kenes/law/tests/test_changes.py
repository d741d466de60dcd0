"""Proposals to change the law: who may, what is refused, and that nothing changes before the switch."""

from collections.abc import Callable
from datetime import date
from threading import Barrier, Thread
from typing import Any

import pytest
from django.db import connections

from kenes.accounts import services as account_services
from kenes.accounts.models import Role, User
from kenes.foundation import clock
from kenes.foundation.actor import SystemActor
from kenes.law import changes, selectors, services, testing
from kenes.law.models import CalendarDay, DeadlineRule, Index, LawChange

TODAY = date(2026, 11, 25)
KEY = "LENDER_REPLY"
EDITION: dict[str, Any] = {"valid_from": "2026-12-01", "amount": 20}


def person(email: str, role: Role) -> User:
    return account_services.create_staff_account(
        actor=SystemActor("test"), email=email, full_name=f"{email.split('@')[0].title()} Ахметова", language="ru",
        password="a long staff password", roles=[role],
    )  # fmt: skip


@pytest.fixture
def law(db: None) -> Any:
    testing.load_reference_data()
    with clock.demo_today(TODAY):
        yield


@pytest.fixture
def editor(law: None, api_for: Callable[[User], Any]) -> Any:
    return api_for(person("editor@example.com", Role.CONTENT_EDITOR))


@pytest.fixture
def supervisor(law: None, api_for: Callable[[User], Any]) -> Any:
    return api_for(person("supervisor@example.com", Role.SUPERVISOR))


def propose(editor: Any, kind: str = "edition", content: Any = None, key: str = KEY, **more: Any) -> Any:
    body = {"kind": kind, "rule_key": key, "content": content or EDITION, "reason": "Закон № 1", **more}
    return editor.call("post", "/law/changes/", body)


def step(api: Any, change: Any, name: str, **more: Any) -> Any:
    return api.call("post", f"/law/changes/{change['id']}/{name}/", {"version": change["version"], **more})


def approved(editor: Any, supervisor: Any, **said: Any) -> Any:
    change = propose(editor, **said).json()
    change = step(editor, change, "submit").json()
    return step(supervisor, change, "approve").json()


def test_an_edition_holds_from_its_day_and_not_before(editor: Any, supervisor: Any) -> None:
    start = date(2026, 11, 10)
    change = approved(editor, supervisor)
    assert (change["status"], change["switch_on"]) == ("approved", "2026-12-01")
    assert DeadlineRule.objects.filter(key=KEY).count() == 1
    assert changes.switch_on_due() == 0
    with clock.demo_today(date(2026, 12, 1)):
        assert changes.switch_on_due() == 1
        assert changes.switch_on_due() == 0
        assert selectors.due_by_rule(KEY, start, on=clock.today()) == date(2026, 11, 30)
    assert selectors.due_by_rule(KEY, start, on=date(2026, 11, 30)) == date(2026, 11, 25)
    services.load_reference_data()
    assert [row.amount for row in DeadlineRule.objects.filter(key=KEY).order_by("valid_from")] in (
        [20, 15], [15, 20],
    )  # fmt: skip


def test_an_edition_for_later_events_leaves_older_terms_to_the_one_before(
    editor: Any, supervisor: Any
) -> None:
    approved(editor, supervisor, content={**EDITION, "for_running": False})
    with clock.demo_today(date(2026, 12, 1)):
        changes.switch_on_due()
    on = date(2026, 12, 5)
    assert selectors.due_by_rule(KEY, date(2026, 11, 30), on=on) == date(2026, 12, 15)
    assert selectors.due_by_rule(KEY, date(2026, 12, 1), on=on) == date(2026, 12, 21)


def test_the_author_cannot_approve_and_others_cannot_write(
    editor: Any, supervisor: Any, api_for: Any
) -> None:
    change = step(editor, propose(editor).json(), "submit").json()
    assert change["allowed_actions"] == ["edit", "withdraw"]
    assert step(editor, change, "approve").status_code == 403
    assert propose(supervisor).status_code == 403
    manager = api_for(person("manager@example.com", Role.MANAGER))
    assert manager.call("get", "/law/changes/").status_code == 403
    assert manager.call("get", "/law/rules/").status_code == 200
    both = person("both@example.com", Role.SUPERVISOR)
    account_services.grant_role(actor=SystemActor("test"), user_id=both.pk, role=Role.CONTENT_EDITOR)
    own = api_for(User.objects.get(pk=both.pk))
    change = step(own, propose(own, key="REGULATOR_REPLY").json(), "submit").json()
    assert step(own, change, "approve").json()["code"] == "law.second_person_needed"
    assert step(supervisor, change, "approve").status_code == 200


def test_calendar_days_are_switched_on_at_once_when_their_day_has_come(editor: Any, supervisor: Any) -> None:
    days = [
        {"day": "2026-12-10", "kind": "day_off", "reason": "transfer", "note": "Decree 7"},
        {"day": "2026-12-12", "kind": "workday"},
        {"day": "2026-12-16", "kind": "workday"},
    ]
    change = approved(editor, supervisor, kind="calendar", key="", content={"days": days})
    assert change["status"] == "applied"
    calendar = selectors.working_calendar()
    assert calendar.reason_off(date(2026, 12, 10)) == "transfer"
    assert calendar.reason_off(date(2026, 12, 12)) is None
    assert calendar.reason_off(date(2026, 12, 16)) is None
    services.load_reference_data()
    assert selectors.working_calendar() == calendar
    plain = [{"day": "2026-12-10", "kind": "plain"}, {"day": "2026-12-16", "kind": "plain"}]
    approved(editor, supervisor, kind="calendar", key="", content={"days": plain})
    calendar = selectors.working_calendar()
    assert calendar.reason_off(date(2026, 12, 10)) is None
    assert calendar.reason_off(date(2026, 12, 16)) == "independence_day"
    assert CalendarDay.objects.get(day=date(2026, 12, 16)).origin == "reference"


def test_a_figure_of_the_budget(editor: Any, supervisor: Any) -> None:
    figure = {"code": "MCI", "valid_from": "2027-01-01", "value_tiyn": 460_000, "source": "Бюджет 2027"}
    approved(editor, supervisor, kind="index", key="", content=figure)
    assert selectors.mci_tiyn(date(2027, 1, 1)) == 460_000
    assert selectors.mci_tiyn(date(2026, 12, 31)) == 432_500
    assert Index.objects.filter(code="MCI", valid_from=date(2027, 1, 1)).count() == 1


def test_a_closed_rule_starts_no_terms(editor: Any, supervisor: Any) -> None:
    approved(editor, supervisor, kind="close", content={"valid_to": "2026-11-25"})
    assert selectors.compute("APPLICATION_RECEIVED", TODAY, TODAY) == []
    services.load_reference_data()
    assert selectors.compute("APPLICATION_RECEIVED", TODAY, TODAY) == []


@pytest.mark.parametrize(
    ("said", "pointer"),
    [
        ({"content": {"amount": 20}}, "/content/valid_from"),
        ({"content": {**EDITION, "amount": 0}}, "/content/amount"),
        ({"content": {**EDITION, "amount": 10**9}}, "/content/amount"),
        ({"content": {**EDITION, "amount": "x"}}, "/content/amount"),
        ({"content": {**EDITION, "remind_at": [99]}}, "/content/remind_at"),
        ({"content": {**EDITION, "sources": ["nothing"]}}, "/content/sources"),
        ({"content": {**EDITION, "unit": "MIN"}}, "/content/unit"),
        ({"content": {**EDITION, "explanation": {"ru": "До {doom}"}}}, "/content/explanation/ru"),
        ({"content": {**EDITION, "explanation": {"ru": "До {due"}}}, "/content/explanation/ru"),
        ({"content": {**EDITION, "title": {"ru": "\x00"}}}, "/content/title/ru"),
        ({"content": {**EDITION, "title": {"ru": "\ud800"}}}, "/content/title/ru"),
        ({"content": {**EDITION, "more": 1}}, "/content/more"),
        ({"key": "NOTHING"}, "/rule_key"),
        ({"kind": "magic"}, "/kind"),
        ({"kind": "calendar", "content": {"days": []}}, "/content/days"),
        ({"kind": "calendar", "content": {"days": [{"day": "2026-02-30", "kind": "day_off"}]}}, "/content/days/0/day"),
        ({"kind": "calendar", "content": {"days": [{"day": "2070-02-03", "kind": "day_off"}]}}, "/content/days/0/day"),
        (
            {"kind": "calendar", "content": {"days": [{"day": "2026-12-10", "kind": "day_off"}] * 2}},
            "/content/days/1/day",
        ),
        ({"kind": "index", "content": {"code": "MCI", "valid_from": "2027-01-01", "value_tiyn": -1, "source": "x"}}, "/content/value_tiyn"),
        ({"content": []}, "/content"),
        ({"kind": "close", "content": {"valid_to": None}}, "/content/valid_to"),
    ],
)  # fmt: skip
def test_wrong_content_names_the_field(editor: Any, said: dict[str, Any], pointer: str) -> None:
    kind, content, key = said.get("kind", "edition"), said.get("content", EDITION), said.get("key", KEY)
    answer = editor.call(
        "post", "/law/changes/", {"kind": kind, "rule_key": key, "content": content, "reason": "x"}
    )
    assert answer.status_code == 400, answer.content
    assert pointer in [error["pointer"] for error in answer.json()["errors"]]
    assert not LawChange.objects.exists()


def test_a_proposal_that_no_longer_fits_is_not_approved(editor: Any, supervisor: Any) -> None:
    late = step(editor, propose(editor).json(), "submit").json()
    approved(editor, supervisor, content={**EDITION, "valid_from": "2026-11-25", "amount": 18})
    DeadlineRule.objects.filter(key=KEY, amount=18).update(valid_from=date(2026, 12, 5))
    answer = step(supervisor, late, "approve")
    assert (answer.status_code, answer.json()["code"]) == (409, "law.moved_on")


def test_stale_versions_and_wrong_states_are_refused(editor: Any, supervisor: Any) -> None:
    change = propose(editor).json()
    edited = editor.call(
        "patch", f"/law/changes/{change['id']}/", {"version": 1, "content": {**EDITION, "amount": 21}}
    )
    assert edited.json()["content"]["amount"] == 21
    assert step(editor, change, "submit").json()["code"] == "law.change_changed_meanwhile"
    current = edited.json()
    assert step(supervisor, current, "approve").json()["code"] == "law.change_state"
    gone = step(editor, current, "withdraw").json()
    assert gone["status"] == "withdrawn"
    assert step(editor, gone, "submit").json()["code"] == "law.change_state"


def test_an_author_mends_what_waits_for_approval_and_asks_anew(
    editor: Any, supervisor: Any, api_for: Any
) -> None:
    change = propose(
        editor, content={**EDITION, "explanation": {"ru": "До {due}", "kk": "{due} дейін"}}
    ).json()
    waiting = step(editor, change, "submit").json()
    address = f"/law/changes/{change['id']}/"
    body = {
        "version": waiting["version"], "reason": "Закон № 2",
        "content": {**EDITION, "amount": 22, "explanation": {"ru": "Ответ до {due}"}},
    }  # fmt: skip
    other = api_for(person("other@example.com", Role.CONTENT_EDITOR))
    assert other.call("patch", address, body).status_code == 403
    assert "edit" not in other.call("get", address).json()["allowed_actions"]
    assert supervisor.call("patch", address, body).status_code == 403
    mended = editor.call("patch", address, body).json()
    assert (mended["status"], mended["submitted_at"], mended["reason"]) == ("draft", None, "Закон № 2")
    assert mended["content"]["amount"] == 22
    assert mended["content"]["explanation"]["ru"] == "Ответ до {due}"
    assert mended["content"]["explanation"]["kk"] == "{due} дейін"
    # Who has read the words before cannot agree with those after.
    assert step(supervisor, waiting, "approve").json()["code"] in {
        "law.change_state", "law.change_changed_meanwhile",
    }  # fmt: skip
    again = step(editor, mended, "submit").json()
    done = step(supervisor, again, "approve").json()
    late = editor.call("patch", address, {**body, "version": done["version"]})
    assert (late.status_code, late.json()["code"]) == (409, "law.change_state")


def test_rules_calendar_and_figures_for_staff(editor: Any, django_assert_max_num_queries: Any) -> None:
    rules = editor.call("get", "/law/rules/", accept_language="kk").json()["items"]
    first = next(rule for rule in rules if rule["key"] == KEY)
    assert first["title"] == "Кредитордың өтінішке жауабы"
    assert first["editions"][0]["consequence"]["ru"].startswith("Молчание кредитора")
    assert editor.call("get", "/law/rules/NOTHING/").status_code == 404
    year = editor.call("get", "/law/calendar/?year=2026", accept_language="ru").json()
    assert {"2026-12-16"} <= {day["day"] for day in year["days"]}
    for wrong in ("1800", "2099", "x", "99999999999999999999"):
        assert editor.call("get", f"/law/calendar/?year={wrong}").status_code == 400
    first = editor.call("get", "/law/indices/").json()["items"][0]
    assert (first["code"], first["source"][:30]) == ("MCI", "Закон о республиканском бюджет")
    told = editor.get("/api/v1/law/indices/", headers={"Accept-Language": "kk"}).json()["items"][0]
    assert "жылға арналған" in told["source"]


@pytest.mark.django_db(transaction=True)
def test_two_approvals_at_once_switch_on_once(api_for: Any) -> None:
    services.load_reference_data()
    editor = api_for(person("editor@example.com", Role.CONTENT_EDITOR))
    clients = [api_for(person(f"boss{number}@example.com", Role.SUPERVISOR)) for number in range(3)]
    today = clock.today().isoformat()
    change = propose(editor, content={"valid_from": today, "amount": 20}).json()
    change = step(editor, change, "submit").json()
    barrier, statuses = Barrier(3), []

    def approve(client: Any) -> None:
        barrier.wait()
        statuses.append(step(client, change, "approve").status_code)
        connections.close_all()

    threads = [Thread(target=approve, args=(client,)) for client in clients]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(statuses) == [200, 409, 409]
    assert DeadlineRule.objects.filter(key=KEY).count() == 2
