"""Parser of JSON bodies."""

import json
from typing import Any

from rest_framework import parsers
from rest_framework.exceptions import ParseError

MAX_DEPTH = 12


class StrictJSONParser(parsers.JSONParser):
    """JSON without NaN, without repeated keys and without very deep nesting."""

    def parse(self, stream: Any, media_type: str | None = None, parser_context: Any = None) -> Any:
        try:
            data = json.loads(
                stream.read().decode("utf-8"), parse_constant=_refuse, object_pairs_hook=_unique
            )
        except (ValueError, RecursionError) as problem:
            raise ParseError from problem
        if _depth(data) > MAX_DEPTH:
            raise ParseError
        return data


def _refuse(name: str) -> None:
    raise ValueError(name)


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    data = dict(pairs)
    if len(data) != len(pairs):
        raise ValueError("repeated key")
    return data


def _depth(data: Any) -> int:
    if isinstance(data, dict):
        return 1 + max((_depth(value) for value in data.values()), default=0)
    if isinstance(data, list):
        return 1 + max((_depth(value) for value in data), default=0)
    return 0
