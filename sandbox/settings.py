"""Settings of the sandbox, read from the environment once at start."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path


class SettingsError(Exception):
    """A setting is missing or wrong; the text names it."""


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything the sandbox can be told.

    `slow_seconds` is how long a "slow" vendor thinks before it answers, `webhook_gap_seconds`
    the growth of the gap between repeated webhook calls (the real vendor grows by a minute),
    `delay_factor` multiplies the time that statuses of messages take.
    """

    host: str
    http_port: int
    smtp_port: int
    state_dir: Path
    callback_url: str
    sms_webhook_secret: str
    slow_seconds: float
    webhook_gap_seconds: float
    delay_factor: float = 1.0
    # Where the demonstration's certificate authority lives; None: beside the messages.
    esign_dir: Path | None = None
    # Address at which people reach the product and these pages.
    public_url: str = ""

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] | None = None) -> "Settings":
        """Read the settings; raises SettingsError naming the wrong one."""
        env = os.environ if environment is None else environment
        return cls(
            host=env.get("SANDBOX_HOST", "127.0.0.1"),
            http_port=_port(env, "SANDBOX_HTTP_PORT", 8025),
            smtp_port=_port(env, "SANDBOX_SMTP_PORT", 1025),
            state_dir=Path(env.get("SANDBOX_STATE_DIR", ".run/sandbox")),
            callback_url=env.get("SANDBOX_CALLBACK_URL", "").rstrip("/"),
            sms_webhook_secret=env.get("SMS_WEBHOOK_SECRET", ""),
            slow_seconds=_number(env, "SANDBOX_SLOW_SECONDS", 20.0),
            webhook_gap_seconds=_number(env, "SANDBOX_WEBHOOK_GAP_SECONDS", 60.0),
            delay_factor=_number(env, "SANDBOX_DELAY_FACTOR", 1.0),
            esign_dir=Path(env["SANDBOX_ESIGN_DIR"]) if env.get("SANDBOX_ESIGN_DIR") else None,
            public_url=env.get("PUBLIC_URL", "").rstrip("/"),
        )


def _port(env: Mapping[str, str], name: str, default: int) -> int:
    text = env.get(name, str(default))
    if not text.isascii() or not text.isdigit() or not 0 < int(text) < 65536:
        raise SettingsError(f"{name} must be a port number from 1 to 65535, not {text!r}")
    return int(text)


def _number(env: Mapping[str, str], name: str, default: float) -> float:
    text = env.get(name, str(default))
    try:
        value = float(text)
    except ValueError:
        value = -1.0
    if not 0 <= value <= 3600:
        raise SettingsError(f"{name} must be a number from 0 to 3600, not {text!r}")
    return value
