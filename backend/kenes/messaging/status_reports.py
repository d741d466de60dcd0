"""What became of SMS that the provider took: webhooks, polling, and erasing of one-time codes."""

from datetime import datetime, timedelta
from typing import Final

from django.db import transaction

from kenes.event_log import services as event_log
from kenes.foundation import clock, logs, providers
from kenes.foundation.providers import ProviderError, Temporary
from kenes.messaging import states
from kenes.messaging.delivery import ACTOR, record_failure
from kenes.messaging.events import MessageDelivered
from kenes.messaging.models import Message
from kenes.messaging.providers.base import DeliveryReport, DeliveryState, SmsProvider

log = logs.get(__name__)
Status = Message.Status

# When to ask again, counted from acceptance; after the last time the status stays unknown (the vendor waits 24 h).
POLL_AFTER: Final = (timedelta(minutes=2), timedelta(minutes=10), timedelta(minutes=60), timedelta(hours=25))
# After the last time: until the provider answers.
POLL_AGAIN: Final = timedelta(minutes=10)
POLL_BATCH: Final = 100
CODE_LIFETIME: Final = timedelta(minutes=10)


def refresh(provider_id: str) -> bool:
    """Ask the provider about one message and keep the answer; False when no message of ours has this id.

    Raises the provider's error when it does not answer.
    """
    provider: SmsProvider = providers.load("sms")
    message = Message.objects.filter(provider=provider.name, provider_id=provider_id).first()
    if message is None:
        return False
    report = provider.reports([provider_id]).get(provider_id)
    if report is None:
        raise Temporary("status_not_known_yet")
    apply_report(message, report, segment_price_tiyn=provider.segment_price_tiyn())
    return True


def poll_due() -> int:
    """Ask about messages that no webhook told of; returns how many were asked."""
    provider: SmsProvider = providers.load("sms")
    due = _claim_due()
    if not due:
        return 0
    try:
        reports = provider.reports([message.provider_id for message in due])
    except ProviderError as problem:
        # The claim has already set the time of the next question.
        log.warning("sms_poll_failed", reason=problem.reason)
        return 0
    for message in due:
        report = reports.get(message.provider_id)
        if report is not None:
            apply_report(message, report, segment_price_tiyn=provider.segment_price_tiyn())
        if _is_last_question(message) and (report is None or report.state is DeliveryState.PENDING):
            _give_up(message)
    return len(due)


@transaction.atomic
def _claim_due() -> list[Message]:
    """Take messages to ask about and set the next time at once, so that a killed process forgets none."""
    due = list(
        Message.objects.select_for_update(skip_locked=True)
        .filter(next_poll_at__lte=clock.now())
        .order_by("next_poll_at")[:POLL_BATCH]
    )
    for message in due:
        message.polls += 1
        message.next_poll_at = _next_poll(message)
        message.save(update_fields=["polls", "next_poll_at"])
    return [message for message in due if message.next_poll_at is not None]


def _next_poll(message: Message) -> datetime | None:
    if message.status != Status.ACCEPTED or message.accepted_at is None:
        return None
    now = clock.now()
    planned = (message.accepted_at + after for after in POLL_AFTER)
    return next((moment for moment in planned if moment > now), now + POLL_AGAIN)


def _is_last_question(message: Message) -> bool:
    return message.accepted_at is not None and clock.now() >= message.accepted_at + POLL_AFTER[-1]


@transaction.atomic
def apply_report(message: Message, report: DeliveryReport, *, segment_price_tiyn: int | None) -> None:
    """Keep what the provider says of a message; what is final stays."""
    locked = Message.objects.select_for_update().get(pk=message.pk)
    if report.segments:
        locked.segments = report.segments
    if segment_price_tiyn is not None:
        locked.cost_tiyn = locked.segments * segment_price_tiyn
    match report.state:
        case DeliveryState.DELIVERED:
            moved = states.move(locked, Status.DELIVERED)
        case DeliveryState.FAILED:
            moved = states.move(locked, Status.FAILED)
        case DeliveryState.PENDING:
            moved = False
    if moved:
        locked.failure, locked.next_poll_at = report.reason, None
        if report.state is DeliveryState.DELIVERED:
            locked.delivered_at = clock.now()
    locked.save(
        update_fields=[
            "segments", "cost_tiyn", "status", "status_at", "failure", "next_poll_at", "delivered_at",
        ]
    )  # fmt: skip
    if moved:
        _record(locked)


def _record(message: Message) -> None:
    if message.status == Status.FAILED:
        record_failure(message, uncertain=False)
        return
    event = MessageDelivered(
        message_id=message.pk,
        channel=message.channel,
        kind=message.kind,
        key=message.key,
        correlation=message.case_id,
    )
    event_log.record(event, actor=ACTOR)


@transaction.atomic
def _give_up(message: Message) -> None:
    locked = Message.objects.select_for_update().get(pk=message.pk)
    if states.move(locked, Status.UNKNOWN):
        locked.failure, locked.next_poll_at = "no_status", None
        locked.save(update_fields=["status", "status_at", "failure", "next_poll_at"])
        record_failure(locked, uncertain=True)


def erase_codes() -> int:
    """Erase the texts of one-time codes that are ten minutes old, sent or not; returns how many."""
    return Message.objects.filter(
        sensitive=True, body__isnull=False, created_at__lt=clock.now() - CODE_LIFETIME
    ).update(body=None)
