"""Webhooks of the SMS service: signed calls to the product about final statuses."""

import hashlib
import logging
import sqlite3
import time
from datetime import UTC, datetime
from typing import Any, Final

import httpx

from sandbox import sms
from sandbox.settings import Settings
from sandbox.store import next_id
from sandbox.timeline import Timeline

log = logging.getLogger("sandbox.callbacks")

MAX_ATTEMPTS: Final = 10
TIMEOUT_SECONDS: Final = 5.0
WEBHOOK_ID: Final = 1
PATH: Final = "/webhooks/sms/mobizon/"


def timestamp(seconds: float) -> str:
    """A moment as the vendor writes it, in UTC."""
    return datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%d %H:%M:%S")


def sign(event_id: str, attempt: int, created: str, secret: str) -> str:
    """Signature of a webhook; as at the vendor it does not cover the data."""
    base = f"{event_id}|{attempt}|{created}|{secret}"
    return hashlib.sha1(base.encode(), usedforsecurity=False).hexdigest()


class SmsCallbacks:
    """Moves messages along their statuses and reports final ones to the product."""

    def __init__(self, connection: sqlite3.Connection, settings: Settings, timeline: Timeline) -> None:
        self._connection = connection
        self._settings = settings
        self._timeline = timeline
        timeline.register("sms_status", self._change_status)
        timeline.register("sms_webhook", self._call_and_repeat)

    def start(self, message_id: int, recipient: str) -> None:
        """Plan what becomes of a message that was just accepted."""
        for delay, status in sms.outcome_for(recipient).steps:
            self._timeline.plan(
                delay * self._settings.delay_factor,
                "sms_status",
                {"message_id": message_id, "status": status},
            )

    async def report_now(self, message_id: int) -> None:
        """Call the webhook once, before the caller goes on."""
        await self._call(self._event(message_id), attempt=1)

    async def _change_status(self, payload: dict[str, Any]) -> None:
        message_id, status = int(payload["message_id"]), str(payload["status"])
        sms.set_status(self._connection, message_id, status)
        row = sms.get(self._connection, message_id)
        if row is None or status not in sms.FINAL_STATUSES:
            return
        manner = sms.outcome_for(row["recipient"]).webhook
        if manner == "none" or not self._settings.callback_url:
            return
        event = self._event(message_id) | {"manner": manner}
        self._timeline.plan(0, "sms_webhook", {"event": event, "attempt": 1})

    def _event(self, message_id: int) -> dict[str, Any]:
        row = sms.get(self._connection, message_id)
        if row is None:
            raise LookupError(message_id)
        return {
            "eventId": str(next_id(self._connection)),
            "eventType": "sms-delivery-report",
            "eventCreateTs": timestamp(time.time()),
            "webhookId": WEBHOOK_ID,
            "data": {
                "campaignId": row["campaign_id"],
                "messageId": row["id"],
                "segNum": row["segments"],
                "statusUpdateTs": timestamp(row["status_at"]),
                "status": row["status"],
                "to": row["recipient"],
            },
        }

    async def _call_and_repeat(self, payload: dict[str, Any]) -> None:
        event, attempt = payload["event"], int(payload["attempt"])
        accepted = await self._call(event, attempt=attempt)
        repeat = {"event": event, "attempt": attempt + 1}
        if event.get("manner") == "thrice" and attempt < 3:
            self._timeline.plan(0.2, "sms_webhook", repeat)
        elif not accepted and attempt < MAX_ATTEMPTS:
            gap = attempt * self._settings.webhook_gap_seconds
            self._timeline.plan(gap, "sms_webhook", repeat)

    async def _call(self, event: dict[str, Any], *, attempt: int) -> bool:
        if not self._settings.callback_url:
            return False
        secret = self._settings.sms_webhook_secret
        if event.get("manner") == "wrong_sign":
            secret += "-wrong"
        body = {key: value for key, value in event.items() if key != "manner"}
        body["attempt"] = attempt
        # An empty secret means no signature at all, as at the vendor.
        body["sign"] = sign(event["eventId"], attempt, event["eventCreateTs"], secret) if secret else ""
        try:
            async with httpx.AsyncClient(timeout=TIMEOUT_SECONDS) as client:
                answer = await client.post(self._settings.callback_url + PATH, json=body)
        except httpx.HTTPError as problem:
            log.info("webhook_not_delivered attempt=%d problem=%s", attempt, type(problem).__name__)
            return False
        log.info("webhook_answered attempt=%d status=%d", attempt, answer.status_code)
        return 200 <= answer.status_code < 300
