"""Fetching and pinning official certificates, and refreshing lists, by the command line."""

import io
import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from kzsign import certificates, trust
from kzsign.cli import main as command_line
from kzsign.online import Fetcher
from kzsign.online.commands import main
from kzsign.online.official import Official, fetch_official
from kzsign.testing import Authority, crl
from kzsign.tests.web import Asked, Reply, Web

LOCAL = Fetcher(hosts=("127.0.0.1",))


@pytest.fixture(scope="module")
def authority() -> Authority:
    return Authority.make()


@pytest.fixture
def published(authority: Authority) -> dict[str, bytes]:
    return {"/root_gost.cer": authority.root.certificate, "/nca_gost.cer": authority.issuing.certificate}


@pytest.fixture
def web(published: dict[str, bytes]) -> Iterator[Web]:
    def answer(asked: Asked) -> Reply:
        return Reply(published[asked.path]) if asked.path in published else Reply(status=404)

    with Web(answer) as one:
        yield one


@pytest.fixture
def fetch(web: Web, tmp_path: Path) -> Callable[..., int]:
    def call(*more: str, answers: str = "", test: bool = True) -> int:
        arguments = ["anchors", "fetch", "--dir", str(tmp_path), "--only-given"]
        arguments += ["--root", f"{web.url}/root_gost.cer", "--issuing", f"{web.url}/nca_gost.cer"]
        arguments += [*(["--allow-test"] if test else []), *more]
        return main(arguments, fetcher=LOCAL, answers=io.StringIO(answers))

    return call


def _trusted(folder: Path) -> trust.Store:
    return trust.load(folder, allow_test=True, require_pins=True)


def test_confirmed_certificates_are_kept_and_pinned(
    fetch: Callable[..., int], authority: Authority, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert fetch(answers="yes\nyes\n") == 0
    found = _trusted(tmp_path).trust
    assert [one.raw for one in found.anchors] == [authority.root.certificate]
    assert [one.raw for one in found.intermediates] == [authority.issuing.certificate]
    said = capsys.readouterr().out
    assert certificates.read(authority.root.certificate).sha256 in said
    assert "KENES TEST" in said
    assert fetch() == 0
    assert "already pinned" in capsys.readouterr().out


@pytest.mark.parametrize("answers", ["", "no\nno\n", "y\ny\n", "YES\nYES\n"])
def test_what_is_not_confirmed_is_not_trusted(
    fetch: Callable[..., int], answers: str, tmp_path: Path
) -> None:
    assert fetch(answers=answers) == 1
    assert list(tmp_path.iterdir()) == []


def test_unattended_only_pinned_hashes_are_taken(
    fetch: Callable[..., int], authority: Authority, tmp_path: Path
) -> None:
    root = certificates.read(authority.root.certificate).sha256
    assert fetch("--pin", root, answers="yes\nyes\n") == 1
    assert [one.sha256 for one in _trusted(tmp_path).trust.anchors] == [root]
    assert _trusted(tmp_path).trust.intermediates == ()
    issuing = certificates.read(authority.issuing.certificate).sha256
    assert fetch("--pin", root, "--pin", issuing.upper()) == 0


def test_pin_that_nothing_has_is_an_error(fetch: Callable[..., int], tmp_path: Path) -> None:
    assert fetch("--pin", "0" * 64) == 1
    assert list(tmp_path.iterdir()) == []
    assert fetch("--pin", "abc") == 64


def test_other_certificate_under_the_same_name_is_asked_about_again(
    fetch: Callable[..., int],
    authority: Authority,
    published: dict[str, bytes],
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    fetch(answers="yes\nyes\n")
    other = authority.look_alike()
    published.update({"/root_gost.cer": other.root.certificate, "/nca_gost.cer": other.issuing.certificate})
    capsys.readouterr()
    assert fetch(answers="no\nno\n") == 1
    assert "ANOTHER CERTIFICATE" in capsys.readouterr().out
    assert [one.raw for one in _trusted(tmp_path).trust.anchors] == [authority.root.certificate]


def test_test_authorities_are_not_taken_by_default(fetch: Callable[..., int], tmp_path: Path) -> None:
    assert fetch(answers="yes\nyes\n", test=False) == 1
    assert list(tmp_path.iterdir()) == []


def test_wrong_certificates_are_not_offered(
    web: Web, authority: Authority, published: dict[str, bytes]
) -> None:
    published["/person.cer"] = authority.individual().certificate
    published["/html.cer"] = b"<html>captive portal</html>"
    published["/other_root.cer"] = authority.look_alike().root.certificate

    def problem(*officials: Official) -> str:
        return fetch_official(LOCAL, officials, allow_test=True)[-1].problem

    root = Official(f"{web.url}/root_gost.cer", is_root=True)
    assert problem(root) == ""
    assert problem(Official(root.address, is_root=True, key_id="00" * 20)) == "other_key"
    assert problem(Official(f"{web.url}/nca_gost.cer", is_root=True)) == "not_self_signed"
    assert problem(Official(f"{web.url}/nca_gost.cer", is_root=False)) == "not_signed_by_root"
    other = Official(f"{web.url}/other_root.cer", is_root=True)
    assert problem(other, Official(f"{web.url}/nca_gost.cer", is_root=False)) == "not_signed_by_root"
    assert problem(Official(f"{web.url}/person.cer", is_root=True)) == "not_an_authority"
    assert problem(Official(f"{web.url}/html.cer", is_root=True)) == "unreadable"
    assert problem(Official(f"{web.url}/absent.cer", is_root=True)) == "bad_status"
    assert problem(Official("http://elsewhere.example/root.cer", is_root=True)) == "forbidden_address"


def test_list_tells_what_is_refused(
    fetch: Callable[..., int], authority: Authority, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    fetch(answers="yes\nyes\n")
    capsys.readouterr()
    assert main(["anchors", "list", "--dir", str(tmp_path), "--allow-test"]) == 0
    assert capsys.readouterr().out.count("SHA-256") == 2
    (tmp_path / "smuggled.cer").write_bytes(authority.look_alike().root.certificate)
    assert main(["anchors", "list", "--dir", str(tmp_path), "--allow-test"]) == 1
    assert "refused smuggled.cer: not_pinned" in capsys.readouterr().out
    assert main(["anchors", "list", "--dir", str(tmp_path)]) == 1
    assert "test_anchor" in capsys.readouterr().out


def test_lists_are_refreshed_into_a_folder(
    web: Web,
    authority: Authority,
    published: dict[str, bytes],
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    authority.write_anchors(tmp_path / "anchors", families=("gost",))
    published["/full.crl"] = crl(authority.issuing, {}, number=5)
    call = ["crl", "refresh", "--dir", str(tmp_path / "lists"), "--anchors", str(tmp_path / "anchors")]
    call += ["--allow-test", "--url", f"{web.url}/full.crl"]
    assert main(call, fetcher=LOCAL) == 0
    assert "new number 5" in capsys.readouterr().out
    assert main([*call, "--url", f"{web.url}/absent.crl"], fetcher=LOCAL) == 1
    told = json.loads(next((tmp_path / "lists").glob("*.json")).read_text())
    assert told["address"] == f"{web.url}/full.crl"


def test_bad_calls_are_said_so() -> None:
    for call in (["anchors"], ["crl", "refresh"], ["anchors", "steal"], ["anchors", "list", "--what"]):
        assert command_line(call) == 64
