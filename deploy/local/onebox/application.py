"""The product's own programs, and nginx as the one origin before them."""

from __future__ import annotations

import shutil
import socket
from collections.abc import Mapping
from pathlib import Path
from string import Template

from onebox import backing
from onebox.account import Account
from onebox.environment import base
from onebox.node_packages import server_script
from onebox.paths import BACKEND, PROJECT, VENV_PYTHON, RunFolder
from onebox.program import Program
from onebox.system_packages import find_program

NGINX_TEMPLATE = PROJECT / "deploy" / "local" / "nginx.conf.template"


def django_programs(
    run: RunFolder, account: Account, ports: Mapping[str, int], settings: Mapping[str, str]
) -> list[Program]:
    """API, sockets, worker and beat."""
    python = str(VENV_PYTHON)
    beat = account.own(run.path / "beat")
    commands: dict[str, tuple[list[str], int | None]] = {
        "api": (
            ["-m", "gunicorn", "-c", str(BACKEND / "config" / "gunicorn.conf.py"), "config.wsgi"]
            + ["--bind", f"127.0.0.1:{ports['api']}", "--no-control-socket"],
            ports["api"],
        ),
        "sockets": (
            ["-m", "uvicorn", "config.asgi:application", "--host", "127.0.0.1"]
            + ["--port", str(ports["sockets"]), "--proxy-headers", "--no-access-log"]
            + ["--timeout-graceful-shutdown", "3"],
            ports["sockets"],
        ),
        "worker": (
            ["-m", "celery", "-A", "config.celery", "worker", "--concurrency", "2"]
            + ["--loglevel", "INFO", "--without-mingle", "--without-gossip"],
            None,
        ),
        "beat": (
            ["-m", "celery", "-A", "config.celery", "beat", "--loglevel", "INFO", "--pidfile="]
            + ["--schedule", str(beat / "schedule")],
            None,
        ),
    }
    pooled = {"api": {"DB_POOL": "true"}}
    return [
        Program(
            name=name,
            group="app",
            command=[python, *arguments],
            folder=BACKEND,
            environment={**settings, **pooled.get(name, {})},
            prefix=account.prefix,
            port=port,
            # A little more than gunicorn gives its requests to end.
            stop_seconds=22,
        )
        for name, (arguments, port) in commands.items()
    ]


def web(
    run: RunFolder, account: Account, ports: Mapping[str, int], settings: Mapping[str, str], build: Path
) -> Program:
    """The Next server. It calls the API for public data only and gets no secret."""
    script = server_script(build)
    # Next keeps fetched public data here; the rest of the build stays read-only.
    account.own(script.parent / ".next" / "cache")
    return Program(
        name="web",
        group="app",
        command=[str(shutil.which("node")), str(script)],
        folder=script.parent,
        environment={
            **base(run),
            "NODE_ENV": "production",
            "NEXT_TELEMETRY_DISABLED": "1",
            "PORT": str(ports["web"]),
            "HOSTNAME": "127.0.0.1",
            "API_INTERNAL_URL": f"http://127.0.0.1:{ports['api']}",
            "PUBLIC_URL": settings["PUBLIC_URL"],
            **{name: settings[name] for name in ("CONTACT_EMAIL", "CONTACT_PHONE") if settings.get(name)},
        },
        prefix=account.prefix,
        port=ports["web"],
    )


def nginx(run: RunFolder, account: Account, ports: Mapping[str, int]) -> Program:
    """nginx on loopback only; its configuration is the template with ports and folders filled in."""
    folder = account.own(run.path / "nginx")
    config = run.config / "nginx.conf"
    listen = [f"listen 127.0.0.1:{ports['public']};"]
    if _has_ipv6_loopback(ports["public"]):
        listen.append(f"listen [::1]:{ports['public']};")
    values = {f"port_{name}": str(port) for name, port in ports.items()}
    text = Template(NGINX_TEMPLATE.read_text()).safe_substitute(
        values, folder=str(folder), static=str(run.path / "static"), listen="\n    ".join(listen)
    )
    backing.write(config, text, account)
    return Program(
        name="nginx",
        group="edge",
        command=[str(find_program("nginx")), "-p", str(folder), "-e", "stderr", "-c", str(config)],
        folder=folder,
        environment=base(run),
        prefix=account.prefix,
        port=ports["public"],
        stop_signal="QUIT",
        stop_seconds=3,
    )


def _has_ipv6_loopback(port: int) -> bool:
    """Browsers try ::1 first for `localhost`; containers often have no IPv6."""
    try:
        with socket.socket(socket.AF_INET6) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(("::1", port))
    except OSError:
        return False
    return True
