"""For everybody: narrow screens, three languages, both themes, and no mouse at all."""

import re
from collections.abc import Callable
from typing import Any

import pytest

from e2e.browser import DESKTOP, NARROW, Screen
from e2e.conftest import STAFF
from e2e.drafts import enter
from e2e.kenes_client import Kenes, Sandbox
from e2e.screens.signing import read_to_end
from e2e.stories import Story, ready_letter

NewScreen = Callable[..., Screen]
PUBLIC = (
    "",
    "/?event=DELAY_STARTED&date=2026-10-22",
    "/apply",
    "/sign-in",
    "/sign-in/staff",
    "/verify",
    "/nowhere",
)


@pytest.fixture(scope="module")
def story(base_url: str) -> Story:
    """One case whose letter was signed and sent, for looking at."""
    told = ready_letter(base_url, Sandbox(base_url), language="kk")
    told.sign()
    told.require_status("accepted")
    return told


def _settle(screen: Screen) -> None:
    screen.page.get_by_role("heading").first.wait_for()
    screen.page.wait_for_load_state("networkidle")


@pytest.mark.parametrize("language", ["ru", "kk", "en"])
def test_public_screens_at_360_dark(new_screen: NewScreen, language: str) -> None:
    screen = new_screen(language, size=NARROW, color_scheme="dark")
    for path in PUBLIC:
        screen.go(path)
        _settle(screen)
        screen.judge()


@pytest.mark.parametrize("language", ["ru", "kk", "en"])
def test_borrower_screens_at_360(new_screen: NewScreen, story: Story, language: str) -> None:
    screen = new_screen(language, size=NARROW)
    enter(screen, story.kenes)
    case = f"/cases/{story.case_id}"
    for path in ("/cases", case, f"{case}/documents", f"{case}/terms", f"{case}/history"):
        screen.go(path)
        _settle(screen)
        screen.judge()
    for path in (f"/documents/{story.document_id}", f"/sign/{story.document_id}", "/apply"):
        screen.go(path)
        _settle(screen)
        screen.judge()


@pytest.mark.parametrize("language", ["ru", "kk", "en"])
def test_staff_screens_at_360_and_1280(
    new_screen: NewScreen, story: Story, manager: Kenes, language: str
) -> None:
    creditor = story.kenes.get(f"/cases/{story.case_id}/")["obligations"][0]["creditor"]["id"]
    paths = (
        "/staff/cases",
        f"/staff/cases/{story.case_id}",
        "/staff/creditors",
        f"/staff/creditors/{creditor}",
    )
    for size in (NARROW, DESKTOP):
        screen = new_screen(language, size=size, color_scheme="dark" if size is DESKTOP else "light")
        enter(screen, manager)
        for path in paths:
            screen.go(path)
            _settle(screen)
            screen.judge()


def _tab_to(screen: Screen, name: str, *, limit: int = 60) -> None:
    """Press Tab until the focus stands on the control with this name, seen."""
    for _ in range(limit):
        screen.page.keyboard.press("Tab")
        named = screen.page.evaluate(
            """() => {
              const e = document.activeElement;
              const label = e.labels && e.labels.length ? e.labels[0].textContent : '';
              return [e.getAttribute('aria-label') || '', label, e.textContent || ''].join('|');
            }"""
        )
        if name in named:
            outlined = screen.page.evaluate(
                "() => { const s = getComputedStyle(document.activeElement);"
                " return s.outlineStyle !== 'none' || s.boxShadow !== 'none'; }"
            )
            assert outlined, f"the focus on {name!r} is not visible"
            return
    raise AssertionError(f"Tab does not reach {name!r}")


def test_sign_in_and_signing_without_a_mouse(new_screen: NewScreen, sandbox: Sandbox, base_url: str) -> None:
    waiting = ready_letter(base_url, sandbox)
    screen = new_screen(size=DESKTOP)
    keyboard, words = screen.page.keyboard, screen.words
    screen.go(f"/sign/{waiting.document_id}")
    screen.heading("states.signInTitle")
    screen.go(f"/sign-in?next=/sign/{waiting.document_id}")
    _tab_to(screen, words("signIn.phone"))
    keyboard.type(waiting.person.phone[2:])
    known = len(sandbox.messages(waiting.person.phone))
    keyboard.press("Enter")
    screen.page.get_by_label(words("common.code.label")).wait_for()
    keyboard.type(sandbox.new_code(waiting.person.phone, known))
    screen.page.wait_for_url(re.compile(r"/sign/"))
    read_to_end(screen)
    screen.page.get_by_role("button", name=words("signing.getCode")).wait_for()
    _tab_to(screen, words("signing.getCode"))
    known = len(sandbox.messages(waiting.person.phone))
    keyboard.press("Enter")
    screen.page.get_by_label(words("common.code.label")).wait_for()
    keyboard.type(sandbox.new_code(waiting.person.phone, known))
    screen.heading("signing.signed.title")


def test_signing_can_be_declined_by_keyboard(new_screen: NewScreen, sandbox: Sandbox, base_url: str) -> None:
    waiting = ready_letter(base_url, sandbox)
    screen = new_screen(size=DESKTOP)
    enter(screen, waiting.kenes)
    screen.go(f"/sign/{waiting.document_id}")
    screen.page.get_by_role("button", name=screen.words("signing.declineButton")).wait_for()
    _tab_to(screen, screen.words("signing.declineButton"))
    screen.page.keyboard.press("Enter")
    screen.page.get_by_role("dialog").wait_for()
    screen.judge()
    _tab_to(screen, screen.words("signing.decline.confirm"))
    screen.page.keyboard.press("Enter")
    screen.heading("signing.declined.title")


def test_language_is_kept_from_page_to_page(new_screen: NewScreen) -> None:
    screen = new_screen("ru")
    screen.go("/verify")
    screen.page.get_by_role("link", name=re.compile("Қазақша")).first.click()
    screen.page.wait_for_url(re.compile("/kk/verify"))
    screen.page.goto(screen.base_url)
    screen.page.wait_for_url(re.compile(r"/kk"))


ACCOUNT = ("", "/security", "/consents", "/who-looked", "/activity", "/data", "/powers", "/specialist")
OFFICE = (
    "people", "people/invitations", "people/duplicates", "roles", "organisations", "checks", "data-requests",
    "security-log", "retention", "programs",
)  # fmt: skip


@pytest.mark.parametrize("language", ["ru", "kk", "en"])
def test_own_account_at_360(new_screen: NewScreen, story: Story, language: str) -> None:
    screen = new_screen(language, size=NARROW, color_scheme="dark" if language == "kk" else "light")
    enter(screen, story.kenes)
    for path in ACCOUNT:
        screen.go(f"/account{path}")
        _settle(screen)
        screen.judge()


@pytest.mark.parametrize(("language", "size"), [("ru", NARROW), ("kk", DESKTOP), ("en", NARROW)])
def test_administration_screens(new_screen: NewScreen, base_url: str, language: str, size: Any) -> None:
    screen = new_screen(language, size=size, color_scheme="dark" if size is DESKTOP else "light")
    administrator = Kenes(base_url)
    administrator.sign_in_staff("admin@kenes.sandbox", STAFF[1])
    enter(screen, administrator)
    person = administrator.post("/people/search/", {"query": "manager1@kenes.sandbox"})["items"][0]
    organisation = administrator.get("/organisations/")["items"][0]
    details = (f"people/{person['id']}", f"organisations/{organisation['id']}")
    for path in (*OFFICE, *details):
        screen.go(f"/staff/{path}")
        _settle(screen)
        screen.judge()
