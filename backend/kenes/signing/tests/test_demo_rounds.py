"""The demonstration of signing: three stories, each once, when the documents are ready."""

from __future__ import annotations

from typing import Any

import pytest

from kenes.accounts.models import Role
from kenes.cases.models import Case
from kenes.documents.models import Document
from kenes.foundation.identifiers import new_id
from kenes.outbox.registry import OutboxContext
from kenes.signing import demo_rounds
from kenes.signing.errors import DocumentNotReady
from kenes.signing.models import SignatureRequest, SignedPaper, SigningRound
from kenes.signing.tests.factories import make_borrower, make_document, make_person

pytestmark = pytest.mark.django_db


def _document() -> Document:
    document = make_document(make_borrower())
    Document.objects.filter(pk=document.pk).update(code=demo_rounds.KIND)
    Case.objects.filter(pk=document.case_id).update(assignee=make_person(role=Role.MANAGER))
    return document


@pytest.fixture
def context() -> Any:
    return OutboxContext(id=new_id(), attempt=1)


@pytest.mark.parametrize(
    ("story", "of_round", "of_requests"),
    [
        ("two_in_order", "open", ["pending", "pending"]),
        ("declined", "declined", ["declined"]),
        ("on_paper", "open", ["on_check"]),
    ],
)
def test_each_story_is_told_once(context: Any, story: str, of_round: str, of_requests: list[str]) -> None:
    payload = {"document_id": str(_document().pk), "story": story}

    demo_rounds.tell(payload, context)
    demo_rounds.tell(payload, context)

    assert SigningRound.objects.get().status == of_round
    assert list(SignatureRequest.objects.values_list("status", flat=True)) == of_requests
    assert SignedPaper.objects.count() == (story == "on_paper")


def test_a_story_waits_for_its_document(context: Any) -> None:
    document = _document()
    Document.objects.filter(pk=document.pk).update(status="preparing")
    with pytest.raises(DocumentNotReady):
        demo_rounds.tell({"document_id": str(document.pk), "story": "declined"}, context)
    assert not SigningRound.objects.exists()
