"""The matrix of the samples on signatures of our own authority, through the library and through the command line."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path

import pytest

from kzsign import RevocationPolicy, cli, verify
from kzsign.testing import Authority
from kzsign.tests.conftest import NOW
from kzsign.tests.matrix import Call, Maker

AUTHORITY = Authority.make(now=NOW, seed=b"the matrix")
MAKER = Maker(AUTHORITY)
CALLS = MAKER.calls()
EXIT = {"valid": 0, "invalid": 1, "unknown": 2}


@pytest.mark.parametrize("call", CALLS, ids=lambda call: call.name)
def test_every_call_gets_its_verdict(
    call: Call, tmp_path: Path, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    at = NOW + timedelta(days=call.days)
    trust = MAKER.trust(call.anchors)
    report = verify(call.signature, document=call.document, trust=trust, at=at, revocation=call.revocation)
    assert report.verdict.value == call.verdict, report.as_json()
    assert (report.reason == "") is (call.verdict == "valid")
    (tmp_path / "anchors").mkdir()
    for number, anchor in enumerate(trust.anchors):
        (tmp_path / "anchors" / f"{number}.cer").write_bytes(anchor.raw)
    for number, between in enumerate(trust.intermediates):
        (tmp_path / "anchors" / f"between{number}.der").write_bytes(between.raw)
    (tmp_path / "signature").write_bytes(call.signature)
    arguments = [
        "verify",
        str(tmp_path / "signature"),
        "--anchors",
        str(tmp_path / "anchors"),
        "--at",
        at.isoformat(),
    ]
    arguments += ["--revocation", "off" if call.revocation is RevocationPolicy.OFF else "archived"]
    if call.document is not None:
        (tmp_path / "document").write_bytes(call.document)
        arguments += ["--document", str(tmp_path / "document")]
    assert cli.main(arguments) == EXIT[call.verdict]
    assert json.loads(capsysbinary.readouterr().out)["verdict"] == call.verdict


def test_names_are_all_different() -> None:
    assert len({call.name for call in CALLS}) == len(CALLS) >= 40
