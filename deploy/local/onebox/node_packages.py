"""The web front end: locked packages, and the standalone build that `make run` serves."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

from onebox.paths import BUILDS, FRONTEND
from onebox.progress import Trouble, step, tail
from onebox.stamps import digest, is_fresh, write_stamp
from onebox.system_packages import check_node

SKIPPED_FOLDERS = {"node_modules", ".next", "out", "coverage", ".turbo", "playwright-report", "pyodide"}
KEPT_BUILDS = 3


def ensure_packages() -> None:
    """`npm ci` when the lock file changed. Raises Trouble when it fails."""
    check_node()
    lock = FRONTEND / "package-lock.json"
    modules = FRONTEND / "node_modules"
    stamp = modules / ".kenes-stamp"
    wanted = digest([lock, FRONTEND / "package.json"], _node_version())
    if is_fresh(stamp, wanted):
        return
    with step("Installing front end packages (npm ci)"):
        _npm(["ci", "--no-audit", "--no-fund", "--loglevel=error"], "npm ci")
    write_stamp(stamp, wanted)


def ensure_build() -> Path:
    """The folder of a standalone build of the present sources; built when there is none yet.

    Builds lie in `.build/web/<digest>/`, so a running stack keeps the one it serves while a
    newer one is made.
    """
    key = digest(_sources(), _node_version())[:16]
    target = BUILDS / "web" / key
    if (target / "complete").is_file():
        return target
    with step("Building the web front end"):
        _npm(["run", "build"], "the front end build")
        _collect(target)
    _forget_old(target)
    return target


def _collect(target: Path) -> None:
    """Copy the standalone server with its static files, which Next leaves out of it."""
    standalone = FRONTEND / ".next" / "standalone"
    server = next(
        (found for found in sorted(standalone.rglob("server.js")) if "node_modules" not in found.parts),
        None,
    )
    if server is None:
        raise Trouble("The front end build made no standalone server (next.config: output).")
    inside = server.parent.relative_to(standalone)
    shutil.rmtree(target, ignore_errors=True)
    shutil.copytree(standalone, target, symlinks=True)
    shutil.copytree(FRONTEND / ".next" / "static", target / inside / ".next" / "static", dirs_exist_ok=True)
    if (FRONTEND / "public").is_dir():
        shutil.copytree(FRONTEND / "public", target / inside / "public", dirs_exist_ok=True)
    (target / "complete").write_text(str(inside / "server.js"))


def server_script(build: Path) -> Path:
    """The `server.js` of a build."""
    return build / (build / "complete").read_text()


def _forget_old(newest: Path) -> None:
    builds = sorted(newest.parent.iterdir(), key=lambda folder: folder.stat().st_mtime, reverse=True)
    for folder in [found for found in builds if found != newest][KEPT_BUILDS - 1 :]:
        shutil.rmtree(folder, ignore_errors=True)


def _sources() -> Iterator[Path]:
    """Every file that can change the build, tests left out."""
    for folder, folders, files in os.walk(FRONTEND):
        folders[:] = [name for name in folders if name not in SKIPPED_FOLDERS]
        for name in files:
            if not name.endswith((".test.ts", ".test.tsx", ".tsbuildinfo")) and name != "next-env.d.ts":
                yield Path(folder) / name


def _node_version() -> str:
    return subprocess.run(["node", "--version"], capture_output=True, text=True, check=True).stdout


def _npm(arguments: list[str], doing: str) -> None:
    result = subprocess.run(
        ["npm", *arguments],
        cwd=FRONTEND,
        env={**os.environ, "NEXT_TELEMETRY_DISABLED": "1", "CI": "true"},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
        check=False,
    )
    if result.returncode != 0:
        raise Trouble(f"Failed: {doing}\n{tail(result.stdout, 40)}")
