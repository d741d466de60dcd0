"""What a hostile DOCX gets from the real LibreOffice: no address called, no local file read, no second instance ended."""

import io
import threading
import zipfile
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from pypdf import PdfReader

from kenes.documents.authoring.build import FOLDER
from kenes.documents.filling.rendering import fill
from kenes.documents.letters.printing import values_for
from kenes.documents.tests.letters import BANK_LETTER
from kenes.files.converter import Pool
from kenes.files.pages import pdf_text

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
DRAWING = "http://schemas.openxmlformats.org/drawingml/2006"


@pytest.fixture
def listener() -> Iterator[tuple[str, list[str]]]:
    """The address of a server, and what it was asked for."""
    asked: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            self.send_response(200)
            self.end_headers()
            self.wfile.write(b"LEAKED")

        do_HEAD = do_OPTIONS = do_POST = do_GET  # noqa: N815  (names of the standard library)

        def log_message(self, *_arguments: object) -> None:
            """Quiet."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    yield f"http://127.0.0.1:{server.server_address[1]}", asked
    server.shutdown()
    thread.join()
    server.server_close()


def _relations(rows: dict[str, tuple[str, str, bool]]) -> str:
    mode = {True: ' TargetMode="External"', False: ""}
    inner = "".join(
        f'<Relationship Id="{name}" Type="{OFFICE}/{kind}" Target="{target}"{mode[outside]}/>'
        for name, (kind, target, outside) in rows.items()
    )
    return f'<Relationships xmlns="{PACKAGE}/relationships">{inner}</Relationships>'


def _field(instruction: str) -> str:
    mark = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'
    return (
        f"<w:p>{mark.format('begin')}<w:r><w:instrText xml:space='preserve'> {instruction} </w:instrText></w:r>"
        f"{mark.format('separate')}<w:r><w:t>former</w:t></w:r>{mark.format('end')}</w:p>"
    )


def _linked_picture(name: str) -> str:
    return (
        f'<w:p><w:r><w:drawing><wp:inline xmlns:wp="{DRAWING}/wordprocessingDrawing"><wp:extent cx="914400" cy="914400"/>'
        f'<wp:docPr id="1" name="picture"/><a:graphic xmlns:a="{DRAWING}/main"><a:graphicData uri="{DRAWING}/picture">'
        f'<pic:pic xmlns:pic="{DRAWING}/picture"><pic:nvPicPr><pic:cNvPr id="0" name="x"/><pic:cNvPicPr/></pic:nvPicPr>'
        f'<pic:blipFill><a:blip r:link="{name}"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill><pic:spPr><a:xfrm>'
        '<a:off x="0" y="0"/><a:ext cx="914400" cy="914400"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom>'
        "</pic:spPr></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r></w:p>"
    )


def calling_out(address: str, secret_file: str) -> bytes:
    """A DOCX that would show its reader to a stranger: linked picture, template, fields, parts of other documents."""
    body = "".join(
        [
            "<w:p><w:r><w:t>Visible words</w:t></w:r></w:p>",
            _linked_picture("picture"),
            _field(f'INCLUDEPICTURE \\d "{address}/field.png"'),
            _field(f'INCLUDETEXT "{address}/field.docx"'),
            _field(f'INCLUDETEXT "{secret_file}"'),
            _field(f'DDEAUTO soffice "{secret_file}" "a"'),
            '<w:subDoc r:id="sub"/><w:altChunk r:id="chunk"/>',
        ]
    )
    spaces = f'xmlns:w="{WORD}" xmlns:r="{OFFICE}"'
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml"
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{PACKAGE}/content-types"><Default Extension="rels" ContentType="application/'
        f'vnd.openxmlformats-package.relationships+xml"/><Override PartName="/word/document.xml" ContentType="{kind}.'
        f'document.main+xml"/><Override PartName="/word/settings.xml" ContentType="{kind}.settings+xml"/></Types>',
        "_rels/.rels": _relations({"d": ("officeDocument", "word/document.xml", False)}),
        "word/document.xml": f"<w:document {spaces}><w:body>{body}</w:body></w:document>",
        "word/_rels/document.xml.rels": _relations(
            {
                "picture": ("image", f"{address}/picture.png", True),
                "sub": ("subDocument", f"{address}/sub.docx", True),
                "chunk": ("aFChunk", f"{address}/chunk.html", True),
                "settings": ("settings", "settings.xml", False),
            }
        ),
        "word/settings.xml": f'<w:settings {spaces}><w:attachedTemplate r:id="template"/><w:linkStyles/></w:settings>',
        "word/_rels/settings.xml.rels": _relations(
            {"template": ("attachedTemplate", f"{address}/template.dotx", True)}
        ),
    }
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return packed.getvalue()


def test_a_document_fetches_nothing_and_reads_no_local_file(
    converter: Pool, listener: tuple[str, list[str]], tmp_path
) -> None:
    address, asked = listener
    secret = tmp_path / "secret.txt"
    secret.write_text("LEAKED")
    for folder in (tmp_path, *tmp_path.parents[:3]):
        folder.chmod(0o755)
    pdf = converter.to_pdf(calling_out(address, str(secret)))
    assert asked == []
    text = pdf_text(pdf)
    assert "Visible words" in text and "LEAKED" not in text


def test_an_archival_pdf_says_what_it_is_and_carries_what_it_needs(converter: Pool) -> None:
    template = (FOLDER / "RESTRUCT_BANK" / "kk.docx").read_bytes()
    docx = fill(template, values_for("RESTRUCT_BANK", BANK_LETTER, "kk"))
    plain, archival = converter.to_pdf(docx), converter.to_pdf(docx, archival=True)
    reader = PdfReader(io.BytesIO(archival))
    metadata = reader.trailer["/Root"]["/Metadata"].get_data().decode()
    assert (
        "<pdfaid:part>2</pdfaid:part>" in metadata
        and "<pdfaid:conformance>B</pdfaid:conformance>" in metadata
    )
    assert reader.trailer["/Root"]["/OutputIntents"][0].get_object()["/S"] == "/GTS_PDFA1"
    assert pdf_text(archival) == pdf_text(plain)
    assert "/OutputIntents" not in PdfReader(io.BytesIO(plain)).trailer["/Root"]
