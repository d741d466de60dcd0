from __future__ import annotations

import hashlib
import threading
import time
import xmlrpc.client
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from xmlrpc.server import SimpleXMLRPCServer

import pytest
import redis

from kenes.documents.authoring.build import FOLDER
from kenes.documents.filling.rendering import fill
from kenes.documents.letters.printing import values_for
from kenes.documents.tests.letters import BANK_LETTER
from kenes.files.converter import Pool
from kenes.files.pages import page_image, pdf_text
from kenes.foundation.providers import Rejected, Temporary

POISON = b"poison"


def never() -> bool:
    return False


@contextmanager
def instance(
    name: bytes, ends: Callable[[], bool] = never, misreads: Callable[[], bool] = never
) -> Iterator[str]:
    """Speaks unoserver's protocol, one call at a time as it does, and hangs on POISON."""
    server = SimpleXMLRPCServer(("127.0.0.1", 0), allow_none=True, logRequests=False)
    server.register_introspection_functions()
    ended = threading.Event()

    def convert(path: None, data: xmlrpc.client.Binary, *rest: object) -> xmlrpc.client.Binary:
        if data.data == POISON:
            ended.wait(3)
        if data.data == b"crash" or ends():
            raise RuntimeError("com.sun.star.lang.DisposedException: Binary URP bridge disposed")
        if data.data == b"broken" or misreads():
            raise RuntimeError("Could not load document")
        return xmlrpc.client.Binary(b"%PDF-" + name)

    server.register_function(convert)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield f"127.0.0.1:{server.server_address[1]}"
    finally:
        ended.set()
        server.shutdown()
        thread.join()
        server.server_close()


def pool(leases: redis.Redis, *addresses: str, **options: float) -> Pool:
    prefix = f"kenes:converter-test:{time.monotonic_ns()}"
    return Pool(addresses=addresses, leases=leases, timeout_seconds=0.5, prefix=prefix, **options)


def test_a_poisoned_file_costs_one_time_limit_and_nobody_else(leases: redis.Redis) -> None:
    with instance(b"a") as first, instance(b"b") as second:
        converters = pool(leases, first, second)
        with ThreadPoolExecutor() as threads:
            started = time.monotonic()
            poisoned = threads.submit(converters.to_pdf, POISON)
            time.sleep(0.05)
            others = [threads.submit(converters.to_pdf, b"good") for _ in range(20)]
            assert all(other.result().startswith(b"%PDF-") for other in others)
            assert time.monotonic() - started < 2.5
            with pytest.raises(Temporary, match="timeout"):
                poisoned.result()
        with pytest.raises(Rejected, match="file_hangs"):
            converters.to_pdf(POISON)


def test_an_instance_that_hangs_gets_no_file_until_it_answers(leases: redis.Redis) -> None:
    with instance(b"a") as address:
        converters = pool(leases, address, wait_seconds=8)
        with pytest.raises(Temporary):
            converters.to_pdf(POISON)
        started = time.monotonic()
        assert converters.to_pdf(b"good") == b"%PDF-a"
        assert time.monotonic() - started > 2


def test_a_file_under_which_libreoffice_ends_is_not_given_to_one_instance_after_the_other(
    leases: redis.Redis,
) -> None:
    with instance(b"a") as first, instance(b"b") as second, instance(b"c") as third:
        converters = pool(leases, first, second, third)
        with pytest.raises(Rejected, match="file_crashes"):
            converters.to_pdf(b"crash")
        assert (
            sum(
                converters.leases.exists(f"{converters.prefix}:suspect:{one}")
                for one in (first, second, third)
            )
            == 2
        )
        assert converters.to_pdf(b"good").startswith(b"%PDF-")
        with pytest.raises(Rejected):
            converters.to_pdf(b"crash")


def test_an_instance_that_ends_under_a_good_file_is_not_held_against_it(leases: redis.Redis) -> None:
    ended = iter([True])
    with instance(b"a", ends=lambda: next(ended, False)) as address:
        converters = pool(leases, address, wait_seconds=8)
        assert converters.to_pdf(b"good") == b"%PDF-a"
        mark = f"{converters.prefix}:hostile:{hashlib.sha256(b'good').hexdigest()}"
        assert not leases.exists(f"{mark}:crashes")


def test_a_good_file_that_an_ending_instance_calls_unreadable_is_looked_at_once_more(
    leases: redis.Redis,
) -> None:
    answers = iter([True, False])
    with instance(b"a", misreads=lambda: next(answers)) as address:
        assert pool(leases, address).to_pdf(b"good") == b"%PDF-a"


def test_who_waits_is_counted(leases: redis.Redis) -> None:
    with instance(b"a") as address, ThreadPoolExecutor() as threads:
        converters = pool(leases, address)
        assert converters.waiting() == 0
        busy = threads.submit(converters.to_pdf, POISON)
        time.sleep(0.1)
        waiting = [threads.submit(converters.to_pdf, b"good") for _ in range(3)]
        time.sleep(0.1)
        assert converters.waiting() == 3
        with pytest.raises(Temporary):
            busy.result()
        assert [one.result() for one in waiting] == [b"%PDF-a"] * 3
        assert converters.waiting() == 0


def test_a_dead_instance_is_passed_over(leases: redis.Redis) -> None:
    with instance(b"a") as dead:
        pass
    with instance(b"b") as alive:
        converters = pool(leases, dead, alive)
        assert {converters.to_pdf(b"good") for _ in range(6)} == {b"%PDF-b"}
        converters.check()


def test_without_a_living_instance_the_work_is_put_off(leases: redis.Redis) -> None:
    with instance(b"a") as dead:
        pass
    converters = pool(leases, dead, wait_seconds=0.2)
    with pytest.raises(Temporary, match="no_free_instance"):
        converters.to_pdf(b"good")
    with pytest.raises(RuntimeError, match="no converter"):
        converters.check()


@pytest.mark.parametrize("data", [b"", b"broken"])
def test_a_file_that_cannot_be_read_is_rejected_and_frees_the_instance(
    leases: redis.Redis, data: bytes
) -> None:
    with instance(b"a") as address:
        converters = pool(leases, address)
        with pytest.raises(Rejected):
            converters.to_pdf(data)
        assert converters.to_pdf(b"good") == b"%PDF-a"


def _letter(language: str) -> bytes:
    template = (FOLDER / "RESTRUCT_BANK" / f"{language}.docx").read_bytes()
    return fill(template, values_for("RESTRUCT_BANK", BANK_LETTER, language))


def test_a_letter_becomes_a_pdf_whose_fonts_hold_every_letter(converter: Pool, tmp_path) -> None:
    import subprocess

    pdf = converter.to_pdf(_letter("kk"))
    path = tmp_path / "letter.pdf"
    path.write_bytes(pdf)
    listing = subprocess.run(
        ["pdffonts", path], capture_output=True, text=True, check=True
    ).stdout.splitlines()[2:]
    fonts = {line.split()[0].split("+")[-1].split("-")[0] for line in listing}
    assert fonts == {"Carlito"}, "a second font means that letters were missing in the first"
    assert "Ө" in pdf_text(pdf) and "₸" in pdf_text(pdf) and "қ" in pdf_text(pdf)


def test_a_page_is_drawn_for_a_phone(converter: Pool) -> None:
    pdf = converter.to_pdf(_letter("ru"))
    image = page_image(pdf, 1)
    assert (image.width, image.height) == (1000, 1415) and image.png.startswith(b"\x89PNG")
    with pytest.raises(Rejected):
        page_image(pdf, 40)
    with pytest.raises(Rejected):
        page_image(b"not a pdf", 1)


def test_not_a_word_file_is_rejected_by_the_real_converter(converter: Pool) -> None:
    with pytest.raises(Rejected):
        converter.to_pdf(b"<html><img src='file:///etc/passwd'></html>")
