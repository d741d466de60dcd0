"""A client of the documented API and of the sandbox's pages; imports nothing of the product."""

import time
import uuid
from collections.abc import Callable
from contextlib import suppress
from http.cookiejar import Cookie
from typing import Any

import httpx

from e2e import authenticator, settling


class Refused(Exception):
    """The API answered with problem details."""

    def __init__(self, response: httpx.Response) -> None:
        self.status = response.status_code
        try:
            self.problem: dict[str, Any] = response.json()
        except ValueError:
            self.problem = {"code": "not_json", "detail": response.text[:200]}
        super().__init__(
            f"{response.request.method} {response.request.url.path} {self.status} {self.problem}"
        )

    @property
    def code(self) -> str:
        return str(self.problem.get("code"))


def wait_for(what: str, look: Callable[[], Any], *, seconds: float = 60, every: float = 0.3) -> Any:
    """Call `look` until it gives something true; AssertionError naming `what` after the time is over."""
    end = time.monotonic() + seconds
    while True:
        found = look()
        if found:
            return found
        if time.monotonic() > end:
            raise AssertionError(f"waited {seconds:.0f} s in vain for {what}")
        time.sleep(every)


class Sandbox:
    """The vendor sandbox as a person sees it: phones and mailboxes, newest first."""

    def __init__(self, base_url: str) -> None:
        self.http = httpx.Client(base_url=base_url, timeout=20, trust_env=False)

    def messages(self, phone: str) -> list[dict[str, Any]]:
        return list(
            self.http.get("/sandbox/api/sms/", params={"to": phone}).raise_for_status().json()["items"]
        )

    def new_code(self, phone: str, known: int) -> str:
        """The code in the newest message after the first `known` ones, as the phone's own page shows it."""

        def look() -> str | None:
            fresh = self.messages(phone)[: -known or None]
            return next((message["code"] for message in fresh if message["code"]), None)

        return str(wait_for(f"an SMS to {phone}", look, seconds=40))

    def mails(self, *, to: str = "", message_id: str = "") -> list[dict[str, Any]]:
        """Letters that arrived, newest first, narrowed by recipient and Message-ID."""
        found = self.http.get("/sandbox/api/mail/", params={"to": to, "message_id": message_id})
        return list(found.raise_for_status().json()["items"])

    def raw_mail(self, mail_id: str) -> bytes:
        return self.http.get(f"/sandbox/api/mail/{mail_id}.eml").raise_for_status().content

    def switch(self, **switches: str) -> None:
        self.http.post("/sandbox/api/switches/", json=switches).raise_for_status()


_sessions: dict[tuple[str, str], Cookie] = {}


class Kenes:
    """One browser: cookies, CSRF token, language, demonstration day."""

    def __init__(self, base_url: str, *, language: str = "ru", demo_date: str | None = None) -> None:
        self.http = httpx.Client(
            base_url=base_url,
            timeout=60,
            trust_env=False,
            headers={"Accept-Language": language},
            event_hooks={"request": [lambda _request: settling.settle()]},
        )
        if demo_date:
            self.http.headers["X-Demo-Date"] = demo_date
        self.get("/session/")

    def _answer(self, response: httpx.Response) -> Any:
        if response.status_code >= 400:
            raise Refused(response)
        return response.json() if response.content else None

    def get(self, path: str, **params: Any) -> Any:
        return self._answer(self.http.get(f"/api/v1{path}", params=params))

    def creditors(self, query: str, *, language: str) -> list[dict[str, Any]]:
        """Lenders of the registry found by a part of the name, named in `language`."""
        response = self.http.get(
            "/api/v1/creditors/",
            params={"query": query, "limit": 10},
            headers={"Accept-Language": language},
        )
        return list(self._answer(response)["items"])

    def content(self, path: str, **params: Any) -> bytes:
        response = self.http.get(f"/api/v1{path}", params=params)
        if response.status_code >= 400:
            raise Refused(response)
        return response.content

    def _headers(self, key: str | None = None) -> dict[str, str]:
        return {
            "X-CSRFToken": self.http.cookies.get("csrftoken") or "",
            "Idempotency-Key": key or str(uuid.uuid4()),
            "Referer": str(self.http.base_url),
        }

    def post(self, path: str, data: Any = None, *, key: str | None = None) -> Any:
        return self._answer(self.http.post(f"/api/v1{path}", json=data or {}, headers=self._headers(key)))

    def patch(self, path: str, data: Any) -> Any:
        return self._answer(self.http.patch(f"/api/v1{path}", json=data, headers=self._headers()))

    def put(self, path: str, data: Any) -> Any:
        return self._answer(self.http.put(f"/api/v1{path}", json=data, headers=self._headers()))

    def delete(self, path: str) -> None:
        self._answer(self.http.delete(f"/api/v1{path}", headers=self._headers()))

    def upload(self, path: str, name: str, data: bytes) -> Any:
        files = {"file": (name, data, "application/pdf")}
        return self._answer(self.http.post(f"/api/v1{path}", files=files, headers=self._headers()))

    def sign_in(self, sandbox: Sandbox, phone: str) -> dict[str, Any]:
        """Phone, code from the sandbox phone, session."""
        known = len(sandbox.messages(phone))
        self.post("/auth/phone/", {"phone": phone})
        return dict(self.post("/auth/phone/confirm/", {"code": sandbox.new_code(phone, known)}))

    def sign_in_staff(self, email: str, password: str) -> dict[str, Any]:
        """E-mail, password and a code of the authenticator app; another code when the first was used elsewhere."""
        if (kept := self._kept_session(email)) is not None:
            return kept
        try:
            return dict(self.post("/auth/password/", {"email": email, "password": password}))
        except Refused as refused:
            if refused.code != "auth.second_step_required":
                raise
        for _attempt in range(3):
            try:
                code = authenticator.fresh_code(email)
                session = dict(self.post("/auth/second-step/", {"code": code, "trust": False}))
                jar = self.http.cookies.jar
                _sessions[str(self.http.base_url), email] = next(c for c in jar if c.name == "sessionid")
                return session
            except Refused as refused:
                if refused.code != "validation":
                    raise
        raise AssertionError(f"no code of {email} was accepted")

    def _kept_session(self, email: str) -> dict[str, Any] | None:
        """The session of this person from before, if it still opens: each code signs in once, and they are half a minute apart."""
        cookie = _sessions.get((str(self.http.base_url), email))
        if cookie is None:
            return None
        self.http.cookies.jar.set_cookie(cookie)
        session = dict(self.get("/session/"))
        if session["authenticated"]:
            return session
        with suppress(KeyError):  # the server may have taken it away already
            self.http.cookies.jar.clear(cookie.domain, cookie.path, cookie.name)
        return None

    def prove(self, sandbox: Sandbox, phone: str) -> None:
        """Prove once more who is here, by a code, as changes of the account want it."""
        known = len(sandbox.messages(phone))
        self.post("/auth/proof/code/")
        code = sandbox.new_code(phone, known)
        self.post("/auth/proof/", {"method": "code", "value": code})

    def accept_consents(self, sandbox: Sandbox, phone: str) -> None:
        """All texts in force; the SMS agreement with its code."""
        for text in self.get("/consents/texts/")["items"]:
            body = {"kind": text["kind"], "version": text["version"], "sha256": text["sha256"]}
            if text["kind"] == "sms_agreement":
                known = len(sandbox.messages(phone))
                self.post("/consents/code/", {"kind": "sms_agreement"})
                body["code"] = sandbox.new_code(phone, known)
            self.post("/consents/", body)

    def documents(self, case_id: str) -> list[dict[str, Any]]:
        return list(self.get(f"/cases/{case_id}/documents/")["items"])

    def read_to_sign(self, document_id: str) -> tuple[str, dict[str, Any]]:
        """Open a request to sign and pass the whole text; gives the id of the request and the document."""
        document = dict(self.get(f"/documents/{document_id}/"))
        request = self.post(f"/documents/{document_id}/signature-requests/")
        self.post(f"/signature-requests/{request['id']}/shown/", {"document_sha256": document["sha256"]})
        return str(request["id"]), document

    def sign(self, sandbox: Sandbox, phone: str, document_id: str) -> dict[str, Any]:
        """The whole signing of one document by SMS code."""
        request_id, document = self.read_to_sign(document_id)
        known = len(sandbox.messages(phone))
        self.post(f"/signature-requests/{request_id}/send-code/", {"document_sha256": document["sha256"]})
        code = sandbox.new_code(phone, known)
        return dict(self.post(f"/signature-requests/{request_id}/confirm/", {"code": code}))
