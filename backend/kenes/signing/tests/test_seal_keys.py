from __future__ import annotations

import multiprocessing
import stat
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from kenes.signing.seal_keys import (
    AUTHORITY_FILE,
    SEAL_FILE,
    SealKeyError,
    ensure_seal_identity,
    trusted_authorities,
)

NOW = datetime.now(UTC)


def _fingerprint(folder: str) -> str:
    return ensure_seal_identity(Path(folder), "passphrase", "Kenes Hub", now=NOW).fingerprint


def test_many_processes_starting_together_make_one_key(tmp_path: Path) -> None:
    with multiprocessing.get_context("spawn").Pool(4) as pool:
        fingerprints = pool.map(_fingerprint, [str(tmp_path / "seal")] * 6)

    assert len(set(fingerprints)) == 1


def test_key_files_are_encrypted_and_readable_by_the_owner_alone(tmp_path: Path) -> None:
    folder = tmp_path / "seal"
    ensure_seal_identity(folder, "passphrase", "Kenes Hub", now=NOW)

    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    for name in (AUTHORITY_FILE, SEAL_FILE):
        assert stat.S_IMODE((folder / name).stat().st_mode) == 0o600
        assert b"BEGIN ENCRYPTED PRIVATE KEY" in (folder / name).read_bytes()


def test_a_wrong_or_empty_passphrase_is_refused_and_the_key_stays(tmp_path: Path) -> None:
    before = _fingerprint(str(tmp_path))

    for passphrase in ("", "other"):
        with pytest.raises(SealKeyError):
            ensure_seal_identity(tmp_path, passphrase, "Kenes Hub", now=NOW)

    assert _fingerprint(str(tmp_path)) == before


def test_a_damaged_key_file_is_named_and_never_replaced(tmp_path: Path) -> None:
    _fingerprint(str(tmp_path))
    (tmp_path / SEAL_FILE).write_bytes(b"not a key")

    with pytest.raises(SealKeyError, match=SEAL_FILE):
        ensure_seal_identity(tmp_path, "passphrase", "Kenes Hub", now=NOW)

    assert (tmp_path / SEAL_FILE).read_bytes() == b"not a key"


def test_the_seal_is_renewed_before_it_ends_under_the_same_authority(tmp_path: Path) -> None:
    first = ensure_seal_identity(tmp_path, "passphrase", "Kenes Hub", now=NOW)
    nearly_ended = first.certificate.not_valid_after_utc - timedelta(days=30)

    second = ensure_seal_identity(tmp_path, "passphrase", "Kenes Hub", now=nearly_ended)

    assert second.fingerprint != first.fingerprint
    assert second.authority == first.authority
    assert trusted_authorities(tmp_path) == [first.authority]
    second.certificate.verify_directly_issued_by(second.authority)
