"""Papers that staff ask a borrower for: given as a file that is checked for viruses, promised for a day, and the question at the closing."""

import re
from datetime import date, timedelta
from typing import Any

import pytest

from e2e.browser import NARROW, Screen
from e2e.kenes_client import Kenes, Refused, Sandbox
from e2e.made_files import infected_pdf, pdf
from e2e.procedures import move_case, today
from e2e.roles import SUPERVISOR, NewScreen, colleague, window
from e2e.stories import applied, signed_up

PAYSLIP, ACT = "Справка о доходах за полгода", "Приказ об увольнении"
REASON = "Пеню так и не списали, как обещал кредитор."


@pytest.fixture
def chief(base_url: str) -> Kenes:
    return colleague(base_url, SUPERVISOR)


def _asked(chief: Kenes, case_id: str) -> None:
    """The case waits for two papers."""
    if chief.get(f"/cases/{case_id}/")["status"] == "submitted":
        chief.post(f"/cases/{case_id}/take/")
    if chief.get(f"/cases/{case_id}/")["status"] == "active":
        move_case(chief, case_id, "suspend", reason="Ждём бумаги")
    due = (date.fromisoformat(today(chief)) + timedelta(days=7)).isoformat()
    said = {"reason": "Кредитор просит подтвердить доход", "papers": [PAYSLIP, ACT], "papers_due_on": due}
    move_case(chief, case_id, "request_documents", **said)


@pytest.fixture
def waiting(base_url: str, sandbox: Sandbox, chief: Kenes) -> tuple[Kenes, str]:
    """A borrower whose case waits for two papers: a notary's inscription keeps it with staff first."""
    now = date.fromisoformat(today(chief))
    event = {"kind": "INSCRIPTION_RECEIVED", "date": (now - timedelta(days=2)).isoformat(), "text": "", "obligation": 0}  # fmt: skip
    borrower, _person, case_id = applied(base_url, sandbox, events=[event])
    _asked(chief, case_id)
    return borrower, case_id


def _card(screen: Screen, title: str) -> Any:
    return screen.page.locator("#papers").get_by_role("listitem").filter(has_text=title)


def _give(screen: Screen, title: str, name: str, data: bytes) -> None:
    field = _card(screen, title).get_by_label(screen.words.with_("casePapers.fileOf", name=title), exact=True)
    field.set_input_files({"name": name, "mimeType": "application/pdf", "buffer": data})


def test_borrower_gives_one_paper_and_promises_the_other(
    new_screen: NewScreen, chief: Kenes, waiting: tuple[Kenes, str]
) -> None:
    borrower, case_id = waiting
    screen = window(new_screen, borrower, f"/cases/{case_id}", size=NARROW)
    words, page = screen.words, screen.page
    screen.press("cases.now.actions.hand_in_papers")
    screen.heading("casePapers.title")
    screen.judge()
    _give(screen, PAYSLIP, "вирус.pdf", infected_pdf())
    _card(screen, PAYSLIP).get_by_text(words.with_("casePapers.standing.refused", name="вирус.pdf")).wait_for(
        timeout=40_000
    )
    screen.judge()
    _give(screen, PAYSLIP, "справка.pdf", pdf())
    # What has come is folded away.
    done = page.locator("#papers li", has_text=PAYSLIP).filter(has_text=words("casePapers.standing.received"))
    done.first.wait_for(state="attached", timeout=40_000)
    _promise(screen)
    screen.go(f"/cases/{case_id}/history")
    screen.sees(re.compile(PAYSLIP))
    screen.judge()
    desk = window(new_screen, chief, f"/staff/cases/{case_id}")
    desk.page.get_by_text(re.compile("принесёт 15")).first.wait_for()
    desk.page.get_by_role("button", name=desk.words.with_("casePapers.staff.receivedOf", name=ACT)).click()
    screen.go(f"/cases/{case_id}")
    screen.sees_word("casePapers.all")
    assert borrower.get(f"/cases/{case_id}/")["status"] != "awaiting_borrower"


def _promise(screen: Screen) -> None:
    """A day that has passed is no promise."""
    words = screen.words
    _card(screen, ACT).get_by_role("button", name=words.with_("casePapers.bringOf", name=ACT)).click()
    dialog = screen.page.get_by_role("dialog")
    day = dialog.get_by_label(words("casePapers.promise.day"))
    day.fill("01.02.2026")
    dialog.get_by_role("button", name=words("casePapers.promise.submit")).click()
    dialog.locator("[aria-invalid=true]").wait_for()
    screen.judge()
    day.fill("15.12.2027")
    dialog.get_by_role("button", name=words("casePapers.promise.submit")).click()
    dialog.wait_for(state="detached")
    _card(screen, ACT).get_by_text(words.shape("casePapers.brings")).wait_for()


def test_borrower_says_that_a_closed_case_is_not_solved(
    new_screen: NewScreen, sandbox: Sandbox, base_url: str, chief: Kenes
) -> None:
    borrower, _person, case_id = applied(base_url, sandbox)
    move_case(chief, case_id, "close", outcome="SCHEDULE_CHANGED", reason="Стороны договорились")
    screen = window(new_screen, borrower, f"/cases/{case_id}", size=NARROW)
    screen.heading("casePapers.closing.title")
    screen.judge()
    screen.press("casePapers.closing.dispute")
    dialog = screen.page.get_by_role("dialog")
    dialog.get_by_role("button", name=screen.words("casePapers.closing.notSubmit")).click()
    dialog.locator("[aria-invalid=true]").wait_for()
    screen.judge()
    dialog.get_by_label(screen.words("casePapers.closing.reason")).fill(REASON)
    dialog.get_by_role("button", name=screen.words("casePapers.closing.notSubmit")).click()
    screen.sees_word("casePapers.closing.disputed")
    desk = window(new_screen, chief, f"/staff/cases/{case_id}")
    desk.sees(REASON)


def test_nobody_else_gives_or_reads_a_paper(
    new_screen: NewScreen, sandbox: Sandbox, base_url: str, chief: Kenes, waiting: tuple[Kenes, str]
) -> None:
    borrower, case_id = waiting
    paper = f"/cases/{case_id}/papers/{borrower.get(f'/cases/{case_id}/')['papers'][0]['id']}/"
    stranger, _person = signed_up(base_url, sandbox)
    screen = window(new_screen, stranger, "/cases", size=NARROW)
    screen.absent(f"/cases/{case_id}")
    soon = {"on": "2027-12-15"}
    for kenes, path, body, status in (
        (stranger, f"{paper}promise/", soon, 404),
        (stranger, paper, {"how": "received"}, 404),
        (chief, f"{paper}promise/", soon, 403),
        # Only who asked for a paper says that it is there or not needed.
        (borrower, paper, {"how": "waived"}, 403),
        (borrower, paper, {"how": "received"}, 403),
    ):
        with pytest.raises(Refused) as refused:
            kenes.post(path, body)
        assert refused.value.status == status, refused.value
