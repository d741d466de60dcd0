"""What may be fetched, and what an answer may cost."""

import socket
import threading
import time

import pytest

from kzsign.online import Fetcher, FetchError
from kzsign.online.caching import Breaker, MemoryCache
from kzsign.tests.web import Reply, Web

LOCAL = Fetcher(hosts=("127.0.0.1",))


def _refused(fetcher: Fetcher, address: str, *, max_bytes: int = 1000, seconds: float = 2.0) -> str:
    with pytest.raises(FetchError) as problem:
        fetcher(address, max_bytes=max_bytes, seconds=seconds)
    return problem.value.code


def test_listed_host_is_asked_by_http_1_1_with_a_name() -> None:
    with Web(lambda asked: Reply(asked.body + b"!", headers={"ETag": '"1"'})) as web:
        answer = LOCAL(f"{web.url}/ocsp/?a=1", body=b"question", max_bytes=1000, seconds=2)
    assert (answer.status, answer.body, answer.etag) == (200, b"question!", '"1"')
    assert (web.asked[0].method, web.asked[0].path) == ("POST", "/ocsp/?a=1")
    assert web.asked[0].headers["User-Agent"].startswith("kzsign/")


@pytest.mark.parametrize(
    "address",
    [
        "http://127.0.0.1:{port}/",
        "http://127.0.0.1.nip.example:{port}/",
        "http://ocsp.pki.gov.kz@127.0.0.1:{port}/",
        "http://ocsp.pki.gov.kz:{port}/",
        "file:///etc/passwd",
        "ftp://ocsp.pki.gov.kz/",
        "gopher://127.0.0.1:{port}/",
        "//127.0.0.1:{port}/",
        "http://[::1]:{port}/",
        "http://2130706433:{port}/",
        "http://127.0.0.1:{port}/ HTTP/1.1\r\nX: y",
        "http://ocsp.pki.gov.kz\r\n/",
        "http://ocsp.pki.gov.kz:99999/",
        "http://[broken/",
        "http:///nothing",
        "",
        "http://ocsp.pki.gov.kz/" + "a" * 3000,
    ],
)
def test_other_addresses_are_never_asked(address: str) -> None:
    with Web(lambda _: Reply(b"secret")) as web:
        assert _refused(Fetcher(), address.format(port=web.port)) == "forbidden_address"
    assert web.asked == []


def test_configured_address_needs_no_host_on_the_list_and_opens_no_other() -> None:
    with Web(lambda _: Reply(b"yes")) as web:
        fetcher = Fetcher(hosts=(), addresses=(f"{web.url}/ocsp/",))
        assert fetcher(f"{web.url}/ocsp/", max_bytes=10, seconds=2).body == b"yes"
        assert _refused(fetcher, f"{web.url}/admin/") == "forbidden_address"
    assert len(web.asked) == 1


def test_redirects_are_not_followed() -> None:
    with Web(lambda _: Reply(status=302, headers={"Location": "/other"})) as web:
        assert _refused(LOCAL, web.url) == "bad_status"
    assert [one.path for one in web.asked] == ["/"]


def test_answers_larger_than_allowed_are_not_read() -> None:
    with Web(lambda _: Reply(b"x" * 2000)) as web:
        assert _refused(LOCAL, web.url, max_bytes=1999) == "too_large"
        assert len(LOCAL(web.url, max_bytes=2000, seconds=2).body) == 2000


def test_compressed_answers_are_not_unpacked() -> None:
    with Web(lambda _: Reply(b"x", headers={"Content-Encoding": "gzip"})) as web:
        assert _refused(LOCAL, web.url) == "bad_status"


def test_answer_that_ends_early_is_no_answer() -> None:
    with Web(lambda _: Reply(b"part", cut_short=True)) as web:
        assert _refused(LOCAL, web.url) == "unreachable"


@pytest.mark.parametrize("reply", [Reply(b"x" * 500, drip=0.05), Reply(b"x", wait=3)])
def test_whole_exchange_ends_in_time(reply: Reply) -> None:
    with Web(lambda _: reply) as web:
        began = time.monotonic()
        assert _refused(LOCAL, web.url, seconds=0.5) in ("timeout", "unreachable")
        assert time.monotonic() - began < 1.5


def test_silent_name_service_does_not_hold_the_caller(monkeypatch: pytest.MonkeyPatch) -> None:
    released = threading.Event()
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: released.wait(20) and [])
    began = time.monotonic()
    assert _refused(Fetcher(), "http://ocsp.pki.gov.kz/", seconds=0.4) == "timeout"
    assert time.monotonic() - began < 2
    released.set()


def test_next_address_of_a_name_is_tried(monkeypatch: pytest.MonkeyPatch) -> None:
    with Web(lambda _: Reply(b"yes")) as web, Web(lambda _: Reply(b"no")) as closed:
        port = closed.port
        places = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("127.0.0.1", one)) for one in (1, web.port)]
        monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: places)
        fetcher = Fetcher(hosts=(f"ocsp.example:{port}",))
        assert fetcher(f"http://ocsp.example:{port}/", max_bytes=10, seconds=2).body == b"yes"
    assert web.asked[0].headers["Host"] == f"ocsp.example:{port}"


def test_name_that_is_not_there_is_unreachable(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(*_: object, **__: object) -> None:
        raise socket.gaierror

    monkeypatch.setattr(socket, "getaddrinfo", missing)
    assert _refused(Fetcher(), "http://ocsp.pki.gov.kz/") == "unreachable"


def test_nobody_there_is_unreachable() -> None:
    with Web(lambda _: Reply()) as web:
        port = web.port
    assert _refused(LOCAL, f"http://127.0.0.1:{port}/") == "unreachable"


def test_cache_forgets_in_time_and_stays_small() -> None:
    now = [0.0]
    cache = MemoryCache(max_entries=2, max_bytes=10, clock=lambda: now[0])
    cache.put("a", b"1", 10)
    assert cache.get("a") == b"1"
    now[0] = 10
    assert cache.get("a") is None
    for key in "bcd":
        cache.put(key, b"12345", 10)
    assert [cache.get(key) for key in "bcd"] == [None, b"12345", b"12345"]
    cache.put("e", b"x" * 11, 10)
    assert cache.get("e") is None


def test_breaker_pauses_and_lets_one_call_try() -> None:
    now = [0.0]
    breaker = Breaker(failures=2, pause=30, clock=lambda: now[0])
    breaker.failed("x")
    assert breaker.allows("x")
    breaker.failed("x")
    assert not breaker.allows("x") and breaker.allows("y")
    now[0] = 31
    assert breaker.allows("x") and not breaker.allows("x")
    breaker.succeeded("x")
    assert breaker.allows("x") and breaker.allows("x")
