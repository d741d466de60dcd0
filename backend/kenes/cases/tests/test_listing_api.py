"""Filters, sorting, search and totals of the list."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from kenes.accounts.models import User
from kenes.cases import testing
from kenes.cases.lists import listing
from kenes.cases.models import Case
from kenes.creditors.models import Creditor

Api = Callable[[User], Any]


@pytest.fixture
def cases(borrower: User, today: date) -> dict[str, Case]:
    """An ordinary case, one of a notary, and one of another person with a microcredit."""
    other = testing.make_borrower("+77015550001", "920803397822", "Есенұлы Бақытжан")
    mfo = {
        **testing.FORM["obligations"][0], "creditor_name": "МФО «Айқын Қаржы»", "creditor_type": "MFO",
        "contract_number": "МК-20881", "overdue_since": "2026-11-10",
    }  # fmt: skip
    return {
        "bank": testing.make_case(borrower),
        "notary": testing.make_case(
            borrower, events=[{"kind": "INSCRIPTION_RECEIVED", "date": "2026-11-10", "text": ""}]
        ),
        "mfo": testing.make_case(other, obligations=[mfo]),
    }


def found(answer: Any, cases: dict[str, Case]) -> list[str]:
    assert answer.status_code == 200, answer.content
    names = {str(case.id): name for name, case in cases.items()}
    return [names[row["id"]] for row in answer.json()["items"]]


def test_filters(cases: dict[str, Case], supervisor: User, api_for: Api, subtests: pytest.Subtests) -> None:
    for query, expected in [
        ("", {"bank", "notary", "mfo"}),
        ("status=triage", {"notary"}),
        ("status=triage&status=active", {"bank", "notary", "mfo"}),
        ("urgency=1", {"notary"}),
        ("urgency=2&urgency=3", {"bank", "mfo"}),
        ("assignee=none", {"bank", "notary", "mfo"}),
        ("assignee=me", set()),
        ("deadline_before=2026-11-23", {"bank", "notary"}),
        ("created_after=2100-01-01", None),
        ("created_before=2020-01-01", set()),
    ]:
        with subtests.test(query=query, expected=expected):
            answer = api_for(supervisor).call("get", f"/cases/?{query}")
            if expected is None:
                assert answer.status_code == 400
                return
            assert set(found(answer, cases)) == expected


def test_pressing_cases_are_those_with_a_term_today_or_missed(
    cases: dict[str, Case], supervisor: User, api_for: Api
) -> None:
    api, day = api_for(supervisor), cases["bank"].next_due.isoformat()
    today = api.call("get", "/cases/?pressing=true", X_Demo_Date=day)
    later = api.call("get", "/cases/?pressing=true", X_Demo_Date="2027-12-01")
    assert "bank" in found(today, cases)
    assert set(found(later, cases)) == {"bank", "notary", "mfo"}
    assert all(row["missed_deadline"]["days_left"] < 0 for row in later.json()["items"])
    assert api.call("get", "/cases/counts/", X_Demo_Date="2027-12-01").json()["pressing"] == 3


def test_filter_by_creditor(cases: dict[str, Case], supervisor: User, api_for: Api) -> None:
    aiqyn = Creditor.objects.get(code="aiqyn")
    assert found(api_for(supervisor).call("get", f"/cases/?creditor={aiqyn.id}"), cases) == ["mfo"]


def test_sorting(cases: dict[str, Case], supervisor: User, api_for: Api) -> None:
    api = api_for(supervisor)
    assert found(api.call("get", "/cases/"), cases) == ["mfo", "notary", "bank"]
    assert found(api.call("get", "/cases/?sort=urgency"), cases)[0] == "notary"
    assert found(api.call("get", "/cases/?sort=next_deadline"), cases)[-1] == "mfo"


def test_pages_follow_each_other(cases: dict[str, Case], supervisor: User, api_for: Api) -> None:
    api, collected, cursor = api_for(supervisor), [], ""
    while cursor is not None:
        page = api.call("get", f"/cases/?limit=1&sort=next_deadline&cursor={cursor}")
        collected += found(page, cases)
        cursor = page.json()["next_cursor"]
    assert sorted(collected) == ["bank", "mfo", "notary"]


def test_search(cases: dict[str, Case], supervisor: User, api_for: Api, subtests: pytest.Subtests) -> None:
    for query, expected in [
        ("досымов", {"bank", "notary"}),
        ("ДОСЫМОВ кайрат", {"bank", "notary"}),
        ("Есенулы", {"mfo"}),
        ("Бакытжан Есенұлы", {"mfo"}),
        ("Dosymov", {"bank", "notary"}),
        ("KH-2026-000003", {"mfo"}),
        ("kh2026000003", {"mfo"}),
        ("MK-20881", {"mfo"}),
        ("мк20881", {"mfo"}),
        ("4417", {"bank", "notary"}),
        ("айкын", {"mfo"}),
        ("центркредит", {"bank", "notary"}),
        (testing.IIN, {"bank", "notary"}),
        ("870419 390122", {"bank", "notary"}),
        ("8 701 555 00 01", {"mfo"}),
        ("0122", set()),
        ("390122", set()),
        ("5551841", set()),
        ("%", set()),
        ("_", set()),
        ("' OR 1=1 --", set()),
        ("никого", set()),
    ]:
        with subtests.test(query=query, expected=expected):
            answer = api_for(supervisor).call("post", "/cases/search/", {"query": query})
            assert set(found(answer, cases)) == expected


def test_search_keeps_the_filters(cases: dict[str, Case], supervisor: User, api_for: Api) -> None:
    answer = api_for(supervisor).call("post", "/cases/search/", {"query": "досымов", "status": ["triage"]})
    assert found(answer, cases) == ["notary"]


def test_borrower_does_not_find_others_by_number(
    cases: dict[str, Case], borrower: User, api_for: Api
) -> None:
    api = api_for(borrower)
    assert found(api.call("post", "/cases/search/", {"query": "920803397822"}), cases) == []
    assert set(found(api.call("get", "/cases/"), cases)) == {"bank", "notary"}


def test_totals(cases: dict[str, Case], manager: User, api_for: Api) -> None:
    api = api_for(manager)
    body = {"assignee_id": str(manager.pk), "version": Case.objects.get(pk=cases["bank"].pk).version}
    api.call("post", f"/cases/{cases['bank'].id}/assign/", body)
    totals = api.call("get", "/cases/counts/", X_Demo_Date="2026-11-24").json()
    assert totals["by_status"] | {"active": 2, "triage": 1} == totals["by_status"]
    assert (totals["mine"], totals["unassigned"], totals["overdue_deadlines"]) == (1, 2, 2)


def test_counts_stop_where_they_are_told_to(
    cases: dict[str, Case], manager: User, api_for: Api, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(listing, "COUNTED_TO", 2)
    counts = api_for(manager).call("get", "/cases/counts/", X_Demo_Date="2026-11-24").json()
    assert (counts["counted_to"], counts["unassigned"], counts["mine"]) == (2, 2, 0)
    assert max(counts["by_status"].values()) <= 2


def test_wrong_query_is_named(
    reference: None, supervisor: User, api_for: Api, subtests: pytest.Subtests
) -> None:
    for query, pointer in [
        ("status=nonsense", "/status/0"),
        ("colour=red", "/colour"),
        ("limit=0", "/limit"),
        ("limit=1000", "/limit"),
        ("limit=ten", "/limit"),
        ("urgency=9", "/urgency/0"),
        ("urgency=\u0661", "/urgency/0"),
        ("creditor=kaspi", "/creditor/0"),
        ("assignee=somebody", "/assignee"),
        ("created_after=01.11.2026", "/created_after"),
        ("cursor=%00", "/cursor"),
        ("cursor=abc", "/cursor"),
        ("sort=name", "/sort"),
        ("sort=urgency&sort=next_deadline", "/sort"),
    ]:
        with subtests.test(query=query, pointer=pointer):
            answer = api_for(supervisor).call("get", f"/cases/?{query}")
            assert answer.status_code == 400
            assert [error["pointer"] for error in answer.json()["errors"]] == [pointer]
