"""The content editor's day: a change of the calendar is proposed, its effect on open cases seen, and approved by another person."""

import re
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest
from playwright.sync_api import expect

from e2e.browser import PHONE, Screen
from e2e.kenes_client import Kenes, Refused, Sandbox, wait_for
from e2e.roles import EDITOR, SUPERVISOR, NewScreen, colleague, window
from e2e.stories import applied

REASON = "Постановление о переносе выходных дней, № 1042 от 20 ноября 2026 г."
RULE = "INSCRIPTION_OBJECTION"
MONTHS = "января февраля марта апреля мая июня июля августа сентября октября ноября декабря".split()


@pytest.fixture
def editor(base_url: str) -> Kenes:
    return colleague(base_url, EDITOR)


@pytest.fixture
def chief(base_url: str) -> Kenes:
    return colleague(base_url, SUPERVISOR)


@pytest.fixture
def day_off(editor: Kenes, chief: Kenes) -> Iterator[list[str]]:
    """Days that the test turns over; they are working days again afterwards."""
    turned: list[str] = []
    yield turned
    for day in turned:
        change = _proposed(editor, day, "plain")
        change = editor.post(f"/law/changes/{change['id']}/submit/", {"version": change["version"]})
        chief.post(f"/law/changes/{change['id']}/approve/", {"version": change["version"], "note": ""})


def _proposed(editor: Kenes, day: str, kind: str) -> dict[str, Any]:
    content = {"days": [{"day": day, "kind": kind, "reason": "transfer"}]}
    body = {"kind": "calendar", "rule_key": "", "content": content, "reason": REASON}
    return dict(editor.post("/law/changes/", body))


def _term(kenes: Kenes, case_id: str) -> dict[str, Any]:
    rows = kenes.get(f"/cases/{case_id}/")["deadlines"]
    return dict(next(row for row in rows if row["rule"] == RULE))


def _written(iso: str) -> re.Pattern[str]:
    """A day as it stands in Russian texts."""
    day = date.fromisoformat(iso)
    return re.compile(rf"\b{day.day}\s{MONTHS[day.month - 1]}\s{day.year}")


def test_a_day_off_is_proposed_looked_at_and_approved_by_another(
    new_screen: NewScreen, sandbox: Sandbox, base_url: str, editor: Kenes, chief: Kenes, day_off: list[str]
) -> None:
    received = {
        "kind": "INSCRIPTION_RECEIVED",
        "date": (date.fromisoformat(_today(chief)) - timedelta(days=2)).isoformat(),
        "text": "",
    }
    borrower, _person, case_id = applied(base_url, sandbox, events=[received])
    number, term = str(borrower.get(f"/cases/{case_id}/")["number"]), _term(borrower, case_id)
    screen = window(new_screen, editor, "/staff/law")
    _read_a_rule(screen)
    change_id = _propose(screen, term["due"])
    _see_effect(screen, number)
    _submit(screen)
    assert screen.page.get_by_role("button", name=screen.words("staffLaw.step.approve.button")).count() == 0
    with pytest.raises(Refused) as refused:
        change = editor.get(f"/law/changes/{change_id}/")
        editor.post(f"/law/changes/{change_id}/approve/", {"version": change["version"], "note": ""})
    assert refused.value.status == 403
    assert _term(borrower, case_id)["due"] == term["due"], "the term moved before anybody approved"
    day_off.append(term["due"])
    _approve(window(new_screen, chief, f"/staff/law?change={change_id}"), number)
    moved = wait_for("the term to move", lambda: _moved(borrower, case_id, term["due"]))
    assert moved["due"] > term["due"]
    page = window(new_screen, borrower, f"/cases/{case_id}/terms", size=PHONE)
    page.sees(_written(moved["due"]))
    page.sees(re.compile("перенос выходного"))
    page.judge()
    told = [item["text"] for item in borrower.get(f"/cases/{case_id}/timeline/")["items"]]
    assert any(_written(term["due"]).search(text) and _written(moved["due"]).search(text) for text in told), (
        told
    )


def _today(kenes: Kenes) -> str:
    return str(kenes.get("/session/")["today"])


def _moved(kenes: Kenes, case_id: str, before: str) -> dict[str, Any] | None:
    term = _term(kenes, case_id)
    return term if term["due"] != before else None


def _read_a_rule(screen: Screen) -> None:
    """The list of rules, one rule with its editions, and a new edition that is refused at its field."""
    page, words = screen.page, screen.words
    screen.heading("staffLaw.title")
    page.get_by_role("button", name=re.compile("Возражение на исполнительную надпись")).click()
    screen.heading("staffLaw.editions")
    screen.judge()
    screen.press("staffLaw.newEdition")
    dialog = page.get_by_role("dialog")
    dialog.get_by_label(re.compile(r"^Длина")).fill("десять")
    dialog.get_by_role("button", name=words("staffLaw.edition.submit")).click()
    dialog.locator("[aria-invalid=true]").first.wait_for()
    screen.judge()
    page.keyboard.press("Escape")
    screen.press("staffLaw.part.rules")


def _propose(screen: Screen, due: str) -> str:
    """Turn the day over in the calendar of its year; gives the id of the proposal, whose page is open then."""
    page, words = screen.page, screen.words
    screen.go(f"/staff/law?part=calendar&year={due[:4]}")
    pressed = page.get_by_role(
        "button", name=re.compile(_written(due).pattern + ".*" + words("staffLaw.calendar.working"))
    )
    pressed.click()
    screen.judge()
    screen.press("staffLaw.calendar.propose")
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("textbox").fill(REASON)
    dialog.get_by_role("button", name=words("staffLaw.calendar.propose")).click()
    page.wait_for_url(re.compile("change="))
    found = re.search(r"change=([0-9a-f-]{36})", page.url)
    assert found is not None
    return found.group(1)


def _see_effect(screen: Screen, number: str) -> None:
    """Before anything is switched on: which terms of which cases move, and by how much."""
    screen.heading("staffLaw.impact.title")
    row = screen.page.get_by_role("row").filter(has_text=number)
    row.wait_for()
    expect(row).to_contain_text("+")
    screen.judge()


def _submit(screen: Screen) -> None:
    screen.press("staffLaw.step.submit.button")
    dialog = screen.page.get_by_role("dialog")
    dialog.get_by_role("button", name=screen.words("staffLaw.step.submit.button")).click()
    screen.sees_word("staffLaw.step.submit.done")


def _approve(screen: Screen, number: str) -> None:
    """The supervisor sees the effect first, approves, and the recount runs to its end on the same page."""
    page, words = screen.page, screen.words
    _see_effect(screen, number)
    screen.press("staffLaw.step.approve.button")
    dialog = page.get_by_role("dialog")
    screen.judge()
    dialog.get_by_role("button", name=words("staffLaw.step.approve.button")).click()
    screen.sees_word("staffLaw.step.approve.done")
    screen.sees_word("staffLaw.impact.finished", seconds=90)
    screen.judge()


def test_who_edits_the_law_sees_no_cases_and_who_approves_writes_none(
    new_screen: NewScreen, sandbox: Sandbox, base_url: str, editor: Kenes, chief: Kenes
) -> None:
    _borrower, _person, case_id = applied(base_url, sandbox)
    screen = window(new_screen, editor, "/staff/law")
    screen.heading("staffLaw.title")
    screen.refused("/staff/cases")
    screen.refused("/staff/queues")
    with pytest.raises(Refused) as refused:
        editor.get(f"/cases/{case_id}/")
    assert refused.value.status == 404
    with pytest.raises(Refused) as refused:
        _proposed(chief, _today(chief), "day_off")
    assert refused.value.status == 403
    screen = window(new_screen, chief, "/staff/law?part=calendar")
    screen.page.get_by_role("heading", name=screen.words("staffLaw.calendar.m01")).wait_for()
    assert screen.page.get_by_text(screen.words("staffLaw.calendar.help")).count() == 0
