"""Refuses files that hold a private key, a vendor's token or a registry address.

Called with file names by pre-commit, and without names (every tracked file) by `make lint`.
A line that must stay carries the words `secrets-scan: example`.
"""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

ALLOWED = "secrets-scan: example"
LARGEST = 2_000_000
PATTERNS = {
    "a private key": re.compile(r"-----BEGIN (?:[A-Z]+ )*PRIVATE KEY-----"),
    "a cloud access key": re.compile(r"\b(?:AKIA|ASIA)[0-9A-Z]{16}\b"),
    "a GitHub token": re.compile(r"\bgh[pousr]_[A-Za-z0-9]{36,}\b"),
    "a Slack token": re.compile(r"\bxox[abprs]-[A-Za-z0-9-]{20,}"),
    "a model vendor's key": re.compile(r"\bsk-[A-Za-z0-9_-]{32,}\b"),
    "a bot token": re.compile(r"\b\d{8,10}:AA[A-Za-z0-9_-]{33}\b"),
    "a token with a signature (JWT)": re.compile(
        r"\beyJ[A-Za-z0-9_-]{15,}\.eyJ[A-Za-z0-9_-]{15,}\.[A-Za-z0-9_-]{20,}"
    ),
    "a password in an address": re.compile(
        r"\b(?:postgres(?:ql)?|redis|amqp|smtp|https?)://[^\s:/@{}$]*:(?![^@]*[{}$<])[A-Za-z0-9_-]{16,}@"
    ),
    "a registry address": re.compile(
        r"(?:registry\." + r"npmjs\.org|files\." + r"pythonhosted\.org|//pypi\." + r"org)"
    ),
}


def tracked_files() -> list[str]:
    """Every file of the checkout that git knows."""
    listing = subprocess.run(["git", "ls-files", "-z"], capture_output=True, text=True, check=True)
    return [name for name in listing.stdout.split("\0") if name]


def problems(file: Path) -> list[str]:
    """What is wrong with one file, as `name:line: what`."""
    if not file.is_file() or file.stat().st_size > LARGEST:
        return []
    raw = file.read_bytes()
    if b"\0" in raw[:8000]:
        return []
    found = []
    for number, line in enumerate(raw.decode(errors="replace").splitlines(), start=1):
        if ALLOWED in line:
            continue
        found += [f"{file}:{number}: {what}" for what, shape in PATTERNS.items() if shape.search(line)]
    return found


def main(names: list[str]) -> int:
    """Print every problem; returns 1 when there is one."""
    found = [text for name in names or tracked_files() for text in problems(Path(name))]
    for text in found:
        print(text)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
