"""Free loopback ports, chosen once per run folder and used again."""

from __future__ import annotations

import json
import random
import socket
import time
from pathlib import Path

from onebox.progress import say

# Below Linux's range for outgoing connections, so that no client socket takes a kept port.
PRIVATE_RANGE = range(20000, 32000)
FRIENDLY_PUBLIC = range(8080, 8100)
# Seconds for a server that is just stopping to let go of its port.
PATIENCE = 5

NAMES = (
    "public",
    "api",
    "sockets",
    "web",
    "sandbox_http",
    "sandbox_smtp",
    "postgres",
    "redis",
    "clamd",
    "converter_1",
    "converter_1_uno",
    "converter_2",
    "converter_2_uno",
    "supervisor",
)


def choose(file: Path, *, friendly: bool) -> dict[str, int]:
    """The ports of a stack: the kept ones where they are free, new ones elsewhere.

    `friendly` asks for a public port people can remember; scratch stacks leave those alone.
    """
    kept = _read(file)
    chosen: dict[str, int] = {}
    deadline = time.monotonic() + PATIENCE
    for name in NAMES:
        port = kept.get(name)
        while port is not None and not is_free(port) and time.monotonic() < deadline:
            time.sleep(0.1)
        if port is not None and not is_free(port):
            say(f"Port {port} ({name}) is taken by another program; choosing a new one.")
            port = None
        if port is None:
            candidates = list(FRIENDLY_PUBLIC) if name == "public" and friendly else []
            port = _free_port(candidates, set(kept.values()) | set(chosen.values()))
        chosen[name] = port
    unfinished = file.with_suffix(".new")
    unfinished.write_text(json.dumps(chosen, indent=2) + "\n")
    unfinished.replace(file)
    return chosen


def _read(file: Path) -> dict[str, int]:
    try:
        return {name: int(port) for name, port in json.loads(file.read_text()).items()}
    except (OSError, ValueError):
        return {}


def _free_port(preferred: list[int], taken: set[int]) -> int:
    shuffled = random.sample(PRIVATE_RANGE, k=len(PRIVATE_RANGE))
    for port in preferred + shuffled:
        if port not in taken and is_free(port):
            return port
    raise RuntimeError("no free port on the loopback address")


def is_free(port: int) -> bool:
    """Whether a server could listen on the port of 127.0.0.1 now."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
        return True


def answers(port: int) -> bool:
    """Whether something accepts connections on the port."""
    try:
        with socket.create_connection(("127.0.0.1", port), timeout=1):
            return True
    except OSError:
        return False
