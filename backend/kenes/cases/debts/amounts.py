"""Rounding and sharing of sums.

Rules: a product of money is rounded once, to a whole tiyn, half up (as lenders' systems do); sums and differences are exact;
what is left over from sharing goes to the first parts, one tiyn each, and what is left of a principal to the last payment.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from decimal import ROUND_HALF_UP, Decimal, localcontext
from typing import Final

# Digits kept inside a formula; results are rounded by `to_tiyn`.
PRECISION: Final = 50
HUNDRED: Final = Decimal(100)


@contextmanager
def exact() -> Iterator[None]:
    """Enough digits for every power and product of this package."""
    with localcontext() as context:
        context.prec = PRECISION
        yield


def to_tiyn(value: Decimal) -> int:
    """Nearest whole tiyn, a half goes up."""
    return int(value.quantize(Decimal(1), rounding=ROUND_HALF_UP))


def share(tiyn: int, percent: Decimal) -> int:
    """`percent` of a sum, in tiyn."""
    with exact():
        return to_tiyn(tiyn * percent / HUNDRED)


def spread(tiyn: int, parts: int) -> list[int]:
    """A sum in `parts` nearly equal whole parts that add up to it; the first ones carry the rest."""
    whole, rest = divmod(tiyn, parts)
    return [whole + (1 if index < rest else 0) for index in range(parts)]
