"""Make a picture ready for recognition: turned upright, grey, not too large. Run as a program of its own.

`python recognition_picture.py SOURCE TARGET.png TURN` – a hostile picture then costs this process its limits and nothing
else. Knows nothing of the rest of the product, so that it starts quickly. Ends with 3 for what is no picture or too large.
"""

import sys
from pathlib import Path

from PIL import Image, ImageChops, ImageFilter, ImageOps

MAX_PIXELS = 60_000_000
# A page of A4 at 300 dpi is 2480 × 3508.
LONG_SIDE = 3600
SHORT_SIDE = 1000
# Of 255: what is fainter than this is no letter.
FAINT = 70


def _know_heic(source: str) -> None:
    """Photos of some phones; the library is loaded only for them."""
    with Path(source).open("rb") as file:
        if file.read(12)[4:8] == b"ftyp":
            import pillow_heif

            pillow_heif.register_heif_opener()


def cleaned(picture: Image.Image) -> Image.Image:
    """Ink on white: without the shade of the paper, shadows of a phone and specks, which look like dots between digits."""
    picture = picture.filter(ImageFilter.MedianFilter(3))
    small = (max(1, picture.width // 16), max(1, picture.height // 16))
    paper = picture.resize(small, Image.Resampling.BOX).filter(ImageFilter.MaxFilter(5))
    paper = paper.filter(ImageFilter.GaussianBlur(3)).resize(picture.size, Image.Resampling.BICUBIC)
    ink = ImageOps.autocontrast(ImageChops.subtract(paper, picture), cutoff=(0, 0.5))
    return ink.point([255 - value if value >= FAINT else 255 for value in range(256)])


def main(source: str, target: str, turn: int) -> int:
    Image.MAX_IMAGE_PIXELS = MAX_PIXELS
    try:
        _know_heic(source)
        with Image.open(source) as opened:
            if opened.width * opened.height > MAX_PIXELS:
                return 3
            # JPEG is decoded at half or quarter size at once where it is much too large.
            opened.draft("L", (LONG_SIDE, LONG_SIDE))
            picture = ImageOps.exif_transpose(opened) or opened
            if picture.mode in {"RGBA", "LA", "PA"}:
                paper = Image.new("RGBA", picture.size, "white")
                picture = Image.alpha_composite(paper, picture.convert("RGBA"))
            picture = picture.convert("L")
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError, MemoryError):
        return 3
    if turn:
        picture = picture.rotate(-turn, expand=True)
    longest = max(picture.size)
    if longest > LONG_SIDE:
        picture.thumbnail((LONG_SIDE, LONG_SIDE), Image.Resampling.LANCZOS)
    elif longest < SHORT_SIDE * 2:
        # Small photos: letters of ten points need some thirty pixels.
        scale = min(3.0, SHORT_SIDE * 2 / max(1, longest))
        picture = picture.resize(
            (round(picture.width * scale), round(picture.height * scale)), Image.Resampling.LANCZOS
        )
    cleaned(picture).save(target, dpi=(300, 300))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], sys.argv[2], int(sys.argv[3])))
