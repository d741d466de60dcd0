"""Requests that no form sends: broken JSON values, foreign cursors, odd cookies and headers. Never a 500."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable
from typing import Any

import pytest

from kenes.accounts.models import User
from kenes.cases import testing

from .conftest import DAY, Browser

pytestmark = pytest.mark.django_db


@pytest.fixture
def person(borrower: User, browser: Callable[[User], Browser]) -> Browser:
    made = browser(borrower)
    # A failed view answers with the real 500 page instead of ending the test.
    made.client.raise_request_exception = False
    return made


def raw(person: Browser, method: str, path: str, body: bytes, content_type: str = "application/json") -> Any:
    person.client.cookies["csrftoken"] = "a" * 32
    return getattr(person.client, method)(
        f"/api/v1{path}", data=body, content_type=content_type, HTTP_X_CSRFTOKEN="a" * 32,
        HTTP_X_DEMO_DATE=DAY["X_Demo_Date"],
    )  # fmt: skip


BODIES = [
    b'{"step": "a", "data": {"x": 1e400}}',
    b'{"step": "a", "data": {"x": -1e400}}',
    b'{"step": "a", "data": {"x": NaN}}',
    b'{"step": "a", "data": {"x": "\\ud800"}}',
    b'{"step": "a", "data": {"\\udfff": 1}}',
    b'{"step": "a", "data": {"x": 1}, "\\ud800": 1}',
    b'{"step": "a", "data": {"x": ' + b"1" * 5000 + b"}}",
    b'{"step": "a", "data": ' + b'{"a":' * 60 + b"1" + b"}" * 61,
    b'{"step": "a", "data": ' + b"[" * 100_000,
    b'{"step": "a", "step": "b", "data": {}}',
    b"\xff\xfe{}",
    b"[]",
    b"null",
    b'"text"',
    b"",
]


def test_broken_json_is_refused_and_the_draft_stays_readable(person: Browser) -> None:
    case_id = person.post("/cases/", {"language": "ru"}).json()["id"]
    path = f"/cases/{case_id}/draft/"
    saved = raw(person, "put", path, b'{"step": "a", "data": {"kept": "yes"}}')
    assert saved.status_code == 200, saved.content
    for body in BODIES:
        answer = raw(person, "put", path, body)
        assert answer.status_code == 400, (body[:60], answer.content)
        assert answer["Content-Type"] == "application/problem+json"
        kept = person.get(path)
        assert (kept.status_code, kept.json()["data"]) == (200, {"kept": "yes"}), body[:60]


def test_half_of_a_character_is_named_by_its_pointer_and_can_be_answered(person: Browser) -> None:
    for text in ("\\ud800", "\\udfff\\ud800"):
        for path in ("/cases/", "/cases/search/", "/consents/", "/consents/code/"):
            answer = raw(person, "post", path, f'{{"{text}": 1}}'.encode())
            assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (400, ""), path
            answer = raw(person, "post", path, f'{{"a": [1, {{"b/c": "{text}"}}]}}'.encode())
            assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (400, "/a/1/b~1c"), path


def cursor(*values: tuple[str, Any]) -> str:
    return base64.urlsafe_b64encode(json.dumps(values).encode()).decode().rstrip("=")


CURSORS = [
    cursor(("s", "abc"), ("s", "abc")),
    cursor(("s", "\ud800"), ("s", "\ud800")),
    cursor(("n", "NaN"), ("n", "sNaN")),
    cursor(("i", 1), ("i", 1)),
    cursor(("d", "2026-01-01"), ("d", "2026-01-01")),
    cursor(("t", "2026-01-01T00:00:00+00:00"), ("s", "not-an-id")),
    cursor(("t", "0001-01-01T00:00:00+23:59"), ("u", "00000000-0000-0000-0000-000000000000")),
    cursor(("t", "9999-12-31T23:59:59-23:59"), ("u", "00000000-0000-0000-0000-000000000000")),
    cursor(("t", "2026-01-01T00:00:00+05:59:59.5"), ("u", "00000000-0000-0000-0000-000000000000")),
    cursor(("n", "Infinity"), ("u", "00000000-0000-0000-0000-000000000000")),
    cursor(("s", "x"), ("s", "x"), ("s", "x")),
    "A", "====", "я", "W10", "bnVsbA", "e30",
]  # fmt: skip


def test_foreign_cursor_is_a_wrong_field(person: Browser) -> None:
    for sort in ("-created_at", "next_deadline", "urgency"):
        for value in CURSORS:
            for answer in (
                person.client.get("/api/v1/cases/", {"cursor": value, "sort": sort}),
                person.post("/cases/search/", {"query": "KH", "cursor": value, "sort": sort}),
            ):
                assert answer.status_code in {200, 400}, (sort, value, answer.content)
                if answer.status_code == 400:
                    assert answer.json()["errors"][0]["pointer"] == "/cursor"


COOKIES = [
    '"\\000aaaaaaaaaaaa"',
    "a" * 5000,
    '"\\377\\376aaaaaaaaaaa"',
    "я".encode().decode("latin-1") * 20,
    "../../../../etc",
]


@pytest.mark.parametrize("cookie", COOKIES, ids=range(len(COOKIES)))
def test_odd_session_cookie_is_a_guest(db: None, client: Any, cookie: str) -> None:
    client.raise_request_exception = False
    for method, path in (("get", "/api/v1/session/"), ("post", "/api/v1/auth/phone/resend/")):
        cookies = f"sessionid={cookie}; csrftoken={'a' * 32}"
        answer = getattr(client, method)(path, HTTP_COOKIE=cookies, HTTP_X_CSRFTOKEN="a" * 32)
        assert answer.status_code in {200, 400, 403, 409}, answer.content


DAYS = [
    "0001-01-01", "9999-12-31", "1900-01-01", "2300-01-01", "2000-01-01", "2099-12-31", "2026-02-30", "", "я",
    "20261118", "2026-W47-3", "2026-11-18T00:00",
]  # fmt: skip


def test_odd_demonstration_day_never_breaks_a_submission(person: Browser) -> None:
    case_id = person.post("/cases/", {"language": "ru"}).json()["id"]
    for day in DAYS:
        odd = {"X_Demo_Date": day}
        answers = [
            person.client.call("get", "/session/", **odd),
            person.client.call("get", "/cases/counts/", **odd),
            person.client.call("get", "/law/terms/?event=DELAY_STARTED&date=2026-10-22", **odd),
            person.client.call("post", f"/cases/{case_id}/submit/", testing.form_data(), **odd),
        ]
        statuses = {answer.status_code for answer in answers}
        assert statuses <= {200, 400, 409}, (day, [answer.content for answer in answers])


def test_huge_body_is_too_large(person: Browser) -> None:
    body = b'{"step": "a", "data": {"x": "' + b"a" * (3 * 1024 * 1024) + b'"}}'
    case_id = person.post("/cases/", {"language": "ru"}).json()["id"]
    assert raw(person, "put", f"/cases/{case_id}/draft/", body).status_code == 413


FORM = b'--x\r\nContent-Disposition: form-data; name="language"\r\n\r\nkk\r\n--x--\r\n'


def test_a_form_where_json_is_expected_is_refused(person: Browser) -> None:
    for content_type, body in (
        ("multipart/form-data; boundary=x", FORM),
        ("application/x-www-form-urlencoded", b"language=kk"),
        ("text/plain", b'{"language": "kk"}'),
    ):
        answer = raw(person, "post", "/cases/", body, content_type)
        assert answer.status_code in {400, 415}, (content_type, answer.content)


def test_profile_email_has_latin_letters_only(person: Browser) -> None:
    for email in ("почта@пример.рф", "a@exam\u0440le.kz", "\u212aate@example.kz", "\u017f@example.kz"):
        answer = person.client.call("patch", "/me/", {"email": email}, **DAY)
        assert answer.status_code == 400, answer.content
        assert answer.json()["errors"][0]["pointer"] == "/email"
