"""Representatives: what a power of attorney opens, what it does not, and that it ends at once."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest

from kenes.accounts import demo as demo_people
from kenes.accounts.models import PowerOfAttorney, User
from kenes.cases import permissions, selectors, testing
from kenes.cases.errors.cases import CaseNotFound
from kenes.cases.models import Case
from kenes.cases.states.machine import Who
from kenes.cases.story import submission
from kenes.cases.tests.people_of_cases import actor_of, person, power
from kenes.event_log.models import EventRow
from kenes.foundation import clock

pytestmark = pytest.mark.django_db
ApiFor = Callable[[User], Any]


@pytest.fixture
def case(borrower: User, today: date) -> Case:
    return testing.make_case(borrower)


@pytest.fixture
def representative(reference: None) -> User:
    return person("+77015550501", name="Ахметова Салтанат")


def test_view_shows_what_the_borrower_sees_and_changes_nothing(
    case: Case, borrower: User, representative: User, api_for: ApiFor
) -> None:
    power(borrower, representative, "view")
    client, own = api_for(representative), api_for(borrower)
    shown = client.call("get", f"/cases/{case.pk}/").json()
    expected = own.call("get", f"/cases/{case.pk}/").json()
    assert shown["allowed_actions"] == ["export"]
    differ = {name for name in expected if shown[name] != expected[name]}
    assert differ == {"allowed_actions", "tracks"}
    steps = [{**track, "allowed_actions": []} for track in expected["tracks"]]
    assert [
        {**track, "next_steps": steps[at]["next_steps"]} for at, track in enumerate(shown["tracks"])
    ] == steps
    assert [row["id"] for row in client.call("get", "/cases/").json()["items"]] == [str(case.pk)]
    found = client.call("post", "/cases/search/", {"query": str(case.number)}).json()["items"]
    assert len(found) == 1
    assert client.call("get", "/cases/counts/").json()["by_status"][case.status] == 1
    for path, body in (
        ("comments/", {"text": "x", "audience": "public"}),
        ("facts/", {"kind": "REFUSED", "date": "2026-11-01"}),
        ("move/", {"action": "cancel", "version": case.version, "reason": "x"}),
    ):
        assert client.call("post", f"/cases/{case.pk}/{path}", body).status_code == 403


def test_act_does_what_the_borrower_does_and_the_log_says_for_whom(
    case: Case, borrower: User, representative: User, api_for: ApiFor
) -> None:
    power(borrower, representative, "view", "act")
    client = api_for(representative)
    page = client.call("get", f"/cases/{case.pk}/").json()
    own = api_for(borrower).call("get", f"/cases/{case.pk}/").json()
    assert page["allowed_actions"] == own["allowed_actions"] and page["on_behalf_of_borrower"]
    assert (
        client.call(
            "post", f"/cases/{case.pk}/comments/", {"text": "От имени", "audience": "public"}
        ).status_code
        == 201
    )
    fact = client.call("post", f"/cases/{case.pk}/facts/", {"kind": "REFUSED", "date": "2026-11-10"})
    assert fact.status_code == 200
    recorded = EventRow.objects.filter(type__in=["case.comment_added", "case.fact_recorded"]).order_by("-at")[
        :2
    ]
    for event in recorded:
        assert event.actor["user_id"] == str(representative.pk)
        assert event.actor["on_behalf_of"] == str(borrower.pk)
    labels = {
        row["actor_label"]
        for row in api_for(borrower).call("get", f"/cases/{case.pk}/timeline/").json()["items"]
    }
    assert "Представитель" in labels
    cancelled = client.call(
        "post", f"/cases/{case.pk}/move/", {"action": "cancel", "version": page["version"] + 1, "reason": "Договорились"}
    )  # fmt: skip
    assert cancelled.json()["status"] == "cancelled", cancelled.json()


def test_nobody_signs_by_a_power(case: Case, borrower: User, representative: User) -> None:
    power(borrower, representative, "view", "act", "sign")
    actor = actor_of(representative)
    assert permissions.who_in_track(actor, case, case.tracks.get()) == {Who.BORROWER}


def test_drafts_of_the_principal_are_seen_only_with_act(
    borrower: User, representative: User, api_for: ApiFor, today: date
) -> None:
    draft = submission.create_draft(actor=actor_of(borrower), language="ru")
    given = power(borrower, representative, "view")
    client = api_for(representative)
    assert client.call("get", "/cases/").json()["items"] == []
    assert client.call("get", f"/cases/{draft.pk}/draft/").status_code == 404
    assert client.call("post", "/cases/", {"borrower_id": str(borrower.pk)}).status_code == 403
    PowerOfAttorney.objects.filter(pk=given.pk).update(scope=["view", "act"])
    assert client.call("get", f"/cases/{draft.pk}/draft/").status_code == 200
    assert client.call("post", "/cases/", {"borrower_id": str(borrower.pk)}).json()["id"] == str(draft.pk)
    sent = client.call("post", f"/cases/{draft.pk}/submit/", testing.form_data())
    assert sent.status_code == 200, sent.json()
    case = Case.objects.get(pk=draft.pk)
    assert case.borrower_id == borrower.pk
    event = EventRow.objects.get(type="case.submitted")
    assert event.actor["on_behalf_of"] == str(borrower.pk)


def test_consents_stay_the_borrowers_own(representative: User, today: date, api_for: ApiFor) -> None:
    principal = demo_people.ensure_borrower(
        phone="+77015550000", full_name="Есенұлы Бақытжан", iin="920803397822", language="ru"
    )
    power(principal, representative, "view", "act")
    client = api_for(representative)
    draft = client.call("post", "/cases/", {"borrower_id": str(principal.pk)}).json()
    form = testing.form_data(applicant={**testing.FORM["applicant"], "iin": "920803397822"})
    answer = client.call("post", f"/cases/{draft['id']}/submit/", form)
    assert (answer.status_code, answer.json()["code"]) == (409, "case.consent_missing")


def test_the_access_ends_with_the_next_request(
    case: Case, borrower: User, representative: User, api_for: ApiFor
) -> None:
    given = power(borrower, representative, "view", "act")
    client = api_for(representative)
    assert client.call("get", f"/cases/{case.pk}/").status_code == 200
    revoked = api_for(borrower).call("post", f"/me/powers/{given.pk}/revoke/", {})
    assert revoked.status_code == 200
    assert client.call("get", f"/cases/{case.pk}/").status_code == 404
    assert client.call("get", f"/cases/{case.pk}/timeline/").status_code == 404
    assert client.call("get", "/cases/").json()["items"] == []


def test_a_power_that_ran_out_opens_nothing(case: Case, borrower: User, representative: User) -> None:
    given = power(borrower, representative, "view")
    assert selectors.get_case(actor=actor_of(representative), case_id=case.pk)
    assert selectors.is_visible(actor_of(representative), case.pk)
    PowerOfAttorney.objects.filter(pk=given.pk).update(valid_until=clock.today() - timedelta(days=1))
    with pytest.raises(CaseNotFound):
        selectors.get_case(actor=actor_of(representative), case_id=case.pk)
    assert not selectors.is_visible(actor_of(representative), case.pk)


def test_a_power_of_one_opens_nothing_of_another(case: Case, representative: User, api_for: ApiFor) -> None:
    other = testing.make_borrower("+77015550000", "920803397822", "Есенұлы Бақытжан")
    power(other, representative, "view", "act")
    client = api_for(representative)
    assert client.call("get", f"/cases/{case.pk}/").status_code == 404
    assert client.call("post", "/cases/", {"borrower_id": str(case.borrower_id)}).status_code == 403


def test_who_may_act_chooses_a_lawyer_for_the_borrower(
    case: Case, borrower: User, representative: User, api_for: ApiFor
) -> None:
    from kenes.cases.tests.people_of_cases import specialist

    specialist("lawyer")
    power(borrower, representative, "view", "act")
    answer = api_for(representative).call(
        "post", f"/cases/{case.pk}/parties/", {"role": "lawyer", "phone": "+77015550401"}
    )
    assert answer.status_code == 201
    event = EventRow.objects.get(type="case.party_added")
    assert event.actor["on_behalf_of"] == str(borrower.pk)
