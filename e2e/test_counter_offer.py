"""Terms go to and fro: the lender offers, the borrower answers with own terms, the lender agrees to them; both in a browser."""

import re
from datetime import date, timedelta
from typing import Any

import pytest
from playwright.sync_api import expect

from e2e.browser import PHONE, Screen
from e2e.kenes_client import Kenes, Refused, wait_for
from e2e.procedures import today
from e2e.roles import OFFICER, OTHER_OFFICER, NewScreen, colleague, window
from e2e.stories import LENDER, Story, delivered_letter

OFFER = "Готовы продлить срок до 24 месяцев."
PLEA = "Посилен платёж до 15 тысяч тенге: в семье двое детей."


@pytest.fixture
def offered(base_url: str) -> tuple[Story, str]:
    """A letter that the lender has answered with other terms, and its id in the lender's room."""
    story = delivered_letter(base_url, lenders=[LENDER, "Жедел"])
    officer = colleague(base_url, OFFICER)

    def look() -> str | None:
        rows = officer.get("/room/letters/", limit=50)["items"]
        return next((str(row["id"]) for row in rows if row["case_id"] == story.case_id), None)

    letter = str(wait_for("the letter in the room", look))
    officer.post(f"/room/letters/{letter}/answer/", _offer(officer))
    return story, letter


def _terms(kenes: Kenes, months: int) -> dict[str, Any]:
    first = date.fromisoformat(today(kenes)) + timedelta(days=30)
    return {
        "term_months": months, "first_payment_on": first.isoformat(), "rate_percent": 30, "defer_months": 0,
        "payment_tiyn": None, "forgive_principal_tiyn": 0, "forgive_interest_percent": 0,
        "forgive_penalty_percent": 0,
    }  # fmt: skip


def _offer(officer: Kenes) -> dict[str, Any]:
    until = date.fromisoformat(today(officer)) + timedelta(days=14)
    return {
        "kind": "offer", "words": OFFER, "reason_code": "", "terms": _terms(officer, 24), "papers": [],
        "valid_until": until.isoformat(), "outgoing_number": "", "file_id": None,
    }  # fmt: skip


def test_borrower_proposes_own_terms_and_the_lender_agrees(
    new_screen: NewScreen, base_url: str, offered: tuple[Story, str]
) -> None:
    story, letter = offered
    screen = window(new_screen, story.kenes, f"/cases/{story.case_id}/offers", size=PHONE)
    screen.sees(OFFER)
    _counter(screen)
    room = window(new_screen, colleague(base_url, OFFICER), f"/creditor/letters/{letter}")
    room.sees(PLEA)
    room.judge()
    room.press("room.letter.answer")
    name = re.compile("^" + re.escape(room.words("room.answer.kinds.agree")))
    dialog = room.page.get_by_role("dialog")
    dialog.get_by_role("radio", name=name).check()
    room.judge()
    dialog.get_by_role("button", name=room.words("room.answer.submit.agree")).click()
    dialog.wait_for(state="detached")
    screen.go(f"/cases/{story.case_id}")
    screen.sees(re.compile("Кредитор согласился|Согласовано|соглас"))
    screen.judge()
    screen.go(f"/cases/{story.case_id}/offers")
    screen.sees(re.compile("Прежни[йе] ответ"))
    assert screen.page.get_by_role("button", name=screen.words("offers.answer.counter")).count() == 0
    screen.judge()


def _counter(screen: Screen) -> None:
    """Own terms begin with those of the offer; what they would mean is seen while they are typed."""
    page, words = screen.page, screen.words
    screen.press("offers.answer.counter")
    dialog = page.get_by_role("dialog")
    months = dialog.get_by_label(words("offers.terms.months.label"))
    expect(months).to_have_value("24")
    months.fill("0")
    dialog.get_by_role("button", name=words("offers.reply.counter.submit")).click()
    dialog.locator("[aria-invalid=true]").first.wait_for()
    screen.judge()
    months.fill("48")
    dialog.get_by_text(re.compile("^График: 48")).wait_for()
    dialog.get_by_label(words("offers.reply.counter.words")).fill(PLEA)
    screen.judge()
    dialog.get_by_role("button", name=words("offers.reply.counter.submit")).click()
    dialog.wait_for(state="detached")
    screen.sees_word("offers.answer.replied.counter")
    screen.judge()


def test_terms_are_between_the_two_alone(base_url: str, offered: tuple[Story, str]) -> None:
    story, letter = offered
    debt = next(row for row in story.kenes.get(f"/cases/{story.case_id}/answers/")["items"] if row["answers"])
    reply = f"/cases/{story.case_id}/answers/{debt['answers'][0]['id']}/reply/"
    body = {"kind": "counter", "words": PLEA, "terms": _terms(story.kenes, 48)}
    stranger = colleague(base_url, OTHER_OFFICER)
    for call in (
        lambda: stranger.get(f"/room/letters/{letter}/"),
        lambda: stranger.post(f"/room/letters/{letter}/answer/", _offer(stranger)),
        lambda: stranger.post(reply, body),
    ):
        with pytest.raises(Refused) as refused:
            call()
        assert refused.value.status == 404, refused.value
    # Own terms without terms are none.
    with pytest.raises(Refused) as refused:
        story.kenes.post(reply, {**body, "terms": None})
    assert refused.value.code == "validation"
    story.kenes.post(reply, body)
    with pytest.raises(Refused) as refused:
        story.kenes.post(reply, {**body, "kind": "accept", "terms": None})
    assert refused.value.status == 409
