"""Rounds of signatures, requests to sign, papers signed by hand, signatures, and what lets anybody verify them."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from kenes.foundation import clock
from kenes.foundation.fields import EncryptedBytesField, EncryptedJSONField, EncryptedTextField
from kenes.foundation.identifiers import new_id
from kenes.signing.eds.models import EdsProof as EdsProof
from kenes.signing.eds.models import QrOperation as QrOperation
from kenes.signing.eds.models import RevocationList as RevocationList
from kenes.signing.evidence.models import EvidencePackage as EvidencePackage
from kenes.signing.reading.models import TextDelivery as TextDelivery
from kenes.signing.states import ANSWERED, OPEN, RequestStatus, RoundStatus

_SHA256 = r"^[0-9a-f]{64}$"


class SigningRound(models.Model):
    """One version of a document (the PDF with exactly this hash) goes round: everybody it names signs, or it ends without.

    `is_ordered`: a lower `position` answers before a higher one; equal ones in any order. The quick way of the borrower
    is a round of one.
    """

    Status = RoundStatus

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    document = models.ForeignKey("documents.Document", on_delete=models.PROTECT, related_name="+")
    document_sha256 = models.CharField(max_length=64)
    is_ordered = models.BooleanField(default=False)
    status = models.CharField(max_length=9, choices=RoundStatus.choices, default=RoundStatus.OPEN)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    replaces = models.OneToOneField("self", on_delete=models.PROTECT, null=True, related_name="replaced_by")
    created_at = models.DateTimeField(default=clock.now)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(name="signing_round_status", condition=Q(status__in=RoundStatus.values)),
            models.CheckConstraint(name="signing_round_sha256", condition=Q(document_sha256__regex=_SHA256)),
            models.CheckConstraint(
                name="signing_round_ended_has_time",
                condition=Q(status="open", ended_at__isnull=True)
                | (~Q(status="open") & Q(ended_at__isnull=False)),
            ),
            models.UniqueConstraint(
                name="signing_round_one_open", fields=["document"], condition=Q(status="open")
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(name="signing_round_of_document", fields=["document", "-created_at"])
        ]

    def __str__(self) -> str:
        return str(self.pk)


class SignerRole(models.TextChoices):
    """What somebody does in a round."""

    SIGNER = "signer", pgettext_lazy("in a signing round", "Signs")
    APPROVER = "approver", pgettext_lazy("in a signing round", "Approves without signing")
    COPY = "copy", pgettext_lazy("in a signing round", "Gets the finished document")


class SignatureRequest(models.Model):
    """One person is asked to sign (approve, receive) one version of a document: the PDF with exactly this hash.

    `party_role` is as what he signs ("borrower", "co_borrower", "creditor", "manager" …); `organisation` the one he signs for;
    `principal` and `power` the person he represents and the power of attorney that lets him. `text_shown_at` is when his
    screen had shown the last page; `code_session` a hash of the session that asked for the code.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    # None only for a request of a former release, until it is looked at under its lock.
    round = models.ForeignKey(SigningRound, on_delete=models.PROTECT, null=True, related_name="requests")
    document = models.ForeignKey("documents.Document", on_delete=models.PROTECT, related_name="+")
    signer = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    role = models.CharField(
        max_length=8, choices=SignerRole.choices, default=SignerRole.SIGNER, db_default=SignerRole.SIGNER
    )
    position = models.PositiveSmallIntegerField(default=1, db_default=1)
    party_role = models.CharField(max_length=20, default="borrower", db_default="borrower")
    organisation = models.ForeignKey(
        "accounts.Organisation", on_delete=models.PROTECT, null=True, related_name="+"
    )
    principal = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    power = models.ForeignKey(
        "accounts.PowerOfAttorney", on_delete=models.PROTECT, null=True, related_name="+"
    )
    delegated_from = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, related_name="delegated_to"
    )
    document_sha256 = models.CharField(max_length=64)
    status = models.CharField(max_length=12, choices=RequestStatus.choices, default=RequestStatus.PENDING)
    decline_reason = EncryptedTextField(default="")
    text_shown_at = models.DateTimeField(null=True)
    # When the server gave the text to the session that said so, and as what: "text", "pdf" or "pages".
    text_given_at = models.DateTimeField(null=True)
    text_given_as = models.CharField(max_length=5, default="", db_default="", blank=True)
    code_session = models.CharField(max_length=64, default="", db_default="", blank=True)
    # The turn of this signer has come and he was told; reminders after it.
    asked_at = models.DateTimeField(null=True)
    reminded_at = models.DateTimeField(null=True)
    reminders = models.PositiveSmallIntegerField(default=0, db_default=0)
    created_at = models.DateTimeField(default=clock.now)
    updated_at = models.DateTimeField(default=clock.now)
    expires_at = models.DateTimeField()
    # The time of keeping is over: who signed was taken out.
    emptied_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                name="signing_request_status", condition=Q(status__in=RequestStatus.values)
            ),
            models.CheckConstraint(
                name="signing_request_role", condition=Q(role__in=["signer", "approver", "copy"])
            ),
            models.CheckConstraint(
                name="signing_request_sha256", condition=Q(document_sha256__regex=_SHA256)
            ),
            models.CheckConstraint(
                name="signing_request_power_whole",
                condition=Q(principal__isnull=True, power__isnull=True)
                | Q(principal__isnull=False, power__isnull=False),
            ),
            # Somebody may sign for himself and, by a power, for another.
            models.UniqueConstraint(
                name="signing_request_one_open",
                fields=["document", "signer", "principal"],
                nulls_distinct=False,
                condition=Q(status__in=sorted(OPEN)),
            ),
            # So nobody signs twice in a round; after one that was declined or taken back he signs again.
            models.UniqueConstraint(
                name="signing_request_once_in_round",
                fields=["round", "signer", "principal"],
                nulls_distinct=False,
                condition=Q(status__in=sorted(OPEN | ANSWERED), round__isnull=False),
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(name="signing_request_kept", fields=["id"], condition=Q(emptied_at__isnull=True)),
            models.Index(
                name="signing_request_ending", fields=["expires_at"], condition=Q(status__in=sorted(OPEN))
            ),
            models.Index(name="signing_request_of_signer", fields=["signer", "-created_at"]),
        ]

    def __str__(self) -> str:
        return str(self.pk)


class PaperStatus(models.TextChoices):
    WAITING = "waiting", pgettext_lazy("signed paper", "Waiting for the check")
    CONFIRMED = "confirmed", pgettext_lazy("signed paper", "Confirmed")
    REFUSED = "refused", pgettext_lazy("signed paper", "Not accepted")
    REPLACED = "replaced", pgettext_lazy("signed paper", "A better one has come")


class SignedPaper(models.Model):
    """Photo or scan of a document signed by hand. Kept for good, also when it was not accepted."""

    Status = PaperStatus

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    request = models.ForeignKey(SignatureRequest, on_delete=models.PROTECT, related_name="papers")
    file = models.ForeignKey("files.StoredFile", on_delete=models.PROTECT, related_name="+")
    status = models.CharField(max_length=9, choices=PaperStatus.choices, default=PaperStatus.WAITING)
    reason = EncryptedTextField(default="")
    handed_in_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    handed_in_at = models.DateTimeField(default=clock.now)
    checked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    checked_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(name="signing_paper_status", condition=Q(status__in=PaperStatus.values)),
            models.UniqueConstraint(
                name="signing_paper_one_waiting", fields=["request"], condition=Q(status="waiting")
            ),
        ]

    def __str__(self) -> str:
        return str(self.pk)


class SignatureMethod(models.TextChoices):
    SMS = "sms", _("One-time code by SMS")
    EDS = "eds", _("ЭЦП (NCALayer)")
    EGOV_QR = "egov_qr", _("ЭЦП (eGov mobile)")
    PAPER = "paper", _("By hand on paper")


class PublicName(models.TextChoices):
    """How a signer lets his name stand on the public verification page."""

    SHORT = "short", pgettext_lazy("name on the verification page", "Surname and initials")
    HIDDEN = "hidden", pgettext_lazy("name on the verification page", "Not shown")
    FULL = "full", pgettext_lazy("name on the verification page", "Full name")


class Signature(models.Model):
    """A signature as it was made. Never changed afterwards; `document_sha256` is the hash of the PDF that was shown.

    `public_name` alone is no part of it: the signer chooses anew whenever he likes how the public page names him.

    SMS has phone, code and consent; ЭЦП (`eds`, `egov_qr`) the kept CMS and the facts of its certificate; paper the photo.
    `time_source` is where `signed_at` comes from: "server" (our clock) or "timestamp" (a trusted time stamp).
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    request = models.OneToOneField(SignatureRequest, on_delete=models.PROTECT, related_name="signature")
    document = models.ForeignKey("documents.Document", on_delete=models.PROTECT, related_name="+")
    signer = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    signer_name = EncryptedTextField()
    method = models.CharField(max_length=10, choices=SignatureMethod.choices)
    document_sha256 = models.CharField(max_length=64)
    signed_at = models.DateTimeField()
    phone = EncryptedTextField(default="")
    ip = EncryptedTextField(default="")
    user_agent = EncryptedTextField(default="")
    code = models.OneToOneField("accounts.OneTimeCode", on_delete=models.PROTECT, null=True, related_name="+")
    consent = models.ForeignKey("accounts.Consent", on_delete=models.PROTECT, null=True, related_name="+")
    paper = models.OneToOneField(SignedPaper, on_delete=models.PROTECT, null=True, related_name="signature")
    organisation = models.ForeignKey(
        "accounts.Organisation", on_delete=models.PROTECT, null=True, related_name="+"
    )
    principal = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    power = models.ForeignKey(
        "accounts.PowerOfAttorney", on_delete=models.PROTECT, null=True, related_name="+"
    )
    # ЭЦП: what its certificate says, as `kzsign` read it.
    certificate_name = EncryptedTextField(null=True)
    certificate_iin = EncryptedTextField(null=True)
    certificate_bin = models.CharField(max_length=12, default="", db_default="", blank=True)
    certificate_organisation = models.CharField(max_length=500, default="", db_default="", blank=True)
    certificate_role = models.CharField(max_length=40, default="", db_default="", blank=True)
    certificate_algorithm = models.CharField(max_length=80, default="", db_default="", blank=True)
    certificate_serial = models.CharField(max_length=80, default="", db_default="", blank=True)
    certificate_sha256 = models.CharField(max_length=64, default="", db_default="", blank=True)
    # The CMS as it was checked, byte for byte (encrypted in `files`, held), and what was collected at that moment.
    cms_file = models.ForeignKey("files.StoredFile", on_delete=models.PROTECT, null=True, related_name="+")
    ocsp_answer = EncryptedBytesField(null=True)
    time_stamp = EncryptedBytesField(null=True)
    time_source = models.CharField(max_length=9, default="server", db_default="server")
    # The report of the check, as `Report.as_json()` gives it.
    report = EncryptedJSONField(null=True)
    public_name = models.CharField(
        max_length=6, choices=PublicName.choices, default=PublicName.SHORT, db_default=PublicName.SHORT
    )

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                name="signing_signature_method", condition=Q(method__in=SignatureMethod.values)
            ),
            models.CheckConstraint(
                name="signing_signature_public_name", condition=Q(public_name__in=PublicName.values)
            ),
            models.CheckConstraint(
                name="signing_signature_proof",
                condition=Q(method="sms", code__isnull=False, consent__isnull=False)
                | Q(method__in=["eds", "egov_qr"], cms_file__isnull=False)
                | Q(method="paper", paper__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return str(self.pk)


class VerificationRecord(models.Model):
    """The public face of a signed document: an address nobody can guess, and the hashes of both its files.

    One for each document; its signatures are `selectors.signatures_of`. `signature` is the last of them: with it the document
    became signed.
    """

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
    # "B-B" or "B-LTA", the levels of PAdES; empty before there is a seal and for seals of earlier releases, which are B-B.
    seal_level = models.CharField(max_length=5, default="", db_default="", blank=True)
    # A time stamp was wanted and could not be had. It is added to a copy; the file that was sent never changes.
    awaits_time = models.BooleanField(default=False, db_default=False)
    archive_sha256 = models.CharField(max_length=64, null=True, unique=True)
    archive_file_id = models.UUIDField(null=True)
    archived_at = models.DateTimeField(null=True)
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
            models.CheckConstraint(
                name="signing_record_archive_whole",
                condition=Q(
                    archive_sha256__isnull=True, archive_file_id__isnull=True, archived_at__isnull=True
                )
                | Q(
                    archive_sha256__isnull=False,
                    archive_file_id__isnull=False,
                    archived_at__isnull=False,
                    sealed_file_id__isnull=False,
                    awaits_time=False,
                ),
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(
                name="signing_record_awaits_time", fields=["sealed_at"], condition=Q(awaits_time=True)
            )
        ]

    def __str__(self) -> str:
        return str(self.pk)
