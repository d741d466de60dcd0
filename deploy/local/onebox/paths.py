"""Where things are: the checkout and the folder of one running stack."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[3]
VENV = PROJECT / ".venv"
VENV_PYTHON = VENV / "bin" / "python"
TOOLS = PROJECT / ".tools"
UNOSERVER = TOOLS / "unoserver"
BUILDS = PROJECT / ".build"
FRONTEND = PROJECT / "frontend"
BACKEND = PROJECT / "backend"
REQUIREMENTS = PROJECT / "requirements"
MANAGE = BACKEND / "manage.py"


@dataclass(frozen=True)
class RunFolder:
    """The folder of one stack: data, logs, generated configuration. Nothing is written elsewhere."""

    path: Path

    @classmethod
    def from_environment(cls) -> RunFolder:
        """`RUN_DIR`, or `.run/` of the checkout."""
        return cls(Path(os.environ.get("RUN_DIR") or PROJECT / ".run").absolute())

    @property
    def logs(self) -> Path:
        return self.path / "logs"

    @property
    def config(self) -> Path:
        return self.path / "config"

    @property
    def ports_file(self) -> Path:
        return self.path / "ports.json"

    @property
    def secrets_file(self) -> Path:
        return self.path / "secrets.env"

    @property
    def lock_file(self) -> Path:
        return self.path / "stack.lock"

    @property
    def supervisor_pid_file(self) -> Path:
        return self.path / "supervisord.pid"

    @property
    def media(self) -> Path:
        return self.path / "media"

    @property
    def seal(self) -> Path:
        return self.path / "seal"

    @property
    def sandbox(self) -> Path:
        return self.path / "sandbox"

    @property
    def esign(self) -> Path:
        """The demonstration's certification authority; the product reads the anchors in it."""
        return self.path / "esign"

    @property
    def temporary(self) -> Path:
        return self.path / "tmp"
