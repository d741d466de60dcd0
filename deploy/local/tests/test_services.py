"""`stack.py services`: a command beside private services, and nothing left afterwards."""

import os
import signal
import subprocess
from pathlib import Path

import pytest
from processes import PROJECT, STACK, marked, start, wait_until

PING = (
    "import os, sys; sys.path.insert(0, 'deploy/local'); from onebox.ports import answers;"
    "from urllib.parse import urlparse; print(answers(urlparse(os.environ['REDIS_URL']).port))"
)


def test_the_command_gets_the_services_and_its_exit_code_is_kept() -> None:
    script = f'{STACK[0]} -c "{PING}"; exit 7'
    result = subprocess.run(
        [*STACK, "services", "--with", "redis", "--", "sh", "-c", script],
        cwd=PROJECT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert result.stdout.strip() == "True", result.stderr
    assert result.returncode == 7


def test_stdout_holds_the_commands_output_alone() -> None:
    result = subprocess.run(
        [*STACK, "services", "--with", "postgres", "--", "echo", "names 40/40"],
        cwd=PROJECT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert result.stdout == "names 40/40\n", result.stderr


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_signal_ends_services_and_command_also_where_int_was_ignored(
    tmp_path: Path, number: signal.Signals
) -> None:
    environment = {"TMPDIR": str(tmp_path)}
    command = [*STACK, "services", "--with", "redis,clamd", "--", "sh", "-c", "echo up; sleep 600"]
    process = start(command, tmp_path / "log", ignore_interrupt=True, environment=environment)
    wait_until(lambda: "up" in (tmp_path / "log.out").read_text(), 60, "the command to start")
    assert marked(tmp_path)
    os.kill(process.pid, number)
    process.wait(timeout=30)
    assert marked(tmp_path) == []
    assert list(tmp_path.glob("kenes-hub-*")) == []


def test_a_killed_front_process_leaves_no_orphans(tmp_path: Path) -> None:
    command = [*STACK, "services", "--with", "postgres,redis", "--", "sh", "-c", "echo up; sleep 5"]
    process = start(command, tmp_path / "log", environment={"TMPDIR": str(tmp_path)})
    wait_until(lambda: "up" in (tmp_path / "log.out").read_text(), 60, "the command to start")
    process.kill()
    process.wait()
    wait_until(lambda: marked(tmp_path) == [], 40, "everything to end by itself")
