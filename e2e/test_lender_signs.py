"""An addendum to a loan: the borrower signs with his own key, the lender's officer with the key of his organisation, and no other."""

import re

import pytest
from playwright.sync_api import Response

from e2e.browser import DESKTOP, Screen
from e2e.kenes_client import Kenes, Refused, Sandbox
from e2e.machine import Machine
from e2e.people import make_iin
from e2e.procedures import take_case
from e2e.roles import MANAGER, OFFICER, OTHER_OFFICER, PASSWORD, SUPERVISOR, NewScreen, colleague, window
from e2e.rounds import ADDENDUM, last_page, made, sealed_file, told_by_mail
from e2e.screens.signing import Signing
from e2e.signing_phone import choose_key
from e2e.stories import applied

# The officer of the demonstration keeps the ИИН that his key has proved once.
OFFICER_IIN = make_iin("870214", 4, 5128) or ""
LENDER = "ТОО «МФО «Айқын Қаржы»"


@pytest.fixture
def officer(base_url: str) -> Kenes:
    kenes = colleague(base_url, OFFICER)
    # Keys are added by who has proved a moment ago that it is he.
    kenes.post("/auth/proof/", {"method": "password", "value": PASSWORD})
    return kenes


def _sent(manager: Kenes, document_id: str, officer_id: str) -> None:
    """Borrower first, the lender's officer second."""
    people = manager.get(f"/documents/{document_id}/signing/")["candidates"]
    borrower = next(row["person"]["id"] for row in people if row["party_role"] == "borrower")
    assert officer_id in [row["person"]["id"] for row in people if row["party_role"] == "creditor"]
    signers = [
        {"person_id": person, "role": "signer", "position": place, "expires_in_days": 14}
        for place, person in enumerate((borrower, officer_id), start=1)
    ]
    manager.post(f"/documents/{document_id}/signing/", {"is_ordered": True, "signers": signers})


def _is_hand_in(answer: Response) -> bool:
    return answer.request.method == "POST" and answer.url.endswith("/eds/")


def test_lender_signs_second_with_the_key_of_the_organisation(
    new_screen: NewScreen, sandbox: Sandbox, base_url: str, machine: Machine, officer: Kenes
) -> None:
    borrower, person, case_id = applied(base_url, sandbox)
    manager = colleague(base_url, MANAGER)
    take_case(manager, case_id, seen_by=colleague(base_url, SUPERVISOR))
    document_id = made(borrower, case_id, ADDENDUM)
    number = borrower.get(f"/documents/{document_id}/")["number"]
    stranger = colleague(base_url, OTHER_OFFICER)
    me = officer.get("/session/")["user"]
    # Before he is asked the addendum is nobody's at the lender.
    with pytest.raises(Refused):
        officer.get(f"/documents/{document_id}/")
    _sent(manager, document_id, me["id"])
    room = window(new_screen, officer, "/creditor", "kk")
    row = room.page.get_by_role("region", name=room.words("signers.mine.title")).get_by_role("listitem")
    row.filter(has_text=number).get_by_text(room.words("signers.mine.later")).wait_for()
    room.judge()
    own = window(new_screen, borrower, f"/sign/{document_id}", size=DESKTOP)
    page = Signing(own, document_id).read_to_end().choose("ncalayer")
    # A code is not enough for such a document.
    assert own.page.get_by_role("button", name=own.words("signing.getCode")).count() == 0
    page.sign_by_key(choice="asked", name=person.full_name)
    page.is_signed()
    own.sees(re.compile(re.escape(me["full_name"])))
    told_by_mail(machine, sandbox, OFFICER, number)
    row.filter(has_text=number).get_by_role("link", name=room.words("signers.mine.sign")).click()
    _signs_for_the_organisation(room, document_id, me["full_name"], has_iin=bool(me["has_iin"]))
    _is_sealed(borrower, document_id, person.full_name, me["full_name"])
    with pytest.raises(Refused) as refused:
        stranger.get(f"/documents/{document_id}/")
    assert refused.value.status == 404


def _signs_for_the_organisation(screen: Screen, document_id: str, name: str, *, has_iin: bool) -> None:
    page = Signing(screen, document_id)
    screen.page.wait_for_url(re.compile(f"/sign/{document_id}"))
    page.read_to_end()
    if not has_iin:
        screen.page.get_by_role("link", name=screen.words("signing.ways.fix.profile")).first.click()
        screen.page.wait_for_url(re.compile("/account/security"))
        choose_key(screen, iin=OFFICER_IIN, name=name)
        screen.press("security.eds.confirm")
        screen.sees_word("security.eds.done")
        page.open().read_to_end()
    page.choose("ncalayer")
    screen.judge()
    refusals = {}
    for choice in (
        {"choice": "head", "bin": "990140000385"},
        {"choice": "entity"},
        {"choice": "other_person"},
    ):
        with screen.page.expect_response(_is_hand_in) as waiting:
            page.sign_by_key(**choice)
        refusals[choice["choice"]] = waiting.value.json()["code"]
        screen.page.get_by_role("alert").first.wait_for()
    # Another's BIN, no person at all, another person.
    assert refusals == {
        "head": "signing.eds_other_organisation",
        "entity": "signing.eds_no_person",
        "other_person": "signing.eds_other_person",
    }
    screen.judge()
    page.sign_by_key(choice="asked", name=name, organisation=LENDER)
    page.is_signed()
    screen.judge()


def _is_sealed(borrower: Kenes, document_id: str, first: str, second: str) -> None:
    signers = borrower.get(f"/documents/{document_id}/signing/")["signers"]
    assert [(row["status"], row["method"]) for row in signers] == [("signed", "eds"), ("signed", "eds")]
    assert signers[1]["certificate"]["bin"]
    sealed = sealed_file(borrower, document_id)
    page = last_page(sealed)
    for words in (first, second, "Айқын Қаржы", f"БИН {signers[1]['certificate']['bin']}", "Подпись 2 из 2"):
        assert words in page, page
