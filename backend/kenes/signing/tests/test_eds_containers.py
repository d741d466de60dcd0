"""A CMS with a time stamp put in is the same signature, judged valid, with the time of the stamp."""

from datetime import UTC, datetime

import pytest

from kenes.signing.eds import containers
from kzsign import Trust, verify
from kzsign.asn1 import Asn1Error
from kzsign.testing import Authority, sign_cms, time_stamp

DOCUMENT = b"%PDF-1.7 a letter"


@pytest.fixture(scope="module")
def authority() -> Authority:
    return Authority.make(seed=b"containers")


@pytest.fixture(scope="module")
def trust(authority: Authority) -> Trust:
    return Trust.of(authority.root.certificate, intermediates=[authority.issuing.certificate])


@pytest.mark.parametrize("encoding", ["der", "base64", "pem"])
@pytest.mark.parametrize("indefinite", [False, True])
@pytest.mark.parametrize("detached", [False, True])
def test_a_stamp_put_in_gives_a_valid_signature_with_its_time(
    authority: Authority, trust: Trust, encoding: str, indefinite: bool, detached: bool
) -> None:
    cms = sign_cms(
        DOCUMENT, authority.individual(), detached=detached, encoding=encoding, indefinite=indefinite
    )
    at = datetime.now(UTC).replace(microsecond=0)
    token = time_stamp(containers.signature_value(cms), authority.tsa(), at=at)
    stamped = containers.with_time_stamp(cms, token)
    report = verify(stamped, document=DOCUMENT, trust=trust)
    assert (report.verdict, report.reason) == ("valid", "")
    assert (report.signers[0].time_source, report.signers[0].signed_at) == ("timestamp", at)
    assert containers.value_sha256(stamped) == containers.value_sha256(cms)


def test_a_stamp_beside_another_stays_beside_it(authority: Authority, trust: Trust) -> None:
    cms = sign_cms(DOCUMENT, authority.individual(), timestamp=authority.tsa())
    token = time_stamp(containers.signature_value(cms), authority.tsa())
    report = verify(containers.with_time_stamp(cms, token), document=DOCUMENT, trust=trust)
    assert report.verdict == "valid"


def test_the_stamp_of_another_signature_is_noticed(authority: Authority, trust: Trust) -> None:
    cms = sign_cms(DOCUMENT, authority.individual())
    token = time_stamp(b"another signature", authority.tsa())
    report = verify(containers.with_time_stamp(cms, token), document=DOCUMENT, trust=trust)
    assert (report.verdict, report.reason) == ("invalid", "timestamp_imprint")


def test_what_is_no_cms_of_one_signer_is_refused(authority: Authority) -> None:
    two = sign_cms(DOCUMENT, [authority.individual(), authority.individual()])
    for data in (two, b"", b"\x30\x00", b"no", two[:-40]):
        with pytest.raises(Asn1Error):
            containers.value_sha256(data)
        with pytest.raises(Asn1Error):
            containers.with_time_stamp(data, b"\x05\x00")
