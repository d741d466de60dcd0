"""B3: DOCX to PDF by the warm pool at four clients; the peer starts LibreOffice for each file."""

import subprocess
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from bench.letters import BANK_LETTER, TEMPLATE
from bench.measure import Row, Sample
from kenes.documents.letters.printing import values_for
from kenes.documents.rendering import fill
from kenes.files.converter import Pool, converter_pool

BUDGET_PER_SECOND, BUDGET_P95_MS, CLIENTS, FILES = 5, 1000, 4, 60


def _timed(work: Pool, docx: bytes) -> float:
    started = time.perf_counter()
    assert work.to_pdf(docx).startswith(b"%PDF-")
    return time.perf_counter() - started


def _cold(docx: bytes) -> float:
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "letter.docx"
        source.write_bytes(docx)
        started = time.perf_counter()
        subprocess.run(
            ["soffice", f"-env:UserInstallation=file://{folder}/profile", "--headless", "--convert-to", "pdf",
             "--outdir", folder, str(source)],
            check=True, capture_output=True,
        )  # fmt: skip
        seconds = time.perf_counter() - started
        assert (Path(folder) / "letter.pdf").read_bytes().startswith(b"%PDF-")
    return seconds


def rows() -> list[Row]:
    docx = fill(TEMPLATE.read_bytes(), values_for("RESTRUCT_BANK", BANK_LETTER, "ru"))
    ours = converter_pool()
    _timed(ours, docx)
    seconds: list[float] = []
    wall = 0.0
    cold: list[float] = []
    for _ in range(3):
        started = time.perf_counter()
        with ThreadPoolExecutor(CLIENTS) as clients:
            seconds += list(clients.map(lambda _n: _timed(ours, docx), range(FILES // 3)))
        wall += time.perf_counter() - started
        cold += [_cold(docx) for _ in range(2)]
    sample, peer = Sample(seconds), Sample(cold)
    rate, p95 = FILES / wall, sample.percentile_ms(95)
    return [
        Row(
            f"DOCX to PDF, {CLIENTS} clients, pool of 2",
            f"{rate:.1f}/s (p95 {p95:.0f} ms)",
            f"≥ {BUDGET_PER_SECOND}/s, p95 ≤ {BUDGET_P95_MS} ms",
            rate >= BUDGET_PER_SECOND and p95 <= BUDGET_P95_MS,
            f"cold soffice {peer.per_second:.2f}/s",
            f"× {rate / peer.per_second:.1f}",
        )
    ]
