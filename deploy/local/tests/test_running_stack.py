"""`make run` as a person uses it: address, crash, second start, stop."""

import json
import os
import re
import signal
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from processes import marked, start, wait_until

from onebox import application, ports, secret_store
from onebox.account import Account
from onebox.paths import RunFolder
from onebox.system_packages import find_program

# Generous: the machine may be busy with other tests. `make run` itself is measured when it is alone.
FIRST_START_SECONDS = 600
LATER_START_SECONDS = 240
ADDRESS = re.compile(r"https?://\S+")


class Running:
    """A `make run` in a folder of its own."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._starts = 0

    def start(self, seconds: float, *, ignore_interrupt: bool = False) -> float:
        """Start and wait for the address; returns how many seconds it took."""
        self._starts += 1
        self.log = self.folder.parent / f"start-{self._starts}.log"
        environment = {"RUN_DIR": str(self.folder)}
        began = time.monotonic()
        self.process = start(
            ["make", "run"], self.log, ignore_interrupt=ignore_interrupt, environment=environment
        )
        wait_until(lambda: self._is_up(), seconds, f"the address; see {self.log.with_suffix('.err')}")
        return time.monotonic() - began

    def _is_up(self) -> bool:
        assert self.process.poll() is None, self.log.with_suffix(".err").read_text()[-3000:]
        return "Kenes Hub: " in self.stdout

    @property
    def stdout(self) -> str:
        return self.log.with_suffix(".out").read_text()

    @property
    def address(self) -> str:
        return self.stdout.strip().splitlines()[-1].removeprefix("Kenes Hub: ")

    def get(self, path: str) -> int:
        with urllib.request.urlopen(self.address + path, timeout=20) as response:
            return int(response.status)

    def sql(self, words: str) -> str:
        chosen = json.loads((self.folder / "ports.json").read_text())
        secrets = secret_store.load(self.folder / "secrets.env")
        command = [str(find_program("psql")), "-h", "127.0.0.1", "-p", str(chosen["postgres"])]
        result = subprocess.run(
            [*command, "-U", "kenes", "-At", "-c", words, "kenes"],
            env={"PATH": os.environ["PATH"], "PGPASSWORD": secrets["POSTGRES_PASSWORD"]},
            capture_output=True,
            text=True,
            check=True,
        )
        return result.stdout.strip()

    def stop_by(self, number: signal.Signals, *, group: bool) -> None:
        if group:
            os.killpg(self.process.pid, number)
        else:
            os.kill(self.process.pid, number)
        self.process.wait(timeout=90)

    def crash(self) -> None:
        """kill -9 of the supervisor, the front process and make, all at once."""
        supervisor = int((self.folder / "supervisord.pid").read_text())
        front = int((self.folder / "stack.lock").read_text())
        for pid in (supervisor, front, self.process.pid):
            os.kill(pid, signal.SIGKILL)
        self.process.wait()


@pytest.fixture
def stack(tmp_path: Path) -> Iterator[Running]:
    running = Running(tmp_path / "run folder")
    yield running
    if hasattr(running, "process") and running.process.poll() is None:
        running.stop_by(signal.SIGTERM, group=True)
    wait_until(lambda: marked(running.folder) == [], 60, "the stack to stop after the test")


def test_a_start_a_crash_a_second_start_and_a_stop(stack: Running) -> None:
    stack.start(FIRST_START_SECONDS, ignore_interrupt=True)
    assert re.fullmatch(r"http://localhost:\d+", stack.address)
    assert ADDRESS.findall(stack.stdout) == [stack.address]
    for path in ("/", "/health/ready", "/health/live", "/sandbox/", "/api/v1/session/", "/api/v1/schema/"):
        assert stack.get(path) == 200, path
    address = stack.address

    stack.sql("CREATE TABLE crash_probe (n int); INSERT INTO crash_probe VALUES (42)")
    people = stack.sql("SELECT count(*) FROM accounts_user")
    stack.crash()

    seconds = stack.start(LATER_START_SECONDS, ignore_interrupt=True)
    print(f"second start: {seconds:.1f} s")
    assert stack.address == address
    assert stack.sql("SELECT n FROM crash_probe") == "42"
    assert stack.sql("SELECT count(*) FROM accounts_user") == people
    assert int(people) > 0

    second = start(
        ["make", "run"], stack.folder.parent / "refused.log", environment={"RUN_DIR": str(stack.folder)}
    )
    assert second.wait(timeout=60) != 0
    assert "already running" in (stack.folder.parent / "refused.err").read_text()
    assert stack.get("/health/ready") == 200, "a refused start must not touch the running stack"

    stack.stop_by(signal.SIGINT, group=True)
    assert marked(stack.folder) == []


@pytest.mark.soak
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
@pytest.mark.parametrize("group", [True, False], ids=["group", "make-alone"])
def test_each_signal_leaves_no_process(stack: Running, number: signal.Signals, group: bool) -> None:
    stack.start(FIRST_START_SECONDS)
    stack.stop_by(number, group=group)
    wait_until(lambda: marked(stack.folder) == [], 30, "everything to end")


@pytest.mark.soak
def test_a_killed_supervisor_ends_the_start_and_nothing_is_left(stack: Running) -> None:
    stack.start(FIRST_START_SECONDS)
    os.kill(int((stack.folder / "supervisord.pid").read_text()), signal.SIGKILL)
    assert stack.process.wait(timeout=60) != 0
    assert marked(stack.folder) == []


@pytest.mark.soak
@pytest.mark.parametrize(
    "name", ["postgres", "redis", "worker", "api", "web", "nginx", "clamd", "converter_1"]
)
def test_a_killed_program_comes_back(stack: Running, name: str) -> None:
    stack.start(FIRST_START_SECONDS)
    log = (stack.folder / "logs" / "supervisord.log").read_text()
    pid = int(re.findall(rf"spawned: '{name}' with pid (\d+)", log)[-1])
    os.kill(pid, signal.SIGKILL)
    time.sleep(2)

    def ready() -> bool:
        try:
            return stack.get("/health/ready") == 200 and stack.get("/") == 200
        except OSError:
            return False

    wait_until(ready, 60, f"{name} to come back")


@pytest.fixture
def origin(tmp_path: Path) -> Iterator[str]:
    """nginx with the stack's configuration and nothing behind it."""
    chosen = ports.choose(tmp_path / "ports.json", friendly=False)
    run = RunFolder(tmp_path)
    run.config.mkdir()
    account = Account((), os.geteuid(), os.getegid(), (), tmp_path, tmp_path)
    program = application.nginx(run, account, chosen)
    process = subprocess.Popen([*program.command], env=dict(program.environment))
    wait_until(lambda: ports.answers(chosen["public"]), 10, "nginx")
    yield f"http://127.0.0.1:{chosen['public']}"
    process.terminate()
    process.wait(timeout=10)


@pytest.mark.parametrize(
    ("language", "words"), [("ru", "Часть сервиса"), ("kk-KZ,ru;q=0.5", "Сервистің"), ("en", "A part")]
)
def test_a_part_that_is_down_is_a_problem_in_the_callers_language(
    origin: str, language: str, words: str
) -> None:
    request = urllib.request.Request(origin + "/api/v1/session/", headers={"Accept-Language": language})
    with pytest.raises(urllib.error.HTTPError) as answer:
        urllib.request.urlopen(request, timeout=10)
    assert answer.value.code == 503
    assert answer.value.headers["Content-Type"] == "application/problem+json"
    assert answer.value.headers["Retry-After"] == "10"
    problem = json.load(answer.value)
    assert problem["code"] == "unavailable"
    assert problem["detail"].startswith(words)


def test_a_file_that_is_too_large_is_a_problem_too(origin: str) -> None:
    request = urllib.request.Request(
        origin + "/api/v1/verify/", data=b"", method="POST", headers={"Content-Length": str(27 * 1024 * 1024)}
    )
    with pytest.raises(urllib.error.HTTPError) as answer:
        urllib.request.urlopen(request, timeout=10)
    assert (answer.value.code, json.load(answer.value)["code"]) == (413, "too_large")
