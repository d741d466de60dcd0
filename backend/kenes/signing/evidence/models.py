"""The evidence package of a document: made when it is asked for, made anew when something has changed."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from kenes.foundation import clock
from kenes.foundation.identifiers import new_id


class EvidenceStatus(models.TextChoices):
    PREPARING = "preparing"
    READY = "ready"
    FAILED = "failed"


class EvidencePackage(models.Model):
    """One ZIP that proves the signatures of one document without us.

    `fingerprint` is of everything the ZIP is made of: while it stays the same, the kept file is the answer. `version`
    counts orders; a run of an older order leaves no trace.
    """

    Status = EvidenceStatus

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    document = models.OneToOneField("documents.Document", on_delete=models.PROTECT, related_name="+")
    status = models.CharField(max_length=9, choices=EvidenceStatus.choices, default=EvidenceStatus.PREPARING)
    version = models.PositiveIntegerField(default=1)
    progress_percent = models.PositiveSmallIntegerField(default=0)
    fingerprint = models.CharField(max_length=64, blank=True, default="")
    file = models.ForeignKey("files.StoredFile", on_delete=models.PROTECT, null=True, related_name="+")
    failure = models.CharField(max_length=60, blank=True, default="")
    ordered_at = models.DateTimeField(default=clock.now)
    made_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                name="signing_evidence_status", condition=Q(status__in=EvidenceStatus.values)
            ),
            models.CheckConstraint(
                name="signing_evidence_ready_has_file",
                condition=~Q(status="ready") | Q(file__isnull=False, made_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return str(self.pk)
