"""Looking through another person's eyes: for a reason, half an hour, read-only, never with more rights."""

from datetime import timedelta
from typing import Any

import pytest

from conftest import ApiClient
from kenes.accounts import viewing
from kenes.accounts.models import DataRead, Impersonation, RoleGrant, User
from kenes.foundation import clock
from kenes.foundation.identifiers import new_id

from .conftest import PHONE, make_borrower
from .people import (
    REASON,
    client_of,
    code,
    events,
    grant_of,
    join,
    make_organisation,
    make_staff,
    roles_of,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def supervisor() -> User:
    return make_staff("supervisor", "supervisor")


@pytest.fixture
def debtor() -> User:
    person = make_borrower(PHONE)
    User.objects.filter(pk=person.pk).update(full_name="Досымов Кайрат")
    return User.objects.get(pk=person.pk)


@pytest.fixture
def eyes(supervisor: User, debtor: User) -> ApiClient:
    """A browser of the supervisor that looks as the borrower."""
    client = client_of(supervisor)
    assert look(client, debtor).status_code == 200
    return client


def look(client: ApiClient, person: User, **body: Any) -> Any:
    return client.call("post", f"/people/{person.pk}/view-as/", body or REASON)


def session(client: ApiClient) -> dict[str, Any]:
    body: dict[str, Any] = client.call("get", "/session/").json()
    return body


def test_looking_shows_the_application_of_the_person_with_a_banner(
    eyes: ApiClient, debtor: User, supervisor: User
) -> None:
    body = session(eyes)
    assert body["user"]["id"] == str(debtor.pk)
    assert body["user"]["roles"] == ["borrower"] and body["user"]["is_fresh"] is False
    shown = body["viewing"]
    assert (shown["person_name"], shown["staff_name"], shown["reason"]) == (
        "Досымов Кайрат", supervisor.full_name, REASON["reason"],
    )  # fmt: skip
    started = eyes.call("get", "/cases/")
    assert started.status_code == 200 and started.json()["items"] == []
    assert code(eyes.call("get", f"/people/{debtor.pk}/")) == (403, "forbidden")


def test_it_is_written_down_for_the_person_with_the_reason(
    eyes: ApiClient, debtor: User, supervisor: User
) -> None:
    read = DataRead.objects.get()
    assert (read.kind, read.person_id, read.reader_id, read.reason) == (
        "view_as", debtor.pk, supervisor.pk, REASON["reason"],
    )  # fmt: skip
    (event,) = events("person.viewed_as")
    assert event.actor["user_id"] == str(supervisor.pk)
    assert REASON["reason"] not in str(event.data)
    mine = client_of(debtor).call("get", "/me/reads/").json()["items"]
    assert mine[0]["reason"] == REASON["reason"] and supervisor.full_name in mine[0]["reader_label"]


@pytest.mark.parametrize(
    ("method", "path", "body"),
    [
        ("patch", "/me/", {"language": "kk"}),
        ("post", "/cases/", {"language": "ru"}),
        ("post", "/consents/", {}),
        ("post", "/me/data-requests/", {"kind": "erasure"}),
        ("patch", "/me/profile/", {"version": 1}),
        ("post", "/me/sessions/end-all/", {}),
        ("delete", "/me/trusted-devices/", None),
        ("put", "/cases/00000000-0000-4000-8000-000000000000/draft/", {"step": "", "data": {}}),
    ],
)
def test_nothing_can_be_changed_while_looking(
    eyes: ApiClient, debtor: User, method: str, path: str, body: Any
) -> None:
    assert code(eyes.call(method, path, body)) == (403, "auth.viewing_only")
    debtor.refresh_from_db()
    assert debtor.language == "ru"


def test_a_second_look_cannot_be_started_from_inside(eyes: ApiClient) -> None:
    other = make_borrower("+77015550002")
    assert look(eyes, other).status_code == 403
    assert Impersonation.objects.count() == 1


def test_ending_gives_the_own_rights_back(eyes: ApiClient, supervisor: User) -> None:
    body = eyes.call("post", "/view-as/end/", {}).json()
    assert body["viewing"] is None and body["user"]["id"] == str(supervisor.pk)
    assert "person.view_as" in body["user"]["abilities"]
    assert Impersonation.objects.get().ended_at is not None
    assert events("person.viewing_ended")[0].actor["user_id"] == str(supervisor.pk)
    assert eyes.call("post", "/view-as/end/", {}).status_code == 200
    assert len(events("person.viewing_ended")) == 1


def test_it_ends_after_half_an_hour(eyes: ApiClient, supervisor: User) -> None:
    row = Impersonation.objects.get()
    assert row.expires_at - row.started_at == timedelta(minutes=30)
    Impersonation.objects.update(expires_at=clock.now() - timedelta(seconds=1))
    body = session(eyes)
    assert body["viewing"] is None and body["user"]["id"] == str(supervisor.pk)
    assert viewing.SESSION_KEY not in eyes.session


def test_it_ends_with_signing_out(eyes: ApiClient) -> None:
    assert eyes.call("post", "/auth/logout/", {}).status_code == 204
    assert session(eyes)["authenticated"] is False
    assert viewing.SESSION_KEY not in eyes.session


def test_it_ends_when_the_right_is_lost(eyes: ApiClient, supervisor: User, debtor: User) -> None:
    office = client_of(make_staff("admin", "admin"))
    grant = grant_of(supervisor, "supervisor")
    office.call("delete", f"/people/{supervisor.pk}/roles/{grant.pk}/")
    assert session(eyes)["authenticated"] is False


def test_even_a_right_taken_without_ending_sessions_ends_it(eyes: ApiClient, supervisor: User) -> None:
    RoleGrant.objects.filter(user=supervisor).update(revoked_at=clock.now())
    body = session(eyes)
    assert body["user"]["id"] == str(supervisor.pk) and body["viewing"] is None


def test_it_ends_when_either_account_closes(eyes: ApiClient, supervisor: User, debtor: User) -> None:
    User.objects.filter(pk=debtor.pk).update(is_active=False)
    assert session(eyes)["user"]["id"] == str(supervisor.pk)
    office = client_of(make_staff("admin", "admin"))
    office.call("post", f"/people/{supervisor.pk}/deactivate/", REASON)
    assert session(eyes)["authenticated"] is False


@pytest.mark.parametrize("body", [{"reason": ""}, {"reason": "a"}, {"reason": "\x00"}, {"why": "because"}])
def test_looking_needs_a_reason(supervisor: User, debtor: User, body: dict[str, str]) -> None:
    assert look(client_of(supervisor), debtor, **body).status_code == 400
    assert not Impersonation.objects.exists() and not DataRead.objects.exists()


def test_looking_needs_a_fresh_proof_and_the_ability(supervisor: User, debtor: User) -> None:
    assert code(look(client_of(supervisor, fresh=False), debtor)) == (403, "auth.proof_required")
    assert code(look(client_of(make_staff("manager", "manager")), debtor)) == (403, "forbidden")
    assert not Impersonation.objects.exists()


def test_nobody_looks_as_himself_as_a_closed_or_an_unknown_account(supervisor: User, debtor: User) -> None:
    client = client_of(supervisor)
    assert code(look(client, supervisor)) == (403, "accounts.own_rights")
    User.objects.filter(pk=debtor.pk).update(is_active=False)
    assert code(look(client, debtor)) == (403, "accounts.viewing_refused")
    unknown = client.call("post", f"/people/{new_id()}/view-as/", REASON)
    assert code(unknown) == (404, "accounts.person_not_found")
    assert not Impersonation.objects.exists()


@pytest.mark.parametrize(
    ("viewer", "target", "allowed"),
    [
        ("supervisor", "manager", True),
        ("supervisor", "accountant", True),
        ("supervisor", "content_editor", False),
        ("supervisor", "admin", False),
        ("admin", "manager", False),
        ("admin", "supervisor", False),
        ("admin", "accountant", True),
    ],
)
def test_staff_are_looked_at_only_by_who_has_their_rights(viewer: str, target: str, allowed: bool) -> None:
    person = make_staff("target", target)
    client = client_of(make_staff("viewer", viewer))
    answer = look(client, person)
    if allowed:
        assert answer.status_code == 200
        assert session(client)["user"]["id"] == str(person.pk)
    else:
        assert code(answer) == (403, "accounts.beyond_own_rights")
        assert not Impersonation.objects.exists()


def test_rights_that_the_person_gets_later_do_not_count_for_the_viewer(supervisor: User) -> None:
    person = make_staff("target", "manager")
    client = client_of(supervisor)
    look(client, person)
    RoleGrant.objects.create(user=person, role="admin")
    abilities = set(session(client)["user"]["abilities"])
    assert "case.see_assigned" in abilities
    assert abilities.isdisjoint({"role.grant", "person.deactivate", "retention.edit"})
    assert client.call("get", "/retention-rules/").status_code == 403


def test_looking_as_an_officer_shows_his_organisation_read_only(supervisor: User) -> None:
    bank = make_organisation("Банк")
    head = User.objects.create_user("head@example.com", None, full_name="Head")
    join(head, bank, administrator=True)
    client = client_of(supervisor)
    look(client, head)
    shown = client.call("get", f"/organisations/{bank.pk}/").json()
    assert shown["name"] == "Банк" and shown["allowed_actions"] == []
    refused = client.call("post", f"/organisations/{bank.pk}/people/", {"email": "x@example.com"})
    assert code(refused) == (403, "auth.viewing_only")


def test_a_new_look_ends_the_one_before(supervisor: User, debtor: User) -> None:
    first, second = client_of(supervisor), client_of(supervisor)
    look(first, debtor)
    look(second, debtor)
    assert Impersonation.objects.filter(ended_at__isnull=True).count() == 1
    assert session(first)["user"]["id"] == str(supervisor.pk)
    assert session(second)["user"]["id"] == str(debtor.pk)


def test_the_session_of_somebody_else_cannot_use_the_row(eyes: ApiClient, debtor: User) -> None:
    thief = client_of(make_staff("other", "supervisor"))
    stolen = thief.session
    stolen[viewing.SESSION_KEY] = str(Impersonation.objects.get().pk)
    stolen.save()
    body = session(thief)
    assert body["viewing"] is None and body["user"]["email"] == "other@example.com"


def test_an_invitation_is_not_accepted_through_other_eyes(eyes: ApiClient, debtor: User) -> None:
    body = {"token": "x" * 43, "full_name": "Имя", "password": "long enough password"}
    assert code(eyes.call("post", "/invitations/accept/", body)) == (403, "auth.viewing_only")
    assert roles_of(debtor) == {"borrower"}
