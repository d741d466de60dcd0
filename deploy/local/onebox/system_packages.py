"""Programs of the operating system: what is needed, what is missing, installing it by apt.

Packages are looked for by what they bring (a program, a font), not by name, so that a newer
PostgreSQL or another distribution's packaging also counts.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from ctypes.util import find_library
from dataclasses import dataclass
from pathlib import Path

from onebox.progress import Trouble, say, step, tail

SYSTEM_PYTHON = "/usr/bin/python3"
POLICY_FILE = Path("/usr/sbin/policy-rc.d")
CLUSTER_FILE = Path("/etc/postgresql-common/createcluster.d/kenes-hub-install.conf")
OURS = "# Written by the Kenes Hub installer for the time of one apt run.\n"
MINIMUM_POSTGRES = 14
MINIMUM_NODE = (20, 19)


@dataclass(frozen=True)
class Need:
    """One thing the stack needs from the system."""

    packages: tuple[str, ...]
    purpose: str
    present: Callable[[], bool]


def find_program(name: str) -> str | None:
    """Like `which`, and also looks where servers live for users without /usr/sbin in PATH."""
    return shutil.which(name, path=os.environ.get("PATH", "") + ":/usr/sbin:/sbin:/usr/local/sbin")


def postgres_folders() -> list[tuple[int, Path]]:
    """(major version, folder of programs) of every usable PostgreSQL, newest first."""
    found = []
    for server in Path("/usr/lib/postgresql").glob("*/bin/postgres"):
        version = server.parts[4]
        if version.isdigit() and int(version) >= MINIMUM_POSTGRES:
            found.append((int(version), server.parent))
    return sorted(found, reverse=True)


def _program(name: str) -> Callable[[], bool]:
    return lambda: find_program(name) is not None


def _library(name: str) -> Callable[[], bool]:
    return lambda: find_library(name) is not None


def _font(pattern: str) -> Callable[[], bool]:
    return lambda: any(Path("/usr/share/fonts").rglob(pattern))


def _reads(language: str) -> Callable[[], bool]:
    """Whether Tesseract has what it needs for a language."""
    return lambda: any(Path("/usr/share").glob(f"tesseract-ocr/*/tessdata/{language}.traineddata"))


def _uno_works() -> bool:
    if not Path(SYSTEM_PYTHON).exists():
        return False
    check = subprocess.run([SYSTEM_PYTHON, "-c", "import uno"], capture_output=True, check=False)
    return check.returncode == 0


def _writer_present() -> bool:
    return any(Path("/usr").glob("lib*/libreoffice/program/libswlo.so")) and bool(find_program("soffice"))


def needs(*, with_tests: bool) -> list[Need]:
    """Everything the stack (and the tests) take from the system."""
    wanted = [
        Need(("postgresql",), "the database", lambda: bool(postgres_folders())),
        Need(("redis-server",), "cache, queue and sockets", _program("redis-server")),
        Need(("nginx-light",), "the one origin", _program("nginx")),
        Need(("libreoffice-writer-nogui",), "DOCX to PDF", _writer_present),
        Need(("python3-uno",), "talking to LibreOffice", _uno_works),
        Need(("clamav-daemon",), "virus check of uploads", _program("clamd")),
        Need(("gettext",), "message catalogues", _program("msgfmt")),
        Need(("poppler-utils",), "page previews", _program("pdftoppm")),
        Need(("tesseract-ocr", "tesseract-ocr-eng"), "reading of scanned papers", _program("tesseract")),
        Need(("tesseract-ocr-rus",), "reading of Russian scans", _reads("rus")),
        Need(("tesseract-ocr-kaz",), "reading of Kazakh scans", _reads("kaz")),
        Need(("tesseract-ocr-osd",), "turning of scans that lie on their side", _reads("osd")),
        Need(("fonts-dejavu-core",), "Kazakh letters and the tenge sign", _font("DejaVuSans.ttf")),
        Need(("fonts-dejavu-extra",), "serif text", _font("DejaVuSerif-Italic.ttf")),
        Need(("fonts-crosextra-carlito",), "fonts of letters", _font("Carlito-Regular.ttf")),
        Need(("libgcrypt20",), "GOST digests of documents", _library("gcrypt")),
        Need(("util-linux",), "starting services without root", _program("setpriv")),
    ]
    if with_tests:
        wanted.append(Need(("chromium",), "browser journeys", _program("chromium")))
    return wanted


def check_node() -> None:
    """Refuse a missing or too old Node; it is not in every distribution, so apt is not tried."""
    node = shutil.which("node")
    wanted = ".".join(map(str, MINIMUM_NODE))
    if node is None or shutil.which("npm") is None:
        raise Trouble(f"Node.js {wanted} or newer with npm is needed and was not found in PATH.")
    text = subprocess.run([node, "--version"], capture_output=True, text=True, check=True).stdout
    version = tuple(int(part) for part in text.strip().lstrip("v").split(".")[:2])
    if version < MINIMUM_NODE:
        raise Trouble(f"Node.js {wanted} or newer is needed; {node} is {text.strip()}.")


def ensure(*, with_tests: bool) -> None:
    """Install what is missing, or say exactly what to install.

    Raises Trouble when something is missing and apt cannot be used or fails.
    """
    missing = [need for need in needs(with_tests=with_tests) if not need.present()]
    if not missing:
        return
    names = [name for need in missing for name in need.packages]
    for need in missing:
        say(f"Missing: {' '.join(need.packages)} ({need.purpose})")
    apt_install(names)
    still = [need for need in missing if not need.present()]
    if still:
        lost = ", ".join(f"{' '.join(need.packages)} ({need.purpose})" for need in still)
        raise Trouble(f"Installed, but still not found: {lost}. Please look at the apt output.")


def root_prefix() -> list[str] | None:
    """Words before a command that needs root: none as root, sudo where it asks no password."""
    if os.geteuid() == 0:
        return []
    sudo = shutil.which("sudo")
    if sudo and subprocess.run([sudo, "-n", "true"], capture_output=True, check=False).returncode == 0:
        return [sudo, "-n"]
    return None


def apt_install(names: list[str]) -> None:
    """Install packages by apt without letting them start services or create clusters.

    Raises Trouble with the exact command when that is impossible.
    """
    by_hand = (
        f"These packages are missing: {' '.join(names)}\n"
        f"Install them once as root, for example on Debian or Ubuntu:\n"
        f"    apt-get update && apt-get install --no-install-recommends {' '.join(names)}\n"
        "and start again."
    )
    apt = find_program("apt-get")
    root = root_prefix()
    if apt is None:
        raise Trouble("There is no apt on this machine. " + by_hand)
    if root is None:
        raise Trouble("Installing needs root (or sudo without a password). " + by_hand)
    environment = ["env", "DEBIAN_FRONTEND=noninteractive", "DEBIAN_PRIORITY=critical"]
    with step(f"Installing system packages: {' '.join(names)}"), _no_services(root):
        updated = _quiet([*root, *environment, apt, "update", "-q"])
        if updated.returncode != 0:
            say("apt-get update failed, trying with the lists that are there:")
            say(tail(updated.stdout))
        result = _quiet(
            [
                *root,
                *environment,
                apt,
                "install",
                "-y",
                "-q",
                "-o",
                "DPkg::Lock::Timeout=300",
                "--no-install-recommends",
                *names,
            ]
        )
    if result.returncode != 0:
        raise Trouble(f"apt-get failed:\n{tail(result.stdout)}\n{by_hand}")


def _quiet(command: list[str]) -> subprocess.CompletedProcess[str]:
    """Run apt to its end, also when a stop is asked meanwhile: half-installed packages are worse."""
    process = subprocess.Popen(
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
        start_new_session=True,
    )
    try:
        output, _ = process.communicate()
    except BaseException:
        say("Waiting for apt to finish what it began ...")
        process.communicate()
        raise
    return subprocess.CompletedProcess(command, process.returncode, output)


@contextmanager
def _no_services(root: list[str]) -> Iterator[None]:
    """For the time of one apt run: no package starts a service, PostgreSQL makes no cluster.

    Files an administrator put there are left as they are.
    """
    written: list[Path] = []
    try:
        if not POLICY_FILE.exists() or _is_ours(POLICY_FILE):
            _write_as_root(root, POLICY_FILE, "#!/bin/sh\n" + OURS + "exit 101\n", "0755")
            written.append(POLICY_FILE)
        _write_as_root(root, CLUSTER_FILE, OURS + "create_main_cluster = false\n", "0644")
        written.append(CLUSTER_FILE)
        yield
    finally:
        for file in written:
            subprocess.run([*root, "rm", "-f", str(file)], check=False)


def _is_ours(file: Path) -> bool:
    try:
        return OURS in file.read_text()
    except OSError:
        return False


def _write_as_root(root: list[str], file: Path, text: str, mode: str) -> None:
    subprocess.run([*root, "mkdir", "-p", str(file.parent)], check=True)
    subprocess.run([*root, "tee", str(file)], input=text, text=True, check=True, stdout=subprocess.DEVNULL)
    subprocess.run([*root, "chmod", mode, str(file)], check=True, stdout=sys.stderr)
