"""The time stamp over a package: asked for where a service is configured, never waited for, told where it is absent."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from kenes.accounts.selectors import actor_for
from kenes.documents.models import Document
from kenes.foundation import clock
from kenes.signing import organisation_stamps
from kenes.signing.evidence import orders
from kenes.signing.evidence.models import EvidencePackage
from kenes.signing.evidence.tests.samples import package_of, signed_document
from kenes.signing.tests.conftest import Esign
from kzsign import evidence, evidence_files

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _fresh_services() -> Iterator[None]:
    organisation_stamps.forget()
    yield
    organisation_stamps.forget()


def _step(report: evidence.EvidenceReport) -> tuple[str, str]:
    return next((one.result, one.reason) for one in report.evidence.steps if one.name == "stamp")


def test_a_package_says_by_a_time_stamp_since_when_it_stands(esign: Esign) -> None:
    borrower, document = signed_document()
    data = package_of(borrower, document)

    report = evidence.verify_evidence(data, trust=None)

    assert (report.verdict.value, report.reason, _step(report)) == ("valid", "", ("passed", ""))
    assert report.evidence.stamped_at is not None
    assert abs(report.evidence.stamped_at - clock.now()) < timedelta(minutes=2)
    assert json.loads(evidence_files.from_zip(data)["manifest.json"])["time_stamp"] == "manifest.tst"
    # Years later the certificate of the seal has ended; the stamp says that it stood when the package was made.
    later = clock.now() + timedelta(days=5 * 365)
    again = evidence.verify_evidence(data, trust=None, at=later)
    assert {step.name: step.result for step in again.evidence.steps}["seal"] == "passed"


def test_common_tools_read_the_stamp(esign: Esign, tmp_path: Path) -> None:
    borrower, document = signed_document()
    found = evidence_files.from_zip(package_of(borrower, document))
    openssl = shutil.which("openssl")
    assert openssl is not None
    for name in ("manifest.p7s", "manifest.tst"):
        (tmp_path / name).write_bytes(found[name])
    told = subprocess.run(
        [openssl, "ts", "-reply", "-token_in", "-in", "manifest.tst", "-text"],
        cwd=tmp_path, capture_output=True, text=True, check=True, timeout=30,
    )  # fmt: skip
    assert "Hash Algorithm: sha256" in told.stdout


@pytest.mark.parametrize("position", ["down", "refusing"])
def test_a_silent_service_delays_no_package_and_the_next_order_tries_again(
    esign: Esign, position: str
) -> None:
    borrower, document = signed_document()
    esign.sandbox.switch(tsp=position)
    organisation_stamps.forget()
    report = evidence.verify_evidence(package_of(borrower, document), trust=None)
    assert (report.verdict.value, _step(report)) == ("valid", ("skipped", "manifest_not_stamped"))

    esign.sandbox.switch(tsp="ok")
    organisation_stamps.forget()
    assert _step(_again(borrower, document)) == ("passed", "")
    assert EvidencePackage.objects.get().version == 2
    # Now there is nothing more to say.
    assert orders.order(actor=actor_for(borrower), document_id=document.pk).status == "ready"
    assert EvidencePackage.objects.get().version == 2


def test_a_service_that_is_configured_later_is_asked_at_the_next_order(esign: Esign, settings: Any) -> None:
    address, settings.TSP_URL = settings.TSP_URL, ""
    borrower, document = signed_document()
    assert _step(_again(borrower, document)) == ("skipped", "manifest_not_stamped")
    settings.TSP_URL = address
    assert _step(_again(borrower, document)) == ("passed", "")


def _again(borrower: Any, document: Document) -> evidence.EvidenceReport:
    return evidence.verify_evidence(package_of(borrower, document), trust=None)
