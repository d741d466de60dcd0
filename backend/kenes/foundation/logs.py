"""Structured logs: one JSON object a line, with the request id, without personal data."""

import logging
import re
from contextvars import ContextVar
from typing import Any

import structlog

request_id: ContextVar[str] = ContextVar("request_id", default="")

_TWELVE_DIGITS = re.compile(r"(?<!\d)\d{12}(?!\d)")
_PHONE = re.compile(r"(?<!\d)(?:\+?7|8)[\s(-]*7\d{2}[\s)-]*\d{3}[\s-]*\d{2}[\s-]*\d{2}(?!\d)")
_SECRET = re.compile(r"(?i)((?:apiKey|token|code|password|secret)=)[^&\s\"']+")
# PostgreSQL repeats values of the refused row there.
_ROW = re.compile(r"DETAIL:[^\n]*")


def scrub(text: str) -> str:
    """Hide what looks like an ИИН/БИН, a phone number or a secret in a text for the log."""
    text = _PHONE.sub("+7**********", _TWELVE_DIGITS.sub("************", _ROW.sub("DETAIL: ***", text)))
    return _SECRET.sub(r"\1***", text)


class JsonFormatter(logging.Formatter):
    """Formats records of the standard library and of structlog alike."""

    _render = structlog.processors.JSONRenderer(ensure_ascii=False)

    def format(self, record: logging.LogRecord) -> str:
        event: dict[str, Any] = {
            "at": self.formatTime(record, "%Y-%m-%dT%H:%M:%S%z"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "event": scrub(record.getMessage()),
        }
        if request_id.get():
            event["request_id"] = request_id.get()
        for name, value in getattr(record, "fields", {}).items():
            event[name] = (
                scrub(str(value)) if not isinstance(value, int | float | bool | type(None)) else value
            )
        if record.exc_info:
            event["exception"] = scrub(self.formatException(record.exc_info))
        return str(self._render(None, "", event))


class Log:
    """`log.info("sms_sent", delivery_id=...)`: an event name and fields."""

    def __init__(self, name: str) -> None:
        self._logger = logging.getLogger(name)

    def info(self, event: str, **fields: Any) -> None:
        self._logger.info(event, extra={"fields": fields})

    def warning(self, event: str, **fields: Any) -> None:
        self._logger.warning(event, extra={"fields": fields})

    def error(self, event: str, *, exc_info: bool = False, **fields: Any) -> None:
        self._logger.error(event, exc_info=exc_info, extra={"fields": fields})


def get(name: str) -> Log:
    return Log(name)
