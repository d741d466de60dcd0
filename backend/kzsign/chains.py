"""From a certificate to an anchor: every candidate issuer is tried, each link checked at the time that counts."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from kzsign import name_constraints
from kzsign.algorithms import AlgorithmError
from kzsign.anchors import Trust
from kzsign.asn1 import Budget
from kzsign.certificates import Certificate
from kzsign.extensions import KEY_CERT_SIGN
from kzsign.report import FAILED, PASSED, UNKNOWN

MAX_LENGTH: Final = 8
MAX_SIGNATURE_CHECKS: Final = 48
# Which reason is told when several paths fail: what is wrong with a path that reaches an anchor says more.
_TELLING: Final = (
    "untrusted",
    "unsupported",
    "weak_key",
    "weak_algorithm",
    "not_a_ca",
    "path_length",
    "name_constraints",
    "critical_extension",
    "issuer_not_yet_valid",
    "issuer_expired",
    "not_yet_valid",
    "expired",
    "too_much_work",
)


@dataclass(frozen=True)
class Chain:
    """A path from the certificate to an anchor, and how it was judged. Without an anchor the path is what was found."""

    path: tuple[Certificate, ...]
    result: str
    reason: str = ""

    @property
    def is_trusted(self) -> bool:
        """Whether it ends at an anchor and every link holds."""
        return self.result == PASSED


class _Search:
    def __init__(
        self, pool: Iterable[Certificate], trust: Trust, at: datetime, budget: Budget | None
    ) -> None:
        self._budget = budget
        self._anchors = frozenset(trust.anchors)
        self._candidates = tuple(dict.fromkeys((*trust.anchors, *trust.intermediates, *pool)))
        self._at = at
        self._checks = MAX_SIGNATURE_CHECKS
        self.failure = "untrusted"
        self.longest: tuple[Certificate, ...] = ()

    def walk(self, path: tuple[Certificate, ...]) -> tuple[Certificate, ...] | None:
        """The first path that holds; what was wrong with the others stays in `failure`."""
        if len(path) > len(self.longest):
            self.longest = path
        if len(path) >= MAX_LENGTH:
            return None
        for issuer in self._issuers(path[-1]):
            if issuer in path or not self._has_signed(issuer, path[-1]):
                continue
            longer = (*path, issuer)
            if issuer in self._anchors:
                problem = _problem(longer, self._at)
                self.longest = longer
                if not problem:
                    return longer
                self._remember(problem)
                continue
            found = self.walk(longer)
            if found:
                return found
        return None

    def _issuers(self, certificate: Certificate) -> list[Certificate]:
        """Candidates by name, best first: key identifiers that fit, anchors before the rest."""
        wanted = certificate.extensions.authority_key_id
        found = [c for c in self._candidates if c.subject.matches(certificate.issuer)]
        return sorted(
            found,
            key=lambda c: (not _is_key_id(wanted, c.extensions.subject_key_id), c not in self._anchors),
        )

    def _has_signed(self, issuer: Certificate, certificate: Certificate) -> bool:
        if self._checks <= 0:
            return False
        self._checks -= 1
        if self._budget is not None and not self._budget.affords():
            self._checks = 0
            self._remember("too_much_work")
            return False
        try:
            if issuer.key.problem == "weak_key":
                self._remember("weak_key")
            return certificate.is_signed_by(issuer)
        except AlgorithmError as problem:
            # What a stranger's key may have signed is no question: only an anchor's could have mattered.
            if not problem.is_unknown or issuer in self._anchors:
                self._remember(problem.code)
            return False

    def _remember(self, reason: str) -> None:
        if _TELLING.index(reason) > _TELLING.index(self.failure):
            self.failure = reason


def _is_key_id(wanted: bytes, offered: bytes) -> bool:
    """Equal identifiers. Some authorities write only the last four octets (or the first) of the digest."""
    if not wanted or not offered:
        return False
    return wanted == offered or (4 in (len(wanted), len(offered)) and wanted[-4:] == offered[-4:])


def build(
    leaf: Certificate,
    pool: Iterable[Certificate],
    trust: Trust,
    at: datetime,
    budget: Budget | None = None,
) -> Chain:
    """The chain of `leaf`, judged at `at`.

    `pool` are certificates that came with the signature: they may only stand between. Failed with `untrusted` when no
    anchor is reached, unknown with `no_anchors` when none is configured and with `unsupported` when an issuer is found
    whose algorithm is not known here. Failed with `too_much_work` when `budget` has none left.
    """
    if not trust.anchors:
        return Chain((leaf,), UNKNOWN, "no_anchors")
    search = _Search(pool, trust, at, budget)
    found = search.walk((leaf,))
    if found:
        return Chain(found, PASSED)
    result = UNKNOWN if search.failure == "unsupported" else FAILED
    return Chain(search.longest, result, search.failure)


def _problem(path: tuple[Certificate, ...], at: datetime) -> str:
    """What is wrong with a path whose signatures hold; empty when nothing is."""
    leaf, issuers = path[0], path[1:]
    if leaf.extensions.unknown_critical or any(c.extensions.unknown_critical for c in issuers):
        return "critical_extension"
    if leaf.key.problem == "weak_key":
        return "weak_key"
    below = 0
    for position, issuer in enumerate(issuers):
        if not _may_issue(issuer):
            return "not_a_ca"
        limit = issuer.extensions.path_length
        if limit is not None and below > limit:
            return "path_length"
        if not issuer.is_self_issued:
            below += 1
        if not name_constraints.allow(issuer.extensions, path[: position + 1]):
            return "name_constraints"
    return _out_of_time(leaf, issuers, at)


def _out_of_time(leaf: Certificate, issuers: tuple[Certificate, ...], at: datetime) -> str:
    if at > leaf.not_after:
        return "expired"
    if at < leaf.not_before:
        return "not_yet_valid"
    if any(at > issuer.not_after for issuer in issuers):
        return "issuer_expired"
    if any(at < issuer.not_before for issuer in issuers):
        return "issuer_not_yet_valid"
    return ""


def _may_issue(issuer: Certificate) -> bool:
    usage = issuer.extensions.key_usage
    return issuer.extensions.is_ca and usage is not None and KEY_CERT_SIGN in usage
