"""Session engine: rows in PostgreSQL, content encrypted, because a session holds a login code and a phone number."""

import base64
import json
import re
from typing import Any

from django.contrib.sessions.backends import db

from kenes.foundation import crypto


class SessionStore(db.SessionStore):
    """Django's database sessions with the content encrypted by the field keys, so keys rotate as everywhere."""

    def _validate_session_key(self, key: str | None) -> bool:
        # A cookie can hold anything, also bytes that the database refuses; our keys are letters and digits.
        return bool(key and re.fullmatch(r"[0-9a-z]{8,40}", key, re.ASCII))

    def encode(self, session_dict: dict[str, Any]) -> str:
        plain = json.dumps(session_dict, separators=(",", ":")).encode()
        return base64.b64encode(crypto.encrypt(plain)).decode()

    def decode(self, session_data: str | bytes) -> dict[str, Any]:
        """An unreadable row (lost key, foreign format) is an empty session: the person signs in again."""
        try:
            loaded = json.loads(crypto.decrypt(base64.b64decode(session_data, validate=True)))
        except (crypto.UnreadableValue, ValueError):
            return {}
        return loaded if isinstance(loaded, dict) else {}
