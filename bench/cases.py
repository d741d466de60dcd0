"""B1: list, filter, search and open at 20 000 cases, through HTTP in process with rights on."""

import json
from collections.abc import Callable
from typing import Any

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from bench.measure import Row, Sample, run
from kenes.accounts import demo
from kenes.accounts.models import User
from kenes.cases import testing
from kenes.cases.models import Case
from kenes.law.models import DeadlineRule

CASES, RUNS = 20_000, 60
LIST_MS, SEARCH_MS, OPEN_MS, OPEN_QUERIES = 60, 120, 80, 15


def _client(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def _get(client: Client, path: str) -> Callable[[], Any]:
    def call() -> Any:
        response = client.get(f"/api/v1{path}", HTTP_HOST="localhost")
        assert response.status_code == 200, response.content[:300]
        return response.json()

    return call


def _search(client: Client, query: str) -> Callable[[], Any]:
    body = json.dumps({"query": query})

    def call() -> Any:
        response = client.post(
            "/api/v1/cases/search/", body, content_type="application/json", HTTP_HOST="localhost"
        )
        assert response.status_code == 200, response.content[:300]
        return response.json()

    return call


def _queries(call: Callable[[], Any]) -> int:
    with CaptureQueriesContext(connection) as captured:
        call()
    return len(captured)


def _row(name: str, sample: Sample, budget_ms: int, queries: int, *, most_queries: int = 0) -> Row:
    p95 = sample.percentile_ms(95)
    within = p95 <= budget_ms and (not most_queries or queries <= most_queries)
    measured = f"p50 {sample.percentile_ms(50):.0f} ms, p95 {p95:.0f} ms, {queries} queries"
    budget = f"p95 ≤ {budget_ms} ms" + (f", ≤ {most_queries} queries" if most_queries else "")
    return Row(f"{name}, {CASES} cases", measured, budget, within)


def _prepare() -> Client:
    if not DeadlineRule.objects.exists():
        testing.load_reference_data()
    demo.load()
    missing = CASES - Case.objects.count()
    if missing > 0:
        testing.bulk_cases(missing)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return _client(User.objects.get(email="supervisor@kenes.sandbox"))


def rows() -> list[Row]:
    client = _prepare()
    some = Case.objects.exclude(number=None).order_by("-created_at")[CASES // 2]
    client.get("/api/v1/session/", HTTP_HOST="localhost")
    parts: list[tuple[str, Callable[[], Any], int, int]] = [
        ("list, first page", _get(client, "/cases/?limit=25"), LIST_MS, 0),
        ("list by status and urgency", _get(client, "/cases/?status=active&urgency=2&limit=25"), LIST_MS, 0),
        ("list by next deadline", _get(client, "/cases/?sort=next_deadline&limit=25"), LIST_MS, 0),
        ("counts", _get(client, "/cases/counts/"), LIST_MS, 0),
        ("search, common surname", _search(client, "Ахметов"), SEARCH_MS, 0),
        ("search, case number", _search(client, str(some.number)), SEARCH_MS, 0),
        ("search, mistyped name", _search(client, "Ахмтеов"), SEARCH_MS, 0),
        ("open a case", _get(client, f"/cases/{some.pk}/"), OPEN_MS, OPEN_QUERIES),
    ]
    table = []
    for name, call, budget, most in parts:
        call()
        table.append(_row(name, run(call, RUNS), budget, _queries(call), most_queries=most))
    return table
