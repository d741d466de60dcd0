"""Asking OCSP and lists while a signature is judged."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from kzsign import RevocationPolicy, Trust, certificates, verify
from kzsign.online import Breaker, Fetcher, ListFolder, OnlineSource
from kzsign.testing import Authority, Identity, Revocation, Status, crl, ocsp_answer, sign_cms
from kzsign.testing.ocsp import never_issued, ocsp_error
from kzsign.tests.web import Asked, Reply, Web

NOW = datetime.now(UTC).replace(microsecond=0)
DOCUMENT = b"contract"


@pytest.fixture(scope="module")
def authority() -> Authority:
    return Authority.make(now=NOW)


@pytest.fixture(scope="module")
def responder(authority: Authority) -> Identity:
    return authority.ocsp_responder()


@pytest.fixture(scope="module")
def trust(authority: Authority) -> Trust:
    return Trust.of(authority.root.certificate, intermediates=[authority.issuing.certificate])


@pytest.fixture
def person(authority: Authority) -> Identity:
    return authority.individual()


def _nonce(asked: Asked) -> bytes:
    """The sixteen octets behind the identifier of the nonce."""
    body = asked.body
    place = body.index(bytes.fromhex("2b0601050507300102")) + 9
    return body[place + 4 : place + 4 + body[place + 3]]


class Responder:
    """Answers as OCSP at /ocsp/ and gives lists at /crl/…; every part can be changed."""

    def __init__(self, authority: Authority, responder: Identity, person: Identity) -> None:
        self.authority, self.responder, self.person = authority, responder, person
        self.status = Status(person.serial)
        self.knobs: dict[str, object] = {}
        self.with_nonce = True
        self.raw: Reply | None = None
        self.lists: dict[str, bytes] = {}

    def __call__(self, asked: Asked) -> Reply:
        if asked.method == "GET":
            body = self.lists.get(asked.path)
            return Reply(body) if body else Reply(status=404)
        return self.raw or Reply(self.answer(_nonce(asked) if self.with_nonce else None))

    def answer(self, nonce: bytes | None) -> bytes:
        knobs = {"issuer": self.authority.issuing, "responder": self.responder, **self.knobs}
        return ocsp_answer(self.status, nonce=nonce, **knobs)  # type: ignore[arg-type]


@pytest.fixture
def service(authority: Authority, responder: Identity, person: Identity) -> Responder:
    return Responder(authority, responder, person)


@pytest.fixture
def web(service: Responder) -> Iterator[Web]:
    with Web(service) as one:
        yield one


@pytest.fixture
def judged(web: Web, person: Identity, trust: Trust) -> Callable[..., tuple[str, str, str]]:
    signature = sign_cms(DOCUMENT, person, detached=True)

    def judge(source: OnlineSource | None = None) -> tuple[str, str, str]:
        source = source or OnlineSource.of(ocsp_url=f"{web.url}/ocsp/", seconds=1)
        # The issuing authority's own standing is told by the root's list.
        report = verify(signature, document=DOCUMENT, trust=_issuing_as_anchor(trust), revocation=source)
        found = report.signers[0].revocation
        return report.verdict.value, found.status, found.source

    return judge


def _issuing_as_anchor(trust: Trust) -> Trust:
    return Trust(anchors=trust.intermediates)


def test_good_answer_makes_the_signature_valid(judged: Callable[..., tuple[str, str, str]], web: Web) -> None:
    assert judged() == ("valid", "good", "ocsp")
    assert web.asked[0].headers["Content-Type"] == "application/ocsp-request"


def test_answer_used_is_there_to_be_archived(
    web: Web, judged: Callable[..., tuple[str, str, str]], person: Identity, trust: Trust
) -> None:
    source = OnlineSource.of(ocsp_url=f"{web.url}/ocsp/")
    judged(source)
    (kept,) = source.ocsp_answers
    from kzsign.testing import Archive, Signing

    later = sign_cms(DOCUMENT, Signing(person, archive=Archive(ocsp=[kept])), detached=True)
    report = verify(
        later, document=DOCUMENT, trust=_issuing_as_anchor(trust), revocation=RevocationPolicy.ARCHIVED
    )
    assert report.signers[0].revocation.source == "archived"


def test_revoked_and_never_issued_make_it_invalid(
    service: Responder, judged: Callable[..., tuple[str, str, str]], person: Identity
) -> None:
    service.status = Status(person.serial, "revoked", NOW - timedelta(days=2), 1)
    assert judged() == ("invalid", "revoked", "ocsp")
    service.status = never_issued(person.serial)
    assert judged()[:2] == ("invalid", "revoked")


def test_unknown_to_the_responder_is_unknown(
    service: Responder, judged: Callable[..., tuple[str, str, str]], person: Identity
) -> None:
    service.status = Status(person.serial, "unknown")
    assert judged()[:2] == ("unknown", "unknown")


@pytest.mark.parametrize(
    "raw",
    [
        Reply(status=500),
        Reply(status=302, headers={"Location": "/ocsp/good"}),
        Reply(b"<html>captive portal</html>"),
        Reply(b""),
        Reply(ocsp_error(3)),
        Reply(ocsp_error(6)),
        Reply(b"x" * 300_000),
        Reply(b"\x30", wait=2),
    ],
)
def test_no_usable_answer_is_unknown_and_never_good(
    service: Responder, judged: Callable[..., tuple[str, str, str]], raw: Reply
) -> None:
    service.raw = raw
    assert judged()[:2] == ("unknown", "unknown")


def test_replayed_answer_is_refused(
    service: Responder, judged: Callable[..., tuple[str, str, str]], person: Identity
) -> None:
    old = service.answer(b"\x01" * 16)
    service.raw = Reply(old)
    assert judged()[:2] == ("unknown", "unknown")


def test_answer_without_nonce_must_be_fresh(
    service: Responder, judged: Callable[..., tuple[str, str, str]]
) -> None:
    service.with_nonce = False
    assert judged()[:2] == ("valid", "good")
    service.knobs["at"] = NOW - timedelta(hours=1)
    assert judged()[:2] == ("unknown", "unknown")


def test_answer_from_the_future_is_refused(
    service: Responder, judged: Callable[..., tuple[str, str, str]]
) -> None:
    service.knobs["at"] = NOW + timedelta(hours=1)
    assert judged()[:2] == ("unknown", "unknown")


def test_answers_of_others_are_refused(
    service: Responder, judged: Callable[..., tuple[str, str, str]], authority: Authority, person: Identity
) -> None:
    service.knobs["responder"] = authority.look_alike().ocsp_responder()
    assert judged()[:2] == ("unknown", "unknown")
    service.knobs["responder"] = authority.tsa()
    assert judged()[:2] == ("unknown", "unknown")
    service.knobs["responder"] = person
    assert judged()[:2] == ("unknown", "unknown")


def test_answer_about_another_certificate_is_refused(
    service: Responder, judged: Callable[..., tuple[str, str, str]]
) -> None:
    service.status = Status(4242)
    assert judged()[:2] == ("unknown", "unknown")


def test_good_answer_is_kept_for_a_moment(web: Web, judged: Callable[..., tuple[str, str, str]]) -> None:
    source = OnlineSource.of(ocsp_url=f"{web.url}/ocsp/")
    judged(source)
    judged(source)
    assert len(web.asked) == 1


def test_unknown_is_not_kept(
    service: Responder, web: Web, judged: Callable[..., tuple[str, str, str]], person: Identity
) -> None:
    source = OnlineSource.of(ocsp_url=f"{web.url}/ocsp/")
    service.status = Status(person.serial, "unknown")
    judged(source)
    service.status = Status(person.serial)
    assert judged(source)[:2] == ("valid", "good")


def test_failing_responder_is_left_alone(
    service: Responder, web: Web, judged: Callable[..., tuple[str, str, str]]
) -> None:
    source = OnlineSource.of(ocsp_url=f"{web.url}/ocsp/", breaker=Breaker(failures=2, pause=60))
    service.raw = Reply(status=503)
    for _ in range(4):
        assert judged(source)[:2] == ("unknown", "unknown")
    assert len(web.asked) == 2


def test_responder_named_by_a_certificate_is_asked_only_when_listed(
    authority: Authority, service: Responder, web: Web, trust: Trust
) -> None:
    named = Authority(now=NOW, address=web.url)
    named.__dict__.update(root=authority.root, issuing=authority.issuing)
    person = named.individual()
    service.status = Status(person.serial)
    signature = sign_cms(DOCUMENT, person)
    anchors = _issuing_as_anchor(trust)
    hostile = verify(signature, trust=anchors, revocation=OnlineSource.of(fetch_lists=True))
    assert (hostile.verdict.value, web.asked) == ("unknown", [])
    friendly = verify(signature, trust=anchors, revocation=OnlineSource.of(hosts=("127.0.0.1",)))
    assert friendly.verdict.value == "valid"


def test_list_answers_where_ocsp_does_not(
    authority: Authority, service: Responder, web: Web, trust: Trust, tmp_path: Path
) -> None:
    person = authority.individual()
    signature = sign_cms(DOCUMENT, person)
    service.raw = Reply(status=503)
    service.lists["/full"] = crl(authority.issuing, {7: Revocation(NOW)}, number=1, at=NOW)
    lists = ListFolder(tmp_path)
    fetch = Fetcher(hosts=("127.0.0.1",))
    (done,) = lists.refresh([f"{web.url}/full"], trust, fetch)
    assert (done.outcome, done.number) == ("new", 1)
    source = OnlineSource.of(ocsp_url=f"{web.url}/ocsp/", lists=tmp_path)
    anchors = _issuing_as_anchor(trust)
    assert verify(signature, trust=anchors, revocation=source).signers[0].revocation.source == "crl"
    service.lists["/delta"] = crl(
        authority.issuing,
        {person.serial: Revocation(NOW, 1)},
        number=2,
        base=1,
        at=NOW + timedelta(seconds=1),
    )
    lists.refresh([f"{web.url}/delta"], trust, fetch)
    assert verify(signature, trust=anchors, revocation=source).verdict.value == "invalid"


def test_list_named_by_the_certificate_is_fetched_once(
    authority: Authority, service: Responder, web: Web, trust: Trust
) -> None:
    named = Authority(now=NOW, address=web.url)
    named.__dict__.update(root=authority.root, issuing=authority.issuing)
    signature = sign_cms(DOCUMENT, named.individual())
    service.raw = Reply(status=503)
    service.lists["/crl/nca_gost.crl"] = crl(authority.issuing, {}, at=NOW)
    source = OnlineSource.of(hosts=("127.0.0.1",), fetch_lists=True)
    for _ in range(2):
        report = verify(signature, trust=_issuing_as_anchor(trust), revocation=source)
        assert (report.verdict.value, report.signers[0].revocation.source) == ("valid", "crl")
    assert [one.path for one in web.asked].count("/crl/nca_gost.crl") == 1


def test_refresh_takes_only_what_is_signed_and_not_older(
    authority: Authority, service: Responder, web: Web, trust: Trust, tmp_path: Path
) -> None:
    lists, fetch, address = ListFolder(tmp_path), Fetcher(hosts=("127.0.0.1",)), f"{web.url}/full"

    def outcome(body: bytes) -> str:
        service.lists["/full"] = body
        (done,) = lists.refresh([address], trust, fetch)
        return done.outcome

    issuer = certificates.read(authority.issuing.certificate)
    good = crl(authority.issuing, {7: Revocation(NOW)}, number=2, at=NOW)
    assert outcome(good) == "new"
    assert outcome(crl(authority.issuing, {}, number=1, at=NOW - timedelta(days=1))) == "older"
    assert outcome(crl(authority.look_alike().issuing, {}, number=3, at=NOW)) == "signature_mismatch"
    assert outcome(crl(authority.legacy, {}, number=3, at=NOW)) == "unknown_issuer"
    assert outcome(b"<html>") == "malformed" or outcome(b"<html>").startswith(("unexpected", "trunc", "not_"))
    service.lists.clear()
    assert lists.refresh([address], trust, fetch)[0].outcome == "bad_status"
    assert list(lists.of(issuer)) == [good]
    assert [file.suffix for file in sorted(tmp_path.iterdir())] == [".crl", ".json"]


def test_unchanged_list_is_not_sent_again(authority: Authority, trust: Trust, tmp_path: Path) -> None:
    body = crl(authority.issuing, {}, at=NOW)

    def answer(asked: Asked) -> Reply:
        known = asked.headers.get("If-None-Match") == '"one"'
        return Reply(status=304) if known else Reply(body, headers={"ETag": '"one"'})

    with Web(answer) as web:
        lists, fetch = ListFolder(tmp_path), Fetcher(hosts=("127.0.0.1",))
        outcomes = [lists.refresh([web.url], trust, fetch)[0].outcome for _ in range(2)]
        assert outcomes == ["new", "unchanged"]
        # A file that was damaged on the disk is fetched anew, whatever was told about it.
        next(tmp_path.glob("*.crl")).write_bytes(b"damaged")
        assert lists.refresh([web.url], trust, fetch)[0].outcome == "new"


def test_lists_near_their_end_are_named(
    authority: Authority, service: Responder, web: Web, trust: Trust, tmp_path: Path
) -> None:
    lists = ListFolder(tmp_path)
    service.lists["/full"] = crl(authority.issuing, {}, at=NOW, next_update=NOW + timedelta(hours=5))
    lists.refresh([f"{web.url}/full"], trust, Fetcher(hosts=("127.0.0.1",)))
    assert lists.ending(NOW, timedelta(hours=4)) == []
    assert lists.ending(NOW, timedelta(hours=6)) == [(f"{web.url}/full", NOW + timedelta(hours=5))]
    next(tmp_path.glob("*.json")).write_text('{"next_update": 5}')
    assert lists.ending(NOW, timedelta(hours=6)) == []
