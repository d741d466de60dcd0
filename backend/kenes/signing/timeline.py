"""How the events of signing read in the history of a case. No code and no whole phone number ever stands there.

The signature itself is worded by `documents`: the letter is signed.
"""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from kenes.cases.history.timeline import Context, Entry, renders
from kenes.documents.models import Document
from kenes.event_log.events import Recorded
from kenes.signing.events import SignatureCodeSent, SignatureDeclined, SignatureRequestEnded
from kenes.signing.models import SignatureRequest
from kenes.signing.states import RequestStatus


def numbers(events: Sequence[Recorded[Any]]) -> Mapping[UUID, str]:
    """Document id → number, one query for the page."""
    ids = {event.data.document_id for event in events}
    return dict(Document.objects.filter(pk__in=ids).values_list("pk", "number"))


def _declined(events: Sequence[Recorded[SignatureDeclined]]) -> Mapping[UUID, SignatureRequest]:
    ids = {event.data.request_id for event in events}
    return SignatureRequest.objects.select_related("document").in_bulk(ids)


@renders(SignatureCodeSent, load=numbers)
def code_sent(event: Recorded[SignatureCodeSent], context: Context) -> Entry:
    number = context.loaded.get(event.data.document_id, "")
    return Entry(
        kind="signature",
        icon="message-square-lock",
        title=_("Signing code sent"),
        text=_("A code for document %(number)s was sent by SMS.") % {"number": number},
        channel="sms",
        document_id=event.data.document_id,
    )


@renders(SignatureDeclined, load=_declined)
def declined(event: Recorded[SignatureDeclined], context: Context) -> Entry | None:
    request = context.loaded.get(event.data.request_id)
    if request is None:
        return None
    text = _("Document %(number)s was not signed.") % {"number": request.document.number}
    if context.words(request.decline_reason):
        reason = _("Reason: %(reason)s") % {"reason": request.decline_reason}
        text = f"{text} {reason}"
    return Entry(
        kind="signature",
        icon="file-x",
        title=_("Signature declined"),
        text=text,
        status=RequestStatus.DECLINED,
        document_id=event.data.document_id,
    )


@renders(SignatureRequestEnded, load=numbers)
def ended(event: Recorded[SignatureRequestEnded], context: Context) -> Entry:
    number = {"number": context.loaded.get(event.data.document_id, "")}
    expired = event.data.outcome == RequestStatus.EXPIRED
    text = (
        _("The time to sign document %(number)s is over.") % number
        if expired
        else _("Document %(number)s was replaced by a newer one.") % number
    )
    return Entry(
        kind="signature",
        icon="clock",
        title=_("Request to sign closed"),
        text=text,
        status=event.data.outcome,
        document_id=event.data.document_id,
    )
