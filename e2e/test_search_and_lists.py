"""Many cases at once: found however they are typed, brought in from a file, changed together with a report."""

import csv
import io
import re

import pytest
from playwright.sync_api import expect

from e2e.kenes_client import Kenes, Refused, Sandbox
from e2e.people import contract_number, somebody
from e2e.procedures import move_case, take_case
from e2e.roles import MANAGER, OTHER_MANAGER, SUPERVISOR, NewScreen, colleague, window
from e2e.stories import applied


@pytest.fixture
def chief(base_url: str) -> Kenes:
    return colleague(base_url, SUPERVISOR)


def _numbers(kenes: Kenes, query: str) -> set[str]:
    return {row["number"] for row in kenes.post("/cases/search/", {"query": query})["items"]}


def test_a_case_is_found_however_it_is_typed_and_only_by_who_may(
    new_screen: NewScreen, sandbox: Sandbox, base_url: str, chief: Kenes
) -> None:
    _borrower, person, case_id = applied(base_url, sandbox)
    manager = colleague(base_url, MANAGER)
    take_case(manager, case_id, seen_by=chief)
    case = manager.get(f"/cases/{case_id}/")
    number, debt = case["number"], case["obligations"][0]
    for query in (person.iin, person.phone, debt["contract_number"], number):
        assert number in _numbers(manager, query), query
    assert number not in _numbers(colleague(base_url, OTHER_MANAGER), number)
    screen = window(new_screen, manager, "/staff/cases")
    page, words = screen.page, screen.words
    search = page.get_by_label(words("staff.list.search"))
    for typed, note in (
        ("Сулейменовой", ""),
        ("cektqvtyjd", "layout"),
        ("Suleimenova", ""),
        ("Сулеменова", "spelling"),
    ):
        search.fill(typed)
        page.locator("mark", has_text=re.compile("^Сулейменов")).first.wait_for()
        if note:
            screen.sees(re.compile(f"«{typed}»"))
    screen.judge()
    search.fill("ъыьщ" + contract_number())
    screen.sees_word("caseSearch.none.title")
    screen.judge()


def _table(chief: Kenes, *changes: dict[str, str]) -> bytes:
    """The template filled in for new people, one row each with some cells otherwise."""
    text = chief.content("/cases/imports/template/", format="csv").decode("utf-8-sig")
    head, example = list(csv.reader(io.StringIO(text), delimiter=";"))
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";")
    writer.writerow(head)
    for place, change in enumerate(changes, start=1):
        person = somebody()
        told = dict(zip(head, example, strict=True)) | {
            "Свой номер *": str(place),
            "ФИО *": person.full_name,
            "ИИН *": person.iin,
            "Номер телефона *": person.phone,
            "Номер договора *": contract_number(),
        }
        writer.writerow((told | change).values())
    return out.getvalue().encode("utf-8-sig")


def test_a_file_with_a_wrong_row_brings_nothing_and_a_right_one_all(
    new_screen: NewScreen, base_url: str, chief: Kenes
) -> None:
    screen = window(new_screen, chief, "/staff/cases/import")
    page, words = screen.page, screen.words
    screen.heading("caseImport.title")

    def choose(data: bytes) -> None:
        file = {"name": "cases.csv", "mimeType": "text/csv", "buffer": data}
        page.locator("input[type=file]").set_input_files(files=[file])

    before = chief.post("/cases/totals/", {})["whole"]["count"]
    choose(_table(chief, {}, {"ИИН *": "123456789012", "Основной долг, ₸ *": "много"}))
    errors = page.get_by_label(words("caseImport.errors"))
    errors.get_by_text(re.compile("^ИИН:")).wait_for()
    errors.get_by_text(re.compile("^Основной долг")).wait_for()
    errors.get_by_text(words.with_("caseImport.row", row="3")).wait_for()
    assert page.get_by_role("button", name=words("caseImport.start")).count() == 0
    assert chief.post("/cases/totals/", {})["whole"]["count"] == before
    screen.judge()
    choose(_table(chief, {}, {}))
    screen.press("caseImport.start")
    page.wait_for_url(re.compile("/jobs/"))
    page.get_by_text(words("caseList.job.row.changed"), exact=True).nth(2).wait_for()
    expect(page.get_by_role("link", name=re.compile("^KH-"))).to_have_count(2)
    screen.judge()
    window(new_screen, colleague(base_url, MANAGER), "/staff/cases").refused("/staff/cases/import")


def test_a_change_in_bulk_is_looked_at_first_and_reported_by_row(
    new_screen: NewScreen, sandbox: Sandbox, base_url: str, chief: Kenes
) -> None:
    ids = [applied(base_url, sandbox)[2] for _one in range(2)]
    rested = chief.get(f"/cases/{ids[1]}/")
    if "suspend" in rested["allowed_actions"]:
        move_case(chief, ids[1], "suspend", reason="Ждём", resume_on="2028-01-10")
    screen = window(new_screen, chief, "/staff/cases")
    page, words = screen.page, screen.words
    for case_id in ids:
        number = chief.get(f"/cases/{case_id}/")["number"]
        page.get_by_role("checkbox", name=re.compile(f"{number}$")).check()
    bulk = page.get_by_role("button", name=words("caseList.bulk.action.suspend"), exact=True)
    bulk.click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label(words("caseList.bulk.resumeOn")).fill("10.01.2028")
    dialog.get_by_label(words("caseList.bulk.reason.suspend")).fill("Ждём справку о доходах")
    dialog.get_by_role("button", name=words("caseList.bulk.look")).click()
    dialog.get_by_label(words("caseList.bulk.rows")).wait_for()
    screen.judge()
    dialog.get_by_role("button", name=re.compile("^Изменить ")).click()
    dialog.get_by_role("link", name=words("caseList.bulk.report")).click()
    page.wait_for_url(re.compile("/jobs/"))
    page.get_by_role("listitem").filter(has_text=words("caseList.job.row.changed")).first.wait_for()
    page.get_by_role("listitem").filter(has_text="KH-").nth(1).wait_for()
    screen.judge()
    assert chief.get(f"/cases/{ids[0]}/")["status"] == "suspended"
    with pytest.raises(Refused) as refused:
        colleague(base_url, OTHER_MANAGER).get(f"/cases/jobs/{page.url.rsplit('/', 1)[-1]}/")
    assert refused.value.status == 404
