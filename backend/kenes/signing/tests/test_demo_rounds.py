"""The demonstration of signing: three stories, each once, when the documents are ready."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest

from kenes.accounts.models import Role
from kenes.cases import testing
from kenes.cases.api import inputs
from kenes.cases.models import Case, CaseStory
from kenes.documents import services as documents
from kenes.documents.models import Document
from kenes.foundation import clock
from kenes.foundation.identifiers import new_id
from kenes.outbox.models import OutboxRow
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


def _story() -> dict[str, Any]:
    with clock.demo_today(date(2026, 11, 18)):
        told = inputs.validated(testing.form_data())
    parts = ("income", "hardship", "relief")
    return {part: json.loads(json.dumps(told[part], default=str)) for part in parts}


def test_contracts_are_ordered_for_cases_once(settings: Any) -> None:
    settings.DEMO = True
    documents.load_reference_data()
    for _ in range(4):
        case = make_document(make_borrower()).case
        Case.objects.filter(pk=case.pk).update(assignee=make_person(role=Role.MANAGER))
        CaseStory.objects.create(case=case, address="г. Алматы, мкр. 8", assets=[], **_story())

    demo_rounds.load()
    demo_rounds.load()

    # The first three cases have stories of their documents.
    contract = Document.objects.get(code=demo_rounds.KIND, translation_of=None)
    row = OutboxRow.objects.get(handler=demo_rounds.HANDLER)
    assert row.payload == {"document_id": str(contract.pk), "story": "two_in_order"}
