"""A round in the hands of who began it: reminded with a pause, over when the time is over, declined, chosen anew, taken back."""

import re

import pytest

from e2e.browser import DESKTOP, PHONE, Screen
from e2e.kenes_client import Refused, Sandbox
from e2e.machine import Machine
from e2e.roles import NewScreen, window
from e2e.rounds import Deal, made_earlier, told_by_mail, told_by_sms
from e2e.screens.signing import Signing

REASON = "Цена услуг не та, о которой мы договорились."


@pytest.fixture
def deal(base_url: str, sandbox: Sandbox) -> Deal:
    return Deal(base_url, sandbox)


def _desk(new_screen: NewScreen, deal: Deal) -> Screen:
    """The manager's page of the contract."""
    return window(new_screen, deal.manager, f"/staff/cases/{deal.case_id}/documents/{deal.document_id}")


def _borrower_signed(deal: Deal) -> dict[str, str]:
    """Borrower first, second second, in order; the borrower has signed by a code."""
    requests = deal.send_round(("borrower", "signer"), ("co_borrower", "signer"))
    _sign_by_code(deal, requests["borrower"])
    return requests


def _sign_by_code(deal: Deal, request: str) -> None:
    sha256 = {"document_sha256": deal.document()["sha256"]}
    known = len(deal.sandbox.messages(deal.person.phone))
    deal.borrower.post(f"/signature-requests/{request}/shown/", sha256)
    deal.borrower.post(f"/signature-requests/{request}/send-code/", sha256)
    code = deal.sandbox.new_code(deal.person.phone, known)
    deal.borrower.post(f"/signature-requests/{request}/confirm/", {"code": code})


def test_a_reminder_by_hand_keeps_its_pause(
    new_screen: NewScreen, sandbox: Sandbox, machine: Machine, deal: Deal
) -> None:
    requests = deal.send_round(("borrower", "signer"), ("co_borrower", "signer"))
    second, first = requests["co_borrower"], requests["borrower"]
    desk = _desk(new_screen, deal)
    name = deal.row("borrower")["person"]["name"]
    button = desk.page.get_by_role("button", name=desk.words.with_("signers.remindWho", name=name))
    desk.sees(re.compile(re.escape(name)))
    # Just asked: neither a button nor an address reminds him within a day.
    assert button.count() == 0
    with pytest.raises(Refused) as refused:
        deal.manager.post(f"/signature-requests/{first}/remind/")
    assert refused.value.status == 429, refused.value
    # Whoever waits for another is reminded by nobody.
    with pytest.raises(Refused) as refused:
        deal.manager.post(f"/signature-requests/{second}/remind/")
    assert refused.value.code == "signing.not_your_turn"
    # Only who keeps the round reminds.
    with pytest.raises(Refused) as refused:
        deal.second.post(f"/signature-requests/{first}/remind/")
    assert refused.value.status in {403, 404}
    told_by_sms(machine, sandbox, deal.person.phone, deal.document()["number"], 0)
    known = len(sandbox.messages(deal.person.phone))
    made_earlier(machine, first, hours=25)
    desk.page.reload()
    desk.judge()
    button.click()
    desk.sees(desk.words.with_("signers.remindDone", name=name))
    button.wait_for(state="detached")
    desk.sees_word("signers.reminded")
    desk.judge()
    told_by_sms(machine, sandbox, deal.person.phone, deal.document()["number"], known)
    with pytest.raises(Refused) as refused:
        deal.manager.post(f"/signature-requests/{first}/remind/")
    assert refused.value.status == 429
    # Two days before his time ends he is reminded by itself.
    known = len(sandbox.messages(deal.person.phone))
    made_earlier(machine, first, hours=25)
    machine.sql(
        "UPDATE signing_signaturerequest SET expires_at = now() + interval '2 days' WHERE id = %s", first
    )
    machine.run_timer("signing.remind")
    told_by_sms(machine, sandbox, deal.person.phone, deal.document()["number"], known)


def test_time_that_is_over_ends_the_round_for_all(
    new_screen: NewScreen, sandbox: Sandbox, machine: Machine, deal: Deal
) -> None:
    requests = _borrower_signed(deal)
    second = window(new_screen, deal.second, f"/sign/{deal.document_id}", size=DESKTOP)
    Signing(second, deal.document_id).read_to_end()
    second.page.get_by_role("button", name=second.words("signing.getCode")).wait_for()
    machine.sql(
        "UPDATE signing_signaturerequest SET expires_at = now() - interval '1 minute' WHERE id = %s",
        requests["co_borrower"],
    )
    # The timer has not come round yet: the time is over all the same.
    second.press("signing.getCode")
    second.page.get_by_role("alert").first.wait_for()
    second.judge()
    machine.run_timer("signing.expire_requests")
    desk = _desk(new_screen, deal)
    desk.sees_word("signers.round.expired", seconds=60)
    desk.sees_word("signers.status.expired")
    desk.sees_word("signers.status.signed")
    desk.judge()
    second.absent(f"/sign/{deal.document_id}")
    assert deal.row("co_borrower")["status"] == "expired"
    assert deal.document()["status"] == "ready_to_sign"
    late = f"/signature-requests/{requests['co_borrower']}/eds/"
    with pytest.raises(Refused) as refused:
        deal.second.post(late, {"cms": "MIIB", "document_sha256": "a" * 64})
    assert refused.value.status in {404, 409}


def test_the_second_declines_and_the_document_goes_round_anew(
    new_screen: NewScreen, sandbox: Sandbox, machine: Machine, deal: Deal
) -> None:
    _borrower_signed(deal)
    desk = _desk(new_screen, deal)
    desk.sees_word("signers.status.signed")
    screen = window(new_screen, deal.second, f"/sign/{deal.document_id}", "en", size=PHONE)
    screen.press("signing.declineButton")
    dialog = screen.page.get_by_role("dialog")
    dialog.get_by_role("textbox").fill(REASON)
    screen.judge()
    dialog.get_by_role("button", name=screen.words("signing.decline.confirm")).click()
    screen.heading("signing.declined.title")
    screen.judge()
    # The page of the manager shows it by itself, with the reason.
    desk.sees_word("signers.round.declined")
    desk.sees(desk.words.with_("signers.declinedWhy", reason=REASON))
    desk.sees_word("signers.status.signed")
    desk.judge()
    assert deal.document()["status"] == "ready_to_sign"
    number = deal.document()["number"]
    told_by_mail(machine, sandbox, str(deal.manager.get("/session/")["user"]["email"]), number)
    # A new round asks everybody anew: a signature of the round that was declined does not count in it.
    desk.press("signers.choose")
    desk.page.get_by_role("dialog").get_by_role("button", name=desk.words("signers.form.submit")).click()
    desk.page.get_by_role("dialog").wait_for(state="detached")
    desk.sees_word("signers.now")
    assert [(row["party_role"], row["status"]) for row in deal.round()["signers"]] == [
        ("borrower", "pending")
    ]


def test_a_round_is_chosen_anew_and_taken_back(
    new_screen: NewScreen, sandbox: Sandbox, machine: Machine, deal: Deal
) -> None:
    requests = _borrower_signed(deal)
    desk = _desk(new_screen, deal)
    desk.press("signers.replace")
    dialog = desk.page.get_by_role("dialog")
    # What was signed stays signed, and is not asked for once more.
    borrower, second = deal.row("borrower")["person"]["name"], deal.row("co_borrower")["person"]["name"]
    dialog.get_by_text(desk.words.with_("signers.form.answered", names=borrower)).wait_for()
    dialog.get_by_role("checkbox", name=re.compile(re.escape(second))).uncheck()
    manager = deal.manager.get("/session/")["user"]["full_name"]
    dialog.get_by_role("checkbox", name=re.compile(re.escape(manager))).check()
    desk.judge()
    dialog.get_by_role("button", name=desk.words("signers.form.submitReplace")).click()
    dialog.wait_for(state="detached")
    desk.page.get_by_role("link", name=desk.words("signers.readAndSign")).wait_for()
    rows = {row["party_role"]: row["status"] for row in deal.round()["signers"]}
    assert rows == {"borrower": "signed", "manager": "pending"}
    _is_out(new_screen, deal, requests["co_borrower"])
    desk.press("signers.cancel")
    desk.judge()
    dialog.get_by_role("button", name=desk.words("signers.cancel")).click()
    desk.sees_word("signers.round.cancelled")
    desk.judge()
    assert deal.round()["status"] == "cancelled"
    assert deal.document()["status"] == "ready_to_sign"


def _is_out(new_screen: NewScreen, deal: Deal, request: str) -> None:
    """Who was left out has nothing waiting, and the address that he kept signs nothing."""
    number = deal.document()["number"]
    waiting = deal.second.get("/signature-requests/", state="waiting")["items"]
    assert number not in [row["document"]["number"] for row in waiting]
    sha256 = {"document_sha256": deal.document()["sha256"]}
    for path, body in ((f"/signature-requests/{request}/shown/", sha256), (f"/signature-requests/{request}/send-code/", sha256)):  # fmt: skip
        with pytest.raises(Refused) as refused:
            deal.second.post(path, body)
        assert refused.value.status in {404, 409}, refused.value
    window(new_screen, deal.second, "/cases", size=PHONE).absent(f"/sign/{deal.document_id}")
