"""Failures of signing and verification that a person can meet."""

from django.utils.translation import gettext_lazy as _

from kenes.foundation.errors import Conflict, KenesError, NotFound, TooLarge, Unavailable


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
    detail = _("A code from an SMS is not enough for this document. Choose another way to sign it.")


class SignatureRequestClosed(Conflict):
    code = "signing.request_closed"
    detail = _("This request to sign is closed. Open the document and start again.")


class RoundClosed(Conflict):
    code = "signing.round_closed"
    title = _("Signing has ended")
    detail = _("Signing of this document has ended. Open the document to see why.")


class NotYourTurn(Conflict):
    code = "signing.not_your_turn"
    title = _("It is not your turn yet")
    detail = _("Somebody signs before you. You will be told when your turn comes.")


class TextNotShown(Conflict):
    code = "signing.text_not_shown"
    title = _("Read the whole document first")
    detail = _("Open the document and look through it to the last page, then sign.")


class TextNotGiven(Conflict):
    """The text was not fetched in this session, so nobody can have read it here."""

    code = "signing.text_not_given"
    title = _("Open the document first")
    detail = _("The document was not opened on this device. Open it, read it to the end, then sign.")


class OtherSession(Conflict):
    """The code was asked for on another device or in another sign-in."""

    code = "signing.other_session"
    title = _("The code belongs to another device")
    detail = _("This code was asked for on another device. Ask for a new code here.")


class PowerEnded(Conflict):
    code = "signing.power_ended"
    title = _("The power of attorney is not in force")
    detail = _("The power of attorney to sign for this person has ended or was taken back.")


class NotASigner(Conflict):
    """He takes part in the case no longer, or has left the organisation he would sign for."""

    code = "signing.not_a_signer"
    title = _("You do not take part any more")
    detail = _("You do not take part in this case any more, so this document is not yours to sign.")


class RoundOpen(Conflict):
    code = "signing.round_open"
    title = _("Signing is under way")
    detail = _("Signers were already chosen for this document. Replace them or take the signing back.")


class WrongWay(Conflict):
    """An approver signs nothing, and a signer does not just approve."""

    code = "signing.wrong_way"
    detail = _("This is not how you take part in this document.")


class PaperNotFound(NotFound):
    code = "signing.paper_not_found"


class SignatureCodeExpired(Conflict):
    code = "signing.code_expired"
    title = _("The code is out of date")
    detail = _("The code is no longer valid. Ask for a new code.")


class SignatureTriesSpent(Conflict):
    code = "signing.tries_spent"
    title = _("No tries left")
    detail = _("The code was wrong too many times. Ask for a new code.")


class NotPublicYet(Conflict):
    """Names stand on the verification page, which is there when everybody has signed."""

    code = "signing.not_public_yet"
    title = _("Not everybody has signed yet")
    detail = _("The document has no verification page until everybody has signed it.")


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


class CheckersBusy(Unavailable):
    """Too many files are being judged at once."""

    code = "verify.busy"
    title = _("Many files are being checked")
    detail = _("Others are checking files right now. Try again in half a minute.")
