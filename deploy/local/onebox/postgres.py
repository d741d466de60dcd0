"""A private PostgreSQL cluster: own data folder, loopback only, password logins only."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path

from onebox.account import Account, database_owner
from onebox.program import Program
from onebox.progress import Trouble, step, tail
from onebox.system_packages import postgres_folders

NAME = "kenes"
SCRATCH_SETTINGS = ("fsync=off", "synchronous_commit=off", "full_page_writes=off")


def prepare(account: Account, secrets: Mapping[str, str]) -> None:
    """Make the cluster with the owner role and the product's own, less powerful role, once.

    The product's role may create databases (tests need it) and owns its own, nothing more.
    """
    folder = account.database_folder
    data = folder / "data"
    if (data / "kenes_ready").exists():
        _remove_stale_lock(data)
        return
    # Without the mark the first start was interrupted: nothing of value can be in there.
    shutil.rmtree(data, ignore_errors=True)
    uid, gid = database_owner(account)
    folder.mkdir(parents=True, exist_ok=True)
    os.chown(folder, uid, gid)
    folder.chmod(0o700)
    password_file = folder / "owner-password"
    _private_file(password_file, secrets["POSTGRES_OWNER_PASSWORD"] + "\n", uid, gid)
    version, programs = postgres_folders()[0]
    with step(f"Making a private PostgreSQL {version} cluster"):
        _run(
            account,
            [str(programs / "initdb"), "-D", str(data), "-U", "postgres", "--encoding=UTF8"]
            + ["--locale=C.UTF-8", "--auth=scram-sha-256", f"--pwfile={password_file}"],
        )
        password_file.unlink()
        words = (
            f"CREATE ROLE {NAME} LOGIN CREATEDB PASSWORD '{secrets['POSTGRES_PASSWORD']}';\n"
            f"CREATE DATABASE {NAME} OWNER {NAME};\n"
        )
        _run(account, [str(programs / "postgres"), "--single", "-D", str(data), "postgres"], words)
        _private_file(data / "kenes_ready", f"{version}\n", uid, gid)


def program(account: Account, port: int, environment: Mapping[str, str], *, scratch: bool) -> Program:
    """The server. A scratch cluster gives up crash safety for speed."""
    data = account.database_folder / "data"
    version = int((data / "PG_VERSION").read_text())
    folders = dict(postgres_folders())
    if version not in folders:
        raise Trouble(f"The data in {data} is of PostgreSQL {version}: install postgresql-{version}.")
    settings = [
        "listen_addresses=127.0.0.1",
        f"port={port}",
        "unix_socket_directories=",
        "max_connections=200",
        "shared_buffers=128MB",
        "logging_collector=off",
        "log_line_prefix=%m [%p] ",
        *(SCRATCH_SETTINGS if scratch else ()),
    ]
    options = [word for setting in settings for word in ("-c", setting)]
    return Program(
        name="postgres",
        group="backing",
        command=[str(folders[version] / "postgres"), "-D", str(data), *options],
        folder=Path("/"),
        environment=environment,
        prefix=account.database_prefix,
        port=port,
        # INT is PostgreSQL's "fast" stop: it does not wait for clients to leave.
        stop_signal="INT",
        stop_seconds=30,
    )


def _remove_stale_lock(data: Path) -> None:
    """Remove a lock file that a kill -9 left, unless that server still works on this folder."""
    lock = data / "postmaster.pid"
    try:
        pid = int(lock.read_text().split("\n", 1)[0])
    except (OSError, ValueError):
        return
    try:
        if Path(f"/proc/{pid}/cwd").readlink() == data:
            raise Trouble(f"A PostgreSQL server (process {pid}) still works on {data}; stop it first.")
    except OSError:
        pass
    lock.unlink(missing_ok=True)


def _private_file(file: Path, text: str, uid: int, gid: int) -> None:
    file.unlink(missing_ok=True)
    with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as stream:
        os.fchown(stream.fileno(), uid, gid)
        stream.write(text)


def _run(account: Account, command: list[str], words: str | None = None) -> None:
    result = subprocess.run(
        [*account.database_prefix, *command],
        input=words,
        cwd="/",
        stdin=subprocess.DEVNULL if words is None else None,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        env={"PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8", "TZ": "UTC"},
        check=False,
    )
    if result.returncode != 0 or "ERROR:" in result.stdout:
        raise Trouble(f"{Path(command[0]).name} failed:\n{tail(result.stdout)}")
