"""A sealed file that was changed is refused by every judge: ours, pyHanko's two, poppler's pdfsig."""

from __future__ import annotations

from pathlib import Path

import pytest

from kenes.signing.seal_check import SealState, check_seal
from kenes.signing.tests.foreign_judges import (
    ades_archival_accepts,
    ades_basic_accepts,
    pdfsig_accepts,
    pyhanko_accepts,
    roots,
)
from kenes.signing.tests.pdf_samples import sample
from kenes.signing.tests.tampering import CASES, Case
from kzsign import Trust, Verdict, verify

KINDS = {"B-B": False, "B-LTA": True}
TAMPERED = [
    pytest.param(case, kind, id=f"{case.name}, {kind}")
    for kind in KINDS
    for case in CASES
    if kind == "B-LTA" or not case.is_long_term
]


def _ours(data: bytes) -> Verdict:
    return verify(data, trust=Trust.of(*roots())).verdict


def _by_procedure(data: bytes, kind: str) -> bool:
    return ades_archival_accepts(data) if KINDS[kind] else ades_basic_accepts(data)


@pytest.mark.parametrize("kind", KINDS)
def test_every_judge_accepts_the_untouched_file(kind: str, tmp_path: Path) -> None:
    data = sample(stamped=KINDS[kind]).sealed.data

    assert _ours(data) is Verdict.VALID
    assert pyhanko_accepts(data)
    assert _by_procedure(data, kind)
    assert pdfsig_accepts(data, tmp_path)


def test_the_twelve_and_one_cases_are_all_there() -> None:
    assert len(CASES) == len({case.name for case in CASES}) == 13


@pytest.mark.parametrize(("case", "kind"), TAMPERED)
def test_the_changed_file_is_refused_by_every_judge(case: Case, kind: str, tmp_path: Path) -> None:
    made = sample(stamped=KINDS[kind])
    data = case.make(made.sealed.data)
    assert data != made.sealed.data

    assert _ours(data) is Verdict.INVALID
    assert check_seal(data, made.authorities).state is not SealState.WHOLE
    assert not pyhanko_accepts(data)
    assert not _by_procedure(data, kind)
    if case.pdfsig_sees:
        assert not pdfsig_accepts(data, tmp_path)
