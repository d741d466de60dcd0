"""Lenders and their addresses."""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from kenes.accounts.models import Organisation
from kenes.foundation.identifiers import new_id


class CreditorType(models.TextChoices):
    """Kind of lender; the law binds each kind differently."""

    BANK = "BANK", _("Bank")
    MFO = "MFO", _("Microfinance organisation")
    COLLECTOR = "COLLECTOR", _("Collection agency")
    PAWNSHOP = "PAWNSHOP", _("Pawnshop")
    CREDIT_PARTNERSHIP = "CREDIT_PARTNERSHIP", _("Credit partnership")
    SERVICER = "SERVICER", _("Servicing company")


class CreditorStatus(models.TextChoices):
    """Verified comes from the registry or a manager; unverified was typed in by a borrower."""

    VERIFIED = "verified", _("In the registry")
    UNVERIFIED = "unverified", _("Not verified yet")


class AddressKind(models.TextChoices):
    """Channel of an address."""

    EMAIL = "email", _("E-mail")


class AddressStatus(models.TextChoices):
    """Letters leave only to confirmed addresses."""

    UNVERIFIED = "unverified", pgettext_lazy("address", "Not confirmed")
    CONFIRMED = "confirmed", pgettext_lazy("address", "Confirmed")


class Creditor(models.Model):
    """A lender. `offered` is false for institutions of the payment directory that lend to nobody."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    code = models.SlugField(max_length=32, null=True, unique=True)
    type = models.CharField(max_length=20, choices=CreditorType.choices)
    status = models.CharField(
        max_length=12, choices=CreditorStatus.choices, default=CreditorStatus.UNVERIFIED
    )
    offered = models.BooleanField(default=False)
    name_ru = models.CharField(max_length=300)
    name_kk = models.CharField(max_length=300, blank=True, default="")
    name_en = models.CharField(max_length=300, blank=True, default="")
    bin = models.CharField(max_length=12, null=True, unique=True)
    bic = models.CharField(max_length=11, blank=True, default="")
    bank_code = models.CharField(max_length=3, blank=True, default="")
    name_keys = ArrayField(models.CharField(max_length=300), default=list)
    search_text = models.TextField(default="")
    # The lender's own organisation here, once it has joined; its officers see what was sent to the lender.
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, null=True, related_name="+")
    created_by_id = models.UUIDField(null=True)
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        indexes = [
            GinIndex(fields=["search_text"], opclasses=["gin_trgm_ops"], name="creditor_search_trgm"),
            GinIndex(fields=["name_keys"], name="creditor_name_keys"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(type__in=CreditorType.values), name="creditor_type_known"),
            models.CheckConstraint(
                condition=Q(status__in=CreditorStatus.values), name="creditor_status_known"
            ),
            models.UniqueConstraint(
                fields=["type", "name_keys"],
                condition=Q(status=CreditorStatus.UNVERIFIED, bin__isnull=True),
                name="creditor_typed_in_once",
            ),
        ]

    def __str__(self) -> str:
        return self.name_ru

    def name(self, language: str) -> str:
        """Name in a language (ru, kk, en); the Russian one where there is no other."""
        names = {"kk": self.name_kk, "en": self.name_en}
        return names.get(language) or self.name_ru

    @property
    def is_verified(self) -> bool:
        return self.status == CreditorStatus.VERIFIED


class CreditorAddress(models.Model):
    """Where a lender takes mail."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    creditor = models.ForeignKey(Creditor, on_delete=models.CASCADE, related_name="addresses")
    kind = models.CharField(max_length=10, choices=AddressKind.choices, default=AddressKind.EMAIL)
    value = models.CharField(max_length=254)
    status = models.CharField(max_length=12, choices=AddressStatus.choices, default=AddressStatus.UNVERIFIED)
    added_by_id = models.UUIDField(null=True)
    confirmed_by_id = models.UUIDField(null=True)
    confirmed_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["creditor", "kind", "value"], name="creditor_address_once"),
            models.CheckConstraint(
                condition=Q(status=AddressStatus.UNVERIFIED, confirmed_at__isnull=True)
                | Q(status=AddressStatus.CONFIRMED, confirmed_at__isnull=False),
                name="creditor_address_confirmed_has_time",
            ),
        ]

    def __str__(self) -> str:
        return self.value
