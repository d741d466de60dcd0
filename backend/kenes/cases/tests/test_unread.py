"""What is new to whom."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from kenes.accounts import selectors as account_selectors
from kenes.accounts.models import User
from kenes.cases import services, testing
from kenes.cases.errors.cases import CaseNotFound
from kenes.cases.lists import unread
from kenes.cases.models import Case
from kenes.foundation.identifiers import new_id

Api = Callable[[User], Any]


@pytest.fixture
def case(borrower: User, today: date, manager: User) -> Case:
    made = testing.make_case(borrower)
    made.refresh_from_db()
    services.assign_case(
        actor=account_selectors.actor_for(manager),
        case_id=made.id,
        assignee_id=manager.pk,
        version=made.version,
    )
    return made


def says_unread(api: Any) -> bool:
    (row,) = api.call("get", "/cases/").json()["items"]
    filtered = api.call("get", "/cases/?unread=true").json()["items"]
    assert bool(filtered) == row["unread"]
    return bool(row["unread"])


def test_a_case_is_news_until_it_is_opened(case: Case, manager: User, borrower: User, api_for: Api) -> None:
    api = api_for(manager)
    assert says_unread(api)
    assert api.call("put", f"/cases/{case.id}/seen/").status_code == 204
    assert not says_unread(api)
    api_for(borrower).call("put", f"/cases/{case.id}/seen/")
    told = {"text": "Мне звонили из банка", "audience": "public"}
    assert api_for(borrower).call("post", f"/cases/{case.id}/comments/", told).status_code == 201
    assert says_unread(api)
    assert not says_unread(api_for(borrower))


def test_an_own_step_is_no_news_but_unread_words_stay_news(
    case: Case, manager: User, borrower: User, api_for: Api
) -> None:
    api = api_for(manager)
    api.call("put", f"/cases/{case.id}/seen/")
    api.call("post", f"/cases/{case.id}/comments/", {"text": "Перезвоню завтра", "audience": "internal"})
    assert not says_unread(api)
    api_for(borrower).call("post", f"/cases/{case.id}/comments/", {"text": "Жду", "audience": "public"})
    api.call("post", f"/cases/{case.id}/comments/", {"text": "И ещё раз", "audience": "internal"})
    assert says_unread(api)


def test_a_case_can_be_put_back_among_the_news(case: Case, manager: User, api_for: Api) -> None:
    api = api_for(manager)
    api.call("put", f"/cases/{case.id}/seen/")
    assert api.call("delete", f"/cases/{case.id}/seen/").status_code == 204
    assert says_unread(api)


def test_apps_above_make_news(case: Case, manager: User, borrower: User, api_for: Api) -> None:
    api = api_for(manager)
    api.call("put", f"/cases/{case.id}/seen/")
    unread.set_unread(case_id=case.id, by_id=borrower.pk)
    assert says_unread(api)
    with pytest.raises(CaseNotFound):
        unread.set_unread(case_id=new_id())


def test_strangers_mark_nothing(case: Case, other_manager: User, admin: User, api_for: Api) -> None:
    for stranger, status in ((other_manager, 404), (admin, 403)):
        api = api_for(stranger)
        assert api.call("put", f"/cases/{case.id}/seen/").status_code == status
        assert api.call("delete", f"/cases/{case.id}/seen/").status_code == status
