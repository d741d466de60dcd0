"""Both applications, each on its own database of the same PostgreSQL, under gunicorn with two workers."""

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlparse

import httpx
import psycopg

ROOT: Final = Path(__file__).resolve().parents[2]
HERE: Final = Path(__file__).resolve().parent
PEER: Final = HERE / "helpdesk"
# What the peer needs beside itself is not declared by it.
PACKAGES: Final = (
    "django-helpdesk==2.6.1", "gunicorn==27.0.1", "psycopg[binary]==3.3.9", "django-bootstrap4-form==4.0.2",
    "packaging==26.4", "setuptools<81",
)  # fmt: skip
# Of both sides, as the product starts its API.
WORKERS, THREADS = 2, 4


def scratch() -> Path:
    """A folder of the checkout that is kept between runs and not by the repository."""
    place = ROOT / ".build" / "bench-b1"
    place.mkdir(parents=True, exist_ok=True)
    return place


def install() -> Path:
    """The peer in an environment of its own; its Python."""
    home = scratch() / "helpdesk-env"
    python = home / "bin" / "python"
    if not (home / "bin" / "gunicorn").exists():
        subprocess.run([sys.executable, "-m", "venv", str(home)], check=True)
        subprocess.run([str(python), "-m", "pip", "install", "-q", *PACKAGES], check=True)
    return python


def versions(python: Path) -> dict[str, str]:
    """Of what is compared."""
    listed = subprocess.run(
        [str(python), "-m", "pip", "list", "--format", "json"], check=True, capture_output=True, text=True
    )
    wanted = {"django-helpdesk", "Django", "django", "gunicorn", "psycopg"}
    return {row["name"]: row["version"] for row in json.loads(listed.stdout) if row["name"] in wanted}


def database(url: str, name: str) -> str:
    """The address of another database on the same server, which is made when it is missing."""
    with psycopg.connect(url, autocommit=True) as connection:
        known = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone()
        if not known:
            connection.execute(f'CREATE DATABASE "{name}"')
    return urlparse(url)._replace(path=f"/{name}").geturl()


def drop(url: str, *names: str) -> None:
    """Remove what the run has made."""
    with psycopg.connect(url, autocommit=True) as connection:
        for name in names:
            connection.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


def ours(url: str) -> dict[str, str]:
    """Environment of our side."""
    return {
        **os.environ,
        "DATABASE_URL": url,
        "PYTHONPATH": str(ROOT / "backend"),
        "ADDRESS_LIMITS_FACTOR": "1000000",
        # As the processes of the API run.
        "DB_POOL": "true",
    }


def theirs(url: str) -> dict[str, str]:
    """Environment of the peer, without anything of ours."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    return {**kept, "PEER_DATABASE_URL": url, "DJANGO_SETTINGS_MODULE": "settings", "PYTHONPATH": str(PEER)}


def run_json(command: list[str], environment: dict[str, str], where: Path) -> Any:
    """What a program prints, as JSON; its complaints go to ours."""
    done = subprocess.run(command, env=environment, cwd=where, check=True, stdout=subprocess.PIPE, text=True)
    return json.loads(done.stdout)


@dataclass(frozen=True, slots=True)
class Server:
    """Where an application answers, and its first process."""

    base: str
    pid: int


@contextmanager
def server(
    python: Path, app: str, environment: dict[str, str], where: Path, port: int, probe: str
) -> Iterator[Server]:
    """An application under gunicorn until the block ends."""
    command = [
        str(python), "-m", "gunicorn", app, "--workers", str(WORKERS), "--worker-class", "gthread",
        "--threads", str(THREADS), "--bind", f"127.0.0.1:{port}", "--timeout", "300", "--no-control-socket",
    ]  # fmt: skip
    process = subprocess.Popen(
        command, env=environment, cwd=where, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    base = f"http://127.0.0.1:{port}"
    try:
        for _attempt in range(300):
            try:
                if httpx.get(base + probe, trust_env=False, timeout=5).status_code < 500:
                    break
            except httpx.TransportError:
                time.sleep(0.2)
        else:
            raise RuntimeError(f"{app} does not answer")
        yield Server(base, process.pid)
    finally:
        process.terminate()
        process.wait(30)
