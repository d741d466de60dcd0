"""One Python side in a process of its own: reads what to fill from lines, answers with seconds and memory.

python -m bench.b2.side ours|docxtpl
"""

import io
import json
import os
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")


def _ours() -> Callable[[bytes, dict[str, Any]], bytes]:
    from kenes.documents.filling.rendering import fill

    return fill


def _docxtpl() -> Callable[[bytes, dict[str, Any]], bytes]:
    from docxtpl import DocxTemplate

    def filled(template: bytes, data: dict[str, Any]) -> bytes:
        document = DocxTemplate(io.BytesIO(template))
        document.render(data, autoescape=True)
        out = io.BytesIO()
        document.save(out)
        return out.getvalue()

    return filled


def _highest_memory() -> float:
    """In MB, since this program began (`ru_maxrss` remembers the one that started it)."""
    status = Path("/proc/self/status").read_text()
    return int(status.split("VmHWM:")[1].split()[0]) / 1024


def main() -> None:
    sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "backend"))
    django.setup()
    work = _ours() if sys.argv[1] == "ours" else _docxtpl()
    for line in sys.stdin:
        order = json.loads(line)
        template, data = Path(order["template"]).read_bytes(), json.loads(Path(order["data"]).read_text())
        answer: dict[str, Any] = {"seconds": []}
        try:
            for _ in range(order["times"]):
                started = time.perf_counter()
                made = work(template, data)
                answer["seconds"].append(time.perf_counter() - started)
            Path(order["out"]).write_bytes(made)
        except Exception as problem:
            answer["error"] = f"{type(problem).__name__}: {problem}"[:200]
        answer["rss_mb"] = _highest_memory()
        print(json.dumps(answer), flush=True)


if __name__ == "__main__":
    main()
