"""Codes of authenticator apps: each one opens once."""

from allauth.core.internal.cryptokit import compare_user_code
from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal import auth
from django.db import transaction

_USED = "used_steps"


@transaction.atomic
def take(authenticator: Authenticator, code: str) -> bool:
    """Whether this is a code of now (one step of a wrong clock to each side) that was not used before.

    The row is locked and keeps the used steps: of two parallel requests with one code only one gets True.
    """
    row = Authenticator.objects.select_for_update().filter(pk=authenticator.pk).first()
    if row is None:
        return False
    secret = get_adapter().decrypt(row.data["secret"])
    steps = list(auth.yield_hotp_counters_from_time())
    used = [step for step in row.data.get(_USED, []) if step >= steps[0]]
    for step in steps:
        expected = auth.format_hotp_value(auth.hotp_value(secret, step))
        if step not in used and compare_user_code(actual=code, expected=expected):
            row.data[_USED] = [*used, step]
            row.save(update_fields=["data"])
            authenticator.data = row.data
            return True
    return False
