"""What the server itself knows of reading: whether the whole text of this version went to this very session, and when.

A screen that says «shown to the end» is believed only then. How long somebody looked at it no server can know; the two
moments stand in the event for whoever has to judge.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from kenes.documents import deliveries
from kenes.documents.deliveries import Delivery
from kenes.documents.models import Document
from kenes.foundation import clock
from kenes.signing.errors import TextNotGiven
from kenes.signing.models import SignatureRequest, TextDelivery

PAGES: Final = "pages"
# Longer than any session; a new one is given the text anew.
_KEPT: Final = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Given:
    """The whole text was given: as "text", "pdf" or "pages", the last part of it at this moment."""

    how: str
    at: datetime


def note(delivery: Delivery) -> None:
    """Keep that a part of a document that waits for signatures was given. Of the same part the first time counts."""
    document = Document.objects.filter(pk=delivery.document_id, status=Document.Status.READY_TO_SIGN).first()
    if document is None or not document.needs_signature:
        return
    row = TextDelivery(
        document_id=delivery.document_id, document_sha256=document.sha256, person_id=delivery.person_id,
        session=delivery.session, part=delivery.part,
    )  # fmt: skip
    TextDelivery.objects.bulk_create([row], ignore_conflicts=True)


def given(request: SignatureRequest, *, session: str, pages: int) -> Given | None:
    """How the whole text of the request's version came to its signer in this session; None when it did not. One query."""
    rows = TextDelivery.objects.filter(
        document_id=request.document_id, document_sha256=request.document_sha256, person_id=request.signer_id,
        session=session,
    )  # fmt: skip
    at_of = dict(rows.values_list("part", "at"))
    whole = [Given(how, at_of[how]) for how in (deliveries.TEXT, deliveries.PDF) if how in at_of]
    wanted = [str(number) for number in range(1, pages + 1)]
    if wanted and all(number in at_of for number in wanted):
        whole.append(Given(PAGES, max(at_of[number] for number in wanted)))
    return min(whole, key=lambda one: one.at) if whole else None


def require_given(request: SignatureRequest, *, session: str, pages: int) -> Given:
    """`given`, or TextNotGiven: whoever has not fetched the text cannot have read it."""
    found = given(request, session=session, pages=pages)
    if found is None:
        raise TextNotGiven
    return found


def remove_old() -> int:
    """Drop what was given long ago; how many. For a timer."""
    return TextDelivery.objects.filter(at__lt=clock.now() - _KEPT).delete()[0]


def forget(person_id: UUID) -> int:
    """Drop all that was given to a person; how many."""
    return TextDelivery.objects.filter(person_id=person_id).delete()[0]


def connect() -> None:
    """Hear of deliveries; called once at the start."""
    deliveries.register(note)
