"""Sentences of the verification page: one for every reason and every step."""

from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from kenes.signing.sealing import SealLevel
from kenes.signing.verify import Reason

REASONS: Final[dict[Reason, Promise]] = {
    Reason.SEALED_KNOWN: _("This is the sealed document. Nothing in it was changed."),
    Reason.SEAL_CHECKED: _(
        "The seal of Kenes Hub is in order and nothing was changed after it. The document is not in the register of this site."
    ),
    Reason.ORIGINAL_KNOWN: _(
        "This is the file that was signed, without the signature page. Nothing in it was changed."
    ),
    Reason.CHANGED_AFTER_SEAL: _("The file was changed after it was sealed. Do not rely on it."),
    Reason.ADDED_AFTER_SEAL: _("Something was added to the file after it was sealed. Do not rely on it."),
    Reason.FOREIGN_SEAL: _("The seal on the file is not a seal of Kenes Hub. Do not rely on it."),
    Reason.SEAL_DAMAGED: _(
        "The seal on the file is damaged: the file was cut or saved again by another program."
    ),
    Reason.UNKNOWN_FILE: _(
        "We do not know this file. It was not signed here, or it was saved again by another program and lost its seal."
    ),
}

# Step code → (label, sentence when it holds, sentence when it does not).
STEPS: Final[dict[str, tuple[Promise, Promise, Promise]]] = {
    "signature_recorded": (
        pgettext_lazy("verification step", "Signature"),
        _("The signature is in the log that cannot be changed without trace."),
        _("The log has no such signature."),
    ),
    "original_kept": (
        pgettext_lazy("verification step", "Signed file"),
        _("The file that was signed is kept without changes: its SHA-256 is the signed one."),
        _("The kept file differs from the signed one."),
    ),
    "file_known": (
        pgettext_lazy("verification step", "File"),
        _("The SHA-256 of the file is in our register."),
        _("The SHA-256 of the file is not in our register."),
    ),
    "seal_ours": (
        pgettext_lazy("verification step", "Seal"),
        _("The seal was made with the key of Kenes Hub."),
        _("There is no seal made with the key of Kenes Hub."),
    ),
    "seal_whole": (
        pgettext_lazy("verification step", "Changes after the seal"),
        _("The seal covers the whole file. Nothing was changed or added after it."),
        _("The file differs from what was sealed."),
    ),
    "original_inside": (
        pgettext_lazy("verification step", "Signed file inside"),
        _("The sealed file begins with the signed file, byte for byte."),
        _("The sealed file does not contain the signed file without changes."),
    ),
}
SEAL_PENDING: Final = _("The seal is being made. Look again in a minute.")
TOKEN_VALID: Final = _("The document was signed here. The signature and the seal are in order.")
TOKEN_INVALID: Final = _("The check of our own records failed. Please tell us.")
LEVELS: Final[dict[SealLevel, Promise]] = {
    SealLevel.BASIC: _("PAdES B-B: without a time stamp. The time is the one our server wrote."),
    SealLevel.LONG_TERM: _("PAdES B-LTA: a time-stamping authority confirms the time, also years later."),
}
