"""What is written in a file: one row a file, one a page. Read from the file itself or recognised from its pictures."""

from django.db import models
from django.db.models import Q

from kenes.foundation.fields import EncryptedJSONField
from kenes.foundation.identifiers import new_id


class FileText(models.Model):
    """How far the text of a file is. Goes when the bytes of the file go."""

    class State(models.TextChoices):
        PREPARING = "preparing"
        READY = "ready"
        NONE = "none"

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    file = models.OneToOneField("files.StoredFile", on_delete=models.CASCADE, related_name="text")
    state = models.CharField(max_length=10, choices=State.choices, default=State.PREPARING)
    # Numbers of pages that are pictures and wait for recognition.
    waiting = models.JSONField(default=list)
    # Why there is no text, or not of every page: a code.
    problem = models.CharField(max_length=40, blank=True, default="")
    started_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=["preparing", "ready", "none"]), name="file_text_state"
            )
        ]


class FileTextPage(models.Model):
    """The text of one page and where each word stands: [[word, left, top, width, height]], as shares of the page."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    of = models.ForeignKey(FileText, on_delete=models.CASCADE, related_name="pages")
    page = models.PositiveSmallIntegerField()
    content = EncryptedJSONField()
    # From 0 to 100; 100 for what the file says itself.
    certainty = models.FloatField(default=100)
    recognised = models.BooleanField(default=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["of", "page"], name="file_text_page_once")]
