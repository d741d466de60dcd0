"""What an event is, and how one goes to JSON and back."""

import dataclasses
import types
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import Any, ClassVar, Generic, TypeVar, Union, cast, get_args, get_origin, get_type_hints
from uuid import UUID

from kenes.foundation.actor import Actor

T = TypeVar("T", bound="Event")

_types: dict[str, type["Event"]] = {}


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened, past tense. Fields hold ids, codes, numbers and dates: no names, texts or numbers of people.

    `type` is "noun.verb"; `stream_field` names the field whose value is the stream ("case_id" → stream kind "case").
    """

    type: ClassVar[str] = ""
    stream_field: ClassVar[str] = "case_id"

    def __init_subclass__(cls, **kwargs: Any) -> None:
        # A dataclass with slots is made twice; the second class replaces the first.
        _types[cls.type] = cls

    @property
    def stream(self) -> tuple[str, UUID]:
        return self.stream_field.removesuffix("_id"), getattr(self, self.stream_field)


@dataclass(frozen=True, slots=True)
class Recorded(Generic[T]):
    """An event as it was recorded. `on_date` is the domain's day of the request that caused it."""

    id: UUID
    seq: int
    at: datetime
    on_date: date
    actor: Actor
    data: T


def event_type(name: str) -> type[Event] | None:
    return _types.get(name)


def to_json(event: Event) -> dict[str, Any]:
    return {field.name: _plain(getattr(event, field.name)) for field in dataclasses.fields(event)}


def _plain(value: Any) -> Any:
    match value:
        case UUID():
            return str(value)
        case date():
            return value.isoformat()
        case tuple() | list():
            return [_plain(item) for item in value]
        case None | bool() | int() | str():
            return value
    raise TypeError(f"an event cannot hold {type(value).__name__}")


@cache
def _hints(cls: Any) -> dict[str, Any]:
    return get_type_hints(cls)


def from_json(cls: type[T], data: dict[str, Any]) -> T:
    """Make the event again; fields added later take their defaults, fields dropped later are ignored."""
    hints = _hints(cast("Any", cls))
    known = {field.name for field in dataclasses.fields(cls)}
    return cls(**{name: _typed(hints[name], value) for name, value in data.items() if name in known})


def _typed(hint: Any, value: Any) -> Any:
    if value is None:
        return None
    origin = get_origin(hint)
    if origin in (Union, types.UnionType):
        return _typed(next(arg for arg in get_args(hint) if arg is not type(None)), value)
    if origin is tuple:
        return tuple(_typed(get_args(hint)[0], item) for item in value)
    if hint is UUID:
        return UUID(value)
    if hint is datetime:
        return datetime.fromisoformat(value)
    if hint is date:
        return date.fromisoformat(value)
    return value
