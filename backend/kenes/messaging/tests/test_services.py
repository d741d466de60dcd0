"""Taking messages for sending: limits, keys, checks. Nothing here talks to a provider."""

import threading
import uuid
from datetime import timedelta

import pytest
from django.db import connection

from kenes.files import services as files
from kenes.files.errors import FileNotReady, StoredFileNotFound
from kenes.files.testing import a_pdf
from kenes.foundation import clock
from kenes.foundation.errors import Throttled
from kenes.messaging import selectors, services, status_reports
from kenes.messaging.errors import AttachmentsTooLarge, EmailAddressWrong, MessageTooLong, PhoneNotReachable
from kenes.messaging.models import Message
from kenes.outbox.models import OutboxRow


def sms(key: str = "one", **given) -> Message:
    fields = {"phone": "+77012345678", "text": "Код 123456", "kind": "sign_in"}
    return services.send_sms(key=key, **(fields | given))


def letter(key: str = "one", **given) -> Message:
    fields = {"to": "bank@example.kz", "subject": "S", "text": "T", "html": "", "kind": "dispatch"}
    return services.send_email(key=key, **(fields | given))


pytestmark = pytest.mark.django_db


def test_message_and_its_outbox_row_are_made_together():
    message = sms()
    row = OutboxRow.objects.get()
    assert (row.handler, row.lane, row.payload) == (
        "messaging.deliver_sms",
        "sms",
        {"message_id": str(message.pk)},
    )
    assert message.status == "queued"


@pytest.mark.parametrize("make", [sms, letter])
def test_same_key_gives_the_first_message_back(make):
    assert make().pk == make().pk
    assert OutboxRow.objects.count() == 1


def test_number_and_text_are_not_readable_in_the_database():
    sms(text="Код 482913")
    with connection.cursor() as cursor:
        cursor.execute("SELECT address, body, key, address_hash FROM messaging_message")
        row = cursor.fetchone()
    stored = b"".join(bytes(value) if not isinstance(value, str) else value.encode() for value in row)
    assert b"482913" not in stored
    assert b"77012345678" not in stored


@pytest.mark.parametrize(
    "phone", ["+7701234567", "+76012345678", "+4917012345678", "77012345678", "+7701234567٨", ""]
)
def test_only_mobile_numbers_of_kazakhstan(phone):
    with pytest.raises(PhoneNotReachable):
        sms(phone=phone)


@pytest.mark.parametrize("text", ["", "  ", "ж" * 671])
def test_text_must_fit(text):
    with pytest.raises(MessageTooLong):
        sms(text=text)


def test_hour_and_day_limits_per_number(settings):
    settings.SMS_PER_NUMBER = (2, 3)
    sms("1")
    sms("2")
    with pytest.raises(Throttled) as hour:
        sms("3")
    assert hour.value.extra["retry_after"] == 3600
    sms("other", phone="+77012345679")
    with clock.frozen(clock.now() + timedelta(hours=2)):
        sms("3")
        with pytest.raises(Throttled) as day:
            sms("4")
    assert day.value.extra["retry_after"] == 86_400


@pytest.mark.django_db(transaction=True)
def test_parallel_sends_cannot_pass_the_limit(settings):
    settings.SMS_PER_NUMBER = (3, 10)
    refused = []

    def send(number: int) -> None:
        try:
            sms(f"parallel-{number}")
        except Throttled:
            refused.append(number)
        finally:
            connection.close()

    threads = [threading.Thread(target=send, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (Message.objects.count(), len(refused)) == (3, 5)


@pytest.mark.django_db(transaction=True)
def test_parallel_sends_with_one_key_make_one_message():
    made = []

    def send() -> None:
        try:
            made.append(letter("same").pk)
        finally:
            connection.close()

    threads = [threading.Thread(target=send) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(made) == 6
    assert len(set(made)) == 1
    assert OutboxRow.objects.count() == 1


@pytest.mark.parametrize("address", ["", "bank", "bank@", "a@b.kz\nBcc: x@y.kz", "a@b.kz, c@d.kz"])
def test_wrong_mail_address_is_refused(address):
    with pytest.raises(EmailAddressWrong):
        letter(to=address)


def stored(size: int, origin: str = "generated"):
    return files.store(
        data=a_pdf() + b"x" * size, name="a.pdf", mime="application/pdf", origin=origin,
        owner_kind="case", owner_id=uuid.uuid4(),
    )  # fmt: skip


def test_attachments_are_kept_in_order(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    first, second = stored(1), stored(2)
    message = letter(attachments=[second.pk, first.pk])
    assert [row.file_id for row in message.attachments.all()] == [second.pk, first.pk]


def test_attachments_over_the_limit_are_refused(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    with pytest.raises(AttachmentsTooLarge):
        letter(attachments=[stored(6 * 1024 * 1024).pk, stored(5 * 1024 * 1024).pk])


def test_unchecked_upload_cannot_be_sent(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    with pytest.raises(FileNotReady):
        letter(attachments=[stored(0, "uploaded").pk])


def test_unknown_attachment_is_refused():
    with pytest.raises(StoredFileNotFound):
        letter(attachments=[uuid.uuid4()])


def test_message_id_is_made_once_of_our_domain(settings):
    message = letter()
    assert message.message_id_header == f"<{message.pk}@{settings.EMAIL_DOMAIN}>"


def test_codes_are_erased_after_ten_minutes_and_letters_stay():
    code, plain, mail = sms("code", sensitive=True), sms("plain"), letter("mail")
    assert status_reports.erase_codes() == 0
    with clock.frozen(clock.now() + timedelta(minutes=11)):
        assert status_reports.erase_codes() == 1
    for message in (code, plain, mail):
        message.refresh_from_db()
    assert (code.body, bool(plain.body), bool(mail.body)) == (None, True, True)


def test_code_that_was_erased_before_sending_is_not_sent(run_outbox):
    message = sms(sensitive=True)
    with clock.frozen(clock.now() + timedelta(minutes=11)):
        status_reports.erase_codes()
        run_outbox()
    message.refresh_from_db()
    assert (message.status, message.failure) == ("failed", "expired")


def test_messages_of_many_dispatches_take_two_queries(django_assert_num_queries):
    ids = [letter(f"k{number}").pk for number in range(5)]
    with django_assert_num_queries(2):
        found = selectors.messages_by_id(ids)
        assert [list(found[one].attempts.all()) for one in ids] == [[]] * 5


def test_withdrawn_message_never_leaves(run_outbox):
    message = sms(sensitive=True)
    assert services.withdraw(message.pk)
    run_outbox()
    message.refresh_from_db()
    assert (message.status, message.body, message.attempts.count()) == ("failed", None, 0)


@pytest.mark.parametrize("outcome", ["", "unknown"])
def test_message_that_may_be_with_the_provider_is_not_withdrawn(outcome):
    message = sms(sensitive=True)
    ended = {"ended_at": clock.now(), "outcome": outcome} if outcome else {}
    message.attempts.create(number=1, started_at=clock.now(), is_repeat=False, **ended)
    assert not services.withdraw(message.pk)
    message.refresh_from_db()
    assert message.body is not None
