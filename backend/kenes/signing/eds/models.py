"""What is kept beside a signature by ЭЦП, and signing in eGov mobile while it goes on."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import pgettext_lazy

from kenes.foundation import clock
from kenes.foundation.fields import EncryptedJSONField, EncryptedTextField
from kenes.foundation.identifiers import new_id


class RevocationList(models.Model):
    """A list of revoked certificates that was asked when a signature was made, because OCSP was silent.

    Kept once for all signatures that rest on it: it is public and names nobody. `file` is empty for a list above
    `lists_kept.LARGEST`; hash and size then say which it was.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    sha256 = models.CharField(max_length=64, unique=True)
    size = models.PositiveIntegerField()
    file = models.ForeignKey("files.StoredFile", on_delete=models.PROTECT, null=True, related_name="+")
    kept_at = models.DateTimeField(default=clock.now)

    class Meta:
        app_label = "signing"
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(name="signing_list_sha256", condition=Q(sha256__regex=r"^[0-9a-f]{64}$"))
        ]

    def __str__(self) -> str:
        return self.sha256


class EdsProof(models.Model):
    """Beside a signature by ЭЦП: what makes it unique, the certificates of its chain, and the CMS with our time stamp.

    `value_sha256` is of the octets of the signature itself, so the same one in another wrapping is known again.
    `certificates`: base64 of DER, the signer's first. `stamped_file` is empty where the CMS brought a trusted time stamp.
    `answers`: base64 of the OCSP answers about the authorities; the one about the signer is with the signature. `lists` were
    asked where OCSP was silent.
    """

    signature = models.OneToOneField(
        "signing.Signature", on_delete=models.PROTECT, primary_key=True, related_name="eds_proof"
    )
    value_sha256 = models.CharField(max_length=64, unique=True)
    certificates = EncryptedJSONField(default=list)
    stamped_file = models.ForeignKey(
        "files.StoredFile", on_delete=models.PROTECT, null=True, related_name="+"
    )
    answers = EncryptedJSONField(null=True)
    lists = models.ManyToManyField(RevocationList, related_name="proofs")
    created_at = models.DateTimeField(default=clock.now)

    class Meta:
        app_label = "signing"
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                name="signing_eds_value_sha256", condition=Q(value_sha256__regex=r"^[0-9a-f]{64}$")
            )
        ]

    def __str__(self) -> str:
        return str(self.pk)


class QrState(models.TextChoices):
    """How signing in eGov mobile stands. The first two go on."""

    PREPARING = "preparing", pgettext_lazy("signing by QR", "The QR code is being made")
    WAITING = "waiting", pgettext_lazy("signing by QR", "Waiting for the phone")
    SIGNED = "signed", pgettext_lazy("signing by QR", "Signed")
    FAILED = "failed", pgettext_lazy("signing by QR", "Did not work")
    EXPIRED = "expired", pgettext_lazy("signing by QR", "Time is over")
    REFUSED = "refused", pgettext_lazy("signing by QR", "Refused on the phone")


QR_OPEN = (QrState.PREPARING.value, QrState.WAITING.value)


class QrOperation(models.Model):
    """One attempt to sign a request in eGov mobile: the vendor is called by the outbox, the person looks at `state`.

    `links` are the vendor's addresses and end with the attempt. `calls` counts the calls made and numbers the next one.
    """

    State = QrState

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    request = models.ForeignKey("signing.SignatureRequest", on_delete=models.PROTECT, related_name="+")
    document_sha256 = models.CharField(max_length=64)
    state = models.CharField(max_length=9, choices=QrState.choices, default=QrState.PREPARING)
    code = models.CharField(max_length=60, default="", blank=True)
    qr_image = EncryptedTextField(default="")
    links = EncryptedJSONField(default=dict)
    # The browser that asked: kept with the signature as with every other way.
    origin = EncryptedJSONField(default=dict)
    is_scanned = models.BooleanField(default=False)
    calls = models.PositiveIntegerField(default=0)
    failures = models.PositiveSmallIntegerField(default=0)
    created_at = models.DateTimeField(default=clock.now)
    expires_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        app_label = "signing"
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(name="signing_qr_state", condition=Q(state__in=QrState.values)),
            models.UniqueConstraint(
                name="signing_qr_one_open",
                fields=["request"],
                condition=Q(state__in=["preparing", "waiting"]),
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(
                name="signing_qr_ending",
                fields=["expires_at"],
                condition=Q(state__in=["preparing", "waiting"]),
            )
        ]

    def __str__(self) -> str:
        return str(self.pk)
