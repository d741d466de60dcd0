"""Starts the sides: ours and docxtpl from the product's environment, the Node libraries from one of their own."""

import json
import os
import subprocess
import sys
import threading
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

ROOT: Final = Path(__file__).resolve().parents[2]
HERE: Final = Path(__file__).resolve().parent
PACKAGES: Final = ("docxtemplater@3.71.0", "pizzip@3.3.0", "docx-templates@4.15.0", "carbone@3.8.2")
# Name of the side: (marks of its templates, how many fills of one round).
SIDES: Final = {
    "ours": ("jinja", 60),
    "docxtpl": ("jinja", 12),
    "docxtemplater": ("docxtemplater", 30),
    "docx-templates": ("docx-templates", 3),
    "docx-templates-unsandboxed": ("docx-templates", 3),
    "carbone": ("carbone", 12),
}
_PATIENCE_SECONDS: Final = 240


def scratch() -> Path:
    """A folder of the checkout that is kept between runs and not by the repository."""
    place = ROOT / ".build" / "bench-b2"
    place.mkdir(parents=True, exist_ok=True)
    return place


def install() -> dict[str, str]:
    """The Node libraries in a folder of their own; versions of all peers."""
    home = scratch() / "peers"
    home.mkdir(exist_ok=True)
    if not (home / "node_modules" / "carbone").is_dir():
        (home / "package.json").write_text('{"private": true}')
        subprocess.run(
            ["npm", "install", "--silent", "--no-audit", "--no-fund", *PACKAGES], check=True, cwd=home
        )
    names = ("docxtemplater", "docx-templates", "carbone")
    manifests = {
        name: json.loads((home / "node_modules" / name / "package.json").read_text()) for name in names
    }
    import docxtpl

    return {"docxtpl": docxtpl.__version__, **{name: one["version"] for name, one in manifests.items()}}


@dataclass(slots=True)
class Side:
    """One library in one process."""

    name: str
    process: subprocess.Popen[str] = field(init=False)

    def __post_init__(self) -> None:
        if self.name in ("ours", "docxtpl"):
            command = [sys.executable, "-m", "bench.b2.side", self.name]
        else:
            command = ["node", "--max-old-space-size=1024", str(HERE / "side.mjs"), self.name]
        manifest = str(scratch() / "peers" / "package.json")
        self.process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=ROOT,
            env={**os.environ, "PEERS_FROM": manifest},
        )  # fmt: skip

    def fill(self, template: Path, data: Path, out: Path, times: int) -> dict[str, Any]:
        """Fill so many times; seconds of each, highest memory in MB, `error` when it did not work. A hang is an error."""
        assert self.process.stdin and self.process.stdout
        order = {"template": str(template), "data": str(data), "out": str(out), "times": times}
        watch = threading.Timer(_PATIENCE_SECONDS, self.process.kill)
        watch.start()
        try:
            self.process.stdin.write(json.dumps(order) + "\n")
            self.process.stdin.flush()
            line = self.process.stdout.readline()
        except BrokenPipeError:
            line = ""
        finally:
            watch.cancel()
        found: dict[str, Any] = (
            json.loads(line) if line else {"seconds": [], "rss_mb": 0, "error": "it ended"}
        )
        return found

    def stop(self) -> None:
        """End the process."""
        self.process.kill()
        self.process.wait()
