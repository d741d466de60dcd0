"""Evidence packages: right ones are valid, and no change of any part goes unseen."""

from __future__ import annotations

import hashlib
import io
import json
import random
import zipfile
from collections.abc import Callable
from typing import Any

import pytest

from kzsign import RevocationPolicy, Trust, Verdict, evidence, verify
from kzsign.testing import Authority, packages, sign_cms, time_stamp
from kzsign.testing.packages import BY_CODE, BY_KEY, Package
from kzsign.tests.evidence_samples import check, made, own_trust, sample, step_of


def test_a_right_package_is_valid_and_names_what_it_rests_on() -> None:
    report = check(sample())

    assert (report.verdict, report.reason) == (Verdict.VALID, "")
    assert [one.full_name for one in report.signers] == ["ТЕСТОВ ТЕСТ ТЕСТОВИЧ", "Досымов Кайрат"]
    assert report.evidence.anchors_from == "package"
    assert hashlib.sha256(made().seal_authority.certificate).hexdigest() in {
        one.sha256 for one in report.evidence.anchors
    }
    assert (report.evidence.events_shown, report.evidence.events_hidden) == (3, 1)
    json.dumps(report.as_json())


def test_the_own_certificates_of_the_reader_are_enough() -> None:
    report = check(sample(), own_trust())

    assert (report.verdict, report.evidence.anchors_from) == (Verdict.VALID, "given")


def test_a_reader_with_the_root_alone_cannot_tell_whether_the_authority_below_it_stands() -> None:
    trust = Trust.of(made().seal_authority.certificate, made().authority.root.certificate)

    report = check(sample(), trust)

    assert (report.verdict, report.reason) == (Verdict.UNKNOWN, "revocation_unknown")
    assert len(report.signers[0].chain) == 3


def test_a_reader_who_does_not_know_the_seal_does_not_trust_it() -> None:
    report = check(sample(), Trust.of(made().authority.root.certificate))

    assert (report.verdict, step_of(report, "seal")) == (Verdict.INVALID, ("failed", "untrusted"))


def test_without_any_certificate_nothing_is_known() -> None:
    assert check(sample(), Trust()).verdict is Verdict.UNKNOWN


def test_the_library_knows_a_package_by_its_beginning() -> None:
    report = verify(sample().zip(), trust=own_trust(), revocation=RevocationPolicy.ARCHIVED)

    assert (report.verdict, report.format) == (Verdict.VALID, "evidence")
    assert "evidence" in report.as_json()


PATHS = sorted(made().files)


@pytest.mark.parametrize("path", PATHS)
def test_a_changed_file_is_seen(path: str) -> None:
    package = sample()
    data = bytearray(package.files[path])
    data[len(data) // 2] ^= 1
    package.files[path] = bytes(data)

    assert check(package).verdict is Verdict.INVALID


def test_every_octet_of_the_seal_counts() -> None:
    seal = sample().files["manifest.p7s"]
    for place in range(0, len(seal), 7):
        package = sample()
        changed = bytearray(seal)
        changed[place] ^= 1
        package.files["manifest.p7s"] = bytes(changed)
        # A changed name of an algorithm is one that nobody knows.
        assert check(package).verdict is not Verdict.VALID, place


@pytest.mark.parametrize("path", PATHS)
def test_a_removed_file_is_seen(path: str) -> None:
    package = sample()
    del package.files[path]

    assert check(package).verdict is Verdict.INVALID


@pytest.mark.parametrize("path", PATHS)
def test_an_emptied_file_is_seen(path: str) -> None:
    package = sample()
    package.files[path] = b""

    assert check(package).verdict is Verdict.INVALID


def test_an_added_file_is_seen() -> None:
    package = sample()
    package.files["signatures/03/signature.json"] = b"{}"

    report = check(package)

    assert (report.verdict, report.reason) == (Verdict.INVALID, "file_extra")


def test_swapped_files_are_seen() -> None:
    package = sample()
    package.files[BY_KEY], package.files[BY_CODE] = package.files[BY_CODE], package.files[BY_KEY]

    assert check(package).reason == "file_changed"


def test_a_list_that_was_written_anew_breaks_the_seal() -> None:
    package = sample()
    package.files["document/original.pdf"] = b"%PDF another letter"
    package.relist()

    report = check(package)

    assert report.verdict is Verdict.INVALID
    assert step_of(report, "seal")[0] == "failed"


def _json(path: str, change: Callable[[Any], None]) -> Callable[[Package], None]:
    def spoil(package: Package) -> None:
        body = package.json(path)
        change(body)
        package.put_json(path, body)

    return spoil


def _events(change: Callable[[list[Any]], None]) -> Callable[[Package], None]:
    return _json("events/chain.json", lambda body: change(body["events"]))


def _move(events: list[Any]) -> None:
    events[1], events[2] = events[2], events[1]


def _swap_cms(package: Package) -> None:
    package.files["signatures/01/signature.cms"] = sign_cms(
        packages.ORIGINAL,
        package.authority.individual(iin="850101300025", name="ДРУГОЙ ЧЕЛОВЕК"),
        detached=True,
    )


def _cms_of_other_text(package: Package) -> None:
    package.files["signatures/01/signature.cms"] = sign_cms(
        b"another text", package.authority.individual(), detached=True
    )


def _stamp_of_another(package: Package) -> None:
    package.files["events/anchor.tst"] = time_stamp(b"another anchor", package.authority.tsa())


def _other_document(package: Package) -> None:
    package.files["document/original.pdf"] = b"%PDF another letter"


def _other_document_everywhere(package: Package) -> None:
    _other_document(package)
    package.body["document"]["sha256"] = hashlib.sha256(b"%PDF another letter").hexdigest()


# What even the organisation itself cannot pass off: the seal is right, the inside is not.
FORGERIES: dict[str, tuple[Callable[[Package], None], str]] = {
    "event removed": (_events(lambda rows: rows.pop(1)), "event_gap"),
    "event reordered": (_events(_move), "event_gap"),
    "event doubled": (_events(lambda rows: rows.insert(1, rows[1])), "event_gap"),
    "event changed": (_events(lambda rows: rows[1]["data"].update(signer_id="x")), "event_changed"),
    "event time changed": (_events(lambda rows: rows[0].update(at=rows[0]["at"].replace("2026", "2025"))), "event_changed"),
    "link changed": (_events(lambda rows: rows[2].update(hash="a" * 64)), "event_link"),
    "hidden link changed": (_events(lambda rows: rows[2].update(previous="a" * 64)), "event_link"),
    "last event cut": (_events(lambda rows: rows.pop()), "anchor_of_another"),
    "signature of another person": (_swap_cms, "certificate_differs"),
    "signature of another text": (_cms_of_other_text, "digest_mismatch"),
    "another document": (_other_document, "document_differs"),
    "another document everywhere": (_other_document_everywhere, "document_differs"),
    "stamp of another anchor": (_stamp_of_another, "timestamp_imprint"),
    "root changed": (_json("events/anchor.json", lambda body: body.update(root="b" * 64)), "anchor_root"),
    "day changed": (_json("events/anchor.json", lambda body: body.update(day="2020-01-01")), "timestamp_imprint"),
    "code of another document": (_json("signatures/02/sms.json", lambda body: body.update(bound_sha256="c" * 64)), "code_of_another"),
    "code for something else": (_json("signatures/02/sms.json", lambda body: body.update(purpose="recovery")), "code_of_another"),
    "code not confirmed": (_json("signatures/02/sms.json", lambda body: body.update(closed_as="spent")), "code_not_confirmed"),
    "code out of time": (_json("signatures/02/sms.json", lambda body: body.update(expires_at=body["created_at"])), "code_out_of_time"),
    "too many tries": (_json("signatures/02/sms.json", lambda body: body.update(tries_used=6)), "code_tries"),
    "another code": (_json("signatures/02/sms.json", lambda body: body.update(id="c9")), "event_differs"),
    "no message": (_json("signatures/02/sms.json", lambda body: body.update(message=None)), "message_missing"),
    "agreement text changed": (lambda package: package.files.update({"signatures/02/agreement.txt": b"other"}), "agreement_changed"),
    "agreement later": (_json("signatures/02/agreement.json", lambda body: body.update(accepted_at="2099-01-01T00:00:00+00:00")), "agreement_after_signature"),
    "agreement withdrawn": (_json("signatures/02/agreement.json", lambda body: body.update(withdrawn_at=body["accepted_at"])), "agreement_withdrawn"),
    "signature the log does not know": (_json(BY_CODE, lambda body: body.update(id="s9")), "event_missing"),
    "method changed": (_json(BY_KEY, lambda body: body.update(request_id="r9")), "event_differs"),
    "two signatures of one id": (_json(BY_CODE, lambda body: body.update(id="s1")), "signature_malformed"),
    "unknown method": (_json(BY_CODE, lambda body: body.update(method="magic")), "signature_malformed"),
    "no signatures": (lambda package: package.body.update(signatures=[]), "no_signers"),
    "newer version": (lambda package: package.body.update(version=2), "version_unknown"),
    "reference to nothing": (lambda package: package.body.update(events="events/none.json"), "reference_missing"),
    "reference upwards": (lambda package: package.body.update(events="../../etc/passwd"), "reference_missing"),
}  # fmt: skip


@pytest.mark.parametrize("name", sorted(FORGERIES))
def test_a_forgery_under_a_right_seal_is_seen(name: str) -> None:
    spoil, reason = FORGERIES[name]
    package = sample()
    spoil(package)

    report = check(package.reseal())

    found = {step.reason for step in report.evidence.steps} | {
        step.reason for signer in report.signers for step in signer.steps
    }
    assert report.verdict is Verdict.INVALID
    assert reason in found, sorted(found)


def test_swapped_anchors_are_seen() -> None:
    other = Authority.make()
    package = sample()
    package.files["anchors/01-seal.cer"] = other.root.certificate
    package.relist()

    assert check(package).verdict is Verdict.INVALID


def test_a_stranger_cannot_seal_with_a_national_key() -> None:
    """Anybody can get a certificate of the national authority: it does not make him the organisation."""
    package = sample()
    person = package.authority.individual(family="gost")
    package.files["anchors/01-seal.cer"] = package.authority.root.certificate

    report = check(package.reseal(person), own_trust())

    assert report.verdict is Verdict.INVALID
    assert step_of(report, "seal")[0] == "failed"


def test_a_stamp_of_an_unknown_authority_is_told_and_not_counted() -> None:
    package = sample()
    stranger = Authority.make()
    body = package.json("events/anchor.json")
    statement = {name: body[name] for name in ("day", "root", "previous")}
    package.files["events/anchor.tst"] = time_stamp(
        json.dumps(statement, sort_keys=True, separators=(",", ":")).encode(), stranger.tsa()
    )

    report = check(package.reseal())

    assert step_of(report, "anchor")[0] == "skipped"
    assert report.evidence.anchor_stamped_at == ""


def test_without_an_answer_about_the_certificate_a_key_signature_is_unknown() -> None:
    package = sample()
    body = package.json(BY_KEY)
    package.put_json(BY_KEY, {**body, "ocsp": None})

    assert check(package.reseal()).verdict is Verdict.UNKNOWN


def test_a_sheet_signed_by_hand_is_for_people_to_judge() -> None:
    package = sample()
    body = package.json(BY_KEY)
    package.files["signatures/01/paper.jpg"] = b"picture"
    package.put_json(BY_KEY, {**body, "method": "paper", "paper": "signatures/01/paper.jpg", "cms": None})

    report = check(package.reseal())

    assert report.signers[0].verdict is not Verdict.VALID
    assert report.verdict is not Verdict.VALID


def _zip(entries: list[tuple[str, bytes]]) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for path, data in entries:
            archive.writestr(path, data)
    return packed.getvalue()


@pytest.mark.parametrize(
    "name",
    ["../evil", "/etc/passwd", "a/../../b", "C:/x", "a\\b", "a//b", "./a", "a/.", "a/..", ".hidden", "a\nb", "ё.pdf", "x" * 300],
)  # fmt: skip
def test_a_name_that_leads_elsewhere_is_refused(name: str) -> None:
    package = sample()
    data = _zip([*package.files.items(), (name, b"x")])

    assert evidence.verify_evidence(data, trust=None).reason in {"zip_bad_name", "zip_broken"}


@pytest.mark.filterwarnings("ignore:Duplicate name")
@pytest.mark.parametrize("name", ["manifest.json", "MANIFEST.JSON", "Document/original.pdf"])
def test_a_name_that_stands_twice_is_refused(name: str) -> None:
    data = _zip([*sample().files.items(), (name, b"x")])

    assert evidence.verify_evidence(data, trust=None).reason == "zip_duplicate"


def test_a_bomb_is_refused_before_it_is_unpacked() -> None:
    data = _zip([("bomb", b"\0" * (120 << 20))])

    assert evidence.verify_evidence(data, trust=None).reason == "zip_too_large"


def test_an_entry_that_lies_about_its_size_is_refused() -> None:
    data = bytearray(_zip([("manifest.json", b"\0" * (4 << 20))]))
    for signature, place in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        at = data.index(signature)
        data[at + place : at + place + 4] = (10).to_bytes(4, "little")

    assert evidence.verify_evidence(bytes(data), trust=None).verdict is Verdict.INVALID


def test_too_many_entries_are_refused() -> None:
    data = _zip([(f"f{number}", b"") for number in range(700)])

    assert evidence.verify_evidence(data, trust=None).reason == "zip_too_large"


def test_an_encrypted_entry_is_refused() -> None:
    data = bytearray(_zip([("manifest.json", b"{}")]))
    for signature, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(signature) + place] |= 1

    assert evidence.verify_evidence(bytes(data), trust=None).reason == "zip_encrypted"


def test_broken_archives_never_raise() -> None:
    data, source = sample().zip(), random.Random(7)
    for _ in range(150):
        spoilt = bytearray(data)
        for _ in range(source.randrange(1, 6)):
            spoilt[source.randrange(len(spoilt))] = source.randrange(256)
        report = evidence.verify_evidence(bytes(spoilt[: source.randrange(4, len(spoilt) + 1)]), trust=None)
        json.dumps(report.as_json())
        assert report.verdict is not Verdict.VALID or zipped_same(bytes(spoilt), data)


def zipped_same(one: bytes, other: bytes) -> bool:
    """Octets between the entries say nothing: the files are what counts."""
    with zipfile.ZipFile(io.BytesIO(one)) as left, zipfile.ZipFile(io.BytesIO(other)) as right:
        return {name: left.read(name) for name in left.namelist()} == {
            name: right.read(name) for name in right.namelist()
        }


@pytest.mark.parametrize(
    "manifest",
    [b"", b"[]", b"{", b'{"format": 1}', b'{"a": 1, "a": 2}', b'{"format": "kenes-evidence", "version": 1, "files": [1]}',
     b'{"format": "kenes-evidence", "version": 1, "files": {"a": NaN}}', b"[" * 100_000, b"\xff\xfe",
     b'{"format": "kenes-evidence", "version": 1, "files": [{"path": "a", "size": 1e400, "sha256": "x"}]}'],
)  # fmt: skip
def test_a_list_that_is_none_is_refused(manifest: bytes) -> None:
    package = sample()
    package.files["manifest.json"] = manifest

    assert check(package).verdict is Verdict.INVALID


@pytest.mark.parametrize("path", ["manifest.json", BY_KEY, BY_CODE, "signatures/02/sms.json", "signatures/02/agreement.json",
                                  "events/chain.json", "events/anchor.json"])  # fmt: skip
def test_values_of_wrong_kinds_never_raise(path: str) -> None:
    """Every value of every object in turn becomes something else, under a right seal."""
    wrong: list[Any] = [None, 0, -1, True, "", "x", [], {}, [None], {"path": 1}, 10**30]
    source = random.Random(path)
    for name in sample().json(path):
        package = sample()
        value = source.choice(wrong)
        if path == "manifest.json":
            if name in package.body:
                package.body[name] = value
        else:
            package.put_json(path, {**package.json(path), name: value})
        json.dumps(check(package.reseal()).as_json())
