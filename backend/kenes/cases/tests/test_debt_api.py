"""Debts over HTTP: who sees and changes what, splits with their history, checks, comparison."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from kenes.accounts.models import Role, User
from kenes.cases.history import timeline
from kenes.cases.models import Case, CaseDeadline, DebtSplit, FieldChange, Obligation, Track
from kenes.cases.states.track import TrackState
from kenes.cases.tests.conftest import make_staff
from kenes.cases.tests.debt_world import World, make_world, split
from kenes.cases.tests.people_of_cases import actor_of, person, power

pytestmark = pytest.mark.django_db
ApiFor = Callable[[User], Any]


@pytest.fixture
def world(borrower: User, manager: User, supervisor: User, today: date) -> World:
    return make_world(borrower, manager, supervisor)


def check_of(debt: dict[str, Any], code: str) -> dict[str, Any]:
    return next(found for found in debt["checks"] if found["code"] == code)


def test_the_debts_of_a_case_with_what_was_told_at_submission(world: World, api_for: ApiFor) -> None:
    page = api_for(world.borrower).call("get", f"/cases/{world.case.pk}/debts/").json()
    first = page["items"][0]
    assert page["version"] == world.version()
    assert page["total_tiyn"] == sum(debt["current"]["total_tiyn"] for debt in page["items"])
    assert first["splits"] == [first["current"]]
    assert (first["current"]["id"], first["current"]["as_of"]) == (None, "2026-11-18")
    assert first["current"]["source"] == "borrower"
    overdue = check_of(first, "overdue")
    assert (overdue["verdict"], overdue["trace"][0]["result"]) == ("late", "27\u00a0дней")


def test_the_number_of_queries_does_not_grow_with_debts_and_splits(world: World, api_for: ApiFor) -> None:
    client = api_for(world.manager)
    client.call("get", f"/cases/{world.case.pk}/debts/")

    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert client.call("get", f"/cases/{world.case.pk}/debts/").status_code == 200
        return len(captured)

    client.call("post", world.at(0, "splits/"), split())
    client.call("put", world.at(0, "schedules/contract/"), {"text": "01.12.2026;50000;0"}, **world.match())
    before = queries()
    for number in (0, 1):
        for day in ("2026-11-10", "2026-11-18"):
            body = split(as_of=day, overdue_tiyn=None)
            assert client.call("post", world.at(number, "splits/"), body).status_code == 201
        text = "01.12.2026;50000;1000\n01.01.2027;50000;500"
        answer = client.call("put", world.at(number, "schedules/contract/"), {"text": text}, **world.match())
        assert answer.status_code == 200
    assert queries() == before
    assert before <= 25


def test_a_newer_split_stands_above_and_the_older_stays_visible(world: World, api_for: ApiFor) -> None:
    client = api_for(world.manager)
    total = Case.objects.get(pk=world.case.pk).total_tiyn
    answer = client.call("post", world.at(0, "splits/"), split(as_of="2026-11-18", source="lender"))
    assert answer.status_code == 201
    debt = answer.json()
    assert [item["is_current"] for item in debt["splits"]] == [True, False]
    assert debt["current"]["total_tiyn"] == 139136000 + 7500000 + 400000
    row = Obligation.objects.get(pk=world.debts[0].pk)
    assert (row.interest_tiyn, row.overdue_tiyn) == (7500000, 9208600)
    grown = (7500000 - 7387500) + (400000 - 248600)
    assert Case.objects.get(pk=world.case.pk).total_tiyn == total + grown
    kept = FieldChange.objects.get(field="obligations/0/penalty_tiyn")
    assert (kept.old, kept.new) == ("248600", "400000")


def test_a_word_about_an_earlier_day_changes_no_present_sum(world: World, api_for: ApiFor) -> None:
    client = api_for(world.borrower)
    answer = client.call("post", world.at(0, "splits/"), split(as_of="2026-11-01", source="lender"))
    debt = answer.json()
    assert [item["is_current"] for item in debt["splits"]] == [True, False]
    assert debt["current"]["penalty_tiyn"] == 248600
    # Nobody speaks for another: a borrower's word is the borrower's.
    assert debt["splits"][1]["source"] == "borrower"


def test_the_same_word_twice_is_one_split(world: World, api_for: ApiFor) -> None:
    client = api_for(world.borrower)
    body = split(as_of="2026-11-18")
    for _try in range(2):
        assert client.call("post", world.at(0, "splits/"), body).status_code == 201
    assert DebtSplit.objects.filter(obligation=world.debts[0]).count() == 2


def test_a_wrong_split_is_refused_at_its_field(
    world: World, api_for: ApiFor, subtests: pytest.Subtests
) -> None:
    for changes, pointer in [
        ({"as_of": "2026-11-19"}, "/as_of"),
        ({"as_of": "2024-05-13"}, "/as_of"),
        ({"overdue_tiyn": 10**15}, "/overdue_tiyn"),
        ({"principal_tiyn": -1}, "/principal_tiyn"),
        ({"principal_tiyn": "1.5"}, "/principal_tiyn"),
        ({"principal_tiyn": 10**30}, "/principal_tiyn"),
        ({"principal_tiyn": True}, "/principal_tiyn"),
        ({"note": "a\u0000b"}, "/note"),
        ({"note": "\ud800"}, "/note"),
        ({"source": "somebody"}, "/source"),
        ({"stranger": 1}, "/stranger"),
        ({"as_of": [1]}, "/as_of"),
    ]:
        with subtests.test(changes=changes, pointer=pointer):
            answer = api_for(world.manager).call("post", world.at(0, "splits/"), split(**changes))
            assert answer.status_code == 400
            assert pointer in [error["pointer"] for error in answer.json()["errors"]]


def test_who_may_tell_sums(world: World, api_for: ApiFor) -> None:
    other = make_staff("stranger@example.com", Role.MANAGER)
    stranger = person("+77015550777")
    one, two = world.officers
    body = split()
    for who, expected in (
        (world.borrower, 201), (world.manager, 201), (world.supervisor, 201), (one, 201), (two, 404), (other, 404),
        (stranger, 404),
    ):  # fmt: skip
        assert api_for(who).call("post", world.at(0, "splits/"), body).status_code == expected, who
    sources = set(DebtSplit.objects.filter(obligation=world.debts[0]).values_list("source", flat=True))
    assert sources == {"borrower", "staff", "lender"}


def test_two_creditors_see_nothing_of_each_other(world: World, api_for: ApiFor) -> None:
    one, two = world.officers
    api_for(world.manager).call(
        "post", world.at(1, "splits/"), split(as_of="2026-11-18", note="secret words")
    )
    client = api_for(one)
    page = client.call("get", f"/cases/{world.case.pk}/debts/")
    assert [debt["id"] for debt in page.json()["items"]] == [str(world.debts[0].pk)]
    assert (page.json()["version"], page.json()["items"][0]["checks"]) == (0, [])
    assert page.json()["total_tiyn"] == world.debts[0].total_tiyn
    for secret in (world.debts[1].contract_number, str(world.debts[1].pk), "secret words"):
        assert secret not in page.content.decode()
    terms = {"new": {"rate_percent": 10, "months": 12}}
    for method, tail, body in (
        ("get", "", None), ("get", "schedules/", None), ("get", "schedules/contract/", None),
        ("post", "schedules/preview/", {"text": "01.12.2026;100;0"}), ("post", "compare/", terms),
        ("post", "splits/", split()), ("patch", "", {}),
        ("put", "schedules/offered/", {"text": "01.12.2026;100;0"}),
    ):  # fmt: skip
        headers = {"If-Match": '"1"'} if method in {"patch", "put"} else {}
        answer = client.call(method, world.at(1, tail), body, **headers)
        assert (answer.status_code, answer.json()["code"]) == (404, "debt.not_found"), tail
    own = api_for(two).call("get", world.at(1)).json()
    assert [item["note"] for item in own["splits"]] == [""]
    assert (own["contract"]["purpose"], own["contract"]["guarantors"]) == (None, None)


def test_a_contract_is_corrected_by_version_and_keeps_what_it_was(world: World, api_for: ApiFor) -> None:
    client = api_for(world.manager)
    body = {
        "kind": "UNSECURED", "apr_percent": 41.5, "purpose": "Ремонт квартиры", "rate_percent": "33.5",
        "guarantors": [{"role": "guarantor", "name": "Ахметов Ерлан"}], "upfront_fees_tiyn": 500000,
    }  # fmt: skip
    before = world.version()
    answer = client.call("patch", world.at(), body, **world.match())
    assert answer.status_code == 200
    contract = answer.json()["contract"]
    assert (contract["kind_label"], contract["purpose"]) == ("Банковский заём без залога", "Ремонт квартиры")
    assert contract["guarantors"] == body["guarantors"]
    assert world.version() == before + 1
    kept = FieldChange.objects.get(field="obligations/0/rate_percent")
    assert (kept.old, kept.new) == ("34.000", "33.500")
    refused = client.call("patch", world.at(), {"rate_percent": 1}, **world.match(before))
    assert (refused.status_code, refused.json()["code"]) == (412, "case.changed_meanwhile")
    assert refused.json()["current"]["rate_percent"] == "33.500"
    assert {change["field"] for change in refused.json()["changed"]} >= {"obligations/0/rate_percent"}
    assert client.call("patch", world.at(), {"rate_percent": 1}).status_code == 428


def test_another_day_of_delay_counts_the_terms_anew(world: World, api_for: ApiFor) -> None:
    debt = world.debts[0]
    client = api_for(world.manager)
    answer = client.call("patch", world.at(), {"overdue_since": "2026-11-02"}, **world.match())
    assert answer.status_code == 200
    starts = set(CaseDeadline.objects.filter(obligation=debt).values_list("start", flat=True))
    assert date(2026, 11, 2) in starts
    answer = client.call("patch", world.at(), {"overdue_since": None}, **world.match())
    assert answer.json()["errors"][0]["pointer"] == "/overdue_since"
    answer = client.call("patch", world.at(), {"contract_date": "2026-11-18"}, **world.match())
    assert answer.json()["errors"][0]["code"] == "before_contract"


def test_who_may_correct_a_contract(world: World, api_for: ApiFor) -> None:
    helper = person("+77015550601", name="Доверенный Данияр")
    power(world.borrower, helper, "act")
    body = {"term_months": 47}

    def tried(who: User) -> int:
        answer = api_for(who).call("patch", world.at(), body, **world.match())
        return int(answer.status_code)

    assert [tried(world.borrower), tried(helper), tried(world.manager)] == [200, 200, 200]
    assert tried(world.officers[0]) == 403
    assert tried(world.officers[1]) == 404
    Track.objects.filter(obligation=world.debts[0]).update(state=TrackState.SENT)
    refused = api_for(world.borrower).call("patch", world.at(), body, **world.match())
    assert (refused.status_code, refused.json()["code"]) == (409, "debt.already_sent")
    assert tried(world.manager) == 200
    # The sums may still be told.
    assert api_for(world.borrower).call("post", world.at(0, "splits/"), split()).status_code == 201


def test_a_case_that_ended_is_not_changed(world: World, api_for: ApiFor) -> None:
    Case.objects.filter(pk=world.case.pk).update(status="cancelled")
    client = api_for(world.manager)
    for answer in (
        client.call("post", world.at(0, "splits/"), split()),
        client.call("patch", world.at(), {"term_months": 3}, **world.match()),
    ):
        assert (answer.status_code, answer.json()["code"]) == (409, "debt.case_ended")
    assert client.call("get", world.at()).json()["allowed_actions"] == []


def test_a_wrong_correction_is_refused_at_its_field(
    world: World, api_for: ApiFor, subtests: pytest.Subtests
) -> None:
    for body, pointer in [
        ({"rate_percent": 1001}, "/rate_percent"),
        ({"rate_percent": True}, "/rate_percent"),
        ({"term_months": 0}, "/term_months"),
        ({"kind": "PRIVATE"}, "/kind"),
        ({"guarantors": [{"role": "friend", "name": "x"}]}, "/guarantors/0/role"),
        ({"guarantors": "x"}, "/guarantors"),
        ({"contract_date": "2026-11-19"}, "/contract_date"),
        ({"upfront_fees_tiyn": 240000000}, "/upfront_fees_tiyn"),
        ({"contract_number": ""}, "/contract_number"),
        ({"purpose": "a\u0000"}, "/purpose"),
        ({"principal_tiyn": 1}, "/principal_tiyn"),
    ]:
        with subtests.test(body=body, pointer=pointer):
            answer = api_for(world.manager).call("patch", world.at(), body, **world.match())
            assert answer.status_code == 400
            assert pointer in [error["pointer"] for error in answer.json()["errors"]]


def test_a_penalty_above_the_limit_is_told_with_source_and_mark(world: World, api_for: ApiFor) -> None:
    client = api_for(world.borrower)
    # 27 days of 0,5 % of 92 086 ₸ are 12 431,61 ₸.
    debt = client.call("post", world.at(0, "splits/"), split(as_of="2026-11-18", penalty_tiyn=2000000)).json()
    found = check_of(debt, "penalty")
    assert (found["verdict"], found["needs_review"]) == ("above", True)
    figures = {figure["code"]: figure["tiyn"] for figure in found["figures"]}
    assert figures["allowed"] == 1243161
    assert figures["excess"] == 2000000 - 1243161
    line = next(line for line in found["trace"] if line["code"] == "penalty_by_days")
    assert line["expression"].startswith("92\u00a0086\u00a0₸ × (0,5\u00a0% × 27\u00a0дней")
    assert all(rate["source"] for rate in found["rates"])
    within = client.call(
        "post", world.at(0, "splits/"), split(as_of="2026-11-18", penalty_tiyn=1243161)
    ).json()
    assert check_of(within, "penalty")["verdict"] == "within"


def test_the_rate_is_held_against_the_cap_of_the_contract_day(world: World, api_for: ApiFor) -> None:
    client = api_for(world.manager)
    body = {
        "kind": "SECURED", "contract_date": "2026-01-15", "original_amount_tiyn": 100000000, "term_months": 12,
        "monthly_payment_tiyn": 10200000, "overdue_since": "2026-10-22",
    }  # fmt: skip
    debt = client.call("patch", world.at(), body, **world.match()).json()
    found = check_of(debt, "effective_rate")
    assert (found["verdict"], found["needs_review"]) == ("above", False)
    assert {figure["code"]: figure["text"] for figure in found["figures"]}["cap"] == "35\u00a0%"
    assert "payments_assumed" in [reason["code"] for reason in found["reasons"]]
    debt = client.call("patch", world.at(), {"contract_date": "2024-01-15"}, **world.match()).json()
    found = check_of(debt, "effective_rate")
    assert (found["verdict"], found["needs_review"]) == ("within", True)


def test_a_short_microcredit_has_a_cap_a_day_too(world: World, api_for: ApiFor) -> None:
    client = api_for(world.manager)
    body = {
        "kind": "MICROCREDIT_SHORT", "contract_date": "2026-09-20", "original_amount_tiyn": 10000000,
        "term_months": 1, "monthly_payment_tiyn": 11500000,
    }  # fmt: skip
    found = check_of(client.call("patch", world.at(), body, **world.match()).json(), "effective_rate")
    assert found["verdict"] == "above"
    assert {reason["code"] for reason in found["reasons"]} >= {"daily_above"}
    codes = {rate["code"] for rate in found["rates"]}
    assert {"APR_CAP_MICROCREDIT_SHORT", "DAILY_CAP_MICROCREDIT_SHORT"} <= codes
    large = {"original_amount_tiyn": 30000000, "monthly_payment_tiyn": 31000000}
    found = check_of(client.call("patch", world.at(), large, **world.match()).json(), "effective_rate")
    assert "not_short" in {reason["code"] for reason in found["reasons"]}


def test_old_and_new_terms_are_compared(world: World, api_for: ApiFor) -> None:
    body = {
        "new": {
            "rate_percent": 20, "months": 48, "deferral_months": 3,
            "forgiven": {"penalty_tiyn": 248600},
        }
    }  # fmt: skip
    found = api_for(world.borrower).call("post", world.at(0, "compare/"), body).json()
    assert found["owed_tiyn"] == 139136000 + 7387500 + 248600
    assert found["forgiven_tiyn"] == 248600
    assert found["old"]["now_tiyn"] == 7387500 + 248600
    assert (found["old"]["payments"], found["new"]["payments"]) == (18, 51)
    for name in ("monthly_tiyn", "total_tiyn", "overpaid_tiyn", "payments"):
        assert found["difference"][name] == found["new"][name] - found["old"][name]
    for plan in (found["old"], found["new"]):
        assert sum(row["total_tiyn"] for row in plan["rows"]) == plan["total_tiyn"]
        assert plan["rows"][-1]["balance_tiyn"] == 0
    assert found["new"]["rows"][0]["principal_tiyn"] == 0


def test_without_old_terms_it_is_said_what_is_missing(world: World, api_for: ApiFor) -> None:
    Obligation.objects.filter(pk=world.debts[0].pk).update(term_months=None, rate_percent=None)
    body: dict[str, Any] = {"new": {"rate_percent": 20, "months": 48}}
    client = api_for(world.borrower)
    answer = client.call("post", world.at(0, "compare/"), body)
    assert [error["pointer"] for error in answer.json()["errors"]] == ["/old_rate_percent", "/old_months"]
    answer = client.call("post", world.at(0, "compare/"), {**body, "old_rate_percent": 34, "old_months": 20})
    assert answer.status_code == 200


def test_who_may_ask_what_can_be_borne(world: World, api_for: ApiFor) -> None:
    address = f"/cases/{world.case.pk}/affordability/"
    found = api_for(world.borrower).call("get", address).json()
    # Income 98 000 ₸, minimum 50 851 ₸ for oneself and half of it for each of two dependants.
    figures = {figure["code"]: figure["tiyn"] for figure in found["figures"]}
    assert figures["kept"] == 5085100 * 2
    assert (figures["left"], figures["bearable"]) == (0, 0)
    assert (found["verdict"], found["needs_review"]) == ("nothing_left", True)
    assert api_for(world.manager).call("get", address).status_code == 200
    assert api_for(world.officers[0]).call("get", address).status_code == 403
    assert api_for(person("+77015550778")).call("get", address).status_code == 404
    Case.objects.filter(pk=world.case.pk).update(assignee=None)
    pool = make_staff("pool@example.com", Role.MANAGER)
    assert api_for(pool).call("get", address).status_code == 403
    masked = api_for(pool).call("get", f"/cases/{world.case.pk}/debts/").json()
    assert masked["items"][0]["contract"]["purpose"] is None
    assert masked["items"][0]["allowed_actions"] == []


def test_the_history_tells_who_said_what(world: World, api_for: ApiFor) -> None:
    api_for(world.officers[0]).call("post", world.at(0, "splits/"), split())
    api_for(world.manager).call("patch", world.at(), {"term_months": 50}, **world.match())
    case = Case.objects.get(pk=world.case.pk)
    items, _next = timeline.page_of(
        actor=actor_of(world.manager), case=case, language="ru", limit=50, before=None
    )
    titles = [item.entry.title for item in items]
    assert "Суммы долга на 17\u00a0ноября 2026\u00a0г." in [
        t.replace("\u00a0ноября\u00a0", "\u00a0ноября ") for t in titles
    ]
    assert "Данные договора исправлены" in titles
