"""What the viewer learns of a file: its state, its pages, whether its text is known."""

from collections.abc import Callable
from typing import Any, Final

from kenes.files import preparing
from kenes.files.models import Preparation, StoredFile

FILE_STATES: Final = ("checking", "ready", "infected", "unscannable", "failed", "removed")
PREPARATION_STATES: Final = ("ready", "preparing", "none")
_OF_SCAN: Final = {
    StoredFile.Scan.NOT_NEEDED: "ready",
    StoredFile.Scan.CLEAN: "ready",
    StoredFile.Scan.PENDING: "checking",
    StoredFile.Scan.INFECTED: "infected",
    StoredFile.Scan.UNSCANNABLE: "unscannable",
    StoredFile.Scan.FAILED: "failed",
}

TextState = Callable[[StoredFile], str]
_text_state: list[TextState] = []


def register_text_state(tells: TextState) -> None:
    """Say who knows whether the text of a file is there: one of PREPARATION_STATES."""
    _text_state[:] = [tells]


def state_of(file: StoredFile) -> str:
    """One of FILE_STATES; a file that a member of staff has released is ready."""
    if file.content_removed_at is not None:
        return "removed"
    if file.released_by is not None and file.scan != StoredFile.Scan.INFECTED:
        return "ready"
    return _OF_SCAN[StoredFile.Scan(file.scan)]


def info(file: StoredFile) -> dict[str, Any]:
    """The fields of FileInfo. The first look at a generated file has it prepared; afterwards two queries."""
    ready = state_of(file) == "ready"
    prepared = Preparation.objects.filter(file=file).first() if ready else None
    if ready and prepared is None:
        prepared = preparing.ask(file)
    sizes: list[list[int]] = prepared.page_sizes if prepared is not None else []
    return {
        "id": file.pk,
        "name": file.name,
        "mime": file.mime,
        "size": file.size,
        "sha256": file.sha256,
        "created_at": file.created_at,
        "state": state_of(file),
        "pages": [
            {"page": number, "width": size[0], "height": size[1], "url": page_url(file, number)}
            for number, size in enumerate(sizes, start=1)
        ],
        "pages_state": prepared.state if prepared is not None else "none",
        "text_state": _text_state[0](file) if ready and _text_state else "none",
    }


def page_url(file: StoredFile, page: int) -> str:
    """Where the picture of a page is got."""
    return f"/api/v1/files/{file.pk}/pages/{page}/"
