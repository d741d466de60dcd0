"""A lawyer's day: a request without names, a proposal, the borrower's choice, the case on the desk; and a consultation at a time."""

import re
from typing import Any

import pytest

from e2e.browser import DESKTOP, PHONE, Screen
from e2e.kenes_client import Kenes, Refused, Sandbox
from e2e.roles import LAWYER, NewScreen, specialist, window
from e2e.stories import applied

NEED = "Кредитор отказал в отсрочке, доход упал почти вдвое. Нужна помощь с жалобой и переговорами о графике."
PLAN = "Изучу договор, подготовлю жалобу и буду вести переписку до ответа кредитора."
TOPIC = "Как ответить на требование погасить долг досрочно?"


@pytest.fixture
def lawyer(base_url: str, sandbox: Sandbox) -> Kenes:
    return specialist(base_url, sandbox, LAWYER)


def test_a_lawyer_is_found_proposes_is_chosen_and_gets_the_case(
    new_screen: NewScreen, sandbox: Sandbox, base_url: str, lawyer: Kenes
) -> None:
    kenes, person, case_id = applied(base_url, sandbox)
    number = str(kenes.get(f"/cases/{case_id}/")["number"])
    borrower = window(new_screen, kenes, f"/cases/{case_id}/help", size=PHONE)
    _ask(borrower, person.phone)
    desk = window(new_screen, lawyer, "/desk/requests")
    _propose(desk, person.full_name, number)
    # Before the choice the case is closed to him, whatever he proposes.
    desk.absent(f"/desk/cases/{case_id}")
    for path in (f"/cases/{case_id}/", f"/cases/{case_id}/timeline/", f"/cases/{case_id}/documents/"):
        with pytest.raises(Refused) as refused:
            lawyer.get(path)
        assert refused.value.status == 404, path
    _choose(borrower)
    _work(desk, case_id, number, person.full_name)
    desk.refused("/staff/cases")


def _ask(screen: Screen, phone: str) -> None:
    """The words are looked at before they are published; a number in them is hidden."""
    page, words = screen.page, screen.words
    screen.heading("marketplace.page.title")
    screen.judge()
    screen.press("marketplace.page.ask.lawyer")
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("checkbox").first.check()
    field = dialog.get_by_label(words("marketplace.ask.summary"))
    field.fill(f"{NEED} Мой номер {phone}.")
    screen.press("marketplace.ask.look")
    screen.sees_word("marketplace.ask.masked")
    assert phone not in field.input_value()
    screen.judge()
    field.fill(NEED)
    screen.press("marketplace.ask.look")
    screen.sees_word("marketplace.ask.clean")
    screen.press("marketplace.ask.publish")
    dialog.wait_for(state="detached")
    screen.sees_word("marketplace.request.waiting")
    screen.judge()


def _propose(screen: Screen, name: str, number: str) -> None:
    """The request tells of the trouble and round figures, of nobody's name."""
    page, words = screen.page, screen.words
    screen.heading("specialistDesk.requests.title")
    card = page.get_by_role("listitem").filter(has_text=NEED).first
    card.wait_for()
    screen.judge()
    shown = page.locator("main").inner_text()
    assert name not in shown
    assert number not in shown
    card.get_by_role("button", name=words("specialistDesk.requests.propose")).click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("button", name=words("specialistDesk.propose.submit")).click()
    dialog.locator("[aria-invalid=true]").first.wait_for()
    screen.judge()
    dialog.get_by_label(words("specialistDesk.propose.fee")).fill("60000")
    dialog.get_by_label(words("specialistDesk.propose.days")).fill("10")
    dialog.get_by_label(words("specialistDesk.propose.words")).fill(PLAN)
    dialog.get_by_role("button", name=words("specialistDesk.propose.submit")).click()
    dialog.wait_for(state="detached")
    card.get_by_text(words("specialistDesk.requests.proposed")).wait_for()
    screen.go("/desk/proposals")
    page.get_by_role("listitem").filter(has_text=PLAN).first.wait_for()
    screen.judge()


def _choose(screen: Screen) -> None:
    """Fee and time stand beside what is in the register; without the consent to open the case nobody is chosen."""
    page, words = screen.page, screen.words
    page.reload()
    card = page.get_by_role("listitem").filter(has_text=PLAN)
    card.get_by_text(re.compile(r"60\s000")).wait_for()
    screen.judge()
    card.get_by_role("button", name=words("marketplace.proposal.choose")).click()
    dialog = page.get_by_role("dialog")
    screen.press("marketplace.choose.submit")
    dialog.locator("[aria-invalid=true]").first.wait_for()
    dialog.get_by_role("checkbox").check()
    screen.judge()
    screen.press("marketplace.choose.submit")
    dialog.wait_for(state="detached")


def _work(screen: Screen, case_id: str, number: str, name: str) -> None:
    """The proposal leads to the case; it says whose it is now, and takes notes of the own side."""
    page, words = screen.page, screen.words
    screen.go("/desk/proposals")
    page.get_by_role("link", name=words.with_("specialistDesk.proposals.case", number=number)).click()
    page.wait_for_url(re.compile(f"/desk/cases/{case_id}"))
    page.get_by_text(number).first.wait_for()
    page.get_by_label(words("common.notes.label")).fill("Запросить у заёмщика уведомление кредитора")
    page.get_by_role("button", name=words("common.notes.add")).click()
    page.get_by_role("listitem").filter(has_text="Запросить у заёмщика уведомление").wait_for()
    screen.judge()
    screen.go("/desk")
    page.get_by_role("listitem").filter(has_text=number).filter(has_text=name).first.wait_for()
    screen.judge()


def test_a_consultation_is_booked_seen_by_both_and_cancelled(
    new_screen: NewScreen, sandbox: Sandbox, base_url: str, lawyer: Kenes
) -> None:
    kenes, person, case_id = applied(base_url, sandbox)
    screen = window(new_screen, kenes, f"/consultations?case={case_id}", size=PHONE)
    time = _book(screen)
    desk = window(new_screen, lawyer, "/desk/consultations", size=DESKTOP)
    card = desk.page.get_by_role("listitem").filter(has_text=TOPIC).filter(has_text=person.full_name)
    card.get_by_text(re.compile(re.escape(time))).wait_for()
    desk.judge()
    booking = _booking(kenes)
    # Somebody else neither sees it nor takes the same time.
    other, _person, _case_id = applied(base_url, sandbox)
    with pytest.raises(Refused) as refused:
        other.get(f"/consultations/{booking['id']}/")
    assert refused.value.status == 404
    with pytest.raises(Refused) as refused:
        taken = {name: booking[name] for name in ("host_id", "starts_at", "way")}
        other.post("/consultations/", {**taken, "topic": "То же время", "case_id": None})
    assert refused.value.status == 409
    _cancel(screen)
    desk.page.reload()
    desk.page.get_by_role("list").first.wait_for()
    assert _booking(kenes)["status"] == "cancelled"


def _booking(kenes: Kenes) -> dict[str, Any]:
    return dict(kenes.get("/consultations/")["items"][0])


def _book(screen: Screen) -> str:
    """The lawyer among the specialists, a free time of his; gives the clock time."""
    page, words = screen.page, screen.words
    screen.heading("consultations.directory.title")
    page.get_by_role("combobox", name=words("consultations.directory.kind")).select_option("lawyer")
    card = page.get_by_role("listitem").filter(has_text="Сагынбаев")
    card.get_by_role("button", name=words("consultations.directory.book")).click()
    dialog = page.get_by_role("dialog")
    slots = dialog.get_by_role("group", name=words("consultations.slots.label")).get_by_role("button")
    slots.first.wait_for()
    slots.last.click()
    time = slots.last.inner_text()
    dialog.get_by_label(words("consultations.book.topic")).fill(TOPIC)
    screen.judge()
    screen.press("consultations.book.submit")
    dialog.wait_for(state="detached")
    page.get_by_role("listitem").filter(has_text=TOPIC).get_by_text(re.compile(re.escape(time))).wait_for()
    screen.judge()
    return time


def _cancel(screen: Screen) -> None:
    page, words = screen.page, screen.words
    card = page.get_by_role("listitem").filter(has_text=TOPIC)
    card.get_by_role("button", name=words("consultations.card.cancel")).click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label(words("consultations.cancel.words")).fill("Вопрос решился по телефону")
    screen.judge()
    dialog.get_by_role("button", name=words("consultations.cancel.submit")).click()
    dialog.wait_for(state="detached")
