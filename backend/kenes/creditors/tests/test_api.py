"""The registry over HTTP."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from kenes.accounts import services as account_services
from kenes.accounts.models import Role, User
from kenes.creditors import testing
from kenes.creditors.models import Creditor
from kenes.foundation.actor import SystemActor
from kenes.foundation.identifiers import new_id
from kenes.foundation.values import PhoneNumber

Api = Callable[[User], Any]


@pytest.fixture
def kaspi(db: None) -> Creditor:
    testing.load_reference_data()
    return Creditor.objects.get(code="kaspi")


@pytest.fixture
def borrower(db: None) -> User:
    person = account_services.ensure_account(phone=PhoneNumber.parse("+77015551234"), language="ru")
    assert person is not None
    account_services.confirm_phone(user_id=person.pk)
    return person


@pytest.fixture
def manager(db: None) -> User:
    return account_services.create_staff_account(
        actor=SystemActor("test"), email="manager@example.com", full_name="Ахметова Динара", language="ru",
        password="a long staff password", roles=[Role.MANAGER],
    )  # fmt: skip


def test_search_gives_what_a_form_needs(kaspi: Creditor, borrower: User, api_for: Api) -> None:
    answer = api_for(borrower).call("get", "/creditors/?query=каспи&limit=5", Accept_Language="kk")
    assert answer.status_code == 200
    assert answer.json() == {
        "items": [
            {
                "id": str(kaspi.id), "name": "«Kaspi Bank» АҚ", "type": "BANK", "type_label": "Банк", "bin": None,
                "verified": True,
            }
        ],
        "next_cursor": None,
    }  # fmt: skip


def test_search_costs_few_queries(kaspi: Creditor, borrower: User, api_for: Api) -> None:
    api = api_for(borrower)
    with CaptureQueriesContext(connection) as captured:
        assert api.call("get", "/creditors/?query=банк&limit=50").status_code == 200
    assert len(captured) <= 4


@pytest.mark.parametrize(
    ("query", "pointer"),
    [
        ("query=" + "я" * 201, "/query"),
        ("query=%00", "/query"),
        ("limit=0", "/limit"),
        ("limit=51", "/limit"),
        ("limit=x", "/limit"),
        ("name=kaspi", "/name"),
    ],
)
def test_wrong_query_is_named(
    kaspi: Creditor, borrower: User, api_for: Api, query: str, pointer: str
) -> None:
    answer = api_for(borrower).call("get", f"/creditors/?{query}")
    assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (400, pointer)


def test_manager_enters_and_confirms_an_address(kaspi: Creditor, manager: User, api_for: Api) -> None:
    api = api_for(manager)
    added = api.call(
        "post", f"/creditors/{kaspi.id}/addresses/", {"kind": "email", "value": "Letters@kaspi.example"}
    )
    assert added.status_code == 201
    address = added.json()["addresses"][0]
    assert (address["value"], address["status"]) == ("letters@kaspi.example", "unverified")
    assert added.json()["allowed_actions"] == ["add_address", "confirm_address"]
    path = f"/creditors/{kaspi.id}/addresses/{address['id']}/confirm/"
    confirmed = api.call("post", path)
    assert (confirmed.status_code, confirmed.json()["addresses"][0]["status"]) == (200, "confirmed")
    again = api.call("post", path)
    assert (again.status_code, again.json()["code"]) == (409, "creditor.address_already_confirmed")


def test_borrower_sees_no_addresses(kaspi: Creditor, borrower: User, api_for: Api) -> None:
    api = api_for(borrower)
    assert api.call("get", f"/creditors/{kaspi.id}/").status_code == 403
    assert api.call("post", f"/creditors/{kaspi.id}/addresses/", {"value": "a@b.kz"}).status_code == 403
    assert api.call("post", f"/creditors/{kaspi.id}/addresses/{new_id()}/confirm/").status_code == 403


@pytest.mark.parametrize(
    ("body", "pointer"),
    [
        ({}, "/value"),
        ({"value": ""}, "/value"),
        ({"value": None}, "/value"),
        ({"value": 5}, "/value"),
        ({"value": ["a@b.kz"]}, "/value"),
        ({"value": "not an address"}, "/value"),
        ({"value": "a@b"}, "/value"),
        ({"value": "letters@kаspi.kz"}, "/value"),
        ({"value": "a\nBcc: x@y.kz@b.kz"}, "/value"),
        ({"value": "a" * 250 + "@b.kz"}, "/value"),
        ({"value": "a@b.kz", "kind": "pigeon"}, "/kind"),
        ({"value": "a@b.kz", "note": "x"}, "/note"),
    ],
)
def test_wrong_address_is_named(
    kaspi: Creditor, manager: User, api_for: Api, body: Any, pointer: str
) -> None:
    answer = api_for(manager).call("post", f"/creditors/{kaspi.id}/addresses/", body)
    assert answer.status_code == 400
    assert pointer in [error["pointer"] for error in answer.json()["errors"]]


def test_unknown_lender_is_not_found(kaspi: Creditor, manager: User, api_for: Api) -> None:
    assert api_for(manager).call("get", f"/creditors/{new_id()}/").status_code == 404
