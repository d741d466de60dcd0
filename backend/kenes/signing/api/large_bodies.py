"""Bodies that hold a document: a few at a time, so that many of them take no more memory than a few."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from django.conf import settings

from kenes.foundation.api import ApiRequest
from kenes.signing.eds.errors import EdsBusy, EdsTooLarge

# In each process. What is read once is held several times over while it is judged: as text, as octets, as parts.
AT_ONCE: Final = 1
_WAIT_SECONDS: Final = 5.0
_room: Final = threading.BoundedSemaphore(AT_ONCE)


@contextmanager
def room_for(request: ApiRequest, *, limit: int) -> Iterator[None]:
    """Let a body of up to `limit` bytes be read inside. A small one passes at once, a large one when it has room.

    Raises EdsTooLarge before anything is read, EdsBusy when there is no room for some seconds.
    """
    told = request.META.get("CONTENT_LENGTH") or ""
    if told.isdigit() and int(told) > limit:
        raise EdsTooLarge
    if told.isdigit() and int(told) <= settings.DATA_UPLOAD_MAX_MEMORY_SIZE:
        yield
        return
    if not _room.acquire(timeout=_WAIT_SECONDS):
        raise EdsBusy(retry_after=30)
    try:
        yield
    finally:
        _room.release()
