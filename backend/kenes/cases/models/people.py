"""Who takes part in a case and what reaches creditors. Personal data is encrypted; what lists filter and sort by is not."""

from typing import Final

from django.conf import settings
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from kenes.cases.models.case import Case
from kenes.creditors.models import Creditor
from kenes.foundation.fields import EncryptedTextField
from kenes.foundation.identifiers import new_id


class PartyRole(models.TextChoices):
    """What a person is in a case."""

    BORROWER = "borrower", _("Borrower")
    REPRESENTATIVE = "representative", _("Representative")
    CO_BORROWER = "co_borrower", _("Co-borrower")
    GUARANTOR = "guarantor", _("Guarantor")
    PLEDGOR = "pledgor", _("Pledgor")
    LAWYER = "lawyer", _("Lawyer")
    MEDIATOR = "mediator", _("Mediator")
    NOTARY = "notary", _("Notary")
    OMBUDSMAN_OFFICER = "ombudsman_officer", _("Ombudsman's officer")


# Bound by the same contract as the borrower: each sees the one debt that he answers for.
TIED_ROLES: Final = (PartyRole.CO_BORROWER.value, PartyRole.GUARANTOR.value, PartyRole.PLEDGOR.value)


class Party(models.Model):
    """A person who takes part in a case until removed; access ends at once with `removed_at`."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="parties")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    role = models.CharField(max_length=20, choices=PartyRole.choices)
    # The debt that a co-borrower, guarantor or pledgor answers for; empty for everybody else.
    obligation = models.ForeignKey("Obligation", on_delete=models.CASCADE, null=True, related_name="+")
    added_at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(role__in=PartyRole.values), name="party_role_known"),
            models.CheckConstraint(
                condition=Q(role__in=TIED_ROLES, obligation__isnull=False)
                | (~Q(role__in=TIED_ROLES) & Q(obligation__isnull=True)),
                name="party_tied_to_a_debt",
            ),
            models.UniqueConstraint(
                fields=["case", "user", "role"],
                condition=Q(removed_at__isnull=True, obligation__isnull=True),
                name="party_once",
            ),
            models.UniqueConstraint(
                fields=["obligation", "user", "role"],
                condition=Q(removed_at__isnull=True),
                name="party_once_of_debt",
            ),
        ]
        indexes = [
            models.Index(fields=["user", "case"], condition=Q(removed_at__isnull=True), name="party_of_user")
        ]


class PartyInvitation(models.Model):
    """Somebody is asked to take part in a case. The link works once; the token is kept as a keyed hash.

    Exactly one of e-mail and phone says to whom it was sent; only that person may accept.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="party_invitations")
    role = models.CharField(max_length=20, choices=PartyRole.choices)
    obligation = models.ForeignKey("Obligation", on_delete=models.CASCADE, null=True, related_name="+")
    full_name = EncryptedTextField(default="")
    email = EncryptedTextField(default="")
    phone = EncryptedTextField(default="")
    # Keyed hash of the e-mail or phone: one open invitation per person and part.
    contact_hash = models.CharField(max_length=64)
    language = models.CharField(max_length=2, choices=settings.LANGUAGES, default="ru")
    token_hash = models.CharField(max_length=64, unique=True)
    invited_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField()
    sent_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    accepted_at = models.DateTimeField(null=True)
    declined_at = models.DateTimeField(null=True)
    cancelled_at = models.DateTimeField(null=True)
    party = models.ForeignKey(Party, on_delete=models.SET_NULL, null=True, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(role__in=TIED_ROLES, obligation__isnull=False)
                | (~Q(role__in=TIED_ROLES) & Q(obligation__isnull=True)),
                name="party_invitation_tied",
            ),
            models.UniqueConstraint(
                fields=["case", "role", "contact_hash"],
                condition=Q(
                    accepted_at__isnull=True,
                    declined_at__isnull=True,
                    cancelled_at__isnull=True,
                    obligation__isnull=True,
                ),
                name="party_invitation_open_once",
            ),
            models.UniqueConstraint(
                fields=["obligation", "role", "contact_hash"],
                condition=Q(accepted_at__isnull=True, declined_at__isnull=True, cancelled_at__isnull=True),
                name="party_invitation_open_once_debt",
            ),
        ]
        indexes = [models.Index(fields=["case", "created_at"], name="party_invitation_of_case")]


class CaseShare(models.Model):
    """A letter about one debt has reached its creditor: from then on the creditor's people see that much of the case.

    Whose people they are is asked of the creditor at reading, so that a lender who joins later sees his letters too.
    `document_id` names the letter, which lives in an app above. `words` holds only what this creditor may search.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="shares")
    obligation = models.ForeignKey("Obligation", on_delete=models.CASCADE, related_name="+")
    creditor = models.ForeignKey(Creditor, on_delete=models.PROTECT, related_name="+")
    document_id = models.UUIDField(unique=True)
    words = SearchVectorField(default="")
    since = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["creditor", "case"], name="share_creditor_case")]
