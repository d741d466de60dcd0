"""NCALayer over its websocket: greeting, both modules, filters, keys that must not pass, who may ask."""

import base64
import json
from datetime import UTC, datetime
from typing import Any

import httpx
import pytest
from websockets.exceptions import InvalidStatus

from kzsign import RevocationPolicy, Trust, Verdict, digests, verify
from sandbox.testing import SandboxProcess
from sandbox.tests.ncalayer_page import (
    BIN,
    CONTENT,
    DATA,
    HEAD,
    IIN,
    LOGIN,
    PERSON,
    SIGNING,
    STORE,
    attributes,
    page,
    read,
    subject,
)


def test_greets_with_its_version(sandbox: SandboxProcess) -> None:
    with page(sandbox) as one:
        assert set(one.greeting) == {"result"}
        assert one.greeting["result"]["version"]


def test_signs_with_the_key_of_the_asked_person(sandbox: SandboxProcess) -> None:
    with page(sandbox) as one:
        answer = one.sign()
    assert answer["status"] is True
    text = answer["body"]["result"]
    assert text.startswith("-----BEGIN CMS-----\n")
    signed = read(text)
    assert subject(signed)["serial_number"] == f"IIN{IIN}"
    assert signed["encap_content_info"]["content"].native is None
    assert attributes(signed, "signed_attrs")["message_digest"][0].native == digests.streebog512(CONTENT)
    assert signed["signer_infos"][0]["unsigned_attrs"].native is None


def test_time_stamp_and_content_come_only_when_asked_for(sandbox: SandboxProcess) -> None:
    with page(sandbox) as one:
        signed = read(one.sign(encapsulate=True, tsaProfile={})["body"]["result"])
    assert signed["encap_content_info"]["content"].native == CONTENT
    assert "signature_time_stamp_token" in attributes(signed, "unsigned_attrs")


def test_list_of_data_gives_a_list_of_signatures(sandbox: SandboxProcess) -> None:
    with page(sandbox) as one:
        result = one.sign([DATA, DATA])["body"]["result"]
    assert len(result) == 2
    assert all(subject(read(text))["serial_number"] == f"IIN{IIN}" for text in result)


def test_digest_is_signed_as_given(sandbox: SandboxProcess) -> None:
    digest = digests.streebog512(CONTENT)
    with page(sandbox) as one:
        signed = read(one.sign(base64.b64encode(digest).decode(), digested=True)["body"]["result"])
        short = one.sign(DATA, digested=True)
        inside = one.sign(base64.b64encode(digest).decode(), digested=True, encapsulate=True)
    assert attributes(signed, "signed_attrs")["message_digest"][0].native == digest
    assert (short["status"], short["code"]) == (False, "INVOCATION_ERROR")
    assert (inside["status"], inside["code"]) == (False, "INVOCATION_ERROR")


def test_text_is_signed_as_it_stands_without_decode(sandbox: SandboxProcess) -> None:
    with page(sandbox) as one:
        signed = read(one.sign(DATA, decode=False, encapsulate=True)["body"]["result"])
    assert signed["encap_content_info"]["content"].native == DATA.encode()


def test_one_xml_comes_back_in_a_list(sandbox: SandboxProcess) -> None:
    with page(sandbox) as one:
        result = one.sign("<letter>текст</letter>", form="xml")["body"]["result"]
        broken = one.sign("<letter>", form="xml")
        bomb = one.sign('<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>', form="xml")
    assert len(result) == 1
    assert "gostr34102015-gostr34112015-512" in result[0]
    assert broken["status"] is bomb["status"] is False


def test_certificate_comes_beside_when_wanted(sandbox: SandboxProcess) -> None:
    with page(sandbox) as one:
        result = one.sign(outputCert=True)["body"]["result"]
    assert result["certificate"].startswith("-----BEGIN CERTIFICATE-----")
    assert read(result["signatures"])["signer_infos"]


def test_organisation_and_role_decide_the_certificate(sandbox: SandboxProcess) -> None:
    wanted = {"extKeyUsageOids": [SIGNING, HEAD], "iin": IIN, "bin": BIN}
    with page(sandbox) as one:
        names = subject(read(one.sign(signer=wanted)["body"]["result"]))
    assert (names["serial_number"], names["organizational_unit_name"]) == (f"IIN{IIN}", f"BIN{BIN}")


@pytest.mark.parametrize(
    "wanted",
    [
        {"extKeyUsageOids": [SIGNING, LOGIN]},
        {"extKeyUsageOids": [PERSON, HEAD]},
        {"extKeyUsageOids": [SIGNING], "serialNumber": "1234"},
        {"extKeyUsageOids": [SIGNING], "chain": ["MIIB"]},
    ],
)
def test_no_fitting_key_ends_as_a_closed_window(sandbox: SandboxProcess, wanted: dict[str, Any]) -> None:
    with page(sandbox) as one:
        assert one.sign(signer=wanted) == {"status": True, "body": {}}


def test_any_chain_and_the_right_serial_number_find_the_key(sandbox: SandboxProcess) -> None:
    with page(sandbox) as one:
        info = one.ask("commonUtils", "getKeyInfo", [STORE])["responseObject"]
        wanted = {"extKeyUsageOids": [SIGNING], "chain": [], "serialNumber": info["serialNumber"]}
        signed = read(one.sign(signer=wanted)["body"]["result"])
    assert f"{signed['certificates'][0].chosen.serial_number:040x}" == info["serialNumber"]


@pytest.mark.parametrize(
    ("choice", "number"),
    [
        ("other_person", "IIN900101300017"),
        ("expired", f"IIN{IIN}"),
        ("revoked", f"IIN{IIN}"),
        ("authentication", f"IIN{IIN}"),
        ("look_alike", f"IIN{IIN}"),
        ("head", f"IIN{IIN}"),
        ("entity", None),
    ],
)
def test_wrong_keys_sign_although_they_do_not_fit(
    sandbox: SandboxProcess, choice: str, number: str | None
) -> None:
    with page(sandbox, choice=choice) as one:
        signed = read(one.sign()["body"]["result"])
    certificate = signed["certificates"][0].chosen
    assert certificate.subject.native.get("serial_number") == number
    ended = certificate["tbs_certificate"]["validity"]["not_after"].native < datetime.now(UTC)
    assert ended is (choice == "expired")
    assert ("organizational_unit_name" in certificate.subject.native) is (choice in ("head", "entity"))
    uses = certificate.extended_key_usage_value.native
    assert ("client_auth" in uses) is (choice == "authentication")


@pytest.mark.parametrize(
    ("choice", "verdict", "reason"),
    [
        ("asked", Verdict.VALID, ""),
        ("other_person", Verdict.VALID, ""),
        ("expired", Verdict.INVALID, "expired"),
        ("look_alike", Verdict.INVALID, "untrusted"),
        ("authentication", Verdict.INVALID, "not_for_signing"),
    ],
)
def test_signatures_are_what_a_judge_takes_them_for(
    sandbox: SandboxProcess, choice: str, verdict: Verdict, reason: str
) -> None:
    with page(sandbox, choice=choice) as one:
        answers = [one.sign(), one.sign(tsaProfile={})]
    trust = Trust.from_folder(sandbox.anchors_dir)
    for answer, source in zip(answers, ("now", "timestamp"), strict=True):
        message = answer["body"]["result"].encode()
        report = verify(message, document=CONTENT, trust=trust, revocation=RevocationPolicy.OFF)
        signer = report.signers[0]
        assert (report.verdict, signer.verdict) == (verdict, verdict), report.as_json()
        assert not reason or reason in {step.reason for step in signer.steps}, report.as_json()
        assert choice != "asked" or (signer.iin, signer.time_source) == (IIN, source)


def test_look_alike_has_the_same_issuer_name_and_another_key(sandbox: SandboxProcess) -> None:
    issuers = []
    for choice in ("asked", "look_alike"):
        with page(sandbox, choice=choice) as one:
            certificate = read(one.sign()["body"]["result"])["certificates"][0].chosen
            issuers.append((certificate.issuer.dump(), certificate.authority_key_identifier))
    assert issuers[0][0] == issuers[1][0]
    assert issuers[0][1] != issuers[1][1]


def test_a_key_of_a_chosen_person_bears_the_typed_name(sandbox: SandboxProcess) -> None:
    with page(sandbox, choice="asked", iin=IIN, name="Асқарова Мөлдір Қайратқызы") as one:
        names = subject(read(one.sign(signer={"extKeyUsageOids": [LOGIN]})["body"]["result"]))
    assert (names["serial_number"], names["common_name"]) == (f"IIN{IIN}", "АСҚАРОВА МӨЛДІР")


def test_cancel_is_told_in_the_way_of_each_module(sandbox: SandboxProcess) -> None:
    with page(sandbox, choice="cancel") as one:
        assert one.sign() == {"status": True, "body": {}}
        older = one.ask("commonUtils", "createCAdESFromBase64", [STORE, "SIGNATURE", DATA, False])
        assert older == {"code": "500", "message": "action.canceled"}


def test_a_program_that_is_off_takes_no_connection(sandbox: SandboxProcess) -> None:
    with pytest.raises(InvalidStatus), page(sandbox, choice="off"):
        pass


@pytest.mark.parametrize(
    "origin", ["http://evil.example", "null", "file://", "http://127.0.0.1.evil.example"]
)
def test_a_page_of_another_site_gets_no_connection(sandbox: SandboxProcess, origin: str) -> None:
    with pytest.raises(InvalidStatus), page(sandbox, origin=origin):
        pass


def test_older_module(sandbox: SandboxProcess) -> None:
    digest = base64.b64encode(digests.streebog512(CONTENT)).decode()
    with page(sandbox, choice="asked", iin=IIN) as one:
        call = lambda method, *args: one.ask("commonUtils", method, list(args))  # noqa: E731
        assert call("getActiveTokens") == {"code": "200", "responseObject": ["AKKaztokenStore"]}
        assert call("changeLocale", "kz") == {"code": "200"}
        info = call("getKeyInfo", STORE)["responseObject"]
        plain = read(call("createCAdESFromBase64", STORE, "SIGNATURE", DATA, True)["responseObject"])
        stamped = read(
            call("createCMSSignatureFromBase64", STORE, "SIGNATURE", DATA, False)["responseObject"]
        )
        hashed = read(call("createCAdESFromBase64Hash", STORE, "SIGNATURE", digest)["responseObject"])
        login = read(call("createCAdESFromBase64", STORE, "AUTHENTICATION", DATA, False)["responseObject"])
        xml = call("signXml", STORE, "SIGNATURE", "<a>б</a>", "", "")["responseObject"]
        xmls = call("signXmls", STORE, "SIGNATURE", ["<a/>", "<b/>"], "", "")["responseObject"]
    assert f"IIN{IIN}" in info["subjectDn"]
    assert plain["encap_content_info"]["content"].native == CONTENT
    assert "signature_time_stamp_token" in attributes(stamped, "unsigned_attrs")
    assert attributes(hashed, "signed_attrs")["message_digest"][0].native == digests.streebog512(CONTENT)
    assert "client_auth" in login["certificates"][0].chosen.extended_key_usage_value.native
    assert "<ds:Signature" in xml
    assert len(xmls) == 2


@pytest.mark.parametrize(
    ("method", "args"),
    [
        ("getKeyInfo", [1]),
        ("createCAdESFromBase64", [STORE, "SIGNATURE", [7], False]),
        ("createCAdESFromBase64", ["USB", "SIGNATURE", DATA, False]),
        ("signXml", [STORE, "SIGNATURE", 555, "", ""]),
        ("changeLocale", [2]),
    ],
)
def test_older_module_names_the_wrong_argument_in_javas_words(
    sandbox: SandboxProcess, method: str, args: list[Any]
) -> None:
    with page(sandbox) as one:
        answer = one.ask("commonUtils", method, args)
    assert answer["code"] == "500"
    assert (
        answer["message"] == f"java.lang.IllegalArgumentException: argument type mismatch. Method: {method}"
    )


@pytest.mark.parametrize(
    "changes",
    [
        {"signingParams": 555},
        {"signerParams": None},
        {"signerParams": {"extKeyUsageOids": "1.2"}},
        {"signerParams": {"extKeyUsageOids": [], "iin": 5}},
        {"signerParams": {"extKeyUsageOids": [], "chain": [1]}},
        {"format": "pdf"},
        {"data": None},
        {"data": []},
        {"data": "не base64"},
        {"allowedStorages": ["USB"]},
        {"logo": "x" * 50_001},
    ],
)
def test_wrong_calls_are_failures(sandbox: SandboxProcess, changes: dict[str, Any]) -> None:
    args: dict[str, Any] = {
        "allowedStorages": None, "format": "cms", "data": DATA, "signingParams": {"decode": True},
        "signerParams": {"extKeyUsageOids": []}, "locale": "ru",
    }  # fmt: skip
    with page(sandbox) as one:
        answer = one.ask("basics", "sign", args | changes)
        assert (answer["status"], answer["code"]) == (False, "INVOCATION_ERROR")
        assert answer["details"]
        # The line stays open for a better call.
        assert one.ask("basics", "sign", args)["body"]["result"]


def test_unknown_modules_and_no_json_are_told_apart(sandbox: SandboxProcess) -> None:
    with page(sandbox) as one:
        assert one.ask("nothing", "sign", {})["code"] == "MODULE_NOT_FOUND"
        assert one.ask("basics", "eat", {})["code"] == "METHOD_NOT_FOUND"
        for nonsense in ("", "[]", "{", "null", "[" * 100_000):
            one.say(nonsense)
            assert one.answer()["status"] is False


def test_answers_keep_the_order_of_the_questions(sandbox: SandboxProcess) -> None:
    question = {"module": "kz.gov.pki.knca.commonUtils", "args": []}
    with page(sandbox) as one:
        one.say(
            json.dumps(question | {"method": "signXmls", "args": [STORE, "SIGNATURE", ["<a/>"] * 3, "", ""]})
        )
        one.say(json.dumps(question | {"method": "getActiveTokens"}))
        assert len(one.answer()["responseObject"]) == 3
        assert one.answer()["responseObject"] == ["AKKaztokenStore"]


def test_each_browser_has_its_own_choice(sandbox: SandboxProcess) -> None:
    address = f"{sandbox.url}/sandbox/api/ncalayer/"
    with httpx.Client() as first, httpx.Client() as second:
        first.post(address, json={"choice": "expired", "iin": IIN}).raise_for_status()
        assert first.get(address).json()["choice"] == "expired"
        assert second.get(address).json()["choice"] == "asked"


@pytest.mark.parametrize(
    "wrong", [{"choice": "best"}, {"iin": "123"}, {"bin": "x" * 12}, {"name": "я" * 121}]
)
def test_wrong_choice_is_refused_and_changes_nothing(sandbox: SandboxProcess, wrong: dict[str, str]) -> None:
    address = f"{sandbox.url}/sandbox/api/ncalayer/"
    with httpx.Client() as browser:
        browser.post(address, json={"choice": "head"}).raise_for_status()
        assert browser.post(address, json=wrong).status_code == 400
        assert browser.get(address).json()["choice"] == "head"


def test_page_of_keys_keeps_the_choice_and_shows_what_is_wrong(sandbox: SandboxProcess) -> None:
    with httpx.Client(base_url=sandbox.url, follow_redirects=True) as browser:
        assert 'value="asked" checked' in browser.get("/sandbox/ncalayer/").text
        chosen = browser.post("/sandbox/ncalayer/", data={"choice": "revoked", "iin": IIN})
        assert 'value="revoked" checked' in chosen.text
        assert 'role="status"' in chosen.text
        wrong = browser.post("/sandbox/ncalayer/", data={"choice": "asked", "iin": "12"})
        assert wrong.status_code == 400
        assert 'id="key-iin-error"' in wrong.text
        assert browser.get("/sandbox/api/ncalayer/").json()["choice"] == "revoked"
        foreign = browser.post(
            "/sandbox/ncalayer/", data={"choice": "off"}, headers={"Sec-Fetch-Site": "cross-site"}
        )
        assert foreign.status_code == 403


def test_a_spoiled_cookie_is_the_ordinary_choice(sandbox: SandboxProcess) -> None:
    for spoiled in ("x", "bnVsbA==", "W10=", "eyJjaG9pY2UiOiJ4In0="):
        answer = httpx.get(
            f"{sandbox.url}/sandbox/api/ncalayer/", headers={"Cookie": f"sandbox_ncalayer={spoiled}"}
        )
        assert answer.json()["choice"] == "asked"
