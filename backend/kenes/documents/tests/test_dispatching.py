from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from kenes.accounts import selectors as accounts
from kenes.accounts.models import User
from kenes.cases.history import timeline
from kenes.cases.models import Case, CaseDeadline, CaseEvent, Track
from kenes.cases.states.case import CaseStatus
from kenes.cases.states.track import TrackState
from kenes.documents import services
from kenes.documents.errors import DispatchStepNotAllowed
from kenes.documents.models import Dispatch, Document
from kenes.documents.sending import dispatching
from kenes.documents.sending.letter_email import reply_address
from kenes.documents.tests.conftest import confirm_address, sign_and_seal
from kenes.event_log import services as event_log
from kenes.event_log.models import EventRow
from kenes.foundation import clock
from kenes.foundation.actor import SystemActor
from kenes.foundation.errors import Forbidden
from kenes.messaging.events import MessageAccepted, MessageFailed
from kenes.messaging.models import Attempt, Message
from kenes.outbox.models import OutboxRow

pytestmark = pytest.mark.django_db

MAIL_SERVER = SystemActor("messaging")


def run_letters(limit: int = 20) -> None:
    """Run what is due of everything but the mail and SMS servers, whose words the tests give themselves."""
    from kenes.outbox import services as outbox

    for _ in range(limit):
        if not outbox.run_batch("default") + outbox.run_batch("documents"):
            return


def server_says(dispatch: Dispatch, *, accepted: bool, uncertain: bool = False) -> None:
    """What `messaging` notes after it has talked to the creditor's mail server."""
    message = Message.objects.get(pk=dispatch.message_id)
    outcome = Attempt.Outcome.ACCEPTED if accepted else Attempt.Outcome.REFUSED
    Attempt.objects.create(
        message=message, number=1, started_at=clock.now(), ended_at=clock.now(), outcome=outcome
    )
    Message.objects.filter(pk=message.pk).update(
        status="accepted" if accepted else "failed", accepted_at=clock.now() if accepted else None
    )
    fields = {
        "message_id": message.pk, "channel": "email", "kind": message.kind, "key": message.key,
        "correlation": message.case_id,
    }  # fmt: skip
    event = (
        MessageAccepted(**fields)
        if accepted
        else MessageFailed(**fields, failure="smtp_550", uncertain=uncertain)
    )
    event_log.record(event, actor=MAIL_SERVER)
    run_letters()


@pytest.fixture
def sealed(letter: Document) -> Document:
    return sign_and_seal(letter)


@pytest.fixture
def queued(sealed: Document) -> Dispatch:
    confirm_address(sealed.obligation.creditor)
    run_letters()
    return refreshed(sealed.dispatch)


def refreshed(dispatch: Dispatch) -> Dispatch:
    return Dispatch.objects.select_related("document").get(pk=dispatch.pk)


def test_a_letter_waits_until_a_manager_confirms_the_creditors_address(sealed: Document) -> None:
    sealed.obligation.creditor.addresses.all().delete()
    run_letters()
    dispatch = refreshed(sealed.dispatch)
    assert dispatch.status == "waiting_address" and dispatch.message_id is None
    assert not Message.objects.filter(channel="email").exists()
    confirm_address(sealed.obligation.creditor)
    run_letters()
    dispatch = refreshed(sealed.dispatch)
    assert (dispatch.status, dispatch.address) == ("queued", "letters@bank.example")
    assert Message.objects.filter(channel="email").count() == 1


def test_the_mail_carries_the_sealed_letter_and_its_translation(queued: Dispatch) -> None:
    message = Message.objects.get(pk=queued.message_id)
    document = queued.document
    assert message.address == "letters@bank.example"
    assert message.body["subject"] == (
        "Документ № KH-2026-000001-01 по договору № 4417/КР-2024 / № 4417/КР-2024 шарт бойынша № KH-2026-000001-01 құжат"
    )
    assert message.body["reply_to"] == reply_address(document.case)
    assert message.body["reply_to"].startswith("case+kh-2026-000001.")
    files = [row.file_id for row in message.attachments.order_by("position")]
    assert files == [document.sealed_file_id, document.translations.get().pdf_file_id]
    for body in (message.body["text"], message.body["html"]):
        assert "заёмщика Досымова Кайрата Ануаровича" in body
        assert "в течение 15 календарных дней" in body and "күнтізбелік 15 күн ішінде" in body
        assert "k.dosymov@example.com" in body and "870419390122" not in body


def test_acceptance_starts_the_creditors_term_on_the_almaty_day(queued: Dispatch) -> None:
    # 23:30 of the 18th in Almaty is still the 18th, whatever UTC says.
    with clock.frozen(datetime(2026, 11, 18, 23, 30, tzinfo=ZoneInfo("Asia/Almaty"))):
        server_says(queued, accepted=True)
    dispatch = refreshed(queued)
    assert dispatch.status == "accepted" and dispatch.accepted_at is not None
    assert {row.status for row in Document.objects.filter(group=dispatch.document.group)} == {"sent"}
    assert Track.objects.get(pk=dispatch.document.track_id).state == TrackState.SENT
    fact = CaseEvent.objects.get(case=dispatch.document.case, kind="APPLICATION_RECEIVED")
    assert (fact.on, fact.source, fact.obligation_id) == (
        date(2026, 11, 18), "mail_server", dispatch.document.obligation_id,
    )  # fmt: skip
    assert CaseDeadline.objects.get(fact=fact, rule_key="LENDER_REPLY").due == date(2026, 12, 3)


def test_acceptance_told_twice_is_noted_once(queued: Dispatch) -> None:
    server_says(queued, accepted=True)
    OutboxRow.objects.filter(handler__contains="letter_accepted").update(
        status=OutboxRow.Status.PENDING, available_at=clock.now()
    )
    run_letters()
    assert EventRow.objects.filter(type="dispatch.accepted").count() == 1
    assert CaseEvent.objects.filter(kind="APPLICATION_RECEIVED").count() == 1


def test_dispatch_handlers_that_run_twice_send_one_mail(queued: Dispatch) -> None:
    OutboxRow.objects.filter(handler="documents.dispatch").update(
        status=OutboxRow.Status.PENDING, available_at=clock.now()
    )
    run_letters()
    assert Message.objects.filter(channel="email").count() == 1
    assert refreshed(queued).round == 1


def test_a_failed_letter_is_sent_again_by_a_manager_and_shown_as_a_repeat(
    queued: Dispatch, manager: User, api_for: Callable[[User], object]
) -> None:
    server_says(queued, accepted=False)
    dispatch = refreshed(queued)
    assert (dispatch.status, dispatch.failure) == ("failed", "smtp_550")
    assert Track.objects.get(pk=dispatch.document.track_id).state == TrackState.SEND_FAILED
    Case.objects.filter(pk=dispatch.document.case_id).update(assignee=manager)
    dispatching.retry(actor=accounts.actor_for(manager), dispatch_id=dispatch.pk)
    run_letters()
    dispatch = refreshed(queued)
    assert (dispatch.status, dispatch.round) == ("queued", 2)
    server_says(dispatch, accepted=True)
    assert Track.objects.get(pk=dispatch.document.track_id).state == TrackState.SENT
    answer = api_for(manager).call("get", f"/documents/{dispatch.document_id}/").json()["dispatch"]
    assert [(row["outcome"], row["is_repeat"]) for row in answer["attempts"]] == [
        ("refused", False),
        ("accepted", True),
    ]
    assert answer["message_id_header"].startswith("<") and answer["status"] == "accepted"


def test_the_borrower_cannot_send_again_and_nobody_what_is_under_way(
    queued: Dispatch, supervisor: User
) -> None:
    with pytest.raises(DispatchStepNotAllowed):
        dispatching.retry(actor=accounts.actor_for(supervisor), dispatch_id=queued.pk)
    server_says(queued, accepted=False)
    with pytest.raises(Forbidden):
        dispatching.retry(actor=accounts.actor_for(queued.document.case.borrower), dispatch_id=queued.pk)


def test_a_late_word_of_the_server_corrects_an_assumed_failure(queued: Dispatch) -> None:
    server_says(queued, accepted=False, uncertain=True)
    assert refreshed(queued).failure == "smtp_550_uncertain"
    dispatching.accepted(message_id=queued.message_id, on=date(2026, 11, 18))
    assert refreshed(queued).status == "accepted"
    assert Track.objects.get(pk=queued.document.track_id).state == TrackState.SENT


def test_a_cancelled_case_sends_nothing(sealed: Document) -> None:
    Case.objects.filter(pk=sealed.case_id).update(status=CaseStatus.CANCELLED)
    confirm_address(sealed.obligation.creditor)
    run_letters()
    dispatch = refreshed(sealed.dispatch)
    assert (dispatch.status, dispatch.failure) == ("failed", "case_ended")
    assert not Message.objects.filter(channel="email").exists()


def test_messages_of_others_are_left_alone(queued: Dispatch) -> None:
    dispatching.accepted(message_id=queued.document_id, on=date(2026, 11, 18))
    dispatching.failed(message_id=queued.document_id, reason="x")
    dispatching.delivered(message_id=queued.document_id)
    assert refreshed(queued).status == "queued"


def test_delivery_is_kept(queued: Dispatch) -> None:
    server_says(queued, accepted=True)
    dispatching.delivered(message_id=queued.message_id)
    assert refreshed(queued).status == "delivered"


@pytest.mark.parametrize("language", ["ru", "kk", "en"])
def test_the_history_tells_of_letter_and_dispatch(queued: Dispatch, language: str) -> None:
    from django.utils import translation

    server_says(queued, accepted=True)
    case = queued.document.case
    with translation.override(language):
        items, _more = timeline.page_of(
            actor=accounts.actor_for(case.borrower), case=case, language=language, limit=50, before=None
        )
    told = [item.entry for item in items if item.entry.document_id is not None]
    titles = {
        "ru": "Почтовый сервер кредитора принял письмо",
        "kk": "Кредитордың пошта сервері хатты қабылдады",
        "en": "The creditor's mail server has accepted the letter",
    }
    assert told[0].title == titles[language]
    assert [entry.kind for entry in told][:2] == ["dispatch", "dispatch"]
    assert len({entry.title for entry in told}) == len(told) >= 5
    assert "KH-2026-000001-01" in told[0].text


def test_renewing_after_signature_is_refused_also_while_it_waits(sealed: Document) -> None:
    with pytest.raises(Exception, match=r"document\.already_signed"):
        services.regenerate(actor=accounts.actor_for(sealed.case.borrower), document_id=sealed.pk)
