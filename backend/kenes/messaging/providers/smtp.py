"""E-mail by SMTP over Django's backend, with a note of how far the talk came."""

import smtplib
from dataclasses import dataclass
from typing import Any, ClassVar

from django.core.mail import EmailMultiAlternatives
from django.core.mail.backends.smtp import EmailBackend

from kenes.foundation.providers import Misconfigured, Rejected, Temporary, require_no_transaction
from kenes.messaging.providers.base import OutcomeUnknown, OutgoingEmail, SendReceipt


@dataclass(slots=True)
class _Talk:
    """How far one SMTP talk came: whether the letter went over the line, and the server's answer to it."""

    handed_over: bool = False
    reply: str = ""


class _WatchedSmtp(smtplib.SMTP):
    """`smtplib` does not give the answer after DATA to its caller; this keeps it."""

    talk: _Talk

    def data(self, msg: Any) -> tuple[int, bytes]:
        self.talk.handed_over = True
        code, text = super().data(msg)
        self.talk.reply = f"{code} {text.decode('utf-8', 'replace')}"
        return code, text


class _WatchedSmtpSsl(_WatchedSmtp, smtplib.SMTP_SSL):
    """The same over TLS from the first byte."""


class _Backend(EmailBackend):
    """Django's backend with a watched connection."""

    def __init__(self, talk: _Talk, **options: Any) -> None:
        super().__init__(**options)
        self._talk = talk

    @property
    def connection_class(self) -> Any:
        kind = _WatchedSmtpSsl if self.use_ssl else _WatchedSmtp

        def connect(*args: Any, **kwargs: Any) -> _WatchedSmtp:
            # A subclass per talk: smtplib opens the line inside its constructor.
            watched: type[_WatchedSmtp] = type(kind.__name__, (kind,), {"talk": self._talk})
            return watched(*args, **kwargs)

        return connect


class SmtpEmail:
    """Adapter. One connection per letter; `timeout_seconds` holds for each step of the talk."""

    name: ClassVar[str] = "smtp"

    def __init__(
        self,
        *,
        host: str,
        port: int,
        use_tls: bool = False,
        use_ssl: bool = False,
        username: str = "",
        password: str = "",
        timeout_seconds: float = 15,
    ) -> None:
        if use_tls and use_ssl:
            raise Misconfigured("smtp: STARTTLS and TLS exclude each other")
        self._options: dict[str, Any] = {
            "host": host,
            "port": port,
            "use_tls": use_tls,
            "use_ssl": use_ssl,
            "username": username,
            "password": password,
            "timeout": timeout_seconds,
            "fail_silently": False,
        }

    def send(self, email: OutgoingEmail) -> SendReceipt:
        """Hand the letter over; the receipt holds the server's answer after DATA.

        Raises Rejected for a 5xx answer, Temporary for 4xx and for a line that broke before the letter went over it,
        OutcomeUnknown when it broke after that, Misconfigured when the server refuses our login.
        """
        require_no_transaction()
        talk = _Talk()
        backend = _Backend(talk, **self._options)
        letter = _compose(email, backend)
        try:
            letter.send()
        except smtplib.SMTPAuthenticationError as problem:
            raise Misconfigured(f"smtp_{problem.smtp_code}") from None
        except smtplib.SMTPRecipientsRefused as problem:
            raise _refusal(next(iter(problem.recipients.values()))[0]) from None
        except (smtplib.SMTPConnectError, smtplib.SMTPHeloError) as problem:
            # The server does not talk to anybody now, or not to us: no word about this letter.
            raise Temporary(f"smtp_{problem.smtp_code}") from None
        except smtplib.SMTPNotSupportedError:
            raise Rejected("smtp_not_supported") from None
        except smtplib.SMTPResponseException as problem:
            raise _refusal(problem.smtp_code) from None
        except (smtplib.SMTPException, OSError):
            if talk.reply.startswith("250"):
                # It broke while saying good-bye: the server has the letter.
                return SendReceipt(reply=talk.reply)
            if talk.handed_over:
                raise OutcomeUnknown("smtp_no_answer") from None
            raise Temporary("smtp_unreachable") from None
        return SendReceipt(reply=talk.reply)


def _refusal(code: int) -> Exception:
    reason = f"smtp_{code}"
    return Rejected(reason) if 500 <= code < 600 else Temporary(reason)


def _compose(email: OutgoingEmail, backend: EmailBackend) -> EmailMultiAlternatives:
    letter = EmailMultiAlternatives(
        subject=email.subject,
        body=email.text,
        # Django takes the envelope sender from here and the visible one from the header.
        from_email=email.envelope_from,
        to=[email.to],
        reply_to=[email.reply_to] if email.reply_to else None,
        headers={
            **email.headers,
            "From": email.header_from,
            "Message-ID": email.message_id,
            "Auto-Submitted": "auto-generated",
        },
        connection=backend,
    )
    if email.html:
        letter.attach_alternative(email.html, "text/html")
    for attachment in email.attachments:
        letter.attach(attachment.name, attachment.data, attachment.mime)
    return letter
