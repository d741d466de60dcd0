"""Whatever is done to a file: no crash, no hang, and no verdict «valid» for what was not signed."""

from __future__ import annotations

import functools
import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kzsign import Trust, Verdict, verify
from kzsign.testing import Authority
from kzsign.tests import fuzzing
from kzsign.tests.conftest import NOW
from kzsign.tests.fuzzing import Trial, octets, subjects, tree

UNSOUND = {"cms, expired": "expired", "cms, revoked": "revoked", "cms, stranger": "untrusted"}
COUNT = 25


@functools.cache
def trials() -> tuple[Trial, ...]:
    return tuple(fuzzing.trials(subjects.every(Authority.make(now=NOW, seed=b"tests of damage"))))


def _signed() -> list[Trial]:
    return [trial for trial in trials() if trial.subject.flip is not None]


def test_the_subjects_are_what_they_should_be() -> None:
    assert len(trials()) == COUNT
    refused = {trial.subject.name: trial.original.reason for trial in trials() if not trial.original.accepted}
    assert refused == UNSOUND
    assert all(trial.facts for trial in trials())


@settings(max_examples=300, deadline=None)
@given(seed=st.integers(0, 2**64 - 1), which=st.integers(0, COUNT - 1))
def test_damage_never_crashes_and_never_makes_valid(seed: int, which: int) -> None:
    trial = trials()[which]
    assert trial.judged(trial.damaged(random.Random(seed))).problem == ""


@pytest.mark.parametrize("which", range(COUNT))
def test_one_bit_of_a_signed_part_is_enough(which: int) -> None:
    """Strict: here nothing may stay valid, whatever other readers see."""
    trial, numbers = trials()[which], random.Random(which)
    for data in _flips(trial, numbers, 20):
        finding = trial.judged(data)
        assert (finding.accepted, finding.problem) == (False, ""), data.hex()


def _flips(trial: Trial, numbers: random.Random, count: int) -> list[bytes]:
    flip = trial.subject.flip
    return [flip(trial.subject.data, numbers) for _ in range(count)] if flip is not None else []


def test_the_other_readers_see_what_a_bit_changes() -> None:
    """Else they would call everything unchanged, and damage that stays valid would go unseen."""
    numbers = random.Random(11)
    for trial in _signed():
        for data in _flips(trial, numbers, 5):
            try:
                assert trial.subject.facts(data) - trial.facts, (trial.subject.name, data.hex())
            except AssertionError:
                raise
            except Exception:
                continue  # A reader that cannot read it any more has noticed as well.


def test_damage_gets_deep_into_every_format() -> None:
    """The changes would find little if most of them only broke the outermost length."""
    numbers, tally = random.Random(3), fuzzing.Tally()
    for trial in trials():
        for _ in range(25):
            tally.add(trial, trial.damaged(numbers))
    assert tally.wrong == []
    # Certificates and lists have few ways to be wrong; what signs them has many.
    few = {
        name: sorted(found)
        for name, found in tally.reasons.items()
        if len(found) < (3 if "," not in name else 5)
    }
    assert few == {}


def test_elements_are_written_as_they_were_read() -> None:
    for trial in trials():
        top = tree.read(trial.subject.data)
        if top is not None and not any(piece.is_open for piece in tree.pieces(top)):
            assert tree.written(top) == trial.subject.data, trial.subject.name


@settings(max_examples=150, deadline=None)
@given(
    data=st.binary(max_size=300),
    head=st.sampled_from([b"", b"\x30\x80", b"<", b"%PDF-", b"PK\x03\x04", b"MII"]),
)
def test_any_octets_get_an_answer(authority: Authority, data: bytes, head: bytes) -> None:
    report = verify(head + data, trust=Trust.of(authority.root.certificate), at=NOW)
    assert report.verdict is not Verdict.VALID
    assert report.reason not in ("", "internal_error")


@pytest.mark.soak
def test_ten_minutes_of_damage() -> None:
    tally = fuzzing.run(list(trials()), 600, random.SystemRandom().randrange(2**32))
    assert tally.wrong == []
    assert set(tally.tries) == {trial.subject.name for trial in trials()}
    assert sum(tally.tries.values()) > 5000


@pytest.mark.soak
@pytest.mark.parametrize("which", range(COUNT))
def test_octets_all_over_every_file(which: int) -> None:
    """One bit in each octet, in large files in some thousands: covered or not, nothing may become valid that another
    reader sees changed."""
    trial, numbers = trials()[which], random.Random(which)
    data = trial.subject.data
    step = 1 + len(data) // 6000
    for place in range(numbers.randrange(step), len(data), step):
        finding = trial.judged(octets.flipped(data, place, numbers.randrange(8)))
        assert finding.problem == "", place
