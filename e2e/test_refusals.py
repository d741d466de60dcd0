"""What must not happen, and what a person sees instead."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Route, expect

from e2e.browser import DESKTOP, Screen
from e2e.drafts import draft_on_review, enter
from e2e.kenes_client import Kenes, Refused, Sandbox
from e2e.machine import Machine
from e2e.people import somebody
from e2e.screens.letter import Letter
from e2e.screens.wizard import Wizard
from e2e.stories import ready_letter, signed_up

NewScreen = Callable[..., Screen]


def _wrong(code: str, number: int) -> str:
    """A code that is surely not the right one."""
    return f"{(int(code) + number) % 1_000_000:06d}"


def _signing(screen: Screen, sandbox: Sandbox, base_url: str) -> tuple[Any, Letter]:
    story = ready_letter(base_url, sandbox)
    enter(screen, story.kenes)
    screen.go(f"/sign/{story.document_id}")
    return story, Letter(screen, sandbox, story.person.phone)


def test_wrong_sign_in_code_until_tries_are_spent(new_screen: NewScreen, sandbox: Sandbox) -> None:
    screen, person = new_screen(), somebody()
    screen.go("/sign-in")
    page, words = screen.page, screen.words
    page.get_by_label(words("signIn.phone")).fill(person.phone)
    screen.press("signIn.getCode")
    field = page.get_by_label(words("common.code.label"))
    field.wait_for()
    code = sandbox.new_code(person.phone, 0)
    for number in (1, 2):
        field.fill(_wrong(code, number))
        screen.sees(re.compile(words("common.code.wrong").split(".")[0]))
        screen.judge()
    field.fill(_wrong(code, 3))
    screen.sees_word("common.code.spent")
    screen.judge()
    screen.press("common.code.sendNew")
    page.get_by_label(words("signIn.phone")).wait_for()
    with pytest.raises(Refused) as refused:
        Kenes(screen.base_url).post("/auth/phone/confirm/", {"code": code})
    assert refused.value.status == 409


def test_wrong_signing_code_until_tries_are_spent_then_a_new_one(
    new_screen: NewScreen, sandbox: Sandbox, base_url: str
) -> None:
    screen = new_screen()
    story, letter = _signing(screen, sandbox, base_url)
    known = letter.ask_code()
    code = sandbox.new_code(story.person.phone, known)
    for number in range(1, 5):
        letter.enter(_wrong(code, number))
        left = 5 - number
        screen.sees(re.compile(f"{left} попыт"))
    letter.enter(_wrong(code, 5))
    screen.sees_word("common.code.spent")
    known = len(sandbox.messages(story.person.phone))
    screen.press("common.code.sendNew")
    letter.page.get_by_label(screen.words("common.code.label")).wait_for()
    letter.enter(sandbox.new_code(story.person.phone, known))
    screen.heading("signing.signed.title")


def test_expired_code_says_so_and_a_new_one_works(
    new_screen: NewScreen, sandbox: Sandbox, machine: Machine, base_url: str
) -> None:
    screen = new_screen()
    story, letter = _signing(screen, sandbox, base_url)
    known = letter.ask_code()
    code = sandbox.new_code(story.person.phone, known)
    person_id = story.kenes.get("/session/")["user"]["id"]
    machine.sql(
        "UPDATE accounts_onetimecode SET expires_at = now() - interval '1 second', resend_at = now()"
        " WHERE person_id = %s AND closed_at IS NULL",
        person_id,
    )
    letter.enter(code)
    screen.sees_word("common.code.expired")
    screen.judge()
    known = len(sandbox.messages(story.person.phone))
    screen.press("common.code.sendNew")
    letter.page.get_by_label(screen.words("common.code.label")).wait_for()
    letter.enter(sandbox.new_code(story.person.phone, known))
    screen.heading("signing.signed.title")


@pytest.mark.soak
def test_sign_in_code_expires_after_three_minutes(new_screen: NewScreen, sandbox: Sandbox) -> None:
    screen, person = new_screen(), somebody()
    screen.go("/sign-in")
    screen.page.get_by_label(screen.words("signIn.phone")).fill(person.phone)
    screen.press("signIn.getCode")
    screen.sees_word("common.code.expired", seconds=200)
    screen.press("common.code.sendNew")


def test_another_persons_case_is_not_there(new_screen: NewScreen, sandbox: Sandbox, base_url: str) -> None:
    story = ready_letter(base_url, sandbox)
    stranger, _ = signed_up(base_url, sandbox)
    screen = new_screen()
    enter(screen, stranger)
    for path in (
        f"/cases/{story.case_id}",
        f"/cases/{story.case_id}/documents",
        f"/cases/{story.case_id}/history",
        f"/documents/{story.document_id}",
        f"/sign/{story.document_id}",
    ):
        screen.go(path)
        screen.heading("states.notFoundTitle")
        screen.judge()
    for path in (
        f"/cases/{story.case_id}/",
        f"/documents/{story.document_id}/",
        f"/documents/{story.document_id}/pages/1/",
        f"/documents/{story.document_id}/file/",
    ):
        with pytest.raises(Refused) as refused:
            stranger.content(path)
        assert refused.value.status == 404


def test_guest_and_borrower_stay_outside_the_staff_area(
    new_screen: NewScreen, sandbox: Sandbox, base_url: str
) -> None:
    guest = new_screen()
    guest.go("/staff/cases")
    guest.page.wait_for_url(re.compile(r"/sign-in/staff\?next="))
    guest.heading("signIn.staffTitle")
    guest.judge()
    borrower = new_screen()
    kenes, _ = signed_up(base_url, sandbox)
    enter(borrower, kenes)
    borrower.go("/staff/cases")
    borrower.heading("states.refusedTitle")
    borrower.judge()


def test_double_press_on_submit_makes_one_case(
    new_screen: NewScreen, sandbox: Sandbox, filled_draft: dict[str, Any]
) -> None:
    screen = new_screen()
    kenes, _, case_id = draft_on_review(screen, sandbox, filled_draft)
    screen.page.get_by_role("button", name=screen.words("apply.review.submit")).dblclick()
    screen.page.wait_for_url(re.compile(rf"/cases/{case_id}"))
    rows = kenes.get("/cases/")["items"]
    assert [row["id"] for row in rows] == [case_id]
    assert rows[0]["number"]
    events = kenes.get(f"/cases/{case_id}/timeline/", limit=50)["items"]
    assert len({event["id"] for event in events}) == len(events)


def test_double_press_on_sign_makes_one_signature_and_one_letter(
    new_screen: NewScreen, sandbox: Sandbox, machine: Machine, base_url: str
) -> None:
    screen = new_screen()
    story, letter = _signing(screen, sandbox, base_url)
    known = letter.ask_code()
    code = sandbox.new_code(story.person.phone, known)
    # The last digit sends by itself; an impatient person presses the button twice as well.
    screen.page.evaluate(
        """([code, label, button]) => {
          const input = document.querySelector('input[autocomplete="one-time-code"]');
          Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value').set.call(input, code);
          input.dispatchEvent(new Event('input', {bubbles: true}));
          const press = [...document.querySelectorAll('button')].find((b) => b.textContent.trim() === button);
          press.click();
          press.click();
        }""",
        [code, screen.words("common.code.label"), screen.words("signing.sign")],
    )
    screen.heading("signing.signed.title")
    story.require_status("accepted")
    found = machine.sql("SELECT count(*) FROM signing_signature WHERE document_id = %s", story.document_id)
    assert found[0][0] == 1
    assert len(story.mails()) == 1


def test_server_error_on_submit_keeps_the_form(
    new_screen: NewScreen, sandbox: Sandbox, filled_draft: dict[str, Any]
) -> None:
    screen = new_screen()
    screen.guard.allowed_statuses.add(500)
    _, person, case_id = draft_on_review(screen, sandbox, filled_draft)

    def fail(route: Route) -> None:
        route.fulfill(status=500, content_type="application/problem+json", body='{"status": 500}')

    screen.page.route("**/submit/", fail)
    screen.press("apply.review.submit")
    screen.sees(re.compile("|".join(map(re.escape, _server_words(screen)))))
    screen.sees(person.full_name)
    screen.judge()
    screen.page.unroute("**/submit/")
    screen.press("apply.review.submit")
    screen.page.wait_for_url(re.compile(rf"/cases/{case_id}"))


def _server_words(screen: Screen) -> list[str]:
    return [screen.words("problems.server"), screen.words("problems.unknown")]


def test_lost_line_in_the_wizard_keeps_what_was_typed(new_screen: NewScreen, sandbox: Sandbox) -> None:
    screen, person = new_screen(), somebody()
    screen.guard.offline_expected = True
    wizard = Wizard(screen, sandbox, person)
    screen.go("/apply")
    wizard.enter_phone()
    wizard.tell_name()
    screen.heading("apply.contact.title")
    screen.sees_word("apply.saving.saved")
    screen.context.set_offline(True)
    screen.page.get_by_label(screen.words("apply.contact.address")).first.fill("г. Тараз, ул. Без Связи, 7")
    screen.sees_word("apply.saving.waiting")
    wizard.choose("apply.contact.ru")
    screen.press("apply.continue")
    screen.heading("apply.creditor.title")
    screen.judge()
    screen.context.set_offline(False)
    screen.sees_word("apply.saving.saved", seconds=30)
    screen.page.reload()
    screen.heading("apply.creditor.title")
    screen.press("common.back")
    screen.heading("apply.contact.title")
    kept = screen.page.get_by_label(screen.words("apply.contact.address")).first
    expect(kept).to_have_value("г. Тараз, ул. Без Связи, 7")


def test_staff_sign_in_refuses_a_wrong_password(new_screen: NewScreen) -> None:
    screen = new_screen(size=DESKTOP)
    screen.go("/sign-in/staff")
    screen.page.get_by_label(screen.words("signIn.email")).fill("manager1@kenes.sandbox")
    screen.page.get_by_label(screen.words("signIn.password")).fill("not-the-password")
    screen.press("signIn.signIn")
    screen.sees_word("signIn.badCredentials")
    screen.judge()
