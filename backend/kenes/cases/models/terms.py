"""Dated facts and the terms that run from them. Personal data is encrypted; what lists filter and sort by is not."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from kenes.cases.models.case import Case
from kenes.cases.models.debts import Obligation
from kenes.cases.models.procedures import Track
from kenes.foundation.fields import EncryptedTextField
from kenes.foundation.identifiers import new_id
from kenes.law.models import DeadlineRule, Direction


class FactSource(models.TextChoices):
    """Who says that something happened. MAIL_SERVER is provisional: better proof replaces it."""

    BORROWER = "borrower", _("Borrower's words")
    DOCUMENT = "document", _("A document")
    LENDER = "lender", _("The creditor")
    STAFF = "staff", _("Entered by a manager")
    MAIL_SERVER = "mail_server", _("Accepted by the mail server")
    SYSTEM = "system", _("Kenes Hub")


class CaseEvent(models.Model):
    """A dated fact from which terms run: delay began, refusal came, inscription received."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="facts")
    obligation = models.ForeignKey(Obligation, on_delete=models.CASCADE, null=True, related_name="facts")
    kind = models.CharField(max_length=40)
    on = models.DateField()
    text = EncryptedTextField(default="")
    source = models.CharField(max_length=12, choices=FactSource.choices)
    track = models.ForeignKey(Track, on_delete=models.SET_NULL, null=True, related_name="+")
    recorded_by_id = models.UUIDField(null=True)
    created_at = models.DateTimeField()
    superseded_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(source__in=FactSource.values), name="fact_source_known")
        ]
        indexes = [models.Index(fields=["case", "kind", "on"], name="fact_of_case")]


class CaseDeadline(models.Model):
    """A computed term: which edition of which rule, from which fact, and what is needed to explain the day."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="deadlines")
    obligation = models.ForeignKey(Obligation, on_delete=models.CASCADE, null=True, related_name="deadlines")
    fact = models.ForeignKey(CaseEvent, on_delete=models.CASCADE, related_name="deadlines")
    rule = models.ForeignKey(DeadlineRule, on_delete=models.PROTECT, related_name="+")
    rule_key = models.CharField(max_length=60)
    starts_on = models.CharField(max_length=40)
    bound = models.CharField(max_length=40)
    # at_most: to be done by the day; at_least: becomes possible after it.
    direction = models.CharField(max_length=8, choices=Direction.choices, default=Direction.AT_MOST)
    # Somebody waits for it to be kept; of others only the day is of interest.
    watched = models.BooleanField(default=True)
    critical = models.BooleanField(default=False)
    start = models.DateField()
    due = models.DateField()
    counted_from = models.DateField()
    nominal_last = models.DateField()
    skipped = models.JSONField(default=list)
    worked = models.JSONField(default=list)
    met_on = models.DateField(null=True)
    created_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["fact", "rule"], name="deadline_once"),
            models.CheckConstraint(condition=Q(due__gte=F("start")), name="deadline_after_start"),
        ]
        indexes = [
            models.Index(fields=["case", "due"], name="deadline_of_case"),
            models.Index(
                fields=["due", "case"],
                condition=Q(met_on__isnull=True, watched=True),
                name="deadline_unmet",
            ),
        ]
