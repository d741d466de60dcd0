"""Templates that mean harm, each in the marks of a library: code in a mark, a part that unpacks to 300 MB."""

import io
import zipfile
from collections.abc import Callable
from typing import Final

from bench.b2.originals import BODY, MARKS, Original, template

_BOMB_BYTES: Final = 300 * 1024 * 1024
# Each would print 49 where it is run.
_CODE: Final = {
    "jinja": "{% if ().__class__.__base__.__subclasses__() %}49{% endif %}",
    "docxtemplater": "{this.constructor.constructor('return 7*7')()}",
    "docx-templates": "+++= this.constructor.constructor('return 7*7')()+++",
    "carbone": "{d.constructor.constructor('return 7*7')()}",
}


def _with_code(source: Original, marks: str) -> bytes:
    made = template(source, MARKS[marks])
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(made)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            content = old.read(name)
            if name == BODY:
                said = f"<w:p><w:r><w:t>attack: {_CODE[marks]}</w:t></w:r></w:p>".encode()
                content = content.replace(b"<w:body>", b"<w:body>" + said, 1)
            new.writestr(name, content)
    return out.getvalue()


def _bomb(source: Original, marks: str) -> bytes:
    out = io.BytesIO(template(source, MARKS[marks]))
    with (
        zipfile.ZipFile(out, "a", zipfile.ZIP_DEFLATED) as archive,
        archive.open("word/bomb.xml", "w", force_zip64=True) as part,
    ):
        part.write(b"<a>")
        for _ in range(_BOMB_BYTES // (1024 * 1024)):
            part.write(b" " * 1024 * 1024)
        part.write(b"</a>")
    return out.getvalue()


HOSTILE: Final[dict[str, Callable[[Original, str], bytes]]] = {"code": _with_code, "zip bomb": _bomb}
