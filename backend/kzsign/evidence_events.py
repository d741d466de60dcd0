"""The event chain of an evidence package: every hash computed again, and the daily anchor that closes it."""

from __future__ import annotations

import hashlib
import json
import re
from dataclasses import dataclass, field
from typing import Any, Final

from kzsign import timestamps
from kzsign.context import Context
from kzsign.evidence_files import PackageError
from kzsign.evidence_manifest import Manifest, read_json
from kzsign.report import FAILED, PASSED, SKIPPED, Step

_HASH: Final = re.compile(r"[0-9a-f]{64}")
_FIELDS: Final = ("type", "at", "on_date", "actor", "data")
_MAX_EVENTS: Final = 100_000
_MAX_STEPS: Final = 64


@dataclass(frozen=True)
class Chain:
    """The part of the log in a package. `whole` are the events that are shown with what they say."""

    stream: str
    hashes: dict[int, str]
    whole: tuple[dict[str, Any], ...]

    @property
    def hidden(self) -> int:
        """Events of which only the hash is given."""
        return len(self.hashes) - len(self.whole)

    def signed(self, signature_id: str) -> dict[str, Any] | None:
        """What the log says about the making of a signature."""
        for event in self.whole:
            if event["type"] == "signature.signed" and event["data"].get("signature_id") == signature_id:
                return dict(event["data"])
        return None


@dataclass(frozen=True)
class Anchored:
    """What was found out about the daily anchor."""

    step: Step
    day: str = ""
    stamped_at: str = ""
    tsa: str = field(default="")


def canonical(value: Any) -> bytes:
    """The RFC 8785 form of values without fractions. Raises ``PackageError`` (`event_malformed`) for others."""
    try:
        return json.dumps(_sorted(value), ensure_ascii=False, separators=(",", ":"), allow_nan=False).encode(
            "utf-8"
        )
    except (ValueError, RecursionError):
        raise PackageError("event_malformed") from None


def _sorted(value: Any) -> Any:
    if isinstance(value, dict):
        # The order of RFC 8785 is that of UTF-16 code units.
        return {key: _sorted(value[key]) for key in sorted(value, key=lambda key: key.encode("utf-16-be"))}
    if isinstance(value, list):
        return [_sorted(item) for item in value]
    if value is None or isinstance(value, (bool, str)) or (isinstance(value, int) and abs(value) < 2**53):
        return value
    raise PackageError("event_malformed")


def read_chain(data: bytes) -> Chain:
    """Check the chain. Raises ``PackageError``: event_malformed, event_gap, event_link, event_changed."""
    body = read_json(data, "event_malformed")
    if not isinstance(body, dict) or not isinstance(body.get("stream"), str):
        raise PackageError("event_malformed")
    rows = body.get("events")
    if not isinstance(rows, list) or len(rows) > _MAX_EVENTS:
        raise PackageError("event_malformed")
    hashes: dict[int, str] = {}
    whole = []
    before: tuple[int, str] | None = None
    for row in rows:
        seq, digest = _link(row, before)
        if any(name in row for name in _FIELDS):
            _require_right(row, body["stream"])
            whole.append(row)
        hashes[seq] = digest
        before = (seq, digest)
    return Chain(body["stream"], hashes, tuple(whole))


def _link(row: Any, before: tuple[int, str] | None) -> tuple[int, str]:
    if not isinstance(row, dict):
        raise PackageError("event_malformed")
    seq, digest, previous = row.get("seq"), row.get("hash"), row.get("previous")
    if not isinstance(seq, int) or not isinstance(digest, str) or not isinstance(previous, str):
        raise PackageError("event_malformed")
    if not _HASH.fullmatch(digest):
        raise PackageError("event_malformed")
    if before is not None:
        if seq != before[0] + 1:
            raise PackageError("event_gap")
        if previous != before[1]:
            raise PackageError("event_link")
    return seq, digest


def _require_right(row: dict[str, Any], stream: str) -> None:
    if any(name not in row for name in _FIELDS):
        raise PackageError("event_malformed")
    if not isinstance(row["type"], str) or not isinstance(row["data"], dict):
        raise PackageError("event_malformed")
    shown = {name: row[name] for name in _FIELDS}
    said = {"stream": stream, "seq": row["seq"], "previous": row["previous"], **shown}
    if hashlib.sha256(canonical(said)).hexdigest() != row["hash"]:
        raise PackageError("event_changed")


def check_anchor(manifest: Manifest, files: dict[str, bytes], chain: Chain, context: Context) -> Anchored:
    """Whether the chain stands under the daily anchor that the package brings, and since when."""
    if manifest.body.get("anchor") is None:
        return Anchored(Step("anchor", SKIPPED, "not_anchored"))
    try:
        body = read_json(files[manifest.path(manifest.body["anchor"])], "anchor_malformed")
        day, statement = _climb(body, chain)
        if body.get("stamp") is None:
            return Anchored(Step("anchor", SKIPPED, "anchor_not_stamped"), day)
        token = timestamps.judge(files[manifest.path(body["stamp"])], statement, context)
    except PackageError as problem:
        return Anchored(Step("anchor", FAILED, problem.code))
    if token.is_broken or token.info is None:
        return Anchored(Step("anchor", FAILED, token.reason), day)
    if not token.is_trusted:
        # Told, not counted.
        return Anchored(Step("anchor", SKIPPED, token.reason), day)
    tsa = str(token.tsa.subject) if token.tsa else ""
    return Anchored(Step("anchor", PASSED), day, token.info.at.strftime("%Y-%m-%dT%H:%M:%SZ"), tsa)


def _climb(body: Any, chain: Chain) -> tuple[str, bytes]:
    """The day and the stamped statement, when the proof leads from an event of the chain to the root."""
    if not isinstance(body, dict) or any(
        not isinstance(body.get(name), str) for name in ("day", "root", "previous", "hash")
    ):
        raise PackageError("anchor_malformed")
    seq = body.get("seq")
    if (
        body.get("stream") != chain.stream
        or not isinstance(seq, int)
        or chain.hashes.get(seq) != body["hash"]
    ):
        raise PackageError("anchor_of_another")
    node = bytes.fromhex(body["hash"])
    for side, neighbour in _steps(body.get("steps")):
        pair = neighbour + node if side == "left" else node + neighbour
        node = hashlib.sha256(pair).digest()
    if node.hex() != body["root"]:
        raise PackageError("anchor_root")
    statement = {"day": body["day"], "root": body["root"], "previous": body["previous"]}
    return body["day"], canonical(statement)


def _steps(value: Any) -> list[tuple[str, bytes]]:
    if not isinstance(value, list) or len(value) > _MAX_STEPS:
        raise PackageError("anchor_malformed")
    found = []
    for step in value:
        if not isinstance(step, list) or len(step) != 2 or step[0] not in ("left", "right"):
            raise PackageError("anchor_malformed")
        if not isinstance(step[1], str) or not _HASH.fullmatch(step[1]):
            raise PackageError("anchor_malformed")
        found.append((step[0], bytes.fromhex(step[1])))
    return found
