"""Taking a consent back: shown with its effect, logged, possible without a fresh proof, given again at will."""

import threading
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection, transaction

from kenes.accounts import consents, selectors, services
from kenes.accounts.errors_personal_data import ConsentNotGiven
from kenes.accounts.models import Consent, ConsentText, User
from kenes.event_log.models import EventRow
from kenes.foundation.actor import Actor

from .conftest import PHONE, make_borrower

KIND = "creditor_transfer"
pytestmark = pytest.mark.django_db


@pytest.fixture
def texts(db: None) -> None:
    services.load_reference_data()


@pytest.fixture
def person(texts: None) -> User:
    return make_borrower(PHONE)


def give(person: User, kind: str = KIND) -> None:
    text = ConsentText.objects.filter(kind=kind, language="ru").latest("version")
    consents.accept(
        actor=Actor(person.pk), kind=kind, version=text.version, sha256=text.sha256, ip="", user_agent=""
    )


@pytest.mark.parametrize(
    ("language", "label", "ends"),
    [
        ("ru", "Передача данных кредитору", "Кредиторам больше ничего не отправляется"),
        ("kk", None, "Кредиторларға енді ештеңе жіберілмейді"),
        ("en", "Passing data to the creditor", "Nothing more is sent to creditors"),
    ],
)
def test_each_consent_says_what_it_lets_us_do_and_what_ends(
    person: User, api_for: Any, language: str, label: str | None, ends: str
) -> None:
    give(person)
    [item] = api_for(person).call("get", "/consents/", accept_language=language).json()["items"]
    assert item["effect"]["ends"].startswith(ends) and item["effect"]["allows"]
    assert (item["is_current"], item["allowed_actions"], item["withdrawn_at"]) == (True, ["withdraw"], None)
    assert label is None or item["kind_label"] == label


def test_a_withdrawn_consent_no_longer_counts_and_can_be_given_again(person: User, api_for: Any) -> None:
    give(person)
    client = api_for(person)
    answer = client.call("post", f"/consents/{KIND}/withdraw/", {"reason": "передумал"})
    assert answer.status_code == 200
    [item] = answer.json()["items"]
    assert (item["is_current"], item["allowed_actions"]) == (False, ["accept"])
    assert item["withdrawn_at"] is not None
    assert not selectors.has_consent(person.pk, KIND) and selectors.has_withdrawn(person.pk, KIND)
    row = Consent.objects.get()
    assert (row.withdrawal_reason, row.withdrawn_ip) == ("передумал", "127.0.0.1")
    event = EventRow.objects.get(type="consent.withdrawn")
    assert event.data["kind"] == KIND and "передумал" not in str(event.data)

    again = client.call("post", f"/consents/{KIND}/withdraw/", {"reason": ""})
    assert (again.status_code, again.json()["code"]) == (404, "consent.not_given")
    give(person)
    assert selectors.has_consent(person.pk, KIND) and not selectors.has_withdrawn(person.pk, KIND)
    [item] = client.call("get", "/consents/").json()["items"]
    assert (item["is_current"], item["withdrawn_at"]) == (True, None)
    assert Consent.objects.count() == 2


@pytest.mark.parametrize("kind", ["no_such", "personal_data", "%00", "a" * 300])
def test_what_was_never_given_cannot_be_withdrawn(person: User, api_for: Any, kind: str) -> None:
    answer = api_for(person).call("post", f"/consents/{kind}/withdraw/", {"reason": ""})
    assert answer.status_code == 404


@pytest.mark.parametrize("body", [{"reason": "x" * 501}, {"reason": 5}, {"why": "x"}, {"reason": "\u0000"}])
def test_a_wrong_reason_is_named(person: User, api_for: Any, body: Any) -> None:
    give(person)
    answer = api_for(person).call("post", f"/consents/{KIND}/withdraw/", body)
    assert (answer.status_code, answer.json()["code"]) == (400, "validation")
    assert selectors.has_consent(person.pk, KIND)


def test_an_older_text_can_still_be_withdrawn(person: User, api_for: Any) -> None:
    give(person)
    ConsentText.objects.create(
        kind=KIND, version=2, language="ru", title="t", body="b", sha256=consents.digest("t", "b"),
        needs_lawyer_review=False,
    )  # fmt: skip
    client = api_for(person)
    [item] = client.call("get", "/consents/").json()["items"]
    assert (item["is_current"], item["allowed_actions"]) == (False, ["withdraw", "accept"])
    assert client.call("post", f"/consents/{KIND}/withdraw/", {"reason": ""}).status_code == 200


@pytest.mark.django_db(transaction=True)
def test_a_step_that_holds_the_consent_ends_before_the_withdrawal(texts: None) -> None:
    person = make_borrower(PHONE)
    give(person)
    order: list[str] = []
    held, done = threading.Event(), threading.Event()

    def step() -> None:
        try:
            with transaction.atomic():
                assert consents.hold(person.pk, KIND)
                held.set()
                done.wait(0.4)
                order.append("step")
        finally:
            connection.close()

    def withdraw() -> None:
        try:
            held.wait(5)
            consents.withdraw(actor=Actor(person.pk), kind=KIND)
            order.append("withdrawn")
        finally:
            connection.close()

    threads = [threading.Thread(target=step), threading.Thread(target=withdraw)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(10)
    assert order == ["step", "withdrawn"]
    with transaction.atomic():
        assert not consents.hold(person.pk, KIND)


@pytest.mark.django_db(transaction=True)
def test_parallel_withdrawals_are_one(texts: None) -> None:
    person = make_borrower(PHONE)
    give(person)
    outcomes: list[str] = []

    def withdraw() -> None:
        try:
            consents.withdraw(actor=Actor(person.pk), kind=KIND)
            outcomes.append("done")
        except ConsentNotGiven:
            outcomes.append("none")
        finally:
            connection.close()

    threads = [threading.Thread(target=withdraw) for _n in range(5)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(10)
    assert sorted(outcomes) == ["done", *["none"] * 4]
    assert EventRow.objects.filter(type="consent.withdrawn").count() == 1


def test_nobody_withdraws_for_another(person: User, api_for: Callable[[User], Any]) -> None:
    give(person)
    other = make_borrower("+77015550001")
    assert api_for(other).call("post", f"/consents/{KIND}/withdraw/", {"reason": ""}).status_code == 404
    assert selectors.has_consent(person.pk, KIND)
