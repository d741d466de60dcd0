"""Damaged files: ways to change them that know their format, and what must hold for whatever comes out.

`python -m kzsign.tests.fuzzing SECONDS [SEED]` goes on for that long and prints what it did.
"""

from __future__ import annotations

import random
import time
from collections import Counter
from dataclasses import dataclass, field

from kzsign.tests.fuzzing.foreign import Facts
from kzsign.tests.fuzzing.octets import Edit
from kzsign.tests.fuzzing.subjects import Outcome, Subject

# Processor seconds: far above what any of these files may cost, far below what somebody would call a hang.
SLOWEST = 5.0


@dataclass(frozen=True)
class Finding:
    """What came of one damaged file. `problem` is empty when all holds that must."""

    reason: str
    accepted: bool
    problem: str = ""
    seconds: float = 0.0


@dataclass(frozen=True)
class Trial:
    """A subject with what came of it undamaged, and the other files that pieces may be taken from."""

    subject: Subject
    original: Outcome
    facts: Facts
    others: tuple[bytes, ...] = ()

    def damaged(self, numbers: random.Random) -> bytes:
        """After one to four changes."""
        data = self.subject.data
        for _ in range(numbers.choice((1, 1, 1, 2, 4))):
            edit: Edit = numbers.choice(self.subject.edits)
            try:
                data = edit(data, numbers, numbers.choice(self.others))
            except Exception:
                if data == self.subject.data:
                    raise
                break  # An earlier change has left nothing that this one can read.
        return data

    def judged(self, data: bytes) -> Finding:
        """Judge damaged octets."""
        started = time.process_time()
        try:
            outcome = self.subject.judge(data)
        except Exception as raised:
            return Finding("raised", False, f"raised {raised!r}")
        used = time.process_time() - started
        problem = "took too long" if used > SLOWEST else self._problem(data, outcome)
        return Finding(outcome.reason, outcome.accepted, problem, used)

    def _problem(self, data: bytes, outcome: Outcome) -> str:
        if outcome.reason == "internal_error":
            return "an error inside"
        if not outcome.accepted:
            return "" if outcome.reason else "no reason"
        return self._of_accepted(data, outcome)

    def _of_accepted(self, data: bytes, outcome: Outcome) -> str:
        if not self.original.accepted:
            return "became valid"
        if not outcome.people <= self.original.people:
            return "valid with another signer"
        if not outcome.stamped <= self.original.stamped:
            return "valid at another time"
        try:
            new = self.subject.facts(data) - self.facts
        except Exception as problem:
            return f"valid, but another reader fails: {problem!r}"
        return f"valid with another {sorted(kind for kind, _ in new)}" if new else ""


def trials(subjects: list[Subject]) -> list[Trial]:
    """All with each other's files at hand, those of the same format first of all."""
    made = []
    for subject in subjects:
        alike = [one.data for one in subjects if one.data[:2] == subject.data[:2]]
        others = (*alike, *alike, *(one.data for one in subjects))
        made.append(Trial(subject, subject.judge(subject.data), subject.facts(subject.data), others))
    return made


@dataclass
class Tally:
    """What a run did, by subject."""

    tries: Counter[str] = field(default_factory=Counter)
    accepted: Counter[str] = field(default_factory=Counter)
    reasons: dict[str, set[str]] = field(default_factory=dict)
    slowest: dict[str, float] = field(default_factory=dict)
    wrong: list[str] = field(default_factory=list)

    def add(self, trial: Trial, data: bytes) -> None:
        """Judge, and write down what came of it."""
        name, finding = trial.subject.name, trial.judged(data)
        self.tries[name] += 1
        self.accepted[name] += finding.accepted
        self.reasons.setdefault(name, set()).add(finding.reason)
        self.slowest[name] = max(finding.seconds, self.slowest.get(name, 0.0))
        if finding.problem:
            self.wrong.append(f"{name}: {finding.problem}: {data.hex()}")

    def lines(self) -> list[str]:
        """For people."""
        return [
            f"{name}: {count} tries, {self.accepted[name]} still valid, {len(self.reasons[name])} reasons,"
            f" slowest {self.slowest[name] * 1000:.0f} ms"
            for name, count in sorted(self.tries.items())
        ]


def run(listed: list[Trial], seconds: float, seed: int) -> Tally:
    """Damage and judge for that long: whole elements and octets, and single bits in signed parts."""
    numbers, tally = random.Random(seed), Tally()
    ends = time.monotonic() + seconds
    while time.monotonic() < ends:
        trial = numbers.choice(listed)
        if trial.subject.flip is not None and numbers.random() < 0.2:
            data = trial.subject.flip(trial.subject.data, numbers)
        else:
            data = trial.damaged(numbers)
        if data != trial.subject.data:
            tally.add(trial, data)
    return tally
