"""Lists of revoked certificates, kept at hand for the time that OCSP is silent, and a warning before trust runs out."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

from django.conf import settings

from kenes.foundation import clock, health, logs
from kenes.foundation.providers import require_no_transaction
from kenes.signing.eds import authority
from kzsign.online import Fetcher, ListFolder

log = logs.get(__name__)
# A new root has to be fetched, compared and pinned by a person.
_ANCHOR_ENDS_SOON: Final = timedelta(days=60)
# The national lists are renewed about daily, their deltas every few hours.
_LIST_ENDS_SOON: Final = timedelta(hours=1)


class TrustRunsOutError(Exception):
    """A trusted certificate or a list ends soon, or a certificate in the folder is refused."""


def folder() -> ListFolder:
    """Where the lists are kept."""
    return ListFolder(Path(settings.KZSIGN_LISTS_DIR))


def refresh() -> int:
    """Fetch the lists of CRL_URLS that changed; how many did. What fails or ends soon is logged, and nothing raised."""
    require_no_transaction()
    trust = authority.trust()
    if not trust.anchors:
        return 0
    fetch = Fetcher(hosts=(), addresses=tuple(settings.CRL_URLS))
    try:
        results = folder().refresh(settings.CRL_URLS, trust, fetch)
    except OSError as problem:
        log.warning("revocation_lists_not_kept", problem=type(problem).__name__)
        return 0
    for one in results:
        if one.is_failure:
            log.warning("revocation_list_missing", address=one.address, reason=one.outcome)
    for kind, name, end in ending(clock.now()):
        log.warning("trust_runs_out", kind=kind, name=name, ends_at=end.isoformat())
    return sum(one.outcome == "new" for one in results)


def ending(now: datetime) -> Iterator[tuple[str, str, datetime]]:
    """Kind ("anchor", "list"), fingerprint or address, and end of whatever ends soon."""
    trust = authority.trust()
    for certificate in (*trust.anchors, *trust.intermediates):
        if certificate.not_after < now + _ANCHOR_ENDS_SOON:
            yield "anchor", certificate.sha256, certificate.not_after
    for address, end in folder().ending(now, _LIST_ENDS_SOON):
        if address in settings.CRL_URLS:
            yield "list", address, end


def _check() -> None:
    for kind, _name, _end in ending(clock.now()):
        raise TrustRunsOutError(kind)


# Signing goes on without: shown, not red.
health.register("esign_trust", _check, critical=False)
