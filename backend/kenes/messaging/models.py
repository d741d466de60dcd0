"""Outgoing messages, the attempts to hand them over, and their attachments."""

from uuid import UUID

from django.db import models

from kenes.foundation.fields import EncryptedJSONField, EncryptedTextField
from kenes.foundation.identifiers import new_id


class Message(models.Model):
    """One SMS or letter to one address.

    `key` is the sender's name for it: a second send with the same key gives the first message back. `body` is
    erased as soon as it is not needed when `sensitive` (a one-time code). `reply` is the provider's own last word.
    """

    class Channel(models.TextChoices):
        SMS = "sms"
        EMAIL = "email"

    class Status(models.TextChoices):
        QUEUED = "queued"
        SENDING = "sending"
        ACCEPTED = "accepted"  # the receiving server or the provider has taken it
        DELIVERED = "delivered"
        FAILED = "failed"
        BOUNCED = "bounced"
        UNKNOWN = "unknown"  # it may have arrived; nobody can say

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    channel = models.CharField(max_length=10, choices=Channel.choices)
    key = models.CharField(max_length=200, unique=True)
    kind = models.CharField(max_length=60)
    case_id = models.UUIDField(null=True)
    person_id = models.UUIDField(null=True)
    address = EncryptedTextField()
    address_hash = models.CharField(max_length=64)
    body = EncryptedJSONField(null=True)
    sensitive = models.BooleanField(default=False)
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.QUEUED)
    failure = models.CharField(max_length=60, blank=True, default="")
    provider = models.CharField(max_length=30, blank=True, default="")
    provider_id = models.CharField(max_length=120, blank=True, default="")
    message_id_header = models.CharField(max_length=200, blank=True, default="")
    reply = EncryptedTextField(default="")
    segments = models.PositiveSmallIntegerField(default=0)
    cost_tiyn = models.BigIntegerField(null=True)
    created_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True)
    delivered_at = models.DateTimeField(null=True)
    status_at = models.DateTimeField()
    polls = models.PositiveSmallIntegerField(default=0)
    next_poll_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(channel__in=["sms", "email"]), name="message_channel"),
            models.CheckConstraint(
                condition=models.Q(
                    status__in=["queued", "sending", "accepted", "delivered", "failed", "bounced", "unknown"]
                ),
                name="message_status",
            ),
            models.UniqueConstraint(
                fields=["provider", "provider_id"],
                condition=~models.Q(provider_id=""),
                name="message_provider_id",
            ),
        ]
        indexes = [
            models.Index(fields=["channel", "address_hash", "created_at"], name="message_address"),
            models.Index(fields=["case_id", "created_at"], name="message_case"),
            models.Index(
                fields=["next_poll_at"], condition=models.Q(next_poll_at__isnull=False), name="message_poll"
            ),
            models.Index(
                fields=["created_at"],
                condition=models.Q(sensitive=True, body__isnull=False),
                name="message_to_erase",
            ),
        ]

    @property
    def correlation(self) -> UUID | None:
        """What the sender joins it to: the case, if there is one."""
        return self.case_id


class Attempt(models.Model):
    """One talk with the provider. Written before it starts, so that a killed process leaves a trace.

    `is_repeat`: an earlier attempt has an unknown outcome, so this one may be a second copy of the same message.
    """

    class Outcome(models.TextChoices):
        RUNNING = "running"
        ACCEPTED = "accepted"
        FOUND = "found"  # the provider already had it from an earlier attempt
        REFUSED = "refused"
        TEMPORARY = "temporary"
        UNKNOWN = "unknown"  # the line broke after the message was handed over, or the process was killed

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    message = models.ForeignKey(Message, on_delete=models.CASCADE, related_name="attempts")
    number = models.PositiveSmallIntegerField()
    started_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    outcome = models.CharField(max_length=10, choices=Outcome.choices, default=Outcome.RUNNING)
    reason = models.CharField(max_length=60, blank=True, default="")
    is_repeat = models.BooleanField(default=False)

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["message", "number"], name="attempt_number"),
            models.CheckConstraint(
                condition=models.Q(
                    outcome__in=["running", "accepted", "found", "refused", "temporary", "unknown"]
                ),
                name="attempt_outcome",
            ),
        ]


class MessageAttachment(models.Model):
    """A stored file that goes along with a letter, in order."""

    message = models.ForeignKey(Message, on_delete=models.CASCADE, related_name="attachments")
    file = models.ForeignKey("files.StoredFile", on_delete=models.PROTECT, related_name="+")
    position = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["message", "position"], name="attachment_position")]
