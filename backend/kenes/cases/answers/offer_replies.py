"""What the borrower does with a creditor's answer: accepts, proposes other terms, declines, gives the papers asked for."""

from datetime import date
from typing import Final
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from kenes.accounts import selectors as account_selectors
from kenes.cases import permissions, selectors
from kenes.cases.answers import answer_forms, offer_terms
from kenes.cases.answers.offer_terms import Terms
from kenes.cases.errors.answers import (
    AnswerChanged,
    AnswerNotFound,
    AnswerNotPossible,
    OfferExpired,
    PaperNotFound,
    PapersMissing,
    RoundsUsedUp,
)
from kenes.cases.events.answers import OfferLapsed, OfferReplied, PapersGiven
from kenes.cases.models import (
    AnswerKind,
    Case,
    CaseShare,
    CreditorAnswer,
    OfferReply,
    ReplyKind,
    RequestedPaper,
    Track,
)
from kenes.cases.states.case import FINAL
from kenes.cases.states.machine import TrackAction
from kenes.cases.states.track import TrackState
from kenes.cases.tracks import progress, proposing
from kenes.event_log import services as event_log
from kenes.files import services as files
from kenes.files.models import StoredFile
from kenes.foundation import clock
from kenes.foundation.actor import Actor, SystemActor
from kenes.foundation.errors import FieldError, FieldErrors, Forbidden

PAPER_OWNER: Final = "requested_paper"
CLOCK: Final = SystemActor("offer-timer")
_MOVES: Final = {
    ReplyKind.ACCEPT: TrackAction.AGREE,
    ReplyKind.COUNTER: TrackAction.COUNTER,
    ReplyKind.DECLINE: TrackAction.DECLINE_OFFER,
}


def rounds_used(track_id: UUID) -> int:
    """How many counter-offers the borrower has made about this debt."""
    return OfferReply.objects.filter(answer__track_id=track_id, kind=ReplyKind.COUNTER).count()


def reply_actions(actor: Actor, case: Case, track: Track, answer: CreditorAnswer, used: int) -> list[str]:
    """Names of the borrower's buttons for an answer of a creditor."""
    if (
        answer.superseded_at is not None
        or case.status in FINAL
        or not permissions.acts_as_borrower(actor, case)
    ):
        return []
    if answer.kind == AnswerKind.PAPERS and track.state == TrackState.MORE_INFO:
        return ["give_papers"]
    if answer.kind != AnswerKind.OFFER or track.state != TrackState.OFFER:
        return []
    names = [] if is_over(answer, clock.today()) else ["accept"]
    return [*names, *(["counter"] if used < settings.COUNTER_OFFER_ROUNDS else []), "decline"]


def is_over(answer: CreditorAnswer, today: date) -> bool:
    """Whether the day until which an offer is valid has passed."""
    return answer.valid_until is not None and answer.valid_until < today


@transaction.atomic
def reply_to_offer(
    *, actor: Actor, case_id: UUID, answer_id: UUID, kind: str, words: str = "", terms: Terms | None = None
) -> OfferReply:
    """Answer an offer. Accepting agrees to its terms; a counter-offer has terms of its own.

    Raises CaseNotFound, AnswerNotFound, Forbidden, AnswerChanged (a newer answer is there), AnswerNotPossible,
    OfferExpired, RoundsUsedUp, FieldErrors.
    """
    case, track, answer = _locked(actor, case_id, answer_id)
    reply = ReplyKind(kind)
    if answer.kind != AnswerKind.OFFER or track.state != TrackState.OFFER:
        raise AnswerNotPossible(current_state=track.state)
    if reply is ReplyKind.ACCEPT and is_over(answer, clock.today()):
        raise OfferExpired
    used = rounds_used(track.pk)
    if reply is ReplyKind.COUNTER:
        if used >= settings.COUNTER_OFFER_ROUNDS:
            raise RoundsUsedUp(rounds=settings.COUNTER_OFFER_ROUNDS)
        _require_terms(answer, terms)
    who = permissions.acting(actor, case)
    if who.user_id is None:
        raise Forbidden
    row = OfferReply.objects.create(
        answer=answer, kind=reply.value, round=used + 1 if reply is ReplyKind.COUNTER else 0,
        terms=terms.as_json() if terms is not None and reply is ReplyKind.COUNTER else None, words=words,
        given_by=account_selectors.get_person(who.user_id), given_at=clock.now(),
    )  # fmt: skip
    progress.apply_track_action(who, case, track, _MOVES[reply])
    event_log.record(
        OfferReplied(
            case_id=case.id, answer_id=answer.pk, reply_id=row.pk, obligation_id=answer.obligation_id,
            kind=reply.value, document_id=_letter_about(answer),
        ),
        actor=who,
    )  # fmt: skip
    proposing.reroute(case)
    progress.watch_if_settled(case)
    progress.save_progress(case)
    return row


def _require_terms(answer: CreditorAnswer, terms: Terms | None) -> None:
    if terms is None:
        raise FieldErrors([FieldError("/terms", "required", _("Write down the terms that suit you."))])
    errors = []
    if terms.first_payment_on < clock.today():
        errors.append(FieldError("/terms/first_payment_on", "past", _("This day has passed.")))
    problem = offer_terms.problem_of(answer_forms.debt_of(answer.obligation), terms)
    if problem is not None:
        errors.append(answer_forms.terms_error(problem))
    if errors:
        raise FieldErrors(errors)


def attach_paper(
    *, actor: Actor, case_id: UUID, paper_id: UUID, data: bytes, name: str
) -> tuple[RequestedPaper, StoredFile]:
    """Give the file for a paper; one given before is replaced and its bytes are deleted.

    Raises CaseNotFound, PaperNotFound, Forbidden, AnswerNotPossible, and what `files.store` refuses.
    """
    with transaction.atomic():
        paper, case = _locked_paper(actor, case_id, paper_id)
        file = files.store(
            data=data, name=name, mime="", origin="uploaded", owner_kind=PAPER_OWNER, owner_id=case.pk
        )
        former, paper.file_id = paper.file_id, file.pk
        paper.excuse, paper.given_at = "", clock.now()
        paper.save(update_fields=["file_id", "excuse", "given_at"])
        if former is not None:
            files.request_removal_of(file_id=former)
    return paper, file


@transaction.atomic
def excuse_paper(*, actor: Actor, case_id: UUID, paper_id: UUID, words: str) -> RequestedPaper:
    """Say why a paper cannot be given; a file given before is taken back. Raises as `attach_paper`."""
    paper, _case = _locked_paper(actor, case_id, paper_id)
    if paper.file_id is not None:
        files.request_removal_of(file_id=paper.file_id)
    paper.file_id, paper.excuse, paper.given_at = None, words, clock.now()
    paper.save(update_fields=["file_id", "excuse", "given_at"])
    return paper


@transaction.atomic
def hand_papers_over(*, actor: Actor, case_id: UUID, answer_id: UUID) -> CreditorAnswer:
    """All papers are there, or it is said why not: the creditor goes on. Raises also PapersMissing."""
    case, track, answer = _locked(actor, case_id, answer_id)
    if answer.kind != AnswerKind.PAPERS or track.state != TrackState.MORE_INFO:
        raise AnswerNotPossible(current_state=track.state)
    papers = list(answer.papers.select_for_update().order_by("position"))
    missing = [paper for paper in papers if paper.given_at is None]
    if missing:
        raise PapersMissing(missing=len(missing))
    who = permissions.acting(actor, case)
    answer.papers_given_at = clock.now()
    answer.save(update_fields=["papers_given_at"])
    progress.apply_track_action(who, case, track, TrackAction.ANSWER_MORE)
    event_log.record(
        PapersGiven(
            case_id=case.id, answer_id=answer.pk, obligation_id=answer.obligation_id, papers=len(papers),
            document_id=_letter_about(answer),
        ),
        actor=who,
    )  # fmt: skip
    progress.save_progress(case)
    return answer


def lapse_offers() -> int:
    """Once a day: mark offers whose last day has passed; how many. The borrower may still propose terms or decline."""
    open_offers = CreditorAnswer.objects.filter(
        kind=AnswerKind.OFFER,
        superseded_at__isnull=True,
        expired_at__isnull=True,
        valid_until__lt=clock.today(),
        track__state=TrackState.OFFER,
    )
    return sum(_lapse(pk, case_id) for pk, case_id in list(open_offers.values_list("pk", "case_id")))


@transaction.atomic
def _lapse(answer_id: UUID, case_id: UUID) -> bool:
    case = Case.objects.select_for_update(of=("self",)).get(pk=case_id)
    answer = CreditorAnswer.objects.filter(
        pk=answer_id, superseded_at__isnull=True, expired_at__isnull=True, track__state=TrackState.OFFER
    ).first()
    if answer is None or not is_over(answer, clock.today()):
        return False
    answer.expired_at = clock.now()
    answer.save(update_fields=["expired_at"])
    event_log.record(
        OfferLapsed(
            case_id=case.id, answer_id=answer.pk, obligation_id=answer.obligation_id,
            document_id=_letter_about(answer),
        ),
        actor=CLOCK,
    )  # fmt: skip
    progress.hint_changed(case)
    return True


def _letter_about(answer: CreditorAnswer) -> UUID | None:
    """The newest letter that this creditor has about the debt: its people read what happens about their letters."""
    letters = CaseShare.objects.filter(obligation=answer.obligation_id, creditor=answer.creditor_id)
    return letters.order_by("-since", "-pk").values_list("document_id", flat=True).first()


def _locked(actor: Actor, case_id: UUID, answer_id: UUID) -> tuple[Case, Track, CreditorAnswer]:
    case = selectors.get_case_for_update(actor=actor, case_id=case_id)
    if not permissions.allowed(actor, "case.view_content", case):
        raise Forbidden
    answer = CreditorAnswer.objects.select_related("obligation").filter(pk=answer_id, case=case).first()
    if answer is None:
        raise AnswerNotFound
    if not permissions.acts_as_borrower(actor, case):
        raise Forbidden
    track = Track.objects.select_for_update(of=("self",)).get(pk=answer.track_id)
    if case.status in FINAL:
        raise AnswerNotPossible(current_state=track.state)
    if answer.superseded_at is not None:
        raise AnswerChanged
    return case, track, answer


def _locked_paper(actor: Actor, case_id: UUID, paper_id: UUID) -> tuple[RequestedPaper, Case]:
    answer_id = RequestedPaper.objects.filter(pk=paper_id, answer__case_id=case_id).values_list(
        "answer_id", flat=True
    )
    found = answer_id.first()
    if found is None:
        # The case first: who may not see it learns nothing of its papers.
        selectors.get_case(actor=actor, case_id=case_id)
        raise PaperNotFound
    case, track, answer = _locked(actor, case_id, found)
    if answer.kind != AnswerKind.PAPERS or track.state != TrackState.MORE_INFO:
        raise AnswerNotPossible(current_state=track.state)
    return answer.papers.select_for_update().get(pk=paper_id), case
