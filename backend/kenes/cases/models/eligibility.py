"""Answers to a questionnaire about a right, kept on a case. Answers and reasons are encrypted."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from kenes.cases.models.case import Case
from kenes.foundation.fields import EncryptedJSONField
from kenes.foundation.identifiers import new_id


class EligibilityCheck(models.Model):
    """One filled-in questionnaire: which edition, what was answered, what followed on that day. Never changed."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="eligibility_checks")
    questionnaire = models.CharField(max_length=40)
    edition = models.CharField(max_length=20)
    on = models.DateField()
    verdict = models.CharField(max_length=8)
    answers = EncryptedJSONField()
    result = EncryptedJSONField()
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    created_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(verdict__in=["yes", "no", "perhaps", "later"]), name="eligibility_verdict_known"
            )
        ]
        indexes = [models.Index(fields=["case", "questionnaire", "-created_at"], name="eligibility_of_case")]
