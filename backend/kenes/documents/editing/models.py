"""Tables of templates: editions, and test renders of them."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q, Value

from kenes.cases.models import Case
from kenes.documents.editing.states import USABLE, TemplateOrigin, TemplateState, TrialSample, TrialStatus
from kenes.files.models import StoredFile
from kenes.foundation.identifiers import new_id


class TemplateVersion(models.Model):
    """One edition of a template. Kept for ever: it shows from what a document was made.

    `language` is ru or kk, or `both` for a text that says the two side by side. `based_on` is the edition that was in force
    when this one was proposed; `remarks` is what a lawyer has to look at, `checks` who has looked at each. `revision` counts
    the changes of the row. Once it was in force nothing but its end may change (a trigger holds that).
    """

    State = TemplateState
    Origin = TemplateOrigin

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    code = models.CharField(max_length=40)
    language = models.CharField(max_length=4)
    version = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    docx = models.BinaryField()
    state = models.CharField(
        max_length=10, choices=TemplateState.choices, default=TemplateState.IN_FORCE, db_default="in_force"
    )
    origin = models.CharField(
        max_length=7, choices=TemplateOrigin.choices, default=TemplateOrigin.PRODUCT, db_default="product"
    )
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    based_on = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="+")
    file_name = models.CharField(max_length=200, blank=True, default="", db_default="")
    note = models.TextField(blank=True, default="", db_default="")
    decision_note = models.TextField(blank=True, default="", db_default="")
    problems = models.JSONField(default=list, db_default=Value([], models.JSONField()))
    remarks = models.JSONField(default=list, db_default=Value([], models.JSONField()))
    checks = models.JSONField(default=dict, db_default=Value({}, models.JSONField()))
    revision = models.PositiveIntegerField(default=1, db_default=1)
    effective_from = models.DateField(null=True)
    effective_to = models.DateField(null=True)
    created_at = models.DateTimeField()
    submitted_at = models.DateTimeField(null=True)
    decided_at = models.DateTimeField(null=True)
    in_force_at = models.DateTimeField(null=True)
    updated_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["code", "language", "version"], name="template_version_once"),
            models.UniqueConstraint(
                fields=["code", "language"],
                condition=Q(state="in_force"),
                name="template_one_open_version",
            ),
            models.UniqueConstraint(
                fields=["code", "language"],
                condition=Q(state="approved"),
                name="template_one_scheduled_version",
            ),
            models.CheckConstraint(condition=Q(state__in=TemplateState.values), name="template_state_known"),
            models.CheckConstraint(
                condition=Q(origin="product", author__isnull=True) | Q(origin="people", author__isnull=False),
                name="template_author_of_origin",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=sorted(USABLE))
                | Q(origin="product")
                | (Q(decided_by__isnull=False) & ~Q(decided_by=F("author"))),
                name="template_second_person",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=sorted(USABLE)) | Q(effective_from__isnull=False),
                name="template_usable_has_day",
            ),
            models.CheckConstraint(
                condition=Q(state="ended", effective_to__isnull=False)
                | (~Q(state="ended") & Q(effective_to__isnull=True)),
                name="template_ended_has_day",
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["state", "effective_from"], name="template_due"),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.language} {self.version}"


class TemplateTrial(models.Model):
    """A test render of an edition with made-up data or with a case; its files are kept for a day, for who asked alone."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    version = models.ForeignKey(TemplateVersion, on_delete=models.CASCADE, related_name="+")
    requested_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    sample = models.CharField(max_length=8, choices=TrialSample.choices)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, null=True, related_name="+")
    sha256 = models.CharField(max_length=64)
    status = models.CharField(max_length=8, choices=TrialStatus.choices, default=TrialStatus.QUEUED)
    failure = models.JSONField(default=dict)
    docx_file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, null=True, related_name="+")
    pdf_file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, null=True, related_name="+")
    sizes = models.JSONField(default=list)
    created_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)
    expires_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(status__in=TrialStatus.values), name="template_trial_status_known"
            ),
            models.CheckConstraint(
                condition=Q(sample="case", case__isnull=False)
                | (Q(sample__in=["whole", "required"]) & Q(case__isnull=True)),
                name="template_trial_case_when_said",
            ),
            models.CheckConstraint(
                condition=~Q(status="ready") | Q(docx_file__isnull=False, pdf_file__isnull=False),
                name="template_trial_ready_has_files",
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["version", "requested_by", "-created_at"], name="template_trial_of_reader"),
        ]

    def __str__(self) -> str:
        return str(self.pk)
