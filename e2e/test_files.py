"""Files as people give and read them: a line that breaks, pages photographed by a phone, what is refused, and the viewer."""

import re
from typing import Any

import pytest
from playwright.sync_api import Locator, Route, ViewportSize, expect

from e2e.browser import PHONE, Screen
from e2e.kenes_client import Kenes, wait_for
from e2e.made_files import infected_pdf, pdf, photo
from e2e.roles import NewScreen, window
from e2e.test_papers import ACT, PAYSLIP, chief, waiting

__all__ = ["chief", "waiting"]

WIDE: ViewportSize = {"width": 1440, "height": 900}
SIZES = pytest.mark.parametrize("size", [PHONE, WIDE], ids=["390", "1440"])
PART = 256 * 1024


def _row(screen: Screen, title: str) -> Locator:
    return screen.page.locator("#papers").get_by_role("listitem").filter(has_text=title).first


def _give(screen: Screen, title: str, name: str, data: bytes, mime: str = "application/pdf") -> None:
    field = _row(screen, title).get_by_label(screen.words.with_("casePapers.fileOf", name=title), exact=True)
    field.set_input_files({"name": name, "mimeType": mime, "buffer": data})


def _received(screen: Screen, title: str) -> None:
    """The paper stands among those that have come, which are folded away."""
    done = screen.page.locator("#papers li", has_text=title).filter(
        has_text=screen.words("casePapers.standing.received")
    )
    done.first.wait_for(state="attached", timeout=60_000)


def _open(screen: Screen, title: str) -> Locator:
    for shut in screen.page.locator("#papers details:not([open]) > summary").all():
        shut.click()
    screen.page.get_by_role("button", name=screen.words.with_("casePapers.openOf", name=title)).click()
    return screen.page.get_by_role("dialog", name=title)


@SIZES
def test_cut_upload_goes_on_by_itself_and_after_a_reload(
    new_screen: NewScreen, waiting: tuple[Kenes, str], size: ViewportSize
) -> None:
    borrower, case_id = waiting
    screen = window(new_screen, borrower, f"/cases/{case_id}", size=size)
    page = screen.page
    screen.guard.offline_expected = True
    offsets: list[int] = []

    def cut(route: Route) -> None:
        """The first part passes, then the line is gone."""
        if route.request.method != "PATCH":
            route.continue_()
            return
        offsets.append(int(route.request.headers["upload-offset"]))
        if offsets[-1] >= PART:
            route.abort("connectionreset")
        else:
            route.continue_()

    page.route("**/api/v1/uploads/*/", cut)
    screen.heading("casePapers.title")
    _give(screen, PAYSLIP, "справка.pdf", pdf(ballast=5 * PART))
    _row(screen, PAYSLIP).get_by_text(screen.words.shape("upload.broken")).wait_for()
    screen.judge()
    page.unroute("**/api/v1/uploads/*/")
    later: list[int] = []
    page.on(
        "request",
        lambda request: (
            later.append(int(request.headers["upload-offset"])) if request.method == "PATCH" else None
        ),
    )
    page.reload()
    _received(screen, PAYSLIP)
    assert offsets[0] == 0
    assert later[0] >= PART, "what had come before the cut was sent again"
    screen.judge()


def _shoot(screen: Screen, name: str, label: str) -> None:
    with screen.page.expect_file_chooser() as chooser:
        screen.page.get_by_role("button", name=screen.words(label), exact=True).first.click()
    chooser.value.set_files({"name": name, "mimeType": "image/jpeg", "buffer": photo(name)})


def _moved_right(corner: Locator, before: float) -> float:
    box = corner.bounding_box()
    assert box is not None
    return box["x"] - before


@SIZES
def test_two_photos_with_moved_corners_become_one_pdf(
    new_screen: NewScreen, waiting: tuple[Kenes, str], size: ViewportSize
) -> None:
    borrower, case_id = waiting
    screen = window(new_screen, borrower, f"/cases/{case_id}", size=size)
    page, words = screen.page, screen.words
    screen.heading("casePapers.title")
    shoot = _row(screen, PAYSLIP).get_by_role("button", name=words("upload.shoot"))
    if size is PHONE:
        with page.expect_file_chooser() as chooser:
            shoot.click()
        chooser.value.set_files({"name": "1.jpg", "mimeType": "image/jpeg", "buffer": photo("1")})
    else:
        shoot.click()
        _shoot(screen, "1.jpg", "camera.gallery")
    dialog = page.get_by_role("dialog", name=words("camera.title"))
    dialog.get_by_text(words("camera.corners.help")).wait_for()
    _shoot(screen, "2.jpg", "camera.gallery")
    dialog.get_by_role("button", name=words.with_("camera.page", page="2", total="2")).wait_for()
    sent: list[dict[str, Any]] = []
    page.on(
        "request", lambda request: sent.append(request.post_data_json) if "combine" in request.url else None
    )
    corner = dialog.get_by_role("button", name=words("camera.corners.topLeft"))
    before = corner.bounding_box()
    assert before is not None
    page.mouse.move(before["x"] + 22, before["y"] + 22)
    page.mouse.down()
    page.mouse.move(before["x"] + 42, before["y"] + 52, steps=5)
    page.mouse.up()
    wait_for(
        "the corner to follow the finger",
        lambda: _moved_right(corner, before["x"]) == pytest.approx(20, abs=3),
        seconds=10,
    )
    corner.focus()
    page.keyboard.press("Shift+ArrowRight")
    dialog.get_by_role("button", name=words.with_("camera.tools.turnRight", page="2")).click()
    dialog.get_by_role("button", name=words.with_("camera.tools.earlier", page="2")).click()
    screen.judge()
    dialog.get_by_role("button", name=re.compile("PDF")).click()
    dialog.wait_for(state="detached", timeout=60_000)
    _received(screen, PAYSLIP)
    first, second = sent[0]["uploads"]
    assert (first["turn"], second["turn"]) == (90, 0)
    # The sheet was found: its corners are where it was drawn.
    assert second["corners"][0] == pytest.approx([220 / 1200, 180 / 1600], abs=0.02)
    assert first["corners"][0][0] > second["corners"][0][0] + 0.03
    viewer = _open(screen, PAYSLIP)
    viewer.get_by_role("img").first.wait_for(timeout=40_000)
    assert "2" in (viewer.get_by_role("img").first.get_attribute("alt") or "")
    screen.judge()


@SIZES
def test_refused_files_say_why(new_screen: NewScreen, waiting: tuple[Kenes, str], size: ViewportSize) -> None:
    borrower, case_id = waiting
    screen = window(new_screen, borrower, f"/cases/{case_id}", size=size)
    words = screen.words
    screen.heading("casePapers.title")
    _give(screen, ACT, "программа.exe", b"MZ" + bytes(200), "application/octet-stream")
    _row(screen, ACT).get_by_role("alert").filter(has_text=words.shape("upload.trouble.type")).wait_for()
    _give(screen, ACT, "подделка.pdf", bytes(range(256)) * 20)
    _row(screen, ACT).get_by_role("alert").filter(has_text=re.compile("PDF")).wait_for()
    screen.judge()
    _give(screen, PAYSLIP, "вирус.pdf", infected_pdf())
    refused = words.with_("casePapers.standing.refused", name="вирус.pdf")
    _row(screen, PAYSLIP).get_by_text(refused).wait_for(timeout=60_000)
    viewer = _open(screen, PAYSLIP)
    viewer.get_by_text(words("viewer.standing.infected.title")).wait_for()
    assert viewer.get_by_role("button", name=words.shape("viewer.save")).count() == 0
    screen.judge()


@SIZES
def test_viewer_finds_words_and_shows_where_they_stand(
    new_screen: NewScreen, waiting: tuple[Kenes, str], size: ViewportSize
) -> None:
    borrower, case_id = waiting
    screen = window(new_screen, borrower, f"/cases/{case_id}", size=size)
    page, words = screen.page, screen.words
    screen.heading("casePapers.title")
    _give(screen, PAYSLIP, "договор.pdf", pdf(pages=12))
    _received(screen, PAYSLIP)
    viewer = _open(screen, PAYSLIP)
    viewer.get_by_role("img").first.wait_for(timeout=40_000)
    assert viewer.get_by_role("img").count() < 8, "all pages are drawn at once"
    field = viewer.get_by_label(words("viewer.search.label"))
    field.fill("PENALTY")
    found = viewer.get_by_role("status").filter(has_text=re.compile(r"^1 из 24$"))
    found.wait_for(timeout=40_000)
    expect(viewer.locator("mark[data-current]")).to_have_count(1)
    field.press("Enter")
    field.press("Enter")
    expect(viewer.locator("mark[data-current]")).to_be_visible()
    screen.judge()
    number = viewer.get_by_label(words("viewer.pageNumber"))
    number.fill("12")
    number.press("Enter")
    viewer.locator("[data-page='12'] img").wait_for()
    viewer.get_by_role("button", name=words("viewer.larger")).click()
    with page.expect_download() as download:
        viewer.get_by_role("button", name=words.shape("viewer.save")).click()
    assert download.value.suggested_filename == "договор.pdf"
    page.keyboard.press("Escape")
    viewer.wait_for(state="detached")
    opener = page.get_by_role("button", name=words.with_("casePapers.openOf", name=PAYSLIP))
    expect(opener).to_be_focused()
