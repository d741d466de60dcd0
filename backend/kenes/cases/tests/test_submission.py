"""Draft, submission, numbers, races."""

import threading
from datetime import date
from typing import Any

import pytest
from django.db import connection, connections

from kenes.accounts import selectors as account_selectors
from kenes.accounts.models import Consent, User
from kenes.cases import selectors, testing
from kenes.cases.errors.cases import CaseAlreadySubmitted, ConsentMissing, PhoneNotConfirmed
from kenes.cases.models import Case, CaseDraft, CaseStory
from kenes.cases.story import submission
from kenes.creditors.models import Creditor
from kenes.event_log.models import EventRow
from kenes.foundation import clock
from kenes.foundation.actor import Actor
from kenes.foundation.errors import FieldErrors, Forbidden


def actor_of(person: User) -> Actor:
    return account_selectors.actor_for(person)


def events_of(case: Case) -> list[str]:
    rows = EventRow.objects.filter(stream__kind="case", stream__subject_id=case.id).order_by("seq")
    return list(rows.values_list("type", flat=True))


def test_draft_is_made_once_and_kept_encrypted(borrower: User) -> None:
    actor = actor_of(borrower)
    first = submission.create_draft(actor=actor, language="kk")
    assert submission.create_draft(actor=actor, language="ru").id == first.id
    submission.save_draft(actor=actor, case_id=first.id, step="debts", data={"name": "тайна"})
    draft = selectors.get_draft(actor=actor, case_id=first.id)
    assert draft is not None and draft.data == {"name": "тайна"}
    with connection.cursor() as cursor:
        cursor.execute("SELECT data FROM cases_casedraft")
        assert "тайна".encode() not in bytes(cursor.fetchone()[0])


def test_staff_cannot_make_a_draft(manager: User) -> None:
    with pytest.raises(Forbidden):
        submission.create_draft(actor=actor_of(manager), language="ru")


def test_ordinary_delay_goes_to_work_by_itself(borrower: User, today: date) -> None:
    case = testing.make_case(borrower)
    case.refresh_from_db()
    assert (case.number, case.status, case.urgency) == ("KH-2026-000001", "active", 2)
    assert case.total_tiyn == 146_772_100
    assert case.next_due == date(2026, 11, 23)
    assert list(case.tracks.values_list("kind", "state")) == [("RESTRUCTURING", "PREPARING")]
    assert not CaseDraft.objects.exists()
    assert events_of(case) == [
        "case.draft_created", "case.submitted", "case.fact_recorded", "case.track_proposed", "case.moved", "case.moved",
        "case.track_opened",
    ]  # fmt: skip


def test_several_debts_get_a_letter_each(borrower: User, today: date) -> None:
    debts = [
        {
            **testing.FORM["obligations"][0],
            "contract_number": f"N-{index}",
            "overdue_since": f"2026-11-0{index}",
        }
        for index in (1, 2, 3)
    ]
    case = testing.make_case(borrower, obligations=debts)
    assert case.tracks.filter(kind="RESTRUCTURING", state="PREPARING").count() == 3
    assert case.deadlines.filter(bound="borrower").count() == 3


def test_story_for_a_manager_waits_in_triage(borrower: User, today: date) -> None:
    events = [{"kind": "INSCRIPTION_RECEIVED", "date": "2026-11-10", "text": "конверт сохранён"}]
    case = testing.make_case(borrower, events=events)
    assert (case.status, case.urgency) == ("triage", 1)
    assert list(case.tracks.values_list("kind", "state")) == [("NOTARY_OBJECTION", "PROPOSED")]
    objection = case.deadlines.get(starts_on="INSCRIPTION_RECEIVED")
    assert (objection.due, objection.critical) == (date(2026, 11, 24), True)
    assert objection.rule.key == objection.rule_key
    assert objection.obligation is not None


def test_fact_about_the_person_has_no_debt(borrower: User, today: date) -> None:
    events = [{"kind": "LAST_PAYMENT", "date": "2025-08-12", "text": ""}]
    case = testing.make_case(borrower, events=events)
    assert set(case.deadlines.filter(starts_on="LAST_PAYMENT").values_list("obligation", flat=True)) == {None}


def test_private_words_are_not_readable_in_the_tables(borrower: User, today: date) -> None:
    case = testing.make_case(borrower)
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM cases_casestory")
        stored = b"".join(
            bytes(value) for value in cursor.fetchone() if isinstance(value, bytes | memoryview)
        )
        cursor.execute("SELECT string_agg(data::text || actor::text, '') FROM event_log_eventrow")
        events = cursor.fetchone()[0]
        cursor.execute("SELECT string_agg(whole::text, ' ') FROM cases_casewords")
        searched = cursor.fetchone()[0]
    for secret in ("сократили", "пособие", "мкр. 8"):
        assert secret.encode() not in stored
    for secret in (testing.IIN, testing.PHONE[2:], "Досымов", "сократили"):
        assert secret not in events
    assert testing.IIN not in searched and testing.PHONE[2:] not in searched
    assert CaseStory.objects.get(case=case).hardship["text"].startswith("С 30 сентября")


def test_typed_in_creditor_is_unverified_and_known_again(borrower: User, today: date) -> None:
    debts = [
        {
            **testing.FORM["obligations"][0],
            "creditor_name": name,
            "creditor_type": "MFO",
            "contract_number": number,
        }
        for name, number in (("ТОО «МФО «Жаңа Қадам»", "1"), ("Жана Кадам", "2"))
    ]
    case = testing.make_case(borrower, obligations=debts)
    creditors = {obligation.creditor for obligation in case.obligations.select_related("creditor")}
    assert len(creditors) == 1
    assert creditors.pop().status == "unverified"


def test_registry_creditor_is_taken_by_id(borrower: User, today: date) -> None:
    kaspi = Creditor.objects.get(code="kaspi")
    debt = {**testing.FORM["obligations"][0], "creditor_id": str(kaspi.id), "creditor_name": ""}
    case = testing.make_case(borrower, obligations=[debt])
    assert case.obligations.get().creditor_id == kaspi.id


def test_institution_that_lends_to_nobody_is_refused(borrower: User, today: date) -> None:
    debt = {**testing.FORM["obligations"][0], "creditor_id": str(Creditor.objects.get(code="nbrk").id)}
    with pytest.raises(FieldErrors) as refused:
        testing.make_case(borrower, obligations=[debt])
    assert [error.pointer for error in refused.value.errors] == ["/obligations/0/creditor_id"]
    assert not Case.objects.filter(number__isnull=False).exists()


def test_consents_come_before_submission(borrower: User, today: date) -> None:
    Consent.objects.filter(kind="sms_agreement").delete()
    with pytest.raises(ConsentMissing) as refused:
        testing.make_case(borrower)
    assert refused.value.extra["missing"] == ["sms_agreement"]


def test_phone_is_confirmed_before_submission(borrower: User, today: date) -> None:
    User.objects.filter(pk=borrower.pk).update(
        phone_verified_at=None, iin=None, iin_hash=None, iin_confirmed_at=None
    )
    with pytest.raises(PhoneNotConfirmed):
        testing.make_case(borrower)


def test_case_is_submitted_once(borrower: User, today: date) -> None:
    case = testing.make_case(borrower)
    with pytest.raises(CaseAlreadySubmitted):
        submission.submit_case(actor=actor_of(borrower), case_id=case.id, form=testing.form())
    with pytest.raises(CaseAlreadySubmitted):
        submission.save_draft(actor=actor_of(borrower), case_id=case.id, step="", data={})


def test_same_contract_in_another_open_case_is_noted(borrower: User, today: date) -> None:
    first = testing.make_case(borrower)
    assert "case.duplicate_suspected" not in events_of(first)
    second = testing.make_case(borrower)
    noted = EventRow.objects.get(type="case.duplicate_suspected")
    assert (noted.stream.subject_id, noted.data["other_number"]) == (second.id, first.number)
    Case.objects.update(status="cancelled")
    assert "case.duplicate_suspected" not in events_of(testing.make_case(borrower))


def test_numbers_count_by_almaty_year(borrower: User, reference: None) -> None:
    with clock.demo_today(date(2026, 12, 31)):
        first = testing.make_case(borrower)
        second = testing.make_case(borrower)
    with clock.demo_today(date(2027, 1, 1)):
        third = testing.make_case(borrower)
    assert [case.number for case in (first, second, third)] == [
        "KH-2026-000001",
        "KH-2026-000002",
        "KH-2027-000001",
    ]


@pytest.mark.django_db(transaction=True)
def test_double_click_on_submit_makes_one_case() -> None:
    testing.load_reference_data()
    borrower = testing.make_borrower()
    actor = actor_of(borrower)
    case = submission.create_draft(actor=actor, language="ru")
    outcomes: list[str] = []

    def click() -> None:
        try:
            with clock.demo_today(date(2026, 11, 18)):
                submission.submit_case(actor=actor, case_id=case.id, form=testing.form())
            outcomes.append("submitted")
        except CaseAlreadySubmitted:
            outcomes.append("repeated")
        finally:
            connections.close_all()

    _together(click, click)
    assert sorted(outcomes) == ["repeated", "submitted"]
    assert events_of(case).count("case.submitted") == 1
    assert case.obligations.count() == 1


@pytest.mark.django_db(transaction=True)
def test_parallel_submissions_get_different_numbers() -> None:
    testing.load_reference_data()
    people = [
        testing.make_borrower("+77015550001", "920803397822"), testing.make_borrower("+77015550002", "890211496785"),
    ]  # fmt: skip
    numbers: list[str | None] = []

    def submit(person: User) -> None:
        try:
            with clock.demo_today(date(2026, 11, 18)):
                numbers.append(testing.make_case(person).number)
        finally:
            connections.close_all()

    _together(*[lambda person=person: submit(person) for person in people])
    assert sorted(map(str, numbers)) == ["KH-2026-000001", "KH-2026-000002"]


def _together(*jobs: Any) -> None:
    threads = [threading.Thread(target=job) for job in jobs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
