"""Tables of a case. Personal data is encrypted; what lists filter and sort by is not."""

from collections.abc import Mapping
from datetime import date, datetime
from types import MappingProxyType
from typing import Final
from uuid import UUID

from django.conf import settings
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from kenes.cases.states.case import CaseStatus
from kenes.cases.states.track import TrackKind, TrackState
from kenes.creditors.models import Creditor
from kenes.foundation.fields import EncryptedJSONField, EncryptedTextField
from kenes.foundation.identifiers import new_id
from kenes.law.models import DeadlineRule, Direction

# Sorts after every real day: lists need a column without NULL.
NO_DEADLINE: Final = date(9999, 12, 31)


class OverdueSource(models.TextChoices):
    """Who says when the delay began."""

    BORROWER = "borrower", _("Borrower's words")
    DOCUMENT = "document", _("A document")
    LENDER = "lender", _("The creditor")


class FactSource(models.TextChoices):
    """Who says that something happened. MAIL_SERVER is provisional: better proof replaces it."""

    BORROWER = "borrower", _("Borrower's words")
    DOCUMENT = "document", _("A document")
    LENDER = "lender", _("The creditor")
    STAFF = "staff", _("Entered by a manager")
    MAIL_SERVER = "mail_server", _("Accepted by the mail server")
    SYSTEM = "system", _("Kenes Hub")


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


class CaseNumberCounter(models.Model):
    """Last number given in an Almaty year; locked while the next one is taken."""

    year = models.PositiveSmallIntegerField(primary_key=True)
    last = models.PositiveIntegerField(default=0)


class Case(models.Model):
    """A borrower's story. What is long or private stands in `CaseStory`, so that lists stay light."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    number = models.CharField(max_length=16, null=True, unique=True)
    status = models.CharField(max_length=20, choices=CaseStatus.choices, default=CaseStatus.DRAFT)
    language = models.CharField(max_length=2, choices=settings.LANGUAGES, default="ru")
    borrower = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    borrower_name = EncryptedTextField(default="")
    assignee = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    urgency = models.PositiveSmallIntegerField(default=4)
    total_tiyn = models.BigIntegerField(default=0)
    # Nearest unmet term on the day of the last refresh; `NO_DEADLINE` when there is none.
    next_due = models.DateField(default=NO_DEADLINE)
    search_text = models.TextField(default="", blank=True)
    outcome = models.CharField(max_length=30, choices=Outcome.choices, blank=True, default="")
    decline_reason = models.CharField(max_length=20, choices=DeclineReason.choices, blank=True, default="")
    resume_on = models.DateField(null=True)
    version = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField()
    submitted_at = models.DateTimeField(null=True)
    # The Almaty day (the demonstration day, with one) on which the borrower told the sums.
    debts_as_of = models.DateField(null=True)
    closed_at = models.DateTimeField(null=True)
    updated_at = models.DateTimeField()

    # What the reader is here, set by `selectors.load_reader` and empty until then: the roles in which he takes part, and
    # the debts of which letters have reached his organisation (debt -> since when).
    reader_roles: frozenset[str] = frozenset()
    reader_debts: Mapping[UUID, datetime] = MappingProxyType({})

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(status__in=CaseStatus.values), name="case_status_known"),
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
            GinIndex(
                fields=["search_text"], opclasses=["gin_trgm_ops"], fastupdate=False, name="case_search_trgm"
            ),
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


class Obligation(models.Model):
    """One contract with one creditor. Money in tiyn; the debt is as of submission."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="obligations")
    position = models.PositiveSmallIntegerField()
    creditor = models.ForeignKey(Creditor, on_delete=models.PROTECT, related_name="+")
    contract_number = models.CharField(max_length=80)
    contract_date = models.DateField()
    original_amount_tiyn = models.BigIntegerField(null=True)
    principal_tiyn = models.BigIntegerField()
    interest_tiyn = models.BigIntegerField(default=0)
    penalty_tiyn = models.BigIntegerField(default=0)
    monthly_payment_tiyn = models.BigIntegerField(null=True)
    rate_percent = models.DecimalField(max_digits=7, decimal_places=3, null=True)
    term_months = models.PositiveSmallIntegerField(null=True)
    overdue_since = models.DateField(null=True)
    overdue_since_source = models.CharField(
        max_length=10, choices=OverdueSource.choices, default=OverdueSource.BORROWER
    )
    collateral = EncryptedTextField(default="")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["case", "position"], name="obligation_position"),
            models.CheckConstraint(
                condition=Q(principal_tiyn__gte=0, interest_tiyn__gte=0, penalty_tiyn__gte=0),
                name="obligation_sums_not_negative",
            ),
        ]
        indexes = [models.Index(fields=["creditor", "case"], name="obligation_creditor")]

    @property
    def total_tiyn(self) -> int:
        return self.principal_tiyn + self.interest_tiyn + self.penalty_tiyn


class Track(models.Model):
    """A procedure for an obligation, or for the whole case when `obligation` is empty."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="tracks")
    obligation = models.ForeignKey(Obligation, on_delete=models.CASCADE, null=True, related_name="tracks")
    kind = models.CharField(max_length=30, choices=TrackKind.choices)
    state = models.CharField(max_length=24, choices=TrackState.choices, default=TrackState.PROPOSED)
    reasons = models.JSONField(default=list)
    created_at = models.DateTimeField()
    opened_at = models.DateTimeField(null=True)
    updated_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=TrackKind.values), name="track_kind_known"),
            models.CheckConstraint(condition=Q(state__in=TrackState.values), name="track_state_known"),
            models.CheckConstraint(
                condition=Q(state=TrackState.PROPOSED, opened_at__isnull=True)
                | (~Q(state=TrackState.PROPOSED) & Q(opened_at__isnull=False)),
                name="track_opened_has_time",
            ),
            models.UniqueConstraint(fields=["case", "obligation", "kind"], name="track_once"),
            models.UniqueConstraint(
                fields=["case", "kind"], condition=Q(obligation__isnull=True), name="track_once_case_wide"
            ),
        ]
        indexes = [models.Index(fields=["state", "kind"], name="track_state_kind")]

    @property
    def proposed(self) -> bool:
        return self.state == TrackState.PROPOSED


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


class Comment(models.Model):
    """A note on a case; internal ones are for staff only."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="comments")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    text = EncryptedTextField()
    internal = models.BooleanField(default=False)
    created_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["case", "created_at"], name="comment_of_case")]


class FieldChange(models.Model):
    """Old and new value of an edited field, or the words that went with a move; events carry only its id."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="changes")
    field = models.CharField(max_length=60)
    old = EncryptedTextField(default="")
    new = EncryptedTextField(default="")
    changed_by_id = models.UUIDField(null=True)
    created_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["case", "created_at"], name="change_of_case")]


class Reveal(models.Model):
    """A masked field was shown to a member of staff, and why."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="reveals")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    fields = models.JSONField()
    reason = EncryptedTextField()
    created_at = models.DateTimeField()
