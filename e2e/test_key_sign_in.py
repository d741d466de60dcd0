"""In by one's own key: the key proves the ИИН once, then opens the account; no other key does."""

import re

from e2e.browser import DESKTOP, Screen
from e2e.drafts import enter
from e2e.kenes_client import Sandbox
from e2e.people import somebody
from e2e.roles import NewScreen
from e2e.signing_phone import choose_key
from e2e.stories import signed_up


def _sign_in(screen: Screen, **choice: str) -> int:
    """Press the button of the key and give the status of the answer."""
    choose_key(screen, **choice)
    with screen.page.expect_response(re.compile("/api/v1/auth/eds/$")) as waiting:
        screen.press("signIn.other.eds")
    return waiting.value.status


def test_a_key_opens_the_account_once_it_has_proved_the_iin(
    new_screen: NewScreen, sandbox: Sandbox, base_url: str
) -> None:
    kenes, person = signed_up(base_url, sandbox)
    kenes.prove(sandbox, person.phone)
    own = new_screen("ru", size=DESKTOP)
    enter(own, kenes)
    own.go("/account/security")
    choose_key(own, iin=person.iin, name=person.full_name)
    own.press("security.eds.confirm")
    own.sees_word("security.eds.done")
    own.judge()
    guest = new_screen("ru", size=DESKTOP)
    guest.go("/sign-in")
    assert _sign_in(guest, choice="expired", iin=person.iin) == 400
    guest.page.get_by_role("alert").filter(has_text=guest.words("eds.nextStep.renew")).first.wait_for()
    guest.judge()
    assert _sign_in(guest, choice="look_alike", iin=person.iin) == 400
    # No account has been connected with this key.
    assert _sign_in(guest, choice="asked", iin=somebody().iin) >= 400
    guest.page.get_by_role("alert").first.wait_for()
    assert not guest.context.request.get(f"{base_url}/api/v1/session/").json()["authenticated"]
    assert _sign_in(guest, choice="asked", iin=person.iin) == 200
    guest.page.wait_for_url(re.compile(r"/(cases|apply|account)"))
    session = guest.context.request.get(f"{base_url}/api/v1/session/").json()
    assert session["authenticated"]
    assert session["user"]["id"] == kenes.get("/session/")["user"]["id"]
    guest.judge()


def test_a_phone_offers_no_key(new_screen: NewScreen) -> None:
    screen = new_screen("kk")
    screen.go("/sign-in")
    screen.page.get_by_role("button", name=screen.words("signIn.getCode")).wait_for()
    assert screen.page.get_by_role("button", name=screen.words("signIn.other.eds")).count() == 0
