"""The whole way of a borrower: from the public page to the letter that was sent, and its proof."""

import email
import email.policy
import re
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import ViewportSize, expect

from e2e.browser import DESKTOP, PHONE, Screen
from e2e.kenes_client import Kenes, Sandbox, wait_for
from e2e.people import somebody
from e2e.screens.letter import Letter
from e2e.screens.wizard import Wizard

NewScreen = Callable[..., Screen]


@pytest.mark.parametrize(
    ("language", "size"), [("ru", PHONE), ("ru", DESKTOP), ("kk", PHONE)], ids=["ru-390", "ru-1280", "kk-390"]
)
def test_from_public_page_to_sent_letter(
    new_screen: NewScreen, sandbox: Sandbox, tmp_path: Path, language: str, size: ViewportSize
) -> None:
    screen = new_screen(language, size=size)
    person = somebody(language)
    _read_public_page(screen)
    wizard = Wizard(screen, sandbox, person)
    wizard.judged = True
    wizard.enter_phone()
    _half_done_form_survives_reload(wizard)
    wizard.reach_review(search="Айқын", lender="Айқын Қаржы")
    case_id = wizard.submit()
    number = _read_case(screen, case_id)
    letter = Letter(screen, sandbox, person.phone)
    document_id = letter.open_from_case()
    assert letter.require_pages() >= 2
    screen.judge()
    letter.sign()
    screen.judge()
    sealed = _see_it_sent(screen, letter, case_id, document_id, number)
    _read_mail(sandbox, screen, document_id, sealed, tmp_path)
    _verify(screen, sealed, tmp_path)


def _read_public_page(screen: Screen) -> None:
    """The calculator answers at once, without a login; the button leads to the application."""
    screen.go()
    screen.heading("home.title")
    screen.judge()
    page, words = screen.page, screen.words
    page.locator("#terms-date").fill("22.10.2026")
    screen.press("terms.show")
    screen.heading("terms.resultTitle")
    screen.sees_word("terms.disclaimer")
    screen.judge()
    page.get_by_role("link", name=words("home.apply")).first.click()


def _half_done_form_survives_reload(wizard: Wizard) -> None:
    screen, page, words = wizard.screen, wizard.page, wizard.words
    page.get_by_label(words("apply.person.name")).fill("Неполная Фам")
    page.get_by_label(words("apply.person.iin")).fill("87041")
    screen.sees_word("apply.saving.saved")
    page.reload()
    screen.heading("apply.person.title")
    expect(page.get_by_label(words("apply.person.name"))).to_have_value("Неполная Фам")
    expect(page.get_by_label(words("apply.person.iin"))).to_have_value("87041")


def _read_case(screen: Screen, case_id: str) -> str:
    """Number, deadlines with their sentences; the page of terms explains where they come from."""
    page, words = screen.page, screen.words
    screen.sees(re.compile(r"KH-2026-\d{6}"))
    found = re.search(r"KH-2026-\d{6}", page.locator("main").inner_text())
    assert found is not None
    screen.heading("cases.deadlines.title")
    deadline = page.get_by_role("listitem").filter(has_text=words("cases.deadlines.basis")).first
    assert len(deadline.locator("p.measure").first.inner_text()) > 40
    screen.judge()
    return found.group(0)


def _see_it_sent(screen: Screen, letter: Letter, case_id: str, document_id: str, number: str) -> bytes:
    """Documents tell of the sending; PDF, DOCX and the sealed file come; the creditor's term and history stand."""
    page, words = screen.page, screen.words
    screen.press("signing.signed.toCase")
    screen.go(f"/cases/{case_id}/documents")
    screen.sees(words.shape("documents.dispatch.accepted"), seconds=60)
    screen.sees(number)
    screen.judge()
    assert letter.download("documents.download.docx")[:2] == b"PK"
    assert letter.download("documents.download.pdf")[:5] == b"%PDF-"
    sealed = letter.download("documents.download.sealed")
    screen.go(f"/documents/{document_id}")
    letter.require_pages()
    screen.judge()
    screen.go(f"/cases/{case_id}/terms")
    page.get_by_role("heading", level=3).nth(1).wait_for()
    screen.judge()
    screen.go(f"/cases/{case_id}/history")
    page.get_by_role("listitem").nth(4).wait_for()
    screen.judge()
    return sealed


def _read_mail(sandbox: Sandbox, screen: Screen, document_id: str, sealed: bytes, folder: Path) -> None:
    """Exactly one letter, by its Message-ID, with exactly the sealed file; the seal is judged by another program."""
    api = screen.context.request
    document = api.get(f"{screen.base_url}/api/v1/documents/{document_id}/").json()
    dispatch = document["dispatch"]
    mails = sandbox.mails(message_id=dispatch["message_id_header"])
    assert len(mails) == 1
    raw = sandbox.raw_mail(mails[0]["id"])
    message = email.message_from_bytes(raw, policy=email.policy.default)
    assert message["Message-ID"] == dispatch["message_id_header"]
    assert sealed in [part.get_payload(decode=True) for part in message.iter_attachments()]
    file = folder / "sealed.pdf"
    file.write_bytes(sealed)
    judged = subprocess.run(["pdfsig", str(file)], capture_output=True, text=True, check=False)
    assert "Signature is Valid" in judged.stdout, judged.stdout + judged.stderr
    case = api.get(f"{screen.base_url}/api/v1/cases/{document['case_id']}/").json()
    reply = [row for row in case["deadlines"] if row["rule"] == "LENDER_REPLY"]
    assert len(reply) == 1
    assert reply[0]["status"] == "running"
    assert len(reply[0]["explanation"]) > 30


def _verify(screen: Screen, sealed: bytes, folder: Path) -> None:
    """Without a login: the address from the paper, the file itself, and the file with one byte changed."""
    screen.context.clear_cookies()
    good, bad = folder / "letter.pdf", folder / "changed.pdf"
    good.write_bytes(sealed)
    broken = bytearray(sealed)
    broken[len(broken) // 3] ^= 1
    bad.write_bytes(bytes(broken))
    page, words = screen.page, screen.words
    token = wait_for("the address in the PDF", lambda: _token(sealed), seconds=5)
    page.goto(f"{screen.base_url}/verify/{token}")
    page.wait_for_url(re.compile(r"/(ru|kk|en)/verify/"))
    screen.go(f"/verify/{token}")
    screen.heading("verify.verdict.valid.title")
    screen.judge()
    screen.go("/verify")
    for file, verdict in ((good, "valid"), (bad, "invalid")):
        page.locator("#verify-file").set_input_files(file)
        screen.press("signatureCheck.check")
        screen.heading(f"verify.verdict.{verdict}.title")
        screen.judge()
    answer = Kenes(screen.base_url, language=words.language).upload("/verify/", "x.pdf", bytes(broken))
    assert answer["verdict"] == "invalid"
    assert answer["reason"]
    screen.sees(answer["reason"])


def _token(sealed: bytes) -> str | None:
    text = subprocess.run(
        ["pdftotext", "-raw", "-", "-"], input=sealed, capture_output=True, check=True
    ).stdout.decode()
    found = re.search(r"/verify/([A-Za-z0-9_-]+)", text.replace("\n", ""))
    return found.group(1) if found else None
