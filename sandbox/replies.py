"""Letters that come back: bounces, complaints and automatic answers of magic recipients."""

import uuid
from email import policy
from email.message import EmailMessage
from email.utils import formatdate
from typing import Final

from sandbox import mail

DOMAIN: Final = "mail.sandbox"


def answer_for(name: str, address: str, sender: str, raw: bytes) -> bytes | None:
    """The letter that goes back to the envelope sender, or None for an ordinary recipient."""
    match name:
        case "late-bounce":
            return _bounce(address, sender, raw)
        case "complaint":
            return _complaint(address, sender, raw)
        case "autoreply":
            return _automatic(address, sender, raw)
    return None


def _bounce(address: str, sender: str, raw: bytes) -> bytes:
    status = (
        f"Reporting-MTA: dns; {DOMAIN}\r\n\r\n"
        f"Final-Recipient: rfc822; {address}\r\n"
        "Action: failed\r\nStatus: 5.1.1\r\n"
        "Diagnostic-Code: smtp; 550 5.1.1 No such user here\r\n"
    )
    return _report(
        sender,
        author=f"Mail Delivery System <mailer-daemon@{DOMAIN}>",
        subject="Undelivered Mail Returned to Sender",
        text=f"The letter could not be delivered to {address}: no such user.\r\n",
        kind="delivery-status",
        fields=status,
        raw=raw,
    )


def _complaint(address: str, sender: str, raw: bytes) -> bytes:
    feedback = (
        f"Feedback-Type: abuse\r\nUser-Agent: Sandbox/1.0\r\nVersion: 1\r\nOriginal-Rcpt-To: {address}\r\n"
    )
    return _report(
        sender,
        author=f"Feedback loop <fbl@{DOMAIN}>",
        subject="Complaint about a letter",
        text="The reader marked this letter as spam.\r\n",
        kind="feedback-report",
        fields=feedback,
        raw=raw,
    )


def _report(
    sender: str, *, author: str, subject: str, text: str, kind: str, fields: str, raw: bytes
) -> bytes:
    # Written by hand: the library has no writer for machine-readable report parts.
    boundary = uuid.uuid4().hex
    head = (
        f"From: {author}\r\nTo: {sender}\r\nSubject: {subject}\r\nDate: {formatdate()}\r\n"
        f"Message-ID: <{uuid.uuid4()}@{DOMAIN}>\r\nAuto-Submitted: auto-replied\r\n"
        "MIME-Version: 1.0\r\n"
        f'Content-Type: multipart/report; report-type={kind}; boundary="{boundary}"\r\n\r\n'
        f"--{boundary}\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n{text}\r\n"
        f"--{boundary}\r\nContent-Type: message/{kind}\r\n\r\n{fields}\r\n"
        f"--{boundary}\r\nContent-Type: text/rfc822-headers\r\n\r\n"
    )
    headers = raw.split(b"\r\n\r\n", 1)[0]
    return head.encode() + headers + f"\r\n--{boundary}--\r\n".encode()


def _automatic(address: str, sender: str, raw: bytes) -> bytes:
    answered = mail.read_header(raw, "Message-ID")
    message = EmailMessage()
    message["From"] = address
    message["To"] = sender
    message["Subject"] = "Автоответ: сотрудник в отпуске"
    message["Date"] = formatdate()
    message["Message-ID"] = f"<{uuid.uuid4()}@{DOMAIN}>"
    message["Auto-Submitted"] = "auto-replied"
    if answered:
        message["In-Reply-To"] = answered
        message["References"] = answered
    message.set_content("Здравствуйте. Сотрудник в отпуске и ответит позже.\n")
    return message.as_bytes(policy=policy.SMTP)
