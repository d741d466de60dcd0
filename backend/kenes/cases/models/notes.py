"""What people write on a case, and which masked fields they read. Personal data is encrypted; what lists filter and sort by is not."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import pgettext_lazy

from kenes.accounts.models import Organisation
from kenes.cases.models.case import Case
from kenes.files.models import StoredFile
from kenes.foundation.fields import EncryptedTextField
from kenes.foundation.identifiers import new_id


class Audience(models.TextChoices):
    """Who reads a comment: everyone on the case, staff of the platform, or the author's own side alone."""

    PUBLIC = "public", pgettext_lazy("comment", "For everyone on the case")
    INTERNAL = "internal", pgettext_lazy("comment", "For staff only")
    ORGANISATION = "organisation", pgettext_lazy("comment", "For the own organisation only")


class Comment(models.Model):
    """A note on a case. Those for an organisation are read by its people alone, without one by the author alone.

    A removed comment stays as a trace without words; `CommentVersion` keeps what it said before.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="comments")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    audience = models.CharField(max_length=12, choices=Audience.choices, default=Audience.PUBLIC)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, null=True, related_name="+")
    text = EncryptedTextField()
    created_at = models.DateTimeField()
    edited_at = models.DateTimeField(null=True)
    removed_at = models.DateTimeField(null=True)
    removed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(audience__in=["public", "internal", "organisation"]),
                name="comment_audience_known",
            ),
            models.CheckConstraint(
                condition=Q(organisation__isnull=True) | Q(audience="organisation"),
                name="comment_organisation_has_audience",
            ),
        ]
        indexes = [models.Index(fields=["case", "created_at"], name="comment_of_case")]


class CommentVersion(models.Model):
    """What a comment said until it was edited or removed."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    comment = models.ForeignKey(Comment, on_delete=models.CASCADE, related_name="versions")
    text = EncryptedTextField()
    replaced_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["comment", "replaced_at"], name="version_of_comment")]


class CommentMention(models.Model):
    """Somebody was called to a comment, and when he has seen it."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    comment = models.ForeignKey(Comment, on_delete=models.CASCADE, related_name="mentions")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField()
    seen_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["comment", "person"], name="mention_once")]
        indexes = [
            models.Index(fields=["person", "-created_at", "id"], name="mention_of_person"),
            models.Index(fields=["person"], condition=Q(seen_at__isnull=True), name="mention_unseen"),
        ]


class CommentFile(models.Model):
    """A file that goes with a comment; without one it was uploaded and the comment is not written yet."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="comment_files")
    comment = models.ForeignKey(Comment, on_delete=models.CASCADE, null=True, related_name="files")
    file = models.OneToOneField(StoredFile, on_delete=models.PROTECT, related_name="+")
    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index(fields=["comment"], name="file_of_comment"),
            models.Index(fields=["created_at"], condition=Q(comment__isnull=True), name="file_unattached"),
        ]


class FieldChange(models.Model):
    """Old and new value of an edited field, or the words that went with a move; events carry only its id."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="changes")
    field = models.CharField(max_length=60)
    old = EncryptedTextField(default="")
    new = EncryptedTextField(default="")
    changed_by_id = models.UUIDField(null=True)
    # The version of the case that came with the change: what has changed since a version is asked by it.
    version = models.PositiveIntegerField(null=True)
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
