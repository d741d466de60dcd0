"""Why a signature by ЭЦП is not taken. `steps` of the answer shows what was looked at and how far it went."""

from typing import Any, ClassVar

from django.utils.translation import gettext_lazy as _

from kenes.foundation.errors import Conflict, KenesError, Text, TooLarge, Unavailable


class EdsRefused(KenesError):
    """Base: the signature was read and does not count. 400, with `steps` as `kzsign` reports them."""

    code = "signing.eds_refused"
    status = 400
    title: ClassVar[Text] = _("The signature was not accepted")

    def __init__(self, steps: list[dict[str, Any]] | None = None, **extra: Any) -> None:
        super().__init__(steps=steps or [], **extra)


class EdsUnreadable(EdsRefused):
    code = "signing.eds_unreadable"
    detail = _("What came is no signature that we can read. Sign again in NCALayer.")


class EdsTooLarge(TooLarge):
    """Larger than a signature with the largest document inside of it."""

    code = "signing.eds_too_large"
    detail = _(
        "The file with the signature is too large: the document inside of it may have up to 20 MB. "
        "Sign without the document inside (detached)."
    )


class EdsBusy(Unavailable):
    """Signatures with the document inside of them are judged one at a time."""

    code = "signing.eds_busy"
    detail = _("Several large signatures are being checked right now. Try again in half a minute.")


class EdsOtherDocument(EdsRefused):
    code = "signing.eds_other_document"
    title = _("Another document was signed")
    detail = _("The signature is under something else than the document on the screen. Sign again.")


class EdsBroken(EdsRefused):
    code = "signing.eds_broken"
    detail = _("The signature is damaged or forged. Sign again.")


class EdsSeveralSigners(EdsRefused):
    code = "signing.eds_several_signers"
    detail = _("There must be exactly one signature: your own. Sign again with one key.")


class EdsUntrusted(EdsRefused):
    code = "signing.eds_untrusted"
    title = _("The certificate is not of the national authority")
    detail = _("Only certificates of the National Certification Authority of Kazakhstan count.")


class EdsExpired(EdsRefused):
    code = "signing.eds_expired"
    title = _("The certificate is out of date")
    detail = _("The term of this certificate is over or has not begun. Get a new ЭЦП and sign with it.")


class EdsRevoked(EdsRefused):
    code = "signing.eds_revoked"
    title = _("The certificate was revoked")
    detail = _("This certificate was revoked. Get a new ЭЦП and sign with it.")


class EdsLegacy(EdsRefused):
    code = "signing.eds_legacy"
    title = _("The key is of an old kind")
    detail = _("Keys of the old kind (GOST 34.310-2004) sign nothing new. Get a new ЭЦП and sign with it.")


class EdsUnsupported(EdsRefused):
    code = "signing.eds_unsupported"
    detail = _(
        "Signatures of this kind cannot be checked here. Sign with a usual ЭЦП of the National Authority."
    )


class EdsWrongKey(EdsRefused):
    code = "signing.eds_wrong_key"
    title = _("This key is not for signing")
    detail = _(
        "You chose a key for signing in to sites (AUTH). Choose the key for signing documents (GOST or RSA)."
    )


class EdsNoPerson(EdsRefused):
    code = "signing.eds_no_person"
    detail = _("The certificate names no person: it is of an organisation's system. Sign with your own key.")


class EdsOtherPerson(EdsRefused):
    code = "signing.eds_other_person"
    title = _("This is the ЭЦП of another person")
    detail = _("The IIN in the certificate is not yours. Choose your own key.")


class EdsOtherOrganisation(EdsRefused):
    code = "signing.eds_other_organisation"
    title = _("The ЭЦП is not of this organisation")
    detail = _("You sign for an organisation: choose the key that was issued to you in it, with its BIN.")


class EdsNoRightToSign(EdsRefused):
    code = "signing.eds_no_right_to_sign"
    title = _("This key gives no right to sign for the organisation")
    detail = _("Only the head or an employee with the right to sign may sign for the organisation.")


class EdsUsed(Conflict):
    code = "signing.eds_used"
    title = _("This signature was already used")
    detail = _("The same signature was already given once. Sign the document again.")


class EdsRevocationUnknown(Unavailable):
    """Nobody could say whether the certificate is revoked: never taken for good."""

    code = "signing.eds_authority_silent"
    title = _("The certification authority does not answer")
    detail = _(
        "We cannot find out right now whether your certificate is valid: the certification authority does not answer. "
        "Nothing was signed. Try again in a few minutes."
    )

    def __init__(self, steps: list[dict[str, Any]] | None = None, **extra: Any) -> None:
        super().__init__(retry_after=60, steps=steps or [], **extra)


class EdsNotSetUp(Unavailable):
    """No certificates of the authority are installed here."""

    code = "signing.eds_not_set_up"
    title = _("Signing by ЭЦП is not set up")
    detail = _("Signatures by ЭЦП cannot be checked here yet. Sign in another way.")

    def __init__(self, steps: list[dict[str, Any]] | None = None, **extra: Any) -> None:
        super().__init__(retry_after=3600, steps=steps or [], **extra)


class IinMissing(Conflict):
    code = "signing.iin_missing"
    title = _("Your IIN is not known")
    detail = _(
        "A signature by ЭЦП is compared with your IIN. Confirm your IIN by ЭЦП in your account first: Security, signing in by ЭЦП."
    )


class PhoneChangedRecently(Conflict):
    """A number that was changed a moment ago may be in the hands of whoever stole the SIM card."""

    code = "signing.phone_changed_recently"
    title = _("The number was changed lately")
    detail = _(
        "Your phone number was changed less than %(days)s days ago. For your safety sign by ЭЦП or in another open way."
    )


class NameMissing(Conflict):
    """A signature of nobody proves nothing: certificate page and public check name the signer."""

    code = "signing.name_missing"
    title = _("Your name is not known")
    detail = _("The signature bears your name. Write your full name in your profile first.")


class PhoneMissing(Conflict):
    code = "signing.phone_missing"
    detail = _("A code needs a confirmed phone number. Confirm yours in your account.")


class QrOff(Conflict):
    code = "signing.qr_off"
    detail = _("Signing in eGov mobile is not switched on here.")


class PaperNotTaken(Conflict):
    code = "signing.paper_not_taken"
    detail = _("This kind of document is not signed on paper.")


class QrOperationNotFound(KenesError):
    code = "signing.qr_not_found"
    status = 404
    title = _("Not found")
    detail = _("This signing in eGov mobile does not exist any more.")
