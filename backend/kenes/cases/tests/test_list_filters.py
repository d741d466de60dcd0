"""Filters, order and totals of the list beyond its first ones."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from kenes.accounts.models import User
from kenes.cases import testing
from kenes.cases.models import Case
from kenes.cases.tests import people_of_cases as people

Api = Callable[[User], Any]


@pytest.fixture
def cases(borrower: User, today: date) -> dict[str, Case]:
    """A bank's case, one of a notary in triage, and a small microcredit of a person who reads Kazakh."""
    other = testing.make_borrower("+77015550001", "920803397822", "Есенұлы Бақытжан")
    mfo = {
        **testing.FORM["obligations"][0], "creditor_name": "МФО «Айқын Қаржы»", "creditor_type": "MFO",
        "contract_number": "МК-20881", "overdue_since": "2026-11-10", "principal_tiyn": 5_000_00,
        "interest_tiyn": 0, "penalty_tiyn": 0,
    }  # fmt: skip
    return {
        "bank": testing.make_case(borrower),
        "notary": testing.make_case(
            borrower, events=[{"kind": "INSCRIPTION_RECEIVED", "date": "2026-11-10", "text": ""}]
        ),
        "mfo": testing.make_case(
            other, obligations=[mfo], applicant={"language": "kk", "address": "Алматы қ., Абай к-сі, 1"}
        ),
    }


def found(answer: Any, cases: dict[str, Case]) -> list[str]:
    assert answer.status_code == 200, answer.content
    names = {str(case.id): name for name, case in cases.items()}
    return [names[row["id"]] for row in answer.json()["items"]]


def test_filters(cases: dict[str, Case], supervisor: User, api_for: Api, subtests: pytest.Subtests) -> None:
    for query, expected in [
        ("language=kk", {"mfo"}),
        ("amount_from=100000000", {"bank", "notary"}),
        ("amount_to=99999999", {"mfo"}),
        ("amount_from=500000&amount_to=500000", {"mfo"}),
        ("track_kind=NOTARY_OBJECTION", {"notary"}),
        ("track_kind=RESTRUCTURING&track_state=PREPARING", {"bank", "mfo"}),
        ("track_state=AGREED", set()),
        ("term=today", set()),
        ("term=in3&term=in7", {"bank", "notary"}),
        ("term=later", {"mfo"}),
        ("term=none", set()),
        ("term=overdue", set()),
        ("column=later", {"mfo"}),
        ("submitted_before=2020-01-01", set()),
        ("queue=01890000-0000-7000-8000-000000000001", set()),
        ("tag=01890000-0000-7000-8000-000000000001", set()),
    ]:
        with subtests.test(query=query, expected=expected):
            assert set(found(api_for(supervisor).call("get", f"/cases/?{query}"), cases)) == expected


def test_what_no_list_has_is_refused(
    cases: dict[str, Case], supervisor: User, api_for: Api, subtests: pytest.Subtests
) -> None:
    for query in [
        "term=soon", "amount_from=-1", "amount_from=99999999999999999999", "track_kind=NONE", "language=de",
        "queue=x", "unread=perhaps", "sort=borrower", "column=status", "submitted_after=yesterday",
    ]:  # fmt: skip
        with subtests.test(query=query):
            assert api_for(supervisor).call("get", f"/cases/?{query}").status_code == 400


def test_every_order_goes_through_all_pages_once(
    cases: dict[str, Case], supervisor: User, api_for: Api, subtests: pytest.Subtests
) -> None:
    for sort in [
        "-amount",
        "amount",
        "-updated_at",
        "updated_at",
        "-number",
        "number",
        "created_at",
        "urgency",
    ]:
        with subtests.test(sort=sort):
            api, seen, cursor = api_for(supervisor), [], ""
            while True:
                answer = api.call("get", f"/cases/?sort={sort}&limit=1&cursor={cursor}")
                seen += found(answer, cases)
                cursor = answer.json()["next_cursor"]
                if not cursor:
                    break
            assert sorted(seen) == ["bank", "mfo", "notary"]
            if sort == "-amount":
                assert seen[-1] == "mfo"
            if sort == "number":
                assert seen == ["bank", "notary", "mfo"]


def test_on_the_board_every_case_stands_in_one_column(
    cases: dict[str, Case], supervisor: User, api_for: Api
) -> None:
    api = api_for(supervisor)
    later = (max(case.next_due for case in cases.values()) + timedelta(days=1)).isoformat()
    for day in (cases["bank"].next_due.isoformat(), later):
        columns = [
            found(api.call("get", f"/cases/?column={stage}", X_Demo_Date=day), cases)
            for stage in ("overdue", "today", "in3", "in7", "later", "none")
        ]
        assert sorted(name for column in columns for name in column) == ["bank", "mfo", "notary"]
    overdue = api.call("get", "/cases/?term=overdue", X_Demo_Date=later)
    assert set(found(overdue, cases)) == {"bank", "mfo", "notary"}


def test_terms_of_a_case_that_is_over_press_nobody(
    cases: dict[str, Case], supervisor: User, api_for: Api
) -> None:
    """The number over a column of the board, the stage as a filter and the tab of the list agree."""
    api = api_for(supervisor)
    later = (max(case.next_due for case in cases.values()) + timedelta(days=1)).isoformat()
    Case.objects.filter(pk=cases["mfo"].pk).update(status="closed", outcome="DEFERRAL")
    for narrowed in ("term", "column"):
        overdue = api.call("get", f"/cases/?{narrowed}=overdue", X_Demo_Date=later)
        assert set(found(overdue, cases)) == {"bank", "notary"}
        assert found(api.call("get", f"/cases/?{narrowed}=none", X_Demo_Date=later), cases) == ["mfo"]
    told = api.call("post", "/cases/totals/", {}, X_Demo_Date=later).json()["by_term"]
    assert {stage: part["count"] for stage, part in told.items()} == {"overdue": 2, "none": 1}
    assert api.call("get", "/cases/counts/", X_Demo_Date=later).json()["pressing"] == 2


def test_totals_count_and_add_up_what_fits(cases: dict[str, Case], supervisor: User, api_for: Api) -> None:
    api = api_for(supervisor)
    with CaptureQueriesContext(connection) as queries:
        answer = api.call("post", "/cases/totals/", {"amount_from": 600_00})
    counting = [
        query["sql"] for query in queries if "COUNT(" in query["sql"] and "cases_case" in query["sql"]
    ]
    assert len(counting) == 1
    totals = answer.json()
    whole = sum(case.total_tiyn for case in cases.values())
    assert totals["whole"] == {"count": 3, "total_tiyn": whole}
    assert totals["by_status"]["triage"] == {"count": 1, "total_tiyn": cases["notary"].total_tiyn}
    assert sum(part["count"] for part in totals["by_term"].values()) == 3
    narrowed = api.call("post", "/cases/totals/", {"query": "Бақытжан"}).json()
    assert narrowed["whole"]["count"] == 1


def test_totals_tell_only_what_the_reader_sees(
    cases: dict[str, Case], admin: User, manager: User, api_for: Api, reference: None
) -> None:
    assert api_for(admin).call("post", "/cases/totals/", {}).json()["whole"] == {
        "count": 3,
        "total_tiyn": None,
    }
    body = people.organisation("Банк")
    people.join(people.debts_of(cases["bank"])[0].creditor, body)
    officer = people.officer(body, "+77015550077")
    people.letter_arrived(people.debts_of(cases["bank"])[0])
    told = api_for(officer).call("post", "/cases/totals/", {}).json()
    assert told == {
        "whole": {"count": 1, "total_tiyn": None},
        "by_status": {cases["bank"].status: {"count": 1, "total_tiyn": None}},
        "by_term": {},
    }
    for secret in ("term=later&term=in7&term=in3", "amount_from=1", "unread=true", "language=ru"):
        assert api_for(officer).call("get", f"/cases/?{secret}").json()["items"] == []


def test_a_page_costs_the_same_whatever_it_holds(
    cases: dict[str, Case], supervisor: User, api_for: Api, django_assert_max_num_queries: Any
) -> None:
    api = api_for(supervisor)
    api.call("get", "/cases/?limit=1")
    with CaptureQueriesContext(connection) as one:
        api.call("get", "/cases/?limit=1&sort=-amount&term=in3&term=later&term=in7")
    with CaptureQueriesContext(connection) as many:
        api.call("get", "/cases/?limit=50&sort=-amount&term=in3&term=later&term=in7")
    assert len(one) == len(many)
