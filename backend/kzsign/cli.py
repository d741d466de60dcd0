"""`python -m kzsign verify FILE`: one JSON object on stdout; exit code 0 valid, 1 invalid, 2 unknown, 64 bad call."""

from __future__ import annotations

import argparse
import json
import os
import re
import sys
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any, Final, NoReturn

from kzsign import Trust, Verdict, verify
from kzsign.asn1 import Asn1Error
from kzsign.context import Limits, RevocationPolicy, Revoking
from kzsign.trust import PINS, TrustError, default_folder, load

EXIT: Final = {Verdict.VALID: 0, Verdict.INVALID: 1, Verdict.UNKNOWN: 2}
BAD_CALL: Final = 64
# The file of a seal authority holds its key, encrypted, beside the certificate.
_CERTIFICATE: Final = re.compile(rb"-----BEGIN CERTIFICATE-----.*?-----END CERTIFICATE-----", re.DOTALL)
_MOMENT: Final = re.compile(
    r"(\d{4})-?(\d\d)-?(\d\d)(?:[Tt ](\d\d)(?::?(\d\d)(?::?(\d\d)(?:[.,](?P<fraction>\d{1,12}))?)?)?)?"
    r" ?(?P<zone>[Zz]|[+-]\d\d(?::?\d\d)?)?",
    re.ASCII,
)


class BadCall(Exception):
    """The call cannot be carried out; the text is for people."""


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        raise BadCall(message)


def parser() -> argparse.ArgumentParser:
    """The options of `verify`."""
    found = _Parser(prog="verify", description=__doc__, allow_abbrev=False)
    found.add_argument("file", type=Path, metavar="FILE", help="CMS, signed XML, PDF or evidence package")
    found.add_argument("--document", type=Path, help="what a detached signature covers")
    found.add_argument("--anchors", type=Path, help="folder of trusted certificates (.cer .crt .pem .der)")
    found.add_argument(
        "--at", help="time to judge at where no trusted time stamp is, ISO 8601; UTC without offset"
    )
    found.add_argument(
        "--revocation",
        choices=["off", "archived", "online"],
        default="archived",
        help="off: not asked; archived: answers in the signature; online: also ask the authority",
    )
    return found


def default_anchors(otherwise: Path | None = None) -> Trust:
    """The pinned store: of KZSIGN_ANCHORS_DIR, else of `otherwise`, else the user's own.

    A folder with pins takes what is pinned and no test authorities; one without pins is that of a demonstration.
    Raises ``BadCall`` when its pins cannot be read.
    """
    folder = default_folder() if otherwise is None or os.environ.get("KZSIGN_ANCHORS_DIR") else otherwise
    try:
        return load(folder, allow_test=not (folder / PINS).exists()).trust
    except TrustError as problem:
        raise BadCall(str(problem)) from None


def run(arguments: Sequence[str], *, default_trust: Callable[[], Trust] = default_anchors) -> int:
    """Judge as the arguments say and print the report. Returns the exit code.

    `default_trust` is asked for when the arguments name no anchors.
    """
    try:
        chosen = parser().parse_args(arguments)
        signature = _read(chosen.file)
        report = verify(
            signature,
            document=_document(chosen.document),
            trust=_trust(chosen.anchors, default_trust),
            at=_moment(chosen.at),
            revocation=_revocation(chosen.revocation),
        )
    except (BadCall, OSError) as problem:
        print(f"verify: {problem}", file=sys.stderr)
        return BAD_CALL
    return EXIT[report.verdict] if _print(report.as_json()) else BAD_CALL


def _read(path: Path) -> bytes:
    """The file, but not more of it than a signature may have."""
    if not path.is_file():
        raise BadCall(f"there is no file {path}")
    with path.open("rb") as stream:
        return stream.read(Limits().signature + 1)


def _document(path: Path | None) -> Path | None:
    if path is not None:
        if not path.is_file():
            raise BadCall(f"there is no file {path}")
        with path.open("rb"):
            return path
    return None


def _trust(folder: Path | None, default: Callable[[], Trust]) -> Trust:
    if folder is None:
        return default()
    if not folder.is_dir():
        raise BadCall(f"there is no folder {folder}")
    return Trust.from_folder(folder)


def seal_authority(path: Path) -> Trust:
    """Trust in the certificates of a seal authority's file, which publishes no revocation; none without the file."""
    try:
        blocks = _CERTIFICATE.findall(path.read_bytes())
        found = Trust.of(*blocks)
    except (OSError, Asn1Error):
        return Trust()
    return replace(found, without_revocation=frozenset(anchor.sha256 for anchor in found.anchors))


def _moment(text: str | None) -> datetime | None:
    """A time in any of the usual forms of ISO 8601; the same ones under every Python, whose own reader has grown."""
    if text is None:
        return None
    found = _MOMENT.fullmatch(text.strip())
    try:
        if not found:
            raise ValueError
        year, month, day, hour, minute, second = (int(part or 0) for part in found.groups()[:6])
        fraction, zone = found["fraction"] or "", found["zone"]
        moment = datetime(year, month, day, hour, minute, second, int(f"{fraction:0<6.6}"), _offset(zone))
        # Times at the edge of the calendar cannot be compared in another zone.
        return moment.astimezone(timezone.utc)
    except (ValueError, OverflowError):
        raise BadCall(f"not a time: {text}") from None


def _offset(zone: str | None) -> timezone:
    if zone is None or zone in "Zz":
        return timezone.utc
    ahead = timedelta(hours=int(zone[1:3]), minutes=int(zone[3:].lstrip(":") or 0))
    return timezone(-ahead if zone[0] == "-" else ahead)


def _revocation(name: str) -> Revoking:
    if name != "online":
        return RevocationPolicy(name)
    try:
        from kzsign.online import online_source
    except ImportError:
        raise BadCall("asking online is not possible here") from None
    return online_source()


def _print(answer: dict[str, Any]) -> bool:
    """Whether the answer got out. Where it could not, the exit code may not look like a verdict."""
    text = json.dumps(answer, ensure_ascii=False, indent=2)
    if sys.stdout is None:  # closed by the caller
        return False
    try:
        sys.stdout.buffer.write(text.encode("utf-8", "backslashreplace") + b"\n")
        sys.stdout.buffer.flush()
    except OSError as problem:
        # Python would try once more when it ends, and fail loudly.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        print(f"verify: {problem}", file=sys.stderr)
        return False
    return True


def main(arguments: Sequence[str] | None = None) -> int:
    """`python -m kzsign verify …`."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    if given[:1] in (["anchors"], ["crl"]):
        from kzsign.online import commands

        return commands.main(given)
    if given[:1] != ["verify"]:
        print(
            "usage: python -m kzsign verify FILE [--document F] [--anchors DIR] [--at TIME] ...",
            file=sys.stderr,
        )
        return BAD_CALL
    return run(given[1:])
