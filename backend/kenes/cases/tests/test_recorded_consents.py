"""What people say of consents that staff wrote down for them."""

from typing import Any

import pytest

from kenes.accounts.models import User
from kenes.cases import testing
from kenes.cases.models import Case, RecordedConsent
from kenes.cases.tests.test_intake_api import PERSON, begun, client

__all__ = ["client"]  # a fixture


@pytest.fixture
def record(client: Any, borrower: User) -> RecordedConsent:
    """A consent that the manager wrote down for a borrower who has an account."""
    answer = begun(client, phone=str(borrower.phone), full_name=borrower.full_name, iin=None)
    return RecordedConsent.objects.get(case_id=answer.json()["id"])


def answer_to(client: Any, record: RecordedConsent, **body: Any) -> Any:
    return client.call("post", f"/recorded-consents/{record.pk}/answer/", body)


def test_the_person_confirms_once(
    record: RecordedConsent, borrower: User, manager: User, api_for: Any
) -> None:
    own = api_for(borrower)
    row = own.call("get", "/recorded-consents/").json()["items"][0]
    assert (row["recorded_by"], row["allowed_actions"]) == (manager.full_name, ["answer"])
    row = answer_to(own, record, agreed=True).json()["items"][0]
    assert row["confirmed_at"]
    assert row["allowed_actions"] == []
    assert (
        answer_to(own, record, agreed=False, words="Нет").json()["code"] == "case.recorded_consent_answered"
    )


def test_an_objection_needs_words_and_stops_the_application(
    record: RecordedConsent, borrower: User, client: Any, api_for: Any
) -> None:
    own = api_for(borrower)
    assert [error["pointer"] for error in answer_to(own, record, agreed=False).json()["errors"]] == ["/words"]
    assert answer_to(own, record, agreed=False, words="Я не звонил").json()["items"][0]["objected_at"]
    refused = client.call("post", f"/cases/{record.case_id}/submit/", testing.form_data())
    assert refused.json()["code"] == "case.consent_missing"
    assert Case.objects.get(pk=record.case_id).status == "draft"
    history = client.call("get", f"/cases/{record.case_id}/timeline/").json()["items"]
    assert any("возражает" in row["title"] and row["text"] == "Я не звонил" for row in history), history


def test_nobody_else_answers_for_the_person(record: RecordedConsent, manager: User, api_for: Any) -> None:
    stranger = testing.make_borrower(phone="+77015550001", iin="900101300007", name="Чужой Человек")
    for person in (stranger, manager):
        answer = answer_to(api_for(person), record, agreed=True)
        assert (answer.status_code, answer.json()["code"]) == (404, "case.recorded_consent_not_found")
    assert PERSON["phone"] != str(stranger.phone)
