"""Signing by QR: the three calls of the service, the phone that signs, and what goes wrong on the way."""

import base64
import threading
from collections.abc import Iterator
from typing import Any

import httpx
import pytest
from asn1crypto import cms as asn1_cms

from sandbox.testing import SandboxProcess

CONTENT = b"%PDF-1.7 " + "заявление".encode()
IIN = "910203300105"


class Call(threading.Thread):
    """A call that waits; `result()` gives its answer or raises its error."""

    def __init__(self, method: str, url: str, body: Any = None) -> None:
        super().__init__(daemon=True)
        self._call = lambda: httpx.request(method, url, json=body, timeout=20, trust_env=False)
        self._answer: httpx.Response | None = None
        self._problem: Exception | None = None
        self.start()

    def run(self) -> None:
        try:
            self._answer = self._call()
        except httpx.HTTPError as problem:
            self._problem = problem

    def result(self) -> dict[str, Any]:
        self.join(20)
        if self._problem is not None:
            raise self._problem
        assert self._answer is not None, "still waits"
        assert self._answer.status_code == 200
        return dict(self._answer.json())


def documents(*, method: str = "CMS_SIGN_ONLY", content: bytes = CONTENT, **changes: Any) -> dict[str, Any]:
    file = {"mime": "@file/pdf", "data": base64.b64encode(content).decode()}
    one = {
        "id": 1, "nameRu": "Заявление KH-1", "nameKz": "Өтініш KH-1", "nameEn": "Letter KH-1",
        "meta": [{"name": "Номер", "value": "KH-1"}], "document": {"file": file},
    }  # fmt: skip
    return {"signMethod": method, "documentsToSign": [one]} | changes


class Phone:
    """One operation: the service's side and the phone's side."""

    def __init__(self, sandbox: SandboxProcess) -> None:
        self._url = sandbox.url
        answer = httpx.post(f"{sandbox.url}/sandbox/sigex/api/egovQr", json={"description": "Kenes Hub <b>"})
        self.made: dict[str, Any] = answer.json()
        self.id = self.made["eGovMobileLaunchLink"].rstrip("/").rsplit("/", 1)[-1]

    def send(self, body: Any = None) -> Call:
        return Call("POST", self.made["dataURL"], body or documents())

    def signature(self) -> Call:
        return Call("GET", self.made["signURL"])

    def act(self, action: str, **values: str) -> httpx.Response:
        return httpx.post(f"{self._url}/sandbox/api/egov/{self.id}/", json={"action": action, **values})

    @property
    def state(self) -> str:
        return str(httpx.get(f"{self._url}/sandbox/api/egov/{self.id}/").json()["state"])

    def require_state(self, state: str) -> None:
        for _attempt in range(400):
            if self.state == state:
                return
        raise AssertionError(f"still {self.state}")


@pytest.fixture
def phone(sandbox: SandboxProcess) -> Iterator[Phone]:
    yield Phone(sandbox)
    sandbox.switch(sigex="ok")


def read(signed: dict[str, Any]) -> asn1_cms.SignedData:
    data = signed["documentsToSign"][0]["document"]["file"]["data"]
    return asn1_cms.ContentInfo.load(base64.b64decode(data, validate=True))["content"]


def test_qr_code_is_a_gif_and_lives_for_minutes(phone: Phone) -> None:
    assert base64.b64decode(phone.made["qrCode"])[:4] == b"GIF8"
    assert set(phone.made) == {
        "qrCode", "dataURL", "signURL", "eGovMobileLaunchLink", "eGovBusinessLaunchLink", "expireAt",
    }  # fmt: skip
    # The links for people do not open the vendor's addresses.
    secret = phone.made["dataURL"].split("/")[-2]
    assert secret not in phone.made["eGovMobileLaunchLink"]
    assert phone.state == "preparing"


def test_both_calls_wait_for_the_person(phone: Phone) -> None:
    sending = phone.send()
    phone.require_state("waiting")
    assert sending.is_alive()
    phone.act("scan")
    assert "message" not in sending.result()
    signing = phone.signature()
    phone.require_state("scanned")
    assert phone.act("sign", iin=IIN, name="Асқарова Мөлдір").json()["state"] == "signed"
    signed = signing.result()
    assert signed["signMethod"] == "CMS_SIGN_ONLY"
    assert signed["documentsToSign"][0]["nameRu"] == "Заявление KH-1"
    message = read(signed)
    assert message["certificates"][0].chosen.subject.native["serial_number"] == f"IIN{IIN}"
    assert message["encap_content_info"]["content"].native is None


def test_content_is_put_in_when_asked_for(phone: Phone) -> None:
    sending = phone.send(documents(method="CMS_WITH_DATA"))
    phone.require_state("waiting")
    phone.act("sign")
    sending.result()
    assert read(phone.signature().result())["encap_content_info"]["content"].native == CONTENT


def test_signature_can_be_fetched_again_after_a_lost_answer_but_not_made_again(phone: Phone) -> None:
    sending = phone.send()
    phone.require_state("waiting")
    phone.act("sign", iin=IIN)
    sending.result()
    first = phone.signature().result()
    assert phone.act("sign", iin="900101300017").json()["state"] == "signed"
    phone.act("refuse")
    assert phone.signature().result() == first


def test_other_documents_cannot_be_put_under_a_used_code(phone: Phone) -> None:
    sending = phone.send()
    phone.require_state("waiting")
    assert phone.send(documents(content=b"other")).result()["message"]
    phone.act("scan")
    assert "message" not in sending.result()
    assert "message" not in phone.send().result()


@pytest.mark.parametrize(("action", "state"), [("refuse", "refused"), ("expire", "expired")])
def test_refusal_and_expiry_end_both_calls_with_a_message(phone: Phone, action: str, state: str) -> None:
    sending = phone.send()
    phone.require_state("waiting")
    signing = phone.signature()
    phone.act(action)
    assert sending.result()["message"]
    assert signing.result()["message"]
    assert phone.state == state
    assert phone.act("sign").json()["state"] == state


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"signMethod": "PDF", "documentsToSign": documents()["documentsToSign"]},
        documents(documentsToSign=[]),
        documents(documentsToSign=[{"id": 1}]),
        documents(documentsToSign=[documents()["documentsToSign"][0] | {"meta": [1]}]),
        documents(
            documentsToSign=[
                documents()["documentsToSign"][0] | {"document": {"file": {"mime": "", "data": "?"}}}
            ]
        ),
    ],
)
def test_malformed_documents_are_a_message(phone: Phone, body: dict[str, Any]) -> None:
    assert phone.send(body or {"x": 1}).result()["message"]
    assert phone.state == "preparing"


def test_unknown_codes_and_early_calls_are_messages(sandbox: SandboxProcess, phone: Phone) -> None:
    base = f"{sandbox.url}/sandbox/sigex/api/egovQr"
    assert httpx.get(f"{base}/nothing/sign").json()["message"]
    assert httpx.post(f"{base}/nothing/data", json=documents()).json()["message"]
    assert httpx.post(base, json={"about": 1}).json()["message"]
    assert httpx.post(base, content=b"[").json()["message"]
    assert phone.signature().result()["message"]


def test_cut_lines_are_mended_by_asking_again(sandbox: SandboxProcess, phone: Phone) -> None:
    sandbox.switch(sigex="drop")
    for _attempt in range(2):
        sending = phone.send()
        phone.require_state("waiting" if _attempt == 0 else "scanned")
        phone.act("scan")
        with pytest.raises(httpx.RemoteProtocolError):
            sending.result()
    assert "message" not in phone.send().result()
    phone.act("sign", iin=IIN)
    for _attempt in range(2):
        with pytest.raises(httpx.RemoteProtocolError):
            phone.signature().result()
    assert read(phone.signature().result())["signer_infos"]


def test_whoever_hung_up_uses_up_no_cut(sandbox: SandboxProcess, phone: Phone) -> None:
    sandbox.switch(sigex="drop")
    for _attempt in range(3):
        with pytest.raises(httpx.ReadTimeout):
            httpx.post(phone.made["dataURL"], json=documents(), timeout=httpx.Timeout(5, read=0.2))
    phone.act("scan")
    for _attempt in range(2):
        with pytest.raises(httpx.RemoteProtocolError):
            phone.send().result()
    assert "message" not in phone.send().result()


def test_switches_make_the_service_fail(sandbox: SandboxProcess, phone: Phone) -> None:
    address = f"{sandbox.url}/sandbox/sigex/api/egovQr"
    sandbox.switch(sigex="down")
    assert httpx.post(address, json={"description": "x"}).status_code == 502
    sandbox.switch(sigex="error")
    answer = httpx.post(address, json={"description": "x"})
    assert answer.status_code == 200
    assert set(answer.json()) == {"message"}


def test_page_of_the_phone_reads_the_code_and_signs(sandbox: SandboxProcess, phone: Phone) -> None:
    sending = phone.send()
    phone.require_state("waiting")
    with httpx.Client(base_url=sandbox.url, follow_redirects=True) as browser:
        listed = browser.get("/sandbox/egov/?lang=kk").text
        assert "Kenes Hub &lt;b&gt;" in listed
        assert "Өтініш KH-1" in listed
        opened = browser.get(f"/sandbox/egov/{phone.id}/").text
        assert "message" not in sending.result()
        assert "KH-1" in opened
        assert browser.get(f"/sandbox/egov/{phone.id}/0").content == CONTENT
        wrong = browser.post(
            f"/sandbox/egov/{phone.id}/", data={"action": "sign", "choice": "asked", "iin": "7"}
        )
        assert wrong.status_code == 400
        assert phone.state == "scanned"
        address = f"/sandbox/egov/{phone.id}/"
        foreign = browser.post(address, data={"action": "sign"}, headers={"Sec-Fetch-Site": "cross-site"})
        assert foreign.status_code == 403
        done = browser.post(address, data={"action": "sign", "choice": "asked", "iin": IIN})
        assert 'data-state="signed"' in done.text
    message = read(phone.signature().result())
    assert message["certificates"][0].chosen.subject.native["serial_number"] == f"IIN{IIN}"


def test_wrong_keys_sign_on_the_phone_too(phone: Phone) -> None:
    sending = phone.send()
    phone.require_state("waiting")
    assert phone.act("sign", choice="cancel").status_code == 400
    assert phone.act("eat").status_code == 400
    phone.act("sign", choice="head", iin=IIN)
    sending.result()
    names = read(phone.signature().result())["certificates"][0].chosen.subject.native
    assert names["organizational_unit_name"] == "BIN220140918424"


def test_reset_ends_what_waits(sandbox: SandboxProcess, phone: Phone) -> None:
    sending = phone.send()
    phone.require_state("waiting")
    sandbox.reset()
    assert sending.result()["message"]
