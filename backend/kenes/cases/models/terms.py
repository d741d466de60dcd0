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
    # The statement that took its place.
    superseded_by = models.ForeignKey("self", on_delete=models.SET_NULL, null=True, related_name="+")

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
    # Agreed beyond the length of the rule, in its unit.
    extended_by = models.PositiveSmallIntegerField(default=0)
    # Days on which the term stands still: [{"from", "until"}], both included.
    pauses = models.JSONField(default=list)
    # Fingerprint of the days off and working weekends between the first day and the last.
    calendar_mark = models.CharField(max_length=16, blank=True, default="")
    met_on = models.DateField(null=True)
    # Kind of the fact or sending that met it, "by_hand" when a person said so.
    met_by = models.CharField(max_length=40, blank=True, default="")
    met_fact_id = models.UUIDField(null=True)
    # When it was noted as missed; once.
    missed_at = models.DateTimeField(null=True)
    computed_at = models.DateTimeField(null=True)
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
            models.Index(
                fields=["due", "id"],
                condition=Q(met_on__isnull=True, watched=True),
                name="deadline_by_due",
            ),
        ]


class ChangeCause(models.TextChoices):
    """Why a term has another day or state than before."""

    RULE = "rule", _("Another edition of the rule")
    CALENDAR = "calendar", _("The calendar of working days was changed")
    FACT = "fact", _("The date of the event was corrected")
    SUSPENDED = "suspended", _("The term was suspended")
    RESUMED = "resumed", _("The suspension ended earlier")
    EXTENDED = "extended", _("The parties extended the term")
    MET = "met", _("Marked as met")
    REOPENED = "reopened", _("Mark taken back")


class DeadlineChange(models.Model):
    """What happened to a term: old and new day, editions, cause. Rows are only added."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    deadline = models.ForeignKey(CaseDeadline, on_delete=models.CASCADE, related_name="changes")
    cause = models.CharField(max_length=10, choices=ChangeCause.choices)
    old_due = models.DateField()
    new_due = models.DateField()
    old_rule = models.ForeignKey(DeadlineRule, on_delete=models.PROTECT, null=True, related_name="+")
    new_rule = models.ForeignKey(DeadlineRule, on_delete=models.PROTECT, null=True, related_name="+")
    old_start = models.DateField()
    new_start = models.DateField()
    # The pause, or the day on which the term was met.
    first_day = models.DateField(null=True)
    last_day = models.DateField(null=True)
    amount = models.PositiveSmallIntegerField(default=0)
    note = EncryptedTextField(default="")
    law_change_id = models.UUIDField(null=True)
    changed_by_id = models.UUIDField(null=True)
    created_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(cause__in=ChangeCause.values), name="deadline_change_cause_known"
            )
        ]
        indexes = [
            models.Index(fields=["deadline", "created_at"], name="change_of_deadline"),
            models.Index(
                fields=["law_change_id"],
                condition=Q(law_change_id__isnull=False),
                name="deadline_change_of_law",
            ),
        ]


class DeadlineReminder(models.Model):
    """A day of a term on which its keeper is reminded; made once, when that day has come.

    `overtaken`: a later reminder of the same term came due at the same time, so this one reached nobody.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    deadline = models.ForeignKey(CaseDeadline, on_delete=models.CASCADE, related_name="reminders")
    day_of_term = models.PositiveSmallIntegerField()
    due = models.DateField()
    overtaken = models.BooleanField(default=False)
    message_id = models.UUIDField(null=True)
    created_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["deadline", "day_of_term"], name="deadline_reminder_once")
        ]


class StepOffer(models.Model):
    """The next step that an unkept duty of somebody else opens to the borrower. `steps` are kinds of tracks."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="step_offers")
    obligation = models.ForeignKey(Obligation, on_delete=models.CASCADE, null=True, related_name="+")
    deadline = models.OneToOneField(CaseDeadline, on_delete=models.CASCADE, related_name="offer")
    duty = models.CharField(max_length=80)
    steps = models.JSONField(default=list)
    chosen = models.CharField(max_length=30, blank=True, default="")
    chosen_by_id = models.UUIDField(null=True)
    chosen_at = models.DateTimeField(null=True)
    # The duty was kept late, or its day moved ahead again.
    lapsed_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["case", "created_at"], name="offer_of_case")]


class TermRecount(models.Model):
    """One pass over the open cases after a change of law; goes on after `cursor` when it was interrupted."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    law_change_id = models.UUIDField(unique=True)
    total = models.PositiveIntegerField()
    done = models.PositiveIntegerField(default=0)
    moved = models.PositiveIntegerField(default=0)
    failed = models.PositiveIntegerField(default=0)
    cursor = models.UUIDField(null=True)
    started_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)
