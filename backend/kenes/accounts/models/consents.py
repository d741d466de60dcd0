"""Texts that people agree to, and their acceptance."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from kenes.accounts.models.codes import OneTimeCode
from kenes.accounts.models.people import Language, User
from kenes.foundation import clock
from kenes.foundation.fields import EncryptedTextField
from kenes.foundation.identifiers import new_id


class ConsentKind(models.TextChoices):
    PERSONAL_DATA = "personal_data", _("Processing of personal data")
    CREDITOR_TRANSFER = "creditor_transfer", _("Passing data to the creditor")
    SMS_AGREEMENT = "sms_agreement", _("Signing by a code from an SMS")


class ConsentText(models.Model):
    """One version of one text in one language, exactly as shown. A trigger refuses changes and deletion."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    kind = models.CharField(max_length=20, choices=ConsentKind.choices)
    version = models.PositiveSmallIntegerField()
    language = models.CharField(max_length=2, choices=Language.choices)
    title = models.CharField(max_length=300)
    body = models.TextField()
    sha256 = models.CharField(max_length=64)
    needs_lawyer_review = models.BooleanField()
    published_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                name="accounts_consent_text_kind_known", condition=Q(kind__in=ConsentKind.values)
            ),
            models.CheckConstraint(
                name="accounts_consent_text_language_known", condition=Q(language__in=Language.values)
            ),
            models.UniqueConstraint(
                name="accounts_consent_text_once", fields=["kind", "version", "language"]
            ),
        ]


class Consent(models.Model):
    """A person accepted one version of one text. Append-only; withdrawal sets `withdrawn_at`."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    person = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    text = models.ForeignKey(ConsentText, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=20, choices=ConsentKind.choices)
    version = models.PositiveSmallIntegerField()
    accepted_at = models.DateTimeField(default=clock.now)
    ip = EncryptedTextField(default="")
    user_agent = EncryptedTextField(default="")
    code = models.OneToOneField(OneTimeCode, on_delete=models.PROTECT, null=True, related_name="+")
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_ip = EncryptedTextField(default="")
    withdrawal_reason = EncryptedTextField(default="")

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                name="accounts_consent_once",
                fields=["person", "kind", "version"],
                condition=Q(withdrawn_at__isnull=True),
            ),
            models.CheckConstraint(
                name="accounts_sms_agreement_has_code",
                condition=~Q(kind="sms_agreement") | Q(code__isnull=False),
            ),
        ]
