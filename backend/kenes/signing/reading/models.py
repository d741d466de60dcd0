"""What of a document the server has given to whom: without it nobody can have read what he is about to sign."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from kenes.foundation import clock
from kenes.foundation.identifiers import new_id


class TextDelivery(models.Model):
    """One part of one version of a document was given to a person in one session.

    `part`: "text" (all of it as words), "pdf" (the file), or the number of a page as a picture. `session` is the keyed hash
    of `recording.Origin`. Rows are for days: what is proof of it goes to the request when the text was shown.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    document = models.ForeignKey("documents.Document", on_delete=models.CASCADE, related_name="+")
    document_sha256 = models.CharField(max_length=64)
    # No foreign key: the row outlives neither the session nor a month, and means nothing for another account.
    person_id = models.UUIDField()
    session = models.CharField(max_length=64)
    part = models.CharField(max_length=8)
    at = models.DateTimeField(default=clock.now)

    class Meta:
        app_label = "signing"
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                name="signing_delivery_once",
                fields=["document", "person_id", "session", "document_sha256", "part"],
            ),
            models.CheckConstraint(
                name="signing_delivery_part", condition=Q(part__regex=r"^(text|pdf|[1-9][0-9]{0,3})$")
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(name="signing_delivery_old", fields=["at"]),
            models.Index(name="signing_delivery_of_person", fields=["person_id"]),
        ]

    def __str__(self) -> str:
        return str(self.pk)
