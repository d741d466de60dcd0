"""After a whole journey nothing of the person stands readable in tables, files, cache or logs."""

from __future__ import annotations

import base64
import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import redis
from django.conf import settings as django_settings
from django.db import connection
from sandbox.testing import SandboxProcess

from conftest import ApiClient
from kenes.accounts.models import User
from kenes.outbox.testing import run_outbox

from . import story as told
from .conftest import DAY, Browser
from .story import Story

pytestmark = pytest.mark.django_db

# The index that staff search by holds the folded name (never ИИН, phone, sums or stories).
MAY_HOLD_NAMES = {"cases_case", "cases_caseshare"}


def secrets_of(story: Story) -> dict[str, list[str]]:
    phone = told.PHONE.lstrip("+")
    return {
        "number": [told.IIN, phone, phone[1:], f"8{phone[1:]}"],
        "name": ["Досымов", "Кайрат", "Ануарович"],
        "story": [told.HARDSHIP, "склад закрылся", told.ADDRESS, "Сейфуллина", told.EMAIL, told.COMMENT, told.COLLATERAL],
    }  # fmt: skip


def found_in(text: str, needles: list[str]) -> list[str]:
    """Needles that stand in a text as they are, as hex (bytea) or as base64."""
    low = text.casefold()
    hits = []
    for needle in needles:
        raw = needle.encode()
        forms = {
            needle.casefold(),
            raw.hex(),
            needle.casefold().encode().hex(),
            needle.encode("unicode_escape").decode().casefold(),
        }
        for shift in range(3):
            # Base64 of the middle of the text, whatever stands before it.
            encoded = base64.b64encode(b"\0" * shift + raw).decode().rstrip("=")
            forms.add(encoded[4:-2].casefold() if len(encoded) > 14 else needle.casefold())
        hits += [form for form in forms if form in low]
    return hits


def rows() -> Iterator[tuple[str, str]]:
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT t::text FROM "{table}" t')
            yield from ((table, row[0]) for row in cursor.fetchall())


def code_in(text: str, code: str) -> bool:
    return re.search(rf"(?<![0-9a-fA-F.]){code}(?![0-9a-fA-F])", text) is not None


def test_a_journey_leaves_nothing_readable(
    reference: None, api: ApiClient, sandbox: SandboxProcess, staff: Callable[..., User], tmp_path: Path,
    browser: Callable[[User], Browser], caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    story = Story(api, sandbox, run_outbox, DAY)
    manager = browser(staff("manager"))
    story.walk(manager)
    _work_of_staff(story, manager)
    run_outbox()
    assert len(sandbox.mail()) == 2

    needles = secrets_of(story)
    leaks = []
    for table, row in rows():
        wanted = needles["number"] + needles["story"] + ([] if table in MAY_HOLD_NAMES else needles["name"])
        leaks += [(table, hit) for hit in found_in(row, wanted)]
        leaks += [(table, "code") for code in story.codes if code_in(row, code)]
    everything = [needle for group in needles.values() for needle in group]
    for place, text in {
        "log": caplog.text, "output": "".join(capfd.readouterr()), "cache": _cache(),
        "addresses": " ".join(str(answer.request["PATH_INFO"]) for answer in story.answers),
        "files": _files(tmp_path / "media"),
    }.items():  # fmt: skip
        leaks += [(place, hit) for hit in found_in(text, everything)]
        leaks += [(place, "code") for code in story.codes if place != "files" and code_in(text, code)]
    assert leaks == []


def _work_of_staff(story: Story, manager: Browser) -> None:
    path = f"/cases/{story.case_id}"
    for query in (told.IIN, told.PHONE, told.NAME, "4417/КР-2024"):
        assert [row["id"] for row in manager.post("/cases/search/", {"query": query}).json()["items"]] == [
            story.case_id
        ]
    version = manager.get(f"{path}/").json()["version"]
    me = manager.get("/session/").json()["user"]["id"]
    taken = manager.post(
        f"{path}/assign/", {"assignee_id": me, "version": version}, Idempotency_Key="journey-assign"
    )
    assert taken.status_code == 200, taken.content
    shown = manager.post(f"{path}/reveal/", {"fields": ["iin", "phone"], "reason": "Звонок банка"})
    assert shown.json() == {"iin": told.IIN, "phone": told.PHONE}
    note = {"text": f"Звонил {told.NAME}, {told.PHONE}", "audience": "internal"}
    assert manager.post(f"{path}/comments/", note, Idempotency_Key="journey-comment").status_code == 201
    fact = {"kind": "REFUSED", "date": "2026-11-18", "text": told.HARDSHIP}
    assert manager.post(f"{path}/facts/", fact, Idempotency_Key="journey-fact").status_code == 200
    for seen in (f"{path}/", f"{path}/timeline/", f"{path}/documents/", "/cases/counts/"):
        assert manager.get(seen).status_code == 200
    wrong = told.form() | {"applicant": {"full_name": f"{told.NAME} 2", "iin": "870419390123"}}
    assert manager.post("/cases/search/", {"query": told.IIN, "x": wrong}).status_code == 400


def _cache() -> str:
    client = redis.Redis.from_url(django_settings.CACHES["default"]["LOCATION"])
    found = []
    for key in client.scan_iter("*"):
        value = client.dump(key) or b""
        found.append(
            key.decode(errors="replace") + " " + value.decode("utf-8", errors="replace") + " " + value.hex()
        )
    return "\n".join(found)


def _files(folder: Path) -> str:
    parts: list[Any] = []
    for file in folder.rglob("*"):
        parts.append(file.name)
        if file.is_file():
            parts.append(file.read_bytes().decode("utf-8", errors="replace"))
    return "\n".join(parts)


def test_the_search_for_leaks_itself_finds_what_is_there() -> None:
    for hidden in (
        told.IIN, told.IIN.encode().hex(), f"x{told.NAME}y", told.NAME.encode().hex(),
        base64.b64encode(f"ab{told.HARDSHIP}".encode()).decode(), json.dumps({"a": told.ADDRESS}),
    ):  # fmt: skip
        assert found_in(hidden, [told.IIN, told.NAME, told.HARDSHIP, told.ADDRESS]), hidden
    assert code_in('{"code": "123456"}', "123456")
