"""Anchors of a folder: what is taken, what is refused."""

import base64
import hashlib
import json
from pathlib import Path

import pytest

from kzsign import certificates, trust
from kzsign.certificates import Certificate
from kzsign.testing import Authority
from kzsign.testing import identifiers as ids
from kzsign.testing.certificates import COMMON_NAME, COUNTRY, issue, name
from kzsign.trust import Refused, Store, Trust, TrustError


@pytest.fixture(scope="module")
def authority() -> Authority:
    return Authority.make()


@pytest.fixture(scope="module")
def real_looking(authority: Authority) -> bytes:
    """A root whose name does not say TEST."""
    root = authority.root
    subject = name((COMMON_NAME, "НЕГІЗГІ КУӘЛАНДЫРУШЫ ОРТАЛЫҚ (GOST) 2022"), (COUNTRY, "KZ"))
    made = issue(
        issuer=None, key=root.key, subject=subject, not_before=root.not_before, not_after=root.not_after
    )
    return made.certificate


def _raw(found: tuple[Certificate, ...]) -> list[bytes]:
    return [one.raw for one in found]


def _sha256(certificate: bytes) -> str:
    return hashlib.sha256(certificate).hexdigest()


def _pem(certificate: bytes) -> bytes:
    text = base64.encodebytes(certificate)
    return b"-----BEGIN CERTIFICATE-----\n" + text + b"-----END CERTIFICATE-----\n"


def test_folder_of_the_authority_gives_roots_as_anchors_and_issuers_between(
    authority: Authority, tmp_path: Path
) -> None:
    authority.write_anchors(tmp_path, families=("gost",))
    found = trust.load(tmp_path, allow_test=True)
    assert _raw(found.trust.anchors) == [authority.root.certificate]
    assert _raw(found.trust.intermediates) == [authority.issuing.certificate]


def test_every_spelling_of_a_certificate_is_read_and_other_files_are_not(
    authority: Authority, tmp_path: Path
) -> None:
    root, issuing = authority.root.certificate, authority.issuing.certificate
    (tmp_path / "a.CER").write_bytes(root)
    (tmp_path / "b.pem").write_bytes(b"comment\n" + _pem(root) + _pem(issuing))
    (tmp_path / "c.crt").write_bytes(base64.encodebytes(root))
    (tmp_path / "d.rawkey.bin").write_bytes(b"\x00" * 128)
    (tmp_path / "e.txt").write_bytes(root)
    (tmp_path / "f.der").mkdir()
    found = trust.load(tmp_path, allow_test=True)
    assert _raw(found.trust.anchors) == [root, issuing]
    assert found.refused == ()


def test_test_authorities_are_refused_unless_allowed(
    authority: Authority, real_looking: bytes, tmp_path: Path
) -> None:
    (tmp_path / "real.cer").write_bytes(real_looking)
    (tmp_path / "test.cer").write_bytes(authority.root.certificate)
    assert _raw(trust.load(tmp_path, require_pins=False).trust.anchors) == [real_looking]
    assert trust.load(tmp_path, require_pins=False).refused == (Refused("test.cer", "test_anchor"),)
    assert authority.root.certificate in _raw(trust.load(tmp_path, allow_test=True).trust.anchors)


@pytest.mark.parametrize(
    "common_name",
    ["НЕГІЗГІ КО TEST (RSA)", "ҰКО 3.0 (GOST TEST)", "X (GOST) TEST 2022", "Root test", ids.ISSUING_RSA],
)
def test_names_of_test_authorities_are_recognised(authority: Authority, common_name: str) -> None:
    root = authority.root
    subject = name((COMMON_NAME, common_name), (COUNTRY, "KZ"))
    made = issue(
        issuer=None, key=root.key, subject=subject, not_before=root.not_before, not_after=root.not_after
    )
    assert trust.is_test(certificates.read(made.certificate))


def test_certificate_that_is_not_pinned_is_refused(
    authority: Authority, real_looking: bytes, tmp_path: Path
) -> None:
    (tmp_path / "real.cer").write_bytes(real_looking)
    (tmp_path / "pins.json").write_text(json.dumps({_sha256(authority.root.certificate): {}}))
    assert trust.load(tmp_path, require_pins=False).refused == (Refused("real.cer", "not_pinned"),)
    spelled = ":".join(_sha256(real_looking).upper()[i : i + 2] for i in range(0, 64, 2))
    (tmp_path / "pins.json").write_text(json.dumps({spelled: {"subject": "root"}}))
    assert _raw(trust.load(tmp_path, require_pins=True).trust.anchors) == [real_looking]


def test_pins_hold_for_intermediates_too(authority: Authority, tmp_path: Path) -> None:
    authority.write_anchors(tmp_path, families=("gost",))
    (tmp_path / "pins.json").write_text(json.dumps({_sha256(authority.root.certificate): {}}))
    found = trust.load(tmp_path, allow_test=True)
    assert found.trust.intermediates == ()
    assert Refused("nca_gost.cer", "not_pinned") in found.refused


def test_without_pins_nothing_is_taken_where_they_are_required(
    authority: Authority, real_looking: bytes, tmp_path: Path
) -> None:
    (tmp_path / "real.cer").write_bytes(real_looking)
    assert trust.load(tmp_path, require_pins=True).trust.anchors == ()
    assert trust.load(tmp_path).refused == (Refused("real.cer", "not_pinned"),)
    assert _raw(trust.load(tmp_path, allow_test=True).trust.anchors) == [real_looking]


@pytest.mark.parametrize("pins", ["", "[]", "{", '{"short": {}}', '{"%s": 1}' % ("a" * 64)])
def test_damaged_pins_stop_the_folder(pins: str, tmp_path: Path) -> None:
    (tmp_path / "pins.json").write_text(pins)
    with pytest.raises(TrustError, match="bad_pins"):
        trust.load(tmp_path, require_pins=False)


@pytest.mark.parametrize(
    "data", [b"", b"\x30\x80", b"\x30\x03\x02\x01\x01", b"no certificate", b"-----BEGIN CERTIFICATE-----"]
)
def test_damaged_files_are_refused_and_the_others_taken(
    data: bytes, real_looking: bytes, tmp_path: Path
) -> None:
    (tmp_path / "bad.cer").write_bytes(data)
    (tmp_path / "good.cer").write_bytes(real_looking)
    found = trust.load(tmp_path, require_pins=False)
    assert _raw(found.trust.anchors) == [real_looking]
    assert found.refused == (Refused("bad.cer", "unreadable"),)


def test_huge_file_is_not_read(real_looking: bytes, tmp_path: Path) -> None:
    (tmp_path / "huge.pem").write_bytes(_pem(real_looking) + b"\n" * 300_000)
    assert trust.load(tmp_path, require_pins=False).refused == (Refused("huge.pem", "too_large"),)


def test_absent_folder_gives_no_anchors(tmp_path: Path) -> None:
    assert trust.load(tmp_path / "nothing") == Store(Trust())


def test_folder_read_without_pins_keeps_intermediates_apart(authority: Authority, tmp_path: Path) -> None:
    authority.write_anchors(tmp_path, families=("gost",))
    found = Trust.from_folder(tmp_path)
    assert _raw(found.anchors) == [authority.root.certificate]
    assert _raw(found.intermediates) == [authority.issuing.certificate]


def test_default_folder_is_the_one_of_the_environment(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("KZSIGN_ANCHORS_DIR", str(tmp_path))
    assert trust.default_folder() == tmp_path
    monkeypatch.delenv("KZSIGN_ANCHORS_DIR")
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    assert trust.default_folder() == tmp_path / "kzsign" / "anchors"
