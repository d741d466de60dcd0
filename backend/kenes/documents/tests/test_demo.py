"""The demonstration has something to answer for the borrower whose login it prints."""

from typing import Any

from kenes.accounts import demo as demo_people
from kenes.accounts import demo_people as demo_organisations
from kenes.accounts import selectors as accounts
from kenes.cases import selectors
from kenes.cases.demo import cases as demo_cases
from kenes.cases.models import AnswerKind, CreditorAnswer, JobKind, ListJob
from kenes.creditors import demo as demo_lenders
from kenes.documents.demo import letters as demo
from kenes.documents.demo import versions as demo_versions
from kenes.documents.models import Document
from kenes.foundation.values import PhoneNumber


def test_the_printed_borrower_has_an_offer_to_answer(settings: Any, reference: None) -> None:
    settings.DEMO = True
    demo_people.load()
    demo_organisations.load()
    demo_cases.load_demo_cases(9)
    demo_lenders.join_organisations()
    demo.load()
    borrower = accounts.find_by_phone(PhoneNumber.parse(demo_people.BORROWER_PHONE))
    assert borrower is not None
    own = selectors.cases_visible_to(accounts.actor_for(borrower))
    assert own.count() == 3
    offers = CreditorAnswer.objects.filter(obligation__case__in=own, kind=AnswerKind.OFFER)
    assert offers.exists()
    before = CreditorAnswer.objects.count()
    demo.load()
    assert CreditorAnswer.objects.count() == before


def test_some_documents_have_a_history(settings: Any, reference: None) -> None:
    settings.DEMO = True
    demo_people.load()
    demo_organisations.load()
    demo_cases.load_demo_cases(9)
    demo_versions.load()
    assert Document.objects.filter(reason__isnull=False, replaces__isnull=False).exists()
    assert Document.objects.filter(status="void", void_reason__isnull=False).exists()
    assert ListJob.objects.filter(kind=JobKind.DOCUMENT).count() == 1
    before = Document.objects.count()
    demo_versions.load()
    assert Document.objects.count() == before and ListJob.objects.filter(kind=JobKind.DOCUMENT).count() == 1
