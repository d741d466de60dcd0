"""One number, one account — also while look-up keys are rotated.

The database holds a hash unique; the same number under two keys has two hashes, which it cannot compare. So whoever
writes a hash while more than one key is configured looks for the other hashes too, one writer of a number at a time.
"""

from collections.abc import Iterable
from typing import Any, Final

from django.db import IntegrityError, connection

from kenes.foundation import crypto

# Hash column and the column it is made of.
COLUMNS: Final = {"phone_hash": "phone", "iin_hash": "iin"}


def hold(value: str) -> list[str]:
    """All hashes of the number; with several keys, nobody else takes it before the transaction ends."""
    hashes = crypto.lookup_hashes(value)
    if len(hashes) > 1:
        # In one order for all: processes of both releases know both keys, whichever of them is the newest.
        with connection.cursor() as cursor:
            for digest in sorted(hashes):
                cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 4711))", [digest])
    return hashes


def require_free(user: Any, fields: Iterable[str] | None) -> None:
    """IntegrityError, as from the database itself, when another account has the number under an older key."""
    for column, plain in COLUMNS.items():
        value = getattr(user, plain)
        if value is None or (fields is not None and column not in fields):
            continue
        hashes = hold(value)
        others = type(user)._default_manager.filter(**{f"{column}__in": hashes}).exclude(pk=user.pk)
        if len(hashes) > 1 and others.exists():
            raise IntegrityError(f"{column} is taken under an older key")
