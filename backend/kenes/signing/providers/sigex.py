"""Signing in eGov mobile through SIGEX: one call for a QR code and two that wait for the person.

Source: the vendor's developer pages and its public reference client. A refusal is a `message` that says something, in an
answer of status 200; the connection may drop while a call waits, and the call is then made again. Whatever else an answer
holds (another type, half a JSON, an endless body), it is an error of this call and never a signature.
"""

import base64
import binascii
import json
import re
import time
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any, ClassVar, Final
from urllib.parse import SplitResult, urlsplit

import httpx

from kenes.foundation import clock, http, logs
from kenes.foundation.providers import Misconfigured, Rejected, Temporary
from kenes.signing.providers.base import (
    QrDocument,
    QrInvitation,
    SignerRefused,
    SigningExpired,
    StillWaiting,
)

log = logs.get(__name__)
# A signature beside its document is a few kilobytes; some answer with the document inside.
_MAX_ANSWER: Final = 48 * 1024 * 1024
_MAX_PICTURE: Final = 400 * 1024
_MAX_LIFE: Final = timedelta(minutes=15)
_PICTURES: Final = {b"GIF8": "gif", b"\x89PNG": "png"}
# The vendor tells outcomes in words only. What is not known is an error of this attempt, never a signature.
_REFUSED: Final = re.compile(r"отказ|отклон|бас тарт|declin|refus|cancel", re.IGNORECASE)
_EXPIRED: Final = re.compile(r"ист[её]к|просроч|мерзімі|expired|time.?out", re.IGNORECASE)
# Base64, perhaps with the armour of PEM round it.
_CMS: Final = re.compile(r"[A-Za-z0-9+/=\s-]+", re.ASCII)
_BUSY: Final = re.compile(r"недоступ|позже|кейінірек|unavailable|later|too many", re.IGNORECASE)


class Sigex:
    """Adapter. Waiting calls end after `scan_seconds` and `sign_seconds`; documents go to the vendor, so it is opt-in."""

    name: ClassVar[str] = "sigex"

    def __init__(
        self,
        *,
        base_url: str,
        timeout_seconds: float = 10,
        scan_seconds: float = 6,
        sign_seconds: float = 4,
    ) -> None:
        self._base_url = base_url.rstrip("/")
        self._timeout, self._scan, self._sign = timeout_seconds, scan_seconds, sign_seconds
        if urlsplit(self._base_url).scheme not in {"http", "https"}:
            raise Misconfigured("sigex_address")

    def invite(self, *, description: str) -> QrInvitation:
        """A new QR code. `description` is shown on the telephone: no personal data."""
        answer = self._call(
            "POST", f"{self._base_url}/api/egovQr", self._timeout, {"description": description}
        )
        return QrInvitation(
            qr_image=_picture(_text(answer, "qrCode")),
            mobile_link=_link(_text(answer, "eGovMobileLaunchLink")),
            business_link=_link(_optional(answer, "eGovBusinessLaunchLink")),
            data_url=self._own(_text(answer, "dataURL")),
            sign_url=self._own(_text(answer, "signURL")),
            expires_at=_end(answer.get("expireAt")),
        )

    def hand_over(self, invitation_data_url: str, document: QrDocument) -> None:
        """Give the PDF to be signed detached; returns when the code was scanned."""
        data = base64.b64encode(document.pdf).decode()
        body = {
            "signMethod": "CMS_SIGN_ONLY",
            "documentsToSign": [
                {
                    "id": 1,
                    "nameRu": document.name_ru,
                    "nameKz": document.name_kk,
                    "nameEn": document.name_en,
                    "meta": [],
                    "document": {"file": {"mime": "@file/pdf", "data": data}},
                }
            ],
        }
        self._call("POST", self._own(invitation_data_url), self._scan, body, waits=True)

    def fetch(self, invitation_sign_url: str) -> str:
        """The CMS of the one document."""
        answer = self._call("GET", self._own(invitation_sign_url), self._sign, waits=True)
        documents = answer.get("documentsToSign")
        if not isinstance(documents, list) or len(documents) != 1:
            raise Temporary("sigex_unreadable_answer")
        try:
            cms = documents[0]["document"]["file"]["data"]
        except (KeyError, TypeError, IndexError):
            raise Temporary("sigex_unreadable_answer") from None
        if not isinstance(cms, str) or not _CMS.fullmatch(cms) or not cms.strip():
            raise Temporary("sigex_unreadable_answer")
        return cms

    def _own(self, address: str) -> str:
        """The address, if it is the vendor's: an answer must not send our document anywhere else."""
        if _origin(address) != _origin(self._base_url):
            log.error("sigex_foreign_address")
            raise Rejected("sigex_foreign_address")
        return address

    def _call(
        self,
        method: str,
        address: str,
        seconds: float,
        body: Mapping[str, Any] | None = None,
        *,
        waits: bool = False,
    ) -> dict[str, Any]:
        ends = time.monotonic() + seconds
        try:
            with (
                http.client(self._base_url, timeout_seconds=seconds) as client,
                client.stream(method, address, json=body) as answer,
            ):
                return _judge(answer.status_code, _content(answer, ends))
        except (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout):
            # `from None`: the exception's text holds the secret address.
            raise Temporary("sigex_unreachable") from None
        except (httpx.TimeoutException, TimeoutError):
            raise (StillWaiting("sigex_waiting") if waits else Temporary("sigex_no_answer")) from None
        except httpx.HTTPError:
            raise (StillWaiting("sigex_dropped") if waits else Temporary("sigex_no_answer")) from None
        except httpx.InvalidURL:
            raise Rejected("sigex_foreign_address") from None


def _content(answer: httpx.Response, ends: float) -> bytes:
    """The body. TimeoutError when it drips on past the end of the call; Rejected above the limit, unpacked size counted."""
    pieces, size = [], 0
    for piece in answer.iter_bytes():
        size += len(piece)
        if size > _MAX_ANSWER:
            raise Rejected("sigex_too_large")
        if time.monotonic() > ends:
            raise TimeoutError
        pieces.append(piece)
    return b"".join(pieces)


def _judge(status: int, content: bytes) -> dict[str, Any]:
    if status >= 500 or status == 429:
        raise Temporary(f"sigex_{status}")
    if status != 200:
        raise Rejected(f"sigex_{status}")
    try:
        body = json.loads(content)
    except (ValueError, RecursionError):
        raise Temporary("sigex_unreadable_answer") from None
    if not isinstance(body, dict):
        raise Temporary("sigex_unreadable_answer")
    message = body.get("message")
    if isinstance(message, str):
        message = message.strip()
    # Nothing said is no refusal; something that is no text still is one.
    if message:
        raise _refusal(str(message))
    return body


def _refusal(message: str) -> Exception:
    if _EXPIRED.search(message):
        return SigningExpired("sigex_expired")
    if _REFUSED.search(message):
        return SignerRefused("sigex_refused")
    if _BUSY.search(message):
        return Temporary("sigex_busy")
    return Rejected("sigex_message")


def _origin(address: str) -> tuple[str, str, int | None]:
    url = _split(address)
    try:
        port = url.port if url is not None else None
    except ValueError:
        url = None
    if url is None:
        return "", "", None
    default = {"http": 80, "https": 443}.get(url.scheme)
    return url.scheme, url.hostname or "", port or default


def _split(address: str) -> SplitResult | None:
    try:
        return urlsplit(address)
    except ValueError:
        return None


def _text(answer: Mapping[str, Any], name: str) -> str:
    value = answer.get(name)
    if not isinstance(value, str) or not value:
        raise Temporary("sigex_unreadable_answer")
    return value


def _optional(answer: Mapping[str, Any], name: str) -> str:
    value = answer.get(name)
    return value if isinstance(value, str) else ""


def _link(address: str) -> str:
    """A link that a browser may open, else nothing: never `javascript:` from an answer."""
    url = _split(address)
    # A lone surrogate could not be stored.
    is_text = len(address) <= 2000 and address.isprintable() and address.isascii()
    return address if is_text and url is not None and url.scheme in {"http", "https"} else ""


def _picture(data: str) -> str:
    try:
        picture = base64.b64decode(data.encode("ascii"), validate=True)
    except (binascii.Error, ValueError):  # not ASCII is a ValueError too
        raise Temporary("sigex_unreadable_answer") from None
    kind = _PICTURES.get(picture[:4])
    if kind is None or len(picture) > _MAX_PICTURE:
        raise Temporary("sigex_unreadable_answer")
    return f"data:image/{kind};base64,{data}"


def _end(value: Any) -> datetime:
    """`expireAt` is in milliseconds; nothing waits longer than a quarter of an hour, whatever is answered.

    What is no time, or one that has passed, becomes five minutes.
    """
    now = clock.now()
    try:
        at = datetime.fromtimestamp(float(value) / 1000, UTC)
    except (TypeError, ValueError, OverflowError, OSError):
        return now + _MAX_LIFE / 3
    # A code that was over before it came: the vendor's clock or the unit is another one.
    return min(at, now + _MAX_LIFE) if at > now else now + _MAX_LIFE / 3
