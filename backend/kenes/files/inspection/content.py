"""Look at what somebody sends before it is kept: its kind, and whether it does what no document has to do."""

from typing import Any, Final

from kenes.files import content_types, errors
from kenes.files.inspection import mixtures, office
from kenes.files.limited import run as limited
from kenes.foundation.errors import KenesError

MAX_PDF_PAGES: Final = 500
MAX_MEGAPIXELS: Final = 64
PDF: Final = "application/pdf"

# What the limited programs say, by their codes.
_OF_PDF: Final[dict[str, type[KenesError]]] = {
    "encrypted": errors.FileProtected,
    "active": errors.FileActive,
    "too_deep": errors.FileTooComplex,
    "broken": errors.FileDamaged,
}
# Refusals that are remembered by code with an upload.
REFUSALS: Final[tuple[type[KenesError], ...]] = (
    errors.FileEmpty,
    errors.FileTypeNotAllowed,
    errors.FileDamaged,
    errors.FileProtected,
    errors.FileActive,
    errors.FileHasMacros,
    errors.FileHasOutsideLinks,
    errors.FileTooComplex,
    errors.FileMixed,
    errors.FileTooManyPages,
    errors.PictureTooLarge,
    errors.PictureMoves,
)
_BY_CODE: Final = {kind.code: kind for kind in REFUSALS}


def inspect(data: bytes) -> str:
    """MIME type of an upload that may be kept; runs decoders in limited processes, up to some seconds.

    Raises FileEmpty, FileTypeNotAllowed, FileDamaged, FileProtected, FileActive, FileHasMacros, FileHasOutsideLinks,
    FileTooComplex, FileMixed, FileTooManyPages, PictureTooLarge, PictureMoves.
    """
    if not data:
        raise errors.FileEmpty
    office.require_no_password(data)
    mime = content_types.detect(data)
    if mime == "application/zip" and office.has_macros(data):
        raise errors.FileHasMacros
    if mime not in content_types.ALLOWED_UPLOADS:
        raise errors.FileTypeNotAllowed
    mixtures.require_one_kind(data, mime)
    if mime == PDF:
        _inspect_pdf(data)
    elif mime in content_types.PICTURES:
        _inspect_picture(data, content_types.PICTURES[mime])
    elif mime.startswith(mixtures.OFFICE):
        office.inspect(data)
    return mime


def _inspect_pdf(data: bytes) -> None:
    try:
        limited.run("pdf_facts", {"max_pages": MAX_PDF_PAGES}, data)
    except limited.Refused as problem:
        if problem.code == "too_many_pages":
            raise errors.FileTooManyPages(limit=MAX_PDF_PAGES) from problem
        raise _OF_PDF.get(problem.code, errors.FileDamaged) from problem
    except limited.TooHeavy as problem:
        raise errors.FileTooComplex from problem


def _inspect_picture(data: bytes, kind: str) -> None:
    try:
        limited.run("pictures", {"work": "facts", "kind": kind}, data)
    except limited.Refused as problem:
        if problem.code == "too_many_pixels":
            raise errors.PictureTooLarge(limit_megapixels=MAX_MEGAPIXELS) from problem
        raise (errors.PictureMoves if problem.code == "moving" else errors.FileDamaged) from problem
    except limited.TooHeavy as problem:
        raise errors.FileTooComplex from problem


def refusal(code: str, extra: dict[str, Any]) -> KenesError:
    """The error that was remembered by its code; FileTypeNotAllowed for a code of an older version."""
    kind = _BY_CODE.get(code)
    return kind(**extra) if kind is not None else errors.FileTypeNotAllowed()
