"""Splits of a debt over time and schedules of payments. Nothing here is overwritten: newer rows stand above older ones."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from kenes.cases.models.debts import Obligation
from kenes.foundation.fields import EncryptedTextField
from kenes.foundation.identifiers import new_id


class DebtSource(models.TextChoices):
    """Who says so."""

    BORROWER = "borrower", _("Borrower's words")
    DOCUMENT = "document", _("A document")
    LENDER = "lender", _("The creditor")
    STAFF = "staff", _("Entered by a manager")
    CALCULATED = "calculated", _("Calculated by Kenes Hub")


class DebtSplit(models.Model):
    """Of what a debt consisted on a day, by whose word. Of two for one day the later word counts."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    obligation = models.ForeignKey(Obligation, on_delete=models.CASCADE, related_name="splits")
    as_of = models.DateField()
    principal_tiyn = models.BigIntegerField()
    interest_tiyn = models.BigIntegerField(default=0)
    penalty_tiyn = models.BigIntegerField(default=0)
    fees_tiyn = models.BigIntegerField(default=0)
    overdue_tiyn = models.BigIntegerField(null=True)
    source = models.CharField(max_length=12, choices=DebtSource.choices)
    note = EncryptedTextField(default="")
    given_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    given_at = models.DateTimeField()
    # Set when another split took its place as what the debt shows.
    superseded_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(
                    principal_tiyn__gte=0, interest_tiyn__gte=0, penalty_tiyn__gte=0, fees_tiyn__gte=0
                ),
                name="split_sums_not_negative",
            ),
            models.CheckConstraint(condition=Q(source__in=DebtSource.values), name="split_source_known"),
            models.UniqueConstraint(
                fields=["obligation"], condition=Q(superseded_at__isnull=True), name="split_one_current"
            ),
        ]
        indexes = [models.Index(fields=["obligation", "-as_of", "-given_at"], name="split_of_debt")]

    @property
    def total_tiyn(self) -> int:
        return self.principal_tiyn + self.interest_tiyn + self.penalty_tiyn + self.fees_tiyn


class ScheduleKind(models.TextChoices):
    """Which promise a schedule is."""

    CONTRACT = "contract", _("By the contract")
    OFFERED = "offered", _("Offered")
    AGREED = "agreed", _("Agreed")


class PaymentSchedule(models.Model):
    """Payments of one debt. A new schedule of the same kind takes the place of the old one, which stays readable."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    obligation = models.ForeignKey(Obligation, on_delete=models.CASCADE, related_name="schedules")
    kind = models.CharField(max_length=10, choices=ScheduleKind.choices)
    source = models.CharField(max_length=12, choices=DebtSource.choices)
    # How the rows came about: "rows" as given, else the terms by which they were generated.
    terms = models.JSONField(default=dict)
    valid_from = models.DateField()
    given_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    given_at = models.DateTimeField()
    superseded_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=ScheduleKind.values), name="schedule_kind_known"),
            models.CheckConstraint(condition=Q(source__in=DebtSource.values), name="schedule_source_known"),
            models.UniqueConstraint(
                fields=["obligation", "kind"],
                condition=Q(superseded_at__isnull=True),
                name="schedule_one_of_kind",
            ),
        ]
        indexes = [models.Index(fields=["obligation", "-given_at"], name="schedule_of_debt")]


class ScheduleRow(models.Model):
    """One payment. The borrower's mark and the confirmation of creditor or manager stand apart."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    schedule = models.ForeignKey(PaymentSchedule, on_delete=models.CASCADE, related_name="rows")
    number = models.PositiveSmallIntegerField()
    due = models.DateField()
    principal_tiyn = models.BigIntegerField()
    interest_tiyn = models.BigIntegerField()
    total_tiyn = models.BigIntegerField()
    paid_on = models.DateField(null=True)
    paid_tiyn = models.BigIntegerField(null=True)
    paid_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    paid_at = models.DateTimeField(null=True)
    confirmed_on = models.DateField(null=True)
    confirmed_tiyn = models.BigIntegerField(null=True)
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    confirmed_at = models.DateTimeField(null=True)
    # The day on which the platform noted that nothing came.
    missed_on = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["schedule", "number"], name="schedule_row_number"),
            models.CheckConstraint(
                condition=Q(principal_tiyn__gte=0, interest_tiyn__gte=0, total_tiyn__gte=0),
                name="schedule_row_not_negative",
            ),
            models.CheckConstraint(
                condition=Q(paid_on__isnull=True, paid_tiyn__isnull=True)
                | Q(paid_on__isnull=False, paid_tiyn__isnull=False),
                name="schedule_row_paid_whole",
            ),
            models.CheckConstraint(
                condition=Q(confirmed_on__isnull=True, confirmed_tiyn__isnull=True)
                | Q(confirmed_on__isnull=False, confirmed_tiyn__isnull=False),
                name="schedule_row_confirmed_whole",
            ),
        ]
        indexes = [
            models.Index(
                fields=["due", "schedule"],
                condition=Q(missed_on__isnull=True, confirmed_on__isnull=True),
                name="schedule_row_open",
            )
        ]


class PaymentReminder(models.Model):
    """The borrower was reminded of an agreed payment, `days_ahead` days before it; once for each of these days."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    row = models.ForeignKey(ScheduleRow, on_delete=models.CASCADE, related_name="reminders")
    days_ahead = models.PositiveSmallIntegerField()
    message_id = models.UUIDField(null=True)
    created_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["row", "days_ahead"], name="payment_reminder_once"),
        ]
