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


class PaperOrigin(models.TextChoices):
    """Why a paper is on the list of a case."""

    ASKED = "asked", _("Asked for by staff")
    CHECKLIST = "checklist", _("Needed for a procedure")


class MissingPaper(models.Model):
    """A paper of the borrower: asked for, given, then accepted; unreadable ones are asked for again.

    The case waits until every one that staff asked for is received or waived; those of a checklist hold up nothing.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="missing_papers")
    # Of a checklist: its code in `data/checklists.json`; empty for what staff asked for in own words.
    code = models.CharField(max_length=30, blank=True, default="", db_default="")
    origin = models.CharField(
        max_length=10, choices=PaperOrigin.choices, default=PaperOrigin.ASKED, db_default="asked"
    )
    required = models.BooleanField(default=True, db_default=True)
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
    # Staff have looked at what came: it will do, or nobody can read it and why.
    accepted_at = models.DateTimeField(null=True)
    unreadable_at = models.DateTimeField(null=True)
    unreadable_reason = EncryptedTextField(default="")
    reviewed_by_id = models.UUIDField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(received_at__isnull=True) | Q(waived_at__isnull=True),
                name="paper_received_or_waived",
            ),
            models.CheckConstraint(
                condition=Q(accepted_at__isnull=True) | Q(received_at__isnull=False),
                name="paper_accepted_was_received",
            ),
            models.CheckConstraint(
                condition=Q(unreadable_at__isnull=True) | Q(received_at__isnull=True),
                name="paper_unreadable_is_asked_again",
            ),
            models.UniqueConstraint(
                fields=["case", "code"], condition=Q(origin="checklist"), name="paper_of_checklist_once"
            ),
        ]
        indexes = [models.Index(fields=["case", "asked_at"], name="missing_paper_of_case")]

    @property
    def pending(self) -> bool:
        return self.received_at is None and self.waived_at is None

    @property
    def state(self) -> str:
        """missing (asked), received (given), accepted, unreadable (asked again) or waived."""
        if self.received_at is not None:
            return "accepted" if self.accepted_at is not None else "received"
        if self.waived_at is not None:
            return "waived"
        return "unreadable" if self.unreadable_at is not None else "missing"


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
