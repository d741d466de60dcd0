"""B2: fill DOCX templates, side by side with docxtpl, docxtemplater, docx-templates (default and unsandboxed) and carbone.

    python -m bench b2 [--quick] [--json FILE]

Three documents of the product in three sizes of their table, each side in one process of its own, which keeps what its library lets it
keep. Three alternating rounds. Before anything is timed every output is opened, by LibreOffice too: the words of the body have to be those of
ours, and no mark may be left. At the end each side gets hostile templates, and what became of them is told.
"""

import json
import statistics
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from bench.b2 import originals
from bench.b2.hostile import HOSTILE
from bench.b2.sides import SIDES, Side, install, scratch
from bench.measure import Row, load
from kenes.files.converter import converter_pool
from kenes.foundation.providers import Rejected

BUDGET_PER_SECOND: Final = 80
# The size of an ordinary letter; the budget is about it.
ORDINARY: Final = 10


def rows() -> Iterator[Row]:
    versions = install()
    quick = "--quick" in sys.argv
    started = load()
    running = {name: Side(name) for name in SIDES}
    try:
        measured = [
            _measure(running, code, size, quick) for code in originals.CODES for size in originals.SIZES
        ]
        attacked = {name: _attack(running[name], name) for name in SIDES}
    finally:
        for side in running.values():
            side.stop()
    _show(measured, attacked, versions, started)
    if "--json" in sys.argv:
        kept = {"versions": versions, "measured": measured, "hostile": attacked}
        Path(sys.argv[sys.argv.index("--json") + 1]).write_text(json.dumps(kept, indent=1))
    for one in measured:
        yield _row(one)


def _measure(running: dict[str, Side], code: str, size: int, quick: bool) -> dict[str, Any]:
    source = originals.original(code)
    folder = scratch() / f"{code}-{size}"
    folder.mkdir(exist_ok=True)
    data = folder / "data.json"
    data.write_text(json.dumps(source.data(size), ensure_ascii=False))
    templates = {}
    for name, (marks, _times) in SIDES.items():
        templates[name] = folder / f"{name}.docx"
        templates[name].write_bytes(originals.template(source, originals.MARKS[marks]))
    words = _check(running, templates, data, folder)
    seconds: dict[str, list[float]] = {name: [] for name in SIDES}
    memory: dict[str, float] = {}
    names = [name for name in SIDES if words[name] == "same"]
    for order in (names, names[::-1], names):
        for name in order:
            times = max(1, SIDES[name][1] * ORDINARY // (size if not quick else size * 10))
            answer = running[name].fill(templates[name], data, folder / f"{name}-out.docx", times)
            seconds[name] += answer["seconds"]
            memory[name] = answer["rss_mb"]
    return {
        "code": code, "rows": size, "words": words, "memory_mb": memory,
        "sides": {name: _figures(seconds[name]) for name in names},
    }  # fmt: skip


def _check(running: dict[str, Side], templates: dict[str, Path], data: Path, folder: Path) -> dict[str, str]:
    """Warm-up and output of each side: "same" when its words are ours and no mark is left, else what is wrong."""
    found: dict[str, str] = {}
    expected = ""
    for name, template in templates.items():
        out = folder / f"{name}-out.docx"
        answer = running[name].fill(template, data, out, 2)
        if "error" in answer:
            found[name] = answer["error"]
            continue
        text = originals.text_of(out.read_bytes())
        expected = expected or text
        is_clean = not any(mark in text for mark in ("{{", "{%", "+++", "{d.", "{v"))
        found[name] = "same" if text == expected and is_clean else "other words"
        if not _opens(out.read_bytes()):
            found[name] = "LibreOffice does not open it"
    assert found["ours"] == "same", found["ours"]
    return found


def _opens(made: bytes) -> bool:
    try:
        return converter_pool().to_pdf(made).startswith(b"%PDF-")
    except Rejected:
        return False


def _figures(seconds: list[float]) -> dict[str, float]:
    ordered = sorted(seconds)
    return {
        "per_second": len(seconds) / sum(seconds),
        "p50_ms": statistics.median(seconds) * 1000,
        "p95_ms": ordered[min(len(ordered) - 1, int(len(ordered) * 0.95))] * 1000,
        "runs": len(seconds),
    }


def _attack(side: Side, name: str) -> dict[str, str]:
    folder = scratch() / "hostile"
    folder.mkdir(exist_ok=True)
    source = originals.original(originals.CODES[0])
    data = folder / "data.json"
    data.write_text(json.dumps(source.data(1), ensure_ascii=False))
    found = {}
    for attack, make in HOSTILE.items():
        template, out = folder / f"{name}-{attack}.docx", folder / f"{name}-{attack}-out.docx"
        template.write_bytes(make(source, SIDES[name][0]))
        out.unlink(missing_ok=True)
        if side.process.poll() is not None:
            side.__post_init__()
        answer = side.fill(template, data, out, 1)
        found[attack] = _outcome(answer, out)
    return found


def _outcome(answer: dict[str, Any], out: Path) -> str:
    if "error" in answer:
        return f"refused or failed ({answer['error'][:60]}), {answer['rss_mb']:.0f} MB"
    try:
        text = originals.text_of(out.read_bytes())
    except (zipfile.BadZipFile, KeyError, OSError):
        text = ""
    leaked = " THE CODE OF THE TEMPLATE RAN" if "attack: " in text and "attack: 49" in text else ""
    return f"filled in {answer['seconds'][0]:.1f} s, {answer['rss_mb']:.0f} MB{leaked}"


def _row(one: dict[str, Any]) -> Row:
    sides = one["sides"]
    mine = sides["ours"]
    fastest = max((name for name in sides if name != "ours"), key=lambda name: sides[name]["per_second"])
    ordinary = one["rows"] == ORDINARY
    return Row(
        f"fill {one['code']}, {one['rows']} rows",
        f"{mine['per_second']:.0f}/s (p95 {mine['p95_ms']:.1f} ms)",
        f"≥ {BUDGET_PER_SECOND}/s" if ordinary else "",
        not ordinary or mine["per_second"] >= BUDGET_PER_SECOND,
        f"fastest: {fastest} {sides[fastest]['per_second']:.1f}/s",
        f"× {mine['per_second'] / sides[fastest]['per_second']:.1f}",
    )


def _show(
    measured: list[dict[str, Any]],
    attacked: dict[str, dict[str, str]],
    versions: dict[str, str],
    started: str,
) -> None:
    print(f"\nDOCX templates, {started} at the start; {versions}")
    print("| document | rows | " + " | ".join(SIDES) + " |")
    print("|---|---" + "|---" * len(SIDES) + "|")
    for one in measured:
        cells = []
        for name in SIDES:
            figures = one["sides"].get(name)
            memory = one["memory_mb"].get(name, 0)
            cells.append(
                f"{figures['per_second']:.1f}/s, p50 {figures['p50_ms']:.1f}, p95 {figures['p95_ms']:.1f} ms, {memory:.0f} MB"
                if figures
                else one["words"][name]
            )
        print(f"| {one['code']} | {one['rows']} | " + " | ".join(cells) + " |")
    print("\n| hostile template | " + " | ".join(SIDES) + " |")
    print("|---" + "|---" * len(SIDES) + "|")
    for attack in HOSTILE:
        print(f"| {attack} | " + " | ".join(attacked[name][attack] for name in SIDES) + " |")
    print(flush=True)
