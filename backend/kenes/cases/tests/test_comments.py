"""Comments: who reads which, editing for a while, removing with a trace, mentions."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from kenes.accounts.models import Membership, User
from kenes.cases import selectors, testing
from kenes.cases.collaboration import comment_reading, comments, mentions
from kenes.cases.errors.comments import CommentIsRemoved, CommentNotFound, EditTimeOver
from kenes.cases.models import Case, Comment, CommentMention, Party
from kenes.cases.tests.people_of_cases import (
    actor_of,
    debts_of,
    join,
    letter_arrived,
    officer,
    organisation,
    specialist,
)
from kenes.event_log.models import EventRow
from kenes.foundation import clock
from kenes.foundation.errors import FieldErrors, Forbidden
from kenes.foundation.identifiers import new_id

Api = Callable[[User], Any]


@pytest.fixture
def case(borrower: User, today: date) -> Case:
    return testing.make_case(borrower)


@pytest.fixture
def taken(case: Case, manager: User) -> Case:
    Case.objects.filter(pk=case.pk).update(assignee=manager)
    return Case.objects.get(pk=case.pk)


def write(user: User, case: Case, text: str, audience: str = "public", **more: Any) -> Comment:
    return comments.add_comment(actor=actor_of(user), case_id=case.pk, text=text, audience=audience, **more)


def read(user: User, case: Case) -> set[str]:
    actor = actor_of(user)
    seen = selectors.get_case(actor=actor, case_id=case.pk)
    return set(comment_reading.comments_for(actor, seen).values_list("pk", flat=True)) and {
        row.text for row in comment_reading.comments_for(actor, seen)
    }


def let_in(case: Case, user: User, role: str) -> None:
    Party.objects.create(case=case, user=user, role=role, added_at=clock.now())


@pytest.fixture
def officer_of_lender(taken: Case) -> User:
    body = organisation("Банк ЦентрКредит")
    (debt,) = debts_of(taken)
    join(debt.creditor, body)
    letter_arrived(debt)
    return officer(body, "+77015550901")


def test_each_audience_is_read_by_its_own_people(
    taken: Case, borrower: User, manager: User, supervisor: User, officer_of_lender: User
) -> None:
    mediator, lawyer = specialist("mediator", "+77015550411"), specialist("lawyer", "+77015550412")
    let_in(taken, mediator, "mediator")
    let_in(taken, lawyer, "lawyer")
    write(manager, taken, "всем")
    write(manager, taken, "своим", "internal")
    write(mediator, taken, "тайна медиатора", "organisation")
    write(lawyer, taken, "тайна юриста", "organisation")
    write(officer_of_lender, taken, "тайна банка", "organisation")
    assert read(borrower, taken) == {"всем"}
    assert read(manager, taken) == read(supervisor, taken) == {"всем", "своим"}
    assert read(mediator, taken) == {"всем", "тайна медиатора"}
    assert read(lawyer, taken) == {"всем", "тайна юриста"}
    assert read(officer_of_lender, taken) == {"тайна банка"}


def test_notes_of_an_organisation_are_shared_by_its_people_who_see_the_case(
    taken: Case, officer_of_lender: User
) -> None:
    colleague = officer(Membership.objects.get(user=officer_of_lender).organisation, "+77015550902")
    stranger = officer(organisation("Другой банк"), "+77015550903")
    write(officer_of_lender, taken, "ответим отказом", "organisation", mention_ids=[colleague.pk])
    assert read(colleague, taken) == {"ответим отказом"}
    assert mentions.unseen_count(actor_of(colleague)) == 1
    with pytest.raises(FieldErrors):
        write(officer_of_lender, taken, "позовём чужого", "organisation", mention_ids=[stranger.pk])
    Membership.objects.filter(user=officer_of_lender).update(ended_at=clock.now())
    assert mentions.unseen_count(actor_of(colleague)) == 1
    with pytest.raises(Exception, match=r"not_found"):
        read(officer_of_lender, taken)


def test_two_lawyers_of_one_office_share_notes_and_mediators_of_one_centre_do_not(taken: Case) -> None:
    office, centre = organisation("Адвокат и Ко", "law_office"), organisation("Центр", "mediation_centre")
    people = {}
    for index, (role, body) in enumerate(
        (("lawyer", office), ("lawyer", office), ("mediator", centre), ("mediator", centre))
    ):
        person = specialist(role, f"+7701555042{index}")
        Membership.objects.create(user=person, organisation=body)
        let_in(taken, person, role)
        people[index] = person
    write(people[0], taken, "позиция", "organisation")
    write(people[2], taken, "кокус", "organisation")
    assert read(people[1], taken) == {"позиция"}
    assert read(people[3], taken) == set()


def test_staff_who_look_through_the_eyes_of_a_mediator_do_not_read_his_notes(
    taken: Case, supervisor: User
) -> None:
    mediator = specialist("mediator")
    let_in(taken, mediator, "mediator")
    write(mediator, taken, "тайна медиатора", "organisation")
    eyes = replace(actor_of(mediator), viewed_by=supervisor.pk)
    seen = selectors.get_case(actor=eyes, case_id=taken.pk)
    assert list(comment_reading.comments_for(eyes, seen)) == []


@pytest.mark.parametrize("audience", ["public", "internal", "organisation"])
def test_nobody_writes_for_an_audience_that_is_not_his(
    taken: Case, borrower: User, manager: User, officer_of_lender: User, audience: str
) -> None:
    lawyer = specialist("lawyer")
    let_in(taken, lawyer, "lawyer")
    may = {
        "public": {borrower, manager, lawyer},
        "internal": {manager},
        "organisation": {lawyer, officer_of_lender},
    }
    for person in (borrower, manager, lawyer, officer_of_lender):
        if person in may[audience]:
            assert write(person, taken, "слова", audience).text == "слова"
        else:
            with pytest.raises(Forbidden):
                write(person, taken, "слова", audience)


def test_words_are_edited_for_fifteen_minutes_by_the_author_alone(
    taken: Case, manager: User, supervisor: User, api_for: Api
) -> None:
    comment = write(manager, taken, "первый вариант", "internal")
    address = f"/cases/{taken.pk}/comments/{comment.pk}/"
    with pytest.raises(Forbidden):
        comments.edit_comment(
            actor=actor_of(supervisor), case_id=taken.pk, comment_id=comment.pk, text="чужое"
        )
    answer = api_for(manager).call("patch", address, {"text": "второй вариант"})
    assert answer.json()["text"] == "второй вариант"
    assert answer.json()["allowed_actions"] == ["edit", "remove", "versions"]
    versions = api_for(supervisor).call("get", f"{address}versions/").json()["items"]
    assert [row["text"] for row in versions] == ["первый вариант"]
    later = clock.now() + timedelta(minutes=15, seconds=1)
    with clock.frozen(later), pytest.raises(EditTimeOver):
        comments.edit_comment(actor=actor_of(manager), case_id=taken.pk, comment_id=comment.pk, text="поздно")
    assert "вариант" not in str(list(EventRow.objects.values_list("data", flat=True)))


def test_removed_comments_leave_a_trace_and_no_words(
    taken: Case, borrower: User, supervisor: User, manager: User, api_for: Api
) -> None:
    comment = write(borrower, taken, "лишнее")
    with pytest.raises(Forbidden):
        comments.remove_comment(actor=actor_of(manager), case_id=taken.pk, comment_id=comment.pk)
    comments.remove_comment(actor=actor_of(supervisor), case_id=taken.pk, comment_id=comment.pk)
    with pytest.raises(CommentIsRemoved):
        comments.remove_comment(actor=actor_of(borrower), case_id=taken.pk, comment_id=comment.pk)
    history = api_for(borrower).call("get", f"/cases/{taken.pk}/timeline/").json()["items"]
    assert "лишнее" not in str(history)
    assert history[0]["title"] == "Комментарий удалён"
    assert history[1]["comment"]["removed_at"] is not None
    with pytest.raises(CommentNotFound):
        comments.versions_of(actor=actor_of(borrower), case_id=taken.pk, comment_id=comment.pk)
    kept = comments.versions_of(actor=actor_of(supervisor), case_id=taken.pk, comment_id=comment.pk)
    assert [row.text for row in kept] == ["лишнее"]


def test_supervisors_remove_no_notes_of_organisations(taken: Case, supervisor: User) -> None:
    mediator = specialist("mediator")
    let_in(taken, mediator, "mediator")
    comment = write(mediator, taken, "тайна", "organisation")
    with pytest.raises(CommentNotFound):
        comments.remove_comment(actor=actor_of(supervisor), case_id=taken.pk, comment_id=comment.pk)


def test_only_those_who_see_the_audience_are_called(
    taken: Case, borrower: User, manager: User, other_manager: User, supervisor: User, api_for: Api
) -> None:
    address = f"/cases/{taken.pk}/mentionable/"
    staff = api_for(manager)
    offered = {
        audience: {row["id"] for row in staff.call("get", f"{address}?audience={audience}").json()["items"]}
        for audience in ("public", "internal")
    }
    assert offered == {"public": {str(borrower.pk), str(supervisor.pk)}, "internal": {str(supervisor.pk)}}
    for refused in (borrower, other_manager):
        body = {"text": "@ вы", "audience": "internal", "mentions": [str(refused.pk)]}
        answer = staff.call("post", f"/cases/{taken.pk}/comments/", body)
        assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (400, "/mentions")
    body = {"text": "x", "audience": "internal", "mentions": [str(new_id())]}
    assert staff.call("post", f"/cases/{taken.pk}/comments/", body).status_code == 400
    assert not Comment.objects.exists()
    outside = api_for(borrower).call("get", f"{address}?audience=public").json()["items"]
    assert {row["name"] for row in outside} == {"Менеджер", "Руководитель"}
    assert api_for(borrower).call("get", f"{address}?audience=internal").status_code == 403


def test_a_hidden_case_is_not_there_whatever_is_asked(
    taken: Case, manager: User, other_manager: User, api_for: Api
) -> None:
    def tried(who: User) -> list[int]:
        client = api_for(who)
        return [
            client.call("get", f"/cases/{taken.pk}/mentionable/?audience=nobody").status_code,
            client.call("post", f"/cases/{taken.pk}/comment-files/", {}).status_code,
        ]

    assert tried(other_manager) == [404, 404]
    assert tried(manager) == [400, 400]


def test_calls_are_listed_counted_and_seen(
    taken: Case, manager: User, supervisor: User, api_for: Api
) -> None:
    write(manager, taken, "посмотрите, пожалуйста", "internal", mention_ids=[supervisor.pk])
    head = api_for(supervisor)
    assert head.call("get", "/me/mentions/count/").json() == {"unseen": 1}
    (row,) = head.call("get", "/me/mentions/").json()["items"]
    assert (row["case_number"], row["text"], row["seen_at"]) == (taken.number, "посмотрите, пожалуйста", None)
    assert head.call("post", "/me/mentions/seen/", {"ids": [row["id"]]}).json() == {"unseen": 0}
    assert api_for(manager).call("get", "/me/mentions/").json()["items"] == []


def test_calls_are_gone_with_the_right_to_see_the_case(
    taken: Case, manager: User, other_manager: User, supervisor: User
) -> None:
    write(supervisor, taken, "ваше дело", "internal", mention_ids=[manager.pk])
    assert mentions.unseen_count(actor_of(manager)) == 1
    Case.objects.filter(pk=taken.pk).update(assignee=other_manager)
    assert mentions.unseen_count(actor_of(manager)) == 0
    assert list(mentions.mentions_of(actor_of(manager))) == []


def test_an_edit_calls_only_who_was_not_called_before(taken: Case, manager: User, supervisor: User) -> None:
    comment = write(manager, taken, "раз", "internal", mention_ids=[supervisor.pk])
    comments.edit_comment(
        actor=actor_of(manager), case_id=taken.pk, comment_id=comment.pk, text="два",
        mention_ids=[supervisor.pk],
    )  # fmt: skip
    assert CommentMention.objects.count() == 1


def test_the_pool_reads_notes_of_staff_and_no_words_of_the_borrower(
    case: Case, borrower: User, supervisor: User, manager: User, api_for: Api
) -> None:
    write(borrower, case, "личные слова")
    write(supervisor, case, "взять до пятницы", "internal")
    page = api_for(manager).call("get", f"/cases/{case.pk}/comments/").json()["items"]
    assert [row["text"] for row in page] == ["взять до пятницы", ""]
    history = api_for(manager).call("get", f"/cases/{case.pk}/timeline/").content.decode()
    assert "личные слова" not in history and "взять до пятницы" in history
