"""How the events of letters and dispatches read in the history of a case."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from django.utils.translation import gettext as _

from kenes.cases.history import timeline
from kenes.cases.history.timeline import Context, Entry
from kenes.documents import events, kinds
from kenes.documents.models import Document
from kenes.event_log.events import Recorded

Loaded = Mapping[Any, Any]


def _documents(recorded: Sequence[Recorded[Any]]) -> Loaded:
    ids = {event.data.document_id for event in recorded}
    rows = Document.objects.filter(pk__in=ids).select_related("obligation__creditor").defer("content", "text")
    return {row.pk: row for row in rows}


def _entry(
    event: Recorded[Any], context: Context, icon: str, title: str, *, kind: str = "document", **more: Any
) -> Entry:
    document = context.loaded.get(event.data.document_id)
    text = ""
    if document is not None:
        text = f"{kinds.title(document.code)} № {document.number}"
        if document.obligation is not None:
            text += f". {document.obligation.creditor.name(context.language)}"
    return Entry(kind, icon, title, text, document_id=event.data.document_id, **more)


@timeline.renders(events.DocumentReady, load=_documents)
def ready(event: Recorded[events.DocumentReady], context: Context) -> Entry:
    return _entry(event, context, "file-text", _("Letter is ready to sign"))


@timeline.renders(events.DocumentFailed, load=_documents, internal=True)
def failed(event: Recorded[events.DocumentFailed], context: Context) -> Entry:
    return _entry(event, context, "file-warning", _("Letter could not be prepared"), status="failed")


@timeline.renders(events.DocumentSuperseded, load=_documents)
def superseded(event: Recorded[events.DocumentSuperseded], context: Context) -> Entry:
    return _entry(event, context, "file-clock", _("Letter is being made anew"))


@timeline.renders(events.DocumentVoided, load=_documents)
def voided(event: Recorded[events.DocumentVoided], context: Context) -> Entry:
    document = context.loaded.get(event.data.document_id)
    return _told(
        _entry(event, context, "file-x", _("The unsigned letter is no longer needed")),
        document.void_reason if document is not None else None,
    )


@timeline.renders(events.DocumentRevised, load=_documents)
def revised(event: Recorded[events.DocumentRevised], context: Context) -> Entry:
    document = context.loaded.get(event.data.document_id)
    return _told(
        _entry(event, context, "file-diff", _("A new version of the document")),
        document.reason if document is not None else None,
    )


def _told(entry: Entry, reason: str | None) -> Entry:
    """The entry with the reason that a person gave."""
    return replace(entry, text=f"{entry.text}. {_('Reason')}: {reason}") if reason else entry


@timeline.renders(events.DocumentSigned, load=_documents)
def signed(event: Recorded[events.DocumentSigned], context: Context) -> Entry:
    return _entry(event, context, "pen-line", _("Letter is signed"))


@timeline.renders(events.DocumentSealed, load=_documents)
def sealed(event: Recorded[events.DocumentSealed], context: Context) -> Entry:
    return _entry(event, context, "stamp", _("Letter carries the platform's seal"))


@timeline.renders(events.DispatchWaiting, load=_documents)
def waiting(event: Recorded[events.DispatchWaiting], context: Context) -> Entry:
    return _entry(
        event, context, "hourglass", _("Sending waits until the creditor's address is confirmed"),
        kind="dispatch", channel="email", status="waiting_address",
    )  # fmt: skip


@timeline.renders(events.DispatchHeld, load=_documents)
def held(event: Recorded[events.DispatchHeld], context: Context) -> Entry:
    return _entry(
        event, context, "hourglass", _("Sending stopped: the consent to pass data to the creditor was withdrawn"),
        kind="dispatch", channel="email", status="waiting_consent",
    )  # fmt: skip


@timeline.renders(events.DispatchReleased, load=_documents)
def released(event: Recorded[events.DispatchReleased], context: Context) -> Entry:
    return _entry(
        event, context, "mail", _("The consent was given again: sending goes on"),
        kind="dispatch", channel="email", status="queued",
    )  # fmt: skip


@timeline.renders(events.DispatchQueued, load=_documents)
def queued(event: Recorded[events.DispatchQueued], context: Context) -> Entry:
    title = (
        _("Letter is being sent again") if event.data.is_repeat else _("Letter is being sent to the creditor")
    )
    return _entry(
        event,
        context,
        "mail",
        title,
        kind="dispatch",
        channel="email",
        status="queued",
        is_repeat=event.data.is_repeat,
    )


@timeline.renders(events.DispatchAccepted, load=_documents, sent=True)
def accepted(event: Recorded[events.DispatchAccepted], context: Context) -> Entry:
    return _entry(
        event, context, "mail-check", _("The creditor's mail server has accepted the letter"),
        kind="dispatch", channel="email", status="accepted",
    )  # fmt: skip


@timeline.renders(events.DispatchDelivered, load=_documents, sent=True)
def delivered(event: Recorded[events.DispatchDelivered], context: Context) -> Entry:
    return _entry(
        event, context, "mail-check", _("Delivery of the letter is confirmed"),
        kind="dispatch", channel="email", status="delivered",
    )  # fmt: skip


@timeline.renders(events.DispatchFailed, load=_documents)
def not_sent(event: Recorded[events.DispatchFailed], context: Context) -> Entry:
    return _entry(
        event,
        context,
        "mail-x",
        _("The letter could not be sent"),
        kind="dispatch",
        channel="email",
        status="failed",
    )


@timeline.renders(events.CaseExported, internal=True)
def exported(event: Recorded[events.CaseExported], context: Context) -> Entry:
    return Entry("access", "eye", _("A file about the case was loaded"), event.data.kind.upper())


@timeline.renders(events.PackageChosen, load=_documents)
def package_chosen(event: Recorded[events.PackageChosen], context: Context) -> Entry:
    return _entry(event, context, "paperclip", _("Papers to go along with the letter were chosen"))


@timeline.renders(events.PackageMade, load=_documents, internal=True)
def package_made(event: Recorded[events.PackageMade], context: Context) -> Entry:
    title = (
        _("The package has its sheet of proof") if event.data.with_proof else _("The package is put together")
    )
    return _entry(event, context, "package", title)
