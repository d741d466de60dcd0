"""Invitations: who may send which, the letter, one use, seven days, races."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from conftest import ApiClient
from kenes.accounts import invitations
from kenes.accounts.models import CustomRole, Invitation, Membership, User
from kenes.foundation import clock
from kenes.foundation.actor import GuestActor
from kenes.foundation.errors import KenesError
from kenes.foundation.identifiers import new_id
from kenes.messaging.models import Message

from .people import REASON, client_of, code, events, join, make_organisation, make_staff, member, roles_of
from .test_sign_in_races import at_once

pytestmark = pytest.mark.django_db
ADDRESS = "new.person@example.com"
SECRET = "a very long new password"


@pytest.fixture
def admin() -> User:
    return make_staff("admin", "admin")


@pytest.fixture
def office(admin: User) -> ApiClient:
    return client_of(admin)


def invite(client: ApiClient, **body: Any) -> Any:
    body = {"email": ADDRESS, "full_name": "Новый Человек", "language": "ru", "roles": ["manager"], **body}
    return client.call("post", "/invitations/", body)


def token_in_letter(email: str = ADDRESS) -> str:
    message = Message.objects.filter(kind="invitation").order_by("-created_at").first()
    assert message is not None and message.address == email
    found = re.search(r"/invite#([\w-]+)", message.body["text"])
    assert found is not None
    return found[1]


def accept(client: ApiClient, token: str, **body: Any) -> Any:
    body = {"token": token, "full_name": "Новый Человек", "password": SECRET, **body}
    return client.call("post", "/invitations/accept/", body)


def test_the_letter_has_the_link_and_the_table_only_a_hash(office: ApiClient, settings: Any) -> None:
    answer = invite(office)
    assert answer.status_code == 201, answer.content
    assert answer.json()["status"] == "open" and answer.json()["roles"][0]["code"] == "manager"
    token = token_in_letter()
    message = Message.objects.get(kind="invitation")
    assert f"{settings.PUBLIC_URL}/invite#{token}" in message.body["html"]
    assert message.sensitive
    row = Invitation.objects.get()
    assert token not in row.token_hash and token not in str(answer.content)
    assert timedelta(days=6, hours=23) < row.expires_at - clock.now() <= timedelta(days=7)
    assert ADDRESS not in str([event.data for event in events("invitation.sent")])


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("ru", "Вас приглашают в Kenes Hub"),
        ("kk", "Сізді Kenes Hub жүйесіне шақырады"),
        ("en", "You are invited"),
    ],
)
def test_the_letter_is_in_the_language_of_who_is_invited(
    office: ApiClient, language: str, words: str
) -> None:
    invite(office, language=language)
    assert words in Message.objects.get(kind="invitation").body["text"]


def test_accepting_makes_the_account_signs_in_and_leads_staff_to_the_second_step(
    office: ApiClient, api: ApiClient
) -> None:
    invite(office)
    token = token_in_letter()
    look = api.call("post", "/invitations/look/", {"token": token}).json()
    assert look["masked_email"] == "n•••@example.com" and look["role_labels"] == ["Менеджер"]
    assert look["needs_sign_in"] is False
    answer = accept(api, token)
    assert answer.status_code == 201, answer.content
    session = answer.json()["user"]
    assert session["held_back"] == "second_factor" and session["email_verified"] is True
    person = User.objects.get(email=ADDRESS)
    assert roles_of(person) == {"manager"} and person.check_password(SECRET)
    assert code(api.call("get", "/cases/")) == (403, "auth.second_factor_required")
    assert code(accept(ApiClient(), token)) == (409, "invitation.already_used")
    assert events("person.invitation_accepted")[0].data["person_id"] == str(person.pk)


@pytest.mark.parametrize(
    ("password", "problem"),
    [
        ("short", "too_short"),
        ("password123", "too_common"),
        ("new.person@example.com", "too_similar"),
        ("", "required"),
    ],
)
def test_a_weak_password_is_refused_and_the_invitation_stays_open(
    office: ApiClient, api: ApiClient, password: str, problem: str
) -> None:
    invite(office)
    answer = accept(api, token_in_letter(), password=password)
    assert answer.status_code == 400
    assert problem in {error["code"] for error in answer.json()["errors"]}
    assert {error["pointer"] for error in answer.json()["errors"]} == {"/password"}
    assert not User.objects.filter(email=ADDRESS).exists()
    assert Invitation.objects.get().accepted_at is None


def test_expired_cancelled_and_unknown_links_make_nobody(office: ApiClient, api: ApiClient) -> None:
    row_id = invite(office).json()["id"]
    token = token_in_letter()
    Invitation.objects.update(expires_at=clock.now() - timedelta(seconds=1))
    assert code(accept(api, token)) == (409, "invitation.expired")
    assert code(api.call("post", "/invitations/look/", {"token": token})) == (409, "invitation.expired")
    assert office.call("delete", f"/invitations/{row_id}/").status_code == 204
    assert code(accept(api, token)) == (409, "invitation.cancelled")
    assert code(accept(api, "x" * 43)) == (404, "invitation.not_found")
    for bad in ("", "short", "a b" * 20, "\x00" * 30, "x" * 200):
        assert accept(api, bad).status_code == 400
    assert not User.objects.filter(email=ADDRESS).exists()


def test_sending_again_waits_makes_a_new_link_and_ends_the_old_one(office: ApiClient, api: ApiClient) -> None:
    from django.core.cache import cache

    row_id = invite(office).json()["id"]
    first = token_in_letter()
    assert office.call("post", f"/invitations/{row_id}/resend/", {}).status_code == 200
    assert office.call("post", f"/invitations/{row_id}/resend/", {}).status_code == 429
    second = token_in_letter()
    assert second != first
    assert code(accept(api, first)) == (404, "invitation.not_found")
    cache.clear()
    Invitation.objects.update(expires_at=clock.now() - timedelta(days=1))
    assert office.call("post", f"/invitations/{row_id}/resend/", {}).json()["status"] == "open"
    assert accept(api, token_in_letter()).status_code == 201


def test_one_open_invitation_per_address_and_an_expired_one_does_not_block(office: ApiClient) -> None:
    invite(office)
    assert code(invite(office)) == (409, "invitation.open_already")
    assert Message.objects.filter(kind="invitation").count() == 1
    Invitation.objects.update(expires_at=clock.now() - timedelta(days=1))
    assert invite(office).status_code == 201


def test_letters_to_one_address_are_limited(office: ApiClient) -> None:
    for _number in range(6):
        assert invite(office).status_code == 201
        Invitation.objects.update(cancelled_at=clock.now())
    assert invite(office).status_code == 429


@pytest.mark.parametrize(
    ("sender", "roles", "refusal"),
    [
        ("manager", ["borrower"], None),
        ("manager", ["manager"], "forbidden"),
        ("manager", ["borrower", "admin"], "forbidden"),
        ("supervisor", ["manager"], None),
        ("supervisor", ["supervisor", "accountant"], None),
        # An editor writes rules of law that a supervisor only approves: the two stay apart.
        ("supervisor", ["content_editor"], "accounts.beyond_own_rights"),
        ("supervisor", ["admin"], "accounts.beyond_own_rights"),
        ("supervisor", ["borrower"], None),
        ("admin", ["admin"], None),
        ("admin", ["lawyer"], "accounts.role_not_by_hand"),
        ("admin", ["creditor_admin"], "accounts.role_not_by_hand"),
        ("accountant", ["borrower"], "forbidden"),
        ("content_editor", ["manager"], "forbidden"),
    ],
)
def test_who_may_offer_which_role(sender: str, roles: list[str], refusal: str | None) -> None:
    answer = invite(client_of(make_staff(sender, sender)), roles=roles)
    if refusal is None:
        assert answer.status_code == 201, answer.content
    else:
        assert answer.json()["code"] == refusal
        assert not Invitation.objects.exists() and not Message.objects.exists()


def test_a_supervisor_offers_no_custom_role_beyond_his_rights() -> None:
    room = client_of(make_staff("supervisor", "supervisor"))
    strong = CustomRole.objects.create(name_ru="а", name_kk="б", name_en="c", abilities=["role.grant"])
    weak = CustomRole.objects.create(name_ru="а", name_kk="б", name_en="c", abilities=["person.see"])
    assert code(invite(room, roles=[], custom_role_ids=[str(strong.pk)])) == (
        403,
        "accounts.beyond_own_rights",
    )
    assert code(invite(room, roles=[], custom_role_ids=[str(new_id())])) == (404, "accounts.role_not_found")
    assert invite(room, roles=[], custom_role_ids=[str(weak.pk)]).status_code == 201


def test_only_who_edits_organisations_invites_into_them_here(office: ApiClient) -> None:
    bank = make_organisation("Банк")
    room = client_of(make_staff("supervisor", "supervisor"))
    assert code(invite(room, roles=[], organisation_id=str(bank.pk))) == (403, "forbidden")
    assert code(invite(office, roles=[], organisation_id=str(new_id()))) == (404, "organisation.not_found")
    assert invite(office, roles=[], organisation_id=str(bank.pk), is_administrator=True).status_code == 201


@pytest.mark.parametrize(
    "body",
    [
        {"email": "not an address"},
        {"email": "иванов@example.com"},
        {"email": "a\x00@example.com"},
        {"roles": []},
        {"roles": ["root"]},
        {"roles": "manager"},
        {"custom_role_ids": ["1"]},
        {"language": "de"},
        {"token_hash": "0" * 64},
        {"accepted_at": None},
        {"is_administrator": "maybe"},
    ],
)
def test_a_wrong_invitation_is_named_and_not_sent(office: ApiClient, body: dict[str, Any]) -> None:
    assert invite(office, **body).status_code == 400
    assert not Invitation.objects.exists() and not Message.objects.exists()


def test_what_somebody_offered_who_lost_the_right_is_not_given(
    office: ApiClient, admin: User, api: ApiClient
) -> None:
    chief = make_staff("chief", "supervisor")
    invite(client_of(chief))
    token = token_in_letter()
    office.call("post", f"/people/{chief.pk}/deactivate/", REASON)
    assert code(accept(api, token)) == (409, "invitation.cancelled")
    assert not User.objects.filter(email=ADDRESS).exists()


def test_a_closed_organisation_takes_nobody(office: ApiClient, api: ApiClient) -> None:
    bank = make_organisation("Банк")
    invite(office, roles=[], organisation_id=str(bank.pk))
    token = token_in_letter()
    office.call("post", f"/organisations/{bank.pk}/close/", REASON)
    assert code(accept(api, token)) == (409, "invitation.cancelled")
    assert not Membership.objects.exists()


def test_somebody_with_an_account_accepts_signed_in_with_it_and_nobody_else(
    office: ApiClient, api: ApiClient
) -> None:
    known = User.objects.create_user(ADDRESS, SECRET, full_name="Старый")
    bank = make_organisation("Банк")
    invite(office, roles=[], organisation_id=str(bank.pk))
    token = token_in_letter()
    assert api.call("post", "/invitations/look/", {"token": token}).json()["needs_sign_in"] is True
    assert code(accept(api, token)) == (409, "invitation.sign_in_first")
    stranger = client_of(User.objects.create_user("stranger@example.com", SECRET))
    assert code(accept(stranger, token)) == (409, "invitation.other_person")
    assert not Membership.objects.exists()
    mine = client_of(known)
    assert accept(mine, token, password="").status_code == 201
    assert roles_of(known) == {"creditor_officer"}
    known.refresh_from_db()
    assert (
        known.full_name == "Старый" and known.check_password(SECRET) and known.email_verified_at is not None
    )
    assert mine.call("get", "/session/").json()["user"]["organisations"][0]["name"] == "Банк"


def test_a_deactivated_account_accepts_nothing(office: ApiClient, api: ApiClient) -> None:
    User.objects.create_user(ADDRESS, SECRET, is_active=False)
    invite(office)
    assert accept(api, token_in_letter()).status_code == 404
    assert roles_of(User.objects.get(email=ADDRESS)) == set()


def test_managers_see_and_end_only_their_own_invitations(office: ApiClient) -> None:
    row_id = invite(office, roles=["borrower"]).json()["id"]
    desk = client_of(make_staff("manager", "manager"))
    invite(desk, email="own@example.com", roles=["borrower"])
    assert [row["email"] for row in desk.call("get", "/invitations/").json()["items"]] == ["own@example.com"]
    assert code(desk.call("delete", f"/invitations/{row_id}/")) == (404, "invitation.not_found")
    assert code(desk.call("post", f"/invitations/{row_id}/resend/", {})) == (404, "invitation.not_found")
    assert len(office.call("get", "/invitations/").json()["items"]) == 2


def test_a_supervisor_takes_back_nothing_that_he_could_not_send(office: ApiClient) -> None:
    row_id = invite(office, roles=["admin"]).json()["id"]
    room = client_of(make_staff("supervisor", "supervisor"))
    assert code(room.call("delete", f"/invitations/{row_id}/")) == (403, "accounts.beyond_own_rights")
    assert Invitation.objects.get(pk=row_id).cancelled_at is None


def test_the_list_costs_the_same_number_of_queries(office: ApiClient) -> None:
    bank = make_organisation("Банк")

    def queries() -> int:
        with CaptureQueriesContext(connection) as seen:
            assert office.call("get", "/invitations/?limit=100").status_code == 200
        return len(seen)

    invite(office, email="a@example.com", organisation_id=str(bank.pk))
    queries()
    few = queries()
    for number in range(10):
        invite(office, email=f"a{number}@example.com", organisation_id=str(bank.pk))
    assert queries() == few


def test_joining_twice_is_refused(office: ApiClient) -> None:
    bank = make_organisation("Банк")
    officer = member("officer", bank)
    answer = invite(office, email=officer.email, roles=[], organisation_id=str(bank.pk))
    assert code(answer) == (409, "organisation.already_member")
    join(officer, make_organisation("Другой банк"))
    assert Membership.objects.filter(user=officer).count() == 2


def test_who_sends_an_invitation_again_answers_for_it(office: ApiClient) -> None:
    bank = make_organisation("Банк")
    head, second = (member(name, bank, administrator=True) for name in ("head", "second"))
    base = f"/organisations/{bank.pk}"
    row_id = client_of(head).call("post", f"{base}/people/", {"email": ADDRESS}).json()["id"]
    place = Membership.objects.get(user=head)
    office.call("delete", f"{base}/people/{place.pk}/")
    assert code(accept(ApiClient(), token_in_letter())) == (409, "invitation.cancelled")
    assert client_of(second).call("post", f"{base}/invitations/{row_id}/resend/", {}).status_code == 200
    assert Invitation.objects.get().invited_by_id == second.pk
    assert accept(ApiClient(), token_in_letter()).status_code == 201
    assert roles_of(User.objects.get(email=ADDRESS)) == {"creditor_officer"}


@pytest.mark.django_db(transaction=True)
def test_two_who_accept_at_once_make_one_account() -> None:
    invite(client_of(make_staff("admin", "admin")))
    token = token_in_letter()

    def take(number: int) -> str:
        try:
            invitations.accept(
                actor=GuestActor(), token=token, full_name=f"Человек {number}", password=SECRET
            )
        except KenesError as problem:
            return problem.code
        return "accepted"

    results = sorted(at_once(4, take))
    assert results == ["accepted", *["invitation.already_used"] * 3]
    assert User.objects.filter(email=ADDRESS).count() == 1
    assert len(events("person.invitation_accepted")) == 1
