"""Open, turn, straighten and shrink pictures. Runs by itself in a limited process: a picture in, a line of JSON and a
picture out. The size in pixels is read and refused before one pixel is unfolded.
"""

import io
import json
import sys
import warnings
from typing import Any, Final

from PIL import Image, ImageFilter, ImageMath, ImageOps

MAX_PIXELS: Final = 64_000_000
MAX_SIDE: Final = 20_000
MAX_FRAMES: Final = 1
# A4 at 170 dots per inch: small letters stay readable, a page stays below 300 KB.
A4: Final = (1405, 1987)
_A4_RATIO: Final = A4[1] / A4[0]
_SOURCE: Final = 3000
# How far a straightened sheet may be from A4 and still be taken for one.
_A4_TOLERANCE: Final = 0.12
# Of the longer side; wider shadows than this are shadows, narrower ones are letters.
_SHADE: Final = 40

Point = tuple[float, float]


class Refused(Exception):
    pass


def _open(data: bytes, kind: str) -> Image.Image:
    if kind == "HEIF":
        import pillow_heif

        pillow_heif.register_heif_opener()
    Image.MAX_IMAGE_PIXELS = MAX_PIXELS
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            picture = Image.open(io.BytesIO(data), formats=(kind,))
    except Image.DecompressionBombError:
        raise Refused("too_many_pixels") from None
    except (OSError, ValueError, SyntaxError, EOFError, ArithmeticError):
        raise Refused("broken") from None
    width, height = picture.size
    if width * height > MAX_PIXELS or max(width, height) > MAX_SIDE:
        raise Refused("too_many_pixels")
    # Cameras keep a second view in a JPEG or HEIC; in the others more pictures are a film.
    if kind in {"PNG", "WEBP"} and getattr(picture, "n_frames", 1) > MAX_FRAMES:
        raise Refused("moving")
    return picture


def _upright(picture: Image.Image) -> Image.Image:
    """As it is meant to be seen, in plain colours, without anything the camera wrote; transparency becomes white."""
    seen = ImageOps.exif_transpose(picture)
    if seen.mode in {"RGBA", "LA", "PA"} or "transparency" in seen.info:
        seen = seen.convert("RGBA")
        canvas = Image.new("RGB", seen.size, "white")
        canvas.paste(seen, mask=seen.getchannel("A"))
        return canvas
    plain = Image.new("RGB", seen.size)
    plain.paste(seen.convert("RGB"))
    return plain


def facts(data: bytes, options: dict[str, Any]) -> tuple[dict[str, Any], bytes]:
    """Size as seen; the picture is unfolded once, so that a damaged one is refused."""
    picture = _open(data, options["kind"])
    width, height = picture.size
    if options["kind"] == "JPEG":
        # An eighth of the picture shows whether all of it is there.
        picture.draft("RGB", (width // 8 or 1, height // 8 or 1))
    picture.load()
    return {"width": width, "height": height}, b""


def web(data: bytes, options: dict[str, Any]) -> tuple[dict[str, Any], bytes]:
    """WebP of at most `side` pixels, upright, without metadata."""
    picture = _open(data, options["kind"])
    side = int(options["side"])
    # A JPEG is unfolded at a half or a quarter of its size where that is enough.
    picture.draft("RGB", (side, side))
    picture.thumbnail((side, side), Image.Resampling.LANCZOS, reducing_gap=3.0)
    small = _upright(picture)
    out = io.BytesIO()
    small.save(out, "WEBP", quality=82, method=4)
    return {"width": small.width, "height": small.height}, out.getvalue()


def sheet(data: bytes, options: dict[str, Any]) -> tuple[dict[str, Any], bytes]:
    """One photo as a page: straightened by its corners, turned, grey with even light if wanted; JPEG within A4."""
    picture = _open(data, options["kind"])
    # The sheet fills most of the photo: half as much again as the page has leaves its letters sharp.
    picture.draft("RGB", (_SOURCE, _SOURCE))
    picture.thumbnail((_SOURCE, _SOURCE), Image.Resampling.BICUBIC, reducing_gap=2.0)
    seen = _upright(picture)
    corners = options["corners"]
    seen = _straightened(seen, [(x * seen.width, y * seen.height) for x, y in corners]) if corners else seen
    # Turned clockwise, as a person turns it on the screen.
    turns = {90: Image.Transpose.ROTATE_270, 180: Image.Transpose.ROTATE_180, 270: Image.Transpose.ROTATE_90}
    if options["turn"] in turns:
        seen = seen.transpose(turns[options["turn"]])
    box = A4 if seen.height >= seen.width else (A4[1], A4[0])
    seen.thumbnail(box, Image.Resampling.LANCZOS, reducing_gap=3.0)
    if options["look"] == "gray":
        seen = _even_gray(seen)
    out = io.BytesIO()
    seen.save(out, "JPEG", quality=72, optimize=True, progressive=False, dpi=(170, 170))
    return {"width": seen.width, "height": seen.height}, out.getvalue()


def _straightened(picture: Image.Image, corners: list[Point]) -> Image.Image:
    upper_left, upper_right, lower_right, lower_left = corners
    width = max(_distance(upper_left, upper_right), _distance(lower_left, lower_right))
    height = max(_distance(upper_left, lower_left), _distance(upper_right, lower_right))
    if min(width, height) < 16:
        raise Refused("corners")
    if abs(height / width / _A4_RATIO - 1) < _A4_TOLERANCE:
        height = width * _A4_RATIO
    elif abs(width / height / _A4_RATIO - 1) < _A4_TOLERANCE:
        width = height * _A4_RATIO
    size = (round(width), round(height))
    target = [(0.0, 0.0), (float(size[0]), 0.0), (float(size[0]), float(size[1])), (0.0, float(size[1]))]
    return picture.transform(
        size, Image.Transform.PERSPECTIVE, _perspective(target, corners), Image.Resampling.BICUBIC, fillcolor="white"
    )  # fmt: skip


def _distance(one: Point, other: Point) -> float:
    return float(((one[0] - other[0]) ** 2 + (one[1] - other[1]) ** 2) ** 0.5)


def _perspective(target: list[Point], source: list[Point]) -> list[float]:
    """The eight numbers by which a point of the new picture finds its place in the old one."""
    rows: list[list[float]] = []
    for (x, y), (u, v) in zip(target, source, strict=True):
        rows.append([x, y, 1, 0, 0, 0, -u * x, -u * y, u])
        rows.append([0, 0, 0, x, y, 1, -v * x, -v * y, v])
    return _solved(rows)


def _solved(rows: list[list[float]]) -> list[float]:
    """Gauss with the largest pivot; Refused when the corners span no area."""
    count = len(rows)
    for column in range(count):
        pivot = max(range(column, count), key=lambda index: abs(rows[index][column]))
        if abs(rows[pivot][column]) < 1e-9:
            raise Refused("corners")
        rows[column], rows[pivot] = rows[pivot], rows[column]
        lead = rows[column][column]
        rows[column] = [value / lead for value in rows[column]]
        for index in range(count):
            if index != column:
                factor = rows[index][column]
                rows[index] = [a - factor * b for a, b in zip(rows[index], rows[column], strict=True)]
    return [row[-1] for row in rows]


def _even_gray(picture: Image.Image) -> Image.Image:
    """Grey with the shadows taken out: every place is measured by the paper around it, then black is made black."""
    gray = ImageOps.grayscale(picture)
    small = gray.resize((max(1, gray.width // 8), max(1, gray.height // 8)), Image.Resampling.BOX)
    reach = max(3, max(small.size) // _SHADE | 1)
    paper = small.filter(ImageFilter.MaxFilter(reach)).filter(ImageFilter.GaussianBlur(reach))
    paper = paper.resize(gray.size, Image.Resampling.BICUBIC)
    even = ImageMath.lambda_eval(
        lambda of: of["convert"](of["min"](of["gray"] * 255 / of["max"](of["paper"], 1), 255), "L"),
        gray=gray,
        paper=paper,
    )
    # Paper of a photo is never quite white: the upper tenth is.
    lifted: Image.Image = even.point(
        [min(255, max(0, round((value - 40) * 255 / 190))) for value in range(256)]
    )
    return lifted


_WORK: Final = {"facts": facts, "web": web, "sheet": sheet}


def main() -> int:
    options = json.loads(sys.argv[1])
    try:
        told, made = _WORK[options["work"]](sys.stdin.buffer.read(), options)
    except Refused as problem:
        return _refuse(str(problem))
    except (OSError, ValueError, SyntaxError, EOFError, ArithmeticError, Image.DecompressionBombError):
        return _refuse("broken")
    sys.stdout.buffer.write(json.dumps(told).encode() + b"\n" + made)
    return 0


def _refuse(code: str) -> int:
    sys.stdout.write(json.dumps({"refused": code}) + "\n")
    return 3


if __name__ == "__main__":
    sys.exit(main())
