"""Stored files: what the database knows of them; the bytes lie encrypted in the file storage."""

from django.db import models

from kenes.foundation.fields import EncryptedTextField
from kenes.foundation.identifiers import new_id


class StoredFile(models.Model):
    """One file. `sha256` and `size` are of the plain bytes; content never changes after storing.

    `owner_kind` and `owner_id` name the thing it belongs to ("case", a case id) without a foreign key.
    """

    class Origin(models.TextChoices):
        GENERATED = "generated"
        UPLOADED = "uploaded"

    class Scan(models.TextChoices):
        NOT_NEEDED = "not_needed"
        PENDING = "pending"
        CLEAN = "clean"
        INFECTED = "infected"
        UNSCANNABLE = "unscannable"  # encrypted, or above a limit of the scanner
        FAILED = "failed"  # the scanner did not answer in all tries

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    origin = models.CharField(max_length=10, choices=Origin.choices)
    owner_kind = models.CharField(max_length=30)
    owner_id = models.UUIDField()
    name = EncryptedTextField()
    mime = models.CharField(max_length=100)
    size = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=64, db_index=True)
    storage_key = models.CharField(max_length=120, unique=True)
    scan = models.CharField(max_length=12, choices=Scan.choices)
    scan_signature = models.CharField(max_length=200, blank=True, default="")
    scan_engine = models.CharField(max_length=120, blank=True, default="")
    scanned_at = models.DateTimeField(null=True)
    scan_round = models.PositiveSmallIntegerField(default=1)
    released_by = models.UUIDField(null=True)
    released_reason = EncryptedTextField(default="")
    content_removed_at = models.DateTimeField(null=True)
    # Whose room the upload takes; empty for generated files.
    uploaded_by = models.UUIDField(null=True)
    # The nightly look at the bytes: when it was last well, and since when it is lost or changed.
    verified_at = models.DateTimeField(null=True)
    lost_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(origin__in=["generated", "uploaded"]), name="file_origin"
            ),
            models.CheckConstraint(
                condition=models.Q(
                    scan__in=["not_needed", "pending", "clean", "infected", "unscannable", "failed"]
                ),
                name="file_scan",
            ),
        ]
        indexes = [
            models.Index(fields=["owner_kind", "owner_id", "created_at"], name="file_owner"),
            models.Index(fields=["scan", "scanned_at"], name="file_scan_state"),
            models.Index(
                fields=["uploaded_by"], name="file_uploaded_by", condition=models.Q(uploaded_by__isnull=False)
            ),
            models.Index(models.F("verified_at").asc(nulls_first=True), "id", name="file_verified"),
        ]


class Upload(models.Model):
    """A file that comes by parts (tus). `offset` bytes have come; `complete` once it was looked at and put together.

    `person_id` is who uploads; names no table, since files lie below accounts. `refusal` holds code and values of the
    error that refused it. `spent_at`: it went into a PDF of several photos and is kept a little for another try.
    """

    class State(models.TextChoices):
        RECEIVING = "receiving"
        COMPLETE = "complete"
        REFUSED = "refused"

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    person_id = models.UUIDField()
    name = EncryptedTextField()
    size = models.PositiveBigIntegerField()
    offset = models.PositiveBigIntegerField(default=0)
    state = models.CharField(max_length=10, choices=State.choices, default=State.RECEIVING)
    refusal = models.JSONField(null=True)
    mime = models.CharField(max_length=100, blank=True, default="")
    sha256 = models.CharField(max_length=64, blank=True, default="")
    # Of the whole, once it is complete; empty before.
    storage_key = models.CharField(max_length=120, blank=True, default="")
    spent_at = models.DateTimeField(null=True)
    expires_at = models.DateTimeField(db_index=True)
    created_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state__in=["receiving", "complete", "refused"]), name="upload_state"
            ),
            models.CheckConstraint(
                condition=models.Q(offset__lte=models.F("size")), name="upload_offset_within_size"
            ),
            models.UniqueConstraint(
                fields=["storage_key"], name="upload_storage_key", condition=~models.Q(storage_key="")
            ),
        ]
        indexes = [models.Index(fields=["person_id", "state"], name="upload_person")]


class UploadPart(models.Model):
    """Bytes of one PATCH, encrypted in the storage, until the upload is put together."""

    upload = models.ForeignKey(Upload, on_delete=models.CASCADE, related_name="parts")
    start = models.PositiveBigIntegerField()
    size = models.PositiveIntegerField()
    storage_key = models.CharField(max_length=120, unique=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["upload", "start"], name="upload_part_start")]


class Preparation(models.Model):
    """What is made of a file for the screen: whether it is done, and the sizes of its pages in pixels.

    `page_sizes` is a list of [width, height]; empty for what has no pages.
    """

    class State(models.TextChoices):
        PREPARING = "preparing"
        READY = "ready"
        NONE = "none"

    file = models.OneToOneField(
        StoredFile, on_delete=models.CASCADE, related_name="preparation", primary_key=True
    )
    state = models.CharField(max_length=10, choices=State.choices, default=State.PREPARING)
    page_sizes = models.JSONField(default=list)
    updated_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state__in=["preparing", "ready", "none"]), name="preparation_state"
            )
        ]


class DerivedFile(models.Model):
    """A form of a file: its picture for the web, its preview as PDF, or the picture of one page. Goes with its source."""

    class Form(models.TextChoices):
        WEB = "web"
        PDF = "pdf"
        PAGE = "page"

    source = models.ForeignKey(StoredFile, on_delete=models.CASCADE, related_name="forms")
    form = models.CharField(max_length=4, choices=Form.choices)
    # From 1 for pages; 0 for the whole.
    page = models.PositiveSmallIntegerField(default=0)
    file = models.OneToOneField(StoredFile, on_delete=models.CASCADE, related_name="derived_from")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["source", "form", "page"], name="derived_once"),
            models.CheckConstraint(condition=models.Q(form__in=["web", "pdf", "page"]), name="derived_form"),
        ]


# Texts of files have a module of their own; Django looks for models here.
from kenes.files.texts_models import FileText, FileTextPage  # noqa: E402, F401
