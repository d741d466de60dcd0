"""Specialists of a case: found, added, seeing, removed."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest

from kenes.accounts import services as account_services
from kenes.accounts.models import Membership, Role, SpecialistProfile, User
from kenes.cases import selectors, testing
from kenes.cases.collaboration import comments
from kenes.cases.models import Case, Party
from kenes.cases.parties import parties
from kenes.cases.tests.people_of_cases import (
    SYSTEM,
    actor_of,
    debts_of,
    join,
    officer,
    organisation,
    person,
    power,
    specialist,
)
from kenes.event_log.models import EventRow
from kenes.foundation import clock

pytestmark = pytest.mark.django_db
LAWYER_PHONE = "+77015550401"
ApiFor = Callable[[User], Any]


@pytest.fixture
def case(borrower: User, today: date) -> Case:
    return testing.make_case(borrower)


def add(client: Any, case: Case, role: str = "lawyer", **who: str) -> Any:
    return client.call(
        "post", f"/cases/{case.pk}/parties/", {"role": role, **(who or {"phone": LAWYER_PHONE})}
    )


def taken_by(case: Case, staff: User) -> None:
    Case.objects.filter(pk=case.pk).update(assignee=staff)


def test_the_borrower_chooses_a_lawyer_who_then_sees_the_content(
    case: Case, borrower: User, api_for: ApiFor
) -> None:
    lawyer = specialist("lawyer", email="lawyer@example.com")
    client, theirs = api_for(borrower), api_for(lawyer)
    assert theirs.call("get", f"/cases/{case.pk}/").status_code == 404
    answer = add(client, case, email="Lawyer@Example.com")
    assert answer.status_code == 201
    assert [(row["role"], row["allowed_actions"]) for row in answer.json()["items"]] == [
        ("borrower", []),
        ("lawyer", ["remove"]),
    ]
    page = theirs.call("get", f"/cases/{case.pk}/").json()
    assert (page["masked"], page["view"], page["allowed_actions"]) == (
        False, "whole", ["comment", "comment_organisation"],
    )  # fmt: skip
    assert page["income"] is not None and page["hardship"]["text"]
    assert page["applicant"]["masked_iin"] != borrower.iin
    whole = theirs.call("get", f"/cases/{case.pk}/").content.decode()
    assert str(borrower.iin) not in whole and str(borrower.phone) not in whole
    assert len(theirs.call("get", "/cases/").json()["items"]) == 1
    assert theirs.call("get", f"/cases/{case.pk}/documents/").status_code == 200
    events = EventRow.objects.filter(type="case.party_added")
    assert [event.data["role"] for event in events] == ["lawyer"]


def test_specialists_read_no_internal_notes_and_change_nothing(
    case: Case, borrower: User, manager: User, api_for: ApiFor
) -> None:
    taken_by(case, manager)
    note = "Только для своих: заёмщик сомневается"
    comments.add_comment(actor=actor_of(manager), case_id=case.pk, text=note, audience="internal")
    comments.add_comment(actor=actor_of(manager), case_id=case.pk, text="Добрый день", audience="public")
    add(api_for(borrower), case) if specialist("lawyer") else None
    theirs = api_for(User.objects.get(pk=Party.objects.get(role="lawyer").user_id))
    history = theirs.call("get", f"/cases/{case.pk}/timeline/").content.decode()
    assert note not in history and "Добрый день" in history
    for path, body in (
        ("comments/", {"text": "x", "audience": "internal"}),
        ("facts/", {"kind": "REFUSED", "date": "2026-11-01"}),
        ("move/", {"action": "cancel", "version": Case.objects.get(pk=case.pk).version, "reason": "x"}),
        ("reveal/", {"fields": ["iin"], "reason": "нужно для дела"}),
        ("parties/", {"role": "lawyer", "phone": LAWYER_PHONE}),
    ):
        assert theirs.call("post", f"/cases/{case.pk}/{path}", body).status_code == 403, path


def test_access_ends_at_once_with_removal_role_licence_and_leaving(
    case: Case, borrower: User, api_for: ApiFor
) -> None:
    lawyer = specialist("lawyer")
    client, theirs = api_for(borrower), api_for(lawyer)
    address = f"/cases/{case.pk}/"

    def seen() -> tuple[int, int]:
        listed = theirs.call("get", "/cases/").json()["items"]
        return theirs.call("get", address).status_code, len(listed)

    party = add(client, case).json()["items"][1]["id"]
    assert seen() == (200, 1)
    assert client.call("delete", f"{address}parties/{party}/").status_code == 204
    assert seen() == (404, 0)
    assert client.call("delete", f"{address}parties/{party}/").status_code == 404
    party = add(client, case).json()["items"][1]["id"]
    assert theirs.call("delete", f"{address}parties/{party}/").status_code == 204
    assert seen() == (404, 0)
    add(client, case)
    entry = SpecialistProfile.objects.filter(user=lawyer)
    entry.update(valid_until=clock.today() - timedelta(days=1))
    assert seen() == (404, 0)
    entry.update(valid_until=None)
    assert seen() == (200, 1)
    account_services.revoke_role(actor=SYSTEM, user_id=lawyer.pk, role="lawyer", end_sessions=False)
    assert seen() == (404, 0)


def test_another_role_does_not_open_a_case_of_a_lost_one(case: Case, borrower: User) -> None:
    both = specialist("lawyer")
    Party.objects.create(case=case, user=both, role="mediator", added_at=clock.now())
    assert not selectors.cases_visible_to(actor_of(both)).exists()


def test_who_may_bring_in_whom(
    case: Case, borrower: User, manager: User, other_manager: User, supervisor: User, admin: User,
    api_for: ApiFor,
) -> None:  # fmt: skip
    specialist("mediator")
    taken_by(case, manager)
    answers = {
        who: add(api_for(user), case, "mediator").status_code
        for who, user in (
            ("borrower", borrower), ("other", other_manager), ("admin", admin), ("manager", manager),
            ("supervisor", supervisor),
        )
    }  # fmt: skip
    assert answers == {"borrower": 403, "other": 404, "admin": 403, "manager": 201, "supervisor": 201}
    assert Party.objects.filter(case=case, role="mediator").count() == 1
    assert api_for(borrower).call("get", f"/cases/{case.pk}/parties/").json()["allowed_actions"] == [
        "add_lawyer", "invite_co_borrower", "invite_lawyer",
    ]  # fmt: skip
    assert api_for(manager).call("get", f"/cases/{case.pk}/parties/").json()["allowed_actions"] == [
        "add_lawyer", "add_mediator", "add_notary",
        *[f"invite_{role}" for role in parties.INVITED],
    ]  # fmt: skip
    mediator = Party.objects.get(case=case, role="mediator")
    removal = f"/cases/{case.pk}/parties/{mediator.pk}/"
    assert api_for(borrower).call("delete", removal).status_code == 403


def test_the_borrower_is_no_party_to_remove(
    case: Case, borrower: User, supervisor: User, api_for: ApiFor
) -> None:
    own = Party.objects.get(case=case, role="borrower")
    for user in (borrower, supervisor):
        assert api_for(user).call("delete", f"/cases/{case.pk}/parties/{own.pk}/").status_code == 404


def test_wrong_values_are_named(
    case: Case, borrower: User, api_for: ApiFor, subtests: pytest.Subtests
) -> None:
    for body, pointer in [
        ({"role": "lawyer", "phone": "+77015550499"}, "/phone"),
        ({"role": "lawyer", "email": "nobody@example.com"}, "/email"),
        ({"role": "lawyer"}, "/email"),
        ({"role": "lawyer", "phone": "1"}, "/phone"),
        ({"role": "lawyer", "phone": LAWYER_PHONE, "email": "lawyer@example.com"}, "/email"),
        ({"role": "borrower", "phone": LAWYER_PHONE}, "/role"),
        ({"role": "representative", "phone": LAWYER_PHONE}, "/role"),
        ({"role": "lawyer", "email": "\u0000@example.com"}, "/email"),
        ({"role": "lawyer", "phone": LAWYER_PHONE, "user_id": "x"}, "/user_id"),
    ]:
        with subtests.test(body=body, pointer=pointer):
            person("+77015550499")  # somebody, but no lawyer
            answer = api_for(borrower).call("post", f"/cases/{case.pk}/parties/", body)
            assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (400, pointer)


def test_only_who_holds_the_role_now_is_found(case: Case, supervisor: User, api_for: ApiFor) -> None:
    lawyer = specialist("lawyer")
    client = api_for(supervisor)
    assert add(client, case, "mediator").status_code == 400
    SpecialistProfile.objects.filter(user=lawyer).update(status="suspended")
    assert add(client, case).status_code == 400
    SpecialistProfile.objects.filter(user=lawyer).update(status="approved")
    User.objects.filter(pk=lawyer.pk).update(is_active=False)
    assert add(client, case).status_code == 400


def test_a_lawyer_of_the_creditor_is_refused_and_nobody_learns_why(
    case: Case, borrower: User, api_for: ApiFor
) -> None:
    bank = organisation("Банк")
    lawyer = officer(bank, LAWYER_PHONE)
    SpecialistProfile.objects.create(
        user=lawyer, kind="lawyer", status="approved", checked_by=lawyer, checked_at=clock.now()
    )
    account_services.grant_role(actor=SYSTEM, user_id=lawyer.pk, role="lawyer")
    client = api_for(borrower)
    join(debts_of(case)[0].creditor, bank)
    answer = add(client, case)
    assert (answer.status_code, answer.json()["code"]) == (409, "case.conflict_of_interest")
    assert "Банк" not in answer.content.decode() and "creditor" not in answer.content.decode()
    assert not Party.objects.filter(case=case, role="lawyer").exists()
    join(debts_of(case)[0].creditor, organisation("Другой банк"))
    assert add(client, case).status_code == 201


def test_the_lawyer_of_another_open_case_may_not_mediate(
    case: Case, borrower: User, supervisor: User, api_for: ApiFor
) -> None:
    who = specialist("lawyer")
    SpecialistProfile.objects.create(
        user=who, kind="mediator", status="approved", checked_by=who, checked_at=clock.now()
    )
    account_services.grant_role(actor=SYSTEM, user_id=who.pk, role="mediator")
    second = testing.make_case(borrower)
    client = api_for(supervisor)
    assert add(client, second, "lawyer").status_code == 201
    assert add(client, case, "mediator").json()["code"] == "case.conflict_of_interest"
    Case.objects.filter(pk=second.pk).update(status="cancelled", closed_at=clock.now())
    assert add(client, case, "mediator").status_code == 201
    assert add(client, case, "lawyer").json()["code"] == "case.conflict_of_interest"


def test_the_representative_may_not_mediate(
    case: Case, borrower: User, supervisor: User, api_for: ApiFor
) -> None:
    power(borrower, specialist("mediator"), "view")
    assert add(api_for(supervisor), case, "mediator").json()["code"] == "case.conflict_of_interest"


def test_drafts_and_ended_cases_take_nobody(case: Case, borrower: User, api_for: ApiFor) -> None:
    specialist("lawyer")
    client = api_for(borrower)
    Case.objects.filter(pk=case.pk).update(status="cancelled", closed_at=clock.now())
    assert add(client, case).json()["code"] == "case.transition_not_allowed"
    assert client.call("get", f"/cases/{case.pk}/parties/").json()["allowed_actions"] == []


def test_strangers_find_no_parties(case: Case, api_for: ApiFor) -> None:
    specialist("lawyer")
    party = Party.objects.get(case=case)
    strangers = [testing.make_borrower("+77015550000", "920803397822", "Есенұлы Бақытжан"), specialist("mediator", "+77015550402")]  # fmt: skip
    for stranger in strangers:
        client = api_for(stranger)
        assert client.call("get", f"/cases/{case.pk}/parties/").status_code == 404
        assert add(client, case).status_code == 404
        assert client.call("delete", f"/cases/{case.pk}/parties/{party.pk}/").status_code == 404


def test_the_search_for_specialists_is_limited(
    case: Case, borrower: User, api_for: ApiFor, settings: Any
) -> None:
    settings.ALLOWANCES = {**settings.ALLOWANCES, "party_lookup": (2, 600)}
    client = api_for(borrower)
    answers = [add(client, case, phone=f"+7701555060{n}").status_code for n in range(3)]
    assert answers == [400, 400, 429]


def test_the_history_names_the_specialist_for_those_who_read_content(
    case: Case, borrower: User, manager: User, api_for: ApiFor
) -> None:
    lawyer = specialist("lawyer")
    add(api_for(borrower), case)
    own = api_for(borrower).call("get", f"/cases/{case.pk}/timeline/").json()["items"][0]
    assert (own["title"], own["text"]) == ("В деле участвует: Юрист", lawyer.full_name)
    pool = api_for(manager).call("get", f"/cases/{case.pk}/timeline/").json()["items"][0]
    assert (pool["title"], pool["text"]) == (own["title"], "")
    names = [
        row["person_name"]
        for row in api_for(manager).call("get", f"/cases/{case.pk}/parties/").json()["items"]
    ]
    assert borrower.full_name not in names


def test_the_list_of_a_lawyer_needs_few_queries_whatever_its_size(
    case: Case, borrower: User, api_for: ApiFor, django_assert_max_num_queries: Any
) -> None:
    lawyer = specialist("lawyer")
    for made in [case, *(testing.make_case(borrower) for _ in range(3))]:
        Party.objects.create(case=made, user=lawyer, role=Role.LAWYER, added_at=clock.now())
    client = api_for(lawyer)
    client.call("get", "/cases/")
    with django_assert_max_num_queries(14):
        assert len(client.call("get", "/cases/").json()["items"]) == 4


def test_a_lawyer_who_joins_the_creditor_loses_the_case_at_once(
    case: Case, borrower: User, api_for: ApiFor
) -> None:
    lawyer, bank, office = specialist("lawyer"), organisation("Банк"), organisation("Контора", "law_office")
    add(api_for(borrower), case)
    join(debts_of(case)[0].creditor, bank)
    client = api_for(lawyer)
    Membership.objects.create(user=lawyer, organisation=office)
    assert client.call("get", f"/cases/{case.pk}/").status_code == 200
    Membership.objects.create(user=lawyer, organisation=bank)
    assert client.call("get", f"/cases/{case.pk}/").status_code == 404
    assert client.call("get", "/cases/").json()["items"] == []
