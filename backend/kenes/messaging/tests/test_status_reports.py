"""Reports that come late, twice or in the wrong order; the timetable of polling."""

from datetime import timedelta

import pytest

from kenes.event_log.models import EventRow
from kenes.foundation import clock
from kenes.messaging import services, status_reports
from kenes.messaging.models import Message
from kenes.messaging.providers.base import DeliveryReport, DeliveryState

pytestmark = pytest.mark.django_db
DELIVERED = DeliveryReport(DeliveryState.DELIVERED, segments=2)
FAILED = DeliveryReport(DeliveryState.FAILED, "undeliv", segments=1)


@pytest.fixture
def accepted() -> Message:
    message = services.send_sms(key="one", phone="+77012345678", text="Текст", kind="notice")
    now = clock.now()
    Message.objects.filter(pk=message.pk).update(
        status="accepted", provider="mobizon", provider_id="1", accepted_at=now,
        next_poll_at=now + timedelta(minutes=2),
    )  # fmt: skip
    message.refresh_from_db()
    return message


def test_what_is_final_stays(accepted):
    status_reports.apply_report(accepted, DELIVERED, segment_price_tiyn=1700)
    status_reports.apply_report(accepted, FAILED, segment_price_tiyn=None)
    status_reports.apply_report(accepted, DELIVERED, segment_price_tiyn=None)
    accepted.refresh_from_db()
    assert (accepted.status, accepted.failure, accepted.cost_tiyn) == ("delivered", "", 3400)
    assert EventRow.objects.count() == 1


def test_pending_changes_nothing(accepted):
    status_reports.apply_report(accepted, DeliveryReport(DeliveryState.PENDING), segment_price_tiyn=None)
    accepted.refresh_from_db()
    assert accepted.status == "accepted"
    assert not EventRow.objects.exists()


def test_polling_follows_the_timetable_and_gives_up_after_a_day(accepted, settings):
    # Port 9 answers nobody: each poll fails, as at a vendor that is away.
    settings.PROVIDERS = settings.PROVIDERS | {
        "sms": {
            "CLASS": "kenes.messaging.providers.mobizon.MobizonSms",
            "OPTIONS": {"base_url": "http://127.0.0.1:9", "api_key": "k"},
        }
    }
    from kenes.foundation import providers

    providers.load.cache_clear()
    start = accepted.accepted_at
    asked = []
    for minutes in (1, 3, 5, 11, 30, 61, 600, 1501):
        with clock.frozen(start + timedelta(minutes=minutes)):
            status_reports.poll_due()
        accepted.refresh_from_db()
        asked.append(accepted.polls)
    providers.load.cache_clear()
    assert asked == [0, 1, 1, 2, 2, 3, 3, 4]
    # The last question was not answered: it is asked again instead of giving up.
    assert accepted.status == "accepted"
    assert accepted.next_poll_at == start + timedelta(minutes=1511)


def test_unknown_can_become_known_later(accepted):
    status_reports._give_up(accepted)
    accepted.refresh_from_db()
    assert (accepted.status, accepted.failure) == ("unknown", "no_status")
    status_reports.apply_report(accepted, DELIVERED, segment_price_tiyn=None)
    accepted.refresh_from_db()
    assert accepted.status == "delivered"
