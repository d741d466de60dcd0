"""How many SMS with codes went out today, and an alarm when it looks as if somebody made us pay for them."""

from typing import Final

from django.conf import settings
from django.core.cache import cache

from kenes.foundation import clock, health
from kenes.foundation.logs import get as get_log

log = get_log(__name__)
_KEEP_SECONDS: Final = 2 * 24 * 3600


def _slot() -> str:
    return f"code-sms:{clock.today().isoformat()}"


def count() -> None:
    """Count one SMS with a code; logs `code_sms_alarm` when the day reaches its limit and at every tenth above it."""
    slot, limit = _slot(), settings.CODE_SMS_ALARM_PER_DAY
    cache.add(slot, 0, timeout=_KEEP_SECONDS)
    try:
        sent = cache.incr(slot)
    except ValueError:  # the day ended between the two calls
        return
    if sent >= limit and (sent - limit) % max(1, limit // 10) == 0:
        log.error("code_sms_alarm", sent=sent, limit=limit)


def sent_today() -> int:
    """SMS with codes since midnight in Almaty."""
    return int(cache.get(_slot(), 0))


def _check() -> None:
    if sent_today() >= settings.CODE_SMS_ALARM_PER_DAY:
        raise RuntimeError("more SMS with codes today than expected")


def register() -> None:
    """Show the number among the metrics and a crossed limit among the health checks (yellow, not red)."""
    health.gauge("code_sms_today", lambda: {"": float(sent_today())})
    health.register("code-sms", _check, critical=False)
