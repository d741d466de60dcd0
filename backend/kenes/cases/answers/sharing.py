"""What a creditor's people see of a case: marks pushed down by the app that sends letters, once a letter has arrived."""

from uuid import UUID

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet

from kenes.cases.models import Case, CaseShare, Obligation
from kenes.cases.search.index import share_words
from kenes.foundation import clock
from kenes.foundation.actor import Actor


@transaction.atomic
def share_debt(*, case_id: UUID, obligation_id: UUID, creditor_id: UUID, document_id: UUID) -> None:
    """Let the people of a creditor see one debt of a case: the letter about it has reached them. Repeating is harmless."""
    debt = Obligation.objects.select_related("creditor").get(pk=obligation_id, case_id=case_id)
    case = Case.objects.get(pk=case_id)
    share, made = CaseShare.objects.get_or_create(
        document_id=document_id,
        defaults={"case": case, "obligation": debt, "creditor_id": creditor_id, "since": clock.now()},
    )
    if made:
        share_words(share, case)


def renew_search_words(case: Case) -> None:
    """After the name or contracts of a locked case have changed: what creditors search follows, and keeps nothing old."""
    for share in CaseShare.objects.filter(case=case).select_related("obligation__creditor").order_by("pk"):
        share_words(share, case)


def shares_for(actor: Actor) -> QuerySet[CaseShare]:
    """Marks of the organisations for which the actor works now; the caller has looked at the ability."""
    return CaseShare.objects.filter(creditor__organisation_id__in=actor.organisation_ids)


def documents_for(actor: Actor, case: Case) -> list[UUID]:
    """Ids of the letters of a case that have reached the actor's organisations, or are about a debt he answers for."""
    rows = CaseShare.objects.filter(case=case)
    own = Q(creditor__organisation_id__in=actor.organisation_ids) | Q(obligation_id__in=case.reader_ties)
    return list(rows.filter(own).values_list("document_id", flat=True))


def letters_for(actor: Actor) -> QuerySet[CaseShare]:
    """The newest letter about each debt that reached the actor's organisations; none without the ability to see letters.

    A letter whose debt has meanwhile been passed on stays with those to whom it was sent.
    """
    if not (actor.can("case.see_sent") and actor.organisation_ids):
        return CaseShare.objects.none()
    later = CaseShare.objects.filter(obligation=OuterRef("obligation"), creditor=OuterRef("creditor")).filter(
        Q(since__gt=OuterRef("since")) | Q(since=OuterRef("since"), pk__gt=OuterRef("pk"))
    )
    return shares_for(actor).exclude(Exists(later))
