"""The official certificates of the National Certification Authority: fetched, shown, confirmed by a person, pinned."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timezone
from pathlib import Path
from typing import Any, Final

from kzsign import certificates, trust
from kzsign.algorithms import AlgorithmError
from kzsign.anchors import INTERMEDIATES
from kzsign.asn1 import Asn1Error
from kzsign.certificates import Certificate
from kzsign.online.http import Fetch, FetchError
from kzsign.trust import PINS

MAX_CERTIFICATE: Final = 64 * 1024
SECONDS: Final = 20.0


@dataclass(frozen=True)
class Official:
    """Where a certificate is published. `key_id` is the key identifier known beforehand, if any."""

    address: str
    is_root: bool
    key_id: str = ""

    @property
    def file(self) -> str:
        """Name of the file it is kept under."""
        return self.address.rsplit("/", 1)[-1].rsplit(".", 1)[0] + ".cer"


OFFICIAL: Final = (
    Official("https://pki.gov.kz/cert/root_gost_2022.cer", is_root=True),
    Official("https://pki.gov.kz/cert/root_rsa_2020.cer", is_root=True),
    # The key of this one is known from signatures of time-stamping authorities that it issued.
    Official(
        "https://pki.gov.kz/cert/nca_gost_2022.cer",
        is_root=False,
        key_id="fe30be9fc890633f1fff5a3c0cb0c85f4c6d1708",
    ),
    Official("https://pki.gov.kz/cert/nca_rsa_2022.cer", is_root=False),
)


@dataclass(frozen=True)
class Candidate:
    """A fetched certificate. `problem` is empty when it may be offered for confirmation."""

    official: Official
    certificate: Certificate | None = None
    problem: str = ""


def fetch_official(
    fetch: Fetch, officials: Iterable[Official] = OFFICIAL, *, allow_test: bool = False
) -> list[Candidate]:
    """Fetch the certificates and check what can be checked without trusting anything yet.

    Problems: those of ``FetchError``; unreadable; other_key; test_anchor; not_an_authority; not_self_signed for a root;
    not_signed_by_root for an issuing authority none of whose roots came along.
    """
    listed = sorted(officials, key=lambda one: not one.is_root)
    roots: list[Certificate] = []
    found = []
    for official in listed:
        candidate = _fetched(fetch, official, roots, allow_test)
        if official.is_root and candidate.certificate is not None and not candidate.problem:
            roots.append(candidate.certificate)
        found.append(candidate)
    return found


def _fetched(fetch: Fetch, official: Official, roots: list[Certificate], allow_test: bool) -> Candidate:
    try:
        answer = fetch(official.address, max_bytes=MAX_CERTIFICATE, seconds=SECONDS)
        (certificate,) = certificates.read_all(answer.body)
    except FetchError as problem:
        return Candidate(official, problem=problem.code)
    except (Asn1Error, ValueError):
        return Candidate(official, problem="unreadable")
    return Candidate(official, certificate, _problem(certificate, official, roots, allow_test))


def _problem(certificate: Certificate, official: Official, roots: list[Certificate], allow_test: bool) -> str:
    if official.key_id and certificate.key.sha1.hex() != official.key_id:
        return "other_key"
    if trust.is_test(certificate) and not allow_test:
        return "test_anchor"
    if not certificate.extensions.is_ca:
        return "not_an_authority"
    if official.is_root:
        return "" if _is_signed(certificate, [certificate]) else "not_self_signed"
    return "" if _is_signed(certificate, roots) else "not_signed_by_root"


def _is_signed(certificate: Certificate, issuers: Iterable[Certificate]) -> bool:
    for issuer in issuers:
        try:
            if certificate.issuer.matches(issuer.subject) and certificate.is_signed_by(issuer):
                return True
        except AlgorithmError:
            continue
    return False


def pin(
    candidates: Iterable[Candidate],
    folder: Path,
    confirm: Callable[[Candidate, bool], bool],
    *,
    now: Callable[[], datetime] = lambda: datetime.now(timezone.utc),
) -> list[Candidate]:
    """Keep the confirmed certificates in the folder and name their hashes in its `pins.json`; which ones were kept.

    `confirm` gets the candidate and whether another certificate is kept under its name; what is kept and pinned already
    is not asked about. Raises ``TrustError`` for a `pins.json` that cannot be read.
    """
    pins = trust.read_pins(folder / PINS) if (folder / PINS).exists() else {}
    kept = []
    for candidate in candidates:
        certificate = candidate.certificate
        if certificate is None or candidate.problem:
            continue
        file = _place(folder, candidate.official)
        before = file.read_bytes() if file.exists() else b""
        if before == certificate.raw and certificate.sha256 in pins:
            continue
        if not confirm(candidate, bool(before) and before != certificate.raw):
            continue
        pins[certificate.sha256] = _described(candidate, now())
        file.parent.mkdir(parents=True, exist_ok=True)
        # The pin first: between the two steps a certificate without pin would be refused, one with it is confirmed.
        replace(folder / PINS, json.dumps(pins, indent=2, ensure_ascii=False, sort_keys=True).encode())
        replace(file, certificate.raw)
        kept.append(candidate)
    return kept


def _place(folder: Path, official: Official) -> Path:
    return folder / official.file if official.is_root else folder / INTERMEDIATES / official.file


def _described(candidate: Candidate, now: datetime) -> dict[str, Any]:
    certificate = candidate.certificate
    return {
        "subject": str(certificate.subject) if certificate is not None else "",
        "address": candidate.official.address,
        "pinned_at": now.isoformat(timespec="seconds"),
    }


def replace(file: Path, data: bytes) -> None:
    """Put a file in place whole."""
    draft = file.with_name(f"{file.name}.{os.getpid()}.new")
    draft.write_bytes(data)
    draft.replace(file)
