"""Invitations into a case: the link alone opens nothing, the right person sees what was offered and no more."""

import re
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest

from kenes.accounts import services as account_services
from kenes.accounts.models import Role, User
from kenes.cases import testing
from kenes.cases.models import Case, Party, PartyInvitation
from kenes.cases.tests.people_of_cases import (
    NURBANK,
    SYSTEM,
    debts_of,
    join,
    letter_arrived,
    officer,
    organisation,
    person,
    power,
    specialist,
)
from kenes.event_log.models import EventRow
from kenes.foundation import clock
from kenes.messaging.models import Message

pytestmark = pytest.mark.django_db
ApiFor = Callable[[User], Any]
PHONE = "+77015550777"
EMAIL = "guest@example.com"


@pytest.fixture
def case(borrower: User, today: date) -> Case:
    return testing.make_case(borrower, obligations=[testing.FORM["obligations"][0], NURBANK])


@pytest.fixture
def staff(case: Case, supervisor: User, api_for: ApiFor) -> Any:
    return api_for(supervisor)


def invite(client: Any, case: Case, role: str = "guarantor", **more: Any) -> Any:
    body: dict[str, Any] = {"role": role, "borrower_agrees": True, **more}
    if "email" not in body and "phone" not in body:
        body["phone"] = PHONE
    if role in {"guarantor", "pledgor", "co_borrower"}:
        body.setdefault("obligation_id", str(debts_of(case)[1].pk))
    return client.call("post", f"/cases/{case.pk}/party-invitations/", body)


def token_of(kind: str = "sms") -> str:
    message = Message.objects.filter(kind="party_invitation", channel=kind).order_by("-created_at").first()
    assert message is not None
    found = re.search(r"/join#([A-Za-z0-9_-]+)", message.body["text"])
    assert found is not None
    return found.group(1)


def answer(client: Any, what: str, token: str) -> Any:
    return client.call("post", f"/party-invitations/{what}/", {"token": token})


def with_email(user: User, email: str) -> User:
    user.email, user.email_verified_at = email, clock.now()
    user.save(update_fields=["email", "email_verified_at"])
    return user


def test_the_sms_names_neither_creditor_nor_sum_nor_person(case: Case, staff: Any) -> None:
    made = invite(staff, case)
    assert made.status_code == 201, made.content
    text = Message.objects.get(kind="party_invitation").body["text"]
    for private in ("Нурбанк", "Досымов", case.number, "777", "тенге"):
        assert private not in text
    (item,) = made.json()["items"]
    assert item["contact"] == "+7701•••••77"
    assert PHONE not in str(list(EventRow.objects.values_list("data", flat=True)))


def test_a_guarantor_looks_accepts_and_sees_his_debt_alone(case: Case, staff: Any, api_for: ApiFor) -> None:
    mine, other = debts_of(case)[1], debts_of(case)[0]
    invite(staff, case)
    client = api_for(person(PHONE))
    assert client.call("get", f"/cases/{case.pk}/").status_code == 404
    offer = answer(client, "look", token_of()).json()
    assert (offer["borrower_name"], offer["creditor_name"], offer["contract_ending"], offer["sees"]) == (
        "Досымов К. А.", "АО «Нурбанк»", "2023", "one_debt",
    )  # fmt: skip
    accepted = answer(client, "accept", token_of())
    assert accepted.status_code == 200, accepted.content
    page = client.call("get", f"/cases/{case.pk}/").json()
    assert [debt["id"] for debt in page["obligations"]] == [str(mine.pk)]
    assert page["total_tiyn"] == mine.total_tiyn
    assert page["applicant"]["full_name"] == "Досымов Кайрат Ануарович"
    assert page["applicant"]["masked_phone"] is None
    assert page["applicant"]["address"] is None
    assert {term["obligation_id"] for term in page["deadlines"]} == {str(mine.pk)}
    assert (page["income"], page["hardship"], page["events"]) == (None, None, [])
    assert str(other.pk) not in str(page)
    assert "ЦентрКредит" not in str(page)
    rows = client.call("get", "/cases/").json()["items"]
    assert [row["total_tiyn"] for row in rows] == [mine.total_tiyn]


def test_a_guarantor_reads_the_letter_about_his_debt_once_it_was_sent(
    case: Case, staff: Any, api_for: ApiFor
) -> None:
    from kenes.cases import selectors
    from kenes.cases.answers import sharing
    from kenes.cases.tests.people_of_cases import actor_of

    invite(staff, case)
    guest = person(PHONE)
    answer(api_for(guest), "accept", token_of())
    mine, other = debts_of(case)[1], debts_of(case)[0]
    letter_arrived(mine)
    letter_arrived(other)
    actor = actor_of(guest)
    seen = selectors.get_case(actor=actor, case_id=case.pk)
    assert len(sharing.documents_for(actor, seen)) == 1


def test_what_a_guarantor_does_not_see_cannot_be_asked_for_by_filters(
    case: Case, staff: Any, api_for: ApiFor
) -> None:
    invite(staff, case)
    client = api_for(person(PHONE))
    answer(client, "accept", token_of())
    other = debts_of(case)[0].creditor_id
    assert client.call("get", f"/cases/?creditor={other}").json()["items"] == []
    found = client.call("post", "/cases/search/", {"query": "ЦентрКредит"})
    assert found.json()["items"] == []


def test_a_guarantor_changes_nothing_and_can_leave(case: Case, staff: Any, api_for: ApiFor) -> None:
    invite(staff, case)
    guest = person(PHONE)
    client = api_for(guest)
    answer(client, "accept", token_of())
    assert client.call("get", f"/cases/{case.pk}/story/").status_code == 403
    refused = client.call("post", f"/cases/{case.pk}/facts/", {"kind": "REFUSED", "date": "2026-11-17"})
    assert refused.status_code == 403
    party = Party.objects.get(user=guest)
    assert client.call("delete", f"/cases/{case.pk}/parties/{party.pk}/").status_code == 204
    assert client.call("get", f"/cases/{case.pk}/").status_code == 404


def test_a_stranger_with_the_link_of_another_gets_nothing(case: Case, staff: Any, api_for: ApiFor) -> None:
    invite(staff, case)
    client = api_for(person("+77015550888"))
    for what in ("look", "accept", "decline"):
        refused = answer(client, what, token_of())
        assert (refused.status_code, refused.json()["code"]) == (409, "party_invitation.other_person")
        assert "Досымов" not in str(refused.json())
        assert PHONE not in str(refused.json())
    assert PartyInvitation.objects.get().declined_at is None


def test_an_unconfirmed_number_or_e_mail_proves_nothing(case: Case, staff: Any, api_for: ApiFor) -> None:
    invite(staff, case, email=EMAIL)
    guest = person("+77015550889")
    guest.email = EMAIL
    guest.save(update_fields=["email"])
    client = api_for(guest)
    assert answer(client, "accept", token_of("email")).status_code == 409
    with_email(guest, EMAIL)
    assert answer(client, "accept", token_of("email")).status_code == 200


def test_without_signing_in_the_link_shows_nothing(case: Case, staff: Any, api: Any) -> None:
    invite(staff, case)
    assert answer(api, "look", token_of()).status_code == 401


def test_a_link_works_once(case: Case, staff: Any, api_for: ApiFor) -> None:
    invite(staff, case)
    client = api_for(person(PHONE))
    assert answer(client, "accept", token_of()).status_code == 200
    for what in ("accept", "decline", "look"):
        assert answer(client, what, token_of()).json()["code"] == "party_invitation.used"


def test_after_removal_neither_case_nor_link_open(case: Case, staff: Any, api_for: ApiFor) -> None:
    invite(staff, case)
    guest = person(PHONE)
    client = api_for(guest)
    answer(client, "accept", token_of())
    party = Party.objects.get(user=guest)
    assert staff.call("delete", f"/cases/{case.pk}/parties/{party.pk}/").status_code == 204
    assert client.call("get", f"/cases/{case.pk}/").status_code == 404
    assert answer(client, "accept", token_of()).status_code == 409


def test_a_declined_an_expired_and_a_taken_back_link_are_told_apart(
    case: Case, staff: Any, api_for: ApiFor
) -> None:
    client = api_for(person(PHONE))
    invite(staff, case)
    assert answer(client, "decline", token_of()).status_code == 204
    assert answer(client, "accept", token_of()).json()["code"] == "party_invitation.used"
    (item,) = invite(staff, case).json()["items"][:1]
    PartyInvitation.objects.filter(pk=item["id"]).update(expires_at=clock.now() - timedelta(days=1))
    assert answer(client, "accept", token_of()).json()["code"] == "party_invitation.expired"
    again = staff.call("post", f"/cases/{case.pk}/party-invitations/{item['id']}/resend/")
    assert again.status_code == 200, again.content
    assert staff.call("delete", f"/cases/{case.pk}/party-invitations/{item['id']}/").status_code == 204
    assert answer(client, "accept", token_of()).json()["code"] == "party_invitation.cancelled"


def test_after_sending_again_the_old_link_is_dead(case: Case, staff: Any, api_for: ApiFor) -> None:
    (item,) = invite(staff, case).json()["items"]
    old = token_of()
    staff.call("post", f"/cases/{case.pk}/party-invitations/{item['id']}/resend/")
    client = api_for(person(PHONE))
    assert answer(client, "accept", old).status_code == 404
    assert answer(client, "accept", token_of()).status_code == 200


def test_one_open_invitation_for_one_part(case: Case, staff: Any, api_for: ApiFor) -> None:
    assert invite(staff, case).status_code == 201
    assert invite(staff, case).json()["code"] == "party_invitation.open_already"
    assert invite(staff, case, "pledgor").status_code == 201


def test_the_borrower_invites_lawyer_and_co_borrower_and_nobody_else(
    case: Case, borrower: User, api_for: ApiFor
) -> None:
    client = api_for(borrower)
    assert invite(client, case, "lawyer", borrower_agrees=False).status_code == 201
    assert invite(client, case, "co_borrower", borrower_agrees=False).status_code == 201
    for role in ("guarantor", "mediator", "notary", "representative"):
        assert invite(client, case, role, phone="+77015550700").status_code == 403


def test_the_agreement_of_the_borrower_must_be_written_down(case: Case, staff: Any) -> None:
    refused = invite(staff, case, borrower_agrees=False)
    assert refused.json()["errors"][0]["pointer"] == "/borrower_agrees"


def test_a_wrong_wish_names_its_field(case: Case, staff: Any, subtests: pytest.Subtests) -> None:
    for role, more, pointer in [
        ("guarantor", {"obligation_id": None}, "/obligation_id"),
        ("guarantor", {"obligation_id": "0" * 8 + "-0000-4000-8000-" + "0" * 12}, "/obligation_id"),
        ("guarantor", {"phone": testing.PHONE}, "/phone"),
        ("guarantor", {"phone": PHONE, "email": EMAIL}, "/email"),
        ("borrower", {}, "/role"),
        ("guarantor", {"full_name": "\x00"}, "/full_name"),
    ]:
        with subtests.test(role=role, more=more, pointer=pointer):
            refused = invite(staff, case, role, **more)
            assert refused.status_code == 400, refused.content
            assert pointer in [error["pointer"] for error in refused.json()["errors"]]


def test_a_specialist_must_be_checked_when_he_accepts(case: Case, staff: Any, api_for: ApiFor) -> None:
    invite(staff, case, "lawyer")
    refused = answer(api_for(person(PHONE)), "accept", token_of())
    assert (refused.status_code, refused.json()["code"]) == (409, "party_invitation.role_missing")


def test_a_lawyer_who_accepts_sees_the_whole_case(case: Case, staff: Any, api_for: ApiFor) -> None:
    lawyer = specialist("lawyer", PHONE)
    invite(staff, case, "lawyer")
    client = api_for(lawyer)
    assert answer(client, "accept", token_of()).status_code == 200
    assert len(client.call("get", f"/cases/{case.pk}/").json()["obligations"]) == 2


def test_a_conflict_of_interest_stops_the_invitation_and_the_acceptance(
    case: Case, staff: Any, api_for: ApiFor
) -> None:
    bank = organisation("АО «Нурбанк»")
    join(debts_of(case)[1].creditor, bank)
    lawyer = specialist("lawyer", PHONE)
    invite(staff, case, "lawyer")
    token = token_of()
    account_services.grant_role(actor=SYSTEM, user_id=lawyer.pk, role=Role.CREDITOR_OFFICER)
    from kenes.accounts.models import Membership

    Membership.objects.create(user=lawyer, organisation=bank)
    assert answer(api_for(lawyer), "accept", token).json()["code"] == "case.conflict_of_interest"
    other = officer(bank, "+77015550611")
    assert invite(staff, case, "mediator", phone=other.phone).json()["code"] == "case.conflict_of_interest"


def test_a_representative_needs_a_power_in_force(
    case: Case, borrower: User, staff: Any, api_for: ApiFor
) -> None:
    guest = person(PHONE)
    invite(staff, case, "representative")
    client = api_for(guest)
    assert answer(client, "accept", token_of()).json()["code"] == "party_invitation.power_missing"
    power(borrower, guest, "view")
    assert answer(client, "accept", token_of()).status_code == 200


def test_an_ombudsmans_officer_comes_only_from_an_office_with_an_agreement(
    case: Case, staff: Any, api_for: ApiFor
) -> None:
    guest = person(PHONE)
    account_services.grant_role(actor=SYSTEM, user_id=guest.pk, role=Role.OMBUDSMAN_OFFICER)
    invite(staff, case, "ombudsman_officer")
    client = api_for(guest)
    assert answer(client, "accept", token_of()).json()["code"] == "party_invitation.role_missing"
    from kenes.accounts.models import Membership

    Membership.objects.create(user=guest, organisation=organisation("Омбудсман", "ombudsman"))
    assert answer(client, "accept", token_of()).status_code == 200
    assert client.call("get", f"/cases/{case.pk}/").status_code == 200


def test_what_was_offered_by_who_lost_the_case_is_not_given(
    case: Case, manager: User, other_manager: User, api_for: ApiFor
) -> None:
    Case.objects.filter(pk=case.pk).update(assignee=manager)
    assert invite(api_for(manager), case).status_code == 201
    Case.objects.filter(pk=case.pk).update(assignee=other_manager)
    refused = answer(api_for(person(PHONE)), "accept", token_of())
    assert refused.json()["code"] == "party_invitation.cancelled"


def test_invitations_are_read_by_who_may_send_them(
    case: Case, staff: Any, borrower: User, api_for: ApiFor
) -> None:
    invite(staff, case)
    assert api_for(borrower).call("get", f"/cases/{case.pk}/party-invitations/").json()["items"] == []
    stranger = api_for(person("+77015550888"))
    assert stranger.call("get", f"/cases/{case.pk}/party-invitations/").status_code == 404


def test_a_withdrawn_consent_closes_the_door(case: Case, borrower: User, staff: Any, api_for: ApiFor) -> None:
    from kenes.accounts import consents
    from kenes.cases.tests.people_of_cases import actor_of

    invite(staff, case)
    consents.withdraw(actor=actor_of(borrower), kind="personal_data")
    assert answer(api_for(person(PHONE)), "accept", token_of()).status_code == 409
    assert invite(staff, case, phone="+77015550701").json()["code"] == "case.personal_data_withdrawn"
