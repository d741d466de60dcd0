"""Browsers that need no second step for a while."""

from typing import ClassVar

from django.db import models

from kenes.accounts.models.people import User
from kenes.foundation import clock
from kenes.foundation.identifiers import new_id


class TrustedDevice(models.Model):
    """A browser in which the person passed the second step and asked not to be asked again.

    The cookie holds a random token, the row only its keyed hash: a copy of the table opens nothing.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="trusted_devices")
    token_hash = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField(default=clock.now)
    expires_at = models.DateTimeField()

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            models.Index(name="accounts_trusted_end", fields=["expires_at"])
        ]
