"""In which ways a request can be signed now, and why not in the others. The same rules show the choice and guard each way."""

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from django.conf import settings

from kenes.accounts import selectors as accounts
from kenes.accounts.models import ConsentKind
from kenes.documents import kinds
from kenes.foundation import clock
from kenes.foundation.errors import KenesError
from kenes.signing.eds import authority
from kenes.signing.eds.errors import (
    EdsNotSetUp,
    IinMissing,
    NameMissing,
    PaperNotTaken,
    PhoneChangedRecently,
    PhoneMissing,
    QrOff,
)
from kenes.signing.errors import AgreementMissing, CodeNotEnough, DocumentNotReady, WrongWay
from kenes.signing.models import SignatureRequest, SignerRole


class Method(StrEnum):
    """Ways to sign, as the screen names them."""

    SMS = "sms"
    NCALAYER = "ncalayer"
    EGOV_QR = "egov_qr"
    PAPER = "paper"


@dataclass(frozen=True, slots=True)
class Way:
    """One way; `reason_code` and `reason` say why it is closed."""

    method: str
    is_allowed: bool
    reason_code: str = ""
    reason: str = ""


def ways(request: SignatureRequest) -> list[Way]:
    """Every way with whether it is open for this request; two queries at most beside the request's own rows."""
    found = []
    for method in Method:
        problem = _refusal(request, method)
        found.append(
            Way(method, True) if problem is None else Way(method, False, problem.code, problem.text())
        )
    return found


def require_allowed(request: SignatureRequest, method: Method) -> None:
    """Raise why this way is closed: CodeNotEnough, AgreementMissing, NameMissing, PhoneMissing, PhoneChangedRecently, IinMissing,
    EdsNotSetUp, QrOff, PaperNotTaken, WrongWay for whoever signs nothing.
    """
    problem = _refusal(request, method)
    if problem is not None:
        raise problem


def _refusal(request: SignatureRequest, method: Method) -> KenesError | None:
    if request.role != SignerRole.SIGNER:
        return WrongWay()
    kinds_of_signature = kinds.signature(request.document.code)
    if not kinds_of_signature:
        return DocumentNotReady()
    if not request.signer.full_name.strip():
        return NameMissing()
    match method:
        case Method.SMS:
            return _no_sms(request)
        case Method.NCALAYER:
            return _no_key(request)
        case Method.EGOV_QR:
            return QrOff() if not settings.SIGEX_URL else _no_key(request)
        case Method.PAPER:
            return None if "P" in kinds_of_signature else PaperNotTaken()


def _no_sms(request: SignatureRequest) -> KenesError | None:
    signer = request.signer
    if not kinds.signed_by_code(request.document.code):
        return CodeNotEnough()
    if signer.phone_verified_at is None:
        return PhoneMissing()
    days = settings.SIGN_AFTER_PHONE_CHANGE_DAYS
    if signer.phone_changed_at is not None and clock.now() - signer.phone_changed_at < timedelta(days=days):
        return PhoneChangedRecently(days=days)
    if not accounts.has_consent(signer.pk, ConsentKind.SMS_AGREEMENT):
        return AgreementMissing()
    return None


def _no_key(request: SignatureRequest) -> KenesError | None:
    # ЭЦП equals a handwritten signature, so every kind that is signed at all takes it.
    if not authority.is_ready():
        return EdsNotSetUp()
    return IinMissing() if request.signer.iin_hash is None else None
