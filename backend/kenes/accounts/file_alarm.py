"""Letters to the administrators when a file is infected, lost or changed: at most one of a kind to each in an hour."""

from collections.abc import Callable
from typing import Final

from django.utils import translation
from django.utils.translation import gettext as now
from django.utils.translation import gettext_lazy as _

from kenes.accounts import mail_texts, selectors
from kenes.accounts.event_labels import TITLES
from kenes.accounts.models import Role
from kenes.event_log.events import Recorded
from kenes.event_log.services import subscribe
from kenes.files.events import FileBlocked, FileLost
from kenes.foundation import logs
from kenes.messaging import services as messaging

log = logs.get(__name__)
KIND: Final = "file_alarm"
TITLES["file.lost"] = _("Bytes of a file lost or changed")

_SUBJECTS: Final[dict[str, Callable[[], str]]] = {
    "infected": lambda: now("Kenes Hub: an infected file was locked"),
    "lost": lambda: now("Kenes Hub: a stored file is lost or changed"),
}
_TEXTS: Final[dict[str, Callable[[], str]]] = {
    "infected": lambda: now(
        "The virus check has found an infected file. It is locked and nobody can open it. Look at the list of locked"
        " files."
    ),
    "lost": lambda: now(
        "The nightly check has found a stored file whose bytes are gone or changed. It is not given out. Look at the"
        " journal of the service and restore the file from the backup."
    ),
}


@subscribe(FileBlocked)
def infected(event: Recorded[FileBlocked]) -> None:
    """Somebody has sent a virus."""
    if event.data.verdict == "infected":
        log.error("file_infected", file_id=str(event.data.file_id))
        _tell("infected", event.at.strftime("%Y%m%d%H"), str(event.data.file_id))


@subscribe(FileLost)
def lost(event: Recorded[FileLost]) -> None:
    """The store has lost or changed a file."""
    _tell("lost", event.at.strftime("%Y%m%d%H"), str(event.data.file_id))


def _tell(what: str, hour: str, file_id: str) -> None:
    for person in selectors.people_with_role(Role.ADMIN):
        if not person.email or not person.email_verified_at:
            continue
        with translation.override(person.language):
            mail = mail_texts.alarm(
                _SUBJECTS[what](), [_TEXTS[what](), now("File: %(id)s") % {"id": file_id}]
            )
        messaging.send_email(
            key=f"file-alarm:{what}:{hour}:{person.pk}", to=person.email, subject=mail.subject, text=mail.text,
            html=mail.html, kind=KIND, person_id=person.pk,
        )  # fmt: skip
