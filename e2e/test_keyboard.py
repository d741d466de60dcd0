"""A morning of the desk by keyboard alone: thirty cases are sorted, given out, moved on and answered without a mouse.

`KEEP_TRACE=1` keeps the trace and a film of it in `artefacts/` although nothing failed.
"""

import os
import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page

from e2e import authenticator
from e2e.browser import DESKTOP, Screen
from e2e.conftest import ARTEFACTS, STAFF
from e2e.kenes_client import Kenes, Sandbox, wait_for
from e2e.stories import applied

NewScreen = Callable[..., Screen]
# The whole morning takes minutes on a busy machine; the short one makes every step of it too.
MORNINGS = [8, pytest.param(30, marks=pytest.mark.soak)]
MOST_PRESSES = 90
# A case that is suspended on the way stays in the list, so that no row moves under the hand.
OPEN = ("submitted", "triage", "active", "suspended")
SUPERVISOR = ("supervisor@kenes.sandbox", STAFF[1])
# Presses of a mouse or a finger that somebody might write into this journey by habit.
_MOUSE = ("click", "dblclick", "hover", "tap", "check", "uncheck", "select_option", "drag_to", "set_checked")


@pytest.fixture
def boss(base_url: str) -> Kenes:
    """Who sees every case, at the API: to prepare the pile and to look at what has become of it."""
    kenes = Kenes(base_url)
    kenes.sign_in_staff(*SUPERVISOR)
    return kenes


@pytest.mark.parametrize("count", MORNINGS)
def test_thirty_cases_by_keyboard_alone(
    new_screen: NewScreen,
    sandbox: Sandbox,
    base_url: str,
    boss: Kenes,
    monkeypatch: pytest.MonkeyPatch,
    count: int,
) -> None:
    for _missing in range(count - len(_open_cases(boss, count))):
        applied(base_url, sandbox)
    assert len(_open_cases(boss, count)) == count
    options: dict[str, Any] = {}
    if os.environ.get("KEEP_TRACE"):
        options["record_video_dir"] = str(ARTEFACTS / "keyboard")
    screen = new_screen(size=DESKTOP, **options)
    _forbid_the_mouse(monkeypatch, screen.page)
    _sign_in(screen)
    _open_list_by_palette(screen)
    worked: list[str] = []
    while len(worked) < count:
        worked.append(_work_on_next(screen, worked))
    _check(boss, worked)
    if os.environ.get("KEEP_TRACE"):
        screen.context.tracing.stop(path=ARTEFACTS / "keyboard" / "trace.zip")


def _open_cases(boss: Kenes, count: int) -> list[dict[str, Any]]:
    """Open cases in the order of the list; as many as the journey needs, fewer where the demonstration has fewer."""
    return list(boss.get("/cases/", status=list(OPEN), limit=count)["items"])


def _forbid_the_mouse(monkeypatch: pytest.MonkeyPatch, page: Page) -> None:
    """Any press of the pointer fails the journey, in the test as in the page."""

    def refuse(*_args: Any, **_kwargs: Any) -> None:
        raise AssertionError("this journey has no mouse")

    for name in _MOUSE:
        for kind in (type(page), type(page.locator("body"))):
            if hasattr(kind, name):
                monkeypatch.setattr(kind, name, refuse)
    page.add_init_script(
        "addEventListener('pointerdown', () => { throw new Error('a pointer was pressed'); }, true);"
    )


def _sign_in(screen: Screen) -> None:
    page = screen.page
    screen.go("/staff/cases")
    screen.heading("signIn.staffTitle")
    page.get_by_label(screen.words("signIn.email")).focus()
    page.keyboard.type(SUPERVISOR[0])
    page.get_by_label(screen.words("signIn.password")).focus()
    page.keyboard.type(SUPERVISOR[1])
    page.keyboard.press("Enter")
    screen.heading("signIn.second.title")
    page.get_by_label(screen.words("common.code.app.label")).focus()
    page.keyboard.type(authenticator.fresh_code(SUPERVISOR[0]))
    screen.heading("staff.list.title")
    page.get_by_role("row").nth(1).wait_for()


def _open_list_by_palette(screen: Screen) -> None:
    """Ctrl+K, the name of the section in the wrong layout, Enter; then «?» and away again; then all open cases."""
    page, words = screen.page, screen.words
    page.keyboard.press("Control+KeyK")
    page.get_by_role("combobox").wait_for()
    page.keyboard.type("ltkf")
    page.get_by_role("option", name=words("staffNav.cases"), exact=False).first.wait_for()
    screen.judge()
    page.keyboard.press("Escape")
    page.get_by_role("combobox").wait_for(state="detached")
    page.keyboard.press("Shift+Slash")
    screen.sees_word("caseList.keys.title")
    screen.judge()
    page.keyboard.press("Escape")
    query = "&".join(f"status={status}" for status in OPEN)
    screen.go(f"/staff/cases?{query}")
    page.get_by_role("row").nth(1).wait_for()


def _focus_row(page: Page, number: int) -> None:
    """Down to the row: j walks, and past the last one the next page comes."""
    page.locator("[data-case-row]").nth(number).wait_for(state="attached")
    for _press in range(MOST_PRESSES):
        at = page.evaluate(
            "[...document.querySelectorAll('[data-case-row]')].indexOf(document.activeElement)"
        )
        if at == number:
            return
        page.keyboard.press("KeyJ" if at < number else "KeyK")
    raise AssertionError(f"row {number} was not reached")


def _work_on_next(screen: Screen, worked: list[str]) -> str:
    """Triage by a glance, a manager, the next step, an answer to the borrower; gives the id of the case."""
    page, words = screen.page, screen.words
    _focus_row(page, _place_of_next(page, worked))
    case_id = str(page.evaluate("document.activeElement.getAttribute('data-case-row')"))
    page.keyboard.press("Space")
    glance = page.get_by_role("complementary", name=words("staff.peek.name"))
    glance.wait_for()
    page.keyboard.press("Escape")
    glance.wait_for(state="detached")
    _focus_row(page, _place_of(page, case_id))
    _assign(screen)
    _focus_row(page, _place_of(page, case_id))
    _step(screen)
    _focus_row(page, _place_of(page, case_id))
    _reply(screen)
    if not worked:
        screen.judge()
    return case_id


def _place_of_next(page: Page, worked: list[str]) -> int:
    """The first row that was not worked on: new cases come in above, changed ones move."""
    return int(
        page.evaluate(
            """worked => {
              const ids = [...document.querySelectorAll('[data-case-row]')].map((row) => row.dataset.caseRow);
              const next = ids.findIndex((id) => !worked.includes(id));
              return next < 0 ? ids.length : next;
            }""",
            worked,
        )
    )


def _place_of(page: Page, case_id: str) -> int:
    """Where the row stands now: a change may have moved it within the list."""
    page.locator(f'[data-case-row="{case_id}"]').wait_for(state="attached")
    return int(
        page.evaluate(
            "id => [...document.querySelectorAll('[data-case-row]')]"
            ".findIndex(row => row.getAttribute('data-case-row') === id)",
            case_id,
        )
    )


def _assign(screen: Screen) -> None:
    """a, the first manager by the arrow, Enter."""
    page = screen.page
    page.keyboard.press("KeyA")
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("radio").first.wait_for(state="attached")
    dialog.get_by_role("radio").first.focus()
    page.keyboard.press("Space")
    page.keyboard.press("Enter")
    _sent(screen)


def _sent(screen: Screen) -> None:
    """The dialog closes; a case that changed meanwhile (a letter of it was sent) asks to look and to send once more."""
    page = screen.page
    dialog = page.get_by_role("dialog")
    changed = dialog.get_by_text(screen.words("staff.case.changedTitle"))
    wait_for("the end of the dialog", lambda: dialog.count() == 0 or changed.is_visible(), seconds=20)
    if dialog.count():
        dialog.locator("button[type=submit]").focus()
        page.keyboard.press("Enter")
    dialog.wait_for(state="detached")


def _step(screen: Screen) -> None:
    """n, the step by its name with the arrows, its words, Enter: papers are asked for, or the work is suspended."""
    page, words = screen.page, screen.words
    page.keyboard.press("KeyN")
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("radio").first.wait_for(state="attached")
    for step in ("activate", "suspend", "resume"):
        radio = dialog.get_by_role("radio", name=words(f"staff.move.{step}.button"), exact=True)
        if radio.count():
            break
    else:
        page.keyboard.press("Escape")
        dialog.wait_for(state="detached")
        return
    radio.focus()
    page.keyboard.press("Space")
    page.keyboard.press("Enter")
    page.get_by_role("heading", name=words(f"staff.move.{step}.title")).wait_for()
    _fill_step(screen, step)
    _sent(screen)


def _fill_step(screen: Screen, step: str) -> None:
    page, words = screen.page, screen.words
    dialog = page.get_by_role("dialog")
    dialog.get_by_label(re.compile(re.escape(words(f"staff.move.{step}.reason")))).focus()
    page.keyboard.type("Договорились по телефону")
    if step == "suspend":
        dialog.get_by_label(words("staff.move.resumeOn")).focus()
        page.keyboard.type("10122027")
        page.keyboard.press("Enter")
        return
    # Enter in a field of many lines begins a new line: the button is the next stop of Tab.
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")


def _reply(screen: Screen) -> None:
    """c, the borrower as reader by the arrow, words, Ctrl+Enter."""
    page, words = screen.page, screen.words
    page.keyboard.press("KeyC")
    dialog = page.get_by_role("dialog")
    reader = dialog.get_by_role("radio", name=words("caseList.comment.borrower"), exact=True)
    reader.wait_for(state="attached")
    reader.focus()
    page.keyboard.press("Space")
    dialog.get_by_label(words("caseList.comment.reply")).focus()
    page.keyboard.type("Мы посмотрели ваше дело, ответим до конца дня.")
    page.keyboard.press("Control+Enter")
    _sent(screen)


def _check(boss: Kenes, worked: list[str]) -> None:
    """Every case worked on has a manager, and the answer stands in its history."""
    for case_id in worked:
        assert boss.get(f"/cases/{case_id}/")["assignee"] is not None
        titles = [item["text"] for item in boss.get(f"/cases/{case_id}/timeline/")["items"]]
        assert any("ответим до конца дня" in text for text in titles), case_id
