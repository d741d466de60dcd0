"""Signers are told when their turn comes and reminded before their time ends. Letters are queued by the outbox, each once."""

from datetime import timedelta
from typing import Final
from uuid import UUID

from django.db import transaction

from kenes.cases import selectors as cases
from kenes.cases.states.case import FINAL
from kenes.event_log import services as event_log
from kenes.foundation import clock
from kenes.foundation.actor import Actor, SystemActor
from kenes.foundation.errors import Throttled
from kenes.signing import permissions
from kenes.signing.errors import NotYourTurn, SignatureRequestClosed, SignatureRequestNotFound
from kenes.signing.events import SignatureReminded
from kenes.signing.models import SignatureRequest, SignerRole
from kenes.signing.round_selectors import REMIND_EVERY, can_be_reminded
from kenes.signing.services.locking import Locked, before, lock_any
from kenes.signing.services.turns import hint_signer
from kenes.signing.states import RequestStatus, RoundStatus

# How long before the end of his time a signer is reminded by itself.
BEFORE_END: Final = (timedelta(days=3), timedelta(days=1))
_WAITING: Final = (RequestStatus.PENDING, RequestStatus.IN_PROGRESS)
TIMER: Final = SystemActor("signature-reminder")


def remind_due(*, limit: int = 500) -> int:
    """Remind everybody whose time ends soon; how many. Safe to repeat and in parallel: each day ahead counts once.

    A timer that was down reminds once, however many days came due meanwhile.
    """
    soon = clock.now() + BEFORE_END[0]
    rows = SignatureRequest.objects.filter(
        status__in=_WAITING, expires_at__lte=soon, expires_at__gt=clock.now(), asked_at__isnull=False,
        reminders__lt=len(BEFORE_END), round__status=RoundStatus.OPEN,
    )  # fmt: skip
    return sum(
        _remind_due(pk) for pk in list(rows.order_by("expires_at").values_list("pk", flat=True)[:limit])
    )


@transaction.atomic
def _remind_due(request_id: UUID) -> int:
    locked = lock_any(request_id)
    row = locked.request
    left = row.expires_at - clock.now()
    come = sum(left <= ahead for ahead in BEFORE_END)
    if not _waits(locked) or row.reminders >= come or not can_be_reminded(row):
        return 0
    row.reminders = come
    _write(locked, TIMER)
    return 1


@transaction.atomic
def remind(*, actor: Actor, request_id: UUID) -> SignatureRequest:
    """Remind one signer now; once a day at most, and not within a day of asking him.

    Raises SignatureRequestNotFound, Forbidden, SignatureRequestClosed, NotYourTurn while others are before him, Throttled.
    """
    visible = SignatureRequest.objects.select_related("document").filter(pk=request_id).first()
    if visible is None or not cases.cases_visible_to(actor).filter(pk=visible.document.case_id).exists():
        raise SignatureRequestNotFound
    locked = lock_any(request_id)
    cases.load_reader(actor, [locked.case])
    permissions.require_keeps(actor, locked.case, locked.round)
    if locked.request.status not in _WAITING or locked.case.status in FINAL:
        raise SignatureRequestClosed(current_status=locked.request.status)
    if not _waits(locked):
        raise NotYourTurn
    if not can_be_reminded(locked.request):
        raise Throttled(retry_after=_seconds_left(locked.request))
    _write(locked, actor)
    return locked.request


def _seconds_left(row: SignatureRequest) -> int:
    last = max(one for one in (row.asked_at, row.reminded_at) if one is not None)
    return max(1, round((last + REMIND_EVERY - clock.now()).total_seconds()))


def _waits(locked: Locked) -> bool:
    """Whether this request waits for its signer and nobody is before him."""
    row = locked.request
    waits = row.status in _WAITING and row.role != SignerRole.COPY and locked.round.status == RoundStatus.OPEN
    runs = waits and locked.case.status not in FINAL
    return runs and not (locked.round.is_ordered and before(row).exists())


def _write(locked: Locked, actor: Actor) -> None:
    row = locked.request
    row.reminded_at = clock.now()
    row.save(update_fields=["reminders", "reminded_at"])
    event_log.record(
        SignatureReminded(case_id=locked.case.pk, document_id=locked.document.pk, request_id=row.pk, number=row.reminders),
        actor=actor,
    )  # fmt: skip
    hint_signer(row)
