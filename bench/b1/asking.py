"""The same questions to both sides, and how their answers are counted."""

import base64
import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

import httpx

from bench.b1 import records

PAGE: Final = 25
Ask = Callable[[httpx.Client], Any]


@dataclass(frozen=True, slots=True)
class Question:
    """One operation. `rest` asks the peer's second interface; `count` how many each side finds in all."""

    name: str
    ours: Ask
    table: Ask
    rest: Ask | None
    # Numbers of cases on the first page, and the total, of each side.
    ours_found: Callable[[httpx.Client], tuple[list[str], int]] | None = None
    table_found: Callable[[httpx.Client], tuple[list[str], int]] | None = None
    # The peer looks for letters, not for forms: that it finds fewer here is what is shown.
    differs: bool = False


def _get(path: str) -> Ask:
    def ask(client: httpx.Client) -> Any:
        answer = client.get(path)
        assert answer.status_code == 200, (path, answer.status_code, answer.text[:300])
        return answer

    return ask


def _post(path: str, body: dict[str, Any]) -> Ask:
    def ask(client: httpx.Client) -> Any:
        answer = client.post(path, json=body)
        assert answer.status_code == 200, (path, answer.status_code, answer.text[:300])
        return answer

    return ask


def _table(search: str = "", filtering: dict[str, Any] | None = None) -> Ask:
    """Its staff table, newest first, as its screen asks for it."""
    query = {"search_string": search, "filtering": filtering or {}, "filtering_null": {}, "sorting": "created",
             "sortreverse": False}  # fmt: skip
    packed = base64.b64encode(json.dumps(query).encode()).decode()
    return _get(
        f"/datatables_ticket_list/{packed}?draw=1&start=0&length={PAGE}&order[0][column]=5&order[0][dir]=desc"
    )


def _numbers_of_table(ask: Ask) -> Callable[[httpx.Client], tuple[list[str], int]]:
    def found(client: httpx.Client) -> tuple[list[str], int]:
        data = ask(client).json()
        numbers = [row["title"].split()[0] for row in data["data"]]
        return numbers, int(data["recordsFiltered"])

    return found


def _numbers_of_ours(ask: Ask, totals: dict[str, Any]) -> Callable[[httpx.Client], tuple[list[str], int]]:
    def found(client: httpx.Client) -> tuple[list[str], int]:
        numbers = [row["number"] for row in ask(client).json()["items"]]
        whole = _post("/api/v1/cases/totals/", totals)(client).json()["whole"]["count"]
        return numbers, int(whole)

    return found


def _search(name: str, words: str, *, differs: bool = False) -> Question:
    ours = _post("/api/v1/cases/search/", {"query": words, "limit": PAGE})
    table = _table(words)
    return Question(
        name, ours, table, None, _numbers_of_ours(ours, {"query": words}), _numbers_of_table(table), differs
    )


def questions(asked: dict[str, Any], peer: dict[str, Any]) -> list[Question]:
    """List, filtered list, one record, four searches."""
    listed, filtered = (
        _get(f"/api/v1/cases/?limit={PAGE}"),
        _get(f"/api/v1/cases/?status={records.FILTERED_STATUS}&limit={PAGE}"),
    )
    status = records.PEER_STATUS[records.FILTERED_STATUS]
    their_list, their_filtered = _table(), _table(filtering={"status__in": [status]})
    return [
        Question(
            "list, first page", listed, their_list, _get(f"/api/tickets/?page_size={PAGE}"),
            _numbers_of_ours(listed, {}), _numbers_of_table(their_list),
        ),
        Question(
            "list by status", filtered, their_filtered, None,
            _numbers_of_ours(filtered, {"status": [records.FILTERED_STATUS]}), _numbers_of_table(their_filtered),
        ),
        Question(
            "one record", _get(f"/api/v1/cases/{asked['one']}/"), _get(f"/tickets/{peer['one']}/"),
            _get(f"/api/tickets/{peer['one']}/"),
        ),
        _search("search, common surname", asked["common"]),
        _search("search, one number", asked["rare"]),
        _search("search, Kazakh word form", records.KAZAKH_FORM, differs=True),
        _search("search, mistyped surname", asked["mistyped"], differs=True),
    ]  # fmt: skip
