"""Texts to agree to and their acceptance, through the API."""

import hashlib
from collections import Counter
from collections.abc import Callable
from typing import Any

import pytest
from django.db import Error, transaction

from kenes.accounts import consents, selectors, services
from kenes.accounts.errors import PublishedTextChanged
from kenes.accounts.models import Consent, ConsentText, OneTimeCode, User
from kenes.event_log.models import EventRow

from .conftest import PHONE, make_borrower, wrong
from .test_sign_in_races import at_once, same_browser

KINDS = ["creditor_transfer", "personal_data", "sms_agreement"]


@pytest.fixture
def texts(db: None) -> None:
    services.load_reference_data()


@pytest.fixture
def client(borrower: User, api_for: Any, texts: None) -> Any:
    return api_for(borrower)


def text_of(client: Any, kind: str, language: str = "ru") -> dict[str, Any]:
    items = client.call("get", "/consents/texts/", accept_language=language).json()["items"]
    return next(item for item in items if item["kind"] == kind)


def acceptance(text: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"kind": text["kind"], "version": text["version"], "sha256": text["sha256"], **more}


@pytest.mark.parametrize("language", ["ru", "kk", "en"])
def test_everybody_can_read_the_texts_in_their_language(api: Any, texts: None, language: str) -> None:
    items = api.call("get", "/consents/texts/", accept_language=language).json()["items"]
    assert [item["kind"] for item in items] == KINDS
    assert {item["language"] for item in items} == {language}
    for item in items:
        assert hashlib.sha256(f"{item['title']}\n\n{item['body']}".encode()).hexdigest() == item["sha256"]
        assert item["needs_lawyer_review"] is True
        assert "{" not in item["body"]


def test_a_plain_text_is_accepted_once(client: Any, borrower: User) -> None:
    body = acceptance(text_of(client, "personal_data"))
    first = client.call("post", "/consents/", body, user_agent="Test browser")
    assert first.status_code == 201
    assert client.call("post", "/consents/", body).json()["accepted_at"] == first.json()["accepted_at"]
    row = Consent.objects.get()
    assert (row.kind, row.version, row.ip, row.user_agent) == (
        "personal_data",
        1,
        "127.0.0.1",
        "Test browser",
    )
    event = EventRow.objects.get(type="consent.accepted")
    assert event.data["text_sha256"] == body["sha256"]
    assert client.call("get", "/consents/").json()["items"][0]["kind"] == "personal_data"
    assert selectors.missing_consents(borrower.pk, KINDS) == ["creditor_transfer", "sms_agreement"]


def test_only_the_shown_newest_text_can_be_accepted(client: Any) -> None:
    text = text_of(client, "personal_data")
    changed = {**acceptance(text), "sha256": "0" * 64}
    assert client.call("post", "/consents/", changed).json()["code"] == "consent.text_changed"
    ConsentText.objects.create(
        kind="personal_data", version=2, language="ru", title="t", body="b", sha256=consents.digest("t", "b"),
        needs_lawyer_review=False,
    )  # fmt: skip
    answer = client.call("post", "/consents/", acceptance(text))
    assert (answer.status_code, answer.json()["code"]) == (409, "consent.text_changed")
    assert text_of(client, "personal_data", "kk")["language"] == "ru"  # version 2 has no other translation


def test_the_sms_agreement_needs_the_code(client: Any, borrower: User, last_code: Callable[..., str]) -> None:
    text = text_of(client, "sms_agreement", "kk")
    assert client.call("post", "/consents/", acceptance(text)).json()["code"] == "consent.code_expired"
    answer = client.call("post", "/consents/code/", {"kind": "sms_agreement"}, accept_language="kk")
    assert answer.status_code == 202
    assert (answer.json()["expires_in_seconds"], answer.json()["resend_after_seconds"]) == (300, 30)
    assert (
        client.call("post", "/consents/code/", {"kind": "sms_agreement"}, accept_language="kk").status_code
        == 429
    )

    bad = client.call("post", "/consents/", acceptance(text, code=wrong(last_code())))
    assert bad.status_code == 400
    assert (bad.json()["errors"][0]["code"], bad.json()["errors"][0]["tries_left"]) == ("incorrect_code", 4)

    typed = f"{last_code()[:3]} {last_code()[3:]}"
    assert client.call("post", "/consents/", acceptance(text, code=typed)).status_code == 201
    row = Consent.objects.select_related("code", "text").get()
    assert row.code is not None
    assert (row.code.phone, row.code.bound_hash, row.code.closed_as) == (PHONE, text["sha256"], "confirmed")
    assert row.text.language == "kk"
    assert selectors.has_consent(borrower.pk, "sms_agreement")


def test_the_code_of_one_language_does_not_accept_another(client: Any, last_code: Callable[..., str]) -> None:
    client.call("post", "/consents/code/", {"kind": "sms_agreement"}, accept_language="ru")
    other = text_of(client, "sms_agreement", "en")
    assert client.call("post", "/consents/", acceptance(other, code=last_code())).status_code == 409


def test_five_wrong_codes_are_spent(client: Any, last_code: Callable[..., str]) -> None:
    text = text_of(client, "sms_agreement")
    client.call("post", "/consents/code/", {"kind": "sms_agreement"})
    answers = [
        client.call("post", "/consents/", acceptance(text, code=wrong(last_code()))) for _try in range(5)
    ]
    assert [answer.status_code for answer in answers] == [400] * 4 + [409]
    assert (
        client.call("post", "/consents/", acceptance(text, code=last_code())).json()["code"]
        == "consent.code_spent"
    )


ODD = [None, [], "x", {}, {"kind": "x", "version": 1, "sha256": "a" * 64}, {"kind": None}, {"kind": ["personal_data"]},
       {"kind": "personal_data", "version": True, "sha256": "a" * 64},
       {"kind": "personal_data", "version": 10**30, "sha256": "a" * 64},
       {"kind": "personal_data", "version": -1, "sha256": "A" * 64},
       {"kind": "personal_data", "version": 1, "sha256": "a" * 64 + "\n"},
       {"kind": "sms_agreement", "version": 1, "sha256": "a" * 64, "code": "\x00"},
       {"kind": "sms_agreement", "version": 1, "sha256": "a" * 64, "code": ["1"]}]  # fmt: skip


def test_odd_bodies_are_refused_not_crashes(client: Any) -> None:
    for path in ("/consents/", "/consents/code/"):
        for body in ODD:
            answer = client.call("post", path, body)
            assert answer.status_code in {400, 409}, (path, body, answer.content)


def test_a_person_without_a_number_gets_no_code(manager: User, api_for: Any, texts: None) -> None:
    answer = api_for(manager).call("post", "/consents/code/", {"kind": "sms_agreement"})
    assert (answer.status_code, answer.json()["code"]) == (409, "accounts.phone_not_confirmed")


def test_published_texts_cannot_be_changed(texts: None) -> None:
    text = ConsentText.objects.first()
    assert text is not None
    for change in (lambda: ConsentText.objects.filter(pk=text.pk).update(body="other"), text.delete):
        with pytest.raises(Error, match="cannot be changed"), transaction.atomic():
            change()


def test_loading_twice_adds_nothing_and_an_edited_file_is_refused(texts: None, settings: Any) -> None:
    assert consents.load_texts() == 0
    assert ConsentText.objects.count() == 9
    settings.OPERATOR = {**settings.OPERATOR, "operator_name": "Other"}
    with pytest.raises(PublishedTextChanged):
        consents.load_texts()


@pytest.mark.django_db(transaction=True)
def test_parallel_acceptances_with_the_right_code_make_one_consent(
    api_for: Any, last_code: Callable[..., str]
) -> None:
    services.load_reference_data()
    client = api_for(make_borrower(PHONE))
    text = text_of(client, "sms_agreement")
    client.call("post", "/consents/code/", {"kind": "sms_agreement"})
    body = acceptance(text, code=last_code())
    answers = at_once(5, lambda _n: same_browser(client).call("post", "/consents/", body))
    assert Counter(answer.status_code for answer in answers) == {201: 5}
    assert len({answer.json()["accepted_at"] for answer in answers}) == 1
    assert Consent.objects.count() == 1
    assert OneTimeCode.objects.get().closed_as == "confirmed"
    assert EventRow.objects.filter(type="consent.accepted").count() == 1
