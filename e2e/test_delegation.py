"""A representative signs for his principal by a power that was checked; without one, or after it was taken back, nobody does."""

import re

import pytest

from e2e.browser import DESKTOP, NARROW, PHONE, Screen
from e2e.kenes_client import Kenes, Refused, Sandbox
from e2e.machine import Machine
from e2e.people import Person
from e2e.roles import SUPERVISOR, NewScreen, colleague, window
from e2e.rounds import last_page, named, power_to_sign, told_by_sms
from e2e.screens.letter import Letter
from e2e.screens.signing import Signing
from e2e.stories import Story, ready_letter

NAME = "Досымова Салтанат Ануаровна"


@pytest.fixture
def helper(base_url: str, sandbox: Sandbox) -> tuple[Kenes, Person]:
    return named(base_url, sandbox, NAME)


@pytest.fixture
def chief(base_url: str) -> Kenes:
    return colleague(base_url, SUPERVISOR)


def _delegate(screen: Screen, document_id: str) -> None:
    """The borrower hands his signature over on the page of signing."""
    page, words = screen.page, screen.words
    Signing(screen, document_id).read_to_end()
    screen.press("signing.delegate.button")
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("radio", name=NAME).check(force=True)
    screen.judge()
    dialog.get_by_role("button", name=words("signing.delegate.submit")).click()
    screen.heading("signing.delegate.doneTitle")
    screen.sees(re.compile(NAME))
    screen.judge()


def _signers(kenes: Kenes, story: Story) -> list[dict[str, str]]:
    return list(kenes.get(f"/documents/{story.document_id}/signing/")["signers"])


def test_representative_signs_for_the_borrower(
    new_screen: NewScreen,
    sandbox: Sandbox,
    base_url: str,
    machine: Machine,
    helper: tuple[Kenes, Person],
    chief: Kenes,
) -> None:
    kenes, other = helper
    story = ready_letter(base_url, sandbox)
    power_to_sign(story.kenes, story.person, sandbox, other.phone, checked_by=chief)
    number = story.document()["number"]
    known = len(sandbox.messages(other.phone))
    # Before it was handed over it is not his to sign.
    assert kenes.get("/signature-requests/", state="waiting")["items"] == []
    own = window(new_screen, kenes, "/cases", "kk", size=NARROW)
    _delegate(window(new_screen, story.kenes, f"/sign/{story.document_id}", size=PHONE), story.document_id)
    card = own.page.get_by_role("region", name=own.words("signers.mine.title"))
    row = card.get_by_role("listitem").filter(has_text=number)
    row.get_by_text(own.words.with_("signers.mine.instead", name=story.person.full_name)).wait_for()
    own.judge()
    told_by_sms(machine, sandbox, other.phone, number, known)
    row.get_by_role("link", name=own.words("signers.mine.sign")).click()
    own.page.wait_for_url(re.compile(f"/sign/{story.document_id}"))
    Signing(own, story.document_id).read_to_end()
    letter = Letter(own, sandbox, other.phone)
    letter.sign()
    own.judge()
    story.require_status("accepted")
    (signed,) = _signers(story.kenes, story)
    assert (signed["person"]["name"], signed["status"], signed["method"]) == (NAME, "signed", "sms")  # type: ignore[index]
    assert signed["delegated_by"]["name"] == story.person.full_name  # type: ignore[index]
    page = last_page(story.kenes.content(f"/documents/{story.document_id}/file/", format="sealed"))
    assert NAME in page, page
    assert f"От имени: {story.person.full_name}, по доверенности" in page, page


def test_a_power_taken_back_signs_nothing_any_more(
    new_screen: NewScreen, sandbox: Sandbox, base_url: str, helper: tuple[Kenes, Person], chief: Kenes
) -> None:
    kenes, other = helper
    story = ready_letter(base_url, sandbox)
    power = power_to_sign(story.kenes, story.person, sandbox, other.phone, checked_by=chief)
    _delegate(window(new_screen, story.kenes, f"/sign/{story.document_id}", size=DESKTOP), story.document_id)
    (given,) = _signers(story.kenes, story)
    screen = window(new_screen, kenes, f"/sign/{story.document_id}", size=DESKTOP)
    Signing(screen, story.document_id).read_to_end()
    story.kenes.post(f"/me/powers/{power}/revoke/")
    screen.press("signing.getCode")
    screen.page.get_by_role("alert").first.wait_for()
    screen.judge()
    sha256 = {"document_sha256": story.document()["sha256"]}
    for path, body in (
        (f"/signature-requests/{given['id']}/send-code/", sha256),
        (f"/signature-requests/{given['id']}/confirm/", {"code": "123456"}),
        (f"/signature-requests/{given['id']}/eds/", {"cms": "MIIB", **sha256}),
        (f"/signature-requests/{given['id']}/qr/", {}),
    ):
        with pytest.raises(Refused) as refused:
            kenes.post(path, body)
        assert refused.value.status in {403, 404, 409}, refused.value
    screen.absent(f"/sign/{story.document_id}")
    assert story.document()["status"] == "ready_to_sign"


def test_nobody_signs_for_another_without_a_checked_power(
    new_screen: NewScreen, sandbox: Sandbox, base_url: str, helper: tuple[Kenes, Person]
) -> None:
    kenes, other = helper
    story = ready_letter(base_url, sandbox)
    # It has its paper, but nobody has looked at it.
    power_to_sign(story.kenes, story.person, sandbox, other.phone, checked_by=None)
    screen = window(new_screen, story.kenes, f"/sign/{story.document_id}", size=PHONE)
    Signing(screen, story.document_id).read_to_end()
    screen.page.wait_for_load_state("networkidle")
    assert screen.page.get_by_role("button", name=screen.words("signing.delegate.button")).count() == 0
    assert story.kenes.get("/signature-requests/representatives/")["items"] == []
    request, _document = story.kenes.read_to_sign(story.document_id)
    his_id = kenes.get("/session/")["user"]["id"]
    with pytest.raises(Refused) as refused:
        story.kenes.post(f"/signature-requests/{request}/delegate/", {"person_id": his_id})
    assert refused.value.status == 400, refused.value
    assert refused.value.problem["errors"][0]["code"] == "no_power"
    own = window(new_screen, kenes, "/cases", size=NARROW)
    own.absent(f"/sign/{story.document_id}")
    with pytest.raises(Refused) as refused:
        kenes.post(f"/signature-requests/{request}/send-code/", {"document_sha256": "a" * 64})
    assert refused.value.status == 404
    assert [row["status"] for row in _signers(story.kenes, story)] == ["pending"]
