"""Failures of stored files that a person can meet."""

from django.utils.translation import gettext_lazy as _

from kenes.foundation.errors import Conflict, KenesError, NotFound, TooLarge, Unavailable


class StoredFileNotFound(NotFound):
    code = "files.not_found"


class FileNotReady(Conflict):
    """The virus check has not ended, or it could not be made."""

    code = "files.not_ready"
    title = _("The file is being checked")
    detail = _("The file is still being checked for viruses. Please try again in a minute.")


class FileInfected(Conflict):
    code = "files.infected"
    title = _("The file is locked")
    detail = _("A virus was found in this file, so it cannot be opened.")


class FileNotCheckable(Conflict):
    code = "files.not_checkable"
    title = _("The file could not be checked")
    detail = _(
        "The file is protected by a password or too complex to check. Please send it without protection."
    )


class FileContentLost(KenesError):
    """The bytes are gone or changed: an operator has to look."""

    code = "files.content_lost"
    status = 500
    title = _("The file cannot be read")
    detail = _("The file cannot be read. We already know about it.")


class ScannerAway(Unavailable):
    """The virus scanner does not answer, and this file is not kept to wait for it."""

    code = "files.scanner_away"
    detail = _("The virus check does not answer, so the file was not taken. Please try again in a minute.")


class FileStorageAway(Unavailable):
    """The store of files does not answer; the file itself may be well."""

    code = "files.storage_away"


class FileRemoved(FileContentLost):
    """Its bytes were deleted on purpose; nobody has to look."""

    code = "files.removed"
    status = 410
    title = _("The file was removed")
    detail = _("This file was removed and cannot be opened any more.")


class FileTooLarge(TooLarge):
    code = "files.too_large"
    title = _("The file is too large")
    detail = _("The file is larger than %(limit_megabytes)s MB.")


class FileEmpty(KenesError):
    code = "files.empty"
    title = _("The file is empty")
    detail = _("There is nothing in this file. Please choose another one.")


class FileTypeNotAllowed(KenesError):
    code = "files.type_not_allowed"
    title = _("This kind of file is not accepted")
    detail = _("Please send a PDF, a photo (JPEG, PNG, WebP, HEIC), a Word or an Excel file, or plain text.")


class FileQuotaReached(Conflict):
    code = "files.quota_reached"
    title = _("No room for more files")
    detail = _("There are too many files here already. Please remove some or write to us.")


class PersonQuotaReached(Conflict):
    code = "files.person_quota_reached"
    title = _("Your room for files is used up")
    detail = _("You have uploaded very much already. Please remove files that are not needed or write to us.")


class FormNotThere(NotFound):
    """The file has no such form: no preview, no page of this number, or it is still being prepared."""

    code = "files.form_not_there"
    detail = _("This view of the file does not exist or is still being prepared.")


class FileLinkInvalid(NotFound):
    """Changed, older than five minutes, or made for another person."""

    code = "files.link_invalid"
    detail = _("This link is no longer valid. Please open the file again.")


class FileDamaged(KenesError):
    """The content ends too early or cannot be read as what it says it is."""

    code = "files.damaged"
    title = _("The file is damaged")
    detail = _(
        "The file cannot be read: it is damaged or did not come whole. Please save it again and send it once more."
    )


class FileProtected(KenesError):
    code = "files.protected"
    title = _("The file is protected by a password")
    detail = _("The file is protected by a password. Please send it without the password.")


class FileActive(KenesError):
    """JavaScript, actions that start programs, forms that send data, files inside."""

    code = "files.active_content"
    title = _("The file does more than show pages")
    detail = _(
        "The file has a program, a form that sends data or other files inside. Please print it to a new PDF and send that."
    )


class FileHasMacros(KenesError):
    code = "files.macros"
    title = _("The file has macros")
    detail = _(
        "The file has macros or objects of other programs inside. Please save it without them or as PDF."
    )


class FileHasOutsideLinks(KenesError):
    """Parts that are fetched from elsewhere when the file is opened: templates, pictures, data."""

    code = "files.outside_parts"
    title = _("The file fetches parts from elsewhere")
    detail = _(
        "The file fetches parts from other places when it is opened. Please save it as PDF and send that."
    )


class FileTooComplex(KenesError):
    """Unfolds to much more than it is, or takes too long to look at."""

    code = "files.too_complex"
    title = _("The file is too complex")
    detail = _(
        "The file unfolds to far more than its size, so it is not accepted. Please save it anew as PDF."
    )


class FileMixed(KenesError):
    """Two kinds of files in one: what one program shows is not what another one runs."""

    code = "files.mixed_kinds"
    title = _("The file is two kinds at once")
    detail = _("The file is two kinds of files at once. Please save it anew as PDF or as a photo.")


class FileTooManyPages(KenesError):
    code = "files.too_many_pages"
    title = _("Too many pages")
    detail = _("The file has more than %(limit)s pages. Please send it in several parts.")


class PictureTooLarge(KenesError):
    code = "files.picture_too_large"
    title = _("The picture is too large")
    detail = _("The picture has more than %(limit_megapixels)s million points. Please make it smaller.")


class PictureMoves(KenesError):
    code = "files.picture_moves"
    title = _("The picture moves")
    detail = _("Moving pictures are not accepted. Please send a photo.")
