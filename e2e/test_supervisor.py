"""The supervisor's day: who carries how much, who is away, how cases find their people, and a case that is handed over."""

import re
from collections.abc import Iterator
from typing import Any

import pytest

from e2e.browser import Screen
from e2e.kenes_client import Kenes, Refused, Sandbox, wait_for
from e2e.people import contract_number
from e2e.roles import MANAGER, SUPERVISOR, NewScreen, colleague, window
from e2e.stories import applied, letter_to_sign

HANDED = "Просит звонить после обеда, документы уже собраны."


@pytest.fixture
def chief(base_url: str) -> Iterator[Kenes]:
    """The supervisor at the API; what this test sets up is taken back afterwards."""
    kenes = colleague(base_url, SUPERVISOR)
    carried = {row["person"]["id"]: row["capacity"] for row in kenes.get("/staff/load/")["items"]}
    yield kenes
    for row in kenes.get("/staff/load/")["items"]:
        told = {"capacity": carried[row["person"]["id"]], "version": row["version"]}
        kenes.patch(f"/staff/load/{row['person']['id']}/", told)
    for queue in kenes.get("/staff/queues/")["items"]:
        if queue["name_en"].startswith("Shift "):
            kenes.post(f"/staff/queues/{queue['id']}/archive/", {"version": queue["version"]})
    for absence in kenes.get("/staff/absences/")["items"]:
        if absence["running"]:
            kenes.delete(f"/staff/absences/{absence['id']}/")


def test_supervisor_shares_out_the_work(
    new_screen: NewScreen, sandbox: Sandbox, base_url: str, chief: Kenes
) -> None:
    least, other = _by_load(chief)
    screen = window(new_screen, chief, "/staff/queues")
    screen.heading("staffQueues.title")
    screen.page.get_by_role("button", name=screen.words("staffQueues.addAbsence")).wait_for()
    screen.judge()
    _capacity(screen, least)
    _absence(screen, least, other)
    _queue(screen, (least, other))
    # The one with the least work is away: the case finds whoever stands in.
    kenes, _person, case_id = applied(base_url, sandbox, language="en", lenders=["Банк"])
    given = wait_for("the queue to give the case out", lambda: _assignee(chief, case_id), seconds=30)
    assert given["id"] == other["person"]["id"]
    letter_to_sign(kenes, case_id)
    _back_at_work(screen, least)
    _hand_over(screen, case_id, least)
    told = [item["text"] for item in chief.get(f"/cases/{case_id}/timeline/")["items"]]
    assert any(HANDED in text for text in told), told
    borrower = str(kenes.get(f"/cases/{case_id}/timeline/"))
    assert HANDED not in borrower, "words for colleagues reached the borrower"


def _by_load(chief: Kenes) -> tuple[dict[str, Any], dict[str, Any]]:
    """Two managers: the one whom a queue would take, and the other."""
    rows = [row for row in chief.get("/staff/load/")["items"] if row["absence"] is None]
    least, other = sorted(rows, key=lambda row: row["share_percent"] or 0)[:2]
    return least, other


def _assignee(chief: Kenes, case_id: str) -> dict[str, Any] | None:
    found = chief.get(f"/cases/{case_id}/assignment/")["assignee"]
    return dict(found) if found else None


def _capacity(screen: Screen, row: dict[str, Any]) -> None:
    page, words = screen.page, screen.words
    name, capacity = row["person"]["full_name"], str(row["capacity"] + 1)
    page.get_by_role("button", name=words.with_("staffQueues.capacityOf", name=name)).click()
    dialog = page.get_by_role("dialog")
    field = dialog.get_by_label(words("staffQueues.capacityField"))
    field.fill("")
    dialog.get_by_role("button", name=words("staffQueues.save")).click()
    dialog.locator("[aria-invalid=true]").wait_for()
    screen.judge()
    field.fill(capacity)
    dialog.get_by_role("button", name=words("staffQueues.save")).click()
    dialog.wait_for(state="detached")
    shown = words.with_("staffQueues.carries", open=str(row["open_cases"]), capacity=capacity)
    page.get_by_role("listitem").filter(has_text=name).get_by_text(shown).first.wait_for()


def _absence(screen: Screen, row: dict[str, Any], substitute: dict[str, Any]) -> None:
    """Away today, with somebody who stands in; a last day before the first is refused at its field."""
    page, words = screen.page, screen.words
    screen.press("staffQueues.addAbsence")
    dialog = page.get_by_role("dialog")
    today = ".".join(reversed(_today(screen).split("-")))
    dialog.get_by_label(words("staffQueues.person"), exact=True).select_option(
        label=row["person"]["full_name"]
    )
    dialog.get_by_label(words("staffQueues.firstDay")).fill(today)
    dialog.get_by_label(words("staffQueues.lastDay")).fill("01.01.2026")
    dialog.get_by_label(words("staffQueues.substituteField")).select_option(
        label=substitute["person"]["full_name"]
    )
    dialog.get_by_role("button", name=words("staffQueues.save")).click()
    dialog.locator("[aria-invalid=true]").first.wait_for()
    screen.judge()
    dialog.get_by_label(words("staffQueues.lastDay")).fill(today)
    dialog.get_by_role("button", name=words("staffQueues.save")).click()
    dialog.wait_for(state="detached")
    page.get_by_text(words("staffQueues.awayNow")).first.wait_for()
    screen.judge()


def _today(screen: Screen) -> str:
    session = screen.context.request.get(f"{screen.base_url}/api/v1/session/").json()
    return str(session["today"])


def _queue(screen: Screen, members: tuple[dict[str, Any], ...]) -> None:
    """A queue for cases in English that gives them out by itself, asked before the general one."""
    page, words = screen.page, screen.words
    name = f"Shift {contract_number()}"
    screen.press("staffQueues.add")
    dialog = page.get_by_role("dialog")
    for field in ("name_ru", "name_kk", "name_en"):
        dialog.get_by_label(words(f"staffQueues.fields.{field}")).fill(name)
    dialog.get_by_role("checkbox", name=words("staffQueues.rule.languages.en")).check()
    for row in members:
        dialog.get_by_role("checkbox", name=row["person"]["full_name"]).check()
    dialog.get_by_role("checkbox", name=words("staffQueues.fields.distributes")).check()
    screen.judge()
    dialog.get_by_role("button", name=words("staffQueues.save")).click()
    dialog.wait_for(state="detached")
    card = page.get_by_role("listitem").filter(has=page.get_by_role("heading", name=name))
    card.get_by_text(words("staffQueues.byItself")).wait_for()
    card.get_by_role("button", name=words.with_("staffQueues.raiseOf", name=name)).click()
    general = page.get_by_role("heading", name="Общая", exact=True)
    card.locator("xpath=following-sibling::li").filter(has=general).wait_for()


def _back_at_work(screen: Screen, row: dict[str, Any]) -> None:
    page, words = screen.page, screen.words
    name = row["person"]["full_name"]
    running = page.get_by_role("listitem").filter(has_text=words("staffQueues.awayNow")).filter(has_text=name)
    running.get_by_role("button", name=words.with_("staffQueues.cancelOf", name=name)).click()
    running.wait_for(state="detached")


def _hand_over(screen: Screen, case_id: str, to: dict[str, Any]) -> None:
    """The page says why each manager fits; the words go with the case."""
    page, words = screen.page, screen.words
    screen.go(f"/staff/cases/{case_id}/people")
    screen.press("caseWork.handOver")
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("radio", name=re.compile(re.escape(to["person"]["full_name"]))).check()
    dialog.get_by_label(words("caseWork.words")).fill(HANDED)
    screen.judge()
    dialog.get_by_role("button", name=words("caseWork.handOver")).click()
    dialog.wait_for(state="detached")
    page.get_by_role("definition").filter(has_text=to["person"]["full_name"]).wait_for()
    screen.judge()


def test_supervisor_stays_outside_administration(new_screen: NewScreen, base_url: str) -> None:
    """Roles, programs and how long data are kept are the administrator's; managers set up no queues."""
    chief = colleague(base_url, SUPERVISOR)
    screen = window(new_screen, chief, "/staff")
    for path in ("/staff/people/duplicates", "/staff/retention", "/staff/programs"):
        screen.refused(path)
    for path in ("/people/duplicates/", "/retention-rules/", "/programs/"):
        with pytest.raises(Refused) as refused:
            chief.get(path)
        assert refused.value.status == 403, path
    manager = colleague(base_url, MANAGER)
    screen = window(new_screen, manager, "/staff/queues")
    screen.heading("staffQueues.title")
    screen.page.get_by_role("heading", name=screen.words("staffQueues.queues"), exact=True).wait_for()
    screen.judge()
    assert screen.page.get_by_role("button", name=screen.words("staffQueues.add")).count() == 0
    queue = manager.get("/staff/queues/")["items"][0]
    with pytest.raises(Refused) as refused:
        manager.post(f"/staff/queues/{queue['id']}/distribute/")
    assert refused.value.status == 403
