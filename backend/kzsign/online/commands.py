"""`python -m kzsign anchors fetch | anchors list | crl refresh`: looking after anchors and lists."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from datetime import datetime, timezone
from pathlib import Path
from typing import Final, NoReturn, TextIO

from kzsign import trust
from kzsign.certificates import Certificate
from kzsign.online import Fetcher, official
from kzsign.online.lists import OFFICIAL_LISTS, ListFolder
from kzsign.online.official import OFFICIAL, Candidate, Official
from kzsign.trust import TrustError

BAD_CALL: Final = 64
_ASK: Final = (
    "Compare the SHA-256 with the one published by the authority. Trust this certificate? Type yes: "
)


class _BadCallError(Exception):
    """The call is wrong; the text is for people."""


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        raise _BadCallError(message)


def main(arguments: Sequence[str], *, fetcher: Fetcher | None = None, answers: TextIO | None = None) -> int:
    """Exit code 0; 1 when something could not be fetched, was not confirmed or is refused; 64 for a bad call."""
    try:
        given = _parser().parse_args(list(arguments))
        if given.topic == "crl":
            return _refresh(given, fetcher or Fetcher())
        if given.action == "list":
            return _list(given)
        return _fetch(given, fetcher or Fetcher(), answers or sys.stdin)
    except _BadCallError as problem:
        sys.stderr.write(f"kzsign: {problem}\n")
        return BAD_CALL
    except (TrustError, OSError) as problem:
        sys.stderr.write(f"kzsign: {problem}\n")
        return 1


def _parser() -> argparse.ArgumentParser:
    found = _Parser(prog="python -m kzsign", description=__doc__, allow_abbrev=False)
    topics = found.add_subparsers(dest="topic", required=True)
    anchors = topics.add_parser("anchors", allow_abbrev=False).add_subparsers(dest="action", required=True)
    fetch = anchors.add_parser("fetch", help="fetch the official certificates and pin the confirmed ones")
    listed = anchors.add_parser("list", help="show what the folder trusts and what it refuses")
    for command in (fetch, listed):
        command.add_argument("--dir", type=Path, default=None, help="folder of the anchors")
        command.add_argument(
            "--allow-test", action="store_true", help="also authorities whose name says TEST"
        )
    fetch.add_argument(
        "--pin", action="append", default=[], metavar="SHA256", help="trust this one without asking"
    )
    fetch.add_argument("--root", action="append", default=[], metavar="URL", help="another root's address")
    fetch.add_argument(
        "--issuing", action="append", default=[], metavar="URL", help="another issuing authority's address"
    )
    fetch.add_argument(
        "--only-given", action="store_true", help="not the official addresses, only those given"
    )
    lists = topics.add_parser("crl", allow_abbrev=False).add_subparsers(dest="action", required=True)
    refresh = lists.add_parser("refresh", help="fetch the lists of revoked certificates that changed")
    refresh.add_argument("--dir", type=Path, required=True, help="folder of the lists")
    refresh.add_argument("--anchors", type=Path, default=None, help="folder of the anchors")
    refresh.add_argument("--allow-test", action="store_true", help="also authorities whose name says TEST")
    refresh.add_argument(
        "--url", action="append", default=[], help="address of a list instead of the official ones"
    )
    return found


def _fetch(given: argparse.Namespace, fetcher: Fetcher, answers: TextIO) -> int:
    folder = given.dir or trust.default_folder()
    asked = [] if given.only_given else list(OFFICIAL)
    asked += [Official(address, is_root=True) for address in given.root]
    asked += [Official(address, is_root=False) for address in given.issuing]
    pins = {_hash(text) for text in given.pin}
    candidates = official.fetch_official(fetcher, asked, allow_test=given.allow_test)

    def confirm(candidate: Candidate, replaces: bool) -> bool:
        certificate = candidate.certificate
        if certificate is None or certificate.sha256 in pins:
            return certificate is not None
        if pins:
            sys.stdout.write("  not among the given pins: not taken\n")
            return False
        if replaces:
            sys.stdout.write("  ANOTHER CERTIFICATE is kept under this name and would be replaced.\n")
        sys.stdout.write(f"  {_ASK}")
        sys.stdout.flush()
        return answers.readline().strip() == "yes"

    failed = False
    for candidate in candidates:
        _show(candidate)
        kept = official.pin([candidate], folder, confirm)
        sys.stdout.write(f"  {_outcome(candidate, folder, is_new=bool(kept))}\n")
        failed = failed or not _is_trusted(candidate, folder)
    unused = pins - {one.certificate.sha256 for one in candidates if one.certificate is not None}
    for text in sorted(unused):
        sys.stdout.write(f"no certificate with the pinned hash {text} was found\n")
    return 1 if failed or unused else 0


def _hash(text: str) -> str:
    plain = text.replace(":", "").lower()
    if len(plain) != 64 or set(plain) - set("0123456789abcdef"):
        raise _BadCallError(f"not a SHA-256: {text}")
    return plain


def _show(candidate: Candidate) -> None:
    sys.stdout.write(f"{candidate.official.address}\n")
    if candidate.certificate is not None:
        _describe(candidate.certificate)


def _describe(certificate: Certificate) -> None:
    sys.stdout.write(
        f"  subject  {certificate.subject}\n  issuer   {certificate.issuer}\n"
        f"  valid    {certificate.not_before:%Y-%m-%d} .. {certificate.not_after:%Y-%m-%d}\n"
        f"  SHA-256  {certificate.sha256}\n"
    )


def _is_trusted(candidate: Candidate, folder: Path) -> bool:
    if candidate.certificate is None:
        return False
    found = trust.load(folder, allow_test=True, require_pins=True).trust
    return candidate.certificate in (*found.anchors, *found.intermediates)


def _outcome(candidate: Candidate, folder: Path, *, is_new: bool) -> str:
    if candidate.problem:
        return f"not usable: {candidate.problem}"
    if is_new:
        return "pinned"
    return "already pinned" if _is_trusted(candidate, folder) else "not trusted"


def _list(given: argparse.Namespace) -> int:
    store = trust.load(given.dir or trust.default_folder(), allow_test=given.allow_test)
    now = datetime.now(timezone.utc)
    for kind, group in (("anchor", store.trust.anchors), ("intermediate", store.trust.intermediates)):
        for certificate in group:
            ended = "" if certificate.not_before <= now <= certificate.not_after else " (not in force now)"
            sys.stdout.write(f"{kind}{ended}\n")
            _describe(certificate)
    for refused in store.refused:
        sys.stdout.write(f"refused {refused.file}: {refused.reason}\n")
    if not store.trust.anchors:
        sys.stdout.write("no anchors: every signature is «unknown»\n")
    return 1 if store.refused or not store.trust.anchors else 0


def _refresh(given: argparse.Namespace, fetcher: Fetcher) -> int:
    known = trust.load(given.anchors or trust.default_folder(), allow_test=given.allow_test).trust
    named = [url for one in known.intermediates for url in one.extensions.crl_addresses]
    results = ListFolder(given.dir).refresh(given.url or [*OFFICIAL_LISTS, *named], known, fetcher)
    for result in results:
        until = f" until {result.next_update:%Y-%m-%d %H:%M}" if result.next_update else ""
        number = f" number {result.number}" if result.number is not None else ""
        sys.stdout.write(f"{result.address}: {result.outcome}{number}{until}\n")
    return 1 if any(result.is_failure for result in results) else 0
