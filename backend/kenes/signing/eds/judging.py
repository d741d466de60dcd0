"""From the report of `kzsign` to a yes or to one clear refusal: of the signature itself, and of whose it is."""

from collections.abc import Mapping
from typing import Any, Final

from kenes.foundation.errors import KenesError
from kenes.signing.eds import errors
from kzsign import Report, SignerReport
from kzsign.report import FAILED, PASSED, SKIPPED, UNKNOWN

HEAD, RIGHT_TO_SIGN = "head", "right_to_sign"
# Roles in a certificate that let somebody sign for the organisation of its BIN.
_SIGNS_FOR_ORGANISATION: Final = frozenset({HEAD, RIGHT_TO_SIGN})
_EXPIRED: Final = frozenset({"expired", "not_yet_valid", "issuer_expired", "issuer_not_yet_valid"})
_LEGACY: Final = "34.310-2004"
_BY_STEP: Final[Mapping[str, type[KenesError]]] = {
    "decode": errors.EdsUnreadable,
    "content": errors.EdsOtherDocument,
    "certificate": errors.EdsBroken,
    "attributes": errors.EdsBroken,
    "digest": errors.EdsOtherDocument,
    "signing_certificate": errors.EdsBroken,
    "signature": errors.EdsBroken,
    "time": errors.EdsBroken,
    "chain": errors.EdsUntrusted,
    "revocation": errors.EdsRevoked,
    "usage": errors.EdsWrongKey,
}
# What the report must have found before anything is believed, whatever its verdict says.
_MUST_PASS: Final = ("digest", "signature", "time", "chain", "revocation", "usage")


def the_signer(report: Report, *, revocation_asked: bool = True) -> SignerReport:
    """The one valid signer of a report. Without `revocation_asked` everything but revocation has to hold.

    Raises EdsUnreadable, EdsOtherDocument, EdsBroken, EdsSeveralSigners, EdsUntrusted, EdsExpired, EdsRevoked, EdsLegacy,
    EdsUnsupported, EdsWrongKey, EdsNoPerson; EdsRevocationUnknown and EdsNotSetUp where nobody can know.
    """
    if report.format != "cms" or not report.signers:
        raise errors.EdsUnreadable(reason=report.reason)
    if len(report.signers) != 1:
        raise errors.EdsSeveralSigners(_steps(report.signers[0]))
    signer = report.signers[0]
    if _is_legacy(signer):
        raise errors.EdsLegacy(_steps(signer))
    problem = _problem(signer, revocation_asked)
    if problem is not None:
        raise problem
    if not signer.iin:
        raise errors.EdsNoPerson(_steps(signer))
    return signer


def require_person(signer: SignerReport, *, iin: str) -> None:
    """EdsOtherPerson unless the certificate names exactly this ИИН."""
    if not iin or signer.iin != iin:
        raise errors.EdsOtherPerson(_steps(signer))


def require_organisation(signer: SignerReport, *, bin: str) -> None:
    """The certificate is of this organisation and lets its holder sign for it.

    Raises EdsOtherOrganisation (also where the organisation's BIN is not known), EdsNoRightToSign.
    """
    if not bin or signer.bin != bin:
        raise errors.EdsOtherOrganisation(_steps(signer))
    if _SIGNS_FOR_ORGANISATION.isdisjoint(signer.roles):
        raise errors.EdsNoRightToSign(_steps(signer))


def _is_legacy(signer: SignerReport) -> bool:
    return _LEGACY in signer.algorithm


def _problem(signer: SignerReport, revocation_asked: bool) -> KenesError | None:
    """The refusal of the first step that failed, else of the first that could not be told."""
    for result in (FAILED, UNKNOWN):
        for step in signer.steps:
            if step.result == result:
                return _refusal(step.name, result, step.reason, signer)
    results = {step.name: step.result for step in signer.steps}
    needed = _MUST_PASS if revocation_asked else [name for name in _MUST_PASS if name != "revocation"]
    if signer.verdict.value != "valid" or any(results.get(name, SKIPPED) != PASSED for name in needed):
        return errors.EdsBroken(_steps(signer))
    return None


def _refusal(name: str, result: str, reason: str, signer: SignerReport) -> KenesError:
    steps = _steps(signer)
    if result == UNKNOWN:
        if name == "chain" and reason == "no_anchors":
            return errors.EdsNotSetUp(steps)
        if name == "revocation":
            return errors.EdsRevocationUnknown(steps)
        return errors.EdsUnsupported(steps)
    if name == "chain" and reason in _EXPIRED:
        return errors.EdsExpired(steps)
    return _BY_STEP[name](steps=steps)


def _steps(signer: SignerReport) -> list[dict[str, Any]]:
    return [{"name": step.name, "result": step.result, "reason": step.reason} for step in signer.steps]
