"""Login by an outside provider: the sandbox's, over HTTP, through the real adapter."""

import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import httpx
import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from allauth.socialaccount.models import SocialAccount
from django.test import Client
from django.utils import timezone
from sandbox.testing import SandboxProcess

from kenes.accounts import allauth_settings
from kenes.accounts.models import User
from kenes.accounts.testing import TOTP_SECRET, enrol, prove
from kenes.event_log.models import EventRow

START = "/_allauth/browser/v1/auth/provider/redirect"
BACK = "/ru/sign-in"


@pytest.fixture(scope="module")
def sandbox(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SandboxProcess]:
    with SandboxProcess(tmp_path_factory.mktemp("sandbox")) as running:
        yield running


@pytest.fixture(autouse=True)
def _provider(settings: Any, sandbox: SandboxProcess, db: None) -> None:
    offered = [allauth_settings.sandbox_login(sandbox.url, sandbox.url)]
    settings.SOCIALACCOUNT_PROVIDERS = allauth_settings.outside_logins([], google=("", ""), sandbox=offered)


class Browser:
    """Goes to the provider, chooses who it is and comes back."""

    def __init__(self, user: User | None = None) -> None:
        self.client = Client(enforce_csrf_checks=True)
        if user is not None:
            self.client.force_login(user)
        self.client.cookies["csrftoken"] = "a" * 32

    def start(self, process: str = "login", callback: str = BACK, provider: str = "sandbox") -> str:
        form = {
            "provider": provider, "process": process, "callback_url": callback, "csrfmiddlewaretoken": "a" * 32,
        }  # fmt: skip
        answer = self.client.post(
            START, form, headers={"Origin": "http://localhost:8080", "Host": "localhost:8080"}
        )
        assert answer.status_code == 302, answer.content
        return str(answer.headers["Location"])

    def choose(self, page: str, choice: str, **more: str) -> str:
        asked = {name: values[0] for name, values in parse_qs(urlsplit(page).query).items()}
        answer = httpx.post(page.partition("?")[0], data=asked | {"choice": choice} | more)
        assert answer.status_code == 303, answer.text
        return answer.headers["Location"]

    def come_back(self, address: str) -> str:
        parts = urlsplit(address)
        answer = self.client.get(f"{parts.path}?{parts.query}", headers={"Host": "localhost:8080"})
        assert answer.status_code == 302, answer.content
        return str(answer.headers["Location"])

    def log_in(self, choice: str = "demo-arman", process: str = "login", **more: str) -> str:
        return self.come_back(self.choose(self.start(process), choice, **more))

    def delete(self, address: str) -> Any:
        token = self.client.cookies["csrftoken"].value
        return self.client.delete(address, headers={"X-CSRFToken": token})

    def session(self) -> Any:
        return self.client.get("/api/v1/session/").json()


def typed(email: str, verified: bool = True) -> dict[str, str]:
    return {"choice": "typed", "email": email} | ({"verified": "on"} if verified else {})


def test_the_session_names_the_provider() -> None:
    assert Browser().session()["sign_in"]["providers"] == [{"id": "sandbox", "name": "Sandbox ID"}]


def test_a_stranger_gets_an_account_without_role_and_phone() -> None:
    browser = Browser()
    page = browser.start()
    assert "/sandbox/oidc/authorize?" in page
    asked = parse_qs(urlsplit(page).query)
    assert asked["code_challenge_method"] == ["S256"] and asked["state"][0]
    assert browser.come_back(browser.choose(page, "demo-arman")) == BACK
    user = browser.session()["user"]
    assert (user["full_name"], user["email"], user["roles"]) == ("Сейткали Арман", "arman@mail.sandbox", [])
    person = User.objects.get()
    assert person.email_verified_at is not None and person.phone is None and not person.has_usable_password()
    again = Browser()
    assert again.log_in() == BACK
    assert again.session()["user"]["id"] == str(person.pk)
    assert EventRow.objects.filter(type="person.outside_login_connected").count() == 1


def test_nothing_of_the_provider_is_kept_but_a_masked_label() -> None:
    Browser().log_in()
    Browser().log_in()
    row = SocialAccount.objects.get()
    assert row.extra_data == {"label": "a•••@mail.sandbox"}


def test_a_confirmed_address_opens_the_account_that_has_it_confirmed(borrower: User) -> None:
    User.objects.filter(pk=borrower.pk).update(email="me@mail.example", email_verified_at=timezone.now())
    browser = Browser()
    assert browser.log_in(**typed("me@mail.example")) == BACK
    assert browser.session()["user"]["id"] == str(borrower.pk)


@pytest.mark.parametrize(("there", "here"), [(False, True), (True, False), (False, False)])
def test_an_unconfirmed_address_on_either_side_opens_nobodys_account(
    borrower: User, there: bool, here: bool
) -> None:
    confirmed = timezone.now() if here else None
    User.objects.filter(pk=borrower.pk).update(email="me@mail.example", email_verified_at=confirmed)
    browser = Browser()
    assert browser.log_in(**typed("me@mail.example", there)) == BACK
    user = browser.session()["user"]
    assert user["id"] != str(borrower.pk)
    assert user["email"] is None


def test_staff_are_not_linked_from_outside(manager: User) -> None:
    User.objects.filter(pk=manager.pk).update(email_verified_at=timezone.now())
    browser = Browser()
    back = browser.log_in(**typed(str(manager.email)))
    assert parse_qs(urlsplit(back).query)["error"] == ["connect_first"]
    assert browser.session()["authenticated"] is False
    assert not SocialAccount.objects.exists()


def test_staff_connect_from_inside_with_a_proof_and_still_pass_the_second_step(manager: User) -> None:
    enrol(manager)
    browser = Browser(manager)
    late = browser.log_in(process="connect")
    assert parse_qs(urlsplit(late).query)["error"] == ["reauthentication_required"]
    prove(browser.client)
    assert browser.log_in(process="connect") == BACK
    listed = browser.client.get("/api/v1/me/connections/").json()["items"]
    assert [(item["provider_name"], item["label"]) for item in listed] == [
        ("Sandbox ID", "a•••@mail.sandbox")
    ]

    other = Browser()
    assert other.log_in() == f"{BACK}?second_step=1"
    assert other.session()["authenticated"] is False
    code = format_hotp_value(hotp_value(TOTP_SECRET, next(iter(yield_hotp_counters_from_time()))))
    done = other.client.post(
        "/api/v1/auth/second-step/",
        data={"code": code, "trust": False},
        content_type="application/json",
        headers={"X-CSRFToken": other.client.cookies["csrftoken"].value},
    )
    assert done.status_code == 200, done.content
    assert other.session()["user"]["id"] == str(manager.pk)


def test_a_login_that_belongs_to_another_cannot_be_taken(borrower: User) -> None:
    Browser().log_in()
    browser = Browser(borrower)
    prove(browser.client)
    back = browser.log_in(process="connect")
    assert parse_qs(urlsplit(back).query)["error"] == ["connected_other"]
    assert SocialAccount.objects.get().user_id != borrower.pk


def test_a_deactivated_person_stays_out() -> None:
    Browser().log_in()
    User.objects.update(is_active=False)
    browser = Browser()
    assert "error=" in browser.log_in()
    assert browser.session()["authenticated"] is False


def test_the_last_way_in_stays(borrower: User) -> None:
    browser = Browser()
    browser.log_in()
    prove(browser.client)
    item = browser.client.get("/api/v1/me/connections/").json()["items"][0]
    address = f"/api/v1/me/connections/{item['id']}/"
    refused = browser.delete(address)
    assert (refused.status_code, refused.json()["code"]) == (409, "connections.only_way_in")
    inside = Browser(borrower)
    prove(inside.client)
    assert inside.delete(address).status_code == 404
    inside.log_in("demo-aliya", process="connect")
    own = inside.client.get("/api/v1/me/connections/").json()["items"][0]["id"]
    assert inside.delete(f"/api/v1/me/connections/{own}/").status_code == 204
    huge = inside.delete(f"/api/v1/me/connections/{10**30}/")
    assert huge.status_code == 404


@pytest.mark.parametrize(
    "callback",
    [
        "https://evil.example/", "//evil.example/", "/\\evil.example", "http://localhost:9999/", "javascript:alert(1)",
        "http://localhost:8080@evil.example/", "http://127.0.0.1/", "\thttps://evil.example",
    ],
)  # fmt: skip
def test_people_come_back_to_our_origin_only(callback: str) -> None:
    target = Browser().start(callback=callback)
    assert "evil" not in target and "9999" not in target
    assert target.startswith(("/", "http://localhost:8080/"))
    assert "/sandbox/oidc/" not in target


def test_a_start_needs_the_csrf_token() -> None:
    client = Client(enforce_csrf_checks=True)
    form = {"provider": "sandbox", "process": "login", "callback_url": BACK}
    assert client.post(START, form).status_code == 403


def test_an_answer_belongs_to_the_browser_that_asked() -> None:
    """Nobody can be signed in as somebody else by being sent a callback address."""
    attacker = Browser()
    address = attacker.choose(attacker.start(), "demo-aliya")
    victim = Browser()
    victim.start()
    assert "error=" in victim.come_back(address)
    assert victim.session()["authenticated"] is False
    changed = re.sub(r"state=[^&]+", "state=guess", address)
    assert "error=" in attacker.come_back(changed)


def test_cancel_and_broken_answers_come_back_with_an_error() -> None:
    browser = Browser()
    assert "error=cancelled" in browser.come_back(browser.choose(browser.start(), "cancel"))
    page = browser.start()
    state = parse_qs(urlsplit(page).query)["state"][0]
    wrong = "http://localhost:8080/accounts/oidc/sandbox/login/callback/?" + urlencode(
        {"state": state, "code": "x"}
    )
    assert "error=" in browser.come_back(wrong)
    assert browser.client.get("/accounts/oidc/nobody/login/callback/").status_code == 404
    for closed in (
        "/accounts/oidc/sandbox/login/",
        "/accounts/3rdparty/",
        "/accounts/google/login/",
        "/accounts/login/",
    ):
        assert browser.client.get(closed).status_code == 404
