"""Fails when a text of the backend is missing in ru, kk or en, or lost a placeholder.

Texts are found by xgettext in the Python sources and templates, translations by msgfmt in the
catalogues of all apps together (Django merges them). An empty or fuzzy entry counts as missing.
"""

from __future__ import annotations

import gettext
import re
import subprocess
import sys
import tempfile
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[2]
SOURCES = [PROJECT / "backend" / "kenes", PROJECT / "backend" / "config"]
LANGUAGES = ("ru", "kk", "en")
KEYWORDS = (
    "_",
    "gettext_lazy",
    "gettext_noop",
    "ngettext_lazy:1,2",
    "pgettext_lazy:1c,2",
    "npgettext_lazy:1c,2,3",
)
PLACEHOLDER = re.compile(r"%\((\w+)\)[sd]|\{(\w+)\}")


def catalogue(files: list[Path], folder: Path) -> dict[str, str]:
    """Message (with `context\\x04` before it where there is one) to translation."""
    merged: dict[str, str] = {}
    for number, file in enumerate(files):
        compiled = folder / f"{number}.mo"
        subprocess.run(["msgfmt", "-o", str(compiled), str(file)], check=True)
        with compiled.open("rb") as stream:
            entries = gettext.GNUTranslations(stream)._catalog  # type: ignore[attr-defined]
        for key, text in entries.items():
            merged[key[0] if isinstance(key, tuple) else key] = text
    return merged


def used_messages(folder: Path) -> dict[str, str]:
    """Message to one place that uses it."""
    files = [
        file
        for source in SOURCES
        for file in sorted(source.rglob("*.py"))
        if not {"tests", "migrations"} & set(file.parts)
    ]
    listing = folder / "files"
    listing.write_text("\n".join(map(str, files)))
    output = folder / "used.po"
    subprocess.run(
        ["xgettext", "--language=Python", "--from-code=UTF-8", "--sort-by-file"]
        + [f"--keyword={word}" for word in KEYWORDS]
        + [f"--files-from={listing}", f"--output={output}"],
        check=True,
    )
    if not output.exists():
        return {}
    output.write_text(output.read_text().replace("charset=CHARSET", "charset=UTF-8"))
    places: dict[str, str] = {}
    # Filling each message with its own text keeps msgfmt from dropping it as untranslated.
    filled = folder / "used-en.po"
    subprocess.run(["msgen", "-o", str(filled), str(output)], check=True)
    for message in catalogue([filled], folder):
        if message:
            places[message] = _place(output.read_text(), message.rpartition("\x04")[2])
    return places


def _place(text: str, message: str) -> str:
    first_words = message.split("\n")[0][:40].replace('"', '\\"')
    before = text.partition(f'"{first_words}')[0]
    lines = [line for line in before.splitlines() if line.startswith("#: ")]
    return lines[-1][3:].replace(str(PROJECT) + "/", "") if lines else "?"


def placeholders(text: str) -> set[str]:
    """Names that must survive translation."""
    return {first or second for first, second in PLACEHOLDER.findall(text)}


def main() -> int:
    """Print every problem; returns 1 when there is one."""
    problems: list[str] = []
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        used = used_messages(folder)
        for language in LANGUAGES:
            files = sorted((PROJECT / "backend").rglob(f"locale/{language}/LC_MESSAGES/*.po"))
            texts = catalogue(files, folder)
            for message, place in used.items():
                if not texts.get(message):
                    problems.append(f"{language}: missing {message!r} ({place})")
            for message, text in texts.items():
                if message and placeholders(message) != placeholders(text):
                    problems.append(f"{language}: placeholders differ in {message!r}")
    for problem in problems:
        print(problem)
    print(f"backend messages: {len(used)} texts in {len(LANGUAGES)} languages, {len(problems)} problems")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
