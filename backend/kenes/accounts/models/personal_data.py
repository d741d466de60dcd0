"""Who looked at a person's data, requests of people about their data, and how long it is kept."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from kenes.accounts.models.people import User
from kenes.foundation import clock
from kenes.foundation.fields import EncryptedJSONField, EncryptedTextField
from kenes.foundation.identifiers import new_id


class DataRead(models.Model):
    """Somebody saw unmasked data of a person: what, why and when. Shown to the person; never changed."""

    class Kind(models.TextChoices):
        REVEAL = "reveal", _("Masked data shown")
        VIEW_AS = "view_as", _("Looked at the account as you see it")
        EXPORT = "export", _("Data exported")
        PROFILE = "profile", _("Profile opened")

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    kind = models.CharField(max_length=10, choices=Kind.choices)
    person = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    reader = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    reader_roles = ArrayField(models.CharField(max_length=20), default=list)
    case_id = models.UUIDField(null=True)
    fields = ArrayField(models.CharField(max_length=40), default=list)
    reason = EncryptedTextField(default="")
    at = models.DateTimeField(default=clock.now)

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            models.Index(name="accounts_read_of_person", fields=["person", "-at", "id"]),
            models.Index(name="accounts_read_by_reader", fields=["reader", "-at", "id"]),
        ]


class Impersonation(models.Model):
    """A member of staff looks at the application as another person sees it, for a reason, read-only."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    staff = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    reason = EncryptedTextField()
    started_at = models.DateTimeField(default=clock.now)
    expires_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                name="accounts_impersonation_one_open",
                fields=["staff"],
                condition=Q(ended_at__isnull=True),
            )
        ]


class PersonalDataRequest(models.Model):
    """A person asks for a copy of everything about himself, or for its erasure. Tracked to the end."""

    class Kind(models.TextChoices):
        EXPORT = "export", _("Copy of my data")
        ERASURE = "erasure", _("Erasure of my data")

    class Status(models.TextChoices):
        REQUESTED = "requested", _("Requested")
        APPROVED = "approved", _("Approved")
        RUNNING = "running", _("In progress")
        DONE = "done", _("Done")
        REFUSED = "refused", _("Refused")
        CANCELLED = "cancelled", _("Withdrawn")
        FAILED = "failed", _("Failed")

    OPEN: ClassVar = ("requested", "approved", "running")

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    kind = models.CharField(max_length=10, choices=Kind.choices)
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.REQUESTED)
    person = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    requested_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(default=clock.now)
    # What will be given, erased and kept (with the ground), by section: counts and codes, no values.
    preview = models.JSONField(default=dict)
    progress_percent = models.PositiveSmallIntegerField(default=0)
    decided_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)
    note = EncryptedTextField(default="")
    started_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    done_at = models.DateTimeField(null=True)
    file_id = models.UUIDField(null=True)
    file_expires_at = models.DateTimeField(null=True)
    result = EncryptedJSONField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                name="accounts_data_request_one_open",
                fields=["person", "kind"],
                condition=Q(status__in=["requested", "approved", "running"]),
            ),
            models.CheckConstraint(
                name="accounts_data_request_status_known",
                condition=Q(
                    status__in=["requested", "approved", "running", "done", "refused", "cancelled", "failed"]
                ),
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(name="accounts_data_requests", fields=["status", "-created_at", "id"])
        ]


class RetentionRule(models.Model):
    """How long one kind of data is kept, and what happens to it then. Loaded from `data/retention.toml`."""

    class Action(models.TextChoices):
        DELETE = "delete", _("Deleted")
        MASK = "mask", _("Made anonymous")

    key = models.CharField(primary_key=True, max_length=60)
    title_ru = models.CharField(max_length=200)
    title_kk = models.CharField(max_length=200)
    title_en = models.CharField(max_length=200)
    ground_ru = models.TextField()
    ground_kk = models.TextField()
    ground_en = models.TextField()
    days = models.PositiveIntegerField()
    action = models.CharField(max_length=10, choices=Action.choices)
    needs_lawyer_review = models.BooleanField(default=True)
    enabled = models.BooleanField(default=True)
    last_run_at = models.DateTimeField(null=True)
    last_count = models.PositiveIntegerField(default=0)
