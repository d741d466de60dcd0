"""Signatures inside PDFs that other tools made, what may follow them, and bytes made to hurt."""

from __future__ import annotations

import random
import re
import time
import zlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.generic import pdf_name

from kzsign import Report, Trust, Verdict, verify
from kzsign.tests.pdfs import (
    authority,
    plain_pdf,
    signed_by_gost,
    signed_by_rsa,
    stamped,
    updated,
    with_store,
    written,
)


def _trust(*families: str) -> Trust:
    roots = {"gost": authority().root, "rsa": authority().rsa_root}
    return Trust.of(
        *(roots[family].certificate for family in families or ("gost", "rsa")),
        intermediates=[authority().rsa_issuing.certificate, authority().issuing.certificate],
    )


def _judge(data: bytes, *families: str) -> Report:
    return verify(data, trust=_trust(*families))


def _reason(data: bytes) -> str:
    report = _judge(data)
    assert report.verdict is Verdict.INVALID
    return report.reason


@pytest.fixture(scope="module")
def signed() -> bytes:
    return signed_by_rsa(plain_pdf(), authority().individual(family="rsa"))


@pytest.mark.parametrize("streamed", [False, True], ids=["table", "stream"])
def test_a_signature_of_another_tool_is_valid(streamed: bool) -> None:
    report = _judge(signed_by_rsa(plain_pdf(streamed=streamed), authority().individual(family="rsa")))

    assert (report.verdict, report.format) == (Verdict.VALID, "pdf")
    assert report.signers[0].iin == "900101300017"


def test_the_national_algorithm_inside_a_pdf_is_valid() -> None:
    report = _judge(signed_by_gost(plain_pdf(), authority().individual()))

    assert report.verdict is Verdict.VALID
    assert "34.10-2015" in report.signers[0].algorithm


def test_a_time_stamp_of_the_signature_gives_the_time() -> None:
    data = signed_by_rsa(plain_pdf(), authority().individual(family="rsa"), tsa=authority().tsa(family="rsa"))

    assert _judge(data).signers[0].time_source == "timestamp"


def test_a_document_time_stamp_gives_the_time_of_what_it_covers() -> None:
    person, tsa = authority().individual(family="rsa"), authority().tsa(family="rsa")
    data = stamped(with_store(signed_by_rsa(plain_pdf(), person), tsa.certificate), tsa)

    signer = _judge(data).signers[0]

    assert (signer.verdict, signer.time_source) == (Verdict.VALID, "timestamp")


def test_a_time_stamp_before_the_signature_tells_nothing_of_it() -> None:
    data = signed_by_rsa(
        stamped(plain_pdf(), authority().tsa(family="rsa")), authority().individual(family="rsa")
    )

    assert _judge(data).signers[0].time_source == "now"


def test_a_time_stamp_without_anchor_is_told_and_not_counted() -> None:
    stranger = authority().look_alike().tsa(family="rsa")
    signer = _judge(
        stamped(signed_by_rsa(plain_pdf(), authority().individual(family="rsa")), stranger)
    ).signers[0]

    assert (signer.verdict, signer.time_source) == (Verdict.VALID, "now")
    assert signer.timestamp is not None and not signer.timestamp.trusted


def test_two_people_one_after_another_are_both_valid(signed: bytes) -> None:
    report = _judge(
        signed_by_rsa(signed, authority().individual(family="rsa", iin="850615400018"), name="Second")
    )

    assert report.verdict is Verdict.VALID
    assert {signer.iin for signer in report.signers} == {"900101300017", "850615400018"}


def test_one_bad_signature_of_two_makes_the_file_invalid(signed: bytes) -> None:
    data = signed_by_rsa(signed, authority().look_alike().individual(family="rsa"), name="Second")

    assert [signer.verdict for signer in _judge(data).signers] == [Verdict.VALID, Verdict.INVALID]
    assert _judge(data).verdict is Verdict.INVALID


def test_who_certified_without_changes_wants_no_further_signature() -> None:
    first = signed_by_rsa(plain_pdf(), authority().individual(family="rsa"), certify=True)
    writer_allows = stamped(first, authority().tsa(family="rsa"))
    second = _forced_second(first)

    assert _judge(writer_allows).verdict is Verdict.VALID
    assert _reason(second) == "changed_after_signing"


def _forced_second(data: bytes) -> bytes:
    """A further signature put in by a tool that does not ask whether it may."""
    return signed_by_gost(data, authority().individual(), name="Second")


def test_a_visible_signature_put_in_later_counts_as_a_change(signed: bytes) -> None:
    data = signed_by_rsa(signed, authority().individual(family="rsa"), name="Second", box=(50, 650, 400, 720))

    assert _reason(data) == "changed_after_signing"


def _with(data: bytes, change: object) -> bytes:
    writer = updated(data)
    change(writer)  # type: ignore[operator]
    return written(writer)


def _number(value: int) -> generic.NumberObject:
    return generic.NumberObject(value)


def _swap_content(writer: object) -> None:
    reference, _ = writer.find_page_for_modification(0)  # type: ignore[attr-defined]
    stream = generic.StreamObject(stream_data=b"BT /F1 20 Tf 60 700 Td (Sum: 1) Tj ET")
    reference.get_object()["/Contents"] = writer.add_object(stream)  # type: ignore[attr-defined]
    writer.mark_update(reference)  # type: ignore[attr-defined]


def _swap_stream_in_place(writer: object) -> None:
    page, _ = writer.find_page_for_modification(0)  # type: ignore[attr-defined]
    content = page.get_object().raw_get("/Contents")
    content.get_object()._data = b"BT /F1 20 Tf 60 700 Td (Sum: 1) Tj ET"
    content.get_object()._encoded_data = None
    writer.mark_update(content)  # type: ignore[attr-defined]


def _annotate(writer: object) -> None:
    reference, _ = writer.find_page_for_modification(0)  # type: ignore[attr-defined]
    note = generic.DictionaryObject(
        {
            pdf_name("/Type"): pdf_name("/Annot"),
            pdf_name("/Subtype"): pdf_name("/FreeText"),
            pdf_name("/Rect"): generic.ArrayObject(map(_number, (50, 50, 300, 90))),
            pdf_name("/Contents"): generic.pdf_string("Sum: 1"),
        }
    )
    writer.register_annotation(reference, writer.add_object(note))  # type: ignore[attr-defined]


def _another_page(writer: object) -> None:
    page = generic.DictionaryObject(
        {
            pdf_name("/Type"): pdf_name("/Page"),
            pdf_name("/MediaBox"): generic.ArrayObject(map(_number, (0, 0, 595, 842))),
        }
    )
    writer.insert_page(page)  # type: ignore[attr-defined]


def _open_action(writer: object) -> None:
    writer.root["/OpenAction"] = generic.DictionaryObject(  # type: ignore[attr-defined]
        {pdf_name("/S"): pdf_name("/JavaScript"), pdf_name("/JS"): generic.pdf_string("app.alert(1)")}
    )
    writer.update_root()  # type: ignore[attr-defined]


def _text_field(writer: object) -> None:
    field = generic.DictionaryObject(
        {
            pdf_name("/FT"): pdf_name("/Tx"),
            pdf_name("/T"): generic.pdf_string("x"),
            pdf_name("/V"): generic.pdf_string("1"),
        }
    )
    form = writer.root["/AcroForm"]  # type: ignore[attr-defined]
    form["/Fields"].append(writer.add_object(field))  # type: ignore[attr-defined]
    writer.update_container(form["/Fields"])  # type: ignore[attr-defined]
    writer.update_container(form)  # type: ignore[attr-defined]


def _other_font(writer: object) -> None:
    page, _ = writer.find_page_for_modification(0)  # type: ignore[attr-defined]
    font = page.get_object()["/Resources"]["/Font"].raw_get("/F1")
    font.get_object()["/BaseFont"] = pdf_name("/ZapfDingbats")
    writer.mark_update(font)  # type: ignore[attr-defined]


def _picture_in_store(writer: object) -> None:
    """The page's own content listed as a certificate, to make its replacement look like validation data."""
    page, _ = writer.find_page_for_modification(0)  # type: ignore[attr-defined]
    content = page.get_object().raw_get("/Contents")
    store = generic.DictionaryObject({pdf_name("/Certs"): generic.ArrayObject([content])})
    writer.root["/DSS"] = writer.add_object(store)  # type: ignore[attr-defined]
    writer.update_root()  # type: ignore[attr-defined]
    _swap_stream_in_place(writer)


@pytest.mark.parametrize(
    "change",
    [
        _swap_content,
        _swap_stream_in_place,
        _annotate,
        _another_page,
        _open_action,
        _text_field,
        _other_font,
        _picture_in_store,
    ],
)
def test_whatever_could_show_something_else_is_a_change(signed: bytes, change: object) -> None:
    assert _reason(_with(signed, change)) == "changed_after_signing"


def test_a_reference_to_nothing_may_not_come_to_life_later() -> None:
    """A shadow: the signed page names an object that does not exist yet."""
    writer = updated(plain_pdf())
    page, _ = writer.find_page_for_modification(0)
    contents = page.get_object().raw_get("/Contents")
    page.get_object()["/Contents"] = generic.ArrayObject([contents, generic.IndirectObject(900, 0, writer)])
    writer.mark_update(page)
    data = signed_by_rsa(written(writer), authority().individual(family="rsa"))
    assert _judge(data).verdict is Verdict.VALID

    start = re.findall(rb"startxref\s+(\d+)", data)[-1]
    root = re.findall(rb"/Root (\d+ 0 R)", data)[-1]
    hidden = b"900 0 obj\n<</Length 37>>\nstream\nBT /F1 20 Tf 60 600 Td (Sum: 1) Tj ET\nendstream\nendobj\n"
    table = b"xref\n900 1\n%010d 00000 n \ntrailer\n<</Size 901/Prev %b/Root %b>>\n" % (
        len(data),
        start,
        root,
    )
    revived = data + hidden + table + b"startxref\n%d\n%%%%EOF\n" % (len(data) + len(hidden))

    assert _reason(revived) == "changed_after_signing"


def test_what_stands_after_the_end_is_a_change(signed: bytes) -> None:
    for added in (b" ", b"\n% a line\n", b"%%EOF\n"):
        assert _judge(signed + added).verdict is Verdict.INVALID


@pytest.mark.parametrize("digits", [(1, 0, 0, 0), (0, -1, 0, 0), (0, 0, 1, -1), (0, 0, 0, -1), (0, 1, -1, 1)])
def test_a_byte_range_that_is_not_exact_is_refused(signed: bytes, digits: tuple[int, ...]) -> None:
    match = next(re.finditer(rb"/ByteRange \[(\d+) (\d+) (\d+) (\d+)\] *", signed))
    numbers = b" ".join(str(int(old) + by).encode() for old, by in zip(match.groups(), digits))
    changed = (b"/ByteRange [" + numbers + b"]").ljust(len(match.group()))

    assert _judge(signed[: match.start()] + changed + signed[match.end() :]).verdict is Verdict.INVALID


def test_bytes_hidden_in_the_value_are_refused(signed: bytes) -> None:
    match = next(re.finditer(rb"<[0-9A-Fa-f]{9000,}>", signed))

    assert (
        _judge(signed[: match.end() - 9] + b"DEADBEEF" + signed[match.end() - 1 :]).verdict is Verdict.INVALID
    )


@pytest.mark.parametrize("change", [(b"", b"9"), (b"0 R", b"1 R")], ids=["number", "generation"])
def test_a_field_whose_signature_is_gone_is_refused(signed: bytes, change: tuple[bytes, bytes]) -> None:
    """Else one octet of its reference would take the archive time stamp away without a trace."""
    data = stamped(signed, authority().tsa(family="rsa"))
    match = list(re.finditer(rb"/V (\d)(\d 0 R)", data))[-1]
    before, after = change
    other = match.group(2).replace(before, after) if before else match.group(2)
    broken = b"/V " + (match.group(1) if before else after) + other

    assert len(broken) == len(match.group())
    assert _judge(data).verdict is Verdict.VALID
    assert _reason(data[: match.start()] + broken + data[match.end() :]) == "malformed"


def test_a_pdf_without_signature_and_one_with_a_time_stamp_alone_are_invalid() -> None:
    assert _reason(plain_pdf()) == "no_signature"
    assert _reason(stamped(plain_pdf(), authority().tsa(family="rsa"))) == "no_signature"


@pytest.mark.parametrize(
    "data",
    [
        b"%PDF-",
        b"%PDF-1.7\n%%EOF",
        b"%PDF-1.7\nstartxref\n9\n%%EOF",
        b"%PDF-1.7\nxref\n0 9999999\ntrailer\n<<>>\nstartxref\n9\n%%EOF",
        b"%PDF-1.7\nxref\n0 0\ntrailer\n" + b"[" * 100_000 + b"\nstartxref\n9\n%%EOF",
        b"%PDF-1.7\nxref\n0 0\ntrailer\n" + b"<</A" * 100_000 + b"\nstartxref\n9\n%%EOF",
        b"%PDF-1.7\nxref\n0 0\ntrailer\n<</Prev 9>>\nstartxref\n9\n%%EOF",
        b"%PDF-1.7\nxref\n0 0\ntrailer\n<</Root 1 0 R/Prev 9/Prev 9>>\nstartxref\n9\n%%EOF",
        b"%PDF-1.7\nxref\n0 2\n0000000000 65535 f \n0000000009 00000 n \ntrailer\n<</Root 1 0 R>>\nstartxref\n9\n%%EOF",
    ],
)
def test_broken_files_are_invalid_at_once(data: bytes) -> None:
    started = time.perf_counter()

    assert _judge(data).verdict is Verdict.INVALID
    assert time.perf_counter() - started < 2


def test_a_stream_that_unpacks_without_end_is_refused() -> None:
    bomb = zlib.compress(bytes(300 << 20), 9)
    head = b"%%PDF-1.7\n1 0 obj\n<</Type/XRef/W[1 4 1]/Size 9/Filter/FlateDecode/Length %d>>\nstream\n" % len(
        bomb
    )
    started = time.perf_counter()

    assert _reason(head + bomb + b"\nendstream\nendobj\nstartxref\n9\n%%EOF") == "too_large"
    assert time.perf_counter() - started < 5


def test_an_encrypted_file_is_unknown_not_invalid() -> None:
    data = plain_pdf().replace(b"/Root", b"/Encrypt 9 0 R /Root")

    assert (_judge(data).verdict, _judge(data).reason) == (Verdict.UNKNOWN, "encrypted")


@settings(max_examples=200, deadline=None, database=None)
@given(place=st.integers(0, 2**31), size=st.integers(0, 60), seed=st.integers(0, 2**31))
def test_a_changed_file_is_never_valid_and_never_a_crash(
    signed: bytes, place: int, size: int, seed: int
) -> None:
    start = place % len(signed)
    value = next(re.finditer(rb"<[0-9A-Fa-f]{9000,}>", signed))
    if value.start() < start + size and start < value.end():
        # Certificates of authorities that a CMS brings along are signed by nobody but their own issuer.
        return
    piece = random.Random(seed).randbytes(size)
    changed = signed[:start] + piece + signed[start + size :]
    if changed == signed:
        return

    assert _judge(changed).verdict is not Verdict.VALID
