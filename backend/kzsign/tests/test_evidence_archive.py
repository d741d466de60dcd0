"""The ZIP of an evidence package is one archive and nothing else: no two readers may see different files in it."""

from __future__ import annotations

import io
import zipfile
from typing import Any

import pytest

from kzsign import Verdict, evidence
from kzsign.tests.evidence_samples import sample


@pytest.mark.parametrize("before, behind", [(b"PK\x03\x04", b""), (b"", b"more"), (b"", b"\0" * 22)])
def test_octets_round_an_archive_are_refused(before: bytes, behind: bytes) -> None:
    assert evidence.verify_evidence(before + sample().zip() + behind, trust=None).reason == "zip_broken"


def test_two_archives_in_one_file_are_refused() -> None:
    """Readers that begin at the front see the first, others the last."""
    forged = sample()
    forged.files["document/original.pdf"] = b"%PDF-1.7 another letter"
    assert evidence.verify_evidence(forged.zip() + sample().zip(), trust=None).reason == "zip_broken"


def test_an_archive_written_in_one_pass_is_read() -> None:
    """Such a writer tells sizes behind the entries."""

    class Pipe(io.RawIOBase):
        def __init__(self) -> None:
            self.octets = bytearray()

        def writable(self) -> bool:
            return True

        def write(self, data: Any) -> int:
            self.octets += data
            return len(data)

    pipe = Pipe()
    with zipfile.ZipFile(pipe, "w", zipfile.ZIP_DEFLATED) as archive:
        for path, data in sample().files.items():
            archive.writestr(path, data)
    assert evidence.verify_evidence(bytes(pipe.octets), trust=None).verdict is Verdict.VALID
