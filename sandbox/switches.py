"""Switches that make a vendor fail, for demonstrations and tests."""

import sqlite3
from enum import StrEnum
from typing import Final


class Smtp(StrEnum):
    """What the mail server does with connections."""

    OK = "ok"
    DOWN = "down"  # the port is closed
    REFUSING = "refusing"  # 421 at the greeting
    DROP_AFTER_DATA = "drop_after_data"  # keeps the letter, hangs up before saying 250
    LOSE_AFTER_DATA = "lose_after_data"  # throws the letter away and hangs up
    SLOW = "slow"  # keeps the letter, answers after the sender's time-out


class Sms(StrEnum):
    """What the SMS service does with calls."""

    OK = "ok"
    DOWN = "down"  # HTTP 502 with a page instead of JSON
    SLOW = "slow"  # takes the message, answers after the sender's time-out
    RATE_LIMIT = "rate_limit"  # code 30
    BLOCKED = "blocked"  # code 14


class Sigex(StrEnum):
    """What the service of signing by QR does with calls."""

    OK = "ok"
    DOWN = "down"  # HTTP 502 with a page instead of JSON
    SLOW = "slow"  # answers after the caller's time-out
    ERROR = "error"  # a `message` with status 200, as the service refuses
    DROP = "drop"  # cuts each waiting call twice, then answers


class Ocsp(StrEnum):
    """What the certification authority's OCSP service does with questions."""

    OK = "ok"
    DOWN = "down"  # HTTP 503 with a page
    SLOW = "slow"  # answers after the caller's time-out
    UNKNOWN = "unknown"  # says of every certificate that it does not know it
    TRY_LATER = "try_later"  # an answer without status
    STALE = "stale"  # answers of a month ago


class Tsp(StrEnum):
    """What the certification authority's time-stamping service does."""

    OK = "ok"
    DOWN = "down"  # HTTP 503 with a page
    SLOW = "slow"  # answers after the caller's time-out
    REFUSING = "refusing"  # an answer without token


class Crl(StrEnum):
    """What the certification authority's lists of revoked certificates do."""

    OK = "ok"
    DOWN = "down"  # HTTP 503 with a page
    SLOW = "slow"  # answers after the caller's time-out


CHOICES: Final[dict[str, type[StrEnum]]] = {
    "smtp": Smtp,
    "sms": Sms,
    "sigex": Sigex,
    "ocsp": Ocsp,
    "tsp": Tsp,
    "crl": Crl,
}


class UnknownSwitchError(Exception):
    """There is no such switch or it has no such position."""


def position(connection: sqlite3.Connection, name: str) -> str:
    """The position of a switch, "ok" until somebody moved it."""
    row = connection.execute("SELECT value FROM switch WHERE name = ?", (name,)).fetchone()
    return str(row["value"]) if row else "ok"


def positions(connection: sqlite3.Connection) -> dict[str, str]:
    """Positions of all switches by name."""
    return {name: position(connection, name) for name in CHOICES}


def check(values: dict[str, str]) -> None:
    """Raise UnknownSwitchError when one name or position does not exist."""
    for name, value in values.items():
        if name not in CHOICES or value not in list(CHOICES[name]):
            raise UnknownSwitchError(f"{name}={value}")


def move(connection: sqlite3.Connection, values: dict[str, str]) -> None:
    """Move switches; raises UnknownSwitchError and moves none when one is wrong."""
    check(values)
    for name, value in values.items():
        connection.execute("INSERT OR REPLACE INTO switch (name, value) VALUES (?, ?)", (name, value))
