"""What people of a creditor see once a letter has arrived: the debt it is about, and the letter."""

from kenes.cases.answers import sharing
from kenes.cases.models import CaseShare
from kenes.documents import sets
from kenes.documents.models import Dispatch, Document
from kenes.documents.states import DispatchStatus


def share(document: Document, dispatch: Dispatch) -> None:
    """From now on the people of the creditor, once it has joined, see this debt of the case and this letter."""
    assert document.obligation_id is not None
    sharing.share_debt(
        case_id=document.case_id,
        obligation_id=document.obligation_id,
        creditor_id=dispatch.creditor_id,
        document_id=document.pk,
    )


def share_what_arrived() -> int:
    """Mark letters that arrived before such marks were kept; how many. Running it again changes nothing."""
    arrived = Dispatch.objects.filter(status__in=[DispatchStatus.ACCEPTED, DispatchStatus.DELIVERED])
    unmarked = arrived.exclude(document_id__in=CaseShare.objects.values("document_id"))
    rows = list(unmarked.select_related("document").order_by("created_at", "pk"))
    shared = [row for row in rows if sets.moves_procedure(row.document.code)]
    for dispatch in shared:
        share(dispatch.document, dispatch)
    return len(shared)
