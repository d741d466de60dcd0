"""Requests to sign of a person whose two accounts become one. Signatures stay: they prove who signed, with which number."""

from uuid import UUID

from django.utils.translation import gettext_lazy as _

from kenes.accounts import merging
from kenes.signing.models import SignatureRequest, SigningRound
from kenes.signing.states import ANSWERED, OPEN


def connect() -> None:
    """Register requests to sign; called when the app starts."""
    merging.register(
        "signature_requests",
        label=_("Requests to sign"),
        count=lambda person_id: SignatureRequest.objects.filter(signer_id=person_id).count(),
        move=_move,
    )


def _move(gone_id: UUID, kept_id: UUID) -> None:
    """A request to sign that has been answered stays with its signature; one that waits goes on with the person."""
    theirs = SignatureRequest.objects.filter(signer_id=kept_id)
    waiting = SignatureRequest.objects.filter(signer_id=gone_id, status__in=sorted(OPEN))
    # Where the person takes part under both accounts, he answers once.
    waiting = waiting.exclude(document_id__in=theirs.filter(status__in=sorted(OPEN)).values("document_id"))
    answered = theirs.filter(status__in=sorted(ANSWERED), round__isnull=False)
    waiting.exclude(round_id__in=answered.values("round_id")).update(signer_id=kept_id)
    # Whom somebody represents goes along with his power; who began a round keeps it in his hands.
    represented = SignatureRequest.objects.filter(principal_id=gone_id, status__in=sorted(OPEN))
    represented.update(principal_id=kept_id)
    SigningRound.objects.filter(created_by_id=gone_id).update(created_by_id=kept_id)
