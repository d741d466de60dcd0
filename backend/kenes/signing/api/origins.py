"""Where an answer came from: address, browser, and the session as a keyed hash."""

from kenes.accounts.session_marks import session_mark
from kenes.accounts.sign_in import client_ip
from kenes.foundation.api import ApiRequest
from kenes.signing.services.recording import Origin


def origin_of(request: ApiRequest) -> Origin:
    """The origin of this request."""
    return Origin(
        ip=client_ip(request._request),
        user_agent=request.headers.get("User-Agent", ""),
        session=session_mark(request),
    )
