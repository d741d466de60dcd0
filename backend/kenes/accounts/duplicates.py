"""Two accounts that may belong to one person: noticed when somebody gives an ИИН that another account has."""

from functools import partial
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import QuerySet

from kenes.accounts.errors import IinTaken
from kenes.accounts.events_people import DuplicateClaimed
from kenes.accounts.models import DuplicateClaim, User
from kenes.event_log import services as event_log
from kenes.foundation.actor import Actor


def iin_taken(*, claimant_id: UUID, iin_hashes: list[str]) -> IinTaken:
    """The error for the person, who learns nothing about the other account. Staff find the pair in their list.

    The pair is written down after everything else of the request was rolled back.
    """
    problem = IinTaken()
    problem.aftermath = partial(_note, claimant_id, iin_hashes)
    return problem


def _note(claimant_id: UUID, iin_hashes: list[str]) -> None:
    holder = User.objects.filter(iin_hash__in=iin_hashes).exclude(pk=claimant_id).only("pk").first()
    if holder is not None and User.objects.filter(pk=claimant_id).exists():
        note(claimant_id=claimant_id, holder_id=holder.pk)


def note(*, claimant_id: UUID, holder_id: UUID) -> None:
    """Write down that the claimant gave the ИИН of the holder. An open pair is not written twice."""
    try:
        with transaction.atomic():
            claim = DuplicateClaim.objects.create(claimant_id=claimant_id, holder_id=holder_id)
            claimed = DuplicateClaimed(person_id=claimant_id, claim_id=claim.pk)
            event_log.record(claimed, actor=Actor(claimant_id))
    except IntegrityError:
        return


def open_pairs() -> QuerySet[DuplicateClaim]:
    """Pairs that nobody has decided on; pages by ("-created_at", "id")."""
    return DuplicateClaim.objects.filter(resolved_at__isnull=True).select_related("claimant", "holder")


def accounts_of(person_id: UUID) -> frozenset[UUID]:
    """The account and all that were merged into it: events of old name the account that somebody had then."""
    merged = User.objects.filter(merged_into_id=person_id).values_list("pk", flat=True)
    return frozenset({person_id, *merged})
