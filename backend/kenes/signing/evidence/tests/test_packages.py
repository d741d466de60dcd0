"""Packages as they are made: what is in them, and that they hold."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest

from kenes.accounts.selectors import actor_for
from kenes.event_log import anchoring, stamping
from kenes.foundation import clock
from kenes.signing.evidence.tests.samples import package_of, publish_agreement, run_documents, signed_document
from kenes.signing.services import requests
from kenes.signing.tests.conftest import Esign
from kenes.signing.tests.factories import make_borrower, make_document, show
from kenes.signing.tests.test_eds_api import IIN, give_iin, pdf_of, send
from kzsign import evidence, evidence_files
from kzsign.report import Verdict
from kzsign.testing import sign_cms

ApiFor = Callable[[Any], Any]
pytestmark = pytest.mark.django_db(transaction=True)


def test_a_package_of_a_signature_by_code_is_valid(settings: Any) -> None:
    settings.TSP_URL = ""
    borrower, document = signed_document()

    report = evidence.verify_evidence(package_of(borrower, document), trust=None)

    assert (report.verdict, report.reason) == (Verdict.VALID, ""), report.as_json()
    assert {step.name: step.reason for step in report.evidence.steps}["stamp"] == "manifest_not_stamped"
    assert [one.full_name for one in report.signers] == [borrower.full_name]
    assert report.evidence.document_sha256 == document.sha256
    assert report.evidence.anchors_from == "package"


def test_a_package_of_a_signature_by_key_holds_all_that_judging_it_takes(
    api_for: ApiFor, esign: Esign
) -> None:
    publish_agreement()
    borrower = give_iin(make_borrower())
    document = make_document(borrower)
    actor = actor_for(borrower)
    request = show(actor, requests.request_signature(actor=actor, document_id=document.pk))
    key = esign.authority.individual(iin=IIN, name="ДОСЫМОВ КАЙРАТ", patronymic="АНУАРОВИЧ")
    cms = sign_cms(pdf_of(document), key, detached=True)
    assert send(api_for(borrower), request, cms).status_code == 200
    run_documents()
    document.refresh_from_db()

    data = package_of(borrower, document)
    files = evidence_files.from_zip(data)
    facts = json.loads(files["signatures/01/signature.json"])
    report = evidence.verify_evidence(data, trust=None)

    told = (report.signers[0].revocation, sorted(files), facts["answers"], facts["lists"], facts["ocsp"])
    assert (report.verdict, report.reason) == (Verdict.VALID, ""), told
    assert report.signers[0].iin == IIN
    assert files[facts["cms_received"]] == cms
    assert facts["ocsp"] in files
    assert len(facts["certificates"]) >= 1


def test_a_package_after_a_day_stands_under_the_stamped_anchor_of_the_log(esign: Esign) -> None:
    borrower, document = signed_document()
    anchoring.anchor(clock.today())
    assert stamping.stamp_pending() == 1

    report = evidence.verify_evidence(package_of(borrower, document), trust=None)

    assert (report.verdict, report.reason) == (Verdict.VALID, "")
    assert {step.name: step.result for step in report.evidence.steps}["anchor"] == "passed"
    assert report.evidence.anchored_on == clock.today().isoformat()
    assert report.evidence.anchor_stamped_at
