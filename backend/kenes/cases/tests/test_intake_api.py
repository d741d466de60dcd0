"""How cases come in: by a manager with a recorded consent; missing papers; the closing and the borrower's word on it."""

from datetime import date, timedelta
from typing import Any

import pytest

from kenes.accounts import services as account_services
from kenes.accounts.models import User
from kenes.cases import services, testing
from kenes.cases.models import Case, PaperReminder, RecordedConsent
from kenes.cases.obligations import letter_facts
from kenes.cases.story import on_behalf
from kenes.cases.terms import passing_days
from kenes.cases.tests.test_services import actor_of
from kenes.event_log.models import EventRow
from kenes.foundation import clock

CONSENT = {"given_by": "phone_call", "given_on": "2026-11-17", "note": "Звонок 10:15, согласен"}
PERSON = {
    "phone": "+77015550202",
    "full_name": "Ахметов Ерлан Болатович",
    "iin": testing.IIN,
    "consent": CONSENT,
}


@pytest.fixture
def client(manager: User, reference: None, api_for: Any, today: date) -> Any:
    return api_for(manager)


def begun(client: Any, **changes: Any) -> Any:
    return client.call("post", "/cases/", {"language": "ru", "on_behalf": PERSON | changes})


def test_a_manager_gives_in_a_case_for_a_borrower(client: Any, manager: User, api_for: Any) -> None:
    draft = begun(client)
    assert draft.status_code == 201, draft.json()
    page = draft.json()
    assert (page["status"], page["source"]) == ("draft", "manager")
    assert {"edit_draft", "submit"} <= set(page["allowed_actions"])
    sent = client.call("post", f"/cases/{page['id']}/submit/", testing.form_data())
    assert sent.status_code == 200, sent.json()
    case = Case.objects.get(pk=page["id"])
    assert (case.status, case.assignee_id) == ("active", manager.pk)
    borrower = case.borrower
    assert (borrower.phone, borrower.iin, borrower.phone_verified_at) == (PERSON["phone"], None, None)
    assert letter_facts.letter_facts(case.tracks.get().pk).borrower_iin == testing.IIN
    event = EventRow.objects.get(type="case.consent_recorded")
    assert "Звонок" not in str(event.data)
    # He enters later by a phone code and sees who agreed for him, when and how.
    account_services.confirm_phone(user_id=borrower.pk)
    on_behalf.take_told_identity(borrower.pk)
    assert User.objects.get(pk=borrower.pk).iin == testing.IIN
    consents = api_for(User.objects.get(pk=borrower.pk)).call("get", "/recorded-consents/").json()["items"]
    assert [(row["given_by"], row["given_on"], row["case_number"]) for row in consents] == [
        ("phone_call", "2026-11-17", case.number),
    ]  # fmt: skip


def test_an_unconfirmed_account_with_a_case_is_not_swept_away(client: Any) -> None:
    begun(client)
    User.objects.filter(phone_verified_at=None).update(code_requested_at=clock.now() - timedelta(days=30))
    account_services.remove_unconfirmed_accounts()
    assert Case.objects.filter(status="draft", borrower__phone_verified_at=None).count() == 1


def test_a_known_person_is_found_and_nothing_of_him_is_changed(client: Any, borrower: User) -> None:
    page = begun(client, phone=borrower.phone, full_name="Другое Имя").json()
    case = Case.objects.get(pk=page["id"])
    assert case.borrower_id == borrower.pk
    assert User.objects.get(pk=borrower.pk).full_name == borrower.full_name


def test_wrong_words_about_the_person_are_refused(client: Any, subtests: pytest.Subtests) -> None:
    for changes, pointer in [
        ({"phone": "12"}, "/on_behalf/phone"),
        ({"iin": "870419390123"}, "/on_behalf/iin"),
        ({"full_name": ""}, "/on_behalf/full_name"),
        ({"consent": CONSENT | {"given_on": "2026-11-19"}}, "/on_behalf/consent/given_on"),
        ({"consent": CONSENT | {"given_by": "telepathy"}}, "/on_behalf/consent/given_by"),
        ({"consent": None}, "/on_behalf/consent"),
    ]:
        with subtests.test(changes=changes, pointer=pointer):
            answer = begun(client, **changes)
            assert answer.status_code == 400
            assert [error["pointer"] for error in answer.json()["errors"]] == [pointer]
            assert not RecordedConsent.objects.exists()


def test_phone_and_iin_of_two_people_are_refused(client: Any, borrower: User) -> None:
    testing.make_borrower(phone="+77015550303", iin="900101300007", name="Второй Человек")
    answer = begun(client, phone="+77015550303", iin=borrower.iin)
    assert [error["code"] for error in answer.json()["errors"]] == ["another_person"]


def test_a_draft_of_the_borrower_stands_in_the_way(client: Any, borrower: User, api_for: Any) -> None:
    api_for(borrower).call("post", "/cases/", {"language": "ru"})
    assert begun(client, phone=borrower.phone).json()["code"] == "case.borrower_has_draft"


def test_others_see_nothing_of_a_prepared_draft(
    client: Any, other_manager: User, supervisor: User, admin: User, borrower: User, api_for: Any
) -> None:
    draft = begun(client).json()
    for person in (other_manager, supervisor):
        assert api_for(person).call("get", f"/cases/{draft['id']}/").status_code == 404
    for person in (borrower, admin):
        assert begun(api_for(person)).status_code == 403


@pytest.fixture
def waiting(borrower: User, manager: User, today: date, api_for: Any) -> Case:
    """A case of the manager that waits for two papers."""
    case = testing.make_case(
        borrower, events=[{"kind": "INSCRIPTION_RECEIVED", "date": "2026-11-10", "text": ""}]
    )
    current = Case.objects.get(pk=case.pk)
    services.assign_case(
        actor=actor_of(manager), case_id=case.id, assignee_id=manager.pk, version=current.version
    )
    body = {
        "action": "request_documents", "papers": ["Копия договора", "Справка о доходах"],
        "version": Case.objects.get(pk=case.pk).version,
    }  # fmt: skip
    answer = api_for(manager).call("post", f"/cases/{case.pk}/move/", body)
    assert answer.json()["status"] == "awaiting_borrower", answer.json()
    return case


def settle(client: Any, case: Case, index: int, how: str) -> Any:
    papers = list(case.missing_papers.order_by("asked_at", "pk"))
    return client.call("post", f"/cases/{case.pk}/papers/{papers[index].pk}/", {"how": how})


def test_work_goes_on_when_the_last_paper_is_there(
    waiting: Case, borrower: User, manager: User, api_for: Any
) -> None:
    own, staff = api_for(borrower), api_for(manager)
    page = own.call("get", f"/cases/{waiting.pk}/").json()
    assert [(paper["title"], paper["state"]) for paper in page["papers"]] == [
        ("Копия договора", "missing"), ("Справка о доходах", "missing"),
    ]  # fmt: skip
    early = own.call("post", f"/cases/{waiting.pk}/move/", {"action": "resume", "version": page["version"]})
    assert (early.json()["code"], early.json()["missing"]) == ("case.papers_missing", 2)
    # His own word that a paper is there is none: he uploads it or brings it.
    assert settle(own, waiting, 0, "waived").status_code == 403
    assert settle(own, waiting, 0, "received").status_code == 403
    assert settle(staff, waiting, 0, "received").json()["status"] == "awaiting_borrower"
    assert settle(staff, waiting, 0, "received").json()["code"] == "case.paper_settled"
    assert settle(staff, waiting, 1, "waived").json()["status"] == "triage"


def test_strangers_settle_no_paper(waiting: Case, other_manager: User, api_for: Any) -> None:
    stranger = testing.make_borrower(phone="+77015550001", iin="900101300007", name="Чужой Человек")
    for person in (stranger, other_manager):
        assert settle(api_for(person), waiting, 0, "received").status_code == 404


def test_the_borrower_is_reminded_of_papers_on_the_days_of_the_data(waiting: Case, today: date) -> None:
    for days, made in ((0, 0), (1, 1), (2, 1), (4, 2), (9, 3), (9, 3), (30, 3)):
        with clock.frozen(clock.now() + timedelta(days=days)), clock.demo_today(today + timedelta(days=days)):
            passing_days.pass_day()
        assert PaperReminder.objects.filter(case=waiting).count() == made, days


def test_a_suspended_case_resumes_on_its_day(borrower: User, manager: User, today: date) -> None:
    case = testing.make_case(borrower)
    actor = actor_of(manager)
    services.assign_case(
        actor=actor, case_id=case.id, assignee_id=manager.pk, version=Case.objects.get(pk=case.pk).version
    )
    services.move_case(
        actor=actor, case_id=case.id, action="suspend", reason="Отпуск", resume_on=today + timedelta(days=3),
        version=Case.objects.get(pk=case.pk).version,
    )  # fmt: skip
    for days, status in ((2, "suspended"), (3, "active")):
        with clock.demo_today(today + timedelta(days=days)):
            passing_days.pass_day()
        assert Case.objects.get(pk=case.pk).status == status
    assert Case.objects.get(pk=case.pk).resume_on is None


def close(case: Case, manager: User) -> None:
    actor = actor_of(manager)
    services.assign_case(
        actor=actor, case_id=case.id, assignee_id=manager.pk, version=Case.objects.get(pk=case.pk).version
    )
    services.move_case(
        actor=actor,
        case_id=case.id,
        action="close",
        outcome="DEFERRAL",
        version=Case.objects.get(pk=case.pk).version,
    )


def test_only_the_borrower_answers_the_closing(
    borrower: User, manager: User, today: date, api_for: Any
) -> None:
    case = testing.make_case(borrower)
    close(case, manager)
    own = api_for(borrower)
    assert own.call("get", f"/cases/{case.pk}/").json()["closing"] == "to_confirm"
    assert api_for(manager).call("post", f"/cases/{case.pk}/closing/", {"agreed": True}).status_code == 403
    answered = own.call("post", f"/cases/{case.pk}/closing/", {"agreed": True})
    assert answered.json()["closing"] == "confirmed"
    again = own.call("post", f"/cases/{case.pk}/closing/", {"agreed": True})
    assert again.json()["code"] == "case.closing_answered"


def test_a_disputed_closing_is_reopened_also_late(
    borrower: User, manager: User, supervisor: User, today: date, api_for: Any
) -> None:
    case = testing.make_case(borrower)
    close(case, manager)
    own = api_for(borrower)
    assert own.call("post", f"/cases/{case.pk}/closing/", {"agreed": False}).status_code == 400
    own.call("post", f"/cases/{case.pk}/closing/", {"agreed": False, "reason": "Банк не выполнил обещание"})
    with clock.frozen(clock.now() + timedelta(days=120)):
        services.move_case(
            actor=actor_of(supervisor), case_id=case.id, action="reopen", reason="Спор",
            version=Case.objects.get(pk=case.pk).version,
        )  # fmt: skip
    assert Case.objects.get(pk=case.pk).status == "active"
