"""Powers of attorney: given, checked, revoked, run out."""

import threading
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from django.db import connection

from kenes.accounts import powers, selectors, services
from kenes.accounts.models import PowerOfAttorney, Role, RoleGrant, User
from kenes.accounts.testing import an_actor, prove
from kenes.accounts.tests.conftest import make_borrower
from kenes.accounts.tests.test_specialists import staff, upload
from kenes.event_log.models import EventRow
from kenes.files.models import StoredFile
from kenes.files.testing import a_pdf
from kenes.foundation import clock, crypto
from kenes.foundation.actor import Actor
from kenes.foundation.values import PhoneNumber

pytestmark = pytest.mark.django_db
OTHER_PHONE = "+77015550301"


@pytest.fixture(autouse=True)
def _media(settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path / "media"


@pytest.fixture
def client(borrower: User, api_for: Callable[[User], Any]) -> Any:
    client = api_for(borrower)
    prove(client)
    return client


@pytest.fixture
def checker(api_for: Callable[[User], Any]) -> Any:
    client = api_for(staff("supervisor@example.com", Role.SUPERVISOR))
    prove(client)
    return client


@pytest.fixture
def representative() -> User:
    person = make_borrower(OTHER_PHONE)
    person.full_name = "Ахметова Салтанат Ерболовна"
    person.save(update_fields=["full_name"])
    return person


def terms(**changes: Any) -> dict[str, Any]:
    day = clock.today()
    plain = {
        "representative_phone": OTHER_PHONE, "scope": ["view", "act"], "number": "", "issued_by": "",
        "valid_from": day.isoformat(), "valid_until": (day + timedelta(days=90)).isoformat(),
    }  # fmt: skip
    return plain | changes


def give(client: Any, **changes: Any) -> Any:
    return client.call("post", "/me/powers/", terms(**changes))


SIGNING = {"scope": ["act", "sign"], "number": "1842", "issued_by": "Нотариус г. Алматы"}


def test_a_power_to_act_counts_at_once(client: Any, borrower: User, representative: User) -> None:
    body = give(client).json()
    assert (body["status"], body["scope"]) == ("active", ["view", "act"])
    actor = selectors.actor_for(representative)
    assert Role.REPRESENTATIVE in actor.roles
    assert actor.represents(borrower.pk, "act") and not actor.represents(borrower.pk, "sign")


def test_giving_needs_a_fresh_proof(borrower: User, api_for: Callable[[User], Any]) -> None:
    answer = give(api_for(borrower))
    assert (answer.status_code, answer.json()["code"]) == (403, "auth.proof_required")


def test_known_and_unknown_numbers_get_the_same_answer(client: Any, representative: User) -> None:
    known = give(client).json()
    unknown = give(client, representative_phone="+77015550399").json()
    differ = {name for name in known if known[name] != unknown[name]}
    assert differ == {"id", "created_at", "representative_name"}
    assert known["representative_name"] == "+7 ••• ••• 03 01"
    assert unknown["representative_name"] == "+7 ••• ••• 03 99"
    closed = make_borrower("+77015550377")
    User.objects.filter(pk=closed.pk).update(is_active=False)
    assert give(client, representative_phone="+77015550377").status_code == 201
    listed = client.call("get", "/me/powers/")
    assert representative.full_name not in listed.content.decode()


def test_no_number_is_answered_faster_than_another(client: Any, representative: User, settings: Any) -> None:
    settings.SIGN_IN_ANSWER_FLOOR_SECONDS = 0.4
    for phone in (OTHER_PHONE, "+77015550399"):
        started = time.monotonic()
        assert give(client, representative_phone=phone).status_code == 201
        assert time.monotonic() - started >= 0.4


def test_an_account_made_for_a_representative_is_kept_until_he_comes(client: Any) -> None:
    give(client, representative_phone="+77015550399")
    made = User.objects.get(phone_hash=crypto.lookup_hash("+77015550399"))
    assert made.phone_verified_at is None
    with clock.frozen(clock.now() + timedelta(days=3)):
        services.remove_unconfirmed_accounts()
    assert User.objects.filter(pk=made.pk).exists()


def test_a_power_to_sign_waits_for_paper_and_check(
    client: Any, checker: Any, borrower: User, representative: User
) -> None:
    power = give(client, **SIGNING).json()
    assert (power["status"], power["scope"], power["allowed_actions"]) == (
        "submitted", ["view", "act", "sign"], ["revoke", "attach_document"],
    )  # fmt: skip
    assert selectors.actor_for(representative).powers == ()
    address = f"/powers/{power['id']}/approve/"
    assert checker.call("post", address, {"note": ""}).json()["code"] == "accounts.document_missing"
    assert upload(client, f"/me/powers/{power['id']}/document/").json()["has_document"]
    assert checker.call("post", address, {"note": ""}).json()["code"] == "files.not_ready"
    StoredFile.objects.update(scan="clean")
    queue = checker.call("get", "/powers/?status=submitted").json()["items"]
    assert [row["representative_name"] for row in queue] == [representative.full_name]
    assert checker.call("get", f"/powers/{power['id']}/document/").content == a_pdf()
    assert checker.call("post", address, {"note": ""}).json()["status"] == "active"
    assert selectors.actor_for(representative).represents(borrower.pk, "sign")
    assert checker.call("post", address, {"note": ""}).status_code == 409


def test_a_rejected_power_never_counts(client: Any, checker: Any, representative: User) -> None:
    power = give(client, **SIGNING).json()
    address = f"/powers/{power['id']}/reject/"
    assert checker.call("post", address, {"note": ""}).json()["errors"][0]["pointer"] == "/note"
    assert checker.call("post", address, {"note": "Не читается"}).json()["status"] == "rejected"
    assert Role.REPRESENTATIVE not in selectors.actor_for(representative).roles
    shown = client.call("get", "/me/powers/").json()["given"][0]
    assert (shown["check_note"], shown["allowed_actions"]) == ("Не читается", [])


def test_nobody_checks_a_power_of_his_own(api_for: Callable[[User], Any]) -> None:
    supervisor = staff("both@example.com", Role.SUPERVISOR)
    own = api_for(supervisor)
    prove(own)
    power = give(own, **SIGNING).json()
    upload(own, f"/me/powers/{power['id']}/document/")
    StoredFile.objects.update(scan="clean")
    assert own.call("post", f"/powers/{power['id']}/approve/", {"note": ""}).status_code == 403


def test_revoking_ends_it_with_the_next_request_and_signs_nobody_out(
    client: Any, borrower: User, representative: User, api_for: Callable[[User], Any]
) -> None:
    power = give(client).json()
    other = api_for(representative)
    assert len(other.call("get", "/me/powers/").json()["received"]) == 1
    assert client.call("post", f"/me/powers/{power['id']}/revoke/", {}).json()["status"] == "revoked"
    assert client.call("post", f"/me/powers/{power['id']}/revoke/", {}).status_code == 200
    actor = selectors.actor_for(representative)
    assert (Role.REPRESENTATIVE in actor.roles, actor.powers) == (False, ())
    assert other.call("get", "/me/powers/").status_code == 200
    assert EventRow.objects.filter(type="power.revoked").count() == 1


def test_the_role_stays_while_another_power_is_in_force(client: Any, representative: User) -> None:
    first, _second = give(client).json(), give(client, scope=["view"]).json()
    client.call("post", f"/me/powers/{first['id']}/revoke/", {})
    actor = selectors.actor_for(representative)
    assert Role.REPRESENTATIVE in actor.roles
    assert [power.scope for power in actor.powers] == [frozenset({"view"})]


def test_the_representative_may_give_it_up_and_strangers_find_nothing(
    client: Any, representative: User, api_for: Callable[[User], Any]
) -> None:
    power = give(client).json()
    stranger = api_for(make_borrower("+77015550311"))
    assert stranger.call("post", f"/me/powers/{power['id']}/revoke/", {}).status_code == 404
    assert upload(stranger, f"/me/powers/{power['id']}/document/").status_code == 404
    assert stranger.call("get", "/me/powers/").json() == {"given": [], "received": []}
    assert api_for(representative).call("post", f"/me/powers/{power['id']}/revoke/", {}).status_code == 200


def test_a_power_counts_between_its_days_only(client: Any, borrower: User, representative: User) -> None:
    today = clock.today()
    first, last = today + timedelta(days=5), today + timedelta(days=9)
    give(client, valid_from=first.isoformat(), valid_until=last.isoformat())
    counted = []
    for day in (today, first, last, last + timedelta(days=1)):
        with clock.demo_today(day):
            counted.append(selectors.actor_for(representative).represents(borrower.pk, "view"))
    assert counted == [False, True, True, False]
    with clock.demo_today(last):
        assert powers.end_expired() == 0
    with clock.demo_today(last + timedelta(days=1)):
        assert [powers.end_expired(), powers.end_expired()] == [1, 0]
        assert powers.shown_status(PowerOfAttorney.objects.get()) == "expired"
    assert Role.REPRESENTATIVE not in selectors.actor_for(representative).roles
    assert EventRow.objects.filter(type="power.expired").count() == 1


@pytest.mark.parametrize(
    ("change", "pointer"),
    [
        ({"representative_phone": "+77015551234"}, "/representative_phone"),
        ({"representative_phone": "123"}, "/representative_phone"),
        ({"representative_phone": "+76015550399"}, "/representative_phone"),
        ({"scope": []}, "/scope"),
        ({"scope": ["everything"]}, "/scope/0"),
        ({"valid_until": "2020-01-01"}, "/valid_until"),
        ({"valid_until": "2035-01-01"}, "/valid_until"),
        ({"scope": ["sign"]}, "/number"),
        ({"status": "active"}, "/status"),
        ({"principal_id": "x"}, "/principal_id"),
    ],
)
def test_wrong_values_are_named(client: Any, change: dict[str, Any], pointer: str) -> None:
    answer = give(client, **change)
    assert answer.status_code == 400
    assert pointer in [error["pointer"] for error in answer.json()["errors"]]


def test_ten_powers_a_day_are_enough(client: Any) -> None:
    answers = [give(client).status_code for _ in range(11)]
    assert answers == [201] * 10 + [429]


def test_29_february_has_no_twin_three_years_later(borrower: User) -> None:
    from datetime import date

    wanted = powers.Terms(("view",), "", "", date(2028, 2, 29), date(2031, 2, 28))
    power = powers.give(
        actor=an_actor("borrower", user_id=borrower.pk), phone=PhoneNumber.parse(OTHER_PHONE), language="ru",
        terms=wanted,
    )  # fmt: skip
    assert power.valid_until == date(2031, 2, 28)


@pytest.mark.django_db(transaction=True)
def test_powers_that_end_at_the_same_moment_leave_no_role(settings: Any) -> None:
    principals = [make_borrower(f"+7701555032{number}") for number in range(4)]
    representative = make_borrower(OTHER_PHONE)
    plain = powers.Terms(("view",), "", "", clock.today(), clock.today() + timedelta(days=5))
    actors = [an_actor("borrower", user_id=person.pk) for person in principals]
    given = [
        powers.give(actor=actor, phone=PhoneNumber.parse(OTHER_PHONE), language="ru", terms=plain).pk
        for actor in actors
    ]
    start = threading.Barrier(len(given))

    def end(actor: Actor, power_id: UUID) -> None:
        start.wait()
        try:
            powers.revoke(actor=actor, power_id=power_id)
        finally:
            connection.close()

    threads = [threading.Thread(target=end, args=pair) for pair in zip(actors, given, strict=True)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
    assert PowerOfAttorney.objects.filter(status="revoked").count() == 4
    assert Role.REPRESENTATIVE not in selectors.actor_for(representative).roles
    assert not RoleGrant.objects.filter(
        user=representative, role="representative", revoked_at__isnull=True
    ).exists()
