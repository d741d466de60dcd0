"""Two who sign in their order, each in the own way; somebody approves, somebody gets a copy; the lender signs with the key of his post."""

import re

import pytest

from e2e.browser import DESKTOP, PHONE, Screen
from e2e.kenes_client import Kenes, Refused, Sandbox
from e2e.machine import Machine
from e2e.people import Person
from e2e.roles import NewScreen, window
from e2e.rounds import Deal, last_page, named, power_to_sign, told_by_sms
from e2e.screens.letter import Letter
from e2e.screens.signing import Signing
from e2e.signing_phone import choose_key


@pytest.fixture
def deal(base_url: str, sandbox: Sandbox) -> Deal:
    return Deal(base_url, sandbox)


def _row(screen: Screen, name: str) -> None:
    """Take somebody into the round that is being put together, unless he stands there already."""
    screen.page.get_by_role("dialog").get_by_role("checkbox", name=re.compile(re.escape(name))).check()


def _put_together(screen: Screen, deal: Deal, names: dict[str, str]) -> None:
    """The manager chooses: borrower and second sign in this order, then he approves; the representative gets a copy."""
    page, words = screen.page, screen.words
    screen.press("signers.choose")
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("checkbox", name=re.compile(re.escape(words("signers.form.ordered")))).check()
    for party in ("co_borrower", "manager", "representative"):
        _row(screen, names[party])
    people = dialog.get_by_role("list", name=words("signers.form.people"))
    for party, role in (("manager", "approver"), ("representative", "copy")):
        own = people.get_by_role("listitem").filter(has_text=names[party])
        own.get_by_label(words("signers.form.role")).select_option(role)
    screen.judge()
    # Last comes who gets the finished document alone.
    dialog.get_by_role("button", name=words.with_("signers.form.down", name=names["representative"])).click()
    people.get_by_role("listitem").filter(has_text=f"4. {names['representative']}").wait_for()
    dialog.get_by_role("button", name=words("signers.form.submit")).click()
    dialog.wait_for(state="detached")
    screen.sees_word("signers.ordered")
    screen.judge()


def _prove_own_iin(screen: Screen, person: Person, name: str) -> None:
    """The page of signing leads who has given no ИИН yet to where his key gives it."""
    link = screen.page.get_by_role("link", name=screen.words("signing.ways.fix.profile")).first
    link.wait_for()
    screen.judge()
    link.click()
    screen.page.wait_for_url(re.compile("/account/security"))
    choose_key(screen, iin=person.iin, name=name)
    screen.press("security.eds.confirm")
    screen.sees_word("security.eds.done")


def test_second_signs_only_after_the_first_and_each_in_the_own_way(
    new_screen: NewScreen, sandbox: Sandbox, base_url: str, machine: Machine, deal: Deal
) -> None:
    kenes, other = named(base_url, sandbox, "Төлегенова Мәдина Асхатқызы")
    power_to_sign(deal.borrower, deal.person, sandbox, other.phone, checked_by=deal.chief)
    names = {row["party_role"]: row["person"]["name"] for row in deal.round()["candidates"]}
    # Keys are added by who has proved a moment ago that it is he.
    deal.second.prove(sandbox, deal.second_person.phone)
    known = len(sandbox.messages(deal.second_person.phone))
    manager = window(new_screen, deal.manager, f"/staff/cases/{deal.case_id}/documents/{deal.document_id}")
    _put_together(manager, deal, names)
    number = deal.document()["number"]
    second = window(new_screen, deal.second, "/cases", size=DESKTOP)
    _waits(second, number, is_turn=False)
    early = window(new_screen, deal.second, f"/sign/{deal.document_id}", size=DESKTOP)
    early.heading("signing.turn.title")
    early.sees(re.compile(re.escape(names["borrower"])))
    early.judge()
    _cannot_jump_the_queue(deal)
    _first_signs(new_screen, deal)
    # His turn has come: both windows that he has open say so by themselves, and he is told where he is not.
    _waits(second, number, is_turn=True)
    told_by_sms(machine, sandbox, deal.second_person.phone, number, known)
    _second_signs(early, deal, names["co_borrower"])
    _approves(manager, deal, number)
    _is_sealed_with_both(deal, names)
    _gets_a_copy(new_screen, deal, kenes, number)


def _waits(screen: Screen, number: str, *, is_turn: bool) -> None:
    """The document stands among what waits for the reader."""
    words = screen.words
    card = screen.page.get_by_role("region", name=words("signers.mine.title"))
    row = card.get_by_role("listitem").filter(has_text=number)
    row.get_by_role("link", name=words(f"signers.mine.{'sign' if is_turn else 'open'}")).wait_for()
    if not is_turn:
        row.get_by_text(words("signers.mine.later")).wait_for()
    screen.judge()


def _cannot_jump_the_queue(deal: Deal) -> None:
    """No way to sign opens before the turn, whoever knows the addresses."""
    second, first = deal.row("co_borrower")["id"], deal.row("borrower")["id"]
    sha256 = {"document_sha256": deal.document()["sha256"]}
    deal.second.get(f"/documents/{deal.document_id}/")
    deal.second.post(f"/signature-requests/{second}/shown/", sha256)
    for path, body, status in (
        (f"/signature-requests/{second}/send-code/", sha256, 409),
        (f"/signature-requests/{second}/confirm/", {"code": "123456"}, 409),
        (f"/signature-requests/{second}/eds/", {"cms": "MIIB", **sha256}, 409),
        (f"/signature-requests/{second}/qr/", {}, 409),
        # The request of the first is nobody else's.
        (f"/signature-requests/{first}/send-code/", sha256, 404),
        (f"/signature-requests/{first}/eds/", {"cms": "MIIB", **sha256}, 404),
    ):
        with pytest.raises(Refused) as refused:
            deal.second.post(path, body)
        assert refused.value.status == status, refused.value
    assert [row["status"] for row in deal.round()["signers"]] == ["pending", "pending", "pending", "copy"]


def _first_signs(new_screen: NewScreen, deal: Deal) -> None:
    screen = window(new_screen, deal.borrower, f"/sign/{deal.document_id}", "kk", size=PHONE)
    letter = Letter(screen, deal.sandbox, deal.person.phone)
    Signing(screen, deal.document_id).read_to_end().choose("sms")
    known = letter.ask_code()
    letter.enter(deal.sandbox.new_code(deal.person.phone, known))
    screen.heading("signing.signed.title")
    screen.sees_word("signing.signed.waitOthers")
    screen.judge()
    assert deal.document()["status"] == "ready_to_sign"


def _second_signs(screen: Screen, deal: Deal, name: str) -> None:
    """The same window, which has waited: nothing was opened anew."""
    page = Signing(screen, deal.document_id).read_to_end()
    _prove_own_iin(screen, deal.second_person, name)
    page.open().read_to_end()
    page.choose("ncalayer")
    screen.judge()
    page.sign_by_key(choice="other_person")
    page.is_refused_with(screen.words("eds.nextStep.otherPerson"))
    assert deal.row("co_borrower")["status"] in {"pending", "in_progress"}
    page.sign_by_key(choice="asked", name=name)
    page.is_signed()
    assert deal.document()["status"] == "ready_to_sign"


def _approves(screen: Screen, deal: Deal, number: str) -> None:
    """The manager's page knows by itself whose turn it is; he reads and approves, and offers himself no way to sign."""
    page, words = screen.page, screen.words
    screen.press("signers.readAndApprove")
    page.wait_for_url(re.compile(f"/sign/{deal.document_id}"))
    Signing(screen, deal.document_id).read_to_end()
    screen.sees(words.with_("signing.approve.text", number=number))
    assert page.get_by_role("radio").count() == 0
    screen.judge()
    screen.press("signing.approve.button")
    screen.heading("signing.signed.approvedTitle")
    screen.judge()


def _is_sealed_with_both(deal: Deal, names: dict[str, str]) -> None:
    page = last_page(deal.sealed())
    for party in ("borrower", "co_borrower", "manager"):
        assert names[party] in page, page
    assert names["representative"] not in page
    for words in ("Подпись 1 из 2", "Подпись 2 из 2", "код из SMS", "NCALayer", "Согласовано без подписи"):
        assert words in page, page
    rows = {row["party_role"]: (row["status"], row["method"]) for row in deal.round()["signers"]}
    assert rows == {
        "borrower": ("signed", "sms"),
        "co_borrower": ("signed", "eds"),
        "manager": ("approved", ""),
        "representative": ("copy", ""),
    }


def _gets_a_copy(new_screen: NewScreen, deal: Deal, kenes: Kenes, number: str) -> None:
    """Who gets a copy is asked nothing, and opens the finished document."""
    assert kenes.get("/signature-requests/", state="waiting")["items"] == []
    done = kenes.get("/signature-requests/", state="done")["items"]
    assert [row["document"]["number"] for row in done] == [number]
    screen = window(new_screen, kenes, f"/documents/{deal.document_id}", size=PHONE)
    screen.heading("signers.titleDone")
    screen.judge()
    copy = kenes.content(f"/documents/{deal.document_id}/file/", format="sealed")
    assert copy == deal.sealed()
