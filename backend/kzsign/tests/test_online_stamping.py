"""Asking for a time stamp: the token that was asked for, or none."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from kzsign import Trust, digests
from kzsign.asn1 import Fields, integer, parse
from kzsign.online import Breaker, Fetcher, StampClient, StampError
from kzsign.online.stamping import POLICY_GOST
from kzsign.testing import Authority, Identity, time_stamp
from kzsign.testing.timestamps import granted, refused
from kzsign.tests.web import Asked, Reply, Web

DATA = b"signature octets"
LOCAL = Fetcher(hosts=("127.0.0.1",))


@pytest.fixture(scope="module")
def authority() -> Authority:
    return Authority.make()


@pytest.fixture(scope="module")
def tsa(authority: Authority) -> Identity:
    return authority.tsa()


@pytest.fixture(scope="module")
def trust(authority: Authority) -> Trust:
    return Trust.of(authority.root.certificate, intermediates=[authority.issuing.certificate])


def _nonce(asked: Asked) -> int:
    fields = Fields(parse(asked.body))
    fields.take()
    fields.take()
    fields.optional(0x06)
    return integer(fields.take(0x02))


def _service(tsa: Identity, **knobs: Any) -> Callable[[Asked], Reply]:
    def answer(asked: Asked) -> Reply:
        return Reply(granted(time_stamp(DATA, tsa, **{"nonce": _nonce(asked), **knobs})))

    return answer


def _refusal(answer: Callable[[Asked], Reply], **knobs: Any) -> str:
    with Web(answer) as web, pytest.raises(StampError) as problem:
        StampClient(LOCAL, web.url, **knobs).stamp(DATA)
    return problem.value.code


def test_token_over_the_data_comes_back(tsa: Identity, trust: Trust) -> None:
    with Web(_service(tsa)) as web:
        token = StampClient(LOCAL, web.url, trust=trust, policy=POLICY_GOST).stamp(DATA)
    assert digests.streebog512(DATA) in token
    assert web.asked[0].headers["Content-Type"] == "application/timestamp-query"


def test_rsa_authority_answers_sha_256(authority: Authority) -> None:
    trust = Trust.of(authority.rsa_root.certificate, intermediates=[authority.rsa_issuing.certificate])
    with Web(_service(authority.tsa(family="rsa"))) as web:
        token = StampClient(LOCAL, web.url, trust=trust).stamp(DATA, digest="sha256")
    assert digests.digest("sha256", DATA) in token


@pytest.mark.parametrize(
    ("knobs", "code"),
    [
        ({"nonce": 1}, "other_nonce"),
        ({"nonce": None}, "other_nonce"),
        ({"imprint": b"\x01" * 64}, "other_imprint"),
        ({"policy": "1.2.3.4"}, "other_policy"),
        ({"at": datetime.now(UTC) - timedelta(hours=1)}, "wrong_time"),
        ({"at": datetime.now(UTC) + timedelta(hours=1)}, "wrong_time"),
    ],
)
def test_token_of_something_else_is_refused(
    tsa: Identity, trust: Trust, knobs: dict[str, Any], code: str
) -> None:
    assert _refusal(_service(tsa, **knobs), trust=trust, policy=POLICY_GOST) == code


def test_authority_without_anchor_is_refused(authority: Authority, trust: Trust) -> None:
    foreign = authority.look_alike().tsa()
    assert _refusal(_service(foreign), trust=trust) == "timestamp_untrusted"


def test_certificate_for_something_else_may_not_stamp(authority: Authority, trust: Trust) -> None:
    assert _refusal(_service(authority.individual()), trust=trust) == "timestamp_usage"


@pytest.mark.parametrize(
    ("reply", "code"),
    [
        (Reply(refused(2)), "refused"),
        (Reply(b"<html>"), "malformed"),
        (Reply(b""), "malformed"),
        (Reply(status=503), "bad_status"),
        (Reply(status=302, headers={"Location": "http://127.0.0.1/"}), "bad_status"),
        (Reply(b"x" * 300_000), "too_large"),
        (Reply(granted(b"\x30\x00")), "malformed"),
    ],
)
def test_no_token_is_an_error_with_its_reason(reply: Reply, code: str) -> None:
    assert _refusal(lambda _: reply) == code


def test_service_that_fails_is_left_alone() -> None:
    with Web(lambda _: Reply(status=503)) as web:
        client = StampClient(LOCAL, web.url, breaker=Breaker(failures=1, pause=60))
        codes = []
        for _ in range(2):
            with pytest.raises(StampError) as problem:
                client.stamp(DATA)
            codes.append(problem.value.code)
    assert codes == ["bad_status", "paused"]
    assert len(web.asked) == 1
