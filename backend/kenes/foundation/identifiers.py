"""Ids of rows."""

import uuid


def new_id() -> uuid.UUID:
    """A random UUID (version 4): ids appear in addresses and must not tell order or time."""
    return uuid.uuid4()
