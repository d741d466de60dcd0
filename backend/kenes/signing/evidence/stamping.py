"""The time stamp over the seal of a package: since when it stands, by somebody else's word."""

from django.conf import settings

from kenes.foundation import clock, logs
from kenes.signing import organisation_stamps
from kenes.signing.sealing import StampError
from kzsign import evidence_stamp, timestamps
from kzsign.context import Context, Limits

log = logs.get(__name__)


def is_wanted() -> bool:
    """Whether a service is configured; without one packages say that they have no time stamp."""
    return bool(settings.TSP_URL)


def stamp(seal: bytes) -> bytes:
    """A token (DER) over the seal by RSA and SHA-256, which common tools read too; empty where none can be had.

    A silent service delays no package. Talks to the service: never in a transaction.
    """
    stamper = organisation_stamps.stamper()
    if stamper is None:
        return b""
    try:
        token = stamper.stamp(seal)
    except StampError as problem:
        log.warning("evidence_not_stamped", code=problem.code)
        return b""
    if not _is_taken_by_checker(token, seal):
        log.error("evidence_stamp_unusual")
        return b""
    return token


def _is_taken_by_checker(token: bytes, seal: bytes) -> bool:
    """The checker is stricter than the standard: what it refuses would spoil a package that is right without it."""
    found = timestamps.judge(token, seal, Context(trust=organisation_stamps.anchors(), now=clock.now()))
    return found.tsa is not None and evidence_stamp.is_plain(token, found.tsa, found.chain, Limits())
