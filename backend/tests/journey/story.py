"""One whole journey through the API, as the browser walks it: sign-in, consents, form, letter, signature, sending."""

from __future__ import annotations

import re
from collections.abc import Callable
from copy import deepcopy
from dataclasses import dataclass, field
from typing import Any

from sandbox.testing import SandboxProcess

from conftest import ApiClient
from kenes.cases import testing

from .conftest import Browser

PHONE = "+77011234567"
IIN = "870419390122"
NAME = "Досымов Кайрат Ануарович"
ADDRESS = "г. Алматы, ул. Сейфуллина, д. 508, кв. 77"
EMAIL = "kairat.journey@example.com"
HARDSHIP = "С 30 сентября сократили, склад закрылся, жена болеет."
COMMENT = "Прошу учесть двоих детей"
UNKNOWN_LENDER = "МФО «Жаңа Өріс Қаржы»"
UNKNOWN_ADDRESS = "letters@zhana-oris.sandbox"
COLLATERAL = "квартира на Тимирязева"


def form() -> dict[str, Any]:
    told = deepcopy(testing.FORM)
    told["applicant"] |= {"full_name": NAME, "iin": IIN, "email": EMAIL, "address": ADDRESS}
    told["hardship"]["text"] = HARDSHIP
    told["relief"]["comment"] = COMMENT
    told["obligations"][0]["collateral"] = COLLATERAL
    unknown = {"creditor_name": UNKNOWN_LENDER, "creditor_type": "MFO", "contract_number": "МК-20881"}
    told["obligations"].append({**told["obligations"][0], **unknown, "collateral": None})
    return told


@dataclass
class Story:
    """Walks step by step; `react` runs what the outbox holds."""

    api: ApiClient
    sandbox: SandboxProcess
    react: Callable[[], object]
    day: dict[str, str]
    codes: list[str] = field(default_factory=list)
    case_id: str = ""
    answers: list[Any] = field(default_factory=list)

    def call(self, method: str, path: str, data: Any = None, expected: int = 200, **headers: str) -> Any:
        answer = self.api.call(method, path, data, **{**self.day, **headers})
        assert answer.status_code == expected, (method, path, answer.status_code, answer.content[:600])
        self.answers.append(answer)
        return answer.json() if answer.content and "json" in answer["Content-Type"] else answer

    def code_from_phone(self) -> str:
        """React, then read the newest SMS on the sandbox phone."""
        self.react()
        text = self.sandbox.sms(PHONE.lstrip("+"))[0]["text"]
        found = re.search(r"\b(\d{6})\b", text)
        assert found, text
        self.codes.append(found[1])
        return found[1]

    def sign_in(self) -> None:
        self.call("get", "/session/")
        self.call("post", "/auth/phone/", {"phone": PHONE}, 202)
        code = self.code_from_phone()
        wrong = f"{(int(code) + 1) % 1_000_000:06d}"
        self.call("post", "/auth/phone/confirm/", {"code": wrong}, 400)
        self.call("post", "/auth/phone/confirm/", {"code": code})

    def consent(self) -> None:
        texts = {text["kind"]: text for text in self.call("get", "/consents/texts/")["items"]}
        for kind, text in texts.items():
            accepted = {"kind": kind, "version": text["version"], "sha256": text["sha256"]}
            if kind == "sms_agreement":
                self.call("post", "/consents/code/", {"kind": kind}, 202)
                accepted["code"] = self.code_from_phone()
            self.call("post", "/consents/", accepted, 201)

    def submit(self) -> dict[str, Any]:
        self.case_id = self.call("post", "/cases/", {"language": "ru"}, 201)["id"]
        draft = {"step": "debts", "data": form()}
        self.call("put", f"/cases/{self.case_id}/draft/", draft)
        self.call("get", f"/cases/{self.case_id}/draft/")
        case: dict[str, Any] = self.call(
            "post", f"/cases/{self.case_id}/submit/", form(), Idempotency_Key="journey-submit-key"
        )
        self.react()
        return case

    def letters(self) -> list[dict[str, Any]]:
        """Letters that need a signature."""
        rows = self.call("get", f"/cases/{self.case_id}/documents/")["items"]
        return [row for row in rows if row["needs_signature"]]

    def read(self, document_id: str) -> dict[str, Any]:
        letter: dict[str, Any] = self.call("get", f"/documents/{document_id}/")
        for page in letter["preview_pages"][:1]:
            self.call("get", page["url"].removeprefix("/api/v1"))
        for kind in ("pdf", "docx"):
            self.call("get", f"/documents/{letter['id']}/file/?format={kind}")
        return letter

    def sign(self, document_id: str) -> dict[str, Any]:
        letter = self.read(document_id)
        assert letter["status"] == "ready_to_sign"
        key = {"Idempotency_Key": f"sign-{document_id}"}
        request = self.call("post", f"/documents/{document_id}/signature-requests/", {}, 201, **key)
        path = f"/signature-requests/{request['id']}"
        self.call("post", f"{path}/shown/", {"document_sha256": letter["sha256"]})
        self.call("post", f"{path}/send-code/", {"document_sha256": letter["sha256"]})
        code = self.code_from_phone()
        wrong = f"{(int(code) + 1) % 1_000_000:06d}"
        self.call("post", f"{path}/confirm/", {"code": wrong}, 400)
        signed: dict[str, Any] = self.call("post", f"{path}/confirm/", {"code": code})
        self.react()
        return signed

    def find_lender(self, manager: Browser) -> None:
        """A manager enters and confirms the address of the lender that nobody knew."""
        debts = self.call("get", f"/cases/{self.case_id}/")["obligations"]
        lender = next(debt["creditor"]["id"] for debt in debts if not debt["creditor"]["verified"])
        entered = manager.post(f"/creditors/{lender}/addresses/", {"kind": "email", "value": UNKNOWN_ADDRESS})
        assert entered.status_code == 201, entered.content
        address = entered.json()["addresses"][0]["id"]
        confirmed = manager.post(f"/creditors/{lender}/addresses/{address}/confirm/")
        assert confirmed.status_code == 200, confirmed.content
        self.react()

    def walk(self, manager: Browser) -> None:
        """Everything until the servers of both creditors have their letters."""
        self.sign_in()
        self.consent()
        self.submit()
        signed = [self.sign(letter["id"]) for letter in self.letters()]
        assert len(signed) == 2
        self.find_lender(manager)
        for request in signed:
            self.call("get", f"/verify/{request['verify_url'].rpartition('/')[2]}/")
        for path in (f"/cases/{self.case_id}/", f"/cases/{self.case_id}/timeline/?limit=100", "/cases/"):
            self.call("get", path)
