"""The door for calls from outside."""

import hmac

import pytest
from django.test import Client

from kenes.outbox import registry as outbox_registry
from kenes.outbox.testing import run_outbox
from kenes.webhooks import registry, services
from kenes.webhooks.models import WebhookCall

bodies: list[bytes] = []


@outbox_registry.handler("webhook_tests.take")
def take(payload, context):
    bodies.append(services.load_body(payload["webhook_id"]))


def verify(body, headers):
    return headers.get("X-Call-Id") if hmac.compare_digest(headers.get("X-Sign", ""), "right") else None


registry.register("test", "vendor", verify=verify, handler="webhook_tests.take")
pytestmark = pytest.mark.django_db


def call(sign="right", call_id="1", path="/webhooks/test/vendor/", body=b'{"a": 1}'):
    return Client(enforce_csrf_checks=True).post(
        path, body, content_type="application/json", HTTP_X_SIGN=sign, HTTP_X_CALL_ID=call_id
    )


def test_a_signed_call_is_stored_once_and_handled_once():
    bodies.clear()
    assert [call().status_code for _ in range(3)] == [200, 200, 200]
    run_outbox()
    assert bodies == [b'{"a": 1}']


@pytest.mark.parametrize("sign", ["", "wrong"])
def test_a_call_without_the_right_signature_leaves_nothing(sign):
    assert call(sign).status_code == 403
    assert not WebhookCall.objects.exists()
    assert run_outbox() == 0


def test_an_unknown_door_is_not_there():
    assert call(path="/webhooks/test/other/").status_code == 404
    assert not WebhookCall.objects.exists()


def test_only_post_and_only_small_bodies():
    assert Client().get("/webhooks/test/vendor/").status_code == 405
    assert call(body=b"x" * (1024 * 1024 + 1)).status_code == 413
    assert not WebhookCall.objects.exists()


def test_the_body_is_not_readable_in_the_database():
    call(body=b"phone 77012345678")
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT body FROM webhooks_webhookcall")
        assert b"77012345678" not in bytes(cursor.fetchone()[0])
