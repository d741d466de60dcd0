"""Hand a queued message over to its provider: note the attempt, talk, note the result.

The talk is never inside a transaction. The attempt is committed before it, so that a process killed in the middle
leaves an open attempt; the next run closes that one as "unknown" and marks its own as a repeat.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Final
from uuid import UUID

from django.conf import settings
from django.db import transaction

from kenes.event_log import services as event_log
from kenes.files import services as files
from kenes.foundation import clock, logs, providers
from kenes.foundation.actor import SystemActor
from kenes.foundation.providers import Misconfigured, ProviderError, Temporary
from kenes.messaging import states
from kenes.messaging.events import MessageAccepted, MessageFailed
from kenes.messaging.models import Attempt, Message
from kenes.messaging.providers.base import (
    EmailAttachment,
    EmailProvider,
    OutcomeUnknown,
    OutgoingEmail,
    OutgoingSms,
    SendReceipt,
    SmsProvider,
)

log = logs.get(__name__)
Outcome = Attempt.Outcome
Status = Message.Status

ACTOR: Final = SystemActor("messaging")
_guards: dict[str, tuple[Callable[[Message], bool], str]] = {}
FIRST_POLL: Final = timedelta(minutes=2)


@dataclass(frozen=True, slots=True)
class Delivered:
    """What a talk gave: the receipt, and whether the provider had the message from before."""

    receipt: SendReceipt
    found: bool = False


def guard(kind: str, may_leave: Callable[[Message], bool], *, failure: str) -> None:
    """Let `may_leave` decide at every attempt whether a message of this kind is handed over; else it fails with `failure`.

    It is asked in the transaction that opens the attempt and may lock rows there: what it answers holds until then.
    """
    _guards[kind] = (may_leave, failure)


def deliver_sms(*, message_id: UUID, last_try: bool) -> None:
    """One attempt to hand an SMS over; raises a provider error when the outbox should try again or stop."""
    provider: SmsProvider = providers.load("sms")

    def talk(message: Message, attempt: Attempt) -> Delivered:
        sms = OutgoingSms(to=message.address.lstrip("+"), text=message.body["text"])
        if attempt.is_repeat:
            known = _not_ours_yet(provider.name, provider.find(sms, since=message.created_at))
            if known:
                return Delivered(SendReceipt(provider_id=known[0]), found=True)
        receipt = provider.send(sms, idempotency_key=str(message.pk))
        if receipt.held:
            log.error("sms_waits_for_moderation", message_id=str(message.pk))
        return Delivered(receipt)

    _deliver(message_id, provider.name, talk, last_try=last_try)


def deliver_email(*, message_id: UUID, last_try: bool) -> None:
    """One attempt to hand a letter over; raises a provider error when the outbox should try again or stop."""
    provider: EmailProvider = providers.load("email")

    def talk(message: Message, attempt: Attempt) -> Delivered:
        return Delivered(provider.send(_compose(message)))

    _deliver(message_id, provider.name, talk, last_try=last_try)


def _not_ours_yet(provider: str, provider_ids: list[str]) -> list[str]:
    """Ids that no message of ours carries: an equal text sent earlier must not be taken for this one."""
    taken = set(
        Message.objects.filter(provider=provider, provider_id__in=provider_ids).values_list(
            "provider_id", flat=True
        )
    )
    return [one for one in provider_ids if one not in taken]


def _compose(message: Message) -> OutgoingEmail:
    rows = message.attachments.select_related("file").order_by("position")
    headers = {"Feedback-ID": f"{message.kind}:kenes-hub"}
    if message.case_id:
        headers["X-Case-ID"] = str(message.case_id)
    return OutgoingEmail(
        to=message.address,
        subject=message.body["subject"],
        text=message.body["text"],
        html=message.body["html"],
        message_id=message.message_id_header,
        header_from=settings.DEFAULT_FROM_EMAIL,
        envelope_from=f"bounce+{message.pk.hex}@{settings.EMAIL_DOMAIN}",
        reply_to=message.body.get("reply_to", ""),
        attachments=tuple(
            EmailAttachment(row.file.name, row.file.mime, files.read(row.file)) for row in rows
        ),
        headers=headers,
    )


def _deliver(
    message_id: UUID, provider: str, talk: Callable[[Message, Attempt], Delivered], *, last_try: bool
) -> None:
    started = _start_attempt(message_id)
    if started is None:
        return
    message, attempt = started
    try:
        delivered = talk(message, attempt)
    except Temporary as problem:
        _note_temporary(attempt.pk, problem, last_try=last_try)
        raise
    except ProviderError as problem:
        _note_refusal(attempt.pk, problem)
        if isinstance(problem, Misconfigured):
            # Everything else of this provider will fail too: the dead outbox row is the alarm.
            raise
        return
    _note_acceptance(attempt.pk, provider, delivered)


@transaction.atomic
def _start_attempt(message_id: UUID) -> tuple[Message, Attempt] | None:
    """Open an attempt; None when there is nothing to do any more."""
    message = Message.objects.select_for_update().get(pk=message_id)
    if message.status not in {Status.QUEUED, Status.SENDING}:
        return None
    now = clock.now()
    earlier = list(message.attempts.all())
    for attempt in earlier:
        if attempt.ended_at is None:
            attempt.ended_at, attempt.outcome, attempt.reason = now, Outcome.UNKNOWN, "interrupted"
            attempt.save(update_fields=["ended_at", "outcome", "reason"])
    unknown = any(attempt.outcome == Outcome.UNKNOWN for attempt in earlier)
    if message.body is None:
        _fail(message, "expired", uncertain=unknown)
        return None
    may_leave, failure = _guards.get(message.kind, (None, ""))
    if may_leave is not None and not may_leave(message):
        _fail(message, failure, uncertain=unknown)
        return None
    attempt = Attempt.objects.create(
        message=message, number=len(earlier) + 1, started_at=now, is_repeat=unknown
    )
    if states.move(message, Status.SENDING):
        message.save(update_fields=["status", "status_at"])
    return message, attempt


@transaction.atomic
def _note_acceptance(attempt_id: UUID, provider: str, delivered: Delivered) -> None:
    attempt, message = _locked(attempt_id)
    _end(attempt, Outcome.FOUND if delivered.found else Outcome.ACCEPTED)
    if not states.move(message, Status.ACCEPTED):
        return
    message.provider, message.provider_id = provider, delivered.receipt.provider_id
    message.reply = delivered.receipt.reply
    message.accepted_at = clock.now()
    if message.channel == Message.Channel.SMS:
        message.next_poll_at = message.accepted_at + FIRST_POLL
    if message.sensitive:
        message.body = None
    message.save()
    log.info(
        "message_accepted", message_id=str(message.pk), channel=message.channel, repeat=attempt.is_repeat
    )
    event_log.record(
        MessageAccepted(
            message_id=message.pk,
            channel=message.channel,
            kind=message.kind,
            key=message.key,
            correlation=message.case_id,
        ),
        actor=ACTOR,
    )


@transaction.atomic
def _note_temporary(attempt_id: UUID, problem: Temporary, *, last_try: bool) -> None:
    attempt, message = _locked(attempt_id)
    unknown = isinstance(problem, OutcomeUnknown)
    _end(attempt, Outcome.UNKNOWN if unknown else Outcome.TEMPORARY, problem.reason)
    if last_try:
        _fail(message, problem.reason, uncertain=unknown or attempt.is_repeat)
    elif states.move(message, Status.QUEUED):
        message.save(update_fields=["status", "status_at"])


@transaction.atomic
def _note_refusal(attempt_id: UUID, problem: ProviderError) -> None:
    attempt, message = _locked(attempt_id)
    _end(attempt, Outcome.REFUSED, problem.reason)
    _fail(message, problem.reason, uncertain=attempt.is_repeat)


def _locked(attempt_id: UUID) -> tuple[Attempt, Message]:
    message_id = Attempt.objects.values_list("message_id", flat=True).get(pk=attempt_id)
    message = Message.objects.select_for_update().get(pk=message_id)
    return Attempt.objects.get(pk=attempt_id), message


def _end(attempt: Attempt, outcome: Outcome, reason: str = "") -> None:
    attempt.ended_at, attempt.outcome, attempt.reason = clock.now(), outcome, reason[:60]
    attempt.save(update_fields=["ended_at", "outcome", "reason"])


def _fail(message: Message, failure: str, *, uncertain: bool) -> None:
    """End a message that will not be sent again; "unknown" when an attempt may have reached the provider."""
    if not states.move(message, Status.UNKNOWN if uncertain else Status.FAILED):
        return
    message.failure = failure[:60]
    if message.sensitive:
        message.body = None
    message.save(update_fields=["status", "status_at", "failure", "body"])
    record_failure(message, uncertain=uncertain)


def record_failure(message: Message, *, uncertain: bool) -> None:
    """Log and record that a message ended without being delivered; the caller has saved the status."""
    log.warning(
        "message_failed", message_id=str(message.pk), channel=message.channel, failure=message.failure
    )
    event_log.record(
        MessageFailed(
            message_id=message.pk,
            channel=message.channel,
            kind=message.kind,
            key=message.key,
            correlation=message.case_id,
            failure=message.failure,
            uncertain=uncertain,
        ),
        actor=ACTOR,
    )
