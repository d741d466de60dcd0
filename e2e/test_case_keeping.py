"""Keeping a case in order: joined with another and parted again, taken along as a file, looked at by two at once, a term that rests."""

import re
from datetime import date, timedelta

import pytest

from e2e.kenes_client import Kenes, Refused, Sandbox
from e2e.people import obligation, submission
from e2e.procedures import take_case, today
from e2e.roles import MANAGER, OTHER_MANAGER, PASSWORD, SUPERVISOR, NewScreen, colleague, window
from e2e.stories import applied

MINE = "Живёт с матерью, помогает ей с лекарствами."
THEIRS = "Переехал к родителям в октябре."


@pytest.fixture
def chief(base_url: str) -> Kenes:
    return colleague(base_url, SUPERVISOR)


def _number(kenes: Kenes, case_id: str) -> str:
    return str(kenes.get(f"/cases/{case_id}/")["number"])


def test_two_cases_become_one_and_a_debt_gets_its_own(
    new_screen: NewScreen, sandbox: Sandbox, base_url: str, chief: Kenes
) -> None:
    borrower, person, kept = applied(base_url, sandbox)
    lender = borrower.creditors("Жедел", language="ru")[0]
    gone = str(borrower.post("/cases/", {"language": "ru"})["id"])
    borrower.post(f"/cases/{gone}/submit/", submission(person, [obligation(lender)]))
    _other, _person, strange = applied(base_url, sandbox)
    chief.post(f"/cases/{gone}/comments/", {"text": "Звонил кредитор", "audience": "internal"})
    gone_number = _number(chief, gone)
    screen = window(new_screen, chief, f"/staff/cases/{kept}/connections")
    page, words = screen.page, screen.words
    number = page.get_by_label(words("caseLinks.merge.number"))
    look = page.get_by_role("button", name=words("caseLinks.merge.preview")).first
    number.fill(_number(chief, strange))
    look.click()
    screen.sees_word("caseLinks.merge.refusals.other_borrower")
    screen.judge()
    number.fill(gone_number)
    look.click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("textbox").fill("Один человек, два обращения")
    screen.judge()
    dialog.get_by_role("button", name=words("caseLinks.merge.submit")).click()
    dialog.wait_for(state="detached")
    assert len(chief.get(f"/cases/{kept}/")["obligations"]) == 2
    found = chief.post("/cases/search/", {"query": gone_number})["items"]
    assert {row["id"] for row in found} & {kept, gone}, "the number of the joined case leads nowhere"
    comments = chief.get(f"/cases/{kept}/comments/")["items"]
    assert any("Звонил кредитор" in str(comment) for comment in comments)
    screen.go(f"/staff/cases/{kept}/connections")
    page.get_by_role("checkbox").last.check()
    page.get_by_role("button", name=words("caseLinks.split.preview")).last.click()
    dialog.get_by_role("textbox").fill("Этот долг ведём отдельно")
    dialog.get_by_role("button", name=words("caseLinks.split.submit")).click()
    page.wait_for_url(lambda url: kept not in url)
    page.get_by_role("heading", level=1).filter(has_text="KH-").wait_for()
    screen.judge()
    assert len(chief.get(f"/cases/{kept}/")["obligations"]) == 1


def test_two_colleagues_meet_on_one_case_and_lose_no_word(
    new_screen: NewScreen, sandbox: Sandbox, base_url: str, chief: Kenes
) -> None:
    _borrower, _person, case_id = applied(base_url, sandbox)
    manager = colleague(base_url, MANAGER)
    take_case(manager, case_id)
    first = window(new_screen, manager, f"/staff/cases/{case_id}/story")
    second = window(new_screen, chief, f"/staff/cases/{case_id}/story")
    first.sees_word("casePresence.looks")
    label = first.words("caseStory.fields.hardship_text")
    for screen, text in ((first, MINE), (second, THEIRS)):
        screen.page.get_by_label(label).fill(text)
    second.press("caseStory.save")
    second.sees_word("caseStory.saved")
    first.press("caseStory.save")
    dialog = first.page.get_by_role("dialog")
    dialog.get_by_text(MINE).wait_for()
    dialog.get_by_text(THEIRS).wait_for()
    first.judge()
    dialog.get_by_role("button", name=first.words("caseStory.merge.save")).click()
    first.sees_word("caseStory.saved")
    assert chief.get(f"/cases/{case_id}/story/")["hardship"]["text"] == MINE
    stranger = colleague(base_url, OTHER_MANAGER)
    window(new_screen, stranger, "/staff/cases").absent(f"/staff/cases/{case_id}/story")


def test_a_term_rests_with_a_reason_and_says_so(
    new_screen: NewScreen, sandbox: Sandbox, base_url: str, chief: Kenes
) -> None:
    received = {"kind": "INSCRIPTION_RECEIVED", "date": today(chief, ago=2), "text": ""}
    borrower, _person, case_id = applied(base_url, sandbox, events=[received])

    def due() -> str:
        rows = chief.get(f"/cases/{case_id}/")["deadlines"]
        return str(next(row["due"] for row in rows if row["rule"] == "INSCRIPTION_OBJECTION"))

    before = due()
    screen = window(new_screen, chief, f"/staff/cases/{case_id}/terms")
    page, words = screen.page, screen.words
    card = page.locator("article, li, section").filter(has_text="Возражение на исполнительную надпись")
    card.last.get_by_role("button", name=words("caseTerms.action.suspend")).click()
    dialog = page.get_by_role("dialog")
    submit = dialog.get_by_role("button", name=words("caseTerms.window.suspend.submit"))
    submit.click()
    dialog.locator("[aria-invalid=true]").first.wait_for()
    screen.judge()
    until = date.fromisoformat(today(chief)) + timedelta(days=6)
    dialog.get_by_label(words("caseTerms.window.field.until")).fill(until.strftime("%d.%m.%Y"))
    dialog.get_by_label(words("caseTerms.window.field.reason")).fill("Заёмщик в больнице, справка есть")
    submit.click()
    dialog.wait_for(state="detached")
    screen.sees("Заёмщик в больнице, справка есть")
    screen.judge()
    assert due() > before
    with pytest.raises(Refused) as refused:
        term = next(row for row in borrower.get(f"/cases/{case_id}/")["deadlines"])
        borrower.post(f"/deadlines/{term['id']}/resume/", {"on": today(chief), "reason": "Просто так"})
    assert refused.value.status in {403, 404}


def test_a_case_is_taken_along_by_who_may(
    new_screen: NewScreen, sandbox: Sandbox, base_url: str, chief: Kenes
) -> None:
    _borrower, _person, case_id = applied(base_url, sandbox)
    chief.post("/auth/proof/", {"method": "password", "value": PASSWORD})
    screen = window(new_screen, chief, f"/staff/cases/{case_id}/connections")
    page = screen.page
    screen.sees_word("caseExport.internal")
    screen.press("caseExport.make.pdf")
    load = page.get_by_role("button", name=screen.words("caseExport.load")).first
    load.wait_for(timeout=60_000)
    screen.judge()
    with page.expect_download() as download:
        load.click()
    assert download.value.path().read_bytes().startswith(b"%PDF-")
    assert re.fullmatch(r"KH-.*\.pdf", download.value.suggested_filename)
    stranger = colleague(base_url, OTHER_MANAGER)
    with pytest.raises(Refused) as refused:
        stranger.post(f"/cases/{case_id}/exports/", {"kind": "pdf", "language": "ru"})
    assert refused.value.status in {403, 404}
