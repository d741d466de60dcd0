"""Time stamps for the organisation's seal, from the service in TSP_URL."""

import threading
import time
from collections.abc import Callable
from functools import cache, lru_cache
from pathlib import Path
from typing import Final

from django.conf import settings

from kenes.foundation import clock
from kenes.foundation.providers import require_no_transaction
from kenes.signing.archive_tail import ValidationData
from kenes.signing.sealing import Stamper, StampError
from kzsign import Trust, timestamps, trust
from kzsign.context import Context
from kzsign.online import Breaker, Fetcher, MemoryCache, OcspClient, OnlineSource, StampClient
from kzsign.online import StampError as NoStamp
from kzsign.online.stamping import POLICY_RSA

# Common viewers know RSA and SHA-256 and nothing of GOST; the national authority chooses by the policy asked for.
DIGEST: Final = "sha256"
_SECONDS: Final = 5.0
# How long answers about the authority's own certificates are used for further seals.
_DATA_SECONDS: Final = 600
_ANCHOR_SECONDS: Final = 30
_LARGEST_LIST: Final = 256 * 1024


def stamper() -> Stamper | None:
    """The configured service; ``None`` where there is none, so that seals are made without time stamps."""
    if not settings.TSP_URL:
        return None
    return _stamper(settings.TSP_URL, settings.OCSP_URL, tuple(settings.ESIGN_HOSTS))


def anchors() -> Trust:
    """Authorities whose time stamps count. Read again every half minute: certificates may be added while running."""
    bucket = int(time.monotonic() / _ANCHOR_SECONDS)
    return _anchors(settings.KZSIGN_ANCHORS_DIR, settings.KZSIGN_TEST_ANCHORS, bucket)


@lru_cache(maxsize=4)
def _anchors(folder: Path, allow_test: bool, bucket: int) -> Trust:
    return trust.load(folder, allow_test=allow_test).trust if folder.is_dir() else Trust()


def forget() -> None:
    """Forget what was found out about the service and its authorities."""
    _stamper.cache_clear()
    _anchors.cache_clear()


@cache
def _stamper(url: str, ocsp_url: str, hosts: tuple[str, ...]) -> "OnlineStamper":
    return OnlineStamper(url, ocsp_url, hosts)


class OnlineStamper:
    """Asks for time stamps and for what proves later that their authority was in order. Safe to use from several threads."""

    def __init__(
        self, url: str, ocsp_url: str, hosts: tuple[str, ...], anchors: Callable[[], Trust] = anchors
    ) -> None:
        self._anchors = anchors
        fetch = Fetcher(hosts=hosts, addresses=(url, ocsp_url) if ocsp_url else (url,))
        self._client = StampClient(fetch, url, policy=POLICY_RSA, seconds=_SECONDS, now=clock.now)
        self._ocsp = OcspClient(fetch, url=ocsp_url, cache=MemoryCache(), breaker=Breaker(), seconds=_SECONDS)
        self._data: dict[str, tuple[float, ValidationData]] = {}
        self._lock = threading.Lock()

    def stamp(self, data: bytes) -> bytes:
        """A token over ``data`` whose authority stands under an anchor. Raises StampError."""
        require_no_transaction()
        self._client.trust = self._anchors()
        try:
            return self._client.stamp(data, digest=DIGEST)
        except NoStamp as problem:
            raise StampError(problem.code) from problem

    def validation_data(self, token: bytes, data: bytes) -> ValidationData:
        """The chain of the token's authority with what OCSP and lists say of it; kept for ten minutes."""
        require_no_transaction()
        source = OnlineSource(self._ocsp, fetch_lists=True, list_seconds=_SECONDS)
        context = Context(trust=self._anchors(), now=clock.now())
        found = timestamps.judge(token, data, context)
        key = found.tsa.sha256 if found.tsa is not None else ""
        with self._lock:
            kept = self._data.get(key)
        if kept is not None and time.monotonic() < kept[0]:
            return kept[1]
        timestamps.judge(token, data, Context(trust=context.trust, revocation=source, now=context.now))
        made = ValidationData(
            certificates=tuple(certificate.raw for certificate in found.chain),
            # The full list of the national authority has 21 MB: its OCSP answer is enough then.
            crls=tuple(found for found in source.list_answers if len(found) <= _LARGEST_LIST),
            ocsps=tuple(source.ocsp_answers),
        )
        with self._lock:
            self._data[key] = (time.monotonic() + _DATA_SECONDS, made)
        return made
