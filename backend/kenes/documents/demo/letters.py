"""Demonstration letters that have reached the lenders, and their answers: what a creditor's room shows. Safe to repeat."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from decimal import Decimal
from typing import Final
from uuid import UUID

from django.conf import settings

from kenes.accounts import demo as demo_people
from kenes.accounts import selectors as accounts
from kenes.accounts.models import Membership, Organisation, User
from kenes.cases.answers import answers, letter_books, offer_replies, sharing
from kenes.cases.answers.answer_forms import AnswerForm
from kenes.cases.answers.offer_terms import Terms
from kenes.cases.models import CaseShare, CreditorAnswer, Track
from kenes.cases.states.machine import TrackAction
from kenes.cases.states.track import TrackKind, TrackState
from kenes.cases.tracks import progress
from kenes.documents import services
from kenes.foundation import clock, logs
from kenes.foundation.actor import Actor, SystemActor
from kenes.foundation.errors import KenesError
from kenes.law.terms import add_months

log = logs.get(__name__)
SYSTEM: Final = SystemActor("demo-data")
LETTERS: Final = 14
# New letters 0 and 1, taken in 2, offer 3, counter-offer 4, papers 5, refusal 6: the telling ones first.
_FATES: Final = (3, 0, 5, 4, 2, 6, 1)


def load() -> None:
    """Let letters reach the demonstration lenders, and their officers work on some of them."""
    if not settings.DEMO:
        raise demo_people.NotADemonstration
    if not CreditorAnswer.objects.exists():
        _letters(_officers())


@contextmanager
def _told(what: str) -> Iterator[None]:
    """What the rules refuse for one of the made stories is left out, and said."""
    try:
        yield
    except KenesError as problem:
        log.info("demo_left_out", what=what, problem=problem.code)


def _officers() -> list[tuple[Organisation, Actor]]:
    """One officer of each demonstration lender."""
    found: dict[UUID, tuple[Organisation, Actor]] = {}
    members = Membership.objects.filter(
        organisation__kind=Organisation.Kind.CREDITOR, organisation__closed_at__isnull=True,
        organisation__checked_at__isnull=False, ended_at__isnull=True, is_administrator=False,
    )  # fmt: skip
    for row in members.select_related("user", "organisation").order_by("organisation__name", "since"):
        found.setdefault(row.organisation_id, (row.organisation, accounts.actor_for(row.user)))
    return list(found.values())


def _letters(officers: list[tuple[Organisation, Actor]]) -> None:
    """Letters that have reached the lenders: some wait, some are taken in, some answered in every way."""
    for body, officer in officers:
        tracks = Track.objects.filter(
            kind=TrackKind.RESTRUCTURING,
            state=TrackState.PREPARING,
            obligation__creditor__organisation=body,
        ).select_related("case", "obligation")
        for place, track in enumerate(tracks.order_by("case__created_at", "pk")[:LETTERS]):
            letter = _arrive(track, days_ago=(place * 5) % 19)
            if letter is None:
                continue
            with _told("answer"):
                _work_on(officer, letter, place)


def _arrive(track: Track, *, days_ago: int) -> CaseShare | None:
    """As if the letter had been signed and had reached the lender's mail server some days ago; its file comes later.

    None where no letter fits the creditor.
    """
    debt, letter = track.obligation, services.open_letter(track_id=track.pk)
    if debt is None or letter is None:
        return None
    with clock.frozen(clock.now() - timedelta(days=days_ago)):
        track.refresh_from_db()
        for action in (TrackAction.LETTER_READY, TrackAction.SIGN, TrackAction.SEND):
            progress.apply_track_action(SYSTEM, track.case, track, action)
        sharing.share_debt(
            case_id=track.case_id, obligation_id=debt.pk, creditor_id=debt.creditor_id, document_id=letter.pk
        )
        progress.add_fact(
            actor=SYSTEM, case=track.case, kind="APPLICATION_RECEIVED", on=clock.today(), text="", obligation=debt,
            source="mail_server", track=track,
        )  # fmt: skip
        progress.save_progress(track.case)
    return CaseShare.objects.get(document_id=letter.pk)


def _work_on(officer: Actor, letter: CaseShare, place: int) -> None:
    fate = _FATES[place % len(_FATES)]
    if fate < 2:
        return
    letter_books.register_letter(
        actor=officer,
        letter_id=letter.pk,
        number=f"ВХ-{100 + place}/26",
        received_on=clock.today(),
        start_review=True,
    )
    form = _form(fate)
    if form is None:
        return
    answer = answers.answer_letter(actor=officer, letter_id=letter.pk, form=form)
    if fate == 4:
        borrower = accounts.actor_for(User.objects.get(pk=letter.case.borrower_id))
        offer_replies.reply_to_offer(
            actor=borrower, case_id=letter.case_id, answer_id=answer.pk, kind="counter", terms=_terms(60, 6, "12"),
            words="Такой платёж смогу вносить без просрочек.",
        )  # fmt: skip


def _terms(months: int, defer: int, rate: str) -> Terms:
    return Terms(
        months, add_months(clock.today(), 1), Decimal(rate), defer_months=defer, forgive_penalty_percent=100
    )


def _form(fate: int) -> AnswerForm | None:
    until = clock.today() + timedelta(days=14)
    match fate:
        case 3 | 4:
            return AnswerForm(
                "offer", "Готовы снизить ставку и списать неустойку.", terms=_terms(48, 3, "18"), valid_until=until,
                outgoing_number="ИСХ-417",
            )  # fmt: skip
        case 5:
            return AnswerForm(
                "papers", "Нужны для решения кредитного комитета.",
                papers=(("INCOME_CERTIFICATE", ""), ("PENSION_STATEMENT", ""), ("OTHER", "Договор аренды жилья")),
            )  # fmt: skip
        case 6:
            return AnswerForm(
                "refuse", "Снижение дохода не подтверждено: справка приложена только за один месяц.",
                reason_code="INCOME_NOT_PROVED",
            )  # fmt: skip
    return None
