"""What evidence packages register elsewhere: their work in the outbox, who reads their files, their words in histories."""

from typing import Any

from django.utils.translation import gettext as now
from django.utils.translation import gettext_lazy as _

from kenes.accounts.event_labels import TITLES
from kenes.cases.history.timeline import Context, Entry, renders
from kenes.event_log.events import Recorded
from kenes.outbox import registry
from kenes.outbox.services import MAX_ATTEMPTS
from kenes.signing.evidence import orders, people
from kenes.signing.evidence.events import EvidenceMade, EvidenceOrdered, EvidenceTaken


@registry.handler(orders.HANDLER, lane="documents")
def make_package(payload: dict[str, Any], context: registry.OutboxContext) -> None:
    """Put one evidence package together."""
    orders.handle(payload, last_try=context.attempt >= MAX_ATTEMPTS)


@renders(EvidenceOrdered, internal=True)
def ordered(event: Recorded[EvidenceOrdered], context: Context) -> Entry:
    return _entry(now("Evidence of the signature asked for"), event)


@renders(EvidenceMade, internal=True)
def made(event: Recorded[EvidenceMade], context: Context) -> Entry:
    return _entry(now("Evidence of the signature put together"), event)


@renders(EvidenceTaken, internal=True)
def taken(event: Recorded[EvidenceTaken], context: Context) -> Entry:
    return _entry(now("Evidence of the signature taken out as a file"), event)


def _entry(title: str, event: Recorded[Any]) -> Entry:
    return Entry(kind="signature", icon="package-check", title=title, document_id=event.data.document_id)


TITLES.update(
    {
        "evidence.ordered": _("Evidence of the signature asked for"),
        "evidence.made": _("Evidence of the signature put together"),
        "evidence.taken": _("Evidence of the signature taken out as a file"),
    }
)


def connect() -> None:
    """Register who reads the files; called once at the start."""
    people.connect()
