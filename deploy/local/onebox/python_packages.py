"""The Python environment: `.venv` from hashed requirement files, and the converter's own folder."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from onebox.paths import BACKEND, PROJECT, REQUIREMENTS, TOOLS, UNOSERVER, VENV, VENV_PYTHON
from onebox.progress import Trouble, say, step, tail
from onebox.stamps import digest, is_fresh, write_stamp
from onebox.system_packages import apt_install, find_program

VENV_STAMP = VENV / "kenes-installed.json"


def ensure(*, with_tests: bool) -> None:
    """Make `.venv` and install the locked packages into it, when they changed.

    Raises Trouble when the environment cannot be made or a package cannot be installed.
    """
    ensure_venv()
    _ensure_locked("dev" if with_tests else "stack")
    _show_our_packages()
    _ensure_unoserver()


def compile_sources() -> None:
    """Write bytecode beside our sources: services may not, and six processes would compile each anew."""
    folders = [str(BACKEND), str(PROJECT / "sandbox")]
    _capture([str(VENV_PYTHON), "-m", "compileall", "-q", *folders])


def ensure_venv() -> None:
    """Make `.venv` with pip in it, also where Debian's python3-venv is not installed."""
    if VENV_PYTHON.exists() and _runs([str(VENV_PYTHON), "-m", "pip", "--version"]):
        return
    with step("Making the Python environment .venv"):
        if _runs([sys.executable, "-c", "import ensurepip, venv"]):
            _run([sys.executable, "-m", "venv", "--clear", str(VENV)], "making .venv")
            return
        say("This Python has no ensurepip (Debian keeps it in python3-venv).")
        if _venv_with_downloaded_pip():
            return
        apt_install([f"python3.{sys.version_info.minor}-venv"])
        _run([sys.executable, "-m", "venv", "--clear", str(VENV)], "making .venv")


def _venv_with_downloaded_pip() -> bool:
    """A venv without pip, then pip from Debian's wheel package unpacked here; needs no root."""
    apt = find_program("apt-get")
    unpack = find_program("dpkg-deb")
    if apt is None or unpack is None:
        return False
    with tempfile.TemporaryDirectory() as folder:
        if not _runs([apt, "download", "python3-pip-whl"], cwd=folder):
            return False
        package = next(Path(folder).glob("python3-pip-whl*.deb"), None)
        if package is None or not _runs([unpack, "-x", str(package), folder]):
            return False
        wheel = next(Path(folder).glob("usr/share/python-wheels/pip-*.whl"), None)
        if wheel is None:
            return False
        made = _runs([sys.executable, "-m", "venv", "--clear", "--without-pip", str(VENV)])
        return made and _runs([str(VENV_PYTHON), f"{wheel}/pip", "install", "--no-index", "-q", str(wheel)])


def _ensure_locked(kind: str) -> None:
    lock = REQUIREMENTS / f"{kind}.txt"
    wanted = digest([lock], sys.version.split()[0])
    installed = _read_stamp()
    if installed.get(kind) == wanted:
        return
    with step(f"Installing Python packages ({lock.name})"):
        _run([*_pip(), "install", "--require-hashes", "-q", "-r", str(lock)], "installing Python packages")
    installed = {kind: wanted}
    if kind == "dev":
        # The test environment holds everything the stack needs, in the same versions.
        installed["stack"] = digest([REQUIREMENTS / "stack.txt"], sys.version.split()[0])
    VENV_STAMP.write_text(json.dumps(installed))


def _show_our_packages() -> None:
    """Let this Python find `kzsign` from any folder: `python -m kzsign verify`."""
    for folder in VENV.glob("lib/python*/site-packages"):
        (folder / "kenes-hub.pth").write_text(f"{BACKEND}\n")


def _read_stamp() -> dict[str, str]:
    try:
        return dict(json.loads(VENV_STAMP.read_text()))
    except (OSError, ValueError):
        return {}


def _ensure_unoserver() -> None:
    """unoserver runs under the system's own Python (the one with `uno`), so it gets its own folder."""
    lock = REQUIREMENTS / "converter.txt"
    stamp = TOOLS / "unoserver.stamp"
    wanted = digest([lock])
    if is_fresh(stamp, wanted) and UNOSERVER.is_dir():
        return
    with step("Installing the document converter"):
        shutil.rmtree(UNOSERVER, ignore_errors=True)
        _run(
            [*_pip(), "install", "--require-hashes", "--no-deps", "-q"]
            + ["--target", str(UNOSERVER), "-r", str(lock)],
            "installing unoserver",
        )
    write_stamp(stamp, wanted)


def _pip() -> list[str]:
    return [str(VENV_PYTHON), "-m", "pip", "--disable-pip-version-check", "--no-input"]


def _runs(command: list[str], cwd: str | None = None) -> bool:
    return _capture(command, cwd).returncode == 0


def _run(command: list[str], doing: str) -> None:
    result = _capture(command)
    if result.returncode != 0:
        raise Trouble(f"Failed while {doing}:\n{tail(result.stdout, 25)}")


def _capture(command: list[str], cwd: str | None = None) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        command,
        cwd=cwd,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
        check=False,
        env={**os.environ, "PIP_NO_WARN_SCRIPT_LOCATION": "1"},
    )
