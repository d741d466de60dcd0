"""A borrower answers what the lender offers: sees it as the next thing to do, compares payments, accepts, and reads what comes now."""

import re
from datetime import date, timedelta
from typing import Any

import pytest
from playwright.sync_api import expect

from e2e.browser import PHONE, Screen
from e2e.kenes_client import Kenes, Refused, Sandbox, wait_for
from e2e.procedures import today
from e2e.roles import OFFICER, NewScreen, colleague, window
from e2e.stories import Story, delivered_letter, signed_up

WORDS = "Готовы снизить ставку до 18 % и дать отсрочку на три месяца."


@pytest.fixture
def offered(base_url: str) -> Story:
    """A letter that the lender has answered with other terms."""
    story = delivered_letter(base_url)
    officer = colleague(base_url, OFFICER)

    def look() -> dict[str, Any] | None:
        rows = officer.get("/room/letters/", limit=50)["items"]
        return next((row for row in rows if row["case_id"] == story.case_id), None)

    letter = wait_for("the letter in the room", look)
    officer.post(f"/room/letters/{letter['id']}/answer/", _offer(officer))
    return story


def _offer(officer: Kenes) -> dict[str, Any]:
    now = date.fromisoformat(today(officer))
    terms = {
        "term_months": 36, "first_payment_on": (now + timedelta(days=30)).isoformat(), "rate_percent": 18,
        "defer_months": 3, "payment_tiyn": None, "forgive_principal_tiyn": 0, "forgive_interest_percent": 0,
        "forgive_penalty_percent": 0,
    }  # fmt: skip
    return {
        "kind": "offer", "words": WORDS, "reason_code": "", "terms": terms, "papers": [],
        "valid_until": (now + timedelta(days=14)).isoformat(), "outgoing_number": "", "file_id": None,
    }  # fmt: skip


def _now(screen: Screen) -> str:
    return screen.page.locator("section[aria-labelledby=now-title]").inner_text()


def test_borrower_compares_the_offer_and_accepts_it(new_screen: NewScreen, offered: Story) -> None:
    case = f"/cases/{offered.case_id}"
    screen = window(new_screen, offered.kenes, case, size=PHONE)
    words = screen.words
    answer = screen.page.get_by_role("link", name=words("cases.now.actions.answer_offer"))
    answer.wait_for()
    before = _now(screen)
    assert words("cases.now.yours") in before
    screen.judge()
    answer.click()
    screen.heading("offers.page.title")
    screen.sees(WORDS)
    _compare(screen)
    _accept(screen)
    screen.go(case)
    screen.page.get_by_role("heading", level=2).first.wait_for()
    answer.wait_for(state="detached")
    assert _now(screen) != before
    screen.judge()
    screen.go(f"{case}/history")
    screen.sees(re.compile("принял"))


def _compare(screen: Screen) -> None:
    """Both columns, the difference in words, and every payment of the schedule."""
    page, words = screen.page, screen.words
    table = page.get_by_role("table", name=words("offers.comparison.caption"))
    table.wait_for()
    for column in ("now", "then"):
        table.get_by_role("columnheader", name=words(f"offers.comparison.{column}")).wait_for()
    expect(table).to_contain_text(re.compile(r"(меньше|больше) на"))
    page.get_by_text(re.compile("^График: 36")).click()
    schedule = page.get_by_role("region", name=words("offers.schedule.label"))
    # Only the rows in sight are drawn; the table says how many there are with its head.
    expect(schedule.get_by_role("table")).to_have_attribute("aria-rowcount", "37")
    screen.judge()


def _accept(screen: Screen) -> None:
    screen.press("offers.answer.accept")
    dialog = screen.page.get_by_role("dialog")
    dialog.get_by_role("table").wait_for()
    screen.judge()
    dialog.get_by_role("button", name=screen.words("offers.reply.accept.submit")).click()
    dialog.wait_for(state="detached")
    screen.sees_word("offers.answer.replied.accept")
    assert screen.page.get_by_role("button", name=screen.words("offers.answer.accept")).count() == 0


def test_nobody_else_sees_or_answers_the_offer(
    new_screen: NewScreen, sandbox: Sandbox, base_url: str, offered: Story
) -> None:
    debt = offered.kenes.get(f"/cases/{offered.case_id}/answers/")["items"][0]
    reply = f"/cases/{offered.case_id}/answers/{debt['answers'][0]['id']}/reply/"
    body = {"kind": "accept", "words": "", "terms": None}
    stranger, _person = signed_up(base_url, sandbox)
    screen = window(new_screen, stranger, "/cases", size=PHONE)
    screen.absent(f"/cases/{offered.case_id}/offers")
    with pytest.raises(Refused) as refused:
        stranger.post(reply, body)
    assert refused.value.status == 404
    # The lender who made the offer cannot accept it for the borrower.
    with pytest.raises(Refused) as refused:
        colleague(base_url, OFFICER).post(reply, body)
    assert refused.value.status == 403
    # An answer given twice by an impatient hand is one answer.
    offered.kenes.post(reply, body)
    with pytest.raises(Refused) as refused:
        offered.kenes.post(reply, {**body, "kind": "decline"})
    assert refused.value.status == 409
