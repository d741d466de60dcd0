"""A power to sign has ended: what its holder was to sign goes back to the one who gave it to him."""

from collections.abc import Iterable
from typing import Final
from uuid import UUID

from django.db import transaction

from kenes.accounts.models import PowerOfAttorney
from kenes.event_log import services as event_log
from kenes.foundation import clock
from kenes.foundation.actor import SystemActor
from kenes.realtime import services as realtime
from kenes.signing import signers
from kenes.signing.events import SignatureRequestEnded
from kenes.signing.models import SignatureRequest, SigningRound
from kenes.signing.services import endings, turns
from kenes.signing.services.locking import is_late, lock_any
from kenes.signing.states import OPEN, RequestAction, RoundStatus, move

KEEPER: Final = SystemActor("signing")


def give_back(*, power_id: UUID) -> int:
    """Give back what this power was for, if it does not hold now; how many. A second call finds none."""
    return _give_back_all(_given().filter(power_id=power_id).values_list("pk", flat=True))


def give_back_ended(*, limit: int = 500) -> int:
    """Give back what powers were for that have ended, also by their day; how many. Safe to repeat."""
    powers = PowerOfAttorney.objects.filter(
        status=PowerOfAttorney.Status.ACTIVE, valid_until__gte=clock.today()
    )
    ended = _given().exclude(power_id__in=powers.values("pk"))
    return _give_back_all(ended.order_by("pk").values_list("pk", flat=True)[:limit])


def _given() -> "signers.Requests":
    return SignatureRequest.objects.filter(delegated_from__isnull=False, status__in=sorted(OPEN))


def _give_back_all(request_ids: Iterable[UUID]) -> int:
    return sum(_give_back(request_id) for request_id in list(request_ids))


@transaction.atomic
def _give_back(request_id: UUID) -> int:
    locked = lock_any(request_id)
    given = locked.request
    own = given.delegated_from
    if own is None or given.status not in OPEN or locked.round.status != RoundStatus.OPEN:
        return 0
    # Whose time is over is ended by the timer, together with the round.
    if signers.has_power(given) or is_late(given):
        return 0
    move(given, RequestAction.FAIL)
    endings.close(given)
    event_log.record(
        SignatureRequestEnded(
            case_id=locked.case.pk, document_id=locked.document.pk, request_id=given.pk, outcome=given.status
        ),
        actor=KEEPER,
    )
    _ask_again(own, locked.round)
    turns.ask_next(locked.round, actor=KEEPER, case_id=locked.case.pk)
    turns.hint_signer(given)
    realtime.hint(f"case:{locked.case.pk}", "document.changed", locked.document.pk)
    return 1


def _ask_again(own: SignatureRequest, signing: SigningRound) -> None:
    SignatureRequest.objects.create(
        round=signing, document_id=own.document_id, signer_id=own.signer_id, role=own.role, position=own.position,
        party_role=own.party_role, organisation_id=own.organisation_id, document_sha256=own.document_sha256,
        expires_at=own.expires_at,
    )  # fmt: skip
