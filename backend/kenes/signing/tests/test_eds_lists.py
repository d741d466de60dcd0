"""Lists of revoked certificates: kept at hand for the time that OCSP is silent, with a warning before they end."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from kenes.foundation import clock
from kenes.signing import tasks
from kenes.signing.eds import authority, lists
from kenes.signing.tests.conftest import Esign
from kzsign import Report, verify
from kzsign.testing import Identity, sign_cms

DOCUMENT = b"contract"


@pytest.fixture(autouse=True)
def addresses(esign: Esign, settings: Any, tmp_path: Path) -> None:
    base = f"{esign.sandbox.url}/sandbox/esign/crl"
    settings.KZSIGN_LISTS_DIR = tmp_path / "lists"
    settings.CRL_URLS = tuple(f"{base}/{name}.crl" for name in ("nca_gost", "nca_d_gost", "root_gost"))


def _judged(person: Identity) -> Report:
    signature = sign_cms(DOCUMENT, person, detached=True)
    return verify(signature, document=DOCUMENT, trust=authority.trust(), revocation=authority.revocation())


def test_lists_answer_while_ocsp_is_silent(esign: Esign) -> None:
    person = esign.authority.individual()
    assert tasks.refresh_lists() == 3
    esign.sandbox.switch(ocsp="down", crl="down")
    report = _judged(person)
    assert (report.verdict.value, report.signers[0].revocation.source) == ("valid", "crl")


def test_revoked_after_the_whole_list_is_known_by_the_delta(esign: Esign) -> None:
    person = esign.authority.individual()
    tasks.refresh_lists()
    esign.authority.revoke(person, reason=1)
    tasks.refresh_lists()
    esign.sandbox.switch(ocsp="down", crl="down")
    report = _judged(person)
    assert (report.verdict.value, report.signers[0].revocation.source) == ("invalid", "crl")


def test_without_lists_and_ocsp_the_answer_is_unknown(esign: Esign) -> None:
    esign.sandbox.switch(ocsp="down", crl="down")
    assert tasks.refresh_lists() == 0
    assert _judged(esign.authority.individual()).verdict.value == "unknown"


def test_lists_that_cannot_be_fetched_leave_the_old_ones(esign: Esign) -> None:
    tasks.refresh_lists()
    kept = sorted(Path(lists.folder().folder).iterdir())
    esign.sandbox.switch(crl="down")
    assert tasks.refresh_lists() == 0
    assert sorted(Path(lists.folder().folder).iterdir()) == kept


def test_only_addresses_of_the_setting_are_asked(esign: Esign, settings: Any) -> None:
    settings.CRL_URLS = ()
    assert tasks.refresh_lists() == 0
    assert not Path(settings.KZSIGN_LISTS_DIR).exists() or not list(Path(settings.KZSIGN_LISTS_DIR).iterdir())


def test_nothing_is_fetched_where_nobody_is_trusted(settings: Any, tmp_path: Path) -> None:
    settings.KZSIGN_ANCHORS_DIR = tmp_path / "none"
    assert tasks.refresh_lists() == 0
    assert not Path(settings.KZSIGN_LISTS_DIR).exists()


def test_folder_that_cannot_be_written_breaks_nothing(settings: Any, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    settings.KZSIGN_LISTS_DIR = tmp_path / "file" / "lists"
    assert tasks.refresh_lists() == 0


@pytest.mark.django_db
def test_what_ends_soon_is_told_to_whoever_watches(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    tasks.refresh_lists()
    now = clock.now()
    assert list(lists.ending(now)) == []
    assert client.get("/health/ready").json()["checks"]["esign_trust"]["ok"] is True
    kinds = {kind for kind, _name, _end in lists.ending(now + timedelta(days=3))}
    assert kinds == {"list"}
    assert {kind for kind, _name, _end in lists.ending(now + timedelta(days=6 * 365))} == {"list", "anchor"}
    monkeypatch.setattr(lists, "_LIST_ENDS_SOON", timedelta(days=3))
    assert client.get("/health/ready").json()["checks"]["esign_trust"]["ok"] is False
