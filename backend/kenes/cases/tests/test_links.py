"""Links between cases read from both ends, and what cannot be linked."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from kenes.accounts.models import User
from kenes.cases import testing
from kenes.cases.collaboration import links
from kenes.cases.errors.cases import CaseNotFound
from kenes.cases.errors.links import LinkExists, LinkRefused
from kenes.cases.models import Case
from kenes.cases.tests.people_of_cases import NURBANK, actor_of
from kenes.foundation.errors import Forbidden

Api = Callable[[User], Any]


@pytest.fixture
def pair(borrower: User, manager: User, today: date) -> tuple[Case, Case]:
    first, second = testing.make_case(borrower), testing.make_case(borrower, obligations=[NURBANK])
    Case.objects.update(assignee=manager)
    return first, second


@pytest.mark.parametrize(
    ("kind", "back"),
    [
        ("related", "related"),
        ("same_contract", "same_contract"),
        ("same_household", "same_household"),
        ("follows", "followed"),
        ("followed", "follows"),
        ("parent", "child"),
        ("child", "parent"),
    ],
)
def test_a_link_is_read_from_both_ends(
    pair: tuple[Case, Case], manager: User, api_for: Api, kind: str, back: str
) -> None:
    first, second = pair
    staff = api_for(manager)
    body = {"number": second.number, "kind": kind}
    (here,) = staff.call("post", f"/cases/{first.pk}/links/", body).json()["items"]
    (there,) = staff.call("get", f"/cases/{second.pk}/links/").json()["items"]
    assert (here["kind"], here["number"]) == (kind, second.number)
    assert (there["kind"], there["number"]) == (back, first.number)
    with pytest.raises(LinkExists):
        links.link_cases(actor=actor_of(manager), case_id=second.pk, number=first.number or "", kind=back)
    assert staff.call("delete", f"/cases/{second.pk}/links/{there['id']}/").status_code == 204
    assert staff.call("get", f"/cases/{first.pk}/links/").json()["items"] == []
    assert staff.call("delete", f"/cases/{second.pk}/links/{there['id']}/").status_code == 404


def test_families_of_cases_have_no_circles_and_one_parent(
    pair: tuple[Case, Case], borrower: User, manager: User
) -> None:
    first, second = pair
    third = testing.make_case(borrower, obligations=[{**NURBANK, "contract_number": "NB-3"}])
    Case.objects.update(assignee=manager)
    actor = actor_of(manager)

    def link(case: Case, other: Case, kind: str) -> None:
        links.link_cases(actor=actor, case_id=case.pk, number=other.number or "", kind=kind)

    link(first, second, "child")
    link(second, third, "child")
    for case, other, kind, reason in (
        (third, first, "child", "circle"),
        (first, third, "child", "has_parent"),
        (first, first, "related", "same_case"),
    ):
        with pytest.raises(LinkRefused) as refused:
            link(case, other, kind)
        assert refused.value.extra == {"reason": reason}


def test_links_are_for_staff_and_only_to_cases_they_see(
    pair: tuple[Case, Case], borrower: User, manager: User, other_manager: User, api_for: Api
) -> None:
    first, second = pair
    links.link_cases(actor=actor_of(manager), case_id=first.pk, number=second.number or "", kind="related")
    assert api_for(borrower).call("get", f"/cases/{first.pk}/links/").json() == {
        "items": [],
        "allowed_actions": [],
    }
    with pytest.raises(Forbidden):
        links.link_cases(
            actor=actor_of(borrower), case_id=first.pk, number=second.number or "", kind="related"
        )
    Case.objects.filter(pk=second.pk).update(assignee=other_manager)
    assert api_for(manager).call("get", f"/cases/{first.pk}/links/").json()["items"] == []
    with pytest.raises(CaseNotFound):
        links.link_cases(
            actor=actor_of(manager), case_id=first.pk, number=second.number or "", kind="follows"
        )


@pytest.mark.parametrize(
    "typed", ["kh-{year}-{place}", " KH {year} {place}", "КН{year}{place}", "{year}-{place}"]
)
def test_a_number_is_known_however_it_is_typed(pair: tuple[Case, Case], manager: User, typed: str) -> None:
    _prefix, year, place = str(pair[1].number).split("-")
    number = typed.format(year=year, place=place)
    assert links.find_by_number(actor_of(manager), number) == pair[1].pk
    with pytest.raises(CaseNotFound):
        links.find_by_number(actor_of(manager), number[:-1])
