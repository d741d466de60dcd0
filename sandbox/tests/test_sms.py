"""The SMS protocol over HTTP: answers, statuses, webhooks, switches."""

import hashlib
import time
from collections.abc import Callable
from typing import Any

import httpx
import pytest

from sandbox.testing import SandboxProcess
from sandbox.tests.conftest import SECRET, WebhookReceiver


def call(sandbox: SandboxProcess, method: str, **fields: str) -> dict[str, Any]:
    answer = httpx.post(
        f"{sandbox.url}/service/{method}",
        params={"apiKey": "key", "output": "json", "api": "v1"},
        data=fields,
        timeout=10,
    )
    assert answer.status_code == 200
    body: dict[str, Any] = answer.json()
    return body


def send(sandbox: SandboxProcess, number: str, text: str = "Код 123456") -> dict[str, Any]:
    return call(sandbox, "message/sendsmsmessage", recipient=number, text=text)


def status_of(sandbox: SandboxProcess, message_id: str) -> str:
    return str(call(sandbox, "message/getsmsstatus", **{"ids[0]": message_id})["data"][0]["status"])


def until(condition: Callable[[], object], seconds: float = 6) -> None:
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "waited in vain"
        time.sleep(0.05)


@pytest.mark.parametrize(
    ("number", "status"),
    [
        ("77012345678", "DELIVRD"),
        ("77010000001", "DELIVRD"),
        ("77010000002", "UNDELIV"),
        ("77010000004", "REJECTD"),
        ("77010000011", "DELIVRD"),
        ("77010000013", "DELIVRD"),
    ],
)
def test_message_reaches_its_final_status(sandbox: SandboxProcess, number: str, status: str) -> None:
    answer = send(sandbox, number)
    assert answer["code"] == 0
    assert answer["data"]["status"] == 2
    until(lambda: status_of(sandbox, answer["data"]["messageId"]) == status)


@pytest.mark.parametrize(("number", "code"), [("77010000006", 8), ("77010000014", 15), ("7", 1)])
def test_refusals_are_told_by_code(sandbox: SandboxProcess, number: str, code: int) -> None:
    assert send(sandbox, number)["code"] == code


def test_rate_limit_number_succeeds_at_the_third_try(sandbox: SandboxProcess) -> None:
    assert [send(sandbox, "77010000005", "once")["code"] for _ in range(3)] == [30, 30, 0]


def test_moderated_message_says_so(sandbox: SandboxProcess) -> None:
    answer = send(sandbox, "77010000007")
    assert answer["data"]["status"] == 1
    assert status_of(sandbox, answer["data"]["messageId"]) == "NEW"


def test_webhook_is_signed_as_the_vendor_signs(sandbox: SandboxProcess, receiver: WebhookReceiver) -> None:
    send(sandbox, "77010020001")
    until(lambda: receiver.of("77010020001"))
    body = receiver.of("77010020001")[0]
    base = f"{body['eventId']}|{body['attempt']}|{body['eventCreateTs']}|{SECRET}"
    assert body["sign"] == hashlib.sha1(base.encode()).hexdigest()
    assert body["path"] == "/webhooks/sms/mobizon/"
    assert body["data"]["status"] == "DELIVRD"


def test_webhook_comes_thrice_with_growing_attempt(
    sandbox: SandboxProcess, receiver: WebhookReceiver
) -> None:
    send(sandbox, "77010000008")
    until(lambda: len(receiver.of("77010000008")) == 3)
    bodies = receiver.of("77010000008")
    assert [body["attempt"] for body in bodies] == [1, 2, 3]
    assert len({body["eventId"] for body in bodies}) == 1


def test_wrong_sign_is_really_wrong(sandbox: SandboxProcess, receiver: WebhookReceiver) -> None:
    send(sandbox, "77010000009")
    until(lambda: receiver.of("77010000009"))
    body = receiver.of("77010000009")[0]
    base = f"{body['eventId']}|{body['attempt']}|{body['eventCreateTs']}|{SECRET}"
    assert body["sign"] != hashlib.sha1(base.encode()).hexdigest()


def test_webhook_can_come_before_the_answer(sandbox: SandboxProcess, receiver: WebhookReceiver) -> None:
    send(sandbox, "77010000010")
    assert len(receiver.of("77010000010")) == 1


def test_no_webhook_number_never_calls(sandbox: SandboxProcess, receiver: WebhookReceiver) -> None:
    message_id = send(sandbox, "77010000011", "quiet")["data"]["messageId"]
    until(lambda: status_of(sandbox, message_id) == "DELIVRD")
    time.sleep(0.3)
    assert receiver.of("77010000011") == []


def test_refused_webhook_is_repeated(sandbox: SandboxProcess, receiver: WebhookReceiver) -> None:
    receiver.status = 503
    send(sandbox, "77015550001")
    until(lambda: len(receiver.of("77015550001")) >= 2)
    receiver.status = 200


def test_hanging_answer_leaves_the_message_in_the_list(sandbox: SandboxProcess) -> None:
    with pytest.raises(httpx.ReadTimeout):
        httpx.post(
            f"{sandbox.url}/service/message/sendsmsmessage?apiKey=key",
            data={"recipient": "77010000012", "text": "hangs"},
            timeout=0.5,
        )
    found = call(sandbox, "message/list", **{"criteria[to]": "77010000012", "criteria[text]": "hangs"})
    assert len(found["data"]["items"]) == 1


@pytest.mark.parametrize(("position", "code"), [("rate_limit", 30), ("blocked", 14)])
def test_switch_makes_the_service_refuse(sandbox: SandboxProcess, position: str, code: int) -> None:
    sandbox.switch(sms=position)
    try:
        assert send(sandbox, "77012345678")["code"] == code
    finally:
        sandbox.switch(sms="ok")


def test_price_lowers_the_balance(sandbox: SandboxProcess) -> None:
    before = float(call(sandbox, "user/getownbalance")["data"]["balance"])
    send(sandbox, "77012345678", "ж" * 71)
    assert before - float(call(sandbox, "user/getownbalance")["data"]["balance"]) == pytest.approx(34)


def test_missing_key_is_refused(sandbox: SandboxProcess) -> None:
    answer = httpx.post(f"{sandbox.url}/service/user/getownbalance")
    assert answer.json()["code"] == 8
