"""Files made to do harm, and honest ones beside them, as bytes."""

import io
import struct
import zipfile
import zlib

from docx import Document
from openpyxl import Workbook
from PIL import Image

from kenes.files.testing import a_pdf

RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def picture(kind: str = "JPEG", size: tuple[int, int] = (60, 40), **save: object) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", size, (200, 190, 60)).save(out, kind, **save)
    return out.getvalue()


def heic(size: tuple[int, int] = (64, 48)) -> bytes:
    import pillow_heif

    out = io.BytesIO()
    pillow_heif.from_pillow(Image.new("RGB", size, (10, 90, 200))).save(out, quality=50)
    return out.getvalue()


def moving(kind: str) -> bytes:
    frames = [Image.new("RGB", (20, 20), (shade, 0, 0)) for shade in (0, 120, 250)]
    out = io.BytesIO()
    frames[0].save(out, kind, save_all=True, append_images=frames[1:], duration=100)
    return out.getvalue()


def huge_png(width: int, height: int) -> bytes:
    """A few hundred bytes that say to be a picture of `width` × `height`."""

    def chunk(name: bytes, content: bytes) -> bytes:
        return (
            struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))
        )

    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    rows = zlib.compress(b"\0" * 10_000)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def docx(text: str = "Договор займа") -> bytes:
    out = io.BytesIO()
    document = Document()
    document.add_paragraph(text)
    document.save(out)
    return out.getvalue()


def xlsx(formula: str = "=1+1") -> bytes:
    out = io.BytesIO()
    book = Workbook()
    assert book.active is not None
    book.active["A1"] = formula
    book.save(out)
    return out.getvalue()


def repacked(data: bytes, change: dict[str, bytes], **names: str) -> bytes:
    """An archive with parts replaced or added."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as source,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        for name in source.namelist():
            target.writestr(name, change.get(name, source.read(name)))
        for name, content in change.items():
            if name not in source.namelist():
                target.writestr(name, content)
    return out.getvalue()


def with_body(xml: str) -> bytes:
    """A Word file with this inside its body."""
    source = docx()
    body = zipfile.ZipFile(io.BytesIO(source)).read("word/document.xml").decode()
    return repacked(source, {"word/document.xml": body.replace("<w:body>", f"<w:body>{xml}").encode()})


def with_relation(kind: str, target: str, mode: str = "External") -> bytes:
    """A Word file with one more relation of its main part."""
    source = docx()
    name = "word/_rels/document.xml.rels"
    rels = zipfile.ZipFile(io.BytesIO(source)).read(name).decode()
    more = f'<Relationship Id="rId99" Type="{RELATION}/{kind}" Target="{target}" TargetMode="{mode}"/>'
    return repacked(source, {name: rels.replace("</Relationships>", f"{more}</Relationships>").encode()})


def zip_bomb() -> bytes:
    """30 MB of zeros in 30 KB, inside an honest Word file."""
    return repacked(docx(), {"word/media/zeros.xml": b"\0" * (30 * 1024 * 1024)})


def overlapping() -> bytes:
    """An Office file in which two parts of the index lie on the same bytes."""
    data = docx()
    end = data.rfind(b"PK\x05\x06")
    count, size, start = struct.unpack("<HLL", data[end + 10 : end + 20])
    index = data[start:end]
    name_bytes, extra_bytes, comment_bytes = struct.unpack("<HHH", index[28:34])
    first = index[: 46 + name_bytes + extra_bytes + comment_bytes]
    twin = first[:46] + b"Z" * name_bytes + first[46 + name_bytes :]
    # The local header keeps its name, so only a look at the places tells.
    head = struct.pack("<4sHHHHLLH", b"PK\x05\x06", 0, 0, count + 1, count + 1, size + len(twin), start, 0)
    return data[:end] + twin + head


def too_many_parts(count: int) -> bytes:
    return repacked(docx(), {f"word/media/{number}.txt": b"" for number in range(count)})


def with_password_flag() -> bytes:
    """A Word file whose parts say to be encrypted."""
    data = bytearray(docx())
    at = data.find(b"PK\x01\x02")
    while at >= 0:
        data[at + 8] |= 1
        at = data.find(b"PK\x01\x02", at + 4)
    return bytes(data)


def archive(name: str = "a.txt") -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        made.writestr(name, "text")
    return out.getvalue()


def encrypted_pdf(password: str) -> bytes:
    import pikepdf

    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(a_pdf())) as pdf:
        pdf.save(out, encryption=pikepdf.Encryption(owner="owner", user=password))
    return out.getvalue()


def pdf_with_file() -> bytes:
    import pikepdf

    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(a_pdf())) as pdf:
        pdf.attachments["note.txt"] = b"inside"
        pdf.save(out)
    return out.getvalue()


def packed_pdf(catalog: str) -> bytes:
    """A PDF whose objects lie in compressed streams, where a search by text does not see them."""
    import pikepdf

    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(a_pdf(catalog=catalog))) as pdf:
        pdf.save(out, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    return out.getvalue()
