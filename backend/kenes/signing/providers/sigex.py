"""Signing in eGov mobile through SIGEX: one call for a QR code and two that wait for the person.

Source: the vendor's developer pages and its public reference client. A refusal is a `message` in an answer of status 200;
the connection may drop while a call waits, and the call is then made again.
"""

import base64
import binascii
import json
import re
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
_MAX_ANSWER: Final = 64 * 1024 * 1024
_MAX_PICTURE: Final = 400 * 1024
_MAX_LIFE: Final = timedelta(minutes=15)
_PICTURES: Final = {b"GIF8": "gif", b"\x89PNG": "png"}
# The vendor tells outcomes in words only. What is not known is an error of this attempt, never a signature.
_REFUSED: Final = re.compile(r"отказ|отклон|бас тарт|declin|refus|cancel", re.IGNORECASE)
_EXPIRED: Final = re.compile(r"ист[её]к|просроч|мерзімі|expired|time.?out", re.IGNORECASE)
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
            business_link=_link(str(answer.get("eGovBusinessLaunchLink") or "")),
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
        if not isinstance(cms, str) or not cms:
            raise Temporary("sigex_unreadable_answer")
        return cms

    def _own(self, address: str) -> str:
        """The address, if it is the vendor's: an answer must not send our document anywhere else."""
        if _origin(urlsplit(address)) != _origin(urlsplit(self._base_url)):
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
        try:
            with http.client(self._base_url, timeout_seconds=seconds) as client:
                answer = client.request(method, address, json=body)
        except (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout):
            # `from None`: the exception's text holds the secret address.
            raise Temporary("sigex_unreachable") from None
        except httpx.TimeoutException:
            raise (StillWaiting("sigex_waiting") if waits else Temporary("sigex_no_answer")) from None
        except httpx.HTTPError:
            raise (StillWaiting("sigex_dropped") if waits else Temporary("sigex_no_answer")) from None
        return _judge(answer)


def _judge(answer: httpx.Response) -> dict[str, Any]:
    if answer.status_code >= 500 or answer.status_code == 429:
        raise Temporary(f"sigex_{answer.status_code}")
    if answer.status_code != 200:
        raise Rejected(f"sigex_{answer.status_code}")
    if len(answer.content) > _MAX_ANSWER:
        raise Rejected("sigex_too_large")
    try:
        body = json.loads(answer.content)
    except (ValueError, RecursionError):
        raise Temporary("sigex_unreadable_answer") from None
    if not isinstance(body, dict):
        raise Temporary("sigex_unreadable_answer")
    if "message" in body:
        raise _refusal(str(body["message"]))
    return body


def _refusal(message: str) -> Exception:
    if _EXPIRED.search(message):
        return SigningExpired("sigex_expired")
    if _REFUSED.search(message):
        return SignerRefused("sigex_refused")
    if _BUSY.search(message):
        return Temporary("sigex_busy")
    return Rejected("sigex_message")


def _origin(url: SplitResult) -> tuple[str, str, int | None]:
    try:
        port = url.port
    except ValueError:
        return "", "", None
    default = {"http": 80, "https": 443}.get(url.scheme)
    return url.scheme, url.hostname or "", port or default


def _text(answer: Mapping[str, Any], name: str) -> str:
    value = answer.get(name)
    if not isinstance(value, str) or not value:
        raise Temporary("sigex_unreadable_answer")
    return value


def _link(address: str) -> str:
    """A link that a browser may open, else nothing: never `javascript:` from an answer."""
    return address[:2000] if urlsplit(address).scheme in {"http", "https"} else ""


def _picture(data: str) -> str:
    try:
        picture = base64.b64decode(data, validate=True)
    except (binascii.Error, ValueError):
        raise Temporary("sigex_unreadable_answer") from None
    kind = _PICTURES.get(picture[:4])
    if kind is None or len(picture) > _MAX_PICTURE:
        raise Temporary("sigex_unreadable_answer")
    return f"data:image/{kind};base64,{data}"


def _end(value: Any) -> datetime:
    """`expireAt` is in milliseconds; nothing waits longer than a quarter of an hour, whatever is answered."""
    now = clock.now()
    try:
        at = datetime.fromtimestamp(float(value) / 1000, UTC)
    except (TypeError, ValueError, OverflowError, OSError):
        return now + _MAX_LIFE / 3
    return min(at, now + _MAX_LIFE)
