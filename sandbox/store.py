"""What the sandbox remembers: one SQLite file, so that a restart keeps every message.

All access happens on the event loop's thread; each call is one short statement.
"""

import sqlite3
import time
from pathlib import Path

_SCHEMA = """
CREATE TABLE IF NOT EXISTS sms (
    id INTEGER PRIMARY KEY, campaign_id INTEGER NOT NULL, recipient TEXT NOT NULL,
    sender TEXT NOT NULL, text TEXT NOT NULL, status TEXT NOT NULL, segments INTEGER NOT NULL,
    price REAL NOT NULL, created_at REAL NOT NULL, status_at REAL NOT NULL
);
CREATE INDEX IF NOT EXISTS sms_recipient ON sms (recipient, id);
CREATE TABLE IF NOT EXISTS step (
    id INTEGER PRIMARY KEY AUTOINCREMENT, due_at REAL NOT NULL, action TEXT NOT NULL,
    payload TEXT NOT NULL
);
CREATE INDEX IF NOT EXISTS step_due ON step (due_at);
CREATE TABLE IF NOT EXISTS counter (name TEXT PRIMARY KEY, value REAL NOT NULL);
CREATE TABLE IF NOT EXISTS switch (name TEXT PRIMARY KEY, value TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS mail (
    id INTEGER PRIMARY KEY, received_at REAL NOT NULL, envelope_from TEXT NOT NULL,
    subject TEXT NOT NULL, header_from TEXT NOT NULL, message_id TEXT NOT NULL,
    attachments TEXT NOT NULL DEFAULT '[]', raw BLOB NOT NULL
);
CREATE INDEX IF NOT EXISTS mail_message_id ON mail (message_id);
CREATE TABLE IF NOT EXISTS mail_recipient (
    mail_id INTEGER NOT NULL REFERENCES mail (id) ON DELETE CASCADE, address TEXT NOT NULL
);
CREATE INDEX IF NOT EXISTS mail_recipient_address ON mail_recipient (address, mail_id);
CREATE TABLE IF NOT EXISTS last_id (value INTEGER NOT NULL);
"""


def open_store(state_dir: Path) -> sqlite3.Connection:
    """Open (and create when absent) the state file; safe after a killed process."""
    state_dir.mkdir(parents=True, exist_ok=True)
    connection = sqlite3.connect(state_dir / "sandbox.sqlite3", isolation_level=None, check_same_thread=False)
    connection.row_factory = sqlite3.Row
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = NORMAL")
    connection.execute("PRAGMA foreign_keys = ON")
    connection.executescript(_SCHEMA)
    _add_missing_columns(connection)
    return connection


def _add_missing_columns(connection: sqlite3.Connection) -> None:
    """Bring a state file of an earlier release up to the schema above."""
    columns = {row["name"] for row in connection.execute("PRAGMA table_info(mail)")}
    if "attachments" not in columns:
        connection.execute("ALTER TABLE mail ADD COLUMN attachments TEXT NOT NULL DEFAULT '[]'")


def next_id(connection: sqlite3.Connection) -> int:
    """A growing id that is never used again, even when the state file is deleted.

    The product keeps vendor ids for years; an emptied sandbox must not hand out old ones.
    """
    row = connection.execute("SELECT max(value) FROM last_id").fetchone()
    value = max(int(row[0] or 0) + 1, int(time.time() * 1000))
    connection.execute("DELETE FROM last_id")
    connection.execute("INSERT INTO last_id (value) VALUES (?)", (value,))
    return value


def count(connection: sqlite3.Connection, name: str) -> int:
    """Add one to a named counter and return the new value (1 at the first call)."""
    row = connection.execute(
        "INSERT INTO counter (name, value) VALUES (?, 1) "
        "ON CONFLICT (name) DO UPDATE SET value = value + 1 RETURNING value",
        (name,),
    ).fetchone()
    return int(row[0])


def clear(connection: sqlite3.Connection) -> None:
    """Forget every message, step, counter and switch."""
    for table in ("sms", "step", "counter", "switch", "mail_recipient", "mail"):
        connection.execute(f"DELETE FROM {table}")  # noqa: S608 - names from the tuple above
