"""Debts of a case. Personal data is encrypted; what lists filter and sort by is not."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from kenes.cases.models.case import Case
from kenes.creditors.models import Creditor
from kenes.foundation.fields import EncryptedJSONField, EncryptedTextField
from kenes.foundation.identifiers import new_id


class OverdueSource(models.TextChoices):
    """Who says when the delay began."""

    BORROWER = "borrower", _("Borrower's words")
    DOCUMENT = "document", _("A document")
    LENDER = "lender", _("The creditor")


class Currency(models.TextChoices):
    """In what the contract is; sums here are in tenge."""

    KZT = "KZT", _("Tenge")
    USD = "USD", _("US dollar")
    EUR = "EUR", _("Euro")
    RUB = "RUB", _("Russian rouble")


class ContractKind(models.TextChoices):
    """What was lent and against what: caps on cost differ by it. Empty means that nobody has told yet."""

    UNSECURED = "UNSECURED", _("Unsecured bank loan")
    SECURED = "SECURED", _("Loan secured by a pledge")
    MORTGAGE = "MORTGAGE", _("Housing mortgage")
    MICROCREDIT = "MICROCREDIT", _("Microcredit")
    MICROCREDIT_SHORT = "MICROCREDIT_SHORT", _("Short microcredit: up to 45 days")
    CARD = "CARD", _("Credit card or overdraft")
    OTHER = "OTHER", _("Another kind of debt")


class Obligation(models.Model):
    """One contract with one creditor. Money in tiyn; the sums are those of the split with the newest day."""

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
    kind = models.CharField(max_length=20, choices=ContractKind.choices, blank=True, default="")
    currency = models.CharField(max_length=3, choices=Currency.choices, default=Currency.KZT)
    # The annual effective rate as the contract states it.
    apr_percent = models.DecimalField(max_digits=7, decimal_places=3, null=True)
    # What was taken when the loan was given: commissions, insurance. Fees still owed stand in `fees_tiyn`.
    upfront_fees_tiyn = models.BigIntegerField(null=True)
    fees_tiyn = models.BigIntegerField(default=0)
    # Payments that have fallen due and are not paid: what a penalty is counted from.
    overdue_tiyn = models.BigIntegerField(null=True)
    purpose = EncryptedTextField(default="")
    # [{"role": "guarantor" | "co_borrower" | "pledgor", "name": "…"}]
    guarantors = EncryptedJSONField(default=list)
    # The borrower is reminded of payments by the agreed schedule unless he has switched that off.
    reminds_of_payments = models.BooleanField(default=True, db_default=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["case", "position"], name="obligation_position"),
            models.CheckConstraint(
                condition=Q(
                    principal_tiyn__gte=0, interest_tiyn__gte=0, penalty_tiyn__gte=0, fees_tiyn__gte=0
                ),
                name="obligation_sums_not_negative",
            ),
            models.CheckConstraint(
                condition=Q(kind__in=["", *ContractKind.values]), name="obligation_kind_known"
            ),
        ]
        indexes = [models.Index(fields=["creditor", "case"], name="obligation_creditor")]

    @property
    def total_tiyn(self) -> int:
        return self.principal_tiyn + self.interest_tiyn + self.penalty_tiyn + self.fees_tiyn
