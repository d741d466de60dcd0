"""Who works on which case: queues, load, absences, and what the clock has done by itself."""

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q

from kenes.cases.models.case import Case, Queue
from kenes.foundation.fields import EncryptedTextField
from kenes.foundation.identifiers import new_id

DEFAULT_CAPACITY = 30


class QueueMember(models.Model):
    """A manager who takes cases of a queue. `last_given_at` breaks ties: who has waited longest is next."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    queue = models.ForeignKey(Queue, on_delete=models.CASCADE, related_name="members")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    last_given_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["queue", "user"], name="queue_member_once")]


class Workplace(models.Model):
    """How many open cases a manager can carry at a time, whatever the queues he is in."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, primary_key=True, related_name="+"
    )
    capacity = models.PositiveSmallIntegerField(
        default=DEFAULT_CAPACITY, validators=[MinValueValidator(0), MaxValueValidator(500)]
    )
    version = models.PositiveIntegerField(default=1)
    updated_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(capacity__lte=500), name="workplace_capacity_sane"),
        ]


class Absence(models.Model):
    """Days on which a manager does not work, both included, and who stands in for him."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    first_day = models.DateField()
    last_day = models.DateField()
    substitute = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    note = EncryptedTextField(default="")
    created_at = models.DateTimeField()
    cancelled_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(last_day__gte=F("first_day")), name="absence_ends_after_start"
            ),
            models.CheckConstraint(
                condition=Q(substitute__isnull=True) | ~Q(substitute=F("user")),
                name="absence_other_substitute",
            ),
        ]
        indexes = [
            models.Index(
                fields=["last_day", "user"], condition=Q(cancelled_at__isnull=True), name="absence_running"
            )
        ]


class EscalationAct(models.Model):
    """What a rule did because a term came near. The row makes it happen once for a rule and a term.

    `term` names the term by its fact, its rule and its last day, so that a term counted anew for the same day is the same.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="escalations")
    rule = models.CharField(max_length=40)
    term = models.CharField(max_length=120)
    due = models.DateField()
    rule_key = models.CharField(max_length=60)
    acts = models.JSONField(default=list)
    created_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case", "rule", "term"], name="escalation_once")]
        indexes = [models.Index(fields=["case", "created_at"], name="escalation_of_case")]
