"""Terms of a case: history of their days, pauses, extensions, expiry with the next step, reminders, races."""

from collections.abc import Callable
from datetime import date, timedelta
from threading import Barrier, Thread
from typing import Any
from uuid import UUID

import pytest
from django.db import connections

from kenes.accounts.models import Role, User
from kenes.cases import services, testing
from kenes.cases.errors.terms import DeadlineOver, StepOfferClosed
from kenes.cases.models import Case, CaseDeadline, CaseEvent, DeadlineReminder, StepOffer
from kenes.cases.terms import deadline_services, passing_days, reminders
from kenes.cases.tests.conftest import TODAY, make_staff
from kenes.cases.tests.people_of_cases import actor_of
from kenes.event_log.models import EventRow
from kenes.foundation import clock
from kenes.foundation.actor import Actor, SystemActor
from kenes.foundation.errors import FieldErrors, Forbidden
from kenes.messaging.models import Message
from kenes.outbox.models import OutboxRow

SYSTEM = SystemActor("test")


@pytest.fixture
def case(borrower: User, today: date) -> Case:
    return testing.make_case(borrower)


@pytest.fixture
def staff(supervisor: User) -> Actor:
    return actor_of(supervisor)


def term(case: Case, starts_on: str, bound: str) -> CaseDeadline:
    return case.deadlines.get(starts_on=starts_on, bound=bound, direction="at_most")


def record(case: Case, kind: str, on: date) -> CaseEvent:
    debt = case.obligations.get()
    return services.record_fact(actor=SYSTEM, case_id=case.id, kind=kind, on=on, obligation_id=debt.id)


def events(case: Case, kind: str) -> list[dict[str, Any]]:
    rows = EventRow.objects.filter(stream__subject_id=case.id, type=kind).order_by("seq")
    return list(rows.values_list("data", flat=True))


def test_a_pause_moves_the_term_by_its_days_and_says_why(case: Case, staff: Actor) -> None:
    record(case, "APPLICATION_RECEIVED", date(2026, 11, 10))
    row = term(case, "APPLICATION_RECEIVED", "lender")
    assert row.due == date(2026, 11, 25)
    deadline_services.suspend(
        actor=staff, deadline_id=row.id, first=date(2026, 11, 20), last=date(2026, 11, 24), reason="Ждём суд"
    )
    row.refresh_from_db()
    assert (row.due, row.pauses) == (date(2026, 11, 30), [{"from": "2026-11-20", "until": "2026-11-24"}])
    [moved] = events(case, "case.deadline_moved")
    assert (moved["old_due"], moved["new_due"], moved["cause"]) == ("2026-11-25", "2026-11-30", "suspended")
    deadline_services.resume(actor=staff, deadline_id=row.id, on=date(2026, 11, 22), reason="Решение пришло")
    row.refresh_from_db()
    assert row.due == date(2026, 11, 27)
    assert list(row.changes.order_by("created_at").values_list("cause", flat=True)) == [
        "suspended",
        "resumed",
    ]


@pytest.mark.parametrize(
    ("first", "last", "pointer"),
    [
        (date(2026, 11, 24), date(2026, 11, 20), "/until"),
        (date(2026, 11, 10), date(2026, 11, 20), "/from"),
        (date(2026, 11, 26), date(2026, 11, 27), "/from"),
        (date(2026, 11, 20), date(2036, 11, 24), "/until"),
    ],
)
def test_wrong_pauses_are_refused(case: Case, staff: Actor, first: date, last: date, pointer: str) -> None:
    record(case, "APPLICATION_RECEIVED", date(2026, 11, 10))
    row = term(case, "APPLICATION_RECEIVED", "lender")
    with pytest.raises(FieldErrors) as problem:
        deadline_services.suspend(actor=staff, deadline_id=row.id, first=first, last=last, reason="x")
    assert pointer in [error.pointer for error in problem.value.errors]


def test_overlapping_pauses_and_pauses_of_an_expired_term_are_refused(case: Case, staff: Actor) -> None:
    record(case, "APPLICATION_RECEIVED", date(2026, 11, 10))
    row = term(case, "APPLICATION_RECEIVED", "lender")
    said: dict[str, Any] = {"actor": staff, "deadline_id": row.id, "reason": "x"}
    deadline_services.suspend(**said, first=date(2026, 11, 20), last=date(2026, 11, 21))
    with pytest.raises(FieldErrors):
        deadline_services.suspend(**said, first=date(2026, 11, 21), last=date(2026, 11, 22))
    with clock.demo_today(date(2027, 1, 1)), pytest.raises(DeadlineOver):
        deadline_services.suspend(**said, first=date(2026, 11, 23), last=date(2026, 11, 24))


def test_mediation_is_extended_within_what_the_rule_allows(case: Case, staff: Actor) -> None:
    record(case, "MEDIATION_CONTRACT", date(2026, 11, 2))
    row = term(case, "MEDIATION_CONTRACT", "parties")
    said: dict[str, Any] = {"actor": staff, "deadline_id": row.id, "reason": "Соглашение сторон"}
    deadline_services.extend(**said, amount=10, agreed_on=date(2026, 11, 16))
    row.refresh_from_db()
    assert (row.extended_by, row.due) == (10, date(2026, 12, 14))
    with pytest.raises(FieldErrors):
        deadline_services.extend(**said, amount=21, agreed_on=date(2026, 11, 16))
    deadline_services.extend(**said, amount=20, agreed_on=date(2026, 11, 17))
    row.refresh_from_db()
    assert row.due == date(2027, 1, 5)


def test_a_corrected_date_moves_the_terms_and_what_it_met(case: Case, staff: Actor) -> None:
    received = record(case, "APPLICATION_RECEIVED", date(2026, 11, 10))
    row = term(case, "APPLICATION_RECEIVED", "lender")
    window = term(case, "DELAY_STARTED", "borrower")
    assert (window.met_on, window.met_by) == (date(2026, 11, 10), "APPLICATION_RECEIVED")
    deadline_services.correct_fact(
        actor=staff, case_id=case.id, fact_id=received.id, on=date(2026, 11, 12), reason="Штамп на копии"
    )
    moved = CaseDeadline.objects.get(pk=row.pk)
    window.refresh_from_db()
    assert (moved.start, moved.due, moved.fact.on) == (
        date(2026, 11, 12),
        date(2026, 11, 27),
        date(2026, 11, 12),
    )
    assert window.met_on == date(2026, 11, 12)
    [change] = moved.changes.all()
    assert (change.cause, change.old_due, change.new_due) == ("fact", date(2026, 11, 25), date(2026, 11, 27))
    received.refresh_from_db()
    assert received.superseded_by_id == moved.fact_id
    assert events(case, "case.fact_corrected")[0]["old_on"] == "2026-11-10"


def test_better_proof_keeps_the_history_of_the_term(case: Case) -> None:
    debt = case.obligations.get()
    services.record_fact(
        actor=SYSTEM, case_id=case.id, kind="APPLICATION_RECEIVED", on=date(2026, 11, 10), obligation_id=debt.id,
        source="mail_server",
    )  # fmt: skip
    row = term(case, "APPLICATION_RECEIVED", "lender")
    services.record_fact(
        actor=SYSTEM, case_id=case.id, kind="APPLICATION_RECEIVED", on=date(2026, 11, 13), obligation_id=debt.id,
        source="document",
    )  # fmt: skip
    assert term(case, "APPLICATION_RECEIVED", "lender").pk == row.pk
    [change] = row.changes.all()
    assert (change.old_start, change.new_start) == (date(2026, 11, 10), date(2026, 11, 13))


def test_the_borrower_does_not_work_on_terms(case: Case, borrower: User) -> None:
    row = case.deadlines.order_by("due").first()
    assert row is not None
    with pytest.raises(Forbidden):
        deadline_services.meet(actor=actor_of(borrower), deadline_id=row.id, on=TODAY, reason="x")


def test_silence_of_a_lender_opens_the_complaint_once_with_its_proof(
    case: Case, borrower: User, staff: Actor
) -> None:
    record(case, "APPLICATION_RECEIVED", date(2026, 10, 26))
    row = term(case, "APPLICATION_RECEIVED", "lender")
    for _again in range(2):
        passing_days.pass_day()
    row.refresh_from_db()
    assert row.missed_at is not None
    offer = StepOffer.objects.get(case=case)
    assert (offer.steps, offer.deadline_id) == (["OMBUDSMAN", "REGULATOR"], row.pk)
    assert len(events(case, "case.deadline_missed")) == 1
    assert len(events(case, "case.step_offered")) == 1
    chosen = deadline_services.choose_step(
        actor=actor_of(borrower), case_id=case.id, offer_id=offer.id, step="OMBUDSMAN"
    )
    assert chosen.chosen == "OMBUDSMAN"
    assert case.tracks.filter(kind="OMBUDSMAN").count() == 1
    with pytest.raises(StepOfferClosed):
        deadline_services.choose_step(actor=staff, case_id=case.id, offer_id=offer.id, step="REGULATOR")
    passing_days.pass_day()
    assert StepOffer.objects.filter(case=case).count() == 1


@pytest.mark.parametrize(
    ("kind", "bound", "steps"),
    [
        ("COMPLAINT_REGISTERED", "regulator", ["COURT_SUPPORT", "CONSULTATION"]),
        ("OBJECTION_RECEIVED", "notary", ["COURT_SUPPORT", "CONSULTATION"]),
        ("ASSIGNMENT", "new_creditor", ["REGULATOR"]),
    ],
)
def test_other_unkept_duties_open_their_steps(case: Case, kind: str, bound: str, steps: list[str]) -> None:
    record(case, kind, date(2026, 9, 1))
    passing_days.pass_day()
    offer = StepOffer.objects.get(case=case)
    assert (offer.duty, offer.steps) == (f"{kind}/{bound}", steps)


def test_a_late_answer_takes_the_step_back(case: Case) -> None:
    record(case, "APPLICATION_RECEIVED", date(2026, 10, 26))
    passing_days.pass_day()
    record(case, "OFFER_RECEIVED", date(2026, 11, 17))
    assert StepOffer.objects.get(case=case).lapsed_at is not None


def test_a_term_that_moves_ahead_is_no_longer_missed(case: Case, staff: Actor) -> None:
    received = record(case, "APPLICATION_RECEIVED", date(2026, 10, 26))
    passing_days.pass_day()
    deadline_services.correct_fact(
        actor=staff,
        case_id=case.id,
        fact_id=received.id,
        on=date(2026, 11, 16),
        reason="Уведомление о вручении",
    )
    assert term(case, "APPLICATION_RECEIVED", "lender").missed_at is None


def test_days_that_the_timer_slept_over_are_caught_up(case: Case) -> None:
    record(case, "APPLICATION_RECEIVED", date(2026, 11, 10))
    with clock.demo_today(date(2026, 12, 20)):
        passing_days.pass_day()
    assert StepOffer.objects.filter(case=case).count() == 1
    assert events(case, "case.deadline_missed")[0]["due"] == "2026-11-25"


def test_reminders_come_once_and_the_last_of_several_reaches_people(borrower: User, today: date) -> None:
    User.objects.filter(pk=borrower.pk).update(email="k@example.com", email_verified_at=clock.now())
    case = testing.make_case(borrower)
    row = term(case, "DELAY_STARTED", "borrower")
    assert (row.due, row.rule.remind_at) == (date(2026, 11, 23), [20, 25, 28])
    with clock.frozen(clock.now().replace(hour=7)):
        for _again in range(2):
            reminders.remind_due()
        _write_letters()
    assert list(
        DeadlineReminder.objects.filter(deadline=row)
        .values_list("day_of_term", "overtaken")
        .order_by("day_of_term")
    ) == [(20, True), (25, False)]
    assert len(events(case, "case.deadline_reminder")) == 1
    [message] = Message.objects.filter(kind="deadline_reminder")
    assert (message.address, message.case_id) == ("k@example.com", case.pk)
    with clock.demo_today(date(2026, 11, 19)), clock.frozen(clock.now().replace(hour=7)):
        reminders.remind_due()
        _write_letters()
    assert Message.objects.filter(kind="deadline_reminder").count() == 2


def _write_letters() -> None:
    for row in OutboxRow.objects.filter(handler=reminders.HANDLER):
        reminders.send_letter(UUID(row.payload["reminder_id"]))


def test_no_letter_at_night_to_nobody_or_about_a_term_that_was_kept(case: Case, borrower: User) -> None:
    assert reminders.seconds_of_quiet(clock.now().replace(hour=19, minute=5)) > 7 * 3600
    assert reminders.seconds_of_quiet(clock.now().replace(hour=7)) == 0
    reminders.remind_due()
    reminder = DeadlineReminder.objects.filter(overtaken=False).first()
    assert reminder is not None
    assert reminders.send_letter(reminder.pk) is None
    User.objects.filter(pk=borrower.pk).update(email="k@example.com", email_verified_at=clock.now())
    CaseDeadline.objects.filter(pk=reminder.deadline_id).update(met_on=TODAY)
    assert reminders.send_letter(reminder.pk) is None
    assert not Message.objects.filter(kind="deadline_reminder").exists()


@pytest.mark.django_db(transaction=True)
def test_timers_at_the_same_time_note_an_expiry_once() -> None:
    testing.load_reference_data()
    with clock.demo_today(TODAY):
        case = testing.make_case(testing.make_borrower())
        record(case, "APPLICATION_RECEIVED", date(2026, 10, 26))
        record(case, "INSCRIPTION_RECEIVED", date(2026, 11, 11))
    _at_once(4, passing_days.pass_day)
    assert len(events(case, "case.deadline_missed")) == 1
    assert len(events(case, "case.step_offered")) == 1
    assert len(events(case, "case.deadline_reminder")) == 1


@pytest.mark.django_db(transaction=True)
def test_of_two_who_choose_a_step_one_wins() -> None:
    testing.load_reference_data()
    with clock.demo_today(TODAY):
        person = testing.make_borrower()
        boss = make_staff("boss@example.com", Role.SUPERVISOR)
        case = testing.make_case(person)
        record(case, "APPLICATION_RECEIVED", date(2026, 10, 26))
        passing_days.pass_day()
    offer, choices = StepOffer.objects.get(case=case), iter([("OMBUDSMAN", person), ("REGULATOR", boss)])

    def choose() -> None:
        step, who = next(choices)
        deadline_services.choose_step(actor=actor_of(who), case_id=case.id, offer_id=offer.id, step=step)

    assert len(_at_once(2, choose)) == 1
    assert len(events(case, "case.step_chosen")) == 1


def _at_once(number: int, work: Callable[[], Any]) -> list[Exception]:
    """Run in parallel threads; what was raised."""
    barrier, raised = Barrier(number), []

    def run() -> None:
        barrier.wait()
        try:
            with clock.demo_today(TODAY):
                work()
        except Exception as problem:
            raised.append(problem)
        finally:
            connections.close_all()

    threads = [Thread(target=run) for _ in range(number)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return raised


def test_a_day_of_the_term_skips_its_pauses(case: Case, staff: Actor) -> None:
    row = term(case, "DELAY_STARTED", "borrower")
    deadline_services.suspend(
        actor=staff, deadline_id=row.id, first=date(2026, 11, 18), last=date(2026, 11, 20), reason="x"
    )
    row = CaseDeadline.objects.select_related("rule").get(pk=row.pk)
    from kenes.law import selectors as law

    days = dict(reminders.days_of(row, law.working_calendar()))
    assert days[25] == date(2026, 11, 16)
    assert days[28] == date(2026, 11, 19) + timedelta(days=3)
