"""Organisations: two of each never see one another; roles follow membership; own administrators stay inside."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from conftest import ApiClient
from kenes.accounts import organisations
from kenes.accounts.models import Invitation, Membership, Organisation, User
from kenes.foundation.errors import KenesError
from kenes.foundation.identifiers import new_id
from kenes.messaging.models import Message

from .conftest import PHONE, make_borrower
from .people import (
    REASON,
    actor,
    client_of,
    code,
    events,
    join,
    make_organisation,
    make_staff,
    member,
    roles_of,
)
from .test_sign_in_races import at_once

pytestmark = pytest.mark.django_db
NOTE = {"note": "Выписка из реестра и БИН"}
BIN, OTHER_BIN = "140840014738", "061140005790"


@pytest.fixture
def office() -> ApiClient:
    return client_of(make_staff("admin", "admin"))


@pytest.fixture
def bank() -> Organisation:
    return make_organisation("Первый банк")


@pytest.fixture
def other_bank() -> Organisation:
    return make_organisation("Второй банк")


@pytest.fixture
def head(bank: Organisation) -> User:
    return member("head", bank, administrator=True)


@pytest.fixture
def other_head(other_bank: Organisation) -> User:
    return member("otherhead", other_bank, administrator=True)


def membership_of(user: User) -> Membership:
    return Membership.objects.get(user=user, ended_at__isnull=True)


def people(client: ApiClient, organisation: Organisation) -> Any:
    return client.call("get", f"/organisations/{organisation.pk}/people/")


def every_call(
    client: ApiClient, organisation: Organisation, membership: Membership, invitation_id: Any
) -> list[Any]:
    base = f"/organisations/{organisation.pk}"
    return [
        client.call("get", f"{base}/"),
        client.call("patch", f"{base}/", {"address": "Алматы", "version": 1}),
        client.call("get", f"{base}/people/"),
        client.call("post", f"{base}/people/", {"email": "spy@example.com"}),
        client.call("patch", f"{base}/people/{membership.pk}/", {"is_administrator": True}),
        client.call("delete", f"{base}/people/{membership.pk}/"),
        client.call("delete", f"{base}/invitations/{invitation_id}/"),
        client.call("post", f"{base}/invitations/{invitation_id}/resend/", {}),
    ]


def test_organisations_do_not_exist_for_others(
    bank: Organisation, other_bank: Organisation, head: User, other_head: User
) -> None:
    officer = member("officer", bank)
    mine = client_of(head).call("post", f"/organisations/{bank.pk}/people/", {"email": "soon@example.com"})
    invitation_id = mine.json()["id"]
    before = list(Membership.objects.order_by("pk").values())
    strangers = [
        other_head,
        member("otherofficer", other_bank),
        officer,  # of the same bank, but not its administrator
        make_borrower(PHONE),
        make_staff("manager", "manager"),
        make_staff("accountant", "accountant"),
    ]
    before = list(Membership.objects.order_by("pk").values())
    for stranger in strangers:
        for answer in every_call(client_of(stranger), bank, membership_of(officer), invitation_id):
            assert code(answer) == (404, "organisation.not_found"), stranger.email
    assert [
        answer.status_code for answer in every_call(ApiClient(), bank, membership_of(officer), invitation_id)
    ] == [401] * 8
    assert list(Membership.objects.order_by("pk").values()) == before
    assert Invitation.objects.get().cancelled_at is None
    assert Message.objects.filter(kind="invitation").count() == 1


def test_a_list_holds_only_the_administered_organisations(
    bank: Organisation, other_bank: Organisation, head: User
) -> None:
    listed = client_of(head).call("get", "/organisations/").json()["items"]
    assert [row["id"] for row in listed] == [str(bank.pk)]
    officer = client_of(member("officer", bank))
    assert code(officer.call("get", "/organisations/")) == (403, "forbidden")
    both = client_of(make_staff("supervisor", "supervisor")).call("get", "/organisations/").json()["items"]
    assert {row["id"] for row in both} == {str(bank.pk), str(other_bank.pk)}


def test_ids_of_another_organisation_do_not_work_below_the_own_one(
    bank: Organisation, head: User, other_bank: Organisation, other_head: User
) -> None:
    foreign = client_of(other_head).call(
        "post", f"/organisations/{other_bank.pk}/people/", {"email": "b@example.com"}
    )
    desk, base = client_of(head), f"/organisations/{bank.pk}"
    theirs = membership_of(other_head)
    assert code(desk.call("patch", f"{base}/people/{theirs.pk}/", {"post": "x"})) == (
        404,
        "organisation.person_not_found",
    )
    assert code(desk.call("delete", f"{base}/people/{theirs.pk}/")) == (404, "organisation.person_not_found")
    invitation_id = foreign.json()["id"]
    assert code(desk.call("delete", f"{base}/invitations/{invitation_id}/")) == (404, "invitation.not_found")
    assert code(desk.call("post", f"{base}/invitations/{invitation_id}/resend/", {})) == (
        404,
        "invitation.not_found",
    )
    assert membership_of(other_head).is_administrator
    assert code(desk.call("post", "/people/search/", {"query": other_head.email})) == (403, "forbidden")
    assert code(desk.call("get", f"/people/{other_head.pk}/")) == (403, "forbidden")


def test_an_own_administrator_fills_his_organisation(bank: Organisation, head: User, api: ApiClient) -> None:
    desk = client_of(head)
    made = desk.call(
        "post", f"/organisations/{bank.pk}/people/", {"email": "NEW@example.com", "post": "Юрист"}
    )
    assert made.status_code == 201 and made.json()["email"] == "new@example.com"
    shown = people(desk, bank).json()
    assert [row["email"] for row in shown["invitations"]] == ["new@example.com"]
    assert [(row["full_name"], row["masked_email"]) for row in shown["items"]] == [
        ("Head Банкова", "h•••@example.com")
    ]
    assert "head@example.com" not in str(shown)


def test_mass_assignment_gives_no_role_through_a_membership(bank: Organisation, head: User) -> None:
    desk = client_of(head)
    for extra in ({"roles": ["admin"]}, {"custom_role_ids": []}, {"organisation_id": str(new_id())}):
        answer = desk.call("post", f"/organisations/{bank.pk}/people/", {"email": "x@example.com", **extra})
        assert answer.status_code == 400
    mine = f"/organisations/{bank.pk}/people/{membership_of(head).pk}/"
    for body in ({"organisation": str(new_id())}, {"user_id": str(new_id())}, {"roles": ["admin"]}):
        assert desk.call("patch", mine, body).status_code == 400
    assert not Invitation.objects.exists()


def test_creditor_roles_follow_membership_and_sessions_end_with_it(bank: Organisation, head: User) -> None:
    officer = member("officer", bank)
    assert (roles_of(head), roles_of(officer)) == ({"creditor_admin"}, {"creditor_officer"})
    desk, theirs = client_of(head), client_of(officer)
    line = f"/organisations/{bank.pk}/people/{membership_of(officer).pk}/"
    assert desk.call("patch", line, {"is_administrator": True, "post": "Начальник"}).status_code == 200
    assert roles_of(officer) == {"creditor_admin"}
    theirs = client_of(officer)
    assert theirs.call("get", f"/organisations/{bank.pk}/").status_code == 200
    assert desk.call("delete", line).status_code == 204
    assert theirs.call("get", f"/organisations/{bank.pk}/").status_code == 401
    assert roles_of(officer) == set()
    assert client_of(officer).call("get", f"/organisations/{bank.pk}/").status_code == 404
    assert len(events("person.left_organisation")) == 1


def test_leaving_one_of_two_creditors_keeps_the_role_of_the_other(
    bank: Organisation, other_bank: Organisation, head: User
) -> None:
    join(head, other_bank)
    office = client_of(make_staff("admin", "admin"))
    membership = Membership.objects.get(user=head, organisation=bank)
    office.call("delete", f"/organisations/{bank.pk}/people/{membership.pk}/")
    assert roles_of(head) == {"creditor_officer"}
    assert actor(head).organisation_ids == {other_bank.pk}


@pytest.mark.parametrize("kind", ["law_office", "mediation_centre", "ombudsman", "platform"])
def test_other_organisations_give_no_role_by_themselves(kind: str) -> None:
    person = member("person", make_organisation("Контора", kind), administrator=True)
    assert roles_of(person) == set()


@pytest.mark.parametrize("kind", ["law_office", "mediation_centre", "ombudsman"])
def test_an_administrator_without_a_role_manages_the_people_of_his_office_alone(kind: str) -> None:
    mine, other = make_organisation("Своя контора", kind), make_organisation("Чужая контора", kind)
    head, colleague = member("head", mine, administrator=True), member("colleague", mine)
    desk = client_of(head)
    assert len(people(desk, mine).json()["items"]) == 2
    assert people(desk, other).status_code == 404
    assert people(client_of(colleague), mine).status_code == 404
    Membership.objects.filter(user=head).update(is_administrator=False)
    assert people(desk, mine).status_code == 404


def test_an_administrator_does_not_change_his_own_place(bank: Organisation, head: User) -> None:
    desk, line = client_of(head), f"/organisations/{bank.pk}/people/{membership_of(head).pk}/"
    assert code(desk.call("patch", line, {"is_administrator": False})) == (403, "accounts.own_rights")
    assert code(desk.call("delete", line)) == (403, "accounts.own_rights")
    assert desk.call("patch", line, {"post": "Директор"}).status_code == 200
    assert roles_of(head) == {"creditor_admin"}


def test_removing_needs_a_fresh_proof(bank: Organisation, head: User) -> None:
    officer = member("officer", bank)
    stale = client_of(head, fresh=False)
    answer = stale.call("delete", f"/organisations/{bank.pk}/people/{membership_of(officer).pk}/")
    assert code(answer) == (403, "auth.proof_required")
    assert roles_of(officer) == {"creditor_officer"}


def test_nothing_works_before_the_check_and_after_the_end(office: ApiClient) -> None:
    bank = make_organisation("Новый банк", checked=False)
    head = member("head", bank, administrator=True)
    assert actor(head).organisation_ids == frozenset()
    assert client_of(head).call("get", f"/organisations/{bank.pk}/").status_code == 404
    assert office.call("post", f"/organisations/{bank.pk}/check/", NOTE).json()["status"] == "open"
    assert client_of(head).call("get", f"/organisations/{bank.pk}/").status_code == 200
    desk = client_of(head)
    desk.call("post", f"/organisations/{bank.pk}/people/", {"email": "x@example.com"})
    closed = office.call("post", f"/organisations/{bank.pk}/close/", REASON).json()
    assert closed["status"] == "closed" and closed["allowed_actions"] == []
    assert desk.call("get", f"/organisations/{bank.pk}/").status_code == 401
    assert roles_of(head) == set()
    assert Invitation.objects.get().cancelled_at is not None
    assert code(office.call("post", f"/organisations/{bank.pk}/people/", {"email": "y@example.com"})) == (
        409,
        "organisation.closed",
    )
    assert code(office.call("post", f"/organisations/{bank.pk}/check/", NOTE)) == (409, "organisation.closed")
    assert events("organisation.closed")[0].data["people"] == 1


def test_nobody_checks_the_organisation_that_he_acts_for(bank: Organisation) -> None:
    Organisation.objects.filter(pk=bank.pk).update(checked_at=None)
    supervisor = make_staff("supervisor", "supervisor")
    join(supervisor, bank)
    answer = client_of(supervisor).call("post", f"/organisations/{bank.pk}/check/", NOTE)
    assert code(answer) == (403, "accounts.own_rights")
    bank.refresh_from_db()
    assert bank.checked_at is None


def test_an_organisation_is_added_unchecked_and_its_bin_is_its_own(office: ApiClient) -> None:
    body = {
        "kind": "creditor",
        "name": "Тест Банк",
        "name_kk": "Тест Банкі",
        "bin": BIN,
        "phone": "8 727 250 12 34",
    }
    made = office.call("post", "/organisations/", body)
    assert made.status_code == 201, made.content
    assert (made.json()["status"], made.json()["phone"], made.json()["checked_by_name"]) == (
        "unchecked",
        "+77272501234",
        "",
    )
    again = office.call("post", "/organisations/", {"kind": "creditor", "name": "Другой", "bin": BIN})
    assert again.json()["errors"] == [
        {"pointer": "/bin", "code": "taken", "detail": "Этот БИН есть у другой организации."}
    ]
    assert Organisation.objects.count() == 1


@pytest.mark.parametrize(
    "body",
    [
        {"name": "", "kind": "creditor"},
        {"name": "x" * 301, "kind": "creditor"},
        {"name": "Банк", "kind": "bank"},
        {"name": "Банк", "kind": "creditor", "bin": "123"},
        {"name": "Банк", "kind": "creditor", "email": "почта@банк.кз"},
        {"name": "Банк", "kind": "creditor", "phone": "12"},
        {"name": "Банк", "kind": "creditor", "checked_at": "2026-01-01T00:00:00Z"},
        {"name": "Б\x00нк", "kind": "creditor"},
    ],
)
def test_wrong_organisations_are_named(office: ApiClient, body: dict[str, Any]) -> None:
    assert office.call("post", "/organisations/", body).status_code == 400
    assert not Organisation.objects.exists()


def test_a_changed_name_has_to_be_checked_again_and_an_address_has_not(
    office: ApiClient, bank: Organisation, head: User
) -> None:
    line = f"/organisations/{bank.pk}/"
    own = client_of(head).call("patch", line, {"address": "Алматы", "version": 1})
    assert (own.json()["status"], own.json()["version"]) == ("open", 2)
    assert code(client_of(head).call("patch", line, {"name": "Лучший банк", "version": 2})) == (
        403,
        "forbidden",
    )
    assert code(office.call("patch", line, {"name": "Лучший банк", "version": 1})) == (
        409,
        "accounts.changed_meanwhile",
    )
    changed = office.call("patch", line, {"name": "Лучший банк", "version": 2}).json()
    assert changed["status"] == "unchecked"
    assert events("organisation.changed")[-1].data == {
        "organisation_id": str(bank.pk), "fields": ["name"], "unchecked": True,
    }  # fmt: skip
    assert actor(head).organisation_ids == frozenset()


def test_an_employer_does_not_learn_that_his_officer_is_a_borrower(
    office: ApiClient, bank: Organisation, head: User
) -> None:
    borrower = make_borrower(PHONE)
    join(borrower, bank)
    mine = {row["person_id"]: row["roles"] for row in people(client_of(head), bank).json()["items"]}
    assert [role["code"] for role in mine[str(borrower.pk)]] == ["creditor_officer"]
    theirs = {row["person_id"]: row["roles"] for row in people(office, bank).json()["items"]}
    assert {role["code"] for role in theirs[str(borrower.pk)]} == {"creditor_officer", "borrower"}


def test_supervisors_look_and_check_and_change_nothing(bank: Organisation, head: User) -> None:
    room, base = client_of(make_staff("supervisor", "supervisor")), f"/organisations/{bank.pk}"
    assert room.call("get", f"{base}/").json()["allowed_actions"] == []
    assert code(room.call("patch", f"{base}/", {"address": "x", "version": 1})) == (403, "forbidden")
    assert code(room.call("post", f"{base}/people/", {"email": "x@example.com"})) == (403, "forbidden")
    assert code(room.call("delete", f"{base}/people/{membership_of(head).pk}/")) == (403, "forbidden")
    assert code(room.call("post", f"{base}/close/", REASON)) == (403, "forbidden")
    assert roles_of(head) == {"creditor_admin"}


def test_search_filters_and_pages(office: ApiClient, bank: Organisation, other_bank: Organisation) -> None:
    Organisation.objects.filter(pk=other_bank.pk).update(bin=OTHER_BIN, checked_at=None)
    make_organisation("Контора", "law_office")

    def names(query: str) -> list[str]:
        return [row["name"] for row in office.call("get", f"/organisations/?{query}").json()["items"]]

    assert names("query=первый") == ["Первый банк"]
    assert names(f"query={OTHER_BIN}") == ["Второй банк"]
    assert names("status=unchecked") == ["Второй банк"]
    assert names("kind=law_office") == ["Контора"]
    assert office.call("get", "/organisations/?kind=bank").status_code == 400
    first = office.call("get", "/organisations/?limit=2").json()
    rest = office.call("get", f"/organisations/?limit=2&cursor={first['next_cursor']}").json()
    assert len({row["id"] for row in first["items"] + rest["items"]}) == 3


@pytest.mark.parametrize("address", ["/organisations/?limit=100", "/organisations/{}/people/"])
def test_lists_cost_the_same_number_of_queries(office: ApiClient, bank: Organisation, address: str) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as seen:
            assert office.call("get", address.format(bank.pk)).status_code == 200
        return len(seen)

    member("one", bank)
    queries()
    few = queries()
    for number in range(8):
        member(f"m{number}", bank)
        make_organisation(f"Банк {number}")
    assert queries() == few


@pytest.mark.django_db(transaction=True)
def test_two_own_administrators_who_remove_each_other_leave_one(transactional_db: None) -> None:
    bank = make_organisation("Банк")
    pair = [member("first", bank, administrator=True), member("second", bank, administrator=True)]
    actors = [actor(person) for person in pair]
    places = [membership_of(person).pk for person in pair]

    def remove(number: int) -> str:
        try:
            organisations.remove_person(
                actor=actors[number], organisation_id=bank.pk, membership_id=places[1 - number]
            )
        except KenesError as problem:
            return problem.code
        return "removed"

    assert sorted(at_once(2, remove)) == ["organisation.not_found", "removed"]
    assert Membership.objects.filter(organisation=bank, ended_at__isnull=True).count() == 1
