"""The catalogue of values and filters that templates may name: with type, meaning, a sample, and the kinds that have it."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final

from django.utils.translation import get_language

from kenes.documents import catalogue
from kenes.documents.catalogue import Asked
from kenes.documents.editing import full_samples, shapes
from kenes.documents.letters import answers
from kenes.documents.letters.filters import FILTERS
from kenes.documents.letters.forms import Language
from kenes.documents.letters.samples import sample_for
from kenes.documents.letters.values import letter_values

_FILE: Final = Path(__file__).resolve().parent.parent / "data" / "template_variables.toml"
_PLACE: Final = {"ru": 0, "kk": 1, "en": 2}
# What is put behind a filter in its example; those that take no words have none.
_ARGUMENTS: Final = {"gender": '("обязан", "обязана")', "plural": '("день", "дня", "дней")'}
_EXAMPLES: Final = {
    "words": "contract.amount", "dotted": "contract.date", "initials": "borrower.name", "gender": "borrower.name",
    "plural": "debt.days", "masked": "borrower.iin", "capital": "hardship.cause", "count": "debts",
    "on_day": "contract.date", "of_day": "contract.date", "from_day": "contract.date", "by_day": "contract.date",
}  # fmt: skip
_KAZAKH: Final = frozenset({"on_day", "of_day", "from_day", "by_day", "locative", "ablative"})


@dataclass(frozen=True, slots=True)
class Variable:
    """`path` writes members of lists as `debts[].total`; `tag` is what is put into a template. `kinds`: empty where all have it."""

    path: str
    tag: str
    group: str
    types: tuple[str, ...]
    description: str
    sample: str
    optional: bool
    kinds: tuple[str, ...]
    filters: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FilterHelp:
    name: str
    description: str
    example: str
    result: str
    takes: tuple[str, ...]


@cache
def texts() -> Mapping[str, Mapping[str, Sequence[str]]]:
    """Descriptions by section (groups, values, filters) and name: ru, kk, en."""
    found: dict[str, dict[str, list[str]]] = tomllib.loads(_FILE.read_text(encoding="utf-8"))
    return found


def _said(section: str, name: str) -> str:
    words = texts()[section].get(name)
    if words is None and section == "values" and name.startswith("debts[]."):
        inner = name.removeprefix("debts[].")
        words = texts()[section].get(inner) or texts()[section].get(f"debt.{inner}")
    return name if words is None else words[_PLACE.get((get_language() or "ru")[:2], 0)]


def variables(code: str = "") -> list[Variable]:
    """Values that a template of the kind may name; without a kind those that all kinds have, then the answers of every kind."""
    language = _language()
    sample = letter_values(
        full_samples.full(),
        language,
        translation_of="kk" if language == "ru" else "ru",
        grounds=("banks.settlement",),
    )
    lacking = _lacking(language)
    found = [
        _variable(
            path,
            leaf,
            _said("values", path),
            sample=_first(sample, path),
            guard=lacking.get(path, ""),
            kinds=(),
        )
        for path, leaf in shapes.paths(shapes.shared())
    ]
    kinds = [kind] if (kind := catalogue.get(code)) else [] if code else list(catalogue.kinds().values())
    return [*found, *(one for kind in kinds for one in _answers(kind, language))]


def _language() -> Language:
    return "kk" if (get_language() or "ru").startswith("kk") else "ru"


def _lacking(language: Language) -> dict[str, str]:
    """Paths that a case without anything optional does not have, with what has to be asked for first: the value or its group."""
    bare = letter_values(full_samples.bare(catalogue.kinds()["RESTRUCT_BANK"]), language)
    found: dict[str, str] = {}
    for path, _leaf in shapes.paths(shapes.shared()):
        if "[]" in path:
            continue
        values: object = bare
        steps = path.split(".")
        for at, step in enumerate(steps, 1):
            values = values.get(step) if isinstance(values, Mapping) else None
            if values is None:
                found[path] = ".".join(steps[:at])
                break
    return found


def _answers(kind: catalogue.Kind, language: Language) -> list[Variable]:
    content = sample_for(kind)
    values = answers.values(kind, content.answers, language)
    found: list[Variable] = []
    for asked in kind.fields:
        shape = shapes.of_kind(kind.code)
        for path, leaf in shapes.paths(shape):
            if path == asked.code or path.startswith((f"{asked.code}[]", f"{asked.code}.")):
                words = _ask(asked, path, language)
                found.append(
                    _variable(
                        path,
                        leaf,
                        words,
                        sample=_first(values, path),
                        guard="" if asked.required else path,
                        kinds=(kind.code,),
                    )
                )
    return found


def _ask(asked: Asked, path: str, language: str) -> str:
    column = path.partition("[].")[2]
    own = next((one for one in asked.columns if one.code == column), None)
    return str((own or asked).ask)


def _variable(
    path: str, leaf: shapes.Leaf, words: str, *, sample: str, guard: str, kinds: tuple[str, ...]
) -> Variable:
    group = path.split(".")[0].removesuffix("[]")
    owner = catalogue.get(kinds[0]) if kinds else None
    # Forms of the other language are of no use to who writes in one; both are offered, the template decides.
    fitting = tuple(name for name, takes in shapes.FILTER_TAKES.items() if leaf.types <= takes)
    return Variable(
        path=path, tag=_tag(path, leaf, guard), group=str(owner.title) if owner else _said("groups", group), types=tuple(sorted(leaf.types)), description=words,
        sample=sample, optional=bool(guard), kinds=kinds, filters=fitting,
    )  # fmt: skip


def _tag(path: str, leaf: shapes.Leaf, guard: str) -> str:
    """What is put into a template: repeated for a list, asked for first where some cases lack it."""
    listed, in_list, inner = path.rpartition("[]")
    name = f"one{inner}" if in_list else path
    printed = "{{ " + name + " }}"
    if leaf.types == {"yes_no"}:
        return (
            _asked(name, "…")
            if not in_list
            else "{% for one in " + listed + " %}" + _asked(name, "…") + "{% endfor %}"
        )
    if in_list:
        return "{% for one in " + listed + " %}" + printed + "{% endfor %}"
    return _asked(guard, printed) if guard else printed


def _asked(name: str, printed: str) -> str:
    return "{% if " + name + " %}" + printed + "{% endif %}"


def _first(values: Any, path: str) -> str:
    """The sample of a value, the first one of a list."""
    found: Any = values
    for step in path.replace("[]", ".[]").split("."):
        if step == "[]":
            found = next((one for one in found if one), None) if found else None
        elif step:
            found = found.get(step) if isinstance(found, Mapping) else None
        if found is None:
            return ""
    return "" if isinstance(found, Mapping | list) else str(found)


def filters() -> list[FilterHelp]:
    """Every filter with what it does to a made-up value; Kazakh ones show Kazakh."""
    found: list[FilterHelp] = []
    for name, apply in FILTERS.items():
        language: Language = "kk" if name in _KAZAKH else "ru"
        sample = letter_values(full_samples.full(), language, grounds=())
        path = _EXAMPLES.get(name, "borrower.name")
        value: Any = sample
        for step in path.split("."):
            value = value[step]
        arguments = _ARGUMENTS.get(name, "")
        given = [word.strip(' "') for word in arguments.strip("()").split(",") if word]
        found.append(
            FilterHelp(
                name=name, description=_said("filters", name), example="{{ " + f"{path}|{name}{arguments}" + " }}",
                result=str(apply(value, *given)), takes=tuple(sorted(shapes.FILTER_TAKES[name])),
            )
        )  # fmt: skip
    return found


def search(found: list[Variable], words: str) -> list[Variable]:
    """Values whose path, group or description hold all the words."""
    wanted = words.lower().split()
    return [
        one
        for one in found
        if all(word in f"{one.path} {one.group} {one.description} {one.tag}".lower() for word in wanted)
    ]
