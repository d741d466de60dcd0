"""Nothing is sent to a creditor without the consent that covers it, however the moments fall."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection

from kenes.accounts import consents
from kenes.accounts.models import ConsentText, Role, User
from kenes.cases.models import Case
from kenes.documents.models import Dispatch, Document
from kenes.documents.sending import dispatching
from kenes.documents.tests.conftest import confirm_address, make_staff, sign_and_seal
from kenes.event_log.models import EventRow
from kenes.files import services as files
from kenes.foundation import clock
from kenes.foundation.actor import Actor
from kenes.messaging import delivery
from kenes.messaging.models import Message
from kenes.outbox import services as outbox

KIND = "creditor_transfer"


def run_letters() -> None:
    """Everything but the mail server."""
    for _round in range(20):
        if not outbox.run_batch("default"):
            return


@pytest.fixture
def dispatch(case: Case) -> Dispatch:
    """A letter that was signed and sealed and waits for the creditor's address; its PDF was not drawn by a converter."""
    run_letters()
    document = Document.objects.get(case=case, language="ru")
    pdf = files.store(
        data=b"%PDF-1.7", name="a.pdf", mime="application/pdf", origin="generated",
        owner_kind="document", owner_id=document.pk,
    )  # fmt: skip
    Document.objects.filter(pk=document.pk).update(
        status="ready_to_sign", docx_file=pdf, pdf_file=pdf, sha256=pdf.sha256, sizes=[[10, 10]],
        content=_content(document), ready_at=clock.now(),
    )  # fmt: skip
    document.refresh_from_db()
    sealed = sign_and_seal(document)
    sealed.obligation.creditor.addresses.all().delete()
    send(sealed.dispatch)
    return fresh(sealed.dispatch)


def _content(document: Document) -> Any:
    from kenes.documents.tests.letters import BANK_LETTER

    return BANK_LETTER.to_json()


def fresh(dispatch: Dispatch) -> Dispatch:
    return Dispatch.objects.select_related("document__obligation__creditor").get(pk=dispatch.pk)


def send(dispatch: Dispatch) -> None:
    dispatching.send(dispatch_id=dispatch.pk)


def actor_of(person: User) -> Actor:
    return Actor(user_id=person.pk, roles=frozenset({"borrower"}))


def withdraw(person: User) -> None:
    consents.withdraw(actor=actor_of(person), kind=KIND, reason="передумал")


def accept(person: User) -> None:
    text = ConsentText.objects.filter(kind=KIND, language="ru").latest("version")
    consents.accept(
        actor=actor_of(person), kind=KIND, version=text.version, sha256=text.sha256, ip="", user_agent=""
    )


def letters() -> int:
    return Message.objects.filter(channel="email", kind=dispatching.MESSAGE_KIND).count()


pytestmark = pytest.mark.django_db


def test_without_consent_a_letter_is_held_and_goes_on_when_it_is_given_again(
    dispatch: Dispatch, borrower: User
) -> None:
    withdraw(borrower)
    run_letters()
    held = fresh(dispatch)
    assert (held.status, held.failure) == ("waiting_consent", "consent_withdrawn")
    assert EventRow.objects.filter(type="dispatch.held").count() == 1

    confirm_address(dispatch.document.obligation.creditor)
    send(dispatch)
    assert fresh(dispatch).status == "waiting_consent"
    assert letters() == 0

    accept(borrower)
    run_letters()
    send(dispatch)
    assert (fresh(dispatch).status, fresh(dispatch).failure) == ("queued", "")
    assert letters() == 1


def test_sending_itself_looks_at_the_consent(dispatch: Dispatch, borrower: User) -> None:
    confirm_address(dispatch.document.obligation.creditor)
    withdraw(borrower)
    send(dispatch)  # before the reaction to the withdrawal has run
    assert fresh(dispatch).status == "waiting_consent"
    assert letters() == 0


def test_a_queued_letter_is_taken_back_from_the_queue(dispatch: Dispatch, borrower: User) -> None:
    confirm_address(dispatch.document.obligation.creditor)
    send(dispatch)
    queued = fresh(dispatch)
    assert queued.status == "queued"
    withdraw(borrower)
    run_letters()
    assert fresh(dispatch).status == "waiting_consent"
    assert Message.objects.get(pk=queued.message_id).body is None


def test_the_mail_is_not_given_to_the_server_after_a_withdrawal(dispatch: Dispatch, borrower: User) -> None:
    confirm_address(dispatch.document.obligation.creditor)
    send(dispatch)
    message_id = fresh(dispatch).message_id
    assert message_id is not None
    withdraw(borrower)  # its reaction has not run yet
    delivery.deliver_email(message_id=message_id, last_try=False)
    message = Message.objects.get(pk=message_id)
    assert (message.status, message.failure) == ("failed", "consent_withdrawn")
    assert not message.attempts.exists()
    run_letters()
    assert (fresh(dispatch).status, fresh(dispatch).failure) == ("waiting_consent", "consent_withdrawn")


def test_a_manager_cannot_push_a_letter_out_without_consent(dispatch: Dispatch, borrower: User) -> None:
    supervisor = make_staff("boss@example.com", Role.SUPERVISOR)
    confirm_address(dispatch.document.obligation.creditor)
    Dispatch.objects.filter(pk=dispatch.pk).update(status="failed", failure="smtp_550")
    withdraw(borrower)
    from kenes.accounts.testing import an_actor

    retried = dispatching.retry(actor=an_actor("supervisor", user_id=supervisor.pk), dispatch_id=dispatch.pk)
    assert (retried.status, retried.failure) == ("waiting_consent", "consent_withdrawn")
    assert letters() == 0


def test_another_kind_of_consent_stops_no_letter(dispatch: Dispatch, borrower: User) -> None:
    consents.withdraw(actor=actor_of(borrower), kind="sms_agreement", reason="")
    run_letters()
    assert fresh(dispatch).status == "waiting_address"


def test_a_newer_wording_of_the_text_stops_no_letter(dispatch: Dispatch) -> None:
    ConsentText.objects.create(
        kind=KIND, version=2, language="ru", title="t", body="b", sha256=consents.digest("t", "b"),
        needs_lawyer_review=False,
    )  # fmt: skip
    confirm_address(dispatch.document.obligation.creditor)
    send(dispatch)
    assert fresh(dispatch).status == "queued"


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("attempt", range(4))
def test_withdrawal_and_sending_at_the_same_moment(dispatch: Dispatch, borrower: User, attempt: int) -> None:
    """One of both wins: either the message was queued before the withdrawal, or it does not exist."""
    confirm_address(dispatch.document.obligation.creditor)
    gate = threading.Barrier(2)

    def together(work: Callable[[], None]) -> threading.Thread:
        def run() -> None:
            try:
                gate.wait(5)
                work()
            finally:
                connection.close()

        thread = threading.Thread(target=run)
        thread.start()
        return thread

    threads = [together(lambda: send(dispatch)), together(lambda: withdraw(borrower))]
    for thread in threads:
        thread.join(20)
    row = fresh(dispatch)
    if row.status == "queued":
        queued = EventRow.objects.get(type="dispatch.queued")
        assert queued.at <= EventRow.objects.get(type="consent.withdrawn").at
    else:
        assert (row.status, letters()) == ("waiting_consent", 0)
    run_letters()
    assert fresh(dispatch).status == "waiting_consent"
    if row.message_id:
        delivery.deliver_email(message_id=row.message_id, last_try=False)
        assert not Message.objects.get(pk=row.message_id).attempts.exists()
