"""B9: sign-in by password and the check of a session: cost, share of hashing, and a hundred sign-ins at once.

Speaks HTTP to a gunicorn of its own (two workers, as `make run` starts it), because starving is about processes and
threads, not about one call. The peer of the sign-in is the bare password hash of Django in this process.
"""

import os
import statistics
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

import httpx
from django.conf import settings
from django.contrib.auth.hashers import check_password, make_password
from django.contrib.sessions.models import Session

from bench.measure import Row, Sample, run
from kenes.accounts.models import User
from kenes.foundation import clock

ROOT: Final = Path(__file__).resolve().parents[1]
PASSWORD: Final = "a long password of a bench"
AT_ONCE, ACCOUNTS = 100, 100
SESSION_MS, OTHERS_MS = 25, 400


def rows() -> Iterator[Row]:
    people = _people()
    with _server() as base:
        yield from _cost(base, people)
        yield _storm(base, people)
    Session.objects.all().delete()
    User.objects.filter(pk__in=[person.pk for person in people]).delete()


def _people() -> list[User]:
    """Accounts with a password and without a staff role, so that one step signs them in."""
    digest, now = make_password(PASSWORD), clock.now()
    return [
        User.objects.create(
            email=f"bench{index}@kenes.sandbox",
            email_verified_at=now,
            full_name="Bench",
            password=digest,
        )
        for index in range(ACCOUNTS)
    ]


@contextmanager
def _server() -> Iterator[str]:
    port = 18000 + os.getpid() % 1000
    environment = {
        **os.environ,
        "ADDRESS_LIMITS_FACTOR": "1000",
        "DATABASE_URL": _database_url(),
        "PYTHONPATH": str(ROOT / "backend"),
    }
    command = [
        sys.executable, "-m", "gunicorn", "-c", str(ROOT / "backend/config/gunicorn.conf.py"), "config.wsgi",
        "--bind", f"127.0.0.1:{port}", "--no-control-socket",
    ]  # fmt: skip
    process = subprocess.Popen(
        command, env=environment, cwd=ROOT / "backend", stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    base = f"http://127.0.0.1:{port}"
    try:
        for _attempt in range(150):
            try:
                if httpx.get(f"{base}/health/live", trust_env=False).status_code == 200:
                    break
            except httpx.TransportError:
                time.sleep(0.2)
        yield base
    finally:
        process.terminate()
        process.wait(20)


def _database_url() -> str:
    database = settings.DATABASES["default"]
    return (
        f"postgres://{database['USER']}:{database['PASSWORD']}@{database['HOST']}:{database['PORT']}"
        f"/{database['NAME']}"
    )


def _browser(base: str) -> httpx.Client:
    client = httpx.Client(base_url=base, timeout=60, trust_env=False, headers={"Host": "localhost"})
    client.get("/api/v1/session/").raise_for_status()
    return client


def _sign_in(client: httpx.Client, email: str) -> int:
    """Sign in, coming again when told so as the browser does; how often it was told."""
    token = client.cookies["csrftoken"]
    for attempt in range(200):
        answer = client.post(
            "/api/v1/auth/password/",
            json={"email": email, "password": PASSWORD},
            headers={"X-CSRFToken": token, "Referer": settings.PUBLIC_URL},
        )
        if answer.status_code == 200:
            return attempt
        assert answer.status_code == 503, answer.text[:300]
        time.sleep(float(answer.headers["Retry-After"]))
    raise AssertionError("never let in")


def _cost(base: str, people: list[User]) -> Iterator[Row]:
    encoded = people[0].password
    hashing = run(lambda: check_password(PASSWORD, encoded), 10)
    signing: list[float] = []
    for person in people[:10]:
        browser = _browser(base)
        started = time.perf_counter()
        _sign_in(browser, str(person.email))
        signing.append(time.perf_counter() - started)
    whole, hash_ms = statistics.median(signing) * 1000, hashing.percentile_ms(50)
    yield Row(
        "sign-in by password",
        f"p50 {whole:.0f} ms, hashing {hash_ms / whole:.0%}",
        "the rest of it ≤ 150 ms",
        whole - hash_ms <= 150,
        f"bare hash {hash_ms:.0f} ms",
        f"× {whole / hash_ms:.2f}",
    )
    check = run(lambda: browser.get("/api/v1/session/").raise_for_status(), 200)
    yield Row(
        "check of a session",
        f"p50 {check.percentile_ms(50):.1f} ms, p95 {check.percentile_ms(95):.1f} ms",
        f"p95 ≤ {SESSION_MS} ms",
        check.percentile_ms(95) <= SESSION_MS,
        "",
        "",
    )


def _storm(base: str, people: list[User]) -> Row:
    """A hundred people sign in at the same moment; meanwhile somebody who is in goes on working."""
    working = _browser(base)
    _sign_in(working, str(people[0].email))
    calm = run(lambda: working.get("/api/v1/session/").raise_for_status(), 100)
    told: list[int] = []
    browsers = [(_browser(base), str(person.email)) for person in people[:AT_ONCE]]
    threads = [threading.Thread(target=lambda pair=pair: told.append(_sign_in(*pair))) for pair in browsers]
    started = time.perf_counter()
    for thread in threads:
        thread.start()
    busy: list[float] = []
    while any(thread.is_alive() for thread in threads):
        busy.append(run(lambda: working.get("/api/v1/session/").raise_for_status(), 1).seconds[0])
        time.sleep(0.02)
    seconds = time.perf_counter() - started
    others = Sample(busy)
    return Row(
        f"{AT_ONCE} sign-ins at once",
        f"all in after {seconds:.1f} s, told to wait {sum(told)} times; others p95 {others.percentile_ms(95):.0f} ms",
        f"others p95 ≤ {OTHERS_MS} ms",
        len(told) == AT_ONCE and others.percentile_ms(95) <= OTHERS_MS,
        f"calm p95 {calm.percentile_ms(95):.0f} ms",
        f"× {others.percentile_ms(95) / calm.percentile_ms(95):.1f}",
    )
