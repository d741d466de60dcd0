"""The document converters: warm LibreOffice, each with a profile of its own and as few rights as a service can have.

LibreOffice opens files that people sent. Started by root it runs as a user of its own, who owns nothing but the profile and
cannot read the product's files; whoever starts it, it follows no link out of a document, runs no macro, may use so much
memory and no more, and ends after a number of files, so that what it leaks is given back.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Mapping
from pathlib import Path

from onebox.account import Account, office_account
from onebox.paths import UNOSERVER, RunFolder
from onebox.program import Program
from onebox.system_packages import SYSTEM_PYTHON, find_program

# A conversion takes a quarter of a second; one that takes this long never ends.
CONVERSION_SECONDS = 20
# An idle LibreOffice has 100 MB, one with a letter of 300 rows 180 MB.
MEMORY_BYTES = 1024 * 1024 * 1024
# Different, so that two instances do not end at the same moment: one needs seven seconds to come back.
FILES_BEFORE_RESTART = {1: 400, 2: 470}

_NOWHERE = ("127.0.0.1", 9)
_PROFILE = {
    "Office.Common/Security/Scripting": {
        "BlockUntrustedRefererLinks": "true",
        "DisableMacrosExecution": "true",
        "MacroSecurityLevel": "3",
    },
    # 2 is «never».
    "Office.Writer/Content/Update": {"Link": "2"},
    "Office.Calc/Content/Update": {"Link": "2"},
    # Whatever still asks for an address asks a proxy that is not there.
    "Inet/Settings": {
        "ooInetProxyType": "2",
        "ooInetHTTPProxyName": _NOWHERE[0],
        "ooInetHTTPProxyPort": str(_NOWHERE[1]),
        "ooInetHTTPSProxyName": _NOWHERE[0],
        "ooInetHTTPSProxyPort": str(_NOWHERE[1]),
    },
}


def converter(
    run: RunFolder, account: Account, number: int, ports: tuple[int, int], environment: Mapping[str, str]
) -> Program:
    """One LibreOffice behind unoserver; `ports` are XML-RPC and UNO."""
    account = office_account(run, account)
    folder = account.own(_fresh(account.open_folder / f"converter-{number}"))
    temporary = account.own(folder / "tmp")
    # Copied, because the user of its own may not enter a private checkout.
    program = account.own(folder / "program")
    shutil.copytree(UNOSERVER, program, dirs_exist_ok=True)
    _write_profile(account.own(folder / "profile" / "user"), account)
    account.own(folder / "profile")
    limits = [str(find_program("prlimit")), f"--data={MEMORY_BYTES}", "--core=0"]
    return Program(
        name=f"converter_{number}",
        group="backing",
        command=[*limits, SYSTEM_PYTHON, "-m", "unoserver.server", "--interface", "127.0.0.1"]
        + ["--port", str(ports[0]), "--uno-port", str(ports[1])]
        + ["--user-installation", str(folder / "profile")]
        + ["--conversion-timeout", str(CONVERSION_SECONDS)]
        + ["--stop-after", str(FILES_BEFORE_RESTART[number])],
        folder=folder,
        environment={
            **environment,
            "PYTHONPATH": str(program),
            "HOME": str(folder),
            "TMPDIR": str(temporary),
        },
        prefix=account.prefix,
        port=ports[0],
    )


def _fresh(folder: Path) -> Path:
    """Nothing an earlier LibreOffice left is believed: no changed settings, no link to somewhere else."""
    if folder.is_symlink():
        folder.unlink()
    elif folder.exists():
        shutil.rmtree(folder)
    return folder


def _write_profile(folder: Path, account: Account) -> None:
    items = "".join(
        f'<item oor:path="/org.openoffice.{path}"><prop oor:name="{name}" oor:op="fuse"><value>{value}</value>'
        "</prop></item>\n"
        for path, values in _PROFILE.items()
        for name, value in values.items()
    )
    file = folder / "registrymodifications.xcu"
    file.write_text(
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema"'
        f' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">\n{items}</oor:items>\n'
    )
    os.chown(file, account.uid, account.gid)
