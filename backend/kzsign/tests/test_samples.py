"""The published samples, when their folder is at hand: every call by the command line, and what the manifest says."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from datetime import datetime, timezone
from pathlib import Path
from typing import Any

import pytest

from kzsign import Trust, certificates, crl, ocsp, timestamps
from kzsign.context import Context

BACKEND = Path(__file__).parents[2]
FOLDER = Path(os.environ.get("KENES_ESIGN_SAMPLES") or BACKEND.parents[1] / "shared" / "data" / "esign")
VERDICTS = FOLDER / "verdicts.json"
CALLS: list[dict[str, str]] = json.loads(VERDICTS.read_text()) if VERDICTS.exists() else []
EXIT = {"valid": 0, "invalid": 1, "unknown": 2}

pytestmark = pytest.mark.skipif(
    not CALLS, reason=f"no samples in {FOLDER}: KENES_ESIGN_SAMPLES names their folder"
)


def _run(call: dict[str, str]) -> tuple[int, dict[str, Any]]:
    command = [
        sys.executable,
        "-m",
        "kzsign",
        "verify",
        str(FOLDER / call["file"]),
        "--anchors",
        str(FOLDER / "ca"),
    ]
    command += ["--at", call["at"], "--revocation", "off"]
    if "document" in call:
        command += ["--document", str(FOLDER / call["document"])]
    ran = subprocess.run(command, cwd=BACKEND, capture_output=True, check=False)
    assert ran.stderr == b""
    return ran.returncode, json.loads(ran.stdout)


@pytest.mark.parametrize(
    "call", CALLS, ids=lambda call: f"{call['file']}-{call['at'][:10]}-{call.get('document', '')}"
)
def test_every_sample_gets_its_verdict(call: dict[str, str]) -> None:
    code, answer = _run(call)
    assert (answer["verdict"], code) == (call["verdict"], EXIT[call["verdict"]]), answer
    assert {one["name"]: one["result"] for s in answer["signers"] for one in s["steps"]}[
        "revocation"
    ] == "skipped"


def _call(file: str) -> dict[str, str]:
    return next(call for call in CALLS if call["file"] == file)


def _certificate(name: str) -> certificates.Certificate:
    return certificates.read((FOLDER / name).read_bytes())


def test_a_stamp_without_anchor_is_told_and_not_counted() -> None:
    _, answer = _run(_call("cms/individual_attached.der"))
    (signer,) = answer["signers"]
    assert signer["time_source"] == "given"
    assert signer["timestamp"]["at"].startswith("2026-07-20")
    assert (signer["timestamp"]["trusted"], signer["timestamp"]["reason"]) == (False, "timestamp_untrusted")
    assert (signer["iin"], signer["role"]) == ("123456789011", "individual")


def test_of_two_signers_each_has_its_own_verdict() -> None:
    _, answer = _run(_call("bad/one_of_two_signers_bad.der"))
    assert sorted(signer["verdict"] for signer in answer["signers"]) == ["invalid", "valid"]
    _, answer = _run(_call("cms/two_signers_gost_rsa_attached.der"))
    assert sorted(signer["verdict"] for signer in answer["signers"]) == ["invalid", "valid"]


@pytest.mark.parametrize(
    ("file", "issuer", "status"),
    [
        ("ocsp/gost_ceo_revoked.der", "ca/test_nca_gost_2022.cer", "revoked"),
        ("ocsp/rsa_good.der", "ca/test_nca_rsa_2019.cer", "good"),
    ],
)
def test_answers_of_the_authority(file: str, issuer: str, status: str) -> None:
    answer = ocsp.read((FOLDER / file).read_bytes())
    authority = _certificate(issuer)
    ocsp._check_signature(answer, authority, ())
    assert answer.nonce is not None
    serial = int.from_bytes(answer.singles[0].children[0].children[3].content, "big")

    class Named:
        """The sample's certificate is not among the samples; only its number and issuer are asked for."""

        def __init__(self) -> None:
            self.serial, self.issuer = serial, authority.subject

    found = ocsp._single(answer.singles[0], Named(), authority)  # type: ignore[arg-type]
    assert found is not None
    assert found.status == status
    with pytest.raises(ocsp.OcspError, match="other_certificate"):
        ocsp.judge(
            (FOLDER / file).read_bytes(), _certificate("certs/test_individual_gost_2026.cer"), authority
        )


def test_the_list_of_the_authority() -> None:
    data = (FOLDER / "crl/nca_gost2022_test.crl").read_bytes()
    found = crl.read(data)
    found.check(_certificate("ca/test_nca_gost_2022.cer"))
    assert (found.number, found.is_delta, found.next_update) == (
        14,
        False,
        datetime(2025, 10, 26, 4, 46, 49, tzinfo=timezone.utc),
    )
    assert len(list(found._places())) == 54
    with pytest.raises(crl.CrlError, match="other_issuer"):
        found.check(_certificate("ca/test_root_gost_2022.cer"))


def test_a_legacy_token_is_read() -> None:
    """Its imprint is by SHA-1: sound, and not counted."""
    token = (FOLDER / "tsp/legacy_gost2004_token.der").read_bytes()
    judged = timestamps.judge(token, b"unknown", Context(trust=Trust.from_folder(FOLDER / "ca")))
    assert judged.info is not None
    assert judged.reason == "timestamp_weak_algorithm"


def test_two_certificates_verify_with_the_computed_key_of_the_authority() -> None:
    """The production key is known as octets only; its identifier is the one in the certificate."""
    import hashlib

    key = (FOLDER / "ca/prod_nca_gost_2022.rawkey.bin").read_bytes()
    stamp = _certificate("certs/prod_tsa_gost_2025.cer")
    wrapped = b"\x04\x81\x80" + key
    assert hashlib.sha1(wrapped).digest() == stamp.extensions.authority_key_id
