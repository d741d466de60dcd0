"""Short signed links: the bytes of one form of a file, for five minutes, for the person who asked."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from django.core import signing
from django.db import transaction

from kenes.event_log import services as event_log
from kenes.files import access, forms
from kenes.files.errors import FileLinkInvalid
from kenes.files.events import FileLinkIssued, FileOpened
from kenes.foundation import clock
from kenes.foundation.actor import Actor
from kenes.foundation.errors import Forbidden

LIFETIME: Final = timedelta(minutes=5)
FORMS: Final = ("original", "pdf", "web")
_SALT: Final = "kenes.files.links"


@dataclass(frozen=True, slots=True)
class Link:
    """`url` is a path of the API."""

    url: str
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class Content:
    """Bytes of one form, with the name to save them by."""

    data: bytes
    name: str
    mime: str


@transaction.atomic
def issue(*, actor: Actor, file_id: UUID, form: str) -> Link:
    """A link to one form of a file that the actor may read; written to the log of the owner.

    Raises StoredFileNotFound, Forbidden without a person, and what keeps the form from being read: FileNotReady,
    FileInfected, FileNotCheckable, FileContentLost, FormNotThere.
    """
    if actor.user_id is None:
        raise Forbidden
    file = access.get_file(actor=actor, file_id=file_id)
    forms.require(file, form)
    now = clock.now()
    token = signing.dumps(
        {"f": str(file.pk), "k": form, "p": str(actor.user_id), "t": int(now.timestamp())}, salt=_SALT
    )
    event_log.record(
        FileLinkIssued(file_id=file.pk, owner_kind=file.owner_kind, owner_id=file.owner_id, form=form),
        actor=actor,
    )
    return Link(url=f"/api/v1/files/content/{token}/", expires_at=now + LIFETIME)


def follow(*, actor: Actor, token: str) -> Content:
    """The bytes behind a link, for whom it was made; written to the log of the owner.

    Raises FileLinkInvalid when it is changed, too old, or made for another person; StoredFileNotFound when the person
    may no longer read the file; and what keeps the form from being read.
    """
    file_id, form = _read(actor, token)
    file = access.get_file(actor=actor, file_id=file_id)
    found = forms.content(file, form)
    event_log.record(
        FileOpened(file_id=file.pk, owner_kind=file.owner_kind, owner_id=file.owner_id, form=form),
        actor=actor,
    )
    return Content(data=found.data, name=found.name, mime=found.mime)


def _read(actor: Actor, token: str) -> tuple[UUID, str]:
    try:
        told = signing.loads(token, salt=_SALT)
        made = float(told["t"])
        file_id, form, person_id = UUID(told["f"]), str(told["k"]), UUID(told["p"])
    except (signing.BadSignature, KeyError, TypeError, ValueError) as problem:
        raise FileLinkInvalid from problem
    # Our own clock, so that the age is the one that tests and the demonstration see.
    age = clock.now().timestamp() - made
    if actor.user_id != person_id or not 0 <= age + 1 <= LIFETIME.total_seconds() + 1 or form not in FORMS:
        raise FileLinkInvalid
    return file_id, form
