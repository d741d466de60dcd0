"""Documents in numbers and in versions: many cases at once, a new version with a reason, taking back, and the package of a letter."""

import csv
import io
import re
import zipfile
from typing import Any

import pytest
from pypdf import PdfReader

from e2e.browser import PHONE
from e2e.kenes_client import Kenes, Sandbox, wait_for
from e2e.roles import SUPERVISOR, NewScreen, colleague, window
from e2e.stories import applied, letter_to_sign

KIND = "DEBT_STATEMENT_REQUEST"


@pytest.fixture
def borrower(base_url: str, sandbox: Sandbox) -> tuple[Kenes, str]:
    kenes, _person, case_id = applied(base_url, sandbox)
    return kenes, case_id


def _bytes(kenes: Kenes, path: str) -> bytes:
    return kenes.http.get(f"/api/v1{path}").raise_for_status().content


def _request(kenes: Kenes, case_id: str, reason: str = "CHECK") -> str:
    """A request for a statement of the debt, made and ready."""
    debt = kenes.get(f"/cases/{case_id}/")["obligations"][0]["id"]
    draft = kenes.post(f"/cases/{case_id}/document-drafts/", {"code": KIND, "obligation_id": debt})
    kenes.patch(
        f"/document-drafts/{draft['id']}/",
        {"version": draft["version"], "answers": {"statement.reason": reason}},
    )
    made = str(kenes.post(f"/document-drafts/{draft['id']}/generate/", {})["id"])
    _ready(kenes, made)
    return made


def _ready(kenes: Kenes, document_id: str) -> None:
    wait_for(
        "the document",
        lambda: kenes.get(f"/documents/{document_id}/")["status"] == "ready_to_sign",
        seconds=120,
    )


def test_documents_for_many_cases_are_counted_in_the_zip(
    new_screen: NewScreen, base_url: str, sandbox: Sandbox
) -> None:
    own = [applied(base_url, sandbox)[2] for _ in range(2)]
    staff = colleague(base_url, SUPERVISOR)
    numbers = {staff.get(f"/cases/{case_id}/")["number"] for case_id in own}
    job: dict[str, Any] = staff.post(
        "/document-batches/",
        {"code": KIND, "forms": ["pdf", "docx"], "languages": ["ru", "kk"], "selection": {"ids": own}},
    )
    screen = window(new_screen, staff, f"/staff/cases/jobs/{job['id']}")
    screen.page.get_by_role("progressbar").wait_for()
    download = screen.page.get_by_role("link", name=screen.words("caseList.job.zip"))
    download.wait_for(timeout=150_000)
    screen.judge()
    done = staff.get(f"/document-batches/{job['id']}/")
    assert (done["state"], done["failed"]) == ("done", 0)
    with screen.page.expect_download() as saved:
        download.click()
    with zipfile.ZipFile(saved.value.path()) as packed:
        assert packed.testzip() is None
        files = [name for name in packed.namelist() if "/" in name]
        report = packed.read("report.csv").decode("utf-8-sig")
    assert {name.split("/")[0] for name in files} == numbers
    assert len(files) == done["total"] * 4
    assert len(list(csv.reader(io.StringIO(report), delimiter=";"))) == done["total"] + 1


def test_a_new_version_has_a_reason_and_shows_what_has_changed(
    new_screen: NewScreen, borrower: tuple[Kenes, str]
) -> None:
    kenes, case_id = borrower
    old = _request(kenes, case_id)
    screen = window(new_screen, kenes, f"/documents/{old}", size=PHONE)
    page = screen.page
    screen.press("documents.steps.revise")
    page.get_by_role("dialog").get_by_role("textbox").fill("Решил погасить долг")
    screen.judge()
    screen.press("documents.steps.reviseSubmit")
    page.wait_for_url("**/interview/*")
    screen.sees(re.compile("Решил погасить долг"))
    draft = kenes.get(f"/document-drafts/{page.url.split('/')[-1].split('?')[0]}/")
    kenes.patch(
        f"/document-drafts/{draft['id']}/",
        {"version": draft["version"], "answers": {"statement.reason": "PAY"}},
    )
    new = str(kenes.post(f"/document-drafts/{draft['id']}/generate/", {})["id"])
    _ready(kenes, new)
    assert kenes.get(f"/documents/{old}/")["status"] == "superseded"
    screen = window(new_screen, kenes, f"/documents/{new}", size=PHONE)
    screen.heading("documents.versions.title")
    screen.page.get_by_role("button", name=re.compile("Что изменилось в № ")).click()
    screen.page.locator("ins", has_text="погасить").wait_for()
    screen.page.locator("del").first.wait_for()
    screen.judge()


def test_a_document_is_taken_back_with_a_reason(new_screen: NewScreen, borrower: tuple[Kenes, str]) -> None:
    kenes, case_id = borrower
    made = _request(kenes, case_id)
    screen = window(new_screen, kenes, f"/documents/{made}", size=PHONE)
    screen.press("documents.steps.void")
    dialog = screen.page.get_by_role("dialog")
    dialog.get_by_role("textbox").fill("Банк уже прислал справку")
    screen.press("documents.steps.voidSubmit")
    dialog.wait_for(state="hidden")
    screen.sees(re.compile("Банк уже прислал справку"))
    assert kenes.get(f"/documents/{made}/")["status"] == "void"
    assert "Банк уже прислал справку" in str(kenes.get(f"/cases/{case_id}/timeline/"))


def test_the_package_of_a_letter_has_a_table_of_contents(
    new_screen: NewScreen, borrower: tuple[Kenes, str]
) -> None:
    kenes, case_id = borrower
    letter = letter_to_sign(kenes, case_id)
    screen = window(new_screen, kenes, f"/documents/{letter}", size=PHONE)
    screen.heading("documents.package.title")
    screen.press("documents.package.save")
    screen.page.get_by_role("heading", name=screen.words("documents.package.contents")).wait_for(
        timeout=120_000
    )
    screen.judge()
    shown = kenes.get(f"/documents/{letter}/package/")
    reader = PdfReader(io.BytesIO(_bytes(kenes, f"/documents/{letter}/package/file/")))
    assert len(reader.pages) == shown["pages"]
    contents = [str(one.title) for one in reader.outline]
    assert contents == [part["title"] for part in shown["parts"] if part["pages"]]
    assert contents[0] == "Сопроводительное письмо" and len(contents) >= 4
