"""Pages of text as a scanner or a phone gives them: for the demonstration and for tests."""

import io
import random
from typing import Final

from PIL import Image, ImageDraw, ImageFont

_FONT: Final = "/usr/share/fonts/truetype/dejavu/DejaVuSerif.ttf"
# A4 at 200 dpi.
_SIZE: Final = (1654, 2339)
_ORIENTATION: Final = 0x0112


def a_scan(
    text: str,
    *,
    turn: int = 0,
    specks: int = 0,
    exif: int = 0,
    kind: str = "JPEG",
    seed: int = 5,
    blank: int = 250,
) -> bytes:
    """A page with the text: turned clockwise by degrees, with specks, or with an orientation told by EXIF only."""
    page = Image.new("L", _SIZE, blank)
    font = ImageFont.truetype(_FONT, 34)
    ImageDraw.Draw(page).multiline_text((140, 160), text, font=font, fill=20, spacing=18)
    dice, pixels = random.Random(seed), page.load()  # noqa: S311  (specks are no secrets)
    assert pixels is not None
    for _ in range(specks):
        pixels[dice.randrange(_SIZE[0]), dice.randrange(_SIZE[1])] = dice.randrange(256)
    if turn:
        page = page.rotate(-turn, expand=True)
    output = io.BytesIO()
    tags = Image.Exif()
    if exif:
        tags[_ORIENTATION] = exif
    page.save(output, kind, **({"quality": 75, "exif": tags} if kind == "JPEG" else {}))
    return output.getvalue()


def a_scanned_pdf(*pages: str) -> bytes:
    """A PDF whose pages are pictures."""
    pictures = [Image.open(io.BytesIO(a_scan(text))) for text in pages]
    output = io.BytesIO()
    pictures[0].save(output, "PDF", save_all=True, append_images=pictures[1:], resolution=200)
    return output.getvalue()
