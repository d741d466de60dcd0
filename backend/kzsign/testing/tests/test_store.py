"""The authority of a folder: made once, the same afterwards, known to every process."""

import json
import stat
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from kzsign import certificates, trust
from kzsign.testing.demo import PEOPLE, make_keys
from kzsign.testing.ocsp import NEVER_ISSUED
from kzsign.testing.store import KeptAuthority, open_authority

BACKEND = Path(__file__).resolve().parents[3]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("esign")
    open_authority(made, address="http://127.0.0.1:1/sandbox/esign")
    return made


@pytest.fixture
def authority(folder: Path) -> KeptAuthority:
    return open_authority(folder)


def test_second_start_finds_the_same_authority(folder: Path) -> None:
    one, other = open_authority(folder), open_authority(folder)
    for name in ("root", "issuing", "rsa_issuing", "legacy"):
        assert getattr(one, name).certificate == getattr(other, name).certificate
    assert one.tsa_of("rsa").certificate == other.tsa_of("rsa").certificate
    assert one.individual().issuer_name == other.issuing.subject


def test_anchors_are_refused_where_test_authorities_are_not_allowed(folder: Path) -> None:
    assert len(trust.load(folder / "anchors", allow_test=True).trust.anchors) == 3
    assert trust.load(folder / "anchors").trust.anchors == ()


def test_private_keys_are_readable_by_their_owner_alone(folder: Path) -> None:
    make_keys(open_authority(folder))
    for file in (folder / "authority.json", folder / "keys" / "borrower.json"):
        assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_what_one_process_issues_and_revokes_the_other_knows(folder: Path) -> None:
    sandbox, other = open_authority(folder), open_authority(folder)
    person = other.individual()
    assert sandbox.status(person.serial).status == "good"
    at = datetime(2026, 11, 1, tzinfo=UTC)
    other.revoke(person, at=at, reason=1)
    said = sandbox.status(person.serial)
    assert (said.status, said.revoked_at, said.reason) == ("revoked", at, 1)
    assert open_authority(folder).status(person.serial) == said


def test_serial_never_issued_is_on_hold_since_1970(authority: KeptAuthority) -> None:
    said = authority.status(12345)
    assert (said.status, said.revoked_at, said.reason) == ("revoked", NEVER_ISSUED, 6)


def test_several_starts_at_once_make_one_authority(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "kzsign.testing", "authority", "--dir", str(tmp_path)]
    with ThreadPoolExecutor(3) as pool:
        done = list(
            pool.map(
                lambda _: subprocess.run(command, cwd=BACKEND, capture_output=True, text=True, check=False),
                range(3),
            )
        )
    assert [one.returncode for one in done] == [0, 0, 0], done[0].stderr
    assert len({one.stdout for one in done}) == 1
    assert len(list((tmp_path / "keys").glob("*.json"))) == len(PEOPLE)


def test_keys_near_their_end_are_replaced_and_expired_ones_kept(folder: Path) -> None:
    authority = open_authority(folder)
    before = {one.name: one.identity.certificate for one in make_keys(authority)}
    authority.now += timedelta(days=320)
    after = {one.name: one.identity.certificate for one in make_keys(authority)}
    assert after["borrower"] != before["borrower"]
    assert after["borrower-expired"] == before["borrower-expired"]


def test_people_are_who_they_should_be(folder: Path) -> None:
    authority = open_authority(folder)
    read = {one.name: certificates.read(one.identity.certificate) for one in make_keys(authority)}
    assert read["borrower"].iin == "870419390122"
    assert read["other-person"].iin != read["borrower"].iin
    assert (read["lender-head"].bin, read["lender-head"].role) == ("220140918424", "head")
    assert read["lender-system"].iin == ""
    assert read["borrower-expired"].not_after < datetime.now(UTC)
    assert authority.status(read["borrower-revoked"].serial).status == "revoked"


def test_damaged_folder_is_said_so(tmp_path: Path) -> None:
    (tmp_path / "authority.json").write_text(json.dumps({"other": 1}))
    with pytest.raises(ValueError, match="not an authority"):
        open_authority(tmp_path)


def test_line_cut_by_a_kill_does_not_lose_the_others(tmp_path: Path) -> None:
    authority = open_authority(tmp_path)
    first = authority.individual()
    with (tmp_path / "issued.jsonl").open("a") as journal:
        journal.write('{"issued": "12')
    cut = authority.individual()
    later = authority.individual()
    again = open_authority(tmp_path)
    assert again.status(first.serial).status == again.status(later.serial).status == "good"
    assert again.status(cut.serial).status == "revoked"
