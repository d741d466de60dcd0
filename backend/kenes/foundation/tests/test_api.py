"""Parsing, problem details, idempotency and pages, through HTTP."""

import threading

import pytest
from django.test import Client

from kenes.foundation import clock
from kenes.foundation.models import IdempotencyRecord
from kenes.foundation.tests import views_for_tests

pytestmark = [pytest.mark.django_db, pytest.mark.urls("kenes.foundation.tests.views_for_tests")]


@pytest.fixture(autouse=True)
def _no_calls():
    views_for_tests.calls.clear()


def errors(response):
    assert response.status_code == 400, response.content
    assert response["Content-Type"] == "application/problem+json"
    body = response.json()
    assert body["code"] == "validation"
    return {(error["pointer"], error["code"]) for error in body["errors"]}


def test_every_wrong_field_is_named_by_its_pointer(api):
    body = {
        "name": "x" * 11,
        "day": "2026-02-30",
        "count": 9,
        "lines": [{"sum_tiyn": 1, "name": "a"}, {"sum_tiyn": -1}],
        "x/y": 1,
    }
    assert errors(api.call("post", "/things/", body)) == {("/x~1y", "unknown_field")}
    del body["x/y"]
    assert errors(api.call("post", "/things/", body)) == {
        ("/name", "max_length"),
        ("/day", "invalid"),
        ("/count", "max_value"),
        ("/lines/1/sum_tiyn", "min_value"),
        ("/lines/1/name", "required"),
    }


@pytest.mark.parametrize(
    ("field", "value", "code"),
    [
        ("name", "a\x00b", "control"),
        ("name", "a\u202eb", "control"),
        ("name", "\ud800", "control"),
        ("name", "   ", "blank"),
        ("name", None, "null"),
        ("name", 5, "not_text"),
        ("count", "1e3", "not_whole"),
        ("count", 1.0, "not_whole"),
        ("count", True, "not_whole"),
        ("count", "٣", "not_whole"),
        ("day", "2999-01-01", "future"),
        ("day", "1700-01-01", "too_old"),
        ("day", 20260101, "invalid"),
    ],
)
def test_a_wrong_value_gets_its_own_code(api, field, value, code):
    body = {"name": "ok", field: value}
    import json

    response = api.call("post", "/things/", json.dumps(body))
    assert errors(response) == {(f"/{field}", code)}


@pytest.mark.parametrize(
    "body", ["{", "[]", '"x"', '{"name":NaN}', '{"name":"a","name":"b"}', "[" * 5000, "\ufeff{}", "\xff"]
)
def test_a_body_that_cannot_be_read_is_malformed(api, body):
    response = api.call("post", "/things/", body)
    assert response.status_code == 400
    assert response.json()["code"] == "malformed"
    assert views_for_tests.calls == []


def test_texts_follow_the_language_of_the_request(api):
    texts = {
        language: api.call("get", "/private/", **{"Accept-Language": language}).json()["detail"]
        for language in ("ru", "kk", "en")
    }
    assert len(set(texts.values())) == 3


def test_a_private_address_asks_to_sign_in(api):
    response = api.call("get", "/private/")
    assert (response.status_code, response.json()["code"]) == (401, "sign_in_required")


def test_a_failure_of_ours_shows_the_request_id_and_nothing_else(api):
    api.raise_request_exception = False
    response = api.call("get", "/broken/", **{"X-Request-ID": "req_12345678"})
    assert response.status_code == 500
    assert response.json()["instance"] == "req_12345678"
    assert "900101300007" not in response.content.decode()


def test_an_unknown_address_is_a_problem_too(api):
    response = api.call("get", "/nothing-here/")
    assert (response.status_code, response.json()["code"]) == (404, "not_found")


def test_the_same_key_and_body_gives_the_first_answer_and_works_once(api):
    first = api.call("post", "/things/", {"name": "a"}, **{"Idempotency-Key": "key-00000001"})
    second = api.call("post", "/things/", {"name": "a"}, **{"Idempotency-Key": "key-00000001"})
    assert (first.status_code, first.json()) == (second.status_code, second.json())
    assert second["Idempotency-Replayed"] == "true"
    assert views_for_tests.calls == ["a"]


def test_the_same_key_with_another_body_is_refused(api):
    api.call("post", "/things/", {"name": "a"}, **{"Idempotency-Key": "key-00000001"})
    response = api.call("post", "/things/", {"name": "b"}, **{"Idempotency-Key": "key-00000001"})
    assert (response.status_code, response.json()["code"]) == (422, "idempotency.key_reused")
    assert views_for_tests.calls == ["a"]


def test_a_failed_attempt_frees_the_key(api):
    key = {"Idempotency-Key": "key-00000001"}
    assert api.call("post", "/things/", {"name": "conflict"}, **key).status_code == 409
    assert api.call("post", "/things/", {"name": "a"}, **key).status_code == 201


def test_a_kept_answer_is_not_readable_in_the_database(api, django_db_blocker):
    api.call("post", "/things/", {"name": "secret"}, **{"Idempotency-Key": "key-00000001"})
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT answer FROM foundation_idempotencyrecord")
        assert b"secret" not in bytes(cursor.fetchone()[0])


@pytest.mark.django_db(transaction=True)
def test_two_requests_at_once_with_one_key_work_once():
    answers = []

    def send():
        from django.db import connection

        answer = Client().post(
            "/api/v1/things/",
            {"name": "race"},
            content_type="application/json",
            HTTP_IDEMPOTENCY_KEY="key-00000009",
        )
        answers.append(answer.json())
        connection.close()

    threads = [threading.Thread(target=send) for _ in range(6)]
    [thread.start() for thread in threads]
    [thread.join() for thread in threads]
    assert views_for_tests.calls == ["race"]
    assert answers == [answers[0]] * 6


def _rows(count):
    now = clock.now()
    IdempotencyRecord.objects.bulk_create(
        IdempotencyRecord(owner="rows", key=f"key-{i:08}", body_hash="", created_at=now) for i in range(count)
    )


def test_pages_give_every_row_once_also_when_times_are_equal(api):
    _rows(23)
    seen, cursor = [], ""
    while cursor is not None:
        body = api.call("get", f"/rows/?limit=5&cursor={cursor}").json()
        seen += [row["key"] for row in body["items"]]
        cursor = body["next_cursor"]
    assert sorted(seen) == [f"key-{i:08}" for i in range(23)]


@pytest.mark.parametrize(
    "query",
    ["limit=0", "limit=101", "limit=x", "cursor=%00", "cursor=W10", "cursor=bnVsbA", "unknown=1", "limit=1&limit=2",
     "cursor=W1sidCIsICIyMDI2LTAxLTAxIl0sIFsiaSIsICI5OTk5OTk5OTk5OTk5OTk5OTk5OTkiXV0"],
)  # fmt: skip
def test_a_wrong_list_query_is_an_error_not_an_unfiltered_list(api, query):
    assert api.call("get", f"/rows/?{query}").status_code == 400


def test_the_demo_day_is_set_for_the_request_only(api, settings):
    settings.DEMO = True
    body = {"name": "a", "day": "2027-01-05"}
    assert api.call("post", "/things/", body, **{"X-Demo-Date": "2027-01-06"}).status_code == 201
    assert errors(api.call("post", "/things/", body)) == {("/day", "future")}


@pytest.mark.parametrize("value", ["2027-13-01", "tomorrow", ""])
def test_a_wrong_demo_day_is_refused(api, settings, value):
    settings.DEMO = True
    assert api.call("post", "/things/", {"name": "a"}, **{"X-Demo-Date": value}).status_code == 400
    assert views_for_tests.calls == []


def test_the_demo_day_is_refused_in_production(api, settings):
    settings.DEMO = False
    assert api.call("post", "/things/", {"name": "a"}, **{"X-Demo-Date": "2027-01-06"}).status_code == 400
    assert views_for_tests.calls == []
