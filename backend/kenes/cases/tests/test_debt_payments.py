"""Payment schedules over HTTP: written down, marked, confirmed, missed; races for one debt."""

import threading
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.db import connection

from kenes.accounts.models import User
from kenes.cases.models import Case, DebtSplit, Obligation, PaymentSchedule, ScheduleKind, ScheduleRow
from kenes.cases.obligations import debt_payments, debt_services
from kenes.cases.obligations.debt_services import Told
from kenes.cases.subscriptions import debts as subscriptions_debts
from kenes.cases.tests.debt_world import World, make_world
from kenes.cases.tests.people_of_cases import actor_of
from kenes.event_log.models import EventRow
from kenes.foundation import clock

pytestmark = pytest.mark.django_db
ApiFor = Callable[[User], Any]
TABLE = "№;Дата;Основной долг;Вознаграждение;Итого\n1;18.12.2026;50 000,50;1 000;51 000,50\n2;18.01.2027;50000;500;50500"
TERMS = {"principal_tiyn": 139136000, "rate_percent": 24, "months": 24, "first_due": "2026-12-20"}


@pytest.fixture
def world(borrower: User, manager: User, supervisor: User, today: date) -> World:
    return make_world(borrower, manager, supervisor)


def give(world: World, api_for: ApiFor, who: User, kind: str, body: dict[str, Any]) -> Any:
    return api_for(who).call("put", world.at(0, f"schedules/{kind}/"), body, **world.match())


def test_a_pasted_table_becomes_a_schedule(world: World, api_for: ApiFor) -> None:
    made = give(world, api_for, world.manager, "contract", {"text": TABLE, "source": "document"}).json()
    assert [row["total_tiyn"] for row in made["rows"]] == [5100050, 5050000]
    assert [row["balance_tiyn"] for row in made["rows"]] == [5000000, 0]
    assert (made["source_label"], made["next_due"]) == ("По документу", "2026-12-18")


def test_a_line_that_cannot_be_read_keeps_everything_out(world: World, api_for: ApiFor) -> None:
    text = TABLE + "\n3;31.02.2027;1;1;2\n4;18.02.2027;x\n5;18.03.2027;10;10;21\n6;18.01.2027;10"
    client = api_for(world.manager)
    shown = client.call("post", world.at(0, "schedules/preview/"), {"text": text}).json()
    assert [(item["line"], item["code"]) for item in shown["problems"]] == [
        (4, "date"), (5, "sum"), (6, "sums_differ"), (7, "order"),
    ]  # fmt: skip
    refused = give(world, api_for, world.manager, "contract", {"text": text})
    assert refused.status_code == 400
    assert refused.json()["errors"][0]["detail"] == "Строка 4. В начале строки нет даты."
    assert not PaymentSchedule.objects.exists()


def test_terms_make_a_schedule_that_loses_no_tiyn(world: World, api_for: ApiFor) -> None:
    made = give(world, api_for, world.manager, "agreed", {"terms": TERMS, "source": "lender"}).json()
    assert made["payments"] == 24
    assert sum(row["principal_tiyn"] for row in made["rows"]) == 139136000
    assert made["rows"][-1]["balance_tiyn"] == 0


def test_a_new_schedule_takes_the_place_of_the_old_one(world: World, api_for: ApiFor) -> None:
    for months in (12, 24):
        give(world, api_for, world.manager, "contract", {"terms": {**TERMS, "months": months}})
    found = api_for(world.borrower).call("get", world.at(0, "schedules/")).json()["items"]
    assert [(item["payments"], item["superseded_at"] is None) for item in found] == [(24, True), (12, False)]


def test_who_may_write_which_schedule(world: World, api_for: ApiFor) -> None:
    one, two = world.officers
    for who, expected in (
        (world.borrower, {"contract": 200, "offered": 403, "agreed": 403}),
        (world.manager, {"contract": 200, "offered": 200, "agreed": 200}),
        (one, {"contract": 200, "offered": 200, "agreed": 403}),
        (two, {"contract": 404, "offered": 404, "agreed": 404}),
    ):
        got = {kind: give(world, api_for, who, kind, {"terms": TERMS}).status_code for kind in expected}
        assert got == expected
    assert give(world, api_for, world.manager, "wished", {"terms": TERMS}).status_code == 404


def test_who_may_not_change_a_debt_hears_so_whatever_else_is_wrong(world: World, api_for: ApiFor) -> None:
    def tried(who: User) -> list[int]:
        client = api_for(who)
        return [
            int(client.call(method, world.at(0, part), {"no": "field"}).status_code)
            for method, part in (("patch", ""), ("put", "schedules/agreed/"))
        ]

    assert tried(world.officers[1]) == [404, 404]
    assert tried(world.officers[0]) == [403, 403]
    assert tried(world.manager) == [428, 428]


def test_a_wrong_schedule_is_refused_at_its_field(
    world: World, api_for: ApiFor, subtests: pytest.Subtests
) -> None:
    for body, pointer in [
        ({}, "/rows"),
        ({"rows": []}, "/rows"),
        ({"rows": [], "text": "x"}, "/rows"),
        ({"rows": [{"due": "2026-12-01", "principal_tiyn": 5, "interest_tiyn": 5, "total_tiyn": 9}]}, "/rows/0/total_tiyn"),
        ({"rows": [{"due": "2026-12-01", "principal_tiyn": 0, "total_tiyn": 0}]}, "/rows"),
        ({"rows": [{"due": "2026-12-01", "principal_tiyn": 1, "total_tiyn": 1}] * 2}, "/rows/1/due"),
        ({"rows": [None]}, "/rows/0"),
        ({"text": "\u0000"}, "/text"),
        ({"terms": {**TERMS, "months": 0}}, "/terms/months"),
        ({"terms": {**TERMS, "first_due": "9999-12-31"}}, "/terms/first_due"),
        ({"terms": {**TERMS, "deferral": "never"}}, "/terms/deferral"),
    ]:  # fmt: skip
        with subtests.test(body=body, pointer=pointer):
            answer = give(world, api_for, world.manager, "contract", body)
            assert answer.status_code == 400
            assert pointer in [error["pointer"] for error in answer.json()["errors"]]


def mark(world: World, api_for: ApiFor, who: User, row: ScheduleRow, act: str, **body: Any) -> Any:
    return api_for(who).call("post", world.at(0, f"payments/{row.pk}/{act}/"), body)


def test_the_borrower_marks_and_the_creditor_confirms(world: World, api_for: ApiFor) -> None:
    give(world, api_for, world.manager, "agreed", {"terms": {**TERMS, "first_due": "2026-11-10"}})
    row, following = ScheduleRow.objects.order_by("number")[:2]
    one, two = world.officers
    assert mark(world, api_for, one, row, "paid", on="2026-11-10").status_code == 403
    assert mark(world, api_for, world.borrower, row, "confirm", on="2026-11-10").status_code == 403
    assert mark(world, api_for, two, row, "confirm", on="2026-11-10").status_code == 404
    page = mark(world, api_for, world.borrower, row, "paid", on="2026-11-10", tiyn=100).json()
    assert (page["rows"][0]["state"], page["marked"]) == ("part", 1)
    page = mark(world, api_for, world.borrower, row, "paid", on="2026-11-11").json()
    assert (page["rows"][0]["state"], page["rows"][0]["paid_tiyn"]) == ("paid", row.total_tiyn)
    page = mark(world, api_for, one, row, "confirm", on="2026-11-12").json()
    assert (page["rows"][0]["state"], page["confirmed"], page["version"]) == ("confirmed", 1, 0)
    late = mark(world, api_for, world.borrower, row, "paid", on=None)
    assert (late.status_code, late.json()["code"]) == (409, "debt.payment_confirmed")
    assert mark(world, api_for, world.borrower, following, "paid", on="2026-11-19").status_code == 400
    kinds = list(EventRow.objects.filter(type__startswith="debt.payment").values_list("type", flat=True))
    assert sorted(kinds) == ["debt.payment_confirmed", "debt.payment_marked", "debt.payment_marked"]


def test_the_same_mark_twice_is_one_event(world: World, api_for: ApiFor) -> None:
    give(world, api_for, world.manager, "agreed", {"terms": TERMS})
    row = ScheduleRow.objects.order_by("number")[0]
    for _try in range(2):
        assert mark(world, api_for, world.borrower, row, "paid", on="2026-11-18").status_code == 200
    assert EventRow.objects.filter(type="debt.payment_marked").count() == 1


def test_a_row_of_another_debt_or_schedule_is_not_there(world: World, api_for: ApiFor) -> None:
    give(world, api_for, world.manager, "agreed", {"terms": TERMS})
    row = ScheduleRow.objects.order_by("number")[0]
    answer = api_for(world.borrower).call(
        "post", world.at(1, f"payments/{row.pk}/paid/"), {"on": "2026-11-18"}
    )
    assert (answer.status_code, answer.json()["code"]) == (404, "debt.payment_not_found")
    give(world, api_for, world.manager, "agreed", {"terms": TERMS})
    assert mark(world, api_for, world.borrower, row, "paid", on="2026-11-18").status_code == 404


def test_marked_payments_are_not_lost_by_mistake(world: World, api_for: ApiFor) -> None:
    give(world, api_for, world.manager, "agreed", {"terms": TERMS})
    row = ScheduleRow.objects.order_by("number")[0]
    mark(world, api_for, world.borrower, row, "paid", on="2026-11-18")
    refused = give(world, api_for, world.manager, "agreed", {"terms": TERMS})
    assert (refused.status_code, refused.json()["code"]) == (409, "debt.schedule_has_payments")
    body = {"terms": TERMS, "replace_marked": True}
    assert give(world, api_for, world.manager, "agreed", body).status_code == 200
    row.refresh_from_db()
    assert row.paid_on == date(2026, 11, 18)


def test_a_missed_payment_brings_the_case_back_to_work(world: World, api_for: ApiFor) -> None:
    # Saturday 21 November: payable on Monday the 23rd.
    give(world, api_for, world.manager, "agreed", {"terms": {**TERMS, "first_due": "2026-11-21"}})
    Case.objects.filter(pk=world.case.pk).update(status="monitoring")
    with clock.demo_today(date(2026, 11, 23)):
        assert debt_payments.note_missed() == 0
    with clock.demo_today(date(2026, 11, 24)):
        assert debt_payments.note_missed() == 1
        assert debt_payments.note_missed() == 0
    assert Case.objects.get(pk=world.case.pk).status == "active"
    assert EventRow.objects.filter(type="debt.payment_missed").count() == 1
    shown = api_for(world.borrower).call("get", world.at(0, "schedules/agreed/")).json()
    assert (shown["rows"][0]["state"], shown["missed"]) == ("missed", 1)


def test_a_marked_payment_is_not_missed_but_a_part_of_it_is(world: World, api_for: ApiFor) -> None:
    give(world, api_for, world.manager, "agreed", {"terms": {**TERMS, "first_due": "2026-10-05"}})
    first, second = ScheduleRow.objects.order_by("number")[:2]
    mark(world, api_for, world.borrower, first, "paid", on="2026-10-05")
    mark(world, api_for, world.borrower, second, "paid", on="2026-11-05", tiyn=1)
    assert debt_payments.note_missed() == 1
    assert list(ScheduleRow.objects.filter(missed_on__isnull=False)) == [second]


def test_an_accepted_offer_becomes_the_agreed_schedule_once(world: World, manager: User) -> None:
    from kenes.cases.models import CreditorAnswer

    debt = world.debts[0]
    track = debt.tracks.get(kind="RESTRUCTURING")
    answer = CreditorAnswer.objects.create(
        case=world.case, obligation=debt, track=track, creditor=debt.creditor, version=1, kind="offer",
        terms={}, valid_until=date(2026, 12, 1), given_by=manager, given_at=clock.now(),
        schedule=[[1, "2026-12-05", 150, 90, 10, 50, 10], [2, "2027-01-05", 20, 10, 10, 0, 0]],
    )  # fmt: skip
    for _run in range(2):
        subscriptions_debts._keep_schedule_of(answer.pk, ScheduleKind.AGREED)
    made = PaymentSchedule.objects.get(obligation=debt, kind="agreed")
    assert list(made.rows.values_list("principal_tiyn", "interest_tiyn", "total_tiyn")) == [
        (90, 10, 150),
        (10, 10, 20),
    ]


def together(*acts: Callable[[], Any]) -> list[Any]:
    """Run the acts at once in threads of their own; what each gave or raised."""
    gate = threading.Barrier(len(acts))
    found: list[Any] = [None] * len(acts)

    def run(place: int, act: Callable[[], Any]) -> None:
        gate.wait()
        try:
            found[place] = act()
        except Exception as problem:
            found[place] = problem
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return found


@pytest.mark.django_db(transaction=True)
def test_two_splits_at_once_leave_one_current_and_a_true_total(
    borrower: User, manager: User, supervisor: User
) -> None:
    with clock.demo_today(date(2026, 11, 18)):
        world = make_world(borrower, manager, supervisor)
    debt = world.debts[0]
    actors = (actor_of(world.manager), actor_of(world.officers[0]), actor_of(borrower))

    def tell(place: int) -> Callable[[], Any]:
        def act() -> Any:
            with clock.demo_today(date(2026, 11, 18)):
                told = Told(date(2026, 11, 18), 100 + place, 10, 1, 0, None)
                return debt_services.give_split(actor=actors[place], obligation_id=debt.pk, told=told)

        return act

    found = together(tell(0), tell(1), tell(2))
    assert all(isinstance(item, DebtSplit) for item in found), found
    current = DebtSplit.objects.get(obligation=debt, superseded_at__isnull=True)
    debt.refresh_from_db()
    assert debt.principal_tiyn == current.principal_tiyn
    assert DebtSplit.objects.filter(obligation=debt).count() == 4
    case = Case.objects.get(pk=world.case.pk)
    assert case.total_tiyn == sum(row.total_tiyn for row in Obligation.objects.filter(case=case))


@pytest.mark.django_db(transaction=True)
def test_mark_and_confirmation_at_once_both_hold(borrower: User, manager: User, supervisor: User) -> None:
    with clock.demo_today(date(2026, 11, 18)):
        world = make_world(borrower, manager, supervisor)
        debt_payments.give_schedule(
            actor=actor_of(manager), obligation_id=world.debts[0].pk, version=world.version(), kind="agreed",
            rows=[debt_payments.PlannedRow(date(2026, 11, 18), 90, 10, 100)], terms={},
        )  # fmt: skip
    row = ScheduleRow.objects.get()
    owner, officer = actor_of(borrower), actor_of(world.officers[0])
    day, debt_id = date(2026, 11, 18), world.debts[0].pk

    def on_that_day(act: Callable[[], Any]) -> Callable[[], Any]:
        def run() -> Any:
            with clock.demo_today(day):
                return act()

        return run

    together(
        on_that_day(
            lambda: debt_payments.mark_paid(actor=owner, obligation_id=debt_id, row_id=row.pk, paid_on=day)
        ),
        on_that_day(
            lambda: debt_payments.confirm_paid(
                actor=officer, obligation_id=debt_id, row_id=row.pk, confirmed_on=day
            )
        ),
    )
    row.refresh_from_db()
    assert row.confirmed_tiyn == 100
    assert EventRow.objects.filter(type="debt.payment_confirmed").count() == 1
