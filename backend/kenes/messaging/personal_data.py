"""What messaging holds about a person: texts that were sent to him."""

from datetime import datetime
from typing import Final
from uuid import UUID

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from kenes.foundation import crypto, retention
from kenes.foundation.personal_data import Copy, Counts, Subject, register
from kenes.messaging.models import Message

BATCH: Final = 2000
# Kinds of messages that prove something and live as long as what they prove: whoever sends them masks them too.
_evidence: set[str] = set()


def keep_as_evidence(kind: str) -> None:
    """Messages of this kind are not masked with the others."""
    _evidence.add(kind)


def _messages(subject: Subject) -> QuerySet[Message]:
    hashes = [
        digest for address in (subject.phone, subject.email.lower()) if address
        for digest in crypto.lookup_hashes(address)
    ]  # fmt: skip
    found = Message.objects.filter(Q(person_id=subject.person_id) | Q(address_hash__in=hashes))
    return found.exclude(kind__in=_evidence)


def counts(subject: Subject) -> Counts:
    rows = _messages(subject)
    return Counts(given=rows.count(), masked=rows.exclude(address_hash="").count())


def copy(subject: Subject) -> Copy:
    return Copy(
        [
            {
                "channel": row.channel, "kind": row.kind, "address": row.address, "created_at": row.created_at,
                "status": row.status, "accepted_at": row.accepted_at, "delivered_at": row.delivered_at,
                "text": _text(row),
            }
            for row in _messages(subject).order_by("created_at")
        ]
    )  # fmt: skip


def _text(message: Message) -> str:
    body = message.body or {}
    return str(body.get("text") or body.get("subject") or "")


def erase(subject: Subject) -> int:
    return _mask(_messages(subject))


def mask_messages_of_cases(case_ids: list[UUID], kind: str) -> int:
    """Empty the texts of one kind of message in these cases; how many."""
    return _mask(Message.objects.filter(case_id__in=case_ids, kind=kind))


def _mask(rows: QuerySet[Message]) -> int:
    """Empty text and address; that something was sent, when and with what result, stays. A waiting one never leaves."""
    count = 0
    for message in rows.exclude(address_hash="").select_for_update().order_by("pk")[:BATCH]:
        message.address = message.address_hash = message.reply = ""
        message.body = None
        message.save(update_fields=["address", "address_hash", "reply", "body"])
        count += 1
    return count


def mask_old(before: datetime) -> int:
    """Empty messages made before the moment."""
    taken = 0
    while True:
        with transaction.atomic():
            done = _mask(Message.objects.filter(created_at__lt=before).exclude(kind__in=_evidence))
        taken += done
        if not done:
            return taken


register("messages", label=_("SMS and e-mails sent to the person"), order=60,
         preview=counts, export=copy, erase=erase)  # fmt: skip
retention.register("messages", mask_old)
