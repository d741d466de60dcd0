"""Tables of the foundation."""

from django.db import models

from kenes.foundation.fields import EncryptedTextField


class IdempotencyRecord(models.Model):
    """The first answer to a keyed request, kept encrypted for two days."""

    owner = models.CharField(max_length=120)
    key = models.CharField(max_length=80)
    body_hash = models.CharField(max_length=64)
    status = models.PositiveSmallIntegerField(default=0)
    answer = EncryptedTextField(default="")
    created_at = models.DateTimeField(db_index=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["owner", "key"], name="idempotency_owner_key")]
