"""The reader of DER and BER: what is accepted, and every way of writing that is not."""

from __future__ import annotations

from datetime import datetime, timezone

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kzsign import asn1
from kzsign.asn1 import Asn1Error, Budget, Fields, Node


def _code(data: str, *, der: bool = True) -> str:
    with pytest.raises(Asn1Error) as caught:
        _walk(asn1.parse(bytes.fromhex(data), der=der))
    return caught.value.code


def _walk(node: Node) -> int:
    """Read everything there is."""
    if not node.tag & 0x20:
        return 1
    return 1 + sum(map(_walk, node.children))


@pytest.mark.parametrize(
    ("data", "code"),
    [
        ("", "truncated"),
        ("30", "truncated"),
        ("3003020101ff", "trailing_data"),
        ("3004020101", "truncated"),
        ("30028001", "truncated"),
        ("3080020101 0000", "not_der"),
        ("308103020101", "not_der"),
        ("30820003020101", "not_der"),
        ("3089010000000000000000", "truncated"),
        ("30ff", "truncated"),
        ("1f8101 00", "unknown_tag"),
        ("0480 0000", "not_der"),
    ],
)
def test_der_in_another_form_is_refused(data: str, code: str) -> None:
    assert _code(data) == code


def test_ber_of_an_envelope_is_read() -> None:
    for data in ("3080020101 0000", "308103020101", "3080 3080 020101 0000 0000"):
        assert _walk(asn1.parse(bytes.fromhex(data), der=False)) >= 2


@pytest.mark.parametrize("data", ["3080020101", "308002010100", "3080 3080 0000", "3080 0201", "04800000"])
def test_ber_that_never_ends_is_refused(data: str) -> None:
    assert _code(data, der=False) in ("truncated", "not_der")


def test_pieces_of_an_octet_string_are_joined() -> None:
    data = bytes.fromhex("2480 0402 0102 2480 0401 03 0000 0401 04 0000")
    assert asn1.octets(asn1.parse(data, der=False)) == b"\x01\x02\x03\x04"
    with pytest.raises(Asn1Error):
        asn1.octets(asn1.parse(bytes.fromhex("2403 020101"), der=False))
    with pytest.raises(Asn1Error):
        asn1.octets(asn1.parse(bytes.fromhex("2403 040101")))


@pytest.mark.parametrize("is_definite", [True, False])
def test_depth_is_bounded(is_definite: bool) -> None:
    data = b""
    for _ in range(2000):
        if is_definite:
            size = len(data)
            length = bytes((size,)) if size < 128 else bytes((0x82,)) + size.to_bytes(2, "big")
            data = b"\x30" + (length if size < 128 or size > 255 else bytes((0x81, size))) + data
        else:
            data = b"\x30\x80" + data + b"\x00\x00"
    with pytest.raises(Asn1Error, match="too_deep"):
        _walk(asn1.parse(data, der=False))


def test_the_number_of_elements_is_bounded() -> None:
    body = b"\x05\x00" * 5000
    data = b"\x30\x82" + len(body).to_bytes(2, "big") + body
    assert _walk(asn1.parse(data, budget=Budget(5001))) == 5001
    with pytest.raises(Asn1Error, match="too_many_elements"):
        _walk(asn1.parse(data, budget=Budget(5000)))


@pytest.mark.parametrize(
    ("data", "value"),
    [("020100", 0), ("02017f", 127), ("02020080", 128), ("020180", -128), ("0202ff7f", -129)],
)
def test_integers(data: str, value: int) -> None:
    assert asn1.integer(asn1.parse(bytes.fromhex(data))) == value


@pytest.mark.parametrize("data", ["0200", "02020001", "0202007f", "0202ff80", "0202ffff", "040101"])
def test_integers_in_another_form_are_refused(data: str) -> None:
    with pytest.raises(Asn1Error):
        asn1.integer(asn1.parse(bytes.fromhex(data)))


@pytest.mark.parametrize(
    ("data", "value"),
    [
        ("06092a864886f70d010702", "1.2.840.113549.1.7.2"),
        ("060a2a830e030a0101020302", "1.2.398.3.10.1.1.2.3.2"),
        ("0603550403", "2.5.4.3"),
        ("0602883 7".replace(" ", ""), "2.999"),
        ("060100", "0.0"),
        ("06017f", "2.47"),
    ],
)
def test_object_identifiers(data: str, value: str) -> None:
    assert asn1.oid(asn1.parse(bytes.fromhex(data))) == value


@pytest.mark.parametrize("data", ["0600", "06022a80", "06038055 04", "0603558004", "0402550403"])
def test_object_identifiers_in_another_form_are_refused(data: str) -> None:
    with pytest.raises(Asn1Error):
        asn1.oid(asn1.parse(bytes.fromhex(data.replace(" ", ""))))


@pytest.mark.parametrize(
    ("tag", "text", "expected"),
    [
        (0x17, "260720090806Z", datetime(2026, 7, 20, 9, 8, 6, tzinfo=timezone.utc)),
        (0x17, "500101000000Z", datetime(1950, 1, 1, tzinfo=timezone.utc)),
        (0x17, "491231235959Z", datetime(2049, 12, 31, 23, 59, 59, tzinfo=timezone.utc)),
        (0x18, "20500101000000Z", datetime(2050, 1, 1, tzinfo=timezone.utc)),
        (0x18, "20260720090806.25Z", datetime(2026, 7, 20, 9, 8, 6, 250000, tzinfo=timezone.utc)),
    ],
)
def test_times(tag: int, text: str, expected: datetime) -> None:
    assert asn1.time(asn1.parse(bytes((tag, len(text))) + text.encode())) == expected


@pytest.mark.parametrize(
    ("tag", "text"),
    [
        (0x17, "2607200908Z"),
        (0x17, "260720090806+0500"),
        (0x17, "260720090806"),
        (0x17, "261320090806Z"),
        (0x18, "20260720090806"),
        (0x18, "20260720090806.Z"),
        (0x18, "20260230000000Z"),
        (0x18, "00000101000000Z"),
        (0x18, "20260720090806,5Z"),
        (0x18, "2026072009080\u0661Z"),
        (0x13, "260720090806Z"),
    ],
)
def test_times_in_another_form_are_refused(tag: int, text: str) -> None:
    data = text.encode()
    with pytest.raises(Asn1Error):
        asn1.time(asn1.parse(bytes((tag, len(data))) + data))


@pytest.mark.parametrize("data", ["010101", "0100", "0102ffff", "0101fe"])
def test_booleans_are_00_or_ff_in_der(data: str) -> None:
    with pytest.raises(Asn1Error):
        asn1.boolean(asn1.parse(bytes.fromhex(data)))


def test_named_bits() -> None:
    assert asn1.flags(asn1.parse(bytes.fromhex("030206c0"))) == {0, 1}
    assert asn1.flags(asn1.parse(bytes.fromhex("03020780"))) == {0}
    assert asn1.flags(asn1.parse(bytes.fromhex("0303070080"))) == {8}
    for data in ("0300", "030108", "030101", "030a00010203040506070809"):
        with pytest.raises(Asn1Error):
            asn1.flags(asn1.parse(bytes.fromhex(data)))


def test_members_are_taken_in_order_and_none_may_be_left() -> None:
    fields = Fields(asn1.parse(bytes.fromhex("3006020101020102")))
    assert asn1.integer(fields.take()) == 1
    with pytest.raises(Asn1Error, match="unexpected_field"):
        fields.end()
    assert fields.optional(0x04) is None
    assert asn1.integer(fields.take(asn1.INTEGER)) == 2
    fields.end()
    with pytest.raises(Asn1Error, match="missing_field"):
        fields.take()


@settings(max_examples=400, deadline=None)
@given(data=st.binary(max_size=200), der=st.booleans())
def test_any_octets_are_read_or_refused(data: bytes, der: bool) -> None:
    try:
        node = asn1.parse(data, der=der, budget=Budget(500))
        _walk(node)
    except Asn1Error:
        return
    assert node.raw == data
