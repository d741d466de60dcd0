"""Roles put together by administrators."""

from typing import Any

import pytest

from conftest import ApiClient
from kenes.accounts import abilities, administration
from kenes.accounts.models import CustomRole, Role, User
from kenes.foundation.identifiers import new_id

from .people import actor, client_of, code, events, make_staff, roles_of

pytestmark = pytest.mark.django_db
NAMES = {"name_ru": "Юрист-проверяющий", "name_kk": "Тексеруші заңгер", "name_en": "Checking lawyer"}


@pytest.fixture
def admin() -> User:
    return make_staff("admin", "admin")


@pytest.fixture
def office(admin: User) -> ApiClient:
    return client_of(admin)


def make(office: ApiClient, *codes: str) -> dict[str, Any]:
    answer = office.call("post", "/roles/", {**NAMES, "abilities": list(codes)})
    assert answer.status_code == 201, answer.content
    body: dict[str, Any] = answer.json()
    return body


def test_the_catalogue_names_every_role_and_every_ability(office: ApiClient) -> None:
    answer = office.call("get", "/roles/", **{"Accept-Language": "en"}).json()
    assert {role["code"] for role in answer["built_in"]} == set(Role.values)
    assert {item["code"] for item in answer["catalogue"]} == set(abilities.BY_CODE)
    assert all(item["label"] and item["group_label"] for item in answer["catalogue"])
    staff = {role["code"] for role in answer["built_in"] if role["is_staff"]}
    assert staff == {"manager", "supervisor", "accountant", "content_editor", "admin"}


def test_a_role_is_made_counted_and_named_in_the_language_of_the_reader(office: ApiClient) -> None:
    role = make(office, "specialist.check", "staff.area")
    person = make_staff("checker")
    office.call("post", f"/people/{person.pk}/roles/", {"custom_role_id": role["id"]})
    shown = office.call("get", "/roles/", **{"Accept-Language": "kk"}).json()["custom"]
    assert [(item["name"], item["people_count"], item["version"]) for item in shown] == [
        ("Тексеруші заңгер", 1, 1)
    ]
    assert client_of(person).call("get", "/specialists/").status_code == 200
    assert events("custom_role.defined")[0].data["abilities"] == ["specialist.check", "staff.area"]


@pytest.mark.parametrize(
    "codes", [[], ["root"], ["case.file"], ["organisation.own", "staff.area"], ["case.see_sent"]]
)
def test_only_abilities_of_jobs_can_be_put_together(office: ApiClient, codes: list[str]) -> None:
    answer = office.call("post", "/roles/", {**NAMES, "abilities": codes})
    assert answer.status_code == 400
    assert answer.json()["errors"][0]["pointer"] == "/abilities"
    assert not CustomRole.objects.exists()


def test_a_stored_ability_that_is_not_grantable_counts_for_nothing(office: ApiClient) -> None:
    role = make(office, "staff.area")
    CustomRole.objects.filter(pk=role["id"]).update(abilities=["organisation.own", "case.file", "staff.area"])
    person = make_staff("clever")
    office.call("post", f"/people/{person.pk}/roles/", {"custom_role_id": role["id"]})
    assert actor(person).abilities == {"staff.area"}


def test_whoever_holds_a_role_cannot_change_or_archive_it(office: ApiClient, admin: User) -> None:
    role = make(office, "role.edit", "staff.area", "person.see")
    holder = make_staff("holder")
    office.call("post", f"/people/{holder.pk}/roles/", {"custom_role_id": role["id"]})
    desk = client_of(holder)
    more = desk.call("patch", f"/roles/{role['id']}/", {"abilities": ["case.see_all"], "version": 1})
    assert code(more) == (403, "accounts.own_rights")
    assert code(desk.call("delete", f"/roles/{role['id']}/")) == (403, "accounts.own_rights")
    assert CustomRole.objects.get().abilities == ["person.see", "role.edit", "staff.area"]


def test_whoever_edits_roles_without_being_administrator_puts_in_only_his_own_rights(
    office: ApiClient,
) -> None:
    role = make(office, "role.edit", "staff.area", "person.see")
    holder = make_staff("holder")
    office.call("post", f"/people/{holder.pk}/roles/", {"custom_role_id": role["id"]})
    desk = client_of(holder)
    refused = desk.call("post", "/roles/", {**NAMES, "abilities": ["case.see_all"]})
    assert code(refused) == (403, "accounts.beyond_own_rights")
    assert desk.call("post", "/roles/", {**NAMES, "abilities": ["person.see"]}).status_code == 201


def test_taking_an_ability_away_signs_the_holders_out(office: ApiClient) -> None:
    role = make(office, "specialist.check", "staff.area")
    person = make_staff("checker")
    office.call("post", f"/people/{person.pk}/roles/", {"custom_role_id": role["id"]})
    desk = client_of(person)
    changed = office.call("patch", f"/roles/{role['id']}/", {"abilities": ["staff.area"], "version": 1})
    assert changed.json()["version"] == 2
    assert desk.call("get", "/specialists/").status_code == 401
    assert client_of(person).call("get", "/specialists/").status_code == 403
    assert events("custom_role.defined")[-1].data["taken"] == ["specialist.check"]


def test_a_change_over_an_unseen_change_is_refused(office: ApiClient) -> None:
    role = make(office, "staff.area")
    assert office.call("patch", f"/roles/{role['id']}/", {"name_en": "One", "version": 1}).status_code == 200
    late = office.call("patch", f"/roles/{role['id']}/", {"name_en": "Two", "version": 1})
    assert code(late) == (409, "accounts.changed_meanwhile")
    assert CustomRole.objects.get().name_en == "One"


def test_an_archived_role_stops_for_everybody_and_stays_in_the_list(office: ApiClient) -> None:
    role = make(office, "specialist.check", "staff.area")
    person = make_staff("checker")
    office.call("post", f"/people/{person.pk}/roles/", {"custom_role_id": role["id"]})
    desk = client_of(person)
    assert office.call("delete", f"/roles/{role['id']}/").json()["archived"] is True
    assert desk.call("get", "/specialists/").status_code == 401
    assert actor(person).abilities == frozenset()
    assert office.call("delete", f"/roles/{role['id']}/").status_code == 200
    assert len(events("custom_role.archived")) == 1
    assert code(office.call("patch", f"/roles/{role['id']}/", {"version": 2})) == (
        404,
        "accounts.role_not_found",
    )


def test_editing_needs_a_fresh_proof_and_the_ability(admin: User) -> None:
    stale = client_of(admin, fresh=False)
    body = {**NAMES, "abilities": ["staff.area"]}
    assert code(stale.call("post", "/roles/", body)) == (403, "auth.proof_required")
    supervisor = client_of(make_staff("supervisor", "supervisor"))
    assert code(supervisor.call("post", "/roles/", body)) == (403, "forbidden")
    assert supervisor.call("get", "/roles/").status_code == 200
    assert not CustomRole.objects.exists()


def test_unknown_roles_are_not_found(office: ApiClient) -> None:
    assert code(office.call("patch", f"/roles/{new_id()}/", {"version": 1})) == (
        404,
        "accounts.role_not_found",
    )
    assert code(office.call("delete", f"/roles/{new_id()}/")) == (404, "accounts.role_not_found")


def test_an_editor_cannot_give_the_role_to_himself(office: ApiClient, admin: User) -> None:
    role = make(office, "case.see_all")
    answer = office.call("post", f"/people/{admin.pk}/roles/", {"custom_role_id": role["id"]})
    assert code(answer) == (403, "accounts.own_rights")
    assert roles_of(admin) == {"admin"}
    with pytest.raises(Exception, match=r"accounts\.own_rights"):
        administration.give_role(actor=actor(admin), person_id=admin.pk, custom_role_id=role["id"])
