"""Licence or register entry of lawyers, mediators and notaries."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from kenes.accounts.models.people import User
from kenes.foundation import actor as actors
from kenes.foundation import clock
from kenes.foundation.fields import EncryptedTextField
from kenes.foundation.identifiers import new_id


class SpecialistProfile(models.Model):
    """What a lawyer, mediator or notary says of himself, and whether a supervisor has checked it.

    The role works only while the status is APPROVED: approval grants it, every other way out takes it away.
    """

    class Kind(models.TextChoices):
        LAWYER = actors.LAWYER, _("Lawyer")
        MEDIATOR = actors.MEDIATOR, _("Mediator")
        NOTARY = actors.NOTARY, _("Notary")

    class Status(models.TextChoices):
        DRAFT = "draft", _("Being filled in")
        SUBMITTED = "submitted", _("Waiting for the check")
        APPROVED = "approved", _("Checked")
        REJECTED = "rejected", _("Not accepted")
        SUSPENDED = "suspended", _("Suspended")

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="specialist_profiles")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    register_name = models.CharField(max_length=200, default="", blank=True)
    register_number = models.CharField(max_length=60, default="", blank=True)
    issued_on = models.DateField(null=True)
    valid_until = models.DateField(null=True)
    specialisations = ArrayField(models.CharField(max_length=40), default=list)
    region = models.CharField(max_length=100, default="", blank=True)
    proof_file_id = models.UUIDField(null=True)
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.DRAFT)
    submitted_at = models.DateTimeField(null=True)
    checked_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    checked_at = models.DateTimeField(null=True)
    check_note = EncryptedTextField(default="")
    version = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(name="accounts_specialist_once", fields=["user", "kind"]),
            models.CheckConstraint(
                name="accounts_specialist_kind_known", condition=Q(kind__in=["lawyer", "mediator", "notary"])
            ),
            models.CheckConstraint(
                name="accounts_specialist_status_known",
                condition=Q(status__in=["draft", "submitted", "approved", "rejected", "suspended"]),
            ),
            models.CheckConstraint(
                name="accounts_specialist_checked_by_somebody",
                condition=~Q(status="approved") | Q(checked_by__isnull=False, checked_at__isnull=False),
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(name="accounts_specialist_queue", fields=["status", "submitted_at"])
        ]
