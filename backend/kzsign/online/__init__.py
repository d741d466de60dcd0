"""Asking the certification authority: state of certificates (OCSP, lists), time stamps, official anchors.

    source = OnlineSource.of(hosts=("ocsp.pki.gov.kz",))
    report = verify(cms, document=pdf, trust=trust, revocation=source)

Only hosts on a short list are asked. Nothing here is needed to judge a signature whose answers were archived with it.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from kzsign import crl
from kzsign.certificates import Certificate
from kzsign.crl import CrlError
from kzsign.online.caching import Breaker, Cache, MemoryCache
from kzsign.online.http import OFFICIAL_HOSTS, Fetch, Fetcher, FetchError
from kzsign.online.lists import MAX_LIST, ListFolder
from kzsign.online.stamping import StampClient, StampError
from kzsign.online.status import OcspClient

__all__ = [
    "OFFICIAL_HOSTS",
    "Breaker",
    "Cache",
    "Fetch",
    "FetchError",
    "Fetcher",
    "ListFolder",
    "MemoryCache",
    "OcspClient",
    "OnlineSource",
    "StampClient",
    "StampError",
    "online_source",
]
LIST_SECONDS = 1800
_SMALL_LIST = 4 << 20


@dataclass
class OnlineSource:
    """A ``RevocationSource``: OCSP first, then the lists of a folder, then (`fetch_lists`) the list a certificate names.

    What was used is kept in `ocsp_answers` and `list_answers`, so that it can be archived with the signature; an object
    serves one check when that is wanted, and shares client, cache and breaker with others.
    """

    client: OcspClient
    folder: ListFolder | None = None
    fetch_lists: bool = False
    list_seconds: float = 10.0
    ocsp_answers: list[bytes] = field(default_factory=list)
    list_answers: list[bytes] = field(default_factory=list)
    _addresses: dict[str, tuple[str, ...]] = field(default_factory=dict)

    @classmethod
    def of(
        cls,
        *,
        ocsp_url: str = "",
        hosts: Iterable[str] = OFFICIAL_HOSTS,
        cache: Cache | None = None,
        breaker: Breaker | None = None,
        lists: Path | None = None,
        fetch_lists: bool = False,
        seconds: float = 5.0,
    ) -> OnlineSource:
        """A source that asks `ocsp_url`, or without it the responder each certificate names, if its host is listed."""
        fetch = Fetcher(hosts=tuple(hosts), addresses=(ocsp_url,) if ocsp_url else ())
        client = OcspClient(
            fetch,
            url=ocsp_url,
            cache=cache or MemoryCache(),
            breaker=breaker or Breaker(),
            seconds=seconds,
        )
        return cls(client, ListFolder(lists) if lists is not None else None, fetch_lists)

    def ocsp(self, cert: Certificate, issuer: Certificate, at: datetime) -> bytes | None:
        """The DER of an OCSPResponse about `cert`, or None."""
        self._addresses[issuer.sha256] = cert.extensions.crl_addresses + cert.extensions.delta_addresses
        answer = self.client.ask(cert, issuer)
        if answer is not None and answer not in self.ocsp_answers:
            self.ocsp_answers.append(answer)
        return answer

    def crls(self, issuer: Certificate) -> Iterable[bytes]:
        """Lists of `issuer`: those of the folder, or those at the addresses in the certificate just asked about."""
        found = list(self.folder.of(issuer)) if self.folder is not None else []
        if not found and self.fetch_lists:
            addresses = self._addresses.get(issuer.sha256, ())[:4]
            found = [data for one in addresses if (data := self._fetched(one, issuer)) is not None]
        self.list_answers += [data for data in found if data not in self.list_answers]
        return found

    def _fetched(self, address: str, issuer: Certificate) -> bytes | None:
        key = f"kzsign:crl:{address}"
        kept = self.client.cache.get(key)
        if kept is not None:
            return kept
        if not self.client.breaker.allows(key):
            return None
        try:
            data = self.client.fetch(address, max_bytes=MAX_LIST, seconds=self.list_seconds).body
            crl.read(data).check(issuer)
        except (FetchError, CrlError):
            self.client.breaker.failed(key)
            return None
        self.client.breaker.succeeded(key)
        if len(data) <= _SMALL_LIST:
            self.client.cache.put(key, data, LIST_SECONDS)
        return data


def online_source() -> OnlineSource:
    """The source of the command line: $KZSIGN_OCSP_URL or the addresses in certificates, lists of $KZSIGN_CRL_DIR."""
    lists = os.environ.get("KZSIGN_CRL_DIR", "")
    return OnlineSource.of(
        ocsp_url=os.environ.get("KZSIGN_OCSP_URL", ""),
        lists=Path(lists) if lists else None,
        fetch_lists=not lists,
    )
