"""The authenticator: codes of RFC 6238, demo addresses only."""

import base64

import httpx
import pytest

from sandbox import authenticator
from sandbox.testing import SandboxProcess


@pytest.mark.parametrize(
    ("moment", "code"),
    # RFC 6238, appendix B (SHA-1); the table has eight digits, an app shows the last six.
    [(59, "287082"), (1111111109, "081804"), (1111111111, "050471"), (20000000000, "353130")],
)
def test_codes_follow_the_standard(moment: int, code: str) -> None:
    assert authenticator.code_at(base64.b32encode(b"12345678901234567890").decode(), moment) == code


def test_a_code_stays_for_thirty_seconds() -> None:
    first, last, after = (authenticator.shown(("a@kenes.sandbox",), moment)[0] for moment in (60, 89, 90))
    assert (first.seconds_left, last.seconds_left, after.seconds_left) == (30, 1, 30)
    assert first.code == last.code != after.code


def test_everybody_has_an_own_secret() -> None:
    secrets = {authenticator.secret_of(email) for email in authenticator.STAFF}
    assert len(secrets) == len(authenticator.STAFF)
    assert all(len(base64.b32decode(secret)) == 20 for secret in secrets)


def test_staff_are_listed_and_any_demo_address_can_be_asked(sandbox: SandboxProcess) -> None:
    address = f"{sandbox.url}/sandbox/api/authenticator/"
    items = httpx.get(address).json()["items"]
    assert [item["email"] for item in items] == list(authenticator.STAFF)
    one = httpx.get(address, params={"email": "New@kenes.sandbox"}).json()["items"]
    assert [item["email"] for item in one] == ["new@kenes.sandbox"]
    assert len(one[0]["code"]) == 6 and 1 <= one[0]["seconds_left"] <= 30


@pytest.mark.parametrize("email", ["somebody@bank.example", "a@kenes.sandbox.example", "<b>@kenes.sandbox"])
def test_other_addresses_have_no_codes(sandbox: SandboxProcess, email: str) -> None:
    answer = httpx.get(f"{sandbox.url}/sandbox/api/authenticator/", params={"email": email})
    assert answer.status_code == 400
    page = httpx.get(f"{sandbox.url}/sandbox/authenticator/", params={"email": email})
    assert page.status_code == 400
    assert 'role="alert"' in page.text


def test_page_shows_the_codes_that_scripts_get(sandbox: SandboxProcess) -> None:
    page = httpx.get(f"{sandbox.url}/sandbox/authenticator/").text
    assert page.count('data-testid="totp-code"') == len(authenticator.STAFF)
    assert 'href="/sandbox/authenticator/"' in httpx.get(f"{sandbox.url}/sandbox/").text
