"""Whatever a service answers, asking it ends in a checked answer or in its own error, never in a crash or a lie."""

import random
from collections.abc import Callable, Mapping
from datetime import UTC, datetime

import pytest

from kzsign import Trust, certificates, ocsp
from kzsign.online import Breaker, OcspClient, OnlineSource, StampClient, StampError
from kzsign.online.http import Fetched
from kzsign.testing import Authority, Identity, Status, crl, ocsp_answer, time_stamp
from kzsign.testing.timestamps import granted

DATA = b"signature octets"
ROUNDS = 400


class Answering:
    """A fetcher that gives the octets it was told to, whatever is asked."""

    def __init__(self) -> None:
        self.body = b""

    def __call__(
        self,
        address: str,
        *,
        body: bytes | None = None,
        headers: Mapping[str, str] | None = None,
        max_bytes: int,
        seconds: float,
    ) -> Fetched:
        return Fetched(200, self.body)


@pytest.fixture(scope="module")
def authority() -> Authority:
    return Authority.make()


@pytest.fixture(scope="module")
def person(authority: Authority) -> Identity:
    return authority.individual()


def _damaged(whole: bytes, numbers: random.Random) -> bytes:
    """The octets with a few changed, cut, doubled or moved."""
    data = bytearray(whole)
    for _ in range(numbers.randint(1, 3)):
        place = numbers.randrange(len(data))
        match numbers.randrange(4):
            case 0:
                data[place] ^= 1 << numbers.randrange(8)
            case 1:
                data[place] = numbers.randrange(256)
            case 2:
                del data[place : place + numbers.randrange(1, 9)]
            case 3:
                data[place:place] = data[place : place + numbers.randrange(1, 9)]
    return bytes(data[: numbers.randrange(len(data))] if numbers.random() < 0.1 else data)


def _each_damaged(whole: bytes, look: Callable[[bytes], None]) -> None:
    numbers = random.Random(20_261_126)
    for _ in range(ROUNDS):
        damaged = _damaged(whole, numbers)
        if damaged != whole:
            look(damaged)


def test_damaged_ocsp_answers_are_no_answers(authority: Authority, person: Identity) -> None:
    answering = Answering()
    cert, issuer = (certificates.read(one) for one in (person.certificate, authority.issuing.certificate))
    whole = ocsp_answer(Status(person.serial), issuer=authority.issuing, responder=authority.ocsp_responder())

    def look(damaged: bytes) -> None:
        answering.body = damaged
        client = OcspClient(answering, url="http://x/", breaker=Breaker(failures=10**9))
        answer = client.ask(cert, issuer)
        # What still passes must be about the same certificate and say the same: only octets nobody signs may differ.
        if answer is not None:
            assert ocsp.judge(answer, cert, issuer).status == "good"

    _each_damaged(whole, look)


def test_damaged_tokens_are_refused_with_a_reason(authority: Authority) -> None:
    answering = Answering()
    trust = Trust.of(authority.root.certificate, intermediates=[authority.issuing.certificate])
    client = StampClient(answering, "http://x/", trust=trust)
    tsa = authority.tsa()
    accepted = []

    def look(damaged: bytes) -> None:
        answering.body = damaged
        try:
            accepted.append(client.stamp(DATA))
        except StampError as problem:
            assert problem.code

    # Its nonce is not the one asked for, so even the whole answer must be refused.
    look(granted(time_stamp(DATA, tsa, at=datetime.now(UTC), nonce=5)))
    _each_damaged(granted(time_stamp(DATA, tsa, at=datetime.now(UTC), nonce=5)), look)
    assert accepted == []


def test_damaged_lists_are_not_used(authority: Authority, person: Identity) -> None:
    answering = Answering()
    cert, issuer = (certificates.read(one) for one in (person.certificate, authority.issuing.certificate))
    whole = crl(authority.issuing, {})

    def new_source() -> OnlineSource:
        made = OnlineSource(OcspClient(answering, breaker=Breaker(failures=10**9)), fetch_lists=True)
        made.ocsp(cert, issuer, datetime.now(UTC))
        return made

    answering.body = whole
    assert set(new_source().crls(issuer)) == {whole}
    source = new_source()

    def look(damaged: bytes) -> None:
        answering.body = damaged
        assert list(source.crls(issuer)) == []

    _each_damaged(whole, look)
