"""Forms of a file: the original, its preview as PDF, its picture for the web, pictures of its pages."""

from dataclasses import dataclass

from kenes.files import preparing, services
from kenes.files.errors import FormNotThere
from kenes.files.models import DerivedFile, StoredFile

_ENDINGS = {"application/pdf": "pdf", "image/webp": "webp", "image/jpeg": "jpg", "image/png": "png"}


@dataclass(frozen=True, slots=True)
class Form:
    """Bytes of one form, with the name to save them by."""

    data: bytes
    name: str
    mime: str


def require(file: StoredFile, form: str) -> StoredFile:
    """The stored file of a form. Raises what `services.require_readable` raises, and FormNotThere."""
    services.require_readable(file)
    if form == "original" or (form == "pdf" and file.mime == "application/pdf"):
        return file
    derived = DerivedFile.objects.select_related("file").filter(source=file, form=form, page=0).first()
    if derived is None:
        raise FormNotThere
    return derived.file


def content(file: StoredFile, form: str) -> Form:
    """The bytes of a form, named after the original. Raises what `require` and `services.read` raise."""
    chosen = require(file, form)
    name = file.name
    if chosen is not file:
        name = f"{file.name.rpartition('.')[0] or file.name}.{_ENDINGS.get(chosen.mime, 'bin')}"
    return Form(data=services.read(chosen), name=name, mime=chosen.mime)


def page(file: StoredFile, number: int) -> Form:
    """The picture of one page, from 1. Raises what `preparing.page` raises."""
    drawn = preparing.page(file, number)
    return Form(data=services.read(drawn), name=f"{number}", mime=drawn.mime)
