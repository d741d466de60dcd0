"""How often something may be done: counters per name and key in the cache, fixed windows."""

import time

from django.conf import settings
from django.core.cache import cache

from kenes.foundation import crypto
from kenes.foundation.errors import Throttled

_PER_ADDRESS = "address_"


def _limit(name: str) -> tuple[int, int]:
    amount, seconds = settings.SIGN_IN_LIMITS[name]
    return (amount * settings.ADDRESS_LIMITS_FACTOR if name.startswith(_PER_ADDRESS) else amount), seconds


def _slot(name: str, key: str, seconds: int) -> tuple[str, int]:
    """Cache key of the running window and the seconds it still lasts. Keys are hashed: no number stays in the cache."""
    now = int(time.time())
    window, passed = divmod(now, seconds)
    digest = crypto.lookup_hash(key)[:32]
    return f"allowance:{name}:{digest}:{window}", seconds - passed


def spend(name: str, key: str) -> None:
    """Use one of the allowance `name` of settings.SIGN_IN_LIMITS for `key`; Throttled with the waiting time when used up.

    The increment is atomic, so parallel requests cannot take more than the limit.
    """
    amount, seconds = _limit(name)
    slot, left = _slot(name, key, seconds)
    cache.add(slot, 0, timeout=seconds + 1)
    try:
        used = cache.incr(slot)
    except ValueError:  # the window ended between the two calls
        return
    if used > amount:
        raise Throttled(retry_after=left)


def give_back(name: str, key: str) -> None:
    """Undo one `spend` (a right password is not counted as a wrong one)."""
    slot, _left = _slot(name, key, _limit(name)[1])
    try:
        cache.decr(slot)
    except ValueError:
        return
