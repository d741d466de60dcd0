"""The manager's desk: find a case, take it, let a waiting letter go, move the case on."""

import re
from collections.abc import Callable

from e2e import authenticator
from e2e.browser import DESKTOP, Screen
from e2e.conftest import STAFF
from e2e.kenes_client import Sandbox
from e2e.people import contract_number
from e2e.stories import Story, ready_letter

NewScreen = Callable[..., Screen]


def test_manager_finds_assigns_confirms_and_moves_on(
    new_screen: NewScreen, sandbox: Sandbox, base_url: str
) -> None:
    lender = f"ТОО «МФО «Новый Займ {contract_number()}»"
    story = ready_letter(base_url, sandbox, typed_lender=lender)
    story.sign()
    story.require_status("waiting_address")
    screen = new_screen(size=DESKTOP)
    _sign_in(screen)
    number = str(story.kenes.get(f"/cases/{story.case_id}/")["number"])
    _find_by_filter(screen, number)
    _find_by_search(screen, story, number)
    _take(screen, story)
    _confirm_address(screen, story, lender)
    _suspend(screen, story)


def _sign_in(screen: Screen) -> None:
    screen.go("/staff/cases")
    screen.heading("signIn.staffTitle")
    screen.page.get_by_label(screen.words("signIn.email")).fill(STAFF[0])
    screen.page.get_by_label(screen.words("signIn.password")).fill(STAFF[1])
    screen.press("signIn.signIn")
    screen.heading("signIn.second.title")
    screen.page.get_by_label(screen.words("common.code.app.label")).fill(authenticator.fresh_code(STAFF[0]))
    screen.heading("staff.list.title")
    screen.page.get_by_role("row").nth(1).wait_for()
    screen.judge()


def _find_by_filter(screen: Screen, number: str) -> None:
    """Cases that nobody has, newest first: it stands there; another status hides it."""
    page, words = screen.page, screen.words
    page.get_by_role("button", name=re.compile("^" + words("staff.views.unassigned"))).click()
    page.wait_for_url(re.compile("assignee=none"))
    page.wait_for_timeout(200)
    page.locator("[aria-busy=true]").first.wait_for(state="detached")
    page.get_by_role("link", name=number).wait_for()
    screen.judge()
    page.get_by_role("button", name=re.compile("^" + words("staff.filters.status"))).first.click()
    page.get_by_label(words("staff.status.active"), exact=True).wait_for()
    screen.judge()
    for status in ("active",):
        page.get_by_text(words(f"staff.status.{status}"), exact=True).first.click()
    page.keyboard.press("Escape")


def _find_by_search(screen: Screen, story: Story, number: str) -> None:
    """By the contract, by the exact ИИН, by the number; the rest is gone then."""
    page, words = screen.page, screen.words
    page.get_by_role("button", name=re.compile("^" + words("staff.views.all"))).click()
    search = page.get_by_label(words("staff.list.search"))
    for query in (story.person.iin, story.person.phone, number):
        search.fill(query)
        page.get_by_role("link", name=number).wait_for()
        page.wait_for_function("document.querySelectorAll('[data-case-row]').length === 1")
    screen.judge()
    page.get_by_role("link", name=number).click()
    page.wait_for_url(re.compile(rf"/staff/cases/{story.case_id}"))


def _take(screen: Screen, story: Story) -> None:
    page, words = screen.page, screen.words
    page.get_by_role("heading", level=1).filter(has_text="KH-").wait_for()
    screen.sees_word("staff.case.maskedText")
    assert story.person.full_name not in page.locator("main").inner_text()
    screen.judge()
    screen.press("staff.assign.toMe")
    screen.sees(story.person.full_name)
    page.get_by_text(words("staff.case.maskedText")).wait_for(state="hidden")
    screen.judge()


def _confirm_address(screen: Screen, story: Story, lender: str) -> None:
    """A typed-in lender gets its address; the letter that waited goes out, once."""
    page, words = screen.page, screen.words
    screen.sees_word("staff.dispatch.status.waiting_address")
    page.get_by_role("button", name=lender).click()
    value = f"office-{story.case_id[:8]}@creditors.sandbox"
    page.get_by_label(words("staff.creditors.add.label")).fill(value)
    screen.judge()
    screen.press("staff.creditors.add.submit")
    screen.sees_word("staff.creditors.notConfirmed")
    screen.press("staff.creditors.confirmAction")
    screen.sees_word("staff.creditors.confirm.warningTitle")
    screen.judge()
    screen.press("staff.creditors.confirm.submit")
    screen.sees(words.with_("staff.creditors.confirm.done", address=value))
    page.keyboard.press("Escape")
    screen.sees_word("staff.dispatch.status.accepted", seconds=40)
    assert [mail["to"] for mail in story.mails()] == [value]
    screen.judge()


def _suspend(screen: Screen, story: Story) -> None:
    page, words = screen.page, screen.words
    screen.press("staff.move.suspend.button")
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("button", name=words("staff.move.suspend.submit")).click()
    screen.sees_word("staff.move.reasonMissing")
    screen.judge()
    dialog.get_by_label(words("staff.move.suspend.reason")).fill("Ждём ответа кредитора.")
    dialog.get_by_label(words("staff.move.resumeOn")).fill("10.12.2027")
    dialog.get_by_role("button", name=words("staff.move.suspend.submit")).click()
    screen.sees_word("staff.move.suspend.done")
    assert story.kenes.get(f"/cases/{story.case_id}/")["status"] == "suspended"
