"""What a PDF holds besides pages. Runs by itself in a limited process: reads a PDF, answers with one line of JSON.

Every object is looked at, also those in object streams: what runs (JavaScript, Launch), what carries other files, what
sends data away. Names that were hidden by escapes (`/J#61vaScript`) are undone by the library.
"""

import io
import json
import sys
from collections.abc import Iterator
from typing import Any, Final

import pikepdf

_ACTIONS: Final = {
    "/JavaScript", "/Launch", "/ImportData", "/SubmitForm", "/GoToE", "/Rendition", "/RichMediaExecute",
}  # fmt: skip
_KEYS: Final = {"/JS", "/EmbeddedFiles", "/XFA", "/RichMediaContent", "/AF"}
_TYPES: Final = {"/EmbeddedFile"}
_SUBTYPES: Final = {"/FileAttachment", "/RichMedia", "/Movie", "/Screen", "/3D"}
_MAX_DEPTH: Final = 40


class Refused(Exception):
    pass


def _dictionaries(thing: Any, depth: int = 0) -> Iterator[Any]:
    """The dictionaries written inside one object; references are looked at as objects of their own."""
    if depth > _MAX_DEPTH:
        raise Refused("too_deep")
    if isinstance(thing, pikepdf.Stream | pikepdf.Dictionary):
        yield thing
        inner = thing.values() if isinstance(thing, pikepdf.Dictionary) else thing.stream_dict.values()
    elif isinstance(thing, pikepdf.Array):
        inner = iter(thing)
    else:
        return
    for value in inner:
        if isinstance(value, pikepdf.Object) and not value.is_indirect:
            yield from _dictionaries(value, depth + 1)


def _name(thing: Any, key: str) -> str:
    value = thing.get(key)
    return str(value) if isinstance(value, pikepdf.Name) else ""


def _active(pdf: pikepdf.Pdf) -> str:
    """What is in the file that no document needs; empty when there is nothing of the kind."""
    for one in pdf.objects:
        for thing in _dictionaries(one):
            found = _KEYS & set(thing.keys())
            if _name(thing, "/S") in _ACTIONS:
                return _name(thing, "/S")
            if found:
                return min(found)
            if _name(thing, "/Type") in _TYPES or "/EF" in thing:
                return "/EmbeddedFile"
            if _name(thing, "/Subtype") in _SUBTYPES and "/Rect" in thing:
                return _name(thing, "/Subtype")
    return ""


def main() -> int:
    data = sys.stdin.buffer.read()
    max_pages = int(json.loads(sys.argv[1])["max_pages"])
    try:
        with pikepdf.open(io.BytesIO(data)) as pdf:
            if pdf.is_encrypted:
                raise Refused("encrypted")
            active = _active(pdf)
            if active:
                raise Refused("active")
            pages = len(pdf.pages)
    except pikepdf.PasswordError:
        return _refuse("encrypted")
    except Refused as problem:
        return _refuse(str(problem))
    except (pikepdf.PdfError, ValueError, TypeError, AttributeError, KeyError, RecursionError):
        return _refuse("broken")
    if not pages:
        return _refuse("broken")
    if pages > max_pages:
        return _refuse("too_many_pages")
    sys.stdout.write(json.dumps({"pages": pages}) + "\n")
    return 0


def _refuse(code: str) -> int:
    sys.stdout.write(json.dumps({"refused": code}) + "\n")
    return 3


if __name__ == "__main__":
    sys.exit(main())
