"""The checker that goes into every package: one file for Python alone, made of `kzsign` as it is installed here."""

import functools
import io
import zipfile
from pathlib import Path
from typing import Final

import kzsign

_SHEBANG: Final = b"#!/usr/bin/env python3\n"
_MAIN: Final = "from kzsign.evidence_cli import main\n\nraise SystemExit(main())\n"
# What needs the network, makes test signatures or belongs to our servers stays at home.
_LEFT_OUT: Final = frozenset({"testing", "tests", "online", "__pycache__"})


@functools.cache
def checker() -> bytes:
    """`check.pyz`. The same sources give the same bytes, so that its hash can be published."""
    root = Path(kzsign.__file__).parent
    packed = io.BytesIO()
    packed.write(_SHEBANG)
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        _add(archive, "__main__.py", _MAIN.encode())
        for path in sorted([*root.rglob("*.py"), *root.rglob("*.json")]):
            inside = path.relative_to(root)
            if not _LEFT_OUT & {part.removesuffix(".py") for part in inside.parts}:
                _add(archive, f"kzsign/{inside.as_posix()}", path.read_bytes())
    return packed.getvalue()


def _add(archive: zipfile.ZipFile, name: str, data: bytes) -> None:
    entry = zipfile.ZipInfo(name, date_time=(2026, 1, 1, 0, 0, 0))
    entry.compress_type = zipfile.ZIP_DEFLATED
    entry.external_attr = 0o644 << 16
    archive.writestr(entry, data)
