"""Roles that a person can hold, and roles that administrators put together from abilities."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from kenes.accounts.models.people import User
from kenes.foundation import actor as actors
from kenes.foundation import clock
from kenes.foundation.identifiers import new_id


class Role(models.TextChoices):
    """What a grant can give. `guest` and `system` are kinds of actors and are never granted."""

    BORROWER = actors.BORROWER, _("Borrower")
    REPRESENTATIVE = actors.REPRESENTATIVE, _("Representative")
    CREDITOR_OFFICER = actors.CREDITOR_OFFICER, _("Creditor's officer")
    CREDITOR_ADMIN = actors.CREDITOR_ADMIN, _("Creditor's administrator")
    LAWYER = actors.LAWYER, _("Lawyer")
    MEDIATOR = actors.MEDIATOR, _("Mediator")
    NOTARY = actors.NOTARY, _("Notary")
    OMBUDSMAN_OFFICER = actors.OMBUDSMAN_OFFICER, _("Ombudsman's officer")
    MANAGER = actors.MANAGER, _("Manager")
    SUPERVISOR = actors.SUPERVISOR, _("Supervisor")
    ACCOUNTANT = actors.ACCOUNTANT, _("Accountant")
    CONTENT_EDITOR = actors.CONTENT_EDITOR, _("Content editor")
    ADMIN = actors.ADMIN, _("Administrator")


ORGANISATION_ROLES = frozenset(
    {
        Role.CREDITOR_OFFICER,
        Role.CREDITOR_ADMIN,
        Role.LAWYER,
        Role.MEDIATOR,
        Role.NOTARY,
        Role.OMBUDSMAN_OFFICER,
    }
)


class CustomRole(models.Model):
    """A role put together from named abilities (`accounts.abilities`) by an administrator, for staff."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    name_ru = models.CharField(max_length=100)
    name_kk = models.CharField(max_length=100)
    name_en = models.CharField(max_length=100)
    abilities = ArrayField(models.CharField(max_length=60))
    version = models.PositiveIntegerField(default=1)
    created_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    created_at = models.DateTimeField(default=clock.now)
    archived_at = models.DateTimeField(null=True)

    def name(self, language: str) -> str:
        """Name in ru, kk or en."""
        return {"kk": self.name_kk, "en": self.name_en}.get(language, self.name_ru)


class RoleGrant(models.Model):
    """A role, built in or custom, given to a person. Never deleted: taking it away sets `revoked_at`. No granter means the system."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="role_grants")
    role = models.CharField(max_length=20, choices=Role.choices, blank=True, default="")
    custom_role = models.ForeignKey(CustomRole, on_delete=models.PROTECT, null=True, related_name="grants")
    granted_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    granted_at = models.DateTimeField(default=clock.now)
    revoked_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                name="accounts_grant_one_role",
                condition=Q(role__in=Role.values, custom_role__isnull=True)
                | Q(role="", custom_role__isnull=False),
            ),
            models.UniqueConstraint(
                name="accounts_role_granted_once",
                fields=["user", "role"],
                condition=Q(revoked_at__isnull=True) & ~Q(role=""),
            ),
            models.UniqueConstraint(
                name="accounts_custom_role_granted_once",
                fields=["user", "custom_role"],
                condition=Q(revoked_at__isnull=True, custom_role__isnull=False),
            ),
        ]
