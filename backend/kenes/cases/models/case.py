"""A case, its draft and its story. Personal data is encrypted; what lists filter and sort by is not."""

from collections.abc import Mapping
from datetime import date, datetime
from types import MappingProxyType
from typing import Final
from uuid import UUID

from django.conf import settings
from django.db import models
from django.db.models import Q, Value
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from kenes.cases.states.case import CaseStatus
from kenes.foundation.fields import EncryptedJSONField, EncryptedTextField
from kenes.foundation.identifiers import new_id

# Sorts after every real day: lists need a column without NULL.
NO_DEADLINE: Final = date(9999, 12, 31)


class Outcome(models.TextChoices):
    """How a case ended."""

    RATE_CUT = "RATE_CUT", _("Lower rate")
    DEFERRAL = "DEFERRAL", _("Deferral")
    TERM_EXTENDED = "TERM_EXTENDED", _("Longer term")
    SCHEDULE_CHANGED = "SCHEDULE_CHANGED", _("Another schedule")
    PENALTY_FORGIVEN = "PENALTY_FORGIVEN", _("Penalty forgiven")
    INTEREST_FORGIVEN = "INTEREST_FORGIVEN", _("Interest forgiven")
    PRINCIPAL_PARTLY_FORGIVEN = "PRINCIPAL_PARTLY_FORGIVEN", _("Part of the principal forgiven")
    CURRENCY_CHANGED = "CURRENCY_CHANGED", _("Currency changed")
    COLLATERAL_SOLD_BY_BORROWER = "COLLATERAL_SOLD_BY_BORROWER", _("Pledge sold by the borrower")
    MEDIATED = "MEDIATED", _("Settled with a mediator")
    INSCRIPTION_CANCELLED = "INSCRIPTION_CANCELLED", _("Inscription cancelled")
    BANKRUPTCY_STARTED = "BANKRUPTCY_STARTED", _("Bankruptcy started")
    BANKRUPTCY_DONE = "BANKRUPTCY_DONE", _("Bankruptcy completed")
    REFUSED = "REFUSED", _("Refused by the creditor")
    NO_REPLY = "NO_REPLY", _("No answer from the creditor")
    WITHDRAWN = "WITHDRAWN", _("Withdrawn by the borrower")
    NOT_ELIGIBLE = "NOT_ELIGIBLE", _("Conditions are not met")
    DUPLICATE = "DUPLICATE", _("Same story in another case")


class DeclineReason(models.TextChoices):
    """Why the platform does not take a case."""

    NOT_OUR_SUBJECT = "NOT_OUR_SUBJECT", _("Not about consumer debts")
    CONFLICT = "CONFLICT", _("Conflict of interest")
    FRAUD = "FRAUD", _("Signs of fraud")
    DUPLICATE = "DUPLICATE", _("Same story in another case")


class CaseSource(models.TextChoices):
    """By which way a case came."""

    WEB = "web", _("The borrower himself")
    MANAGER = "manager", _("A manager for the borrower")
    REPRESENTATIVE = "representative", _("A representative")
    IMPORT = "import", _("Import from a file")
    WHATSAPP = "whatsapp", _("WhatsApp")
    EMAIL = "email", _("E-mail")
    API = "api", _("A partner's program")


class CaseNumberCounter(models.Model):
    """Last number given in an Almaty year; locked while the next one is taken."""

    year = models.PositiveSmallIntegerField(primary_key=True)
    last = models.PositiveIntegerField(default=0)


class Queue(models.Model):
    """A group of managers and the rules by which cases fall to it; the first queue whose rule fits takes a case.

    `rule` is data: lists of codes under track_kinds, creditor_types, languages, urgencies; all given ones must fit, an empty
    rule fits every case. With `distributes` new cases are given out by themselves.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    code = models.CharField(max_length=40, unique=True)
    name_ru = models.CharField(max_length=120)
    name_kk = models.CharField(max_length=120)
    name_en = models.CharField(max_length=120)
    position = models.PositiveSmallIntegerField()
    rule = models.JSONField(default=dict)
    distributes = models.BooleanField(default=False)
    version = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField()
    archived_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["position", "id"], name="queue_order")]

    def __str__(self) -> str:
        return self.code

    def name(self, lang: str) -> str:
        return {"kk": self.name_kk, "en": self.name_en}.get(lang, self.name_ru)


class Case(models.Model):
    """A borrower's story. What is long or private stands in `CaseStory`, so that lists stay light."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    number = models.CharField(max_length=16, null=True, unique=True)
    status = models.CharField(max_length=20, choices=CaseStatus.choices, default=CaseStatus.DRAFT)
    source = models.CharField(max_length=16, choices=CaseSource.choices, default=CaseSource.WEB)
    language = models.CharField(max_length=2, choices=settings.LANGUAGES, default="ru")
    borrower = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    borrower_name = EncryptedTextField(default="")
    assignee = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    # The one that counts: what follows from the story, or what a manager has raised it to.
    urgency = models.PositiveSmallIntegerField(default=4)
    computed_urgency = models.PositiveSmallIntegerField(null=True)
    raised_urgency = models.PositiveSmallIntegerField(null=True)
    queue = models.ForeignKey(Queue, on_delete=models.SET_NULL, null=True, related_name="+")
    total_tiyn = models.BigIntegerField(default=0)
    # Nearest unmet term on the day of the last refresh; `NO_DEADLINE` when there is none.
    next_due = models.DateField(default=NO_DEADLINE)
    outcome = models.CharField(max_length=30, choices=Outcome.choices, blank=True, default="")
    decline_reason = models.CharField(max_length=20, choices=DeclineReason.choices, blank=True, default="")
    resume_on = models.DateField(null=True)
    version = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField()
    submitted_at = models.DateTimeField(null=True)
    # The Almaty day (the demonstration day, with one) on which the borrower told the sums.
    debts_as_of = models.DateField(null=True)
    closed_at = models.DateTimeField(null=True)
    # The borrower agreed that the case is closed; before that the closing is the manager's word.
    closing_confirmed_at = models.DateTimeField(null=True)
    updated_at = models.DateTimeField()
    # Everything of this case went over into that one; the number still leads there.
    merged_into = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="merged_cases")
    merged_at = models.DateTimeField(null=True)
    # When something last happened that others should look at, and who did it (nobody: the system).
    activity_at = models.DateTimeField(null=True)
    activity_by_id = models.UUIDField(null=True)

    # What the reader is here, set by `selectors.load_reader` and empty until then: the roles in which he takes part, and
    # the debts of which letters have reached his organisation (debt -> since when).
    reader_roles: frozenset[str] = frozenset()
    reader_debts: Mapping[UUID, datetime] = MappingProxyType({})
    # Numbers of cases merged into this one, set where words for the search are made.
    former_numbers: tuple[str, ...] = ()
    # Of those the ones to which he is tied himself, as a guarantor is: he reads their terms and letters too.
    reader_ties: frozenset[UUID] = frozenset()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(status__in=CaseStatus.values), name="case_status_known"),
            models.CheckConstraint(condition=Q(source__in=CaseSource.values), name="case_source_known"),
            models.CheckConstraint(condition=Q(urgency__gte=1, urgency__lte=4), name="case_urgency_1_to_4"),
            models.CheckConstraint(condition=Q(total_tiyn__gte=0), name="case_total_not_negative"),
            models.CheckConstraint(
                condition=Q(status__in=[CaseStatus.DRAFT, CaseStatus.CANCELLED], number__isnull=True)
                | Q(number__isnull=False, submitted_at__isnull=False),
                name="case_number_from_submission",
            ),
            models.CheckConstraint(
                condition=~Q(status=CaseStatus.CLOSED) | ~Q(outcome=""), name="case_closed_has_outcome"
            ),
            models.UniqueConstraint(
                fields=["borrower"], condition=Q(status=CaseStatus.DRAFT), name="case_one_draft_per_borrower"
            ),
        ]
        indexes = [
            models.Index(fields=["-created_at", "id"], name="case_created"),
            models.Index(fields=["status", "-created_at", "id"], name="case_status_created"),
            models.Index(fields=["assignee", "-created_at", "id"], name="case_assignee_created"),
            models.Index(fields=["borrower", "-created_at"], name="case_borrower_created"),
            models.Index(fields=["next_due", "id"], name="case_next_due"),
            models.Index(fields=["urgency", "next_due", "id"], name="case_urgency_due"),
            models.Index(fields=["assignee", "next_due", "id"], name="case_assignee_due"),
            models.Index(fields=["assignee", "urgency", "next_due", "id"], name="case_assignee_urgency"),
            models.Index(fields=["-updated_at", "id"], name="case_updated"),
            models.Index(fields=["-total_tiyn", "id"], name="case_total"),
            models.Index(Coalesce("number", Value("")).desc(), "id", name="case_number_order"),
        ]

    def __str__(self) -> str:
        return self.number or str(self.pk)


class CaseDraft(models.Model):
    """Answers of the form before submission; opaque to the server and removed at submission."""

    case = models.OneToOneField(Case, on_delete=models.CASCADE, primary_key=True, related_name="draft")
    step = models.CharField(max_length=40, blank=True, default="")
    data = EncryptedJSONField()
    saved_at = models.DateTimeField()


class CaseStory(models.Model):
    """What the borrower told: where he lives, income, hardship, what he asks for. All encrypted."""

    case = models.OneToOneField(Case, on_delete=models.CASCADE, primary_key=True, related_name="story")
    email = EncryptedTextField(default="")
    address = EncryptedTextField(default="")
    income = EncryptedJSONField()
    assets = EncryptedJSONField()
    hardship = EncryptedJSONField()
    relief = EncryptedJSONField()
