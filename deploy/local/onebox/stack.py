"""One stack in one run folder: prepare, start in order, wait, stop."""

from __future__ import annotations

import fcntl
import os
import subprocess
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TextIO

from onebox import account, application, backing, environment, office, ports, postgres, reclaim, secret_store
from onebox.environment import Choices
from onebox.paths import MANAGE, VENV_PYTHON, RunFolder
from onebox.program import GROUPS, Program
from onebox.progress import Trouble, say, tail
from onebox.supervisor import Supervisor, configuration

SERVICES = ("postgres", "redis", "clamd", "converter", "sandbox")
# The setting that, given by the caller, replaces an embedded service.
REPLACED_BY = {"postgres": "DATABASE_URL", "redis": "REDIS_URL", "clamd": "CLAMD_URL"}
REPLACED_BY |= {"converter": "CONVERTER_URLS"}
STOP_SECONDS = 75.0


class Stack:
    """Services of one run folder, under one supervisor. Use `open`, `start`, `close`."""

    def __init__(self, run: RunFolder, choices: Choices) -> None:
        self.run = run
        self.choices = choices
        self._lock: TextIO | None = None
        self._programs: list[Program] = []
        self._supervisor: Supervisor | None = None

    def open(self) -> None:
        """Take the run folder: lock it, end leftovers, read ports and secrets.

        Raises Trouble when another start of the same folder is alive.
        """
        self.run.path.mkdir(parents=True, exist_ok=True)
        self.run.path.chmod(0o711)
        self._take_lock()
        reclaim.end_leftovers(self.run)
        self.run.supervisor_pid_file.unlink(missing_ok=True)
        self.account = account.choose(self.run)
        self.run.config.mkdir(exist_ok=True)
        for folder in ("logs", "media", "seal", "tmp", "home", "static", "esign-lists"):
            self.account.own(self.run.path / folder)
        self.ports = ports.choose(self.run.ports_file, friendly=not self.choices.scratch)
        self.secrets = secret_store.load(self.run.secrets_file)
        self.settings = environment.product(self.run, self.ports, self.secrets, self.choices)

    def _take_lock(self) -> None:
        lock = self.run.lock_file.open("a+")
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            lock.seek(0)
            holder = lock.read().strip() or "unknown"
            lock.close()
            raise Trouble(
                f"This folder's stack is already running (process {holder}, {self.run.path}).\n"
                "Stop it first, or choose another folder: RUN_DIR=... make run"
            ) from None
        lock.truncate(0)
        lock.write(f"{os.getpid()}\n")
        lock.flush()
        self._lock = lock

    def add_services(self, names: Iterable[str]) -> None:
        """Add the embedded services, except those the caller replaces by real ones."""
        wanted = [name for name in SERVICES if name in set(names)]
        if not environment.is_demo(self.settings):
            wanted = [name for name in wanted if name != "sandbox"]
        for name in wanted:
            if not self.choices.external(REPLACED_BY.get(name, "-")):
                self._programs += self._service(name)

    def _service(self, name: str) -> list[Program]:
        plain = environment.base(self.run)
        run, who, port = self.run, self.account, self.ports
        match name:
            case "postgres":
                postgres.prepare(who, self.secrets)
                return [postgres.program(who, port["postgres"], plain, scratch=self.choices.scratch)]
            case "redis":
                return [backing.redis(run, who, port["redis"], self.secrets["REDIS_PASSWORD"], plain)]
            case "clamd":
                return [backing.clamd(run, who, port["clamd"], plain)]
            case "converter":
                pairs = [(n, (port[f"converter_{n}"], port[f"converter_{n}_uno"])) for n in (1, 2)]
                return [office.converter(run, who, n, pair, plain) for n, pair in pairs]
            case "sandbox":
                settings = environment.sandbox(run, port, self.settings)
                return [backing.sandbox(run, who, settings, port["sandbox_http"])]
        raise Trouble(f"There is no service {name}; there are: {', '.join(SERVICES)}")

    def add_application(self, build: Path) -> None:
        """Add the product's own programs and nginx."""
        self._programs += application.django_programs(self.run, self.account, self.ports, self.settings)
        self._programs.append(application.web(self.run, self.account, self.ports, self.settings, build))
        self._programs.append(application.nginx(self.run, self.account, self.ports))

    @property
    def supervisor(self) -> Supervisor:
        """The running supervisor."""
        assert self._supervisor is not None, "the stack was not started"
        return self._supervisor

    def start_supervisor(self) -> None:
        """Start the supervisor with every added program stopped."""
        password = self.secrets["SUPERVISOR_PASSWORD"]
        port = self.ports["supervisor"]
        self._supervisor = Supervisor(self.run, port=port, password=password)
        text = configuration(self._programs, self.run, port=port, password=password)
        self._supervisor.start(text, environment.base(self.run))

    def start_group(self, group: str) -> None:
        """Start the programs of one group, if it has any."""
        if any(program.group == group for program in self._programs):
            self.supervisor.start_group(group)

    def wait_for(self, names: Iterable[str] | None = None, *, seconds: float = 60) -> None:
        """Wait until the programs (all by default) accept connections. Raises Trouble with their log."""
        wanted = set(names) if names is not None else None
        waiting = [p for p in self._programs if p.port and (wanted is None or p.name in wanted)]
        deadline = time.monotonic() + seconds
        while waiting:
            waiting = [program for program in waiting if not ports.answers(program.port or 0)]
            if not waiting:
                return
            states = self.supervisor.states()
            failed = [p.name for p in waiting if states.get(p.name) == "FATAL"]
            if failed or time.monotonic() > deadline or not self.supervisor.alive():
                raise Trouble(self.explain([*failed] or [program.name for program in waiting]))
            time.sleep(0.1)

    def explain(self, names: Iterable[str]) -> str:
        """What the named programs say in their logs."""
        parts = []
        for name in names:
            log = self.run.logs / f"{name}.log"
            words = log.read_text(errors="replace") if log.exists() else "(no log)"
            parts.append(f"{name} does not start; its log ({log}) ends with:\n{tail(words)}")
        return "\n".join(parts)

    def manage(self, *arguments: str, capture: bool = False) -> str:
        """Run a management command as the services' account. Raises Trouble when it fails.

        Its output goes to `logs/manage.log`; with `capture` stdout is returned.
        """
        log = self.run.logs / "manage.log"
        with log.open("a") as stream:
            stream.write(f"$ manage.py {' '.join(arguments)}\n")
            stream.flush()
            result = subprocess.run(
                [*self.account.prefix, str(VENV_PYTHON), str(MANAGE), *arguments],
                cwd=MANAGE.parent,
                env=self.settings,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE if capture else stream,
                stderr=stream,
                text=True,
                check=False,
            )
        if result.returncode != 0:
            words = tail(log.read_text(errors="replace"), 25)
            raise Trouble(f"manage.py {arguments[0]} failed (see {log}):\n{words}")
        return result.stdout or ""

    def close(self) -> None:
        """Stop everything in order; nothing of this run folder is left alive afterwards.

        Without the lock (another start holds it) nothing is touched.
        """
        if self._lock is None:
            return
        if self._supervisor is not None:
            self._supervisor.stop(STOP_SECONDS)
        reclaim.end_leftovers(self.run, patience=4)
        self._lock.close()
        self._lock = None


def watch(stack: Stack, stopping: Callable[[], bool]) -> int:
    """Stay until told to stop. Returns 0, or 1 when the supervisor died."""
    last_look = time.monotonic()
    while not stopping():
        if not stack.supervisor.alive():
            say("The supervisor ended unexpectedly; stopping. Start again with: make run")
            return 1
        if time.monotonic() - last_look > 30:
            last_look = time.monotonic()
            stack.supervisor.restart_given_up()
        time.sleep(0.2)
    return 0


def start_backing(stack: Stack) -> None:
    """Start the embedded services without waiting for them."""
    stack.start_supervisor()
    stack.start_group(GROUPS[0])
