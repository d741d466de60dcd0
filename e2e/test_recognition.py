"""A scanned statement of a debt: given, read in the background, its values confirmed by the borrower; staff accept the paper."""

import io
import re
from typing import Any

import pytest
from PIL import Image, ImageDraw, ImageFont

from e2e.browser import NARROW
from e2e.kenes_client import Kenes, Refused, Sandbox, wait_for
from e2e.roles import SUPERVISOR, NewScreen, colleague, window
from e2e.stories import applied

FONT = "/usr/share/fonts/truetype/dejavu/DejaVuSerif.ttf"
STATEMENT = """СПРАВКА О ЗАДОЛЖЕННОСТИ

По договору № {number}
по состоянию на {today}:

Основной долг: 1 111 000 тенге
Вознаграждение: 22 200 тенге
Неустойка: 3 300 тенге"""


@pytest.fixture
def chief(base_url: str) -> Kenes:
    return colleague(base_url, SUPERVISOR)


def _scan(text: str) -> bytes:
    """A page of A4 at 200 dpi that lies on its side, as a picture."""
    page = Image.new("L", (1654, 2339), 248)
    ImageDraw.Draw(page).multiline_text(
        (140, 160), text, font=ImageFont.truetype(FONT, 34), fill=20, spacing=18
    )
    output = io.BytesIO()
    page.rotate(90, expand=True).save(output, "JPEG", quality=75)
    return output.getvalue()


def _listed(borrower: Kenes, case_id: str) -> list[dict[str, Any]]:
    papers = borrower.get(f"/cases/{case_id}/")["papers"]
    return [paper for paper in papers if paper["origin"] == "checklist"]


def _findings(kenes: Kenes, case_id: str) -> dict[str, dict[str, Any]]:
    items = kenes.get(f"/cases/{case_id}/readings/")["items"]
    return {item["field"]: item for row in items for item in row["findings"]}


def test_a_scan_fills_the_debt_by_the_word_of_the_borrower(
    new_screen: NewScreen, base_url: str, sandbox: Sandbox, chief: Kenes
) -> None:
    borrower, _person, case_id = applied(base_url, sandbox)
    papers = wait_for("the checklist of the procedure", lambda: _listed(borrower, case_id))
    paper = next(row for row in papers if row["code"] == "IDENTITY")
    debt = borrower.get(f"/cases/{case_id}/debts/")["items"][0]
    # A later word for the same day takes the place of what the borrower told when he applied.
    day = ".".join(reversed(debt["current"]["as_of"].split("-")))
    contract = borrower.get(f"/cases/{case_id}/")["obligations"][0]["contract_number"]
    text = STATEMENT.format(number=contract, today=day)
    screen = window(new_screen, borrower, f"/cases/{case_id}", size=NARROW)
    card = screen.page.locator("#papers").get_by_role("listitem").filter(has_text=paper["title"])
    field = card.get_by_label(screen.words.with_("casePapers.fileOf", name=paper["title"]))
    field.set_input_files({"name": "справка.jpg", "mimeType": "image/jpeg", "buffer": _scan(text)})
    found = wait_for("values from the scan", lambda: _findings(borrower, case_id), seconds=90)
    assert found["split"]["value"]["split"]["principal_tiyn"] == 111_100_000
    # Nothing has changed so far; that it is not the paper asked for is told.
    assert borrower.get(f"/cases/{case_id}/debts/")["items"][0]["current"] == debt["current"]
    screen.heading("caseExtraction.title")
    screen.page.get_by_text(re.compile("документ похож на другой: Справка о задолженности")).wait_for()
    screen.judge()
    name = screen.words.with_("caseExtraction.confirmOf", name=found["split"]["label"])
    screen.page.get_by_role("button", name=name).click()
    screen.page.get_by_text(re.compile(r"Уже решено: 1")).wait_for()
    after = borrower.get(f"/cases/{case_id}/debts/")["items"][0]["current"]
    assert (after["principal_tiyn"], after["interest_tiyn"], after["penalty_tiyn"]) == (
        111_100_000,
        2_220_000,
        330_000,
    )

    with pytest.raises(Refused) as refused:
        borrower.post(f"/cases/{case_id}/papers/{paper['id']}/review/", {"decision": "accept", "reason": ""})
    assert refused.value.status == 403
    desk = window(new_screen, chief, f"/staff/cases/{case_id}")
    desk.page.get_by_role(
        "button", name=desk.words.with_("casePapers.staff.acceptOf", name=paper["title"])
    ).click()
    wait_for(
        "the paper to be accepted",
        lambda: any(row["state"] == "accepted" for row in _listed(borrower, case_id)),
    )
    desk.judge()
