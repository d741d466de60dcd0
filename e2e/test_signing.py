"""Signing in every way that there is, by those who may; and what is refused: another's key, a key out of date, another's turn."""

import pytest
from playwright.sync_api import Response

from e2e.browser import DESKTOP, PHONE
from e2e.kenes_client import Kenes, Refused, Sandbox
from e2e.made_files import pdf
from e2e.procedures import take_case
from e2e.roles import MANAGER, OTHER_MANAGER, SUPERVISOR, NewScreen, colleague, window
from e2e.screens.signing import Signing
from e2e.stories import Story, ready_letter


def _signing(new_screen: NewScreen, story: Story, language: str = "ru", **options: object) -> Signing:
    """The signing page of the story's letter in a window of its borrower."""
    screen = window(new_screen, story.kenes, f"/sign/{story.document_id}", language, **options)
    return Signing(screen, story.document_id)


def _is_unsigned(story: Story) -> None:
    assert story.document()["status"] == "ready_to_sign"


def _is_hand_in(answer: Response) -> bool:
    return answer.request.method == "POST" and answer.url.endswith("/eds/")


@pytest.mark.parametrize("language", ["ru", "kk"])
def test_signs_with_an_own_key_after_every_wrong_one_was_refused(
    new_screen: NewScreen, sandbox: Sandbox, base_url: str, language: str
) -> None:
    story = ready_letter(base_url, sandbox, language=language)
    page = _signing(new_screen, story, language, size=DESKTOP)
    words = page.words
    page.read_to_end().choose("ncalayer")
    page.screen.judge()
    page.sign_by_key(choice="cancel")
    page.is_refused_with(words("eds.trouble.cancelled"))
    # The line that nobody takes is an error in the console of every browser.
    page.screen.guard.offline_expected = True
    page.sign_by_key(choice="off")
    page.is_refused_with(words("eds.trouble.absent"))
    page.screen.guard.offline_expected = False
    page.sign_by_key(choice="other_person")
    page.is_refused_with(words("eds.nextStep.otherPerson"))
    page.screen.judge()
    page.sign_by_key(choice="expired")
    page.is_refused_with(words("eds.nextStep.renew"))
    page.screen.judge()
    _is_unsigned(story)
    page.sign_by_key(choice="asked", name=story.person.full_name)
    page.is_signed()
    page.screen.judge()
    story.require_status("accepted")


def test_keys_that_only_look_right_sign_nothing(
    new_screen: NewScreen, sandbox: Sandbox, base_url: str
) -> None:
    story = ready_letter(base_url, sandbox)
    page = _signing(new_screen, story, size=DESKTOP)
    page.read_to_end().choose("ncalayer")
    refusals = {}
    for choice in ("revoked", "look_alike", "authentication", "entity"):
        with page.page.expect_response(_is_hand_in) as waiting:
            page.sign_by_key(choice=choice)
        refusals[choice] = waiting.value.json()["code"]
        page.page.get_by_role("alert").first.wait_for()
    assert refusals == {
        "revoked": "signing.eds_revoked",
        "look_alike": "signing.eds_untrusted",
        "authentication": "signing.eds_wrong_key",
        "entity": "signing.eds_no_person",
    }
    _is_unsigned(story)
    page.screen.judge()


def test_signs_by_qr_after_a_refusal_on_the_phone(
    new_screen: NewScreen, sandbox: Sandbox, base_url: str
) -> None:
    story = ready_letter(base_url, sandbox)
    page = _signing(new_screen, story, size=DESKTOP)
    page.read_to_end().choose("egov_qr")
    page.screen.judge()
    request = page.ask_qr()
    page.screen.judge()
    page.phone.act(request, "refuse")
    page.page.get_by_role("button", name=page.words("signing.qr.again")).wait_for()
    _is_unsigned(story)
    known = page.phone.ids()
    page.screen.press("signing.qr.again")
    request = page.phone.new_request(known)
    page.phone.act(request, "sign", iin=story.person.iin, name=story.person.full_name)
    page.is_signed()
    page.screen.judge()


def test_on_the_phone_itself_a_link_opens_the_document(
    new_screen: NewScreen, sandbox: Sandbox, base_url: str
) -> None:
    story = ready_letter(base_url, sandbox, language="kk")
    page = _signing(new_screen, story, "kk", size=PHONE)
    page.read_to_end().choose("egov_qr")
    page.ask_qr()
    link = page.page.get_by_role("link", name=page.words.shape("signing.qr.open")).first
    page.screen.judge()
    application = page.screen.context.new_page()
    application.goto(str(link.get_attribute("href")))
    application.get_by_text("Басқа кілтпен қол қою").click()
    application.get_by_label("ЖСН", exact=True).fill(story.person.iin)
    application.get_by_role("button", name="Құжатқа қол қою").click()
    application.locator("[data-state=signed]").wait_for()
    application.close()
    page.is_signed()


def test_another_persons_phone_signs_nothing(new_screen: NewScreen, sandbox: Sandbox, base_url: str) -> None:
    story = ready_letter(base_url, sandbox)
    page = _signing(new_screen, story, size=DESKTOP)
    page.read_to_end().choose("egov_qr")
    page.phone.act(page.ask_qr(), "sign", iin="900101300017")
    page.page.get_by_role("button", name=page.words("signing.qr.again")).wait_for()
    page.screen.judge()
    _is_unsigned(story)


def test_declined_document_is_signed_by_nobody_in_another_tab(
    new_screen: NewScreen, sandbox: Sandbox, base_url: str
) -> None:
    story = ready_letter(base_url, sandbox)
    page = _signing(new_screen, story, size=DESKTOP)
    page.read_to_end().choose("ncalayer")
    other = page.screen.context.new_page()
    other.goto(page.page.url)
    other.get_by_role("button", name=page.words("signing.declineButton")).click()
    other.get_by_role("dialog").get_by_role("textbox").fill("Сумма указана неверно")
    other.get_by_role("button", name=page.words("signing.decline.confirm")).click()
    other.get_by_role("heading", name=page.words("signing.declined.title")).wait_for()
    page.sign_by_key(choice="asked")
    page.page.get_by_role("alert").first.wait_for()
    assert story.document()["status"] != "signed"


def test_two_tabs_at_once_make_one_signature(new_screen: NewScreen, sandbox: Sandbox, base_url: str) -> None:
    story = ready_letter(base_url, sandbox)
    first = _signing(new_screen, story, size=DESKTOP)
    second = _signing(new_screen, story, size=DESKTOP)
    for page in (first, second):
        page.read_to_end().choose("ncalayer")
    first.sign_by_key(choice="asked")
    second.sign_by_key(choice="asked")
    first.is_signed()
    second.is_signed()
    story.require_status("accepted")
    assert len(story.mails()) == 1
    signers = story.kenes.get(f"/documents/{story.document_id}/signing/")["signers"]
    assert [row["status"] for row in signers] == ["signed"]


def _manager_of(base_url: str, story: Story) -> Kenes:
    """The manager who has taken the case."""
    manager = colleague(base_url, MANAGER)
    take_case(manager, story.case_id, seen_by=colleague(base_url, SUPERVISOR))
    return manager


def _ordered(story: Story, manager: Kenes) -> tuple[str, str]:
    """A round in which the manager approves first and the borrower signs after him; gives both requests."""
    people = manager.get(f"/documents/{story.document_id}/signing/")["candidates"]
    by_role = {row["party_role"]: row["person"]["id"] for row in people}
    signers = [
        {"person_id": by_role["manager"], "role": "approver", "position": 1, "expires_in_days": 5},
        {"person_id": by_role["borrower"], "role": "signer", "position": 2, "expires_in_days": 5},
    ]
    body = {"is_ordered": True, "signers": signers}
    made = manager.post(f"/documents/{story.document_id}/signing/", body)
    requests = {row["role"]: str(row["id"]) for row in made["signers"]}
    return requests["approver"], requests["signer"]


def test_a_copied_link_does_not_jump_the_queue(
    new_screen: NewScreen, sandbox: Sandbox, base_url: str
) -> None:
    story = ready_letter(base_url, sandbox)
    manager = _manager_of(base_url, story)
    before, mine = _ordered(story, manager)
    page = _signing(new_screen, story, size=DESKTOP)
    page.screen.heading("signing.turn.title")
    page.screen.judge()
    sha256 = {"document_sha256": story.document()["sha256"]}
    for path, body in (
        (f"/signature-requests/{mine}/send-code/", sha256),
        (f"/signature-requests/{mine}/confirm/", {"code": "123456"}),
        (f"/signature-requests/{mine}/eds/", {"cms": "MIIB", **sha256}),
        (f"/signature-requests/{mine}/qr/", {}),
        (f"/signature-requests/{before}/approve/", {}),
    ):
        with pytest.raises(Refused) as refused:
            story.kenes.post(path, body)
        assert refused.value.status in {403, 404, 409}, refused.value
    _is_unsigned(story)
    with pytest.raises(Refused) as unread:
        manager.post(f"/signature-requests/{before}/shown/", sha256)
    assert unread.value.code == "signing.text_not_given"
    manager.get(f"/documents/{story.document_id}/")
    manager.post(f"/signature-requests/{before}/shown/", sha256)
    manager.post(f"/signature-requests/{before}/approve/")
    page.open().read_to_end().choose("ncalayer").sign_by_key(choice="asked")
    page.is_signed()


def test_nobody_signs_for_another(new_screen: NewScreen, sandbox: Sandbox, base_url: str) -> None:
    story = ready_letter(base_url, sandbox)
    request, document = story.kenes.read_to_sign(story.document_id)
    stranger = ready_letter(base_url, sandbox)
    screen = window(new_screen, stranger.kenes, "/cases", size=DESKTOP)
    screen.absent(f"/sign/{story.document_id}")
    shown = {"document_sha256": document["sha256"]}
    for kenes, path, body in (
        (stranger.kenes, f"/signature-requests/{request}/send-code/", shown),
        (stranger.kenes, f"/signature-requests/{request}/eds/", {"cms": "MIIB", **shown}),
        (stranger.kenes, f"/signature-requests/{request}/qr/", {}),
        (colleague(base_url, SUPERVISOR), f"/signature-requests/{request}/send-code/", shown),
    ):
        with pytest.raises(Refused) as refused:
            kenes.post(path, body)
        assert refused.value.status in {403, 404}, refused.value
    assert sandbox.messages(stranger.person.phone)
    _is_unsigned(story)


def test_a_paper_counts_when_a_manager_has_looked_at_it(
    new_screen: NewScreen, sandbox: Sandbox, base_url: str
) -> None:
    story = ready_letter(base_url, sandbox)
    manager = _manager_of(base_url, story)
    page = _signing(new_screen, story, "kk", size=PHONE)
    words = page.words
    page.read_to_end().choose("paper")
    page.screen.judge()
    _send_paper(page, words("signing.paper.upload"))
    _is_unsigned(story)
    request = manager.get(f"/documents/{story.document_id}/signing/")["signers"][0]
    assert request["status"] == "on_check"
    for kenes in (story.kenes, colleague(base_url, OTHER_MANAGER)):
        with pytest.raises(Refused) as refused:
            kenes.post(f"/signature-requests/{request['id']}/paper/confirm/")
        assert refused.value.status in {403, 404}, refused.value
    desk = window(new_screen, manager, f"/staff/cases/{story.case_id}/documents/{story.document_id}")
    desk.press("signers.paper.refuse")
    desk.page.get_by_role("dialog").get_by_role("textbox").fill("Не видно подписи")
    desk.judge()
    desk.press("signers.paper.refuseSubmit")
    desk.page.get_by_role("dialog").wait_for(state="detached")
    _send_paper(page.open().read_to_end().choose("paper"), words("signing.paper.upload"))
    desk.page.reload()
    desk.press("signers.paper.confirm")
    desk.page.get_by_role("dialog").get_by_role("button", name=desk.words("signers.paper.confirm")).click()
    desk.sees_word("signers.status.signed")
    desk.judge()
    page.is_signed()
    signed = story.kenes.get(f"/documents/{story.document_id}/signing/")["signers"][0]
    assert (signed["status"], signed["method"]) == ("signed", "paper")


def _send_paper(page: Signing, label: str) -> None:
    """Hand in the signed sheets."""
    field = page.page.get_by_label(label, exact=True)
    field.set_input_files({"name": "қол.pdf", "mimeType": "application/pdf", "buffer": pdf()})
    page.screen.sees_word("signing.paper.sent", seconds=60)
    page.screen.judge()
