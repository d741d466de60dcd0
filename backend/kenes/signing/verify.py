"""Judges an uploaded PDF: is it one of ours, and is it as it was signed or sealed?

Known hashes come first, then the seal itself. The result is a verdict with a stable reason code; sentences for
people are made above. Nothing here knows Django, and nothing of the file is kept.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final, Generic, TypeVar

from cryptography import x509

from kenes.signing.seal_check import SealReport, SealState, check_seal
from kenes.signing.seal_time import StampJudge, without_anchors

_HEADER_WITHIN: Final = 1024
Record = TypeVar("Record")


class Verdict(StrEnum):
    VALID = "valid"
    INVALID = "invalid"
    UNKNOWN = "unknown"


class FileKind(StrEnum):
    SEALED = "sealed"
    ORIGINAL = "original"
    UNKNOWN = "unknown"


class Reason(StrEnum):
    """Why; each has its sentence in ``verify_texts``."""

    SEALED_KNOWN = "sealed_known"
    SEAL_CHECKED = "seal_checked"
    ORIGINAL_KNOWN = "original_known"
    CHANGED_AFTER_SEAL = "changed_after_seal"
    ADDED_AFTER_SEAL = "added_after_seal"
    FOREIGN_SEAL = "foreign_seal"
    SEAL_DAMAGED = "seal_damaged"
    UNKNOWN_FILE = "unknown_file"


class NotAPdfError(Exception):
    """The bytes do not begin as a PDF does."""


@dataclass(frozen=True)
class KnownFile(Generic[Record]):
    """A hash that the platform keeps: which record it belongs to and which of its two files it is."""

    kind: FileKind
    record: Record


@dataclass(frozen=True)
class Judgement(Generic[Record]):
    """The answer. ``record`` is set when the file, or the signed file its seal names, is known here."""

    verdict: Verdict
    kind: FileKind
    reason: Reason
    sha256: str
    record: Record | None
    seal: SealReport


def judge(
    data: bytes,
    *,
    authorities: Sequence[x509.Certificate],
    look_up: Callable[[str], KnownFile[Record] | None],
    judge_stamp: StampJudge = without_anchors,
) -> Judgement[Record]:
    """Judge ``data``. ``look_up`` takes a hex SHA-256. Raises ``NotAPdfError``; any other bytes get a verdict."""
    if b"%PDF-" not in data[:_HEADER_WITHIN]:
        raise NotAPdfError
    sha256 = hashlib.sha256(data).hexdigest()
    seal = check_seal(data, authorities, judge_stamp)
    known = look_up(sha256)
    if known is not None and known.kind is FileKind.ORIGINAL:
        return Judgement(Verdict.VALID, FileKind.ORIGINAL, Reason.ORIGINAL_KNOWN, sha256, known.record, seal)
    if known is not None:
        return Judgement(Verdict.VALID, FileKind.SEALED, Reason.SEALED_KNOWN, sha256, known.record, seal)
    named = look_up(seal.named_sha256) if seal.named_sha256 else None
    record = named.record if named else None
    verdict, kind, reason = _by_seal(seal, named is not None)
    return Judgement(verdict, kind, reason, sha256, record, seal)


def _by_seal(seal: SealReport, original_is_known: bool) -> tuple[Verdict, FileKind, Reason]:
    match seal.state:
        case SealState.WHOLE if not original_is_known:
            return Verdict.VALID, FileKind.SEALED, Reason.SEAL_CHECKED
        case SealState.WHOLE | SealState.CHANGED:
            # A good seal under a signed file that is known with another sealed file: not the one that was issued.
            return Verdict.INVALID, FileKind.SEALED, Reason.CHANGED_AFTER_SEAL
        case SealState.ADDED_AFTER:
            return Verdict.INVALID, FileKind.SEALED, Reason.ADDED_AFTER_SEAL
        case SealState.FOREIGN:
            return Verdict.INVALID, FileKind.SEALED, Reason.FOREIGN_SEAL
        case SealState.DAMAGED:
            return Verdict.INVALID, FileKind.SEALED, Reason.SEAL_DAMAGED
        case SealState.ABSENT:
            return Verdict.UNKNOWN, FileKind.UNKNOWN, Reason.UNKNOWN_FILE
