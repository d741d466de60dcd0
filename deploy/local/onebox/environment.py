"""The environment of every program of the stack.

Programs get a small environment of known names, not the caller's whole one. A running stack takes
settings of `.env.example` from the caller (a real database, a real SMS vendor); scratch stacks
for tests never do.
"""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from onebox.paths import BACKEND, PROJECT, VENV, RunFolder
from onebox.reclaim import MARK

# What libraries need to reach real vendors from behind a proxy or a private authority.
PASSED_ON = (
    "TZ",
    "HTTP_PROXY",
    "HTTPS_PROXY",
    "NO_PROXY",
    "http_proxy",
    "https_proxy",
    "no_proxy",
    "SSL_CERT_FILE",
    "SSL_CERT_DIR",
    "REQUESTS_CA_BUNDLE",
)


@dataclass(frozen=True)
class Choices:
    """What of a stack is replaced from outside, and how it is used."""

    overrides: Mapping[str, str]
    scratch: bool

    def external(self, name: str) -> bool:
        """Whether the caller replaces an embedded part, named by its setting."""
        return bool(self.overrides.get(name))


def overrides_of_caller() -> dict[str, str]:
    """Settings named in `.env.example` (and S3_*) that the caller's environment gives."""
    file = PROJECT / ".env.example"
    text = file.read_text() if file.exists() else ""
    known = set(re.findall(r"^#?\s?([A-Z][A-Z0-9_]+)=", text, re.MULTILINE))
    # These describe the folder of the stack itself, and are given in other ways.
    known -= {"RUN_DIR", "SECRET_KEY", "FIELD_ENCRYPTION_KEYS", "LOOKUP_HASH_KEY", "DEBUG"}
    return {
        name: value
        for name, value in os.environ.items()
        if (name in known or name.startswith("S3_")) and value
    }


def base(run: RunFolder) -> dict[str, str]:
    """Names every program gets, with the mark by which leftovers are found."""
    node = shutil.which("node")
    folders = [str(VENV / "bin"), "/usr/local/bin", "/usr/bin", "/bin", "/usr/sbin", "/sbin"]
    if node:
        folders.append(str(Path(node).resolve().parent))
    passed = {name: os.environ[name] for name in PASSED_ON if os.environ.get(name)}
    return {
        **passed,
        "PATH": ":".join(folders),
        "HOME": str(run.path / "home"),
        "TMPDIR": str(run.temporary),
        "LANG": "C.UTF-8",
        MARK: str(run.path),
    }


def product(
    run: RunFolder, ports: Mapping[str, int], secrets: Mapping[str, str], choices: Choices
) -> dict[str, str]:
    """The settings that Django reads."""
    sandbox = f"http://127.0.0.1:{ports['sandbox_http']}"
    database = f"postgres://kenes:{secrets['POSTGRES_PASSWORD']}@127.0.0.1:{ports['postgres']}/kenes"
    settings = {
        "DJANGO_SETTINGS_MODULE": "config.settings",
        "PYTHONPATH": str(BACKEND),
        "PYTHONUNBUFFERED": "1",
        "DEBUG": "false",
        "DEMO": "true",
        "PUBLIC_URL": f"http://localhost:{ports['public']}",
        "RUN_DIR": str(run.path),
        "DATABASE_URL": database,
        "REDIS_URL": f"redis://:{secrets['REDIS_PASSWORD']}@127.0.0.1:{ports['redis']}/0",
        "CONVERTER_URLS": f"127.0.0.1:{ports['converter_1']},127.0.0.1:{ports['converter_2']}",
        "CLAMD_URL": f"127.0.0.1:{ports['clamd']}",
        "EMAIL_HOST": "127.0.0.1",
        "EMAIL_PORT": str(ports["sandbox_smtp"]),
        "EMAIL_USE_TLS": "false",
        "SMS_URL": sandbox,
        "SANDBOX_URL": sandbox,
        "CONTACT_EMAIL": "help@kenes.sandbox",
        "SEAL_KEY_DIR": str(run.seal),
        "MEDIA_DIR": str(run.media),
        # Everybody who tries a demonstration comes from the same loopback address.
        "ADDRESS_LIMITS_FACTOR": "20",
    }
    named: tuple[str, ...] = ("SECRET_KEY", "FIELD_ENCRYPTION_KEYS", "LOOKUP_HASH_KEY", "SMS_API_KEY")
    named += ("SMS_WEBHOOK_SECRET", "SEAL_KEY_PASSPHRASE", "TOKEN_KEY_PASSPHRASE")
    settings |= {name: secrets[name] for name in named}
    if not is_demo(choices.overrides):
        # Outside demonstrations nothing may point at the sandbox by default; Django refuses it too.
        for name in (
            "SANDBOX_URL",
            "CONTACT_EMAIL",
            "SMS_URL",
            "SMS_API_KEY",
            "EMAIL_HOST",
            "EMAIL_PORT",
            "EMAIL_USE_TLS",
        ):
            del settings[name]
    return {**base(run), **settings, **choices.overrides}


def is_demo(settings: Mapping[str, str]) -> bool:
    """Whether the stack demonstrates: made-up data and the vendor sandbox are allowed."""
    return settings.get("DEMO", "true").lower() in {"true", "1", "yes", "on"}


def sandbox(run: RunFolder, ports: Mapping[str, int], settings: Mapping[str, str]) -> dict[str, str]:
    """The settings of the vendor sandbox; it calls back as a vendor would, through nginx or the API."""
    return {
        **base(run),
        "PYTHONPATH": str(PROJECT),
        "PYTHONUNBUFFERED": "1",
        "SANDBOX_HTTP_PORT": str(ports["sandbox_http"]),
        "SANDBOX_SMTP_PORT": str(ports["sandbox_smtp"]),
        "SANDBOX_STATE_DIR": str(run.sandbox),
        "SANDBOX_ESIGN_DIR": str(run.esign),
        "SANDBOX_CALLBACK_URL": f"http://127.0.0.1:{ports['api']}",
        "PUBLIC_URL": settings["PUBLIC_URL"],
        "SMS_WEBHOOK_SECRET": settings["SMS_WEBHOOK_SECRET"],
    }
