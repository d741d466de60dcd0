"""Every way of changing a sealed file must be refused; the untouched files must be known for what they are."""

from __future__ import annotations

import hashlib
import io
import random
import re
from collections.abc import Callable, Iterable
from pathlib import Path

import pypdf
import pytest
from asn1crypto import cms
from cryptography import x509
from hypothesis import given, settings
from hypothesis import strategies as st
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.generic import pdf_name
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import fields, signers

from kenes.signing.certificate_page import draw_certificate_page
from kenes.signing.seal_check import SealState, check_seal
from kenes.signing.sealing import Sealer
from kenes.signing.tests.pdf_samples import (
    VERIFY_URL,
    facts_for,
    letter_pdf,
    sample,
    signer_facts,
    stock_signer,
)
from kenes.signing.verify import FileKind, Judgement, KnownFile, NotAPdfError, Reason, Verdict, judge


def _judge(data: bytes, *, known: bool = True) -> Judgement[str]:
    made = sample()
    records = {
        made.sealed.original_sha256: KnownFile(FileKind.ORIGINAL, "record"),
        made.sealed.sha256: KnownFile(FileKind.SEALED, "record"),
    }
    return judge(data, authorities=made.authorities, look_up=records.get if known else lambda _: None)


def test_the_sealed_file_is_valid_and_known() -> None:
    found = _judge(sample().sealed.data)

    assert (found.verdict, found.kind, found.reason) == (Verdict.VALID, FileKind.SEALED, Reason.SEALED_KNOWN)
    assert found.record == "record"
    assert found.seal.state is SealState.WHOLE


def test_the_signed_file_without_certificate_page_is_valid_as_the_original() -> None:
    found = _judge(sample().letter)

    assert (found.verdict, found.kind, found.reason) == (
        Verdict.VALID,
        FileKind.ORIGINAL,
        Reason.ORIGINAL_KNOWN,
    )


def test_a_good_seal_is_valid_even_when_its_hash_is_not_kept_here() -> None:
    found = _judge(sample().sealed.data, known=False)

    assert (found.verdict, found.reason) == (Verdict.VALID, Reason.SEAL_CHECKED)
    assert found.record is None


def test_a_strangers_pdf_is_unknown() -> None:
    found = _judge(letter_pdf(1, word="Stranger"))

    assert (found.verdict, found.kind, found.reason) == (
        Verdict.UNKNOWN,
        FileKind.UNKNOWN,
        Reason.UNKNOWN_FILE,
    )


@pytest.mark.parametrize("data", [b"", b"GIF89a", b"PK\x03\x04 a zip", "письмо".encode()])
def test_what_is_no_pdf_is_told_so(data: bytes) -> None:
    with pytest.raises(NotAPdfError):
        _judge(data)


def _append_bytes() -> bytes:
    return sample().sealed.data + b"\n% one more line\n"


def _append_one_space() -> bytes:
    return sample().sealed.data + b" "


def _incremental_update() -> bytes:
    """A text put over the page in a later revision, as an annotation tool does."""
    writer = IncrementalPdfFileWriter(io.BytesIO(sample().sealed.data))
    page_ref, _ = writer.find_page_for_modification(0)
    annotation = generic.DictionaryObject(
        {
            pdf_name("/Type"): pdf_name("/Annot"),
            pdf_name("/Subtype"): pdf_name("/FreeText"),
            pdf_name("/Rect"): generic.ArrayObject(map(generic.NumberObject, (50, 50, 300, 90))),
            pdf_name("/Contents"): generic.pdf_string("forgiven"),
        }
    )
    writer.register_annotation(page_ref, writer.add_object(annotation))
    stream = io.BytesIO()
    writer.write(stream)
    return stream.getvalue()


def _shadow_attack() -> bytes:
    """Content prepared before sealing and swapped in by a later revision of the page's content stream."""
    writer = IncrementalPdfFileWriter(io.BytesIO(sample().sealed.data))
    page_ref, _ = writer.find_page_for_modification(0)
    page = page_ref.get_object()
    page["/Contents"] = writer.add_object(generic.StreamObject(stream_data=b"BT /F1 20 Tf (swapped) Tj ET"))
    writer.mark_update(page_ref)
    stream = io.BytesIO()
    writer.write(stream)
    return stream.getvalue()


def _removed_seal() -> bytes:
    """The same pages written again without the seal."""
    writer = pypdf.PdfWriter()
    for page in pypdf.PdfReader(io.BytesIO(sample().sealed.data)).pages:
        page.pop("/Annots", None)
        writer.add_page(page)
    stream = io.BytesIO()
    writer.write(stream)
    return stream.getvalue()


def _swapped_page() -> bytes:
    """A page of another letter of the same length of bytes, put inside the covered range."""
    data = sample().sealed.data
    other = letter_pdf(word="Lettre")
    assert len(other) == len(sample().letter)
    return other + data[len(other) :]


def _rewritten_whole() -> bytes:
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(sample().sealed.data))
    stream = io.BytesIO()
    writer.write(stream)
    return stream.getvalue()


def _other_key_same_names() -> bytes:
    """Sealed by a stranger whose certificates carry exactly our names."""
    return sample("stranger").sealed.data


def _other_key_added_on_top() -> bytes:
    writer = IncrementalPdfFileWriter(io.BytesIO(sample().sealed.data))
    metadata = signers.PdfSignatureMetadata(
        field_name="Second", md_algorithm="sha256", subfilter=fields.SigSeedSubFilter.PADES
    )
    signer = signers.PdfSigner(metadata, signer=stock_signer("stranger"))
    # The certification forbids it, so a polite tool refuses; an attacker's tool does not ask.
    signer._enforce_certification_constraints = lambda reader: None
    return bytes(signer.sign_pdf(writer, bytes_reserved=8192).getvalue())


def _signature_value_of_another_seal() -> bytes:
    made, other = sample(), sample(pages=4)
    return _gap(made.sealed.data)[0] + _gap(other.sealed.data)[1] + _gap(made.sealed.data)[2]


def _zeroed_signature_value() -> bytes:
    before, value, after = _gap(sample().sealed.data)
    return before + b"<" + b"0" * (len(value) - 2) + b">" + after


def _bytes_in_the_padding() -> bytes:
    before, value, after = _gap(sample().sealed.data)
    return before + value[:-9] + b"DEADBEEF>" + after


def _lower_case_signature_value() -> bytes:
    before, value, after = _gap(sample().sealed.data)
    return before + value.lower() + after


def _shrunken_byte_range() -> bytes:
    """The byte range rewritten so that the tail of the file is not covered."""
    data = sample().sealed.data
    match = re.search(rb"/ByteRange \[0 (\d+) (\d+) (\d+)\]", data)
    assert match
    shorter = str(int(match.group(3)) - 40).rjust(len(match.group(3)))
    return data[: match.start(3)] + shorter.encode() + data[match.end(3) :]


def _second_byte_range_inside_a_comment() -> bytes:
    data = sample().sealed.data
    match = re.search(rb"/ByteRange \[0 \d+ \d+ \d+\]", data)
    assert match
    return data + b"% " + match.group(0) + b"\n"


def _truncated() -> bytes:
    return sample().sealed.data[:-1]


def _truncated_in_the_seal() -> bytes:
    before, value, _ = _gap(sample().sealed.data)
    return before + value[:500]


def _prefix_put_before() -> bytes:
    return b"%PDF-1.4\n" + sample().sealed.data


def _gap(data: bytes) -> tuple[bytes, bytes, bytes]:
    match = re.search(rb"/ByteRange \[0 (\d+) (\d+) (\d+)\]", data)
    assert match
    start, end = int(match.group(1)), int(match.group(2))
    return data[:start], data[start:end], data[end:]


TAMPERED: list[tuple[Callable[[], bytes], Reason]] = [
    (_append_bytes, Reason.ADDED_AFTER_SEAL),
    (_append_one_space, Reason.ADDED_AFTER_SEAL),
    (_incremental_update, Reason.ADDED_AFTER_SEAL),
    (_shadow_attack, Reason.ADDED_AFTER_SEAL),
    (_other_key_added_on_top, Reason.ADDED_AFTER_SEAL),
    (_second_byte_range_inside_a_comment, Reason.ADDED_AFTER_SEAL),
    (_removed_seal, Reason.UNKNOWN_FILE),
    (_rewritten_whole, Reason.SEAL_DAMAGED),
    (_swapped_page, Reason.CHANGED_AFTER_SEAL),
    (_other_key_same_names, Reason.FOREIGN_SEAL),
    (_signature_value_of_another_seal, Reason.CHANGED_AFTER_SEAL),
    (_zeroed_signature_value, Reason.CHANGED_AFTER_SEAL),
    (_bytes_in_the_padding, Reason.CHANGED_AFTER_SEAL),
    (_lower_case_signature_value, Reason.CHANGED_AFTER_SEAL),
    (_shrunken_byte_range, Reason.CHANGED_AFTER_SEAL),
    (_truncated, Reason.SEAL_DAMAGED),
    (_truncated_in_the_seal, Reason.SEAL_DAMAGED),
    (_prefix_put_before, Reason.SEAL_DAMAGED),
]


@pytest.mark.parametrize("known", [True, False], ids=["hashes kept", "hashes lost"])
@pytest.mark.parametrize(
    ("tamper", "reason"), TAMPERED, ids=[case[0].__name__.strip("_") for case in TAMPERED]
)
def test_a_tampered_file_is_refused(tamper: Callable[[], bytes], reason: Reason, known: bool) -> None:
    data = tamper()
    assert data not in (sample().sealed.data, sample().letter)

    found = _judge(data, known=known)

    assert found.verdict is not Verdict.VALID
    assert found.reason is reason


def _refuses_flips(places: Iterable[int], data: bytes) -> None:
    for place in places:
        for flip in (0x01, 0x20):
            changed = bytearray(data)
            changed[place] ^= flip
            assert _judge(bytes(changed), known=False).verdict is not Verdict.VALID, (place, flip)


def test_a_byte_flipped_anywhere_is_refused() -> None:
    """Every 293rd byte of the file and every 31st of the signature value, with the hashes lost."""
    data = sample().sealed.data
    before, value, _ = _gap(data)

    _refuses_flips([*range(8, len(data), 293), *range(len(before), len(before) + len(value), 31)], data)


def test_a_byte_flipped_anywhere_in_a_file_with_time_stamps_is_refused() -> None:
    data = sample(stamped=True).sealed.data
    letter = len(sample(stamped=True).letter)
    # Nothing covers the envelope of the last token itself (its version, its list of digests): nobody relies on it.
    token = data.rindex(b"/Contents")
    end = data.index(b">", data.index(b"<", token))

    _refuses_flips([*range(8, letter, 293), *range(letter, token, 601), *range(end, len(data), 7)], data)


def test_a_file_with_time_stamps_and_one_byte_more_or_less_is_refused() -> None:
    data = sample(stamped=True).sealed.data

    for changed in (data + b" ", data + b"\n", data[:-1], data[:-30]):
        assert _judge(changed, known=False).verdict is not Verdict.VALID


def test_the_update_for_the_time_cut_off_is_refused() -> None:
    """What is left is a good seal, but it was made to have such an update and its value names a time stamp."""
    data = sample(stamped=True).sealed.data
    cut = data[: data.index(b"%%EOF", data.index(b"/KenesHubArchive")) + len(b"%%EOF\n")]

    assert check_seal(cut, sample().authorities).state is SealState.CHANGED


def test_a_seal_of_an_earlier_release_stays_good() -> None:
    folder = Path(__file__).parent / "files"
    authorities = x509.load_pem_x509_certificates((folder / "sealed_without_stamps.pem").read_bytes())

    report = check_seal((folder / "sealed_without_stamps.pdf").read_bytes(), authorities)

    assert (report.state, report.original_inside, report.stamp) == (SealState.WHOLE, True, None)


@pytest.mark.soak
def test_any_byte_of_the_seal_flipped_is_refused() -> None:
    """Every byte from the seal's own object to the end of the file."""
    data = sample().sealed.data

    _refuses_flips(range(data.rfind(b" obj", 0, len(_gap(data)[0])), len(data)), data)


def test_a_byte_flipped_in_the_signed_file_is_refused() -> None:
    letter = sample().letter
    for place in range(8, len(letter), 61):
        changed = bytearray(letter)
        changed[place] ^= 0x04
        assert _judge(bytes(changed)).verdict is not Verdict.VALID


def test_a_good_seal_over_a_known_letter_that_was_not_the_issued_one_is_refused() -> None:
    made = sample()
    page = draw_certificate_page(
        facts_for(made.letter, made.identity, signers=(signer_facts(name="Other Person"),))
    )
    second = Sealer(made.identity).seal(made.letter, page, verify_url=VERIFY_URL)

    found = _judge(second.data)

    assert (found.verdict, found.reason) == (Verdict.INVALID, Reason.CHANGED_AFTER_SEAL)


def test_a_certificate_of_ours_that_was_not_made_for_sealing_the_named_file_is_refused() -> None:
    """The key signs, but the reason names a hash that is not the beginning of the file."""
    writer = IncrementalPdfFileWriter(io.BytesIO(letter_pdf(2)))
    metadata = signers.PdfSignatureMetadata(
        field_name="KenesHubSeal",
        md_algorithm="sha256",
        subfilter=fields.SigSeedSubFilter.PADES,
        reason=f"Signed document SHA-256 {'0' * 64}; it is the first 100 bytes of this file",
    )
    signer = signers.PdfSigner(metadata, signer=stock_signer("ours"))
    data = signer.sign_pdf(writer, bytes_reserved=8192).getvalue()

    assert _judge(data, known=False).verdict is Verdict.INVALID


@settings(max_examples=150, deadline=None, database=None)
@given(data=st.binary(max_size=400), cut=st.integers(0, 2**31), seed=st.integers(0, 2**31))
def test_broken_files_always_get_an_answer(data: bytes, cut: int, seed: int) -> None:
    """Random bytes, and random splices of a real sealed file, never raise."""
    sealed = sample().sealed.data
    place = 8 + cut % (len(sealed) - 8)
    chooser = random.Random(seed)
    piece = sealed[place : place + chooser.randrange(4000)]

    for made in (
        b"%PDF-1.7\n" + data,
        sealed[:place] + data + sealed[place + 1 :],
        b"%PDF-1.7\n" + data + piece * 2,
    ):
        found = _judge(made)
        assert found.sha256 == hashlib.sha256(made).hexdigest()


def test_a_file_full_of_byte_ranges_is_answered_quickly() -> None:
    data = b"%PDF-1.7 KenesHubSeal\n" + b"1 0 obj /ByteRange [0 5 9 20] endobj\n" * 200_000

    assert check_seal(data, sample().authorities).state is SealState.DAMAGED


def test_a_signature_value_full_of_certificates_of_one_name_is_answered_quickly() -> None:
    """A hundred certificates that could all have issued each other must not reach the path builder."""
    before, value, after = _gap(sample().sealed.data)
    content = cms.ContentInfo.load(bytes.fromhex(value[1:-1].decode()))
    certificates = content["content"]["certificates"]
    for _ in range(100):
        certificates.append(certificates[0].copy())
    crowded = content.dump(force=True).hex().upper().encode()
    data = before + b"<" + crowded + b">" + after
    shifted = data.replace(
        re.search(rb"/ByteRange \[0 \d+ \d+ \d+\]", data).group(0),  # type: ignore[union-attr]
        b"/ByteRange [0 %d %d %d]" % (len(before), len(before) + len(crowded) + 2, len(after)),
    )

    assert check_seal(shifted, sample().authorities).state is not SealState.WHOLE
