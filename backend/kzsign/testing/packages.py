"""Evidence packages of the test authority: one document, signed by a key and by a code, sealed, anchored.

`Package.zip()` packs whatever the files are: a test changes them and sees the checker refuse. `relist()` and `reseal()`
are what only the organisation can do.
"""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from kzsign.evidence_events import canonical
from kzsign.testing import extensions
from kzsign.testing.authority import Authority
from kzsign.testing.certificates import COMMON_NAME, ORGANISATION, Identity, issue, name
from kzsign.testing.cms import sign_cms
from kzsign.testing.ocsp import Status, ocsp_answer
from kzsign.testing.timestamps import time_stamp

ORIGINAL = b"%PDF-1.7 a letter that was signed\n%%EOF\n"
AGREEMENT = "Соглашение\n\nКод из SMS — моя подпись.".encode()
STREAM = "case:6a8f0a3e-8f0e-4d2c-9c56-5a6f6f6f6f6f"
BY_KEY, BY_CODE = "signatures/01/signature.json", "signatures/02/signature.json"


@dataclass
class Package:
    """The files of a package by their path, and who seals it."""

    authority: Authority
    seal_authority: Identity
    sealer: Identity
    body: dict[str, Any]
    files: dict[str, bytes] = field(default_factory=dict)

    def put_json(self, path: str, value: Any) -> None:
        self.files[path] = json.dumps(value, ensure_ascii=False).encode()

    def json(self, path: str) -> Any:
        return json.loads(self.files[path])

    def relist(self) -> None:
        """Write the list anew over the files that are there."""
        listed = [
            {"path": path, "size": len(data), "sha256": hashlib.sha256(data).hexdigest()}
            for path, data in sorted(self.files.items())
            if path not in ("manifest.json", "manifest.p7s", "manifest.tst")
        ]
        self.put_json("manifest.json", {**self.body, "files": listed})

    def reseal(self, sealer: Identity | None = None) -> Package:
        """List and seal anew."""
        self.relist()
        chosen = sealer or self.sealer
        certificates = list(chosen.chain)
        self.files["manifest.p7s"] = sign_cms(
            self.files["manifest.json"], chosen, detached=True, certificates=certificates
        )
        return self

    def stamp(self, at: datetime | None = None, tsa: Identity | None = None) -> Package:
        """Announce a time stamp over the seal, seal anew and stamp."""
        self.body["time_stamp"] = "manifest.tst"
        self.reseal()
        self.files["manifest.tst"] = time_stamp(
            self.files["manifest.p7s"], tsa or self.authority.tsa(), at=at or self.authority.now
        )
        return self

    def zip(self) -> bytes:
        packed = io.BytesIO()
        with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
            for path, data in self.files.items():
                archive.writestr(path, data)
        return packed.getvalue()


def make(authority: Authority, *, checker: bytes = b"") -> Package:
    """A package that is right in everything. `authority.now` is the time of signing."""
    root, sealer = _seal_identities(authority)
    package = Package(authority, root, sealer, {})
    digest = hashlib.sha256(ORIGINAL).hexdigest()
    package.files["document/original.pdf"] = ORIGINAL
    if checker:
        package.files["check.pyz"] = checker
    events = _events(digest, authority.now)
    _add_key_signature(package, digest)
    _add_code_signature(package, digest)
    package.put_json("events/chain.json", {"stream": STREAM, "events": events})
    _add_anchor(package, events[-1])
    anchors = [("seal", root), ("signature", authority.root), ("signature", authority.issuing)]
    for number, (purpose, identity) in enumerate(anchors, start=1):
        package.files[f"anchors/{number:02d}-{purpose}.cer"] = identity.certificate
    package.body = {
        "format": "kenes-evidence", "version": 1, "made_at": _iso(authority.now), "made_by": "Kenes Hub",
        "document": {
            "id": "d1", "number": "KH-2026-000123-1", "titles": {"ru": "Заявление"}, "language": "ru", "pages": 1,
            "sha256": digest, "original": "document/original.pdf", "source": None, "sealed": None,
        },
        "signatures": [BY_KEY, BY_CODE], "events": "events/chain.json", "anchor": "events/anchor.json",
        "anchors": [
            {"path": f"anchors/{number:02d}-{purpose}.cer", "purpose": purpose}
            for number, (purpose, _identity) in enumerate(anchors, start=1)
        ],
    }  # fmt: skip
    return package.reseal()


def _seal_identities(authority: Authority) -> tuple[Identity, Identity]:
    """An authority of the organisation's own that only seals, and its seal."""
    begins, ends = authority.now - timedelta(days=1), authority.now + timedelta(days=900)
    root_key, key = authority.new_key("rsa"), authority.new_key("rsa")
    root = issue(
        issuer=None, key=root_key, subject=name((COMMON_NAME, "Seal Authority"), (ORGANISATION, "Kenes Hub")),
        parts=(
            extensions.basic_constraints(path_length=0),
            extensions.key_usage(extensions.KEY_CERT_SIGN, extensions.CRL_SIGN),
            extensions.subject_key_id(extensions.key_identifier(root_key.public_key_info)),
        ),
        not_before=begins,
        not_after=ends,
    )  # fmt: skip
    sealer = issue(
        issuer=root, key=key, subject=name((COMMON_NAME, "Document Seal"), (ORGANISATION, "Kenes Hub")),
        parts=(
            extensions.key_usage(extensions.DIGITAL_SIGNATURE, extensions.NON_REPUDIATION),
            extensions.subject_key_id(extensions.key_identifier(key.public_key_info)),
        ),
        not_before=begins,
        not_after=ends,
    )  # fmt: skip
    return root, sealer


def _add_key_signature(package: Package, digest: str) -> None:
    authority = package.authority
    person = authority.individual()
    package.files["signatures/01/signature.cms"] = sign_cms(ORIGINAL, person, detached=True)
    package.files["signatures/01/ocsp.der"] = ocsp_answer(
        Status(person.serial, this_update=authority.now, next_update=authority.now + timedelta(hours=1)),
        issuer=authority.issuing, responder=authority.ocsp_responder(), at=authority.now,
    )  # fmt: skip
    package.put_json(
        BY_KEY,
        {
            "id": "s1", "request_id": "r1", "method": "eds", "signer_name": "ТЕСТОВ ТЕСТ", "party_role": "borrower",
            "organisation": "", "represents": "", "document_sha256": digest, "signed_at": _iso(authority.now),
            "time_source": "server", "sms": None, "agreement": None, "cms": "signatures/01/signature.cms",
            "ocsp": "signatures/01/ocsp.der", "time_stamp": None, "paper": None,
            "certificate": {"sha256": hashlib.sha256(person.certificate).hexdigest()},
        },
    )  # fmt: skip


def _add_code_signature(package: Package, digest: str) -> None:
    now = package.authority.now
    package.files["signatures/02/agreement.txt"] = AGREEMENT
    package.put_json(
        "signatures/02/agreement.json",
        {
            "id": "a1", "kind": "sms_agreement", "version": 1, "language": "ru", "title": "Соглашение",
            "text": "signatures/02/agreement.txt", "sha256": hashlib.sha256(AGREEMENT).hexdigest(),
            "accepted_at": _iso(now - timedelta(days=2)), "withdrawn_at": None, "code": None,
        },
    )  # fmt: skip
    package.put_json(
        "signatures/02/sms.json",
        {
            "id": "c2", "purpose": "signature", "bound_sha256": hashlib.sha256(f"r2:{digest}".encode()).hexdigest(), "phone": "+7 ••• ••• 45 67",
            "created_at": _iso(now - timedelta(minutes=1)), "expires_at": _iso(now + timedelta(minutes=4)),
            "closed_at": _iso(now), "closed_as": "confirmed", "tries_used": 1, "tries_limit": 5,
            "message": {
                "id": "m2", "channel": "sms", "provider": "mobizon", "provider_id": "77", "status": "delivered",
                "created_at": _iso(now - timedelta(minutes=1)), "accepted_at": _iso(now), "delivered_at": _iso(now),
                "attempts": [],
            },
        },
    )  # fmt: skip
    package.put_json(
        BY_CODE,
        {
            "id": "s2", "request_id": "r2", "method": "sms", "signer_name": "Досымов Кайрат", "party_role": "co_borrower",
            "organisation": "", "represents": "", "document_sha256": digest, "signed_at": _iso(now),
            "time_source": "server", "sms": "signatures/02/sms.json", "agreement": "signatures/02/agreement.json",
            "cms": None, "ocsp": None, "time_stamp": None, "paper": None, "certificate": None,
        },
    )  # fmt: skip


def _events(digest: str, now: datetime) -> list[dict[str, Any]]:
    """Four events; of the third only the hash is shown."""
    said: list[tuple[str, dict[str, Any]]] = [
        ("document.ready", {"case_id": "6a8f", "document_id": "d1"}),
        ("signature.signed", _made("s1", "r1", "eds", digest)),
        ("case.commented", {"case_id": "6a8f", "comment_id": "x"}),
        ("signature.signed", {**_made("s2", "r2", "sms", digest), "code_id": "c2", "consent_id": "a1"}),
    ]
    rows: list[dict[str, Any]] = []
    previous = "0" * 64
    for seq, (kind, data) in enumerate(said, start=5):
        row = {
            "seq": seq, "previous": previous, "type": kind, "at": _iso(now), "on_date": f"{now:%Y-%m-%d}",
            "actor": {"roles": ["borrower"]}, "data": data,
        }  # fmt: skip
        previous = hashlib.sha256(canonical({"stream": STREAM, **row})).hexdigest()
        rows.append({**row, "hash": previous})
    hidden = rows[2]
    rows[2] = {name: hidden[name] for name in ("seq", "hash", "previous")}
    return rows


def _made(signature: str, request: str, method: str, digest: str) -> dict[str, Any]:
    return {
        "case_id": "6a8f", "document_id": "d1", "request_id": request, "signature_id": signature, "method": method,
        "document_sha256": digest, "code_id": None, "consent_id": None,
    }  # fmt: skip


def _add_anchor(package: Package, last: dict[str, Any]) -> None:
    neighbour = hashlib.sha256(b"another stream").digest()
    root = hashlib.sha256(neighbour + bytes.fromhex(last["hash"])).hexdigest()
    statement = {"day": f"{package.authority.now:%Y-%m-%d}", "root": root, "previous": ""}
    package.files["events/anchor.tst"] = time_stamp(
        canonical(statement), package.authority.tsa(), at=package.authority.now
    )
    package.put_json(
        "events/anchor.json",
        {
            **statement, "stream": STREAM, "seq": last["seq"], "hash": last["hash"],
            "steps": [["left", neighbour.hex()]], "stamp": "events/anchor.tst",
        },
    )  # fmt: skip


def _iso(moment: datetime) -> str:
    return moment.isoformat(timespec="microseconds")
