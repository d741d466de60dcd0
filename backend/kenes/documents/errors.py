"""Failures that people meet with letters."""

from django.utils.translation import gettext_lazy as _

from kenes.foundation.errors import Conflict, NotFound


class DocumentNotFound(NotFound):
    code = "document.not_found"
    title = _("Document not found")
    detail = _("There is no such document, or it is not yours.")


class DocumentFileNotFound(NotFound):
    """The file does not exist (yet): the letter is being prepared, or it is not sealed."""

    code = "document.file_not_found"
    title = _("File not found")
    detail = _("This file of the document does not exist yet.")


class PageNotFound(NotFound):
    code = "document.page_not_found"
    title = _("Page not found")
    detail = _("The document has no such page.")


class DispatchNotFound(NotFound):
    code = "dispatch.not_found"
    title = _("Dispatch not found")
    detail = _("There is no such dispatch, or it is not yours.")


class DocumentStepNotAllowed(Conflict):
    """`current_status` is the present one."""

    code = "document.step_not_allowed"
    detail = _("This is not possible while the document is in its present state.")


class DocumentAlreadySigned(Conflict):
    """A signed document never changes; a screen treats a repeated signature as success."""

    code = "document.already_signed"
    title = _("The document is signed")
    detail = _("This document is already signed and cannot be changed.")


class DispatchStepNotAllowed(Conflict):
    """`current_status` is the present one."""

    code = "dispatch.step_not_allowed"
    detail = _("This is not possible while the dispatch is in its present state.")


class ExportNotFound(NotFound):
    code = "case_export.not_found"
    detail = _("There is no such file, or it is not yours.")


class ExportNotReady(Conflict):
    code = "case_export.not_ready"
    title = _("The file is not ready")
    detail = _("The file is still being made, or its days are over. Ask for a new one.")


class DocumentKindNotFound(NotFound):
    code = "document.kind_not_found"
    title = _("No such document")
    detail = _("There is no document of this kind.")


class DraftNotFound(NotFound):
    """It never was, is not yours to see, or the document is made already."""

    code = "document_draft.not_found"
    title = _("No open questions")
    detail = _("These questions are answered or put aside, or they are not yours.")


class DraftChangedMeanwhile(Conflict):
    """`version` is the present one."""

    code = "document_draft.changed_meanwhile"
    title = _("The answers have changed")
    detail = _("Somebody else has answered meanwhile. Look at the present answers and save again.")


class DocumentNotPossible(Conflict):
    """`reason`: what the case lacks (a section: lender, debt, relief …), or debt, no_debt, lender for a wrong subject."""

    code = "document.not_possible"
    title = _("The document cannot be made yet")
    detail = _("The case does not hold what this document is about.")


class DocumentUnchanged(Conflict):
    code = "document.unchanged"
    title = _("Nothing has changed")
    detail = _("The new version would say the same as the present one. Change an answer first.")


class DocumentAlreadyReplaced(Conflict):
    """`document_id`: the document that has taken its place."""

    code = "document.already_replaced"
    title = _("There is a newer version")
    detail = _("Another document has already taken the place of this one. Change that one.")


class DocumentLacksAnswers(Conflict):
    """`answers`: what is asked, in the reader's language."""

    code = "document.lacks_answers"
    title = _("Answers are missing")
    detail = _("The document lacks answers: %(answers)s")


class PackageAlreadySent(Conflict):
    code = "document.package_already_sent"
    title = _("The letter is on its way")
    detail = _("The letter has left or is just leaving: what goes along with it cannot be changed any more.")


class PackageChanged(Conflict):
    """`version` is the present one."""

    code = "document.package_changed"
    title = _("The choice has changed")
    detail = _("Somebody else has chosen meanwhile. Look at the present choice and choose again.")


UNKNOWN_PAPER = _("This is not a paper of the case.")
PAPER_NOT_READY = _("This paper is still being checked.")
