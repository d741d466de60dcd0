"""E-mail: storing letters that came in and reading them back."""

import hashlib
import json
import sqlite3
import time
from dataclasses import dataclass
from email import message_from_bytes, policy
from email.message import EmailMessage, MIMEPart
from typing import Final

from sandbox.store import next_id

_LIST_COLUMNS: Final = (
    "mail.id, mail.received_at, mail.envelope_from, mail.subject, mail.header_from, "
    "mail.message_id, mail.attachments, length(mail.raw) AS size, "
    "(SELECT group_concat(address, ', ') FROM mail_recipient WHERE mail_id = mail.id) AS recipients, "
    "(SELECT count(*) FROM mail AS earlier WHERE earlier.message_id = mail.message_id "
    "AND mail.message_id <> '' AND earlier.id < mail.id) AS earlier_copies"
)


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file of a letter; `sha256` and size are of the decoded bytes."""

    index: int
    name: str
    mime: str
    data: bytes

    @property
    def sha256(self) -> str:
        """SHA-256 of the decoded file in hex."""
        return hashlib.sha256(self.data).hexdigest()


@dataclass(frozen=True, slots=True)
class Letter:
    """A parsed letter: all headers in order, its bodies and files."""

    headers: tuple[tuple[str, str], ...]
    text: str
    html: str
    attachments: tuple[Attachment, ...]


def parse(raw: bytes) -> Letter:
    """Read a letter; damaged parts come out empty rather than failing."""
    message = message_from_bytes(raw, policy=policy.default)
    if not isinstance(message, EmailMessage):
        raise TypeError("the policy gives EmailMessage")
    attachments = tuple(
        Attachment(index, part.get_filename() or f"part-{index}", part.get_content_type(), _bytes(part))
        for index, part in enumerate(message.iter_attachments(), start=1)
    )
    headers = tuple((name, _decoded(message, name, value)) for name, value in message.raw_items())
    return Letter(headers, _body(message, "plain"), _body(message, "html"), attachments)


def _decoded(message: EmailMessage, name: str, value: str) -> str:
    # The library's parser of structured headers fails on some broken ones.
    try:
        return str(message.policy.header_fetch_parse(name, value))
    except (IndexError, ValueError, TypeError, AttributeError):
        return " ".join(value.split())


def read_header(raw: bytes, name: str) -> str:
    """One header of a letter in readable form, "" when there is none; never fails on a broken one."""
    message = message_from_bytes(raw, policy=policy.default)
    if not isinstance(message, EmailMessage):
        raise TypeError("the policy gives EmailMessage")
    values = [value for known, value in message.raw_items() if known.lower() == name.lower()]
    return _decoded(message, name, values[0]).strip() if values else ""


def _bytes(part: MIMEPart) -> bytes:
    if part.get_content_maintype() == "message":
        return b"".join(inner.as_bytes() for inner in part.iter_parts())
    content = part.get_payload(decode=True)
    return content if isinstance(content, bytes) else b""


def _body(message: EmailMessage, kind: str) -> str:
    part = message.get_body(preferencelist=(kind,))
    if part is None:
        return ""
    try:
        return str(part.get_content())
    except (LookupError, ValueError):
        return _bytes(part).decode("utf-8", "replace")


def add(connection: sqlite3.Connection, *, envelope_from: str, recipients: list[str], raw: bytes) -> int:
    """Store a letter under its envelope addresses and return its id."""
    mail_id = next_id(connection)
    files = json.dumps(_describe(raw), ensure_ascii=False)
    connection.execute("BEGIN IMMEDIATE")
    with connection:
        connection.execute(
            "INSERT INTO mail (id, received_at, envelope_from, subject, header_from, message_id, "
            "attachments, raw) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            (
                mail_id, time.time(), envelope_from, read_header(raw, "Subject"),
                read_header(raw, "From"), read_header(raw, "Message-ID"), files, raw,
            ),
        )  # fmt: skip
        connection.executemany(
            "INSERT INTO mail_recipient (mail_id, address) VALUES (?, ?)",
            [(mail_id, address.lower()) for address in recipients],
        )
    return mail_id


def _describe(raw: bytes) -> list[dict[str, str | int]]:
    """What lists say of the files, worked out once at arrival."""
    return [
        {"index": one.index, "name": one.name, "mime": one.mime, "size": len(one.data), "sha256": one.sha256}
        for one in parse(raw).attachments
    ]


def search(
    connection: sqlite3.Connection, *, to: str = "", message_id: str = "", limit: int = 200
) -> list[sqlite3.Row]:
    """Letters newest first, of one address and of one Message-ID when given."""
    return connection.execute(
        f"SELECT {_LIST_COLUMNS} FROM mail "  # noqa: S608 - a constant
        "WHERE (? = '' OR mail.id IN (SELECT mail_id FROM mail_recipient WHERE address = ?)) "
        "AND (? = '' OR mail.message_id = ?) ORDER BY mail.id DESC LIMIT ?",
        (to, to.lower(), message_id, message_id, limit),
    ).fetchall()


def get(connection: sqlite3.Connection, mail_id: int) -> sqlite3.Row | None:
    """One letter by id with the columns of a list row."""
    row: sqlite3.Row | None = connection.execute(
        f"SELECT {_LIST_COLUMNS} FROM mail WHERE mail.id = ?",  # noqa: S608 - a constant
        (mail_id,),
    ).fetchone()
    return row


def raw(connection: sqlite3.Connection, mail_id: int) -> bytes | None:
    """The letter exactly as it came over the wire."""
    row = connection.execute("SELECT raw FROM mail WHERE id = ?", (mail_id,)).fetchone()
    return bytes(row["raw"]) if row else None


def seen(connection: sqlite3.Connection, message_id: str) -> bool:
    """Whether a letter with this Message-ID is already kept."""
    return bool(search(connection, message_id=message_id, limit=1)) if message_id else False


def mailboxes(connection: sqlite3.Connection, limit: int = 200) -> list[sqlite3.Row]:
    """Addresses that got letters, with counts, newest first."""
    return connection.execute(
        "SELECT address, count(*) AS total, max(mail_id) AS newest FROM mail_recipient "
        "GROUP BY address ORDER BY newest DESC LIMIT ?",
        (limit,),
    ).fetchall()
