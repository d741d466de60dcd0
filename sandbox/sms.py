"""SMS messages: storing, prices, the magic numbers and what becomes of a message."""

import re
import sqlite3
import time
from dataclasses import dataclass
from typing import Final

from sandbox.segments import count_segments
from sandbox.store import next_id

PRICE_PER_SEGMENT: Final = 17.0
START_BALANCE: Final = 50_000.0
FINAL_STATUSES: Final = frozenset({"DELIVRD", "UNDELIV", "REJECTD", "EXPIRED", "DELETED"})

# Magic numbers end in 0000 and two more digits (+7 701 100 00 06): a visitor's own number
# that happens to end in 06 must behave as an ordinary phone.
_MAGIC: Final = re.compile(r"77\d{3}0000(\d\d)")


@dataclass(frozen=True, slots=True)
class Outcome:
    """What happens to an accepted message: (seconds, status) steps and how webhooks are sent."""

    steps: tuple[tuple[float, str], ...] = ((0.3, "DELIVRD"),)
    first_status: str = "ACCEPTD"
    webhook: str = "normal"  # normal | none | thrice | wrong_sign | before_reply


OUTCOMES: Final[dict[str, Outcome]] = {
    "01": Outcome(steps=((2, "DELIVRD"),)),
    "02": Outcome(steps=((1, "UNDELIV"),)),
    "03": Outcome(steps=((10, "EXPIRED"),)),
    "04": Outcome(steps=((0.2, "REJECTD"),)),
    "07": Outcome(steps=((10, "ACCEPTD"), (11, "DELIVRD")), first_status="NEW"),
    "08": Outcome(webhook="thrice"),
    "09": Outcome(webhook="wrong_sign"),
    "10": Outcome(steps=(), first_status="DELIVRD", webhook="before_reply"),
    "11": Outcome(webhook="none"),
    "13": Outcome(steps=((0.5, "PDLIVRD"), (1.5, "DELIVRD"))),
}


def magic(recipient: str) -> str:
    """The two magic digits of a number, or an empty string for an ordinary one."""
    match = _MAGIC.fullmatch(recipient)
    return match.group(1) if match else ""


def outcome_for(recipient: str) -> Outcome:
    """What becomes of a message to this number."""
    return OUTCOMES.get(magic(recipient), Outcome())


def add(connection: sqlite3.Connection, *, recipient: str, sender: str, text: str) -> sqlite3.Row:
    """Store an accepted message and return its row; the balance goes down by its price."""
    message_id = next_id(connection)
    now = time.time()
    segments = count_segments(text)
    connection.execute(
        "INSERT INTO sms (id, campaign_id, recipient, sender, text, status, segments, price, "
        "created_at, status_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            message_id, message_id, recipient, sender, text, outcome_for(recipient).first_status,
            segments, segments * PRICE_PER_SEGMENT, now, now,
        ),
    )  # fmt: skip
    row = get(connection, message_id)
    if row is None:
        raise RuntimeError("the message was not stored")
    return row


def get(connection: sqlite3.Connection, message_id: int) -> sqlite3.Row | None:
    """One message by id."""
    row: sqlite3.Row | None = connection.execute("SELECT * FROM sms WHERE id = ?", (message_id,)).fetchone()
    return row


def set_status(connection: sqlite3.Connection, message_id: int, status: str) -> None:
    """Move a message to a status; a final one never changes."""
    row = get(connection, message_id)
    if row is None or row["status"] in FINAL_STATUSES:
        return
    connection.execute(
        "UPDATE sms SET status = ?, status_at = ? WHERE id = ?", (status, time.time(), message_id)
    )


def search(
    connection: sqlite3.Connection,
    *,
    to: str = "",
    text: str | None = None,
    created_from: float = 0.0,
    limit: int = 100,
    offset: int = 0,
) -> list[sqlite3.Row]:
    """Messages newest first; `to` matches a part of the number, `text` the whole text."""
    return connection.execute(
        "SELECT * FROM sms WHERE recipient LIKE ? AND (? IS NULL OR text = ?) AND created_at >= ? "
        "ORDER BY id DESC LIMIT ? OFFSET ?",
        (f"%{to}%", text, text, created_from, limit, offset),
    ).fetchall()


def inbox(connection: sqlite3.Connection, recipient: str, limit: int = 50) -> list[sqlite3.Row]:
    """Messages of one phone, newest first."""
    return connection.execute(
        "SELECT * FROM sms WHERE recipient = ? ORDER BY id DESC LIMIT ?", (recipient, limit)
    ).fetchall()


def phones(connection: sqlite3.Connection, limit: int = 100) -> list[sqlite3.Row]:
    """One row per number with its newest message and the count, newest first."""
    return connection.execute(
        "SELECT sms.*, latest.total FROM sms JOIN (SELECT recipient, max(id) AS id, count(*) AS total "
        "FROM sms GROUP BY recipient) AS latest ON latest.id = sms.id ORDER BY sms.id DESC LIMIT ?",
        (limit,),
    ).fetchall()


def balance(connection: sqlite3.Connection) -> float:
    """Money left on the account, in tenge."""
    row = connection.execute("SELECT coalesce(sum(price), 0) FROM sms").fetchone()
    return START_BALANCE - float(row[0])


def code_in(text: str) -> str:
    """The one-time code in a text (4 to 8 digits standing alone, maybe split in two), or ""."""
    match = re.search(r"(?<![\d-])(\d{3}[ \u00a0-]\d{3}|\d{4,8})(?![\d-])", text)
    return re.sub(r"\D", "", match.group(1)) if match else ""
