"""The public calculator over HTTP."""

from datetime import date
from typing import Any

import pytest

from kenes.foundation import clock
from kenes.law import testing


@pytest.fixture
def law(db: None) -> None:
    testing.load_reference_data()


def _terms(api: Any, **query: str) -> Any:
    path = "&".join(f"{name}={value}" for name, value in query.items() if name != "lang")
    with clock.demo_today(date(2026, 11, 25)):
        return api.call("get", f"/law/terms/?{path}", accept_language=query.get("lang", "ru"))


def test_terms_of_a_delay_without_login(law: None, api: Any) -> None:
    answer = _terms(api, event="DELAY_STARTED", date="2026-10-22")
    assert answer.status_code == 200
    body = answer.json()
    assert (body["event"], body["date"]) == ("DELAY_STARTED", "2026-10-22")
    terms = {term["rule"]: term for term in body["terms"]}
    relief = terms["BORROWER_RELIEF_APPLICATION"]
    assert relief["due"] == "2026-11-23"
    assert (relief["status"], relief["days_left"]) == ("passed", -2)
    assert (relief["bound"], relief["bound_label"]) == ("borrower", "Вы")
    assert relief["critical"] is True
    assert relief["skipped_days"] == [
        {"date": "2026-11-21", "reason": "суббота"},
        {"date": "2026-11-22", "reason": "воскресенье"},
    ]
    assert relief["source"][0] == {
        "title": "Закон «О микрофинансовой деятельности»",
        "reference": "статья 9-2",
    }
    assert terms["PENALTY_STOP"]["needs_review"] is True
    assert relief["needs_review"] is False


@pytest.mark.parametrize(
    ("lang", "word"), [("ru", "Считаем"), ("kk", "Есептеу"), ("en", "How it is counted")]
)
def test_texts_come_in_the_language_of_the_reader(law: None, api: Any, lang: str, word: str) -> None:
    body = _terms(api, event="INSCRIPTION_RECEIVED", date="2026-11-25", lang=lang).json()
    [term] = body["terms"]
    assert word in term["explanation"]
    assert term["status"] == "running"


def test_due_today(law: None, api: Any) -> None:
    body = _terms(api, event="APPLICATION_RECEIVED", date="2026-11-10").json()
    assert (body["terms"][0]["status"], body["terms"][0]["days_left"]) == ("today", 0)


@pytest.mark.parametrize(
    ("query", "pointer"),
    [
        ({"event": "DELAY_STARTED"}, "/date"),
        ({"date": "2026-10-22"}, "/event"),
        ({"event": "NOTHING", "date": "2026-10-22"}, "/event"),
        ({"event": "DELAY_STARTED", "date": "22.10.2026"}, "/date"),
        ({"event": "DELAY_STARTED", "date": "2026-02-30"}, "/date"),
        ({"event": "DELAY_STARTED", "date": "1999-12-31"}, "/date"),
        ({"event": "DELAY_STARTED", "date": "2026-10-22", "more": "1"}, "/more"),
    ],
)
def test_wrong_question_names_the_field(law: None, api: Any, query: dict[str, str], pointer: str) -> None:
    answer = _terms(api, **query)
    assert answer.status_code == 400
    assert answer.json()["code"] == "validation"
    assert [error["pointer"] for error in answer.json()["errors"]] == [pointer]


def test_far_date_is_refused_with_a_reason(law: None, api: Any) -> None:
    answer = _terms(api, event="PREVIOUS_BANKRUPTCY", date="2053-01-01")
    assert (answer.status_code, answer.json()["code"]) == (400, "law.date_outside_calendar")


def test_without_reference_data_the_service_is_not_ready(db: None, api: Any) -> None:
    answer = _terms(api, event="DELAY_STARTED", date="2026-10-22")
    # No rules and no calendar: no term is invented.
    assert answer.json()["terms"] == []


def test_events_offered_to_the_public(db: None, api: Any) -> None:
    items = api.call("get", "/law/events/", accept_language="kk").json()["items"]
    kinds = [item["kind"] for item in items]
    assert kinds[:2] == ["DELAY_STARTED", "INSCRIPTION_RECEIVED"]
    assert {"APPLICATION_RECEIVED", "REFUSED", "ASSIGNMENT"} <= set(kinds)
    assert items[0]["question"] == "Төлемді алғаш рет қай күні төлей алмадыңыз?"


def test_two_queries_at_most(law: None, api: Any, django_assert_max_num_queries: Any) -> None:
    _terms(api, event="DELAY_STARTED", date="2026-10-22")
    with django_assert_max_num_queries(2):
        _terms(api, event="DELAY_STARTED", date="2026-10-22")
