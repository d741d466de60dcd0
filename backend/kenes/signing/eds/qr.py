"""Signing in eGov mobile: begin, look, give up. The vendor is called by `qr_turns`, never by a request of the browser."""

from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from kenes.accounts import allowances
from kenes.foundation import clock
from kenes.foundation.actor import Actor
from kenes.foundation.errors import KenesError, Text
from kenes.outbox import services as outbox
from kenes.signing import errors as signing_errors
from kenes.signing.eds import errors, signing
from kenes.signing.eds.models import QR_OPEN, QrOperation, QrState
from kenes.signing.methods import Method
from kenes.signing.services.recording import Origin

TURN: Final = "signing.qr_turn"
LANE: Final = "egov"
# Nobody waits longer, whatever the vendor says.
LIFETIME: Final = timedelta(minutes=10)
_KEPT: Final = timedelta(days=30)
QR_EXPIRED, QR_CANCELLED, QR_REFUSED = "signing.qr_expired", "signing.qr_cancelled", "signing.qr_refused"
QR_FAILED, QR_SILENT = "signing.qr_failed", "signing.qr_silent"
_OTHERWISE: Final = _("Signing in eGov mobile did not work. Start again or sign in another way.")
_DETAILS: Final[dict[str, Text]] = {
    QR_EXPIRED: _("The time for the QR code is over. Start again."),
    QR_CANCELLED: _("This attempt was given up."),
    QR_REFUSED: _("Signing was refused on the phone."),
    QR_SILENT: _("eGov mobile does not answer. Try again later or sign in another way."),
    **{
        one.code: one.detail
        for module in (errors, signing_errors)
        for one in vars(module).values()
        if isinstance(one, type) and issubclass(one, KenesError) and "%(" not in str(one.detail)
    },
}


@dataclass(frozen=True, slots=True)
class LaunchLink:
    """Opens the application on the telephone itself."""

    name: str
    url: str


@dataclass(frozen=True, slots=True)
class QrView:
    """An attempt as its signer sees it. `detail` says in words what `code` means."""

    id: UUID
    state: str
    qr_image: str
    launch_links: list[LaunchLink]
    expires_at: datetime | None
    code: str
    detail: str


@transaction.atomic
def start(*, actor: Actor, request_id: UUID, origin: Origin) -> QrOperation:
    """Begin an attempt; one of the same request that was still open ends. Raises as `signing.sign` before the signature, Throttled."""
    locked = signing.lock_for(actor, request_id, Method.EGOV_QR)
    allowances.spend("person_qr", str(actor.user_id))
    for before in _open().filter(request=locked.request).select_for_update():
        end(before, QrState.EXPIRED, QR_CANCELLED)
    made = QrOperation.objects.create(
        request=locked.request,
        document_sha256=locked.request.document_sha256,
        origin=asdict(origin),
        expires_at=clock.now() + LIFETIME,
    )
    outbox.enqueue(TURN, {}, key=f"{TURN}:{made.pk}")
    return made


def get(*, actor: Actor, operation_id: UUID) -> QrOperation:
    """The actor's own attempt; QrOperationNotFound for anybody else's."""
    found = QrOperation.objects.filter(pk=operation_id, request__signer_id=actor.user_id).first()
    if found is None or actor.user_id is None:
        raise errors.QrOperationNotFound
    return found


@transaction.atomic
def cancel(*, actor: Actor, operation_id: UUID) -> QrOperation:
    """Give up; what the telephone signs afterwards changes nothing. An attempt that has ended stays as it ended."""
    found = get(actor=actor, operation_id=operation_id)
    locked = QrOperation.objects.select_for_update(of=("self",)).get(pk=found.pk)
    if locked.state in QR_OPEN:
        end(locked, QrState.EXPIRED, QR_CANCELLED)
    return locked


def view_of(operation: QrOperation) -> QrView:
    """What the API shows; an attempt past its time is over, also before the timer has seen it."""
    is_late = operation.state in QR_OPEN and operation.expires_at <= clock.now()
    code = QR_EXPIRED if is_late else operation.code
    links = operation.links
    shown = [("eGov mobile", links.get("mobile", "")), ("eGov Business", links.get("business", ""))]
    return QrView(
        id=operation.pk,
        state=QrState.EXPIRED if is_late else operation.state,
        qr_image="" if is_late else operation.qr_image,
        launch_links=[LaunchLink(name, url) for name, url in shown if url and not is_late],
        expires_at=operation.expires_at if operation.state == QrState.WAITING else None,
        code=code,
        detail=detail_of(code),
    )


def end(operation: QrOperation, state: QrState, code: str = "") -> None:
    """Close a locked attempt. The vendor's addresses, the picture and the place of the browser go with it."""
    operation.state, operation.code, operation.ended_at = state, code, clock.now()
    operation.links, operation.origin, operation.qr_image = {}, {}, ""
    operation.save(update_fields=["state", "code", "ended_at", "links", "origin", "qr_image"])


def tend() -> int:
    """End attempts past their time, go on with the others, remove old ones; how many were ended. For a timer."""
    ended = 0
    for operation_id in list(_open().filter(expires_at__lte=clock.now()).values_list("pk", flat=True)[:500]):
        with transaction.atomic():
            one = QrOperation.objects.select_for_update(of=("self",)).get(pk=operation_id)
            if one.state in QR_OPEN:
                end(one, QrState.EXPIRED, QR_EXPIRED)
                ended += 1
    QrOperation.objects.filter(ended_at__lt=clock.now() - _KEPT).delete()
    if _open().exists():
        next_turn()
    return ended


def next_turn(delay_seconds: float = 0) -> None:
    """Ask for one more turn; those asked for within the same two seconds are one."""
    slot = int((clock.now().timestamp() + delay_seconds) // 2)
    with transaction.atomic():
        outbox.enqueue(TURN, {}, key=f"{TURN}:{slot}", delay_seconds=delay_seconds)


def detail_of(code: str) -> str:
    """The sentence of a code in the active language; empty for none."""
    return str(_DETAILS.get(code, _OTHERWISE)) if code else ""


def _open() -> QuerySet[QrOperation]:
    return QrOperation.objects.filter(state__in=QR_OPEN)
