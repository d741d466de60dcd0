"""How rounds read in the history of a case: who was asked, who signed in which way, and how it ended."""

from collections.abc import Mapping, Sequence
from typing import Any, Final
from uuid import UUID

from django.utils.translation import gettext as _

from kenes.cases.history.timeline import Context, Entry, renders
from kenes.event_log.events import Recorded
from kenes.signing.events import (
    PaperHandedIn,
    PaperRefused,
    PublicNameChosen,
    RoundEnded,
    RoundStarted,
    SignatureApproved,
    SignatureDelegated,
    SignatureMade,
)
from kenes.signing.models import PublicName, Signature, SignatureRequest, SignedPaper, SignerRole
from kenes.signing.states import RoundStatus
from kenes.signing.timeline import numbers

_KIND: Final = "signature"


def _entry(event: Recorded[Any], icon: str, title: str, text: str, status: str = "") -> Entry:
    return Entry(
        kind=_KIND, icon=icon, title=title, text=text, status=status, document_id=event.data.document_id
    )


@renders(RoundStarted, load=numbers)
def started(event: Recorded[RoundStarted], context: Context) -> Entry:
    values = {"number": context.loaded.get(event.data.document_id, ""), "count": event.data.people}
    text = _("Document %(number)s. People who take part: %(count)d.")
    title = _("Signers chosen anew") if event.data.replaces else _("Signers chosen")
    return _entry(event, "users", title, text % values)


@renders(RoundEnded, load=numbers)
def ended(event: Recorded[RoundEnded], context: Context) -> Entry | None:
    number = {"number": context.loaded.get(event.data.document_id, "")}
    texts = {
        RoundStatus.COMPLETED: _("Everybody has signed document %(number)s."),
        RoundStatus.EXPIRED: _("The time to sign document %(number)s is over."),
        RoundStatus.CANCELLED: _("The request to sign document %(number)s was taken back."),
    }
    # What was declined, replaced or chosen anew has its own entry.
    text = texts.get(RoundStatus(event.data.outcome))
    if text is None:
        return None
    icon = "file-check" if event.data.outcome == RoundStatus.COMPLETED else "clock"
    return _entry(event, icon, _("Signing ended"), text % number, event.data.outcome)


def _made(events: Sequence[Recorded[SignatureMade]]) -> Mapping[UUID, tuple[Signature, int]]:
    """Signature with how many sign beside it; two queries for the page."""
    ids = {event.data.signature_id for event in events}
    found = Signature.objects.select_related("request", "document", "principal").in_bulk(ids)
    rounds = {one.request.round_id for one in found.values()}
    signing = SignatureRequest.objects.filter(round_id__in=rounds, role=SignerRole.SIGNER)
    count: dict[UUID | None, int] = {}
    for round_id in signing.exclude(status="delegated").values_list("round_id", flat=True):
        count[round_id] = count.get(round_id, 0) + 1
    return {pk: (one, count.get(one.request.round_id, 1)) for pk, one in found.items()}


@renders(SignatureMade, load=_made)
def signed(event: Recorded[SignatureMade], context: Context) -> Entry | None:
    signature, people = context.loaded.get(event.data.signature_id, (None, 0))
    # One signature alone is told by the letter itself: it is signed.
    if signature is None or (people < 2 and signature.method == "sms" and signature.principal is None):
        return None
    values = {
        "number": signature.document.number,
        "name": context.words(signature.signer_name),
        "method": signature.get_method_display(),
    }
    text = _("Document %(number)s: %(name)s. %(method)s.") % values
    if signature.principal is not None and context.words(signature.principal.full_name):
        text += " " + _("By power of attorney of %(name)s.") % {"name": signature.principal.full_name}
    return _entry(event, "file-check", _("Signature made"), text)


@renders(SignatureApproved, load=numbers)
def approved(event: Recorded[SignatureApproved], context: Context) -> Entry:
    number = {"number": context.loaded.get(event.data.document_id, "")}
    return _entry(
        event, "check", _("Document approved"), _("Document %(number)s was approved for signing.") % number
    )


def _given(events: Sequence[Recorded[SignatureDelegated]]) -> Mapping[UUID, SignatureRequest]:
    ids = {event.data.delegated_to_id for event in events}
    return SignatureRequest.objects.select_related("signer", "document").in_bulk(ids)


@renders(SignatureDelegated, load=_given)
def delegated(event: Recorded[SignatureDelegated], context: Context) -> Entry | None:
    given = context.loaded.get(event.data.delegated_to_id)
    if given is None:
        return None
    values = {"number": given.document.number, "name": context.words(given.signer.full_name)}
    text = _("Document %(number)s will be signed by a representative: %(name)s.") % values
    return _entry(event, "user-check", _("Signing given to a representative"), text)


@renders(PublicNameChosen, load=numbers)
def public_name(event: Recorded[PublicNameChosen], context: Context) -> Entry:
    number = {"number": context.loaded.get(event.data.document_id, "")}
    texts = {
        PublicName.SHORT: _("Document %(number)s: the page shows surname and initials of a signer."),
        PublicName.HIDDEN: _("Document %(number)s: a signer does not show the name on the page."),
        PublicName.FULL: _("Document %(number)s: the page shows the full name of a signer."),
    }
    text = texts[PublicName(event.data.shows)] % number
    return _entry(event, "pen-line", _("Name on the verification page"), text)


@renders(PaperHandedIn, load=numbers)
def handed_in(event: Recorded[PaperHandedIn], context: Context) -> Entry:
    number = {"number": context.loaded.get(event.data.document_id, "")}
    text = _("A photo of document %(number)s signed by hand has come. A manager will check it.") % number
    return _entry(event, "file-image", _("Signed paper handed in"), text)


def _papers(events: Sequence[Recorded[PaperRefused]]) -> Mapping[UUID, SignedPaper]:
    ids = {event.data.paper_id for event in events}
    return SignedPaper.objects.select_related("request__document").in_bulk(ids)


@renders(PaperRefused, load=_papers)
def refused(event: Recorded[PaperRefused], context: Context) -> Entry | None:
    paper = context.loaded.get(event.data.paper_id)
    if paper is None:
        return None
    number = {"number": paper.request.document.number}
    text = _("The paper of document %(number)s was not accepted.") % number
    if context.words(paper.reason):
        text += " " + _("Reason: %(reason)s") % {"reason": paper.reason}
    return _entry(event, "file-x", _("Signed paper not accepted"), text)
