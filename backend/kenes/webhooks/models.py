"""Calls from outside, stored once."""

from django.db import models

from kenes.foundation.fields import EncryptedBytesField
from kenes.foundation.identifiers import new_id


class WebhookCall(models.Model):
    """One verified call; repeats of the same external id are not stored again."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    capability = models.CharField(max_length=30)
    provider = models.CharField(max_length=30)
    external_id = models.CharField(max_length=120)
    body = EncryptedBytesField()
    received_at = models.DateTimeField(db_index=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["capability", "provider", "external_id"], name="webhook_external_id"
            )
        ]
