"""How often something may be done: counters per name and key in the cache, fixed windows."""

import ipaddress
import time

from django.conf import settings
from django.core.cache import cache

from kenes.foundation import crypto
from kenes.foundation.errors import Throttled

_PER_ADDRESS = ("address_", "range_")


def _limit(name: str) -> tuple[int, int]:
    amount, seconds = settings.ALLOWANCES[name]
    return (amount * settings.ADDRESS_LIMITS_FACTOR if name.startswith(_PER_ADDRESS) else amount), seconds


def _slot(name: str, key: str) -> str:
    # Hashed with the look-up key: no phone number stays readable in the cache.
    return f"allowance:{name}:{crypto.lookup_hash(key)[:32]}"


def spend(name: str, key: str) -> None:
    """Use one of the allowance `name` of settings.ALLOWANCES for `key`; Throttled with the waiting time when used up.

    The window begins with the first use. The increment is atomic, so parallel requests cannot take more than the
    limit together.
    """
    amount, seconds = _limit(name)
    slot, now = _slot(name, key), time.time()
    if cache.add(slot, 0, timeout=seconds):
        cache.set(f"{slot}:since", now, timeout=seconds)
    try:
        used = cache.incr(slot)
    except ValueError:  # the window ended between the two calls
        return
    if used == 1:
        # If it ended inside incr, the counter was made anew without an end and would lock this key for ever.
        cache.touch(slot, timeout=seconds)
    if used > amount:
        passed = now - float(cache.get(f"{slot}:since", now))
        raise Throttled(retry_after=max(1, round(seconds - passed)))


def network_of(ip: str) -> str:
    """The range that one sender of automatic requests has: /24 of IPv4, /64 of IPv6; the text itself for anything else."""
    try:
        address = ipaddress.ip_address(ip)
    except ValueError:
        return ip
    return str(ipaddress.ip_network((address, 24 if address.version == 4 else 64), strict=False))


def spend_for_code(*, ip: str, to: str) -> None:
    """Count one code that is asked for from this address for this number or e-mail. Throttled over any of the limits.

    Asked for, not sent: an unknown number uses up the same as a known one.
    """
    spend("address_minute", ip)
    spend("address_day", ip)
    spend("range_minute", network_of(ip))
    spend("range_day", network_of(ip))
    spend("number_minute", to)
    spend("number_day", to)


def give_back(name: str, key: str) -> None:
    """Undo one `spend` (a right password is not counted as a wrong one)."""
    try:
        cache.decr(_slot(name, key))
    except ValueError:
        return
