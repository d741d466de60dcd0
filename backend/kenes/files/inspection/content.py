"""Look at what somebody sends before it is kept: its kind, and whether it does what no document has to do."""

from typing import Any, Final

from kenes.files import content_types, errors
from kenes.foundation.errors import KenesError

# Refusals that are remembered by code with an upload.
_REFUSALS: Final[dict[str, type[KenesError]]] = {
    kind.code: kind for kind in (errors.FileEmpty, errors.FileTypeNotAllowed)
}


def inspect(data: bytes) -> str:
    """MIME type of an upload that may be kept. Raises FileEmpty and FileTypeNotAllowed."""
    if not data:
        raise errors.FileEmpty
    mime = content_types.detect(data)
    if mime not in content_types.ALLOWED_UPLOADS:
        raise errors.FileTypeNotAllowed
    return mime


def refusal(code: str, extra: dict[str, Any]) -> KenesError:
    """The error that was remembered by its code; FileTypeNotAllowed for a code of an older version."""
    return _REFUSALS.get(code, errors.FileTypeNotAllowed)(**extra)
