"""Procedures led through the API as far as the desk of the one whose day is told: who opens, agrees and sends."""

import email
import email.policy
import re
from datetime import date, timedelta
from typing import Any

from e2e.kenes_client import Kenes, Refused, Sandbox, wait_for


def track_of(kenes: Kenes, case_id: str, kind: str) -> dict[str, Any]:
    """The procedure of this kind as the reader sees it."""
    rows = kenes.get(f"/cases/{case_id}/")["tracks"]
    return dict(next(row for row in rows if row["kind"] == kind))


def opened(staff: Kenes, case_id: str, kind: str) -> dict[str, Any]:
    """Open a procedure about the first debt, or the one that the rules propose."""
    case = staff.get(f"/cases/{case_id}/")
    debt = case["obligations"][0]["id"]
    body = {"kind": kind, "obligation_id": debt, "reason": "По просьбе заёмщика"}
    staff.post(f"/cases/{case_id}/tracks/", body)
    return track_of(staff, case_id, kind)


def step(kenes: Kenes, case_id: str, kind: str, action: str, **said: Any) -> dict[str, Any]:
    """Make a step of the procedure of this kind."""
    track = track_of(kenes, case_id, kind)
    told = {"date": None, "reason": "", "number": "", "outcome": "", **said}
    kenes.post(f"/tracks/{track['id']}/move/", {"action": action, "version": track["version"], **told})
    return track_of(kenes, case_id, kind)


def move_case(staff: Kenes, case_id: str, action: str, **said: Any) -> None:
    """Move a case as a person does: look again when letters or the checklist have changed it meanwhile."""
    _on_the_newest(staff, case_id, f"/cases/{case_id}/move/", action=action, **said)


def take_case(manager: Kenes, case_id: str, *, seen_by: Kenes | None = None) -> None:
    """Take a case that nobody works on; `seen_by` reads it where the taker may not before he has it."""
    _on_the_newest(seen_by or manager, case_id, f"/cases/{case_id}/take/", by=manager)


def _on_the_newest(reader: Kenes, case_id: str, path: str, *, by: Kenes | None = None, **said: Any) -> None:
    def done() -> bool:
        version = reader.get(f"/cases/{case_id}/")["version"]
        try:
            (by or reader).post(path, {"version": version, **said})
        except Refused as refusal:
            if refusal.code != "case.changed_meanwhile":
                raise
            return False
        return True

    wait_for(path, done)


def today(kenes: Kenes, *, ago: int = 0) -> str:
    """The day of the server, or some days before it."""
    day = date.fromisoformat(str(kenes.get("/session/")["today"]))
    return (day - timedelta(days=ago)).isoformat()


def invitation_link(sandbox: Sandbox, to: str) -> str:
    """The address in the newest invitation into a case that was mailed to somebody."""
    mails = wait_for("the invitation", lambda: sandbox.mails(to=to))
    letter = email.message_from_bytes(sandbox.raw_mail(mails[0]["id"]), policy=email.policy.default)
    body = letter.get_body(("plain",))
    assert body is not None
    found = re.search(r"https?://\S+/join#\S+", body.get_content())
    assert found, body.get_content()
    return found[0]
