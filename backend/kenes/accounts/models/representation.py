"""Powers of attorney: who may act for whom, in what, until when."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from kenes.accounts.models.people import User
from kenes.foundation import clock
from kenes.foundation.fields import EncryptedTextField
from kenes.foundation.identifiers import new_id


class PowerScope(models.TextChoices):
    """What a representative may do in place of the principal."""

    VIEW = "view", _("See the cases")
    ACT = "act", _("Give facts, answer, choose")
    SIGN = "sign", _("Sign letters")


class PowerOfAttorney(models.Model):
    """A power given by `principal` to `representative`. It counts only while ACTIVE and between its two days.

    Nothing has to run for it to end: every request looks at `revoked_at` and the days.
    """

    class Status(models.TextChoices):
        SUBMITTED = "submitted", _("Waiting for the check")
        ACTIVE = "active", _("In force")
        REJECTED = "rejected", _("Not accepted")
        REVOKED = "revoked", _("Revoked")

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    principal = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    representative = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    scope = ArrayField(models.CharField(max_length=10, choices=PowerScope.choices))
    number = EncryptedTextField(default="")
    issued_by = EncryptedTextField(default="")
    valid_from = models.DateField()
    valid_until = models.DateField()
    document_file_id = models.UUIDField(null=True)
    status = models.CharField(max_length=10, choices=Status.choices)
    created_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(default=clock.now)
    checked_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    checked_at = models.DateTimeField(null=True)
    check_note = EncryptedTextField(default="")
    revoked_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(name="accounts_power_days", condition=Q(valid_until__gte=F("valid_from"))),
            models.CheckConstraint(
                name="accounts_power_of_two_people", condition=~Q(principal=F("representative"))
            ),
            models.CheckConstraint(
                name="accounts_power_status_known",
                condition=Q(status__in=["submitted", "active", "rejected", "revoked"]),
            ),
            models.CheckConstraint(
                name="accounts_power_revoked_has_time",
                condition=Q(status="revoked", revoked_at__isnull=False)
                | (~Q(status="revoked") & Q(revoked_at__isnull=True)),
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(
                name="accounts_power_in_force",
                fields=["representative", "valid_until"],
                condition=Q(status="active"),
            ),
            models.Index(name="accounts_power_of_principal", fields=["principal", "-created_at"]),
        ]
