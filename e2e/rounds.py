"""Documents that several people sign, told through the API: who takes part, what goes round, powers to sign, what time does."""

import email
import email.policy
import io
import re
import subprocess
from datetime import date, timedelta
from tempfile import NamedTemporaryFile
from typing import Any

from pypdf import PdfReader

from e2e.kenes_client import Kenes, Refused, Sandbox, wait_for
from e2e.machine import Machine
from e2e.made_files import pdf
from e2e.people import Person
from e2e.procedures import take_case, today
from e2e.roles import MANAGER, SUPERVISOR, colleague
from e2e.stories import applied, signed_up

CONTRACT, ADDENDUM = "SERVICE_CONTRACT", "ADDENDUM_RESTRUCT"
_ANSWERS: dict[str, dict[str, Any]] = {
    ADDENDUM: {
        "addendum.place": "г. Алматы",
        "addendum.lender_head": "Смағұлова Әсел Бақытқызы",
        "addendum.lender_post": "DEPUTY",
        "addendum.lender_basis": "CHARTER",
        "addendum.effective_on": "2027-01-01",
        "addendum.rows": [
            {"day": "2027-06-14", "principal": 3_450_000, "interest": 2_550_000, "total": 6_000_000},
            {"day": "2027-07-14", "principal": 3_520_000, "interest": 2_480_000, "total": 6_000_000},
        ],
        "addendum.rows_total": 12_000_000,
    },
    CONTRACT: {
        "service.lines": [{"name": "Подготовка и отправка заявления кредитору", "price": 1_500_000}],
        "service.total": 1_500_000,
        "service.payment": "AFTER",
        "service.until": "2027-02-18",
    },
}


class Deal:
    """A contract that waits for its signers: a borrower, his co-borrower, and the manager of the case."""

    def __init__(self, base_url: str, sandbox: Sandbox) -> None:
        self.sandbox = sandbox
        self.borrower, self.person, self.case_id = applied(base_url, sandbox)
        self.chief = colleague(base_url, SUPERVISOR)
        self.manager = colleague(base_url, MANAGER)
        take_case(self.manager, self.case_id, seen_by=self.chief)
        self.second, self.second_person = co_borrower(base_url, sandbox, self.borrower, self.case_id)
        self.document_id = made(self.borrower, self.case_id, CONTRACT)

    def document(self) -> dict[str, Any]:
        return dict(self.borrower.get(f"/documents/{self.document_id}/"))

    def round(self, reader: Kenes | None = None) -> dict[str, Any]:
        """Who signs, as the manager or another reader sees it."""
        return dict((reader or self.manager).get(f"/documents/{self.document_id}/signing/"))

    def row(self, party_role: str) -> dict[str, Any]:
        """The row of the one who takes part as this."""
        return dict(next(row for row in self.round()["signers"] if row["party_role"] == party_role))

    def send_round(
        self, *wishes: tuple[str, str], is_ordered: bool = True, replace: bool = False
    ) -> dict[str, str]:
        """Send the contract to people named by what they are in the case, with their roles; gives their requests."""
        people = {row["party_role"]: row["person"]["id"] for row in self.round()["candidates"]}
        signers = [
            {"person_id": people[party], "role": role, "position": place, "expires_in_days": 5}
            for place, (party, role) in enumerate(wishes, start=1)
        ]
        path = f"/documents/{self.document_id}/signing/{'replace/' if replace else ''}"
        made = self.manager.post(path, {"is_ordered": is_ordered, "signers": signers})
        return {row["party_role"]: str(row["id"]) for row in made["signers"]}

    def sealed(self) -> bytes:
        """The sealed file, when it is there."""
        return sealed_file(self.borrower, self.document_id)


def sealed_file(reader: Kenes, document_id: str) -> bytes:
    """The sealed file of a document that goes to nobody, when it is there."""
    address = f"/documents/{document_id}/"
    wait_for("the seal", lambda: reader.get(address)["status"] == "sealed", seconds=60)
    return reader.content(f"{address}file/", format="sealed")


def made(borrower: Kenes, case_id: str, code: str) -> str:
    """A contract or an addendum to the first loan, made by the borrower and ready to be signed."""
    wish = {"code": code}
    if code == ADDENDUM:
        wish["obligation_id"] = borrower.get(f"/cases/{case_id}/")["obligations"][0]["id"]
    draft = borrower.post(f"/cases/{case_id}/document-drafts/", wish)
    said = {"version": draft["version"], "answers": _ANSWERS[code]}
    borrower.patch(f"/document-drafts/{draft['id']}/", said)
    document = str(borrower.post(f"/document-drafts/{draft['id']}/generate/", {})["id"])
    wait_for(
        "the document",
        lambda: borrower.get(f"/documents/{document}/")["status"] == "ready_to_sign",
        seconds=120,
    )
    return document


def co_borrower(
    base_url: str, sandbox: Sandbox, borrower: Kenes, case_id: str, name: str = "Ермекова Жанар Серікқызы"
) -> tuple[Kenes, Person]:
    """Somebody whom the borrower has invited to the first debt of the case, and who has come."""
    kenes, person = named(base_url, sandbox, name)
    known = len(sandbox.messages(person.phone))
    debt = borrower.get(f"/cases/{case_id}/")["obligations"][0]["id"]
    wish = {"role": "co_borrower", "phone": person.phone, "obligation_id": debt}
    borrower.post(f"/cases/{case_id}/party-invitations/", wish)

    def link() -> str | None:
        fresh = sandbox.messages(person.phone)[: -known or None]
        found = (re.search(r"/join#([\w-]+)", str(one["text"])) for one in fresh)
        return next((one[1] for one in found if one), None)

    kenes.post("/party-invitations/accept/", {"token": wait_for("the invitation", link)})
    return kenes, person


def named(base_url: str, sandbox: Sandbox, name: str) -> tuple[Kenes, Person]:
    """Somebody with a name and a confirmed number who has no cases of his own."""
    kenes, person = signed_up(base_url, sandbox)
    version = kenes.get("/me/profile/")["version"]
    kenes.patch("/me/profile/", {"version": version, "full_name": name})
    return kenes, person


def power_to_sign(
    principal: Kenes, person: Person, sandbox: Sandbox, phone: str, *, checked_by: Kenes | None
) -> str:
    """A power with its paper, by which the owner of the number signs; without `checked_by` it waits for the check."""
    now = date.fromisoformat(today(principal))
    principal.prove(sandbox, person.phone)
    given = {
        "representative_phone": phone, "scope": ["view", "sign"], "number": "1842", "issued_by": "Нотариус Сарсенов",
        "valid_from": now.isoformat(), "valid_until": (now + timedelta(days=90)).isoformat(),
    }  # fmt: skip
    power = str(principal.post("/me/powers/", given)["id"])
    principal.upload(f"/me/powers/{power}/document/", "power.pdf", pdf())
    if checked_by is not None:
        wait_for("the paper to be checked for viruses", lambda: _approve(checked_by, power))
    return power


def _approve(checker: Kenes, power: str) -> bool:
    try:
        return bool(checker.post(f"/powers/{power}/approve/", {"note": ""})["status"] == "active")
    except Refused as refused:
        if refused.status != 409:
            raise
        return False


def last_page(sealed: bytes) -> str:
    """The certificate page as its text, and the seal as another program judges it."""
    with NamedTemporaryFile(suffix=".pdf") as file:
        file.write(sealed)
        file.flush()
        judged = subprocess.run(["pdfsig", file.name], capture_output=True, text=True, check=False)
    assert "Signature is Valid" in judged.stdout, judged
    return " ".join(PdfReader(io.BytesIO(sealed)).pages[-1].extract_text().split())


def hurry_letters(machine: Machine) -> None:
    """Letters about signing that wait for the morning go out now."""
    machine.sql(
        "UPDATE outbox_outboxrow SET available_at = now()"
        " WHERE status = 'pending' AND handler = 'signing.letter' AND available_at > now()"
    )


def told_by_sms(machine: Machine, sandbox: Sandbox, phone: str, text: str, known: int) -> str:
    """Wait for a message to the number after the first `known` ones in which the text stands, whatever the hour."""

    def look() -> str | None:
        hurry_letters(machine)
        fresh = sandbox.messages(phone)[: -known or None]
        return next((str(one["text"]) for one in fresh if text in one["text"]), None)

    return str(wait_for(f"a message to {phone} about {text}", look, seconds=90, every=1))


def told_by_mail(machine: Machine, sandbox: Sandbox, to: str, text: str) -> str:
    """Wait for a letter to the address in whose subject the text stands; gives its words."""

    def look() -> str | None:
        hurry_letters(machine)
        return next((str(one["id"]) for one in sandbox.mails(to=to) if text in one["subject"]), None)

    found = str(wait_for(f"a letter to {to} about {text}", look, seconds=90, every=1))
    letter = email.message_from_bytes(sandbox.raw_mail(found), policy=email.policy.default)
    body = letter.get_body(("plain",))
    assert body is not None
    return f"{letter['Subject']}\n{body.get_content()}"


def made_earlier(machine: Machine, request_id: str, *, hours: int) -> None:
    """Asking and reminding happened so many hours before."""
    machine.sql(
        "UPDATE signing_signaturerequest SET asked_at = asked_at - make_interval(hours => %s),"
        " reminded_at = reminded_at - make_interval(hours => %s) WHERE id = %s",
        hours,
        hours,
        request_id,
    )
