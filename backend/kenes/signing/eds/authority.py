"""The certification authority as this installation knows it: its certificates, who says what was revoked, its time stamps."""

from collections.abc import Iterable
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import Final

from django.conf import settings
from django.core.cache import cache

from kenes.foundation import logs
from kenes.foundation.providers import require_no_transaction
from kzsign import Trust
from kzsign.anchors import INTERMEDIATES
from kzsign.certificates import Certificate
from kzsign.online import Breaker, Fetcher, OnlineSource, StampClient, StampError
from kzsign.trust import load

log = logs.get(__name__)
_SECONDS: Final = 5.0
# One for each process: every process finds out for itself that a service is silent, within three calls.
_ocsp_breaker: Final = Breaker()
_tsp_breaker: Final = Breaker()


class SharedCache:
    """Answers of the authority in Redis, for all processes. A cache that is down is an empty one."""

    def get(self, key: str) -> bytes | None:
        """What was put under the key, while its time lasts."""
        try:
            found = cache.get(key)
        except Exception as problem:
            log.warning("esign_cache_down", problem=type(problem).__name__)
            return None
        return found if isinstance(found, bytes) else None

    def put(self, key: str, value: bytes, seconds: int) -> None:
        """Keep the value for so long."""
        try:
            cache.set(key, value, timeout=seconds)
        except Exception as problem:
            log.warning("esign_cache_down", problem=type(problem).__name__)


class Collecting:
    """The source of one check; what it was told is kept with the signature."""

    def __init__(self, source: OnlineSource) -> None:
        self._source = source
        self._answers: dict[bytes, bytes] = {}
        self._lists: list[bytes] = []

    def ocsp(self, cert: Certificate, issuer: Certificate, at: datetime) -> bytes | None:
        """The DER of an OCSPResponse about `cert`, or None."""
        answer = self._source.ocsp(cert, issuer, at)
        if answer is not None:
            self._answers[cert.raw] = answer
        return answer

    def crls(self, issuer: Certificate) -> Iterable[bytes]:
        """Lists of `issuer`: those kept at hand, else at the addresses in the certificate just asked about."""
        found = list(self._source.crls(issuer))
        self._lists += [data for data in found if data not in self._lists]
        return found

    @property
    def lists(self) -> tuple[bytes, ...]:
        """Lists that were asked because OCSP settled nothing."""
        return tuple(self._lists)

    def answers_about_others(self, certificate: bytes) -> tuple[bytes, ...]:
        """OCSP answers about all other certificates than this one (DER): the authorities above it, the time stamp's."""
        return tuple(answer for about, answer in self._answers.items() if about != certificate)

    def answer_about(self, certificate: bytes) -> bytes | None:
        """The OCSP answer about this certificate (DER); None where a list said how it stands, or nothing did."""
        return self._answers.get(certificate)


def trust() -> Trust:
    """The anchors of KZSIGN_ANCHORS_DIR, read again when a file there changes. Empty when there are none."""
    folder = Path(settings.KZSIGN_ANCHORS_DIR)
    return _loaded(folder, settings.KZSIGN_TEST_ANCHORS, _state_of(folder))


def is_ready() -> bool:
    """Whether any authority is trusted here, so that a signature by ЭЦП could count."""
    return bool(trust().anchors)


@lru_cache(maxsize=4)
def _loaded(folder: Path, with_test: bool, state: tuple[tuple[str, int, int], ...]) -> Trust:
    store = load(folder, allow_test=with_test)
    for one in store.refused:
        log.warning("anchor_refused", file=one.file, reason=one.reason)
    return store.trust


def _state_of(folder: Path) -> tuple[tuple[str, int, int], ...]:
    found = []
    for place in (folder, folder / INTERMEDIATES):
        if place.is_dir():
            for file in sorted(place.iterdir()):
                facts = file.stat()
                found.append((file.name, facts.st_mtime_ns, facts.st_size))
    return tuple(found)


def revocation() -> Collecting:
    """A source for one check: OCSP first; where it is silent the lists kept here, else the one a certificate names."""
    require_no_transaction()
    return Collecting(
        OnlineSource.of(
            ocsp_url=settings.OCSP_URL,
            hosts=settings.ESIGN_HOSTS,
            cache=SharedCache(),
            breaker=_ocsp_breaker,
            lists=Path(settings.KZSIGN_LISTS_DIR),
            fetch_lists=True,
            seconds=_SECONDS,
        )
    )


def time_stamp(value: bytes) -> bytes | None:
    """A token over these octets; None where no service is configured or it gives none."""
    if not settings.TSP_URL:
        return None
    require_no_transaction()
    client = StampClient(
        Fetcher(hosts=(), addresses=(settings.TSP_URL,)),
        url=settings.TSP_URL,
        trust=trust(),
        breaker=_tsp_breaker,
        seconds=_SECONDS,
    )
    try:
        return client.stamp(value)
    except StampError as problem:
        log.warning("time_stamp_missing", reason=problem.code)
        return None
