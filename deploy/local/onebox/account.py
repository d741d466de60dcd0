"""Under which account services run.

PostgreSQL refuses to run as root, and nothing that reads files from outside should. When the
stack is started by root, services run as the system user `kenes-hub`. That user cannot enter a
checkout in a private (0700) folder, so it is given the capability to read past folder
permissions, where the kernel allows it.
"""

from __future__ import annotations

import hashlib
import os
import pwd
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

from onebox.paths import PROJECT, VENV_PYTHON, RunFolder
from onebox.progress import Trouble, say
from onebox.system_packages import find_program

USER = "kenes-hub"
OFFICE_USER = "kenes-hub-office"
READ_PAST_PERMISSIONS = ["--inh-caps", "+dac_read_search", "--ambient-caps", "+dac_read_search"]


@dataclass(frozen=True)
class Account:
    """How to start a service, and where a service that must not be root keeps its data.

    `open_folder` is the run folder, or one outside where the account may not enter it plainly.
    """

    prefix: tuple[str, ...]
    uid: int
    gid: int
    database_prefix: tuple[str, ...]
    database_folder: Path
    open_folder: Path

    def own(self, folder: Path, *, private: bool = True) -> Path:
        """Make a folder that services may write."""
        folder.mkdir(parents=True, exist_ok=True)
        _give(folder, self.uid, self.gid, 0o700 if private else 0o755)
        return folder


def choose(run: RunFolder) -> Account:
    """The account for services of this stack. Raises Trouble when PostgreSQL could not run."""
    if os.geteuid() != 0:
        return Account((), os.geteuid(), os.getegid(), (), run.path / "postgres", run.path)
    user = _service_user()
    plain = _setpriv(user, [])
    ids = (user.pw_uid, user.pw_gid)
    if _can_work(plain, run):
        return Account(plain, *ids, plain, run.path / "postgres", run.path)
    outside = outside_folder(run)
    outside.mkdir(parents=True, exist_ok=True)
    outside.parent.chmod(0o755)
    _give(outside, *ids, 0o700)
    capable = _setpriv(user, READ_PAST_PERMISSIONS)
    if _can_work(capable, run):
        return Account(capable, *ids, capable, run.path / "postgres", outside)
    # Containers may forbid the capability: then only the database leaves root, with its data outside.
    say("Services run as root, because the user kenes-hub may not enter this folder.")
    return Account((), 0, 0, plain, outside / "postgres", run.path)


def office_account(run: RunFolder, account: Account) -> Account:
    """The account of programs that open files of strangers: started by root a user of its own, who reads nothing of ours."""
    if os.geteuid() != 0:
        return account
    user = _service_user(OFFICE_USER)
    ids = (user.pw_uid, user.pw_gid)
    folder = _office_folder(run)
    folder.mkdir(parents=True, exist_ok=True)
    folder.parent.chmod(0o755)
    _give(folder, *ids, 0o700)
    plain = _setpriv(user, ["--no-new-privs"])
    return Account(plain, *ids, account.database_prefix, account.database_folder, folder)


def remove_outside(run: RunFolder) -> None:
    """Delete what a run folder has outside of it."""
    shutil.rmtree(outside_folder(run), ignore_errors=True)
    shutil.rmtree(_office_folder(run), ignore_errors=True)


def _office_folder(run: RunFolder) -> Path:
    outside = outside_folder(run)
    return outside.with_name(f"{outside.name}-office")


def outside_folder(run: RunFolder) -> Path:
    """A folder for what cannot work inside a private run folder, one for each run folder."""
    key = hashlib.sha256(str(run.path).encode()).hexdigest()[:16]
    return Path("/var/lib/kenes-hub") / key


def database_owner(account: Account) -> tuple[int, int]:
    """User and group of the database's data folder."""
    if not account.database_prefix:
        return account.uid, account.gid
    user = pwd.getpwnam(USER)
    return user.pw_uid, user.pw_gid


def _service_user(name: str = USER) -> pwd.struct_passwd:
    try:
        return pwd.getpwnam(name)
    except KeyError:
        pass
    useradd = find_program("useradd")
    command = [str(useradd), "--system", "--no-create-home", "--user-group"]
    command += ["--home-dir", "/nonexistent", "--shell", "/usr/sbin/nologin", name]
    if useradd is None or subprocess.run(command, check=False).returncode not in (0, 9):
        raise Trouble(f"Could not make the system user {name}, which services run as.")
    return pwd.getpwnam(name)


def _setpriv(user: pwd.struct_passwd, capabilities: list[str]) -> tuple[str, ...]:
    setpriv = shutil.which("setpriv") or "/usr/bin/setpriv"
    identity = ["--reuid", str(user.pw_uid), "--regid", str(user.pw_gid), "--clear-groups"]
    return (setpriv, *identity, *capabilities, "--")


def _can_work(prefix: tuple[str, ...], run: RunFolder) -> bool:
    """Whether that account can read the checkout, run its Python and Node, and enter the run folder."""
    # Real opening, not `test -r`: access(2) leaves capabilities out of account.
    checks = [
        # By `env`, for a Python that starts another: what setpriv starts itself passes where its children do not.
        ["env", str(VENV_PYTHON), "-c", "import encodings"],
        ["cat", str(PROJECT / "Makefile")],
        ["env", "-C", str(run.path), "true"],
    ]
    node = shutil.which("node")
    if node:
        checks.append([node, "--version"])
    return all(
        subprocess.run([*prefix, *check], capture_output=True, cwd="/", check=False).returncode == 0
        for check in checks
    )


def _give(folder: Path, uid: int, gid: int, mode: int) -> None:
    status = folder.stat()
    if (status.st_uid, status.st_gid) != (uid, gid):
        for inner, folders, files in os.walk(folder):
            for name in [*folders, *files]:
                os.chown(Path(inner) / name, uid, gid, follow_symlinks=False)
        os.chown(folder, uid, gid)
    folder.chmod(mode)
