"""Requests to sign, signatures, and what lets anybody verify them."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from kenes.foundation import clock
from kenes.foundation.fields import EncryptedTextField
from kenes.foundation.identifiers import new_id
from kenes.signing.states import OPEN, RequestStatus


class SignatureRequest(models.Model):
    """One person is asked to sign one version of a document: the PDF with exactly this hash."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    document = models.ForeignKey("documents.Document", on_delete=models.PROTECT, related_name="+")
    signer = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    document_sha256 = models.CharField(max_length=64)
    status = models.CharField(max_length=12, choices=RequestStatus.choices, default=RequestStatus.PENDING)
    decline_reason = EncryptedTextField(default="")
    created_at = models.DateTimeField(default=clock.now)
    updated_at = models.DateTimeField(default=clock.now)
    expires_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                name="signing_request_status", condition=Q(status__in=RequestStatus.values)
            ),
            models.CheckConstraint(
                name="signing_request_sha256", condition=Q(document_sha256__regex=r"^[0-9a-f]{64}$")
            ),
            models.UniqueConstraint(
                name="signing_request_one_open",
                fields=["document", "signer"],
                condition=Q(status__in=sorted(OPEN)),
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(
                name="signing_request_ending", fields=["expires_at"], condition=Q(status__in=sorted(OPEN))
            )
        ]

    def __str__(self) -> str:
        return str(self.pk)


class SignatureMethod(models.TextChoices):
    SMS = "sms", _("One-time code by SMS")


class Signature(models.Model):
    """A signature as it was made. Never changed afterwards; `document_sha256` is the hash of the PDF that was shown."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    request = models.OneToOneField(SignatureRequest, on_delete=models.PROTECT, related_name="signature")
    document = models.ForeignKey("documents.Document", on_delete=models.PROTECT, related_name="+")
    signer = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    signer_name = EncryptedTextField()
    method = models.CharField(max_length=10, choices=SignatureMethod.choices)
    document_sha256 = models.CharField(max_length=64)
    signed_at = models.DateTimeField()
    phone = EncryptedTextField()
    ip = EncryptedTextField(default="")
    user_agent = EncryptedTextField(default="")
    code = models.OneToOneField("accounts.OneTimeCode", on_delete=models.PROTECT, related_name="+")
    consent = models.ForeignKey("accounts.Consent", on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                name="signing_signature_method", condition=Q(method__in=SignatureMethod.values)
            ),
            models.UniqueConstraint(name="signing_signature_once", fields=["document", "signer"]),
        ]

    def __str__(self) -> str:
        return str(self.pk)


class VerificationRecord(models.Model):
    """The public face of a signed document: an address nobody can guess, and the hashes of both its files."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    token = models.CharField(max_length=40, unique=True)
    document = models.OneToOneField("documents.Document", on_delete=models.PROTECT, related_name="+")
    signature = models.OneToOneField(Signature, on_delete=models.PROTECT, related_name="verification")
    original_sha256 = models.CharField(max_length=64, db_index=True)
    sealed_sha256 = models.CharField(max_length=64, null=True, unique=True)
    sealed_file_id = models.UUIDField(null=True)
    sealed_at = models.DateTimeField(null=True)
    sealed_pages = models.PositiveIntegerField(null=True)
    seal_subject = models.CharField(max_length=200, default="")
    created_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                name="signing_record_sealed_whole",
                condition=Q(sealed_sha256__isnull=True, sealed_file_id__isnull=True, sealed_at__isnull=True)
                | Q(sealed_sha256__isnull=False, sealed_file_id__isnull=False, sealed_at__isnull=False),
            ),
            models.CheckConstraint(
                name="signing_record_two_hashes",
                condition=Q(sealed_sha256__isnull=True) | ~Q(sealed_sha256=F("original_sha256")),
            ),
        ]

    def __str__(self) -> str:
        return str(self.pk)
