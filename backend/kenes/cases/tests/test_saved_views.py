"""Saved views, and how a person has the list."""

from collections.abc import Callable
from typing import Any

import pytest

from kenes.accounts.models import User
from kenes.cases.models import SavedView

Api = Callable[[User], Any]
pytestmark = pytest.mark.django_db


def view(**changes: Any) -> dict[str, Any]:
    made = {
        "name": "Срочные", "filters": {"urgency": [1, 2], "assignee": "me", "created_after": "2026-11-01"},
        "columns": ["status", "term"], "layout": "board_status",
    }  # fmt: skip
    return made | changes


def names(api: Any) -> list[str]:
    return [row["name"] for row in api.call("get", "/cases/views/").json()["items"]]


def test_a_view_keeps_filters_as_codes(manager: User, api_for: Api) -> None:
    api = api_for(manager)
    made = api.call("post", "/cases/views/", view())
    assert made.status_code == 201
    assert made.json()["filters"] == {
        "urgency": [1, 2], "assignee": "me", "created_after": "2026-11-01", "sort": "-created_at",
    }  # fmt: skip
    assert made.json()["may_edit"] is True
    assert api.call("post", "/cases/views/", view()).json()["code"] == "case.view_name_taken"


def test_words_of_people_and_unknown_parts_are_refused(
    manager: User, api_for: Api, subtests: pytest.Subtests
) -> None:
    for change in [
        {"name": ""}, {"name": "x" * 61}, {"filters": {"query": "Досымов"}}, {"columns": []},
        {"columns": ["iin"]}, {"layout": "cards"}, {"scope": "world"}, {"name": "a\u0000b"},
    ]:  # fmt: skip
        with subtests.test(change=change):
            assert api_for(manager).call("post", "/cases/views/", view(**change)).status_code == 400
            assert not SavedView.objects.exists()


def test_who_has_a_view(
    manager: User, other_manager: User, supervisor: User, admin: User, api_for: Api
) -> None:
    own, team = view(name="Мой"), view(name="Наш", scope="team")
    shared = view(name="Общий", scope="shared")
    api = api_for(manager)
    assert api.call("post", "/cases/views/", own).status_code == 201
    assert api.call("post", "/cases/views/", team).status_code == 201
    assert api.call("post", "/cases/views/", shared).status_code == 403
    assert api_for(supervisor).call("post", "/cases/views/", shared).status_code == 201
    assert names(api) == ["Мой", "Наш", "Общий"]
    assert names(api_for(other_manager)) == ["Наш", "Общий"]
    assert names(api_for(admin)) == ["Общий"]


def test_only_the_owner_or_who_may_share_changes_a_view(
    manager: User, other_manager: User, supervisor: User, api_for: Api
) -> None:
    team = api_for(manager).call("post", "/cases/views/", view(scope="team")).json()["id"]
    address = f"/cases/views/{team}/"
    assert api_for(other_manager).call("put", address, view(name="Чужой")).status_code == 403
    assert api_for(other_manager).call("delete", address).status_code == 403
    assert api_for(supervisor).call("delete", address).status_code == 404
    assert api_for(manager).call("put", address, view(name="Новое имя")).json()["name"] == "Новое имя"
    assert api_for(manager).call("delete", address).status_code == 204
    assert api_for(manager).call("delete", address).status_code == 404


def test_settings_are_kept_one_by_one(manager: User, other_manager: User, api_for: Api) -> None:
    api = api_for(manager)
    assert api.call("get", "/cases/views/").json()["preference"]["columns"][0] == "creditors"
    api.call("patch", "/cases/views/preference/", {"columns": ["tags", "status"]})
    api.call("patch", "/cases/views/preference/", {"default_view": "mine", "order": ["due", "mine"]})
    assert api.call("get", "/cases/views/").json()["preference"] == {
        "columns": ["tags", "status"], "order": ["due", "mine"], "default_view": "mine", "layout": "list",
    }  # fmt: skip
    assert api_for(other_manager).call("get", "/cases/views/").json()["preference"]["default_view"] == ""
    assert api.call("patch", "/cases/views/preference/", {"columns": ["iin"]}).status_code == 400
