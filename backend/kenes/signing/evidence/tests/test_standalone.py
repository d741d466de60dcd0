"""The checker alone: an empty folder, the system's Python, no network, no project."""

from __future__ import annotations

import io
import json
import os
import shutil
import subprocess
import zipfile
from pathlib import Path

import pytest

from kenes.signing.evidence.checker import checker
from kenes.signing.evidence.tests.samples import package_of, signed_document

pytestmark = pytest.mark.django_db(transaction=True)
PYTHON = "/usr/bin/python3"


def run(folder: Path, *arguments: str, lang: str = "C.UTF-8") -> subprocess.CompletedProcess[str]:
    """The system's Python without site packages, user folders or environment; without network where that can be had."""
    alone = ["unshare", "-n"] if os.geteuid() == 0 and shutil.which("unshare") else []
    command = [
        *alone, "env", "-i", "PATH=/usr/bin:/bin", f"LANG={lang}", PYTHON, "-I", "-S", "check.pyz", *arguments,
    ]  # fmt: skip
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=120, check=False)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    borrower, document = signed_document()
    with zipfile.ZipFile(io.BytesIO(package_of(borrower, document))) as archive:
        archive.extractall(tmp_path)
    return tmp_path


def test_the_checker_confirms_an_unpacked_package_and_sees_every_change(folder: Path) -> None:
    done = run(folder, lang="ru_RU.UTF-8")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("ПОДТВЕРЖДЕНО")
    assert "SHA-256" in done.stdout

    for path in sorted(path for path in folder.rglob("*") if path.is_file() and path.name != "check.pyz"):
        kept = path.read_bytes()
        changed = bytearray(kept)
        changed[len(changed) // 3] ^= 1
        path.write_bytes(bytes(changed))
        assert run(folder).returncode == 1, f"{path.name} changed"
        path.unlink()
        assert run(folder).returncode in (1, 64), f"{path.name} removed"
        path.write_bytes(kept)
    (folder / "signatures" / "more.json").write_text("{}")
    assert run(folder).returncode == 1


def test_the_checker_takes_the_zip_and_tells_programs(tmp_path: Path) -> None:
    borrower, document = signed_document()
    (tmp_path / "package.zip").write_bytes(package_of(borrower, document))
    (tmp_path / "check.pyz").write_bytes(checker())

    done = run(tmp_path, "package.zip", "--json")
    report = json.loads(done.stdout)

    assert (done.returncode, report["verdict"]) == (0, "valid")
    assert report["evidence"]["anchors_from"] == "package"
    assert run(tmp_path, "package.zip", "--lang", "kk").stdout.startswith("РАСТАЛДЫ")
    assert run(tmp_path, "package.zip", lang="en_GB.UTF-8").stdout.startswith("CONFIRMED")


def test_own_certificates_take_the_place_of_those_inside(
    folder: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    own, strange = tmp_path_factory.mktemp("own"), tmp_path_factory.mktemp("strange")
    for path in (folder / "anchors").iterdir():
        shutil.copy(path, own)

    assert run(folder, "--anchors", str(own)).returncode == 0
    assert run(folder, "--anchors", str(strange)).returncode == 2
    assert run(folder, "--anchors", "/nowhere").returncode == 64


def test_a_bad_call_is_told_so(tmp_path: Path) -> None:
    (tmp_path / "check.pyz").write_bytes(checker())

    assert run(tmp_path, "absent.zip").returncode == 64
    assert run(tmp_path, "--at", "yesterday").returncode == 64
    assert run(tmp_path).returncode == 1


def test_the_checker_is_made_the_same_each_time_and_holds_nothing_of_ours() -> None:
    checker.cache_clear()
    first = checker()
    checker.cache_clear()
    assert checker() == first
    with zipfile.ZipFile(io.BytesIO(first)) as archive:
        names = archive.namelist()
    assert "__main__.py" in names
    assert not [name for name in names if "testing" in name or "tests" in name or "kenes" in name]
