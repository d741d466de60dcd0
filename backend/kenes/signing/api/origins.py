"""Where an answer came from: address, browser, and the session as a keyed hash."""

from kenes.accounts.sign_in import client_ip
from kenes.foundation import crypto
from kenes.foundation.api import ApiRequest
from kenes.signing.services.recording import Origin


def origin_of(request: ApiRequest) -> Origin:
    """The origin of this request. Programs of partners have no session: theirs is the program itself."""
    key = request._request.session.session_key or f"program:{request.actor.client_id}:{request.actor.user_id}"
    return Origin(
        ip=client_ip(request._request),
        user_agent=request.headers.get("User-Agent", ""),
        session=crypto.lookup_hash(f"signing-session:{key}"),
    )
