"""Who reads answers of creditors: whoever reads the content of the case, and the creditor his own by the room."""

from uuid import UUID

from kenes.cases import permissions, selectors
from kenes.cases.answers import room
from kenes.cases.errors.answers import AnswerNotFound, PaperNotFound
from kenes.cases.errors.cases import CaseNotFound
from kenes.cases.models import Case, CreditorAnswer, RequestedPaper
from kenes.files import selectors as files
from kenes.files.models import StoredFile
from kenes.foundation.actor import Actor


def answers_of_case(*, actor: Actor, case_id: UUID) -> tuple[Case, list[CreditorAnswer]]:
    """All answers about the debts of a case, by debt, newest first. CaseNotFound for who does not read its content."""
    case = readable_case(actor, case_id)
    rows = CreditorAnswer.objects.filter(case=case).select_related("obligation", "creditor", "track")
    return case, list(rows.prefetch_related("papers", "replies").order_by("obligation__position", "-version"))


def readable_case(actor: Actor, case_id: UUID) -> Case:
    """A case whose content the actor reads; CaseNotFound for everybody else."""
    case = selectors.get_case(actor=actor, case_id=case_id)
    if not permissions.allowed(actor, "case.view_content", case):
        raise CaseNotFound
    return case


def get_answer(*, actor: Actor, case_id: UUID, answer_id: UUID) -> CreditorAnswer:
    """One answer of a case whose content the actor reads. CaseNotFound, AnswerNotFound."""
    case = readable_case(actor, case_id)
    answer = CreditorAnswer.objects.select_related("obligation").filter(pk=answer_id, case=case).first()
    if answer is None:
        raise AnswerNotFound
    return answer


def file_of_answer(*, actor: Actor, case_id: UUID, answer_id: UUID) -> StoredFile:
    """The file that came with an answer; AnswerNotFound without one."""
    answer = get_answer(actor=actor, case_id=case_id, answer_id=answer_id)
    if answer.file_id is None:
        raise AnswerNotFound
    return files.get_file(answer.file_id)


def file_of_paper(*, actor: Actor, case_id: UUID, paper_id: UUID) -> StoredFile:
    """The file of a paper for who reads the case; PaperNotFound without one."""
    case = readable_case(actor, case_id)
    paper = RequestedPaper.objects.filter(pk=paper_id, answer__case=case).first()
    if paper is None or paper.file_id is None:
        raise PaperNotFound
    return files.get_file(paper.file_id)


def file_of_paper_for_creditor(*, actor: Actor, letter_id: UUID, paper_id: UUID) -> StoredFile:
    """The file of a paper that this creditor asked for, once it was handed over. LetterNotFound, PaperNotFound."""
    letter = room.get_letter(actor=actor, letter_id=letter_id)
    paper = RequestedPaper.objects.filter(
        pk=paper_id, answer__obligation=letter.obligation_id, answer__creditor=letter.creditor_id
    ).first()
    if paper is None or paper.file_id is None or not is_handed_over(paper):
        raise PaperNotFound
    return files.get_file(paper.file_id)


def file_of_own_answer(*, actor: Actor, letter_id: UUID, answer_id: UUID) -> StoredFile:
    """The file that the creditor itself attached. LetterNotFound, AnswerNotFound."""
    letter = room.get_letter(actor=actor, letter_id=letter_id)
    own = CreditorAnswer.objects.filter(obligation=letter.obligation_id, creditor=letter.creditor_id)
    answer = own.filter(pk=answer_id).first()
    if answer is None or answer.file_id is None:
        raise AnswerNotFound
    return files.get_file(answer.file_id)


def is_handed_over(paper: RequestedPaper) -> bool:
    """Whether the borrower has given the papers of this answer out of his hands."""
    return paper.answer.papers_given_at is not None
