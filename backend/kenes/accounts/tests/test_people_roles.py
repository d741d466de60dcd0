"""Giving and taking roles, closing accounts: who may, to whom, and that sessions end."""

from typing import Any

import pytest

from conftest import ApiClient
from kenes.accounts import administration
from kenes.accounts.errors_people import LastAdministrator
from kenes.accounts.models import CustomRole, Role, User
from kenes.foundation.errors import Forbidden
from kenes.foundation.identifiers import new_id

from .conftest import PHONE, make_borrower
from .people import (
    REASON,
    actor,
    client_of,
    code,
    events,
    grant_of,
    join,
    make_organisation,
    make_staff,
    roles_of,
)
from .test_sign_in_races import at_once


@pytest.fixture
def admin(db: None) -> User:
    return make_staff("admin", "admin")


@pytest.fixture
def office(admin: User) -> ApiClient:
    return client_of(admin)


@pytest.fixture
def manager(db: None) -> User:
    return make_staff("manager", "manager")


def custom(*abilities: str) -> CustomRole:
    return CustomRole.objects.create(name_ru="Роль", name_kk="Рөл", name_en="Role", abilities=list(abilities))


def give(client: ApiClient, person: User, **body: Any) -> Any:
    return client.call("post", f"/people/{person.pk}/roles/", body)


def take(client: ApiClient, person: User, role: str) -> Any:
    return client.call("delete", f"/people/{person.pk}/roles/{grant_of(person, role).pk}/")


def test_a_role_is_given_once_with_its_event(office: ApiClient, manager: User) -> None:
    assert give(office, manager, role="content_editor").status_code == 200
    assert give(office, manager, role="content_editor").status_code == 200
    assert roles_of(manager) == {"manager", "content_editor"}
    assert (
        len([event for event in events("person.role_granted") if event.data["role"] == "content_editor"]) == 1
    )


def test_taking_a_role_ends_every_session_at_once(office: ApiClient, manager: User) -> None:
    desk = client_of(manager)
    assert desk.call("get", "/cases/").status_code == 200
    assert take(office, manager, "manager").status_code == 200
    assert desk.call("get", "/cases/").status_code == 401
    assert roles_of(manager) == set()
    assert [event.data["role"] for event in events("person.role_revoked")] == ["manager"]


def test_giving_and_taking_need_a_fresh_proof(admin: User, manager: User) -> None:
    stale = client_of(admin, fresh=False)
    assert code(give(stale, manager, role="supervisor")) == (403, "auth.proof_required")
    assert code(take(stale, manager, "manager")) == (403, "auth.proof_required")
    assert code(stale.call("post", f"/people/{manager.pk}/deactivate/", REASON)) == (
        403,
        "auth.proof_required",
    )
    assert roles_of(manager) == {"manager"}


def test_nobody_changes_his_own_roles_or_account(office: ApiClient, admin: User) -> None:
    make_staff("second", "admin")
    own = f"/people/{admin.pk}"
    assert code(give(office, admin, role="supervisor")) == (403, "accounts.own_rights")
    assert code(take(office, admin, "admin")) == (403, "accounts.own_rights")
    for step in ("deactivate", "reset-second-factor"):
        assert code(office.call("post", f"{own}/{step}/", REASON)) == (403, "accounts.own_rights")
    assert code(office.call("post", f"{own}/end-sessions/", {})) == (403, "accounts.own_rights")
    assert roles_of(admin) == {"admin"}
    assert User.objects.get(pk=admin.pk).is_active


@pytest.mark.parametrize(
    "role", ["lawyer", "mediator", "notary", "representative", "creditor_officer", "creditor_admin"]
)
def test_roles_that_follow_from_something_are_never_given_by_hand(
    office: ApiClient, manager: User, role: str
) -> None:
    assert code(give(office, manager, role=role)) == (409, "accounts.role_not_by_hand")
    assert roles_of(manager) == {"manager"}


def test_a_role_from_an_organisation_is_not_taken_by_hand(office: ApiClient) -> None:
    officer = User.objects.create_user("officer@example.com", None)
    join(officer, make_organisation("Банк"))
    assert code(take(office, officer, "creditor_officer")) == (409, "accounts.role_not_by_hand")
    assert roles_of(officer) == {"creditor_officer"}


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"role": "manager", "custom_role_id": str(new_id())},
        {"role": "root"},
        {"role": "system"},
        {"custom_role_id": "1"},
        {"role": "manager", "granted_by": str(new_id())},
        {"role": None},
    ],
)
def test_a_wrong_grant_is_named_and_gives_nothing(
    office: ApiClient, manager: User, body: dict[str, Any]
) -> None:
    assert give(office, manager, **body).status_code == 400
    assert roles_of(manager) == {"manager"}


def test_an_unknown_or_archived_custom_role_is_not_given(office: ApiClient, manager: User) -> None:
    assert code(give(office, manager, custom_role_id=str(new_id()))) == (404, "accounts.role_not_found")
    archived = custom("person.see")
    CustomRole.objects.filter(pk=archived.pk).update(archived_at=manager.created_at)
    assert code(give(office, manager, custom_role_id=str(archived.pk))) == (404, "accounts.role_not_found")


def test_a_custom_role_works_at_once_and_is_taken_again(office: ApiClient, manager: User) -> None:
    role = custom("person.see")
    assert client_of(manager).call("get", "/roles/").status_code == 403
    page = give(office, manager, custom_role_id=str(role.pk)).json()
    assert client_of(manager).call("get", "/roles/").status_code == 200
    grant = next(item for item in page["grants"] if item["custom_role_id"])
    assert (grant["label"], page["custom_roles"][0]["name"]) == ("Роль", "Роль")
    office.call("delete", f"/people/{manager.pk}/roles/{grant['id']}/")
    assert client_of(manager).call("get", "/roles/").status_code == 403


def test_whoever_grants_without_being_administrator_gives_only_what_he_has(manager: User) -> None:
    helper = make_staff("helper")
    administration.give_role(
        actor=actor(make_staff("chief", "admin")),
        person_id=helper.pk,
        custom_role_id=custom("role.grant", "person.see").pk,
    )
    desk = client_of(helper)
    assert code(give(desk, manager, role="admin")) == (403, "accounts.beyond_own_rights")
    assert code(give(desk, manager, custom_role_id=str(custom("case.see_all").pk))) == (
        403,
        "accounts.beyond_own_rights",
    )
    assert code(take(desk, manager, "manager")) == (403, "accounts.beyond_own_rights")
    assert give(desk, manager, custom_role_id=str(custom("person.see").pk)).status_code == 200
    assert "admin" not in roles_of(manager)


def test_somebody_elses_grant_is_not_found(office: ApiClient, manager: User) -> None:
    other = make_staff("other", "manager")
    answer = office.call("delete", f"/people/{manager.pk}/roles/{grant_of(other, 'manager').pk}/")
    assert code(answer) == (404, "accounts.grant_not_found")
    assert roles_of(other) == {"manager"}


def test_a_closed_account_cannot_sign_in_and_comes_back_with_its_roles(
    office: ApiClient, manager: User
) -> None:
    desk = client_of(manager)
    page = office.call("post", f"/people/{manager.pk}/deactivate/", REASON).json()
    assert page["status"] == "deactivated" and "reactivate" in page["allowed_actions"]
    assert desk.call("get", "/cases/").status_code == 401
    assert code(give(office, manager, role="supervisor")) == (409, "accounts.account_closed")
    assert office.call("post", f"/people/{manager.pk}/reactivate/", REASON).json()["status"] == "active"
    assert desk.call("get", "/cases/").status_code == 401
    assert client_of(manager).call("get", "/cases/").status_code == 200


def test_closing_needs_a_reason(office: ApiClient, manager: User) -> None:
    for body in ({}, {"reason": ""}, {"reason": "  a "}, {"reason": "\x00\x01\x02abc"}):
        assert office.call("post", f"/people/{manager.pk}/deactivate/", body).status_code == 400
    assert User.objects.get(pk=manager.pk).is_active


def test_merged_and_erased_accounts_stay_closed(office: ApiClient, manager: User) -> None:
    for changes in (
        {"merged_into": make_borrower(PHONE), "erased_at": None},
        {"merged_into": None, "erased_at": manager.created_at},
    ):
        User.objects.filter(pk=manager.pk).update(is_active=False, **changes)
        assert code(office.call("post", f"/people/{manager.pk}/reactivate/", REASON)) == (
            409,
            "accounts.cannot_reactivate",
        )
    assert not User.objects.get(pk=manager.pk).is_active


def test_a_lost_second_factor_is_reset_and_has_to_be_set_up_again(office: ApiClient, manager: User) -> None:
    desk = client_of(manager)
    page = office.call("post", f"/people/{manager.pk}/reset-second-factor/", REASON).json()
    assert page["has_second_factor"] is False
    assert desk.call("get", "/cases/").status_code == 401
    assert code(client_of(manager).call("get", "/cases/")) == (403, "auth.second_factor_required")
    assert events("person.second_factor_reset")[0].data["removed"] == 1


def test_ending_sessions_signs_out_everywhere(office: ApiClient, manager: User) -> None:
    desks = [client_of(manager), client_of(manager)]
    assert office.call("post", f"/people/{manager.pk}/end-sessions/", {}).status_code == 200
    assert [desk.call("get", "/cases/").status_code for desk in desks] == [401, 401]
    assert client_of(manager).call("get", "/cases/").status_code == 200


def test_the_last_administrator_stays(admin: User) -> None:
    helper = make_staff("helper")
    role = custom(*sorted(actor(admin).abilities))
    administration.give_role(actor=actor(admin), person_id=helper.pk, custom_role_id=role.pk)
    desk = client_of(helper)
    assert code(take(desk, admin, "admin")) == (409, "accounts.last_administrator")
    assert code(desk.call("post", f"/people/{admin.pk}/deactivate/", REASON)) == (
        409,
        "accounts.last_administrator",
    )
    assert roles_of(admin) == {"admin"} and User.objects.get(pk=admin.pk).is_active
    make_staff("second", "admin")
    assert take(desk, admin, "admin").status_code == 200


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("way", ["take", "deactivate"])
def test_two_administrators_who_remove_each_other_leave_one(way: str) -> None:
    pair = [make_staff("first", "admin"), make_staff("second", "admin")]
    actors = [actor(person) for person in pair]
    grants = [grant_of(person, "admin").pk for person in pair]

    def remove(number: int) -> str:
        other = 1 - number
        try:
            if way == "take":
                administration.take_role(
                    actor=actors[number], person_id=pair[other].pk, grant_id=grants[other]
                )
            else:
                administration.deactivate(actor=actors[number], person_id=pair[other].pk, reason="he or me")
        except (LastAdministrator, Forbidden) as problem:
            return problem.code
        return "done"

    results = sorted(at_once(2, remove))
    assert results.count("done") == 1, results
    left = [
        person for person in pair if User.objects.get(pk=person.pk).is_active and "admin" in roles_of(person)
    ]
    assert len(left) == 1


@pytest.mark.django_db(transaction=True)
def test_three_administrators_a_removed_one_removes_nobody_any_more() -> None:
    make_staff("third", Role.ADMIN)
    pair = [make_staff("first", "admin"), make_staff("second", "admin")]
    actors = [actor(person) for person in pair]
    grants = [grant_of(person, "admin").pk for person in pair]

    def remove(number: int) -> str:
        try:
            administration.take_role(
                actor=actors[number], person_id=pair[1 - number].pk, grant_id=grants[1 - number]
            )
        except Forbidden as problem:
            return problem.code
        return "done"

    assert sorted(at_once(2, remove)) == ["done", "forbidden"]
