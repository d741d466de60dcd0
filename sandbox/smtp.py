"""The mail server: takes letters, refuses the magic recipients, fails when switched so."""

import asyncio
import logging
import sqlite3
from typing import Final, cast

from aiosmtpd.smtp import SMTP, Envelope, Session

from sandbox import mail, replies, switches
from sandbox.settings import Settings
from sandbox.store import count

log = logging.getLogger("sandbox.smtp")

SIZE_LIMIT: Final = 25 * 1024 * 1024

# What the magic recipients answer at RCPT.
REFUSALS: Final = {
    "hard": "550 5.1.1 No such user here",
    "full": "552 5.2.2 Mailbox full",
    "policy": "554 5.7.1 Rejected by policy",
    "soft": "451 4.3.0 Try again later",
}
GREYLIST: Final = "451 4.7.1 Greylisted, try again later"


def local_part(address: str) -> str:
    """The part before the @, lower case, without a +tag."""
    return address.split("@", 1)[0].split("+", 1)[0].lower()


class Handler:
    """Hooks of the SMTP dialogue. Answers are decided by recipients and by the switch."""

    def __init__(self, connection: sqlite3.Connection, settings: Settings) -> None:
        self._connection = connection
        self._settings = settings

    async def handle_RCPT(  # noqa: N802 - the library looks the hook up by this name
        self,
        server: SMTP,
        session: Session,
        envelope: Envelope,
        address: str,
        rcpt_options: list[str],
    ) -> str:
        """Refuse or take one recipient."""
        name = local_part(address)
        if name in REFUSALS:
            return REFUSALS[name]
        if name == "greylist" and count(self._connection, f"greylist:{address.lower()}") <= 2:
            return GREYLIST
        envelope.rcpt_tos.append(address)
        envelope.rcpt_options.extend(rcpt_options)
        return "250 2.1.5 OK"

    async def handle_DATA(  # noqa: N802
        self, server: SMTP, session: Session, envelope: Envelope
    ) -> str:
        """Keep the letter, then answer, hang up or think for a long time."""
        switch = switches.position(self._connection, "smtp")
        if switch == switches.Smtp.LOSE_AFTER_DATA:
            _hang_up(server)
            return "421 4.3.2 Closing"
        content = envelope.content or b""
        raw = content.encode() if isinstance(content, str) else content
        names = {local_part(address) for address in envelope.rcpt_tos}
        first = not mail.seen(self._connection, mail.read_header(raw, "Message-ID"))
        mail_id = self._keep(envelope, raw, twice="dup" in names)
        if switch == switches.Smtp.DROP_AFTER_DATA or ("drop" in names and first):
            _hang_up(server)
            return "421 4.3.2 Closing"
        if switch == switches.Smtp.SLOW or ("slow" in names and first):
            await asyncio.sleep(self._settings.slow_seconds)
        return f"250 2.0.0 Ok: queued as {mail_id:X}"

    def _keep(self, envelope: Envelope, raw: bytes, *, twice: bool) -> int:
        sender = envelope.mail_from or ""
        recipients = list(envelope.rcpt_tos)
        mail_id = mail.add(self._connection, envelope_from=sender, recipients=recipients, raw=raw)
        if twice:
            mail.add(self._connection, envelope_from=sender, recipients=recipients, raw=raw)
        for address in recipients:
            answer = replies.answer_for(local_part(address), address, sender, raw)
            if answer is not None and sender:
                mail.add(self._connection, envelope_from="", recipients=[sender], raw=answer)
        return mail_id


class RefusingServer(asyncio.Protocol):
    """A mail server that says it is closed and hangs up."""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Say 421 instead of the greeting."""
        # The loop's own transport class need not inherit from asyncio's.
        stream = cast(asyncio.Transport, transport)
        stream.write(b"421 4.3.2 Service not available, closing transmission channel\r\n")
        stream.close()


class MailServer:
    """The listening port; it is really closed while the switch says "down"."""

    def __init__(self, connection: sqlite3.Connection, settings: Settings) -> None:
        self._connection = connection
        self._settings = settings
        self._handler = Handler(connection, settings)
        self._listener: asyncio.Server | None = None

    async def follow_switch(self) -> None:
        """Open or close the port as the switch says."""
        down = switches.position(self._connection, "smtp") == switches.Smtp.DOWN
        if down and self._listener is not None:
            self._listener.close()
            self._listener = None
        elif not down and self._listener is None:
            loop = asyncio.get_running_loop()
            self._listener = await loop.create_server(
                self._protocol, self._settings.host, self._settings.smtp_port, reuse_address=True
            )
            log.info("smtp_listening port=%d", self._settings.smtp_port)

    async def close(self) -> None:
        """Stop listening."""
        if self._listener is not None:
            self._listener.close()
            self._listener = None

    def _protocol(self) -> asyncio.Protocol:
        if switches.position(self._connection, "smtp") == switches.Smtp.REFUSING:
            return RefusingServer()
        return SMTP(
            self._handler,
            hostname="mail.sandbox",
            ident="Sandbox",
            data_size_limit=SIZE_LIMIT,
            enable_SMTPUTF8=True,
            loop=asyncio.get_running_loop(),
        )


def _hang_up(server: SMTP) -> None:
    if server.transport is not None:
        cast(asyncio.Transport, server.transport).abort()
