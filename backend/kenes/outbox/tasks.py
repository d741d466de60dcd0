"""Timers of the outbox."""

import time
from contextlib import contextmanager
from typing import TYPE_CHECKING

from celery import shared_task
from django.db import connection

from kenes.foundation import logs
from kenes.outbox import registry, services

if TYPE_CHECKING:
    from collections.abc import Iterator

log = logs.get(__name__)
SLOTS_PER_LANE = 2
# Recognition keeps a processor busy for minutes; everything else must find another free.
# A turn of eGov mobile takes all that wait with it, so a second one beside it finds nothing to do.
SLOTS_OF_LANE = {"recognition": 1, "egov": 1}
TURN_SECONDS = 20.0


@contextmanager
def _slot(lane: str) -> "Iterator[bool]":
    """At most two dispatchers work on a lane at once, so that one slow vendor cannot take every worker."""
    lane_number = registry.LANES.index(lane)
    with connection.cursor() as cursor:
        for slot in range(SLOTS_OF_LANE.get(lane, SLOTS_PER_LANE)):
            cursor.execute("SELECT pg_try_advisory_lock(%s, %s)", [7301 + lane_number, slot])
            row = cursor.fetchone()
            if row and row[0]:
                try:
                    yield True
                finally:
                    cursor.execute("SELECT pg_advisory_unlock(%s, %s)", [7301 + lane_number, slot])
                return
    yield False


@shared_task(name="outbox.dispatch", ignore_result=True)
def dispatch(lane: str) -> None:
    """Run what is due in a lane until nothing is left or the turn is over."""
    started = time.monotonic()
    with _slot(lane) as free:
        while free and time.monotonic() - started < TURN_SECONDS:
            if not services.run_batch(lane):
                return


@shared_task(name="outbox.look", ignore_result=True)
def look() -> None:
    """The timer behind the nudges: look at every lane."""
    for lane in registry.LANES:
        dispatch.apply_async((lane,), expires=10)
