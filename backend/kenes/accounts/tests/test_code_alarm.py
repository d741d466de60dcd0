"""The count of SMS with codes and its alarm."""

from typing import Any

import pytest

from conftest import ApiClient
from kenes.accounts import code_alarm
from kenes.accounts.models import User
from kenes.foundation import clock

from .conftest import PHONE

pytestmark = pytest.mark.django_db


def test_every_sms_with_a_code_counts_and_letters_do_not(borrower: User, api_for: Any, manager: User) -> None:
    assert code_alarm.sent_today() == 0
    ApiClient().call("post", "/auth/phone/", {"phone": PHONE})
    api_for(borrower).call("post", "/auth/proof/code/", {})
    ApiClient().call("post", "/auth/recovery/", {"email": "manager@example.com"})
    assert code_alarm.sent_today() == 2


def test_the_alarm_is_logged_at_the_limit_and_then_seldom(settings: Any, caplog: Any) -> None:
    settings.CODE_SMS_ALARM_PER_DAY = 20
    for _round in range(25):
        code_alarm.count()
    assert caplog.text.count("code_sms_alarm") == 3  # 20, 22, 24


def test_a_new_day_begins_at_zero() -> None:
    code_alarm.count()
    with clock.demo_today(clock.today().replace(year=2031)):
        assert code_alarm.sent_today() == 0


def test_health_shows_the_number_and_turns_yellow(client: Any, settings: Any, api: Any) -> None:
    settings.CODE_SMS_ALARM_PER_DAY = 2
    code_alarm.count()
    assert "kenes_code_sms_today 1\n" in client.get("/metrics").content.decode()
    assert client.get("/health/ready").json()["checks"]["code-sms"]["ok"] is True
    code_alarm.count()
    answer = client.get("/health/ready").json()
    assert answer["checks"]["code-sms"]["ok"] is False
