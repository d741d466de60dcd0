"""The files of an evidence package while it is put together."""

import json
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from kenes.documents.models import Document
from kenes.signing.evidence.chain import ChainPart


@dataclass(slots=True)
class Contents:
    """`files` by their path in the package; `index` is the machine's table of contents; `signatures` their facts."""

    document: Document
    index: dict[str, Any]
    signatures: list[dict[str, Any]]
    chain: ChainPart
    files: dict[str, bytes] = field(default_factory=dict)

    def add(self, path: str, data: bytes) -> str:
        self.files[path] = data
        return path

    def add_json(self, path: str, value: Any) -> str:
        return self.add(path, as_json(value))


def as_json(value: Any) -> bytes:
    """JSON for people and programs: UTF-8, indented, keys in the order given."""
    return json.dumps(value, ensure_ascii=False, indent=1).encode() + b"\n"


def iso(moment: datetime) -> str:
    """UTC with microseconds: the way times stand everywhere in a package."""
    return moment.isoformat(timespec="microseconds")
