"""What makes lists a place to work in: what was seen, saved views, and long work over many cases with a report per row."""

from typing import Final

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from kenes.cases.models.case import Case
from kenes.foundation.fields import EncryptedJSONField, EncryptedTextField
from kenes.foundation.identifiers import new_id


class CaseSeen(models.Model):
    """When a person last had the case open; what happened in it later is news to him."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="+")
    seen_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "case"], name="seen_once")]


class ViewScope(models.TextChoices):
    """Who has a saved view in his list."""

    OWN = "own", _("Only me")
    TEAM = "team", _("My role")
    SHARED = "shared", _("Everybody")


class Layout(models.TextChoices):
    """How cases stand on the screen."""

    LIST = "list", pgettext_lazy("layout", "List")
    BOARD_STATUS = "board_status", pgettext_lazy("layout", "Board by status")
    BOARD_TERM = "board_term", pgettext_lazy("layout", "Board by term")


class SavedView(models.Model):
    """Filters, order and columns under a name. Filters hold codes, ids and days: never words that may name a person."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    scope = models.CharField(max_length=8, choices=ViewScope.choices, default=ViewScope.OWN)
    # The role whose people have it, for a view of a team.
    role = models.CharField(max_length=24, blank=True, default="")
    name = models.CharField(max_length=60)
    filters = models.JSONField(default=dict)
    columns = models.JSONField(default=list)
    layout = models.CharField(max_length=14, choices=Layout.choices, default=Layout.LIST)
    created_at = models.DateTimeField()
    updated_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["owner", "name"], name="view_name_once"),
            models.CheckConstraint(condition=Q(scope__in=ViewScope.values), name="view_scope_known"),
            models.CheckConstraint(condition=Q(layout__in=Layout.values), name="view_layout_known"),
            models.CheckConstraint(condition=Q(scope=ViewScope.TEAM) ^ Q(role=""), name="view_team_has_role"),
        ]
        indexes = [models.Index(fields=["scope", "role"], name="view_scope")]


class ListPreference(models.Model):
    """How a person likes the list of cases: columns, order of views, and what opens first."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, primary_key=True, related_name="+"
    )
    columns = models.JSONField(default=list)
    # Ids of saved views and codes of built-in ones, as the person has put them; others follow.
    order = models.JSONField(default=list)
    default_view = models.CharField(max_length=36, blank=True, default="")
    layout = models.CharField(max_length=14, choices=Layout.choices, default=Layout.LIST)
    updated_at = models.DateTimeField()


class JobKind(models.TextChoices):
    """Long work over many cases."""

    BULK = "bulk", pgettext_lazy("list job", "Change of many cases")
    EXPORT = "export", pgettext_lazy("list job", "Export")
    IMPORT = "import", pgettext_lazy("list job", "Import")
    DOCUMENT = "document", pgettext_lazy("list job", "Documents for many cases")


class JobState(models.TextChoices):
    """Where the work stands. An import that was only looked at is a PREVIEW."""

    PREVIEW = "preview", pgettext_lazy("list job", "Looked at")
    QUEUED = "queued", pgettext_lazy("list job", "Waits")
    RUNNING = "running", pgettext_lazy("list job", "Runs")
    DONE = "done", pgettext_lazy("list job", "Done")
    STOPPED = "stopped", pgettext_lazy("list job", "Stopped")
    FAILED = "failed", pgettext_lazy("list job", "Failed")


WORKING: Final = (JobState.QUEUED, JobState.RUNNING)


class ListJob(models.Model):
    """One piece of long work, with how far it is. `params` may hold words that go with a move, and is encrypted."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    kind = models.CharField(max_length=8, choices=JobKind.choices)
    # What a bulk change does, or the format of an export.
    action = models.CharField(max_length=24, blank=True, default="")
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    language = models.CharField(max_length=2, default="ru")
    params = EncryptedJSONField()
    state = models.CharField(max_length=8, choices=JobState.choices, default=JobState.QUEUED)
    total = models.PositiveIntegerField(default=0)
    changed = models.PositiveIntegerField(default=0)
    skipped = models.PositiveIntegerField(default=0)
    failed = models.PositiveIntegerField(default=0)
    # Counts the pieces: names the next one in the outbox.
    step = models.PositiveIntegerField(default=0)
    file_id = models.UUIDField(null=True)
    # Hash of an imported file: the same one is not taken twice.
    source_hash = models.CharField(max_length=64, blank=True, default="")
    problem = models.CharField(max_length=60, blank=True, default="")
    created_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=JobKind.values), name="job_kind_known"),
            models.CheckConstraint(condition=Q(state__in=JobState.values), name="job_state_known"),
            models.UniqueConstraint(
                fields=["source_hash"],
                condition=Q(
                    kind=JobKind.IMPORT, state__in=[JobState.QUEUED, JobState.RUNNING, JobState.DONE]
                ),
                name="job_file_once",
            ),
        ]
        indexes = [models.Index(fields=["owner", "-created_at", "id"], name="job_of_owner")]

    @property
    def done(self) -> int:
        return self.changed + self.skipped + self.failed


class RowState(models.TextChoices):
    """What became of one row."""

    PENDING = "pending", pgettext_lazy("job row", "Waits")
    CHANGED = "changed", pgettext_lazy("job row", "Done")
    SKIPPED = "skipped", pgettext_lazy("job row", "Left as it was")
    FAILED = "failed", pgettext_lazy("job row", "Not possible")


class JobRow(models.Model):
    """One row of the report. `code` names why nothing was changed; `detail` is the same in the owner's language."""

    id = models.BigAutoField(primary_key=True)
    job = models.ForeignKey(ListJob, on_delete=models.CASCADE, related_name="rows")
    position = models.PositiveIntegerField()
    case = models.ForeignKey(Case, on_delete=models.CASCADE, null=True, related_name="+")
    # Keyed hash of what makes an imported row the same as another one.
    key = models.CharField(max_length=64, blank=True, default="")
    state = models.CharField(max_length=8, choices=RowState.choices, default=RowState.PENDING)
    code = models.CharField(max_length=60, blank=True, default="")
    detail = EncryptedTextField(default="")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["job", "position"], name="job_row_position"),
            models.CheckConstraint(condition=Q(state__in=RowState.values), name="job_row_state_known"),
        ]
        indexes = [
            models.Index(fields=["job", "state", "position"], name="job_row_state"),
            models.Index(fields=["key"], condition=~Q(key=""), name="job_row_key"),
        ]
