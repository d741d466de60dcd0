"""Reminders of agreed payments: three days before and on the day, once, never of what is paid, closed or switched off."""

import threading
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest
from django.db import connection

from kenes.accounts.models import User
from kenes.cases.models import Case, Obligation, PaymentReminder, ScheduleRow
from kenes.cases.obligations import debt_payments, payment_reminders
from kenes.cases.tests.debt_world import World, make_world
from kenes.event_log.models import EventRow
from kenes.foundation import clock
from kenes.messaging.models import Message
from kenes.outbox.models import OutboxRow

pytestmark = pytest.mark.django_db
ApiFor = Callable[[User], Any]
DUE = date(2026, 12, 18)
TABLE = "1;18.12.2026;50 000,50;1 000;51 000,50\n2;18.01.2027;50000;500;50500"


@pytest.fixture
def world(borrower: User, manager: User, supervisor: User, today: date) -> World:
    User.objects.filter(pk=borrower.pk).update(email="aigul@example.com", email_verified_at=clock.now())
    borrower.refresh_from_db()
    return make_world(borrower, manager, supervisor)


@pytest.fixture
def row(world: World, api_for: ApiFor) -> ScheduleRow:
    body = {"text": TABLE, "source": "lender"}
    answer = api_for(world.manager).call("put", world.at(0, "schedules/agreed/"), body, **world.match())
    assert answer.status_code == 200, answer.content
    return ScheduleRow.objects.get(schedule__kind="agreed", number=1)


def made() -> list[tuple[int, int]]:
    rows = PaymentReminder.objects.order_by("-days_ahead").values_list("row__number", "days_ahead")
    return list(rows)


def write_letters() -> None:
    for row in OutboxRow.objects.filter(handler=payment_reminders.HANDLER):
        payment_reminders.send_letter(UUID(row.payload["reminder_id"]))


def reminded_on(day: date) -> int:
    with clock.demo_today(day):
        return payment_reminders.remind_due()


def test_three_days_before_and_on_the_day_once_each(world: World, row: ScheduleRow) -> None:
    assert reminded_on(DUE - timedelta(days=4)) == 0
    for ahead in (3, 2, 1, 0):
        with clock.demo_today(DUE - timedelta(days=ahead)):
            assert [payment_reminders.remind_due() for _ in range(2)] == [int(ahead in (3, 0)), 0]
            write_letters()
    assert reminded_on(DUE + timedelta(days=1)) == 0
    assert made() == [(1, 3), (1, 0)]
    first, second = Message.objects.filter(kind="payment_reminder").order_by("created_at")
    assert first.address == "aigul@example.com"
    words = first.body["text"].replace("\xa0", " ")
    assert "18 декабря 2026 г." in words
    assert "Осталось: 3 дня." in words
    assert "Сегодня день этого платежа" in second.body["text"]
    for letter in (first, second):
        assert "51" not in letter.body["subject"]
        assert world.debts[0].creditor.name("ru") not in letter.body["text"]
        assert "51 000" not in letter.body["text"].replace("\xa0", " ")
    told = EventRow.objects.filter(type="debt.payment_reminder_due")
    assert sorted(event.data["days_ahead"] for event in told) == [0, 3]


def test_a_timer_that_was_down_reminds_once(row: ScheduleRow) -> None:
    assert reminded_on(DUE - timedelta(days=1)) == 1
    assert reminded_on(DUE) == 1
    assert made() == [(1, 3), (1, 0)]


def test_letters_wait_for_the_morning(row: ScheduleRow) -> None:
    # 19:05 UTC is five past midnight in Almaty.
    with clock.demo_today(DUE), clock.frozen(clock.now().replace(hour=19, minute=5)):
        assert payment_reminders.remind_due() == 1
        (waiting,) = OutboxRow.objects.filter(handler=payment_reminders.HANDLER)
        hours = (waiting.available_at - clock.now()).total_seconds() / 3600
    assert 7.9 < hours < 8


def paid(row: ScheduleRow) -> None:
    ScheduleRow.objects.filter(pk=row.pk).update(paid_on=DUE, paid_tiyn=row.total_tiyn)


def confirmed(row: ScheduleRow) -> None:
    ScheduleRow.objects.filter(pk=row.pk).update(confirmed_on=DUE, confirmed_tiyn=row.total_tiyn)


def closed(row: ScheduleRow) -> None:
    Case.objects.filter(obligations=row.schedule.obligation_id).update(status="cancelled")


def replaced(row: ScheduleRow) -> None:
    row.schedule.superseded_at = clock.now()
    row.schedule.save(update_fields=["superseded_at"])


def off(row: ScheduleRow) -> None:
    Obligation.objects.filter(pk=row.schedule.obligation_id).update(reminds_of_payments=False)


@pytest.mark.parametrize("over", [paid, confirmed, closed, replaced, off])
def test_nobody_is_reminded_of_what_is_over(row: ScheduleRow, over: Callable[[ScheduleRow], None]) -> None:
    with clock.demo_today(DUE - timedelta(days=3)):
        assert payment_reminders.remind_due() == 1
        over(row)
        write_letters()
    assert not Message.objects.filter(kind="payment_reminder").exists()
    assert reminded_on(DUE) == 0
    assert made() == [(1, 3)]


def test_a_part_paid_is_reminded_of_and_an_unconfirmed_address_gets_no_letter(
    world: World, row: ScheduleRow
) -> None:
    ScheduleRow.objects.filter(pk=row.pk).update(paid_on=DUE, paid_tiyn=1)
    User.objects.filter(pk=world.borrower.pk).update(email_verified_at=None)
    with clock.demo_today(DUE):
        assert payment_reminders.remind_due() == 1
        write_letters()
    assert not Message.objects.filter(kind="payment_reminder").exists()


def test_the_borrower_sees_the_day_and_switches_it_off(
    world: World, row: ScheduleRow, api_for: ApiFor
) -> None:
    page = api_for(world.borrower).call("get", f"/cases/{world.case.pk}/debts/").json()
    debt = page["items"][0]
    assert debt["reminds_of_payments"] is True
    assert "set_reminders" in debt["allowed_actions"]
    assert debt["schedules"][0]["remind_on"] == "2026-12-15"
    address = world.at(0, "payment-reminders/")
    for _again in range(2):
        answer = api_for(world.borrower).call("post", address, {"on": False}).json()
        assert (answer["reminds_of_payments"], answer["schedules"][0]["remind_on"]) == (False, None)
    events = EventRow.objects.filter(type="debt.payment_reminders_set")
    assert [event.data["on"] for event in events] == [False]
    assert reminded_on(DUE) == 0
    assert api_for(world.borrower).call("post", address, {"on": True}).json()["reminds_of_payments"] is True
    with clock.demo_today(DUE - timedelta(days=3)):
        shown = api_for(world.borrower).call("get", world.at(0, "schedules/agreed/")).json()
        assert shown["remind_on"] == "2026-12-18"


def test_only_the_borrowers_side_switches_reminders(world: World, row: ScheduleRow, api_for: ApiFor) -> None:
    address = world.at(0, "payment-reminders/")
    one, two = world.officers
    tried = {
        "manager": api_for(world.manager).call("post", address, {"on": False}).status_code,
        "own creditor": api_for(one).call("post", address, {"on": False}).status_code,
        "other creditor": api_for(two).call("post", address, {"on": False}).status_code,
    }
    assert tried == {"manager": 403, "own creditor": 403, "other creditor": 404}
    seen = api_for(one).call("get", world.at(0)).json()
    assert seen["schedules"][0]["remind_on"] is None
    for wrong in ({}, {"on": "yes"}, {"on": None}, {"on": True, "more": 1}):
        assert api_for(world.borrower).call("post", address, wrong).status_code == 400
    Case.objects.filter(pk=world.case.pk).update(status="cancelled")
    assert api_for(world.borrower).call("post", address, {"on": False}).json()["code"] == "debt.case_ended"


def test_reminders_stand_in_the_history(world: World, row: ScheduleRow, api_for: ApiFor) -> None:
    reminded_on(DUE)
    lines = api_for(world.borrower).call("get", f"/cases/{world.case.pk}/timeline/").json()["items"]
    assert "Напоминание о платеже" in [line["title"] for line in lines]


def test_looking_for_what_is_due_costs_one_query(
    world: World, row: ScheduleRow, django_assert_num_queries: Any
) -> None:
    with clock.demo_today(DUE):
        payment_reminders.remind_due()
        with django_assert_num_queries(1):
            payment_reminders.remind_due()


@pytest.mark.django_db(transaction=True)
def test_two_timers_at_once_remind_once(world: World, row: ScheduleRow) -> None:
    start = threading.Barrier(2)
    counts: list[int] = []

    def run() -> None:
        with clock.demo_today(DUE):
            start.wait()
            counts.append(payment_reminders.remind_due())
        connection.close()

    threads = [threading.Thread(target=run) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(counts) == [0, 1]
    assert EventRow.objects.filter(type="debt.payment_reminder_due").count() == 1


def test_a_missed_payment_is_told_by_its_own_event(row: ScheduleRow) -> None:
    with clock.demo_today(DUE + timedelta(days=4)):
        assert debt_payments.note_missed() == 1
        assert payment_reminders.remind_due() == 0
