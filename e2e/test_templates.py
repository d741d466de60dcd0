"""The content editor's templates: a broken file is told in full, a mended one looked at, approved by another, and the next letter says it."""

import io
import re
import zipfile
from collections.abc import Iterator
from typing import Any

import pytest

from e2e.browser import Screen
from e2e.kenes_client import Kenes, Refused, Sandbox, wait_for
from e2e.roles import EDITOR, SUPERVISOR, NewScreen, colleague, window
from e2e.stories import applied, letter_to_sign

CODE, LANGUAGE = "RESTRUCT_MFO", "ru"
OLD, NEW = "Причины обращения", "Почему я обращаюсь"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
VERSIONS = "/staff/templates/versions"


@pytest.fixture
def editor(base_url: str) -> Kenes:
    return colleague(base_url, EDITOR)


@pytest.fixture
def chief(base_url: str) -> Kenes:
    return colleague(base_url, SUPERVISOR)


def _used(kenes: Kenes) -> dict[str, Any]:
    """The edition in force."""
    templates = kenes.get(f"/staff/templates/kinds/{CODE}/")["templates"]
    return dict(next(one["in_force"] for one in templates if one["language"] == LANGUAGE))


def _file_of(kenes: Kenes, version_id: str) -> bytes:
    answer = kenes.http.get(f"/api/v1{VERSIONS}/{version_id}/file/")
    assert answer.status_code == 200
    return bytes(answer.content)


def _reworded(docx: bytes, old: str, new: str) -> bytes:
    packed = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(docx)) as before,
        zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as after,
    ):
        for name in before.namelist():
            content = before.read(name)
            if name == "word/document.xml":
                assert old.encode() in content
                content = content.replace(old.encode(), new.encode())
            after.writestr(name, content)
    return packed.getvalue()


def _approved(editor: Kenes, chief: Kenes, docx: bytes) -> None:
    """Put a file in force through the API, as the screens do it."""
    answer = editor.upload(f"/staff/templates/kinds/{CODE}/{LANGUAGE}/", "file.docx", docx)
    version = editor.post(
        f"{VERSIONS}/{answer['id']}/propose/", {"revision": answer["revision"], "note": "Обратно"}
    )
    for remark in version["remarks"]:
        ticked = {"revision": version["revision"], "remark": remark["id"], "checked": True}
        version = chief.post(f"{VERSIONS}/{version['id']}/remark/", ticked)
    chief.post(f"{VERSIONS}/{version['id']}/approve/", {"revision": version["revision"]})


@pytest.fixture
def restored(editor: Kenes, chief: Kenes) -> Iterator[bytes]:
    """The template as it was; it is so again afterwards."""
    used = _used(editor)
    docx = _file_of(editor, used["id"])
    yield docx
    if _used(editor)["id"] != used["id"]:
        # The same words in another package: an edition like the one in force would not be kept.
        _approved(editor, chief, docx)


def test_a_template_is_mended_previewed_approved_by_another_and_used(
    new_screen: NewScreen, sandbox: Sandbox, base_url: str, editor: Kenes, chief: Kenes, restored: bytes
) -> None:
    screen = window(new_screen, editor, "/staff/templates")
    _open_kind(screen)
    _upload_broken(screen, restored)
    version_id = _upload_mended(screen, restored)
    _preview(screen)
    _propose(screen)
    assert (
        screen.page.get_by_role("button", name=screen.words("staffTemplates.step.approve.button")).count()
        == 0
    )
    with pytest.raises(Refused) as refused:
        editor.post(f"{VERSIONS}/{version_id}/approve/", {"revision": 2})
    assert refused.value.status == 403
    _approve(window(new_screen, chief, f"{VERSIONS}/{version_id}"))
    borrower, _person, case_id = applied(base_url, sandbox)
    document_id = letter_to_sign(borrower, case_id)
    letter = wait_for("the letter", lambda: borrower.get(f"/documents/{document_id}/"))
    assert NEW in letter["text"]
    assert OLD not in letter["text"]


def _open_kind(screen: Screen) -> None:
    screen.heading("staffTemplates.title")
    screen.judge()
    screen.press("staffTemplates.variables.button")
    dialog = screen.page.get_by_role("dialog")
    dialog.get_by_role("searchbox").fill("неустойка")
    dialog.get_by_text("{{ debt.penalty }}", exact=True).wait_for()
    screen.judge()
    screen.page.keyboard.press("Escape")
    screen.page.get_by_role("searchbox").fill(CODE)
    screen.page.get_by_role("link", name=re.compile("микрокредит")).first.click()
    screen.page.wait_for_url(re.compile(CODE))
    screen.page.get_by_role("button", name=screen.words("staffTemplates.upload.button")).first.wait_for()
    screen.judge()


def _choose(screen: Screen, docx: bytes) -> None:
    screen.page.get_by_role("dialog").locator("input[type=file]").set_input_files(
        {"name": "Заявление.docx", "mimeType": DOCX, "buffer": docx}
    )


def _upload_broken(screen: Screen, good: bytes) -> None:
    """Three mistakes of different kinds stand in one list, each with its line."""
    broken = _reworded(good, OLD, "{{ borower.name }} {% if debt.since %} {{ contract.date|wrds }}")
    screen.page.get_by_role("button", name=screen.words("staffTemplates.upload.button")).first.click()
    _choose(screen, broken)
    told = screen.page.get_by_role("dialog").get_by_role("listitem")
    told.first.wait_for()
    text = screen.page.get_by_role("dialog").inner_text()
    for word in ("borower", "borrower", "endif", "wrds", "words"):
        assert word in text, text
    screen.judge()


def _upload_mended(screen: Screen, good: bytes) -> str:
    _choose(screen, _reworded(good, OLD, NEW))
    screen.page.wait_for_url(re.compile("/versions/"))
    screen.heading("staffTemplates.about")
    screen.judge()
    found = re.search(r"versions/([0-9a-f-]{36})", screen.page.url)
    assert found is not None
    return found.group(1)


def _preview(screen: Screen) -> None:
    screen.press("staffTemplates.part.preview")
    screen.press("staffTemplates.preview.make")
    page = screen.page.get_by_role("img").first
    page.wait_for(timeout=90_000)
    screen.page.wait_for_function("[...document.images].some((one) => one.naturalWidth > 500)")
    screen.judge()


def _difference(screen: Screen) -> None:
    screen.press("staffTemplates.part.changes")
    screen.page.locator("ins").filter(has_text=NEW.split()[0]).first.wait_for()
    screen.page.locator("del").filter(has_text=OLD.split()[0]).first.wait_for()
    screen.judge()


def _propose(screen: Screen) -> None:
    _difference(screen)
    screen.press("staffTemplates.step.propose.button")
    dialog = screen.page.get_by_role("dialog")
    dialog.get_by_role("textbox").first.fill("Заголовок простыми словами")
    screen.judge()
    dialog.get_by_role("button", name=screen.words("staffTemplates.step.propose.button")).click()
    screen.sees_word("staffTemplates.step.propose.done")


def _approve(screen: Screen) -> None:
    """The approver sees what has changed, ticks every remark, and approves."""
    page, words = screen.page, screen.words
    screen.heading("staffTemplates.about")
    boxes = page.get_by_role("checkbox")
    for at in range(boxes.count()):
        boxes.nth(at).check()
        page.wait_for_load_state("networkidle")
    screen.judge()
    _difference(screen)
    screen.press("staffTemplates.step.approve.button")
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("button", name=words("staffTemplates.step.approve.button")).click()
    screen.sees_word("staffTemplates.step.approve.done")


def test_who_has_nothing_to_do_with_templates_gets_no_further(new_screen: NewScreen, manager: Kenes) -> None:
    screen = window(new_screen, manager, "/staff/cases")
    screen.refused("/staff/templates")
