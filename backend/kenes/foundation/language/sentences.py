"""Short words of several sources set one after another as sentences."""

from typing import Final

_ENDS: Final = (".", "!", "?", "…", ":")


def sentences(*words: str | None) -> str:
    """Join what is not empty by full stops; what ends with a mark of its own, as «26 октября 2026 г.», gets no second."""
    found = [word.strip() for word in words if word and word.strip()]
    joined = [word if word.endswith(_ENDS) else f"{word}." for word in found[:-1]]
    return " ".join([*joined, *found[-1:]])
