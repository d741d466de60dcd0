"""Turns of the outbox that carry every open attempt to sign in eGov mobile one call further, side by side.

The vendor's calls wait for a person. A turn gives each of them a few seconds and asks for the next turn, so that a hundred
people with a telephone in the hand hold one worker for seconds, and none for minutes.
"""

from concurrent.futures import ThreadPoolExecutor
from typing import Any, Final, cast
from uuid import UUID

from django.db import connection, transaction
from django.utils import translation

from kenes.accounts import selectors as accounts
from kenes.documents import kinds
from kenes.files import services as files
from kenes.foundation import clock, logs, providers
from kenes.foundation.errors import KenesError
from kenes.foundation.providers import ProviderError, Temporary
from kenes.outbox import registry
from kenes.signing.eds import errors, qr, signing
from kenes.signing.eds.models import QR_OPEN, QrOperation, QrState
from kenes.signing.errors import AlreadySigned
from kenes.signing.methods import Method
from kenes.signing.providers.base import QrDocument, QrSigning, SignerRefused, SigningExpired, StillWaiting
from kenes.signing.services.recording import Origin

log = logs.get(__name__)
CAPABILITY: Final = "egov_qr"
_SIDE_BY_SIDE: Final = 16
_IN_A_TURN: Final = 64
_NEXT_SECONDS: Final = 2.0
# Calls that failed one after another, the vendor's or the certification authority's.
_MAX_FAILURES: Final = 15
_ENDS: Final[dict[type[ProviderError], tuple[QrState, str]]] = {
    SigningExpired: (QrState.EXPIRED, qr.QR_EXPIRED),
    SignerRefused: (QrState.REFUSED, qr.QR_REFUSED),
}


@registry.handler(qr.TURN, lane=qr.LANE)
def turn(payload: dict[str, Any], context: registry.OutboxContext) -> None:
    """One call for every open attempt. A turn that is run twice calls twice and records once."""
    still = QrOperation.objects.filter(state__in=QR_OPEN).order_by("created_at", "pk")
    ids = list(still.values_list("pk", flat=True)[:_IN_A_TURN])
    if not ids:
        return
    with ThreadPoolExecutor(min(len(ids), _SIDE_BY_SIDE)) as pool:
        list(pool.map(_in_thread, ids))
    if still.exists():
        qr.next_turn(_NEXT_SECONDS)


def _in_thread(operation_id: UUID) -> None:
    try:
        step(operation_id)
    except Exception as problem:
        # One broken attempt must not hold the others; it ends by its time.
        log.error("qr_step_failed", operation_id=str(operation_id), problem=type(problem).__name__)
    finally:
        connection.close()


def step(operation_id: UUID) -> None:
    """Carry one attempt one call further."""
    one = QrOperation.objects.select_related("request__document__pdf_file", "request__signer").get(
        pk=operation_id
    )
    if one.state not in QR_OPEN:
        return
    if one.expires_at <= clock.now():
        _end(one, QrState.EXPIRED, qr.QR_EXPIRED)
        return
    try:
        _call(one)
    except StillWaiting:
        _note(one, failures=0)
    except Temporary as problem:
        log.warning("qr_call_failed", operation_id=str(one.pk), reason=problem.reason)
        if one.failures + 1 >= _MAX_FAILURES:
            _end(one, QrState.FAILED, qr.QR_SILENT)
        else:
            _note(one, failures=one.failures + 1)
    except ProviderError as problem:
        log.warning("qr_ended", operation_id=str(one.pk), reason=problem.reason)
        _end(one, *_ENDS.get(type(problem), (QrState.FAILED, qr.QR_FAILED)))


def _call(one: QrOperation) -> None:
    if "cms" in one.links:
        _sign(one, one.links["cms"])
        return
    vendor = cast("QrSigning", providers.load(CAPABILITY))
    if not one.links:
        _keep_invitation(one, vendor)
    elif not one.is_scanned:
        vendor.hand_over(one.links["data"], _document(one))
        _note(one, failures=0, is_scanned=True)
    else:
        # Kept before it is judged: the vendor gives it once, and the certification authority may be silent just now.
        cms = vendor.fetch(one.links["sign"])
        if _note(one, failures=0, links={**one.links, "cms": cms}):
            _sign(one, cms)


def _keep_invitation(one: QrOperation, vendor: QrSigning) -> None:
    found = vendor.invite(description=f"Kenes Hub: {one.request.document.number}")
    _note(
        one,
        failures=0,
        state=QrState.WAITING,
        qr_image=found.qr_image,
        expires_at=min(found.expires_at, one.created_at + qr.LIFETIME),
        links={
            "data": found.data_url,
            "sign": found.sign_url,
            "mobile": found.mobile_link,
            "business": found.business_link,
        },
    )


def _document(one: QrOperation) -> QrDocument:
    document = one.request.document
    if document.pdf_file is None or document.sha256 != one.document_sha256:
        raise providers.Rejected("document_changed")
    names = {}
    for language in ("ru", "kk", "en"):
        with translation.override(language):
            names[f"name_{language}"] = f"{kinds.title(document.code)}, {document.number}"
    return QrDocument(pdf=files.read(document.pdf_file), **names)


def _sign(one: QrOperation, cms: str) -> None:
    """The same judgement as of a signature out of the browser. A late or repeated answer finds the attempt closed."""
    if not QrOperation.objects.filter(pk=one.pk, state__in=QR_OPEN).exists():
        return
    try:
        signing.sign(
            actor=accounts.actor_for(one.request.signer),
            request_id=one.request_id,
            cms=cms,
            document_sha256=one.document_sha256,
            origin=Origin(**one.origin),
            method=Method.EGOV_QR,
        )
    except errors.EdsRevocationUnknown as problem:
        raise Temporary("authority_silent") from problem
    except AlreadySigned:
        _end(one, QrState.SIGNED)
    except KenesError as problem:
        _end(one, QrState.FAILED, problem.code)
    else:
        _end(one, QrState.SIGNED)


@transaction.atomic
def _note(one: QrOperation, **values: Any) -> bool:
    """Keep what a call brought, unless the attempt has ended meanwhile; whether it was kept."""
    values["calls"] = one.calls + 1
    # A call of the same number has been noted by whoever ran this turn too.
    rows = QrOperation.objects.select_for_update(of=("self",)).filter(
        pk=one.pk, state__in=QR_OPEN, calls=one.calls
    )
    locked = rows.first()
    if locked is None:
        return False
    for name, value in values.items():
        setattr(locked, name, value)
        setattr(one, name, value)
    locked.save(update_fields=list(values))
    return True


@transaction.atomic
def _end(one: QrOperation, state: QrState, code: str = "") -> None:
    locked = QrOperation.objects.select_for_update(of=("self",)).get(pk=one.pk)
    if locked.state in QR_OPEN:
        qr.end(locked, state, code)
