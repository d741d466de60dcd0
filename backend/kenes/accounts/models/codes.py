"""One-time codes."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from kenes.accounts.models.people import User
from kenes.foundation import clock
from kenes.foundation.fields import EncryptedTextField
from kenes.foundation.identifiers import new_id


class OneTimeCode(models.Model):
    """A six-digit code sent by SMS or e-mail to confirm one exact thing. The code itself is never stored, only a keyed hash.

    `bound_hash` is the SHA-256 (hex) of what is confirmed: a code for one text does not confirm another.
    """

    class Purpose(models.TextChoices):
        SMS_AGREEMENT = "sms_agreement", _("Agreement to sign by SMS")
        SIGNATURE = "signature", _("Signature of a document")
        REAUTHENTICATION = "reauthentication", _("Proof that it is still you")
        NEW_PHONE = "new_phone", _("New phone number")
        NEW_EMAIL = "new_email", _("New e-mail address")
        RECOVERY = "recovery", _("New password")

    class Closed(models.TextChoices):
        CONFIRMED = "confirmed", _("Confirmed")
        SPENT = "spent", _("No tries left")
        EXPIRED = "expired", _("Expired")
        REPLACED = "replaced", _("Replaced by a newer code")
        CANCELLED = "cancelled", _("Cancelled")

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    person = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    purpose = models.CharField(max_length=20, choices=Purpose.choices)
    bound_hash = models.CharField(max_length=64)
    code_hash = models.CharField(max_length=64)
    # Where it went: one of the two.
    phone = EncryptedTextField(default="")
    email = EncryptedTextField(default="")
    message_id = models.UUIDField(null=True)
    tries_limit = models.PositiveSmallIntegerField()
    tries_used = models.PositiveSmallIntegerField(default=0)
    created_at = models.DateTimeField(default=clock.now)
    expires_at = models.DateTimeField()
    resend_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)
    closed_as = models.CharField(max_length=10, choices=Closed.choices, default="")

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            # One open code per person and thing: the newest one counts, older ones are closed as replaced.
            models.UniqueConstraint(
                name="accounts_code_one_open",
                fields=["person", "purpose", "bound_hash"],
                condition=Q(closed_at__isnull=True),
            ),
            models.CheckConstraint(
                name="accounts_code_tries_in_limit",
                condition=Q(tries_used__lte=models.F("tries_limit")),
            ),
            models.CheckConstraint(
                name="accounts_code_closed_has_reason",
                condition=Q(closed_at__isnull=True, closed_as="")
                | Q(
                    closed_at__isnull=False,
                    closed_as__in=["confirmed", "spent", "expired", "replaced", "cancelled"],
                ),
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(name="accounts_code_of_person", fields=["person", "-created_at"])
        ]
