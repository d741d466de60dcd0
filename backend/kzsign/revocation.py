"""Whether the certificates of a chain were in force at the time that counts.

Answers that came with the signature are looked at first, then the source is asked: OCSP, then lists. A good answer that
came with the signature but is older than the time that counts does not keep the source from being asked: the signer chose
it. An answer is used only when its signature, its subject and its time fit; where none is left the standing is unknown,
never good.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final

from kzsign import crl, ocsp, oids
from kzsign.certificates import Certificate
from kzsign.context import CLOCK_SKEW, Context, RevocationPolicy, later
from kzsign.crl import Crl, CrlError, Entry
from kzsign.ocsp import OcspError, Status
from kzsign.report import Revocation

# An answer that names no next one is taken as fresh for this long.
_FRESH: Final = timedelta(days=1)
# Reasons that say nothing against signatures made before (affiliation changed, superseded, ceased, withdrawn).
_HARMLESS: Final = frozenset({3, 4, 5, 9})
_ON_HOLD: Final = 6
_REASONS: Final = {
    1: "key_compromise",
    2: "ca_compromise",
    3: "affiliation_changed",
    4: "superseded",
    5: "cessation_of_operation",
    6: "certificate_hold",
    9: "privilege_withdrawn",
    10: "aa_compromise",
}


@dataclass(frozen=True)
class Archive:
    """Answers that came with a signature: OCSP responses (OCSPResponse or BasicOCSPResponse) and lists, DER."""

    ocsp: tuple[bytes, ...] = ()
    crls: tuple[bytes, ...] = ()

    def joined(self, other: Archive) -> Archive:
        """Both together."""
        return Archive(self.ocsp + other.ocsp, self.crls + other.crls)


def check_chain(
    path: tuple[Certificate, ...],
    archive: Archive,
    pool: Iterable[Certificate],
    context: Context,
    at: datetime,
) -> Revocation:
    """The standing of a chain that is otherwise trusted: that of its first certificate, unless an issuer's is worse."""
    if context.revocation is RevocationPolicy.OFF:
        return Revocation(reason="not_asked")
    if path[-1].sha256 in context.trust.without_revocation:
        return Revocation(reason="not_published")
    inquiry = _Inquiry(archive, tuple(pool), context, at)
    standings = [inquiry.standing(path[n], path[n + 1]) for n in range(len(path) - 1)]
    for status in ("revoked", "unknown"):
        if standings[0].status == status:
            return standings[0]
        worse = next((standing for standing in standings[1:] if standing.status == status), None)
        if worse is not None:
            return replace(worse, reason=f"issuer_{worse.reason}")
    return standings[0]


class _Inquiry:
    def __init__(
        self, archive: Archive, pool: tuple[Certificate, ...], context: Context, at: datetime
    ) -> None:
        self._archive, self._pool, self._context, self._at = archive, pool, context, at

    def standing(self, certificate: Certificate, issuer: Certificate) -> Revocation:
        """The standing of one certificate by the first answers that settle it."""
        if oids.NO_REVOCATION in certificate.extensions.present:
            return Revocation(reason="not_published")
        problem = "revocation_unknown"
        brought: Revocation | None = None
        for source, statuses in self._rounds(certificate, issuer):
            # The latest word counts; a final revocation cannot be unsaid by another answer.
            found = sorted(statuses, key=lambda s: (_is_final(s), s.this_update), reverse=True)
            for status in found:
                if not self._settles(status, certificate):
                    continue
                if self._is_last_word(status, source):
                    return self._weigh(status, source)
                brought = brought or self._weigh(status, source)
            if found:
                problem = "answer_stale" if found[0].status != "unknown" else "certificate_unknown"
        return brought or Revocation("unknown", reason=problem)

    def _is_last_word(self, status: Status, source: str) -> bool:
        """Whether nothing that could still be asked would matter."""
        return source != "archived" or _is_final(status) or status.this_update >= self._at

    def _rounds(self, certificate: Certificate, issuer: Certificate) -> Iterator[tuple[str, list[Status]]]:
        limits = self._context.limits
        archived = [
            self._ocsp(data, certificate, issuer) for data in self._archive.ocsp[: limits.revocations]
        ]
        archived.append(self._lists(self._archive.crls[: limits.revocations], certificate, issuer))
        yield "archived", [status for status in archived if status is not None]
        source = self._context.revocation
        if isinstance(source, RevocationPolicy):
            return
        answer = source.ocsp(certificate, issuer, self._at)
        status = self._ocsp(answer, certificate, issuer) if answer is not None else None
        yield "ocsp", [status] if status is not None else []
        status = self._lists(tuple(source.crls(issuer)), certificate, issuer)
        yield "crl", [status] if status is not None else []

    def _ocsp(self, data: bytes, certificate: Certificate, issuer: Certificate) -> Status | None:
        try:
            return ocsp.judge(data, certificate, issuer, pool=self._pool, budget=self._context.answers)
        except OcspError:
            return None

    def _lists(
        self, lists: tuple[bytes, ...], certificate: Certificate, issuer: Certificate
    ) -> Status | None:
        usable = [found for data in lists if (found := self._list(data, certificate, issuer)) is not None]
        complete = [found for found in usable if not found.is_delta]
        if not complete:
            return None
        best = max(complete, key=lambda found: found.this_update)
        try:
            return _by_lists(best, [found for found in usable if found.is_delta], certificate.serial)
        except CrlError:
            return None

    def _list(self, data: bytes, certificate: Certificate, issuer: Certificate) -> Crl | None:
        if len(data) > self._context.limits.crl:
            return None
        try:
            found = crl.read(data, budget=self._context.answers)
            if not found.scope.covers(certificate) or not found.issuer.matches(issuer.subject):
                return None
            if not self._context.answers.affords(octets=len(data)):
                return None
            found.check(issuer)
            return found
        except CrlError:
            return None

    def _settles(self, status: Status, certificate: Certificate) -> bool:
        """Whether an answer tells the standing at the time that counts."""
        if status.this_update > self._context.latest:
            return False
        if status.status == "revoked" and status.reason != _ON_HOLD:
            return True
        if status.status == "unknown":
            return False
        ends = status.next_update or later(status.this_update, _FRESH)
        if later(max(status.this_update, ends), CLOCK_SKEW) < self._at:
            return False
        if status.status == "revoked" or status.this_update <= certificate.not_after:
            return True
        # After the end of a certificate its absence from a list says nothing, unless old entries are kept.
        kept = status.keeps_expired_since
        return kept is not None and kept <= certificate.not_after

    def _weigh(self, status: Status, source: str) -> Revocation:
        if status.status == "good":
            return Revocation("good", source)
        reason = _REASONS.get(status.reason or 0, "unspecified")
        was_later = status.revoked_at is not None and status.revoked_at > self._at
        if was_later and status.reason in _HARMLESS:
            return Revocation("good", source, status.revoked_at, "revoked_later")
        return Revocation("revoked", source, status.revoked_at, reason)


def _is_final(status: Status) -> bool:
    return status.status == "revoked" and status.reason != _ON_HOLD


def _by_lists(complete: Crl, deltas: list[Crl], serial: int) -> Status:
    """What a complete list says together with the latest delta list that belongs to it."""
    latest = complete
    entry = complete.find(serial)
    for delta in sorted(deltas, key=lambda found: found.this_update):
        if _belongs(delta, complete):
            latest = delta
            changed = delta.find(serial)
            if changed is not None:
                entry = _changed(entry, changed)
    status = Status(
        status="good" if entry is None else "revoked",
        this_update=latest.this_update,
        next_update=latest.next_update,
        keeps_expired_since=complete.keeps_expired_since,
    )
    if entry is None:
        return status
    return replace(status, revoked_at=entry.revoked_at, reason=entry.reason)


def _changed(entry: Entry | None, change: Entry) -> Entry | None:
    """What a delta list makes of an entry: taken back is a hold alone, any other revocation is for good."""
    if change.reason != crl.REMOVED:
        return change
    return None if entry is None or entry.reason == _ON_HOLD else entry


def _belongs(delta: Crl, complete: Crl) -> bool:
    """RFC 5280, 5.2.4: based on this list or an older one, newer than it, and of the same scope."""
    if delta.base_number is None or delta.number is None or complete.number is None:
        return False
    if delta.scope.raw != complete.scope.raw or delta.this_update < complete.this_update:
        return False
    return delta.base_number <= complete.number < delta.number
