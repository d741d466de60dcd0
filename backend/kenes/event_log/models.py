"""The event log: append-only rows, hash-chained within each stream."""

from django.db import models
from django.db.models.fields.json import KeyTransform

from kenes.foundation.identifiers import new_id


class EventStream(models.Model):
    """Head of one chain: a case, a person or an organisation."""

    kind = models.CharField(max_length=30)
    subject_id = models.UUIDField()
    last_seq = models.PositiveIntegerField(default=0)
    head_hash = models.CharField(max_length=64, blank=True, default="")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "subject_id"], name="event_stream_subject")]


class EventRow(models.Model):
    """One event. The database refuses UPDATE, DELETE and TRUNCATE of this table by triggers."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    stream = models.ForeignKey(EventStream, on_delete=models.PROTECT, related_name="rows")
    seq = models.PositiveIntegerField()
    type = models.CharField(max_length=80)
    at = models.DateTimeField()
    on_date = models.DateField()
    actor = models.JSONField()
    data = models.JSONField()
    previous = models.CharField(max_length=64, blank=True)
    hash = models.CharField(max_length=64)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["stream", "seq"], name="event_stream_seq")]
        indexes = [
            models.Index(fields=["type", "at"], name="event_type_at"),
            # The security log: everything, or of one actor, newest first.
            models.Index(fields=["-at", "id"], name="event_at"),
            models.Index(KeyTransform("user_id", "actor"), "at", name="event_actor_at"),
        ]


class DailyAnchor(models.Model):
    """Merkle root over the heads of all streams at the end of a day: a tail cut off later shows.

    `previous` is the digest of the anchor before it, so that none can be taken out of the middle. The database refuses
    UPDATE, DELETE and TRUNCATE of anchors and of their stamps by triggers.
    """

    day = models.DateField(unique=True)
    root = models.CharField(max_length=64)
    heads = models.JSONField()
    previous = models.CharField(max_length=64, blank=True, default="", db_default="")
    created_at = models.DateTimeField()


class AnchorStamp(models.Model):
    """A time stamp (RFC 3161) of an independent authority over the digest of an anchor: since then nobody can change it."""

    anchor = models.OneToOneField(DailyAnchor, on_delete=models.PROTECT, related_name="stamp")
    token = models.BinaryField()
    stamped_at = models.DateTimeField()
    tsa = models.CharField(max_length=300, blank=True, default="")
    created_at = models.DateTimeField()
