"""Files that people send, made for the tests: whole PDFs, one with a virus that is none, photos of pages."""

import io
import os

from PIL import Image, ImageDraw

# Two parts: a whole one would make a virus scanner take this file away.
EICAR = rb"X5O!P%@AP[4\PZX54(P^)7CC)7}" + b"$EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"
LINES = (
    "Loan contract No 17",
    "Borrower and lender agree",
    "The lender may reduce the penalty",
    "Penalty 0.1 percent",
)


def pdf(pages: int = 1, ballast: int = 0) -> bytes:
    """A whole PDF with a few Latin lines on each page; `ballast` makes it heavy without being seen."""
    text = "".join(
        f"BT /F1 14 Tf 72 {720 - 40 * row} Td ({line}) Tj ET\n" for row, line in enumerate(LINES)
    ).encode()
    kids = " ".join(f"{4 + 2 * number} 0 R" for number in range(pages))
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        f"<</Type/Pages/Kids[{kids}]/Count {pages}>>".encode(),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    ]
    for number in range(pages):
        body = 5 + 2 * number
        sheet = f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents {body} 0 R/Resources<</Font<</F1 3 0 R>>>>>>"
        objects += [sheet.encode(), b"<</Length %d>>stream\n%s\nendstream" % (len(text), text)]
    if ballast:
        noise = os.urandom(ballast).replace(b"endstream", b"endstrewm")
        objects.append(b"<</Length %d>>stream\n%s\nendstream" % (len(noise), noise))
    out = io.BytesIO(b"")
    out.write(b"%PDF-1.4\n")
    places = []
    for number, content in enumerate(objects, start=1):
        places.append(out.tell())
        out.write(b"%d 0 obj\n%s\nendobj\n" % (number, content))
    start = out.tell()
    out.write(b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1))
    out.writelines(b"%010d 00000 n \n" % place for place in places)
    out.write(b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, start))
    return out.getvalue()


def infected_pdf() -> bytes:
    """A whole PDF with the test sign of virus scanners in a remark before its end."""
    return pdf().removesuffix(b"%%EOF\n") + b"%" + EICAR + b"\n%%EOF\n"


def photo(label: str) -> bytes:
    """A sheet of paper on a dark table, seen a little from the side."""
    picture = Image.new("RGB", (1200, 1600), (96, 62, 38))
    draw = ImageDraw.Draw(picture)
    draw.polygon([(220, 180), (1010, 240), (1080, 1440), (130, 1380)], fill=(238, 236, 230))
    for row in range(12):
        draw.line([(300, 380 + row * 75), (900, 392 + row * 75)], fill=(60, 60, 60), width=10)
    draw.text((320, 300), label, fill=(20, 20, 20))
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=85)
    return out.getvalue()
