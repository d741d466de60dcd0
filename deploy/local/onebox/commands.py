"""The commands: install, run, services, with-stack."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from onebox import (
    account,
    catalogues,
    environment,
    node_packages,
    python_packages,
    secret_store,
    system_packages,
)
from onebox.environment import Choices, overrides_of_caller
from onebox.paths import BACKEND, MANAGE, VENV_PYTHON, RunFolder
from onebox.progress import Trouble, say, step
from onebox.signals import Signals, Stop
from onebox.stack import SERVICES, Stack, start_backing, watch
from onebox.stamps import digest, is_fresh, only_one, write_stamp

READY_SECONDS = 120
DEMO_CASES = 300


def install(*, with_tests: bool, with_web: bool = True) -> Path | None:
    """Install everything that is missing; returns the front end build when asked for the web.

    Raises Trouble that names what is missing and how to get it.
    """
    with only_one("install"):
        system_packages.ensure(with_tests=with_tests)
        python_packages.ensure(with_tests=with_tests)
        python_packages.compile_sources()
        catalogues.ensure()
        if not with_web:
            return None
        node_packages.ensure_packages()
        return node_packages.ensure_build()


def install_web_packages() -> None:
    """The front end's packages without a build."""
    with only_one("install"):
        node_packages.ensure_packages()


def run(signals: Signals) -> int:
    """`make run`: everything in the foreground until INT, TERM or HUP."""
    build = install(with_tests=False)
    assert build is not None
    stack = Stack(RunFolder.from_environment(), Choices(overrides_of_caller(), scratch=False))
    try:
        started = time.monotonic()
        bring_up(
            stack, build, demo_cases=DEMO_CASES if environment.is_demo(stack.choices.overrides) else None
        )
        say(f"Started in {time.monotonic() - started:.1f} s; logs are in {stack.run.logs}")
        if environment.is_demo(stack.settings):
            print(stack.manage("demo_logins", capture=True).rstrip(), flush=True)
        print(f"Kenes Hub: {stack.settings['PUBLIC_URL']}", flush=True)
        signals.quietly()
        return watch(stack, signals.stop_asked)
    finally:
        signals.quietly()
        say("Stopping ...")
        stack.close()
        say("Stopped.")


def bring_up(stack: Stack, build: Path, *, demo_cases: int | None) -> None:
    """Start the whole stack, bring the data up to date, wait until it says it is ready."""
    stack.open()
    stack.add_services(SERVICES)
    stack.add_application(build)
    start_backing(stack)
    stack.wait_for(["postgres", "redis", "sandbox"])
    prepare_data(stack, demo_cases=demo_cases)
    stack.start_group("app")
    stack.wait_for(["api", "sockets", "web"], seconds=READY_SECONDS)
    stack.start_group("edge")
    stack.wait_for()
    _wait_until_ready(stack)


def prepare_data(stack: Stack, *, demo_cases: int | None) -> None:
    """Migrate and load reference data when the code changed; demo data once in the life of a run folder."""
    stamp = stack.run.path / "prepared"
    wanted = _data_version(stack)
    if not is_fresh(stamp, wanted):
        with step("Preparing the database"):
            stack.manage("migrate", "--no-input")
            stack.manage("load_reference_data")
            stack.manage("rebuild_search")
            stack.manage("collectstatic", "--no-input", "--clear")
        write_stamp(stamp, wanted)
    mark = stack.run.path / "demo-data-loaded"
    if demo_cases is not None and not mark.exists():
        with step("Loading demo data"):
            stack.manage("load_demo_data", "--cases", str(demo_cases))
        mark.write_text("")


def _data_version(stack: Stack) -> str:
    """What migrations and reference data depend on: the backend's files and the database they went to."""
    files = (
        file
        for file in BACKEND.rglob("*")
        if file.is_file() and not {"__pycache__", "tests"} & set(file.parts) and file.suffix != ".mo"
    )
    cluster = stack.account.database_folder / "data" / "kenes_ready"
    made = str(cluster.stat().st_mtime_ns) if cluster.exists() else ""
    return digest(files, stack.settings["DATABASE_URL"], made, "with static files")


def _wait_until_ready(stack: Stack) -> None:
    """Wait for /health/ready through nginx. Raises Trouble with its last answer."""
    address = f"http://127.0.0.1:{stack.ports['public']}/health/ready"
    deadline = time.monotonic() + READY_SECONDS
    while True:
        answer = _fetch(address)
        if answer is None:
            return
        if time.monotonic() > deadline or not stack.supervisor.alive():
            states = stack.supervisor.states()
            broken = [name for name, state in states.items() if state != "RUNNING"]
            raise Trouble(f"Not ready: {answer}\n{stack.explain(broken)}\nLogs: {stack.run.logs}")
        time.sleep(0.25)


def _fetch(address: str) -> str | None:
    """None when the address answers 200, else what it said."""
    try:
        with urllib.request.urlopen(address, timeout=10) as response:
            return None if response.status == 200 else str(response.status)
    except urllib.error.HTTPError as problem:
        return f"{problem.code} {problem.read(2000).decode(errors='replace')}"
    except OSError as problem:
        return str(problem)


@contextmanager
def scratch_folder() -> Iterator[RunFolder]:
    """A run folder for one use; kept with its logs when KEEP_SCRATCH is set."""
    path = Path(tempfile.mkdtemp(prefix="kenes-hub-"))
    try:
        yield RunFolder(path)
    finally:
        if os.environ.get("KEEP_SCRATCH"):
            say(f"Kept: {path}")
        else:
            shutil.rmtree(path, ignore_errors=True)
            account.remove_outside(RunFolder(path))


def services(
    signals: Signals,
    names: Sequence[str],
    command: Sequence[str],
    *,
    prepare: bool,
    with_tests: bool = False,
) -> int:
    """Run a command beside fresh private services, with the settings to reach them in its environment."""
    install(with_tests=with_tests, with_web=False)
    with scratch_folder() as folder:
        stack = Stack(folder, Choices({}, scratch=True))
        try:
            stack.open()
            stack.add_services(names)
            start_backing(stack)
            stack.wait_for()
            if prepare:
                prepare_data(stack, demo_cases=None)
            return _run_command(signals, command, stack)
        finally:
            signals.quietly()
            stack.close()


def with_stack(signals: Signals, command: Sequence[str], *, demo_cases: int | None) -> int:
    """Run a command beside a fresh whole stack of its own; KENES_URL tells it the address."""
    build = install(with_tests=True)
    assert build is not None
    with scratch_folder() as folder:
        overrides = {"ADDRESS_LIMITS_FACTOR": "1000"}
        stack = Stack(folder, Choices(overrides, scratch=True))
        try:
            with step("Starting a stack for this run"):
                bring_up(stack, build, demo_cases=demo_cases)
            return _run_command(signals, command, stack)
        finally:
            signals.quietly()
            stack.close()


def manage(arguments: Sequence[str]) -> int:
    """A management command with the settings of the run folder, as the services' account."""
    folder = RunFolder.from_environment()
    if not folder.ports_file.exists():
        raise Trouble(f"No stack was started in {folder.path} yet. Start it with: make run")
    settings = environment.product(
        folder,
        json.loads(folder.ports_file.read_text()),
        secret_store.load(folder.secrets_file),
        Choices(overrides_of_caller(), scratch=False),
    )
    command = [*account.choose(folder).prefix, str(VENV_PYTHON), str(MANAGE), *arguments]
    return subprocess.run(command, env=settings, check=False).returncode


def _run_command(signals: Signals, command: Sequence[str], stack: Stack) -> int:
    """Run the command in its own process group; pass a stop on to it."""
    settings = {**os.environ, **stack.settings}
    # The command is not a service: it keeps the caller's PATH, HOME and temporary folder.
    for name in ("PATH", "HOME", "TMPDIR", "LANG"):
        if name in os.environ:
            settings[name] = os.environ[name]
        elif name in ("HOME", "TMPDIR"):
            settings.pop(name, None)
    settings["KENES_URL"] = stack.settings["PUBLIC_URL"]
    settings["KENES_PORTS"] = json.dumps(stack.ports)
    process = subprocess.Popen(command, env=settings, start_new_session=True)
    try:
        while process.poll() is None:
            if signals.stop_asked():
                raise Stop
            time.sleep(0.05)
    except Stop:
        signals.quietly()
        end_group(process)
        return 130
    return process.returncode


def end_group(process: subprocess.Popen[bytes], *, patience: float = 10) -> None:
    """Ask a command and its children to end; kill them after `patience` seconds."""
    for number, seconds in ((signal.SIGTERM, patience), (signal.SIGKILL, 5.0)):
        try:
            os.killpg(process.pid, number)
            process.wait(timeout=seconds)
        except (ProcessLookupError, subprocess.TimeoutExpired):
            continue
        return
