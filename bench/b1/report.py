"""What the run has measured, as a table with everything and as lines beside the budgets."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from typing import Any, Final

from bench.b1.rounds import Measured, Timed
from bench.measure import Row, load

# Milliseconds of 95 answers of 100, one client.
BUDGETS: Final = {
    "list": {20_000: 60, 200_000: 150},
    "search": {20_000: 120, 200_000: 300},
    "one record": {1_000: 80, 20_000: 80, 200_000: 80},
}
MOST_GROWTH: Final = 2.5


def show(measured: Sequence[Measured], facts: dict[str, Any], started: str) -> None:
    """Print everything."""
    print(f"\nB1 {started} at the start, {load()} at the end; {json.dumps(facts)}")
    print(
        "Each side: p50 / p95 ms, answers a second, medians of the rounds, ms of processors for one answer, number of answers."
    )
    print("| cases | clients | operation | ours | staff table | REST p50 ms | found ours / table | checked |")
    print("|---|---|---|---|---|---|---|---|")
    for one in measured:
        rest = f"{one.rest.percentile(50):.0f}" if one.rest else ""
        found = "" if one.found_ours is None else f"{one.found_ours} / {one.found_table}"
        print(
            f"| {one.size} | {one.clients} | {one.operation} | {_told(one.ours)} | {_told(one.table)} | {rest} |"
            f" {found} | {one.same} |"
        )


def _told(timed: Timed | None) -> str:
    if timed is None:
        return ""
    spread = f"{min(timed.rounds):.0f}–{max(timed.rounds):.0f}"
    return (
        f"{timed.percentile(50):.0f} / {timed.percentile(95):.0f}, {timed.per_second:.0f}/s, {spread},"
        f" cpu {timed.processor_ms:.0f}, n={len(timed.ms)}"
    )


def plain(one: Measured) -> dict[str, Any]:
    """For a file."""

    def side(timed: Timed | None) -> dict[str, Any] | None:
        if timed is None:
            return None
        return {
            "p50_ms": timed.percentile(50), "p95_ms": timed.percentile(95), "per_second": timed.per_second,
            "min_ms": min(timed.ms), "max_ms": max(timed.ms), "rounds_ms": timed.rounds,
            "processor_ms": timed.processor_ms, "asked": len(timed.ms),
        }  # fmt: skip

    return {**asdict(one), "ours": side(one.ours), "table": side(one.table), "rest": side(one.rest)}


def rows(measured: Sequence[Measured]) -> Iterator[Row]:
    """Beside the budgets, then how much slower 200 000 are than 20 000."""
    yield from map(_row, measured)
    yield from _growth(measured)


def _kind(operation: str) -> str:
    return next((kind for kind in BUDGETS if operation.startswith(kind)), "list")


def _row(one: Measured) -> Row:
    budget = BUDGETS[_kind(one.operation)].get(one.size) if one.clients == 1 else None
    p50, p95 = one.ours.percentile(50), one.ours.percentile(95)
    peer = ratio = ""
    if one.table:
        peer = f"staff table p50 {one.table.percentile(50):.0f} ms, cpu {one.table.processor_ms:.0f} ms"
        ratio = f"× {one.table.percentile(50) / p50:.1f}, cpu × {one.table.processor_ms / one.ours.processor_ms:.1f}"
    return Row(
        f"{one.operation}, {one.size} cases, {one.clients} client(s)",
        f"p50 {p50:.0f} ms, p95 {p95:.0f} ms, cpu {one.ours.processor_ms:.0f} ms",
        f"p95 ≤ {budget} ms" if budget else "",
        budget is None or p95 <= budget,
        peer,
        ratio,
    )


def _growth(measured: Sequence[Measured]) -> Iterator[Row]:
    small = {one.operation: one for one in measured if one.size == 20_000 and one.clients == 1}
    for one in measured:
        if one.size == 200_000 and one.clients == 1 and one.operation in small:
            before = small[one.operation].ours
            ratio = one.ours.percentile(50) / before.percentile(50)
            yield Row(
                f"{one.operation}, 200 000 beside 20 000",
                f"p50 × {ratio:.2f}, cpu × {one.ours.processor_ms / before.processor_ms:.2f}",
                f"≤ × {MOST_GROWTH}",
                ratio <= MOST_GROWTH,
            )
