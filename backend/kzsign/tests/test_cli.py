"""The command line: one JSON object, four exit codes, nothing else on stdout."""

from __future__ import annotations

import json
import os
import ssl
import subprocess
import sys
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from kzsign import cli
from kzsign.testing import Authority, sign_cms

BACKEND = Path(__file__).parents[2]
TEXT = b"from a file"


@pytest.fixture(scope="module")
def folder(authority: Authority, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Anchors beside files that are none, and a signature."""
    made = tmp_path_factory.mktemp("cli")
    anchors = made / "anchors"
    anchors.mkdir()
    (anchors / "root.CER").write_bytes(authority.root.certificate)
    (anchors / "nca.der").write_bytes(authority.issuing.certificate)
    (anchors / "readme.txt").write_text("no certificate")
    (anchors / "key.bin").write_bytes(bytes(128))
    (anchors / "broken.cer").write_bytes(b"\x30\x03\x02\x01\x01")
    (anchors / "empty.pem").write_bytes(b"")
    (anchors / "folder.cer").mkdir()
    moment = authority.now
    (made / "signed.cms").write_bytes(sign_cms(TEXT, authority.individual(), signing_time=moment))
    (made / "detached.cms").write_bytes(
        sign_cms(TEXT, authority.individual(), detached=True, signing_time=moment, encoding="pem")
    )
    (made / "document.txt").write_bytes(TEXT)
    (made / "bad.cms").write_bytes(sign_cms(TEXT, authority.individual(), signing_time=moment)[:-1])
    return made


def _run(*arguments: object, **environment: str) -> tuple[int, Any, str]:
    command = [sys.executable, "-m", "kzsign", *map(str, arguments)]
    clean = {key: value for key, value in os.environ.items() if key != "KZSIGN_ANCHORS_DIR"}
    ran = subprocess.run(
        command, cwd=BACKEND, env=clean | environment, capture_output=True, check=False, text=True
    )
    return ran.returncode, json.loads(ran.stdout) if ran.stdout else None, ran.stderr


def test_the_four_exit_codes(folder: Path) -> None:
    common = ("--anchors", folder / "anchors", "--at", "2026-06-15T09:00:00Z", "--revocation", "off")
    code, answer, errors = _run("verify", folder / "signed.cms", *common)
    assert (code, answer["verdict"], errors) == (0, "valid", "")
    code, answer, errors = _run("verify", folder / "bad.cms", *common)
    assert (code, answer["verdict"], errors) == (1, "invalid", "")
    code, answer, errors = _run("verify", folder / "signed.cms", *common[:-2])
    assert (code, answer["verdict"], answer["reason"]) == (2, "unknown", "revocation_unknown")
    code, answer, errors = _run("verify", folder / "nothing.cms", *common)
    assert (code, answer) == (64, None)
    assert "nothing.cms" in errors


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no such device here")
@pytest.mark.parametrize("to", ["> /dev/full", ">&-"])
def test_an_answer_that_cannot_be_told_is_no_verdict(folder: Path, to: str) -> None:
    """Exit code 1 of a crash would read as «invalid»."""
    call = f'"{sys.executable}" -m kzsign verify "{folder}/signed.cms" --anchors "{folder}/anchors" {to}'
    ran = subprocess.run(["sh", "-c", call], cwd=BACKEND, capture_output=True, check=False, text=True)
    assert ran.returncode == 64
    assert "Traceback" not in ran.stderr


def test_a_document_is_compared(folder: Path) -> None:
    common = ("--anchors", folder / "anchors", "--at", "2026-06-15T14:00:00+05:00", "--revocation", "off")
    assert _run("verify", folder / "detached.cms", "--document", folder / "document.txt", *common)[0] == 0
    assert _run("verify", folder / "detached.cms", "--document", folder / "bad.cms", *common)[0] == 1
    assert _run("verify", folder / "detached.cms", *common)[0] == 2


def test_anchors_come_from_the_environment_when_not_named(folder: Path) -> None:
    call = ("verify", folder / "signed.cms", "--at", "2026-06-15T09:00:00Z", "--revocation", "off")
    assert _run(*call, KZSIGN_ANCHORS_DIR=str(folder / "anchors"))[0] in (0, 1)
    code, answer, _ = _run(*call, KZSIGN_ANCHORS_DIR=str(folder / "no-such-folder"))
    assert (code, answer["reason"]) == (2, "no_anchors")


@pytest.mark.parametrize(
    "arguments",
    [
        (),
        ("judge", "x"),
        ("verify",),
        ("verify", "FILE", "--unknown"),
        ("verify", "FILE", "--at", "yesterday"),
        ("verify", "FILE", "--at", ""),
        ("verify", "FILE", "--at", "2026-13-01"),
        ("verify", "FILE", "--at", "0001-01-01T00:00:00+14:00"),
        ("verify", "FILE", "--revocation", "sometimes"),
        ("verify", "FILE", "--anchors", "no-such-folder"),
        ("verify", "FILE", "--document", "no-such-file"),
        ("verify", "FILE", "FILE"),
        ("verify", "FILE", "--ancho", "."),
        ("verify", "/"),
        ("verify", "FILE\x01"),
    ],
)
def test_a_bad_call_is_64_with_a_word_on_stderr(
    folder: Path, capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...]
) -> None:
    given = [str(folder / "signed.cms") if one == "FILE" else one for one in arguments]
    assert cli.main(given) == cli.BAD_CALL
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err


def test_a_name_that_no_terminal_can_show_breaks_nothing(
    authority: Authority, at: datetime, folder: Path
) -> None:
    odd = authority.individual(name="Ұлт \U0001f600 \x00\x1b[31m")
    (folder / "odd.cms").write_bytes(sign_cms(TEXT, odd, signing_time=at))
    call = (
        "verify",
        folder / "odd.cms",
        "--anchors",
        folder / "anchors",
        "--at",
        at.isoformat(),
        "--revocation",
        "off",
    )
    code, answer, _ = _run(*call, PYTHONIOENCODING="ascii", LC_ALL="C")
    assert code == 0
    # Controls are left out: on a terminal they would colour or hide what stands beside the name.
    assert answer["signers"][0]["full_name"].startswith("Ұлт \U0001f600 [31m")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2026-08-01", "2026-08-01T00:00:00"),
        ("2026-08-01T05", "2026-08-01T05:00:00"),
        ("2026-08-01 05:06", "2026-08-01T05:06:00"),
        ("2026-08-01T05:06:07", "2026-08-01T05:06:07"),
        ("2026-08-01t05:06:07z", "2026-08-01T05:06:07"),
        ("20260801T050607Z", "2026-08-01T05:06:07"),
        ("2026-08-01T05:06:07+05:00", "2026-08-01T00:06:07"),
        ("2026-08-01T05:06:07-0330", "2026-08-01T08:36:07"),
        ("2026-08-01T05:06:07+05", "2026-08-01T00:06:07"),
        ("2026-08-01T05:06:07.5Z", "2026-08-01T05:06:07.500000"),
        ("2026-08-01T05:06:07,123456789Z", "2026-08-01T05:06:07.123456"),
        (" 2026-08-01T05:06:07 Z ", "2026-08-01T05:06:07"),
        ("0001-01-01", "0001-01-01T00:00:00"),
        ("9999-12-31T23:59:59Z", "9999-12-31T23:59:59"),
    ],
)
def test_every_form_of_a_time_is_read(text: str, expected: str) -> None:
    assert cli._moment(text) == datetime.fromisoformat(expected + "+00:00")


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "now",
        "1785542400",
        "2026",
        "2026-08",
        "2026-02-30",
        "2026-08-01T24:00:01",
        "2026-08-01T05:60",
        "2026-08-01T05:06:07+25:00",
        "2026-08-01T05:06:07+05:00Z",
        "2026-08-01T",
        "2026-08-01T05:06:07.",
        "٢٠٢٦-٠٨-٠١",
        "2026-08-01T05:06:07−05:00",
        "9999-12-31T23:59:59-05:00",
        "2026-08-01\n--x",
    ],
)
def test_what_is_no_time_is_a_bad_call(text: str) -> None:
    with pytest.raises(cli.BadCall):
        cli._moment(text)


def test_a_bundle_of_anchors_is_read_though_one_in_it_is_broken(folder: Path, authority: Authority) -> None:
    bundle = folder / "bundle"
    bundle.mkdir()
    blocks = [authority.rsa_root.certificate, b"\x30\x03\x02\x01\x01", authority.issuing.certificate]
    text = "".join(
        f"# {number}\n{ssl.DER_cert_to_PEM_cert(block)}\r\n" for number, block in enumerate(blocks)
    )
    (bundle / "all.pem").write_text("\ufeff" + text)
    (bundle / "der under another name.pem").write_bytes(authority.legacy_root.certificate)
    call = ("verify", folder / "signed.cms", "--anchors", bundle, "--at", "2026-06-15", "--revocation", "off")
    code, answer, errors = _run(*call)
    assert (code, answer["verdict"], errors) == (0, "valid", "")


def test_the_place_of_the_call_and_of_python_does_not_matter(folder: Path, tmp_path: Path) -> None:
    """Modules in the way, no home, a name with blanks, Cyrillic and a dash before it."""
    (tmp_path / "asn1.py").write_text("raise SystemExit(7)")
    (tmp_path / "kzsign").mkdir()
    named = tmp_path / "-Договор № 1 (қол).cms"
    named.write_bytes((folder / "signed.cms").read_bytes())
    options = ("--at=2026-06-15", "--revocation=off", "--")
    ran = subprocess.run(
        [sys.executable, "-m", "kzsign", "verify", f"--anchors={folder / 'anchors'}", *options, named.name],
        cwd=tmp_path,
        env={"PYTHONPATH": f"{BACKEND}:{tmp_path}", "LC_ALL": "C"},
        capture_output=True,
        check=False,
    )
    assert (ran.returncode, ran.stderr) == (0, b"")
    assert json.loads(ran.stdout.decode())["signers"][0]["full_name"] == "ТЕСТОВ ТЕСТ ТЕСТОВИЧ"


def test_who_has_no_home_has_no_anchors(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def homeless() -> Path:
        raise RuntimeError("Could not determine home directory.")

    monkeypatch.setattr(Path, "home", homeless)
    for variable in ("KZSIGN_ANCHORS_DIR", "XDG_DATA_HOME"):
        monkeypatch.delenv(variable, raising=False)
    assert cli.main(["verify", str(folder / "signed.cms"), "--revocation", "off"]) == 2


@pytest.mark.parametrize("program", [("-m", "kzsign", "verify"), (str(BACKEND.parent / "bin" / "verify"),)])
def test_a_crash_does_not_end_like_a_verdict(folder: Path, tmp_path: Path, program: tuple[str, ...]) -> None:
    (tmp_path / "sitecustomize.py").write_text("import kzsign.cli\nkzsign.cli.run = lambda *_, **__: 1 / 0\n")
    ran = subprocess.run(
        [sys.executable, *program, str(folder / "signed.cms")],
        env=os.environ | {"PYTHONPATH": f"{tmp_path}:{BACKEND}"},
        capture_output=True,
        check=False,
    )
    assert (ran.returncode, ran.stdout) == (64, b"")
    assert b"ZeroDivisionError" in ran.stderr
