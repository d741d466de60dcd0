"""A browser beside a running stack: `KENES_URL` says where it is. Failures leave a picture and a trace."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, sync_playwright

from e2e.browser import CHROMIUM, FLAGS, PHONE, Screen, open_screen
from e2e.kenes_client import Kenes, Sandbox
from e2e.machine import Machine
from e2e.people import somebody
from e2e.screens.wizard import Wizard

ARTEFACTS = Path(__file__).resolve().parent / "artefacts"
STAFF = ("manager1@kenes.sandbox", "kenes-demo-2026")
OTHER_STAFF = ("manager2@kenes.sandbox", "kenes-demo-2026")


@pytest.fixture(scope="session")
def base_url() -> str:
    url = os.environ.get("KENES_URL")
    if not url:
        pytest.exit("KENES_URL is not set: run `make e2e`", returncode=2)
    return url


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield launched
        launched.close()


@pytest.fixture
def sandbox(base_url: str) -> Sandbox:
    return Sandbox(base_url)


@pytest.fixture(scope="session")
def machine() -> Machine:
    return Machine()


@pytest.fixture
def manager(base_url: str) -> Kenes:
    """A manager at the API, for what is not the subject of a test."""
    kenes = Kenes(base_url)
    kenes.sign_in_staff(*STAFF)
    return kenes


@pytest.fixture
def vendors_ok(sandbox: Sandbox) -> Iterator[Sandbox]:
    """The sandbox, with every switch put back afterwards."""
    yield sandbox
    sandbox.switch(smtp="ok", sms="ok")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Any:
    report = yield
    setattr(item, f"report_{report.when}", report)
    return report


@pytest.fixture
def new_screen(
    browser: Browser, base_url: str, request: pytest.FixtureRequest
) -> Iterator[Callable[..., Screen]]:
    """Opens windows of given size and language; each is watched, and leaves artefacts when the test fails."""
    opened: list[Screen] = []

    def make(language: str = "ru", **options: Any) -> Screen:
        options.setdefault("size", PHONE)
        screen = open_screen(browser, base_url, language, **options)
        opened.append(screen)
        return screen

    yield make
    report = getattr(request.node, "report_call", None)
    failed = report is None or report.failed
    name = request.node.name.replace("/", "-")
    for number, screen in enumerate(opened):
        keep = failed or bool(screen.guard.problems)
        screen.close(ARTEFACTS / f"{name}-{number}" if keep else None)
    if not failed:
        for screen in opened:
            screen.guard.require_quiet()


@pytest.fixture(scope="session")
def filled_draft(browser: Browser, base_url: str) -> dict[str, Any]:
    """A draft as the wizard keeps it when every question is answered."""
    sandbox, person = Sandbox(base_url), somebody()
    screen = open_screen(browser, base_url, "ru", size=PHONE)
    screen.go("/apply")
    wizard = Wizard(screen, sandbox, person)
    wizard.enter_phone()
    wizard.reach_review(lender="Айқын Қаржы")
    screen.sees_word("apply.saving.saved")
    api = screen.context.request
    case_id = api.get(f"{base_url}/api/v1/cases/").json()["items"][0]["id"]
    draft = api.get(f"{base_url}/api/v1/cases/{case_id}/draft/").json()
    screen.close(None)
    return dict(draft["data"])
