"""Twelve ways of changing a sealed file, as bytes in and bytes out."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from cryptography.hazmat.primitives.serialization import Encoding
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.generic import pdf_name
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter

from kenes.signing.tests.pdf_samples import identity_of, sample

_RANGE: Final = re.compile(rb"/ByteRange ?\[0 (\d+) (\d+) (\d+)\] *")


@dataclass(frozen=True)
class Case:
    """One way. ``is_long_term``: it is about what only a B-LTA seal has; ``pdfsig_sees``: poppler 22 can notice it."""

    name: str
    make: Callable[[bytes], bytes]
    is_long_term: bool = False
    pdfsig_sees: bool = True


def gap(data: bytes, number: int = 0) -> tuple[bytes, bytes, bytes]:
    """The file before, in and after the value of a signature, brackets with the value; -1 is the last signature."""
    match = list(_RANGE.finditer(data))[number]
    start, end = int(match.group(1)), int(match.group(2))
    return data[:start], data[start:end], data[end:]


def _byte_in_text(data: bytes) -> bytes:
    place = data.index(b"stream", 200) + 60
    return _flipped(data, place)


def _byte_in_page_tree(data: bytes) -> bytes:
    place = data.index(b"/Count 3") + len(b"/Count ")
    return data[:place] + b"2" + data[place + 1 :]


def _flipped(data: bytes, place: int) -> bytes:
    return data[:place] + bytes((data[place] ^ 1,)) + data[place + 1 :]


def _updated(data: bytes, change: Callable[[IncrementalPdfFileWriter], None]) -> bytes:
    writer = IncrementalPdfFileWriter(io.BytesIO(data))
    change(writer)
    stream = io.BytesIO()
    writer.write(stream)
    return stream.getvalue()


def _changed_page(data: bytes) -> bytes:
    def change(writer: IncrementalPdfFileWriter) -> None:
        reference, _ = writer.find_page_for_modification(0)
        content = generic.StreamObject(stream_data=b"BT /F1 20 Tf 60 700 Td (Forgiven) Tj ET")
        reference.get_object()["/Contents"] = writer.add_object(content)
        writer.mark_update(reference)

    return _updated(data, change)


def _overlay(data: bytes) -> bytes:
    """A free text over the sum, as an annotation tool puts it."""

    def change(writer: IncrementalPdfFileWriter) -> None:
        reference, _ = writer.find_page_for_modification(0)
        annotation = generic.DictionaryObject(
            {
                pdf_name("/Type"): pdf_name("/Annot"),
                pdf_name("/Subtype"): pdf_name("/FreeText"),
                pdf_name("/Rect"): generic.ArrayObject(map(generic.NumberObject, (50, 50, 300, 90))),
                pdf_name("/Contents"): generic.pdf_string("forgiven"),
            }
        )
        writer.register_annotation(reference, writer.add_object(annotation))

    return _updated(data, change)


def _signature_removed(data: bytes) -> bytes:
    def change(writer: IncrementalPdfFileWriter) -> None:
        for key in ("/AcroForm", "/Perms", "/DSS"):
            writer.root.pop(key, None)
        writer.update_root()

    return _updated(data, change)


def _contents_swapped(data: bytes) -> bytes:
    stamped = len(list(_RANGE.finditer(data))) == 2
    other = sample(pages=4, stamped=stamped).sealed.data
    before, _, after = gap(data)
    return before + gap(other)[1] + after


def _range_changed(data: bytes, by: int) -> bytes:
    match = next(_RANGE.finditer(data))
    number = str(int(match.group(3)) + by).encode()
    if len(number) != len(match.group(3)):
        raise AssertionError("choose another distance")
    return data[: match.start(3)] + number + data[match.end(3) :]


def _range_shrunk(data: bytes) -> bytes:
    return _range_changed(data, -7)


def _range_enlarged(data: bytes) -> bytes:
    return _range_changed(data, 9)


def _store_replaced(data: bytes) -> bytes:
    """A certificate of the security store exchanged for another of the same length."""
    start = data.index(b"/KenesHubArchive")
    place = data.index(b">>\nstream\n0", start) + len(b">>\nstream\n") + 400
    return _flipped(data, place)


def _stamp_of_another(data: bytes) -> bytes:
    before, _, after = gap(data, -1)
    return before + gap(sample(pages=4, stamped=True).sealed.data, -1)[1] + after


def _certificate_replaced(data: bytes) -> bytes:
    """The seal's certificate in its value exchanged for a stranger's with the same names, lengths kept."""
    before, value, after = gap(data)
    ours = identity_of("ours").certificate.public_bytes(Encoding.DER).hex().upper().encode()
    other = identity_of("stranger").certificate.public_bytes(Encoding.DER).hex().upper().encode()
    if ours not in value:
        raise AssertionError("the certificate is not where it should be")
    changed = value.replace(ours, other)[: len(value) - 1]
    return before + changed.rstrip(b">").ljust(len(value) - 1, b"0") + b">" + after


def _shadow(data: bytes) -> bytes:
    """Content that was hidden in an unused object before sealing is put in place of the page's own by a later revision."""
    number = int(re.search(rb"/Contents (\d+) 0 R", data).group(1))  # type: ignore[union-attr]
    start = int(re.findall(rb"startxref\s+(\d+)", data)[-1])
    hidden = b"<</Length 39>>\nstream\nBT /F1 20 Tf 60 700 Td (Forgiven) Tj ET\nendstream"
    place = len(data)
    added = b"%d 0 obj\n%b\nendobj\n" % (number, hidden)
    root = re.findall(rb"/Root (\d+ 0 R)", data)[-1]
    table = b"xref\n%d 1\n%010d 00000 n \ntrailer\n<</Size 100/Prev %d/Root %b>>\n" % (
        number,
        place,
        start,
        root,
    )
    return data + added + table + b"startxref\n%d\n%%%%EOF\n" % (place + len(added))


def _truncated(data: bytes) -> bytes:
    return data[: int(len(data) * 0.9)]


CASES: Final = (
    Case("byte in the text", _byte_in_text),
    Case("byte in the page tree", _byte_in_page_tree),
    Case("later revision with another page", _changed_page),
    Case("annotation over the page", _overlay),
    Case("signature removed", _signature_removed),
    Case("value of another seal", _contents_swapped),
    Case("byte range shrunk", _range_shrunk),
    Case("byte range enlarged", _range_enlarged),
    # Poppler 22 does not judge document time stamps.
    Case("security store changed", _store_replaced, is_long_term=True, pdfsig_sees=False),
    Case("time stamp of another file", _stamp_of_another, is_long_term=True, pdfsig_sees=False),
    Case("certificate exchanged", _certificate_replaced),
    Case("hidden content revealed", _shadow),
    Case("cut short", _truncated),
)
