"""Parser of JSON bodies."""

import io
import json
import math
from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext_lazy as _
from rest_framework import parsers
from rest_framework.exceptions import ParseError

from kenes.foundation.errors import FieldError, FieldErrors, TooLarge

MAX_DEPTH = 12


class StrictJSONParser(parsers.JSONParser):
    """JSON without NaN and infinity, repeated keys, half characters and very deep nesting."""

    def parse(self, stream: Any, media_type: str | None = None, parser_context: Any = None) -> Any:
        try:
            data = json.loads(
                stream.read().decode("utf-8"),
                parse_constant=_refuse,
                parse_float=_finite,
                object_pairs_hook=_unique,
            )
        except (ValueError, RecursionError) as problem:
            raise ParseError from problem
        if _depth(data) > MAX_DEPTH:
            raise ParseError
        errors = [FieldError(pointer, "control", _HALF) for pointer in _half_characters(data, "")]
        if errors:
            raise FieldErrors(errors)
        return data


class LargeJSONParser(parsers.BaseParser):
    """As StrictJSONParser, for a view with `max_body_bytes` above DATA_UPLOAD_MAX_MEMORY_SIZE.

    The view has to bound how many such bodies are read at once.
    """

    media_type = "application/json"

    def parse(self, stream: Any, media_type: str | None = None, parser_context: Any = None) -> Any:
        limit: int = parser_context["view"].max_body_bytes
        body = stream.read(limit + 1)
        if len(body) > limit:
            raise TooLarge
        return StrictJSONParser().parse(io.BytesIO(body), media_type, parser_context)


_HALF = _("The text has characters that cannot be shown. Please type it again.")


def _half_characters(data: Any, pointer: str) -> Iterator[str]:
    """Places of lone surrogates: such text can neither be stored nor sent back."""
    if isinstance(data, dict):
        for name, value in data.items():
            if _is_half(name):
                yield pointer
            else:
                yield from _half_characters(value, f"{pointer}/{name.replace('~', '~0').replace('/', '~1')}")
    elif isinstance(data, list):
        for index, value in enumerate(data):
            yield from _half_characters(value, f"{pointer}/{index}")
    elif isinstance(data, str) and _is_half(data):
        yield pointer


def _is_half(text: str) -> bool:
    return any("\ud800" <= char <= "\udfff" for char in text) if not text.isascii() else False


def _finite(text: str) -> float:
    number = float(text)
    if math.isinf(number):
        raise ValueError(text[:20])
    return number


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
