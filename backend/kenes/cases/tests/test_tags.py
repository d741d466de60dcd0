"""Tags: the team's list, and which stand on which case."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from kenes.accounts.models import User
from kenes.cases import testing
from kenes.cases.collaboration import tags
from kenes.cases.models import Case, CaseTag, SavedView, Tag
from kenes.cases.tests.people_of_cases import actor_of, specialist
from kenes.event_log.models import EventRow
from kenes.foundation import clock
from kenes.foundation.errors import FieldErrors, Forbidden

Api = Callable[[User], Any]


@pytest.fixture
def case(borrower: User, today: date) -> Case:
    return testing.make_case(borrower)


def test_supervisors_keep_the_list_and_others_of_staff_read_it(
    supervisor: User, manager: User, borrower: User, api_for: Api
) -> None:
    head, staff = api_for(supervisor), api_for(manager)
    made = head.call("post", "/tags/", {"name": "Многодетная семья", "colour": "teal"})
    assert made.status_code == 201
    assert made.json()["allowed_actions"] == ["edit"]
    tag = made.json()["items"][0]
    assert head.call("post", "/tags/", {"name": "МНОГОДЕТНАЯ СЕМЬЯ"}).json()["code"] == "case.tag_name_taken"
    assert staff.call("post", "/tags/", {"name": "x"}).status_code == 403
    assert staff.call("get", "/tags/").json()["allowed_actions"] == []
    changed = head.call("patch", f"/tags/{tag['id']}/", {"name": "Многодетные", "archived": True})
    assert changed.json() == {"id": tag["id"], "name": "Многодетные", "colour": "teal", "archived": True}
    assert head.call("patch", f"/tags/{tag['id']}/", {}).status_code == 400
    assert staff.call("patch", f"/tags/{tag['id']}/", {"name": "y"}).status_code == 403
    assert api_for(borrower).call("get", "/tags/").status_code == 403


def test_only_staff_of_the_case_see_tags(
    case: Case, borrower: User, manager: User, other_manager: User, supervisor: User, api_for: Api
) -> None:
    tag = tags.create_tag(actor=actor_of(supervisor), name="Жалоба", colour="red")
    Case.objects.filter(pk=case.pk).update(assignee=manager)
    address = f"/cases/{case.pk}/tags/"
    staff = api_for(manager)
    answer = staff.call("post", address, {"add": [str(tag.pk)]})
    assert [row["name"] for row in answer.json()["items"]] == ["Жалоба"]
    assert api_for(borrower).call("get", address).status_code == 403
    assert api_for(borrower).call("post", address, {"add": []}).status_code == 403
    assert api_for(other_manager).call("get", address).status_code == 404
    assert api_for(specialist("lawyer")).call("get", address).status_code == 404
    history = api_for(borrower).call("get", f"/cases/{case.pk}/timeline/").content.decode()
    assert "Жалоба" not in history
    own = staff.call("get", f"/cases/{case.pk}/timeline/").json()["items"][0]
    assert (own["icon"], own["text"]) == ("tag", "Добавлено: Жалоба")


def test_tags_change_once_and_archived_ones_stay_but_are_not_added(case: Case, supervisor: User) -> None:
    actor = actor_of(supervisor)
    first = tags.create_tag(actor=actor, name="первая", colour="blue")
    second = tags.create_tag(actor=actor, name="вторая", colour="grey")
    tags.change_tags(actor=actor, case_id=case.pk, add=[first.pk, second.pk])
    tags.change_tags(actor=actor, case_id=case.pk, add=[first.pk])
    assert EventRow.objects.filter(type="case.tags_changed").count() == 1
    tags.edit_tag(actor=actor, tag_id=first.pk, archived=True)
    assert [tag.name for tag in tags.shown_tags(actor, case)] == ["вторая", "первая"]
    tags.change_tags(actor=actor, case_id=case.pk, remove=[first.pk, second.pk])
    assert not CaseTag.objects.exists()
    with pytest.raises(FieldErrors):
        tags.change_tags(actor=actor, case_id=case.pk, add=[first.pk])
    tags.edit_tag(actor=actor, tag_id=first.pk, archived=False)
    tags.change_tags(actor=actor, case_id=case.pk, add=[first.pk])


def test_a_case_has_no_more_than_twenty_tags(case: Case, supervisor: User) -> None:
    actor = actor_of(supervisor)
    many = [tags.create_tag(actor=actor, name=f"метка {n}", colour="grey").pk for n in range(21)]
    tags.change_tags(actor=actor, case_id=case.pk, add=many[:20])
    with pytest.raises(FieldErrors):
        tags.change_tags(actor=actor, case_id=case.pk, add=many[20:])
    assert Tag.objects.count() == 21


def test_the_list_is_not_for_people_outside(borrower: User) -> None:
    with pytest.raises(Forbidden):
        tags.all_tags(actor=actor_of(borrower))


def test_a_tag_has_a_name_in_each_language_and_falls_back_to_the_russian_one(
    supervisor: User, manager: User, api_for: Api
) -> None:
    head, staff = api_for(supervisor), api_for(manager)
    body = {"name": "Срочно", "name_kk": "Шұғыл", "colour": "red"}
    assert head.call("post", "/tags/", body).status_code == 201
    shown = {
        lang: staff.call("get", "/tags/", accept_language=lang).json()["items"][0]["name"]
        for lang in ("ru", "kk", "en")
    }
    assert shown == {"ru": "Срочно", "kk": "Шұғыл", "en": "Срочно"}
    tag = head.call("get", "/tags/").json()["items"][0]
    head.call("patch", f"/tags/{tag['id']}/", {"name_en": "Urgent", "name_kk": ""})
    again = staff.call("get", "/tags/", accept_language="kk").json()["items"][0]
    assert (again["name"], again["name_ru"], again["name_kk"], again["name_en"]) == (
        "Срочно",
        "Срочно",
        "",
        "Urgent",
    )
    assert head.call("patch", f"/tags/{tag['id']}/", {"name": ""}).status_code == 400


def test_a_tag_is_joined_to_another_one_on_cases_and_in_views(
    case: Case, supervisor: User, manager: User, api_for: Api
) -> None:
    actor = actor_of(supervisor)
    old, new = (tags.create_tag(actor=actor, name=name, colour="red") for name in ("Детки", "Дети"))
    other = testing.make_borrower(phone="+77015550000", iin="920803397822", name="Есенұлы Бақытжан")
    both = testing.make_case(other)
    tags.change_tags(actor=actor, case_id=case.pk, add=[old.pk])
    tags.change_tags(actor=actor, case_id=both.pk, add=[old.pk, new.pk])
    now = clock.now()
    view = SavedView.objects.create(
        owner=supervisor,
        name="С детьми",
        filters={"tag": [str(old.pk), str(new.pk)]},
        created_at=now,
        updated_at=now,
    )
    head, address = api_for(supervisor), f"/tags/{old.pk}/join/"
    assert api_for(manager).call("post", address, {"into_id": str(new.pk)}).status_code == 403
    for wrong in (str(old.pk), str(case.pk)):
        answer = head.call("post", address, {"into_id": wrong})
        assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (400, "/into_id")
    assert head.call("post", f"/tags/{case.pk}/join/", {"into_id": str(new.pk)}).status_code == 404
    for _again in range(2):
        assert head.call("post", address, {"into_id": str(new.pk)}).json()["id"] == str(new.pk)
    assert set(CaseTag.objects.values_list("case_id", "tag_id")) == {(case.pk, new.pk), (both.pk, new.pk)}
    told = EventRow.objects.filter(type="case.tags_changed", data__removed=[str(old.pk)])
    assert sorted(len(row.data["added"]) for row in told) == [0, 1]
    view.refresh_from_db()
    assert view.filters == {"tag": [str(new.pk)]}
    listed = {row["name"]: row for row in head.call("get", "/tags/").json()["items"]}
    assert (listed["Детки"]["merged_into"], listed["Детки"]["archived"], listed["Дети"]["cases"]) == (
        str(new.pk),
        True,
        2,
    )
    back = head.call("patch", f"/tags/{old.pk}/", {"archived": False})
    assert (back.status_code, back.json()["code"]) == (409, "case.tag_was_joined")
