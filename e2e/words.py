"""The words on the screen, from the front end's catalogue, so that one journey runs in every language."""

import json
import re
from functools import cache
from pathlib import Path

MESSAGES = Path(__file__).resolve().parents[1] / "frontend" / "messages"


class Words:
    """Texts of one language by key, `words("home.apply")`."""

    def __init__(self, language: str) -> None:
        self.language = language
        self._texts = json.loads((MESSAGES / f"{language}.json").read_text(encoding="utf-8"))

    def __call__(self, key: str) -> str:
        found = self._texts
        for part in key.split("."):
            found = found[part]
        assert isinstance(found, str), f"{key} is a group of texts"
        return found

    def shape(self, key: str) -> re.Pattern[str]:
        """The text with anything at all in the place of its variables and plural forms."""
        parts = _fixed_parts(self(key))
        assert any(part.strip() for part in parts), f"{key} is nothing but variables: it would fit any text"
        return re.compile(".*".join(re.escape(part) for part in parts), re.DOTALL)

    def with_(self, key: str, **values: str) -> str:
        """The text with plain variables filled in."""
        text = self(key)
        for name, value in values.items():
            text = text.replace(f"{{{name}}}", value)
        return text


def _fixed_parts(text: str) -> list[str]:
    """What stands outside the outermost braces."""
    parts, depth = [""], 0
    for char in text:
        if char == "{":
            if depth == 0:
                parts.append("")
            depth += 1
        elif char == "}":
            depth -= 1
        elif depth == 0:
            parts[-1] += char
    return parts


@cache
def words_of(language: str) -> Words:
    return Words(language)
