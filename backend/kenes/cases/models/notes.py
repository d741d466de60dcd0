"""What people write on a case, and which masked fields they read. Personal data is encrypted; what lists filter and sort by is not."""

from django.conf import settings
from django.db import models

from kenes.cases.models.case import Case
from kenes.foundation.fields import EncryptedTextField
from kenes.foundation.identifiers import new_id


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
