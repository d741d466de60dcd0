"""The made-up case with everything that a case may have, and with nothing but what it always has; told from the types."""

from __future__ import annotations

import dataclasses
import types
import typing
from dataclasses import replace
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Any, Final

from kenes.documents.catalogue import Kind
from kenes.documents.letters.content import LetterContent
from kenes.documents.letters.samples import SAMPLE, sample_for

_PLAIN: Final[dict[object, object]] = {
    str: "17-4", int: 3, date: date(2026, 11, 18), Decimal: Decimal(12), bool: True,
}  # fmt: skip
# What the case itself may lack; the rest of the content is always there.
_SECTIONS: Final = frozenset({"lender", "contract", "debt", "income", "hardship", "relief", "representative"})


@cache
def full() -> LetterContent:
    """`samples.SAMPLE` with every absent value made up by its type."""
    # A number that is right tells the day of birth too.
    known = replace(SAMPLE, borrower=replace(SAMPLE.borrower, iin="920803397822"))
    return typing.cast("LetterContent", _filled(known))


def bare(kind: Kind) -> LetterContent:
    """Only what every case has for a document of this kind: no optional value, no section that the kind does not need."""
    content = sample_for(kind, whole=False)
    changes: dict[str, Any] = {}
    for name, value in _values(content).items():
        if name in _SECTIONS and name not in kind.needs:
            changes[name] = None
        elif dataclasses.is_dataclass(value) and not isinstance(value, type):
            changes[name] = _without_optional(value)
    needs_debts = "debts" in kind.needs
    return replace(
        content, **{**changes, "sms_agreement": None, "attachments": (), "case_on": None},
        debts=content.debts if needs_debts else (), assets=content.assets if "assets" in kind.needs else (),
    )  # fmt: skip


def _values(part: Any) -> dict[str, Any]:
    return {one.name: getattr(part, one.name) for one in dataclasses.fields(part)}


def _without_optional(part: Any) -> Any:
    hints = typing.get_type_hints(type(part))
    return replace(part, **{name: None for name in _values(part) if _optional(hints[name])})


def _optional(hint: Any) -> bool:
    return isinstance(hint, types.UnionType) and types.NoneType in typing.get_args(hint)


def _filled(part: Any) -> Any:
    hints = typing.get_type_hints(type(part))
    changes: dict[str, Any] = {}
    for name, value in _values(part).items():
        if value is None or value == ():
            changes[name] = _made(hints[name])
        elif dataclasses.is_dataclass(value):
            changes[name] = _filled(value)
    return replace(part, **changes)


def _made(hint: Any) -> Any:
    if isinstance(hint, types.UnionType):
        return _made(next(one for one in typing.get_args(hint) if one is not types.NoneType))
    if typing.get_origin(hint) is tuple:
        return (_made(typing.get_args(hint)[0]),)
    if dataclasses.is_dataclass(hint):
        hints = typing.get_type_hints(hint)
        return typing.cast("Any", hint)(**{name: _made(inner) for name, inner in hints.items()})
    return _PLAIN[hint]
