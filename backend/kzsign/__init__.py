"""Checks signatures of Kazakhstan's National Certification Authority: CMS/CAdES, signed XML, PDF, evidence packages.

    from kzsign import Trust, verify

    report = verify(cms, document=pdf, trust=Trust.from_folder(folder), at=received_at)
    report.verdict, report.signers[0].full_name, report.as_json()

Stands alone: no Django, no package that must be installed.
"""

from kzsign.anchors import Trust
from kzsign.context import Limits, Purpose, RevocationPolicy, RevocationSource
from kzsign.dispatch import verify
from kzsign.report import Report, SignerReport, Step, Verdict

__all__ = [
    "Limits",
    "Purpose",
    "Report",
    "RevocationPolicy",
    "RevocationSource",
    "SignerReport",
    "Step",
    "Trust",
    "Verdict",
    "verify",
]
