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
        ]
