"""Failures that people meet at lists: saved views, bulk changes, exports, imports."""

from django.utils.translation import gettext_lazy as _

from kenes.foundation.errors import Conflict, NotFound


class ViewNotFound(NotFound):
    code = "case.view_not_found"
    title = _("View not found")
    detail = _("There is no such saved view, or it is not yours.")


class ViewNameTaken(Conflict):
    code = "case.view_name_taken"
    detail = _("You already have a view with this name.")


class ViewsFull(Conflict):
    """`most` is how many a person may have."""

    code = "case.views_full"
    detail = _("There are too many saved views. Remove one that you no longer need.")


class JobNotFound(NotFound):
    code = "case.job_not_found"
    title = _("Work not found")
    detail = _("There is no such work on the list, or it is not yours.")


class NothingSelected(Conflict):
    code = "case.nothing_selected"
    detail = _("No case fits. Choose cases first.")


class TooManySelected(Conflict):
    """`most` is how many go in one piece of work, `found` how many fit."""

    code = "case.too_many_selected"
    detail = _("Too many cases at once. Narrow the list.")


class JobBusy(Conflict):
    code = "case.job_busy"
    detail = _("Your earlier work of this kind is still running. Wait for it or stop it.")


class JobOver(Conflict):
    code = "case.job_over"
    detail = _("This work has already ended.")


class JobFileNotReady(Conflict):
    code = "case.job_file_not_ready"
    detail = _("The file is not ready.")


class ImportFileUnreadable(Conflict):
    code = "case.import_unreadable"
    detail = _("This file cannot be read. Give an XLSX or a CSV file made from the template.")


class ImportFileTooLarge(Conflict):
    """`rows` and `megabytes` are the limits."""

    code = "case.import_too_large"
    detail = _("The file is too large. Split it into parts.")


class ImportFileKnown(Conflict):
    """`job_id` is the import that has taken this file."""

    code = "case.import_known"
    detail = _("This file has already been imported.")


class ImportHasErrors(Conflict):
    code = "case.import_has_errors"
    detail = _("Mend the errors in the file first: nothing is imported by halves.")
