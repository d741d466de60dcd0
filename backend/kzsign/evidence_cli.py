"""The checker inside an evidence package: `python3 check.pyz` in the unpacked folder, or with the ZIP. Needs no network.

Exit codes: 0 valid, 1 invalid, 2 unknown, 64 bad call.
"""

from __future__ import annotations

import argparse
import json
import locale
import os
import sys
from collections.abc import Iterator, Sequence
from datetime import datetime, timezone
from pathlib import Path
from typing import Final, NoReturn

from kzsign import evidence, evidence_files, evidence_manifest
from kzsign.anchors import Trust
from kzsign.evidence import EvidenceReport
from kzsign.evidence_texts import LANGUAGES, WORDS, Words, reason_text
from kzsign.report import FAILED, PASSED, UNKNOWN, SignerReport, Step, Verdict

EXIT: Final = {Verdict.VALID: 0, Verdict.INVALID: 1, Verdict.UNKNOWN: 2}
BAD_CALL: Final = 64
_MAX_ZIP: Final = 300 << 20
_MARKS: Final = {PASSED: "[+]", FAILED: "[-]", UNKNOWN: "[?]"}


class BadCall(Exception):
    """The call cannot be carried out; the text is for people."""


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        raise BadCall(message)


def _parser() -> argparse.ArgumentParser:
    found = _Parser(prog="check.pyz", description=__doc__, allow_abbrev=False)
    found.add_argument("package", type=Path, nargs="?", metavar="FILE", help="ZIP or its unpacked folder")
    found.add_argument("--anchors", type=Path, help="folder of certificates to trust instead of those inside")
    found.add_argument("--at", help="time to judge seals at, ISO 8601; UTC without offset")
    found.add_argument("--lang", choices=LANGUAGES, help="language of the answer")
    found.add_argument("--json", action="store_true", help="print the report as JSON")
    return found


def main(arguments: Sequence[str] | None = None) -> int:
    """Check a package and say in words what was found. Returns the exit code."""
    try:
        chosen = _parser().parse_args(arguments)
        report = _check(chosen.package, _trust(chosen.anchors), _moment(chosen.at))
    except (BadCall, OSError) as problem:
        sys.stderr.write(f"check.pyz: {problem}\n")
        return BAD_CALL
    if chosen.json:
        text = json.dumps(report.as_json(), ensure_ascii=False, indent=2)
    else:
        text = "\n".join(told(report, chosen.lang or _language()))
    sys.stdout.buffer.write(text.encode("utf-8", "backslashreplace") + b"\n")
    sys.stdout.buffer.flush()
    return EXIT[report.verdict]


def _check(package: Path | None, trust: Trust | None, at: datetime | None) -> EvidenceReport:
    place = package or _own_folder()
    if place.is_dir():
        try:
            files = evidence_files.from_folder(place)
        except evidence_files.PackageError as problem:
            return evidence.refused("container", problem.code)
        return evidence.verify_files(files, trust=trust, at=at)
    if not place.is_file():
        raise BadCall(f"there is no {place}")
    with place.open("rb") as stream:
        return evidence.verify_evidence(stream.read(_MAX_ZIP), trust=trust, at=at)


def _own_folder() -> Path:
    """Where the program lies when the list is beside it, else where it is called."""
    own = Path(sys.argv[0]).resolve().parent
    return own if (own / evidence_manifest.MANIFEST).is_file() else Path.cwd()


def _trust(folder: Path | None) -> Trust | None:
    if folder is None:
        return None
    if not folder.is_dir():
        raise BadCall(f"there is no folder {folder}")
    return Trust.from_folder(folder)


def _moment(text: str | None) -> datetime | None:
    if text is None:
        return None
    try:
        moment = datetime.fromisoformat(text[:-1] + "+00:00" if text[-1:] in "Zz" else text)
        return (moment if moment.tzinfo else moment.replace(tzinfo=timezone.utc)).astimezone(timezone.utc)
    except (ValueError, OverflowError):
        raise BadCall(f"not a time: {text}") from None


def _language() -> str:
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        found = os.environ.get(name, "")[:2].lower()
        if found in LANGUAGES:
            return found
    found = (locale.getlocale()[0] or "")[:2].lower()
    return found if found in LANGUAGES else "en"


def told(report: EvidenceReport, language: str) -> Iterator[str]:
    """The report in words, line by line."""
    words, facts = WORDS[language], report.evidence
    yield words.verdicts[report.verdict.value]
    if report.reason:
        yield f"  {reason_text(report.reason, language)} ({report.reason})"
    yield ""
    if facts.document_number:
        yield f"{words.document}: {facts.document_number}"
        yield f"  SHA-256 {facts.document_sha256}"
    if facts.sealed_by:
        yield f"{words.sealed_by}: {facts.sealed_by}"
    if facts.made_at:
        yield f"{words.made}: {facts.made_at:%Y-%m-%d %H:%M:%S} UTC"
    if facts.stamped_at:
        yield f"{words.stamped} {facts.stamped_at:%Y-%m-%d %H:%M:%S} UTC: {facts.stamped_by}"
    yield ""
    yield from (_step(step, words.steps.get(step.name, step.name), language) for step in facts.steps)
    if facts.events_shown:
        counted = words.events % {"shown": facts.events_shown, "hidden": facts.events_hidden}
        yield f"    {counted}"
    if facts.anchored_on:
        yield f"    {words.anchored % {'day': facts.anchored_on, 'at': facts.anchor_stamped_at or '—'}}"
    for number, signer in enumerate(report.signers, start=1):
        yield ""
        yield from _signer(number, signer, words, language)
    yield ""
    yield words.rests_package if facts.anchors_from == "package" else words.rests_given
    for anchor in facts.anchors:
        yield f"  {anchor.sha256}  {anchor.subject}"


def _signer(number: int, signer: SignerReport, words: Words, language: str) -> Iterator[str]:
    name = " · ".join(part for part in (signer.full_name, signer.organisation) if part)
    yield f"{words.signature} {number}: {name or '—'}"
    yield f"  {words.results[signer.verdict.value]}"
    if signer.iin:
        yield f"  ИИН/IIN {signer.iin}"
    if signer.signed_at:
        source = words.time_sources.get(signer.time_source, signer.time_source)
        yield f"  {signer.signed_at:%Y-%m-%d %H:%M:%S} UTC, {source}"
    for step in signer.steps:
        if step.result in (FAILED, UNKNOWN) or step.reason not in ("", "no_certificate", "not_reached"):
            yield "  " + _step(step, words.signer_steps.get(step.name, step.name), language)


def _step(step: Step, label: str, language: str) -> str:
    mark = _MARKS.get(step.result, "[ ]")
    told_reason = f": {reason_text(step.reason, language)} ({step.reason})" if step.reason else ""
    return f"{mark} {label}{told_reason}"
