"""Redis, clamd and the vendor sandbox."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Mapping
from pathlib import Path

from onebox.account import Account
from onebox.paths import PROJECT, VENV_PYTHON, RunFolder
from onebox.program import Program
from onebox.system_packages import find_program

# The harmless test file every virus scanner knows, in halves so that this file is not taken for it.
EICAR = rb"X5O!P%@AP[4\PZX54(P^)7CC)7}" + b"$EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"


def redis(
    run: RunFolder, account: Account, port: int, password: str, environment: Mapping[str, str]
) -> Program:
    """Redis with an append-only file, so that queued work survives a kill."""
    folder = account.own(run.path / "redis")
    config = run.config / "redis.conf"
    write(
        config,
        f"bind 127.0.0.1\nport {port}\ndaemonize no\nprotected-mode yes\nrequirepass {password}\n"
        f'dir "{folder}"\nappendonly yes\nappendfsync everysec\nsave ""\n'
        "maxmemory-policy noeviction\nset-proc-title no\n",
        account,
    )
    return Program(
        name="redis",
        group="backing",
        command=[str(find_program("redis-server")), str(config)],
        folder=folder,
        environment=environment,
        prefix=account.prefix,
        port=port,
    )


def clamd(run: RunFolder, account: Account, port: int, environment: Mapping[str, str]) -> Program:
    """clamd with a signature base that knows the EICAR test file only (production runs freshclam)."""
    folder = account.own(run.path / "clamav")
    database = account.own(folder / "database")
    digest = hashlib.md5(EICAR, usedforsecurity=False).hexdigest()
    (database / "kenes-demo.hdb").write_text(f"{digest}:{len(EICAR)}:Eicar-Test-Signature\n")
    (database / "kenes-demo.ndb").write_text(f"Eicar-Test-Signature:0:*:{EICAR.hex()}\n")
    config = run.config / "clamd.conf"
    write(
        config,
        f'Foreground yes\nTCPAddr 127.0.0.1\nTCPSocket {port}\nDatabaseDirectory "{database}"\n'
        f'TemporaryDirectory "{account.own(folder / "tmp")}"\nStreamMaxLength 30M\n'
        # Without these a file above a limit, or an encrypted one, is called clean.
        "AlertExceedsMax yes\nAlertEncrypted yes\nMaxFileSize 100M\nMaxScanSize 400M\n"
        "MaxThreads 4\nLogTime yes\nConcurrentDatabaseReload no\nSelfCheck 86400\n",
        account,
    )
    return Program(
        name="clamd",
        group="backing",
        command=[str(find_program("clamd")), f"--config-file={config}"],
        folder=folder,
        environment=environment,
        prefix=account.prefix,
        port=port,
    )


def sandbox(run: RunFolder, account: Account, environment: Mapping[str, str], port: int) -> Program:
    """The program that plays the outside services in demonstrations and tests.

    Before it answers, it has made the demonstration's certification authority with the anchors that the product trusts.
    """
    account.own(run.sandbox)
    account.own(run.esign)
    return Program(
        name="sandbox",
        group="backing",
        command=[str(VENV_PYTHON), "-m", "sandbox"],
        folder=PROJECT,
        environment=environment,
        prefix=account.prefix,
        port=port,
    )


def write(file: Path, text: str, account: Account) -> None:
    """Write a generated configuration that only the services may read."""
    file.unlink(missing_ok=True)
    with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as stream:
        os.fchown(stream.fileno(), account.uid, account.gid)
        stream.write(text)
