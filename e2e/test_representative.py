"""A representative begins and sends the application of whom he represents; a power that was taken back opens nothing."""

import re
from datetime import date, timedelta
from typing import Any

import pytest
from playwright.sync_api import expect

from e2e.browser import NARROW
from e2e.drafts import enter
from e2e.kenes_client import Kenes, Refused, Sandbox
from e2e.people import Person, contract_number
from e2e.procedures import today
from e2e.roles import NewScreen, window
from e2e.stories import signed_up


@pytest.fixture
def pair(base_url: str, sandbox: Sandbox) -> tuple[Kenes, Person, Kenes, str]:
    """A principal, his representative who may act, and the id of the power between them."""
    principal, person = signed_up(base_url, sandbox)
    representative, other = signed_up(base_url, sandbox)
    principal.prove(sandbox, person.phone)
    return principal, person, representative, _power(principal, other.phone)


def _power(principal: Kenes, phone: str) -> str:
    now = date.fromisoformat(today(principal))
    given = {
        "representative_phone": phone, "scope": ["view", "act"], "number": "1842", "issued_by": "Нотариус Сарсенов",
        "valid_from": now.isoformat(), "valid_until": (now + timedelta(days=90)).isoformat(),
    }  # fmt: skip
    return str(principal.post("/me/powers/", given)["id"])


def _answers(filled: dict[str, Any], person: Person) -> dict[str, Any]:
    """What the form holds when every question is answered for this person."""
    debts = [{**debt, "contract_number": contract_number()} for debt in filled["debts"]]
    return {**filled, "person": {"full_name": person.full_name, "iin": person.iin}, "debts": debts}


def test_representative_begins_and_sends_the_application(
    new_screen: NewScreen, pair: tuple[Kenes, Person, Kenes, str], filled_draft: dict[str, Any]
) -> None:
    principal, person, representative, _power_id = pair
    screen = window(new_screen, representative, "/cases", size=NARROW)
    screen.sees_word("parties.actingFor.listTitle")
    screen.judge()
    screen.page.get_by_role("button", name=screen.words.shape("caseIntake.principal.begin")).click()
    screen.page.wait_for_url(re.compile("/apply/for/[0-9a-f-]{36}"))
    case_id = screen.page.url.rsplit("/", 1)[1]
    screen.page.get_by_role("heading", name=screen.words("caseIntake.form.parts.debts")).wait_for()
    screen.judge()
    # An empty form is not sent: it says what is missing.
    screen.press("caseIntake.form.submit")
    screen.sees_word("common.problemSummary")
    screen.judge()
    representative.put(f"/cases/{case_id}/draft/", {"step": "form", "data": _answers(filled_draft, person)})
    fresh = new_screen("ru", size=NARROW)
    enter(fresh, representative)
    fresh.go(f"/apply/for/{case_id}")
    fresh.page.get_by_role("heading", name=screen.words("caseIntake.form.parts.debts")).wait_for()
    expect(fresh.page.get_by_label(screen.words("apply.person.iin"))).to_have_value(person.iin)
    fresh.press("caseIntake.form.submit")
    fresh.page.wait_for_url(re.compile(f"/cases/{case_id}"))
    fresh.sees(re.compile(r"KH-2026-\d{6}"))
    fresh.sees_word("parties.actingFor.caseTitle")
    fresh.judge()
    own = window(new_screen, principal, f"/cases/{case_id}/history", size=NARROW)
    own.sees(re.compile("Представитель, от вашего имени"))
    own.judge()


def test_a_power_taken_back_opens_nothing(
    new_screen: NewScreen, pair: tuple[Kenes, Person, Kenes, str], filled_draft: dict[str, Any]
) -> None:
    principal, person, representative, power_id = pair
    me = representative.get("/session/")["user"]["represents"][0]["principal_id"]
    case_id = str(representative.post("/cases/", {"language": "ru", "borrower_id": me})["id"])
    body = {"step": "form", "data": _answers(filled_draft, person)}
    representative.put(f"/cases/{case_id}/draft/", body)
    principal.post(f"/me/powers/{power_id}/revoke/")
    screen = window(new_screen, representative, "/cases", size=NARROW)
    screen.heading("cases.title")
    screen.page.wait_for_load_state("networkidle")
    assert screen.page.get_by_text(screen.words("parties.actingFor.listTitle")).count() == 0
    assert (
        screen.page.get_by_role("button", name=screen.words.shape("caseIntake.principal.begin")).count() == 0
    )
    screen.absent(f"/cases/{case_id}")
    screen.go(f"/apply/for/{case_id}")
    screen.heading("states.notFoundTitle")
    screen.judge()
    for call in (
        lambda: representative.get(f"/cases/{case_id}/"),
        lambda: representative.put(f"/cases/{case_id}/draft/", body),
        lambda: representative.post("/cases/", {"language": "ru", "borrower_id": me}),
    ):
        with pytest.raises(Refused) as refused:
            call()
        assert refused.value.status in {403, 404}, refused.value
    assert principal.get(f"/cases/{case_id}/")["status"] == "draft"
