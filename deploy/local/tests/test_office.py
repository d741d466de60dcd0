"""LibreOffice has few rights, so much memory, and settings that no document has changed."""

import os
import subprocess
from pathlib import Path

import pytest
from processes import PROJECT, STACK

from onebox import office
from onebox.account import Account
from onebox.paths import RunFolder

# Looks at the LibreOffice beside it: its user, what it may do, its limit of memory.
LOOK = """
import os
port = os.environ["CONVERTER_URLS"].rpartition(":")[2]
for entry in os.listdir("/proc"):
    try:
        words = open(f"/proc/{entry}/cmdline").read().split(chr(0))
        if "unoserver.server" in words and words[words.index("--port") + 1] == port:
            status = dict(line.split(":", 1) for line in open(f"/proc/{entry}/status") if ":" in line)
            limits = open(f"/proc/{entry}/limits").read()
            folder = words[words.index("--user-installation") + 1]
            print(status["Uid"].split()[0], int(status["CapEff"].strip(), 16), status["NoNewPrivs"].strip())
            print(next(line for line in limits.splitlines() if line.startswith("Max data size")).split()[3])
            print(folder)
    except (OSError, ValueError):
        pass
"""


@pytest.fixture
def account(tmp_path: Path) -> Account:
    return Account((), os.geteuid(), os.getegid(), (), tmp_path / "postgres", tmp_path)


def test_what_an_earlier_libreoffice_left_is_not_believed(
    account: Account, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(office, "office_account", lambda _run, same: same)
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (tmp_path / "converter-1").symlink_to(elsewhere)
    (tmp_path / "converter-2" / "profile" / "user").mkdir(parents=True)
    (tmp_path / "converter-2" / "profile" / "user" / "planted.xcu").write_text("links on")
    for number in (1, 2):
        office.converter(RunFolder(tmp_path), account, number, (1, 2), {})
        user = tmp_path / f"converter-{number}" / "profile" / "user"
        assert [one.name for one in user.iterdir()] == ["registrymodifications.xcu"]
        assert '"Link" oor:op="fuse"><value>2<' in (user / "registrymodifications.xcu").read_text()
    assert list(elsewhere.iterdir()) == []


def test_a_running_libreoffice_may_do_little(tmp_path: Path) -> None:
    script = tmp_path / "look.py"
    script.write_text(LOOK)
    result = subprocess.run(
        [*STACK, "services", "--with", "converter", "--", "python3", str(script)],
        cwd=PROJECT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert result.returncode == 0, result.stderr
    rights, memory, folder = result.stdout.splitlines()
    assert memory == str(office.MEMORY_BYTES)
    if os.geteuid() == 0:
        user, capabilities, no_new = rights.split()
        assert user != "0" and capabilities == "0" and no_new == "1"
    assert not Path(folder).exists(), "the profile is gone with its services"
