"""What was found in uploaded papers, for a person to confirm. Values, quotes and what they became are encrypted."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from kenes.cases.models.case import Case
from kenes.cases.models.debts import Obligation
from kenes.cases.models.intake import MissingPaper
from kenes.foundation.fields import EncryptedJSONField
from kenes.foundation.identifiers import new_id


class FindingField(models.TextChoices):
    """What of the case a finding speaks of."""

    CONTRACT_NUMBER = "contract_number", _("Contract number")
    CONTRACT_DATE = "contract_date", _("Contract date")
    LENDER = "lender", _("Creditor")
    SPLIT = "split", _("Of what the debt consists")
    TOTAL = "total", _("Whole debt")
    LOAN = "loan", _("Sum of the loan")
    MONTHLY = "monthly", _("Monthly payment")
    RATE = "rate", _("Rate, % a year")
    APR = "apr", _("Annual effective rate, %")
    FACT = "fact", _("Dated event")
    IDENTITY = "identity", _("IIN in the paper")


class FindingState(models.TextChoices):
    """What a person said of a finding."""

    OFFERED = "offered", _("Waits for your word")
    CONFIRMED = "confirmed", _("Confirmed")
    CHANGED = "changed", _("Confirmed with another value")
    DISMISSED = "dismissed", _("Dismissed")


class PaperReading(models.Model):
    """One uploaded file that was read: which kind of paper it looks like."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="readings")
    paper = models.ForeignKey(MissingPaper, on_delete=models.SET_NULL, null=True, related_name="readings")
    file_id = models.UUIDField(unique=True)
    # A code of `extraction.found.Kind`, or empty; how sure, from 0 to 1.
    kind = models.CharField(max_length=30, blank=True, default="")
    kind_confidence = models.FloatField(default=0)
    made_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["case", "-made_at"], name="paper_reading_of_case")]


class PaperFinding(models.Model):
    """One value found in a paper. Nothing of the case changes before a person confirms it.

    `found` and `given` hold {text, on, tiyn, percent, fact, split}, each only where it has a meaning; `found` has also quote,
    page (from 1) and confidence.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    reading = models.ForeignKey(PaperReading, on_delete=models.CASCADE, related_name="findings")
    position = models.PositiveSmallIntegerField()
    field = models.CharField(max_length=20, choices=FindingField.choices)
    # The debt it speaks of, as far as the paper tells; the one it went to, once confirmed.
    obligation = models.ForeignKey(Obligation, on_delete=models.SET_NULL, null=True, related_name="+")
    found = EncryptedJSONField()
    state = models.CharField(max_length=10, choices=FindingState.choices, default=FindingState.OFFERED)
    given = EncryptedJSONField(null=True)
    decided_by_id = models.UUIDField(null=True)
    decided_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["reading", "position"], name="paper_finding_position"),
            models.CheckConstraint(
                condition=Q(field__in=FindingField.values), name="paper_finding_field_known"
            ),
            models.CheckConstraint(
                condition=Q(state__in=FindingState.values), name="paper_finding_state_known"
            ),
            models.CheckConstraint(
                condition=Q(state="offered", decided_at__isnull=True)
                | (~Q(state="offered") & Q(decided_at__isnull=False)),
                name="paper_finding_decided_has_time",
            ),
        ]
