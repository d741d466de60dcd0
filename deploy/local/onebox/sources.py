"""`make schema` and `make fix`: commands that write into the checkout."""

from __future__ import annotations

import difflib
import subprocess
import tempfile
from pathlib import Path

from onebox import commands
from onebox.paths import FRONTEND, MANAGE, PROJECT, VENV_PYTHON
from onebox.progress import Trouble, say
from onebox.signals import Signals
from onebox.suite import CODE

SCHEMA = PROJECT / "contracts" / "openapi.yaml"
TYPES = FRONTEND / "src" / "api" / "schema.d.ts"


def schema(signals: Signals, *, check: bool) -> int:
    """Generate the OpenAPI document and the TypeScript types, or with `check` compare only.

    Returns 1 when a committed file is not what the code gives.
    """
    commands.install(with_tests=True, with_web=False)
    commands.install_web_packages()
    with tempfile.TemporaryDirectory(dir=PROJECT / ".build") as folder:
        document = Path(folder) / "openapi.yaml"
        types = Path(folder) / "schema.d.ts"
        generate = [str(VENV_PYTHON), str(MANAGE), "spectacular", "--validate", "--fail-on-warn"]
        script = [*generate, "--file", str(document)]
        code = commands.services(signals, ["postgres", "redis"], script, prepare=False)
        if code != 0:
            return code
        subprocess.run(
            ["npx", "--no-install", "openapi-typescript", str(document), "-o", str(types)],
            cwd=FRONTEND,
            check=True,
            stdout=subprocess.DEVNULL,
        )
        pairs = [(document, SCHEMA), (types, TYPES)]
        if check:
            return max(_compare(new, kept) for new, kept in pairs)
        for new, kept in pairs:
            kept.parent.mkdir(parents=True, exist_ok=True)
            kept.write_text(new.read_text())
            say(f"Wrote {kept.relative_to(PROJECT)}")
    return 0


def _compare(new: Path, kept: Path) -> int:
    old = kept.read_text().splitlines() if kept.exists() else []
    difference = list(
        difflib.unified_diff(old, new.read_text().splitlines(), "committed", "code", lineterm="")
    )
    if not difference:
        return 0
    say("\n".join(difference[:60]))
    say(f"{kept.relative_to(PROJECT)} is not what the code gives. Run: make schema")
    return 1


def fix() -> int:
    """Let ruff, eslint and prettier mend what they can. Raises Trouble when one breaks down."""
    commands.install(with_tests=True, with_web=False)
    commands.install_web_packages()
    folders = [name for name in CODE if (PROJECT / name).exists()]
    ruff = [str(VENV_PYTHON), "-m", "ruff"]
    left = subprocess.run([*ruff, "check", "--fix", *folders], cwd=PROJECT, check=False).returncode
    if subprocess.run([*ruff, "format", *folders], cwd=PROJECT, check=False).returncode != 0:
        raise Trouble("ruff format failed")
    web = subprocess.run(["npm", "run", "-s", "fix"], cwd=FRONTEND, check=False).returncode
    return 1 if left or web else 0
