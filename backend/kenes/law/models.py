"""Rules of legal terms in editions, days off and working Saturdays, yearly indices."""

from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, DateRangeField, RangeOperators
from django.db import models
from django.db.models import F, Func, Q
from django.utils.translation import gettext_lazy as _

from kenes.foundation.identifiers import new_id


class Unit(models.TextChoices):
    """In what a term is counted. Minutes are the platform's own terms and never give a date."""

    CALENDAR_DAYS = "CD", _("calendar days")
    WORKING_DAYS = "WD", _("working days")
    MONTHS = "M", _("months")
    YEARS = "Y", _("years")
    MINUTES = "MIN", _("minutes")


class Direction(models.TextChoices):
    """Something must be done by the day, or becomes possible after it."""

    AT_MOST = "at_most", _("not later than")
    AT_LEAST = "at_least", _("not earlier than")


class RuleStatus(models.TextChoices):
    """A rule that a lawyer has not confirmed is never shown as plain fact."""

    CONFIRMED = "confirmed", _("confirmed by a source")
    NEEDS_REVIEW = "needs_review", _("needs a lawyer's review")


class Origin(models.TextChoices):
    """Who wrote the row. The loader never touches what an editor wrote."""

    REFERENCE = "reference", _("reference data")
    EDITOR = "editor", _("an editor")


class DeadlineRule(models.Model):
    """One edition of one rule: from which event, how long, who is bound, what it means in three languages.

    `amount` is empty where the law leaves the length to somebody's own rules: such a term has no date.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    key = models.CharField(max_length=60)
    valid_from = models.DateField(null=True, help_text="first day in force, empty: since before our records")
    valid_to = models.DateField(null=True, help_text="first day no longer in force, empty: still in force")
    starts_on = models.CharField(max_length=40)
    amount = models.PositiveSmallIntegerField(null=True)
    unit = models.CharField(max_length=3, choices=Unit.choices)
    extension_amount = models.PositiveSmallIntegerField(
        default=0, help_text="longest possible extension, same unit"
    )
    tries = models.PositiveSmallIntegerField(null=True, help_text="for terms of codes: wrong entries allowed")
    direction = models.CharField(max_length=8, choices=Direction.choices, default=Direction.AT_MOST)
    bound = models.CharField(max_length=40)
    status = models.CharField(max_length=12, choices=RuleStatus.choices)
    critical = models.BooleanField(default=False)
    remind_at = ArrayField(
        models.PositiveSmallIntegerField(), default=list, help_text="days of the term, 1 is the first"
    )
    sources = models.JSONField(default=list)
    position = models.PositiveSmallIntegerField(default=0)
    title_ru = models.CharField(max_length=200)
    title_kk = models.CharField(max_length=200)
    title_en = models.CharField(max_length=200)
    explanation_ru = models.TextField()
    explanation_kk = models.TextField()
    explanation_en = models.TextField()
    consequence_ru = models.TextField(
        blank=True, default="", help_text="what follows when the term is missed"
    )
    consequence_kk = models.TextField(blank=True, default="")
    consequence_en = models.TextField(blank=True, default="")
    for_running = models.BooleanField(
        default=True, help_text="also for terms that began before valid_from; otherwise only for later events"
    )
    origin = models.CharField(max_length=9, choices=Origin.choices, default=Origin.EDITOR)
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ("position", "key", "valid_from")
        constraints = (
            models.CheckConstraint(condition=Q(unit__in=Unit.values), name="law_rule_unit"),
            models.CheckConstraint(condition=Q(direction__in=Direction.values), name="law_rule_direction"),
            models.CheckConstraint(condition=Q(status__in=RuleStatus.values), name="law_rule_status"),
            models.CheckConstraint(condition=Q(origin__in=Origin.values), name="law_rule_origin"),
            models.CheckConstraint(
                condition=Q(amount__isnull=True) | Q(amount__gte=1), name="law_rule_amount"
            ),
            models.CheckConstraint(
                condition=Q(valid_from__isnull=True)
                | Q(valid_to__isnull=True)
                | Q(valid_from__lt=F("valid_to")),
                name="law_rule_period",
            ),
            # Two editions of one rule are never in force on the same day.
            ExclusionConstraint(
                name="law_rule_one_edition_a_day",
                expressions=[
                    ("key", RangeOperators.EQUAL),
                    (
                        Func(
                            F("valid_from"),
                            F("valid_to"),
                            function="daterange",
                            output_field=DateRangeField(),
                        ),
                        RangeOperators.OVERLAPS,
                    ),
                ],
            ),
        )
        indexes = (models.Index(fields=["starts_on"], name="law_rule_starts_on"),)

    def __str__(self) -> str:
        return f"{self.key} ({self.valid_from or '…'} – {self.valid_to or '…'})"

    @property
    def needs_review(self) -> bool:
        return self.status == RuleStatus.NEEDS_REVIEW

    def title(self, lang: str) -> str:
        return str(getattr(self, f"title_{lang}"))

    def explanation(self, lang: str) -> str:
        return str(getattr(self, f"explanation_{lang}"))

    def consequence(self, lang: str) -> str:
        return str(getattr(self, f"consequence_{lang}"))


class DayKind(models.TextChoices):
    """What the calendar says against the day of the week."""

    DAY_OFF = "day_off", _("day off")
    WORKDAY = "workday", _("working day on a weekend")


class CalendarDay(models.Model):
    """A day that is not what its day of the week says. `reason` is a code of `data/calendar.json`."""

    day = models.DateField(primary_key=True)
    kind = models.CharField(max_length=8, choices=DayKind.choices)
    reason = models.CharField(max_length=40)
    estimated = models.BooleanField(
        default=False, help_text="the date is by computation and may be announced otherwise"
    )
    note = models.CharField(
        max_length=300, blank=True, default="", help_text="the decree, or why an editor changed it"
    )
    origin = models.CharField(max_length=9, choices=Origin.choices, default=Origin.EDITOR)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ("day",)
        constraints = (
            models.CheckConstraint(condition=Q(kind__in=DayKind.values), name="law_day_kind"),
            models.CheckConstraint(condition=Q(origin__in=Origin.values), name="law_day_origin"),
        )

    def __str__(self) -> str:
        return f"{self.day}: {self.reason}"


class IndexCode(models.TextChoices):
    """Figures that the budget law sets."""

    MCI = "MCI", _("Monthly calculation index")
    MIN_WAGE = "MIN_WAGE", _("Minimum wage")
    SUBSISTENCE_MINIMUM = "SUBSISTENCE_MINIMUM", _("Subsistence minimum")


class Index(models.Model):
    """A figure of the budget law from a day on, until the next row of the same code."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    code = models.CharField(max_length=20, choices=IndexCode.choices)
    valid_from = models.DateField()
    value_tiyn = models.PositiveBigIntegerField()
    source = models.CharField(max_length=200)
    origin = models.CharField(max_length=9, choices=Origin.choices, default=Origin.EDITOR)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ("code", "valid_from")
        constraints = (
            models.CheckConstraint(condition=Q(code__in=IndexCode.values), name="law_index_code"),
            models.CheckConstraint(condition=Q(value_tiyn__gt=0), name="law_index_value"),
            models.CheckConstraint(condition=Q(origin__in=Origin.values), name="law_index_origin"),
            models.UniqueConstraint(fields=["code", "valid_from"], name="law_index_once_a_day"),
        )

    def __str__(self) -> str:
        return f"{self.code} from {self.valid_from}"


class RateUnit(models.TextChoices):
    """In what a figure is."""

    PERCENT = "PERCENT", _("percent")
    PERCENT_YEAR = "PERCENT_YEAR", _("percent a year")
    PERCENT_DAY = "PERCENT_DAY", _("percent a day")
    DAYS = "DAYS", _("days")
    MCI = "MCI", _("monthly calculation indices")


class Rate(models.Model):
    """A cap or share that the law sets, from a day on until the next row of the same code."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    code = models.CharField(max_length=40)
    valid_from = models.DateField()
    value = models.DecimalField(max_digits=12, decimal_places=4)
    unit = models.CharField(max_length=12, choices=RateUnit.choices)
    sources = models.JSONField(default=list)
    status = models.CharField(max_length=12, choices=RuleStatus.choices)
    origin = models.CharField(max_length=9, choices=Origin.choices, default=Origin.EDITOR)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ("code", "valid_from")
        constraints = (
            models.CheckConstraint(condition=Q(unit__in=RateUnit.values), name="law_rate_unit"),
            models.CheckConstraint(condition=Q(value__gte=0), name="law_rate_value"),
            models.CheckConstraint(condition=Q(status__in=RuleStatus.values), name="law_rate_status"),
            models.CheckConstraint(condition=Q(origin__in=Origin.values), name="law_rate_origin"),
            models.UniqueConstraint(fields=["code", "valid_from"], name="law_rate_once_a_day"),
        )

    def __str__(self) -> str:
        return f"{self.code} from {self.valid_from}"

    @property
    def needs_review(self) -> bool:
        return self.status == RuleStatus.NEEDS_REVIEW


class ChangeKind(models.TextChoices):
    """What a proposal would change."""

    EDITION = "edition", _("new edition of a rule")
    CLOSE = "close", _("end of an edition")
    CALENDAR = "calendar", _("days of the calendar")
    INDEX = "index", _("figure of the budget law")


class ChangeStatus(models.TextChoices):
    """A proposal changes nothing until it is applied."""

    DRAFT = "draft", _("draft")
    SUBMITTED = "submitted", _("waits for approval")
    APPROVED = "approved", _("approved, waits for its day")
    APPLIED = "applied", _("switched on")
    REJECTED = "rejected", _("rejected")
    WITHDRAWN = "withdrawn", _("withdrawn")


class LawChange(models.Model):
    """A proposal of an editor: what shall change and from which day; a second person approves it.

    `content` is checked by `changes` before it is stored; its shape depends on `kind`. `rule_key` is empty where no rule
    is concerned. `applied_rows` names the rows that the switch made or closed.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    kind = models.CharField(max_length=10, choices=ChangeKind.choices)
    status = models.CharField(max_length=10, choices=ChangeStatus.choices, default=ChangeStatus.DRAFT)
    rule_key = models.CharField(max_length=60, blank=True, default="")
    content = models.JSONField()
    reason = models.TextField()
    switch_on = models.DateField(help_text="the day on which it is switched on")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    decision_note = models.TextField(blank=True, default="")
    version = models.PositiveIntegerField(default=1)
    applied_rows = models.JSONField(default=list)
    created_at = models.DateTimeField()
    submitted_at = models.DateTimeField(null=True)
    decided_at = models.DateTimeField(null=True)
    applied_at = models.DateTimeField(null=True)
    updated_at = models.DateTimeField()

    class Meta:
        constraints = (
            models.CheckConstraint(condition=Q(kind__in=ChangeKind.values), name="law_change_kind"),
            models.CheckConstraint(condition=Q(status__in=ChangeStatus.values), name="law_change_status"),
            models.CheckConstraint(
                condition=~Q(status__in=[ChangeStatus.APPROVED, ChangeStatus.APPLIED])
                | (Q(decided_by__isnull=False) & ~Q(decided_by=F("author"))),
                name="law_change_second_person",
            ),
            models.CheckConstraint(
                condition=~Q(status=ChangeStatus.APPLIED) | Q(applied_at__isnull=False),
                name="law_change_applied_has_time",
            ),
        )
        indexes = (
            models.Index(fields=["-created_at", "id"], name="law_change_created"),
            models.Index(fields=["status", "switch_on"], name="law_change_due"),
        )

    def __str__(self) -> str:
        return f"{self.kind} {self.rule_key} {self.switch_on}"
