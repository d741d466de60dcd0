"""Programs of partners over the API: who manages them, what is refused, what is shown once."""

from collections.abc import Callable
from typing import Any

import pytest
from allauth.idp.oidc.models import Token
from django.test import Client
from django.utils import timezone

from kenes.accounts import programs, viewing
from kenes.accounts.models import Impersonation, Organisation, Program, ProgramConsent, Role, User
from kenes.accounts.testing import prove
from kenes.event_log.models import EventRow
from kenes.foundation.models import IdempotencyRecord

from . import test_oidc_provider as provider
from .oauth import Browser, register

admin = provider.admin

GOOD: dict[str, Any] = {
    "name": "Банк онлайн", "kind": "confidential", "grants": ["authorization_code", "refresh_token"],
    "scopes": ["openid", "cases:read"], "redirect_uris": ["https://partner.example/return"],
    "organisation_id": None,
}  # fmt: skip


@pytest.fixture
def manage(admin: User, api_for: Callable[[User], Any]) -> Any:
    client = api_for(admin)
    prove(client)
    return client


def test_registering_needs_a_fresh_proof(admin: User, api_for: Callable[[User], Any]) -> None:
    answer = api_for(admin).call("post", "/programs/", GOOD)
    assert (answer.status_code, answer.json()["code"]) == (403, "auth.proof_required")


def test_the_secret_is_shown_once_and_kept_nowhere(manage: Any) -> None:
    made = manage.call(
        "post", "/programs/", GOOD, **{"Idempotency-Key": "11111111-1111-4111-8111-111111111111"}
    )
    assert made.status_code == 201, made.content
    secret, program_id = made.json()["client_secret"], made.json()["program"]["id"]
    assert len(secret) >= 43
    shown = manage.call("get", f"/programs/{program_id}/").json()
    assert shown == made.json()["program"]
    assert (shown["name"], shown["kind"], shown["scopes"]) == (
        "Банк онлайн",
        "confidential",
        ["openid", "cases:read"],
    )
    assert "client_secret" not in str(shown)
    assert not any(secret in str(row.answer) for row in IdempotencyRecord.objects.all())
    new = manage.call("post", f"/programs/{program_id}/rotate-secret/", {}).json()["client_secret"]
    client = Program.objects.get().client
    assert client.check_secret(new) and not client.check_secret(secret)
    assert secret not in str(list(EventRow.objects.values_list("data", flat=True)))


def test_a_public_program_has_no_secret(manage: Any) -> None:
    made = manage.call(
        "post", "/programs/", GOOD | {"kind": "public", "redirect_uris": ["com.example.app:/return"]}
    )
    assert made.status_code == 201 and made.json()["client_secret"] == ""
    refused = manage.call("post", f"/programs/{made.json()['program']['id']}/rotate-secret/", {})
    assert refused.status_code == 400


def test_what_does_not_fit_is_named(manage: Any, subtests: pytest.Subtests) -> None:
    for change, pointer in [
        ({"redirect_uris": []}, "/redirect_uris"),
        ({"redirect_uris": ["http://partner.example/"]}, "/redirect_uris/0"),
        ({"redirect_uris": ["https://*.partner.example/"]}, "/redirect_uris/0"),
        ({"redirect_uris": ["https://partner.example/#x"]}, "/redirect_uris/0"),
        ({"redirect_uris": ["https://a@partner.example/"]}, "/redirect_uris/0"),
        ({"redirect_uris": ["https://partner.example/", "javascript:alert(1)"]}, "/redirect_uris/1"),
        ({"redirect_uris": ["com.example.app:/return"]}, "/redirect_uris/0"),
        ({"redirect_uris": ["https://partner.example:99999/"]}, "/redirect_uris/0"),
        ({"redirect_uris": ["https://partner\u0430.example/"]}, "/redirect_uris/0"),
        ({"redirect_uris": ["https://partner.example/\u0000"]}, "/redirect_uris/0"),
        ({"redirect_uris": "https://partner.example/"}, "/redirect_uris"),
        ({"grants": ["refresh_token"]}, "/grants"),
        ({"grants": ["password"]}, "/grants/0"),
        ({"grants": ["client_credentials"]}, "/organisation_id"),
        ({"kind": "public", "grants": ["client_credentials"]}, "/grants"),
        ({"scopes": []}, "/scopes"),
        ({"scopes": ["everything"]}, "/scopes/0"),
        ({"organisation_id": "00000000-0000-4000-8000-000000000000"}, "/organisation_id"),
        ({"organisation_id": 10**30}, "/organisation_id"),
        ({"name": "\ud800"}, "/name"),
        ({"name": ""}, "/name"),
        ({"roles": ["admin"]}, "/roles"),
    ]:
        with subtests.test(change=change, pointer=pointer):
            import json

            answer = manage.call("post", "/programs/", json.loads(json.dumps(GOOD | change)))
            assert answer.status_code == 400, answer.content
            assert pointer in {error["pointer"] for error in answer.json()["errors"]}
            assert not Program.objects.exists()


def test_only_those_who_may_manage_programs(
    manager: User, borrower: User, api_for: Callable[[User], Any]
) -> None:
    for user in (manager, borrower):
        client = api_for(user)
        prove(client)
        assert client.call("get", "/programs/").status_code == 403
        assert client.call("post", "/programs/", GOOD).status_code == 403


def test_taking_a_scope_away_ends_tokens_and_consents_to_it(manage: Any, admin: User, borrower: User) -> None:
    partner = register(admin)
    _client, tokens = provider.get_tokens(partner, borrower, "openid cases:read")
    changed = manage.call("patch", f"/programs/{partner.program.pk}/", {"scopes": ["openid"]})
    assert changed.json()["scopes"] == ["openid"]
    assert provider.api(tokens["access_token"], "/api/v1/cases/").status_code == 401
    assert ProgramConsent.objects.get().scopes == ["openid"]
    renamed = manage.call("patch", f"/programs/{partner.program.pk}/", {"name": "New"})
    assert renamed.json()["name"] == "New"


def test_a_revoked_program_cannot_be_changed_back(manage: Any, admin: User) -> None:
    bank = Organisation.objects.create(kind="creditor", name="Банк", checked_at=timezone.now())
    partner = register(admin, grants=("client_credentials",), redirect_uris=(), organisation=bank)
    address = f"/programs/{partner.program.pk}/"
    shut = manage.call("post", f"{address}revoke/", {})
    assert shut.status_code == 200 and shut.json()["revoked_at"] is not None
    for method, path in (("post", "revoke/"), ("post", "rotate-secret/")):
        again = manage.call(method, f"{address}{path}", {})
        assert (again.status_code, again.json()["code"]) == (409, "programs.revoked")
    assert manage.call("patch", address, {"name": "x"}).status_code == 409
    assert User.objects.get(is_service=True).is_active is False
    assert manage.call("get", address).json()["grants"] == []


@pytest.mark.parametrize(
    ("kind", "role"),
    [
        ("creditor", Role.CREDITOR_OFFICER), ("law_office", Role.LAWYER), ("mediation_centre", Role.MEDIATOR),
        ("ombudsman", Role.OMBUDSMAN_OFFICER), ("platform", None),
    ],
)  # fmt: skip
def test_a_service_account_has_the_role_of_the_kind(admin: User, kind: str, role: str | None) -> None:
    body = Organisation.objects.create(kind=kind, name="O", checked_at=timezone.now())
    partner = register(admin, grants=("client_credentials",), redirect_uris=(), organisation=body)
    user = partner.program.service_user
    assert user is not None
    assert [grant.role for grant in user.role_grants.all()] == ([role] if role else [])
    assert role not in {"manager", "supervisor", "admin"}


def test_the_list_is_paged_with_a_constant_number_of_queries(
    manage: Any, admin: User, django_assert_max_num_queries: Any
) -> None:
    for _number in range(5):
        register(admin)
    with django_assert_max_num_queries(8):
        page = manage.call("get", "/programs/?limit=3").json()
    assert len(page["items"]) == 3
    rest = manage.call("get", f"/programs/?limit=3&cursor={page['next_cursor']}").json()
    assert len(rest["items"]) == 2 and rest["next_cursor"] is None


def test_scopes_are_public_and_in_three_languages(db: None) -> None:
    seen = set()
    for language in ("ru", "kk", "en"):
        items = Client().get("/api/v1/scopes/", headers={"Accept-Language": language}).json()["items"]
        assert [item["code"] for item in items][:2] == ["openid", "profile"]
        seen.add(items[0]["label"])
    assert len(seen) == 3


def test_nobody_lets_a_program_in_through_anothers_eyes(admin: User, borrower: User) -> None:
    from kenes.accounts.testing import enrol

    partner = register(admin)
    programs.allow(actor=_own(borrower), program=partner.program, scope_codes=["openid"])
    enrol(admin)
    look = Impersonation.objects.create(
        staff=admin, person=borrower, reason="check", expires_at=timezone.now() + viewing.LIFETIME
    )
    browser = Browser(admin)
    session = browser.client.session
    session[viewing.SESSION_KEY] = str(look.pk)
    session.save()
    url, _state = provider.client_of(partner, "openid").create_authorization_url(
        provider.AUTHORIZE, code_verifier="v" * 50
    )
    page = browser.authorize(url)
    assert page.startswith("/oauth/consent?")
    answer = browser.decide(page.partition("?")[2])
    assert answer.json()["code"] == "auth.viewing_only"
    assert not Token.objects.exists() and ProgramConsent.objects.count() == 1


def _own(user: User) -> Any:
    from kenes.accounts import selectors

    return selectors.actor_for(user)
