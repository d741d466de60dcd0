"""Time: UTC instants, and the day in Almaty that law terms are counted in."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from django.conf import settings

_frozen: ContextVar[datetime | None] = ContextVar("frozen_now", default=None)
_today: ContextVar[date | None] = ContextVar("domain_today", default=None)


def zone() -> ZoneInfo:
    return ZoneInfo(settings.DOMAIN_TIME_ZONE)


def now() -> datetime:
    """The instant now, in UTC. Tokens, codes, sessions and signatures use only this."""
    return _frozen.get() or datetime.now(UTC)


def almaty(at: datetime) -> datetime:
    """The same instant on an Almaty clock."""
    return at.astimezone(zone())


def today() -> date:
    """The day that law terms are counted from: the Almaty day, or the demonstration day set for this request."""
    return _today.get() or almaty(now()).date()


def demo_date() -> date | None:
    """The demonstration day in force, if one is."""
    return _today.get()


@contextmanager
def demo_today(day: date | None) -> Iterator[None]:
    """Within the block `today()` is `day`; None leaves it as it is."""
    token = _today.set(day if day is not None else _today.get())
    try:
        yield
    finally:
        _today.reset(token)


@contextmanager
def frozen(at: datetime) -> Iterator[None]:
    """Tests: within the block `now()` is `at` (with a time zone)."""
    if at.tzinfo is None:
        raise ValueError("an instant needs a time zone")
    token = _frozen.set(at.astimezone(UTC))
    try:
        yield
    finally:
        _frozen.reset(token)
