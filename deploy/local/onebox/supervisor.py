"""Generates the configuration of supervisord, starts it and talks to it."""

from __future__ import annotations

import ctypes
import os
import shlex
import signal
import subprocess
import time
import xmlrpc.client
from collections.abc import Mapping, Sequence
from contextlib import suppress
from http.client import HTTPException
from typing import Any, cast

from onebox.paths import VENV, RunFolder
from onebox.ports import answers
from onebox.program import GROUPS, Program
from onebox.progress import Trouble, say, tail

PR_SET_PDEATHSIG = 1
# supervisord is stopping, or gone: looked at elsewhere, no reason to fall over here.
NO_ANSWER = (OSError, HTTPException, xmlrpc.client.Error)
GIVE_UP_AFTER = 12
# A program that ends sooner than this did not start. Django takes seconds to find out what it lacks.
STEADY_SECONDS = {"backing": 1, "app": 6, "edge": 1}


def configuration(programs: Sequence[Program], run: RunFolder, *, port: int, password: str) -> str:
    """The text of supervisord.conf. It holds secrets of the programs' environments."""
    parts = [
        "[supervisord]\nnodaemon = true\nsilent = true\nminfds = 4096\n"
        f"logfile = {_escape(str(run.logs / 'supervisord.log'))}\nlogfile_maxbytes = 5MB\n"
        f"logfile_backups = 1\npidfile = {_escape(str(run.supervisor_pid_file))}\n"
        f"childlogdir = {_escape(str(run.logs))}\n",
        f"[inet_http_server]\nport = 127.0.0.1:{port}\nusername = kenes\npassword = {password}\n",
        "[rpcinterface:supervisor]\nsupervisor.rpcinterface_factory ="
        " supervisor.rpcinterface:make_main_rpcinterface\n",
    ]
    for priority, group in enumerate(GROUPS):
        members = [program for program in programs if program.group == group]
        if members:
            names = ",".join(program.name for program in members)
            parts.append(f"[group:{group}]\nprograms = {names}\npriority = {priority * 100}\n")
            parts += [_program(program, run) for program in members]
    return "\n".join(parts)


def _program(program: Program, run: RunFolder) -> str:
    # PDEATHSIG makes the kernel end the program when supervisord is killed.
    guard = ["setpriv", "--pdeathsig", "TERM"]
    command = [*program.prefix[:-1], *guard[1:], "--"] if program.prefix else [*guard, "--"]
    environment = ",".join(f'{name}="{value}"' for name, value in program.environment.items())
    log = run.logs / f"{program.name}.log"
    return (
        f"[program:{program.name}]\n"
        f"command = {_escape(shlex.join([*command, *program.command]))}\n"
        f"directory = {_escape(str(program.folder))}\n"
        f"environment = {_escape(environment)}\n"
        f"autostart = false\nautorestart = true\nstartsecs = {STEADY_SECONDS[program.group]}\nstartretries = {GIVE_UP_AFTER}\n"
        f"stopsignal = {program.stop_signal}\nstopwaitsecs = {program.stop_seconds}\n"
        "killasgroup = true\nredirect_stderr = true\n"
        f"stdout_logfile = {_escape(str(log))}\nstdout_logfile_maxbytes = 10MB\n"
        "stdout_logfile_backups = 1\n"
    )


def _escape(text: str) -> str:
    return text.replace("%", "%%")


class Supervisor:
    """A supervisord of our own, in a session of its own, that ends when we end."""

    def __init__(self, run: RunFolder, *, port: int, password: str) -> None:
        self._run = run
        self._port = port
        self._process: subprocess.Popen[bytes] | None = None
        self._proxy = xmlrpc.client.ServerProxy(f"http://kenes:{password}@127.0.0.1:{port}/RPC2")

    @property
    def rpc(self) -> Any:
        """The `supervisor` namespace of its XML-RPC interface."""
        return self._proxy.supervisor

    def start(self, text: str, environment: Mapping[str, str]) -> None:
        """Write the configuration and start. Raises Trouble when it does not come up."""
        file = self._run.config / "supervisord.conf"
        file.unlink(missing_ok=True)
        with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as stream:
            stream.write(text)
        log = (self._run.logs / "supervisord-start.log").open("wb")
        self._process = subprocess.Popen(
            [str(VENV / "bin" / "python"), "-m", "supervisor.supervisord", "-c", str(file)],
            cwd="/",
            env=dict(environment),
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=subprocess.STDOUT,
            start_new_session=True,
            preexec_fn=_end_with_parent,
        )
        deadline = time.monotonic() + 20
        while not answers(self._port):
            if not self.alive() or time.monotonic() > deadline:
                words = (self._run.logs / "supervisord-start.log").read_text(errors="replace")
                raise Trouble(f"The supervisor did not start:\n{tail(words)}")
            time.sleep(0.05)

    def alive(self) -> bool:
        """Whether the supervisor runs."""
        return self._process is not None and self._process.poll() is None

    def start_group(self, group: str) -> None:
        """Start the programs of a group without waiting for them."""
        self.rpc.startProcessGroup(group, False)

    def states(self) -> dict[str, str]:
        """Program name to state (RUNNING, BACKOFF, FATAL, ...); empty when it does not answer."""
        return {info["name"]: info["statename"] for info in self._infos()}

    def restart_given_up(self) -> None:
        """Try again what supervisord gave up on, for example a server whose disk was full."""
        for info in self._infos():
            if info["statename"] == "FATAL":
                say(f"{info['name']} keeps failing (see its log); trying again.")
                with suppress(*NO_ANSWER):
                    self.rpc.startProcess(f"{info['group']}:{info['name']}", False)

    def _infos(self) -> list[dict[str, str]]:
        try:
            return cast("list[dict[str, str]]", self.rpc.getAllProcessInfo())
        except NO_ANSWER:
            return []

    def stop(self, seconds: float) -> None:
        """Ask it to stop everything in order, and kill it when it takes too long."""
        if self._process is None or self._process.poll() is not None:
            return
        self._process.send_signal(signal.SIGTERM)
        try:
            self._process.wait(timeout=seconds)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()


def _end_with_parent() -> None:
    """Runs in the child before exec: default signals, and TERM when the starter is killed."""
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_DFL)
    signal.pthread_sigmask(signal.SIG_SETMASK, [])
    ctypes.CDLL(None, use_errno=True).prctl(PR_SET_PDEATHSIG, signal.SIGTERM, 0, 0, 0)
