"""Failures of stored files that a person can meet."""

from django.utils.translation import gettext_lazy as _

from kenes.foundation.errors import Conflict, KenesError, NotFound, TooLarge


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
