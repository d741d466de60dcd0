"""Failures that people meet while they write comments."""

from django.utils.translation import gettext_lazy as _

from kenes.foundation.errors import Conflict, NotFound


class CommentNotFound(NotFound):
    code = "case.comment_not_found"
    detail = _("There is no such comment, or it is not for you.")


class CommentFileNotFound(NotFound):
    code = "case.comment_file_not_found"
    detail = _("There is no such file, or it is not for you.")


class EditTimeOver(Conflict):
    code = "case.comment_edit_time_over"
    title = _("It is too late to edit")
    detail = _("A comment can be edited for 15 minutes. You can remove it and write a new one.")


class CommentIsRemoved(Conflict):
    """Removed before, perhaps by the same click; a screen treats it as success."""

    code = "case.comment_removed"
    detail = _("This comment has already been removed.")


class TooManyFiles(Conflict):
    code = "case.too_many_files"
    title = _("Too many files")
    detail = _("Up to %(limit)s files can wait for one comment. Send it or remove some files first.")
