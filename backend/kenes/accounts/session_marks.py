"""A mark of the session that a request came in: says whether two requests were of one session, and nothing else."""

from kenes.foundation import crypto
from kenes.foundation.api import ApiRequest


def session_mark(request: ApiRequest) -> str:
    """Keyed hash of the session. Programs of partners have no session: theirs is the program itself, for that person."""
    key = request._request.session.session_key or f"program:{request.actor.client_id}:{request.actor.user_id}"
    return crypto.lookup_hash(f"signing-session:{key}")
