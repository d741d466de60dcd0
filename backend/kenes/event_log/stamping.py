"""Time stamps of the daily anchors: asked of the configured authority outside any transaction, kept, checked.

Without TSP_URL anchors stand without stamps: whoever holds the database and all its copies could then write the history
anew, and `manage.py event_log verify` says so.
"""

from datetime import UTC, datetime
from typing import Final

from django.conf import settings
from django.db import IntegrityError

from kenes.event_log import anchoring
from kenes.event_log.models import AnchorStamp, DailyAnchor
from kenes.foundation import clock, logs
from kenes.foundation.providers import require_no_transaction
from kzsign import Trust, timestamps, trust
from kzsign.context import Context
from kzsign.online import Fetcher, StampClient, StampError

log = logs.get(__name__)
_SECONDS: Final = 10.0
# Of the years before stamps came, no more than a month at a run.
_AT_ONCE: Final = 31


def stamp_pending() -> int:
    """Stamp the anchors that have no stamp yet, newest first; how many. 0 where no service is configured or it is silent.

    The stamp of an older anchor says only that it stood when it was stamped. Safe to run twice at once.
    """
    if not settings.TSP_URL:
        return 0
    require_no_transaction()
    client = StampClient(
        Fetcher(hosts=(), addresses=(settings.TSP_URL,)),
        url=settings.TSP_URL,
        trust=_trust(),
        seconds=_SECONDS,
    )
    made = 0
    for anchor in DailyAnchor.objects.filter(stamp__isnull=True).order_by("-pk")[:_AT_ONCE]:
        try:
            token = client.stamp(anchoring.statement(anchor))
        except StampError as problem:
            log.warning("anchor_not_stamped", day=anchor.day.isoformat(), reason=problem.code)
            break
        made += _keep(anchor, token)
    return made


def _keep(anchor: DailyAnchor, token: bytes) -> int:
    found = _judged(anchor, token)
    if found.info is None:
        return 0
    try:
        AnchorStamp.objects.create(
            anchor=anchor,
            token=token,
            stamped_at=found.info.at.astimezone(UTC),
            tsa=str(found.tsa.subject)[:300] if found.tsa else "",
            created_at=clock.now(),
        )
    except IntegrityError:
        # A run beside this one was quicker.
        return 0
    return 1


def fault(anchor: DailyAnchor) -> str:
    """What is wrong with the stamp of an anchor; empty when it holds, or there is none."""
    stamp = _stamp_of(anchor)
    if stamp is None:
        return ""
    found = _judged(anchor, bytes(stamp.token))
    if found.is_broken or found.info is None:
        return "time stamp of something else"
    if found.info.at.astimezone(UTC) != stamp.stamped_at:
        return "time of the stamp changed"
    return ""


def trusted_at(anchor: DailyAnchor) -> datetime | None:
    """Since when an authority that is trusted here vouches for the anchor; None without such a stamp."""
    stamp = _stamp_of(anchor)
    if stamp is None:
        return None
    found = _judged(anchor, bytes(stamp.token))
    return stamp.stamped_at if found.is_trusted else None


def _stamp_of(anchor: DailyAnchor) -> AnchorStamp | None:
    return getattr(anchor, "stamp", None)


def _judged(anchor: DailyAnchor, token: bytes) -> timestamps.Token:
    return timestamps.judge(token, anchoring.statement(anchor), Context(trust=_trust(), now=clock.now()))


def _trust() -> Trust:
    return trust.load(settings.KZSIGN_ANCHORS_DIR, allow_test=settings.KZSIGN_TEST_ANCHORS).trust
