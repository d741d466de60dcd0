"""Who takes part in a case and what reaches creditors. Personal data is encrypted; what lists filter and sort by is not."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from kenes.cases.models.case import Case
from kenes.creditors.models import Creditor
from kenes.foundation.identifiers import new_id


class PartyRole(models.TextChoices):
    """What a person is in a case."""

    BORROWER = "borrower", _("Borrower")
    REPRESENTATIVE = "representative", _("Representative")
    LAWYER = "lawyer", _("Lawyer")
    MEDIATOR = "mediator", _("Mediator")
    NOTARY = "notary", _("Notary")


class Party(models.Model):
    """A person who takes part in a case until removed; access ends at once with `removed_at`."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="parties")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    role = models.CharField(max_length=16, choices=PartyRole.choices)
    added_at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(role__in=PartyRole.values), name="party_role_known"),
            models.UniqueConstraint(
                fields=["case", "user", "role"], condition=Q(removed_at__isnull=True), name="party_once"
            ),
        ]
        indexes = [
            models.Index(fields=["user", "case"], condition=Q(removed_at__isnull=True), name="party_of_user")
        ]


class CaseShare(models.Model):
    """A letter about one debt has reached its creditor: from then on the creditor's people see that much of the case.

    Whose people they are is asked of the creditor at reading, so that a lender who joins later sees his letters too.
    `document_id` names the letter, which lives in an app above. `search_text` holds only what this creditor may search.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="shares")
    obligation = models.ForeignKey("Obligation", on_delete=models.CASCADE, related_name="+")
    creditor = models.ForeignKey(Creditor, on_delete=models.PROTECT, related_name="+")
    document_id = models.UUIDField(unique=True)
    search_text = models.TextField(default="", blank=True)
    since = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["creditor", "case"], name="share_creditor_case")]
