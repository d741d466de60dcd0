"""From a submitted case to a sealed letter that is handed over for sending: real letters, LibreOffice, seal and log."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Iterator
from datetime import date

import pypdf
import pytest
from django.conf import settings

from kenes.accounts.models import User
from kenes.accounts.selectors import actor_for
from kenes.cases import testing as cases
from kenes.cases.history import timeline
from kenes.cases.models import Case, Track
from kenes.cases.states.track import TrackState
from kenes.documents import selectors as documents
from kenes.documents import services as document_services
from kenes.documents import testing as letters
from kenes.documents.models import Dispatch, Document
from kenes.event_log import selectors as event_log
from kenes.files import services as files
from kenes.foundation import clock
from kenes.outbox import services as outbox
from kenes.signing import verification
from kenes.signing.models import SignatureRequest, VerificationRecord
from kenes.signing.services import answers, requests
from kenes.signing.tests.factories import request_with_code, sign

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 18)


@pytest.fixture
def borrower() -> Iterator[User]:
    if not settings.CONVERTER_URLS:
        pytest.fail("CONVERTER_URLS names no converter: start the test services with one")
    cases.load_reference_data()
    letters.load_reference_data()
    with clock.demo_today(TODAY):
        yield cases.make_borrower()


@pytest.fixture
def case(borrower: User) -> Case:
    made = cases.make_case(borrower)
    _react()
    return made


@pytest.fixture
def letter(case: Case) -> Document:
    return Document.objects.get(case=case, language="ru")


def _react() -> None:
    """Everything but the mail and SMS servers."""
    while outbox.run_batch("default") + outbox.run_batch("documents"):
        pass


def test_a_real_letter_is_signed_sealed_verified_and_handed_over(
    borrower: User, case: Case, letter: Document
) -> None:
    shown = files.read(letter.pdf_file)
    sign(borrower, letter)
    _react()

    letter.refresh_from_db()
    record = VerificationRecord.objects.get(document=letter)
    sealed = files.read(letter.sealed_file)
    assert sealed.startswith(shown)
    assert record.original_sha256 == hashlib.sha256(shown).hexdigest()
    assert len(pypdf.PdfReader(io.BytesIO(sealed)).pages) == letter.pages + 1
    assert Track.objects.get(pk=letter.track_id).state == TrackState.SIGNED
    assert Dispatch.objects.get(document=letter).round <= 1
    assert verification.verify_token(record.token).verdict == "valid"
    assert verification.verify_file(sealed).reason_code == "sealed_known"
    assert documents.verify_urls([letter.pk])[letter.pk].endswith(f"/verify/{record.token}")
    assert not list(event_log.verify())


def test_the_history_of_the_case_tells_of_code_and_signature(
    borrower: User, case: Case, letter: Document
) -> None:
    sign(borrower, letter)
    _react()

    items, _next = timeline.page_of(
        actor=actor_for(borrower), case=case, language="ru", limit=50, before=None
    )

    kinds = [(item.entry.kind, item.entry.channel) for item in items]
    assert ("signature", "sms") in kinds
    texts = " ".join(f"{item.entry.title} {item.entry.text}" for item in items)
    assert letter.number in texts
    assert borrower.phone not in texts


def test_making_a_letter_anew_closes_the_open_request(borrower: User, letter: Document) -> None:
    actor = actor_for(borrower)
    request = request_with_code(actor, letter)

    document_services.regenerate(actor=actor, document_id=letter.pk)
    _react()

    assert SignatureRequest.objects.get(pk=request.pk).status == "failed"


def test_a_declined_letter_can_be_asked_for_again(borrower: User, case: Case, letter: Document) -> None:
    actor = actor_for(borrower)
    request = request_with_code(actor, letter)
    answers.decline_signature(actor=actor, request_id=request.pk, reason="Неверная сумма")

    fresh = requests.request_signature(actor=actor, document_id=letter.pk)

    assert fresh.pk != request.pk
    items, _next = timeline.page_of(actor=actor, case=case, language="ru", limit=50, before=None)
    assert any("Неверная сумма" in item.entry.text for item in items)
