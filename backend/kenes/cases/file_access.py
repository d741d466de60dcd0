"""Who reads files of cases by their id: the same people as through the paper, answer or comment they belong to."""

from collections.abc import Callable
from uuid import UUID

from kenes.cases import permissions, selectors
from kenes.cases.answers import answer_reading, answers, offer_replies, sharing
from kenes.cases.collaboration import comment_files
from kenes.cases.models import CommentFile, CreditorAnswer, MissingPaper, RequestedPaper
from kenes.cases.tracks import paper_files
from kenes.files import access
from kenes.files.models import StoredFile
from kenes.foundation.actor import Actor
from kenes.foundation.errors import KenesError


def _reads_content(actor: Actor, case_id: UUID) -> bool:
    case = selectors.get_case(actor=actor, case_id=case_id)
    return permissions.allowed(actor, "case.view_content", case)


def _missing_paper(actor: Actor, file: StoredFile) -> bool:
    case_id = MissingPaper.objects.filter(file_id=file.pk).values_list("case_id", flat=True).first()
    return case_id is not None and _reads_content(actor, case_id)


def _requested_paper(actor: Actor, file: StoredFile) -> bool:
    paper = RequestedPaper.objects.select_related("answer__obligation").filter(file_id=file.pk).first()
    if paper is None:
        return False
    letters = sharing.letters_for(actor).filter(
        obligation=paper.answer.obligation_id, creditor=paper.answer.creditor_id
    )
    if answer_reading.is_handed_over(paper) and letters.exists():
        return True
    return _reads_content(actor, paper.answer.case_id)


def _answer(actor: Actor, file: StoredFile) -> bool:
    if file.owner_id in actor.organisation_ids and actor.can("letter.answer"):
        return True
    case_id = CreditorAnswer.objects.filter(file_id=file.pk).values_list("case_id", flat=True).first()
    return case_id is not None and _reads_content(actor, case_id)


def _comment(actor: Actor, file: StoredFile) -> bool:
    row = CommentFile.objects.filter(file_id=file.pk).first()
    if row is None:
        return False
    found = comment_files.get_file(actor=actor, case_id=row.case_id, file_id=row.pk)
    return found.pk == file.pk


def _quietly(reads: Callable[[Actor, StoredFile], bool]) -> access.Reads:
    """What is hidden from the actor, or known to him by its number only, is simply not read."""

    def told(actor: Actor, file: StoredFile) -> bool:
        try:
            return reads(actor, file)
        except KenesError:
            return False

    return told


def connect() -> None:
    """Register the rules; called once at the start."""
    access.register(paper_files.OWNER_KIND, _quietly(_missing_paper))
    access.register(offer_replies.PAPER_OWNER, _quietly(_requested_paper))
    access.register(answers.FILE_OWNER, _quietly(_answer))
    access.register(comment_files.OWNER_KIND, _quietly(_comment))
