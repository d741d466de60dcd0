"""Names of files as people may give them: shown and used for saving, never as a path of ours."""

import re
import unicodedata
from typing import Final

MAX_CHARACTERS: Final = 200
FALLBACK: Final = "file"

# What a name of a kind may end with; the first is added where it ends with something else.
_ENDINGS: Final[dict[str, tuple[str, ...]]] = {
    "application/pdf": ("pdf",),
    "image/jpeg": ("jpg", "jpeg", "jpe", "jfif"),
    "image/png": ("png",),
    "image/webp": ("webp",),
    "image/heic": ("heic", "heif"),
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": ("docx",),
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": ("xlsx",),
    "text/plain": ("txt", "csv", "log", "md"),
}
# Drives, wildcards and redirections of other systems.
_UNSAFE: Final = re.compile(r'[<>:"|?*]')


def clean(name: str, mime: str = "") -> str:
    """The last part of a path, in NFC, without control, direction and half characters, at most 200 characters.

    With `mime` the ending fits the content: a PDF called `letter.exe` becomes `letter.exe.pdf`. Never empty.
    """
    last = name.replace("\\", "/").rsplit("/", 1)[-1]
    spaced = "".join(" " if char.isspace() else char for char in last)
    shown = unicodedata.normalize("NFC", "".join(char for char in spaced if char.isprintable()))
    shown = re.sub(r"\s+", " ", _UNSAFE.sub("_", shown)).strip(" .") or FALLBACK
    endings = _ENDINGS.get(mime, ())
    if endings and shown.rpartition(".")[2].lower() not in endings:
        return f"{_short(shown, MAX_CHARACTERS - len(endings[0]) - 1)}.{endings[0]}"
    return _short(shown, MAX_CHARACTERS)


def _short(name: str, limit: int) -> str:
    """At most `limit` characters, the ending kept."""
    if len(name) <= limit:
        return name
    stem, dot, ending = name.rpartition(".")
    if not dot or len(ending) > 10:
        return name[:limit].rstrip(" .")
    return stem[: limit - len(ending) - 1].rstrip(" .") + "." + ending
