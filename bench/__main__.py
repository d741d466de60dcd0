"""Run the benchmarks and print one table: `python -m bench [templates seal cases … b1 b2 b3]`."""

import importlib
import os
import sys
from pathlib import Path

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
ALL = ("templates", "seal", "cases", "outbox", "login")
# Take minutes and a peer of their own: run when they are named.
NAMED = ("b1", "b2", "b3", "b4", "b7")


def main() -> int:
    sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "backend"))
    django.setup()
    from bench.measure import load

    names = [name for name in sys.argv[1:] if name in ALL + NAMED] or list(ALL)
    print(f"Kenes Hub benchmarks, {load()} at the start")
    print("| work | measured | budget | within | peer | ratio |")
    print("|---|---|---|---|---|---|")
    missed = 0
    for name in names:
        for row in importlib.import_module(f"bench.{name}").rows():
            missed += not row.within
            within = "yes" if row.within else "NO"
            print(
                f"| {row.name} | {row.measured} | {row.budget} | {within} | {row.peer} | {row.ratio} |",
                flush=True,
            )
    print(f"{load()} at the end; {missed} outside the budget")
    return 0


if __name__ == "__main__":
    sys.exit(main())
