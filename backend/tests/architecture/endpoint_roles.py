"""Reads `endpoint_roles.toml` and lists the operations that the URL table really has."""

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import uuid4

from django.urls import URLPattern, URLResolver, get_resolver

from kenes.foundation import actor as actors

TABLE = Path(__file__).with_name("endpoint_roles.toml")
BACKEND = Path(__file__).resolve().parents[2]
PREFIX = "api/v1/"
METHODS = ("get", "post", "put", "patch", "delete")
SIGNED_IN = tuple(role for role in actors.ROLES if role not in {actors.GUEST, actors.SYSTEM})
_GROUPS = {
    "*": {actors.GUEST, *SIGNED_IN},
    "signed_in": set(SIGNED_IN),
    "staff": set(actors.STAFF_ROLES),
}


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the table."""

    operation: str
    allowed: frozenset[str]
    refused: int = 403
    body: str = "{}"
    hidden: bool = False
    proof: str = ""

    def expected(self, role: str) -> set[int]:
        """Statuses that this role may get for a random id."""
        if role in self.allowed:
            return {200, 201, 202, 204, 400, 404, 409, 412, 413, 415}
        if role == actors.GUEST:
            return {401}
        return {404} if self.hidden else {self.refused}


def read_table() -> dict[str, Line]:
    """Every line by operation. ValueError for an unknown role, a repeated or a wrongly hidden line."""
    table: dict[str, Line] = {}
    for app, operations in tomllib.loads(TABLE.read_text(encoding="utf-8")).items():
        for operation, entry in operations.items():
            if operation in table:
                raise ValueError(f"[{app}] repeats {operation}")
            line = Line(operation, _roles(entry.pop("allowed"), operation), **entry)
            if line.hidden and not line.proof:
                raise ValueError(f"{operation}: a hidden operation names the test that proves its roles")
            table[operation] = line
    return table


def _roles(names: list[str], operation: str) -> frozenset[str]:
    chosen: set[str] = set()
    for name in names:
        roles = _GROUPS.get(name.removeprefix("-"), {name.removeprefix("-")})
        if not roles <= _GROUPS["*"]:
            raise ValueError(f"{operation}: unknown role {name}")
        chosen = chosen - roles if name.startswith("-") else chosen | roles
    return frozenset(chosen)


def operations() -> list[str]:
    """Every "METHOD /api/v1/…/" of the URL table, with parameters as {name}."""
    return sorted(set(_walk(get_resolver().url_patterns, "")))


def _walk(entries: list[URLPattern | URLResolver], prefix: str) -> Iterator[str]:
    for entry in entries:
        address = prefix + str(entry.pattern)
        if not (address.startswith(PREFIX) or PREFIX.startswith(address)):
            continue
        if isinstance(entry, URLResolver):
            yield from _walk(entry.url_patterns, address)
        else:
            yield from (f"{method.upper()} /{shown(address)}" for method in _methods(entry.callback))


def shown(address: str) -> str:
    """An address of the URL table with its parameters as {name}."""
    return re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", address)


def _methods(view: Any) -> list[str]:
    view_class = getattr(view, "cls", None) or getattr(view, "view_class", None)
    if view_class is None:
        raise TypeError(f"{view} is not a class: the table cannot know its methods")
    return [
        method for method in METHODS if hasattr(view_class, method) and method in view_class.http_method_names
    ]


def address(operation: str) -> tuple[str, str]:
    """Method and address with made-up values: random UUID for ids, 1 for pages, a word for tokens."""

    def value(match: re.Match[str]) -> str:
        name = match[1]
        if name.endswith("id"):
            return str(uuid4())
        return "1" if name in {"page", "n", "number"} else "x" * 24

    method, _space, path = operation.partition(" ")
    return method.lower(), re.sub(r"\{(\w+)\}", value, path)
