"""Failures of uploads by parts, as tus 1.0.0 wants them answered."""

from django.utils.translation import gettext_lazy as _

from kenes.foundation.errors import Conflict, KenesError, NotFound, TooLarge

TUS_VERSION = "1.0.0"


class UploadNotFound(NotFound):
    """Never there, another person's, or used up already."""

    code = "uploads.not_found"
    detail = _("This upload is not here any more. Please choose the file again.")


class UploadExpired(KenesError):
    code = "uploads.expired"
    status = 410
    title = _("The upload took too long")
    detail = _("This upload was not finished in time. Please choose the file again.")


class UploadOffsetWrong(Conflict):
    """`offset` is how many bytes have come."""

    code = "uploads.offset_wrong"
    title = _("Another part is expected")
    detail = _("The file is being received at another place. The upload goes on from there.")


class UploadNotComplete(Conflict):
    code = "uploads.not_complete"
    title = _("The file has not come whole")
    detail = _("The file is still being received. Please wait until it has come whole.")


class TooManyUploads(Conflict):
    code = "uploads.too_many"
    title = _("Too many files at once")
    detail = _("More than %(limit)s files wait to be attached. Attach some of them or remove them.")


class TusVersionWrong(KenesError):
    code = "uploads.version_wrong"
    status = 412
    title = _("Another version of the protocol")
    detail = _("The upload speaks another version of the protocol. Please reload the page.")
    headers = {"Tus-Version": TUS_VERSION, "Tus-Resumable": TUS_VERSION}


class ChecksumWrong(KenesError):
    """The part was damaged on its way and is not kept."""

    code = "uploads.checksum_wrong"
    status = 460
    title = _("A part was damaged on its way")
    detail = _("A part of the file was damaged on its way. It is sent again.")


class ChecksumUnknown(KenesError):
    code = "uploads.checksum_unknown"
    title = _("Unknown checksum")
    detail = _("Checksums of parts are sha1 or sha256 with a value in base64.")


class UploadHeaderInvalid(KenesError):
    """`header` names what cannot be read."""

    code = "uploads.header_invalid"
    title = _("The request cannot be read")
    detail = _("The header %(header)s is missing or cannot be read.")


class PartTypeWrong(KenesError):
    code = "uploads.part_type"
    status = 415
    title = _("Not a part of a file")
    detail = _("Parts are sent as application/offset+octet-stream.")


class PartTooLarge(TooLarge):
    code = "uploads.part_too_large"
    title = _("The part is too large")
    detail = _("A part is at most %(limit_kilobytes)s KB and ends with the file.")


class FileHeld(Conflict):
    """A signature binds it, or it was sent: only the end of its time of keeping removes it."""

    code = "file.held"
    title = _("The file is evidence")
    detail = _(
        "This file belongs to something signed or sent and cannot be removed before its time of keeping is over."
    )


class TooManyParts(KenesError):
    """The parts are so small that the file would lie in thousands of pieces."""

    code = "uploads.too_many_parts"
    title = _("The parts are too small")
    detail = _("The file comes in too many small parts. Please choose it again.")
