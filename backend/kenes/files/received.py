"""Bytes that a person has sent, with who sent them and the upload they came by."""

from typing import Self
from uuid import UUID


class ReceivedBytes(bytes):
    """The content of a file; storing it uses its upload up, in the transaction that stores.

    A subclass of bytes, so that what only looks at the content need not know how it came. `upload_id` is None for a
    file that came in a form.
    """

    person_id: UUID | None
    upload_id: UUID | None

    def __new__(cls, data: bytes, *, person_id: UUID | None, upload_id: UUID | None = None) -> Self:
        received = super().__new__(cls, data)
        received.person_id, received.upload_id = person_id, upload_id
        return received


def sender(data: bytes) -> UUID | None:
    """Who sent the bytes, as far as they know."""
    return data.person_id if isinstance(data, ReceivedBytes) else None
