"""Sealed files changed in every way that the tests know: how many each judge refuses."""

import logging
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

from bench.measure import Row
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

Judge = Callable[[bytes], bool]


def rows() -> Iterator[Row]:
    """One for each judge. Only `kzsign` is held to all: pdfsig looks at no document time stamp."""
    # They tell in tracebacks why they refuse, which is what is wanted here.
    logging.disable(logging.CRITICAL)
    with tempfile.TemporaryDirectory() as folder:
        made = [
            (is_long, case) for is_long in (False, True) for case in CASES if is_long or not case.is_long_term
        ]
        for name, judges in _judges(Path(folder)).items():
            refused = sum(_refuses(judges[is_long], case, is_long=is_long) for is_long, case in made)
            unchanged = sum(judges[is_long](sample(stamped=is_long).sealed.data) for is_long in (False, True))
            is_right = refused == len(made) and unchanged == 2
            measured = f"{refused} of {len(made)} refused, {unchanged} of 2 unchanged accepted"
            is_ours = name == "kzsign"
            yield Row(f"changed files, {name}", measured, "all" if is_ours else "", is_right or not is_ours)
    logging.disable(logging.NOTSET)


def _judges(folder: Path) -> dict[str, tuple[Judge, Judge]]:
    """For seals without and with archive time stamp."""

    def ours(data: bytes) -> bool:
        return verify(data, trust=Trust.of(*roots())).verdict is Verdict.VALID

    def poppler(data: bytes) -> bool:
        return pdfsig_accepts(data, folder)

    return {
        "kzsign": (ours, ours),
        "pyHanko": (pyhanko_accepts, pyhanko_accepts),
        "pyHanko by EN 319 102-1": (ades_basic_accepts, ades_archival_accepts),
        "pdfsig": (poppler, poppler),
    }


def _refuses(judge: Judge, case: Case, *, is_long: bool) -> bool:
    return not judge(case.make(sample(stamped=is_long).sealed.data))
