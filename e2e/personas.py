"""Whole stories from sign-up to the sent letter, through documented endpoints and the sandbox's pages only.

Usage: personas.py --file personas.jsonl [--base-url URL] [--out DIR] [--strict] [--staff e-mail:password]
Last line of standard output: `personas right/total not-yet N`. Exit 0 when nothing is wrong.
"""

import argparse
import email
import email.policy
import json
import os
import re
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from e2e.kenes_client import Kenes, Refused, Sandbox, wait_for

MONTHS = {
    "ru": [
        "января",
        "февраля",
        "марта",
        "апреля",
        "мая",
        "июня",
        "июля",
        "августа",
        "сентября",
        "октября",
        "ноября",
        "декабря",
    ],
    "kk": [
        "қаңтар",
        "ақпан",
        "наурыз",
        "сәуір",
        "мамыр",
        "маусым",
        "шілде",
        "тамыз",
        "қыркүйек",
        "қазан",
        "қараша",
        "желтоқсан",
    ],
}
SIGNED_STATES = ("sealed", "sent")


@dataclass
class Verdict:
    """What was found for one persona."""

    persona_id: str
    wrong: list[str] = field(default_factory=list)
    not_yet: list[str] = field(default_factory=list)


def tell(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


def pdf_text(data: bytes) -> str:
    result = subprocess.run(["pdftotext", "-layout", "-", "-"], input=data, capture_output=True, check=True)
    return plain(result.stdout.decode())


def plain(text: str) -> str:
    """One kind of space, no line ends: letters are compared, not the layout."""
    return re.sub(r"[\s\u00a0\u202f]+", " ", text)


def sum_text(tiyn: int) -> str:
    whole, rest = divmod(tiyn, 100)
    grouped = f"{whole:,}".replace(",", " ")
    return f"{grouped},{rest:02}" if rest else grouped


def date_texts(iso: str, language: str) -> list[str]:
    year, month, day = iso.split("-")
    name = MONTHS[language][int(month) - 1]
    worded = f"{int(day)} {name} {year}" if language == "ru" else f"{year} ж. {int(day)} {name}"
    return [worded, f"{year} жылғы {int(day)} {name}", f"{day}.{month}.{year}"]


class Run:
    """One persona through the product."""

    def __init__(
        self, persona: dict[str, Any], base_url: str, out: Path | None, staff: tuple[str, str]
    ) -> None:
        self.persona, self.person = persona, persona["person"]
        self.verdict = Verdict(persona["id"])
        self.out = out / persona["id"] if out else None
        self.sandbox = Sandbox(base_url)
        self.base_url, self.staff_login = base_url, staff
        self.kenes = Kenes(base_url, language=self.person["language"], demo_date=persona["as_of"])
        self.case: dict[str, Any] = {}
        if self.out:
            self.out.mkdir(parents=True, exist_ok=True)

    def check(self, right: bool, text: str) -> None:
        if not right:
            self.verdict.wrong.append(text)

    def run(self) -> Verdict:
        try:
            self.enter()
            self.case = self.submit()
            self.check_route()
            self.check_deadlines()
            self.open_procedures()
            documents = self.letters()
            for document in documents:
                self.sign_and_send(document)
            if self.out:
                self.case = self.kenes.get(f"/cases/{self.case['id']}/")
                text = json.dumps(self.case, ensure_ascii=False, indent=1)
                (self.out / "case.json").write_text(text, encoding="utf-8")
        except (Refused, AssertionError) as problem:
            self.verdict.wrong.append(str(problem))
        return self.verdict

    def enter(self) -> None:
        self.kenes.sign_in(self.sandbox, self.person["phone"])
        self.kenes.patch("/me/", {"language": self.person["language"]})
        self.kenes.accept_consents(self.sandbox, self.person["phone"])

    def _creditor_id(self, name: str) -> str | None:
        found = self.kenes.creditors(_core(name), language="ru")
        return next((row["id"] for row in found if row["name"] == name), None)

    def _obligation(self, source: dict[str, Any]) -> dict[str, Any]:
        names = [
            "contract_number",
            "contract_date",
            "original_amount_tiyn",
            "principal_tiyn",
            "interest_tiyn",
            "penalty_tiyn",
            "monthly_payment_tiyn",
            "rate_percent",
            "term_months",
            "overdue_since",
            "collateral",
            "creditor_name",
            "creditor_type",
        ]
        row = {name: source.get(name) for name in names}
        creditor_id = self._creditor_id(source["creditor_name"])
        return row | {
            "creditor_id": creditor_id,
            "creditor_bin": source.get("bin"),
            "overdue_since_source": "borrower",
        }

    def submit(self) -> dict[str, Any]:
        draft = self.kenes.post("/cases/", {"language": self.person["language"]})
        income = {k: v for k, v in self.persona["income"].items() if k != "drop_percent"}
        relief = dict(self.persona["relief"])
        body = {
            "applicant": {
                "full_name": self.person["full_name"],
                "iin": self.person["iin"],
                "email": self.person["email"],
                "address": self.person["address"],
                "language": self.person["language"],
            },
            "obligations": [self._obligation(row) for row in self.persona["obligations"]],
            "income": income,
            "assets": self.persona["assets"],
            "events": [event | {"obligation": event.get("obligation")} for event in self.persona["events"]],
            "hardship": self.persona["hardship"],
            "relief": {"kinds": relief.pop("kinds"), **_known_relief(relief)},
        }
        return dict(self.kenes.post(f"/cases/{draft['id']}/submit/", body))

    def check_route(self) -> None:
        kinds = {track["kind"] for track in self.case["tracks"]}
        missing = set(self.persona["expected_route"]) - kinds
        self.check(not missing, f"route: {sorted(missing)} not proposed, got {sorted(kinds)}")
        urgency = self.persona["expected_urgency"]
        self.check(self.case["urgency"] == urgency, f"urgency {self.case['urgency']}, expected {urgency}")

    def open_procedures(self) -> None:
        """Staff open what the system only proposed; then every expected procedure has to run for each of its debts.

        A supervisor does it: a queue may have given the case to any manager meanwhile.
        """
        expected = set(self.persona["expected_route"])
        waiting = [track for track in self.case["tracks"] if track["proposed"] and track["kind"] in expected]
        if waiting:
            staff = self.staff()
            case = staff.get(f"/cases/{self.case['id']}/")
            if case["status"] == "submitted":
                staff.post(f"/cases/{case['id']}/move/", {"action": "take", "version": case["version"]})
            for track in waiting:
                self._open(staff, track)
            self.case = self.kenes.get(f"/cases/{self.case['id']}/")
        still = {track["kind"] for track in self.case["tracks"] if track["proposed"]} & expected
        self.check(not still, f"procedures not opened: {sorted(still)}")

    def _open(self, staff: Kenes, track: dict[str, Any]) -> None:
        body = {"kind": track["kind"], "obligation_id": track["obligation_id"], "reason": ""}
        try:
            staff.post(f"/cases/{self.case['id']}/tracks/", body)
        except Refused as problem:
            self.verdict.wrong.append(f"track {track['kind']}: {problem}")

    def staff(self) -> Kenes:
        staff = Kenes(self.base_url, demo_date=self.persona["as_of"])
        staff.sign_in_staff(*self.staff_login)
        return staff

    def check_deadlines(self) -> None:
        by_index = {row["index"]: row["id"] for row in self.case["obligations"]}
        got = {
            (row["rule"], row["start"], row["due"], row["obligation_id"]) for row in self.case["deadlines"]
        }
        for expected in self.persona["expected_deadlines"]:
            index = expected["obligation"]
            key = (
                expected["rule"],
                expected["start"],
                expected["due"],
                None if index is None else by_index[index],
            )
            self.check(key in got, f"deadline {expected} not computed")

    def letters(self) -> list[dict[str, Any]]:
        """The letters to sign, when they are ready; documents that are not built yet are counted."""
        own_tracks = [t for t in self.case["tracks"] if t["kind"] == "RESTRUCTURING" and not t["proposed"]]
        documents: list[dict[str, Any]] = []
        if own_tracks:
            documents = wait_for("the letters", lambda: self._ready(len(own_tracks)), seconds=90)
        codes = {document["code"] for document in documents}
        self.verdict.not_yet += [
            f"document {code}" for code in self.persona["expected_documents"] if code not in codes
        ]
        return documents

    def _ready(self, count: int) -> list[dict[str, Any]] | None:
        rows = [row for row in self.kenes.documents(self.case["id"]) if row["needs_signature"]]
        ready = [row for row in rows if row["status"] == "ready_to_sign"]
        return ready if len(ready) >= count else None

    def sign_and_send(self, document: dict[str, Any]) -> None:
        before = self.kenes.content(f"/documents/{document['id']}/file/", format="pdf")
        self.check_letter(document, pdf_text(before))
        signature = self.kenes.sign(self.sandbox, self.person["phone"], document["id"])
        self.check(signature["status"] == "signed", f"signature is {signature['status']}")
        row = wait_for("the seal", lambda: self._row(document["id"], SIGNED_STATES), seconds=60)
        if row["dispatch"] and row["dispatch"]["status"] == "waiting_address":
            self.confirm_address(row)
        row = wait_for("the mail to be accepted", lambda: self._accepted(document["id"]), seconds=60)
        sealed = self.kenes.content(f"/documents/{document['id']}/file/", format="sealed")
        self.check_mail(row, sealed)
        verdict = Kenes(self.base_url).upload("/verify/", "letter.pdf", sealed)
        self.check(verdict["verdict"] == "valid", f"verification says {verdict['verdict']}")
        if self.out:
            name = f"{document['code']}-{document['number']}"
            (self.out / f"{name}.pdf").write_bytes(before)
            (self.out / f"{name}-sealed.pdf").write_bytes(sealed)

    def _row(self, document_id: str, statuses: tuple[str, ...]) -> dict[str, Any] | None:
        rows = self.kenes.documents(self.case["id"])
        return next((row for row in rows if row["id"] == document_id and row["status"] in statuses), None)

    def _accepted(self, document_id: str) -> dict[str, Any] | None:
        row = self._row(document_id, SIGNED_STATES)
        done = row and row["dispatch"] and row["dispatch"]["status"] in {"accepted", "delivered"}
        return row if done else None

    def confirm_address(self, document: dict[str, Any]) -> None:
        """Staff check and confirm an address for a creditor that has none yet."""
        staff = self.staff()
        creditor = self.creditor_of(document)
        known = staff.get(f"/creditors/{creditor['id']}/")["addresses"]
        if any(address["status"] == "confirmed" for address in known):
            return
        value = f"office-{creditor['id'][:8]}@creditors.sandbox"
        entered = staff.post(f"/creditors/{creditor['id']}/addresses/", {"kind": "email", "value": value})
        address = next(row for row in entered["addresses"] if row["value"] == value)
        staff.post(f"/creditors/{creditor['id']}/addresses/{address['id']}/confirm/")

    def creditor_of(self, document: dict[str, Any]) -> dict[str, Any]:
        obligations = {row["id"]: row for row in self.case["obligations"]}
        return dict(obligations[document["obligation_id"]]["creditor"])

    def creditor_names(self, document: dict[str, Any], debt: dict[str, Any]) -> list[str]:
        """As typed, and as the registry calls it in the language of the letter."""
        found = self.kenes.creditors(_core(debt["creditor_name"]), language=document["language"])
        own = self.creditor_of(document)["id"]
        return [debt["creditor_name"], *(row["name"] for row in found if row["id"] == own)]

    def check_letter(self, document: dict[str, Any], text: str) -> None:
        """Names, numbers, dates and sums of this persona stand on the page."""
        by_id = {row["id"]: row["index"] for row in self.case["obligations"]}
        debt = self.persona["obligations"][by_id[document["obligation_id"]]]
        language = document["language"]
        wanted: list[str | list[str]] = [
            self.person["full_name"].split()[0][:4],
            self.person["iin"],
            debt["contract_number"],
            date_texts(debt["contract_date"], language),
            sum_text(debt["principal_tiyn"]),
            sum_text(debt["interest_tiyn"]),
            sum_text(debt["principal_tiyn"] + debt["interest_tiyn"] + debt["penalty_tiyn"]),
            plain(self.persona["hardship"]["text"]),
            [_core(name) for name in self.creditor_names(document, debt)],
            sum_text(self.persona["income"]["monthly_now_tiyn"]),
            date_texts(self.persona["as_of"], language),
        ]
        if debt["penalty_tiyn"]:
            wanted.append(sum_text(debt["penalty_tiyn"]))
        if debt["overdue_since"]:
            wanted.append(date_texts(debt["overdue_since"], language))
        for item in wanted:
            texts = [item] if isinstance(item, str) else item
            found = any(_letters(part) in _letters(text) for part in texts)
            self.check(found, f"{document['code']}: {texts[0][:60]!r} is not on the page")

    def check_mail(self, document: dict[str, Any], sealed: bytes) -> None:
        """The letter arrived once, with exactly the sealed file attached."""
        header = document["dispatch"]["message_id_header"]
        found = self.sandbox.mails(message_id=header)
        self.check(len(found) == 1, f"{len(found)} mails with {header}")
        for mail in found:
            raw = self.sandbox.raw_mail(mail["id"])
            message = email.message_from_bytes(raw, policy=email.policy.default)
            attached = [part.get_payload(decode=True) for part in message.iter_attachments()]
            self.check(sealed in attached, "the sealed file is not attached")
            self.check(bool(message["Subject"]), "the mail has no subject")
            if self.out:
                (self.out / f"{document['number']}.eml").write_bytes(raw)


def _core(name: str) -> str:
    """The name of a lender without its legal form and the outer quotes."""
    return re.sub(r"^(АО|ТОО|ДБ|ДО)\s+|\s+(АҚ|ЖШС)$", "", name).strip("«» ")


def _letters(text: str) -> str:
    return re.sub(r"[\s\u00ad«»-]+", "", text).casefold()


def _known_relief(relief: dict[str, Any]) -> dict[str, Any]:
    names = ("defer_months", "new_term_months", "new_rate_percent", "new_payment_tiyn", "comment")
    return {name: relief[name] for name in names if name in relief}


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--base-url", default=os.environ.get("KENES_URL", ""), help="default: KENES_URL")
    parser.add_argument("--file", required=True, type=Path)
    parser.add_argument("--out", type=Path)
    parser.add_argument("--strict", action="store_true")
    parser.add_argument("--staff", default="supervisor@kenes.sandbox:kenes-demo-2026")
    options = parser.parse_args()
    lines = [
        json.loads(line) for line in options.file.read_text(encoding="utf-8").splitlines() if line.strip()
    ]
    staff_email, _, staff_password = options.staff.partition(":")
    verdicts = []
    for persona in lines:
        verdict = Run(persona, options.base_url, options.out, (staff_email, staff_password)).run()
        for text in verdict.wrong:
            tell(f"{verdict.persona_id} WRONG {text}")
        for text in verdict.not_yet:
            tell(f"{verdict.persona_id} not yet: {text}")
        if not verdict.wrong and not verdict.not_yet:
            tell(f"{verdict.persona_id} right")
        verdicts.append(verdict)
    right = sum(not v.wrong and not v.not_yet for v in verdicts)
    missing = sum(len(v.not_yet) for v in verdicts)
    wrong = any(v.wrong for v in verdicts) or (options.strict and missing > 0)
    print(f"personas {right}/{len(verdicts)} not-yet {missing}")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
