"""The same thing done at the same moment by several requests, with real threads and transactions."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from django.db import connection

from conftest import ApiClient
from kenes.accounts.abilities import is_staff
from kenes.accounts.models import User
from kenes.accounts.selectors import actor_for
from kenes.accounts.testing import enrol
from kenes.cases import services, testing
from kenes.cases.models import Case, CaseDraft, CaseEvent, CaseNumberCounter, Obligation
from kenes.creditors.models import Creditor, CreditorAddress
from kenes.event_log import selectors as event_log
from kenes.event_log.models import EventRow
from kenes.foundation import clock
from kenes.foundation.errors import KenesError

from .conftest import DAY, TODAY, Browser

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*calls: Callable[[], Any]) -> list[Any]:
    """Run all calls at the same moment in threads of their own; results, or codes of our errors, in their order."""
    barrier = Barrier(len(calls))

    def run(call: Callable[[], Any]) -> Any:
        try:
            barrier.wait()
            with clock.demo_today(TODAY):
                return call()
        except KenesError as problem:
            return problem.code
        finally:
            connection.close()

    with ThreadPoolExecutor(len(calls)) as threads:
        return list(threads.map(run, calls))


def browser_of(person: User) -> Browser:
    client = ApiClient()
    if is_staff(actor_for(person).abilities):
        enrol(person)
    client.force_login(person)
    client.raise_request_exception = False
    return Browser(client)


def codes(answers: list[Any]) -> Counter[Any]:
    return Counter(
        a.status_code if a.status_code < 400 else (a.status_code, a.json()["code"]) for a in answers
    )


PEOPLE = [
    ("+77015550001", "920803397822", "Есенұлы Бақытжан"), ("+77015550002", "011231600005", "Сериккызы Айгерим"),
    ("+77015550003", "900101300007", "Ахметов Данияр"), ("+77015550004", "900101300811", "Оспанов Нурлан"),
]  # fmt: skip


def test_parallel_submissions_with_the_same_new_lenders(reference: None) -> None:
    """Every number is given once and none is lost; lenders that several people typed in are one row; no deadlock."""
    people = [testing.make_borrower(*person) for person in PEOPLE]
    debt = testing.FORM["obligations"][0]
    lenders = [
        {**debt, "creditor_name": f"МФО Жаңа {name}", "creditor_type": "MFO", "contract_number": f"N-{name}"}
        for name in ("Алма", "Бидай", "Сарыарқа", "Дала", "Еділ", "Жайық")
    ]
    tasks = []
    for index, person in enumerate(people):
        browser = browser_of(person)
        case_id = browser.post("/cases/").json()["id"]
        order = lenders if index % 2 else lenders[::-1]
        told = testing.form_data(obligations=order)
        told["applicant"] |= {"full_name": person.full_name, "iin": person.iin}
        tasks.append(lambda b=browser, c=case_id, t=told: b.post(f"/cases/{c}/submit/", t))

    answers = at_once(*tasks)

    assert codes(answers) == {200: len(people)}
    numbers = sorted(answer.json()["number"] for answer in answers)
    assert numbers == [f"KH-2026-{count:06d}" for count in range(1, len(people) + 1)]
    assert Creditor.objects.filter(name_ru__startswith="МФО Жаңа").count() == len(lenders)
    assert list(event_log.verify()) == []


def test_one_form_sent_many_times_is_one_case(reference: None) -> None:
    person = testing.make_borrower()
    case_id = browser_of(person).post("/cases/").json()["id"]
    path, told = f"/cases/{case_id}/submit/", testing.form_data()

    same_key = at_once(*[lambda: browser_of(person).post(path, told, Idempotency_Key="one-form-key")] * 3)
    no_key = at_once(*[lambda: browser_of(person).post(path, told)] * 2)

    assert codes(same_key) == {200: 3}
    assert len({answer.content for answer in same_key}) == 1
    assert codes(no_key) == {(409, "case.already_submitted"): 2}
    assert CaseNumberCounter.objects.get().last == Case.objects.filter(number__isnull=False).count() == 1
    assert EventRow.objects.filter(type="case.submitted").count() == 1


def test_sending_and_saving_at_once_lose_nothing(reference: None) -> None:
    person = testing.make_borrower()
    case_id = browser_of(person).post("/cases/").json()["id"]
    told, kept = testing.form_data(), {"step": "last", "data": {"a": 1}}
    save = lambda: browser_of(person).client.call("put", f"/cases/{case_id}/draft/", kept, **DAY)  # noqa: E731

    answers = at_once(
        save, lambda: browser_of(person).post(f"/cases/{case_id}/submit/", told), save, save,
        lambda: browser_of(person).post("/cases/"),
    )  # fmt: skip

    assert answers[1].status_code == 200
    assert {answer.status_code for answer in answers} <= {200, 201, 409}
    assert not CaseDraft.objects.filter(case_id=case_id).exists()
    assert Obligation.objects.filter(case_id=case_id).count() == 1


def test_two_managers_take_one_case(reference: None, staff: Callable[..., User]) -> None:
    with clock.demo_today(TODAY):
        case = testing.make_case(testing.make_borrower())
    managers = [staff("manager") for _ in range(3)]
    version = Case.objects.get(pk=case.pk).version

    answers = at_once(
        *[
            lambda m=manager: browser_of(m).post(
                f"/cases/{case.pk}/assign/", {"assignee_id": str(m.pk), "version": version}
            )
            for manager in managers
        ]
    )

    # The slower ones are told that somebody was faster.
    assert codes(answers) == {200: 1, (409, "case.taken_already"): 2}
    assert EventRow.objects.filter(type="case.assigned").count() == 1


def test_two_moves_with_one_version(reference: None, staff: Callable[..., User]) -> None:
    with clock.demo_today(TODAY):
        case = testing.make_case(testing.make_borrower())
    boss = staff("supervisor")
    body = {
        "action": "suspend",
        "version": Case.objects.get(pk=case.pk).version,
        "reason": "Ждём",
        "resume_on": "2026-12-20",
    }

    answers = at_once(*[lambda: browser_of(boss).post(f"/cases/{case.pk}/move/", body)] * 3)

    assert codes(answers) == {200: 1, (409, "case.changed_meanwhile"): 2}


def test_an_address_entered_and_confirmed_twice(reference: None, staff: Callable[..., User]) -> None:
    boss, creditor = staff("supervisor"), Creditor.objects.filter(offered=True).first()
    assert creditor is not None
    body = {"kind": "email", "value": "new@bank.example"}

    entered = at_once(*[lambda: browser_of(boss).post(f"/creditors/{creditor.pk}/addresses/", body)] * 3)
    address = CreditorAddress.objects.get(value=body["value"])
    path = f"/creditors/{creditor.pk}/addresses/{address.pk}/confirm/"
    confirmed = at_once(*[lambda: browser_of(boss).post(path)] * 3)

    assert codes(entered) == {201: 3}
    assert codes(confirmed)[200] == 1 and len(confirmed) == 3
    assert EventRow.objects.filter(type__contains="address_confirmed").count() == 1


def test_the_same_receipt_noted_twice_is_one_fact(reference: None) -> None:
    with clock.demo_today(TODAY):
        person = testing.make_borrower()
        case = testing.make_case(person)
    debt = Obligation.objects.get(case=case)

    at_once(
        *[
            lambda: services.record_fact(
                actor=actor_for(person),
                case_id=case.pk,
                kind="APPLICATION_RECEIVED",
                on=TODAY,
                obligation_id=debt.pk,
            )
        ]
        * 3
    )

    assert CaseEvent.objects.filter(case=case, kind="APPLICATION_RECEIVED").count() == 1
    assert list(event_log.verify()) == []
