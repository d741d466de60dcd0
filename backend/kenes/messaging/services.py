"""Take a message for sending: row and outbox row in the caller's transaction, nothing is sent here."""

import re
from typing import Final
from uuid import UUID

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import connection, transaction
from django.db.models import Q

from kenes.files import selectors as files
from kenes.files.errors import FileNotReady
from kenes.files.models import StoredFile
from kenes.foundation import clock, crypto
from kenes.foundation.errors import Throttled
from kenes.messaging import selectors
from kenes.messaging.errors import AttachmentsTooLarge, EmailAddressWrong, MessageTooLong, PhoneNotReachable
from kenes.messaging.models import Attempt, Message, MessageAttachment
from kenes.messaging.segments import count_segments
from kenes.outbox import services as outbox

Channel = Message.Channel

MAX_SEGMENTS: Final = 10
MAX_ATTACHMENT_BYTES: Final = 10 * 1024 * 1024
_HOUR, _DAY = 3600, 86_400
# Only Kazakhstan's mobile numbers: anything else invites paid-SMS fraud.
_MOBILE: Final = re.compile(r"\+77[0-9]{9}")


@transaction.atomic
def send_sms(
    *,
    key: str,
    phone: str,
    text: str,
    kind: str,
    sensitive: bool = False,
    person_id: UUID | None = None,
    case_id: UUID | None = None,
) -> Message:
    """Queue a text message to `phone` (+77XXXXXXXXX); the same `key` gives the first message back.

    `sensitive` is for one-time codes: the text is erased once the provider has it, or after ten minutes.
    Raises PhoneNotReachable, MessageTooLong, and Throttled over settings.SMS_PER_NUMBER (hour, day).
    """
    existing = selectors.find_by_key(key)
    if existing is not None:
        return existing
    if not _MOBILE.fullmatch(phone):
        raise PhoneNotReachable
    segments = count_segments(text)
    if segments > MAX_SEGMENTS or not text.strip():
        raise MessageTooLong
    _respect_limits(crypto.lookup_hashes(phone))
    return _queue(
        Message(
            channel=Channel.SMS,
            key=key,
            kind=kind,
            case_id=case_id,
            person_id=person_id,
            address=phone,
            address_hash=crypto.lookup_hash(phone),
            body={"text": text},
            sensitive=sensitive,
            segments=segments,
        ),
        handler="messaging.deliver_sms",
    )


@transaction.atomic
def send_email(
    *,
    key: str,
    to: str,
    subject: str,
    text: str,
    html: str,
    kind: str,
    attachments: list[UUID] | None = None,
    reply_to: str = "",
    sensitive: bool = False,
    case_id: UUID | None = None,
    person_id: UUID | None = None,
) -> Message:
    """Queue a letter to one address; the same `key` gives the first message back.

    `sensitive` is for letters with a code or a link that lets somebody in: erased like such text messages.
    `attachments` are ids of stored files that can be read, in order. Raises EmailAddressWrong, FileNotReady and
    AttachmentsTooLarge (10 MB together, because base64 adds 37 %).
    """
    existing = selectors.find_by_key(key)
    if existing is not None:
        return existing
    address = _checked_address(to)
    stored = _attached(attachments or [])
    body = {
        # A line break in a header would let a name add headers of its own.
        "subject": " ".join(subject.split()),
        "text": text,
        "html": html,
        "reply_to": _checked_address(reply_to) if reply_to else "",
    }
    message = Message(
        channel=Channel.EMAIL,
        key=key,
        kind=kind,
        case_id=case_id,
        person_id=person_id,
        address=address,
        address_hash=crypto.lookup_hash(address.lower()),
        body=body,
        sensitive=sensitive,
    )
    message.message_id_header = f"<{message.pk}@{settings.EMAIL_DOMAIN}>"
    made = _queue(message, handler="messaging.deliver_email")
    if made is message:
        MessageAttachment.objects.bulk_create(
            MessageAttachment(message=message, file=file, position=position)
            for position, file in enumerate(stored)
        )
    return made


def _attached(file_ids: list[UUID]) -> list[StoredFile]:
    stored = [files.get_file(file_id) for file_id in file_ids]
    if not all(files.is_readable(file) for file in stored):
        raise FileNotReady
    if sum(file.size for file in stored) > MAX_ATTACHMENT_BYTES:
        raise AttachmentsTooLarge(limit_megabytes=MAX_ATTACHMENT_BYTES // (1024 * 1024))
    return stored


@transaction.atomic
def withdraw(message_id: UUID) -> bool:
    """Take back a message that is not with a provider: its text is erased and nothing leaves. False when it is too late."""
    message = Message.objects.select_for_update().get(pk=message_id)
    under_way = message.attempts.filter(Q(ended_at__isnull=True) | Q(outcome=Attempt.Outcome.UNKNOWN))
    if message.status not in {Message.Status.QUEUED, Message.Status.SENDING} or under_way.exists():
        return False
    message.body = None
    message.save(update_fields=["body"])
    return True


def hand_over(*, from_person_id: UUID, to_person_id: UUID) -> None:
    """Messages of one account belong to another (two accounts of one person became one). Addresses stay as they were."""
    Message.objects.filter(person_id=from_person_id).update(person_id=to_person_id)


def count_of(person_id: UUID) -> int:
    """How many messages name the person."""
    return Message.objects.filter(person_id=person_id).count()


def _queue(message: Message, *, handler: str) -> Message:
    message.created_at = message.status_at = clock.now()
    # Two callers with one key at the same moment: the loser takes the winner's message.
    Message.objects.bulk_create([message], ignore_conflicts=True)
    winner = selectors.find_by_key(message.key)
    if winner is None or winner.pk != message.pk:
        return selectors.get_message(winner.pk) if winner else message
    outbox.enqueue(handler, {"message_id": str(message.pk)}, key=f"{handler}:{message.pk}")
    return message


def _checked_address(address: str) -> str:
    try:
        validate_email(address.strip())
    except ValidationError:
        raise EmailAddressWrong from None
    return address.strip()


def _respect_limits(address_hashes: list[str]) -> None:
    """Raise Throttled when this number has had its messages of the hour or the day; safe under parallel calls."""
    with connection.cursor() as cursor:
        for digest in sorted(address_hashes):
            cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 7310))", [digest])
    per_hour, per_day = settings.SMS_PER_NUMBER
    for seconds, limit in ((_HOUR, per_hour), (_DAY, per_day)):
        if selectors.sent_since(channel=Channel.SMS, address_hashes=address_hashes, seconds=seconds) >= limit:
            raise Throttled(retry_after=seconds)
