"""Packages as they are made: what is in them, and that they hold."""

from __future__ import annotations

import pytest

from kenes.signing.evidence.tests.samples import package_of, signed_document
from kzsign import evidence
from kzsign.report import Verdict

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_package_of_a_signature_by_code_is_valid() -> None:
    borrower, document = signed_document()

    report = evidence.verify_evidence(package_of(borrower, document), trust=None)

    assert (report.verdict, report.reason) == (Verdict.VALID, ""), report.as_json()
    assert [one.full_name for one in report.signers] == [borrower.full_name]
    assert report.evidence.document_sha256 == document.sha256
    assert report.evidence.anchors_from == "package"
