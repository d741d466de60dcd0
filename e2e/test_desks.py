"""Desks of a mediator, a notary and an officer of the ombudsman: each has the own procedures, and no others."""

import re

import pytest

from e2e.browser import DESKTOP, Screen
from e2e.kenes_client import Kenes, Refused, Sandbox
from e2e.procedures import invitation_link, opened, step, today, track_of
from e2e.roles import MEDIATOR, NOTARY, OMBUDSMAN, SUPERVISOR, NewScreen, colleague, specialist, window
from e2e.stories import applied


@pytest.fixture
def chief(base_url: str) -> Kenes:
    return colleague(base_url, SUPERVISOR)


def _number(kenes: Kenes, case_id: str) -> str:
    return str(kenes.get(f"/cases/{case_id}/")["number"])


def _sent(borrower: Kenes, chief: Kenes, case_id: str, kind: str) -> None:
    """A letter of the procedure that was signed on paper and has gone out."""
    step(chief, case_id, kind, "letter_ready")
    step(borrower, case_id, kind, "sign")
    step(borrower, case_id, kind, "send", date=today(borrower))


def _mediation(borrower: Kenes, chief: Kenes, case_id: str) -> None:
    opened(chief, case_id, "MEDIATION")
    step(borrower, case_id, "MEDIATION", "consent_borrower")
    step(chief, case_id, "MEDIATION", "consent_creditor", date=today(chief))


def _objection(borrower: Kenes, chief: Kenes, case_id: str) -> None:
    opened(chief, case_id, "NOTARY_OBJECTION")
    step(borrower, case_id, "NOTARY_OBJECTION", "prepare", date=today(borrower, ago=3))
    _sent(borrower, chief, case_id, "NOTARY_OBJECTION")


def _press_step(screen: Screen, number: str, label: str, *, given_number: str = "") -> None:
    """Make a step from the card of the case; its day is filled in, the number is typed."""
    page, words = screen.page, screen.words
    card = page.get_by_role("listitem").filter(has_text=number).first
    card.get_by_role("button", name=label, exact=True).click()
    dialog = page.get_by_role("dialog")
    if given_number:
        dialog.get_by_label(words("specialistDesk.step.number")).fill(given_number)
    screen.judge()
    dialog.get_by_role("button", name=words("specialistDesk.step.submit")).click()
    dialog.wait_for(state="detached")


def _is_refused(kenes: Kenes, case_id: str, kind: str, action: str) -> None:
    """A step of another procedure of the same case is not theirs to make."""
    with pytest.raises(Refused) as refused:
        step(kenes, case_id, kind, action, date=today(kenes), reason="Не моё дело")
    assert refused.value.status == 403, refused.value


def test_mediator_signs_plans_and_ends_with_an_agreement(
    new_screen: NewScreen, sandbox: Sandbox, base_url: str, chief: Kenes
) -> None:
    borrower, person, case_id = applied(base_url, sandbox)
    _mediation(borrower, chief, case_id)
    mediator = specialist(base_url, sandbox, MEDIATOR)
    screen = window(new_screen, mediator, "/desk", size=DESKTOP)
    screen.absent(f"/desk/cases/{case_id}")
    chief.post(f"/cases/{case_id}/parties/", {"role": "mediator", "phone": MEDIATOR})
    step(borrower, case_id, "MEDIATION", "choose_mediator")
    number = _number(borrower, case_id)
    screen.go("/desk")
    screen.page.get_by_role("listitem").filter(has_text=person.full_name).filter(
        has_text=number
    ).first.wait_for()
    screen.judge()
    _press_step(screen, number, "Договор о медиации подписан", given_number="М-17")
    _plan_session(screen, number)
    _press_step(screen, number, _label(mediator, case_id, "begin_sessions"))
    _press_step(screen, number, _label(mediator, case_id, "sign_agreement"), given_number="С-17")
    assert track_of(borrower, case_id, "MEDIATION")["state"] == "AGREEMENT_SIGNED"
    # An objection to a notary in the same case is the notary's.
    _objection(borrower, chief, case_id)
    _is_refused(mediator, case_id, "NOTARY_OBJECTION", "cancel_inscription")
    screen.refused("/staff/cases")


def _label(kenes: Kenes, case_id: str, action: str) -> str:
    """The words on the button of a step, as the desk shows them."""
    rows = kenes.get("/desk/procedures/", role=kenes.get("/desk/counts/")["roles"][0])["items"]
    row = next(row for row in rows if row["case_id"] == case_id)
    return str(next(one["label"] for one in row["allowed_actions"] if one["action"] == action))


def _plan_session(screen: Screen, number: str) -> None:
    page, words = screen.page, screen.words
    screen.press("specialistDesk.sessions.plan")
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("button", name=words("specialistDesk.sessions.save")).click()
    dialog.locator("[aria-invalid=true], [role=alert]").first.wait_for()
    screen.judge()
    choice = dialog.get_by_label(words("specialistDesk.sessions.case"))
    choice.select_option(choice.get_by_role("option", name=re.compile(number)).get_attribute("value"))
    dialog.get_by_label(words("specialistDesk.sessions.day")).fill("15.12.2027")
    dialog.get_by_label(words("specialistDesk.sessions.place")).fill("https://meet.example.com/kenes")
    dialog.get_by_role("button", name=words("specialistDesk.sessions.save")).click()
    dialog.wait_for(state="detached")
    page.get_by_role("listitem").filter(has_text=number).filter(has_text="meet.example.com").wait_for()


def test_notary_takes_an_objection_and_cancels_the_inscription(
    new_screen: NewScreen, sandbox: Sandbox, base_url: str, chief: Kenes
) -> None:
    borrower, person, case_id = applied(base_url, sandbox)
    _mediation(borrower, chief, case_id)
    _objection(borrower, chief, case_id)
    chief.post(f"/cases/{case_id}/parties/", {"role": "notary", "phone": NOTARY})
    notary, number = specialist(base_url, sandbox, NOTARY), _number(borrower, case_id)
    screen = window(new_screen, notary, "/desk")
    screen.page.get_by_role("listitem").filter(has_text=number).filter(
        has_text=person.full_name
    ).first.wait_for()
    screen.judge()
    _press_step(screen, number, _label(notary, case_id, "receive"), given_number="Вх-204")
    _press_step(screen, number, _label(notary, case_id, "cancel_inscription"), given_number="Исх-88")
    assert track_of(borrower, case_id, "NOTARY_OBJECTION")["state"] == "CANCELLED_BY_NOTARY"
    _is_refused(notary, case_id, "MEDIATION", "choose_mediator")
    assert screen.page.get_by_text(screen.words("specialistDesk.nav.requests"), exact=True).count() == 0
    with pytest.raises(Refused) as refused:
        notary.get("/desk/requests/")
    assert refused.value.status == 403
    with pytest.raises(Refused) as refused:
        notary.get("/desk/procedures/", role="mediator")
    assert refused.value.status == 403


def test_officer_of_the_ombudsman_joins_accepts_and_decides(
    new_screen: NewScreen, sandbox: Sandbox, base_url: str, chief: Kenes
) -> None:
    borrower, person, case_id = applied(base_url, sandbox)
    _appeal(borrower, chief, case_id)
    _mediation(borrower, chief, case_id)
    officer, number = colleague(base_url, OMBUDSMAN), _number(borrower, case_id)
    wish = {
        "role": "ombudsman_officer",
        "email": OMBUDSMAN,
        "full_name": "",
        "language": "ru",
        "borrower_agrees": True,
    }
    chief.post(f"/cases/{case_id}/party-invitations/", wish)
    screen = window(new_screen, officer, "/desk")
    screen.absent(f"/desk/cases/{case_id}")
    _join(screen, invitation_link(sandbox, OMBUDSMAN))
    screen.go("/desk")
    screen.page.get_by_role("listitem").filter(has_text=number).filter(
        has_text=person.full_name
    ).first.wait_for()
    screen.judge()
    _press_step(screen, number, _label(officer, case_id, "accept"), given_number="О-311")
    _press_step(screen, number, _label(officer, case_id, "decide_for"), given_number="Р-311")
    now = borrower.get(f"/cases/{case_id}/")["now"]
    assert track_of(borrower, case_id, "OMBUDSMAN")["state"] == "DECISION_FOR"
    assert any(item["is_yours"] and item["action"]["kind"] == "decide" for item in now), now
    _is_refused(officer, case_id, "MEDIATION", "choose_mediator")
    for path in ("/desk/requests/", "/desk/pages/lawyer/"):
        with pytest.raises(Refused) as refused:
            officer.get(path)
        assert refused.value.status in {403, 404}, path
    screen.refused("/staff/cases")


def _appeal(borrower: Kenes, chief: Kenes, case_id: str) -> None:
    """Written proof that the lender was asked first, then the appeal as far as to the office."""
    debt = borrower.get(f"/cases/{case_id}/")["obligations"][0]["id"]
    fact = {
        "kind": "APPLICATION_RECEIVED",
        "date": today(borrower, ago=20),
        "text": "",
        "obligation_id": debt,
    }
    borrower.post(f"/cases/{case_id}/facts/", fact)
    opened(chief, case_id, "OMBUDSMAN")
    step(chief, case_id, "OMBUDSMAN", "confirm")
    _sent(borrower, chief, case_id, "OMBUDSMAN")


def _join(screen: Screen, link: str) -> None:
    """The link of the mail: what it is about is masked until one takes part."""
    screen.page.goto(link)
    screen.heading("join.title")
    screen.page.get_by_role("button", name=screen.words("join.accept")).wait_for()
    screen.judge()
    screen.press("join.accept")
    screen.page.wait_for_url(re.compile("/desk/cases/[0-9a-f-]{36}"))
