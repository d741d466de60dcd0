"""The own profile: what is shown of it, what can be changed, and by whom."""

from collections.abc import Callable
from typing import Any

import pytest

from kenes.accounts import profile, services
from kenes.accounts.models import User
from kenes.accounts.tests.conftest import IIN, SYSTEM, make_borrower
from kenes.event_log.models import EventRow

pytestmark = pytest.mark.django_db
PAPER = {"kind": "id_card", "number": "044123456", "issued_by": "МВД РК", "issued_on": "2020-03-01"}


@pytest.fixture
def client(borrower: User, api_for: Callable[[User], Any]) -> Any:
    return api_for(borrower)


def patch(client: Any, **changes: Any) -> Any:
    version = client.call("get", "/me/profile/").json()["version"]
    return client.call("patch", "/me/profile/", {"version": version, **changes})


def test_numbers_are_masked(client: Any, borrower: User) -> None:
    services.set_identity(actor=SYSTEM, user_id=borrower.pk, full_name="Досымов Кайрат", iin=IIN)
    patch(client, papers=[PAPER])
    answer = client.call("get", "/me/profile/")
    body = answer.json()
    assert body["papers"] == [
        {"kind": "id_card", "masked_number": "••••••456", "issued_by": "МВД РК", "issued_on": "2020-03-01",
         "valid_until": None}
    ]  # fmt: skip
    assert body["birth_date"] == "1987-04-19"
    assert body["full_name"] == "Досымов Кайрат"
    for secret in (IIN, borrower.phone or "", "044123456"):
        assert secret not in answer.content.decode()


def test_the_profile_is_encrypted_and_the_event_names_no_value(client: Any, borrower: User) -> None:
    patch(client, addresses=[{"kind": "actual", "text": "Алматы, мкр. 8, д. 41"}], full_name_kk="Әлия")
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT profile FROM accounts_user WHERE id = %s", [borrower.pk])
        assert "Алматы".encode() not in bytes(cursor.fetchone()[0])
    event = EventRow.objects.get(type="person.profile_changed")
    assert event.data == {"person_id": str(borrower.pk), "fields": ["full_name_kk", "addresses"]}


def test_a_paper_without_a_number_keeps_the_number(client: Any, borrower: User) -> None:
    patch(client, papers=[PAPER])
    again = {key: value for key, value in PAPER.items() if key != "number"} | {"issued_by": "МВД"}
    body = patch(client, papers=[again]).json()
    assert body["papers"][0]["masked_number"] == "••••••456"
    borrower.refresh_from_db()
    assert borrower.profile["papers"][0]["number"] == "044123456"
    wrong = patch(client, papers=[{"kind": "passport"}])
    assert wrong.status_code == 400
    assert wrong.json()["errors"][0]["pointer"] == "/papers/0/number"


def test_an_old_page_does_not_overwrite_a_newer_one(client: Any) -> None:
    assert patch(client, language="kk").status_code == 200
    late = client.call("patch", "/me/profile/", {"version": 1, "language": "en"})
    assert (late.status_code, late.json()["code"]) == (409, "accounts.profile_changed_meanwhile")
    assert client.call("get", "/me/profile/").json()["language"] == "kk"


@pytest.mark.parametrize(
    ("change", "pointer"),
    [
        ({"addresses": [{"kind": "actual", "text": "a"}] * 2}, "/addresses/1/kind"),
        ({"addresses": [{"kind": "nowhere", "text": "a"}]}, "/addresses/0/kind"),
        ({"addresses": [{"kind": "actual", "text": "\u0000"}]}, "/addresses/0/text"),
        ({"papers": [{**PAPER, "valid_until": "2019-01-01"}]}, "/papers/0/valid_until"),
        ({"papers": [{**PAPER, "issued_on": "2999-01-01"}]}, "/papers/0/issued_on"),
        ({"channels": {"preferred": "sms", "quiet_from": "22:00"}}, "/channels/quiet_until"),
        ({"channels": {"preferred": "sms", "quiet_from": "25:00", "quiet_until": "08:00"}}, "/channels/quiet_from"),
        ({"iin": IIN}, "/iin"),
        ({"roles": ["admin"]}, "/roles"),
        ({"email": "new@example.com"}, "/email"),
    ],
)  # fmt: skip
def test_wrong_values_are_named(client: Any, change: dict[str, Any], pointer: str) -> None:
    answer = patch(client, **change)
    assert answer.status_code == 400
    assert pointer in [error["pointer"] for error in answer.json()["errors"]]


def test_channels_are_kept(client: Any) -> None:
    wished = {"preferred": "whatsapp", "quiet_from": "22:00", "quiet_until": "08:00"}
    assert patch(client, channels=wished).json()["channels"] == wished


def test_nobody_changes_the_profile_of_another(borrower: User) -> None:
    from kenes.accounts.testing import an_actor
    from kenes.foundation.errors import Forbidden

    other = make_borrower("+77015550011")
    with pytest.raises(Forbidden):
        profile.update(
            actor=an_actor("borrower", user_id=other.pk), user_id=borrower.pk, version=1,
            changes={"full_name": "Другой"},
        )  # fmt: skip


@pytest.mark.parametrize(("number", "shown"), [("044123456", "••••••456"), ("N1234", "•••••"), ("", "")])
def test_short_numbers_are_hidden_whole(number: str, shown: str) -> None:
    assert profile.mask_number(number) == shown
