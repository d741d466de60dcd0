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
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from e2e.kenes_client import Kenes, Refused, Sandbox, wait_for
from e2e.persona_texts import core, date_texts, letters, pdf_text, plain, sum_text
from e2e.procedures import move_case

# What is not begun after so many looks is not built.
MOST_LOOKS = 40
SIGNED_STATES = ("sealed", "sent")


@dataclass
class Verdict:
    """What was found for one persona."""

    persona_id: str
    wrong: list[str] = field(default_factory=list)
    not_yet: list[str] = field(default_factory=list)


def tell(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


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
        self.waited = 0
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
                self.read_and_send(document)
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
        found = self.kenes.creditors(core(name), language="ru")
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
                move_case(staff, case["id"], "take")
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
        """The documents that were expected and those to sign, when they are ready; kinds not built yet are counted."""
        self.answer_questions()
        documents = wait_for("the documents", self._ready, seconds=120)
        codes = {document["code"] for document in documents}
        self.verdict.not_yet += [
            f"document {code}" for code in self.persona["expected_documents"] if code not in codes
        ]
        return documents

    def answer_questions(self) -> None:
        """What the documents of the opened procedures still ask is answered as this person would."""
        for row in wait_for("the questions of the documents", self._begun)["items"]:
            if row["code"] not in self.persona["expected_documents"]:
                continue
            draft = self.kenes.get(f"/document-drafts/{row['id']}/")
            while draft["missing"]:
                asked = {field["code"]: field for field in draft["fields_asked"]}
                answers = {code: self._answer(asked[code]) for code in draft["missing"]}
                body = {"version": draft["version"], "answers": answers}
                draft = self.kenes.patch(f"/document-drafts/{row['id']}/", body)
            self.kenes.post(f"/document-drafts/{row['id']}/generate/")

    def _begun(self) -> dict[str, Any] | None:
        """Open questions, once every document that was expected is begun in one way or the other."""
        drafts = self.kenes.get(f"/cases/{self.case['id']}/document-drafts/")["items"]
        begun = {row["code"] for row in [*drafts, *self.kenes.documents(self.case["id"])]}
        self.waited += 1
        done = begun >= set(self.persona["expected_documents"]) or self.waited > MOST_LOOKS
        return {"items": drafts} if done else None

    def _answer(self, field: dict[str, Any]) -> Any:
        """An answer of the kind that is asked for; what the story does not tell is made up."""
        match field["answer_type"]:
            case "choice":
                return field["options"][0]["code"]
            case "rows":
                return [{column["code"]: self._answer(column) for column in field["columns"]}]
            case "organisation":
                told = " ".join(event["text"] for event in self.persona["events"])
                named = re.search(r"«[^»]+»", told)
                return f"ТОО {named.group(0)}" if named else "ТОО «Үлгі»"
            case "long":
                return self.persona["hardship"]["text"]
        return {
            "date": self.persona["as_of"], "money": self.persona["total_tiyn"], "number": 3, "months": 6,
            "percent": "12", "yes_no": True, "name": "Байжанова Гүлнар Маратқызы", "phone": self.person["phone"],
            "iin": self.person["iin"], "bin": "980640000093",
        }.get(field["answer_type"], "по документам дела")  # fmt: skip

    def _ready(self) -> list[dict[str, Any]] | None:
        """All texts to sign, once none is being prepared and none that was expected waits for its turn."""
        rows = [row for row in self.kenes.documents(self.case["id"]) if row["needs_signature"]]
        if not rows or any(row["status"] == "preparing" for row in rows):
            return None
        failed = [row["code"] for row in rows if row["status"] == "failed"]
        self.check(not failed, f"documents could not be prepared: {failed}")
        return [row for row in rows if row["status"] == "ready_to_sign"]

    def read_and_send(self, document: dict[str, Any]) -> None:
        """Read what was prepared; sign and send what goes by SMS code to a lender. The rest this person hands in himself."""
        before = self.kenes.content(f"/documents/{document['id']}/file/", format="pdf")
        self.check_letter(document, pdf_text(before))
        if self.out:
            (self.out / f"{document['code']}-{document['number']}.pdf").write_bytes(before)
        if "sign" not in document["allowed_actions"]:
            return
        signature = self.kenes.sign(self.sandbox, self.person["phone"], document["id"])
        self.check(signature["status"] == "signed", f"signature is {signature['status']}")
        row = wait_for("the seal", lambda: self._row(document["id"], SIGNED_STATES), seconds=60)
        sealed = self.kenes.content(f"/documents/{document['id']}/file/", format="sealed")
        if row["dispatch"]:
            if row["dispatch"]["status"] == "waiting_address":
                self.confirm_address(row)
            row = wait_for("the mail to be accepted", lambda: self._accepted(document["id"]), seconds=60)
            self.check_mail(row, sealed)
        verdict = Kenes(self.base_url).upload("/verify/", "letter.pdf", sealed)
        self.check(verdict["verdict"] == "valid", f"verification says {verdict['verdict']}")
        if self.out:
            (self.out / f"{document['code']}-{document['number']}-sealed.pdf").write_bytes(sealed)

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
        found = self.kenes.creditors(core(debt["creditor_name"]), language=document["language"])
        own = self.creditor_of(document)["id"]
        return [debt["creditor_name"], *(row["name"] for row in found if row["id"] == own)]

    def check_letter(self, document: dict[str, Any], text: str) -> None:
        """Names, numbers, dates and sums of this persona stand on the page."""
        wanted: list[str | list[str]] = [
            self.person["full_name"].split()[0][:4],
            date_texts(self.persona["as_of"], document["language"]),
        ]
        if document["code"] != "CREDIT_REPORT_GUIDE":
            wanted.append(self.person["iin"])
        if document["obligation_id"]:
            wanted += self._of_debt(document)
        for item in wanted:
            texts = [item] if isinstance(item, str) else item
            found = any(letters(part) in letters(text) for part in texts)
            self.check(found, f"{document['code']}: {texts[0][:60]!r} is not on the page")

    def _of_debt(self, document: dict[str, Any]) -> list[str | list[str]]:
        """What a document about one debt says of it; the applications to change its terms tell everything."""
        by_id = {row["id"]: row["index"] for row in self.case["obligations"]}
        debt = self.persona["obligations"][by_id[document["obligation_id"]]]
        language = document["language"]
        wanted: list[str | list[str]] = [
            debt["contract_number"],
            date_texts(debt["contract_date"], language),
            [core(name) for name in self.creditor_names(document, debt)],
        ]
        if not document["code"].startswith("RESTRUCT_"):
            return wanted
        sums = ("principal_tiyn", "interest_tiyn", "penalty_tiyn")
        wanted += [
            sum_text(debt["principal_tiyn"]),
            sum_text(debt["interest_tiyn"]),
            sum_text(sum(debt[name] for name in sums)),
            plain(self.persona["hardship"]["text"]),
            sum_text(self.persona["income"]["monthly_now_tiyn"]),
        ]
        if debt["penalty_tiyn"]:
            wanted.append(sum_text(debt["penalty_tiyn"]))
        if debt["overdue_since"]:
            wanted.append(date_texts(debt["overdue_since"], language))
        return wanted

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
