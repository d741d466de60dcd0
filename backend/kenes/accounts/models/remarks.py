"""Words that go with a change of a person or an organisation."""

from typing import ClassVar

from django.db import models

from kenes.accounts.models.people import User
from kenes.foundation import clock
from kenes.foundation.fields import EncryptedTextField
from kenes.foundation.identifiers import new_id


class Remark(models.Model):
    """Why something was done (deactivation, merging, closing). Events carry its id, because they hold no texts."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    # Person or organisation it is about; no foreign key, because it can be either.
    subject_id = models.UUIDField()
    text = EncryptedTextField()
    written_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    created_at = models.DateTimeField(default=clock.now)

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            models.Index(name="accounts_remark_about", fields=["subject_id", "-created_at"])
        ]
