"""Pictures of every screen: three languages, phone and desk, light and dark.

Usage: screenshots.py [OUT] [--only regular-expression] [--languages ru,kk] [--sizes 390,1440]
Files: OUT/<screen>/<language>-<width>-<theme>.png. Needs a running stack (KENES_URL).
"""

import argparse
import os
import re
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from playwright.sync_api import Browser, Error, ViewportSize, sync_playwright

from e2e.browser import CHROMIUM, FLAGS, PHONE, Screen, open_screen
from e2e.conftest import STAFF
from e2e.drafts import enter
from e2e.kenes_client import Kenes, Sandbox
from e2e.people import somebody
from e2e.screens.signing import read_to_end
from e2e.screens.wizard import Wizard
from e2e.screens.work import Shot, somebody_of_work, work_shots
from e2e.stories import Story, ready_letter

DESK: ViewportSize = {"width": 1440, "height": 900}
SIZES = {"390": PHONE, "1440": DESK}
DEFAULT_OUT = Path(__file__).resolve().parent / "artefacts" / "screenshots"
WIZARD = (
    "person contact creditor.1 contract.1 amounts.1 payment.1 overdue.1 debts income family events event.1 hardship"
    " story relief relief-numbers consents agreement review"
).split()
Prepare = Callable[[Screen], None]


@dataclass(frozen=True)
class World:
    """What there is to look at."""

    waiting: Story
    sent: Story
    unaddressed: Story
    manager: Kenes
    administrator: Kenes
    supervisor: Kenes
    token: str
    creditor_id: str


def _press(key: str) -> Prepare:
    def act(screen: Screen) -> None:
        screen.press(key)
        screen.page.wait_for_timeout(300)

    return act


def _ask_sign_in_code(screen: Screen) -> None:
    screen.page.get_by_label(screen.words("signIn.phone")).fill(somebody().phone)
    screen.press("signIn.getCode")
    screen.page.get_by_label(screen.words("common.code.label")).wait_for()


def _ask_signing_code(screen: Screen) -> None:
    code = screen.page.get_by_label(screen.words("common.code.label"))
    read_to_end(screen)
    screen.press("signing.getCode")
    code.or_(screen.page.get_by_role("alert")).first.wait_for()


def _upload_nonsense(screen: Screen) -> None:
    file = {"name": "letter.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.4\nnot ours\n%%EOF\n"}
    screen.page.locator("#verify-file").set_input_files(file)  # type: ignore[arg-type]
    screen.press("signatureCheck.check")
    screen.page.locator("#verdict").or_(screen.page.get_by_role("alert")).first.wait_for()


def _open_status_filter(screen: Screen) -> None:
    name = re.compile("^" + re.escape(screen.words("staff.filters.status")))
    screen.page.get_by_role("button", name=name).first.click()
    screen.page.wait_for_timeout(200)


def _search_nothing(screen: Screen) -> None:
    screen.page.get_by_label(screen.words("staff.list.search")).fill("жжжжжж")
    screen.page.wait_for_timeout(1200)


def _peek(screen: Screen) -> None:
    row = screen.page.get_by_role("link", name=re.compile("KH-")).first
    row.focus()
    screen.page.keyboard.press("Space")
    screen.page.wait_for_timeout(800)


def shots(world: World) -> Iterator[Shot]:
    """Every screen that there is."""
    yield Shot("home", "")
    yield Shot("home-terms", "/?event=DELAY_STARTED&date=2026-10-22")
    yield Shot("not-found", "/nowhere")
    yield Shot("sign-in", "/sign-in")
    yield Shot("sign-in-code", "/sign-in", prepare=_ask_sign_in_code)
    yield Shot("sign-in-wrong-number", "/sign-in", prepare=_press("signIn.getCode"))
    yield Shot("staff-sign-in", "/sign-in/staff")
    yield Shot("apply-phone", "/apply")
    yield Shot("verify", "/verify")
    yield Shot("verify-valid", f"/verify/{world.token}")
    yield Shot("verify-unknown", "/verify/unknown-token")
    yield Shot("verify-refused", "/verify", prepare=_upload_nonsense)
    for step in WIZARD:
        yield Shot(f"apply-{step}", f"/apply?step={step}", "applicant")
    for step in ("person", "creditor.2", "contract.2", "hardship"):
        yield Shot(
            f"apply-{step}-errors", f"/apply?step={step}", "beginner", prepare=_press("apply.continue")
        )
    yield from _borrower_shots(world)
    yield from _staff_shots(world)
    yield from _account_shots()
    yield from _administration_shots(world)
    yield from work_shots(str(world.manager.http.base_url).rstrip("/"))


def _borrower_shots(world: World) -> Iterator[Shot]:
    for who, story in (("waiting", world.waiting), ("sent", world.sent)):
        case = f"/cases/{story.case_id}"
        yield Shot(f"case-{who}", case, who)
        yield Shot(f"case-{who}-documents", f"{case}/documents", who)
        yield Shot(f"case-{who}-terms", f"{case}/terms", who)
        yield Shot(f"case-{who}-history", f"{case}/history", who)
    yield Shot("cases", "/cases", "sent")
    yield Shot("cases-empty", "/cases", "newcomer")
    yield Shot("case-signed-out", f"/cases/{world.sent.case_id}")
    yield Shot("case-not-there", f"/cases/{world.sent.case_id}", "waiting")
    case_id = world.waiting.case_id
    asked = {"code": "ASSET_LIST", "obligation_id": None}
    draft = world.waiting.kenes.post(f"/cases/{case_id}/document-drafts/", asked)
    interview = f"/cases/{case_id}/documents/interview/{draft['id']}"
    yield Shot("interview", interview, "waiting", prepare=_press("documentInterview.rows.add"))
    yield Shot("interview-review", f"{interview}?question=review", "waiting")
    yield Shot("document", f"/documents/{world.sent.document_id}", "sent")
    sign = f"/sign/{world.waiting.document_id}"
    yield Shot("sign", sign, "waiting")
    yield Shot("sign-decline", sign, "waiting", prepare=_press("signing.declineButton"))
    yield Shot("sign-code", sign, "waiting", prepare=_ask_signing_code)
    yield Shot("signed", f"/sign/{world.sent.document_id}", "sent")


def _staff_shots(world: World) -> Iterator[Shot]:
    cases, waiting = "/staff/cases", f"/staff/cases/{world.unaddressed.case_id}"
    yield Shot("staff-list", cases, "manager")
    yield Shot("staff-list-filter", cases, "manager", prepare=_open_status_filter)
    yield Shot("staff-list-nothing", cases, "manager", prepare=_search_nothing)
    yield Shot("staff-list-peek", cases, "manager", prepare=_peek)
    yield Shot("staff-case-from-pool", f"/staff/cases/{world.sent.case_id}", "manager")
    yield Shot("staff-case", waiting, "manager")
    yield Shot("staff-case-documents", f"{waiting}/documents", "manager")
    yield Shot("staff-case-assign", waiting, "manager", prepare=_press("staff.assign.button"))
    yield Shot("staff-case-suspend", waiting, "manager", prepare=_press("staff.move.suspend.button"))
    yield Shot("staff-case-fact", waiting, "manager", prepare=_press("staff.terms.record"))
    yield Shot("staff-creditors", "/staff/creditors", "manager")
    yield Shot("staff-creditor", f"/staff/creditors/{world.creditor_id}", "manager")
    yield Shot("staff-refused", cases, "sent")


def _account_shots() -> Iterator[Shot]:
    for name in ("", "security", "consents", "who-looked", "activity", "data", "powers", "specialist"):
        yield Shot(f"account-{name or 'profile'}", f"/account/{name}".rstrip("/"), "sent")
    yield Shot("second-factor", "/account/second-factor", "newcomer")
    yield Shot("recover", "/recover")
    yield Shot("invite-broken", "/invite")
    yield Shot("oauth-wrong", "/oauth/consent")


def _administration_shots(world: World) -> Iterator[Shot]:
    person = world.administrator.post("/people/search/", {"query": STAFF[0]})["items"][0]["id"]
    organisation = world.administrator.get("/organisations/")["items"][0]["id"]
    for name in ("people", "people/invitations", "people/duplicates", "roles", "organisations", "data-requests",
                 "security-log", "retention", "programs"):  # fmt: skip
        yield Shot(f"staff-{name.replace('/', '-')}", f"/staff/{name}", "administrator")
    yield Shot("staff-person", f"/staff/people/{person}", "administrator")
    yield Shot("staff-organisation", f"/staff/organisations/{organisation}", "administrator")
    yield Shot("staff-checks", "/staff/checks", "supervisor")


def build_world(base_url: str) -> World:
    """A letter that waits for its signature, one that was sent, one without an address, and a manager who has it."""
    sandbox = Sandbox(base_url)
    waiting = ready_letter(base_url, sandbox)
    sent = ready_letter(base_url, sandbox)
    sent.sign()
    unaddressed = ready_letter(base_url, sandbox, typed_lender="ТОО «МФО «Жаңа Қарыз»")
    unaddressed.sign()
    sent.require_status("accepted")
    manager = Kenes(base_url)
    me = manager.sign_in_staff(*STAFF)["user"]["id"]
    case = manager.get(f"/cases/{unaddressed.case_id}/")
    manager.post(f"/cases/{case['id']}/assign/", {"assignee_id": me, "version": case["version"]})
    token = str(sent.document()["verify_url"]).rstrip("/").rsplit("/", 1)[-1]
    administrator, supervisor = Kenes(base_url), Kenes(base_url)
    administrator.sign_in_staff("admin@kenes.sandbox", STAFF[1])
    supervisor.sign_in_staff("supervisor@kenes.sandbox", STAFF[1])
    return World(
        waiting,
        sent,
        unaddressed,
        manager,
        administrator,
        supervisor,
        token,
        case["obligations"][0]["creditor"]["id"],
    )


class Studio:
    """Windows of one language and size, one for each onlooker."""

    def __init__(self, browser: Browser, base_url: str, world: World, language: str, size: str) -> None:
        self.browser, self.base_url, self.world = browser, base_url, world
        self.language, self.size = language, size
        self._windows: dict[str, Screen] = {}

    def window(self, who: str) -> Screen:
        if who not in self._windows:
            screen = open_screen(self.browser, self.base_url, self.language, size=SIZES[self.size])
            self._admit(screen, who)
            self._windows[who] = screen
        return self._windows[who]

    def _admit(self, screen: Screen, who: str) -> None:
        world, sandbox = self.world, Sandbox(self.base_url)
        if who in {"manager", "administrator", "supervisor"}:
            enter(screen, getattr(world, who))
        elif who in {"waiting", "sent"}:
            enter(screen, getattr(world, who).kenes)
        elif worker := somebody_of_work(self.base_url, who):
            enter(screen, worker)
        elif who in {"newcomer", "beginner", "applicant"}:
            kenes, person = Kenes(self.base_url, language=self.language), somebody(self.language)
            kenes.sign_in(sandbox, person.phone)
            if who != "newcomer":
                draft = FILLED if who == "applicant" else {"debts": FILLED["debts"]}
                case_id = kenes.post("/cases/", {"language": self.language})["id"]
                kenes.put(f"/cases/{case_id}/draft/", {"step": "person", "data": draft})
            enter(screen, kenes)

    def take(self, shot: Shot, out: Path) -> None:
        """The screen in both themes."""
        screen = self.window(shot.who)
        folder = out / shot.name
        folder.mkdir(parents=True, exist_ok=True)
        screen.page.emulate_media(color_scheme="light")
        screen.go(shot.path)
        screen.page.get_by_role("heading").first.wait_for()
        screen.page.wait_for_load_state("networkidle")
        if shot.prepare:
            shot.prepare(screen)
        # As tall as the page: a bar at the foot of the window must not stand in the middle of the picture.
        size = SIZES[self.size]
        height = int(screen.page.evaluate("document.documentElement.scrollHeight"))
        screen.page.set_viewport_size({**size, "height": max(size["height"], height)})
        for theme in ("light", "dark"):
            screen.page.emulate_media(color_scheme="light" if theme == "light" else "dark")
            file = folder / f"{self.language}-{self.size}-{theme}.png"
            screen.page.screenshot(path=file, full_page=True, animations="disabled")
        screen.page.set_viewport_size(size)

    def close(self) -> list[str]:
        """Close all windows; what their guards noted."""
        problems = [problem for screen in self._windows.values() for problem in screen.guard.problems]
        for screen in self._windows.values():
            screen.close(None)
        return problems


FILLED: dict[str, list[dict[str, object]]] = {}


def _fill_draft(browser: Browser, base_url: str) -> None:
    """Let the wizard itself write a whole draft once; every language shows it."""
    screen = open_screen(browser, base_url, "ru", size=PHONE)
    sandbox, person = Sandbox(base_url), somebody()
    screen.go("/apply")
    wizard = Wizard(screen, sandbox, person)
    wizard.enter_phone()
    wizard.reach_review(lender="Айқын Қаржы")
    screen.sees_word("apply.saving.saved")
    api = screen.context.request
    case_id = api.get(f"{base_url}/api/v1/cases/").json()["items"][0]["id"]
    FILLED.update(api.get(f"{base_url}/api/v1/cases/{case_id}/draft/").json()["data"])
    screen.close(None)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("out", nargs="?", type=Path, default=DEFAULT_OUT)
    parser.add_argument("--only", default="", help="a regular expression for names of screens")
    parser.add_argument("--languages", default="ru,kk,en")
    parser.add_argument("--sizes", default="390,1440")
    options = parser.parse_args()
    base_url = os.environ["KENES_URL"]
    made, troubles = 0, []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        world = build_world(base_url)
        _fill_draft(browser, base_url)
        for language in options.languages.split(","):
            for size in options.sizes.split(","):
                studio = Studio(browser, base_url, world, language, size)
                for shot in (one for one in shots(world) if re.search(options.only, one.name)):
                    try:
                        studio.take(shot, options.out)
                        made += 2
                    except Error as problem:
                        troubles.append(f"{shot.name} {language} {size}: {str(problem).splitlines()[0]}")
                troubles += studio.close()
        browser.close()
    for trouble in troubles:
        print(trouble, file=sys.stderr)
    print(f"{made} pictures in {options.out}")
    return 1 if troubles else 0


if __name__ == "__main__":
    sys.exit(main())
