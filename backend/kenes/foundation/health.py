"""Health for machines: alive, ready with each dependency named, and metrics."""

import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from concurrent.futures import TimeoutError as FutureTimeout

from django.core.cache import cache
from django.db import connection
from django.http import HttpRequest, HttpResponse, JsonResponse

from kenes.foundation import logs

Check = Callable[[], None]
_checks: dict[str, tuple[Check, bool]] = {}
TIMEOUT_SECONDS = 3
log = logs.get(__name__)


def register(name: str, check: Check, *, critical: bool = True) -> None:
    """Add a dependency. `check` raises when it does not work; a non-critical one is shown but does not turn ready red."""
    _checks[name] = (check, critical)


def _database() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")


def _redis() -> None:
    cache.set("health", "1", 5)
    if cache.get("health") != "1":
        raise RuntimeError("value lost")


register("database", _database)
register("redis", _redis)


def _run(check: Check) -> None:
    try:
        check()
    finally:
        connection.close()


def live(request: HttpRequest) -> HttpResponse:
    return JsonResponse({"status": "ok"})


def ready(request: HttpRequest) -> HttpResponse:
    """200 when every critical dependency works, else 503; `checks` names each with its time in milliseconds."""
    results: dict[str, dict[str, object]] = {}
    green = True
    pool = ThreadPoolExecutor(max_workers=max(4, len(_checks)))
    started = time.monotonic()
    futures = {name: pool.submit(_run, check) for name, (check, _critical) in _checks.items()}
    for name, future in futures.items():
        left = max(0.01, TIMEOUT_SECONDS - (time.monotonic() - started))
        try:
            future.result(timeout=left)
            ok = True
        except FutureTimeout:
            ok = False
        except Exception as problem:
            ok = False
            log.warning("health_check_failed", check=name, problem=type(problem).__name__)
        results[name] = {"ok": ok, "ms": round((time.monotonic() - started) * 1000)}
        green = green and (ok or not _checks[name][1])
    pool.shutdown(wait=False, cancel_futures=True)
    status = "ready" if green else "not_ready"
    return JsonResponse({"status": status, "checks": results}, status=200 if green else 503)


_gauges: dict[str, Callable[[], dict[str, float]]] = {}


def gauge(name: str, read: Callable[[], dict[str, float]]) -> None:
    """Add a metric: `read` gives label → value (label "" for a plain number)."""
    _gauges[name] = read


def metrics(request: HttpRequest) -> HttpResponse:
    """Prometheus text format; counts only, never personal data."""
    lines: list[str] = []
    for name, read in _gauges.items():
        lines.append(f"# TYPE kenes_{name} gauge")
        for label, value in read().items():
            suffix = f'{{kind="{label}"}}' if label else ""
            lines.append(f"kenes_{name}{suffix} {value:g}")
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; version=0.0.4")
