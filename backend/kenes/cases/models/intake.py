"""How a case came in and what is still missing of it. Personal data is encrypted."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from kenes.cases.models.case import Case
from kenes.foundation.fields import EncryptedTextField
from kenes.foundation.identifiers import new_id


class ConsentWay(models.TextChoices):
    """How a borrower agreed when he was not at the screen himself."""

    PHONE_CALL = "phone_call", _("By phone")
    PAPER = "paper", _("On paper")
    MESSAGE = "message", _("In a message")
    IN_PERSON = "in_person", _("In person")


class RecordedConsent(models.Model):
    """A borrower's consent that a manager wrote down: who, when, how. Shown to the borrower among his consents."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="recorded_consents")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    given_by = models.CharField(max_length=12, choices=ConsentWay.choices)
    given_on = models.DateField()
    note = EncryptedTextField(default="")
    # The ИИН as the borrower told it, until he confirms his number and it becomes that of his account.
    told_iin = EncryptedTextField(default="")
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()
    # What the person said of the record himself: it is so, or it is not and why.
    confirmed_at = models.DateTimeField(null=True)
    objected_at = models.DateTimeField(null=True)
    objection = EncryptedTextField(default="")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(given_by__in=ConsentWay.values), name="recorded_consent_way_known"
            )
        ]
        indexes = [models.Index(fields=["person", "-recorded_at"], name="recorded_consent_of_person")]


class MissingPaper(models.Model):
    """A paper that was asked for; the case waits until every one is received or waived."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="missing_papers")
    title = EncryptedTextField()
    asked_at = models.DateTimeField()
    # The Almaty day (the demonstration day, with one) from which reminders are counted.
    asked_on = models.DateField(null=True)
    asked_by_id = models.UUIDField(null=True)
    # Until when the borrower is asked to give it; a wish of staff, not a term of the law.
    due_on = models.DateField(null=True)
    # The borrower will bring it in person, on this day.
    brings_on = models.DateField(null=True)
    # What the borrower uploaded; it counts as received once the virus check has passed it.
    file_id = models.UUIDField(null=True)
    received_at = models.DateTimeField(null=True)
    waived_at = models.DateTimeField(null=True)
    settled_by_id = models.UUIDField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(received_at__isnull=True) | Q(waived_at__isnull=True),
                name="paper_received_or_waived",
            )
        ]
        indexes = [models.Index(fields=["case", "asked_at"], name="missing_paper_of_case")]

    @property
    def pending(self) -> bool:
        return self.received_at is None and self.waived_at is None


class PaperReminder(models.Model):
    """The borrower was reminded of missing papers, so many days after they were asked for."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="paper_reminders")
    asked_on = models.DateField()
    after_days = models.PositiveSmallIntegerField()
    made_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["case", "asked_on", "after_days"], name="paper_reminder_once")
        ]
