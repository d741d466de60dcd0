"""What the tests ask of a report."""

from __future__ import annotations

from kzsign import Report, SignerReport


def step(report: Report | SignerReport, name: str) -> tuple[str, str]:
    """Result and reason of a step of the first signer."""
    signer = report.signers[0] if isinstance(report, Report) else report
    found = next(one for one in signer.steps if one.name == name)
    return found.result, found.reason


def failed(report: Report) -> list[tuple[str, str]]:
    """Names and reasons of all failed steps of all signers."""
    return [(one.name, one.reason) for s in report.signers for one in s.steps if one.result == "failed"]
