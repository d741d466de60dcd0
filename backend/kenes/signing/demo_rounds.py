"""Demonstration signing: a contract that waits for two signers in order, one declined, one signed by hand that waits for the manager.

Documents are made by the outbox, so the stories go on there when their files are ready. Safe to repeat.
"""

from contextlib import suppress
from typing import Any, Final
from uuid import UUID

from django.conf import settings
from django.db import transaction

from kenes.accounts import demo as demo_people
from kenes.accounts import selectors as accounts
from kenes.accounts.models import User
from kenes.cases.models import Case
from kenes.cases.states.case import CaseStatus
from kenes.documents import catalogue
from kenes.documents.interviews import drafts
from kenes.documents.models import Document
from kenes.files.sample_scans import a_scan
from kenes.foundation.actor import Actor
from kenes.foundation.errors import KenesError
from kenes.outbox import registry
from kenes.outbox import services as outbox
from kenes.signing.errors import DocumentNotReady
from kenes.signing.models import SigningRound
from kenes.signing.services import answers, papers, requests, rounds
from kenes.signing.services.rounds import SignerWish

HANDLER: Final = "signing.demo_round"
KIND: Final = "SERVICE_CONTRACT"
STORIES: Final = ("two_in_order", "declined", "on_paper")
# Conversions of the other demonstration letters come first.
_DELAY_SECONDS: Final = 60
# After the cases in which documents have their own stories.
_FROM: Final = 3


def load() -> None:
    """Order a contract for some demonstration cases; what becomes of it is done by the outbox."""
    if not settings.DEMO:
        raise demo_people.NotADemonstration
    if Document.objects.filter(code=KIND).exists():
        return
    found = Case.objects.filter(status=CaseStatus.ACTIVE, number__isnull=False, assignee__isnull=False)
    cases = list(found.order_by("created_at", "pk")[_FROM : _FROM + len(STORIES)])
    for case, story in zip(cases, STORIES, strict=False):
        # What the rules refuse for one of the made stories is left out.
        with suppress(KenesError), transaction.atomic():
            document = _contract(case)
            outbox.enqueue(
                HANDLER,
                {"document_id": str(document.pk), "story": story},
                key=f"{HANDLER}:{document.pk}",
                delay_seconds=_DELAY_SECONDS,
            )


def _contract(case: Case) -> Document:
    borrower = accounts.actor_for(User.objects.get(pk=case.borrower_id))
    kind = catalogue.kinds()[KIND]
    told = {field.code: field.sample for field in kind.fields if field.sample is not None}
    asked = drafts.begin(actor=borrower, case_id=case.pk, code=KIND)
    drafts.answer(actor=borrower, draft_id=asked.draft.pk, version=asked.draft.version, answers=told)
    return drafts.generate(actor=borrower, draft_id=asked.draft.pk)


@registry.handler(HANDLER)
def tell(payload: dict[str, Any], context: registry.OutboxContext) -> None:
    """Play one story when its document is ready; DocumentNotReady has the outbox come again. A second run changes nothing."""
    document = Document.objects.select_related("case").get(pk=UUID(payload["document_id"]))
    if document.status == Document.Status.PREPARING:
        raise DocumentNotReady
    if SigningRound.objects.filter(document=document).exists() or document.case.assignee_id is None:
        return
    borrower = accounts.actor_for(User.objects.get(pk=document.case.borrower_id))
    with suppress(KenesError):
        _play(payload["story"], document, borrower, document.case.assignee_id)


def _play(story: str, document: Document, borrower: Actor, manager_id: UUID) -> None:
    match story:
        case "two_in_order":
            manager = accounts.actor_for(User.objects.get(pk=manager_id))
            wishes = [SignerWish(document.case.borrower_id, position=1), SignerWish(manager_id, position=2)]
            rounds.start_round(actor=manager, document_id=document.pk, is_ordered=True, wishes=wishes)
        case "declined":
            request = requests.request_signature(actor=borrower, document_id=document.pk)
            answers.decline_signature(
                actor=borrower, request_id=request.pk, reason="Сначала хочу обсудить цену услуг."
            )
        case "on_paper":
            request = requests.request_signature(actor=borrower, document_id=document.pk)
            photo = a_scan(f"Договор {document.number}\n\n\nПодпись заёмщика: ____________", specks=400)
            papers.hand_in(actor=borrower, request_id=request.pk, data=photo, name="Подписанный договор.jpg")
