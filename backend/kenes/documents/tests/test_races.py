"""Two workers or two clicks at the same moment, with real transactions."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from django.db import connection

from kenes.accounts import selectors as accounts
from kenes.accounts.models import User
from kenes.cases import testing as cases
from kenes.cases.models import Track
from kenes.documents import services
from kenes.documents.errors import DocumentAlreadySigned
from kenes.documents.models import Dispatch, Document, DocumentPage
from kenes.documents.preparing import preparation
from kenes.documents.sending import dispatching
from kenes.documents.tests.conftest import SYSTEM, confirm_address, sign_and_seal
from kenes.event_log.models import EventRow
from kenes.foundation import clock
from kenes.messaging.models import Message
from kenes.outbox.models import OutboxRow

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*calls: Callable[[], Any]) -> list[Any]:
    """Run all calls at the same moment in threads of their own; results or exceptions in their order."""
    barrier = Barrier(len(calls))

    def run(call: Callable[[], Any]) -> Any:
        try:
            with clock.demo_today(cases_day):
                barrier.wait()
                return call()
        except Exception as problem:
            return problem
        finally:
            connection.close()

    cases_day = clock.today()
    with ThreadPoolExecutor(len(calls)) as threads:
        return list(threads.map(run, calls))


def test_two_at_the_same_moment_do_everything_once(
    borrower: User, today: object, run_outbox: Callable[[], int]
) -> None:
    case = cases.make_case(borrower)
    track = Track.objects.get(case=case, kind="RESTRUCTURING")
    OutboxRow.objects.all().delete()

    opened = at_once(*[lambda: services.open_letter(track_id=track.pk)] * 3)
    assert len({document.pk for document in opened}) == 1
    assert Document.objects.filter(case=case).count() == 2

    ids = list(Document.objects.filter(case=case).values_list("pk", flat=True))
    made = at_once(*[lambda pk=pk: preparation.prepare(document_id=pk, last_try=False) for pk in ids * 2])
    assert made == [None] * 4
    assert EventRow.objects.filter(type="document.ready").count() == 1

    letter = opened[0]
    actor = accounts.actor_for(borrower)
    pages = at_once(*[lambda: services.page_picture(actor=actor, document_id=letter.pk, page=1)] * 3)
    assert len(set(pages)) == 1 and DocumentPage.objects.count() == 1

    def sign() -> Document:
        return services.mark_signed(actor=SYSTEM, document_id=letter.pk, signed_at=clock.now())

    signed = at_once(sign, sign, lambda: services.regenerate(actor=actor, document_id=letter.pk))
    if isinstance(signed[2], Document):
        assert all(isinstance(result, Exception) for result in signed[:2])
        run_outbox()
        letter = Document.objects.get(pk=signed[2].pk)
        sign()
    else:
        assert isinstance(signed[2], DocumentAlreadySigned)
        assert sorted(type(result).__name__ for result in signed[:2]) == ["Document", "DocumentAlreadySigned"]
    _sends_once(Document.objects.get(pk=letter.pk))


def _sends_once(letter: Document) -> None:
    confirm_address(letter.obligation.creditor)
    sealed = sign_and_seal(letter, signed=True)
    dispatch = Dispatch.objects.get(document=sealed)
    sent = at_once(*[lambda: dispatching.send(dispatch_id=dispatch.pk)] * 3)
    assert sent == [None] * 3
    assert Message.objects.filter(channel="email").count() == 1
    assert EventRow.objects.filter(type="dispatch.queued").count() == 1
