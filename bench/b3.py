"""B3: DOCX to PDF under load: the warm pool of two beside LibreOffice started for each file, at 1, 2, 4 and 8 clients.

    python -m bench b3 [--quick] [--json FILE]

Once with good files alone, and once with every 50th poisoned: a paragraph of 400 000 words, over which LibreOffice never gets.
Pages of ten letters are compared as pictures with those of a cold start; memory is read while a thousand files go through.
"""

import io
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import Any, Final

import docx as word
from PIL import Image, ImageChops

from bench.measure import Row, Sample, load
from kenes.documents import catalogue
from kenes.documents.authoring.build import FOLDER
from kenes.documents.filling.rendering import fill
from kenes.documents.letters.printing import values_for
from kenes.documents.letters.samples import sample_for
from kenes.files.converter import Pool, converter_pool
from kenes.files.pages import page_image
from kenes.foundation.providers import Rejected, Temporary

BUDGET_PER_SECOND, BUDGET_P95_MS = 5.0, 1000.0
CLIENTS: Final = (1, 2, 4, 8)
POISON_EVERY: Final = 50
# As long as unoserver gives one file.
COLD_TIMEOUT_SECONDS: Final = 20
PICTURES: Final = (
    "RESTRUCT_BANK", "CLAIM_ACCRUAL", "SCHEDULE_CHANGE", "BANKR_JUDICIAL", "CREDITOR_LIST", "INVOICE",
    "COVER_LETTER", "MEDIATION_AGREEMENT", "INSCRIPTION_OBJECTION", "CASE_REPORT",
)  # fmt: skip

Convert = Callable[[bytes], bytes]
_numbers = count()


@dataclass(slots=True)
class Load:
    """What became of the files of one round: seconds of the good ones from asking to answer, and the lost ones."""

    wall: float = 0
    good: list[float] = field(default_factory=list)
    lost: int = 0
    poison_refused: int = 0
    poison: int = 0


def letter(code: str) -> bytes:
    """A letter filled with its sample; every call gives other bytes, so that nothing is remembered."""
    template = (FOLDER / code / "ru.docx").read_bytes()
    return fill(template, values_for(code, sample_for(catalogue.kinds()[code]), "ru"))


def _poison() -> bytes:
    document = word.Document()
    document.add_paragraph("слово " * 400_000 + str(next(_numbers)))
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _cold(docx: bytes) -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "letter.docx"
        source.write_bytes(docx)
        try:
            subprocess.run(
                ["soffice", f"-env:UserInstallation=file://{folder}/profile", "--headless", "--convert-to", "pdf",
                 "--outdir", folder, str(source)],
                check=True, capture_output=True, timeout=COLD_TIMEOUT_SECONDS,
            )  # fmt: skip
        except subprocess.TimeoutExpired as problem:
            # soffice is a shell script: the program it started outlives it.
            subprocess.run(["pkill", "-9", "-f", folder], check=False)
            raise Temporary("cold.timeout") from problem
        return (Path(folder) / "letter.pdf").read_bytes()


def _round(convert: Convert, docx: bytes, clients: int, files: int, *, poisoned: bool) -> Load:
    result = Load()
    marks = [poisoned and number % POISON_EVERY == POISON_EVERY // 2 for number in range(files)]

    def one(is_poison: bool) -> None:
        data = _poison() if is_poison else docx
        started = time.perf_counter()
        try:
            pdf = convert(data)
        except (Temporary, Rejected):
            result.poison_refused += is_poison
            result.lost += not is_poison
            return
        assert pdf.startswith(b"%PDF-") and not is_poison
        result.good.append(time.perf_counter() - started)

    started = time.perf_counter()
    with ThreadPoolExecutor(clients) as threads:
        list(threads.map(one, marks))
    result.wall, result.poison = time.perf_counter() - started, sum(marks)
    return result


def _figures(result: Load) -> dict[str, Any]:
    sample = Sample(result.good)
    return {
        "per_second": len(result.good) / result.wall, "p50_ms": sample.percentile_ms(50),
        "p95_ms": sample.percentile_ms(95), "longest_ms": max(result.good) * 1000, "good": len(result.good),
        "lost": result.lost, "poison": f"{result.poison_refused}/{result.poison}",
    }  # fmt: skip


def _memory_mb() -> list[float]:
    """Of every LibreOffice of the pool that runs now."""
    listed = subprocess.run(["ps", "-eo", "rss,args"], capture_output=True, text=True, check=True).stdout
    return [
        int(line.split()[0]) / 1024
        for line in listed.splitlines()
        if "soffice.bin" in line and "--accept=" in line
    ]


def _thousand(pool: Pool, docx: bytes, files: int) -> dict[str, Any]:
    memory = [sum(_memory_mb())]
    lost = 0
    for _ in range(10):
        lost += _round(pool.to_pdf, docx, 4, files // 10, poisoned=False).lost
        memory.append(sum(_memory_mb()))
    return {"files": files, "lost": lost, "memory_mb": [round(one) for one in memory]}


def _other_pixels(pool: Pool) -> int:
    """How many of ten first pages differ from those of a cold start by a visible amount."""
    different = 0
    for code in PICTURES:
        docx = letter(code)
        ours, cold = (
            Image.open(io.BytesIO(page_image(pdf, 1).png)) for pdf in (pool.to_pdf(docx), _cold(docx))
        )
        far = ImageChops.difference(ours.convert("L"), cold.convert("L")).point(
            lambda value: 255 * (value > 24)
        )
        different += ours.size != cold.size or far.getbbox() is not None
    return different


def rows() -> Iterator[Row]:
    quick = "--quick" in sys.argv
    pool, docx, started = converter_pool(), letter("RESTRUCT_BANK"), load()
    for convert in (pool.to_pdf, _cold):
        convert(docx)
    measured = [
        one
        for poisoned in (False, True)
        for clients in (CLIENTS if not quick else (4,))
        for one in _sides(pool, docx, clients, poisoned=poisoned, quick=quick)
    ]
    thousand = _thousand(pool, docx, 100 if quick else 1000)
    different = _other_pixels(pool)
    _show(measured, thousand, different, started)
    if "--json" in sys.argv:
        kept = {"measured": measured, "thousand": thousand, "different_pages": different}
        Path(sys.argv[sys.argv.index("--json") + 1]).write_text(json.dumps(kept, indent=1))
    yield from _rows(measured, thousand, different)


def _sides(pool: Pool, docx: bytes, clients: int, *, poisoned: bool, quick: bool) -> Iterator[dict[str, Any]]:
    ours_files, cold_files = (50, 50) if poisoned else (24, 6) if quick else (40, 10)
    sides: dict[str, tuple[Convert, int]] = {"pool": (pool.to_pdf, ours_files), "cold": (_cold, cold_files)}
    # A poisoned round costs a time limit: it is run once a side.
    orders = (
        [["pool", "cold"]] if poisoned or quick else [["pool", "cold"], ["cold", "pool"], ["pool", "cold"]]
    )
    found: dict[str, Load] = {name: Load() for name in sides}
    for order in orders:
        for name in order:
            convert, files = sides[name]
            one, total = _round(convert, docx, clients, files, poisoned=poisoned), found[name]
            total.wall += one.wall
            total.good += one.good
            total.lost += one.lost
            total.poison += one.poison
            total.poison_refused += one.poison_refused
    for name, result in found.items():
        yield {"side": name, "clients": clients, "poisoned": poisoned, **_figures(result)}


def _show(measured: list[dict[str, Any]], thousand: dict[str, Any], different: int, started: str) -> None:
    print(f"\nDOCX to PDF, {started} at the start")
    print(
        "| side | clients | every 50th poisoned | good files | per second | p50 / p95 / longest, ms | lost | poison refused |"
    )
    print("|---|---|---|---|---|---|---|---|")
    for one in measured:
        print(
            f"| {one['side']} | {one['clients']} | {'yes' if one['poisoned'] else 'no'} | {one['good']} |"
            f" {one['per_second']:.2f} | {one['p50_ms']:.0f} / {one['p95_ms']:.0f} / {one['longest_ms']:.0f} |"
            f" {one['lost']} | {one['poison']} |"
        )
    print(
        f"\nmemory of both LibreOffice while {thousand['files']} files pass: {thousand['memory_mb']} MB, lost {thousand['lost']}"
    )
    print(f"first pages that differ from a cold start: {different} of {len(PICTURES)}\n", flush=True)


def _rows(measured: list[dict[str, Any]], thousand: dict[str, Any], different: int) -> Iterator[Row]:
    by = {(one["side"], one["clients"], one["poisoned"]): one for one in measured}
    ours, cold = by["pool", 4, False], by["cold", 4, False]
    yield Row(
        "DOCX to PDF, 4 clients, pool of 2",
        f"{ours['per_second']:.1f}/s (p95 {ours['p95_ms']:.0f} ms)",
        f"≥ {BUDGET_PER_SECOND:.0f}/s, p95 ≤ {BUDGET_P95_MS:.0f} ms",
        ours["per_second"] >= BUDGET_PER_SECOND and ours["p95_ms"] <= BUDGET_P95_MS,
        f"cold {cold['per_second']:.2f}/s",
        f"× {ours['per_second'] / cold['per_second']:.1f}",
    )
    lost = sum(one["lost"] for one in measured if one["side"] == "pool") + thousand["lost"]
    yield Row("good files lost beside poisoned ones and restarts", str(lost), "0", lost == 0)
    yield Row("pages other than those of a cold start", str(different), "0", different == 0)
