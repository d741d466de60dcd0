"""Proof of the last minutes that the same person still sits at the browser."""

import time

from allauth.account.internal.flows.login import AUTHENTICATION_METHODS_SESSION_KEY
from django.conf import settings
from django.http import HttpRequest


def is_fresh(request: HttpRequest) -> bool:
    """Whether the person was asked again and answered within ACCOUNT_REAUTHENTICATION_TIMEOUT seconds.

    Signing in does not count: whoever finds an open browser a minute later must still prove to be its owner.
    """
    session = getattr(request, "session", None)
    records = session.get(AUTHENTICATION_METHODS_SESSION_KEY, ()) if session is not None else ()
    proofs = [record for record in records if record.get("reauthenticated")]
    return bool(proofs) and time.time() - proofs[-1]["at"] < settings.ACCOUNT_REAUTHENTICATION_TIMEOUT
