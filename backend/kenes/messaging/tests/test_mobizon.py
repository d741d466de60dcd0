"""The signature and the shape of delivery reports."""

import hashlib
import json

import pytest

from kenes.messaging.providers import mobizon

SECRET = "webhook-secret"


def call(*, secret: str = SECRET, **changed) -> bytes:
    fields = {
        "eventId": "77",
        "eventType": "sms-delivery-report",
        "eventCreateTs": "2026-11-23 10:00:00",
        "webhookId": 5,
        "attempt": 1,
        "data": {"messageId": 123, "status": "DELIVRD"},
    } | changed
    base = f"{fields['eventId']}|{fields['attempt']}|{fields['eventCreateTs']}|{secret}"
    return json.dumps({"sign": hashlib.sha1(base.encode()).hexdigest()} | fields).encode()


def test_right_signature_gives_webhook_and_event():
    assert mobizon.verify(call(), secret=SECRET) == "5:77"


def test_repeats_have_the_same_external_id():
    assert mobizon.verify(call(attempt=2), secret=SECRET) == "5:77"


@pytest.mark.parametrize(
    "body",
    [
        call(secret="other"),
        call(sign=""),
        call(sign=None),
        call(sign="é" * 40),
        b"",
        b"[]",
        b"null",
        b"\xff\xfe",
        b'{"eventId": ',
    ],
)
def test_anything_else_is_refused(body):
    assert mobizon.verify(body, secret=SECRET) is None


def test_without_a_secret_everything_is_refused():
    assert mobizon.verify(call(secret=""), secret="") is None


def test_report_names_the_message():
    report = mobizon.parse(call())
    assert report is not None
    assert report.provider_id == "123"


@pytest.mark.parametrize("body", [call(eventType="form-submission"), call(data=None), call(data={}), b"x"])
def test_other_events_are_left_alone(body):
    assert mobizon.parse(body) is None
