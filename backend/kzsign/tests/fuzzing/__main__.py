"""`python -m kzsign.tests.fuzzing SECONDS [SEED]`: damage every format for that long; ends with 1 when something was wrong."""

from __future__ import annotations

import sys

from kzsign.testing import Authority
from kzsign.tests import fuzzing
from kzsign.tests.conftest import NOW
from kzsign.tests.fuzzing import subjects


def main(arguments: list[str]) -> int:
    """Prints what was tried, and in hex what went wrong."""
    seed = int(arguments[1]) if len(arguments) > 1 else 1
    authority = Authority.make(now=NOW, seed=b"fuzzing")
    tally = fuzzing.run(fuzzing.trials(subjects.every(authority)), float(arguments[0]), seed)
    total = f"seed {seed}: {sum(tally.tries.values())} tries, {len(tally.wrong)} wrong"
    sys.stdout.write("\n".join([*tally.wrong[:50], *tally.lines(), total]) + "\n")
    return int(bool(tally.wrong))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
