"""Pages for people: content, languages, safety."""

import smtplib
from email.message import EmailMessage

import httpx
import pytest

from sandbox.testing import SandboxProcess


@pytest.fixture(scope="module")
def filled(sandbox: SandboxProcess) -> SandboxProcess:
    httpx.post(
        f"{sandbox.url}/service/message/sendsmsmessage?apiKey=key",
        data={"recipient": "77017654321", "from": "KenesHub", "text": "Код 482913 <b>жирный</b>"},
    )
    message = EmailMessage()
    message["From"], message["To"] = "a@kenes.test", "reader@bank.test"
    message["Subject"] = "<script>alert(1)</script>"
    message["Message-ID"] = "<page@kenes.test>"
    message.set_content("text part")
    message.add_alternative('<p onclick="x()">Hello "quoted"</p><script>alert(2)</script>', subtype="html")
    message.add_attachment(b"data", maintype="text", subtype="html", filename='a"b.html')
    with smtplib.SMTP("127.0.0.1", sandbox.smtp_port) as client:
        client.send_message(message)
    return sandbox


def get(sandbox: SandboxProcess, path: str, **headers: str) -> httpx.Response:
    return httpx.get(sandbox.url + path, headers=headers, follow_redirects=True)


@pytest.mark.parametrize("language", ["ru", "kk", "en"])
@pytest.mark.parametrize(
    "path",
    [
        "",
        "phones/",
        "phones/+77017654321",
        "mail/",
        "authenticator/",
        "ncalayer/",
        "egov/",
        "esign/",
        "switches/",
    ],
)
def test_every_page_answers_in_every_language(filled: SandboxProcess, path: str, language: str) -> None:
    page = get(filled, f"/sandbox/{path}", **{"Accept-Language": language})
    assert page.status_code == 200
    assert f'<html lang="{language}">' in page.text
    assert "default-src 'none'" in page.headers["Content-Security-Policy"]


def test_chosen_language_is_kept(filled: SandboxProcess) -> None:
    with httpx.Client(base_url=filled.url) as browser:
        browser.get("/sandbox/?lang=kk")
        assert '<html lang="kk">' in browser.get("/sandbox/phones/").text


def test_phone_shows_the_newest_code_and_escapes_the_text(filled: SandboxProcess) -> None:
    page = get(filled, "/sandbox/phones/+77017654321").text
    assert 'data-testid="newest-code">482913<' in page
    assert "<b>жирный" not in page


def test_letter_html_is_shown_only_inside_a_closed_frame(filled: SandboxProcess) -> None:
    letter = filled.mail("reader@bank.test")[0]
    page = get(filled, f"/sandbox/mail/{letter['id']}/").text
    assert 'sandbox=""' in page
    assert "<script>alert" not in page


def test_files_are_downloads_whatever_their_type(filled: SandboxProcess) -> None:
    letter = filled.mail("reader@bank.test")[0]
    answer = get(filled, f"/sandbox/mail/{letter['id']}/attachments/1")
    assert answer.content == b"data"
    assert answer.headers["Content-Disposition"] == "attachment; filename*=UTF-8''a%22b.html"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize(
    "path", ["mail/1/", "mail/1.eml", "phones/+4917", "nothing/", "mail/1/attachments/9"]
)
def test_absent_things_are_404(filled: SandboxProcess, path: str) -> None:
    assert get(filled, f"/sandbox/{path}").status_code == 404


def test_wrong_number_is_explained_in_place(filled: SandboxProcess) -> None:
    page = get(filled, "/sandbox/phones/?number=123")
    assert page.status_code == 400
    assert 'aria-invalid="true"' in page.text


def test_switch_form_breaks_and_restores(filled: SandboxProcess) -> None:
    address = f"{filled.url}/sandbox/switches/"
    httpx.post(address, data={"smtp": "down", "sms": "ok"})
    assert 'class="failing"' in get(filled, "/sandbox/").text
    httpx.post(address, data={"restore": "1"})
    assert 'class="failing"' not in get(filled, "/sandbox/").text


def test_another_site_cannot_move_the_switches(filled: SandboxProcess) -> None:
    headers = {"Sec-Fetch-Site": "cross-site"}
    answer = httpx.post(f"{filled.url}/sandbox/switches/", data={"smtp": "down"}, headers=headers)
    assert answer.status_code == 403
    assert 'class="failing"' not in get(filled, "/sandbox/").text


def test_unknown_switch_position_is_refused(filled: SandboxProcess) -> None:
    answer = httpx.post(f"{filled.url}/sandbox/api/switches/", json={"smtp": "melted"})
    assert answer.status_code == 400
