"""Debts of a case. Personal data is encrypted; what lists filter and sort by is not."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from kenes.cases.models.case import Case
from kenes.creditors.models import Creditor
from kenes.foundation.fields import EncryptedTextField
from kenes.foundation.identifiers import new_id


class OverdueSource(models.TextChoices):
    """Who says when the delay began."""

    BORROWER = "borrower", _("Borrower's words")
    DOCUMENT = "document", _("A document")
    LENDER = "lender", _("The creditor")


class Obligation(models.Model):
    """One contract with one creditor. Money in tiyn; the debt is as of submission."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="obligations")
    position = models.PositiveSmallIntegerField()
    creditor = models.ForeignKey(Creditor, on_delete=models.PROTECT, related_name="+")
    contract_number = models.CharField(max_length=80)
    contract_date = models.DateField()
    original_amount_tiyn = models.BigIntegerField(null=True)
    principal_tiyn = models.BigIntegerField()
    interest_tiyn = models.BigIntegerField(default=0)
    penalty_tiyn = models.BigIntegerField(default=0)
    monthly_payment_tiyn = models.BigIntegerField(null=True)
    rate_percent = models.DecimalField(max_digits=7, decimal_places=3, null=True)
    term_months = models.PositiveSmallIntegerField(null=True)
    overdue_since = models.DateField(null=True)
    overdue_since_source = models.CharField(
        max_length=10, choices=OverdueSource.choices, default=OverdueSource.BORROWER
    )
    collateral = EncryptedTextField(default="")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["case", "position"], name="obligation_position"),
            models.CheckConstraint(
                condition=Q(principal_tiyn__gte=0, interest_tiyn__gte=0, penalty_tiyn__gte=0),
                name="obligation_sums_not_negative",
            ),
        ]
        indexes = [models.Index(fields=["creditor", "case"], name="obligation_creditor")]

    @property
    def total_tiyn(self) -> int:
        return self.principal_tiyn + self.interest_tiyn + self.penalty_tiyn
