"""What the authorities say of the certificates of a signature by key, beside what was kept when it was made.

At signing the answers of OCSP are kept, and the lists that were asked where it was silent. A reader of the package has to
know as well that the authorities above the signer stood, and he may have no network: what is missing is asked for while the
package is put together. An answer of today that knows of no revocation holds for the day of signing too.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Final

from django.conf import settings

from kenes.foundation import logs
from kenes.foundation.providers import require_no_transaction
from kenes.signing.eds import authority
from kzsign import crl, verify
from kzsign.certificates import Certificate
from kzsign.crl import CrlError
from kzsign.evidence_signers import Archived
from kzsign.online import OnlineSource

log = logs.get(__name__)
_SECONDS: Final = 5.0
LARGEST_LIST: Final = 2 * 1024 * 1024


@dataclass
class Collector:
    """A source for one check: what is kept first, then the authority; everything that was said is remembered.

    What a kept list settled at signing is not asked again: a later word of the authority would be about a later time.
    """

    kept: Archived
    online: OnlineSource
    answers: list[bytes] = field(default_factory=list)
    lists: list[bytes] = field(default_factory=list)

    def ocsp(self, cert: Certificate, issuer: Certificate, at: datetime) -> bytes | None:
        """The kept answer about `cert`; without one and without a kept list of its issuer, the responder's."""
        answer = self.kept.ocsp(cert, issuer, at)
        if answer is None and not self._kept_lists(issuer):
            answer = self.online.ocsp(cert, issuer, at)
        if answer is not None and answer not in self.answers:
            self.answers.append(answer)
        return answer

    def crls(self, issuer: Certificate) -> Iterable[bytes]:
        """Lists of `issuer`: the kept ones, else the authority's; those of its many clients are too large to go along."""
        found = self._kept_lists(issuer)
        if not found:
            found = [data for data in self.online.crls(issuer) if len(data) <= LARGEST_LIST]
        self.lists += [data for data in found if data not in self.lists]
        return found

    def _kept_lists(self, issuer: Certificate) -> list[bytes]:
        return [data for data in self.kept.lists if _is_of(data, issuer)]


def _is_of(data: bytes, issuer: Certificate) -> bool:
    try:
        return crl.read(data).issuer.matches(issuer.subject)
    except CrlError:
        return False


def collect(cms: bytes, *, content: bytes, signed_at: datetime, kept: Archived) -> Collector:
    """All answers that judging this CMS takes. An authority that is silent leaves a gap, which the package then shows.

    Talks to the authority: never in a transaction.
    """
    require_no_transaction()
    lists = Path(settings.KZSIGN_LISTS_DIR)
    online = OnlineSource.of(
        ocsp_url=settings.OCSP_URL,
        hosts=settings.ESIGN_HOSTS,
        cache=authority.SharedCache(),
        lists=lists if lists.is_dir() else None,
        fetch_lists=True,
        seconds=_SECONDS,
    )
    collector = Collector(kept, online)
    report = verify(cms, document=content, trust=authority.trust(), at=signed_at, revocation=collector)
    if report.verdict.value != "valid":
        log.warning("evidence_signature_not_valid", verdict=report.verdict.value, reason=report.reason)
    return collector
