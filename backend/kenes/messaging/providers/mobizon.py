"""SMS by Mobizon: `POST {base}/service/{module}/{method}`, answers judged by their `code`, never by HTTP status.

Source: the vendor's public API documentation (pages "Message", "Webhooks", "API codes").
"""

import hashlib
import hmac
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, ClassVar, Final

import httpx

from kenes.foundation import http, logs
from kenes.foundation.providers import Misconfigured, Rejected, Temporary
from kenes.messaging.providers.base import (
    DeliveryReport,
    DeliveryState,
    OutcomeUnknown,
    OutgoingSms,
    SendReceipt,
)

log = logs.get(__name__)

MAX_IDS: Final = 100
# 3 unknown and 999 general error do not say whether the message was taken.
_UNSURE_CODES: Final = frozenset({3, 999})
_TEMPORARY_CODES: Final = frozenset({10, 30})
# Key, access, domain, blocked account: somebody must act.
_ACCOUNT_CODES: Final = frozenset({8, 9, 13, 14})
_REFUSAL_CODES: Final = frozenset({1, 2, 4, 5, 6, 11, 12, 15, 98, 99})
_STATES: Final = {
    "NEW": DeliveryState.PENDING,
    "ENQUEUD": DeliveryState.PENDING,
    "ACCEPTD": DeliveryState.PENDING,
    "PDLIVRD": DeliveryState.PENDING,
    "DELIVRD": DeliveryState.DELIVERED,
    "UNDELIV": DeliveryState.FAILED,
    "REJECTD": DeliveryState.FAILED,
    "EXPIRED": DeliveryState.FAILED,
    "DELETED": DeliveryState.FAILED,
}
_WAITS_FOR_MODERATION: Final = 1
# The vendor writes moments in the account's own time zone, which is not told: search a day wider.
_ZONE_MARGIN: Final = timedelta(days=1)


class MobizonSms:
    """Adapter. `sender` empty means the account's default name; times in seconds, price in tiyn per part."""

    name: ClassVar[str] = "mobizon"

    def __init__(
        self,
        *,
        base_url: str,
        api_key: str,
        sender: str = "",
        timeout_seconds: float = 10,
        segment_price_tiyn: int | None = None,
    ) -> None:
        self._base_url = base_url
        self._api_key = api_key
        self._sender = sender
        self._timeout = timeout_seconds
        self._segment_price = segment_price_tiyn

    def send(self, sms: OutgoingSms, *, idempotency_key: str) -> SendReceipt:
        """Hand one message over. The vendor has no idempotency key: look with `find` before a second try."""
        fields = {"recipient": sms.to, "text": sms.text, "params[name]": idempotency_key}
        if self._sender:
            fields["from"] = self._sender
        data = self._call("message", "sendsmsmessage", fields)
        message_id = str(data.get("messageId", "")) if isinstance(data, dict) else ""
        if not message_id:
            raise OutcomeUnknown("mobizon_no_message_id")
        held = str(data.get("status")) == str(_WAITS_FOR_MODERATION)
        return SendReceipt(provider_id=message_id, held=held)

    def find(self, sms: OutgoingSms, *, since: datetime) -> list[str]:
        """Ids, oldest first, of messages with this number and text."""
        created_from = (since - _ZONE_MARGIN).strftime("%Y-%m-%d %H:%M:%S")
        data = self._call(
            "message",
            "list",
            {
                "criteria[to]": sms.to,
                "criteria[text]": sms.text,
                "criteria[campaignCreateTsFrom]": created_from,
                "pagination[pageSize]": "100",
                "pagination[currentPage]": "0",
            },
        )
        items = data.get("items", []) if isinstance(data, dict) else []
        # The search by number also matches a part of one, so compare again.
        same = [item for item in items if str(item.get("to")) == sms.to and item.get("text") == sms.text]
        return sorted((str(item["id"]) for item in same), key=lambda one: (len(one), one))

    def reports(self, provider_ids: Sequence[str]) -> dict[str, DeliveryReport]:
        """What became of up to 100 messages; ids that the vendor does not know are missing."""
        if len(provider_ids) > MAX_IDS:
            raise ValueError(f"at most {MAX_IDS} ids")
        fields = {f"ids[{index}]": one for index, one in enumerate(provider_ids)}
        data = self._call("message", "getsmsstatus", fields)
        items = data if isinstance(data, list) else []
        return {str(item["id"]): _report(item) for item in items if isinstance(item, dict) and "id" in item}

    def segment_price_tiyn(self) -> int | None:
        """Price of one part from the contract, None when not configured."""
        return self._segment_price

    def _call(self, module: str, method: str, fields: Mapping[str, str]) -> Any:
        query = {"apiKey": self._api_key, "output": "json", "api": "v1"}
        try:
            with http.client(self._base_url, timeout_seconds=self._timeout) as client:
                answer = client.post(f"/service/{module}/{method}", params=query, data=dict(fields))
        except (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout):
            # `from None`: the exception's text holds the address with the key.
            raise Temporary("mobizon_unreachable") from None
        except httpx.HTTPError:
            raise OutcomeUnknown("mobizon_no_answer") from None
        return _judge(answer)


def _judge(answer: httpx.Response) -> Any:
    try:
        body = answer.json()
        code = int(body["code"])
    except (ValueError, KeyError, TypeError):
        raise OutcomeUnknown("mobizon_unreadable_answer") from None
    if code == 0:
        return body.get("data")
    reason = f"mobizon_{code}"
    if code in _ACCOUNT_CODES:
        log.error("sms_account_trouble", code=code)
        raise Misconfigured(reason)
    if code in _REFUSAL_CODES:
        raise Rejected(reason)
    if code in _TEMPORARY_CODES:
        raise Temporary(reason)
    if code not in _UNSURE_CODES:
        log.warning("sms_unknown_code", code=code)
    raise OutcomeUnknown(reason)


def _report(item: Mapping[str, Any]) -> DeliveryReport:
    status = str(item.get("status", "")).upper()
    state = _STATES.get(status, DeliveryState.PENDING)
    segments = str(item.get("segNum") or 0)
    reason = status.lower() if state is DeliveryState.FAILED else ""
    return DeliveryReport(state, reason, int(segments) if segments.isdigit() else 0)


@dataclass(frozen=True, slots=True)
class StatusCall:
    """A call of the vendor about one message. Its status is not covered by the signature: ask `reports`."""

    external_id: str
    provider_id: str


def verify(body: bytes, *, secret: str) -> str | None:
    """External id of a call that carries the right signature, else None; also None without a secret.

    `sign` is SHA-1 (hex) of `eventId|attempt|eventCreateTs|secret`. Repeats of an event differ in `attempt`, so the
    external id is made of webhook and event only.
    """
    if not secret:
        return None
    fields = _webhook_fields(body)
    if fields is None:
        return None
    base = "|".join(
        [*(str(fields.get(name, "")) for name in ("eventId", "attempt", "eventCreateTs")), secret]
    )
    expected = hashlib.sha1(base.encode(), usedforsecurity=False).hexdigest()
    given = str(fields.get("sign", "")).lower()
    if not hmac.compare_digest(expected.encode(), given.encode()):
        return None
    return f"{fields.get('webhookId', '')}:{fields.get('eventId', '')}"


def parse(body: bytes) -> StatusCall | None:
    """The message that a verified call is about; None for an event of another type."""
    fields = _webhook_fields(body)
    if fields is None or fields.get("eventType") != "sms-delivery-report":
        return None
    data = fields.get("data")
    message_id = str(data.get("messageId", "")) if isinstance(data, dict) else ""
    return StatusCall(str(fields.get("eventId", "")), message_id) if message_id else None


def _webhook_fields(body: bytes) -> dict[str, Any] | None:
    try:
        fields = json.loads(body)
    except ValueError:
        return None
    return fields if isinstance(fields, dict) else None
