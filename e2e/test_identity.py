"""Ways in and what belongs to a person: second step, invitation, passkey, outside provider, own data, another's eyes."""

import io
import re
import time
import zipfile
from collections.abc import Callable
from email import message_from_string, policy

from e2e import authenticator
from e2e.browser import DESKTOP, Screen
from e2e.conftest import STAFF
from e2e.drafts import enter
from e2e.kenes_client import Kenes, Sandbox, wait_for
from e2e.people import contract_number
from e2e.stories import ready_letter, signed_up

NewScreen = Callable[..., Screen]
SUPERVISOR = ("supervisor@kenes.sandbox", STAFF[1])
ADMIN = ("admin@kenes.sandbox", STAFF[1])
PASSWORD = "длинный пароль новичка 7"


def test_staff_pass_the_second_step_with_the_code_of_the_sandbox_page(
    new_screen: NewScreen, base_url: str
) -> None:
    screen = new_screen(size=DESKTOP)
    screen.go("/staff/cases")
    screen.heading("signIn.staffTitle")
    screen.page.get_by_label(screen.words("signIn.email")).fill(SUPERVISOR[0])
    screen.page.get_by_label(screen.words("signIn.password")).fill(SUPERVISOR[1])
    screen.press("signIn.signIn")
    screen.heading("signIn.second.title")
    screen.judge()
    assert screen.context.request.get(f"{base_url}/api/v1/cases/").status == 401
    for _attempt in range(3):
        phone = screen.context.new_page()
        phone.goto(f"{base_url}/sandbox/authenticator/")
        row = phone.locator(f"[data-testid=totp][data-email='{SUPERVISOR[0]}']")
        code = row.get_by_test_id("totp-code").inner_text().replace(" ", "")
        phone.close()
        screen.page.get_by_label(screen.words("common.code.app.label")).fill(code)
        # Another test may have used the same code half a minute ago: a used one is refused.
        arrived = screen.page.get_by_role("heading", name=screen.words.shape("staff.list.title"))
        refused = screen.page.get_by_text(screen.words("common.code.app.wrong"))
        arrived.or_(refused).first.wait_for()
        if arrived.count():
            break
        time.sleep(authenticator.STEP_SECONDS)
    screen.heading("staff.list.title")


def test_an_invited_colleague_sets_up_the_second_step_and_gets_in(
    new_screen: NewScreen, sandbox: Sandbox, base_url: str
) -> None:
    email = f"editor{contract_number().replace('/', '-').lower()}@kenes.sandbox"
    link = _invited(base_url, sandbox, email)
    screen = new_screen()
    screen.page.goto(link)
    screen.heading("invite.title")
    screen.judge()
    screen.page.get_by_role("textbox", name=screen.words("invite.password")).fill(PASSWORD)
    screen.press("invite.accept")
    screen.heading("secondFactor.title")
    screen.page.get_by_role("button", name=re.compile(screen.words("secondFactor.ways.totp.title"))).click()
    screen.press("secondFactor.totp.show")
    screen.heading("secondFactor.totp.scanTitle")
    screen.judge()
    shown = re.search(r"(?:[A-Z2-7]{4} ){7}[A-Z2-7]{4}", screen.page.locator("main").inner_text())
    assert shown, "the secret is not readable"
    secret = shown[0].replace(" ", "")
    code = authenticator.code_at(authenticator.key_of(secret), int(time.time()) // 30)
    screen.page.get_by_label(screen.words("common.code.app.label")).fill(code)
    screen.heading("secondFactor.codesTitle")
    screen.judge()
    screen.press("secondFactor.codesKept")
    screen.page.wait_for_url(re.compile("/staff"))
    # The link opened once and never again.
    again = new_screen()
    again.page.goto(link)
    again.page.get_by_role("main").get_by_role("link", name=again.words("invite.toSignIn")).wait_for()
    assert again.page.get_by_role("textbox").count() == 0


def _invited(base_url: str, sandbox: Sandbox, email: str) -> str:
    """Address in the mail to a new content editor, whom an administrator has invited."""
    admin = Kenes(base_url)
    admin.sign_in_staff(*ADMIN)
    admin.post("/auth/proof/", {"method": "password", "value": ADMIN[1]})
    admin.post(
        "/invitations/",
        {"email": email, "full_name": "Новикова Алия", "language": "ru", "roles": ["content_editor"],
         "custom_role_ids": [], "organisation_id": None, "post": "", "is_administrator": False},
    )  # fmt: skip
    mails = wait_for("the invitation", lambda: sandbox.mails(to=email))
    text = sandbox.raw_mail(mails[0]["id"]).decode()
    letter = message_from_string(text, policy=policy.default)
    body = letter.get_body(("plain",))  # type: ignore[attr-defined]
    found = re.search(r"https?://\S+/invite#\S+", body.get_content())
    assert found, "no link in the mail"
    return found[0]


def test_a_passkey_alone_lets_a_borrower_in(new_screen: NewScreen, sandbox: Sandbox, base_url: str) -> None:
    kenes, _person = signed_up(base_url, sandbox)
    screen = new_screen()
    _virtual_authenticator(screen)
    enter(screen, kenes)
    screen.go("/account/second-factor")
    screen.page.get_by_role(
        "button", name=re.compile(screen.words("secondFactor.ways.passkey.title"))
    ).click()
    screen.press("secondFactor.passkey.create")
    screen.heading("secondFactor.codesTitle")
    screen.press("secondFactor.codesKept")
    screen.context.clear_cookies()
    screen.go("/sign-in")
    screen.press("signIn.other.passkey")
    screen.page.wait_for_url(re.compile("/cases"))
    screen.go("/account/security")
    screen.heading("security.title")
    screen.judge()


def _virtual_authenticator(screen: Screen) -> None:
    """A phone that always recognises its owner, in the place of a fingerprint."""
    session = screen.context.new_cdp_session(screen.page)
    session.send("WebAuthn.enable")
    session.send(
        "WebAuthn.addVirtualAuthenticator",
        {"options": {"protocol": "ctap2", "transport": "internal", "hasResidentKey": True,
                     "hasUserVerification": True, "isUserVerified": True,
                     "automaticPresenceSimulation": True}},
    )  # fmt: skip


def test_an_outside_provider_lets_a_visitor_in(new_screen: NewScreen, base_url: str) -> None:
    screen = new_screen()
    screen.go("/sign-in")
    provider = screen.context.request.get(f"{base_url}/api/v1/session/").json()["sign_in"]["providers"][0]
    screen.page.get_by_role(
        "button", name=screen.words.with_("signIn.other.provider", name=provider["name"])
    ).click()
    screen.page.wait_for_url(re.compile("/sandbox/oidc/"))
    screen.page.locator("#email").fill(f"{contract_number().replace('/', '-').lower()}@example.com")
    screen.page.locator("button[value=typed]").click()
    screen.page.wait_for_url(re.compile(r"/(ru)/"))
    wait_for(
        "the session",
        lambda: screen.context.request.get(f"{base_url}/api/v1/session/").json()["authenticated"],
        seconds=10,
    )


def test_a_person_takes_a_copy_of_all_data(new_screen: NewScreen, sandbox: Sandbox, base_url: str) -> None:
    story = ready_letter(base_url, sandbox)
    screen = new_screen()
    enter(screen, story.kenes)
    screen.go("/account/data")
    screen.heading("dataRequests.title")
    screen.judge()
    known = len(sandbox.messages(story.person.phone))
    screen.press("dataRequests.export.showPreview")
    screen.judge()
    screen.press("dataRequests.export.submit")
    confirm = screen.page.get_by_role("dialog").get_by_role(
        "button", name=screen.words("dataRequests.export.submit")
    )
    if confirm.count():
        confirm.click()
    screen.press("proof.sendCode")
    code = sandbox.new_code(story.person.phone, known)
    screen.page.get_by_role("dialog").get_by_role("textbox").fill(code)
    # The proof has given the browser a new session key: the old one of the API client is worth nothing now.
    own = f"{base_url}/api/v1/me/data-requests/"
    done = wait_for(
        "the copy",
        lambda: next(
            (r for r in screen.context.request.get(own).json()["items"] if r["status"] == "done"), None
        ),
    )
    answer = screen.context.request.get(f"{own}{done['id']}/file/")
    assert answer.status == 200, answer.text()
    with zipfile.ZipFile(io.BytesIO(answer.body())) as archive:
        whole = " ".join(archive.namelist())
        assert "manifest.json" in whole
        assert any(name.endswith(".pdf") for name in archive.namelist())
        told = "".join(archive.read(name).decode() for name in archive.namelist() if name.endswith(".json"))
    assert story.person.iin in told


def test_looking_through_anothers_eyes_changes_nothing_and_is_shown(
    new_screen: NewScreen, sandbox: Sandbox, base_url: str
) -> None:
    story = ready_letter(base_url, sandbox)
    person_id = story.kenes.get("/session/")["user"]["id"]
    chief = Kenes(base_url)
    chief.sign_in_staff(*SUPERVISOR)
    chief.post("/auth/proof/", {"method": "password", "value": SUPERVISOR[1]})
    chief.post(f"/people/{person_id}/view-as/", {"reason": "Заёмщик не видит письма"})
    screen = new_screen(size=DESKTOP)
    enter(screen, chief)
    screen.go(f"/cases/{story.case_id}")
    screen.sees("Заёмщик не видит письма")
    screen.judge()
    refused = screen.context.request.post(
        f"{base_url}/api/v1/cases/{story.case_id}/comments/",
        data={"text": "чужими руками"},
        headers={"X-CSRFToken": str(chief.http.cookies["csrftoken"]), "Referer": base_url},
    )
    assert refused.json()["code"] == "auth.viewing_only"
    screen.press("viewAs.endLong")
    screen.sees_word("viewAs.ended")
    own = new_screen()
    enter(own, story.kenes)
    own.go("/account/who-looked")
    own.sees("Заёмщик не видит письма")
    own.judge()
