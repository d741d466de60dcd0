"""Organisations and who acts for them."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from kenes.accounts.models.people import Language, User
from kenes.accounts.models.roles import CustomRole
from kenes.foundation import clock
from kenes.foundation.fields import EncryptedTextField
from kenes.foundation.identifiers import new_id


class Organisation(models.Model):
    """A creditor, law office or other body whose people work here."""

    class Kind(models.TextChoices):
        CREDITOR = "creditor", _("Creditor")
        LAW_OFFICE = "law_office", _("Law office")
        MEDIATION_CENTRE = "mediation_centre", _("Mediation centre")
        OMBUDSMAN = "ombudsman", _("Ombudsman's office")
        PLATFORM = "platform", _("Kenes Hub")

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    kind = models.CharField(max_length=20, choices=Kind.choices)
    name = models.CharField(max_length=300)
    name_kk = models.CharField(max_length=300, default="", blank=True)
    address = models.CharField(max_length=500, default="", blank=True)
    email = models.EmailField(max_length=254, default="", blank=True)
    phone = models.CharField(max_length=20, default="", blank=True)
    # Its people get no role before somebody of ours has checked register entry and БИН.
    checked_at = models.DateTimeField(null=True)
    checked_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    closed_at = models.DateTimeField(null=True)
    version = models.PositiveIntegerField(default=1)
    bin = models.CharField(max_length=12, unique=True, null=True)
    created_at = models.DateTimeField(default=clock.now, editable=False)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                name="accounts_organisation_kind_known",
                condition=Q(kind__in=["creditor", "law_office", "mediation_centre", "ombudsman", "platform"]),
            ),
            models.CheckConstraint(
                name="accounts_organisation_bin_form",
                condition=Q(bin__isnull=True) | Q(bin__regex=r"^[0-9]{12}$"),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Membership(models.Model):
    """A person who acts for an organisation, from one moment to another."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="memberships")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="memberships")
    post = models.CharField(max_length=200, default="", blank=True)
    is_administrator = models.BooleanField(default=False)
    since = models.DateTimeField(default=clock.now)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                name="accounts_membership_once",
                fields=["user", "organisation"],
                condition=Q(ended_at__isnull=True),
            )
        ]


class Invitation(models.Model):
    """A person is asked to join by e-mail: as staff, or to act for an organisation. The link works once."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    email = models.EmailField(max_length=254)
    full_name = EncryptedTextField(default="")
    language = models.CharField(max_length=2, choices=Language.choices, default=Language.RU)
    roles = ArrayField(models.CharField(max_length=20), default=list)
    custom_roles = models.ManyToManyField(CustomRole, related_name="+")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, null=True, related_name="+")
    post = models.CharField(max_length=200, default="", blank=True)
    is_administrator = models.BooleanField(default=False)
    token_hash = models.CharField(max_length=64, unique=True)
    invited_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    created_at = models.DateTimeField(default=clock.now)
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True)
    accepted_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    cancelled_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                name="accounts_invitation_open_once",
                fields=["email", "organisation"],
                nulls_distinct=False,
                condition=Q(accepted_at__isnull=True, cancelled_at__isnull=True),
            )
        ]
