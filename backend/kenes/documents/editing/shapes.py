"""What kinds of values a template may name, told from the typed values themselves, so that the catalogue cannot lag behind."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Final

from kenes.documents import catalogue
from kenes.documents.catalogue import Asked
from kenes.documents.editing.full_samples import full
from kenes.documents.filling.safety import LOOP_NAMES
from kenes.documents.letters.forms import Choice, Day, Months, Name, Organisation, Percent, Sum
from kenes.documents.letters.values import letter_values

_TYPES: Final[dict[type, str]] = {
    Sum: "money", Day: "date", Name: "name", Organisation: "organisation", Months: "months", Percent: "percent",
    Choice: "choice", bool: "yes_no", int: "number", str: "text",
}  # fmt: skip
# How the answers of a kind come into its template; the rest by the name of the type itself.
_ANSWERS: Final = {"phone": "text", "iin": "text", "bin": "text"}
PRINTABLE: Final = frozenset(_TYPES.values()) - {"yes_no"}
# Which types each filter takes; `text` also stands for posts of people, which are declined.
_DECLINED: Final = frozenset({"name", "organisation", "text"})
FILTER_TAKES: Final[dict[str, frozenset[str]]] = {
    "words": frozenset({"money", "date"}),
    "dotted": frozenset({"date"}),
    "on_day": frozenset({"date"}),
    "of_day": frozenset({"date"}),
    "from_day": frozenset({"date"}),
    "by_day": frozenset({"date"}),
    **dict.fromkeys(
        ("dative", "accusative", "instrumental", "prepositional", "locative", "ablative"), _DECLINED
    ),
    "genitive": _DECLINED | {"months"},
    "initials": frozenset({"name"}),
    "gender": frozenset({"name"}),
    "plural": frozenset({"number"}),
    "masked": frozenset({"text"}),
    "capital": PRINTABLE,
    "count": frozenset({"list"}),
}


@dataclass(frozen=True, slots=True)
class Leaf:
    """A value that can be printed or chosen by; `types` has more than one where rows differ."""

    types: frozenset[str]


@dataclass(frozen=True, slots=True)
class Rows:
    """A list; `item` is one of its members."""

    item: Shape


@dataclass(frozen=True, slots=True)
class Group:
    """Values by name."""

    fields: Mapping[str, Shape] = field(default_factory=dict)


Shape = Leaf | Rows | Group
LOOP: Final = Group(
    {name: Leaf(frozenset({"yes_no" if name in ("first", "last") else "number"})) for name in LOOP_NAMES}
)
_TEXT: Final = Leaf(frozenset({"text"}))


def shape_of(value: object) -> Shape | None:
    """The shape of a value; None for one that is absent."""
    if value is None:
        return None
    if isinstance(value, Mapping):
        found = {str(name): shape_of(inner) for name, inner in value.items()}
        return Group({name: inner for name, inner in found.items() if inner is not None})
    if isinstance(value, list):
        shapes = [shape for shape in map(shape_of, value) if shape is not None]
        merged = shapes[0] if shapes else _TEXT
        for other in shapes[1:]:
            merged = _merged(merged, other)
        return Rows(merged)
    for kind, name in _TYPES.items():
        if isinstance(value, kind):
            return Leaf(frozenset({name}))
    raise TypeError(f"templates know no {type(value).__name__}")


def _merged(one: Shape, other: Shape) -> Shape:
    if isinstance(one, Leaf) and isinstance(other, Leaf):
        return Leaf(one.types | other.types)
    if isinstance(one, Group) and isinstance(other, Group):
        names = {**one.fields, **other.fields}
        return Group(
            {
                name: _merged(one.fields[name], other.fields[name])
                if name in one.fields and name in other.fields
                else shape
                for name, shape in names.items()
            }
        )
    return one


def _answer(asked: Asked) -> Shape:
    if asked.type == "rows":
        return Rows(Group({column.code: _answer(column) for column in asked.columns}))
    if asked.type == "long":
        return Rows(_TEXT)
    return Leaf(frozenset({_ANSWERS.get(asked.type, asked.type)}))


@cache
def shared() -> Group:
    """What every document may name: the values of the made-up case, which has all of them."""
    found = shape_of(letter_values(full(), "ru", translation_of="kk", grounds=("banks.settlement",)))
    assert isinstance(found, Group)
    return found


@cache
def of_kind(code: str) -> Group:
    """What a template of a kind in one language may name: the shared values and the answers of the kind."""
    kind = catalogue.get(code)
    groups: dict[str, dict[str, Shape]] = {}
    alone: dict[str, Shape] = {}
    for asked in () if kind is None else kind.fields:
        group, _, own = asked.code.partition(".")
        if own:
            groups.setdefault(group, {})[own] = _answer(asked)
        else:
            alone[group] = _answer(asked)
    # A group of the kind stands in the place of a shared one of that name.
    return Group({**shared().fields, **{name: Group(inner) for name, inner in groups.items()}, **alone})


def for_template(code: str, language: str) -> Group:
    """What a template may name; one in both languages has a group of all values for each."""
    whole = of_kind(code)
    return Group({"ru": whole, "kk": whole}) if language == "both" else whole


def paths(shape: Shape, prefix: str = "") -> Iterator[tuple[str, Leaf]]:
    """Every value with its path; a member of a list is written `debts[].total`."""
    if isinstance(shape, Leaf):
        yield prefix, shape
    elif isinstance(shape, Rows):
        if isinstance(shape.item, Leaf):
            yield f"{prefix}[]", shape.item
        else:
            yield from paths(shape.item, f"{prefix}[]")
    else:
        for name, inner in shape.fields.items():
            yield from paths(inner, f"{prefix}.{name}" if prefix else name)
