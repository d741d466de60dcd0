"""Failures of profiles, photos, specialists' entries and powers of attorney."""

from django.utils.translation import gettext_lazy as _

from kenes.foundation.errors import Conflict, KenesError, NotFound


class ProfileChangedMeanwhile(Conflict):
    """`version` is the present one."""

    code = "accounts.profile_changed_meanwhile"
    title = _("The profile has changed")
    detail = _("The profile was changed in another window. Look at it again and repeat.")


class PhotoNotFound(NotFound):
    code = "accounts.photo_not_found"
    detail = _("There is no photo here.")


class PhotoNotUsable(KenesError):
    code = "accounts.photo_not_usable"
    title = _("This photo cannot be used")
    detail = _("Please choose another photo: JPEG, PNG or WebP, at most 25 megapixels.")


class UploadMissing(KenesError):
    code = "files.missing"
    title = _("The file is missing")
    detail = _("Choose a file first.")


class ProofTypeNotAllowed(KenesError):
    code = "files.type_not_allowed"
    title = _("This kind of file is not accepted")
    detail = _("Please send a PDF or a photo (JPEG, PNG).")


class SpecialistNotFound(NotFound):
    code = "specialist.not_found"
    detail = _("There is no such entry.")


class SpecialistStepNotAllowed(Conflict):
    code = "specialist.step_not_allowed"
    detail = _("This is not possible in the present state of the entry.")


class SpecialistChangedMeanwhile(Conflict):
    """`version` is the present one."""

    code = "specialist.changed_meanwhile"
    title = _("The entry has changed")
    detail = _("The specialist has changed this entry meanwhile. Look at it again.")


class PowerNotFound(NotFound):
    code = "power.not_found"
    detail = _("There is no such power of attorney.")


class PowerStepNotAllowed(Conflict):
    code = "power.step_not_allowed"
    detail = _("This is not possible in the present state of the power of attorney.")


class DocumentMissing(Conflict):
    """Nothing can be checked without the paper itself."""

    code = "accounts.document_missing"
    title = _("The document is missing")
    detail = _("Attach the document first.")
