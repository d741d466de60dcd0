"""The same questions to both sides, and how their answers are counted."""

import base64
import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

import httpx

from bench.b1 import records

PAGE: Final = 25
Ask = Callable[[httpx.Client], Any]


@dataclass(frozen=True, slots=True)
class Question:
    """One operation. Without a `table` the peer has nothing like it; `rest` asks its second interface."""

    name: str
    ours: Ask
    table: Ask | None = None
    rest: Ask | None = None
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


def _title_of_ours(ask: Ask) -> Callable[[httpx.Client], tuple[list[str], int]]:
    def found(client: httpx.Client) -> tuple[list[str], int]:
        case = ask(client).json()
        return [f"{case['number']} {case['borrower_name']}"], 1

    return found


def _title_of_table(ask: Ask) -> Callable[[httpx.Client], tuple[list[str], int]]:
    """The heading of its page: it has `KH-3010-000123 Name [bench-123]` there."""

    def found(client: httpx.Client) -> tuple[list[str], int]:
        titles = re.findall(r"KH-\d{4}-\d{6} [^\[<]+", ask(client).text)
        return [one.strip() for one in titles[:1]], len(set(titles[:1]))

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
    one, their_one = _get(f"/api/v1/cases/{asked['one']}/"), _get(f"/tickets/{peer['one']}/")
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
            "one record", one, their_one, _get(f"/api/tickets/{peer['one']}/"),
            _title_of_ours(one), _title_of_table(their_one),
        ),
        _search("search, common surname", asked["common"]),
        _search("search, one number", asked["rare"]),
        _search("search, Kazakh word form", records.KAZAKH_FORM, differs=True),
        _search("search, mistyped surname", asked["mistyped"], differs=True),
    ]  # fmt: skip


def alone(asked: dict[str, Any]) -> list[Question]:
    """What lists of the product do beside that: other orders, filters with many and with few, far pages, totals."""
    listed = f"/api/v1/cases/?limit={PAGE}"
    orders = ("created_at", "next_deadline", "urgency", "-amount", "-updated_at", "number")
    filters = {
        "term missed": "term=overdue", "column of far terms": "column=later", "pressing": "pressing=true",
        "unread": "unread=true", "procedure": "track_kind=RESTRUCTURING", "rare procedure": "track_kind=MEDIATION",
        "nothing fits": "language=en&status=active", "mine": "assignee=me",
    }  # fmt: skip
    common = asked["common"]
    return [
        *(Question(f"list by {one}", _get(f"{listed}&sort={one}")) for one in orders),
        *(Question(f"list: {name}", _get(f"{listed}&{filtering}")) for name, filtering in filters.items()),
        Question("list, far page", _get(f"{listed}&cursor={asked['cursor']}")),
        Question("list, counts of tabs", _get("/api/v1/cases/counts/")),
        Question("list, totals", _post("/api/v1/cases/totals/", {})),
        *(
            Question(f"search, {name}", _post("/api/v1/cases/search/", {"query": words, "limit": PAGE}))
            for name, words in {
                "word of nearly all": "банк", "two words": "жауап хат", "name and creditor": f"{common} банк",
                "begun": common[:4], "nothing there": "ыыыщщщйй",
            }.items()
        ),
        Question("search, totals", _post("/api/v1/cases/totals/", {"query": common})),
    ]  # fmt: skip
