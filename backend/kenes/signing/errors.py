"""Failures of signing and verification that a person can meet."""

from django.utils.translation import gettext_lazy as _

from kenes.foundation.errors import Conflict, KenesError, NotFound, TooLarge


class SignatureRequestNotFound(NotFound):
    code = "signing.request_not_found"


class AlreadySigned(Conflict):
    """The same person signs again, by a double click or in a second window: the screen treats it as success."""

    code = "signature.already_signed"
    title = _("Already signed")
    detail = _("You have already signed this document.")


class AgreementMissing(Conflict):
    code = "signing.agreement_missing"
    title = _("One agreement is missing")
    detail = _("Accept the agreement on signing by SMS code first.")


class DocumentChanged(Conflict):
    code = "signing.document_changed"
    title = _("The document has changed")
    detail = _("The document was replaced by a newer one. Open it and read it again.")


class DocumentNotReady(Conflict):
    code = "signing.document_not_ready"
    detail = _("This document cannot be signed now.")


class CodeNotEnough(Conflict):
    """The law asks for ЭЦП or paper for this kind of document."""

    code = "signing.code_not_enough"
    title = _("An SMS code is not enough")
    detail = _("This document is signed by ЭЦП or on paper. Download it, sign it and hand it in.")


class SignatureRequestClosed(Conflict):
    code = "signing.request_closed"
    detail = _("This request to sign is closed. Open the document and start again.")


class SignatureCodeExpired(Conflict):
    code = "signing.code_expired"
    title = _("The code is out of date")
    detail = _("The code is no longer valid. Ask for a new code.")


class SignatureTriesSpent(Conflict):
    code = "signing.tries_spent"
    title = _("No tries left")
    detail = _("The code was wrong too many times. Ask for a new code.")


class UnknownToken(NotFound):
    code = "verify.unknown_token"
    detail = _("There is no document with this address. Check the address or upload the file.")


class FileTooLarge(TooLarge):
    code = "verify.too_large"
    detail = _("The file is larger than 20 MB.")


class NotPdf(KenesError):
    code = "verify.not_pdf"
    status = 400
    title = _("This is not a PDF")
    detail = _("Choose a PDF file: the one you received or downloaded.")
