"""How well extraction reads: labelled texts in `evaluation/*.jsonl`, one JSON object a line.

`text` goes in with the names of `lenders` of the case; `expect` has what the text says, each part once: kind, numbers, days in
ISO, sums in tiyn, rates as text. `source` is "scan" for texts that went through a rendered page and Tesseract. The rules were
tuned on `tune.jsonl` only; `held_out.jsonl` is looked at to report, never to mend.
"""

import json
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from kenes.cases.extraction.found import DateRole, Extraction, Lender, NumberRole, PersonRole, SumRole
from kenes.cases.extraction.reading import read

Line = dict[str, Any]
FOLDER: Final = Path(__file__).with_name("evaluation")
_NOT_ASKED: Final = frozenset({DateRole.UNKNOWN})


def lines(name: str) -> list[Line]:
    """The labelled texts of a set."""
    rows = (FOLDER / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(row) for row in rows if row.strip()]


def answer(line: Line) -> Line:
    """What extraction says of the text of a line, in the shape of `expect`."""
    known = [Lender(name, (name,)) for name in line.get("lenders", ())]
    return flat(read(line["text"], known_lenders=known))


def flat(said: Extraction) -> Line:
    """The surest value of every role."""
    found: Line = {}
    if said.kind is not None:
        found["kind"] = said.kind.kind.value
    for sum_role in SumRole:
        if sum_role is not SumRole.UNKNOWN and (item := said.sum_of(sum_role)) is not None:
            found[sum_role.value] = item.tiyn
    for role, name in ((NumberRole.CONTRACT, "contract"), (NumberRole.REGISTRY, "registry")):
        if (number := said.number_of(role)) is not None:
            found[name] = number.number
    if (number := said.number_of(NumberRole.COURT_CASE)) is not None:
        found["court_case"] = number.number
    for date_role in DateRole:
        if date_role not in _NOT_ASKED and (day := said.day_of(date_role)) is not None:
            name = "contract_date" if date_role is DateRole.CONTRACT else date_role.value
            found[name] = day.day.isoformat()
    for rate in reversed(said.rates):
        found["apr" if rate.effective else "rate"] = rate.percent
    for due in reversed(said.due_days):
        found["due_day"] = due.day_of_month
    for identity in reversed(said.identities):
        found[identity.kind] = identity.number
    for person in reversed(said.people):
        if person.role is not PersonRole.BAILIFF:
            found[person.role.value] = person.name
    if said.lenders:
        best = next((item for item in said.lenders if item.key), said.lenders[0])
        found["lender"] = best.key or best.name
    return found


@dataclass(slots=True)
class Score:
    """Counts of parts: right, wrongly said (another value, or nothing to say), missed."""

    right: Counter[str] = field(default_factory=Counter)
    wrong: Counter[str] = field(default_factory=Counter)
    missed: Counter[str] = field(default_factory=Counter)

    @property
    def precision(self) -> float:
        said = self.right.total() + self.wrong.total()
        return self.right.total() / said if said else 0.0

    @property
    def recall(self) -> float:
        expected = self.right.total() + self.missed.total()
        return self.right.total() / expected if expected else 0.0


def score(rows: Iterable[Line]) -> tuple[Score, list[str]]:
    """Score of a set and its misses in words. A wrong value counts as wrongly said and as missed."""
    total, misses = Score(), []
    for line in rows:
        got, expect = answer(line), line["expect"]
        for name, value in expect.items():
            if _same(got.get(name), value):
                total.right[name] += 1
            else:
                total.missed[name] += 1
                misses.append(f"{line['id']}: {name} is {value}, got {got.get(name)}")
        for name, value in got.items():
            if not _same(value, expect.get(name)):
                total.wrong[name] += 1
                if name not in expect:
                    misses.append(f"{line['id']}: {name} = {value} is not asked")
    return total, misses


def _level(text: str) -> str:
    """Look-alike letters of two scripts, which recognition cannot tell apart in a number, count as the same."""
    return text.casefold().strip(" .").translate(str.maketrans("авекмнорстух", "abekmhopctyx"))


def _same(got: object, expect: object) -> bool:
    if isinstance(got, str) and isinstance(expect, str):
        return _level(got) == _level(expect)
    return got == expect
