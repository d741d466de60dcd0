"""bin/verify in a folder of its own, by the system's Python without any package."""

from __future__ import annotations

import ast
import json
import os
import shutil
import subprocess
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.serialization import BestAvailableEncryption, Encoding, PrivateFormat
from cryptography.x509 import load_der_x509_certificate

from kzsign.testing import Authority, sign_cms, sign_xml

PROJECT = Path(__file__).parents[3]
PYTHON = "/usr/bin/python3"
TEXT = b"in a fresh clone"

pytestmark = pytest.mark.skipif(not Path(PYTHON).exists(), reason="no Python of the system here")


@pytest.fixture(scope="module")
def clone(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The program and the library, nothing else: no .venv, no stack."""
    made = tmp_path_factory.mktemp("clone")
    (made / "bin").mkdir()
    shutil.copy(PROJECT / "bin" / "verify", made / "bin" / "verify")
    shutil.copytree(
        PROJECT / "backend" / "kzsign",
        made / "backend" / "kzsign",
        ignore=shutil.ignore_patterns("__pycache__"),
    )
    return made


def _run(clone: Path, *arguments: object, **environment: str) -> tuple[int, Any, str]:
    # -S leaves out every installed package.
    command = [PYTHON, "-S", str(clone / "bin" / "verify"), *map(str, arguments)]
    clean = {"PATH": os.environ["PATH"], "HOME": str(clone), **environment}
    ran = subprocess.run(
        command, cwd=clone, env=clean, capture_output=True, check=False, text=True, timeout=60
    )
    return ran.returncode, json.loads(ran.stdout) if ran.stdout else None, ran.stderr


def test_the_library_is_written_for_python_3_9() -> None:
    """Only what it needs to judge: tests and the test authority may use newer words."""
    folder = PROJECT / "backend" / "kzsign"
    for file in [*folder.glob("*.py"), *folder.glob("online/*.py")]:
        ast.parse(file.read_text(), filename=str(file), feature_version=(3, 9))


def test_a_cms_needs_no_package(authority: Authority, at: datetime, clone: Path) -> None:
    anchors = clone / "anchors"
    authority.write_anchors(anchors)
    (clone / "a.cms").write_bytes(
        sign_cms(TEXT, authority.individual(), timestamp=authority.tsa(), signing_time=at)
    )
    call = ("a.cms", "--anchors", anchors, "--revocation", "off")
    assert _run(clone, *call, "--at", at.isoformat())[0::2] == (0, "")
    (clone / "a.cms").write_bytes(sign_cms(TEXT, authority.look_alike().individual(), signing_time=at))
    code, answer, _ = _run(clone, *call, "--at", at.isoformat())
    assert (code, answer["reason"]) == (1, "untrusted")
    code, answer, errors = _run(clone, "no-such-file")
    assert (code, answer) == (64, None)
    assert errors.startswith("verify: ")


def test_a_pipe_is_no_file_and_nobody_waits_for_it(clone: Path, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    code, answer, errors = _run(clone, tmp_path / "pipe")
    assert (code, answer) == (64, None)
    assert "there is no file" in errors


def test_the_stack_of_the_run_folder_is_trusted(authority: Authority, at: datetime, clone: Path) -> None:
    run = clone / "somewhere"
    authority.write_anchors(run / "esign" / "anchors", families=["gost"])
    (clone / "b.cms").write_bytes(sign_cms(TEXT, authority.individual(), signing_time=at))
    call = ("b.cms", "--at", at.isoformat(), "--revocation", "off")
    assert _run(clone, *call)[1]["reason"] == "no_anchors"
    assert _run(clone, *call, RUN_DIR=str(run))[0] == 0
    assert _run(clone, *call, KZSIGN_ANCHORS_DIR=str(run / "esign" / "anchors"))[0] == 0
    # A pinned store takes no test authorities.
    (run / "esign" / "anchors" / "pins.json").write_text("{}")
    assert _run(clone, *call, RUN_DIR=str(run))[1]["reason"] == "no_anchors"
    (run / "esign" / "anchors" / "pins.json").write_text("broken")
    assert _run(clone, *call, RUN_DIR=str(run))[0] == 64


def test_the_authority_of_the_seal_is_trusted_and_not_asked(
    authority: Authority, at: datetime, clone: Path
) -> None:
    run = clone / "sealed"
    (run / "seal" / "trusted").mkdir(parents=True)
    root = authority.rsa_issuing
    secret = root.key.private.private_bytes(  # type: ignore[attr-defined]
        Encoding.PEM, PrivateFormat.PKCS8, BestAvailableEncryption(b"passphrase")
    )
    pem = load_der_x509_certificate(root.certificate).public_bytes(Encoding.PEM)
    (clone / "c.cms").write_bytes(sign_cms(TEXT, authority.individual(family="rsa"), signing_time=at))
    call = ("c.cms", "--at", at.isoformat())
    assert _run(clone, *call, RUN_DIR=str(run))[0] == 2
    for file in ("seal-authority.pem", "trusted/older.pem"):
        (run / "seal" / file).write_bytes(secret + pem)
        code, answer, _ = _run(clone, *call, RUN_DIR=str(run))
        assert (code, answer["signers"][0]["revocation"]["reason"]) == (0, "not_published"), file
        (run / "seal" / file).unlink()


def test_signed_xml_without_lxml_and_without_a_way_to_it_is_unknown(
    authority: Authority, at: datetime, clone: Path
) -> None:
    (clone / "d.xml").write_bytes(sign_xml("<a/>", authority.individual()))
    code, answer, errors = _run(clone, "d.xml", "--at", at.isoformat(), "--revocation", "off")
    assert (code, answer["verdict"], answer["reason"]) == (2, "unknown", "xml_not_supported")
    assert "lxml" in errors
